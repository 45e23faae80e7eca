"""The folders beside a site: whose they are, and what becomes of those that nobody works in any more.

A build makes `.site.new-<random>`, locks it, and holds the lock until it is done, wherever the folder moves. A lock
goes with the process that holds it, so what is not locked was left by a build that was killed.
Names say what they are:

- `new`: a site that is not whole. It is removed.
- `old`: a site that is whole, the one that was published before. If nothing is published it takes that place again;
  else what begins with a dot goes over from it, and it is removed.
- `gone`: one that is being removed.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import time
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from nutgraf.publish.site_manifest import MARKER, read_marker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

if os.name == "posix":
    import fcntl


class State(StrEnum):
    """What a folder beside a site holds."""

    NEW = "new"
    OLD = "old"
    GONE = "gone"


_LEFT: Final = re.compile(rf"\.(?P<name>.+)\.(?P<state>{'|'.join(State)})-[0-9a-f]{{8}}", re.DOTALL)
_ABANDONED: Final = 3600
"""After so many seconds a folder counts as left, on a file system without locks."""
_NO_LOCKS: Final = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.EBADF})


class BusyError(Exception):
    """Another build is making the same site."""

    def __init__(self, handle: int) -> None:
        """Take an open folder that the other build has locked."""
        super().__init__("another build is making this site")
        self._handle = handle

    def wait(self) -> None:
        """Wait for the end of the other build."""
        try:
            fcntl.flock(self._handle, fcntl.LOCK_SH)
        finally:
            os.close(self._handle)


@contextmanager
def claimed(target: Path) -> Iterator[Path]:
    """Give an empty folder beside `target` that no other build touches; it is removed at the end, if it is there still.

    Raises:
        BusyError: another build has claimed `target`.
        OSError: there cannot be such a folder.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    stage = beside(target, State.NEW)
    lock, is_ours = None, False
    # A signal may end the build at any moment, also between two of these lines.
    try:
        with directory_lock(target.parent):
            for path in (target, *(path for _, path in left_beside(target))):
                _unlock(_lock(path))
            repair(target)
            is_ours = True
            # Not tempfile.mkdtemp: a folder that only its owner may read would be published as such.
            stage.mkdir()
            lock = _lock(stage)
        yield stage
    finally:
        try:
            if is_ours:
                shutil.rmtree(stage, ignore_errors=True)
                with directory_lock(target.parent):
                    repair(target)
        finally:
            _unlock(lock)


@contextmanager
def directory_lock(folder: Path) -> Iterator[None]:
    """Keep all other builds from moving the folders in `folder`, for a moment."""
    handle = _open(folder)
    try:
        if handle is not None:
            _flock(handle, wait=True)
        yield
    finally:
        _unlock(handle)


def beside(target: Path, state: State) -> Path:
    """Return where a folder of this kind may be made: on the same file system, for only there a rename is one step."""
    return target.with_name(f".{target.name}.{state}-{secrets.token_hex(4)}")


def repair(target: Path) -> None:
    """Put right what builds of `target` have left beside it. None may be at work, but for that which asks.

    Raises:
        OSError: something cannot be moved. Nothing that somebody may want is lost.
    """
    left = sorted(left_beside(target))
    former = [path for state, path in left if state is State.OLD]
    if former and not os.path.lexists(target):
        whole = max(former, key=lambda path: path.stat().st_mtime)
        whole.rename(target)
        former.remove(whole)
    for path in former:
        _carry(path, target)
        gone = beside(target, State.GONE)
        path.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)
    for state, path in left:
        if state is not State.OLD and _is_abandoned(path):
            shutil.rmtree(path, ignore_errors=True)


def left_beside(target: Path) -> Iterator[tuple[State, Path]]:
    """Yield the folders beside `target` that builds have made, those at work and those that were stopped."""
    with os.scandir(target.parent) as entries:
        for entry in entries:
            found = _LEFT.fullmatch(entry.name)
            if found and found["name"] == target.name and entry.is_dir(follow_symlinks=False):
                yield State(found["state"]), target.with_name(entry.name)


def _carry(old: Path, target: Path) -> None:
    """Move what begins with a dot, unless it is of the old site's own making."""
    made = read_marker(old).made
    for entry in sorted(os.scandir(old), key=lambda one: one.name):
        keep = entry.name.startswith(".") and entry.name != MARKER and entry.name not in made
        if keep and not os.path.lexists(target / entry.name):
            os.rename(entry.path, target / entry.name)  # noqa: PTH104 - it may be a link


# Locks


def _lock(folder: Path) -> int | None:
    """Lock a folder until `_unlock` or the end of this process; None where it is not there, or there are no locks.

    Raises:
        BusyError: another process has locked it.
    """
    handle = _open(folder)
    if handle is None:
        return None
    try:
        if _flock(handle):
            return handle
    except BlockingIOError:
        raise BusyError(handle) from None
    _unlock(handle)
    return None


def _open(folder: Path) -> int | None:
    if os.name != "posix":
        return None
    try:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return None


def _flock(handle: int, *, wait: bool = False) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        raise
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
        return False
    return True


def _unlock(handle: int | None) -> None:
    if handle is not None:
        os.close(handle)


def _is_abandoned(folder: Path) -> bool:
    """Tell whether no build works in a folder, so that it may be removed."""
    try:
        handle = _lock(folder)
    except BusyError:
        return False
    if handle is not None:
        _unlock(handle)
        return True
    try:
        return time.time() - folder.stat().st_mtime > _ABANDONED
    except OSError:
        return False
