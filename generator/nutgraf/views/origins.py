"""Where it all goes back to: the sources of a statement or a story, grouped by independent origin."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nutgraf.model import NotStated
from nutgraf.views import interface_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nutgraf.graph import Graph, Origin, Resolved
    from nutgraf.views.page import Link, PageContext


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source in a list.

    Attributes:
        link: to its page.
        title: in the language `title_lang`, None for the site's; absent where it has none or the link says it.
        notes: what must be known of it: that we did not read it, that it was retracted.
        used: in how many statements, in words; empty where that is not said.
    """

    link: Link
    title: str | None
    title_lang: str | None
    notes: tuple[str, ...]
    used: str = ""


@dataclass(frozen=True, slots=True)
class OriginView:
    """One origin, and what repeats it.

    Attributes:
        first: where it begins: a source, or several of which nobody knows which was first.
        repeated: sources that have it from there.
        stated: whether it is known where it begins; if not, a source of several ancestors may have it from any.
    """

    first: tuple[SourceLine, ...]
    repeated: tuple[SourceLine, ...]
    stated: bool


def source_line(page: PageContext, name: str, used: str = "") -> SourceLine:
    """Return a source for a list."""
    source = page.graph.sources[name]
    link = page.source_link(name)
    title = page.source_title(name)
    return SourceLine(
        link=link,
        title=None if title == link.text or source.title is NotStated.UNKNOWN else title,
        title_lang=page.title_lang(source),
        notes=notes(page, name),
        used=used,
    )


def notes(page: PageContext, name: str) -> tuple[str, ...]:
    """Return what must be known of a source before it is relied on."""
    source = page.graph.sources[name]
    found = [] if source.read else ["not read by us, known only through others"]
    if source.status is not None:
        found.append(f"{source.status.is_} after publication")
    return tuple(found)


def of_statement(page: PageContext, resolved: Resolved) -> tuple[OriginView, ...]:
    """Return the independent origins of a statement."""
    return tuple(_view(page, found) for found in _found(page.graph, [resolved]).values())


def of_story(page: PageContext, statements: Iterable[Resolved]) -> tuple[OriginView, ...]:
    """Return the origins of a story's statements, those of most statements first."""
    found = _found(page.graph, statements)
    ordered = sorted(found.values(), key=lambda one: -len(one.statements))
    return tuple(_view(page, one, counted=True) for one in ordered)


def independent(graph: Graph, statements: Iterable[Resolved]) -> int:
    """Return from how many independent origins some statements come.

    A source that repeats several others, none of which is cited with it, may have a statement from any of them. It
    counts on its own only if none of those is an origin of another statement.
    """
    found = _found(graph, statements)
    known = {name for one in found.values() if one.stated for name in one.first}
    vague = [_with_ancestors(graph, one.first) for one in found.values() if not one.stated]
    groups: list[set[str]] = []
    for names in (names for names in vague if not names & known):
        joined = [group for group in groups if group & names]
        groups = [group for group in groups if group not in joined] + [names.union(*joined)]
    return sum(one.stated for one in found.values()) + len(groups)


@dataclass(slots=True)
class _Found:
    """An origin, while its statements are collected."""

    first: tuple[str, ...]
    stated: bool
    repeated: dict[str, set[str]] = field(default_factory=dict)
    statements: set[str] = field(default_factory=set)


def _found(graph: Graph, statements: Iterable[Resolved]) -> dict[tuple[str, ...], _Found]:
    found: dict[tuple[str, ...], _Found] = {}
    for resolved in statements:
        for origin in resolved.origins:
            first = _first(graph, origin)
            one = found.setdefault(first, _Found(first, stated=origin.root is not None))
            one.statements.add(resolved.key)
            for name in (*origin.sources, *origin.repeated_by):
                if name not in first:
                    one.repeated.setdefault(name, set()).add(resolved.key)
    return found


def _first(graph: Graph, origin: Origin) -> tuple[str, ...]:
    return (origin.root,) if origin.root is not None and origin.root in graph.sources else origin.sources


def _with_ancestors(graph: Graph, names: Iterable[str]) -> set[str]:
    found: set[str] = set()
    waiting = [*names]
    while waiting:
        name = waiting.pop()
        if name not in found and name in graph.sources:
            found.add(name)
            waiting += (str(parent) for parent in graph.sources[name].derives_from)
    return found


def _view(page: PageContext, found: _Found, *, counted: bool = False) -> OriginView:
    total = len(found.statements)
    start = f"{interface_text.count(total, 'statement')} {'goes' if total == 1 else 'go'} back to it"

    def line(name: str, told: str) -> SourceLine:
        return source_line(page, name, told if counted else "")

    return OriginView(
        first=tuple(line(name, start) for name in found.first),
        repeated=tuple(line(name, f"{len(keys)} of them") for name, keys in found.repeated.items()),
        stated=found.stated,
    )
