"""Which folders a build must not replace."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from nutgraf.publish.site_manifest import MARKER

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOUNTS: Final = Path("/proc/self/mountinfo")
_OCTAL: Final = re.compile(r"\\([0-7]{3})")


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
    if _is_mount(target):
        return f"it is a mount point, whose place no folder can take; {target.name}/site, in it, could be replaced"
    if target.is_dir() and not (target / MARKER).exists() and any(_visible(target)):
        return "it holds files that no build of Nutgraf made"
    return None


def _visible(folder: Path) -> Iterable[Path]:
    return (entry for entry in folder.iterdir() if not entry.name.startswith("."))


def _is_mount(folder: Path) -> bool:
    """Tell whether something is mounted at `folder`, a folder of the same file system included."""
    if os.path.ismount(folder):
        return True
    try:
        lines = _MOUNTS.read_bytes().decode(errors="surrogateescape").splitlines()
    except OSError:
        return False
    # proc(5): the fifth field is the place, with blanks and such written in octal.
    places = (line.split(" ")[4] for line in lines if line.count(" ") > 4)  # noqa: PLR2004
    return str(folder) in (_OCTAL.sub(lambda found: chr(int(found[1], 8)), place) for place in places)
