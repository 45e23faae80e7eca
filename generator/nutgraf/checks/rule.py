"""What a rule is: a name, what it asks for and why, and a check that yields findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nutgraf.checks.policy import Policy
    from nutgraf.diagnostics import Severity
    from nutgraf.graph import Graph, Resolved
    from nutgraf.model.record import Loc


@dataclass(frozen=True, slots=True)
class Finding:
    """One place that breaks a rule.

    Attributes:
        path: the file.
        loc: the narrowest place in it.
        headline: what is wrong, without a final full stop.
        help: what to do.
        key: whether the name of the field is meant rather than its value.
        start, end: the stretch of the value that is meant, in characters of the loaded text; all of it when `end` is 0.
        related: further places that help to understand it, each with what it shows.
        fix: start and end of a stretch of the value, and the text that takes its place without any change of meaning.
    """

    path: str
    loc: Loc
    headline: str
    help: str = ""
    key: bool = False
    start: int = 0
    end: int = 0
    related: tuple[tuple[str, Loc, str], ...] = ()
    fix: tuple[int, int, str] | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """An editorial rule. Its module's docstring is its documentation.

    Attributes:
        name: the fault's name.
        severity: whether it stops publication.
        find: yields the places that break it.
    """

    name: str
    severity: Severity
    find: Callable[[Graph, Policy], Iterable[Finding]]


def at(resolved: Resolved, *loc: str | int) -> tuple[str, Loc]:
    """Return file and place of a part of a statement."""
    return resolved.place.path, (*resolved.place.loc, *loc)


def given(resolved: Resolved, field: str) -> tuple[str, Loc]:
    """Return file and place of a statement's field, or of its id where the field comes from section or story."""
    return at(resolved, field if getattr(resolved.statement, field) else "id")
