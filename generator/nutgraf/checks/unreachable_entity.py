"""An entity that nothing leads to.

## What it does
Reports an entity that no text names, that asserts, published, pays, is paid or is accused of nothing, that no relation
and no role links, and that no typed link points to. Stories that are drafts count.

## Why
Its page would stand alone: no reader gets there, and no editor looks after it. Often its name in the stories is spelled
otherwise, and an alias is missing.

## Wrong
    # entities/tesla.yml, and no other file says "Tesla"
    name: Tesla

## Right
    # entities/tesla.yml
    name: Tesla
    # stories/twitter-ai-openai.yml
    title: Musk and Tesla

## When to allow it
When a page written by hand, which is not looked at here, links to it.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

import ahocorasick_rs

from nutgraf.checks.rule import Finding, Rule
from nutgraf.diagnostics import Severity
from nutgraf.loading.content import record_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph

_LINKING: Final = frozenset({"by", "who", "via", "for", "at", "publisher", "payer", "payee", "of", "relation", "intro"})
"""Fields that may hold the id of an entity."""
_SIMILAR: Final = 0.8
"""How similar two ids must be, from 0 to 1, to take one for the other misspelled."""


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    if graph.damaged:
        return  # What could not be read may name it.
    # Not from the graph, which leaves out drafts and words that two entities claim.
    linked, texts = _written(graph)
    named = _named(graph, texts)
    strangers = [name for name in linked if name not in graph.entities]
    for name, entity in graph.entities.items():
        path = record_path("entities", name)
        if get_close_matches(name, strangers, n=1, cutoff=_SIMILAR):
            continue  # An id that there is not, of which somebody was told already, may be meant to be this one.
        if not (linked.get(name, frozenset()) | named.get(name, frozenset())) - {path}:
            yield Finding(
                path,
                ("name",),
                f"Nothing on the site leads to `{name}`",
                f"Remove it, or add the name by which texts call {entity.name} to its `aliases`.",
            )


def _written(graph: Graph) -> tuple[dict[str, frozenset[str]], dict[str, str]]:
    """Return the files in which each id stands where an entity's may, and the text of every file."""
    linked: dict[str, frozenset[str]] = {}
    texts: dict[str, str] = {}
    for path in graph.positions.roots:
        found = graph.positions.texts(path)
        for field, text in found:
            if field in _LINKING:
                linked[text] = linked.get(text, frozenset()) | {path}
        texts[path] = "\n".join(text for _, text in found)
    return linked, texts


def _named(graph: Graph, texts: dict[str, str]) -> dict[str, frozenset[str]]:
    """Return the files whose text has a name of an entity, or a link to it."""
    forms = [
        (form, name)
        for name, entity in graph.entities.items()
        for form in (entity.name, entity.short, f"entity:{name}", *(alias.text for alias in entity.aliases))
        if form
    ]
    if not forms:
        return {}
    automaton = ahocorasick_rs.AhoCorasick([form for form, _ in forms])
    named: dict[str, frozenset[str]] = {}
    for path, text in texts.items():
        for index, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
            name = forms[index][1]
            if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
                named[name] = named.get(name, frozenset()) | {path}
    return named


RULE = Rule("unreachable-entity", Severity.ERROR, _find, of_site=True)
