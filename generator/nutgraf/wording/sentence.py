"""What the compiler returns: sentences in segments that know what they are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SegmentKind(StrEnum):
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
    """A stretch of a sentence; a clause says of which statement it is.

    Attributes:
        kind: what it is.
        text: inline Markdown in a clause, else plain text.
        key: the statement, in a clause.
        is_raised: whether its first letter is a capital only because a sentence begins with it.
    """

    kind: SegmentKind
    text: str
    key: str = ""
    is_raised: bool = False


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
    def pieces(self) -> tuple[tuple[str, tuple[Segment, ...]], ...]:
        """The sentence cut behind the clause of each statement but the last, each piece with its statement's key."""
        pieces: list[tuple[str, list[Segment]]] = []
        waiting: list[Segment] = []
        for segment in self.segments:
            waiting.append(segment)
            if segment.kind is SegmentKind.CLAUSE:
                pieces.append((segment.key or self.key, waiting))
                waiting = []
        if not pieces:
            return ((self.key, self.segments),)
        pieces[-1][1].extend(waiting)
        return tuple((key, tuple(segments)) for key, segments in pieces)

    @property
    def attribution(self) -> str:
        """What stands outside the clause and says who asserts it."""
        return " ".join(one.text for one in self.segments if one.kind in {SegmentKind.ASSERTER, SegmentKind.CARRIER})


@dataclass(frozen=True, slots=True)
class Unit:
    """A statement's sentence and those that must stand with it: a reply, an outcome, who refutes it.

    Attributes:
        key: the statement; the first, where two are joined in one sentence.
        sentences: never empty; the first is the statement's own.
        keys: all statements that the first sentence gives, in its order; one as a rule.
    """

    key: str
    sentences: tuple[Sentence, ...]
    keys: tuple[str, ...]

    @property
    def main(self) -> Sentence:
        """The statement's own sentence."""
        return self.sentences[0]
