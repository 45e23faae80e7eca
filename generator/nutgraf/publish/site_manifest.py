"""The file by which a site of ours is known, and which says what in the site is not of its own build.

A page that was served just before a new site takes the place of the old one asks for its style sheets and scripts
afterwards. So those that the new site does not have stay for one more build. The marker lists them: the next build
leaves them behind, and what two builds of the same content publish can be compared without them.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MARKER: Final = ".nutgraf-site"
"""The name of the file. It is hidden, so that MkDocs, which cleans a site's folder, keeps it."""

_TEXT: Final = "This folder was made by Nutgraf. A build replaces all that a build has made in it.\n"
_LITTER: Final = ("Thumbs.db", "desktop.ini")
_PACKED: Final = (".gz", ".br", ".zst")
_NEEDED: Final = (".css", ".js", ".mjs", ".woff", ".woff2", ".ttf", ".otf")
"""What a page needs to look and work as it should. Pictures are not among them, nor cards: they can show what somebody
had to take back, and then they are to be gone at once."""


@dataclass(frozen=True, slots=True)
class Marker:
    """What a marker says, besides that the site is ours.

    Attributes:
        kept: the paths of files that are there for pages of the build before, relative to the site.
        made: the names of entries that begin with a dot and that are the site's own.
        files: the paths of all files of its own build, without these; empty where that is not known.
    """

    kept: frozenset[str] = frozenset()
    made: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()


def mark(site: Path, *, kept: Iterable[str] = (), made: Iterable[str] = (), files: Iterable[str] = ()) -> None:
    """Mark the folder `site` as one that a build may replace; for the lists see `Marker`."""
    lists = {name: sorted(paths) for name, paths in (("kept", kept), ("made", made), ("files", files))}
    told = {name: paths for name, paths in lists.items() if paths}
    text = _TEXT + (json.dumps(told, indent=1) + "\n" if told else "")
    (site / MARKER).write_text(text, encoding="ascii")


def read_marker(site: Path) -> Marker:
    """Return what the marker of a site says; nothing where there is none, or none that can be read."""
    try:
        told = json.loads((site / MARKER).read_text(encoding="ascii").partition("\n")[2] or "{}")
    except (OSError, ValueError):
        return Marker()
    if not isinstance(told, dict):
        return Marker()
    return Marker(_strings(told.get("kept")), _strings(told.get("made")), _strings(told.get("files")))


def _strings(value: object) -> frozenset[str]:
    return frozenset(one for one in value if isinstance(one, str)) if isinstance(value, list) else frozenset()


def leftovers(site: Path) -> frozenset[str]:
    """Return the paths of the files in a site that are there for pages of the build before, relative to the site."""
    return read_marker(site).kept


def foreign(site: Path) -> tuple[str, ...]:
    """Return the paths of what others have put into a site, relative to it: what proves whose site it is, say.

    What begins with a dot is not among it, at the top because it stays anyway, elsewhere because programs that show
    folders leave such things behind; nor are packed copies of the site's own files, which would be those of old ones.
    Where the marker does not say what the site consists of, nothing is.
    """
    marker = read_marker(site)
    if not marker.files:
        return ()
    known = marker.files | marker.kept
    others = (path for path in visible(site) if path not in known and not path.endswith(_LITTER))
    return tuple(sorted(path for path in others if not (path.endswith(_PACKED) and path.rpartition(".")[0] in known)))


def visible(site: Path) -> Iterator[str]:
    """Yield the paths of all files in a site, relative to it, but for what begins with a dot and what is in there."""
    waiting = [""]
    while waiting:
        inner = waiting.pop()
        with os.scandir(os.path.join(site, inner)) as entries:  # noqa: PTH118 - a thousand times over
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{inner}{entry.name}/")
                else:
                    yield f"{inner}{entry.name}"


def needed(site: Path) -> Iterator[str]:
    """Yield the paths of the files that pages of a site need, and that are of its own build, relative to the site."""
    left = leftovers(site)
    for folder, names, files in os.walk(site):
        inner = os.path.relpath(folder, site)
        if inner == os.curdir:
            names[:] = [name for name in names if not name.startswith(".")]
        for name in files:
            path = name if inner == os.curdir else f"{inner}/{name}".replace(os.sep, "/")
            if name.endswith(_NEEDED) and path not in left and not path.startswith("."):
                yield path
