"""Full name that two entities share.

## What it does
Reports an entity whose `name` is also the full name of another one, whatever the case of its letters.

## Why
Nobody can tell which of the two a text means, so the name is linked to neither, and no statement that gives it is on
the page of either. Readers of one page would take it for the other.

## Wrong
    # entities/jon-vane.yml
    name: Jon Vane
    kind: person
    # entities/jon-vane-2.yml
    name: Jon Vane
    kind: person

## Right
    # entities/jon-vane.yml
    name: Jon Vane
    kind: person
    # entities/jon-vane-2.yml
    name: Jon F. Vane
    kind: person

## When to allow it
When two really have one name and nothing tells them apart: then each use must be a link,
`[Jon Vane](entity:jon-vane-2)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.checks.rule import Finding, Rule
from nutgraf.diagnostics import Severity
from nutgraf.glossary.normalization import spell
from nutgraf.loading.content import record_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for name, entity in graph.entities.items():
        other = first.setdefault(spell(entity.name).casefold(), name)
        if other != name:
            yield Finding(
                record_path("entities", name),
                ("name",),
                f"`{name}` and `{other}` have the same full name, “{entity.name}”",
                "Add what tells them apart to one of the names, or merge the two files if they are one and the same.",
                related=((record_path("entities", other), ("name",), f"the name of `{other}`"),),
            )


RULE = Rule("duplicate-name", Severity.ERROR, _find)
