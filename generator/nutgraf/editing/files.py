"""Writing files so that each is whole, and all of a change or nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class OutsideError(Exception):
    """A file of the content lies elsewhere, behind a link, and is not written."""


def write_all(folder: Path, files: Mapping[str, bytes], *, moved: Mapping[str, str] | None = None) -> None:
    """Write files of a folder. All are written beside the old ones first; then each takes its place at once.

    Args:
        folder: the content folder.
        files: their new bytes, by path relative to `folder`.
        moved: new paths by old ones, of files that are renamed as well; their bytes stand in `files` under the new one.

    Raises:
        OutsideError: one of them is a link that leads out of the folder.
        OSError: a file cannot be written; then none was changed, unless the disk failed in the very last step.
    """
    top = Path(os.path.realpath(folder))
    places = {path: Path(os.path.realpath(folder / path)) for path in files}
    for path, place in places.items():
        if not place.is_relative_to(top):
            raise OutsideError(path)
    staged: dict[str, Path] = {}
    try:
        for path, data in files.items():
            staged[path] = _staged(places[path], data)
        for path, stage in staged.items():
            stage.replace(places[path])
    finally:
        for stage in staged.values():
            stage.unlink(missing_ok=True)
    for old in moved or ():
        (folder / old).unlink()


def _staged(place: Path, data: bytes) -> Path:
    # No name that a watcher or git would take for content.
    handle, name = tempfile.mkstemp(prefix=".", suffix=".new~", dir=place.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    if place.exists():
        shutil.copymode(place, name)
    else:
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
    return Path(name)
