"""Unused term.

## What it does
Reports a glossary term that no story uses: no text of a story and no definition of a used term has its words, and no
link or `see` refers to it. Units of figures count ("{gpus}" reads "10,000 GPUs"), and so does how a thing was said
("in a tweet"). Drafts and stories under embargo count, and so do pages written by hand that link to it.

An unused term is not published. So you can add it before the story that needs it.

## Why
No reader would find its page. Often the stories use another word for it, and an alias or a form is missing; or a
rule of the entry (`exact`, `scope`, `unless`) is stricter than was meant.

## Wrong
    - id: cut
      text: Twitter cut off the live stream of its posts
      source: business-insider-2023
    # glossary/firehose.yml
    label: firehose
    short: Everything that is posted in public, passed on as data.

## Right
    - id: cut
      text: Twitter cut off the [live stream](term:firehose) of its posts
      source: business-insider-2023
    # glossary/firehose.yml
    label: firehose
    short: Everything that is posted in public, passed on as data.

## When to allow it
For a term whose story is still to come.
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
    for name in unused(graph, "glossary", graph.terms):
        yield Finding(
            record_path("glossary", name),
            ("label",),
            f"Unused term `{name}`",
            f"Remove it, add the words that texts use to `aliases`, or link it: `[…](term:{name})`.",
        )


RULE = Rule("unused-term", Severity.WARNING, _find)
