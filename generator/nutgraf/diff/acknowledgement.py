"""Who takes a grave change upon themselves: a new entry under `revisions` that names the statement and says why."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING, Final

from nutgraf.diff.change import Change, ChangeKind, ChangeSeverity
from nutgraf.graph import key_of
from nutgraf.loading.quoting import quoted
from nutgraf.model import RevisionKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nutgraf.diff.snapshot_pair import SnapshotPair
    from nutgraf.model import Revision

_RECORDS: Final = ("stories", "entities", "sources", "glossary")
_ALIKE: Final = 0.8
"""How similar two sentences must be, from 0 to 1, to take one for the other renamed."""
_LONGEST: Final = 300
"""Characters of a sentence that are proposed for `was`."""


class Acknowledgements:
    """The entries that the new side has under `revisions` and the old side has not."""

    def __init__(self, sides: SnapshotPair, today: datetime.date | None = None) -> None:
        """Find the new entries.

        Args:
            sides: both sides.
            today: the day to propose for an entry; None for the newest day in the content.
        """
        self._sides = sides
        self._new = {story: tuple(_new_entries(sides, story)) for story in sides.new.graph.stories}
        self._today = today or _newest(sides)

    def applied(self, changes: Sequence[Change]) -> list[Change]:
        """Return changes with their acknowledgements, or with what to write for one; others come back as they are.

        An entry acknowledges what changed about one statement, or about one record.
        """
        used: dict[tuple[str, int], str] = {}
        # What names a statement is about it before it is about a record that the statement shares with others.
        ordered = sorted(range(len(changes)), key=lambda place: (not self._is_own(changes[place]), place))
        found: dict[int, Change] = {}
        for place in ordered:
            change = changes[place]
            if change.severity is ChangeSeverity.ERROR:
                note = self._note(change, used)
                advice = self._advice(change, used) if note is None else ""
                change = replace(change, acknowledged=note, help=advice or change.help)
            found[place] = change
        return [found[place] for place in range(len(changes))]

    def _is_own(self, change: Change) -> bool:
        return change.subject in self._sides.new.graph.statements or change.kind is ChangeKind.ID_REMOVED

    def _note(self, change: Change, used: dict[tuple[str, int], str]) -> str | None:
        """Return the note of the entries that acknowledge a change, and take these for its subject alone."""
        taken: list[tuple[str, int]] = []
        for story, wanted in self._wanted(change):
            entries = enumerate(self._new.get(story, ()))
            fitting = (
                place
                for place, entry in entries
                if _names(entry, story, change, wanted)
                and not self._flaw(entry, story, change, used.get((story, place), change.subject))
            )
            place = next(fitting, None)
            if place is None:
                return None
            taken.append((story, place))
        if not taken:
            return None
        used.update(dict.fromkeys(taken, change.subject))
        story, place = taken[0]
        return self._new[story][place].note

    def _wanted(self, change: Change) -> Iterator[tuple[str, frozenset[str]]]:
        """Yield the stories whose readers are to be told, each with the statements of which one is to be named."""
        stories = self._sides.new.graph.stories
        folder, _, name = change.subject.partition("/")
        if change.subject in self._sides.new.graph.statements or (folder in stories and folder not in _RECORDS):
            yield folder, frozenset({change.subject})
        elif change.reach.statements and change.kind is not ChangeKind.ID_REMOVED:
            # A record that many statements share: each story that it touches says so at one of them.
            by_story: dict[str, set[str]] = {}
            for key in change.reach.statements:
                by_story.setdefault(key.partition("/")[0], set()).add(key)
            yield from ((story, frozenset(keys)) for story, keys in by_story.items())
        elif folder == "stories" and name.partition("#")[0] in stories:
            yield name.partition("#")[0], frozenset()
        else:
            # What is gone stood in no story that is left, or was no part of one.
            yield from ((story, frozenset({change.subject})) for story in self._telling(change.subject))

    def _telling(self, subject: str) -> Iterator[str]:
        """Yield the first story that says that a record is gone."""
        for story, entries in self._new.items():
            if any(key_of(story, name) == subject for entry in entries for name in entry.removed):
                yield story
                return

    def _flaw(self, entry: Revision, story: str, change: Change, used: str) -> str:
        """Return why an entry doesn't acknowledge a change, as the end of a sentence about it; empty if it does."""
        if used != change.subject:
            return f"already acknowledges what changed about `{used}`; write one entry for each statement"
        if not is_told(entry.note):
            return "needs a `note` with a sentence for readers"
        if entry.date < self._published(story):
            return f"is older than the published story ({self._published(story)})"
        if entry.kind is RevisionKind.CLARIFICATION:
            return "says by its `kind` that nothing was wrong; use `correction` or `update`"
        if entry.kind is RevisionKind.RETRACTION and change.kind not in _RETRACTING and not self._is_retracted(change):
            return "says by its `kind` that something was retracted; use `correction` or `update`"
        return ""

    def _is_retracted(self, change: Change) -> bool:
        one = self._sides.new.graph.statements.get(change.subject)
        return one is not None and one.is_retracted

    def _published(self, story: str) -> datetime.date:
        """Return the newest day that a story as published bears."""
        old = self._sides.old.graph.stories
        before = next((one for one, now in self._sides.names.records["stories"].items() if now == story), "")
        if before not in old:
            return datetime.date.min
        days = [one.date for one in old[before].revisions]
        return max([*days, old[before].as_of or datetime.date.min])

    def _unfit(self, change: Change, used: Mapping[tuple[str, int], str]) -> str:
        """Return what is wrong with the first new entry that names what changed, as a sentence; empty without one."""
        for story, wanted in self._wanted(change):
            for place, entry in enumerate(self._new.get(story, ())):
                if wanted and _names(entry, story, change, wanted):
                    flaw = self._flaw(entry, story, change, used.get((story, place), change.subject))
                    return f"The entry of {entry.date} {flaw}. " if flaw else ""
            for other, entries in self._new.items():
                if other != story and any(_names(entry, other, change, wanted) for entry in entries):
                    return f"Move the entry from the story `{other}` to `{story}`. " if wanted else ""
        return ""

    def _advice(self, change: Change, used: Mapping[tuple[str, int], str]) -> str:
        story = self._story(change)
        where = f"the story `{story}`" if story else "a story"
        written = bool(story and self._sides.new.graph.stories[story].revisions)
        remedy = f"{self._unfit(change, used)}{self._heir(change)}{_REMEDIES.get(change.kind, '')}"
        head = f"{remedy} Or explain the change to readers in {where}, with a new entry under `revisions`"
        entry = "\n".join(self._entry(change, story))
        if written:
            return f"{head}:\n{entry}".strip()
        return f"{head}:\nrevisions:\n{entry}".strip()

    def _heir(self, change: Change) -> str:
        """Return the advice to redirect to a new statement that reads much like one that is gone."""
        if change.kind is not ChangeKind.ID_REMOVED or not change.reach.statements or not self._came:
            return ""
        sentences = {self._sides.new.own_text(key): key for key in self._came}
        alike = get_close_matches(change.before, sentences, n=1, cutoff=_ALIKE)
        if not alike:
            return ""
        name = change.subject.partition("/")[2]
        return f"If it is now `{sentences[alike[0]]}`, add `formerly: {name}` there. "

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
        day = max(self._today or datetime.date.min, self._published(story))
        yield f"  - date: {day.isoformat() if day > datetime.date.min else '2023-04-14'}"
        yield f"    kind: {kind}"
        if change.kind is ChangeKind.ID_REMOVED:
            yield f"    removed: {_local(change.subject, story)}"
        else:
            keys = (change.subject,) if change.subject in self._sides.new.graph.statements else change.reach.statements
            one_each = {key.partition("/")[0]: key for key in reversed(keys)}
            mine = one_each.get(story, next(iter(one_each.values()), change.subject))
            yield f"    statements: {_local(mine, story)}"
        if change.before and change.before != change.after:
            yield f"    was: {quoted(_cut(change.before))}"
        yield f"    note: {_PLACEHOLDER}"


_RETRACTING: Final = frozenset({ChangeKind.ID_REMOVED, ChangeKind.RETRACTION_WITHOUT_REASON})
_PLACEHOLDER: Final = "What changed and why, as a sentence for readers."
_FEWEST_WORDS: Final = 3
_FEWEST_LETTERS: Final = 6
"""Of a note in a script without spaces between words."""
_SPACELESS: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def is_told(note: str | None) -> bool:
    """Tell whether a note says something: it has a few different words, and is not the one that we propose."""
    if not note or note.strip() == _PLACEHOLDER:
        return False
    words = {word.casefold() for word in re.findall(r"[^\W\d_]+", note)}
    return len(words) >= _FEWEST_WORDS or len(_SPACELESS.findall(note)) >= _FEWEST_LETTERS


def _names(entry: Revision, story: str, change: Change, wanted: frozenset[str]) -> bool:
    refs = entry.removed if change.kind is ChangeKind.ID_REMOVED else entry.statements
    return not wanted or any(key_of(story, ref) in wanted for ref in refs)


_REMEDIES: Final[Mapping[ChangeKind, str]] = {
    ChangeKind.CERTAINTY_RAISED: "Cite the new evidence in `source`, or restore the certainty.",
    ChangeKind.CERTAINTY_ESTABLISHED: "Restore the certainty.",
    ChangeKind.ATTRIBUTION_REMOVED: "Restore the asserter.",
    ChangeKind.ATTRIBUTION_CHANGED: "Cite in `source` who names them, or restore the asserter.",
    ChangeKind.SOURCE_REMOVED: "Restore the source.",
    ChangeKind.REPLY_DELETED: "Restore the reply.",
    ChangeKind.REPLY_UNPROVEN: "Add a statement with the reply, or restore `asked` and `reply`.",
    ChangeKind.OUTCOME_DELETED: "Restore the outcome.",
    ChangeKind.REFUTATION_REMOVED: "Restore `refuted_by`.",
    ChangeKind.RETRACTION_UNDONE: "Restore the field.",
    ChangeKind.RETRACTION_WITHOUT_REASON: "Add a `reason`.",
    ChangeKind.REVISION_REMOVED: "Restore the entry.",
    ChangeKind.ID_REUSED: (
        "Give the new statement its own ID, and retract the old one with `retracted: {on: ..., reason: ...}`."
    ),
    ChangeKind.DISPUTE_REMOVED: "Restore the dispute, and close it with `status: settled`.",
    ChangeKind.PROMISE_HARDENED: "Cite a source for the payment, or restore `kind`.",
    ChangeKind.FIGURE_REPLACED: "Cite a source for the new figure in `source`, or restore the figure.",
    ChangeKind.FIGURE_CHANGED: "Restore the figure.",
    ChangeKind.MEANING_TURNED: "Restore the wording.",
    ChangeKind.QUOTATION_CHANGED: "Restore the quotation.",
    ChangeKind.ID_REMOVED: (
        "Published statements must stay: retract it with `retracted: {on: ..., reason: ...}`, or add "
        "`formerly: [the old ID]` to its replacement."
    ),
}


def _local(key: str, story: str) -> str:
    """Return a key as one writes it in a story."""
    return key.removeprefix(f"{story}/")


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST].rpartition(" ")[0] + " …"


def _new_entries(sides: SnapshotPair, story: str) -> Iterator[Revision]:
    before = next((old for old, new in sides.names.records["stories"].items() if new == story), None)
    known: Sequence[Revision] = sides.old.graph.stories[before].revisions if before is not None else ()
    forms = {sides.was(one, before or "") for one in known}
    # Who edits an old entry has not written a new one.
    dated = {(one.date, one.kind) for one in known if sides.was(one, before or "") not in _forms(sides, story)}
    for one in sides.new.graph.stories[story].revisions:
        if sides.now(one, story) not in forms and (one.date, one.kind) not in dated:
            yield one


def _forms(sides: SnapshotPair, story: str) -> set[object]:
    return {sides.now(one, story) for one in sides.new.graph.stories[story].revisions}


def _newest(sides: SnapshotPair) -> datetime.date | None:
    stories = sides.new.graph.stories.values()
    days = [story.as_of for story in stories if story.as_of]
    days += [one.date for story in stories for one in story.revisions]
    return max(days, default=None)
