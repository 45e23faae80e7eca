"""The pages of a published site, and what each was made of, so that the next build makes those anew that differ."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from nutgraf.building.again import is_same

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from nutgraf.building.again import Seal
    from nutgraf.building.cache import Cache
    from nutgraf.building.tracing import Digests, Note

_PART: Final = "pages"
_NUMBER: Final = "I"


@dataclass(frozen=True, slots=True)
class Entry:
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
class Ledger:
    """The pages of a published site.

    Attributes:
        everywhere: the digest of what all pages draw on, the frames around them included.
        titles: of the pages that the navigation of all others names.
        target: the folder that the site was written to.
        seals: what its files are.
        notes: all that some page draws on.
        digests: what each of these was.
        pages: by address.
        data: the text of each file that is no page, by path.
        data_drawn: what these draw on, as in an entry.
    """

    everywhere: bytes
    titles: Mapping[str, str]
    target: Path
    seals: Mapping[str, Seal]
    notes: tuple[Note, ...]
    digests: tuple[bytes, ...]
    pages: Mapping[str, Entry]
    data: Mapping[str, str]
    data_drawn: bytes


def read(cache: Cache, everywhere: bytes, target: Path) -> Ledger | None:
    """Return the ledger of the published site, if all its pages can count."""
    found = cache.read(_PART)
    if found is not None and not isinstance(found, Ledger):
        cache.ignore(_PART)
        return None
    if found is None or (found.everywhere, found.target) != (everywhere, target.absolute()):
        return None
    return found


def keep(cache: Cache, ledger: Ledger) -> None:
    """Keep a ledger for the next build."""
    cache.write(_PART, ledger)


class Sight:
    """A ledger seen from the content as it is now."""

    def __init__(self, ledger: Ledger, digests: Digests) -> None:
        """Compare all that pages draw on."""
        self.ledger = ledger
        self._changed = {
            number
            for number, (note, known) in enumerate(zip(ledger.notes, ledger.digests, strict=True))
            if digests.of(note) != known
        }

    def entry(self, address: str) -> Entry | None:
        """Return a page that would be made again as it is, if its file still is what it was."""
        entry = self.ledger.pages.get(address)
        if entry is None or not self.holds(entry.drawn):
            return None
        paths = [f"{address}index.html", *([entry.card] if entry.card else [])]
        return entry if all(self.is_intact(path) for path in paths) else None

    def title(self, address: str) -> str | None:
        """Return the title of a page, if it would be the same now."""
        entry = self.ledger.pages.get(address)
        return entry.title if entry is not None and self.holds(entry.drawn) else None

    def data(self) -> Mapping[str, str] | None:
        """Return the text of the files that are no pages, if it would be the same now."""
        return self.ledger.data if self.holds(self.ledger.data_drawn) else None

    def notes(self, drawn: bytes) -> list[Note]:
        """Return the notes of these numbers."""
        return [self.ledger.notes[number] for number in array(_NUMBER, drawn)]

    def holds(self, drawn: bytes) -> bool:
        """Tell whether what something draws on is the same as it was."""
        return self._changed.isdisjoint(array(_NUMBER, drawn))

    def is_intact(self, path: str) -> bool:
        """Tell whether a published file is what it was."""
        seal = self.ledger.seals.get(path)
        return seal is not None and is_same(self.ledger.target, path, seal)


@dataclass(slots=True)
class Numbers:
    """Gives each note a number."""

    notes: dict[Note, int] = field(default_factory=dict)

    def of(self, drawn: Iterable[Note]) -> bytes:
        """Return the numbers of some notes, as bytes of an array."""
        notes = self.notes
        return array(_NUMBER, sorted({notes.setdefault(note, len(notes)) for note in drawn})).tobytes()
