"""What changed, in all stories, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutgraf.views import address, interface_text
from nutgraf.views.page import PageContext, PageView
from nutgraf.views.revisions import last_changed, revisions

if TYPE_CHECKING:
    import datetime

    from nutgraf.graph import Graph
    from nutgraf.views.context import ViewContext
    from nutgraf.views.revisions import RevisionView


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesView(PageView):
    """What changed."""

    revisions: tuple[RevisionView, ...]


def view(context: ViewContext) -> ChangesView:
    """Return the page of all changes."""
    page = PageContext.at(address.CHANGES, context)
    found = [one for name in sorted(context.graph.stories) for one in revisions(page, name)]
    # The sort is stable: within a day, the order of each story stays.
    found.sort(key=lambda one: one.day, reverse=True)
    return ChangesView(
        kind="changes",
        address=page.address,
        title="What changed",
        description="Corrections, updates and retractions, with what the pages said before: "
        f"{interface_text.count(len(found), 'change')}.",
        modified=modified(context.graph),
        reading=page.href(address.READING),
        revisions=tuple(found),
    )


def modified(graph: Graph) -> datetime.date | None:
    """Return the day of the newest change of any story."""
    return max((day for name in graph.stories if (day := last_changed(graph, name))), default=None)
