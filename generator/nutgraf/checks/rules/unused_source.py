"""Unused source.

## What it does
Reports a source that no story cites and that nothing else refers to: no other source derives from it, and no term,
role or description of an entity is taken from it. Drafts and stories under embargo count, and so do pages written by
hand that link to it.

An unused source is not published. So you can add it before the statement that cites it.

## Why
No reader would find its page. Often a statement cites another source by mistake, or relies on the default of its
section or story.

## Wrong
    # sources/semafor-2023.yml, and no other file says "semafor-2023"
    publisher: semafor
    published: 2023-03-24

## Right
    - id: bid
      text: Elon Musk proposed to take over OpenAI
      source: semafor-2023

## When to allow it
For a source whose story is still to come.
"""

from __future__ import annotations

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
    for name in unused(graph, "sources", graph.sources):
        yield Finding(
            record_path("sources", name), (), f"Nothing refers to the source `{name}`", "Cite it, or remove it."
        )


RULE = Rule("unused-source", Severity.WARNING, _find)
