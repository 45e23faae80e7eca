"""Pools of worker processes: forks, which share the memory of this process and send back what they return.

Where the system cannot fork, the work is done in this process when it is submitted.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from typing import TYPE_CHECKING, Any, Final, Generic, ParamSpec, Self, TypeVar

from nutgraf.error_origin import sendable

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

P = ParamSpec("P")
T = TypeVar("T")

CAN_FORK: Final = "fork" in multiprocessing.get_all_start_methods() and sys.platform == "linux"
"""Whether the system can fork, and nothing on it is known to break when it does."""
_PR_SET_PDEATHSIG: Final = 1
"""See prctl(2)."""


class WorkerPool(Generic[P, T]):
    """A pool of workers that all run one function, on what was in memory when the first call was submitted."""

    def __init__(self, function: Callable[P, T], processes: int = 1) -> None:
        """Take the function, which is not pickled; its arguments and results are.

        Args:
            function: what the workers run.
            processes: how many there are.
        """
        self._function = function
        self._executor: Executor
        if CAN_FORK:
            context = multiprocessing.get_context("fork")
            self._executor = ProcessPoolExecutor(processes, context, _start, (function, os.getpid()))
        else:
            self._executor = _SameProcess()

    def submit(self, *arguments: P.args, **named: P.kwargs) -> Future[T]:
        """Call the function in a worker.

        The future raises whatever the function raised, or BrokenProcessPool if a worker was killed.
        """
        if not CAN_FORK:
            return self._executor.submit(self._function, *arguments, **named)
        # The first call forks: what is still buffered would be written twice.
        sys.stdout.flush()
        sys.stderr.flush()
        return self._executor.submit(_call, *arguments, **named)

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Kill the workers, whether they are done or not."""
        workers = list((getattr(self._executor, "_processes", None) or {}).values())
        self._executor.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.kill()
        for worker in workers:
            worker.join()


class _SameProcess(Executor):
    """Calls functions at once, in this process."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - the future raises it
            future.set_exception(error)
        return future


_function: Callable[..., Any]
"""What this worker runs."""


def _start(function: Callable[..., Any], parent: int) -> None:
    global _function  # noqa: PLW0603 - the way of `initializer`
    _function = function
    # Ctrl-C reaches all processes of a terminal; one of them reports it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # A worker never outlives the build: the next build waits until nobody writes to its folder.
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _call(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - those of the function
    try:
        return _function(*arguments, **named)
    except Exception as error:  # noqa: BLE001 - it is raised again where it can be reported
        raise sendable(error) from None
