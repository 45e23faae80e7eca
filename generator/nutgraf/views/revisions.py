"""What was changed after publication."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutgraf.graph import key_of
from nutgraf.markdown import inline_html
from nutgraf.views import interface_text
from nutgraf.views.statement import statement

if TYPE_CHECKING:
    import datetime

    from markupsafe import Markup

    from nutgraf.graph import Graph
    from nutgraf.model import Revision
    from nutgraf.views.page import Link, PageContext, When
    from nutgraf.views.statement import StatementView


@dataclass(frozen=True, slots=True)
class RevisionView:
    """One change.

    Attributes:
        day: when, for sorting.
        when: when, for readers.
        kind: "Correction".
        note: what changed and why; None where nobody wrote it.
        was: what the page said before.
        statements: those that it changed, as they are now.
        story: whose story it is; absent on the story's own page.
    """

    day: datetime.date
    when: When
    kind: str
    note: Markup | None
    was: Markup | None
    statements: tuple[StatementView, ...]
    story: Link | None


def revisions(page: PageContext, story: str) -> tuple[RevisionView, ...]:
    """Return the changes of a story, the newest first."""
    page.linker.start_section()
    given = page.graph.stories[story].revisions
    # Of one day, what was written last is the newest.
    ordered = sorted(enumerate(given), key=lambda placed: (placed[1].date, placed[0]), reverse=True)
    return tuple(_view(page, story, one) for _, one in ordered)


def _view(page: PageContext, story: str, revision: Revision) -> RevisionView:
    here = page.story == story
    keys = [key for ref in revision.statements if (key := key_of(story, ref)) in page.graph.statements]
    return RevisionView(
        day=revision.date,
        when=page.day(revision.date),
        kind=interface_text.REVISION_KINDS[revision.kind],
        note=inline_html(revision.note, page.linker) if revision.note else None,
        was=inline_html(revision.was) if revision.was else None,
        statements=tuple(statement(page, key) for key in keys),
        story=None if here else page.story_link(story),
    )


def last_changed(graph: Graph, story: str) -> datetime.date | None:
    """Return the day of the newest change of a story."""
    return max((one.date for one in graph.stories[story].revisions), default=None)
