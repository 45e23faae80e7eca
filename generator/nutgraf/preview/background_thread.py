"""A thread that does one thing after another for the server, and never keeps it from ending."""

from __future__ import annotations

import asyncio
import queue
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NoReturn, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from nutgraf.preview.priority import RequestPriority

P = ParamSpec("P")
R = TypeVar("R")

_PATIENCE: Final = 3.0
"""Seconds that what a thread is doing may take to end."""


class _Ended(Exception):  # noqa: N818 - it is no error
    """Ends the thread."""


class Worker:
    """Runs functions in a thread of its own. It is a daemon, which threads of an executor are not."""

    def __init__(self, name: str) -> None:
        """Begin to wait for work."""
        self._work: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            while True:
                self._work.get()()
        except _Ended:
            return

    def close(self) -> bool:
        """End the thread after what it is doing; return False if that takes too long."""
        self._work.put(_end)
        self._thread.join(_PATIENCE)
        return not self._thread.is_alive()

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


def _end() -> NoReturn:
    raise _Ended


@dataclass(frozen=True, slots=True)
class Workers:
    """Who makes the files of a site.

    Attributes:
        calm: knows whether anybody waits for a page.
        pages: makes what somebody waits for who looks at a page.
        rest: makes what takes all pages, as the search does, and lets others go first.
    """

    calm: RequestPriority
    pages: Worker = field(default_factory=lambda: Worker("pages"))
    rest: Worker = field(default_factory=lambda: Worker("rest"))

    def close(self) -> bool:
        """End them; return False if that takes too long."""
        return all([self.pages.close(), self.rest.close()])
