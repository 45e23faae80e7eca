"""Folders that are written whole or not at all: what was published stays until its successor is complete."""

from __future__ import annotations

import secrets
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MARKER = ".nutgraf-site"
"""The file by which a site of ours is known. It is hidden, so that MkDocs, which cleans a site's folder, keeps it."""

_MARKER_TEXT = "This folder was made by Nutgraf. A build replaces all that is in it, except what begins with a dot.\n"


def mark(site: Path) -> None:
    """Mark the folder `site` as one that a build may replace."""
    (site / MARKER).write_text(_MARKER_TEXT, encoding="utf-8")


def refusal(target: Path, *, around: Iterable[Path], kept: Iterable[Path]) -> str | None:
    """Tell why a build must not replace `target`; None where it may.

    Args:
        target: the folder to write to; it need not exist.
        around: folders that the site may lie in, but that it must not be or hold: that of the project. The working
            folder and the home folder always count as such.
        kept: folders that hold what somebody wrote. The site must not even lie in one.
    """
    target = target.resolve()
    if target.exists() and not target.is_dir():
        return "it is a file"
    if any(folder.resolve().is_relative_to(target) for folder in (*around, *kept, Path.cwd(), Path.home())):
        return "it holds more than a site"
    for folder in kept:
        if target.is_relative_to(folder.resolve()):
            return f"it lies in {folder.name}, which is read to build the site"
    if target.is_dir() and not (target / MARKER).exists() and any(_visible(target)):
        return "it holds files that no build of Nutgraf made"
    return None


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """Give a new, empty folder that takes the place of `target` when the block ends well.

    When the block raises, `target` stays as it was and the new folder is removed. What begins with a dot in `target`
    (`.git`, `.nojekyll`) goes over to its successor, as MkDocs would keep it.

    Raises:
        OSError: the folder cannot be written, or `target` cannot be moved, for example because it is a mount point.
    """
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    stage = _beside(target, "new")
    # Not tempfile.mkdtemp: a folder that only its owner may read would be published as such.
    stage.mkdir()
    try:
        yield stage
        _swap(stage, target)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _swap(stage: Path, target: Path) -> None:
    old = _beside(target, "old")
    try:
        if target.exists():
            target.rename(old)
        stage.rename(target)
    except BaseException:
        if old.exists() and not target.exists():
            old.rename(target)
        raise
    if not old.exists():
        return
    for entry in old.iterdir():
        if entry.name.startswith(".") and not (target / entry.name).exists():
            entry.rename(target / entry.name)
    shutil.rmtree(old, ignore_errors=True)


def _beside(target: Path, purpose: str) -> Path:
    # On the same file system as the target, because only there a rename is one step.
    return target.with_name(f".{target.name}.{purpose}-{secrets.token_hex(4)}")


def _visible(folder: Path) -> Iterator[Path]:
    return (entry for entry in folder.iterdir() if not entry.name.startswith("."))
