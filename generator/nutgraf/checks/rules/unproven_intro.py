"""An introduction that was typed and is never printed, because nothing on record establishes it.

## What it does
Reports an entity's `intro` that no established statement in `rests_on`, no public record or primary document in
`source`, and no proven role with a word of it backs. A role is proven by an established statement, or by a source that
is a public record or a primary document and was read. `intro: none` needs nothing.

## Why
What stands before a name ("OpenAI co-founder Sam Altman") is said in the site's own voice, without attribution. It
must not say more than is established, so the compiler leaves it out.
(Reuters Handbook of Journalism, on descriptions of people; The Associated Press Stylebook, entry on titles.)

## Wrong
    # entities/sam-altman.yml
    name: Sam Altman
    kind: person
    intro: technology investor

## Right
    # entities/sam-altman.yml
    name: Sam Altman
    kind: person
    intro: OpenAI co-founder
    roles:
      - {role: co-founder, of: openai, source: openai-announcement-2015}

## When to allow it
Never: what only a report says belongs in a statement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.checks.rule import Finding, Rule
from nutgraf.diagnostics import Severity
from nutgraf.loading.content import record_path
from nutgraf.wording.names import is_introduction_proven

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph
    from nutgraf.model import Entity


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    for name, entity in graph.entities.items():
        if entity.intro in {None, "none"} or is_introduction_proven(graph, entity):
            continue
        yield Finding(
            record_path("entities", name),
            ("intro",),
            f"The introduction `{entity.intro}` is never printed: nothing on record establishes it",
            _advice(entity),
        )


def _advice(entity: Entity) -> str:
    words = str(entity.intro).casefold()
    told = next((role.role for role in entity.roles if role.role.casefold() in words), "")
    if told:
        record = "a `source` that is a public record or a primary document"
        proof = f"Prove the role `{told}` with an established `statement`, or {record}"
    else:
        proof = "Name an established statement in `rests_on`, or add a role with a word of it that one proves"
    return f"{proof}; or remove `intro`."


RULE = Rule("unproven-intro", Severity.ERROR, _find)
