"""Two sides in, changes out: what readers of the new one will see otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutgraf.diff.acknowledgement import Acknowledgements
from nutgraf.diff.change import Change, ChangeKind, ChangeSeverity, Impact
from nutgraf.diff.files import files_changed, pages_changed
from nutgraf.diff.published_records import is_seen, publishing_changes
from nutgraf.diff.records import RecordEdit, edits, finished
from nutgraf.diff.snapshot_pair import SnapshotPair
from nutgraf.diff.statement_pair import Pair
from nutgraf.diff.statements import same_data, statement_changes
from nutgraf.diff.stories import story_changes
from nutgraf.loading.nodes import Mapping as MappingNode
from nutgraf.loading.nodes import find
from nutgraf.model import RevisionKind

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from nutgraf.diagnostics import Diagnostic
    from nutgraf.diff.snapshot import Snapshot
    from nutgraf.graph import Resolved


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came out of comparing two sides.

    Attributes:
        changes: the changes, the gravest first.
        old_mistakes, new_mistakes: the errors in the content of each side; what they took away was not compared.
    """

    changes: tuple[Change, ...] = ()
    old_mistakes: tuple[Diagnostic, ...] = ()
    new_mistakes: tuple[Diagnostic, ...] = ()

    @property
    def ok(self) -> bool:
        """Tell whether nothing is left to acknowledge."""
        return not any(one.fails for one in self.changes)

    @property
    def is_whole(self) -> bool:
        """Tell whether all content of both sides was compared."""
        return not (self.old_mistakes or self.new_mistakes)


def comparison(old: Snapshot, new: Snapshot, *, today: datetime.date | None = None) -> Comparison:
    """Compare two sides, and say what could not be compared. See `compare`."""
    return Comparison(
        tuple(compare(old, new, today=today)),
        tuple(one for one in old.diagnostics if one.is_error),
        tuple(one for one in new.diagnostics if one.is_error),
    )


def compare(old: Snapshot, new: Snapshot, *, today: datetime.date | None = None) -> Iterator[Change]:
    """Yield what changed for readers, the gravest first, then by file and line.

    Statements and records are matched by id and `formerly`, and compared by their standalone sentences and their data:
    moves, reorders and another layout of the YAML are no change. What one side has lost to a mistake is not compared.

    Args:
        old: the state that is published, say.
        new: the state that is proposed.
        today: the day to propose where an acknowledgement is missing; None for the newest day in the new content.
    """
    sides = SnapshotPair.of(old, new)
    acknowledgements = Acknowledgements(sides, today)
    changes = (*_changes(sides), *publishing_changes(sides, today))
    found = acknowledgements.applied([one for one in changes if is_seen(sides, one)])
    yield from sorted(found, key=_rank)


def _rank(change: Change) -> tuple[object, ...]:
    place = change.place
    severity = ChangeSeverity.WARNING.rank if change.acknowledged is not None else change.severity.rank
    return severity, change.severity.rank, place.path, place.line, place.column, change.kind, change.subject


def _changes(sides: SnapshotPair) -> Iterator[Change]:
    yield from story_changes(sides)
    yield from pages_changed(sides)
    yield from files_changed(sides)
    yield from _retractions_without_reason(sides)
    shared = tuple(edits(sides))
    reworded: dict[int, list[str]] = {}
    own: dict[int, list[str]] = {}
    for pair, changed in _pairs(sides, shared):
        found = tuple(statement_changes(pair)) if changed else ()
        yield from found
        if pair.before == pair.after:
            continue
        causes = [place for place, one in enumerate(shared) if pair.new.key in one.candidates]
        causes = [place for place in causes if not shared[place].indirect] or ([] if found else causes)
        for place in causes:
            # What was edited itself, too, is no good example of what the other edit does.
            (own if found else reworded).setdefault(place, []).append(pair.new.key)
        if not causes and not any(one.reach.reworded for one in found):
            kind = ChangeKind.DISPUTED_WORDING_CHANGED if pair.is_disputed else ChangeKind.WORDING_CHANGED
            yield pair.change(kind, f"{pair.name} was reworded by a change elsewhere")
    for place, one in enumerate(shared):
        if place in reworded or not one.indirect:
            yield finished(sides, one, (*reworded.get(place, ()), *own.get(place, ())))


def _pairs(sides: SnapshotPair, shared: tuple[RecordEdit, ...]) -> Iterator[tuple[Pair, bool]]:
    """Yield the statements that may read otherwise, and whether their own data differ."""
    old, new = sides.old.graph.statements, sides.new.graph.statements
    found: dict[str, tuple[Pair, bool]] = {}
    touched = frozenset[str]().union(*(one.candidates for one in shared))
    for after, before in sides.names.before.items():
        if before not in old or after not in new:
            continue
        pair = Pair(sides, old[before], new[after])
        changed = not same_data(pair)
        if (changed or after in touched) and not _unread(pair):
            found[after] = pair, changed
    # Who denies something quotes it.
    for after, pair in {key: one for key, (one, _) in found.items()}.items():
        for key in sides.new.graph.dependents.get(pair.new.key, ()):
            if key not in found and new[key].denies == after:
                denier = sides.names.before.get(key, "")
                if denier in old:
                    found[key] = Pair(sides, old[denier], new[key]), False
    order = {key: place for place, key in enumerate(new)}
    yield from sorted(found.values(), key=lambda one: order[one[0].new.key])


def _unread(pair: Pair) -> bool:
    """Tell whether a mistake has taken something from a statement on either side."""
    return any(
        side.lacks(one.place.path, one.id) for side, one in ((pair.sides.old, pair.old), (pair.sides.new, pair.new))
    )


def _retractions_without_reason(sides: SnapshotPair) -> Iterator[Change]:
    """Yield statements that are taken back without a word why: in the statement, or in the history."""
    new = sides.new
    for key, one in new.graph.statements.items():
        loc = one.place.loc
        was = sides.old.graph.statements.get(sides.names.before.get(key, ""))
        if _lacks_reason(new, one) and (was is None or not _lacks_reason(sides.old, was)):
            headline = f"`{one.id}` was retracted without a reason"
            yield _unreasoned(sides, key, headline, (*loc, "retracted"))
    for before, after in sides.names.records["stories"].items():
        known = {sides.was(one, before) for one in sides.old.graph.stories[before].revisions}
        for place, entry_ in enumerate(new.graph.stories[after].revisions):
            if entry_.kind is not RevisionKind.RETRACTION or entry_.note or sides.now(entry_, after) in known:
                continue
            keys = [ref if "/" in ref else f"{after}/{ref}" for ref in entry_.statements]
            silent = [k for k in keys if k in new.graph.statements and not new.graph.statements[k].is_retracted]
            for key in silent:
                headline = f"`{key.partition('/')[2]}` was retracted, but its correction entry has no note"
                yield _unreasoned(sides, key, headline, ("revisions", place))


def _lacks_reason(side: Snapshot, one: Resolved) -> bool:
    """Tell whether a statement is retracted in the file, and was not read so because it has no reason."""
    if one.is_retracted or not side.lacks(one.place.path, one.id):
        return False
    root = side.graph.positions.roots.get(one.place.path)
    written = find(root, one.place.loc) if root is not None else None
    entry = written.entries.get("retracted") if isinstance(written, MappingNode) else None
    return entry is not None and isinstance(entry.value, MappingNode) and "reason" not in entry.value.entries


def _unreasoned(sides: SnapshotPair, key: str, headline: str, loc: tuple[str | int, ...]) -> Change:
    path = sides.new.graph.statements[key].place.path
    sentence = sides.new.own_text(key)
    return Change(
        ChangeKind.RETRACTION_WITHOUT_REASON,
        key,
        headline,
        span=sides.new.span(path, loc, key=True),
        before=sentence,
        after=sentence,
        reach=Impact((key,)),
    )
