"""Writes all pages of a site into a folder, with as many worker processes as there are processors.

A page follows from the graph and its address alone, so a worker that is free takes the next few.
"""

from __future__ import annotations

import json
import os
import re
from concurrent.futures import as_completed
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from nutgraf.build.workers import CAN_FORK, WorkerPool
from nutgraf.social_cards.fingerprint import BOLD, REGULAR, font_fingerprint, fonts_of, published_card

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from nutgraf.site import LoadedSite
    from nutgraf.social_cards.draw import CardPainter
    from nutgraf.theme.page_shell import ShellSet
    from nutgraf.views.search_entries import SearchEntry
    from nutgraf.views.social_card import CardView

_FEWEST: Final = 32
"""Pages for which another process is worth its start."""
_BATCH: Final = 16
"""At most so many pages go to a worker at once, and at least so many batches to each worker."""
SURROGATES: Final = "xmlcharrefreplace"
"""What becomes of half a character on a page: the same as with MkDocs."""


@dataclass(frozen=True, slots=True)
class PageResult:
    """What is known of a page that was written, besides its file.

    Attributes:
        hits: what the search finds on it, as JSON objects with commas between them.
        date: when its facts were last changed, as an ISO 8601 date, where the content says so.
        anchors: all of its anchors, where others name the page.
    """

    hits: str
    date: str | None
    anchors: frozenset[str] | None


@dataclass(frozen=True)
class PageWriter:
    """Writes the pages of a site.

    Attributes:
        loaded_site: the site.
        frames: the shells around pages.
        folder: the root of the site, where files are written.
        named: the addresses of pages whose anchors are asked for.
        published: the root of the site as it is published; a card in there need not be drawn again.
        titles: of the pages that the navigation names by their titles, escaped, by address.
    """

    loaded_site: LoadedSite
    frames: ShellSet
    folder: Path
    named: frozenset[str]
    published: Path
    titles: Mapping[str, str]

    def write_all(self, addresses: Sequence[str], progress: Callable[[int, int], None]) -> dict[str, PageResult]:
        """Write pages, and return what is known of them, by address.

        Args:
            addresses: of the pages.
            progress: is called with the number of pages written so far, and of all. It may raise, which ends the work.

        Raises:
            UnsupportedPageError: a page does not fit into its frame.
            Exception: whatever a template raises.
        """
        processes = min(_processors(), 1 + len(addresses) // _FEWEST) if CAN_FORK else 1
        self.loaded_site.preload(templates=len(addresses) >= _FEWEST)
        # The largest first, so that no worker is left with one at the end.
        ordered = sorted(addresses, key=_effort, reverse=True)
        written: dict[str, PageResult] = {}
        if processes == 1:
            for where in ordered:
                progress(len(written), len(ordered))
                written[where] = self._write(where)
            return written
        size = max(1, min(_BATCH, len(ordered) // (processes * _BATCH)))
        with WorkerPool(self._write_some, processes) as pool:
            batches = [pool.submit(ordered[start : start + size]) for start in range(0, len(ordered), size)]
            for batch in as_completed(batches):
                written |= batch.result()
                progress(len(written), len(ordered))
        return written

    def _write_some(self, addresses: Sequence[str]) -> dict[str, PageResult]:
        return {where: self._write(where) for where in addresses}

    def _write(self, address: str) -> PageResult:
        page = self.loaded_site.render(address)
        write(self.folder, f"{page.address}index.html", self.frames.render(page, self.titles).encode(errors=SURROGATES))
        if page.card is not None and self.loaded_site.settings.site_url:
            self.draw(page.card)
        return PageResult(
            hits=search_json(page.hits),
            date=page.modified.isoformat() if page.modified is not None else None,
            anchors=page.anchors if page.address in self.named else None,
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
