"""Writes all pages of a site into a folder, in as many processes as there are processors.

A page follows from the graph and its address alone, so whichever process is free takes the next one. The processes are
forks: they share the graph, and nothing is sent to them. Where the system has no forks, one process writes all pages.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from nutgraf.build.cache import digest
from nutgraf.build.incremental.up_to_date import is_unchanged
from nutgraf.build.worker_process import CAN_FORK, CONTEXT, WorkerProcess
from nutgraf.social_cards.fingerprint import BOLD, REGULAR, font_fingerprint, fonts_of, published_card

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from multiprocessing.sharedctypes import Synchronized
    from pathlib import Path

    from nutgraf.build.incremental.recording_graph import LookupRecorder, Note
    from nutgraf.build.incremental.up_to_date import FileStamp
    from nutgraf.build.worker_process import Pipe
    from nutgraf.site import LoadedSite
    from nutgraf.social_cards.draw import CardPainter
    from nutgraf.theme.page_shell import ShellSet
    from nutgraf.views.search_entries import SearchEntry
    from nutgraf.views.social_card import CardView

_FEWEST: Final = 32
"""Pages for which another process is worth its start."""
SURROGATES: Final = "xmlcharrefreplace"
"""What becomes of half a character on a page: the same as with MkDocs."""


@dataclass(frozen=True, slots=True)
class PageResult:
    """What is known of a page that was made, besides its file.

    Attributes:
        title: plain text.
        hits: what the search finds on it, as JSON objects with commas between them.
        date: when its facts were last changed, as an ISO 8601 date, where the content says so.
        anchors: all of its anchors, where others name the page.
        card: the path of the picture that goes with it, where it has one.
        digest: of its file.
        drawn: what it draws on, where that was noted.
    """

    title: str
    hits: str
    date: str | None
    anchors: frozenset[str] | None
    card: str | None
    digest: bytes
    drawn: tuple[Note, ...] = ()


@dataclass(frozen=True)
class PageWriter:
    """Pages to be made.

    Attributes:
        loaded_site: the site.
        frames: the shells around pages.
        folder: the root of the site, where files are written.
        named: the addresses of pages whose anchors are asked for.
        published: the root of the site as it is published; a card in there need not be drawn again.
        titles: of the pages that the navigation names by their titles, escaped, by address.
        trace: notes what is asked of `loaded_site`, if anybody does.
    """

    loaded_site: LoadedSite
    frames: ShellSet
    folder: Path
    named: frozenset[str]
    published: Path
    titles: Mapping[str, str]
    trace: LookupRecorder | None = None

    def make(self, addresses: Sequence[str], progress: Callable[[int, int], None]) -> dict[str, PageResult]:
        """Make pages, write them, and return what is known of them, by address.

        Args:
            addresses: of the pages.
            progress: is told now and then how many pages are begun, and how many there are.

        Raises:
            UnsupportedPageError: a page does not fit into its frame.
            Exception: whatever a template raises.
        """
        self.loaded_site.preload(templates=len(addresses) >= _FEWEST)
        # The largest first, so that nobody waits for the last one.
        ordered = sorted(addresses, key=_effort, reverse=True)
        others = min(_processors(), 1 + len(ordered) // _FEWEST) - 1
        counter: Synchronized[int] = CONTEXT.Value("L", 0)
        helpers = [self._help(ordered, counter) for _ in range(others)] if CAN_FORK else []
        try:
            made = self._work(ordered, counter, progress)
            for helper in helpers:
                pages, memoized_values = helper.receive()
                made |= pages
                if self.trace is not None:
                    self.trace.memoized_values |= memoized_values
        finally:
            for helper in helpers:
                helper.stop()
        return made

    def _help(self, addresses: Sequence[str], counter: Synchronized[int]) -> WorkerProcess:
        def help_out(line: Pipe) -> None:
            def go_on(_done: int, _total: int) -> None:
                if line.is_cut:  # The next build waits for the folder.
                    os._exit(1)

            known = self.trace.memoized_values.copy() if self.trace is not None else {}
            try:
                made = self._work(addresses, counter, go_on)
            except Exception:
                counter.value = len(addresses)
                raise
            memoized_values = self.trace.memoized_values if self.trace is not None else {}
            line.send((made, {note: one for note, one in memoized_values.items() if note not in known}))

        return WorkerProcess("renders pages", help_out)

    def _work(
        self, addresses: Sequence[str], counter: Synchronized[int], progress: Callable[[int, int], None]
    ) -> dict[str, PageResult]:
        made: dict[str, PageResult] = {}
        while True:
            with counter.get_lock():
                place = counter.value
                counter.value = place + 1
            if place >= len(addresses):
                return made
            progress(place + 1, len(addresses))
            made[addresses[place]] = self._make(addresses[place])

    def _make(self, address: str) -> PageResult:
        notes = self.trace.page() if self.trace is not None else ()
        page = self.loaded_site.render(address)
        whole = self.frames.render(page, self.titles).encode(errors=SURROGATES)
        write(self.folder, f"{page.address}index.html", whole)
        card = page.card if self.loaded_site.settings.site_url else None
        if card is not None:
            self.draw(card)
        return PageResult(
            title=page.title,
            hits=search_json(page.hits),
            date=page.modified.isoformat() if page.modified is not None else None,
            anchors=page.anchors if page.address in self.named else None,
            card=card.path if card is not None else None,
            digest=digest(whole),
            drawn=tuple(notes),
        )

    def draw(self, card: CardView) -> None:
        """Write the picture of a card: as it is published, or drawn. Its name changes with what stands on it."""
        picture = published_card(self.published, card.path, self._made_with)
        if picture is None:
            picture = self._cards.draw(card)
        write(self.folder, card.path, picture)

    @cached_property
    def _cards(self) -> CardPainter:
        from nutgraf.social_cards.draw import CardPainter  # noqa: PLC0415 - Pillow is needed here alone

        return CardPainter.of(self.loaded_site.templates)

    @cached_property
    def _made_with(self) -> str:
        templates = self.loaded_site.templates
        return font_fingerprint(file for name in (REGULAR, BOLD) for file in fonts_of(templates, name))

    def take(self, stamps: Mapping[str, FileStamp]) -> bool:
        """Take files over from the published site; return False if not all of them are there as they were published.

        Args:
            stamps: what they were, by path.
        """
        published, folder = str(self.published), str(self.folder)
        try:
            if not all(map(is_inside, stamps)) or not all(is_unchanged(published, *one) for one in stamps.items()):
                return False
            for path in stamps:
                _link(published, folder, path)
        except OSError:
            return False
        return True


def _link(source: str, folder: str, path: str) -> None:
    # Strings all along: with pathlib a thousand files take a tenth of a second.
    old, new = f"{source}/{path}", f"{folder}/{path}"
    try:
        try:
            os.link(old, new)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(new), exist_ok=True)  # noqa: PTH103, PTH120
            os.link(old, new)
    except OSError:  # There are file systems without links. Two pages may have the same card.
        with open(old, "rb") as stream:  # noqa: PTH123
            write(folder, path, stream.read())


_STEP_OUT: Final = re.compile(r"(?:^|[/\\])\.\.(?:$|[/\\])|^\\|^[A-Za-z]:")
_ANEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL


def _effort(address: str) -> int:
    return 2 if not address.strip("/").count("/") else 1 if address.startswith("stories/") else 0


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def search_json(hits: Iterable[SearchEntry]) -> str:
    """Return what the search finds on a page as JSON objects with commas between them."""
    return ",".join(
        json.dumps({"location": hit.location, "title": str(hit.title), "text": str(hit.text)}, separators=(",", ":"))
        for hit in hits
    )


def is_inside(path: str) -> bool:
    """Tell whether a path is one of a file in a site: relative, and without a step upwards."""
    return not (path.startswith("/") or _STEP_OUT.search(path))


def write(folder: Path | str, path: str, data: bytes) -> None:
    """Write a file of a site, and the folders around it.

    What is there already goes: it may be linked from the published site, which must not change with it.

    Args:
        folder: the root of the site.
        path: of the file, relative to it.
        data: what it holds.

    Raises:
        ValueError: the path leads out of the folder.
    """
    if not is_inside(path):
        raise ValueError(f"{path} is outside of the site")
    file = os.path.join(folder, path)  # noqa: PTH118 - a thousand times over, pathlib takes as long as writing
    try:
        handle = os.open(file, _ANEW, 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(file), exist_ok=True)  # noqa: PTH103, PTH120
        handle = os.open(file, _ANEW, 0o666)
    except FileExistsError:
        os.unlink(file)  # noqa: PTH108
        handle = os.open(file, _ANEW, 0o666)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
