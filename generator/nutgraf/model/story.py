"""A story: its statements in sections, and what is disputed, unknown and changed about them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, Discriminator, Tag

from nutgraf.model.dates import Moment
from nutgraf.model.quantity import Quantity
from nutgraf.model.record import (
    Allow,
    Day,
    Former,
    Id,
    Many,
    Prose,
    QuantityName,
    Record,
    StatementRef,
    choose,
    shorthand,
)
from nutgraf.model.source import DateOrUnknown
from nutgraf.model.statement import Asserter, Certainty, Manner, SourceUse, Statement, Verb
from nutgraf.model.term import Links

if TYPE_CHECKING:
    import datetime


class StoryStatus(StrEnum):
    """Where a story stands in its life."""

    DRAFT = "draft"
    """Not published, and neither are the entities, sources and terms that only drafts use."""
    LIVE = "live"
    """Followed: it grows stale when nobody looks at it."""
    CLOSED = "closed"
    """Not followed any more, never stale."""


class Summary(Record):
    """A key point that sums up statements."""

    id: Id
    """Its permanent name. Example: `id: split`."""
    text: Prose
    """A clause of the same grammar as a statement's.
    Example: `text: Elon Musk proposed to take over OpenAI, and its other founders refused`."""
    formerly: Many[Former] = ()
    """Its earlier ids: what is published under them leads here. Example: `formerly: falling-out`."""
    rests_on: Many[StatementRef]
    """The statements that it sums up. Example: `rests_on: [bid, bid-refused]`."""


class Section(Record):
    """A part of a story, with defaults for its statements."""

    title: Prose | None = None
    """Its heading, which asserts nothing that its statements do not. Example: `title: What was reported`."""
    rests_on: Many[StatementRef] = ()
    """The statements that the title takes for granted. Example: `rests_on: [gpu-purchase, model]`."""
    source: Many[Annotated[SourceUse, BeforeValidator(shorthand("id"))]] = ()
    """Where its statements were published, where they do not say so.
    Example: `source: [semafor-2023, ai-catalog-2023]`."""
    by: Many[Asserter] = ()
    """Who asserts its statements, where they do not say so. Example: `by: elon-musk`."""
    certainty: Certainty | None = None
    """How sure they are, where they do not say so. Example: `certainty: speculated`."""
    verb: Verb | None = None
    """The verb of saying of those that have none. Example: `verb: estimate`."""
    manner: Manner | None = None
    """How it was said, where they do not tell. Example: `manner: in a tweet`."""
    said: DateOrUnknown | None = None
    """When it was said, where they do not tell. Example: `said: 2018-02`."""
    statements: tuple[Statement, ...] = ()
    """Its statements, in reading order; `some-id: some text` is short for `{id: some-id, text: some text}`.
    Example: `statements: [{founders: Elon Musk and Sam Altman are co-founders of OpenAI}]`."""


class DisputeStatus(StrEnum):
    """Whether a dispute goes on."""

    OPEN = "open"
    """Both sides get equal weight."""
    SETTLED = "settled"
    """It has been answered, and no statement counts as disputed for it."""


class Dispute(Record):
    """A question that is answered differently."""

    id: Id
    """Its permanent name. Example: `id: why-he-left`."""
    formerly: Many[Former] = ()
    """Its earlier ids: what is published under them leads here. Example: `formerly: departure-reasons`."""
    question: Prose
    """The question that it is about. Example: `question: Why did Elon Musk leave OpenAI?`."""
    rests_on: Many[StatementRef] = ()
    """What the question takes for granted. Example: `rests_on: departure`."""
    positions: tuple[StatementRef, ...]
    """The statements that answer it. Example: `positions: [tesla-conflict, power-struggle]`."""
    status: DisputeStatus = DisputeStatus.OPEN
    """Whether it goes on. Example: `status: settled`."""


class WhyUnknown(StrEnum):
    """Why something is not known."""

    UNDISCLOSED = "undisclosed"
    """Who knows it has not made it public."""
    NOT_COVERED = "not-covered"
    """The sources of the page do not say."""
    UNANSWERED = "unanswered"
    """Who was asked has not answered."""
    NOT_YET = "not-yet"
    """It is not decided or found out yet."""


class Unknown(Record):
    """What nobody knows yet."""

    id: Id
    """Its permanent name. Example: `id: model-use`."""
    formerly: Many[Former] = ()
    """Its earlier ids: what is published under them leads here. Example: `formerly: use-of-model`."""
    text: Prose
    """An indirect question. Example: `text: what Twitter will use the model for`."""
    why: WhyUnknown = WhyUnknown.NOT_COVERED
    """Why it is not known. Example: `why: undisclosed`."""
    rests_on: Many[StatementRef] = ()
    """The statements that the question takes for granted. Example: `rests_on: [model, use-unclear]`."""
    would_settle: Prose | None = None
    """What would settle it. Example: `would_settle: an announcement by Twitter`."""


class RevisionKind(StrEnum):
    """What sort of change a revision was."""

    CORRECTION = "correction"
    """Something was wrong, and is right now."""
    UPDATE = "update"
    """Something new was added."""
    CLARIFICATION = "clarification"
    """Something was right and easily misread."""
    RETRACTION = "retraction"
    """Something was taken back."""


class Revision(Record):
    """A change that readers are told of."""

    date: Day
    """When. Example: `date: 2023-04-14`."""
    kind: RevisionKind
    """What sort of change. Example: `kind: correction`."""
    statements: Many[StatementRef] = ()
    """The statements that it changed. Example: `statements: [pledge, given]`."""
    removed: Many[Former] = ()
    """The ids that are gone with it, where nothing took their place; `entities/some-id` for a record of its own.
    Example: `removed: use-price`."""
    was: Prose | None = None
    """What the page said before. Example: `was: The pledge was given as a payment.`."""
    note: Prose | None = None
    """What changed and why, as a sentence for readers. Example: `note: The sum was promised, not paid.`."""


class Story(Record):
    """The facts of one news story."""

    title: Prose
    """Its name, which asserts nothing. Example: `title: Musk, Twitter and OpenAI`."""
    question: Prose | None = None
    """The question that the page answers, its heading; the title when absent.
    Example: `question: What is reported about an AI project at Twitter?`."""
    rests_on: Many[StatementRef] = ()
    """The statements that title and question take for granted. Example: `rests_on: [gpu-purchase, criticism]`."""
    topics: Many[Prose] = ()
    """What it is about, for readers and for the scope of terms. Example: `topics: [technology]`."""
    as_of: Day | None = None
    """The day whose state of knowledge it gives. Example: `as_of: 2023-04-12`."""
    status: StoryStatus = StoryStatus.LIVE
    """Where it stands in its life. Example: `status: closed`."""
    publish_after: Moment | None = None
    """An embargo: builds up to this time leave the story out, like a draft. A time with its zone, or a day, which ends
    at midnight UTC. Example: `publish_after: 2024-05-03T09:00+02:00`."""
    based_on: Many[Annotated[SourceUse, BeforeValidator(shorthand("id"))]] = ()
    """The source of statements that name none. Example: `based_on: ai-catalog-2023`."""
    by: Many[Asserter] = ()
    """Who asserts the statements that do not say so. Example: `by: safety-board`."""
    certainty: Certainty | None = None
    """How sure the statements are that do not say so. Example: `certainty: found`."""
    manner: Manner | None = None
    """How it was said, where statements do not tell. Example: `manner: in court`."""
    said: DateOrUnknown | None = None
    """When it was said, where statements do not tell. Example: `said: 2014-11-11`."""
    key_points: tuple[
        Annotated[
            Annotated[StatementRef, Tag("(statement)")] | Annotated[Summary, Tag("(summary)")],
            Discriminator(choose("(statement)", mapping="(summary)")),
        ],
        ...,
    ] = ()
    """The answer in brief: ids of statements, or summaries that rest on some. Example: `key_points: [gpu-purchase]`."""
    quantities: dict[QuantityName, Quantity] = {}
    """The figures of the story by name. Example: `quantities: {gpus: {amount: 10000, approximate: yes, unit: GPU}}`."""
    sections: tuple[Section, ...] = ()
    """The statements, in reading order. Example: `sections: [{title: What was reported, statements: []}]`."""
    disputes: tuple[Dispute, ...] = ()
    """What is disputed.
    Example: `disputes: [{id: why-he-left, question: Why did Elon Musk leave OpenAI?, positions: [tesla-conflict]}]`."""
    unknowns: tuple[Unknown, ...] = ()
    """What nobody knows yet. Example: `unknowns: [{id: gpu-price, text: how much the GPUs cost}]`."""
    revisions: tuple[Revision, ...] = ()
    """What was changed after publication.
    Example: `revisions: [{date: 2023-04-14, kind: update, note: A reply was added.}]`."""
    formerly: Many[Former] = ()
    """Its earlier ids: what is published under them leads here. Example: `formerly: musk-and-openai`."""
    links: Links | None = None
    """Which of several mentions of a name or term in a section are links, where it is not as the site has it.
    Example: `links: all`."""
    allow: tuple[Allow, ...] = ()
    """Rules that do not apply in this story, each with the reason.
    Example: `allow: [{rule: verb-too-strong, reason: quoted}]`."""

    def is_held_back(self, now: datetime.datetime) -> bool:
        """Tell whether a build at `now`, aware of its zone, leaves the story out: a draft, or under an embargo."""
        return self.status is StoryStatus.DRAFT or self.is_embargoed(now)

    def is_embargoed(self, now: datetime.datetime) -> bool:
        """Tell whether `now`, aware of its zone, is not later than its embargo."""
        return self.publish_after is not None and now <= self.publish_after.moment
