"""Who speaks in a story, for a reader who wants to see only what one of them says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutgraf.model import EntityId, Speaker
from nutgraf.views import address, interface_text
from nutgraf.wording.framing import publishers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nutgraf.graph import Graph, Resolved
    from nutgraf.views.page import PageContext

_LOUDEST: Final = 6
"""More buttons than that are no help."""
_FEWEST: Final = 2
"""Who says one thing, or is the only one to speak, needs no button."""


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """Somebody who says several things.

    Attributes:
        id: what `data-by` of their statements holds.
        name: as short as is clear.
        count: how many of the statements in the running text are theirs.
        told: what is announced when the others are hidden.
        href: where all that they say is listed, over all stories.
    """

    id: str
    name: str
    count: int
    told: str
    href: str


def said_by(graph: Graph, resolved: Resolved) -> tuple[str, ...]:
    """Return the ids of the entities whose word a statement is.

    What people say whom a publication does not name is the word of that publication: nobody else answers for it.
    """
    return tuple(dict.fromkeys(name for name in _said_by(graph, resolved) if name in graph.entities))


def _said_by(graph: Graph, resolved: Resolved) -> Iterator[str]:
    for by in resolved.by:
        if isinstance(by, EntityId):
            yield by
        elif isinstance(by, Speaker):
            yield from (one for one in (by.who, by.for_) if isinstance(one, EntityId))
        else:
            yield from publishers(graph, resolved)


def voices(page: PageContext, statements: Iterable[Resolved]) -> tuple[SpeakerView, ...]:
    """Return who says most in the running text of a story, the loudest first; none where only one speaks."""
    known = [*statements]
    counts = Counter(name for one in known for name in said_by(page.graph, one))
    loudest = [(name, count) for name, count in counts.most_common(_LOUDEST) if count >= _FEWEST]
    if len(loudest) < _FEWEST:
        return ()
    return tuple(_voice(page, name, count, len(known)) for name, count in loudest)


def _voice(page: PageContext, name: str, count: int, of: int) -> SpeakerView:
    shown = page.graph.entity(name).name
    told = (
        f"{count} of {interface_text.count(of, 'statement')} of the text {'is' if count == 1 else 'are'} by {shown}. "
        "The others are hidden in the text, not in timelines and lists."
    )
    return SpeakerView(name, shown, count, told, page.href(f"{address.entity(name)}#section-says"))
