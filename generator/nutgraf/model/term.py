"""The hard words, explained."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator

from nutgraf.model.dates import FuzzyDate
from nutgraf.model.record import Allow, Flag, Former, Many, Match, Prose, Record, SourceId, TermId, shorthand


class Links(StrEnum):
    """Which of several mentions of one name or term in a section are links."""

    FIRST = "first"
    """The first one."""
    ALL = "all"
    """Each."""
    NONE = "none"
    """None but those that the text writes itself: `[the stream](term:firehose)`."""


class TermForm(Record):
    """Another form of a term."""

    text: Prose
    """The form. Example: `text: graphics chip`."""
    exact: Flag = False
    """Whether upper and lower case must be as written. Example: `exact: yes`."""
    accents: Flag = True
    """Whether accents must be as written. Example: `accents: no` (a cafe is a café, too)."""
    plural: Prose | None = None
    """Its plural, where English rules do not give it; `none` where it has none. Example: `plural: none`."""
    match: Match = Match.AUTO
    """Whether it is found in running text. Example: `match: explicit`."""
    unless: Many[Prose] = ()
    """Phrases in which it means something else. Example: `unless: [pilot study]`."""


class Term(Record):
    """An entry of the glossary."""

    label: Prose
    """The word as it stands in running text. Capitals in it are kept to, so that "GPU" is not found in "gpu"; a word
    without any is found at the start of a sentence, too. Example: `label: GPU`."""
    short: Prose
    """One sentence for a tooltip, which does not use the word itself.
    Example: `short: A chip that does a great many simple calculations at the same time.`."""
    aliases: Many[Annotated[TermForm, BeforeValidator(shorthand("text"))]] = ()
    """Other words for it. Example: `aliases: [graphics processing unit]`."""
    plural: Prose | None = None
    """Its plural, where English rules do not give it; `none` where it has none. Example: `plural: data`."""
    forms: Many[Prose] = ()
    """Other inflections by which it is found; the page of the term does not list them.
    Example: `forms: [trained, trains]`."""
    long: Prose | None = None
    """The full explanation, in a few sentences of Markdown.
    Example: `long: It was made for the pictures of games. Training an AI model needs the same kind of work.`."""
    expansion: Prose | None = None
    """What an abbreviation stands for. Example: `expansion: graphics processing unit`."""
    pronunciation: Prose | None = None
    """How it is said. Example: `pronunciation: G-P-U`."""
    comparison: Prose | None = None
    """An everyday comparison; its words are not linked to terms.
    Example: `comparison: Many clerks at once, each with one small sum.`."""
    source: Many[SourceId] = ()
    """Where the definition makes a factual claim, the sources of it. Example: `source: openai-lp-2019`."""
    as_of: FuzzyDate | None = None
    """When its factual claims were true. Example: `as_of: 2023`."""
    see: Many[TermId] = ()
    """Terms to read next. Example: `see: [limited-partnership, non-profit]`."""
    scope: Many[Prose] = ()
    """The stories or topics where this sense holds. Example: `scope: [harbours]`."""
    match: Match = Match.AUTO
    """Whether it is found in running text. Example: `match: explicit` (a ship's arrest)."""
    exact: Flag = False
    """Whether upper and lower case must be as written. Example: `exact: yes`."""
    accents: Flag = True
    """Whether accents must be as written, in the aliases, too. Example: `accents: no` (a cafe is a café, too)."""
    unless: Many[Prose] = ()
    """Phrases in which the label means something else. Example: `unless: [pilot study]`."""
    formerly: Many[Former] = ()
    """Its earlier ids: what is published under them leads here. Example: `formerly: graphics-chip`."""
    allow: tuple[Allow, ...] = ()
    """Rules that do not apply here, each with the reason.
    Example: `allow: [{rule: verb-too-strong, reason: quoted}]`."""
