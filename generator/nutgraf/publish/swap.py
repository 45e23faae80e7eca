"""One folder in the place of another.

On Linux the two change places in one step of the kernel: whoever opens a file of the site finds the old one or the new
one. Where that cannot be had, there are two renames, with a moment between them in which there is no site; a build that
is killed in that moment leaves the old one where `claim.repair` finds it.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from nutgraf.publish.lock import State, beside, directory_lock
from nutgraf.publish.site_manifest import MARKER, mark, needed, read_marker, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2
_UNKNOWN: Final = frozenset({errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.EPERM})
"""What a kernel, a file system or a container answers that does not know how."""


def carry_over_assets(stage: Path, target: Path, others: Iterable[str] = ()) -> None:
    """Give a whole new site what it takes over from the one that is published, and mark it.

    Args:
        stage: the new site.
        target: the published one; it need not exist.
        others: the paths of files in there that no build made, and that stay.

    Raises:
        OSError: there is no room, for example.
    """
    made = [name for name in _hidden(stage) if name != MARKER]
    files = list(visible(stage))
    kept = []
    if target.is_dir():
        shutil.copymode(target, stage)
        kept = [path for path in needed(target) if _take(target, stage, path)]
        for path in others:
            with suppress(OSError):
                _take(target, stage, path)
        former = read_marker(target).made
        for name in _hidden(target):
            # A folder cannot be in two places. It goes over behind the swap: see `repair`.
            is_folder = (target / name).is_dir() and not (target / name).is_symlink()
            if not is_folder and name != MARKER and name not in former:
                with suppress(OSError):
                    _take(target, stage, name)
    mark(stage, kept=kept, made=made, files=files)


def _hidden(folder: Path) -> Iterator[str]:
    return (entry.name for entry in os.scandir(folder) if entry.name.startswith("."))


def _take(source: Path, stage: Path, path: str) -> bool:
    """Let a file be in the new site too; tell whether it is, and was not before."""
    old, new = source / path, stage / path
    if os.path.lexists(new):
        return False
    try:
        new.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        return False
    try:
        os.link(old, new, follow_symlinks=False)
    except FileNotFoundError:
        return False
    except OSError:
        # There are file systems without links.
        shutil.copy2(old, new, follow_symlinks=False)
    return True


def publish(stage: Path, target: Path) -> None:
    """Put a whole new site in the place of the published one, which `claim.repair` then finds beside it.

    Raises:
        OSError: nothing can take its place; it stays.
    """
    with directory_lock(target.parent):
        if not os.path.lexists(target):
            stage.rename(target)
            return
        # From here on its name says that it is whole: it may be the old one at any moment.
        old = beside(target, State.OLD)
        stage.rename(old)
        if exchange(old, target):
            return
        # Whatever stops this half-way, `repair` finds one of the two.
        old.rename(stage)
        target.rename(old)
        stage.rename(target)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; return False where that cannot be had.

    See renameat2(2).

    Raises:
        OSError: they cannot, for example because a file system is mounted at one of them.
    """
    code = _renameat2(os.fsencode(one), os.fsencode(other))
    if code in _UNKNOWN:
        return False
    if code:
        raise OSError(code, os.strerror(code), str(one), None, str(other))
    return True


def _renameat2(one: bytes, other: bytes) -> int:
    """Return the number of an error, 0 for none."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if os.name == "posix" else None
    if call is None:
        return errno.ENOSYS
    failed = call(_AT_FDCWD, one, _AT_FDCWD, other, _RENAME_EXCHANGE)
    return ctypes.get_errno() if failed else 0
