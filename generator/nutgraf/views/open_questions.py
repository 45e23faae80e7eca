"""What is open in a story: the points that are disputed, and how much is not known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutgraf.markdown import plain_text
from nutgraf.model import DisputeStatus
from nutgraf.views import address, interface_text
from nutgraf.views.page import Link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.views.page import PageContext


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What is open, and the way to where that is told.

    Attributes:
        kind: "Disputed", or "Left open".
        link: the question itself, or how many there are.
    """

    kind: str
    link: Link


def open_questions(page: PageContext, name: str) -> tuple[OpenQuestion, ...]:
    """Return what is open in the story `name`."""
    return tuple(_found(page, name))


def _found(page: PageContext, name: str) -> Iterator[OpenQuestion]:
    story, where = page.graph.stories[name], address.story(name)
    for one in story.disputes:
        if one.status is DisputeStatus.OPEN:
            yield OpenQuestion("Disputed", Link(plain_text(one.question), page.href(f"{where}#{one.id}")))
    if story.unknowns:
        told = interface_text.count(len(story.unknowns), "question")
        yield OpenQuestion("Left open", Link(told, page.href(f"{where}#section-unknown")))
