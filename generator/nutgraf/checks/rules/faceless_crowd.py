"""A crowd without faces that says something.

## What it does
Reports "critics say", "many believe", "experts warn", "it is widely believed" and their like in `text`, in
`after_previous`, in summaries and in `about`. It passes over crowds that somebody can look up: "experts at the
university", "critics of the plan", "critics such as Bell", "two experts", "other founders of OpenAI"; quotations; and
statements whose `by` says who they are.

## Why
"Critics say" is the writer's own opinion as often as not. Who said it can be asked, weighed and answered.
(Reuters Handbook of Journalism, on being specific about sources; BBC Editorial Guidelines, section 4, on vague
attribution.)

## Wrong
    - id: danger
      text: experts warn that the bridge is weak
      source: daily-post-2023

## Right
    - id: danger
      text: the bridge is weak
      source: daily-post-2023
      by: {who: two engineers, at: university}

## When to allow it
When the crowd itself is the fact and was counted: a poll. Better: say which poll.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutgraf.checks.rule import Finding, Rule
from nutgraf.checks.text.authored_prose import typed
from nutgraf.checks.text.tokens import PhraseMatch, TextPart, clauses
from nutgraf.diagnostics import Severity
from nutgraf.model import Anonymous, Speaker

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nutgraf.checks.policy import Policy, WordList
    from nutgraf.checks.text.tokens import Token
    from nutgraf.graph import Graph, Resolved

_BE: Final = frozenset({"is", "are", "was", "were", "been", "being"})
_ADVERBS: Final = frozenset(
    {"also", "now", "still", "often", "long", "have", "had", "generally", "widely", "already", "do"}
)
_CLAUSE: Final = frozenset(
    {"that", "but", "because", "while", "although", "though", "as", "what", "which", "if", "and"}
)
_ADVICE: Final = "Write what they say as the clause, and who they are in `by`."


def _find(graph: Graph, policy: Policy) -> Iterator[Finding]:
    words = policy.words("crowds")
    groups = _groups(words)
    for clause in clauses(graph):
        if _has_faces(clause.resolved):
            continue
        for hit in _crowds(clause.reading.tokens, groups):
            path, loc = clause.place
            said = clause.reading.text[hit.start : hit.end]
            headline = f"“{said}” in `{clause.resolved.id}` names nobody"
            yield Finding(path, loc, headline, _ADVICE, start=hit.start, end=hit.end)
    for prose in typed(graph):
        if prose.entity is None:
            continue
        for hit in _crowds(prose.reading.tokens, groups):
            said = prose.text[hit.start : hit.end]
            headline = f"“{said}” in the {prose.what} of `{prose.entity}` names nobody"
            advice = "Say who, or take it out."
            yield Finding(prose.path, prose.loc, headline, advice, start=hit.start, end=hit.end)


def _groups(words: WordList) -> Mapping[str, frozenset[str]]:
    groups = {name: frozenset(group) for name, group in words.groups.items()}
    groups["crowd"] |= frozenset(words.words)
    return groups


def _has_faces(one: Resolved) -> bool:
    """Tell whether `by` says who they are: people in words, not only the publication that has it from them."""
    return any(isinstance(by, Anonymous | Speaker) for by in one.by)


def _crowds(tokens: Sequence[Token], groups: Mapping[str, frozenset[str]]) -> Iterator[PhraseMatch]:
    for index, token in enumerate(tokens):
        hit = _bare(tokens, index, groups) or _widely(tokens, index, groups) or _passive(tokens, index, groups)
        hit = hit or _fears(tokens, index, groups)
        if hit is not None:
            yield PhraseMatch(*hit, tokens[hit[0]].start, tokens[hit[1]].end, token.word)


def _bare(tokens: Sequence[Token], index: int, groups: Mapping[str, frozenset[str]]) -> tuple[int, int] | None:
    """Match a crowd that a verb of saying follows at once: what would say who they are would stand between."""
    word = tokens[index].word
    verb = index + 1
    while verb < len(tokens) and tokens[verb].word in _ADVERBS:
        verb += 1
    if verb >= len(tokens) or tokens[verb].word not in groups["saying"]:
        return None
    first = index
    if word in groups["crowd"]:
        while first and tokens[first - 1].word in groups["adjective"]:
            first -= 1
        if word == "people" and not (first < index and tokens[first].word in groups["some"]):
            return None
    elif word not in groups["some"]:
        return None
    return (first, verb) if _begins_clause(tokens, first) and _is_finite(tokens, verb) else None


def _begins_clause(tokens: Sequence[Token], first: int) -> bool:
    """Tell whether a noun phrase that begins here stands alone, and is not part of "Bell and others"."""
    if first == 0:
        return True
    before = tokens[first - 1]
    if before.part is TextPart.MARK:
        return before.text in {",", ";", ":", "–", "—", "("}
    if before.word == "and":
        # "Bell and others said": the first of them has a face. "He left, and critics say" has none.
        return first > 1 and tokens[first - 2].text == ","
    return before.word in _CLAUSE


def _is_finite(tokens: Sequence[Token], verb: int) -> bool:
    """Tell whether a form that may be a participle is a verb here: "experts called to the scene" says nothing."""
    if not tokens[verb].word.endswith("ed") or verb + 1 >= len(tokens):
        return True
    return tokens[verb + 1].word not in {"to", "by", "in", "at", "on", "from", "with", "for"}


def _widely(tokens: Sequence[Token], index: int, groups: Mapping[str, frozenset[str]]) -> tuple[int, int] | None:
    """Match "is widely believed", "it is generally assumed", where nobody is said to do it."""
    if tokens[index].word not in groups["widely"] or index + 1 >= len(tokens) or index == 0:
        return None
    if tokens[index + 1].word not in groups["held"] or tokens[index - 1].word not in _BE:
        return None
    if any(token.word == "by" for token in tokens[index + 2 :]):
        return None
    first = index - 1
    if first and tokens[first - 1].word == "it":
        first -= 1
    return first, index + 1


def _passive(tokens: Sequence[Token], index: int, groups: Mapping[str, frozenset[str]]) -> tuple[int, int] | None:
    """Match "seen by many as", "according to experts", where nothing says which."""
    before = tokens[index - 1].word if index else ""
    if before not in {"by", "to"} or (before == "to" and (index < 2 or tokens[index - 2].word != "according")):  # noqa: PLR2004 - "according to"
        return None
    last = index
    while (
        last + 1 < len(tokens) and tokens[last].word in groups["adjective"] and tokens[last + 1].word in groups["crowd"]
    ):
        last += 1
    if tokens[last].word not in groups["crowd"] | groups["some"] - {"few", "most", "others"}:
        return None
    behind = tokens[last + 1] if last + 1 < len(tokens) else None
    if behind is not None and not (behind.word in {"as", "to", "that"} or behind.part is TextPart.MARK):
        return None
    if before == "by" and (index < 2 or not tokens[index - 2].word.endswith(("ed", "n"))):  # noqa: PLR2004 - "seen by"
        return None
    return index - (1 if before == "by" else 2), last


def _fears(tokens: Sequence[Token], index: int, groups: Mapping[str, frozenset[str]]) -> tuple[int, int] | None:
    """Match "there are growing fears", "concerns have been raised", where nobody fears."""
    if tokens[index].word not in groups["fear"]:
        return None
    place = index
    while place and tokens[place - 1].word in groups["fearful"]:
        place -= 1
    if place > 1 and tokens[place - 2].word == "there" and tokens[place - 1].word in _BE | {"have"}:
        named = any(token.word in {"among", "by"} for token in tokens[index + 1 : index + 3])
        return None if named else (place - 2, index)
    words = [token.word for token in tokens[index + 1 : index + 4]]
    if place == 0 and "raised" in words and words[:1] in (["have"], ["were"], ["are"]):
        last = index + 1 + words.index("raised")
        return None if any(token.word == "by" for token in tokens[last:]) else (place, last)
    return None


RULE = Rule("faceless-crowd", Severity.WARNING, _find)
