"""What each page of a published site depends on, as the cache keeps it."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from nutgraf.build.incremental.recording_graph import MemoizedValue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from nutgraf.build.cache import Cache
    from nutgraf.build.incremental.recording_graph import Fingerprints, LookupRecorder, Note
    from nutgraf.build.incremental.up_to_date import FileStamp

_PART: Final = "pages"
_NUMBER: Final = "I"


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page that was made.

    Attributes:
        drawn: what it draws on: numbers of notes in the ledger, as bytes of an array.
        title: of the page, plain text.
        hits: what the search finds on it, as JSON objects with commas between them.
        date: when its facts were last changed, as an ISO 8601 date.
        anchors: all of its anchors, where others name it.
        card: the path of the picture that goes with it.
    """

    drawn: bytes
    title: str
    hits: str
    date: str | None
    anchors: frozenset[str] | None
    card: str | None


@dataclass(frozen=True, slots=True)
class PageDependencies:
    """The pages of a published site.

    Attributes:
        global_digest: the digest of what all pages depend on, the shell included.
        titles: of the pages that the navigation of all others names.
        target: the folder that the site was written to.
        stamps: what its files are.
        notes: all that some page draws on.
        digests: what each of these was.
        pages: by address.
        data: the text of each file that is no page, by path.
        data_drawn: what these depend on, as in an entry.
        memoized_values: of pages, by the note of who asks for them, with their dependencies as in an entry.
    """

    global_digest: bytes
    titles: Mapping[str, str]
    target: Path
    stamps: Mapping[str, FileStamp]
    notes: tuple[Note, ...]
    digests: tuple[bytes, ...]
    pages: Mapping[str, PageEntry]
    data: Mapping[str, str]
    data_drawn: bytes
    memoized_values: Mapping[Note, tuple[Any, bytes]]


def read(cache: Cache, global_digest: bytes, target: Path) -> PageDependencies | None:
    """Return the ledger of the published site, if all its pages can count."""
    found = cache.read(_PART)
    if found is not None and not isinstance(found, PageDependencies):
        cache.ignore(_PART)
        return None
    if found is None or (found.global_digest, found.target) != (global_digest, target.absolute()):
        return None
    return found


def keep(cache: Cache, dependencies: PageDependencies) -> None:
    """Keep a ledger for the next build."""
    cache.write(_PART, dependencies)


class ManifestDiff:
    """A ledger seen from the content as it is now."""

    def __init__(
        self,
        dependencies: PageDependencies,
        digests: Fingerprints,
        trace: LookupRecorder,
        work_out: Callable[[Note], object],
    ) -> None:
        """Compare all that pages draw on.

        Args:
            dependencies: of the published site.
            digests: of what there is now.
            trace: gets the values that are as good as they were, and those that had to be worked out again.
            work_out: works such a value out, under notes of that trace.
        """
        self.dependencies = dependencies
        self._digests = digests
        self._trace = trace
        self._work_out = work_out
        self._numbers = {note: number for number, note in enumerate(dependencies.notes)}
        self._changed: set[int] = set()
        values = []
        for number, (note, known) in enumerate(zip(dependencies.notes, dependencies.digests, strict=True)):
            if note in dependencies.memoized_values:
                values.append(note)
            elif digests.of(note) != known:
                self._changed.add(number)
        for note in values:
            self._recall(note)

    def _recall(self, note: Note) -> None:
        """Take a value over, or work it out again where that which it was made of has changed."""
        if note in self._trace.memoized_values:
            return
        number = self._numbers[note]
        value, drawn = self.dependencies.memoized_values[note]
        inner = self.notes(drawn)
        for one in inner:
            if one in self.dependencies.memoized_values and self._numbers[one] not in self._changed:
                self._recall(one)
        if self.holds(drawn):
            self._trace.memoized_values[note] = MemoizedValue(value, frozenset(inner))
            return
        try:
            self._work_out(note)
        except Exception:  # noqa: BLE001 - what it was of may be gone; a page that still asks for it will say so
            self._changed.add(number)
            return
        if self._digests.of(note) != self.dependencies.digests[number]:
            self._changed.add(number)

    def entry(self, address: str) -> tuple[PageEntry, Mapping[str, FileStamp]] | None:
        """Return a page that would be made again as it is, and what its files were."""
        entry = self.dependencies.pages.get(address)
        if entry is None or not self.holds(entry.drawn):
            return None
        paths = [f"{address}index.html", *([entry.card] if entry.card else [])]
        try:
            return entry, {path: self.dependencies.stamps[path] for path in paths}
        except KeyError:
            return None

    def title(self, address: str) -> str | None:
        """Return the title of a page, if it would be the same now."""
        entry = self.dependencies.pages.get(address)
        return entry.title if entry is not None and self.holds(entry.drawn) else None

    def data(self) -> Mapping[str, str] | None:
        """Return the text of the files that are no pages, if it would be the same now."""
        return self.dependencies.data if self.holds(self.dependencies.data_drawn) else None

    def notes(self, drawn: bytes) -> list[Note]:
        """Return the notes of these numbers."""
        return [self.dependencies.notes[number] for number in array(_NUMBER, drawn)]

    def holds(self, drawn: bytes) -> bool:
        """Tell whether what something draws on is the same as it was."""
        return self._changed.isdisjoint(array(_NUMBER, drawn))


@dataclass(slots=True)
class NoteTable:
    """Gives each note a number."""

    notes: dict[Note, int] = field(default_factory=dict)

    def of(self, drawn: Iterable[Note]) -> bytes:
        """Return the numbers of some notes, as bytes of an array."""
        notes = self.notes
        return array(_NUMBER, sorted({notes.setdefault(note, len(notes)) for note in drawn})).tobytes()

    def __iter__(self) -> Iterator[Note]:
        """Yield the notes in the order of their numbers, those that come while one looks as well."""
        seen = 0
        while seen < len(self.notes):
            for note in list(self.notes)[seen:]:
                seen += 1
                yield note
