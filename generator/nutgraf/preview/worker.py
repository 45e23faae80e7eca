"""A thread that does one thing after another for the server, and never keeps it from ending."""

from __future__ import annotations

import asyncio
import queue
import threading
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")


class Worker:
    """Runs functions in a thread of its own. It is a daemon: Python waits for the threads of an executor at its end."""

    def __init__(self, name: str) -> None:
        """Begin to wait for work."""
        self._work: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        threading.Thread(target=self._run, name=name, daemon=True).start()

    def _run(self) -> None:
        while True:
            self._work.get()()

    async def do(self, function: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
        """Call a function there and return what it returns, or raise what it raises."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[R] = loop.create_future()

        def settle(set_it: Callable[[Any], None], value: object) -> None:
            if not future.done():  # who asked may have gone
                set_it(value)

        def work() -> None:
            try:
                result = function(*arguments, **named)
            except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
                self._back(loop, settle, future.set_exception, error)
            else:
                self._back(loop, settle, future.set_result, result)

        self._work.put(work)
        return await future

    @staticmethod
    def _back(loop: asyncio.AbstractEventLoop, function: Callable[..., None], *arguments: object) -> None:
        try:
            loop.call_soon_threadsafe(function, *arguments)
        except RuntimeError:
            return  # the server has ended meanwhile
