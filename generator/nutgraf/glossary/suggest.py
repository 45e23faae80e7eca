"""Hard words in the content that the glossary does not explain yet, the most wanted first.

Three signs of a hard word: letters in capitals (an abbreviation), capitals in the middle of a sentence (a name without
an entry), and rarity: few people say it. How often words are said comes from the English list of the package
`pyspellchecker`: 160,000 words, counted in 1.6 thousand million words of film and television subtitles. They are closer
to what people say than newspapers or encyclopaedias are. The package is only needed here: it is the extra `suggest`.
"""

from __future__ import annotations

import math
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from nutgraf.glossary import finder_of, written
from nutgraf.glossary.markdown_text import read
from nutgraf.glossary.normalization import key
from nutgraf.glossary.plurals import plurals
from nutgraf.loading.content import record_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from nutgraf.graph import Graph


class Reason(StrEnum):
    """Why a word may be hard."""

    ABBREVIATION = "abbreviation"
    """It is written in capitals."""
    NAME = "name"
    """It has a capital in the middle of a sentence, and no entity is called so."""
    RARE = "rare"
    """Few people say it."""


@dataclass(frozen=True, slots=True)
class Example:
    """A place where a word stands.

    Attributes:
        place: a statement by its key, or a file.
        text: the words around it.
    """

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may want an entry.

    Attributes:
        word: as it stands in the text, in the singular if that stands anywhere.
        count: how often it does, in all its inflections.
        reason: why it may be hard.
        examples: where it stands first, in a few places.
    """

    word: str
    count: int
    reason: Reason
    examples: tuple[Example, ...]


_Uses = dict[str, list[tuple[str, Reason, Example]]]


class NoWordListError(RuntimeError):
    """The package with the word list is not installed; the message says how to install it."""


RARE: Final = 2.0
"""Times in a million words below which a word is rare: "subsidiary" is said 0.9 times, "donation" 3.8 times."""
_EXAMPLES: Final = 3
_AROUND: Final = 40
_SHORT: Final = 2
_LONGEST_ABBREVIATION: Final = 6
_FLOOR: Final = 0.01
_WEIGHTS: Final = {Reason.ABBREVIATION: 3.0, Reason.NAME: 1.5}
"""How hard a word is on the scale of rare ones, where 1 is a tenth as often as `RARE`."""
_DATES: Final = frozenset(
    {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November"}
    | {"December", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Christmas", "Easter"}
)
_COMMON_ABBREVIATIONS: Final = frozenset(
    {"AM", "CD", "DVD", "EU", "ID", "OK", "PC", "PM", "TV", "UK", "UN", "US", "USA"}
)

_WORD: Final = re.compile(r"[^\W_]+(?:[-\u2010\u2011'’][^\W_]+)*")
_SLOT: Final = re.compile(r"\{[^{}]*\}")
_END_OF_SENTENCE: Final = re.compile(r"[.!?:]['\"”’)]*\s+$|^\W*$|[“\"‘]$")


def suggest(graph: Graph, frequency: Callable[[str], float] | None = None) -> tuple[Candidate, ...]:
    """Return words that may want an entry in the glossary, the most wanted first.

    Args:
        graph: the content. Names of entities and words of the glossary are left out, in whatever scope they have.
        frequency: says how often an English word in lower case is said, in times in a million words; by default, what
            the bundled list knows.

    Raises:
        NoWordListError: there is no `frequency`, and the package with the list is not installed.
    """
    frequency = frequency or frequencies()
    known = _known(graph)
    found: _Uses = defaultdict(list)
    for place, story, markdown in _texts(graph):
        for word, reason, example in _hard_words(graph, place, story, markdown, frequency):
            if key(word).text not in known:
                found[word if reason is not Reason.RARE else word.lower()].append((word, reason, example))
    candidates = [
        (_weight(word, reason, len(uses), frequency), Candidate(word, len(uses), reason, _few(one for *_, one in uses)))
        for word, uses in _merged(found).items()
        for reason in [uses[0][1]]
    ]
    candidates.sort(key=lambda one: (-one[0], one[1].word))
    return tuple(candidate for _, candidate in candidates)


@lru_cache(maxsize=1)
def frequencies() -> Callable[[str], float]:
    """Return how often English words are said, in times in a million words.

    Raises:
        NoWordListError: the package with the list is not installed.
    """
    try:
        from spellchecker import SpellChecker  # noqa: PLC0415 - an extra, which only this function needs
    except ImportError as error:
        message = f"the list of English words is not installed: {sys.executable} -m pip install pyspellchecker"
        raise NoWordListError(message) from error
    counts = SpellChecker(language="en").word_frequency
    million = counts.total_words / 1e6
    return lambda word: float(counts.dictionary.get(word, 0)) / million


# -- what is read --


def _texts(graph: Graph) -> Iterator[tuple[str, str | None, str]]:
    """Yield all texts that readers see, each with its place and its story."""
    for one in graph.statements.values():
        yield one.key, one.story, _SLOT.sub("…", one.statement.text)
    for name, story in graph.stories.items():
        path = record_path("stories", name)
        typed = [story.title, story.question, *(section.title for section in story.sections)]
        typed += [dispute.question for dispute in story.disputes]
        typed += [text for unknown in story.unknowns for text in (unknown.text, unknown.would_settle)]
        typed += [text for revision in story.revisions for text in (revision.was, revision.note)]
        yield from ((path, name, text) for text in typed if text)
    for name, entity in graph.entities.items():
        if entity.about:
            yield record_path("entities", name), None, entity.about
    for name, term in graph.terms.items():
        path = record_path("glossary", name)
        yield from ((path, None, text) for text in (term.short, term.long, term.comparison) if text)


def _known(graph: Graph) -> frozenset[str]:
    """Return the keys of all words that have an entry, also of those that only links point to."""
    names = [name for one in graph.entities.values() for name in (one.name, one.short, *(a.text for a in one.aliases))]
    words = [form.text for term in graph.terms.values() for form in written(term)]
    words += [text for term in graph.terms.values() for text in (term.label, *(alias.text for alias in term.aliases))]
    known = [text for text in (*names, *words) if text]
    return frozenset(key(form).text for text in known for form in (text, *plurals(text)))


# -- what is hard --


def _hard_words(
    graph: Graph, place: str, story: str | None, markdown: str, frequency: Callable[[str], float]
) -> Iterator[tuple[str, Reason, Example]]:
    seen = read(markdown)
    text = seen.text
    taken = [*seen.barred, *((one.start, one.end) for one in finder_of(graph).find(text, story, seen.barred))]
    words = [
        found for found in _WORD.finditer(text) if not any(a < found.end() and found.start() < b for a, b in taken)
    ]
    for name in _names(text, words):
        yield text[name[0] : name[1]], Reason.NAME, _example(place, text, *name)
    for found in words:
        word = re.sub(r"['’]s?$", "", found[0])
        reason = _reason(word, frequency)
        if reason is not None:
            word = word.removesuffix("s") if reason is Reason.ABBREVIATION else word
            yield word, reason, _example(place, text, *found.span())


def _names(text: str, words: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of words with capitals that do not begin a sentence."""
    run: list[re.Match[str]] = []
    for found in [*words, None]:
        goes_on = found is not None and _is_capitalised(found[0])
        follows = goes_on and run and text[run[-1].end() : found.start()] == " " if found else False
        if run and not follows:
            start, end = run[0].start(), run[-1].end()
            if len(run) > 1 or not _END_OF_SENTENCE.search(text[:start]):
                yield start, end - (2 if re.search(r"['’]s$", run[-1][0]) else 0)
            run = []
        if goes_on and found is not None:
            run.append(found)


def _is_capitalised(word: str) -> bool:
    return word[0].isupper() and word[1:2].islower() and word not in _DATES


def _reason(word: str, frequency: Callable[[str], float]) -> Reason | None:
    letters = re.sub(r"[^\w]|\d", "", word)
    capitals = sum(one.isupper() for one in letters)
    if _SHORT <= len(letters) <= _LONGEST_ABBREVIATION and capitals >= _SHORT and letters[:-1].isupper():
        return None if word.rstrip("s") in _COMMON_ABBREVIATIONS else Reason.ABBREVIATION
    if len(letters) <= _SHORT or not letters.islower() or not letters.isascii() or letters != word.replace("-", ""):
        return None
    return Reason.RARE if _said(word, frequency) < RARE else None


@lru_cache(maxsize=8192)
def _spellings(word: str) -> tuple[str, ...]:
    """Return a word as the list may have it: in American spelling, and without an ending."""
    stems = {word}
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + _SHORT:
            stems.add(word[: -len(ending)] + instead)
    stems |= {stem[:-1] for stem in stems if len(stem) > 3 and stem[-1] == stem[-2]}  # noqa: PLR2004 - "plann" of "planned"
    american = {pattern.sub(instead, stem) for stem in stems for pattern, instead in _AMERICAN}
    return tuple(sorted(stems | american))


_ENDINGS: Final = (
    *(("s", ""), ("es", ""), ("ies", "y"), ("d", ""), ("ed", ""), ("ied", "y"), ("ing", ""), ("ing", "e")),
    *(("ly", ""), ("er", ""), ("er", "e"), ("est", ""), ("’s", "")),
)
_AMERICAN: Final = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        *(
            ("our", "or"),
            ("is(e|ed|es|ing|ation|ations|er|ers)$", r"iz\1"),
            ("ys(e|ed|es|ing)$", r"yz\1"),
            ("re$", "er"),
        ),
        *(("res$", "ers"), ("ence", "ense"), ("ogue", "og"), ("ll(ed|ing|er)", r"l\1"), ("ae|oe", "e"), ("amme", "am")),
        *(("grey", "gray"), ("tyre", "tire"), ("plough", "plow"), ("isation", "ization")),
    )
)


def _said(word: str, frequency: Callable[[str], float]) -> float:
    """Return how often a word is said, in whatever spelling and inflection; a compound, as often as its rarest part."""
    whole = max(frequency(one) for one in _spellings(word.lower()))
    parts = word.lower().split("-")
    if len(parts) == 1:
        return whole
    long_ones = [part for part in parts if len(part) > _SHORT] or parts
    return max(whole, min(max(frequency(one) for one in _spellings(part)) for part in long_ones))


# -- in what order --


def _weight(word: str, reason: Reason, count: int, frequency: Callable[[str], float]) -> float:
    """Return how much a word wants an entry: the harder it is, and the oftener it stands there."""
    hardness = _WEIGHTS.get(reason) or math.log10(RARE / max(_said(word, frequency), _FLOOR))
    return hardness * (1 + math.log2(count))


def _merged(found: _Uses) -> _Uses:
    """Return the uses of each word with those of its plural."""
    merged = dict(found)
    for word in found:
        for many in plurals(word):
            if many in merged and many != word and word in merged:
                merged[word] = [*merged[word], *merged.pop(many)]
    return merged


def _example(place: str, text: str, start: int, end: int) -> Example:
    before, after = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before = text.find(" ", before, start) + 1 if before else 0
    after = text.rfind(" ", end, after) if after < len(text) and " " in text[end:after] else after
    around = " ".join(text[before:after].split())
    return Example(place, f"{'… ' if before else ''}{around}{' …' if after < len(text) else ''}")


def _few(examples: Iterable[Example]) -> tuple[Example, ...]:
    """Return the first example of each of a few places."""
    first: dict[str, Example] = {}
    for one in examples:
        first.setdefault(one.place, one)
    return tuple(first.values())[:_EXAMPLES]
