"""A hard word that the glossary does not explain.

## What it does
Reports the first use in a story of a word from the list of jargon where no glossary term is found: there is none, its
`scope` is another story, or `match: explicit` waits for a link. Names of entities are passed over. A site extends the
list in mkdocs.yml:

    plugins:
      - nutgraf:
          checks:
            words:
              jargon: {add: [general average], remove: [gpu]}

## Why
A reader who has to look a word up elsewhere may not come back. One entry in the glossary explains it on every page.
(The Associated Press Stylebook and the BBC News style guide, entries on jargon.)

## Wrong
    - id: blocked
      text: the court issued an injunction against the sale
      source: daily-post-2023

## Right
    - id: blocked
      text: the court forbade the sale
      source: daily-post-2023

## When to allow it
When the story explains the word itself, in a statement of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.checks.rule import Finding, Rule
from nutgraf.checks.text.tokens import PhraseMatch, Phrases, clauses
from nutgraf.diagnostics import Severity
from nutgraf.glossary import MentionKind
from nutgraf.glossary.plurals import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nutgraf.checks.policy import Policy, WordList
    from nutgraf.checks.text.tokens import Reading
    from nutgraf.graph import Graph


def _find(graph: Graph, policy: Policy) -> Iterator[Finding]:
    jargon, single = _jargon(policy.words("jargon"))
    seen: set[tuple[str, str]] = set()
    for clause in clauses(graph):
        one = clause.resolved
        for hit in jargon.find(clause.reading.tokens):
            known = (one.story, single.get(hit.phrase, hit.phrase))
            if known in seen or _is_name(clause.reading, hit):
                continue
            seen.add(known)
            if _is_explained(clause.reading, hit):
                continue
            path, loc = clause.place
            word = clause.reading.text[hit.start : hit.end]
            headline = f"“{word}” is jargon, and the glossary does not explain it here"
            yield Finding(path, loc, headline, _advice(graph, known[1]), start=hit.start, end=hit.end)


def _jargon(words: WordList) -> tuple[Phrases, Mapping[str, str]]:
    """Return the list, plurals included, and the singular of each plural."""
    listed = sorted({*words.words, *(word for group in words.groups.values() for word in group)})
    single = {plural(word): word for word in listed}
    return Phrases(dict.fromkeys((*listed, *single)), inflected=False, unless=words.unless), single


def _is_name(reading: Reading, hit: PhraseMatch) -> bool:
    """Tell whether it is written like a name: "the Private Equity Council"."""
    first = reading.tokens[hit.first]
    return hit.first > 0 and first.is_capital and not first.text.isupper() and not first.text[1:2].isupper()


def _is_explained(reading: Reading, hit: PhraseMatch) -> bool:
    found = (one for one in reading.mentions if one.kind is MentionKind.TERM)
    return any(one.start < hit.end and hit.start < one.end for one in found) or reading.text.startswith(
        "](term:", hit.end
    )


def _advice(graph: Graph, phrase: str) -> str:
    near = next(
        (
            name
            for name, term in graph.terms.items()
            if phrase in {term.label.casefold(), *(alias.text.casefold() for alias in term.aliases)}
        ),
        None,
    )
    if near is None:
        return "Write a plainer word, or add an entry to the glossary."
    return (
        f"The term `{near}` is not found here: see its `scope`, `match` and `exact`. A link helps: `[…](term:{near})`."
    )


RULE = Rule("unexplained-jargon", Severity.WARNING, _find)
