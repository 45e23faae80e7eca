"""A verb of saying that takes sides.

## What it does
Reports verbs such as "admitted that", "claimed that", "insisted", "boasted", "slammed the plan", "lashed out at" in
texts and titles, and "refuted" for claims that were only rejected. It passes over other meanings: "admitted to
hospital", "claimed 12 lives", "claimed responsibility", "slammed into the pier", "conceded defeat"; and over
quotations and names.

## Why
"Admitted" says that there was something to hide, "claimed" that it is not true, "slammed" is noise. The site's frames
say "said", and readers judge.
(The Associated Press Stylebook and the Reuters Handbook of Journalism, entries on admit and claim; BBC News style
guide.)

## Wrong
    - id: late
      text: Elon Musk admitted that the project was late
      source: business-insider-2023

## Right
    - id: late
      text: the project was late
      source: business-insider-2023
      by: elon-musk

## When to allow it
When the law's own word is meant: a defendant who admitted in court that he did it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutgraf.checks.rule import Finding, Rule
from nutgraf.checks.text.authored_prose import typed
from nutgraf.checks.text.tokens import PhraseMatch, Phrases, TextPart, clauses
from nutgraf.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nutgraf.checks.policy import Policy
    from nutgraf.checks.text.tokens import Token
    from nutgraf.graph import Graph

_SUBJECTS: Final = frozenset({"he", "she", "they", "it", "we", "there", "nobody", "everybody"})
_OWN: Final = frozenset({"his", "her", "their", "its"})
_DETERMINERS: Final = frozenset(
    {"the", "a", "an", "this", "these", "those", "its", "his", "her", "their", "any", "all"}
)
_TO_BE: Final = frozenset({"be", "have", "know", "own", "hold", "represent", "act", "speak", "possess", "understand"})
_NOT_TO: Final = frozenset({"building", "nursing", "housing", "training"})
_FINITE: Final = frozenset({"is", "was", "were", "are", "had", "has", "have", "would", "did", "could", "will"})


def _find(graph: Graph, policy: Policy) -> Iterator[Finding]:
    words = policy.words("loaded-verbs")
    groups = {name: frozenset(group) for name, group in words.groups.items()}
    groups["that"] |= frozenset(words.words)
    phrases = Phrases(words.groups["phrase"], inflected=False, unless=words.unless)
    for clause in clauses(graph):
        for hit in _loaded(clause.reading.tokens, groups, phrases):
            path, loc = clause.place
            said = clause.reading.text[hit.start : hit.end]
            headline = f"“{said}” in `{clause.resolved.id}` takes sides"
            yield Finding(path, loc, headline, _advice(hit.phrase, in_statement=True), start=hit.start, end=hit.end)
    for prose in typed(graph):
        for hit in _loaded(prose.reading.tokens, groups, phrases):
            said = prose.text[hit.start : hit.end]
            advice = _advice(hit.phrase, in_statement=False)
            headline = f"“{said}” in the {prose.what} takes sides"
            yield Finding(prose.path, prose.loc, headline, advice, start=hit.start, end=hit.end)


def _advice(verb: str, *, in_statement: bool) -> str:
    if verb == "refuted":
        return "“Refuted” means disproved. Write “rejected” or “denied”, unless evidence disproved it."
    if verb in {"attack", "phrase"}:
        return "Write “criticised”, or what was said."
    if in_statement:
        return "Write what was said as the clause, and who said it in `by`: the sentence says “said”."
    return "Write “said”, or what happened."


def _loaded(tokens: Sequence[Token], groups: Mapping[str, frozenset[str]], phrases: Phrases) -> Iterator[PhraseMatch]:
    for hit in phrases.find(tokens):
        yield PhraseMatch(hit.first, hit.last, hit.start, hit.end, "phrase")
    for index, token in enumerate(tokens):
        found = (
            (token.word in groups["that"] and _says(tokens, index) and token.word)
            or (token.word in groups["attack"] and _attacks(tokens, index, groups["target"]) and "attack")
            or (token.word == "refuted" and _rejects(tokens, index, groups["refuted"]) and "refuted")
        )
        if found:
            yield PhraseMatch(index, index, token.start, token.end, found)
        elif (
            token.word in groups["base"]
            and _word(tokens, index + 1) == "that"
            and (
                _word(tokens, index - 1) in {"to", "did", "not", "would", "will", "they", "and", "who", "must", "also"}
            )
        ) or (token.word == "claims" and _is_verb(tokens, index) and _says(tokens, index)):
            yield PhraseMatch(index, index, token.start, token.end, token.word)


def _word(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].word if 0 <= index < len(tokens) else ""


def _says(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a clause follows that somebody says: "admitted that", "claimed to be", "insisted he was"."""
    verb, behind, further = (_word(tokens, place) for place in (index, index + 1, index + 2))
    if _word(tokens, index - 1) in {"is", "are", "was", "were", "be", "been", "being", "the", "a"}:
        return behind == "that" and _word(tokens, index - 1) not in {"the", "a"} and _word(tokens, index - 2) == "it"
    if behind == "that":
        # "Claimed that title" has a noun behind "that" and no verb any more; nobody writes so in the news.
        return True
    if behind in _SUBJECTS and further:
        return True
    if index + 2 < len(tokens) and tokens[index + 1].part is TextPart.NAME and further in _FINITE:
        return True
    if verb.startswith("admit"):
        doing = further if behind == "to" else behind  # "admitted (to) taking"
        return (doing.endswith("ing") and doing not in _NOT_TO) or (
            behind in _OWN
            and further in {"mistake", "mistakes", "error", "errors", "guilt", "failure", "role", "lie", "lies"}
        )
    return verb.startswith("claim") and behind == "to" and further in _TO_BE


def _is_verb(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether "claims" is what somebody does: behind a name or a pronoun it is."""
    if index == 0:
        return False
    before = tokens[index - 1]
    return before.part is TextPart.NAME or before.word in {"he", "she", "it", "who", "which", "also"}


def _attacks(tokens: Sequence[Token], index: int, targets: frozenset[str]) -> bool:
    """Tell whether words are the weapon: "slammed OpenAI for", "slammed the new plan"; not "slammed the door"."""
    if index + 1 >= len(tokens) or tokens[index].word.startswith("rip"):
        return False
    behind = tokens[index + 1]
    if behind.part is TextPart.NAME:
        return True
    passive = _word(tokens, index - 1) in {"was", "were", "been", "being"}
    if passive:
        return behind.word in {"for", "as"}
    if behind.word in _DETERMINERS or behind.is_capital:
        return any(token.word in targets for token in tokens[index + 1 : index + 5])
    return behind.word in targets


def _rejects(tokens: Sequence[Token], index: int, nouns: frozenset[str]) -> bool:
    if _word(tokens, index - 1) in {"was", "were", "is", "are", "been"}:
        return False
    return any(token.word in nouns for token in tokens[index + 1 : index + 4])


RULE = Rule("loaded-verb", Severity.WARNING, _find)
