"""Where what had another id before is now: ids are addresses, and an address that was published must lead somewhere."""

from __future__ import annotations

from collections import ChainMap
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from nutgraf.diagnostics import Diagnostic, RelatedPlace
from nutgraf.loading.content import FOLDERS
from nutgraf.model import Summary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nutgraf.diagnostics import Span
    from nutgraf.loading.content import Content, Positions
    from nutgraf.model import Dispute, Former, Statement, Story, Unknown
    from nutgraf.model.record import Loc


@dataclass(frozen=True)
class Redirects:
    """Former ids, and what they stand for now.

    Attributes:
        records: id by former id, by folder of the content.
        anchors: `story/id` of a statement, summary, dispute or unknown, by the `story/id` that it had.
    """

    records: Mapping[str, Mapping[str, str]]
    anchors: Mapping[str, str]

    @cached_property
    def stayed(self) -> Mapping[str, tuple[str, ...]]:
        """The former anchors, by `story/id`, of what stands on the page on which it stood."""
        found: dict[str, tuple[str, ...]] = {}
        for former, now in self.anchors.items():
            story, _, anchor = former.partition("/")
            if story == now.partition("/")[0]:
                found[now] = (*found.get(now, ()), anchor)
        return found

    def left(self, story: str) -> Mapping[str, str]:
        """Return where what stood on the page of a story stands on another: `story/id` by former anchor."""
        return {
            former.partition("/")[2]: now
            for former, now in self.anchors.items()
            if former.partition("/")[0] == story != now.partition("/")[0]
        }


@dataclass(frozen=True, slots=True)
class Anchor:
    """What has a permanent address on the page of a story."""

    story: str
    thing: Statement | Summary | Dispute | Unknown
    loc: Loc

    @property
    def key(self) -> str:
        """`story/id`."""
        return f"{self.story}/{self.thing.id}"


def anchors(content: Content) -> Iterator[Anchor]:
    """Yield all that has a permanent address on the pages of the stories."""
    for name, story in content.stories.items():
        yield from (Anchor(name, thing, loc) for thing, loc in _things(story))


def things_of(story: Story) -> Iterator[Statement | Summary | Dispute | Unknown]:
    """Yield all that has a permanent address on the page of a story."""
    yield from (thing for thing, _ in _things(story))


def _things(story: Story) -> Iterator[tuple[Statement | Summary | Dispute | Unknown, Loc]]:
    for number, section in enumerate(story.sections):
        for index, statement in enumerate(section.statements):
            yield statement, ("sections", number, "statements", index)
    for index, point in enumerate(story.key_points):
        if isinstance(point, Summary):
            yield point, ("key_points", index)
    yield from ((dispute, ("disputes", index)) for index, dispute in enumerate(story.disputes))
    yield from ((unknown, ("unknowns", index)) for index, unknown in enumerate(story.unknowns))


def former_key(story: str, former: str) -> str:
    """Return the `story/id` that a former id means when it is written in `story`."""
    return former if "/" in former else f"{story}/{former}"


def redirects(content: Content) -> Redirects:
    """Collect the former ids of all content; an id that is in use again is none."""
    records = {
        folder: {str(former): name for former, name, _ in _formers(content, folder) if former not in live}
        for folder in FOLDERS
        for live in (content.records(folder),)
    }
    found = list(anchors(content))
    live = {one.key for one in found}
    moved = {key: one.key for one in found for former in one.thing.formerly if (key := former_key(one.story, former))}
    return Redirects(records, {key: to for key, to in moved.items() if key not in live})


def reused(content: Content, positions: Positions) -> Iterator[Diagnostic]:
    """Yield a complaint for each former id that is in use, or is claimed twice: it could lead to one place only."""
    for folder in FOLDERS:
        if next(_formers(content, folder), None) is None:
            continue
        live = {name: positions.span(positions.path(folder, name), ()) for name in content.records(folder)}
        taken: ChainMap[str, Span] = ChainMap({}, live)
        for former, name, loc in _formers(content, folder):
            yield from _claimed(taken, str(former), former, positions.span(positions.path(folder, name), loc))
    known = list(anchors(content))
    if not any(one.thing.formerly for one in known):
        return
    taken = ChainMap({}, {one.key: _span(positions, one, (*one.loc, "id")) for one in known})
    for one in known:
        for index, former in enumerate(one.thing.formerly):
            here = _span(positions, one, (*one.loc, "formerly", index))
            yield from _claimed(taken, former_key(one.story, former), former, here)


def _claimed(taken: ChainMap[str, Span], key: str, former: Former, here: Span) -> Iterator[Diagnostic]:
    if key not in taken:
        taken[key] = here
        return
    headline = f"`{former}` is said to be a former id, but it is in use"
    first = "it is in use here"
    if key in taken.maps[0]:
        headline, first = f"The former id `{former}` is claimed twice", "first claimed here"
    advice = "What is published under it can lead to one place only: remove it here, or there."
    yield Diagnostic("reused-id", headline, here, help=advice, related=(RelatedPlace(taken[key], first),))


def _span(positions: Positions, one: Anchor, loc: Loc) -> Span:
    return positions.span(positions.path("stories", one.story), loc)


def _formers(content: Content, folder: str) -> Iterator[tuple[Former, str, Loc]]:
    for name, record in content.records(folder).items():
        for index, former in enumerate(getattr(record, "formerly", ())):
            yield former, name, ("formerly", index)
