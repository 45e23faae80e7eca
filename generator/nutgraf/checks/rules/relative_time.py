"""A time that depends on the day of reading.

## What it does
Reports words such as "last month", "this year", "two weeks ago", "yesterday", "recently", "on Monday" and, in
statements, "today", "currently", "so far". In `when_text` it also reports "two days later" and "the next day", but not
a weekday if `when` is a day: the sentence adds the date. Durations ("for two years") and times with an anchor in the
text ("the last week of May", "a month after the fire", "on Monday 3 April") are fine. Quotations and names are passed
over.

## Why
The page will be read next year. What was "last month" when it was written is wrong by then, and the site knows the
dates: it writes them from `when` and `said`, no more precisely than the source.
(The Associated Press Stylebook, entry on time element; Reuters Handbook of Journalism, entry on dates.)

## Wrong
    - id: purchase
      text: Elon Musk bought a data centre last month
      source: business-insider-2023

## Right
    - id: purchase
      text: Elon Musk bought a data centre
      source: business-insider-2023
      when: 2023-03

## When to allow it
When the words are a term: "last year" in the rules of a school. A quotation needs no permission.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutgraf.checks.rule import Finding, Rule, at
from nutgraf.checks.text.authored_prose import typed
from nutgraf.checks.text.tokens import PhraseMatch, Phrases, TextPart, clauses, read
from nutgraf.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nutgraf.checks.policy import Policy, WordList
    from nutgraf.checks.text.tokens import Reading, Token
    from nutgraf.graph import Graph, Resolved

_SIGNS: Final = frozenset({"ago", "this", "last", "next", "past", "coming", "recent", "on", "now"})
_ANCHORS: Final = frozenset({"of", "before", "after", "in", "that", "when", "to", "until", "he", "she", "they", "it"})
_SHIFTS: Final = {"last": -1, "this": 0, "next": 1}
_SPANS: Final = frozenset({"in", "over", "for", "during", "within", "throughout"})
_ALSO_NOW: Final = frozenset({"is", "are", "has", "have"})
_KNOWN_AS: Final = frozenset({"known", "called", "named", "defunct", "former", "part"})
_NOW_VERBS: Final = frozenset(
    {"is", "are", "has", "have", "works", "lives", "owns", "leads", "runs", "belongs", "holds"}
)


@dataclass(frozen=True, slots=True)
class _Lists:
    """The word lists, ready to look up."""

    anywhere: Phrases
    statement: Phrases
    unit: frozenset[str]
    this: frozenset[str]
    weekday: frozenset[str]
    month: frozenset[str]


def _find(graph: Graph, policy: Policy) -> Iterator[Finding]:
    lists = _lists(policy.words("relative-times"))
    for clause in clauses(graph):
        as_of = graph.stories[clause.resolved.story].as_of
        for hit in _times(clause.reading, lists, in_statement=True):
            advice = _advice(hit.phrase, as_of)
            yield _finding(*clause.place, clause.reading, hit, f"`{clause.resolved.id}`", advice)
    for one in graph.statements.values():
        if one.statement.when_text is not None:
            yield from _in_date(one, read(one.statement.when_text, graph, one.story), lists)
    for prose in typed(graph):
        for hit in _times(prose.reading, lists, in_statement=False):
            advice = "Write the date, or leave the time to the statements."
            yield _finding(prose.path, prose.loc, prose.reading, hit, f"the {prose.what}", advice)


def _in_date(one: Resolved, reading: Reading, lists: _Lists) -> Iterator[Finding]:
    """Yield the words of a `when_text` that a reader can't date; a weekday is printed with its day."""
    when = one.statement.when
    dated = when is not None and when.is_exact_day
    advice = "Write the date itself, such as `on 11 April 2023`, or remove `when_text`; the sentence gives `when`."
    hits = [hit for hit in _times(reading, lists, in_statement=True) if not (dated and _is_weekday(hit, lists))]
    for hit in hits or _from_before(reading, lists):
        yield _finding(*at(one, "when_text"), reading, hit, f"the `when_text` of `{one.id}`", advice)


def _is_weekday(hit: PhraseMatch, lists: _Lists) -> bool:
    before, _, day = hit.phrase.rpartition(" ")
    return before == "on" and day in lists.weekday


def _from_before(reading: Reading, lists: _Lists) -> Iterator[PhraseMatch]:
    """Yield words that count from what was told before: "two days later", "the next day", "that week"."""
    tokens = reading.tokens
    for index, token in enumerate(tokens):
        behind = _word(tokens, index + 1)
        if token.word in {"later", "earlier"} and _word(tokens, index - 1) in lists.unit and not behind:
            yield _hit(tokens, index - 1, index)
        elif token.word in {"next", "following", "previous", "same"} and behind in lists.unit:
            if _word(tokens, index + 2) not in _ANCHORS:
                yield _hit(tokens, index, index + 1)
        elif token.word == "that" and behind in lists.unit:
            yield _hit(tokens, index, index + 1)


def _lists(words: WordList) -> _Lists:
    groups = words.groups
    return _Lists(
        Phrases(words.words, inflected=False, unless=words.unless),
        Phrases(groups["statement"], inflected=False, unless=words.unless),
        frozenset(groups["unit"]) | {f"{unit}s" for unit in groups["unit"]} | {"centuries"},
        frozenset(groups["this"]),
        frozenset(groups["weekday"]),
        frozenset(groups["month"]),
    )


def _times(reading: Reading, lists: _Lists, *, in_statement: bool) -> Iterator[PhraseMatch]:
    """Yield the words of a text that mean a time seen from today, from left to right and without overlaps."""
    tokens = reading.tokens
    found = [
        hit
        for phrases in (lists.anywhere, *([lists.statement] if in_statement else []))
        for hit in phrases.find(tokens)
        if not _is_name(tokens, hit)
    ]
    for index, token in enumerate(tokens):
        if token.word not in _SIGNS:
            continue
        hit = _ago(tokens, index) or _last(tokens, index, lists) or _recent(tokens, index, lists)
        hit = hit or _weekday(tokens, index, lists)
        if hit is None and in_statement and token.word == "now":
            hit = _now(tokens, index)
        if hit is not None:
            found.append(hit)
    done = -1
    for hit in sorted(found, key=lambda one: (one.first, -one.last)):
        if hit.first > done:
            done = hit.last
            yield hit


def _is_name(tokens: Sequence[Token], hit: PhraseMatch) -> bool:
    """Tell whether a word is part of a name: "USA Today", "Today in Parliament"."""
    return hit.first > 0 and tokens[hit.first].is_capital


def _word(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].word if 0 <= index < len(tokens) else ""


def _hit(tokens: Sequence[Token], first: int, last: int) -> PhraseMatch:
    phrase = " ".join(token.word for token in tokens[first : last + 1])
    return PhraseMatch(first, last, tokens[first].start, tokens[last].end, phrase)


def _ago(tokens: Sequence[Token], index: int) -> PhraseMatch | None:
    """Match "two weeks ago", from its number on."""
    if _word(tokens, index) != "ago":
        return None
    first = index - 1
    while first > 0 and _word(tokens, first - 1) in _NUMBERS:
        first -= 1
    return _hit(tokens, max(first, 0), index)


def _last(tokens: Sequence[Token], index: int, lists: _Lists) -> PhraseMatch | None:
    """Match "last month", "this year", "earlier this week", "over the past two years", "in the coming months"."""
    word, behind = _word(tokens, index), _word(tokens, index + 1)
    if index and tokens[index].is_capital:
        return None  # "Next Week Gazette"
    anchored = _word(tokens, index + 2) in _ANCHORS - {"in", "to", "that", "he", "she", "they", "it"}
    before = _word(tokens, index - 1)
    if word == "this" and behind in lists.this:
        return None if anchored else _hit(tokens, index, index + 1)
    if word in {"last", "next"} and behind in lists.unit and before not in _DETERMINERS and not anchored:
        # "Last" behind a verb that means lasting: "the talks last days".
        return None if behind.endswith("s") else _hit(tokens, index, index + 1)
    if word in {"last", "past", "next", "coming"} and before == "the" and _word(tokens, index - 2) in _SPANS:
        return _span(tokens, index, lists)
    return None


_NUMBERS: Final = frozenset(
    {"a", "an", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "few", "couple", "of"}
    | {"several", "many", "some"}
)
_DETERMINERS: Final = frozenset({"the", "its", "his", "her", "their", "a", "at", "every", "each", "whose", "and"})


def _span(tokens: Sequence[Token], index: int, lists: _Lists) -> PhraseMatch | None:
    last = index + 1
    while last < len(tokens) and (
        tokens[last].part is TextPart.SLOT or _word(tokens, last) in {"few", "two", "three", "several"}
    ):
        last += 1
    if last > index + 1 and tokens[last - 1].part is TextPart.SLOT:
        last -= 1  # a slot brings its own unit
    elif _word(tokens, last) not in lists.unit:
        return None
    if _word(tokens, last + 1) in _ANCHORS - {"in", "that"}:
        return None
    return _hit(tokens, index - 2, last)


def _recent(tokens: Sequence[Token], index: int, lists: _Lists) -> PhraseMatch | None:
    """Match "in recent weeks"."""
    if _word(tokens, index) != "recent" or _word(tokens, index + 1) not in lists.unit:
        return None
    before = _word(tokens, index - 1)
    return _hit(tokens, index - (before in _SPANS), index + 1) if before != "most" else None


def _weekday(tokens: Sequence[Token], index: int, lists: _Lists) -> PhraseMatch | None:
    """Match "on Monday", unless a date follows."""
    if _word(tokens, index) != "on" or _word(tokens, index + 1) not in lists.weekday:
        return None
    following = [token for token in tokens[index + 2 : index + 5] if token.text != ","]
    if following and (following[0].text[:1].isdigit() or following[0].word in lists.month):
        return None
    if following and following[0].word in {"the", "of", "before", "after", "in"}:
        return None
    return _hit(tokens, index, index + 1)


def _now(tokens: Sequence[Token], index: int) -> PhraseMatch | None:
    """Match "is now", "now works"; not "now that", "by now", "now known as"."""
    before, behind = _word(tokens, index - 1), _word(tokens, index + 1)
    if behind in _KNOWN_AS or behind in {"that", "and"}:
        return None
    if before in _ALSO_NOW or behind in _NOW_VERBS:
        return _hit(tokens, index, index)
    return None


def _finding(  # noqa: PLR0913, PLR0917 - all of it is one place
    path: str, loc: tuple[str | int, ...], reading: Reading, hit: PhraseMatch, where: str, advice: str
) -> Finding:
    words = reading.text[hit.start : hit.end]
    return Finding(
        path,
        loc,
        f"“{words}” in {where} depends on the day of reading",
        advice,
        start=hit.start,
        end=hit.end,
    )


def _advice(phrase: str, as_of: datetime.date | None) -> str:
    general = "Take it out, and give the date in `when`, as precisely as the source does."
    seen = _seen(phrase, as_of) if as_of else ""
    return f"{general} Seen from {as_of}, it is `{seen}`." if seen else general


def _seen(phrase: str, as_of: datetime.date) -> str:
    """Return the date that a phrase means on a day, in our date grammar; empty where that is not known."""
    days = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
    if phrase in days:
        return (as_of + datetime.timedelta(days=days[phrase])).isoformat()
    which, _, unit = phrase.partition(" ")
    if which not in _SHIFTS:
        return ""
    if unit == "year":
        return str(as_of.year + _SHIFTS[which])
    if unit == "month":
        month = as_of.year * 12 + as_of.month - 1 + _SHIFTS[which]
        return f"{month // 12:04}-{month % 12 + 1:02}"
    return ""


RULE = Rule("relative-time", Severity.ERROR, _find)
