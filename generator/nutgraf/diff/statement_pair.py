"""One statement on both sides, and the changes that are made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from nutgraf.diff.change import Change, ChangeKind, FigureChange, Impact

if TYPE_CHECKING:
    from nutgraf.diagnostics import Span
    from nutgraf.diff.snapshot import Snapshot
    from nutgraf.diff.snapshot_pair import SnapshotPair
    from nutgraf.graph import Resolved


@dataclass(frozen=True)
class Pair:
    """A statement before and after."""

    sides: SnapshotPair
    old: Resolved = field(repr=False)
    new: Resolved = field(repr=False)

    @cached_property
    def before(self) -> str:
        """Its own sentence, as it was."""
        return self.sides.old.own_text(self.old.key)

    @cached_property
    def after(self) -> str:
        """Its own sentence, as it is."""
        return self.sides.new.own_text(self.new.key)

    @property
    def name(self) -> str:
        """Its id, for a headline."""
        return f"`{self.new.id}`"

    @cached_property
    def is_disputed(self) -> bool:
        """Tell whether an open dispute has it as a position, before or after."""
        return self.old.is_disputed or self.new.is_disputed

    def same(self, attribute: str) -> bool:
        """Tell whether a field of the statement says the same on both sides."""
        before, after = getattr(self.old.statement, attribute), getattr(self.new.statement, attribute)
        return self.sides.same(before, after, self.old.story, self.new.story)

    def follows(self, attribute: str) -> bool:
        """Tell whether it takes a field from the same statements as before: their changes are reported with them."""
        own = getattr(self.old.statement, attribute) or getattr(self.new.statement, attribute)
        return not own and bool(self.new.rests_on) and self.same("rests_on")

    def change(
        self,
        kind: ChangeKind,
        headline: str,
        attribute: str = "text",
        figure: FigureChange | None = None,
        *,
        whole: bool = False,
    ) -> Change:
        """Return a change of it.

        Args:
            kind: what sort of change.
            headline: what changed.
            attribute: the field that shows it; where section or story give the field, it is shown there.
            figure: the figure that changed.
            whole: whether to show the statements that go with it, too.
        """
        old, new = self.sides.old, self.sides.new
        before, after = self.before, self.after
        reworded = (self.new.key,) if before != after else ()
        if whole:
            before, after = old.full_text(self.old.key), new.full_text(self.new.key)
        return Change(
            kind,
            self.new.key,
            headline,
            span=written(new, self.new, attribute),
            old_span=written(old, self.old, attribute),
            before=before,
            after=after,
            figure=figure,
            accuses=self.old.is_accusation or self.new.is_accusation,
            reach=Impact((self.new.key,), reworded),
        )


def written(side: Snapshot, one: Resolved, attribute: str) -> Span:
    """Return where a field of a statement was written: with it, its section or its story; else the place of its id."""
    place = one.place
    if getattr(one.statement, attribute, None):
        return side.span(place.path, (*place.loc, attribute))
    story = side.graph.stories[one.story]
    if one.section is not None and getattr(story.sections[one.section], attribute, None) and not one.rests_on:
        return side.span(place.path, ("sections", one.section, attribute))
    of_story = "based_on" if attribute == "source" else attribute
    if attribute in {"source", "by", "certainty", "manner", "said"} and getattr(story, of_story) and not one.rests_on:
        return side.span(place.path, (of_story,))
    return side.span(place.path, (*place.loc, "id"))
