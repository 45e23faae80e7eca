"""Where evidence comes from."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Discriminator, Field, Tag

from nutgraf.model.dates import FuzzyDate
from nutgraf.model.record import (
    Address,
    Allow,
    EntityId,
    Flag,
    Former,
    LanguageTag,
    Many,
    NotStated,
    Prose,
    Record,
    SourceId,
    choose,
)

DateOrUnknown = Annotated[
    Annotated[FuzzyDate, Tag("(date)")] | Annotated[NotStated, Tag("(unknown)")],
    Discriminator(choose("(date)", UNKNOWN="(unknown)")),
]
EntityOrUnknown = Annotated[
    Annotated[EntityId, Tag("(entity)")] | Annotated[NotStated, Tag("(unknown)")],
    Discriminator(choose("(entity)", UNKNOWN="(unknown)")),
]
ProseOrUnknown = Annotated[
    Annotated[Prose, Tag("(text)")] | Annotated[NotStated, Tag("(unknown)")],
    Discriminator(choose("(text)", UNKNOWN="(unknown)")),
]


class SourceKind(StrEnum):
    """What sort of publication it is."""

    REPORT = "report"
    """A news report or article."""
    INTERVIEW = "interview"
    """Somebody answering questions."""
    FILING = "filing"
    """A document lodged with or issued by a court, register or authority."""
    POST = "post"
    """Somebody's own post, letter or page."""
    RELEASE = "release"
    """An announcement by an organisation about itself."""
    PAPER = "paper"
    """A scholarly paper."""
    DATA = "data"
    """A data set."""


PRIMARY = frozenset({SourceKind.FILING, SourceKind.POST, SourceKind.RELEASE, SourceKind.PAPER, SourceKind.DATA})
"""The kinds that are the thing itself rather than an account of it."""


class SourceState(StrEnum):
    """What became of a source after it was published."""

    RETRACTED = "retracted"
    """Its publisher or its authors took it back as wrong."""
    WITHDRAWN = "withdrawn"
    """It was taken back, and nobody says that it was wrong."""
    REMOVED = "removed"
    """It cannot be had any more where it was published."""
    CORRECTED = "corrected"
    """It was changed after it was published."""


class SourceStatus(Record):
    """What became of a source; flags all that rests on it."""

    is_: SourceState = Field(alias="is")
    """What became of it. Example: `is: retracted`."""
    date: DateOrUnknown = NotStated.UNKNOWN
    """When. Example: `date: 2006-01-12`."""
    source: SourceId | None = None
    """Where that is said. Example: `source: science-editorial`."""


class Source(Record):
    """A publication that evidence comes from."""

    title: ProseOrUnknown = NotStated.UNKNOWN
    """Its title as published. Example: `title: OpenAI LP`, or `title: unknown`."""
    publisher: EntityOrUnknown | None = None
    """Who published it, an entity. Example: `publisher: semafor`, or `publisher: unknown`."""
    platform: EntityId | None = None
    """Where somebody put it who is not the platform's own: a site for posts, an archive of papers. A platform is no
    witness: no sentence is “according to” it. `publisher` may then be absent if `author` says who wrote it.
    Example: `platform: twitter`."""
    author: Many[Prose] = ()
    """Who wrote it. Example: `author: Reed Albergotti`, or `author: unknown`."""
    kind: SourceKind = SourceKind.REPORT
    """What sort of publication it is. Example: `kind: filing`."""
    published: DateOrUnknown | None = None
    """When it was published. Example: `published: 2023-03-24`, or `published: unknown`."""
    url: Annotated[
        Annotated[Address, Tag("(address)")] | Annotated[NotStated, Tag("(unknown)")],
        Discriminator(choose("(address)", UNKNOWN="(unknown)")),
    ] = NotStated.UNKNOWN
    """Where it can be read. Example: `url: https://openai.com/blog/openai-lp`."""
    archived: Address | None = None
    """Where a copy is kept that does not change.
    Example: `archived: https://web.archive.org/web/2019/https://openai.com`."""
    derives_from: Many[SourceId] = ()
    """The sources that it repeats. Example: `derives_from: [business-insider-2023, semafor-2023]`."""
    read: Flag = True
    """Whether we read it ourselves; `no` is for what is known only through another source, and the site says so.
    Example: `read: no`."""
    lang: LanguageTag = "en"
    """Its language, as a BCP 47 tag; a quotation from another language than the site's is marked as translated.
    Example: `lang: ko`."""
    status: SourceStatus | None = None
    """What became of it. Example: `status: {is: retracted, date: 2006-01, source: science-editorial}`."""
    note: Prose | None = None
    """What a reader should know about it: how it was obtained, what it is.
    Example: `note: The letter carries no date of publication.`."""
    formerly: Many[Former] = ()
    """Its earlier ids: what is published under them leads here. Example: `formerly: semafor-march`."""
    allow: tuple[Allow, ...] = ()
    """Rules that do not apply here, each with the reason.
    Example: `allow: [{rule: verb-too-strong, reason: quoted}]`."""

    @property
    def is_primary(self) -> bool:
        """Tell whether it is a public record or a primary document."""
        return self.kind in PRIMARY
