"""Typed prose that says more than the statements it rests on.

## What it does
Looks at what the site prints as it was typed, and at summaries among the key points. It reports
- "the purchase", "Musk's departure", "its owner" in a title, question, section title or unknown, where the event is
  stated by statements below `established` and `rests_on` names none of them;
- "why did ...", "when did ..." in a question or unknown that takes such an event for granted in the same way;
- a title or section title that is a sentence ("Elon Musk left OpenAI", "How a mill burned down") and rests on
  statements below `found`, or on none;
- words of blame in whatever is printed as it was typed ("Bell's blunder", "a preventable fire", a role "fraudster", a
  relationship "stole money from"), unless all it rests on was found or established, or it says who says so;
- words that raise certainty ("confirms", "proves", "reveals", "admits", "undoubtedly"), unless what it rests on has
  them or was found; labels that pass a verdict ("disgraced", "illegal"), in the same way;
- a figure in a title or question that no statement it rests on has;
- a summary, or `about` that rests on statements alone, with a figure, a name or a cause that none of these has; a
  summary that says "all" or "never" where they do not, or makes a deed of a plan;
- `about`, or an `intro`, that names neither `rests_on` nor `source` (for `intro`, a role with its own proof will do).

## Why
The compiler cannot weaken what was typed. A title that says "the purchase" turns a report into a fact on every card,
in every feed, and in the reader's memory, where the attribution below it never arrives.
(Reuters Handbook of Journalism and The Associated Press Stylebook, on headlines; BBC Editorial Guidelines, section 3.)

## Wrong
    - id: buying
      text: Elon Musk bought a data centre
      source: business-insider-2023
    unknowns:
      - {id: price, text: how much the purchase cost}

## Right
    - id: buying
      text: Elon Musk bought a data centre
      source: business-insider-2023
    unknowns:
      - {id: price, text: how much the purchase cost, rests_on: buying}

## When to allow it
When a noun means no event of the story: "the purchase price of milk".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from nutgraf.checks.rule import Finding, Rule
from nutgraf.checks.text.authored_prose import printed, typed
from nutgraf.checks.text.cause_cues import Causes
from nutgraf.checks.text.heading_cues import Headings
from nutgraf.checks.text.tokens import TextPart, clauses, read
from nutgraf.diagnostics import Severity
from nutgraf.glossary import MentionKind
from nutgraf.graph import entities_of
from nutgraf.model import Certainty
from nutgraf.model.record import references

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nutgraf.checks.policy import Policy, WordList
    from nutgraf.checks.text.authored_prose import Typed
    from nutgraf.checks.text.tokens import Clause, Reading, Token
    from nutgraf.graph import Graph, Resolved

_OWN: Final = frozenset({"its", "his", "her", "their", "whose"})
_DETERMINERS: Final = frozenset({"the", "this", *_OWN})
_PRESUMING: Final = frozenset({"why", "when", "where", "how", "who", "what", "which"})
_DID: Final = frozenset({"did", "was", "were", "has", "have", "had"})
_HEADINGS: Final = frozenset({"title", "section title"})
_YEAR: Final = re.compile(r"(?:1\d|20|21)\d\d")
_NUMBER: Final = re.compile(r"(?<![\w.,-])\d+(?:,\d{3})*(?:\.\d+)?(?![\w-])")
_ADJECTIVES: Final = frozenset(
    {"related", "based", "limited", "united", "red", "combined", "led", "backed", "owned", "aged"}
)
_CALENDAR: Final = frozenset(
    {
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    }
    | {"i", "english"}
)
_TELLING: Final = frozenset({"reported", "said", "told", "claimed", "alleged", "stated", "known", "disputed", "given"})
"""What was done to what is told, not an event of the story: "What is reported"."""
_YES_OR_NO: Final = frozenset(
    {"did", "does", "do", "was", "were", "is", "are", "has", "have", "had", "can", "could", "will"}
)
_SHORT: Final = 4
_SAME: Final = 5
"""How many letters two forms of a word share, at least."""
_STRONG: Final = frozenset({Certainty.FOUND, Certainty.ESTABLISHED})


@dataclass(frozen=True, slots=True)
class _Stated:
    """The words of a statement, by which it can be told what it states."""

    resolved: Resolved
    words: frozenset[str]
    entities: frozenset[str]


def _find(graph: Graph, policy: Policy) -> Iterator[Finding]:
    raising, events = policy.words("raised-certainty"), policy.words("events")
    causes = Causes(policy.words("causes"))
    headings = Headings(policy)
    for prose in printed(graph):
        for start, end, headline, advice in _outermost(_accusing(prose, headings)):
            yield Finding(prose.path, prose.loc, headline, advice, start=start, end=end)
    for prose in typed(graph):
        found = [
            *_raised(graph, prose.reading, prose.bases, raising, prose.what),
            *_presumed(graph, prose, raising, events),
            *_asked(graph, prose),
            *_accusing(prose, headings),
            *_concluding(prose, headings),
            *_figures(graph, prose),
        ]
        for start, end, headline, advice in _outermost(found):
            yield Finding(prose.path, prose.loc, headline, advice, start=start, end=end)
    yield from _introductions(graph, causes)
    for clause in clauses(graph):
        if clause.resolved.is_summary:
            yield from _summary(graph, clause, raising, causes, headings)


_Fault = tuple[int, int, str, str]
"""Start, end, headline, advice."""


def _outermost(found: Iterable[_Fault]) -> Iterator[_Fault]:
    """Yield one fault for each place, from left to right."""
    done = -1
    for fault in sorted(found, key=lambda one: (one[0], -one[1])):
        if fault[0] >= done:
            done = fault[1]
            yield fault


# -- what the statements of a story say --


@lru_cache(maxsize=256)
def _stated(graph: Graph, story: str) -> tuple[_Stated, ...]:
    return tuple(_words_of(graph, one) for one in graph.in_story(story) if not one.is_retracted)


@lru_cache(maxsize=4)
def _readings(graph: Graph) -> Mapping[str, Reading]:
    return {clause.resolved.key: clause.reading for clause in clauses(graph) if clause.field == "text"}


def _reading(graph: Graph, one: Resolved) -> Reading:
    """Return the text of a statement; empty where it only denies another."""
    # What is gone through may be a part of the site, and what it rests on elsewhere.
    return _readings(graph).get(one.key) or read(one.statement.text or "", graph, one.story)


def _words_of(graph: Graph, one: Resolved) -> _Stated:
    reading = _reading(graph, one)
    phrases = " ".join(phrase for _, phrase, _ in one.statement.relation)
    words = {token.word for token in reading.tokens if token.word} | set(phrases.lower().split())
    return _Stated(one, frozenset(words), frozenset(_entities(reading)))


def _entities(reading: Reading) -> Iterator[str]:
    yield from (one.id for one in reading.mentions if one.kind is MentionKind.ENTITY)


# -- words that raise certainty --


def _raised(graph: Graph, reading: Reading, bases: Sequence[Resolved], words: WordList, what: str) -> Iterator[_Fault]:
    if bases and all(base.certainty in _STRONG for base in bases):
        return
    tokens = reading.tokens
    # A question whether something is so says nothing of it.
    if tokens and (tokens[0].word == "whether" or (reading.text.endswith("?") and tokens[0].word in _YES_OR_NO)):
        return
    for index, token in enumerate(tokens):
        if not _raises(tokens, index, words):
            continue
        known = {word for base in bases for word in _words_of(graph, base).words}
        if any(word[:5] == token.word[:5] for word in known):
            continue
        yield (
            token.start,
            token.end,
            f"“{reading.text[token.start : token.end]}” makes the {what} more certain than what it rests on",
            "Take it out, or name in `rests_on` the statement that says so."
            if token.word in words.groups["label"]
            else "Write “says” or “reports”, or what happened; how sure it is stands beside each statement.",
        )


def _raises(tokens: Sequence[Token], index: int, words: WordList) -> bool:  # noqa: PLR0911 - one return a case
    groups = words.groups
    word = tokens[index].word
    if word in groups["adverb"]:
        return True
    behind = tokens[index + 1] if index + 1 < len(tokens) else None
    if word in groups["label"]:
        return True
    if word in groups["truth"]:
        return behind is not None and behind.word in {"about", "behind", "of"}
    if word not in groups["verb"]:
        return False
    if behind is None:
        return index > 0 and word.endswith("s") and tokens[index - 1].part is not TextPart.MARK
    if behind.word in groups["harmless"] or behind.part is TextPart.MARK:
        return False
    return (
        behind.word in {"that", "the", "a", "an", "how", "why", "what", "who", "it", "he", "she", "they", *_OWN}
        or behind.part is not TextPart.WORD
        or behind.is_capital
        or word.endswith("s")
    )


# -- what is taken for granted --


def _presumed(graph: Graph, prose: Typed, raising: WordList, events: WordList) -> Iterator[_Fault]:
    """Yield "the purchase", "Bell's departure", "its owner" where the record has it below `established` alone."""
    if prose.story is None:
        return
    for index, token in enumerate(prose.reading.tokens):
        if token.word in events.groups:
            verbs = frozenset({*events.groups[token.word], token.word, f"{token.word}s"})
            first = _definite(prose.reading.tokens, index)
        elif token.word in raising.groups["relation"]:
            verbs = frozenset(raising.groups["relation-stated"])
            first = _possessive(prose.reading.tokens, index)
        else:
            continue
        if first is None:
            continue
        stating = [one for one in _stated(graph, prose.story) if one.words & verbs]
        if _is_covered(prose, stating):
            continue
        start = prose.reading.tokens[first].start
        yield _granted(prose, start, token.end, _named_with(prose, stating))


def _definite(tokens: Sequence[Token], index: int) -> int | None:
    """Return the index at which a definite noun phrase that ends at `index` begins."""
    first = _possessive(tokens, index)
    if first is not None:
        return first
    for place in (index - 1, index - 2):
        if place >= 0 and tokens[place].word == "the":
            return place
        if (
            place < 0
            or tokens[place].part is TextPart.MARK
            or tokens[place].word in {"of", "a", "an", "no", "any", "or", "and"}
        ):
            return None
    return None


def _possessive(tokens: Sequence[Token], index: int) -> int | None:
    """Return where "its owner", "Bell's owner", "the firm's owner" begins."""
    for place in (index - 1, index - 2):
        if place < 0:
            return None
        word = tokens[place].word
        if word in _OWN or word.endswith("'s"):
            return place
        if tokens[place].text in {"'s", "’s"} and place:
            return place - 1
        if tokens[place].part is TextPart.MARK:
            return None
    return None


def _is_covered(prose: Typed, stating: Sequence[_Stated]) -> bool:
    """Tell whether the record carries what is taken for granted: by an established statement, or by a base."""
    if any(one.resolved.certainty is Certainty.ESTABLISHED for one in stating):
        return True
    if not stating:
        # Worded in some other way, so nobody can tell: what it rests on may say it.
        return bool(prose.bases)
    keys = {one.resolved.key for one in stating}
    return any(base.key in keys or {*base.rests_on} & keys or base.story != prose.story for base in prose.bases)


def _named_with(prose: Typed, stating: Sequence[_Stated]) -> Resolved | None:
    """Return the statement that the prose means, if there is one likeliest: it names the same entities."""
    entities = frozenset(_entities(prose.reading))
    ranked = sorted(stating, key=lambda one: -len(one.entities & entities))
    return ranked[0].resolved if ranked else None


def _granted(prose: Typed, start: int, end: int, meant: Resolved | None) -> _Fault:
    words = prose.text[start:end]
    headline = f"The {prose.what} takes “{words}” for granted, and rests on nothing that says so"
    if meant is None:
        return start, end, headline, "Add the statement that says so, and name it in `rests_on`; or reword it."
    return start, end, headline, f"Add `rests_on: {meant.id}`, which is {meant.certainty}, or reword it."


def _asked(graph: Graph, prose: Typed) -> Iterator[_Fault]:
    """Yield "why did Bell leave", where that he left is on record below `established` alone and not named."""
    tokens = prose.reading.tokens
    if prose.story is None or prose.bases or not tokens or tokens[0].word not in _PRESUMING:
        return
    if prose.what == "question" and (len(tokens) == 1 or tokens[1].word not in _DID):
        return
    entities = frozenset(_entities(prose.reading))
    telling = [token.word for token in tokens[1:] if token.word not in _TELLING]
    stems = {_stem(word) for word in telling if _is_past(word) or prose.what == "question"} - {""}
    meant = [
        one
        for one in _stated(graph, prose.story)
        if (one.entities & entities or not entities) and stems & {_stem(word) for word in one.words}
    ]
    if not meant and stems and (tokens[0].word == "why" or _is_sentence(tokens)):
        words = prose.text[tokens[0].start : tokens[0].end]
        headline = f"“{words}” in the {prose.what} takes for granted what no statement says"
        yield tokens[0].start, tokens[0].end, headline, "Add the statement that says so, and name it in `rests_on`."
    if meant and all(one.resolved.certainty is not Certainty.ESTABLISHED for one in meant):
        end = tokens[min(1, len(tokens) - 1)].end if prose.what == "question" else tokens[0].end
        words = prose.text[tokens[0].start : end]
        certainty = meant[0].resolved.certainty
        headline = (
            f"“{words}” in the {prose.what} takes for granted what is {certainty} only, and rests on nothing for it"
        )
        named = _named_with(prose, meant)
        advice = f"Add `rests_on: {named.id}`, or ask whether it is so." if named else ""
        yield tokens[0].start, end, headline, advice


def _is_sentence(tokens: Sequence[Token]) -> bool:
    """Tell whether a name and what it did follow a question word: "how Works cheated"."""
    if tokens[0].word not in {"how", "when", "where"}:
        return False
    return any(
        one.part is TextPart.NAME and _is_past(other.word) and other.word not in _ADJECTIVES
        for one, other in pairwise(tokens[1:])
    )


_STEMS: Final[Mapping[str, str]] = {
    "stole": "steal",
    "stolen": "steal",
    "hid": "hide",
    "hidden": "hide",
    "built": "build",
    "spent": "spend",
    "knew": "know",
    "cut": "cut",
    "left": "leave",
    "leaving": "leave",
    "bought": "buy",
    "sold": "sell",
    "lost": "lose",
    "sank": "sink",
    "sunk": "sink",
    "gave": "give",
    "given": "give",
    "took": "take",
    "taken": "take",
    "paid": "pay",
    "fell": "fall",
    "broke": "break",
    "died": "die",
    "made": "make",
}


def _is_past(word: str) -> bool:
    return word in _STEMS or (word.endswith("ed") and word not in _ADJECTIVES)


def _stem(word: str) -> str:
    """Return a verb without its ending; empty for a word too short to tell anything."""
    if len(word) < _SHORT - 1 or word in _DID:
        return ""
    word = _STEMS.get(word, word)
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORT - 1:
            return word.removesuffix(ending)
    return word


# -- what is said in the site's own voice --


_NAMED: Final = frozenset({"note", "definition", "revision"})
"""Texts about words and documents: they accuse only where they name somebody."""
_QUOTED: Final = frozenset({"relationship", "`by`"})
"""Texts that are shown with the evidence of their statement."""
_ASKING: Final = frozenset({"question", "unknown", "dispute"})
_CALLED: Final = frozenset({"`short`", "alias"})


def _accusing(prose: Typed, headings: Headings) -> Iterator[_Fault]:
    """Yield words that accuse or reproach in the site's own voice, on a basis below `found`."""
    if _is_founded(prose) or headings.is_attributed(prose.reading):
        return
    tokens = prose.reading.tokens
    if prose.what in _NAMED and not any(one.kind is MentionKind.ENTITY for one in prose.reading.mentions):
        return
    if prose.what in _CALLED and not (tokens and tokens[0].text in {"the", "a", "an"}):
        return
    if prose.what in {"relationship", "`when_text`", "`by`"} and any(base.is_accusation for base in prose.bases):
        return
    if headings.asks_openly(prose.reading):
        found = headings.presumes(prose.reading)
    else:
        asks = headings.asks(prose.reading) and prose.what in _ASKING
        found = headings.blame(prose.reading, crimes_only=prose.what in _QUOTED, closely=asks)
    for said in found:
        words = prose.text[said.start : said.end]
        yield (
            said.start,
            said.end,
            f"“{words}” in the {prose.what} accuses or concludes in the site's own voice",
            _NEUTRAL,
        )


_NEUTRAL: Final = "Name the topic, ask openly (“Did …?”), or say who says so (“Bell blames the board”)."


def _is_founded(prose: Typed) -> bool:
    return bool(prose.bases) and all(base.certainty in _STRONG for base in prose.bases)


def _concluding(prose: Typed, headings: Headings) -> Iterator[_Fault]:
    """Yield a heading that is a sentence: somebody, and what they did."""
    if prose.what not in _HEADINGS or prose.text.endswith("?") or _is_founded(prose):
        return
    said = headings.sentence(prose.reading)
    if said is None or headings.is_attributed(prose.reading):
        return
    yield (
        said.start,
        said.end,
        f"The {prose.what} states as fact what needs attribution",
        "Use a topic instead of a sentence: “Musk and OpenAI”, “The purchase of GPUs”.",
    )


def _figures(graph: Graph, prose: Typed) -> Iterator[_Fault]:
    """Yield a figure that no statement which the prose rests on has."""
    if prose.story is None:
        return
    known = {figure for base in prose.bases for figure in _amounts(graph, base)}
    masked = prose.reading.masked
    for found in _NUMBER.finditer(masked):
        digits = found[0].replace(",", "")
        if _YEAR.fullmatch(found[0]) or digits in known or len(digits) == 1:
            continue
        before = masked[: found.start()].rstrip()
        if before[-1:] == "\ue000" or re.search(r"\b[A-Z]\w*$", before) or re.match(r"\s+[A-Z]", masked[found.end() :]):
            continue  # "Falcon 9", "Article 50", "11 April"
        yield (
            found.start(),
            found.end(),
            f"The {prose.what} has a figure, {found[0]}, that nothing it rests on has",
            "Name the statement with the figure in `rests_on`, or leave the figure to the statement.",
        )


def _amounts(graph: Graph, one: Resolved) -> Iterator[str]:
    for name in one.statement.slots:
        quantity = graph.quantity(one, name)
        for each in (quantity, quantity.also if quantity else None):
            if each is not None:
                yield from (f"{value.normalize():f}" for value in each.bounds if value is not None)
    yield from re.findall(r"\d+", one.statement.text)


# -- introductions --


def _introductions(graph: Graph, causes: Causes) -> Iterator[Finding]:
    for prose in typed(graph):
        if prose.entity is None:
            continue
        entity = graph.entities[prose.entity]
        proven = bool(prose.bases or prose.sources or entity.rests_on)
        if prose.loc == ("intro",):
            founded = any(role.statement or role.source for role in entity.roles)
            if prose.bases and not (founded or prose.sources) and not _shares_words(graph, prose):
                headline = f"The `intro` of `{prose.entity}` says what nothing it rests on does"
                advice = "Name the statement that says so in `rests_on`, or take it out."
                yield Finding(prose.path, prose.loc, headline, advice)
                continue
            proven = proven or founded
        if not proven:
            headline = f"The {prose.what} of `{prose.entity}` rests on nothing"
            advice = "Add `rests_on` with the statements that say so, as `story/statement`, or `source`."
            yield Finding(prose.path, prose.loc, headline, advice)
        elif prose.bases and not prose.sources and prose.loc == ("about",):
            added = _added(graph, prose.reading, prose.bases, causes, {prose.entity})
            for start, end, what in added:
                headline = f"The {prose.what} of `{prose.entity}` adds {what} that nothing it rests on has"
                advice = "Name the statement that says so in `rests_on`, or take it out."
                yield Finding(prose.path, prose.loc, headline, advice, start=start, end=end)


def _shares_words(graph: Graph, prose: Typed) -> bool:
    """Tell whether what an introduction rests on has one of its words."""
    own = {_stem(token.word) for token in prose.reading.tokens} - {""}
    return any(own & {_stem(word) for word in _words_of(graph, base).words} for base in prose.bases) or any(
        token.part is TextPart.NAME for token in prose.reading.tokens
    )


# -- summaries --


def _summary(graph: Graph, clause: Clause, raising: WordList, causes: Causes, headings: Headings) -> Iterator[Finding]:
    one = clause.resolved
    bases = tuple(graph.statements[key] for key in one.rests_on)
    if not bases:
        return
    path, loc = clause.place
    advice = "Add the statement that says so to `rests_on`, or take it out."
    for start, end, what in _added(graph, clause.reading, bases, causes, set()):
        headline = f"The key point `{one.id}` adds {what} that nothing it rests on has"
        yield Finding(path, loc, headline, advice, start=start, end=end)
    yield from (
        Finding(path, loc, f"The key point `{one.id}` {fault}", help_, start=start, end=end)
        for start, end, fault, help_ in _widened(graph, clause.reading, bases, raising)
    )
    own = {name for base in bases for name in base.statement.slots}
    for token in clause.reading.tokens:
        if token.part is TextPart.SLOT and token.text[1:-1] not in own:
            headline = f"The key point `{one.id}` adds a figure that nothing it rests on has"
            yield Finding(path, loc, headline, advice, start=token.start, end=token.end)
    yield from _blaming(graph, clause, bases, headings)
    for start, end, headline, help_ in _raised(graph, clause.reading, bases, raising, "key point"):
        yield Finding(path, loc, headline, help_, start=start, end=end)


def _blaming(graph: Graph, clause: Clause, bases: Sequence[Resolved], headings: Headings) -> Iterator[Finding]:
    """Yield words of a summary that accuse or reproach, where none of its statements has them."""
    if headings.is_attributed(clause.reading) or all(base.certainty in _STRONG for base in bases):
        return
    known = {word[:_SAME] for base in bases for word in _words_of(graph, base).words}
    path, loc = clause.place
    for said in headings.blame(clause.reading, closely=True):
        words = clause.reading.text[said.start : said.end]
        if all(word[:_SAME] in known for word in words.lower().split()):
            continue
        headline = (
            f"“{words}” in the key point `{clause.resolved.id}` accuses or concludes, and nothing it rests on does"
        )
        yield Finding(path, loc, headline, "Say as much as the statements do.", start=said.start, end=said.end)
        return


def _widened(graph: Graph, reading: Reading, bases: Sequence[Resolved], words: WordList) -> Iterator[_Fault]:
    """Yield "all" and "never" that no base has, and a plan that became a deed."""
    known = [_words_of(graph, base).words for base in bases]
    together = frozenset[str]().union(*known)
    for token in reading.tokens:
        if token.word in words.groups["universal"] and token.word not in together:
            fault = f"says “{token.text}”, which nothing it rests on does"
            yield token.start, token.end, fault, "Say as much as the statements do."
    tentative = frozenset(words.groups["tentative"])
    own = {token.word for token in reading.tokens}
    if all(one & tentative for one in known) and not own & tentative:
        deeds = {_stem(word) for one in known for word in one} - {""}
        first = next((token for token in reading.tokens if _is_past(token.word) and _stem(token.word) in deeds), None)
        if first is not None:
            missing = min(known[0] & tentative)
            fault = f"makes a fact of what `{bases[0].id}` puts with “{missing}”"
            yield first.start, first.end, fault, f"Keep “{missing}”, or what it says."


def _added(
    graph: Graph, reading: Reading, bases: Sequence[Resolved], causes: Causes, known: set[str]
) -> Iterator[tuple[int, int, str]]:
    """Yield names and causes that a text has, and none of the statements that it rests on."""
    named = known | {entity for base in bases for entity in _known_to(graph, base)}
    for mention in reading.mentions:
        if mention.kind is MentionKind.ENTITY and mention.id not in named:
            named.add(mention.id)
            yield mention.start, mention.end, f"a name, {reading.text[mention.start : mention.end]},"
    written = " ".join(base.statement.text for base in bases)
    for token in reading.tokens[1:]:
        if (
            token.part is TextPart.WORD
            and token.is_capital
            and token.text not in written
            and token.word not in _CALENDAR
        ):
            yield token.start, token.end, f"a name, {token.text},"
    if not any(causes.is_in(_reading(graph, base)) for base in bases):
        for hit in causes.find(reading):
            yield hit.start, hit.end, "a cause"


def _known_to(graph: Graph, base: Resolved) -> Iterator[str]:
    """Yield the entities that a statement brings: named, linked, asserting it or publishing it."""
    yield from _entities(_reading(graph, base))
    yield from _entities(read(base.statement.after_previous or "", graph, base.story))
    yield from (str(target) for _, target in references(base.statement))
    yield from (entity for by in base.by for entity in entities_of(by))
    yield from (str(graph.sources[name].publisher) for name in base.source_ids)
    yield from (part for key in base.rests_on for part in _known_to(graph, graph.statements[key]))
    for name in base.statement.slots:
        quantity = graph.quantity(base, name)
        if quantity is not None:
            yield from (str(party) for party in (quantity.payer, quantity.payee) if party)


RULE = Rule("laundered-prose", Severity.ERROR, _find)
