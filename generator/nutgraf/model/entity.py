"""People, organisations, places, things: whoever and whatever statements speak of."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Final

from pydantic import BeforeValidator, Field

from nutgraf.model.dates import FuzzyDate
from nutgraf.model.record import (
    Address,
    Allow,
    EntityId,
    Flag,
    Former,
    LanguageTag,
    Many,
    Match,
    Prose,
    Record,
    SourceId,
    StatementRef,
    shorthand,
)


class EntityKind(StrEnum):
    """What an entity is."""

    PERSON = "person"
    """A human being."""
    ORGANISATION = "organisation"
    """A company, an authority, a newspaper, a group."""
    PLACE = "place"
    """A country, a town, a building."""
    VESSEL = "vessel"
    """A ship, an aircraft, a spacecraft."""
    PRODUCT = "product"
    """What is made and offered: a program, a medicine, a car."""
    DOCUMENT = "document"
    """A letter, a contract, a report that is spoken of, whether it is cited or not."""
    EVENT = "event"
    """What happened once and has a name."""
    WORK = "work"
    """A book, a film, a piece of music."""
    LAW = "law"
    """A law, a treaty, a rule of the state."""
    OTHER = "other"
    """What is none of these."""


class Pronoun(StrEnum):
    """The pronoun that stands for an entity."""

    HE = "he"
    """He, his."""
    SHE = "she"
    """She, her."""
    THEY = "they"
    """They, their; of one person, too."""
    IT = "it"
    """It, its; the compiler never puts it for a publication that asserts something."""


_PUBLIC_BODY: Final = re.compile(
    r"\b(?:courts?|tribunals?|commissions?|ministry|ministries|departments?|agency|authority|board|councils?|registry"
    r"|register|registrar|bureau|police|parliament|senate|congress|government|inspectorate|ombudsman|administration"
    r"|treasury|customs|prosecutors?|attorney general|coroner|city of|state of|county of|municipality|regulator"
    r"|house of (?:commons|lords|representatives)|companies house|united nations|european union|statistics"
    r"|office (?:for|of)|\w*gericht(?:shof)?|\w*ministerium|\w*behörde|\w*amt|cour|tribunal\w*|ministère|ministerio"
    r"|ministero|corte|rechtbank|domstol\w*)\b",
    re.IGNORECASE,
)
"""How the names of courts, registers and authorities say what they are; others have `official: yes`."""


class Alias(Record):
    """Another name."""

    text: Prose
    """The name. Example: `text: 세월호`."""
    lang: LanguageTag | None = None
    """Its language and script, as a BCP 47 tag. Example: `lang: zh-Hant`."""
    match: Match = Match.AUTO
    """Whether it is found in running text. Example: `match: explicit`."""
    unless: Many[Prose] = ()
    """Phrases in which it means something else. Example: `unless: [sign of the times]`."""


class Role(Record):
    """What an entity is to another, and when."""

    role: Prose
    """The role, without an article. Example: `role: co-founder`."""
    of: EntityId | None = None
    """To whom. Example: `of: openai`."""
    from_: FuzzyDate | None = Field(default=None, alias="from")
    """Since when. Example: `from: 2015-12`."""
    to: FuzzyDate | None = None
    """Until when; absent where it goes on or is not known. Example: `to: 2018-02-20`."""
    statement: Many[StatementRef] = ()
    """The statements that prove it. Example: `statement: twitter-ai-openai/founders`."""
    source: Many[SourceId] = ()
    """The sources that prove it, where no statement does. Example: `source: openai-announcement-2015`."""


class Entity(Record):
    """A person, organisation, place, product, document or other thing that statements speak of."""

    name: Prose
    """The full name, as of the stories' dates. Example: `name: Elon Musk`."""
    short: Prose | None = None
    """What later mentions say, where it is unique in the story. One without a capital (`office`) is written, but never
    searched for. Example: `short: Musk`."""
    aliases: Many[Annotated[Alias, BeforeValidator(shorthand("text"))]] = ()
    """Other names it is recognised by. Example: `aliases: [NYT, {text: 세월호, lang: ko}]`."""
    article: Prose | None = None
    """The article that the name takes in a sentence. Example: `article: the` (for the New York Times)."""
    kind: EntityKind = EntityKind.ORGANISATION
    """What it is. Example: `kind: person`."""
    pronoun: Pronoun | None = None
    """The pronoun for it. When absent, none is used for a person, and “it” for an organisation that says something of
    itself. Example: `pronoun: she`."""
    official: Flag | None = None
    """Whether it is a public body: a court, a register, an authority. Absent, its name decides ("court", "ministry").
    A document of its own that is about somebody else is a public record; one of a company is that company's word.
    Example: `official: yes`."""
    plural: Flag = False
    """Whether the name takes a plural verb, as bands and families do. Example: `plural: yes`."""
    roles: tuple[Role, ...] = ()
    """What it is to others, and when. Example: `roles: [{role: co-founder, of: openai, from: 2015-12}]`."""
    intro: Prose | None = None
    """What stands before the name at first mention, but never in a list; computed from `roles` when absent. A typed one
    needs an established statement in `rests_on`, a primary source, or a proven role with a word of it.
    Example: `intro: none`."""
    about: Prose | None = None
    """One line about it, without a final full stop; needs `rests_on` or `source`.
    Example: `about: a maker of chips`."""
    rests_on: Many[StatementRef] = ()
    """The statements that `about` takes for granted. Example: `rests_on: twitter-ai-openai/founders`."""
    source: Many[SourceId] = ()
    """The sources of `about`. Example: `source: openai-lp-2019`."""
    match: Match = Match.AUTO
    """Whether the name is found in running text. Example: `match: explicit` (a journal called Nature)."""
    unless: Many[Prose] = ()
    """Phrases in which the name means something else. Example: `unless: [Musk deer]`."""
    url: Address | None = None
    """Its own page on the web. Example: `url: https://openai.com`."""
    formerly: Many[Former] = ()
    """Its earlier ids: what is published under them leads here. Example: `formerly: twitter-inc`."""
    allow: tuple[Allow, ...] = ()
    """Rules that do not apply here, each with the reason.
    Example: `allow: [{rule: verb-too-strong, reason: quoted}]`."""

    @property
    def is_official(self) -> bool:
        """Tell whether it is a public body, whose documents are public records."""
        if self.official is not None:
            return self.official
        return self.kind is EntityKind.ORGANISATION and _PUBLIC_BODY.search(self.name) is not None
