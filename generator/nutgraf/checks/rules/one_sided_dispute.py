"""A dispute in which nobody disputes.

## What it does
Reports a dispute with fewer than two positions that are held, and one whose positions all come from the same side: the
same asserters, or a company and whoever speaks for it (`for`, or a role such as spokesman, lawyer or chief executive).
A position that was retracted, or withdrawn by who held it, is not held any more; in a settled dispute it still counts.

## Why
A dispute is shown as accounts side by side with equal weight. With one side alone, that is a stage for it.
(BBC Editorial Guidelines, section 4, on due impartiality; Reuters Handbook of Journalism, on all sides of a dispute.)

## Wrong
    - id: conflict
      text: Elon Musk left OpenAI because of Tesla
      source: semafor-2023
      by: openai
    - id: no-quarrel
      text: Elon Musk left OpenAI without a quarrel
      source: semafor-2023
      by: {who: a spokeswoman, for: openai}
    disputes:
      - {id: why, question: Why did Elon Musk leave OpenAI?, positions: [conflict, no-quarrel]}

## Right
    - id: conflict
      text: Elon Musk left OpenAI because of Tesla
      source: semafor-2023
      by: openai
    - id: struggle
      text: Elon Musk left OpenAI because of a struggle for power
      source: semafor-2023
      by: {anonymous: people familiar with the matter}
    disputes:
      - {id: why, question: Why did Elon Musk leave OpenAI?, positions: [conflict, struggle]}

## When to allow it
When an organisation contradicts itself and that is the news: a company whose own lawyer says otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.checks.rule import Finding, Rule
from nutgraf.diagnostics import Severity
from nutgraf.graph import key_of
from nutgraf.loading.content import record_path
from nutgraf.model import Anonymous, Because, DisputeStatus, EntityId, Speaker, Unnamed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph, Resolved
    from nutgraf.model import Asserter, Dispute, Story
    from nutgraf.model.record import Loc

_TWO = 2


def _find(graph: Graph, policy: Policy) -> Iterator[Finding]:
    speaking = frozenset(policy.words("speaking-for").words)
    for name, story in graph.stories.items():
        for index in range(len(story.disputes)):
            yield from _in(graph, name, story, index, speaking)


def _in(graph: Graph, name: str, story: Story, index: int, speaking: frozenset[str]) -> Iterator[Finding]:
    dispute = story.disputes[index]
    keys = tuple(dict.fromkeys(key_of(name, ref) for ref in dispute.positions))
    if any(key not in graph.statements for key in keys):
        return  # A position that is not there has been reported.
    path, loc = record_path("stories", name), ("disputes", index, "positions")
    held = [one for key in keys if _is_held(one := graph.statements[key], dispute)]
    if len(held) < _TWO:
        yield _too_few(path, loc, dispute, len(held), dropped=len(keys) - len(held))
        return
    sides = {_sides(graph, one, speaking) for one in held}
    if len(sides) == 1:
        yield Finding(
            path,
            loc,
            f"All positions of the dispute `{dispute.id}` come from {_told(graph, next(iter(sides)))}",
            "Add the account of another side; if nobody contradicts it, this is no dispute.",
        )


def _is_held(one: Resolved, dispute: Dispute) -> bool:
    if dispute.status is DisputeStatus.SETTLED:
        return True
    superseded = one.statement.superseded
    return not one.is_retracted and (superseded is None or superseded.because is Because.CHANGED)


def _too_few(path: str, loc: Loc, dispute: Dispute, held: int, *, dropped: int) -> Finding:
    count = "one position" if held == 1 else "no position"
    if dropped:
        headline = f"The dispute `{dispute.id}` has {count} that is still held"
        return Finding(path, loc, headline, "Write `status: settled`, or add a position that somebody holds.")
    headline = f"The dispute `{dispute.id}` has {count} alone"
    return Finding(path, loc, headline, "Add the statement that answers the question differently.")


def _sides(graph: Graph, one: Resolved, speaking: frozenset[str]) -> frozenset[str]:
    """Return who holds a position, each as the side that they speak for."""
    if not one.by:
        return frozenset({one.key})
    return frozenset(_side(graph, one, by, speaking) for by in one.by)


def _side(graph: Graph, one: Resolved, by: Asserter, speaking: frozenset[str]) -> str:
    if isinstance(by, Anonymous):
        # The same words through the same source: readers could not tell the two sides apart.
        return f"{by.anonymous} ({', '.join(one.source_ids)})"
    if by is Unnamed.UNNAMED or not isinstance(by, EntityId | Speaker):
        return one.key
    if isinstance(by, EntityId):
        return _principal(graph, str(by), speaking)
    if by.for_ is not None:
        return _principal(graph, str(by.for_), speaking)
    if isinstance(by.who, EntityId):
        return _principal(graph, str(by.who), speaking)
    return f"{by.who} ({by.at or ', '.join(one.source_ids)})"


def _principal(graph: Graph, name: str, speaking: frozenset[str]) -> str:
    """Return whom an entity speaks for by its role, or itself."""
    entity = graph.entities.get(name)
    for role in entity.roles if entity else ():
        # A role that has ended binds nobody: a former chief executive may well be the other side.
        if role.of is not None and role.to is None and role.role.casefold() in speaking:
            return str(role.of)
    return name


def _told(graph: Graph, sides: frozenset[str]) -> str:
    return " and ".join(sorted(graph.entities[side].name if side in graph.entities else side for side in sides))


RULE = Rule("one-sided-dispute", Severity.ERROR, _find)
