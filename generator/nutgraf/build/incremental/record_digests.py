"""Records as an earlier build read them, and digests of what they say."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from nutgraf.build.cache import digest
from nutgraf.loading.content import LoadedRecord, is_archive, texts_in
from nutgraf.loading.nodes import plain
from nutgraf.model import Story

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutgraf.build.cache import Cache
    from nutgraf.loading.content import FileCache, Texts
    from nutgraf.loading.nodes import Node
    from nutgraf.model import Record

_PART: Final = "records"


@dataclass(frozen=True, slots=True)
class Prints:
    """Digests of what a record says, comments and places aside: the same text, the same record.

    Attributes:
        whole: of all of it.
        head: of a story without its statements; the same as `whole` for other records.
        statements: of each of these, by section.
    """

    whole: bytes
    head: bytes
    statements: tuple[tuple[bytes, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class CachedRecord:
    """A record without a fault.

    Attributes:
        file: the digest of its file.
        record: what was read.
        prints: of what it says.
        texts: what stands in it, for rules that look at all of a site.
    """

    file: bytes
    record: Record
    prints: Prints
    texts: Texts


class Records:
    """The records of an earlier build, and those of this one."""

    def __init__(self, cache: Cache) -> None:
        """Read what was kept."""
        self._cache = cache
        found = cache.read(_PART)
        if found is not None and not _is_kept(found):
            cache.ignore(_PART)
            found = None
        self._kept: dict[str, CachedRecord] = found or {}
        self._now: dict[str, CachedRecord] = {}
        self._is_new = False
        self.files: dict[str, bytes] = {}
        """The digest of each file, by its path relative to the content folder."""

    def known(self, files: Mapping[str, bytes]) -> FileCache:
        """Return those of the records that have the same bytes now, for `load`."""
        if self._cache.config_file is None:
            return {}
        known: FileCache = {}
        for path, data in files.items():
            self.files[path] = digest(data)
            kept = self._kept.get(path)
            if kept is not None and kept.file == self.files[path]:
                self._now[path] = kept
                known[path, data] = LoadedRecord(kept.record, None, frozenset(), (), texts=kept.texts)
        return known

    def add(self, known: FileCache) -> None:
        """Take what `load` read, those without a fault."""
        if self._cache.config_file is None:
            return
        for (path, _), one in known.items():
            if path not in self._now and one.record is not None and one.root is not None:
                self._is_new = True
                if not (one.damaged or one.diagnostics):
                    self._now[path] = CachedRecord(
                        self.files[path], one.record, prints_of(one.record, one.root), texts_in(one.root)
                    )
        self._is_new |= self._kept.keys() != self._now.keys()

    def prints(self, path: str) -> Prints | None:
        """Return the digests of a record; None where it has a fault."""
        kept = self._now.get(path)
        return kept.prints if kept is not None else None

    @property
    def has_faults(self) -> bool:
        """Tell whether there is a record about which not all is known."""
        return any(path not in self._now and not is_archive(path) for path in self.files)

    def file(self, path: str) -> bytes:
        """Return the digest of a file; nothing where there is none.

        Raises:
            KeyError: all files are meant.
        """
        if path in {"*", "#"}:
            raise KeyError(path)
        return self.files.get(path, b"")

    def keep(self) -> None:
        """Keep the records for the next build."""
        if self._is_new:
            self._cache.write(_PART, self._now)


def _is_kept(found: object) -> bool:
    return isinstance(found, dict) and all(
        isinstance(path, str) and isinstance(one, CachedRecord) for path, one in found.items()
    )


def prints_of(record: Record, root: Node) -> Prints:
    """Return the digests of what a record says.

    Args:
        record: the record.
        root: what it was read from.
    """
    data: Any = plain(root)
    whole = _print(data)
    if not isinstance(record, Story) or not isinstance(data.get("sections"), list):
        return Prints(whole, whole)
    statements = []
    for section in data["sections"]:
        own = section.pop("statements", ()) if isinstance(section, dict) else ()
        # A list of one may be written as the one.
        statements.append(tuple(_print(one) for one in (own if isinstance(own, list) else [own])))
    return Prints(whole, _print([data, [len(own) for own in statements]]), tuple(statements))


def _print(data: object) -> bytes:
    return digest(json.dumps(data).encode())
