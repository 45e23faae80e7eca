"""Runs the rules in a process of their own, beside rendering. Their result decides whether to publish."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Self, TypeAlias

from nutgraf.build.worker_process import CAN_FORK, WorkerProcess

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    from nutgraf.checks.story_digests import Stories
    from nutgraf.diagnostics import Diagnostic

    Check: TypeAlias = Callable[[], tuple[Sequence[Diagnostic], Stories | None]]


class BackgroundCheck:
    """What the rules say of a site, as soon as they have said it."""

    def __init__(self, known: Sequence[Diagnostic], check: Check | None = None) -> None:
        """Take what is known already, and what finds the rest.

        Args:
            known: what loading found. With an error among it, there is nothing that pages could be made of.
            check: goes through all rules, and returns what they find and what is to be kept of it; None where there is
                no need to.
        """
        self._known = tuple(known)
        self._check = check
        self._fork: WorkerProcess | None = None
        self.stories: Stories | None = None
        """What is to be kept for the next build, once all is known."""
        self.seconds = 0.0
        """How long the rules took."""

    def __enter__(self) -> Self:
        """Begin. Where the system has no forks, or pages are not to be made anyway, wait for all of it."""
        check = self._check
        if check is None:
            return self
        if CAN_FORK and not any(one.is_error for one in self._known):
            self._fork = WorkerProcess("checks", lambda line: line.send(_timed(check)))
        else:
            self._take(_timed(check))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it, if it is not done."""
        if self._fork is not None:
            self._fork.stop()

    def wait(self) -> tuple[Diagnostic, ...]:
        """Return all that is wrong.

        Raises:
            Exception: whatever a rule raises, which is a mistake of ours.
        """
        if self._check is not None and self._fork is not None:
            self._take(self._fork.receive())
        return self._known

    @property
    def is_known(self) -> bool:
        """Tell whether `wait` would answer at once."""
        return self._check is None or (self._fork is not None and self._fork.is_heard)

    def _take(self, told: tuple[tuple[Sequence[Diagnostic], Stories | None], float]) -> None:
        (found, self.stories), self.seconds = told
        self._known, self._check = (*self._known, *found), None


def _timed(check: Check) -> tuple[tuple[Sequence[Diagnostic], Stories | None], float]:
    started = time.perf_counter()
    return check(), time.perf_counter() - started
