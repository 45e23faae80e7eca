"""The timeline: what happened when, in the order of uncertain dates, over all stories or in one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nutgraf.views import address, interface_text
from nutgraf.views.certainty_summary import levels
from nutgraf.views.charts.svg import sample
from nutgraf.views.charts.time_spans import Reaches
from nutgraf.views.charts.timeline_chart import Dated
from nutgraf.views.page import Link, PageContext, PageView, When
from nutgraf.views.statement import undated

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nutgraf.graph import Graph
    from nutgraf.model import FuzzyDate
    from nutgraf.views.certainty_summary import Level
    from nutgraf.views.context import ViewContext
    from nutgraf.views.statement import StatementView


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """A dated statement.

    Attributes:
        when: no more precise than its source.
        statement: the statement.
        story: where it is told; absent on the story's own page.
    """

    when: When
    statement: StatementView
    story: Link | None


@dataclass(frozen=True, slots=True)
class Year:
    """The events that begin in one year."""

    anchor: str
    title: str
    events: tuple[TimelineEvent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineView(PageView):
    """Dated statements of the site.

    Attributes:
        counted: "12 dated statements".
        story: the one story that they are of; None on the timeline of all.
        whole: leads to the timeline of all, where this is that of one.
        stories: the timelines of single stories, where there are several stories and this is that of all.
        levels: the certainties that occur, with how many statements have them: each leads to those alone.
        years: the events.
    """

    counted: str
    story: Link | None
    whole: str
    stories: tuple[Link, ...]
    levels: tuple[Level, ...]
    years: tuple[Year, ...]


def single(graph: Graph) -> tuple[str, ...]:
    """Return the stories that have a timeline of their own beside that of all: none where there is one story."""
    return tuple(name for name in graph.stories if graph.in_time(name)) if len(graph.stories) > 1 else ()


def view(context: ViewContext, only: str | None = None) -> TimelineView:
    """Return the timeline of all stories, or of one of them.

    Raises:
        LookupError: that story has none.
    """
    if only is not None and (len(context.graph.stories) == 1 or not context.graph.in_time(only)):
        raise LookupError(only)
    page = PageContext.at(address.TIMELINE if only is None else address.timeline(only), context)
    keys = _shown(page, context.graph.timeline if only is None else context.graph.in_time(only))
    years: dict[int, list[TimelineEvent]] = {}
    for key, date in keys:
        year = _year(date)
        if year not in years:
            page.linker.start_section()
        years.setdefault(year, []).append(_event(page, key, date))
    return TimelineView(
        kind="timeline",
        address=page.address,
        title="Timeline" if only is None else f"Timeline: {page.story_link(only).text}",
        description="What happened when, who says so, and how sure that is: "
        f"{interface_text.count(len(keys), 'dated statement')} of "
        f"{interface_text.count(len(context.graph.stories), 'story') if only is None else page.story_link(only).text}.",
        reading=page.href(address.READING),
        counted=interface_text.count(len(keys), "dated statement"),
        story=None if only is None else page.story_link(only),
        whole=page.href(address.TIMELINE),
        stories=tuple(_link_to(page, name) for name in single(context.graph)) if only is None else (),
        levels=tuple(levels(page, (context.graph.statements[key] for key, _ in keys))),
        years=tuple(Year(f"section-{year}", str(year), tuple(events)) for year, events in years.items()),
    )


def _link_to(page: PageContext, name: str) -> Link:
    return Link(page.story_link(name).text, page.href(address.timeline(name)))


def events(page: PageContext, story: str) -> tuple[TimelineEvent, ...]:
    """Return the dated statements of a story in order of time, for its own page."""
    page.linker.start_section()
    return tuple(_event(page, key, date) for key, date in _shown(page, page.graph.in_time(story)))


def dated(page: PageContext, story: str) -> list[Dated]:
    """Return the events of a story for their picture, in the same order as `events`."""
    reaches = Reaches(page.graph)
    return [_dated(page, key, date, reaches) for key, date in _shown(page, page.graph.in_time(story))]


def _dated(page: PageContext, key: str, date: FuzzyDate, reaches: Reaches) -> Dated:
    drawn = sample(page, page.graph.statements[key])
    return Dated(date, drawn.style, drawn.word, reaches.of(key))


def _shown(page: PageContext, keys: Iterable[str]) -> list[tuple[str, FuzzyDate]]:
    """Return keys with dates; what was taken back happened on no date."""
    found = [(key, page.graph.statements[key]) for key in keys]
    return [(key, one.statement.when) for key, one in found if one.statement.when and not one.is_retracted]


def _event(page: PageContext, key: str, date: FuzzyDate) -> TimelineEvent:
    story = page.graph.statements[key].story
    here = story == page.story or page.address == address.timeline(story)
    has_others = len(page.graph.stories) > 1
    return TimelineEvent(
        _when(page, key, date), undated(page, key), None if here or not has_others else page.story_link(story)
    )


def _when(page: PageContext, key: str, date: FuzzyDate) -> When:
    """Return the date of an event in the words of its source, where there are some: "Early 2018"."""
    when = page.happened(page.graph.statements[key].statement) or page.when(date)
    return replace(when, label=interface_text.capital(when.label))


def _year(date: FuzzyDate) -> int:
    point = date.start or date.end
    return point.year if point else 0
