"""`python -m nutgraf`."""

from __future__ import annotations

import sys

from nutgraf.cli import main

if __name__ == "__main__":
    sys.exit(main())
