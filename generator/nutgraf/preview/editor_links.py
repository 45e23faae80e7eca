"""Links that open a file in an editor."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

EDITORS: Final[Mapping[str, str]] = {
    "vscode": "vscode://file{path}:{line}:{column}",
    "vscode-insiders": "vscode-insiders://file{path}:{line}:{column}",
    "vscodium": "vscodium://file{path}:{line}:{column}",
    "cursor": "cursor://file{path}:{line}:{column}",
    "windsurf": "windsurf://file{path}:{line}:{column}",
    "zed": "zed://file{path}:{line}:{column}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
    "pycharm": "pycharm://open?file={path}&line={line}&column={column}",
    "sublime": "subl://open?url=file://{path}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
    "macvim": "mvim://open?url=file://{path}&line={line}&column={column}",
    "emacs": "org-protocol://open-file?url=file://{path}&line={line}&column={column}",
    "none": "",
}
"""The editors that are known by name, and how each wants a file to be named."""

_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SCRIPTS: Final = {"javascript", "data", "vbscript", "blob"}
_PLACE: Final = re.compile(r"\{(\w*)\}")


class EditorError(Exception):
    """No link can be made of what was given.

    Attributes:
        help: what to do about it.
    """

    def __init__(self, message: str, advice: str) -> None:
        """Say what is wrong in `message`, without a final full stop, and what to do in `advice`."""
        super().__init__(message)
        self.help = advice


@dataclass(frozen=True, slots=True)
class Editor:
    """How files are opened.

    Attributes:
        template: a URL with `{path}`, and perhaps `{line}` and `{column}`; empty for no links.
    """

    template: str = EDITORS["vscode"]

    @classmethod
    def read(cls, text: str) -> Editor:
        """Take the name of an editor, or a URL of one's own.

        Raises:
            EditorError: it is neither.
        """
        if text in EDITORS:
            return cls(EDITORS[text])
        scheme = _SCHEME.match(text)
        if scheme is None or "{path}" not in text:
            advice = f"Name one of {', '.join(EDITORS)}, or write a URL with {{path}}, {{line}} and {{column}}."
            raise EditorError(f"there is no editor `{text}`", advice)
        unknown = set(_PLACE.findall(text)) - {"path", "line", "column"}
        if unknown or scheme[1].lower() in _SCRIPTS:
            raise EditorError(f"`{text}` opens no editor", "What it may hold is {path}, {line} and {column}.")
        return cls(text)

    def link(self, file: Path, line: int, column: int) -> str | None:
        """Return the address that opens `file` there; None if there are no links.

        Args:
            file: an absolute path.
            line: counted from 1.
            column: counted from 1, in characters.
        """
        if not self.template:
            return None
        path = "/" + file.as_posix().lstrip("/")  # C:/x stands behind a slash, too
        found = {"path": quote(path), "line": str(line), "column": str(column)}
        return _PLACE.sub(lambda place: found[place[1]], self.template)
