"""A role that nothing proves, or whose dates contradict each other.

## What it does
Reports a role of an entity that names neither a `statement` nor a `source`; one all of whose statements were
retracted, are refuted or speculate, if it names no source; one that ends before it begins; and in `text`, a role
beside a name ("Works director Ada Adams") that the entity did not have on the day in `when`.

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

from typing import TYPE_CHECKING, Final

from nutgraf.checks.rule import Finding, Rule
from nutgraf.checks.text.tokens import clauses
from nutgraf.diagnostics import Severity
from nutgraf.loading.content import record_path
from nutgraf.model import Certainty

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nutgraf.checks.policy import Policy
    from nutgraf.checks.text.tokens import Clause, Token
    from nutgraf.graph import Graph, Resolved
    from nutgraf.model import FuzzyDate, Role


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    for name, entity in graph.entities.items():
        path = record_path("entities", name)
        for index, role in enumerate(entity.roles):
            yield from _in(graph, path, index, role)
    for clause in clauses(graph):
        yield from _at_other_time(graph, clause)


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


def _at_other_time(graph: Graph, clause: Clause) -> Iterator[Finding]:
    """Yield a role beside a name that was not held on the day of the event."""
    when = clause.resolved.statement.when
    if when is None:
        return
    tokens = clause.reading.tokens
    for index, token in enumerate(tokens):
        entity = graph.entities.get(token.entity or "")
        roles = entity.roles if entity else ()
        for role in roles:
            place = _beside(tokens, index, role)
            same = (one for one in roles if one.role.casefold() == role.role.casefold())
            if place is None or any(_held(one, when) for one in same):
                continue
            path, loc = clause.place
            since = f" from {role.from_}" if role.from_ else ""
            until = f" until {role.to}" if role.to else ""
            yield Finding(
                path,
                loc,
                f"{token.text} was {role.role}{since}{until}, and `{clause.resolved.id}` is of {when}",
                "Take the role out, write “former” or “later” before it, or correct its dates.",
                start=tokens[place[0]].start,
                end=tokens[place[1]].end,
            )


def _held(role: Role, when: FuzzyDate) -> bool:
    begun = role.from_ is None or not when.surely_before(role.from_)
    return begun and (role.to is None or not role.to.surely_before(when))


def _beside(tokens: Sequence[Token], index: int, role: Role) -> tuple[int, int] | None:
    """Return where a role stands before or behind the name at `index`: "director Bell", "Bell, the director of"."""
    words = role.role.casefold().split()
    size = len(words)
    first = index - size
    if first >= 0 and [token.word for token in tokens[first:index]] == words:
        # "Former director Bell", "former Works director Bell".
        before = tokens[max(0, first - 2) : first]
        return None if any(token.word in _OTHER_TIMES for token in before) else (first, index - 1)
    behind = index + 1
    if behind < len(tokens) and tokens[behind].text == ",":
        behind += 1
        if behind < len(tokens) and tokens[behind].word in {"the", "a", "an", "then"}:
            behind += 1
        further = tokens[behind + size : behind + size + _REACH]
        if any(
            token.word in {"until", "from", "since", "till", "between"} or token.text.isdigit() for token in further
        ):
            return None  # "Bell, director until 2018," says when.
        if behind > index + 1 and [token.word for token in tokens[behind : behind + size]] == words:
            return behind, behind + size - 1
    return None


_REACH: Final = 5
_OTHER_TIMES: Final = frozenset({"former", "ex", "later", "future", "then", "late", "one-time", "previous", "retired"})


def _stands(one: Resolved) -> bool:
    return not one.is_retracted and not one.is_refuted and one.certainty is not Certainty.SPECULATED


def _fault(one: Resolved) -> str:
    if one.is_retracted:
        return f"`{one.id}` was retracted."
    if one.is_refuted:
        return f"`{one.id}` is refuted."
    return f"`{one.id}` is speculation."


RULE = Rule("unfounded-role", Severity.ERROR, _find)
