"""One published assertion: a bare clause, and as data how sure it is, who says so, and where."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from nutgraf.model.dates import FuzzyDate
from nutgraf.model.quantity import Quantity
from nutgraf.model.record import (
    Allow,
    Count,
    Day,
    EntityId,
    Former,
    Id,
    Many,
    Prose,
    QuantityName,
    Record,
    SourceId,
    StatementRef,
    choose,
    shorthand,
)
from nutgraf.model.source import DateOrUnknown


class Certainty(StrEnum):
    """How sure a statement is, in rising order."""

    SPECULATED = "speculated"
    """Nobody vouches for it."""
    INFERRED = "inferred"
    """Somebody's own conclusion, an outlet's comment included."""
    CLAIMED = "claimed"
    """A party to the matter says so."""
    REPORTED = "reported"
    """A publication says so, on its own sourcing."""
    FOUND = "found"
    """A court, an inquiry or a laboratory that examined the evidence concluded so."""
    ESTABLISHED = "established"
    """A public record or a primary document says so, or two independent origins and nobody disputes it."""

    @property
    def rank(self) -> int:
        """Its place in the order, from 0 for the weakest."""
        return _CERTAINTIES.index(self)


_CERTAINTIES = tuple(Certainty)


class Verb(StrEnum):
    """The verbs of saying. Their forms in a language stand in its wording file."""

    SAY = "say"
    """The usual one of what is claimed."""
    ASK = "ask"
    """`text` is then an indirect question: "whether ...", "why ..."."""
    ARGUE = "argue"
    """They give reasons."""
    SUGGEST = "suggest"
    """The usual one of what is inferred."""
    ESTIMATE = "estimate"
    """They give a figure that they could not count."""
    PROMISE = "promise"
    """They bind themselves to something."""
    ANNOUNCE = "announce"
    """They make something public themselves."""
    WARN = "warn"
    """They hold something to be a danger."""
    WRITE = "write"
    """In writing."""
    TESTIFY = "testify"
    """As a witness."""
    BELIEVE = "believe"
    """They hold it to be true, without proof."""
    EXPECT = "expect"
    """It lies in the future."""
    FIND = "find"
    """The usual one of what is found; needs the certainty `found`."""
    RULE = "rule"
    """A court decided so; needs the certainty `found`."""
    MEASURE = "measure"
    """With an instrument; needs the certainty `found`."""

    @property
    def strongest(self) -> bool:
        """Tell whether it says that evidence was examined, which needs the certainty `found`."""
        return self in {Verb.FIND, Verb.RULE, Verb.MEASURE}


class Manner(StrEnum):
    """How something was said."""

    PUBLICLY = "publicly"
    IN_PRIVATE = "in private"
    IN_COURT = "in court"
    UNDER_OATH = "under oath"
    IN_A_TWEET = "in a tweet"
    IN_A_POST = "in a blog post"
    IN_WRITING = "in writing"
    IN_AN_INTERVIEW = "in an interview"
    IN_A_STATEMENT = "in a statement"
    IN_A_FILING = "in a filing"
    IN_A_PAPER = "in a paper"
    ON_TELEVISION = "on television"
    AT_A_NEWS_CONFERENCE = "at a news conference"


class Unnamed(StrEnum):
    """The asserter whom a publication does not name at all."""

    UNNAMED = "unnamed"
    """The publication does not say who."""


def _words_or_id(value: object) -> str:
    return "(entity)" if isinstance(value, str) and EntityId.pattern.fullmatch(value) else "(words)"


class Anonymous(Record):
    """People whom a publication knows and does not name."""

    anonymous: Prose
    """Who they are, in the publication's terms: in the plural, or with an article for one person alone.
    Example: `anonymous: people familiar with the company`, `{anonymous: a former engineer, count: 1}`."""
    count: Count | None = None
    """How many there are, where the publication says so. Example: `count: 2`."""
    terms: Prose | None = None
    """Why they are not named. Example: `terms: they were not allowed to speak about it`."""


class Speaker(Record):
    """Somebody who speaks for, through or with somebody else."""

    who: Annotated[
        Annotated[EntityId, Tag("(entity)")] | Annotated[Prose, Tag("(words)")],
        Discriminator(_words_or_id),
    ]
    """An entity, or free words. Example: `who: a spokesman`."""
    via: EntityId | None = None
    """Through whom they said it; no sentence is then “according to” that one. Example: `via: evergreen`."""
    for_: EntityId | None = Field(default=None, alias="for")
    """On whose behalf. Example: `for: twitter`."""
    at: EntityId | None = None
    """Where they belong. Example: `at: max-planck-institute`."""


Asserter = Annotated[
    Annotated[EntityId, Tag("(entity)")]
    | Annotated[Unnamed, Tag("(unnamed)")]
    | Annotated[Anonymous, Tag("(anonymous)")]
    | Annotated[Speaker, Tag("(speaker)")],
    Discriminator(choose("(entity)", UNNAMED="(unnamed)", anonymous="(anonymous)", mapping="(speaker)")),
]
"""Who says so."""


class Own(StrEnum):
    """The word for a source's own reporting."""

    OWN = "own"
    """The source does not repeat another here."""


_Origin = Annotated[
    Annotated[SourceId, Tag("(source)")] | Annotated[Own, Tag("(own)")],
    Discriminator(choose("(source)", OWN="(own)")),
]


class SourceUse(Record):
    """A source as one statement uses it."""

    id: SourceId
    """The source. Example: `id: the-national`."""
    from_: Many[_Origin] = Field(default=(), alias="from")
    """Where the source has this from, if that differs from its `derives_from`. Example: `from: own`."""


class Asked(StrEnum):
    """What is known of whether an accused party was asked."""

    UNKNOWN = "unknown"
    """No source says whether they were asked."""
    NO = "no"
    """A source says that they were not."""


class Reply(StrEnum):
    """An answer to an accusation that is no statement."""

    NONE_FOUND = "none-found"
    """We looked, and no source has an answer."""
    DECLINED = "declined"
    """They were asked and would not answer."""


class UnnamedParty(Record):
    """Somebody accused whom no source names."""

    unnamed: Prose
    """Who it is, in words. Example: `unnamed: the captain`."""


_Accused = Annotated[
    Annotated[EntityId, Tag("(entity)")] | Annotated[UnnamedParty, Tag("(unnamed)")],
    Discriminator(choose("(entity)", mapping="(unnamed)")),
]


class Accusation(Record):
    """That a statement accuses somebody, and the right of reply."""

    who: Many[_Accused]
    """Who is accused. Example: `who: elon-musk`."""
    asked: Annotated[
        Annotated[FuzzyDate, Tag("(date)")] | Annotated[Asked, Tag("(asked)")],
        Discriminator(choose("(date)", UNKNOWN="(asked)", NO="(asked)")),
    ] = Asked.UNKNOWN
    """When they were asked for a reply. Example: `asked: 2023-04-11`, `asked: no`, `asked: unknown`."""
    reply: Many[
        Annotated[
            Annotated[StatementRef, Tag("(statement)")] | Annotated[Reply, Tag("(reply)")],
            Discriminator(choose("(statement)", **{"NONE-FOUND": "(reply)", "DECLINED": "(reply)"})),
        ]
    ] = ()
    """What they answered. Their own words, or those of somebody who speaks `for` them, said after the accusation, are
    a reply; statements of others are shown as what others have said.
    Example: `reply: [captain-denies]`, `reply: none-found`, `reply: declined`."""
    outcome: Many[StatementRef] = ()
    """What came of it: cleared, convicted. Printed wherever the accusation is. Example: `outcome: verdict`."""


class Nobody(StrEnum):
    """That nobody is accused, though the words may sound like it."""

    NOBODY = "nobody"
    """An editor looked: it accuses nobody."""


_AccusationOrNobody = Annotated[
    Annotated[Accusation, Tag("(accusation)")] | Annotated[Nobody, Tag("(nobody)")],
    Discriminator(choose("(accusation)", NOBODY="(nobody)")),
]


class Because(StrEnum):
    """Why a statement gave way to another."""

    CHANGED = "changed"
    """It was true at its time."""
    CORRECTED = "corrected"
    """It was wrong."""
    WITHDRAWN = "withdrawn"
    """Who said it no longer says it."""


class Superseded(Record):
    """That a statement gave way to another."""

    by: StatementRef
    """The statement that took its place. Example: `by: toll-final`."""
    on: FuzzyDate | None = None
    """When. Example: `on: 2014-11`."""
    because: Because = Because.CHANGED
    """Why. Example: `because: corrected`."""


class Retracted(Record):
    """That we took a statement back."""

    on: Day
    """When. Example: `on: 2023-04-14`."""
    reason: Prose
    """Why, as a sentence for readers. Example: `reason: The source withdrew it.`."""


def _relations(value: object) -> object:
    if isinstance(value, list) and value and isinstance(value[0], str):
        return [value]
    return value


def _triple(value: object) -> object:
    if isinstance(value, list | tuple) and len(value) == 3:  # noqa: PLR2004 - a relation is a triple
        return value
    raise PydanticCustomError(
        "relation_form",
        "a relation has three parts",
        {"help": "Write `[from, phrase, to]`, for example `[microsoft, invested in, openai]`."},
    )


Relation = Annotated[tuple[EntityId, Prose, EntityId], BeforeValidator(_triple)]

_TEXT_HELP = "Write a main clause: `text: Elon Musk signed the letter`."
_SLOT = re.compile(r"\{([A-Za-z0-9_-]+)\}")


class Statement(Record):
    """One published assertion."""

    id: Id
    """Its permanent name: the anchor in its story's page. Example: `id: gpu-purchase`."""
    text: Prose = ""
    """A finite main clause, subject first, without hedge, date in front or final full stop; figures as `{name}`.
    It may be absent where `denies` says it all.
    Example: `text: Elon Musk bought {gpus} for an AI project at Twitter`."""
    after_previous: Prose | None = None
    """A shorter clause for running text behind the statement before, with the same entities and quantities.
    Example: `after_previous: the model is to be trained on Twitter's own data`."""
    source: Many[Annotated[SourceUse, BeforeValidator(shorthand("id"))]] = ()
    """Where it was published; from the section or the story when absent. Example: `source: [business-insider-2023]`."""
    by: Many[Asserter] = ()
    """Who says so; the publisher of the origin among its sources when absent.
    Example: `by: {anonymous: people familiar with the company, count: 2}`, `by: unnamed`, `by: [elon-musk, openai]`."""
    certainty: Certainty | None = None
    """How sure it is; `reported` when a publication asserts, `claimed` when a party does.
    Example: `certainty: found`."""
    verb: Verb | None = None
    """The verb of saying, where another than the usual one is right. Example: `verb: ask`."""
    manner: Manner | None = None
    """How it was said. Example: `manner: in court`."""
    said: DateOrUnknown | None = None
    """When it was said. When absent, it is the date of the source if those who say it published it themselves; when
    somebody said what a newspaper carries, its date does not tell. Example: `said: 2018-02`, `said: unknown`."""
    when: FuzzyDate | None = None
    """When the event happened; absent if no source says. Example: `when: 2023-03..2023-04`."""
    when_text: Prose | None = None
    """The source's own phrase for `when`, with its preposition; a phrase without a year is printed with the date.
    Example: `when_text: in early March 2023`, `when_text: on Friday`."""
    before: Many[StatementRef] = ()
    """Statements whose events came later; orders vague dates. Example: `before: openai-lp`."""
    denies: StatementRef | None = None
    """The statement that the asserter denies: its clause is what the sentence quotes. `text` is then what they say
    instead, if anything. Example: `denies: captain-left`."""
    refuted_by: Many[StatementRef] = ()
    """The statements that refute it; it is never printed without them. Example: `refuted_by: rescue-count`."""
    conflicts_with: Many[StatementRef] = ()
    """Statements with another figure from another source, without a quarrel; both may not cite the same sources alone.
    Example: `conflicts_with: letter-published`."""
    accusing: Many[_AccusationOrNobody] = Field(default=(), alias="accuses")
    """Whom it accuses, and their reply; `nobody` if an editor looked and it accuses nobody.
    Example: `accuses: {who: elon-musk, asked: unknown, reply: none-found}`, `accuses: nobody`."""
    relation: Annotated[tuple[Relation, ...], BeforeValidator(_relations)] = ()
    """What links two entities, one or several. Example: `relation: [elon-musk, co-founded, openai]`."""
    rests_on: Many[StatementRef] = ()
    """The statements that it sums up; it takes sources, asserters and the lowest certainty from them.
    Example: `rests_on: [bid, bid-refused]`."""
    superseded: Superseded | None = None
    """That another statement took its place. Example: `superseded: {by: toll-final, on: 2014-11, because: changed}`."""
    retracted: Retracted | None = None
    """That we took it back. Example: `retracted: {on: 2023-04-14, reason: The source withdrew it.}`."""
    quantities: dict[QuantityName, Quantity] = {}
    """Figures of this statement alone; those of the story can be used as well.
    Example: `quantities: {delay: {amount: 11, unit: minute, kind: duration}}`."""
    formerly: Many[Former] = ()
    """Its earlier ids, `story-id/id` where it came from another story: what is published under them leads here.
    Example: `formerly: gpu-buy`."""
    allow: tuple[Allow, ...] = ()
    """Rules that do not apply here, each with the reason.
    Example: `allow: [{rule: verb-too-strong, reason: quoted}]`."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.text and self.denies is None:
            raise PydanticCustomError("missing_text", "a statement needs the field `text`", {"help": _TEXT_HELP})
        return self

    @property
    def accuses(self) -> tuple[Accusation, ...]:
        """Whom it accuses, and their replies."""
        return tuple(one for one in self.accusing if isinstance(one, Accusation))

    @property
    def accuses_nobody(self) -> bool:
        """Tell whether an editor looked, and it accuses nobody."""
        return Nobody.NOBODY in self.accusing

    @property
    def slots(self) -> tuple[str, ...]:
        """The names of the quantities that `text` uses, in order."""
        return slots(self.text)


def slots(text: str) -> tuple[str, ...]:
    """Return the names of the quantities that `text` uses as `{name}`, in order."""
    return tuple(_SLOT.findall(text))
