"""Who takes a grave change upon themselves: a new entry under `revisions` that names the statement and says why."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING, Final

from nutgraf.diff.change import Change, Kind, Severity
from nutgraf.graph import key_of
from nutgraf.loading.quoting import quoted
from nutgraf.model import RevisionKind

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Mapping, Sequence

    from nutgraf.diff.side import Sides
    from nutgraf.model import Revision

_RECORDS: Final = ("stories", "entities", "sources", "glossary")
_ALIKE: Final = 0.8
"""How similar two sentences must be, from 0 to 1, to take one for the other renamed."""
_LONGEST: Final = 300
"""Characters of a sentence that are proposed for `was`."""


class Acknowledgements:
    """The entries that the new side has under `revisions` and the old side has not."""

    def __init__(self, sides: Sides, today: datetime.date | None = None) -> None:
        """Find the new entries.

        Args:
            sides: both sides.
            today: the day to propose for an entry; None for the newest day in the content.
        """
        self._sides = sides
        self._new = {story: tuple(_new_entries(sides, story)) for story in sides.new.graph.stories}
        self._today = today or _newest(sides)

    def applied(self, change: Change) -> Change:
        """Return a change with its acknowledgement, or with what to write for one; others come back as they are."""
        if change.severity is not Severity.ERROR:
            return change
        note = self._note(change)
        if note is not None:
            return replace(change, acknowledged=note)
        return replace(change, help=self._advice(change))

    def _note(self, change: Change) -> str | None:
        if change.kind is Kind.ID_REMOVED:
            return self._note_of_removal(change.subject)
        if change.subject.partition("/")[0] not in _RECORDS or change.subject in self._sides.new.graph.statements:
            return self._note_of((change.subject,))
        # A record that many statements share: each story that it touches says so at one of them.
        by_story: dict[str, list[str]] = {}
        for key in change.reach.statements:
            by_story.setdefault(key.partition("/")[0], []).append(key)
        notes = [self._note_of(tuple(keys)) for keys in by_story.values()]
        told = [note for note in notes if note is not None]
        return told[0] if notes and len(told) == len(notes) else None

    def _note_of(self, keys: tuple[str, ...]) -> str | None:
        """Return the note of the first new entry that names one of some statements."""
        for story, entries in self._new.items():
            for entry in entries:
                if entry.note and any(key_of(story, ref) in keys for ref in entry.statements):
                    return entry.note
        return None

    def _note_of_removal(self, subject: str) -> str | None:
        for story, entries in self._new.items():
            for entry in entries:
                if entry.note and any(key_of(story, name) == subject for name in entry.removed):
                    return entry.note
        return None

    def _advice(self, change: Change) -> str:
        story = self._story(change)
        where = f"the story `{story}`" if story else "a story"
        written = bool(story and self._sides.new.graph.stories[story].revisions)
        head = f"{self._heir(change)}{_REMEDIES.get(change.kind, '')} Or say in {where} why it is right"
        entry = "\n".join(self._entry(change, story))
        if written:
            return f"{head}, with a new entry under `revisions`:\n{entry}".strip()
        return f"{head}:\nrevisions:\n{entry}".strip()

    def _heir(self, change: Change) -> str:
        """Return the advice to redirect to a new statement that reads much like one that is gone."""
        if change.kind is not Kind.ID_REMOVED or not change.reach.statements or not self._came:
            return ""
        sentences = {self._sides.new.own(key): key for key in self._came}
        alike = get_close_matches(change.before, sentences, n=1, cutoff=_ALIKE)
        if not alike:
            return ""
        name = change.subject.partition("/")[2]
        return f"Is it `{sentences[alike[0]]}` now? Then write `formerly: {name}` there. "

    @cached_property
    def _came(self) -> tuple[str, ...]:
        """The keys of new statements."""
        known = self._sides.names.before
        return tuple(key for key in self._sides.new.graph.statements if key not in known)

    def _story(self, change: Change) -> str:
        stories = self._sides.new.graph.stories
        keys = (change.subject, *change.reach.statements)
        found = (key.partition("/")[0] for key in keys)
        return next(
            (one for one in found if one in stories and change.subject not in _RECORDS), next(iter(stories), "")
        )

    def _entry(self, change: Change, story: str) -> Iterator[str]:
        kind = RevisionKind.RETRACTION if change.kind in _RETRACTING else RevisionKind.CORRECTION
        yield f"  - date: {self._today.isoformat() if self._today else '2023-04-14'}"
        yield f"    kind: {kind}"
        if change.kind is Kind.ID_REMOVED:
            yield f"    removed: {_local(change.subject, story)}"
        else:
            keys = (change.subject,) if change.subject in self._sides.new.graph.statements else change.reach.statements
            one_each = {key.partition("/")[0]: key for key in reversed(keys)}
            mine = one_each.get(story, next(iter(one_each.values()), change.subject))
            yield f"    statements: {_local(mine, story)}"
        if change.before and change.before != change.after:
            yield f"    was: {quoted(_cut(change.before))}"
        yield "    note: What changed and why, as a sentence for readers."


_RETRACTING: Final = frozenset({Kind.ID_REMOVED, Kind.RETRACTION_WITHOUT_REASON})
_REMEDIES: Final[Mapping[Kind, str]] = {
    Kind.CERTAINTY_RAISED: "Cite the new evidence under `source`, or put the certainty back.",
    Kind.ATTRIBUTION_REMOVED: "Put back who says so.",
    Kind.SOURCE_REMOVED: "Put the source back.",
    Kind.REPLY_DELETED: "Put the reply back.",
    Kind.OUTCOME_DELETED: "Put the outcome back.",
    Kind.REFUTATION_REMOVED: "Put `refuted_by` back.",
    Kind.RETRACTION_UNDONE: "Put the field back.",
    Kind.RETRACTION_WITHOUT_REASON: "Say why under `reason`.",
    Kind.ID_REUSED: (
        "Give the new statement an id of its own, and take the old one back with `retracted: {on: ..., reason: ...}`."
    ),
    Kind.DISPUTE_REMOVED: "Put the dispute back, and end it with `status: settled`.",
    Kind.PROMISE_HARDENED: "Cite under `source` who says that it was paid, or put `kind` back.",
    Kind.ID_REMOVED: (
        "What is published stays: take a statement back with `retracted: {on: ..., reason: ...}`, or write "
        "`formerly: [the old id]` where it goes on under another id."
    ),
}


def _local(key: str, story: str) -> str:
    """Return a key as one writes it in a story."""
    return key.removeprefix(f"{story}/")


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST].rpartition(" ")[0] + " …"


def _new_entries(sides: Sides, story: str) -> Iterator[Revision]:
    before = next((old for old, new in sides.names.records["stories"].items() if new == story), None)
    known: Sequence[Revision] = sides.old.graph.stories[before].revisions if before is not None else ()
    forms = {sides.was(one, before or "") for one in known}
    # Who edits an old entry has not written a new one.
    dated = {(one.date, one.kind) for one in known if sides.was(one, before or "") not in _forms(sides, story)}
    for one in sides.new.graph.stories[story].revisions:
        if sides.now(one, story) not in forms and (one.date, one.kind) not in dated:
            yield one


def _forms(sides: Sides, story: str) -> set[object]:
    return {sides.now(one, story) for one in sides.new.graph.stories[story].revisions}


def _newest(sides: Sides) -> datetime.date | None:
    stories = sides.new.graph.stories.values()
    days = [story.as_of for story in stories if story.as_of]
    days += [one.date for story in stories for one in story.revisions]
    return max(days, default=None)
