"""Says what a pull request changes for readers: `python -m tools.forge.report BASE FOLDER`.

Writes the comment (comment.md) and the log for code scanning (changes.sarif) into FOLDER, and prints everything: as
annotations in a workflow of GitHub, else as text. Ends with 1 if the content has errors or a grave change is not
acknowledged, after all has been written.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

NUTGRAF = Path(sys.prefix) / "bin" / "nutgraf"


def run(*arguments: str, into: Path | None = None) -> int:
    """Run nutgraf, print what it says or write it into a file, and return its exit code."""
    command = [str(NUTGRAF), *arguments]
    if into is None:
        return subprocess.run(command, check=False).returncode
    with into.open("wb") as file:
        return subprocess.run(command, check=False, stdout=file).returncode


def report(base: str, folder: Path) -> int:
    """Write and print the report of what is here against the commit at which it parted from a revision.

    Args:
        base: the revision.
        folder: where to write.

    Returns:
        The exit code: 0 fine, 1 something is in the way, 2 it could not be told.
    """
    folder.mkdir(parents=True, exist_ok=True)
    form = "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"
    against = ("diff", "--merge-base", base)
    codes = [
        run(*against, "--format", "markdown", into=folder / "comment.md"),
        run(*against, "--format", "sarif", into=folder / "changes.sarif"),
        run(*against, "--format", form),
        run("check", "--format", form),
    ]
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary:
        with Path(summary).open("ab") as file:
            file.write((folder / "comment.md").read_bytes())
    return max(codes)


def main() -> None:
    """Report on what the command line names."""
    parser = argparse.ArgumentParser(description="Say what a pull request changes for readers.")
    parser.add_argument("base", help="the revision that it is to be merged into")
    parser.add_argument("folder", type=Path, help="where the comment and the log are written")
    told = parser.parse_args()
    raise SystemExit(report(told.base, told.folder))


if __name__ == "__main__":
    main()
