"""Records that nothing uses, as rules see them: not even a draft or a story under embargo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.glossary import uses

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nutgraf.graph import Graph


def unused(graph: Graph, folder: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return those of some records that no story uses; none in content with damage, which may hide their use.

    Args:
        graph: all content.
        folder: of the records.
        names: their ids.
    """
    if graph.damaged:
        return ()
    whole = graph.whole
    found = uses(whole, (*whole.stories, *whole.held))
    return tuple(name for name in names if (folder, name) not in found)
