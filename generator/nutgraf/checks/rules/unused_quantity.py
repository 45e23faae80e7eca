"""A figure that no sentence uses.

## What it does
Reports a quantity of a story that none of its texts uses as `{name}`, and that no other one names in `part_of`; and a
quantity of a statement that its own texts do not use.

## Why
A figure counts only where somebody vouches for it. One that stands in the file and in no statement was forgotten, or
its statement was deleted; the next editor may take it for checked.

## Wrong
    - id: purchase
      text: Elon Musk bought many GPUs
      source: business-insider-2023
      quantities:
        gpus: {amount: 10000, unit: GPU}

## Right
    - id: purchase
      text: Elon Musk bought {gpus}
      source: business-insider-2023
      quantities:
        gpus: {amount: 10000, unit: GPU}

## When to allow it
For a while, when a figure is entered before its statement. Better: enter both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.checks.rule import Finding, Rule, at
from nutgraf.diagnostics import Severity
from nutgraf.loading.content import record_path
from nutgraf.model.statement import slots

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph
    from nutgraf.model import Quantity, Statement

_ADVICE = "Use it in a text as `{{{name}}}`, or remove it."


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    for name, story in graph.stories.items():
        path = record_path("stories", name)
        if graph.is_damaged(path):
            continue  # A text that could not be read may use it.
        statements = [*graph.in_story(name), *graph.key_points(name)]
        used = {slot for one in statements for slot in _slots(one.statement)}
        parts = {str(one.part_of) for each in statements for one in each.statement.quantities.values() if one.part_of}
        for unused in _unused(story.quantities, used | parts):
            yield Finding(
                path,
                ("quantities", unused),
                f"No text uses the quantity `{unused}`",
                _ADVICE.format(name=unused),
                key=True,
            )
        for one in statements:
            for unused in _unused(one.statement.quantities, set(_slots(one.statement))):
                headline = f"`{one.id}` does not use its quantity `{unused}`"
                yield Finding(*at(one, "quantities", unused), headline, _ADVICE.format(name=unused), key=True)


def _slots(statement: Statement) -> tuple[str, ...]:
    return (*slots(statement.text), *slots(statement.after_previous or ""))


def _unused(quantities: Mapping[str, Quantity], used: set[str]) -> Iterator[str]:
    """Yield the names that are neither used nor the whole of one that is."""
    wholes = {str(one.part_of) for one in quantities.values() if one.part_of}
    yield from (name for name in quantities if name not in used and name not in wholes)


RULE = Rule("unused-quantity", Severity.ERROR, _find)
