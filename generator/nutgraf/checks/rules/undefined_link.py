"""A link to a record that does not exist.

## What it does
Reports a link in a text to an entity, a term, a source or a statement that is not there, as in
`[the stream](term:firehoze)`; one that does not say of which story a statement is, where no story is around it; and one
to the id of a record that does not say what it is, as in `[the stream](firehose)`. `[firehose](term:none)` says that a
word is to be no link, and is fine.

## Why
The site shows the words without the link, and nobody notices that the explanation or the evidence is gone.

## Wrong
    - id: access
      text: Twitter closed [the stream](term:firehoze)
      source: business-insider-2023

## Right
    - id: access
      text: Twitter closed [the stream](term:gpu)
      source: business-insider-2023

## When to allow it
Never: enter the record, or take the link away.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutgraf.checks.rule import Finding, Rule
from nutgraf.diagnostics import Severity, near
from nutgraf.glossary.markdown_text import NOTHING, can_lead_to, reference
from nutgraf.graph import key_of
from nutgraf.loading.content import record_path
from nutgraf.loading.nodes import texts_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.glossary.markdown_text import RecordLink
    from nutgraf.graph import Graph
    from nutgraf.model.record import Loc

_CODE: Final = re.compile(r"(`+).+?\1", re.DOTALL)
_LINK: Final = re.compile(r"(?<!\\)\]\(\s*<?(?P<target>[^()<>\s]+(?:\([^()\s]*\))?[^()<>\s]*)>?(?:\s[^()]*)?\)")
_STORY_FILE: Final = re.compile(r"stories/(?P<name>[a-z0-9-]+)\.ya?ml")
_FOLDERS: Final = {"entity": "entities", "term": "glossary", "source": "sources"}


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    for path in graph.positions.roots:
        file = _STORY_FILE.fullmatch(path)
        if file and file["name"] not in graph.stories:
            continue  # A draft: what it links to may be a draft, too.
        if not any("](" in text for _, text in graph.positions.texts(path)):
            continue  # Where its texts stand is not known before it is read.
        for loc, text in texts_at(graph.positions.roots[path]):
            if "](" in text:
                yield from _in_text(graph, path, loc, text, file["name"] if file else None)


def _in_text(graph: Graph, path: str, loc: Loc, text: str, story: str | None) -> Iterator[Finding]:
    shown = _CODE.sub(lambda found: " " * len(found[0]), text)
    for found in _LINK.finditer(shown):
        wrong = _fault(graph, found["target"], story)
        if wrong is not None:
            headline, advice = wrong
            yield Finding(path, loc, headline, advice, start=found.start("target"), end=found.end("target"))


def _fault(graph: Graph, href: str, story: str | None) -> tuple[str, str] | None:
    """Return what is wrong with the target of a link, and what to do."""
    target = reference(href)
    if target is None:
        meant = "" if can_lead_to(href) else _meant(graph, href)
        return (f"A link cannot lead to `{href}`", meant) if meant else None
    if target.kind == "statement":
        return _fault_of_statement(graph, target, story)
    folder = _FOLDERS[target.kind]
    known = graph.records(folder)
    if target.name in known or (target.name == NOTHING and target.kind in {"entity", "term"}):
        return None
    file = record_path(folder, target.name)
    if graph.is_damaged(file):
        return None
    return f"There is no {target.kind} `{target.name}`", _near(target, known) or f"Create `{file}`."


def _fault_of_statement(graph: Graph, target: RecordLink, story: str | None) -> tuple[str, str] | None:
    if "/" not in target.name and story is None:
        return (
            f"`{target.name}` does not say in which story",
            "Outside a story, write `statement:story-id/statement-id`.",
        )
    key = key_of(story or "", target.name)
    if key in graph.statements or graph.is_damaged(record_path("stories", key.partition("/")[0])):
        return None
    mine = [one.partition("/")[2] for one in graph.statements if one.startswith(f"{story}/")]
    known = [*graph.statements] if "/" in target.name else mine
    return f"There is no statement `{target.name}`", _near(target, known)


def _near(target: RecordLink, known: Iterable[str]) -> str:
    meant = near(target.name, known)
    return f"Did you mean `{target.kind}:{meant}`?" if meant else ""


def _meant(graph: Graph, href: str) -> str:
    """Return a question that names the record that a link without a known scheme may be for."""
    name = href.rpartition(":")[2]
    for kind, known in (("term", graph.terms), ("entity", graph.entities), ("source", graph.sources)):
        if name in known:
            return f"Did you mean `{kind}:{name}`?"
    return ""


RULE = Rule("undefined-link", Severity.ERROR, _find)
