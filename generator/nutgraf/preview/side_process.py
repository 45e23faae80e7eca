"""A process beside the preview for what takes long: MkDocs and the rules. It is killed when a result is not wanted."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from concurrent.futures import ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

P = ParamSpec("P")
R = TypeVar("R")

_STEP: Final = 0.01
"""Seconds between two looks whether the result is still wanted."""
_COURTESY: Final = 10
"""How far the process stands back behind what somebody waits for (nice(2))."""
_PR_SET_PDEATHSIG: Final = 1
"""See prctl(2)."""


class CancelledError(BaseException):
    """The result is not wanted any more. It is no `Exception`, because it is no fault of what was called."""


class SideProcess:
    """Calls functions of modules in another process, one at a time. It may be used from several threads."""

    def __init__(self) -> None:
        """Begin without one; it is started by the first call, and kept."""
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._is_closed = False

    def call(self, given_up: Callable[[], bool], function: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
        """Call a function there, and return what it returns or raise what it raises.

        Where the system has no room for another process, the function is called here.

        Args:
            given_up: is asked over and over; once it returns true, the process is killed.
            function: at the top of a module.
            arguments: of the function. They and the result are pickled.
            named: the same.

        Raises:
            CancelledError: it was given up, or `close` was called.
        """
        for _ in range(2):
            pool = self._started()
            try:
                with _ctrl_c_blocked():
                    future = pool.submit(function, *arguments, **named)
            except (OSError, RuntimeError):  # There is no room for it, or another thread has killed it.
                self._kill(pool)
                continue
            while not wait([future], _STEP).done:
                if self._is_closed or given_up():
                    self._kill(pool)
                    raise CancelledError
            try:
                return future.result()
            except BrokenProcessPool as error:
                if self._is_closed or given_up():
                    raise CancelledError from error
                self._kill(pool)
        return function(*arguments, **named)

    def close(self) -> None:
        """Kill it; every call ends with `CancelledError`."""
        self._is_closed = True
        if self._pool is not None:
            self._kill(self._pool)

    def _started(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._pool is None:
                # Not a fork: threads of the server may hold locks at that moment.
                context = multiprocessing.get_context("spawn")
                self._pool = ProcessPoolExecutor(1, context, _stand_back, (os.getpid(),))
            return self._pool

    def _kill(self, pool: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._pool is pool:
                self._pool = None
        workers = list((getattr(pool, "_processes", None) or {}).values())
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.kill()


@contextmanager
def _ctrl_c_blocked() -> Iterator[None]:
    """Keep Ctrl-C from a process that is started within the block, until it knows what to do with it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _stand_back(parent: int) -> None:
    # Ctrl-C reaches all processes of a terminal; the server ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(_COURTESY)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
