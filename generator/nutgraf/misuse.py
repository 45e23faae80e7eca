"""What a site cannot be asked for."""

from __future__ import annotations


class MisuseError(Exception):
    """What was asked for cannot be done, and no fact in the content is to blame.

    Attributes:
        help: what to do about it; empty where there is nothing useful to say.
    """

    def __init__(self, message: str, advice: str = "") -> None:
        """Say what is wrong in `message`, without a final full stop, and what to do in `advice`."""
        super().__init__(message)
        self.help = advice
