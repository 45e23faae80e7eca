"""A definition with a hard word in it that the glossary does not explain.

## What it does
Reports in `short`, `long` and `comparison` of a term a word from the list of jargon that is no term of the glossary.
The list is that of `unexplained-jargon`; a site changes it in the same way. Each word is reported once an entry.

## Why
One riddle is explained with another. (ISO 704, Terminology work: a definition uses words that are explained or
generally known.)

## Wrong
    # glossary/tranche.yml
    label: tranche
    short: A part of a payment that is held in escrow.

## Right
    # glossary/tranche.yml
    label: tranche
    short: A part of a payment that is kept by somebody else until a condition is met.

## When to allow it
When the definition explains the word itself, in the same sentence.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from nutgraf.checks.rule import Finding, Rule
from nutgraf.checks.text.definitions import definitions, home
from nutgraf.checks.text.tokens import Phrases, TextPart, read
from nutgraf.diagnostics import Severity
from nutgraf.glossary import MentionKind
from nutgraf.glossary.plurals import plural
from nutgraf.loading.content import record_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy, WordList
    from nutgraf.checks.text.tokens import PhraseMatch, Reading
    from nutgraf.graph import Graph


def _find(graph: Graph, policy: Policy) -> Iterator[Finding]:
    words = policy.words("jargon")
    jargon = _jargon(_listed(words), words.unless)
    for name, term in graph.terms.items():
        seen: set[str] = set()
        for field, text in definitions(term):
            reading = read(text, graph, home(graph, term))
            for hit in jargon.find(reading.tokens):
                word = text[hit.start : hit.end]
                if word.casefold() in seen or _is_explained(reading, hit):
                    continue
                seen.add(word.casefold())
                yield Finding(
                    record_path("glossary", name),
                    (field,),
                    f"The definition of `{name}` uses the jargon “{word}”, which the glossary does not explain",
                    "Write a plainer word, or add an entry for it.",
                    start=hit.start,
                    end=hit.end,
                )


def _listed(words: WordList) -> tuple[str, ...]:
    return tuple(sorted({*words.words, *(word for group in words.groups.values() for word in group)}))


@lru_cache(maxsize=4)
def _jargon(listed: tuple[str, ...], unless: tuple[str, ...]) -> Phrases:
    return Phrases(dict.fromkeys((*listed, *map(plural, listed))), inflected=False, unless=unless)


def _is_explained(reading: Reading, hit: PhraseMatch) -> bool:
    """Tell whether a term, its own or another, stands there, or a link leads to one, or it is a part of a name."""
    first = reading.tokens[hit.first]
    is_name = hit.first > 0 and first.part is TextPart.WORD and first.is_capital and not first.text[1:2].isupper()
    terms = (one for one in reading.mentions if one.kind is MentionKind.TERM)
    return (
        is_name
        or any(one.start < hit.end and hit.start < one.end for one in terms)
        or reading.text.startswith("](term:", hit.end)
    )


RULE = Rule("unexplained-definition", Severity.WARNING, _find)
