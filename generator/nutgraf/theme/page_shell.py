"""The theme's shell around pages: rendered once for each page kind, cut where pages differ, and filled.

The theme takes some milliseconds for a page, and renders the same around all pages of a kind except the title, the
contents and so on. So it is asked once for each kind, for a stub whose title is a marker that occurs nowhere else. The
text between the markers is the shell of all pages of that kind.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from nutgraf.loading.content import FOLDERS
from nutgraf.rendering.renderer import Heading, RenderedPage
from nutgraf.views import KINDS
from nutgraf.views.head_metadata import Metadata

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LINKED: Final = frozenset(kind.name for kind in KINDS if kind.json_ld)
"""The kinds of page with JSON-LD in their shell."""
_OF_RECORDS: Final[Mapping[str, str]] = {kind.folder.rstrip("/"): kind.name for kind in KINDS if not kind.is_single}
"""The kinds of the pages of which there are many, by folder."""


class ShellSlot(StrEnum):
    """Where pages of a kind differ."""

    TITLE = "title"
    DESCRIPTION = "description"
    HEAD = "head"
    CONTENTS = "contents"
    BODY = "body"
    LINKED = "linked"
    RECORD = "record"
    NAME = "name"


_MARK: Final = re.compile(
    r"zq(?:(?P<slot>title|description|head|contents|linked)(?P<place>\d+)zq)"
    r"|<h1 zqbody(?P<body>\d+)zq></h1>"
    r"|(?P<record>(?:stories|entities|sources|glossary)/zqname\d+zq\.yml)"
    r"|(?P<name>zqname\d+zq)"
)


NOWHERE: Final = "-"
"""The address of a page that is made of no record."""


class UnsupportedPageError(Exception):
    """A page does not fit into a frame: it is to be made the long way."""


@dataclass(frozen=True, slots=True)
class PageShell:
    """The shell of a kind of page, cut where pages differ.

    Attributes:
        parts: what stands before, between and behind the slots, one more than slots.
        slots: what is to stand there: of the page itself, or, for a title in the navigation, of that at an address.
    """

    parts: tuple[str, ...]
    slots: tuple[tuple[ShellSlot, str | None], ...]

    @classmethod
    def cut(cls, shell: str, address: str, stubs: Mapping[int, str]) -> PageShell:
        """Return the frame of a shell.

        Args:
            shell: a whole page, around a stub.
            address: of the stub.
            stubs: the addresses of all stubs, by the numbers in their marks.
        """
        parts: list[str] = []
        slots: list[tuple[ShellSlot, str | None]] = []
        end = 0
        for found in _MARK.finditer(shell):
            slot = ShellSlot(found["slot"] or ("body" if found["body"] else "record" if found["record"] else "name"))
            where = stubs[int(found["place"])] if found["place"] else address
            parts.append(shell[end : found.start()])
            slots.append((slot, None if where == address else where))
            end = found.end()
        return cls((*parts, shell[end:]), tuple(slots))

    @property
    def foreign(self) -> frozenset[str]:
        """The addresses of other pages whose titles stand in the shell."""
        return frozenset(where for _, where in self.slots if where is not None)

    def render(self, page: RenderedPage, titles: Mapping[str, str]) -> str:
        """Return the whole page.

        Args:
            page: what stands in it.
            titles: of the pages that the navigation names by their titles, escaped, by address.

        Raises:
            UnsupportedPageError: there is something about the page that its kind does not have.
        """
        values = {
            ShellSlot.TITLE: html.escape(page.title),
            ShellSlot.DESCRIPTION: html.escape(page.description),
            ShellSlot.HEAD: page.head,
            ShellSlot.CONTENTS: page.contents,
            ShellSlot.BODY: page.html,
            ShellSlot.LINKED: page.metadata.linked or "",
            ShellSlot.RECORD: page.record or "",
            ShellSlot.NAME: page.address.rstrip("/").rpartition("/")[2],
        }
        return self._joined(values[slot] if where is None else titles[where] for slot, where in self.slots)

    def name(self, titles: Mapping[str, str]) -> str:
        """Return a page that has nothing of its own to fill in, with the titles that the navigation names."""
        return self._joined(titles[where] for _, where in self.slots if where is not None)

    def _joined(self, told: Iterable[str]) -> str:
        return "".join([one for pair in zip(self.parts, told, strict=False) for one in pair]) + self.parts[-1]


@dataclass(frozen=True, slots=True)
class ShellSet:
    """The frames of a site.

    Attributes:
        own: of pages of which there is one or that the navigation names: full and bare, by address.
        shared: of all other pages: full and bare, by folder.
    """

    own: Mapping[str, tuple[PageShell, PageShell]]
    shared: Mapping[str, tuple[PageShell, PageShell]]

    @classmethod
    def cut(cls, stubs: Iterable[RenderedPage], shells: Mapping[str, tuple[str, str]]) -> ShellSet:
        """Return the frames of the shells around stubs, by their addresses. A page written by hand wins over a stub."""
        addresses = {number: stub.address for number, stub in enumerate(stubs)}
        own: dict[str, tuple[PageShell, PageShell]] = {}
        shared: dict[str, tuple[PageShell, PageShell]] = {}
        for number, where in addresses.items():
            if where not in shells:
                continue
            full, bare = (PageShell.cut(shell, where, addresses) for shell in shells[where])
            folder, _, name = where.rstrip("/").partition("/")
            found, key = (shared, folder) if name == _name(number) else (own, where)
            found[key] = (full, bare)
        return cls(own, shared)

    @property
    def foreign(self) -> frozenset[str]:
        """The addresses of the pages whose titles stand in the shells of others."""
        pairs = (*self.own.values(), *self.shared.values())
        return frozenset(where for pair in pairs for frame in pair for where in frame.foreign)

    def render(self, page: RenderedPage, titles: Mapping[str, str]) -> str:
        """Return a whole page; see `PageShell.fill`."""
        if not _is_regular(page):
            raise UnsupportedPageError(page.address)
        pair = self.own.get(page.address) or self.shared.get(page.address.partition("/")[0])
        if pair is None:
            raise UnsupportedPageError(page.address)
        full, bare = pair
        return (full if page.contents else bare).render(page, titles)


_SLUG: Final = re.compile(r"[a-z0-9-]*")


def _is_regular(page: RenderedPage) -> bool:
    """Tell whether a page has all that its kind has, so that the theme decides nothing by it."""
    first = page.toc[0] if page.toc else None
    name = page.address.rstrip("/").rpartition("/")[2]
    return (
        first is not None
        and (first.level, first.id) == (1, "section-title")
        and bool(page.contents) == bool(first.children)
        and len(page.toc) == 1
        and "<h1" in page.html
        and bool(page.title)
        and bool(page.description)
        and (page.metadata.linked is not None) == (page.kind in _LINKED)
        and _SLUG.fullmatch(name) is not None
    )


def _name(number: int) -> str:
    return f"zqname{number}zq"


def stubs_for(named: Iterable[str]) -> tuple[RenderedPage, ...]:
    """Return the stubs of a site.

    Args:
        named: the paths of records that the navigation or a page written by hand names.
    """
    places: list[tuple[str, str, str | None]] = [(kind.name, kind.folder, None) for kind in KINDS if kind.is_single]
    for folder, kind in _OF_RECORDS.items():
        name = _name(len(places))
        places.append((kind, f"{folder}/{name}/", f"{folder}/{name}.yml" if folder in FOLDERS else None))
    for path in named:
        folder, _, file = path.partition("/")
        places.append((_OF_RECORDS[folder], f"{folder}/{file.rpartition('.')[0]}/", path))
    return tuple(_stub(number, *place) for number, place in enumerate(places))


def _stub(number: int, kind: str, where: str, record: str | None) -> RenderedPage:
    title = f"zqtitle{number}zq"
    return RenderedPage(
        address=where,
        title=title,
        description=f"zqdescription{number}zq",
        html=f"<h1 zqbody{number}zq></h1>",
        toc=(Heading(1, "section-title", title, (Heading(2, "zqanchor", "zqheading"),)),),
        record=record,
        modified=None,
        kind=kind,
        metadata=Metadata(
            title="",
            description="",
            type="",
            url=None,
            modified=None,
            robots=None,
            image=None,
            linked=f"zqlinked{number}zq" if kind in _LINKED else None,
        ),
        head=f"zqhead{number}zq",
        contents=f"zqcontents{number}zq",
        hits=(),
    )
