"""A figure that was typed into the clause.

## What it does
Reports figures in `text`, in `after_previous` and in summaries: "10,000 GPUs", "$3.5bn", "40%", "two million people",
"twenty ships". Not reported are digits in names ("GPT-4", "article 5", "flight 370"), years, decades, dates, times of
day and ordinals, numbers up to ten in words before what they count ("two engineers"), and quotations.

## Why
A figure that is written once, under `quantities`, is the same everywhere, cannot lose its "about", keeps its unit and
its kind, and is corrected in one place.
(The Associated Press Stylebook and the Reuters Handbook of Journalism, entries on numerals: small numbers in words.)

## Wrong
    - id: purchase
      text: Elon Musk bought 10,000 GPUs
      source: business-insider-2023

## Right
    - id: purchase
      text: Elon Musk bought {gpus}
      source: business-insider-2023
      quantities:
        gpus: {amount: 10000, approximate: yes, unit: GPU}

## When to allow it
When the digits are a name that the rule does not know. Better: give the thing an entity or a glossary term.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from nutgraf.checks.rule import Finding, Rule
from nutgraf.checks.text.tokens import BLANK, blanked, clauses, wordset
from nutgraf.diagnostics import Severity
from nutgraf.loading.quoting import is_bare

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nutgraf.checks.policy import Policy, WordList
    from nutgraf.checks.text.tokens import Clause
    from nutgraf.graph import Graph, Resolved

_CURRENCIES: Final[Mapping[str, str]] = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₩": "KRW", "₹": "INR"}
_DIGITS: Final = re.compile(
    r"(?<![\w.,/#*-])(?P<sign>(?:US|A|C|HK|NZ)?[$€£¥₩₹]\s?)?"
    r"(?P<number>\d+(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<glued>[^\W\d_]*)(?P<rest>(?:[/:–-]\w+)*)(?P<percent>\s?%)?(?!\*)"
)
_MARKER: Final = re.compile(r"\(\d+\)|\[\d+\]|(?m:^)\s*\d+[.)]\s")
_DIGIT: Final = re.compile(r"\d")
_WORDS: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NEXT: Final = re.compile(r"\s+([^\W\d_]+(?:[-'’][^\W\d_]+)*)")
_LAST: Final = re.compile(r"([^\W_]+(?:[-'’][^\W_]+)*)[.,]?\s+(?:\d{1,2}\s*(?:and|or|to|–)\s*)?$")
_WINDOW: Final = 32
"""How many characters in front of a number are looked at, so that a long text does not cost its square."""
_DECADE: Final = re.compile(r"s|['’]s")
_ORDINAL: Final = wordset("st nd rd th")
_CLOCK: Final = re.compile(r"(?:[01]?\d|2[0-4])[.:][0-5]\d")
_OPENERS: Final = wordset(
    "a about all almost an and around at but by every exactly for from in just most nearly of on only over roughly "
    "some than the these those to under with"
)
"""Words that have a capital at the beginning of a text by mistake, and are no names."""
_FIRST_YEAR, _LAST_YEAR = 1000, 2199
_SMALL: Final = 31  # the days of a month
_STREET: Final = re.compile(
    r"\s+(?:[A-Z]\w+\s+){1,2}(?:Street|St|Road|Avenue|Lane|Square|Place|Drive|Boulevard|Row|Way|Court|Gardens)\b"
)


@dataclass(frozen=True, slots=True)
class _NumberInText:
    """A figure in a text.

    Attributes:
        start, end: where it stands.
        amount: its value, None where it is not known.
        unit: what it counts, in the words of the text; empty where that is not known.
    """

    start: int
    end: int
    amount: Decimal | None = None
    unit: str = ""


def _find(graph: Graph, policy: Policy) -> Iterator[Finding]:
    words = policy.words("figures")
    spelled = frozenset((*words.groups["small"], *words.groups["large"], "million", "billion", "trillion"))
    for clause in clauses(graph):
        text = _readable(clause)
        figures = [*_in_digits(text, words)] if _DIGIT.search(text) else []
        if not spelled.isdisjoint(word.partition("-")[0] for word in clause.reading.words):
            figures += _in_words(text, words)
        for figure in sorted(figures, key=lambda one: one.start):
            yield _finding(graph, clause, figure)


def _readable(clause: Clause) -> str:
    """Return the masked text, with terms of the glossary that have digits in them blanked, too."""
    terms = ((one.start, one.end) for one in clause.reading.mentions)
    text = clause.reading.text
    return blanked(clause.reading.masked, (span for span in terms if _DIGIT.search(text[slice(*span)])))


# -- digits --


def _in_digits(text: str, words: WordList) -> Iterator[_NumberInText]:
    markers = [found.span() for found in _MARKER.finditer(text)]
    for found in _DIGITS.finditer(text):
        if any(start <= found.start() and found.end() <= end for start, end in markers):
            continue  # "[1]", "(2)"
        if not _is_figure(text, found, words):
            continue
        follows = _NEXT.match(text, found.end())
        scale = found["glued"].lower() or (follows[1].lower() if follows else "")
        end = found.end()
        amount = Decimal(re.sub(r"[,\s]", "", found["number"]))
        if scale in words.groups["magnitude"] and (found["sign"] or scale not in {"m", "k"}):  # "10 m" is a length
            amount *= _SCALES[scale]
            if follows and not found["glued"]:
                end = follows.end()
                follows = _NEXT.match(text, end)
        unit = _unit(found, follows)
        yield _NumberInText(found.start(), end, amount, unit)


_SCALES: Final[Mapping[str, int]] = {
    "hundred": 100,
    "thousand": 1_000,
    "k": 1_000,
    "lakh": 100_000,
    "million": 1_000_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "crore": 10_000_000,
    "billion": 1_000_000_000,
    "bn": 1_000_000_000,
    "trillion": 1_000_000_000_000,
    "tn": 1_000_000_000_000,
}


def _unit(found: re.Match[str], follows: re.Match[str] | None) -> str:
    if found["sign"]:
        return _CURRENCIES[found["sign"].strip()[-1]]
    if found["percent"]:
        return "percent"
    if found["glued"]:
        return found["glued"]
    if found["rest"] and found["rest"][1:2].isalpha():
        return found["rest"][1:].split("-")[0]
    return _counted(follows)


def _counted(follows: re.Match[str] | None) -> str:
    """Return the word behind a figure if that seems to be what it counts."""
    word = follows[1] if follows else ""
    if word.lower() in {"percent", "per"}:
        return "percent"
    return word if _is_counted(word) else ""


def _is_figure(text: str, found: re.Match[str], words: WordList) -> bool:
    """Tell whether digits are a figure of the facts, and neither a name nor a date."""
    if found["sign"] or found["percent"]:
        return True
    if found[0] in words.unless:
        return False
    follows = _NEXT.match(text, found.end())
    after = follows[1] if follows else ""
    if after.lower() in {*words.groups["magnitude"], "percent", "per"}:
        return True
    if found["glued"]:
        return _is_measured(found)
    named = _is_date(text, found, after, words) or _is_name(text, found, after, words)
    return not named and _is_plain(found, after)


def _is_plain(found: re.Match[str], after: str) -> bool:
    """Tell whether what hangs on digits leaves them a figure: "a 6-month pause" is one, not so "5-4", "3/4", "10-K"."""
    rest = found["rest"]
    if not rest or re.fullmatch(r"-[a-z]{2,}.*", rest):
        return True
    return re.fullmatch(r"[–-]\d[\d,.]*", rest) is not None and _is_counted(after)


def _is_measured(found: re.Match[str]) -> bool:
    """Tell whether letters behind digits are a unit ("30km", "5bn") and not part of a name or date ("3D", "21st")."""
    glued = found["glued"]
    return glued.islower() and glued not in _ORDINAL and not _DECADE.fullmatch(glued) and glued not in {"am", "pm"}


def _is_date(text: str, found: re.Match[str], after: str, words: WordList) -> bool:
    number, rest = found["number"], found["rest"]
    months = words.groups["month"]
    before = _before(text, found.start())[0].lower()
    if _CLOCK.fullmatch(number + rest):
        return ":" in rest or before in {"at", "by", "until", "from", "around", "about", "before", "after", "since"}
    if re.fullmatch(r"\d{4}-\d{2}(?:-\d{2})?", number + rest):
        return True
    if re.fullmatch(r"(?:am|pm|a\.m|p\.m|o'clock|o’clock|noon)", after.lower()) or re.match(
        r"\s*[ap]\.?m\b", text[found.end() :]
    ):
        return True
    value = Decimal(number.replace(",", ""))
    # "11 April", "April 11". In lower case, "may" and "march" are verbs.
    behind = after.lower() in months and after[0].isupper()
    if value <= _SMALL and (behind or before in months) and "." not in number:
        return True
    if value <= _SMALL and re.match(
        rf"\s*(?:and|or|to|–|-)\s*\d{{1,2}}\s+(?i:{'|'.join(months)})\b", text[found.end() :]
    ):
        return True
    return _is_year(text, found, after, before, words)


def _is_year(text: str, found: re.Match[str], after: str, before: str, words: WordList) -> bool:
    number = found["number"]
    if not re.fullmatch(r"\d{4}", number) or not _FIRST_YEAR <= int(number) <= _LAST_YEAR:
        return False
    if before in words.groups["before-year"] or before in words.groups["month"]:
        # "of 2000 people" has a number, "of 2000" a year.
        return before not in {"of", "and", "to", "or", "by", "from", "a"} or not _is_counted(after)
    return text[: found.start()].rstrip().endswith(("(", "–", "/")) or not _is_counted(after)


def _is_name(text: str, found: re.Match[str], after: str, words: WordList) -> bool:
    """Tell whether digits belong to a name: "Boeing 737", "article 5", "10 Downing Street"."""
    if _STREET.match(text, found.end()):
        return True
    number = found["number"]
    if "," in number:
        return False
    before = text[: found.start()].rstrip()
    if before.endswith(BLANK):  # Behind the name of an entity: "Falcon 9", but not "Twitter 9 engineers".
        return not _is_counted(after)
    last, begins = _before(text, found.start())
    if last.lower() in words.groups["designator"]:
        return True
    return last[:1].isupper() and not (begins and last.lower() in _OPENERS)


def _is_counted(word: str) -> bool:
    """Tell whether a word seems to be what is counted: a plural, or people."""
    lower = word.lower()
    if lower in {"people", "men", "women", "children", "police"}:
        return True
    if word[:2].isupper() and word.endswith("s"):
        return True  # GPUs
    return len(lower) > 3 and lower.endswith("s") and not lower.endswith(("ss", "us", "is", "'s", "’s"))  # noqa: PLR2004 - "was", "has", "its"


def _before(text: str, start: int) -> tuple[str, bool]:
    """Return the word in front of a number, and whether the text begins with it."""
    begin = max(start - _WINDOW, 0)
    last = _LAST.search(text[begin:start])
    return (last[1], not text[: begin + last.start(1)].strip()) if last else ("", False)


# -- words --


def _in_words(text: str, words: WordList) -> Iterator[_NumberInText]:
    tokens = [*_WORDS.finditer(text)]
    skip = 0
    for index, found in enumerate(tokens):
        if index < skip:
            continue
        last = _last_of_number(tokens, index, text, words)
        if last is None:
            continue
        skip = last + 1
        follows = _NEXT.match(text, tokens[last].end())
        yield _NumberInText(found.start(), tokens[last].end(), unit=_counted(follows))


def _last_of_number(tokens: list[re.Match[str]], index: int, text: str, words: WordList) -> int | None:
    """Return the index of the last word of a number that begins at `index` and is to be a quantity, if one does."""
    groups = words.groups
    word = tokens[index][0].lower()
    parts = word.split("-")
    following = [one[0].lower() for one in tokens[index + 1 : index + 4] if not _gap(text, tokens[index], one)]
    after = following[0] if following else ""
    number = parts[0] in {*groups["small"], *groups["large"]} and all(
        part in {*groups["small"], *groups["large"], "one"} for part in parts
    )
    if number and (after in groups["exact"] or following[:2] == ["per", "cent"]):
        return index + (2 if after == "per" else 1)
    if number and parts[0] in groups["large"] and _is_counted(after):
        return index
    if word in {"a", "one"} and after in {"million", "billion", "trillion"}:
        return index + 1
    if word == "half" and following[:2] in (["a", "million"], ["a", "billion"], ["a", "trillion"]):
        return index + 2
    return None


def _gap(text: str, first: re.Match[str], other: re.Match[str]) -> bool:
    """Tell whether something other than words stands between two words."""
    return re.search(r"[^\w\s'’-]", text[first.end() : other.start()]) is not None


# -- findings --


def _finding(graph: Graph, clause: Clause, figure: _NumberInText) -> Finding:
    text = clause.reading.text[figure.start : figure.end]
    # A quantity brings the word for what it counts.
    counted = re.match(rf"\s+{re.escape(figure.unit)}\b", clause.reading.text[figure.end :]) if figure.unit else None
    where = f"in place of “{text}{counted[0]}”" if counted else "in its place"
    path, loc = clause.place
    if is_bare(graph.positions.roots[path], loc, at_start=figure.start == 0):
        where += ", quote the text"
    return Finding(
        path,
        loc,
        f"“{text}” in `{clause.resolved.id}` is a figure",
        _advice(graph, clause.resolved, figure, where),
        start=figure.start,
        end=figure.end,
    )


def _advice(graph: Graph, one: Resolved, figure: _NumberInText, where: str) -> str:
    known = {**graph.stories[one.story].quantities, **one.statement.quantities}
    unit = _singular(figure.unit)
    for name, quantity in known.items():
        if figure.amount is not None and quantity.amount == figure.amount and quantity.unit == unit.split(",")[0]:
            return f"Write `{{{name}}}` {where}.".replace(", quote", " and quote")
    word = "sum" if figure.unit.isupper() and figure.unit in _CURRENCIES.values() else figure.unit
    name = re.sub(r"[^a-z0-9]+", "-", word.lower()).strip("-") or "figure"
    if figure.amount is None:
        return f"Write `{{{name}}}` {where}, and add the figure under `quantities`."
    unit = f", unit: {unit}" if unit else ""
    unit += ", kind: ..." if figure.unit in _CURRENCIES.values() else ""
    amount = f"{figure.amount.normalize():f}"
    return f"Write `{{{name}}}` {where}, and add `{name}: {{amount: {amount}{unit}}}` under `quantities`."


def _singular(word: str) -> str:
    if word == "people":
        return "person, plural: people"
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


RULE = Rule("raw-figure", Severity.ERROR, _find)
