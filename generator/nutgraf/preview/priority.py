"""Who waits for a page goes first. What nobody waits for lets them, as threads share one processor in Python."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PAUSE: Final = 0.3
"""Seconds without anybody waiting after which what is not urgent begins: a browser has painted what it was sent."""
LONGEST: Final = 3.0
"""Seconds after which it goes on, though somebody asks for something again and again."""
STEP: Final = 0.005
"""Seconds between two looks whether it may go on."""


class RequestPriority:
    """Knows whether anybody waits for a page. All of it may be called from any thread."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._lock = threading.Lock()
        self._waiting = 0
        self._last = time.monotonic() - PAUSE

    @contextmanager
    def broken(self) -> Iterator[None]:
        """Note that somebody waits for what is done meanwhile."""
        with self._lock:
            self._waiting += 1
        try:
            yield
        finally:
            with self._lock:
                self._waiting -= 1
                self._last = time.monotonic()

    def lasts(self, seconds: float = 0) -> bool:
        """Tell whether nobody waits, and nobody did in the last `seconds`."""
        return not self._waiting and time.monotonic() - self._last >= seconds

    def wait(self, given_up: Callable[[], bool] = lambda: False) -> None:
        """Return once nobody waits, or once it is given up, or after `LONGEST`."""
        if not self._waiting:
            return  # this is asked between any two steps
        ends = time.monotonic() + LONGEST
        while self._waiting and not given_up() and time.monotonic() < ends:
            time.sleep(STEP)
