"""A second clause that the attribution of its sentence does not reach.

## What it does
Warns of a statement below `established` whose `text` or `after_previous` goes on with a clause before which "that"
cannot be repeated: behind a comma and "so", "which", "who", "while" or "although", behind a semicolon, a colon or a
dash, in brackets, or in a sentence of its own. Behind ", and" and ", but" the compiler repeats "that" itself. A clause
in the middle ("the stairs, which are of wood, are shut") is passed over, and so is what has no verb of its own: a list,
an apposition.

## Why
"According to the Post, OpenAI closed its office, which surprised Sam Altman": who says that he was surprised? Readers
may take the second clause for the site's own voice, which says only what is established.
(Reuters Handbook of Journalism, on attribution: each assertion needs its source.)

## Wrong
    - id: bridge
      text: OpenAI closed its office, which surprised Sam Altman

## Right
    - id: closed
      text: OpenAI closed its office
    - id: surprise
      text: the closing of OpenAI's office surprised Sam Altman

## When to allow it
When the words after the comma assert nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutgraf.checks.rule import Finding, Rule
from nutgraf.checks.text.tokens import clauses
from nutgraf.diagnostics import Severity
from nutgraf.glossary import MentionKind
from nutgraf.model import Certainty, Verb
from nutgraf.wording.clauses import Conjunction, joints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.checks.text.tokens import Clause
    from nutgraf.graph import Graph
    from nutgraf.wording.clauses import Joint


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    denied = {one.denies for one in graph.statements.values() if one.denies}
    for clause in clauses(graph):
        one = clause.resolved
        if one.certainty is Certainty.ESTABLISHED and one.key not in denied:
            continue
        yield from _in(clause)


def _in(clause: Clause) -> Iterator[Finding]:
    text, one = clause.reading.text, clause.resolved
    names = [(each.start, each.end) for each in clause.reading.mentions if each.kind is MentionKind.ENTITY]
    # Before a second question no "that" can stand, but "whether" or "who" does.
    asks = one.verb is Verb.ASK
    loose = {Conjunction.LOOSE, Conjunction.REPEAT} if asks else {Conjunction.LOOSE}
    for joint in joints(text, names):
        if joint.link not in loose or (asks and _QUESTION.match(text, joint.behind)):
            continue
        end = _end(text, joint)
        said = _opening(text[joint.word : end])
        yield Finding(
            *clause.place,
            f"The second clause of `{one.id}` (“{said}”) could be read as the site's own",
            _ASKED if asks else _advice(text[joint.word : joint.behind], is_summary=one.is_summary),
            start=joint.word,
            end=end,
        )
        return


def _end(text: str, joint: Joint) -> int:
    closed = text.find(")", joint.word) if text[joint.start] == "(" else -1
    return closed if closed > 0 else len(text.rstrip())


_QUESTION: Final = re.compile(r"\s+(?:whether|who|whom|whose|which|what|where|when|why|how)\b")
_ASKED: Final = "Repeat “whether”, or the word that asks, before it; or make it a question of its own."


def _opening(text: str) -> str:
    words = text.split()
    return " ".join(words[:_SHOWN]).rstrip(",;:") + (" …" if len(words) > _SHOWN else "")


_SHOWN: Final = 5


def _advice(first: str, *, is_summary: bool) -> str:
    split = "Write two key points" if is_summary else "Make it a statement of its own"
    if first in {"so", "which", "who", "while", "although", "though", "whereas"}:
        return f"{split}, or join the two with “, and” or “, but”, behind which “that” is said again."
    return f"{split}, or join the two with “, and”, behind which “that” is said again."


RULE = Rule("loose-clause", Severity.WARNING, _find)
