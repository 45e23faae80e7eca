"""Pages that a preview shows and a build leaves out, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.glossary import uses
from nutgraf.model import StoryStatus
from nutgraf.views import address
from nutgraf.views.kinds import addresses

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nutgraf.graph import Graph
    from nutgraf.model import Story
    from nutgraf.wording import Wording

DRAFT = "Draft \u2013 not published"
UNUSED = "Unused \u2013 not published"


def unpublished(graph: Graph, held: Mapping[str, Story], wording: Wording) -> dict[str, str]:
    """Return why each page is left out by a build, as a label for its badge, by the address of the page.

    Args:
        graph: all content, drafts included.
        held: the stories that are not published, by id.
        wording: the language of dates.
    """
    labels = {name: _label(story, wording) for name, story in held.items()}
    published = uses(graph, graph.stories.keys() - held.keys())
    # A record that several held stories use waits for the first of them.
    whose: dict[tuple[str, str], str] = {}
    for name in _in_order(held):
        for key in uses(graph, (*(graph.stories.keys() - held.keys()), name)) - published:
            whose.setdefault(key, labels[name])
    found: dict[str, str] = {}
    for where in addresses(graph):
        folder, _, name = where.rstrip("/").partition("/")
        if folder in {"stories", address.TIMELINE.rstrip("/")} and name in held:
            found[where] = labels[name]
        elif folder in {"entities", "sources", "glossary"} and name and (folder, name) not in published:
            found[where] = whose.get((folder, name), UNUSED)
    return found


def _in_order(held: Mapping[str, Story]) -> Iterable[str]:
    """Return the ids of stories, those that are published first in front and drafts last."""

    def key(name: str) -> tuple[bool, float]:
        story = held[name]
        until = story.publish_after
        return story.status is StoryStatus.DRAFT, until.moment.timestamp() if until is not None else 0

    return sorted(held, key=key)


def _label(story: Story, wording: Wording) -> str:
    if story.status is StoryStatus.DRAFT or story.publish_after is None:
        return DRAFT
    return f"Embargoed until {wording.date(story.publish_after)} \u2013 not published"
