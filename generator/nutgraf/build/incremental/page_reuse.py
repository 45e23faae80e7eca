"""Which pages of the last build can be reused: those of which no dependency has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nutgraf.build.cache import digest
from nutgraf.build.incremental.page_dependencies import ManifestDiff, NoteTable, PageDependencies, PageEntry, read
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
        loaded_site: the site, from which pages are to be made; it notes what is asked of it if there is a trace.
        trace: where notes come.
    """

    def __init__(self, loaded_site: LoadedSite) -> None:
        """Begin without any: all pages are to be made, and nothing is noted."""
        self.loaded_site = loaded_site
        self.trace: LookupRecorder | None = None
        self._digests: Fingerprints | None = None
        self._global_digest = b""
        self._published: Path | None = None
        self._manifest_diff: ManifestDiff | None = None
        self._taken: dict[str, PageEntry] = {}

    @classmethod
    def of(cls, build_session: BuildSession, published: Path) -> PageReuse:
        """Look at what there is.

        Args:
            build_session: the build, with its shell.
            published: the root of the site as it is published.
        """
        past, loaded_site = cls(build_session.loaded_site), build_session.loaded_site
        identity = build_session.shell.identity
        # What is known of records that have a fault is not all that pages may draw on.
        if (
            build_session.inputs is None
            or identity is None
            or loaded_site.graph.damaged
            or build_session.records.has_faults
        ):
            return past
        loaded_site.preload(templates=False)
        context = loaded_site.context
        past.trace = LookupRecorder()
        past.loaded_site = loaded_site.with_context(recording(context, past.trace))
        past._digests = Fingerprints(
            context, build_session.records, referrers(context.graph), past.trace.memoized_values
        )
        past._global_digest = digest(identity + global_fingerprint(context))
        past._published = published.absolute()
        found = read(build_session.cache, past._global_digest, published)
        if found is not None:
            seen = past.loaded_site.context
            past._manifest_diff = ManifestDiff(found, past._digests, past.trace, lambda note: _work_out(seen, *note))
        return past

    def title(self, address: str) -> str | None:
        """Return the title of a page, if it is known."""
        return self._manifest_diff.title(address) if self._manifest_diff is not None else None

    def compare(self, titles: Mapping[str, str]) -> None:
        """Forget all, where the titles of pages that all others name are not what they were."""
        if self._manifest_diff is not None and self._manifest_diff.dependencies.titles != titles:
            self._manifest_diff = None

    def take(self, run: PageWriter, addresses: Sequence[str]) -> dict[str, PageResult]:
        """Take over the pages that would be made again as they are, and return what is known of them.

        Args:
            run: writes to the new site.
            addresses: of all its pages.
        """
        made: dict[str, PageResult] = {}
        manifest_diff = self._manifest_diff
        if manifest_diff is None:
            return made
        for where in addresses:
            found = manifest_diff.entry(where)
            if found is None or not run.take(found[1]):
                continue
            entry, stamps = found
            self._taken[where] = entry
            digest_of_it = stamps[f"{where}index.html"][3]
            made[where] = PageResult(entry.title, entry.hits, entry.date, entry.anchors, entry.card, digest_of_it)
        return made

    def data(self, run: PageWriter) -> tuple[Mapping[str, str], Iterable[Note]]:
        """Return the text of each file that is no page, and what these draw on."""
        known = self._manifest_diff.data() if self._manifest_diff is not None else None
        if known is not None and self._manifest_diff is not None:
            return known, self._manifest_diff.notes(self._manifest_diff.dependencies.data_drawn)
        notes = self.trace.page() if self.trace is not None else set()
        return run.loaded_site.outputs(), notes

    def dependencies(
        self, titles: Mapping[str, str], made: Mapping[str, PageResult], data: Mapping[str, str], drawn: Iterable[Note]
    ) -> Callable[[Mapping[str, FileStamp]], PageDependencies] | None:
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
            if old is not None and self._manifest_diff is not None:
                number = numbers.of(self._manifest_diff.notes(old.drawn))
            else:
                number = numbers.of(one.drawn)
            pages[where] = PageEntry(number, one.title, one.hits, one.date, one.anchors, one.card)
        data_drawn = numbers.of(drawn)
        memoized_values = {} if self.trace is None else self.trace.memoized_values
        kept: dict[Note, tuple[Any, bytes]] = {}
        # It grows on the way: what a value draws on may be such a value, too.
        for note in numbers:
            if note in memoized_values:
                kept[note] = memoized_values[note].value, numbers.of(memoized_values[note].drawn)

        def write(stamps: Mapping[str, FileStamp]) -> PageDependencies:
            return PageDependencies(
                global_digest=self._global_digest,
                titles=titles,
                target=published,
                stamps=stamps,
                notes=tuple(numbers.notes),
                digests=tuple(map(digests.of, numbers.notes)),
                pages=pages,
                data=data,
                data_drawn=data_drawn,
                memoized_values=kept,
            )

        return write


def _work_out(context: ViewContext, name: str, key: str) -> object:
    make = REMEMBERED[name]
    return context.graph.memoize_value(context.values, (name, key), lambda: make(context, key))
