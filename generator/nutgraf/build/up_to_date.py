"""Whether a published site is up to date, so that nothing needs to be loaded or rendered.

This module imports nothing else of the package, so that the answer takes no time.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from nutgraf.build.cache import digest, files_below
from nutgraf.publish.lock import left_beside
from nutgraf.publish.site_manifest import MARKER, foreign

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from nutgraf.build.cache import Cache
    from nutgraf.diagnostics import Diagnostic

_PART: Final = "site"
FileStamp: TypeAlias = "tuple[int, int, int]"
"""What a file was when it was published: its size, when it was written (ns), its inode."""


@dataclass(frozen=True, slots=True)
class SiteManifest:
    """A site that was published.

    Attributes:
        inputs: the digest of all that it was made of; see `inputs_of`.
        content: the content folder.
        own_templates: the site's own templates, which need not exist.
        templates: all folders of templates.
        strict: what the command said of it.
        default: the folder that mkdocs.yml names.
        target: the folder that was written.
        files: what it consists of, by path.
        pages: how many pages it has.
        certainties: how many statements it has at each certainty, those that are no summaries.
        diagnostics: what was said of the content.
        quoted: the files that these are about, by path.
        warnings: what MkDocs said.
        held: the stories under embargo, as in `LoadedSite.embargo_notices`.
        embargoes: the times after which stories are published or were, in seconds since 1970.
        passed: how many of these had passed.
    """

    inputs: bytes
    content: Path
    own_templates: Path
    templates: tuple[Path, ...]
    strict: bool | None
    default: Path
    target: Path
    files: Mapping[str, FileStamp]
    pages: int
    certainties: Mapping[str, int]
    diagnostics: tuple[Diagnostic, ...]
    quoted: Mapping[str, bytes]
    warnings: tuple[str, ...]
    held: tuple[str, ...] = ()
    embargoes: tuple[float, ...] = ()
    passed: int = 0


def passed(embargoes: Iterable[float]) -> int:
    """Count the embargoes that have passed: by SOURCE_DATE_EPOCH, else by the clock."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = float(given) if given.isdecimal() else time.time()
    return sum(one < now for one in embargoes)


def is_up_to_date(cache: Cache, site: Path | None, *, strict: bool | None) -> SiteManifest | None:
    """Return the site that was published last, if it is what would be published now.

    Args:
        cache: of the site.
        site: the folder to write; None takes that of mkdocs.yml.
        strict: what the command says of it.
    """
    known = last(cache)
    if known is None or known.strict != strict or (site or known.default).absolute() != known.target:
        return None
    if known.passed != passed(known.embargoes):
        return None
    if inputs_of(cache, known.content, known.own_templates, known.templates) != known.inputs:
        return None
    return known if is_intact(known) else None


def last(cache: Cache) -> SiteManifest | None:
    """Return what is known of the site that was published last."""
    if cache.config_file is None:
        return None
    known = cache.read(_PART)
    if known is not None and not isinstance(known, SiteManifest):
        cache.ignore(_PART)
        return None
    return known


def save_manifest(cache: Cache, manifest: SiteManifest) -> None:
    """Remember what was published."""
    cache.write(_PART, manifest)


def inputs_of(cache: Cache, content: Path, own_templates: Path, templates: tuple[Path, ...]) -> bytes | None:
    """Return the digest of all files that a site is made of; None where one cannot be read.

    Args:
        cache: knows mkdocs.yml.
        content: the content folder.
        own_templates: the site's own templates, which need not exist.
        templates: all folders of templates.
    """
    assert cache.config_file is not None  # noqa: S101
    told = hashlib.blake2b(digest_size=32)
    try:
        told.update(
            f"{cache.config_file}\0{own_templates}\0{own_templates.is_dir()}\0".encode(errors="surrogateescape")
        )
        told.update(digest(cache.config_file.read_bytes()))
        for folder in (content, *templates):
            for path, data in files_below(str(folder), but=lambda path: path.startswith("init/")):
                told.update(f"{path}\0{len(data)}\0".encode(errors="surrogateescape"))
                told.update(data)
            told.update(b"\0\0")
    except OSError:
        return None
    return told.digest()


def is_intact(known: SiteManifest) -> bool:
    """Tell whether a published site still is what was written. What others have put there would stay in any case.

    A build that is at work beside it, or that was stopped, is reason enough to look closer.
    """
    if not os.path.isfile(known.target / MARKER) or any(left_beside(known.target)):  # noqa: PTH113
        return False
    return all(_is_unchanged(known.target, path, stamp) for path, stamp in known.files.items())


def _hidden(paths: Iterable[str]) -> frozenset[str]:
    return frozenset(path.partition("/")[0] for path in paths if path.startswith("."))


def _is_unchanged(site: Path, path: str, stamp: FileStamp) -> bool:
    try:
        status = os.stat(os.path.join(site, path), follow_symlinks=False)  # noqa: PTH116, PTH118 - a thousand times over
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and (status.st_size, status.st_mtime_ns, status.st_ino) == stamp


def file_stamps(site: Path, own: Iterable[str]) -> dict[str, FileStamp] | None:
    """Return what the files of a site are; None where one cannot be read.

    Args:
        site: its folder.
        own: the paths of files among which are all of its own that begin with a dot.
    """
    found: dict[str, FileStamp] = {}
    try:
        others = frozenset(foreign(site))
        for path in _walk(str(site), _hidden(own)):
            if path in others:
                continue
            status = os.stat(os.path.join(site, path), follow_symlinks=False)  # noqa: PTH116, PTH118 - see above
            if not stat.S_ISREG(status.st_mode):
                return None
            found[path] = status.st_size, status.st_mtime_ns, status.st_ino
    except OSError:
        return None
    return found


def _walk(site: str, hidden: frozenset[str]) -> list[str]:
    """Return the paths of all files of a site, but for what begins with a dot at its top and is not its own."""
    found: list[str] = []
    waiting = [""]
    try:
        while waiting:
            inner = waiting.pop()
            with os.scandir(os.path.join(site, inner)) as entries:  # noqa: PTH118
                for entry in entries:
                    if not inner and entry.name.startswith(".") and entry.name not in hidden:
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(f"{inner}{entry.name}/")
                    else:
                        found.append(f"{inner}{entry.name}")
    except OSError:
        return []
    return found
