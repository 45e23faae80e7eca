"""The rules at work in a process of their own, while pages are made here: what they find decides whether to publish."""

from __future__ import annotations

import contextlib
import signal
import sys
import time
from typing import TYPE_CHECKING, Any, Self

from nutgraf.building.pages import CAN_FORK, CONTEXT
from nutgraf.render import sendable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection
    from types import TracebackType

    from nutgraf.diagnostics import Diagnostic


class Verdict:
    """What the rules say of a site, as soon as they have said it."""

    def __init__(self, known: Sequence[Diagnostic], check: Callable[[], Sequence[Diagnostic]] | None = None) -> None:
        """Take what is known already, and what finds the rest.

        Args:
            known: what loading found. With an error among it, there is nothing that pages could be made of.
            check: goes through all rules; None where there is no need to.
        """
        self._known = tuple(known)
        self._check = check
        self._process: Any = None
        self._receiver: Connection | None = None
        self.seconds = 0.0
        """How long the rules took."""

    def __enter__(self) -> Self:
        """Begin. Where the system has no forks, or pages are not to be made anyway, wait for all of it."""
        if self._check is None:
            return self
        if not CAN_FORK or any(one.is_error for one in self._known):
            self._take(_timed(self._check))
            return self
        self._receiver, sender = CONTEXT.Pipe(duplex=False)
        self._process = CONTEXT.Process(target=self._work, args=(sender,), daemon=True)
        sys.stdout.flush()
        sys.stderr.flush()
        self._process.start()
        sender.close()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it, if it is not done."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._receiver is not None:
            self._receiver.close()

    def wait(self) -> tuple[Diagnostic, ...]:
        """Return all that is wrong.

        Raises:
            Exception: whatever a rule raises, which is a mistake of ours.
        """
        if self._check is not None:
            assert self._receiver is not None  # noqa: S101 - else all is known from the start
            try:
                told = self._receiver.recv()
            except EOFError:
                raise RuntimeError("the process that checks came to a sudden end") from None
            self._take(told)
        return self._known

    @property
    def is_known(self) -> bool:
        """Tell whether `wait` would answer at once."""
        return self._check is None or (self._receiver is not None and self._receiver.poll())

    def _take(self, told: Any) -> None:  # noqa: ANN401
        if isinstance(told, BaseException):
            raise told
        found, self.seconds = told
        self._known, self._check = (*self._known, *found), None

    def _work(self, sender: Connection) -> None:
        # Ctrl-C reaches all processes; one of them says so.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        assert self._check is not None  # noqa: S101
        assert self._receiver is not None  # noqa: S101
        self._receiver.close()
        told: object
        try:
            told = _timed(self._check)
        except Exception as error:  # noqa: BLE001 - it is raised again where it can be told
            told = sendable(error)
        with contextlib.suppress(BrokenPipeError):
            sender.send(told)


def _timed(check: Callable[[], Sequence[Diagnostic]]) -> tuple[tuple[Diagnostic, ...], float]:
    started = time.perf_counter()
    return tuple(check()), time.perf_counter() - started
