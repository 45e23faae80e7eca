"""All sources, by publisher, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutgraf.model import FuzzyDate
from nutgraf.views import address, interface_text, origins
from nutgraf.views.collation import sort_key
from nutgraf.views.page import Link, PageContext, PageView

if TYPE_CHECKING:
    from nutgraf.model.dates import SortKey
    from nutgraf.views.context import ViewContext
    from nutgraf.views.origins import SourceLine

_NOBODY = ""


@dataclass(frozen=True, slots=True)
class Publisher:
    """All sources of one publisher; `link` leads nowhere where nobody knows who published them."""

    anchor: str
    link: Link
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesView(PageView):
    """All sources."""

    publishers: tuple[Publisher, ...]


def view(context: ViewContext) -> SourcesView:
    """Return the page that lists all sources."""
    page = PageContext.at(address.SOURCES, context)
    graph = context.graph
    published = {name: names for name, names in graph.published_by.items() if name in graph.entities}
    known = {name for names in published.values() for name in names}
    nobody = tuple(name for name in graph.sources if name not in known)
    ordered = sorted(published, key=lambda name: sort_key(graph.entities[name].name))
    groups = [_publisher(page, name, published[name]) for name in ordered]
    return SourcesView(
        kind="sources",
        address=page.address,
        title="Sources",
        description="Where all of it comes from, with what rests on each: "
        f"{interface_text.count(len(graph.sources), 'source')}.",
        reading=page.href(address.READING),
        publishers=tuple(groups + ([_publisher(page, _NOBODY, nobody)] if nobody else [])),
    )


def _publisher(page: PageContext, name: str, sources: tuple[str, ...]) -> Publisher:
    ordered = sorted(sources, key=lambda one: _date(page, one), reverse=True)
    return Publisher(
        # No id has two hyphens in a row.
        anchor=f"section-{name}" if name else "section--",
        link=page.entity_link(name) if name else Link("Publisher unknown"),
        sources=tuple(_line(page, one) for one in ordered),
    )


def _line(page: PageContext, name: str) -> SourceLine:
    return origins.source_line(page, name, interface_text.count(page.graph.citing.get(name, 0), "statement"))


def _date(page: PageContext, name: str) -> tuple[bool, SortKey | tuple[()], str]:
    published = page.graph.sources[name].published
    return (True, published.sort_key, name) if isinstance(published, FuzzyDate) else (False, (), name)
