"""What is wrong, where, and what to do about it: one model for every complaint.

A mistake in content is a value, never an exception. Every step that can meet one yields `Diagnostic`s beside its
result; who called decides what to do with them. How they look is the business of `nutgraf.reporters`.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from nutgraf.invisible_characters import shown

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(StrEnum):
    """How grave a complaint is."""

    ERROR = "error"
    """Stops publication."""
    WARNING = "warning"
    """Is shown, and published all the same."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one file.

    Attributes:
        path: the file, relative to the content folder, with forward slashes.
        line: first line, counted from 1.
        column: first column, counted from 1, in characters (Unicode code points), not bytes.
        end_line: last line, counted from 1.
        end_column: the column just behind the last character, so that `end_column - column` is a length on one line.
    """

    path: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1

    def __str__(self) -> str:
        """Return `path:line:column`, which terminals and editors turn into a link."""
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class RelatedPlace:
    """A second place that helps to understand a complaint, for example "first defined here"."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True, order=True)
class Replacement:
    """Another text for a stretch of one line; an empty stretch is where the text is put in.

    Attributes:
        span: on one line, or from the start of one line to the start of a later one.
        text: what takes its place.
    """

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One complaint.

    Attributes:
        rule: the fault's name in kebab-case, for example `unknown-source`.
        headline: one line that states what is wrong, without a final full stop. Ids and values stand in backticks.
        span: the narrowest place that shows the fault.
        severity: whether it stops publication.
        help: what to do, a sentence or two; empty where there is nothing useful to say.
        related: further places, in the order in which they help.
        fix: what mends it, where there is one way only and readers see nothing else for it; empty where only a person
            can tell.
    """

    rule: str
    headline: str
    span: Span
    severity: Severity = Severity.ERROR
    help: str = ""
    related: tuple[RelatedPlace, ...] = ()
    fix: tuple[Replacement, ...] = ()

    def __post_init__(self) -> None:
        """Show line breaks and invisible characters of what headline and help quote, and shorten what headlines quote.

        Help may have several lines of its own.
        """
        headline = shown(_QUOTED.sub(_shortened, self.headline))
        advice = "\n".join(map(shown, _QUOTED.sub(lambda quoted: shown(quoted[0]), self.help).split("\n")))
        for name, text in (("headline", headline), ("help", advice)):
            if text != getattr(self, name):
                object.__setattr__(self, name, text)

    @property
    def is_error(self) -> bool:
        """Tell whether publication stops here."""
        return self.severity is Severity.ERROR


_LONGEST_QUOTED: Final = 80
_QUOTED: Final = re.compile(r"`[^`]+`|“[^”]+”")


def _shortened(quoted: re.Match[str]) -> str:
    text = quoted[0]
    return text if len(text) <= _LONGEST_QUOTED else f"{text[: _LONGEST_QUOTED - 2]}…{text[-1]}"


def near(word: str, known: Iterable[str]) -> str | None:
    """Return the word of `known` that `word` is a misspelling of, None if there is none.

    The longer a word, the more letters may be wrong: one of three to five, two of up to nine, three of more. An ID may
    lack its last parts, if there is one such ID only: `semafor` for `semafor-2023`.
    """
    known = list(dict.fromkeys(known))
    same = next((one for one in known if _plain(one) == _plain(word)), None)
    if same is not None:
        return same
    most = next(most for longest, most in _MOST_WRONG if len(word) <= longest)
    rated = [(_wrong_letters(word.casefold(), one.casefold(), most), one) for one in known]
    rated = [one for one in rated if one[0] <= most]
    longer = [one for one in known if one.startswith(f"{word}-")]
    return min(rated)[1] if rated else longer[0] if len(longer) == 1 else None


_MOST_WRONG: Final[tuple[tuple[float, int], ...]] = ((2, 0), (5, 1), (9, 2), (math.inf, 3))
"""Lengths of words, and how many letters may be wrong in words up to that length."""


def _plain(word: str) -> str:
    return re.sub(r"[\s_-]", "", word).casefold()


def _wrong_letters(word: str, other: str, most: int) -> int:
    """Return how many letters have to be added, removed, replaced or swapped to make one word of another.

    The optimal string alignment distance; more than `most` if it is more, whatever the number.
    """
    if abs(len(word) - len(other)) > most:
        return most + 1
    before: list[int] = [0] * (len(other) + 1)
    row: list[int] = [*range(len(other) + 1)]
    for at, letter in enumerate(word, 1):
        before_that, before, row = before, row, [at]
        for place, wanted in enumerate(other, 1):
            cost = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != wanted))
            if at > 1 < place and letter == other[place - 2] and word[at - 2] == wanted:
                cost = min(cost, before_that[place - 2] + 1)
            row.append(cost)
    return row[-1]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a question that names the word of `known` nearest to `word`, or nothing when none is near."""
    meant = near(word, known)
    return f"Did you mean `{meant}`?" if meant else ""
