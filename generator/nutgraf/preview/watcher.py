"""Says which files changed, whatever happens to them and to the folders around them."""

from __future__ import annotations

import logging
import os
import re
import stat
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from watchfiles import watch

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

STEP: Final = 5
"""Milliseconds without a further change after which changes are told. Each change is told 1 to 2 of these later (9 ms
in the median; with watchfiles' own 50 it is 61), and waiting takes 0.7 % of a processor."""
SLOW_STEP: Final = 20
"""The same for the folders around, in which only mkdocs.yml and the watched folders themselves matter."""
LONGEST: Final = 400
"""Milliseconds after which changes are told though there are more."""

_PATIENCE: Final = 2.0
"""Seconds that the system may take to begin with watching; on a slow network drive it then begins later."""

_LEFTOVER: Final = re.compile(
    r"\..*|#.*|.*~|4913|.*\.(?:swp|swx|swo|tmp|bak|part|crswap)|.*___jb_(?:tmp|old)___|__pycache__"
)
"""Names of what editors and tools put beside a file for a moment."""


class _Stop:
    """Ends a watch, and knows whether it has begun: whoever watches asks over and over whether to stop."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self._set = False

    def is_set(self) -> bool:
        """Tell whether to stop."""
        self.begun.set()
        return self._set

    def set(self) -> None:
        """Let it stop."""
        self._set = True


class Watch:
    """Watches files and folders, of which some may not exist, until it is closed.

    Folders are watched with all that is in them. The folders around them are watched as well, so that a folder that is
    deleted, swapped for a link or put back is noticed.
    """

    def __init__(self, tell: Callable[[frozenset[Path] | None], None], paths: Iterable[Path] = ()) -> None:
        """Begin to watch.

        Args:
            tell: is called, in a thread of its own, with the paths that changed; with None where anything may have.
            paths: what to watch, absolute.
        """
        self._tell = tell
        self._lock = threading.Lock()
        self._paths: tuple[Path, ...] = ()
        self._folders: frozenset[str] = frozenset()
        self._stops: tuple[_Stop, ...] = ()
        self._threads: list[threading.Thread] = []
        self._closed = False
        self.follow(paths)

    def follow(self, paths: Iterable[Path]) -> bool:
        """Watch these paths from now on, and no others.

        Returns:
            Whether they are others than before. What changed in them until now was not told.
        """
        wanted = tuple(dict.fromkeys(Path(os.path.abspath(path)) for path in paths))  # noqa: PTH100 - links stay
        with self._lock:
            if wanted == self._paths or self._closed:
                return False
            self._paths = wanted
            self._begin()
        return True

    def close(self) -> None:
        """End it, and the threads with it."""
        with self._lock:
            self._closed = True
            for stop in self._stops:
                stop.set()
        for thread in self._threads:
            thread.join(_PATIENCE)

    def _begin(self) -> None:
        """Watch what there is now, in place of what was watched before."""
        for stop in self._stops:
            stop.set()
        folders = {path for path in self._paths if path.is_dir()}
        around = {_around(path) for path in self._paths} - folders
        self._folders = frozenset(_folders_in(folders))
        stops = []
        for places, step, deep in ((folders, STEP, True), (around, SLOW_STEP, False)):
            if places:
                stops.append(_Stop())
                arguments = (places, step, stops[-1])
                thread = threading.Thread(target=self._run, args=arguments, kwargs={"deep": deep}, daemon=True)
                thread.start()
                self._threads = [one for one in self._threads if one.is_alive()] + [thread]
        self._stops = tuple(stops)
        for stop in stops:
            stop.begun.wait(_PATIENCE)

    def _run(self, places: Collection[Path], step: int, stop: _Stop, *, deep: bool) -> None:
        polling: bool | None = None
        while not stop.is_set():
            try:
                changes = watch(
                    *places,
                    watch_filter=None,
                    step=step,
                    debounce=LONGEST,
                    stop_event=stop,
                    recursive=deep,
                    raise_interrupt=False,
                    ignore_permission_denied=True,
                    force_polling=polling,
                )
                for found in changes:
                    self._look({Path(path) for _, path in found}, stop)
            except FileNotFoundError:
                # It went between looking and watching.
                self._anew(stop)
            except (OSError, RuntimeError):
                if polling:
                    raise
                polling = True  # such as "OS file watch limit reached"
                logging.getLogger(__name__).warning("files are polled, because this system cannot watch so many")
            else:
                return

    def _look(self, changed: set[Path], stop: _Stop) -> None:
        paths = frozenset(path for path in changed if self._matters(path))
        if not paths or stop.is_set():
            return
        if any(self._is_structure(path) for path in paths):
            self._anew(stop)
        else:
            self._tell(paths)

    def _anew(self, stop: _Stop) -> None:
        """Watch what there is now. What changed between is not known: it may be anything."""
        with self._lock:
            if stop.is_set() or self._closed:
                return
            self._begin()
        self._tell(None)

    @staticmethod
    def changed_since(moment: float, paths: Iterable[Path]) -> bool:
        """Tell whether any of these paths, or what is in them, was written since `moment`, in seconds since 1970."""
        places = [str(path) for path in paths]
        for path in paths:
            for place, names, files in os.walk(path):
                places += [os.path.join(place, name) for name in (*names, *files)]  # noqa: PTH118 - ten times as fast
        return any(_written(place) >= moment for place in places)

    def _matters(self, path: Path) -> bool:
        """Tell whether a path is or lies in what is watched, and is not what an editor left behind."""
        for one in self._paths:
            if path == one or one.is_relative_to(path):
                return True
            if path.is_relative_to(one):
                return not any(_LEFTOVER.fullmatch(part) for part in path.relative_to(one).parts)
        return False

    def _is_structure(self, path: Path) -> bool:
        """Tell whether a change is one of a folder, or of a link: what must be watched is then another."""
        return str(path) in self._folders or path.is_symlink() or path.is_dir()


Stamp: TypeAlias = "tuple[int, int, int]"
"""What a file is known by without being read: when it was written (ns), its size, its inode."""


def stamps(paths: Iterable[Path]) -> dict[Path, Stamp]:
    """Return what all files that are watched are known by now, but for what editors leave behind.

    Args:
        paths: what is watched. What does not exist is not in the answer.
    """
    found: dict[Path, Stamp] = {}
    for path in paths:
        _note(os.fspath(path), found)
        for place, names, files in os.walk(path):
            names[:] = [name for name in names if not _LEFTOVER.fullmatch(name)]
            for name in files:
                if not _LEFTOVER.fullmatch(name):
                    _note(f"{place}{os.sep}{name}", found)
    return found


def _note(place: str, found: dict[Path, Stamp]) -> None:
    with suppress(OSError):
        status = os.stat(place)  # noqa: PTH116 - ten times as fast, for thousands
        if not stat.S_ISDIR(status.st_mode):
            found[Path(place)] = status.st_mtime_ns, status.st_size, status.st_ino


def changed_between(before: Mapping[Path, Stamp], after: Mapping[Path, Stamp]) -> frozenset[Path]:
    """Return the files that are others after than they were before, those that came or went included."""
    return frozenset(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))


def _written(path: str) -> float:
    try:
        return os.stat(path).st_mtime  # noqa: PTH116 - ten times as fast, for thousands
    except OSError:
        return 0.0


def _around(path: Path) -> Path:
    """Return the nearest folder above a path that exists."""
    return next((folder for folder in path.parents if folder.is_dir()), Path(path.anchor))


def _folders_in(folders: Iterable[Path]) -> Iterable[str]:
    for folder in folders:
        yield str(folder)
        for place, names, _ in os.walk(folder, followlinks=False):
            yield from (os.path.join(place, name) for name in names)  # noqa: PTH118 - ten times as fast, for thousands
