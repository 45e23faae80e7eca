"""What a site cannot be asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class UsageError(Exception):
    """What was asked for cannot be done, and no fact in the content is to blame.

    Attributes:
        help: what to do about it; empty where there is nothing useful to say.
        file: the mkdocs.yml that says what cannot be; None where no line of it is to blame.
        parts: what is wrong with that, each by itself, in MkDocs' words; a line with advice may follow.
    """

    def __init__(self, message: str, advice: str = "", file: Path | None = None, parts: Sequence[str] = ()) -> None:
        """Say what is wrong in `message`, without a final full stop, and what to do in `advice`."""
        super().__init__(message)
        self.help = advice
        self.file = file
        self.parts = tuple(parts)

    def __reduce__(self) -> tuple[object, ...]:
        """Let it be sent to another process with all that it says."""
        return type(self), (str(self), self.help, self.file, self.parts)
