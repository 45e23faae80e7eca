"""The home page: the stories, the newest first."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutgraf.markdown import plain_text
from nutgraf.views import address, interface_text
from nutgraf.views.certainty_summary import strip
from nutgraf.views.memoize import memoized
from nutgraf.views.open_questions import open_questions
from nutgraf.views.page import Link, PageContext, PageView
from nutgraf.views.statement import statement
from nutgraf.views.story import modified as modified_story

if TYPE_CHECKING:
    from nutgraf.graph import Graph
    from nutgraf.views.certainty_summary import CertaintySummary
    from nutgraf.views.context import ViewContext
    from nutgraf.views.open_questions import OpenQuestion
    from nutgraf.views.statement import StatementView


@dataclass(frozen=True, slots=True)
class Teaser:
    """A story in a list.

    Attributes:
        title: its name, and the way to it.
        question: what it answers; absent where that is the title.
        topics: what it is about.
        key_points: the answer in brief; of all stories but the first, the first point of it.
        strip: the state of knowledge.
        status: whether it is still followed; empty if it is.
        open_questions: what is disputed, and how much is not known.
    """

    title: Link
    question: str | None
    topics: tuple[str, ...]
    key_points: tuple[StatementView, ...]
    strip: CertaintySummary
    status: str
    open_questions: tuple[OpenQuestion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView(PageView):
    """The home page."""

    stories: tuple[Teaser, ...]


def view(context: ViewContext) -> HomeView:
    """Return the home page."""
    page = PageContext.at(address.HOME, context)
    days = {name: modified_story(page.graph, name) for name in context.graph.stories}
    newest = sorted(sorted(days), key=lambda name: days[name] or datetime.date.min, reverse=True)
    statements = sum(_statements(context, name) for name in days)
    return HomeView(
        kind="home",
        address=page.address,
        title=context.settings.site_name,
        description="What is reported, who says so, and how sure that is: "
        f"{interface_text.count(statements, 'statement')} in {interface_text.count(len(days), 'story')}.",
        modified=modified(context.graph),
        reading=page.href(address.READING),
        stories=tuple((_lead if name == newest[0] else _other)(context, name) for name in newest),
    )


def modified(graph: Graph) -> datetime.date | None:
    """Return the newest day on which any story was looked at or changed."""
    return max((day for name in graph.stories if (day := modified_story(graph, name))), default=None)


@memoized
def _statements(context: ViewContext, name: str) -> int:
    return len(context.graph.in_story(name))


@memoized
def _lead(context: ViewContext, name: str) -> Teaser:
    return _teaser(context, name, is_lead=True)


@memoized
def _other(context: ViewContext, name: str) -> Teaser:
    return _teaser(context, name, is_lead=False)


def _teaser(context: ViewContext, name: str, *, is_lead: bool) -> Teaser:
    page = PageContext.at(address.HOME, context)
    story = page.graph.stories[name]
    points = page.graph.key_points(name)
    page.linker.start_section()
    return Teaser(
        title=page.story_link(name),
        question=plain_text(story.question) if story.question else None,
        topics=story.topics,
        key_points=tuple(statement(page, one.key) for one in (points if is_lead else points[:1])),
        strip=strip(page, name),
        status=interface_text.STATUSES[story.status],
        open_questions=open_questions(page, name),
    )
