"""The editorial rules: what an editor knows and a schema cannot say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutgraf.checks import (
    refuted_without_refuter,
    unsourced_statement,
    unsupported_certainty,
    verb_too_strong,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.rule import Rule
    from nutgraf.diagnostics import Diagnostic
    from nutgraf.graph import Graph

RULES: Final[tuple[Rule, ...]] = (
    unsourced_statement.RULE,
    unsupported_certainty.RULE,
    verb_too_strong.RULE,
    refuted_without_refuter.RULE,
)
"""All rules, in the order in which they are checked."""


def check(graph: Graph) -> Iterator[Diagnostic]:
    """Yield everything in a graph that breaks a rule."""
    for rule in RULES:
        yield from rule.check(graph)
