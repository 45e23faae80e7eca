"""Captures what MkDocs, its theme and its plugins log."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable


class LogCapture(logging.Handler):
    """Collects the errors and warnings of a logger, as a context manager. They go nowhere else meanwhile.

    Attributes:
        errors: messages, each once.
        warnings: messages, each once; empty if a callback takes them.
    """

    def __init__(self, logger: str = "mkdocs", on_warning: Callable[[str], None] | None = None) -> None:
        """Take the logger's name, and a callback for each warning."""
        super().__init__(logging.WARNING)
        self.errors: list[str] = []
        self.warnings: list[str] = []
        self._logger = logging.getLogger(logger)
        self._on_warning = on_warning

    def emit(self, record: logging.LogRecord) -> None:
        """Collect a message."""
        message = record.getMessage()
        if record.levelno < logging.ERROR and self._on_warning:
            self._on_warning(message)
            return
        collected = self.errors if record.levelno >= logging.ERROR else self.warnings
        if message not in collected:
            collected.append(message)

    def __enter__(self) -> Self:
        """Begin to collect."""
        self._before = self._logger.level, self._logger.propagate
        self._logger.addHandler(self)
        self._logger.setLevel(logging.WARNING)
        self._logger.propagate = False
        return self

    def __exit__(self, *_: object) -> None:
        """Restore the logger."""
        level, propagate = self._before
        self._logger.removeHandler(self)
        self._logger.setLevel(level)
        self._logger.propagate = propagate
