"""Records that nothing uses, as rules see them: not even a draft or a story under embargo."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from nutgraf.glossary import uses

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nutgraf.graph import Graph

_LINKING: Final[Mapping[str, frozenset[str]]] = {
    "entities": frozenset(
        {"by", "who", "via", "for", "at", "publisher", "platform", "author", "payer", "payee", "of", "relation"}
    ),
    "sources": frozenset({"source", "based_on", "derives_from", "id"}),
    "glossary": frozenset({"see"}),
}
"""Fields that may hold the id of a record, by the folder of the record."""
_SIMILAR: Final = 0.8
"""How similar two ids must be, from 0 to 1, to take one for the other misspelled."""


def unused(graph: Graph, folder: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return those of some records that no story uses.

    There are none in content with damage, which may hide their use. A record whose id seems to be meant by an unknown
    one, which is reported already, counts as used.

    Args:
        graph: all content.
        folder: of the records.
        names: their ids.
    """
    if graph.damaged:
        return ()
    whole = graph.underlying
    found = uses(whole, (*whole.stories, *whole.held))
    idle = [name for name in names if (folder, name) not in found]
    unknown = _unknown_ids(graph, folder) if idle else frozenset()
    return tuple(name for name in idle if not get_close_matches(name, unknown, n=1, cutoff=_SIMILAR))


def _unknown_ids(graph: Graph, folder: str) -> frozenset[str]:
    """Return the texts that stand where the id of a record in a folder may, and are none."""
    known = graph.records(folder)
    texts = (one for path in graph.positions.roots for one in graph.positions.texts(path))
    return frozenset(text for field, text in texts if field in _LINKING[folder] and text not in known)
