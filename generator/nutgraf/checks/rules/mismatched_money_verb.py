"""A verb that says something else about a sum than its kind does.

## What it does
Reports a figure of money whose verb does not fit its `kind`: a pledge that was "paid" or "given", a donation that was
"invested", a claim that was "paid" or "received", an estimate that was "spent", and so on; and nouns before "of": a
valuation called a "market cap", revenue called a "profit". It goes by the verb that governs the figure, so "promised
to give {pledge}", "has not paid {pledge}" and "gave half of {pledge}" are fine. Quotations are passed over.

## Why
Promised is not paid, and demanded is not owed. Readers add such sums up, and courts have, too.
(Reuters Handbook of Journalism, on precision in reports about money.)

## Wrong
    - id: pledge
      text: Elon Musk gave {pledge} to OpenAI
      source: semafor-2023
      quantities:
        pledge: {amount: 1000000000, unit: USD, kind: pledge}

## Right
    - id: pledge
      text: Elon Musk pledged {pledge} to OpenAI
      source: semafor-2023
      quantities:
        pledge: {amount: 1000000000, unit: USD, kind: pledge}

## When to allow it
When the words are a figure of speech and the kind is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutgraf.checks.rule import Finding, Rule
from nutgraf.checks.text.tokens import TextPart, clauses
from nutgraf.diagnostics import Severity
from nutgraf.model import QuantityKind, Verb

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nutgraf.checks.policy import Policy, WordList
    from nutgraf.checks.text.tokens import Clause, Token
    from nutgraf.graph import Graph

_UNFIT: Final[Mapping[QuantityKind, tuple[str, ...]]] = {
    QuantityKind.PLEDGE: ("give", "pay", "invest", "lend", "receive", "earn"),
    QuantityKind.DONATION: ("invest", "lend", "pledge", "earn"),
    QuantityKind.PAYMENT: ("donate", "pledge", "invest", "lend"),
    QuantityKind.INVESTMENT: ("donate", "lend"),
    QuantityKind.VALUATION: ("give", "pay", "invest", "lend", "raise", "earn", "receive"),
    QuantityKind.MARKET_CAP: ("give", "pay", "invest", "lend", "raise", "earn", "receive"),
    QuantityKind.REVENUE: ("donate", "pledge", "pay", "invest"),
    QuantityKind.CLAIM: ("give", "pay", "receive", "award", "earn", "fine"),
    QuantityKind.OFFER: ("give", "pay", "receive", "invest", "earn"),
    QuantityKind.SETTLEMENT: ("donate", "fine", "invest", "pledge"),
    QuantityKind.ESTIMATE: ("pay", "donate", "earn", "receive"),
    QuantityKind.LOSS: ("earn", "donate", "pay", "invest"),
    QuantityKind.PRICE: ("donate", "pledge", "lend"),
}
"""What must not be said of money of each kind, as groups of verbs."""
_NOUNS: Final[Mapping[QuantityKind, tuple[str, ...]]] = {
    QuantityKind.VALUATION: ("market cap", "market capitalisation", "market capitalization", "market value"),
    QuantityKind.REVENUE: ("profit", "profits", "net income"),
    QuantityKind.CLAIM: ("fine", "payout", "payment", "damages award"),
    QuantityKind.PLEDGE: ("revenue", "profit"),
    QuantityKind.OFFER: ("purchase price",),
    QuantityKind.ESTIMATE: ("bill",),
}
"""What a sum of each kind must not be called."""
_MADE_OF: Final[Mapping[str, str]] = {
    "donation": "give",
    "gift": "give",
    "contribution": "give",
    "payment": "pay",
    "investment": "invest",
    "loan": "lend",
}
_MEANS: Final[Mapping[QuantityKind, str]] = {
    QuantityKind.PLEDGE: "A pledge is promised, and may never be paid.",
    QuantityKind.DONATION: "A donation is given, and asks for nothing in return.",
    QuantityKind.PAYMENT: "A payment is made for something.",
    QuantityKind.INVESTMENT: "An investment buys a share.",
    QuantityKind.VALUATION: "A valuation is what somebody holds a private company to be worth.",
    QuantityKind.MARKET_CAP: "A market capitalisation is what all traded shares are worth together.",
    QuantityKind.REVENUE: "Revenue is what comes in, before costs.",
    QuantityKind.CLAIM: "A claim is what somebody demands.",
    QuantityKind.OFFER: "An offer is what somebody would pay.",
    QuantityKind.SETTLEMENT: "A settlement is what two sides agreed on.",
    QuantityKind.ESTIMATE: "An estimate is nobody's money yet.",
    QuantityKind.LOSS: "A loss is what went.",
    QuantityKind.PRICE: "A price is what one has to pay for something.",
}
_RIGHT: Final[Mapping[QuantityKind, Mapping[str, str]]] = {
    QuantityKind.PLEDGE: {"give": "pledged", "pay": "pledged", "invest": "pledged", "lend": "pledged"},
    QuantityKind.DONATION: {"invest": "donated", "lend": "donated", "pledge": "donated"},
    QuantityKind.PAYMENT: {"donate": "paid", "pledge": "paid", "invest": "paid", "lend": "paid"},
    QuantityKind.INVESTMENT: {"donate": "invested", "lend": "invested"},
    QuantityKind.CLAIM: {"pay": "was asked for", "receive": "demanded"},
    QuantityKind.OFFER: {"pay": "offered", "give": "offered"},
}
_BOUNDS: Final = frozenset(
    {"and", "but", "or", "which", "who", "that", "because", "while", "when", "after", "before", "then"}
)
_LEADING: Final = frozenset(
    {
        "than",
        "least",
        "most",
        "about",
        "around",
        "nearly",
        "almost",
        "over",
        "under",
        "roughly",
        "some",
        "exactly",
        "only",
        "up",
    }
)
_BLOCKING: Final = frozenset(
    {"from", "by", "with", "against", "in", "on", "at", "for", "as", "between", "into", "per", "to"}
)
_BE: Final = frozenset({"was", "were", "is", "are", "been", "being"})
_AUXILIARY: Final = _BE | {
    "be",
    "have",
    "has",
    "had",
    "having",
    "yet",
    "ever",
    "also",
    "already",
    "since",
    "then",
    "later",
}
_DETERMINERS: Final = frozenset(
    {"the", "a", "an", "its", "his", "her", "their", "this", "that", "these", "those", "it"}
)
_KINDS_IN_WORDS: Final = frozenset(
    {"pledges", "promises", "commitments", "claims", "offers", "revenue", "revenues", "value", "damages", "bids"}
)
_OWN_NOUNS: Final[Mapping[QuantityKind, frozenset[str]]] = {
    QuantityKind.PLEDGE: frozenset({"pledge", "promise", "commitment"}),
    QuantityKind.CLAIM: frozenset({"claim", "demand", "lawsuit"}),
    QuantityKind.OFFER: frozenset({"offer", "bid"}),
    QuantityKind.ESTIMATE: frozenset({"estimate"}),
    QuantityKind.VALUATION: frozenset({"valuation"}),
}
_FAR: Final = 8


@dataclass(frozen=True, slots=True)
class _MoneyVerb:
    """What is said about a sum.

    Attributes:
        first, last: its tokens.
        groups: what it says was done.
        is_noun: whether it is a noun that the sum is called.
    """

    first: int
    last: int
    groups: frozenset[str]
    is_noun: bool = False


def _find(graph: Graph, policy: Policy) -> Iterator[Finding]:
    verbs = _verbs(policy.words("money-verbs"))
    for clause in clauses(graph):
        for index, token in enumerate(clause.reading.tokens):
            if token.part is not TextPart.SLOT:
                continue
            name = token.text[1:-1]
            quantity = graph.quantity(clause.resolved, name)
            if quantity is None or not quantity.is_money:
                continue
            yield from _in(clause, index, name, quantity.kind, verbs)


def _verbs(words: WordList) -> Mapping[str, frozenset[str]]:
    return {name: frozenset(group) for name, group in words.groups.items()}


def _in(
    clause: Clause, index: int, name: str, kind: QuantityKind, verbs: Mapping[str, frozenset[str]]
) -> Iterator[Finding]:
    tokens = clause.reading.tokens
    if _word(tokens, index + 1) == "in" and _word(tokens, index + 2) in _KINDS_IN_WORDS:
        return  # "raised {sum} in pledges"
    if _word(tokens, index + 1) in _OWN_NOUNS.get(kind, frozenset()):
        return  # "paid the {sum} pledge": it is called what it is
    found = _noun(tokens, index, kind) or _before(tokens, index, verbs) or _behind(tokens, index, verbs)
    if found is None:
        return
    unfit = found.groups & {*_UNFIT.get(kind, ())}
    if not (unfit or found.is_noun):
        return
    if kind is QuantityKind.ESTIMATE and clause.resolved.verb is Verb.ESTIMATE:
        return  # "She estimates that the city spent ..."
    start, end = tokens[found.first].start, tokens[found.last].end
    said = clause.reading.text[start:end]
    path, loc = clause.place
    yield Finding(
        path,
        loc,
        f"“{said}” does not fit `{name}`, which is a sum of the kind `{kind}`",
        _advice(kind, said, unfit),
        start=start,
        end=end,
        related=_defined(clause, name),
    )


def _advice(kind: QuantityKind, said: str, unfit: frozenset[str]) -> str:
    if not unfit:
        return f"{_MEANS.get(kind, '')} Call it that, or correct the `kind`.".strip()
    right = next((_RIGHT[kind][group] for group in sorted(unfit) if group in _RIGHT.get(kind, {})), None)
    change = f"Write “{right}” instead of “{said}”" if right and " " not in said else "Reword it"
    return f"{_MEANS.get(kind, '')} {change}, or correct the `kind`.".strip()


def _defined(clause: Clause, name: str) -> tuple[tuple[str, tuple[str | int, ...], str], ...]:
    one = clause.resolved
    own = (*one.place.loc, "quantities", name, "kind")
    loc = own if name in one.statement.quantities else ("quantities", name, "kind")
    return ((one.place.path, loc, "its kind"),)


def _word(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].word if 0 <= index < len(tokens) else ""


def _noun(tokens: Sequence[Token], index: int, kind: QuantityKind) -> _MoneyVerb | None:
    """Match "a market cap of {sum}", "a {sum} market cap"."""
    for noun in _NOUNS.get(kind, ()):
        words = noun.split()
        size = len(words)
        before = index - 1
        while before > 0 and _word(tokens, before) in _LEADING | {"more", "at", "to"}:
            before -= 1
        if _word(tokens, before) == "of" and [_word(tokens, before - size + place) for place in range(size)] == words:
            return _MoneyVerb(before - size, before - 1, frozenset(), is_noun=True)
        if [_word(tokens, index + 1 + place) for place in range(size)] == words:
            return _MoneyVerb(index + 1, index + size, frozenset(), is_noun=True)
    return None


def _before(tokens: Sequence[Token], index: int, verbs: Mapping[str, frozenset[str]]) -> _MoneyVerb | None:
    """Return the verb in front of a sum that has the sum for its object."""
    place = index - 1
    while place >= 0 and _word(tokens, place) in _LEADING | {"more", "less", "at", "to"} and place > index - 4:
        # "More than", "at least", "up to"; "to" alone belongs to "up to" only.
        if _word(tokens, place) == "to" and _word(tokens, place - 1) != "up":
            break
        if _word(tokens, place) == "at" and _word(tokens, place + 1) not in {"least", "most"}:
            break
        if _word(tokens, place) == "over" and _word(tokens, place - 1) in {"handed", "hands"}:
            break
        place -= 1
    if _word(tokens, place) == "of":
        made = _made(tokens, place, verbs)
        if made is not None or _word(tokens, place - 1) not in verbs["sum"]:
            return made
        place -= 2
    elif _word(tokens, place) in _BLOCKING:
        return None
    return _nearest(tokens, place, index, verbs)


def _made(tokens: Sequence[Token], of: int, verbs: Mapping[str, frozenset[str]]) -> _MoneyVerb | None:
    """Match "made a donation of {sum}"."""
    group = _MADE_OF.get(_word(tokens, of - 1))
    if group is None:
        return None
    first = next((place for place in (of - 2, of - 3, of - 4) if _word(tokens, place) in {"made", "makes"}), None)
    if first is None or _is_undone(tokens, first, verbs):
        return None
    groups = {group} | ({"donate"} if group == "give" and _word(tokens, of - 1) != "contribution" else set())
    return _MoneyVerb(first, of - 1, frozenset(groups))


def _nearest(tokens: Sequence[Token], place: int, index: int, verbs: Mapping[str, frozenset[str]]) -> _MoneyVerb | None:  # noqa: PLR0911 - one return a case
    while place >= 0 and place > index - _FAR:
        token = tokens[place]
        if token.part is TextPart.MARK and token.text not in {"'s", "’s", "'", "’", "-"}:
            return None
        word = token.word
        if word in _BOUNDS:
            # "Gave {a} and {b}": both hang on one verb.
            if word == "and" and place == index - 1 and tokens[place - 1].part is TextPart.SLOT:
                place -= 2
                continue
            return None
        if word == "over" and _word(tokens, place - 1) in {"handed", "hands"}:
            return None if _is_undone(tokens, place - 1, verbs) else _MoneyVerb(place - 1, place, frozenset({"pay"}))
        groups = _groups(word, verbs)
        if groups:
            return None if _is_undone(tokens, place, verbs) else _MoneyVerb(place, place, groups)
        if word in verbs["neutral"] or word.endswith("ed") or word in _BLOCKING - {"to"}:
            return None
        if (
            word == "to"
            and tokens[place + 1].part is TextPart.WORD
            and not tokens[place + 1].is_capital
            and (tokens[place + 1].word not in _DETERMINERS)
        ):
            return None  # "paid lobbyists to secure {claim}"
        if word == "of" and (tokens[place - 1].part is TextPart.SLOT or _word(tokens, place - 1) in verbs["part"]):
            return None  # "gave {given} of the {pledge}"
        place -= 1
    return None


def _groups(word: str, verbs: Mapping[str, frozenset[str]]) -> frozenset[str]:
    known = ("give", "donate", "pay", "pledge", "invest", "lend", "raise", "earn", "receive", "award", "lose", "fine")
    return frozenset(name for name in known if word in verbs[name])


def _is_undone(tokens: Sequence[Token], verb: int, verbs: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether a verb says that nothing was done (yet): "has not paid", "would be paid", "to be paid"."""
    if any(_word(tokens, place) in {"if", "denies", "denied", "deny", "whether"} for place in range(verb)):
        return True
    place = verb - 1
    while _word(tokens, place) in _AUXILIARY or _word(tokens, place).endswith("ly"):
        place -= 1
    return _word(tokens, place) in verbs["undone"]


def _behind(tokens: Sequence[Token], index: int, verbs: Mapping[str, frozenset[str]]) -> _MoneyVerb | None:
    """Return the participle that a sum is the subject of: "{sum} was paid", "{sum} paid by"."""
    before = index - 2 if _word(tokens, index - 1) in _DETERMINERS else index - 1
    if _word(tokens, before) in _BLOCKING | {"of"}:
        return None  # "only {given} of the {pledge} was paid"
    place = index + 1
    if _groups(_word(tokens, place), verbs) and _word(tokens, place + 1) in {"by", "to", "in"}:
        return _MoneyVerb(place, place, _groups(_word(tokens, place), verbs))
    while place < len(tokens) and place < index + 7:
        token = tokens[place]
        if token.part is TextPart.MARK or token.word in _BOUNDS:
            return None
        if token.word in _BE:
            break
        place += 1
    verb = place + 1
    while _word(tokens, verb) in {
        "later",
        "then",
        "eventually",
        "finally",
        "also",
        "already",
        "been",
        "fully",
        "since",
    }:
        verb += 1
    groups = _groups(_word(tokens, verb), verbs)
    if not groups or place >= len(tokens) or _is_undone(tokens, verb, verbs):
        return None
    return _MoneyVerb(verb, verb, groups)


RULE = Rule("mismatched-money-verb", Severity.ERROR, _find)
