"""A hedge that was typed into the clause.

## What it does
Reports words in `text`, in `after_previous` and in summaries by which a sentence says that somebody else vouches for
it: "reportedly", "allegedly", "is said to", "the alleged fraud", "according to the Post". Where a statement is
`reported` or `established`, it reports words of likelihood, too: "may have left", "probably". Below `reported`, and in
what was found, these are what the speaker says. Quotations are passed over.

## Why
The site words how sure it is, and who says so, from `certainty` and `by`. A hedge in the clause is doubled, and the
next editor deletes it as clutter, or leaves it behind when the fact is proven. "Allegedly" without a name tells nobody
who alleges it.
(Reuters Handbook of Journalism, on naming who alleges; The Associated Press Stylebook, entry on allege.)

## Wrong
    - id: purchase
      text: Elon Musk reportedly bought a data centre
      source: business-insider-2023

## Right
    - id: purchase
      text: Elon Musk bought a data centre
      source: business-insider-2023

## When to allow it
When the word is not a hedge: "he was said to by his doctor". Quotation marks need no permission.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutgraf.checks.rule import Finding, Rule
from nutgraf.checks.text.tokens import PhraseMatch, Phrases, TextPart, clauses, wordset
from nutgraf.diagnostics import Severity
from nutgraf.model import Certainty, EntityKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from nutgraf.checks.policy import Policy
    from nutgraf.checks.text.tokens import Clause, Token
    from nutgraf.graph import Graph

_BE: Final = wordset("am is are was were be been being")
_DETERMINERS: Final = wordset("a an the this that these those its his her their any some of for by")
_OBJECTS: Final = _DETERMINERS | {"him", "them", "us", "me", "you", "everyone", "everybody", "nobody", "police"}
_TELLERS: Final = wordset(
    "authorities documents experts insiders investigators media officials people police prosecutors reports "
    "researchers rumours rumors sources witnesses several some"
)
_YARDSTICKS: Final = wordset(
    "calendar code constitution custom law laws plan plans principle rule rules schedule standard standards terms "
    "theory timetable tradition treaty wishes"
)


def _find(graph: Graph, policy: Policy) -> Iterator[Finding]:
    words = policy.words("hedges")
    evidence = Phrases(words.words, inflected=False, unless=words.unless)
    likelihood = Phrases(words.groups["likelihood"], inflected=False, unless=words.unless)
    participles = frozenset(words.groups["participle"])
    telling = Phrases(
        (f"{who} {says}" for who in words.groups["teller"] for says in words.groups["telling"]), inflected=False
    )
    adjectives, passives = frozenset(words.groups["adjective"]), frozenset(words.groups["passive"])
    beginnings = evidence.beginnings.union(
        telling.beginnings, likelihood.beginnings, adjectives, passives, {"according"}
    )
    for clause in clauses(graph):
        if beginnings.isdisjoint(clause.reading.words):
            continue
        tokens = clause.reading.tokens
        hits = [
            *evidence.find(tokens),
            *(hit for hit in telling.find(tokens) if _is_bare(tokens, hit.first)),
            *_passives(tokens, passives),
            *_adjectives(tokens, adjectives),
            *_according(tokens, graph),
        ]
        if _is_flat(clause):
            hits += (hit for hit in likelihood.find(tokens) if _is_past(tokens, hit, participles))
        for hit in sorted(hits, key=lambda one: one.start):
            if not tokens[hit.first].is_proper:
                yield _finding(clause, hit, words.groups["likelihood"])


def _is_flat(clause: Clause) -> bool:
    """Tell whether a statement is put as a fact, so that a word of likelihood would be a hedge of ours."""
    one = clause.resolved
    return one.certainty in {Certainty.REPORTED, Certainty.ESTABLISHED} and one.verb is None and not one.is_summary


def _is_past(tokens: Sequence[Token], hit: PhraseMatch, participles: frozenset[str]) -> bool:
    """Tell whether a participle stands behind a phrase in "have"; members who "may have one guest" are no guess."""
    if not hit.phrase.endswith(" have"):
        return True
    words = [token.word for token in tokens[hit.last + 1 : hit.last + 3]]
    word = next((one for one in words if not one.endswith("ly") and one not in {"also", "not", "already"}), "")
    return word in participles or word.endswith(("ed", "en"))


def _is_bare(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether nothing says which reports or sources are meant."""
    return (
        not index or tokens[index - 1].part is TextPart.MARK or tokens[index - 1].word in {"and", "but", "that", "as"}
    )


def _passives(tokens: Sequence[Token], participles: frozenset[str]) -> Iterator[PhraseMatch]:
    """Yield "is (widely) said to", where a verb follows; "it is said that"."""
    for index, token in enumerate(tokens):
        if token.word not in _BE:
            continue
        last = index + 1
        if last < len(tokens) and tokens[last].word.endswith("ly"):
            last += 1
        follows = tokens[last + 1] if last + 1 < len(tokens) else None
        if follows is None or tokens[last].word not in participles:
            continue
        said = " ".join(one.word for one in tokens[index : last + 2])
        if follows.word == "to" and _is_verb(tokens, last + 2):
            yield PhraseMatch(index, last + 1, token.start, follows.end, said)
        elif follows.word == "that" and index and tokens[index - 1].word == "it":
            yield PhraseMatch(index - 1, last + 1, tokens[index - 1].start, follows.end, f"it {said}")


def _is_verb(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a verb may stand at `index`, behind "to"; "reported to the police" has none there."""
    if index >= len(tokens):
        return False
    token = tokens[index]
    if tokens[index - 2].word == "reported":
        return token.word in {"be", "have"}
    return token.part is TextPart.WORD and token.word not in _OBJECTS


def _adjectives(tokens: Sequence[Token], adjectives: frozenset[str]) -> Iterator[PhraseMatch]:
    """Yield "the alleged" before a noun; not "the alleged to", not "Bell alleged"."""
    for before, token, behind in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if token.word in adjectives and before.word in _DETERMINERS and behind.part is TextPart.WORD:
            owns = before.word in {"that", "this"}  # "something that reported to her"
            if not owns and behind.word not in {"to", "that", "by", "in", "on", "at", "and", "or", "as"}:
                index = tokens.index(token)
                yield PhraseMatch(index, index, token.start, token.end, token.word)


def _according(tokens: Sequence[Token], graph: Graph) -> Iterator[PhraseMatch]:
    """Yield "according to" before somebody who says something; "according to plan" is none."""
    for index, token in enumerate(tokens[:-2]):
        if token.word != "according" or tokens[index + 1].word != "to":
            continue
        teller = index + 2
        while teller + 1 < len(tokens) and tokens[teller].word in _DETERMINERS | {"two", "three", "unnamed"}:
            teller += 1
        one = tokens[teller]
        if any(token.word in _YARDSTICKS for token in tokens[teller : teller + 4]):
            continue
        known = _speaks(graph, one.entity) if one.entity else one.word and one.is_capital
        if known or one.word in _TELLERS:
            yield PhraseMatch(index, teller, token.start, one.end, "according to")


def _speaks(graph: Graph, entity: str) -> bool:
    kind = graph.entities[entity].kind
    return kind not in {EntityKind.PLACE, EntityKind.VESSEL, EntityKind.LAW, EntityKind.PRODUCT, EntityKind.EVENT}


def _finding(clause: Clause, hit: PhraseMatch, likelihood: Collection[str]) -> Finding:
    text = clause.reading.text[hit.start : hit.end]
    path, loc = clause.place
    return Finding(
        path,
        loc,
        f"“{text}” is a hedge in the clause of `{clause.resolved.id}`",
        _advice(clause, hit, likelihood),
        start=hit.start,
        end=hit.end,
        fix=_fix(clause, hit),
    )


def _fix(clause: Clause, hit: PhraseMatch) -> tuple[int, int, str] | None:
    """Return how "reportedly" is taken out: the sentence says who reports it. Other hedges may be the source's own."""
    text = clause.reading.text
    # Not behind an article, which may change with the word behind it.
    alone = text[hit.start - 1 : hit.start] == " " and text[hit.end : hit.end + 1] == " "
    if hit.phrase != "reportedly" or not alone or text[: hit.start - 1].endswith((" a", " an", ",")):
        return None
    return hit.start - 1, hit.end, ""


def _advice(clause: Clause, hit: PhraseMatch, likelihood: Collection[str]) -> str:
    text = clause.reading.text
    if hit.phrase in likelihood:
        return "What is reported is said flatly; for a guess write `certainty: inferred` or `certainty: speculated`."
    if clause.resolved.is_summary:
        return "Take it out: the summary is as sure as what it rests on."
    if hit.phrase == "according to":
        return "Take it out, and name them in `by` or `source`: the sentence will say it."
    if " " in hit.phrase:
        return "Say it flatly in the tense that is right if it is true; `certainty` and `by` hedge it."
    before, behind = text[: hit.start].rstrip(), text[hit.end :].lstrip()
    if behind.startswith(",") and before[-1:] in {"", ","}:
        # The commas around the hedge go with it.
        before, behind = before.removesuffix(","), behind.removeprefix(",").lstrip()
    elif not behind.strip(".,;"):
        before, behind = before.removesuffix(","), ""
    if f" {before}".endswith(" an") and behind[:1] not in "aeiou":
        before = before[:-1]
    shorter = f"{before} {behind}".strip()
    return f"Write `{shorter}`; `certainty` and `by` say how sure it is and who says so."


RULE = Rule("typed-hedge", Severity.ERROR, _find)
