"""What is wrong, where, and what to do about it: one model for every complaint.

A mistake in content is a value, never an exception. Every step that can meet one yields `Diagnostic`s beside its
result; who called decides what to do with them. How they look is the business of `nutgraf.report`.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

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
class Related:
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
    related: tuple[Related, ...] = ()
    fix: tuple[Replacement, ...] = ()

    @property
    def is_error(self) -> bool:
        """Tell whether publication stops here."""
        return self.severity is Severity.ERROR


def near(word: str, known: Iterable[str]) -> str | None:
    """Return the word of `known` that is nearest to `word`, None when none is near."""
    known = list(known)
    same = next((one for one in known if one.casefold() == word.casefold()), None)
    return same or next(iter(difflib.get_close_matches(word, known, n=1, cutoff=0.6)), None)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a question that names the word of `known` nearest to `word`, or nothing when none is near."""
    meant = near(word, known)
    return f"Did you mean `{meant}`?" if meant else ""
