"""Short name that fits several entities.

## What it does
Reports a name in a text that several entities have as a short name or an alias, or one of them as its full name, and a
short name or alias that is the full name of another entity. Full names that only one entity has are fine, and so is a
name that the text links itself.

## Why
Nobody can tell which of them is meant, so the name is linked to none, and the statement is on the page of none.

## Wrong
    # entities/nora-tindall.yml
    name: Nora Tindall
    short: Tindall
    kind: person
    # entities/egon-tindall.yml
    name: Egon Tindall
    short: Tindall
    kind: person
    # stories/example.yml
    - id: boat
      text: Tindall sold a boat

## Right
    # entities/nora-tindall.yml
    name: Nora Tindall
    short: Tindall
    kind: person
    # entities/egon-tindall.yml
    name: Egon Tindall
    short: Tindall
    kind: person
    # stories/example.yml
    - id: boat
      text: Nora Tindall sold a boat

## When to allow it
When the name stands for neither of them.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from nutgraf.checks.rule import Finding, Rule
from nutgraf.checks.text.authored_prose import typed
from nutgraf.checks.text.tokens import clauses, plain
from nutgraf.diagnostics import Severity
from nutgraf.glossary import finder_of, is_generic
from nutgraf.glossary.markdown_text import read
from nutgraf.glossary.normalization import spell
from nutgraf.loading.content import record_path
from nutgraf.model import Match

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph
    from nutgraf.model import Entity
    from nutgraf.model.record import Loc


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    if not finder_of(graph).is_contested:
        return
    yield from _records(graph)
    in_clauses = ((*one.place, one.reading.text, one.resolved.story) for one in clauses(graph))
    in_typed = ((one.path, one.loc, one.text, one.story) for one in typed(graph))
    for path, loc, text, story in chain(in_clauses, in_typed):
        yield from _in_text(graph, path, loc, text, story)


def _records(graph: Graph) -> Iterator[Finding]:
    """Yield the short names and aliases that are the full name of another entity."""
    searched = {name: entity for name, entity in graph.entities.items() if entity.match is not Match.EXPLICIT}
    full = {spell(entity.name): name for name, entity in searched.items()}
    for name, entity in searched.items():
        for loc, text in _shorter(entity):
            other = full.get(spell(text), name)
            if other != name:
                headline = f"“{text}” is both a name of `{name}` and the full name of `{other}`"
                advice = "Remove it here, or the text must link each use: the name alone is linked to neither."
                note = record_path("entities", other), ("name",), f"the full name of `{other}`"
                yield Finding(record_path("entities", name), loc, headline, advice, related=(note,))


def _shorter(entity: Entity) -> Iterator[tuple[Loc, str]]:
    if entity.short and not is_generic(entity.short):
        yield ("short",), entity.short
    for index, alias in enumerate(entity.aliases):
        if alias.match is not Match.EXPLICIT:
            yield ("aliases", index), alias.text


def _in_text(graph: Graph, path: str, loc: Loc, markdown: str, story: str | None) -> Iterator[Finding]:
    seen = read(markdown)
    shown, places = plain(markdown)
    told: set[tuple[str, ...]] = set()
    for start, end, rivals in finder_of(graph).contested(seen.text, story, seen.barred):
        text = seen.text[start:end]
        if rivals in told or all(graph.entities[one].name == text for one in rivals):
            continue  # `duplicate-name` tells of those.
        told.add(rivals)
        span = (places[start], places[end - 1] + 1) if shown == seen.text else (0, 0)
        yield Finding(
            path,
            loc,
            f"“{text}” may be {_listed([f'`{one}`' for one in rivals])}",
            _advice(graph, text, rivals),
            start=span[0],
            end=span[1],
        )


def _advice(graph: Graph, text: str, rivals: Sequence[str]) -> str:
    link = f"link it: `[{text}](entity:...)`"
    names = [graph.entities[one].name for one in rivals]
    if text in names:
        return f"To say which is meant, {link}."
    return f"Write the full name, {_listed([f'“{one}”' for one in names])}, or {link}."


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


RULE = Rule("ambiguous-name", Severity.WARNING, _find)
