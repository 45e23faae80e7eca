"""What the compiler returns: sentences in segments that know what they are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a segment of a sentence is."""

    FRAME = "frame"
    """Words of ours that say nothing by themselves: "told", "reports that", the full stop."""
    ASSERTER = "asserter"
    """Who says so."""
    CARRIER = "carrier"
    """The publication that it was read in, or that was told."""
    DATE = "date"
    """When it happened."""
    CLAUSE = "clause"
    """What is said, in the editor's words: inline Markdown. All else is plain text."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a sentence."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence.

    Attributes:
        key: the statement that it gives; empty for what is unknown.
        segments: its text, in order; nothing needs to be put between them.
        frame: the name of its frame.
    """

    key: str
    segments: tuple[Segment, ...]
    frame: str

    @property
    def source(self) -> str:
        """The sentence as Markdown."""
        return "".join(segment.text for segment in self.segments)

    @property
    def attribution(self) -> str:
        """What stands outside the clause and says who asserts it."""
        return " ".join(one.text for one in self.segments if one.kind in {Kind.ASSERTER, Kind.CARRIER})


@dataclass(frozen=True, slots=True)
class Unit:
    """A statement's sentence and those that must stand with it: a reply, an outcome, who refutes it.

    Attributes:
        key: the statement.
        sentences: never empty; the first is the statement's own.
    """

    key: str
    sentences: tuple[Sentence, ...]

    @property
    def main(self) -> Sentence:
        """The statement's own sentence."""
        return self.sentences[0]
