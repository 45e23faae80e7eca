"""What a change is: its kind and how grave that is, what it is about, where, and how it reads before and after."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Final

from nutgraf.diff.word_diff import DiffPiece, compare_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutgraf.diagnostics import Span


class ChangeSeverity(StrEnum):
    """How grave a change is for readers, the gravest first."""

    ERROR = "error"
    """It makes the page say more than its evidence carries, or takes something away: it needs an acknowledgement."""
    WARNING = "warning"
    """A reviewer must look at it."""
    NOTE = "note"
    """All else that readers will see."""

    @property
    def rank(self) -> int:
        """Its place in the order, from 0 for the gravest."""
        return _SEVERITIES.index(self)


_SEVERITIES: Final = tuple(ChangeSeverity)


class ChangeKind(StrEnum):
    """What sort of change it is."""

    CERTAINTY_RAISED = "certainty-raised"
    """A statement is given as more certain than before, and no new evidence is cited."""
    ATTRIBUTION_REMOVED = "attribution-removed"
    """Somebody who was named as asserting it is named no longer."""
    SOURCE_REMOVED = "source-removed"
    """A source that it cited is cited no longer."""
    REPLY_DELETED = "reply-deleted"
    """An accusation has lost the reply of the accused, or what was said about it."""
    OUTCOME_DELETED = "outcome-deleted"
    """An accusation has lost what came of it."""
    REFUTATION_REMOVED = "refutation-removed"
    """What refuted a statement is no longer printed with it."""
    RETRACTION_UNDONE = "retraction-undone"
    """What was taken back, or had given way to another statement, stands again, or rests on a source that was."""
    RETRACTION_WITHOUT_REASON = "retraction-without-reason"
    """A statement is taken back, and readers are not told why."""
    ID_REMOVED = "id-removed"
    """A published address leads nowhere."""
    ID_REUSED = "id-reused"
    """A published address leads to something else than what was said there."""
    DISPUTE_REMOVED = "dispute-removed"
    """What was told as disputed is not any more, and its address leads to something else."""
    PROMISE_HARDENED = "promise-hardened"
    """Money that was promised, offered, demanded or estimated is given as paid, and no new evidence is cited."""
    FIGURE_REPLACED = "figure-replaced"
    """A published figure has another value, and no new evidence is cited."""
    REPLY_UNPROVEN = "reply-unproven"
    """It is now said that the accused were asked, declined or gave no reply, which no statement proves."""
    REVISION_REMOVED = "revision-removed"
    """An entry of the history of corrections is gone, or no longer says what was changed and why."""

    FIGURE_CHANGED = "figure-changed"
    """A figure is gone or given differently, or has another value on new evidence."""
    DATE_CHANGED = "date-changed"
    """A date is another one, or gone."""
    DATE_ADDED = "date-added"
    """A date is told that was not."""
    CERTAINTY_ESTABLISHED = "certainty-established"
    """A statement is now found or established, on new evidence or with what it relies on."""
    SOURCE_FLAGGED = "source-flagged"
    """A source is marked as retracted, withdrawn, removed or corrected."""
    ACCUSATION_ADDED = "accusation-added"
    """Somebody is accused who was not before."""
    DISPUTED_WORDING_CHANGED = "disputed-wording-changed"
    """What is disputed reads otherwise, or the question does."""
    POSITION_REMOVED = "position-removed"
    """A dispute has lost one of the accounts."""
    STATEMENT_MERGED = "statement-merged"
    """A statement is gone; its address leads to another one that was there before."""
    REVISION_CHANGED = "revision-changed"
    """An entry of the history of corrections is edited."""
    FLAG_REMOVED = "flag-removed"
    """A source is no longer marked as removed or corrected, or as less than it was."""
    ORIGINS_RAISED = "origins-raised"
    """More independent origins are counted than before, and no new source is cited."""
    SUPPORT_REMOVED = "support-removed"
    """A title, a question, a summary, a description or a definition rests on less than before."""
    CONFLICT_REMOVED = "conflict-removed"
    """A statement is no longer shown with another one that contradicts it."""
    DISPUTE_SETTLED = "dispute-settled"
    """A dispute counts as settled, and what was said in it as undisputed."""
    ATTRIBUTION_CHANGED = "attribution-changed"
    """Who asserts it is described differently, or is named without a new source."""
    NAME_CHANGED = "name-changed"
    """A person, an organisation or a thing is called otherwise."""
    NAME_OUTDATED = "name-outdated"
    """A text still has a name that was corrected or dropped, and is no longer linked."""
    MEANING_TURNED = "meaning-turned"
    """A word that turns or softens what is said, such as "not", has come or gone, or the parties changed places."""
    RELATION_CHANGED = "relation-changed"
    """A relationship is a different one, or was removed."""
    QUOTATION_CHANGED = "quotation-changed"
    """The words of somebody between quotation marks are other ones."""
    SAYING_CHANGED = "saying-changed"
    """It is said to be said with another verb, or in another manner."""
    RECORD_UNPUBLISHED = "record-unpublished"
    """An entity, source or term is no longer used, so its page is gone."""
    RECORD_MERGED = "record-merged"
    """An entity, a source or a term is gone; its address leads to another one that was there before."""
    FILE_CHANGED = "file-changed"
    """A static file, a template, a hook or the configuration, none of which is compared: look at the preview."""
    FRAMES_CHANGED = "frames-changed"
    """The wording file frames sentences otherwise."""
    PAGE_DIFFERS = "page-differs"
    """A page is different, and no other change explains it."""
    RULE_SUPPRESSED = "rule-suppressed"
    """An editorial rule is switched off. Readers do not see it; a reviewer should."""

    STATEMENT_ADDED = "statement-added"
    """A new statement."""
    WORDING_CHANGED = "wording-changed"
    """A statement reads otherwise."""
    MARKUP_CHANGED = "markup-changed"
    """The words are the same; a link or an emphasis is not."""
    CERTAINTY_SUPPORTED = "certainty-supported"
    """A statement is more certain than before, on new evidence or with what it relies on; not found or established."""
    CERTAINTY_LOWERED = "certainty-lowered"
    """A statement is given as less certain than before."""
    ATTRIBUTION_ADDED = "attribution-added"
    """Who asserts it is named, or one more is, with a new source."""
    SOURCE_ADDED = "source-added"
    """One more source is cited."""
    REPLY_ADDED = "reply-added"
    """An accusation has got a reply, or word of one."""
    OUTCOME_ADDED = "outcome-added"
    """It is told what came of an accusation."""
    REFUTATION_ADDED = "refutation-added"
    """A statement is refuted."""
    SUPERSEDED = "superseded"
    """A statement gives way to another."""
    RETRACTED = "retracted"
    """A statement is taken back, and readers are told why."""
    DETAILS_CHANGED = "details-changed"
    """The sentence is the same; what stands beside it is not."""
    STORY_ADDED = "story-added"
    """A new story."""
    STORY_CHANGED = "story-changed"
    """The title, the question, the day, the status or the embargo of a story."""
    ORDER_CHANGED = "order-changed"
    """The statements of a story stand in another order or under another heading."""
    HEADING_CHANGED = "heading-changed"
    """The heading of a section."""
    KEY_POINTS_CHANGED = "key-points-changed"
    """Other statements stand among the key points, or in another order."""
    DISPUTE_ADDED = "dispute-added"
    """A new dispute."""
    DISPUTE_CHANGED = "dispute-changed"
    """A dispute is settled or open again, or has one more account."""
    UNKNOWN_ADDED = "unknown-added"
    """Something more is not known."""
    UNKNOWN_CHANGED = "unknown-changed"
    """What is not known reads otherwise, or is known now."""
    REVISION_ADDED = "revision-added"
    """Readers are told of a change."""
    RECORD_ADDED = "record-added"
    """A new entity, source or term, or one that is used now."""
    ENTITY_CHANGED = "entity-changed"
    """What is said of an entity, or how it is called."""
    SOURCE_CHANGED = "source-changed"
    """What is said of a source."""
    TERM_CHANGED = "term-changed"
    """How a word is explained."""
    PAGE_CHANGED = "page-changed"
    """A page that is written by hand."""

    @property
    def severity(self) -> ChangeSeverity:
        """How grave it is."""
        return _SEVERITY_OF.get(self, ChangeSeverity.NOTE)


_SEVERITY_OF: Final[Mapping[ChangeKind, ChangeSeverity]] = {
    ChangeKind.CERTAINTY_RAISED: ChangeSeverity.ERROR,
    ChangeKind.ATTRIBUTION_REMOVED: ChangeSeverity.ERROR,
    ChangeKind.SOURCE_REMOVED: ChangeSeverity.ERROR,
    ChangeKind.REPLY_DELETED: ChangeSeverity.ERROR,
    ChangeKind.OUTCOME_DELETED: ChangeSeverity.ERROR,
    ChangeKind.REFUTATION_REMOVED: ChangeSeverity.ERROR,
    ChangeKind.RETRACTION_UNDONE: ChangeSeverity.ERROR,
    ChangeKind.RETRACTION_WITHOUT_REASON: ChangeSeverity.ERROR,
    ChangeKind.ID_REMOVED: ChangeSeverity.ERROR,
    ChangeKind.ID_REUSED: ChangeSeverity.ERROR,
    ChangeKind.DISPUTE_REMOVED: ChangeSeverity.ERROR,
    ChangeKind.PROMISE_HARDENED: ChangeSeverity.ERROR,
    ChangeKind.FIGURE_REPLACED: ChangeSeverity.ERROR,
    ChangeKind.REVISION_REMOVED: ChangeSeverity.ERROR,
    ChangeKind.REPLY_UNPROVEN: ChangeSeverity.ERROR,
    ChangeKind.FIGURE_CHANGED: ChangeSeverity.WARNING,
    ChangeKind.DATE_CHANGED: ChangeSeverity.WARNING,
    ChangeKind.DATE_ADDED: ChangeSeverity.WARNING,
    ChangeKind.CERTAINTY_ESTABLISHED: ChangeSeverity.WARNING,
    ChangeKind.SOURCE_FLAGGED: ChangeSeverity.WARNING,
    ChangeKind.ACCUSATION_ADDED: ChangeSeverity.WARNING,
    ChangeKind.DISPUTED_WORDING_CHANGED: ChangeSeverity.WARNING,
    ChangeKind.POSITION_REMOVED: ChangeSeverity.WARNING,
    ChangeKind.STATEMENT_MERGED: ChangeSeverity.WARNING,
    ChangeKind.REVISION_CHANGED: ChangeSeverity.WARNING,
    ChangeKind.FLAG_REMOVED: ChangeSeverity.WARNING,
    ChangeKind.ORIGINS_RAISED: ChangeSeverity.WARNING,
    ChangeKind.SUPPORT_REMOVED: ChangeSeverity.WARNING,
    ChangeKind.CONFLICT_REMOVED: ChangeSeverity.WARNING,
    ChangeKind.DISPUTE_SETTLED: ChangeSeverity.WARNING,
    ChangeKind.ATTRIBUTION_CHANGED: ChangeSeverity.WARNING,
    ChangeKind.NAME_CHANGED: ChangeSeverity.WARNING,
    ChangeKind.NAME_OUTDATED: ChangeSeverity.WARNING,
    ChangeKind.MEANING_TURNED: ChangeSeverity.WARNING,
    ChangeKind.RELATION_CHANGED: ChangeSeverity.WARNING,
    ChangeKind.QUOTATION_CHANGED: ChangeSeverity.WARNING,
    ChangeKind.SAYING_CHANGED: ChangeSeverity.WARNING,
    ChangeKind.RECORD_UNPUBLISHED: ChangeSeverity.WARNING,
    ChangeKind.RECORD_MERGED: ChangeSeverity.WARNING,
    ChangeKind.FILE_CHANGED: ChangeSeverity.WARNING,
    ChangeKind.FRAMES_CHANGED: ChangeSeverity.WARNING,
    ChangeKind.PAGE_DIFFERS: ChangeSeverity.WARNING,
    ChangeKind.RULE_SUPPRESSED: ChangeSeverity.WARNING,
}
GRAVE_IN_ACCUSATIONS: Final = frozenset(
    {
        ChangeKind.ATTRIBUTION_CHANGED,
        ChangeKind.CERTAINTY_ESTABLISHED,
        ChangeKind.FIGURE_CHANGED,
        ChangeKind.MEANING_TURNED,
        ChangeKind.RELATION_CHANGED,
        ChangeKind.QUOTATION_CHANGED,
        ChangeKind.SOURCE_FLAGGED,
    }
)
"""Warnings that are errors where the statement accuses somebody."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A figure elsewhere that was the same and is not any more.

    Attributes:
        what: where it is: the key of a statement, or of the record whose text gives it.
        text: the figure or the sentence, in words.
        span: its place in the new files.
    """

    what: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure before and after.

    Attributes:
        name: what the story calls it; empty for one that is typed in a text.
        before, after: in words, empty where there was or is none.
        delta: the difference: "+5,000 GPUs (+50 %)"; empty where there is none to tell.
        disagrees: the nearest figure elsewhere that now says something else.
    """

    name: str
    before: str
    after: str
    delta: str = ""
    disagrees: Disagreement | None = None


@dataclass(frozen=True, slots=True)
class Impact:
    """How far a change goes.

    Attributes:
        statements: keys of the statements that show what was changed, in the site's order.
        reworded: those among them whose sentence reads otherwise.
        pages: addresses of the pages on which readers will see it, relative to the site's root; those of records are
            filled in by `nutgraf.build.impact`, which renders them.
    """

    statements: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """One change for readers.

    Attributes:
        kind: what sort of change.
        subject: what it is about: `story/statement`, or `entities/some-id` and the like for a record, with `#part` for
            a part of one: `stories/x#{gpus}`. The new id where there are two.
        headline: one line that states it, without a final full stop. Ids and values stand in backticks.
        span: the place in the new files; of what is gone, that of what stood before it; None where nothing is left.
        old_span: the place in the old files; None for what is new.
        before, after: how it reads, as plain text; empty where it was not or is not there.
        figure: the figure, where one changed.
        reach: how far it goes.
        accuses: whether it is about a statement that accuses somebody.
        help: what to do; empty where nothing has to be done.
        acknowledged: the note by which a new entry under `revisions` acknowledges it; None where none does.
    """

    kind: ChangeKind
    subject: str
    headline: str
    span: Span | None = None
    old_span: Span | None = None
    before: str = ""
    after: str = ""
    figure: FigureChange | None = None
    reach: Impact = Impact()
    accuses: bool = False
    help: str = ""
    acknowledged: str | None = None

    @property
    def severity(self) -> ChangeSeverity:
        """How grave it is, whether acknowledged or not."""
        return ChangeSeverity.ERROR if self.accuses and self.kind in GRAVE_IN_ACCUSATIONS else self.kind.severity

    @property
    def fails(self) -> bool:
        """Tell whether it stops a pull request: an error that nobody acknowledges."""
        return self.severity is ChangeSeverity.ERROR and self.acknowledged is None

    @cached_property
    def words(self) -> tuple[DiffPiece, ...]:
        """The sentence in pieces: the same, gone, new. Empty where there is nothing to compare."""
        return compare_words(self.before, self.after) if self.before != self.after else ()

    @property
    def place(self) -> Span:
        """Where to look: in the new files, or in the old ones where nothing is left.

        Raises:
            ValueError: it has neither; a bug of who made it.
        """
        place = self.span or self.old_span
        if place is None:
            raise ValueError(self)
        return place
