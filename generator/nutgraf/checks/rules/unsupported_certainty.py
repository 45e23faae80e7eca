"""A statement is said to be established, and its sources do not carry that.

## What it does
Reports `certainty: established` where nothing that the statement cites can establish it, and where an open dispute has
the statement as a position. What can establish a statement is

- a public record: a filing or a data set of a court, a register or another public body (`official`), unless the
  statement is about its publisher or its author;
- a party's own document (a release, a post, a filing of a company) or a paper, for what the party or the authors did in
  public: announced, published, filed, voted, appointed, and so on, in words that do not judge;
- sources of two independent origins with different publishers, not all of them documents of parties.

A source without a publisher, with neither a title nor a URL, or that was retracted or withdrawn, establishes nothing.

## Why
An established statement is the only kind that is printed without attribution. A party's own document proves only that
the party said it, and a paper only what its authors say that they found.

## Wrong
    - id: purchase
      text: Elon Musk bought {gpus}
      source: business-insider-2023     # one report
      certainty: established
    - id: return
      text: OpenAI LP lets investors earn a fair return
      source: openai-lp-2019            # OpenAI's own word about itself
      certainty: established

## Right
    - id: lp
      text: OpenAI announced OpenAI LP
      source: openai-lp-2019            # kind: release, OpenAI's own, of what OpenAI did
      certainty: established
    - id: return
      text: OpenAI LP lets investors earn a fair return
      source: openai-lp-2019            # claimed by OpenAI, without a word
      by: openai

## When to allow it
When a fact is common knowledge that no source bothers to prove: better leave it out, or cite one that does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.checks.own_documents import is_own_act, is_partys
from nutgraf.checks.rule import Finding, Rule, at
from nutgraf.diagnostics import Severity
from nutgraf.graph import flaw
from nutgraf.model import Certainty, EntityId, SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy, WordList
    from nutgraf.graph import Graph, Resolved

_TWO = 2
_OWN = "A party's own document establishes only what that party did: announced, published, filed, voted."

_PAPER = "A paper establishes only what its authors did: published it, presented it."


def _find(graph: Graph, policy: Policy) -> Iterator[Finding]:
    words = policy.words("own-acts")
    for one in graph.statements.values():
        if one.certainty is not Certainty.ESTABLISHED or not one.uses:
            continue
        if one.is_disputed:
            yield Finding(
                *at(one, "certainty"),
                f"`{one.id}` is disputed and can't be established",
                "Say who claims or reports it, or settle the dispute.",
            )
        elif found := _unsupported(graph, one, words):
            yield Finding(*at(one, "certainty"), *found)


def _unsupported(graph: Graph, one: Resolved, words: WordList) -> tuple[str, str] | None:
    """Return what is wrong and what to do; None if what the statement cites establishes it."""
    flaws = {name: flaw(graph.sources[name]) for name in one.source_ids}
    sound = [name for name in flaws if not flaws[name]]
    if not sound:
        name, reason = next(iter(flaws.items()))
        mend = "Complete the source, if you can. Or cite" if "was" not in reason else "Cite"
        return (
            f"`{one.id}` can't be established: `{name}` {reason}",
            f"{mend} a public record, or two independent sources; or use a lower certainty.",
        )
    own = {name for name in sound if is_partys(graph, one, graph.sources[name])}
    primary = [name for name in sound if graph.sources[name].is_primary]
    records = [name for name in primary if name not in own and graph.sources[name].kind is not SourceKind.PAPER]
    if records or any(is_own_act(graph, one, graph.sources[name], words) for name in primary):
        return None
    if len(_independent(graph, one, frozenset(sound))) >= _TWO and not own.issuperset(sound):
        return None
    if not primary:
        return (
            f"`{one.id}` cites nothing that could establish it",
            "Cite a public record, or two independent sources; or use a lower certainty.",
        )
    source = graph.sources[primary[0]]
    if source.kind is SourceKind.PAPER:
        return (
            f"`{one.id}` is established only by the paper `{primary[0]}`",
            f"Use `certainty: found`, with its authors in `by`, or cite a public record, too. {_PAPER}",
        )
    publisher = graph.entity(str(source.publisher)).name if isinstance(source.publisher, EntityId) else source.author[0]
    return (
        f"`{one.id}` is established only by {publisher}'s own document `{primary[0]}`",
        f"Use `certainty: claimed`, or cite a public record or an independent source. {_OWN}",
    )


def _independent(graph: Graph, one: Resolved, sound: frozenset[str]) -> frozenset[str]:
    """Return the publishers of the independent origins, one for each."""
    publishers = (
        next((graph.sources[name].publisher for name in origin.sources if name in sound), None)
        for origin in one.origins
    )
    return frozenset(str(publisher) for publisher in publishers if isinstance(publisher, EntityId))


RULE = Rule("unsupported-certainty", Severity.ERROR, _find)
