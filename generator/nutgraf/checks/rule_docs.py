"""What a rule is about, for people: the docstring of its module."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

from nutgraf.checks.runner import RULES

if TYPE_CHECKING:
    from nutgraf.checks.rule import Rule
    from nutgraf.diagnostics import Severity


def names() -> tuple[str, ...]:
    """Return the names of all rules, in the order in which they are checked."""
    return tuple(rule.name for rule in RULES)


def headlines() -> dict[str, tuple[Severity, str]]:
    """Return the severity and the headline of each rule, by its name, in the order in which they are checked."""
    return {rule.name: (rule.severity, documentation(rule).partition("\n")[0]) for rule in RULES}


def explain(name: str) -> str:
    """Return the documentation of a rule as Markdown: what it does, why, wrong, right, when to allow it.

    Raises:
        KeyError: there is no such rule.
    """
    rule = {one.name: one for one in RULES}[name]
    return f"# {rule.name} ({rule.severity})\n\n{documentation(rule)}\n"


def documentation(rule: Rule) -> str:
    """Return the docstring of the module of a rule: a headline, then parts with headings of the second level."""
    return (inspect.getdoc(inspect.getmodule(rule.find)) or "").strip()
