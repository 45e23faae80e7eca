"""Worker processes: forks, which share the memory of this one and send back what they make."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import select
import signal
import sys
from typing import TYPE_CHECKING, Any, Final

from nutgraf.error_origin import sendable

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

CAN_FORK: Final = "fork" in multiprocessing.get_all_start_methods() and sys.platform == "linux"
"""Whether the system can, and nothing on it is known to break when it does."""
CONTEXT: Final[Any] = multiprocessing.get_context("fork" if CAN_FORK else None)


class Pipe:
    """The way from a fork to the process that began it."""

    def __init__(self, sender: Connection, parent: int) -> None:
        """Take where to send things, and the number of that process."""
        self._sender = sender
        self._parent = parent

    def send(self, value: object) -> None:
        """Send something.

        Raises:
            BrokenPipeError: nobody hears it.
        """
        self._sender.send(value)

    @property
    def is_cut(self) -> bool:
        """Tell whether the process at the other end was killed."""
        return os.getppid() != self._parent

    def hold(self) -> None:
        """Wait until nobody is at the other end any more."""
        unheard = select.poll()
        unheard.register(self._sender.fileno(), 0)
        unheard.poll()


class WorkerProcess:
    """A process that works on what was here when it began. Whoever began it stops it, whether it is done or not."""

    def __init__(self, what: str, work: Callable[[Pipe], None]) -> None:
        """Begin.

        Args:
            what: it does, as a verb with its object: it is told if it comes to a sudden end.
            work: is called there with the line to this process. What it raises is sent as well.
        """
        self._what = what
        self._receiver, sender = CONTEXT.Pipe(duplex=False)
        line = Pipe(sender, os.getpid())
        self._process: Any = CONTEXT.Process(target=self._run, args=(work, line), daemon=True)
        # What waits to be written would be written twice.
        sys.stdout.flush()
        sys.stderr.flush()
        self._process.start()
        sender.close()

    def receive(self) -> Any:  # noqa: ANN401 - whatever was sent
        """Wait for what is sent next, and return it.

        Raises:
            RuntimeError: the process has ended.
            Exception: whatever was raised there.
        """
        try:
            told = self._receiver.recv()
        except EOFError:
            raise RuntimeError(f"the process that {self._what} came to a sudden end") from None
        if isinstance(told, BaseException):
            raise told
        return told

    @property
    def is_heard(self) -> bool:
        """Tell whether `receive` would answer at once."""
        return bool(self._receiver.poll())

    def stop(self) -> None:
        """End it, whatever it is at."""
        self._receiver.close()
        self._process.kill()
        self._process.join()

    def _run(self, work: Callable[[Pipe], None], line: Pipe) -> None:
        # Ctrl-C reaches all processes; one of them says so.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        # Else nobody would be seen to have gone, and what is told would wait for ever to be heard.
        self._receiver.close()
        with contextlib.suppress(BrokenPipeError):
            try:
                work(line)
            except BrokenPipeError:
                raise
            except Exception as error:  # noqa: BLE001 - it is raised again where it can be told
                line.send(sendable(error))
