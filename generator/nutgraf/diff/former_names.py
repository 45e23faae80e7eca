"""Texts that still have a name which its bearer no longer has: they have lost their links."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from nutgraf.diff.change import Change, ChangeKind
from nutgraf.diff.figures import typed_texts
from nutgraf.glossary import MentionKind, finder_of
from nutgraf.glossary.markdown_text import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.diff.snapshot import Snapshot
    from nutgraf.diff.snapshot_pair import SnapshotPair
    from nutgraf.model import Entity
    from nutgraf.model.record import Loc


def outdated(sides: SnapshotPair, before: str, after: str) -> Iterator[Change]:
    """Yield the texts of the new side in which an entity is still called what only the old side calls it.

    Args:
        sides: both sides.
        before: the id of the entity on the old side.
        after: the same on the new side.
    """
    old, new = sides.old.graph.entities[before], sides.new.graph.entities[after]
    gone = _called(old) - _called(new)
    if not gone:
        return
    finders = finder_of(sides.old.graph), finder_of(sides.new.graph)
    for what, path, loc, markdown in chain(typed_texts(sides.new), _shortened(sides.new)):
        if not any(one in markdown for one in gone):
            continue
        seen = read(markdown)
        was, now = (one.find(seen.text, None, seen.barred) for one in finders)
        found = {(one.start, one.end) for one in now if one.kind is MentionKind.ENTITY}
        lost = [one for one in was if one.kind is MentionKind.ENTITY and one.id == before]
        name = next((seen.text[one.start : one.end] for one in lost if (one.start, one.end) not in found), None)
        if name in gone:
            headline = f"`{what}` still says “{name}”, which is no longer a name of `{after}`"
            advice = f"Write “{new.name}”, or add “{name}” to `aliases` of `{after}`."
            yield Change(ChangeKind.NAME_OUTDATED, what, headline, span=sides.new.span(path, loc), help=advice)


def _called(entity: Entity) -> set[str]:
    return {one for one in (entity.name, entity.short, *(alias.text for alias in entity.aliases)) if one}


def _shortened(side: Snapshot) -> Iterator[tuple[str, str, Loc, str]]:
    for key, one in side.graph.statements.items():
        if one.statement.after_previous:
            yield key, one.place.path, (*one.place.loc, "after_previous"), one.statement.after_previous
