"""Unused entity.

## What it does
Reports an entity that no story uses: no text names or links it, it asserts, publishes, pays, is paid or is accused of
nothing, and no relation and no role links it. Drafts and stories under embargo count, and so do pages written by hand
that link to it.

An unused entity is not published. So you can add it before the statement that names it.

## Why
No reader would find its page, and no editor looks after it. Often the stories spell its name differently, and an alias
is missing.

## Wrong
    # entities/tesla.yml, and no other file says "Tesla"
    name: Tesla

## Right
    # entities/tesla.yml
    name: Tesla
    # stories/twitter-ai-openai.yml
    title: Musk and Tesla

## When to allow it
For an entity whose story is still to come.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nutgraf.checks.rule import Finding, Rule
from nutgraf.checks.unused import unused
from nutgraf.diagnostics import Severity
from nutgraf.loading.content import record_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    names = Counter(entity.name for entity in graph.entities.values())
    doubles = {name for name, count in names.items() if count > 1}
    for name in unused(graph, "entities", graph.entities):
        if graph.entities[name].name in doubles:
            continue  # Texts may name it, but nobody can tell: that is reported, too.
        yield Finding(
            record_path("entities", name),
            ("name",),
            f"Nothing refers to the entity `{name}`",
            f"Remove it, or add the name that texts use for {graph.entities[name].name} to `aliases`.",
        )


RULE = Rule("unreachable-entity", Severity.WARNING, _find)
