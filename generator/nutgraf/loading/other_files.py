"""What lies in a content folder besides records: pages written by hand, pictures, style sheets."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Final

from nutgraf.loading.content import FOLDERS, is_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PAGES: Final = (".md", ".html", ".htm")
_FOLDERS: Final = "|".join(folder for folder in FOLDERS if folder != "stories")
_FILE: Final = re.compile(rf"({_FOLDERS})/([a-z0-9-]+)\.ya?ml\b")
_LINK: Final = re.compile(r"""(?:\]\(\s*<?|\]:\s*<?|href\s*=\s*["']?)([^\s)<>"'#?]+)""")
_ADDRESS: Final = re.compile(rf"(?:.*/)?({_FOLDERS})/([a-z0-9-]+)(?:\.ya?ml|/index\.(?:html|md))?/?")


@dataclass(frozen=True, slots=True)
class Beside:
    """The files of a content folder that are not records.

    Attributes:
        files: their paths, relative to the content folder, those that MkDocs publishes.
        named: the entities, sources and terms that pages among them, or the navigation, link to, each by its folder
            and id.
    """

    files: tuple[str, ...] = ()
    named: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Excluded:
    """The files that `exclude_docs` in mkdocs.yml keeps out of the site.

    Attributes:
        patterns: regular expressions, each with whether a path that it fits is left out; the last one that fits counts.
    """

    patterns: tuple[tuple[str, bool], ...] = ()

    def has(self, path: str) -> bool:
        """Tell whether a path is left out."""
        return next((out for pattern, out in reversed(self.patterns) if re.match(pattern, path)), False)


def read_beside(folder: Path, nav: Iterable[str] = (), excluded: Excluded | None = None) -> Beside:
    """Look at what lies in a content folder besides records. What cannot be read is passed over.

    Args:
        folder: the content folder.
        nav: the pages that mkdocs.yml names under `nav`.
        excluded: what is left out of the site.
    """
    left_out = excluded or Excluded()
    files = tuple(path for path in _files(folder) if not is_record(path) and not left_out.has(path))
    named = {one for target in nav for one in _named_by(target, "")}
    for path in files:
        if path.lower().endswith(_PAGES):
            named.update(named_in(_text(folder / path), path))
    return Beside(files, frozenset(named))


def is_taken(path: str) -> bool:
    """Tell whether MkDocs takes a file, by its path relative to the content folder: none with a dot, no templates."""
    return not (path.startswith((".", "templates/")) or "/." in path)


def blob_names(file: Path) -> frozenset[str]:
    """Return the names that Git may give to the contents of a file, whether it stores line ends as they are or not.

    gitformat-pack(5), "object"; SHA-1 and SHA-256 repositories. What cannot be read has none.
    """
    try:
        data = os.fsencode(file.readlink()) if file.is_symlink() else file.read_bytes()
    except OSError:
        return frozenset()
    forms = {data} if b"\0" in data else {data, data.replace(b"\r\n", b"\n")}
    return frozenset(
        make(b"blob %d\0%b" % (len(form), form)).hexdigest() for form in forms for make in (_sha1, hashlib.sha256)
    )


def _sha1(data: bytes) -> hashlib._Hash:
    return hashlib.sha1(data, usedforsecurity=False)


def _files(folder: Path) -> Iterator[str]:
    """Yield the paths of all files that MkDocs takes, in order: none that begins with a dot, no templates."""
    for where, folders, names in os.walk(folder, followlinks=True):
        inner = Path(where).relative_to(folder).as_posix()
        is_top = inner == "."
        folders[:] = sorted(one for one in folders if not (one.startswith(".") or (is_top and one == "templates")))
        for name in sorted(names):
            if not name.startswith("."):
                yield name if is_top else f"{inner}/{name}"


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def named_in(text: str, path: str) -> Iterator[tuple[str, str]]:
    """Yield the entities, sources and terms that a page links to, each by its folder and id.

    Args:
        text: of the page, in Markdown or HTML.
        path: of its file, relative to the content folder.
    """
    yield from ((found[1], found[2]) for found in _FILE.finditer(text))
    for link in _LINK.findall(text):
        yield from _named_by(link, dirname(path))


def _named_by(target: str, folder: str) -> Iterator[tuple[str, str]]:
    # A link may be written as seen from the file, or from the address of its page, which is one level below.
    for path in (normpath(join(folder, target)), target):
        found = _ADDRESS.fullmatch(path)
        if found is not None:
            yield found[1], found[2]
