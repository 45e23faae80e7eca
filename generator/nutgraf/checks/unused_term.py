"""A term that nothing uses.

## What it does
Reports an entry of the glossary whose words are found in no statement, in no other text that is shown, and in no
other entry, and to which no link and no `see` points. Units of figures count ("{gpus}" reads "10,000 GPUs"), and so
does how a thing was said ("in a tweet").

## Why
No reader gets there from a story. Often the stories use another word for it, and an alias or a form is missing; or a
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
When a page written by hand, which is not looked at here, links to it; or for a while, when the story is still to
come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.checks.definitions import definitions, home, terms_in
from nutgraf.checks.rule import Finding, Rule
from nutgraf.checks.typed import typed
from nutgraf.diagnostics import Severity
from nutgraf.glossary import MentionKind, mentions_in, mentions_of
from nutgraf.loading.content import record_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    if graph.damaged:
        return  # What could not be read may use it.
    used = {*mentions_of(graph).by_term, *_elsewhere(graph), *_in_entries(graph), *_in_drafts(graph)}
    for name in graph.terms:
        if name not in used:
            yield Finding(
                record_path("glossary", name),
                ("label",),
                f"Nothing uses the term `{name}`",
                f"Remove it, add what texts call it to its `aliases`, or link it: `[…](term:{name})`.",
            )


def _elsewhere(graph: Graph) -> Iterator[str]:
    """Yield the terms in what is typed: titles, questions, unknowns, lines about entities."""
    texts = [(one.text, one.story) for one in typed(graph)]
    texts += [
        (unknown.would_settle, name)
        for name, story in graph.stories.items()
        for unknown in story.unknowns
        if unknown.would_settle
    ]
    for text, story in texts:
        yield from (one.id for one in mentions_in(graph, text, story) if one.kind is MentionKind.TERM)


def _in_drafts(graph: Graph) -> Iterator[str]:
    """Yield the terms in stories that are not published yet: an entry may be ready before its story is."""
    published = {record_path("stories", name) for name in graph.stories}
    for path in graph.positions.roots:
        if path.startswith("stories/") and path not in published:
            for _, text in graph.positions.texts(path):
                yield from (one.id for one in mentions_in(graph, text, None) if one.kind is MentionKind.TERM)


def _in_entries(graph: Graph) -> Iterator[str]:
    for name, term in graph.terms.items():
        story = home(graph, term)
        found = {one.id for _, text in definitions(term) for one in terms_in(graph, text, story)}
        yield from ({*found, *map(str, term.see)} - {name})


RULE = Rule("unused-term", Severity.WARNING, _find, of_site=True)
