"""The shorter clause of a statement says something else than its full one.

## What it does
Reports `after_previous` where it does not speak of the same people and things as `text`, or does not use the same
figures.

## Why
Running text may take the shorter clause, while cards, feeds and permalinks take the full one. Both have to say the
same.

## Wrong
    - id: rescue
      text: Sam Altman refused to let Elon Musk take over OpenAI
      after_previous: the founders refused
      source: semafor-2023

## Right
    - id: rescue
      text: Sam Altman refused to let Elon Musk take over OpenAI
      after_previous: Sam Altman did not let Elon Musk have OpenAI
      source: semafor-2023

## When to allow it
When the shorter clause names somebody in other words that the generator does not know: better add these as an alias.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.checks.rule import Finding, Rule, at
from nutgraf.diagnostics import Severity
from nutgraf.glossary import MentionKind, finder_of
from nutgraf.model.statement import slots

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    for one in graph.statements.values():
        shorter = one.statement.after_previous
        if shorter is None:
            continue
        full = one.statement.text
        missing = _named(graph, full, one.story) ^ _named(graph, shorter, one.story)
        figures = set(slots(full)) ^ set(slots(shorter))
        if missing or figures:
            names = [f"`{graph.entities[name].name}`" for name in sorted(missing)]
            only = ", ".join([*names, *(f"`{{{name}}}`" for name in sorted(figures))])
            yield Finding(
                *at(one, "after_previous"),
                f"Only one of `text` and `after_previous` has {only}",
                "Name the same people and things in both, and use the same figures.",
            )


def _named(graph: Graph, text: str, story: str) -> set[str]:
    found = finder_of(graph).find(text, story)
    return {one.id for one in found if one.kind is MentionKind.ENTITY}


RULE = Rule("unfaithful-shortening", Severity.ERROR, _find)
