"""What the last build can spare this one: the pages of which nothing differs that they draw on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nutgraf.build.cache import digest
from nutgraf.build.incremental.page_dependencies import Ledger, ManifestDiff, NoteTable, PageEntry, read
from nutgraf.build.incremental.recording_graph import Fingerprints, LookupRecorder, global_fingerprint, recording
from nutgraf.build.page_writer import PageResult
from nutgraf.views.glossary_json import referrers
from nutgraf.views.memoize import REMEMBERED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from nutgraf.build.incremental.recording_graph import Note
    from nutgraf.build.incremental.up_to_date import FileStamp
    from nutgraf.build.page_writer import PageWriter
    from nutgraf.build.session import BuildSession
    from nutgraf.site import LoadedSite
    from nutgraf.views import ViewContext


class PageReuse:
    """The pages of the last build, seen from this one.

    Attributes:
        prepared: the site, from which pages are to be made; it notes what is asked of it if there is a trace.
        trace: where notes come.
    """

    def __init__(self, prepared: LoadedSite) -> None:
        """Begin without any: all pages are to be made, and nothing is noted."""
        self.prepared = prepared
        self.trace: LookupRecorder | None = None
        self._digests: Fingerprints | None = None
        self._everywhere = b""
        self._published: Path | None = None
        self._sight: ManifestDiff | None = None
        self._taken: dict[str, PageEntry] = {}

    @classmethod
    def of(cls, begun: BuildSession, published: Path) -> PageReuse:
        """Look at what there is.

        Args:
            begun: the site, whose skeleton is made.
            published: the root of the site as it is published.
        """
        past, prepared = cls(begun.prepared), begun.prepared
        identity = begun.skeleton.identity
        # What is known of records that have a fault is not all that pages may draw on.
        if begun.inputs is None or identity is None or prepared.graph.damaged or begun.records.has_faults:
            return past
        prepared.preload(templates=False)
        context = prepared.context
        past.trace = LookupRecorder()
        past.prepared = prepared.with_context(recording(context, past.trace))
        past._digests = Fingerprints(context, begun.records, referrers(context.graph), past.trace.memories)
        past._everywhere = digest(identity + global_fingerprint(context))
        past._published = published.absolute()
        found = read(begun.cache, past._everywhere, published)
        if found is not None:
            seen = past.prepared.context
            past._sight = ManifestDiff(found, past._digests, past.trace, lambda note: _work_out(seen, *note))
        return past

    def title(self, address: str) -> str | None:
        """Return the title of a page, if it is known."""
        return self._sight.title(address) if self._sight is not None else None

    def compare(self, titles: Mapping[str, str]) -> None:
        """Forget all, where the titles of pages that all others name are not what they were."""
        if self._sight is not None and self._sight.ledger.titles != titles:
            self._sight = None

    def take(self, run: PageWriter, addresses: Sequence[str]) -> dict[str, PageResult]:
        """Take over the pages that would be made again as they are, and return what is known of them.

        Args:
            run: writes to the new site.
            addresses: of all its pages.
        """
        made: dict[str, PageResult] = {}
        sight = self._sight
        if sight is None:
            return made
        for where in addresses:
            found = sight.entry(where)
            if found is None or not run.take(found[1]):
                continue
            entry, seals = found
            self._taken[where] = entry
            digest_of_it = seals[f"{where}index.html"][3]
            made[where] = PageResult(entry.title, entry.hits, entry.date, entry.anchors, entry.card, digest_of_it)
        return made

    def data(self, run: PageWriter) -> tuple[Mapping[str, str], Iterable[Note]]:
        """Return the text of each file that is no page, and what these draw on."""
        known = self._sight.data() if self._sight is not None else None
        if known is not None and self._sight is not None:
            return known, self._sight.notes(self._sight.ledger.data_drawn)
        notes = self.trace.page() if self.trace is not None else set()
        return run.prepared.outputs(), notes

    def ledger(
        self, titles: Mapping[str, str], made: Mapping[str, PageResult], data: Mapping[str, str], drawn: Iterable[Note]
    ) -> Callable[[Mapping[str, FileStamp]], Ledger] | None:
        """Return what makes the ledger for the next build, once it is known what the files of the site are.

        Args:
            titles: of the pages that all others name.
            made: all pages, by address.
            data: the text of each file that is no page, by path.
            drawn: what these draw on.
        """
        if self._digests is None or self._published is None:
            return None
        digests, published, numbers = self._digests, self._published, NoteTable()
        pages: dict[str, PageEntry] = {}
        for where, one in made.items():
            old = self._taken.get(where)
            if old is not None and self._sight is not None:
                number = numbers.of(self._sight.notes(old.drawn))
            else:
                number = numbers.of(one.drawn)
            pages[where] = PageEntry(number, one.title, one.hits, one.date, one.anchors, one.card)
        data_drawn = numbers.of(drawn)
        memories = {} if self.trace is None else self.trace.memories
        kept: dict[Note, tuple[Any, bytes]] = {}
        # It grows on the way: what a value draws on may be such a value, too.
        for note in numbers:
            if note in memories:
                kept[note] = memories[note].value, numbers.of(memories[note].drawn)

        def write(seals: Mapping[str, FileStamp]) -> Ledger:
            return Ledger(
                everywhere=self._everywhere,
                titles=titles,
                target=published,
                seals=seals,
                notes=tuple(numbers.notes),
                digests=tuple(map(digests.of, numbers.notes)),
                pages=pages,
                data=data,
                data_drawn=data_drawn,
                memories=kept,
            )

        return write


def _work_out(context: ViewContext, name: str, key: str) -> object:
    make = REMEMBERED[name]
    return context.graph.memoize_value(context.values, (name, key), lambda: make(context, key))
