"""What a rule is: a name, what it asks for and why, and a check that yields diagnostics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutgraf.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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
    """

    path: str
    loc: Loc
    headline: str
    help: str = ""
    key: bool = False


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
    find: Callable[[Graph], Iterable[Finding]]

    def check(self, graph: Graph) -> Iterable[Diagnostic]:
        """Yield a diagnostic for each place that breaks the rule."""
        for one in self.find(graph):
            span = graph.positions.span(one.path, one.loc, key=one.key)
            yield Diagnostic(self.name, one.headline, span, self.severity, one.help)


def at(resolved: Resolved, *loc: str | int) -> tuple[str, Loc]:
    """Return file and place of a part of a statement."""
    return resolved.place.path, (*resolved.place.loc, *loc)
