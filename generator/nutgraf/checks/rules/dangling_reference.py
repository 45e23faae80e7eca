"""A clause that points to something outside of it.

## What it does
Reports in `text`, and in summaries, a pronoun that nothing in the clause explains ("it bought the data centre",
"OpenAI said that he left"), "this" and "these" at the start or before a noun that was not there before, "the" with a
noun that only makes sense after another sentence ("the purchase", "the company", "the ship"), "the missing" and "the
other" anything, and acts done "again" or "instead". Fine are: what the clause itself has named before ("OpenAI said
that the company ..."), what has a complement ("the end of the payments", "the letter that he signed"), ordinals and
superlatives, what a reader takes for the one of its kind or place ("the press", "the museum"), "it" that stands for
nothing ("it is unclear whether"), and names ("IT", "His Holiness"). `after_previous` may point back, and so may a
denial.

## Why
Every statement is shown alone, too: on a card, in a feed, under its own address. There "the purchase" is a riddle.
(Reuters Handbook of Journalism, on sentences that stand alone; The Associated Press Stylebook, on pronouns.)

## Wrong
    - id: early
      text: the project is at an early stage
      source: business-insider-2023

## Right
    - id: early
      text: an AI project at Twitter is at an early stage
      after_previous: the project is at an early stage
      source: business-insider-2023

## When to allow it
When there is one of its kind and the rule does not know it: "the Union" in a story about one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutgraf.checks.rule import Finding, Rule
from nutgraf.checks.text.tokens import PAST_FORMS, TextPart, clauses, wordset
from nutgraf.diagnostics import Severity
from nutgraf.model import EntityKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from nutgraf.checks.policy import Policy, WordList
    from nutgraf.checks.text.tokens import Clause, Token
    from nutgraf.graph import Graph

_PERSONS: Final = frozenset({"he", "she", "him", "his", "her", "himself", "herself", "hers"})
_THINGS: Final = frozenset({"it", "its", "itself"})
_PLURALS: Final = frozenset({"they", "them", "their", "themselves", "theirs"})
_THESE: Final = frozenset({"this", "these", "those"})
_HERE: Final = frozenset(
    {"page", "site", "story", "article", "time", "way", "day", "week", "month", "year", "century", "morning", "evening"}
)
_KINDS: Final[Mapping[str, frozenset[EntityKind]]] = {
    "organisation": frozenset({EntityKind.ORGANISATION, EntityKind.PLACE, EntityKind.OTHER, EntityKind.PRODUCT}),
    "person": frozenset({EntityKind.PERSON}),
    "vessel": frozenset({EntityKind.VESSEL, EntityKind.PRODUCT, EntityKind.OTHER}),
    "product": frozenset({EntityKind.PRODUCT, EntityKind.OTHER, EntityKind.WORK, EntityKind.VESSEL}),
    "document": frozenset({EntityKind.DOCUMENT, EntityKind.WORK, EntityKind.LAW, EntityKind.OTHER}),
}
"""What an entity must be, for a noun to call it again."""
_LINKS: Final = frozenset(
    {"and", "but", "or", "that", "whether", "if", "as", "when", "while", "after", "before", "because", "until", "since"}
    | {"is", "was", "were", "are", "has", "had", "have", "will", "would", "could", "did", "does", "do", "not", "never"}
    | {"also", "once", "later", "then", "to", "of", "with", "for", "from", "in", "on", "at", "by", "about", "against"}
    | {"again", "publicly", "still", "now", "so", "what", "why", "how", "where", "who"}
)
_BE: Final = frozenset({"is", "was", "were", "will", "would", "has", "had", "may", "might", "could", "seems", "seemed"})
_OPENERS: Final = frozenset({"that", "to", "whether", "how", "why", "what", "who", "when", "where", "if", "for"})
_MAKERS: Final = frozenset({"make", "makes", "made", "find", "finds", "found", "take", "took", "think", "thought"})
_NEAR: Final = 6
_AUXILIARIES: Final = wordset("is was were are has had have will would could can may might should must did does do")
_ADVERBS: Final = wordset(
    "now also later then still never once often already soon only always usually rarely finally again"
)
_QUANTIFIERS: Final = wordset("both neither others another each all none many few several most others")
_PARTS: Final = wordset("none some many few most all one two three several each half of in at by for with both any")
_NO_SUPERLATIVE: Final = wordset("""
    forest interest request protest test contest guest harvest west nest chest pest priest arrest quest conquest inquest
""")
_PAST: Final = PAST_FORMS
_PREPOSITIONS: Final = wordset("in on at to for with by from after before near off")
_ARTICLES: Final = wordset("a an the its his her their that no")
_JOINTS: Final = wordset("after before when while because until since though although if so as")
_CLAUSES: Final = frozenset({"that", "who", "which", "and", "but", "when", "while", "after", "before", "if", "because"})
"""What begins another clause, whose subject an object may call again."""
_ONE_OF_SEVERAL: Final = wordset("latest previous next last second third")
"""What tells one event from others that were told before: "the latest offer"."""
_ONE_MORE: Final = wordset("further second third fourth fifth")
"""What counts on from others that were told before: "a third complaint"."""
_PAIRS: Final = wordset("parties sides parents houses chambers hands eyes ends sexes hemispheres")
"""What there are two of anyway."""
_NUMBERS: Final = wordset("one two three four five six seven eight nine ten eleven twelve twenty a an")
_NOT: Final = wordset("not never no without nor neither")
_REPEATED: Final = wordset("""
    apologised apologized appealed complained denied refused resigned sued protested objected struck confessed testified
    warned voted
""")
"""Acts that were done before, where they are done "again"."""
_ASIDE: Final = wordset("aloud again twice back away")
"""Adverbs behind an object, besides those in "-ly"."""
_DURING: Final = wordset("for since until during with by every each once twice again")
"""What may stand behind a "there" that is a place: "played there since the war"."""
_TIMES: Final = frozenset({"when", "after", "before", "while", "until", "as", "since", "where", "why", "how"})


def _find(graph: Graph, policy: Policy) -> Iterator[Finding]:
    groups = _groups(policy.words("references"))
    events = policy.words("events").groups
    for clause in clauses(graph):
        if clause.field != "text" or clause.resolved.denies is not None:
            continue
        for index in range(len(clause.reading.tokens)):
            pointed = _dangling(graph, clause.reading.tokens, index, groups, events)
            if pointed is not None:
                yield _finding(clause, index, pointed, groups)


def _dangling(
    graph: Graph,
    tokens: Sequence[Token],
    index: int,
    groups: Mapping[str, frozenset[str]],
    events: Mapping[str, tuple[str, ...]],
) -> int | None:
    """Return the index of the last word of what begins at `index` and points out of the clause; None as a rule."""
    if _is_named_so(tokens, index):
        return None
    word = tokens[index].word
    attempts: Sequence[Callable[[], int | None]] = (
        lambda: _object(tokens, index, groups),
        lambda: _happened(tokens, index, events),
        lambda: _did_so(tokens, index),
        lambda: _once_more(tokens, index),
        lambda: _pronoun(graph, tokens, index, groups),
        lambda: _definite(graph, tokens, index, groups, events) if word == "the" else None,
        lambda: _that(tokens, index, groups) if word == "that" and index else None,
        lambda: _opening(tokens, groups, events) if not index else None,
        lambda: _other(graph, tokens, index, groups),
    )
    return next((last for attempt in attempts if (last := attempt()) is not None), None)


def _finding(clause: Clause, first: int, last: int, groups: Mapping[str, frozenset[str]]) -> Finding:
    tokens = clause.reading.tokens
    start, end = tokens[first].start, tokens[last].end
    words = clause.reading.text[start:end]
    path, loc = clause.place
    noun = tokens[last].word.removesuffix("'s")
    if tokens[first].word in _THESE:
        advice = "Say what is meant."
    elif first == last:
        advice = "Write the name."
    elif any(noun in groups[kind] for kind in ("organisation", "person", "vessel")):
        advice = "Write the name, or say which with “of”, “that” or “who”."
    else:
        advice = "Say which: of whom, or of what."
    advice += " The shorter form may stand in `after_previous`."
    headline = f"“{words}” in `{clause.resolved.id}` points to something outside of the clause"
    return Finding(path, loc, headline, advice, start=start, end=end)


def _groups(words: WordList) -> Mapping[str, frozenset[str]]:
    return {name: frozenset(group) for name, group in words.groups.items()}


def _word(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].word if 0 <= index < len(tokens) else ""


# -- pronouns --


def _pronoun(  # noqa: PLR0911 - one return a case
    graph: Graph, tokens: Sequence[Token], index: int, groups: Mapping[str, frozenset[str]]
) -> int | None:
    """Return the index of the last word of a dangling pronoun at `index`, None if there is none."""
    word = tokens[index].word
    if index == 0 and tokens[0].is_capital and len(tokens) > 1 and tokens[1].is_proper:
        return None  # a title: "It Came by Boat"
    if word in _PERSONS:
        dangling = not _may_name(graph, tokens[:index], _KINDS["person"]) and not _comes(graph, tokens, index)
        return index if dangling else None
    if word in _PLURALS:
        return index if index == 0 or not _names_anything(tokens[:index]) else None
    if word in _THINGS:
        if word == "it" and _is_expletive(tokens, index, groups):
            return None
        others = frozenset(EntityKind) - {EntityKind.PERSON}
        return index if not _may_name(graph, tokens[:index], others) else None
    if word in _THESE:
        return _this(tokens, index)
    return None


def _is_named_so(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether what reads like a pronoun is a name, or begins one: "IT", "His Holiness", "This Is Exampleton"."""
    token = tokens[index]
    if token.part is not TextPart.WORD or not token.is_capital:
        return False
    return (len(token.text) > 1 and token.text.isupper()) or (
        index + 1 < len(tokens) and tokens[index + 1].is_capital and token.word != "the"
    )


def _may_name(graph: Graph, before: Sequence[Token], kinds: frozenset[EntityKind]) -> bool:
    """Tell whether a pronoun of such `kinds` may stand for something in the words before it.

    Everything that is not known for a verb or a link counts: a rule that guesses wrong is worse than none.
    """
    for token in before:
        if token.part is TextPart.NAME:
            if graph.entities[token.entity or ""].kind in kinds:
                return True
        elif token.part is not TextPart.WORD:
            if token.part is not TextPart.MARK:
                return True
        elif not (token.word in _LINKS or _may_be_verb(token)):
            return True
    return False


def _may_be_verb(token: Token) -> bool:
    return token.word.endswith("ed") or token.word in _VERBS


_VERBS: Final = frozenset(
    {
        "said",
        "says",
        "told",
        "tells",
        "bought",
        "sold",
        "left",
        "gave",
        "took",
        "made",
        "knew",
        "saw",
        "met",
        "wrote",
        "found",
    }
    | {
        "thought",
        "paid",
        "lost",
        "won",
        "built",
        "sent",
        "kept",
        "held",
        "let",
        "led",
        "broke",
        "chose",
        "wants",
        "owns",
    }
)


def _names_anything(before: Sequence[Token]) -> bool:
    return any(token.part is not TextPart.MARK and token.word not in _LINKS for token in before)


def _comes(graph: Graph, tokens: Sequence[Token], index: int) -> bool:
    """Tell whether the name comes behind: "in his letter, Bell says"."""
    if index > 2 or not any(token.text == "," for token in tokens[index:]):  # noqa: PLR2004 - "in his", "behind her back,"
        return False
    return index > 0 and any(
        token.part is TextPart.NAME and graph.entities[token.entity or ""].kind is EntityKind.PERSON
        for token in tokens[index:]
    )


def _is_expletive(tokens: Sequence[Token], index: int, groups: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether "it" stands for nothing: "it is unclear whether", "it took two days to", "found it hard to"."""
    behind = _word(tokens, index + 1)
    if behind in groups["expletive"]:
        return True
    following = [token.word for token in tokens[index + 1 :]]
    if behind in _BE:
        openers = [place for place in range(index + 3, len(tokens)) if tokens[place].word in _OPENERS]
        # "It is hard to say", but not "it was sold to Works".
        return any(tokens[place].word != "to" or not _begins_object(tokens, place + 1) for place in openers)
    if _word(tokens, index - 1) in _MAKERS:
        return any(word in _OPENERS for word in following[:_NEAR])
    return False


def _this(tokens: Sequence[Token], index: int) -> int | None:  # noqa: PLR0911 - one return a case
    behind = _word(tokens, index + 1)
    if behind in _HERE or (behind in {"who", "of", "that", "which", "is", "whose"} and tokens[index].word == "those"):
        return None
    if index == 0:
        return index
    if _word(tokens, index - 1) in {"in", "of", "for", "on", "at", "by", "with", "to"} and not behind:
        return None
    # Elsewhere "this" may mean what the clause has just said. "These chips" needs chips.
    if tokens[index].word == "this" and (behind in _BE or not behind or _may_be_verb(tokens[index + 1])):
        return None
    if any(token.part is TextPart.MARK or token.word in {"and", "but"} for token in tokens[:index]):
        return None
    if tokens[index].word in {"those", "these"} and all(one.word in _PARTS for one in tokens[:index]) and behind:
        return index
    if tokens[index].word == "those" or not behind:
        return None
    stem = behind.rstrip("s")
    return None if any(token.word.startswith(stem) for token in tokens[:index]) else index


def _that(tokens: Sequence[Token], index: int, groups: Mapping[str, frozenset[str]]) -> int | None:
    """Return the noun of an object that points back: "welcomed that decision"."""
    noun = _word(tokens, index + 1)
    if noun not in groups["event"] | groups["document"] | groups["any"]:
        return None
    named = any(token.word.removesuffix("s") == noun.removesuffix("s") for token in tokens[:index])
    follows = _word(tokens, index + 2)
    ends = (
        _is_end(tokens, index + 2) or follows in _PREPOSITIONS | {"too", "again", "yesterday"} or follows.endswith("ly")
    )
    return index + 1 if ends and not named else None


def _opening(  # noqa: C901, PLR0911, PLR0912 - one branch a case
    tokens: Sequence[Token], groups: Mapping[str, frozenset[str]], events: Mapping[str, tuple[str, ...]]
) -> int | None:
    """Return the last word of a subject that nothing identifies: "the deal is off", "that decision", "both left".

    Nouns that a clause may well begin with ("the sea", "the council") need nothing, and neither does what has a name
    in it.
    """
    first, second = _word(tokens, 0), _word(tokens, 1)
    if len(tokens) > 1 and tokens[0].is_capital and tokens[1].is_proper:
        return None  # a title: "It Came by Boat", "The Salt Road"
    if first == "such":
        return 1 if second and second not in {"as", "that", "is", "was"} else None
    if first == "there" and len(tokens) > 1 and tokens[1].text == ",":
        return 0
    if first == "so" and second in _AUXILIARIES:
        return 1
    if first == "doing" and second == "so":
        return 1
    if first == "a" and second in _ONE_MORE:
        noun = _subject_end(tokens, 2, groups)
        known = noun is not None and (second == "further" or _calls_again(_word(tokens, noun), groups, events))
        return noun if known else None
    if first in _QUANTIFIERS:
        return _quantified(tokens, groups)
    if first in {"that", "these", "those"}:
        if _is_auxiliary(second):
            return 0
        return _subject_end(tokens, 1, groups)
    if first != "the" or len(tokens) < _NEAR // 2 or second in {"two", "three", "four"}:
        return None  # of several, see `_number`
    if second in groups["again"] and _word(tokens, 2) not in groups["complement"] | {"as", "day", "time"}:
        # "The others left"; "the same court" is another one each time, "the two preprints about LK-99" are named.
        if second == "other" and not _is_verb(tokens, 2, groups):
            return _subject_end(tokens, 2, groups)
        return 1 if second in {"same", "said", "aforementioned"} or _is_verb(tokens, 2, groups) else None
    noun = _subject_end(tokens, 1, groups)
    if noun is None:
        return None
    words = [token.word.removesuffix("'s") for token in tokens[1 : noun + 1]]
    phrase = " ".join(words)
    unique = groups["one-of-a-kind"]
    if words[0] in _ONE_OF_SEVERAL and len(words) == 2 and any(words[1] in groups[kind] for kind in (*_KINDS, "event")):  # noqa: PLR2004
        return noun
    if (
        phrase in unique
        or {words[0], words[-1]} & unique
        or groups["unique"].intersection(words[:-1]) - {"two", "three", "four", "five", "other", "same"}
    ):
        return None
    if any(word.endswith("est") and word not in _NO_SUPERLATIVE for word in words):
        return None
    if words[0] in groups["earlier"]:
        return noun
    # "The smoking ban" says which; "the new ban" does not.
    plain = all(word in groups["adjective"] or word.endswith(("ed", "ly")) for word in words[:-1])
    return noun if plain and _calls_again(words[-1], groups, events) else None


def _calls_again(noun: str, groups: Mapping[str, frozenset[str]], events: Mapping[str, tuple[str, ...]]) -> bool:
    """Tell whether "the" before a noun calls again what was named: "the deal", but not "the museum"."""
    single = noun.removesuffix("s")
    return single in events or any({noun, single} & groups[kind] for kind in (*_KINDS, "place", "event"))


def _quantified(tokens: Sequence[Token], groups: Mapping[str, frozenset[str]]) -> int | None:
    """Return the last word of "both left", "both bridges were shut", "other ships sank"."""
    first, second = _word(tokens, 0), _word(tokens, 1)
    if first == "both" and (second in _PAIRS or "and" in (_word(tokens, 2), _word(tokens, 3))):
        return None
    if _is_verb(tokens, 1, groups) and second not in {"men", "women"}:
        return 0
    if first == "neither" and any(token.word == "nor" for token in tokens):
        return None
    if first in {"other", "neither"} or (first == "both" and second.endswith(("s", "en"))):
        return _subject_end(tokens, 1, groups)
    return None


def _subject_end(tokens: Sequence[Token], first: int, groups: Mapping[str, frozenset[str]]) -> int | None:
    """Return the index of the noun that a verb follows, in one to three plain words from `first` on."""
    for noun in range(first, min(first + 3, len(tokens) - 1)):
        token = tokens[noun]
        owns = token.word.endswith("'s")
        if token.part is not TextPart.WORD or token.is_capital or token.word in groups["complement"] | _LINKS - {"so"}:
            return None
        if owns and not (noun + 1 < len(tokens) and tokens[noun + 1].is_capital):
            return noun
        if "'" in token.word or token.word in _PERSONS | _THINGS | _PLURALS | _THESE:
            return None
        behind = tokens[noun + 1]
        if behind.word in {"and", "or", "but"} | _JOINTS:
            return None
        if _is_verb(tokens, noun + 1, groups):
            return noun
    return None


def _is_auxiliary(word: str) -> bool:
    return word in _AUXILIARIES


def _is_verb(tokens: Sequence[Token], index: int, groups: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether a word behind a noun is what its subject does: by its form, and by what follows."""
    word, before = _word(tokens, index), _word(tokens, index - 1)
    if not word or tokens[index].is_capital or word in groups["complement"] | _PREPOSITIONS | {"to", "as", "into"}:
        return False
    if word in groups["verb"] - {"and", "or", "but", "again", "so", "as", "if"} or word in _ADVERBS or word in _PAST:
        return True
    behind, further = _word(tokens, index + 1), tokens[index + 2 :]
    if word.endswith("ed"):
        # "the owner declined to comment"; "the barge moored at the quay sank" says which barge it is.
        later = any(one.word in groups["verb"] or one.word in _PAST or one.word.endswith("ed") for one in further)
        return (behind != "by" or _is_count(tokens, index + 2)) and not (behind in _PREPOSITIONS | {"to"} and later)
    if (before.endswith("s") and not before.endswith("ss")) or before in {"men", "women", "people", "children"}:
        return behind in _ARTICLES | {"up", "out", "to", "for", "at", "in"} and not word.endswith("s")
    ends = index + 1 >= len(tokens)
    is_third_person = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return is_third_person and behind != "of" and not ends and not _is_verb(tokens, index + 1, groups)


def _is_count(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a number stands at `index`: "passed by nine votes"."""
    return _word(tokens, index) in _NUMBERS or _word(tokens, index)[:1].isdigit()


def _begins_object(tokens: Sequence[Token], index: int) -> bool:
    if index >= len(tokens):
        return False
    token = tokens[index]
    return token.part in {TextPart.NAME, TextPart.SLOT} or token.is_capital or token.word in _ARTICLES


def _object(tokens: Sequence[Token], index: int, groups: Mapping[str, frozenset[str]]) -> int | None:
    """Return `index` where an object can't be the subject of the same verb, and nobody else was named: "saw her"."""
    word, behind = tokens[index].word, _word(tokens, index + 1)
    is_object = word in {"him", "them"} or (word == "her" and (not behind or behind in _PREPOSITIONS))
    if word == "it" and index:
        does = _word(tokens, index - 1)
        is_object = (does.endswith("ed") or does in _PAST) and does not in _MAKERS | _BE
        is_object = is_object and not _is_verb(tokens, index + 1, groups) and not _is_expletive(tokens, index, groups)
    if not is_object or not index:
        return None
    before = tokens[:index]
    if word == "it" and any(token.text.endswith(("'s", "’s", "s'", "s’")) for token in before):
        return None  # "Tidewick's buyers had wanted it"
    if any(token.part is TextPart.MARK or token.word in _CLAUSES for token in before):
        return None
    named = sum(
        token.part is TextPart.NAME or token.word in {"a", "an", "the", "two", "three", "some"} or token.is_proper
        for token in before
    )
    return index if named <= 1 else None


def _did_so(tokens: Sequence[Token], index: int) -> int | None:
    """Return the last word of "did so", "has done so", where nothing was done before in the clause."""
    if tokens[index].word not in {"did", "does", "do", "done"} or _word(tokens, index + 1) != "so" or not index:
        return None
    if _word(tokens, index + 2) in {"much", "many", "well", "badly", "that"}:
        return None
    before = tokens[:index]
    return None if any(one.part is TextPart.MARK or one.word in _CLAUSES | {"to"} for one in before) else index + 1


def _once_more(tokens: Sequence[Token], index: int) -> int | None:
    """Return `index` of a last word that needs an earlier sentence: "disputes this", "will grow hemp instead".

    What begins, goes on or stops again tells enough itself ("opened again"); an act does not ("apologised again").
    """
    word = tokens[index].word
    if not _is_end(tokens, index + 1) or word not in {"this", "instead", "again"} or index < 2:  # noqa: PLR2004
        return None
    before = tokens[:index]
    if any(one.part is TextPart.MARK or one.word in _CLAUSES | _JOINTS | _NOT | {"to"} for one in before):
        return None
    verb = before[-1]
    if word == "instead":
        return index
    if word == "this":
        return (
            index if verb.part is TextPart.WORD and verb.word not in _PREPOSITIONS | {"of", "about", "like"} else None
        )
    return index if verb.word in _REPEATED else None


def _happened(tokens: Sequence[Token], index: int, events: Mapping[str, tuple[str, ...]]) -> int | None:
    """Return `index` of an "it" that happened, where the clause names no event: "a bell rang when it happened"."""
    if tokens[index].word != "it" or _word(tokens, index + 1) not in {"happened", "happens", "occurred", "began"}:
        return None
    if _word(tokens, index + 2) == "that" or not index or _word(tokens, index - 1) not in _TIMES:
        return None
    return None if any(token.word in events for token in tokens[:index]) else index


def _other(  # noqa: PLR0911 - one return a case
    graph: Graph, tokens: Sequence[Token], index: int, groups: Mapping[str, frozenset[str]]
) -> int | None:
    """Return the last word of "the latter", "the two men", "both", "there", where nothing was named before."""
    word, behind = tokens[index].word, _word(tokens, index + 1)
    if word == "the" and behind in {"latter", "former"}:
        bare = _is_end(tokens, index + 2) or _word(tokens, index + 2) in groups["verb"]
        pair = any(token.word == "and" for token in tokens[:index])
        return index + 1 if bare and not pair else None
    if index == 0 and word == "the" and behind in {"two", "three", "four"}:
        return _number(tokens, groups)
    if index == 0 and word == "both" and behind in groups["verb"]:
        return 0
    if word == "the" and _is_end(tokens, index + 2) and index:
        if behind == "time" and _word(tokens, index - 1) == "at":
            return index + 1
        if behind == "same" and _word(tokens, index - 1) in {"do", "did", "does", "done", "said", "say", "promised"}:
            return index + 1
    if word == "there" and index and behind not in _BE | {"are", "is", "be", "been", "have"}:
        placed = any(
            token.word in {"in", "at", "to", "from", "near", "off"}
            or (token.entity is not None and graph.entities[token.entity].kind is EntityKind.PLACE)
            for token in tokens[:index]
        )
        ends = _is_end(tokens, index + 1) or behind in _DURING
        return None if placed or not ends else index
    return None


def _number(tokens: Sequence[Token], groups: Mapping[str, frozenset[str]]) -> int | None:
    """Match "the two", "the two men" at the start."""
    noun = 2
    if _word(tokens, noun) in groups["verb"] or _word(tokens, noun) in _PAST:
        return noun - 1
    several = _word(tokens, noun).endswith(("s", "en"))
    return noun if several and _stands_bare(tokens, noun, groups) else None


# -- "the" --


def _definite(  # noqa: PLR0911 - one return a case
    graph: Graph,
    tokens: Sequence[Token],
    index: int,
    groups: Mapping[str, frozenset[str]],
    events: Mapping[str, tuple[str, ...]],
) -> int | None:
    """Return the index of the noun of a dangling "the ..." at `index`, None if it does not dangle."""
    noun = index + 1
    if index and _word(tokens, noun) in groups["earlier"] - {"former", "disputed"}:
        # "Police have found the missing painting"; "the stolen car of the mayor" says which.
        last = noun + 1
        bare = not _is_end(tokens, last) and tokens[last].part is TextPart.WORD and not tokens[last].is_capital
        named = any(one.word.removesuffix("s") == _word(tokens, last).removesuffix("s") for one in tokens[:index])
        return last if bare and not named and _is_end(tokens, last + 1) else None
    if _word(tokens, noun) in groups["adjective"] and not _is_end(tokens, noun + 1):
        noun += 1
    owns = _word(tokens, noun).endswith("'s")  # "the company's data"
    word = _word(tokens, noun).removesuffix("'s")
    single = word.removesuffix("s") if word not in events else word
    known = [kind for kind in (*_KINDS, "event") if word in groups[kind] or single in groups[kind]]
    if word in groups["any"] | groups["one-of-a-kind"] or (not known and single not in events and word not in events):
        return None
    if tokens[noun].is_capital or not (owns or _stands_bare(tokens, noun, groups)):
        return None
    before = tokens[:index]
    if any(token.word.removesuffix("s") == single for token in before):
        return None  # "A purchase ..., and the purchase ..."
    if known and known != ["event"]:
        kinds = frozenset[EntityKind]().union(*(_KINDS[kind] for kind in known if kind in _KINDS))
        return None if _introduces(graph, before, kinds, known, groups["other-than-organisation"]) else noun
    if single in events and any(token.word in events[single] for token in before):
        return None
    if single in events:
        return noun
    # A deal, a move: whatever was told before in the same clause.
    return None if any(token.text in {",", ";"} or token.word in {"and", "but", "after"} for token in before) else noun


def _introduces(
    graph: Graph,
    before: Sequence[Token],
    kinds: frozenset[EntityKind],
    known: Sequence[str],
    others: frozenset[str],
) -> bool:
    """Tell whether the words in front name what a noun may call again: an entity of its kind, or "a tanker"."""
    for place, token in enumerate(before):
        if token.part is TextPart.NAME and graph.entities[token.entity or ""].kind in kinds:
            return True
        # A name that is no entity, or something new: "a fishing boat ... the ship".
        if token.part is TextPart.WORD and token.is_capital:
            return True
        if token.word in {"a", "an", "another", "one", "somebody", "someone", "two"} and place + 1 < len(before):
            noun = before[min(place + 2, len(before) - 1)].word, before[place + 1].word
            if known != ["organisation"] or not others & {*noun}:
                return True
    # Who is aboard brings the ship along, as readers see it.
    aboard = {"crew", "captain", "passengers", "passenger", "helmsman", "pilot", "aboard", "deck"}
    if "vessel" in known and any(token.word in aboard for token in before):
        return True
    return "document" in known and any(token.word in {"wrote", "published", "signed"} for token in before)


def _stands_bare(tokens: Sequence[Token], noun: int, groups: Mapping[str, frozenset[str]]) -> bool:  # noqa: PLR0911 - one return a case
    """Tell whether a noun has nothing behind it that says which one is meant."""
    if _is_end(tokens, noun + 1):
        return True
    behind = tokens[noun + 1]
    if behind.word in _ASIDE or (behind.word.endswith("ly") and behind.word not in {"only", "family", "early"}):
        return _is_end(tokens, noun + 2) or _word(tokens, noun + 2) not in groups["complement"] - {
            "to",
            "at",
            "in",
            "on",
        }
    if behind.part is TextPart.MARK:
        return behind.text in {",", ";", ".", ":"} and not _is_apposition(tokens, noun + 1)
    if behind.word in groups["complement"]:
        # "The case in spring" says when, not which.
        return behind.word in {"in", "at", "on", "by", "from", "within"} and _word(tokens, noun + 2) in groups["time"]
    if behind.word in {"and", "or"} and any(_word(tokens, noun + step) == "of" for step in range(2, _NEAR)):
        return False  # "the purchase and sale of shares"
    if behind.word in groups["verb"]:
        return True
    if not behind.word.endswith("ed"):
        return False
    # "The company announced a ..." says what it did; "the letter signed by" which letter it is.
    further = tokens[noun + 2] if noun + 2 < len(tokens) else None
    return further is not None and (
        further.part is not TextPart.WORD or further.word in {"a", "an", "the", "its", "his", "her", "their", "that"}
    )


def _is_end(tokens: Sequence[Token], index: int) -> bool:
    return index >= len(tokens)


def _is_apposition(tokens: Sequence[Token], comma: int) -> bool:
    """Tell whether a comma brings the name: "the company, OpenAI,", "the ferry, which"."""
    if tokens[comma].text != "," or comma + 1 >= len(tokens):
        return False
    behind = tokens[comma + 1]
    return (
        behind.part is TextPart.NAME
        or behind.is_capital
        or behind.word in {"which", "who", "whose", "called", "a", "an"}
    )


RULE = Rule("dangling-reference", Severity.ERROR, _find)
