"""A source whose file leaves out who published it, or when, and does not even say `unknown`.

## What it does
Reports a source without `publisher` or without `published`. What stands on a `platform` needs no publisher if it has
an `author`. The explicit word `unknown` is fine: the site shows it.

## Why
Readers weigh a fact by who published it and when. A field that is left out may have been forgotten; the word `unknown`
says that somebody looked.
(Reuters Handbook of Journalism, on attribution: say where the information is from, and of when it is.)

## Wrong
    # sources/semafor-2023.yml
    publisher: semafor
    url: https://www.semafor.com/article/03/24/2023/the-secret-history

## Right
    # sources/semafor-2023.yml
    publisher: semafor
    published: unknown
    url: https://www.semafor.com/article/03/24/2023/the-secret-history

## When to allow it
Never: write `unknown`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutgraf.checks.rule import Finding, Rule
from nutgraf.diagnostics import Severity
from nutgraf.loading.content import record_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph

_FIELDS: Final = (
    (
        "publisher",
        "who published it",
        "Add `publisher` with an entity's id, or `publisher: unknown` if it does not say.",
    ),
    (
        "published",
        "when it was published",
        "Add `published` with its date, or `published: unknown` if it does not say.",
    ),
)


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    for name, source in graph.sources.items():
        path = record_path("sources", name)
        for field, what, advice in _FIELDS:
            if field == "publisher" and source.platform is not None and source.author:
                continue  # Whoever has an account on a platform has no publisher.
            # What was written and could not be read has been reported.
            if getattr(source, field) is None and graph.positions.text(path, (field,)) is None:
                yield Finding(path, (), f"The source `{name}` does not say {what}", advice)


RULE = Rule("incomplete-source", Severity.ERROR, _find)
