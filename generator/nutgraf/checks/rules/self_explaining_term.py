"""A definition that uses the word it explains.

## What it does
Reports a `short` in which the label of its own term stands, or an alias, the expansion, or an inflection of one of
them. What stands in `unless` does not count.

## Why
Who does not know the word learns nothing. (ISO 704, Terminology work, on circular definitions: a term does not stand
in its own definition.)

## Wrong
    # glossary/subsidiary.yml
    label: subsidiary
    short: A company that is a subsidiary of another one.

## Right
    # glossary/subsidiary.yml
    label: subsidiary
    short: A company that another company owns or controls.

## When to allow it
When the word is taken apart on purpose, and each part is explained.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.checks.rule import Finding, Rule
from nutgraf.checks.text.tokens import plain
from nutgraf.diagnostics import Severity
from nutgraf.glossary import Matcher
from nutgraf.graph import Graph
from nutgraf.loading.content import Content, record_path
from nutgraf.model import Match

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.model import Term


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    for name, term in graph.terms.items():
        shown, places = plain(term.short)
        for one in _alone(name, term).find(shown):
            start, end = places[one.start], places[one.end - 1] + 1
            yield Finding(
                record_path("glossary", name),
                ("short",),
                f"The definition of `{name}` uses “{term.short[start:end]}”",
                "Explain it in other words.",
                start=start,
                end=end,
            )
            break


def _alone(name: str, term: Term) -> Matcher:
    """Return what finds one term and nothing else, wherever its sense may hold."""
    aliases = tuple(alias.model_copy(update={"match": Match.AUTO}) for alias in term.aliases)
    anywhere = term.model_copy(update={"match": Match.AUTO, "scope": (), "aliases": aliases})
    return Matcher(Graph(Content(terms={name: anywhere}), {}))


RULE = Rule("self-explaining-term", Severity.ERROR, _find)
