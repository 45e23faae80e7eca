"""The words of the pages themselves, for values of closed sets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutgraf.glossary.plurals import plural
from nutgraf.model import (
    Because,
    EntityKind,
    QuantityKind,
    RevisionKind,
    SourceKind,
    SourceState,
    StoryStatus,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Label:
    """A word and what it means.

    Attributes:
        name: the shape that stands with it, a class in the style sheet.
        word: in lower case.
        meaning: a sentence.
    """

    name: str
    word: str
    meaning: str


DISPUTED: Final = Label("disputed", "disputed", "Others say otherwise, and it is not settled who is right.")
ALLEGED: Final = Label("alleged", "alleged", "It accuses somebody. What they answered, if anything, is in its record.")
DIFFERING: Final = Label(
    "differs", "told differently", "Another source tells it differently, or with another figure; its record has both."
)
DIFFERING_WITHIN: Final = Label(
    "differs",
    "told in two ways",
    "Its source tells it differently elsewhere, or with another figure; its record has both.",
)
REFUTED: Final = Label("refuted", "refuted", "Another statement shows it to be wrong, and stands with it.")
RETRACTED: Final = Label("gone", "retracted", "This site took it back. It stays here so that nobody has to guess.")
SUPERSEDED: Final[Mapping[Because, Label]] = {
    Because.CHANGED: Label("gone", "since changed", "It held at its time, and gave way to a newer statement."),
    Because.CORRECTED: Label("gone", "corrected", "It was wrong, and gave way to the statement that corrects it."),
    Because.WITHDRAWN: Label("gone", "withdrawn", "Who said it no longer says it."),
}
SOURCE_STATES: Final[Mapping[SourceState, Label]] = {
    SourceState.RETRACTED: Label("gone", "source retracted", "Its source was retracted."),
    SourceState.WITHDRAWN: Label("gone", "source withdrawn", "Its source was withdrawn."),
    SourceState.REMOVED: Label("gone", "source removed", "Its source is no longer to be had where it was published."),
    SourceState.CORRECTED: Label("gone", "source corrected", "Its source was corrected after it was published."),
}

ENTITY_KINDS: Final[Mapping[EntityKind, tuple[str, str]]] = {
    EntityKind.PERSON: ("Person", "People"),
    EntityKind.ORGANISATION: ("Organisation", "Organisations"),
    EntityKind.PLACE: ("Place", "Places"),
    EntityKind.VESSEL: ("Vessel", "Vessels"),
    EntityKind.PRODUCT: ("Product", "Products"),
    EntityKind.DOCUMENT: ("Document", "Documents"),
    EntityKind.EVENT: ("Event", "Events"),
    EntityKind.WORK: ("Work", "Works"),
    EntityKind.LAW: ("Law", "Laws"),
    EntityKind.OTHER: ("", "Others"),
}
"""One of a kind, and several, in the order of the page that lists them."""

SOURCE_KINDS: Final[Mapping[SourceKind, str]] = {
    SourceKind.REPORT: "report",
    SourceKind.INTERVIEW: "interview",
    SourceKind.FILING: "official document",
    SourceKind.POST: "post",
    SourceKind.RELEASE: "announcement",
    SourceKind.PAPER: "paper",
    SourceKind.DATA: "data set",
}

REVISION_KINDS: Final[Mapping[RevisionKind, str]] = {
    RevisionKind.CORRECTION: "Correction",
    RevisionKind.UPDATE: "Update",
    RevisionKind.CLARIFICATION: "Clarification",
    RevisionKind.RETRACTION: "Retraction",
}

MONEY_KINDS: Final[Mapping[QuantityKind, tuple[str, str]]] = {
    QuantityKind.DONATION: ("Gifts", "money given for nothing in return"),
    QuantityKind.PLEDGE: ("Promises", "no payment"),
    QuantityKind.PAYMENT: ("Payments", "money for something"),
    QuantityKind.INVESTMENT: ("Investments", "money put into a company, announced or paid"),
    QuantityKind.PRICE: ("Prices", "what one has to pay for something"),
    QuantityKind.OFFER: ("Offers", "no payment"),
    QuantityKind.CLAIM: ("Demands", "no payment"),
    QuantityKind.SETTLEMENT: ("Settlements", "money agreed on to end a dispute"),
    QuantityKind.REVENUE: ("Revenue", "what a company takes in"),
    QuantityKind.LOSS: ("Losses", "money lost"),
    QuantityKind.VALUATION: ("Valuations", "what somebody holds a company to be worth; no money that moved"),
    QuantityKind.MARKET_CAP: ("Market value", "what the market holds a company to be worth; no money that moved"),
    QuantityKind.ESTIMATE: ("Estimates", "what somebody thinks it costs; no money that moved"),
}
"""A heading and its meaning, in the order of the page: what moved first, what did not move last."""

UNKNOWN: Final = "What the sources leave open"

STATUSES: Final[Mapping[StoryStatus, str]] = {
    StoryStatus.DRAFT: "a draft, not published",
    StoryStatus.LIVE: "",
    StoryStatus.CLOSED: "not followed any more",
}


def count(number: int, word: str) -> str:
    """Return a number with its noun: "1 statement", "36 statements"."""
    return f"{number:,} {word if number == 1 else plural(word)}"


def capital(text: str) -> str:
    """Return `text` with a capital in front."""
    return text[:1].upper() + text[1:]
