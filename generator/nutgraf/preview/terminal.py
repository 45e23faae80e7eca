"""What the preview says in the terminal: each complaint once, and when it is mended."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from nutgraf.reporters import text
from nutgraf.reporters.control_characters import escaped

if TYPE_CHECKING:
    from collections.abc import Collection

    from rich.console import Console

    from nutgraf.diagnostics import Diagnostic
    from nutgraf.preview.problems import Problems

Key: TypeAlias = "tuple[str, str, str, str]"


class Terminal:
    """Remembers what it has said."""

    def __init__(self, console: Console) -> None:
        """Speak on `console`."""
        self._console = console
        self._said: dict[Key, bool] = {}

    def tell(self, problems: Problems) -> None:
        """Say what is wrong now and was not before, and what is not wrong any more."""
        now = {_key(one): one.is_error for one in problems.diagnostics}
        new = [one for one in problems.diagnostics if _key(one) not in self._said]
        had_errors, has_errors = any(self._said.values()), any(now.values())
        gone = len(self._said.keys() - now.keys())
        self._said = now
        if new:
            root = Path(os.path.relpath(problems.folder)).as_posix()
            if problems.trace:
                self._console.print(problems.trace, markup=False, style="dim")
            text.write(new, problems.files, self._console, root=root)
        if has_errors and not had_errors:
            self._console.print("What you see stays as it was before.", markup=False)
        elif had_errors and not has_errors:
            self._console.print("Mended: the files are shown again.", markup=False, style="green")
        elif gone:
            left = text.summary(problems.diagnostics)
            self._console.print(f"{gone:,} mended; {left} left.", markup=False, style="dim")

    def show(self, taken: Collection[Path]) -> None:
        """Say that what was saved is shown, in a line.

        Args:
            taken: the files that were read. Those that are gone are not named beside others: editors make such files.
        """
        there = [path for path in taken if os.path.lexists(path)]
        named = there or taken
        name = Path(os.path.relpath(min(named))).as_posix()
        others = f" and {len(named) - 1:,} more" if len(named) > 1 else ""
        what = "shown" if there else "removed"
        self._console.print(f"{escaped(name)}{others}: {what}", markup=False, highlight=False, style="dim")

    def say(self, message: str, style: str = "") -> None:
        """Print a line."""
        self._console.print(message, markup=False, style=style)


def _key(one: Diagnostic) -> Key:
    # Without the line: whoever writes above a mistake moves it, and it is the same mistake.
    return one.rule, one.headline, one.span.path, str(one.severity)
