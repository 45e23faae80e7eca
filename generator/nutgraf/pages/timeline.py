"""The timeline: what happened when, in the order of uncertain dates, over all stories or in one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutgraf.pages import address, labels
from nutgraf.pages.drawing import sample
from nutgraf.pages.page import Page, PageView
from nutgraf.pages.statement import statement
from nutgraf.pages.timeline_picture import Dated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nutgraf.model import FuzzyDate
    from nutgraf.pages.library import Library
    from nutgraf.pages.page import Link, When
    from nutgraf.pages.statement import StatementView


@dataclass(frozen=True, slots=True)
class Event:
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
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineView(PageView):
    """All dated statements of the site."""

    counted: str
    years: tuple[Year, ...]


def view(library: Library) -> TimelineView:
    """Return the timeline of all stories."""
    page = Page.at(address.TIMELINE, library)
    keys = _shown(page, library.graph.timeline)
    years: dict[int, list[Event]] = {}
    for key, date in keys:
        year = _year(date)
        if year not in years:
            page.linker.fresh()
        years.setdefault(year, []).append(_event(page, key, date))
    return TimelineView(
        kind="timeline",
        address=page.address,
        title="Timeline",
        description="What happened when, who says so, and how sure that is: "
        f"{labels.count(len(keys), 'dated statement')} of {labels.count(len(library.graph.stories), 'story')}.",
        reading=page.href(address.READING),
        counted=labels.count(len(keys), "dated statement"),
        years=tuple(Year(f"section-{year}", str(year), tuple(events)) for year, events in years.items()),
    )


def events(page: Page, story: str) -> tuple[Event, ...]:
    """Return the dated statements of a story in order of time, for its own page."""
    page.linker.fresh()
    return tuple(_event(page, key, date) for key, date in _shown(page, _of_story(page, story)))


def dated(page: Page, story: str) -> list[Dated]:
    """Return the events of a story for their picture, in the same order as `events`."""
    return [_dated(page, key, date) for key, date in _shown(page, _of_story(page, story))]


def _of_story(page: Page, story: str) -> Iterator[str]:
    return (key for key in page.graph.timeline if page.graph.statements[key].story == story)


def _dated(page: Page, key: str, date: FuzzyDate) -> Dated:
    drawn = sample(page, page.graph.statements[key])
    return Dated(date, drawn.style, drawn.word)


def _shown(page: Page, keys: Iterable[str]) -> list[tuple[str, FuzzyDate]]:
    """Return keys with dates; what was taken back happened on no date."""
    found = [(key, page.graph.statements[key]) for key in keys]
    return [(key, one.statement.when) for key, one in found if one.statement.when and not one.is_retracted]


def _event(page: Page, key: str, date: FuzzyDate) -> Event:
    story = page.graph.statements[key].story
    here = story == page.story
    return Event(page.when(date), statement(page, key), None if here else page.story_link(story))


def _year(date: FuzzyDate) -> int:
    point = date.start or date.end
    return point.year if point else 0
