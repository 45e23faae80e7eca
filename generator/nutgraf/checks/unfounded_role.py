"""A role that nothing proves, or whose dates contradict each other.

## What it does
Reports a role of an entity that names neither a `statement` nor a `source`; one all of whose statements were retracted,
are refuted or speculate, if it names no source; and one that ends before it begins.

## Why
Roles introduce people ("OpenAI co-founder Sam Altman") on every page that names them, without attribution. A role is a
fact like any other, and holds from a day to a day.
(The Associated Press Stylebook, entry on titles; Reuters Handbook of Journalism, on descriptions of people.)

## Wrong
    # entities/sam-altman.yml
    name: Sam Altman
    kind: person
    roles:
      - {role: co-founder, of: openai}

## Right
    # entities/sam-altman.yml
    name: Sam Altman
    kind: person
    roles:
      - {role: co-founder, of: openai, source: openai-announcement-2015}

## When to allow it
Never without proof. Where no source can be cited, leave the role out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.checks.rule import Finding, Rule
from nutgraf.diagnostics import Severity
from nutgraf.loading.content import record_path
from nutgraf.model import Certainty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph, Resolved
    from nutgraf.model import Role


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    for name, entity in graph.entities.items():
        path = record_path("entities", name)
        for index, role in enumerate(entity.roles):
            yield from _in(graph, path, index, role)


def _in(graph: Graph, path: str, index: int, role: Role) -> Iterator[Finding]:
    if not role.statement and not role.source:
        yield Finding(
            path,
            ("roles", index, "role"),
            f"The role `{role.role}` rests on nothing",
            "Add `statement` with the statement that proves it, as `story/statement`, or `source`.",
        )
    proofs = [graph.statements[ref] for ref in role.statement if ref in graph.statements]
    if proofs and not role.source and not any(_stands(one) for one in proofs):
        yield Finding(
            path,
            ("roles", index, "statement"),
            f"The role `{role.role}` rests on nothing that stands",
            f"{_fault(proofs[0])} Name another statement or a `source`, or remove the role.",
        )
    if role.from_ is not None and role.to is not None and role.to.surely_before(role.from_):
        yield Finding(
            path,
            ("roles", index, "to"),
            f"The role `{role.role}` ends before it begins: `{role.to}` is before `{role.from_}`",
            "Correct `from` or `to`.",
            related=((path, ("roles", index, "from"), "it begins here"),),
        )


def _stands(one: Resolved) -> bool:
    return not one.is_retracted and not one.is_refuted and one.certainty is not Certainty.SPECULATED


def _fault(one: Resolved) -> str:
    if one.is_retracted:
        return f"`{one.id}` was retracted."
    if one.is_refuted:
        return f"`{one.id}` is refuted."
    return f"`{one.id}` is speculation."


RULE = Rule("unfounded-role", Severity.ERROR, _find)
