"""`python -m nutgraf`."""

from __future__ import annotations

from nutgraf.cli import run

if __name__ == "__main__":
    run()
