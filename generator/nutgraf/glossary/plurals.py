"""English nouns in the plural: rules, and the words that follow none.

The rules are those of any grammar (Quirk et al., A Comprehensive Grammar of the English Language, 5.73 to 5.103). What
they and the list do not know, an entry of the glossary says itself, in `plural`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

_RULES: Final = (
    (re.compile(r"(?<=[A-Z0-9])$"), "s"),  # an abbreviation: GPUs
    (re.compile(r"(?<=[a-z][^aeiou\W])is$"), "es"),  # analyses, crises
    (re.compile(r"(?<=[b-df-hj-np-tv-xz])y$|(?<=qu)y$"), "ies"),
    (re.compile(r"(?<=(?:s|x|z))$|(?<=(?:ch|sh))$"), "es"),
    (re.compile(r"$"), "s"),
)

_IRREGULAR: Final[dict[str, tuple[str, ...]]] = {
    line.split()[0]: tuple(line.split()[1:])
    for line in """
        aircraft aircraft
        alga algae
        antenna antennas antennae
        appendix appendices appendixes
        bacterium bacteria
        bison bison
        bureau bureaus bureaux
        cactus cacti cactuses
        caiman caimans
        calf calves
        cargo cargoes cargos
        chassis chassis
        child children
        cod cod
        codex codices
        corpus corpora corpuses
        criterion criteria
        crossroads crossroads
        curriculum curricula curriculums
        datum data
        deer deer
        dozen dozen dozens
        echo echoes
        embargo embargoes
        erratum errata
        fish fish fishes
        foot feet
        formula formulas formulae
        fungus fungi funguses
        gallows gallows
        gauss gauss
        german germans
        gigahertz gigahertz
        goose geese
        half halves
        headquarters headquarters
        hero heroes
        hertz hertz
        horsepower horsepower
        human humans
        hundredweight hundredweight
        index indexes indices
        iris irises
        kilohertz kilohertz
        knife knives
        larva larvae
        leaf leaves
        lens lenses
        life lives
        loaf loaves
        louse lice
        lux lux
        matrix matrices matrixes
        means means
        megahertz megahertz
        memento mementoes mementos
        memorandum memorandums memoranda
        moose moose
        moratorium moratoriums moratoria
        motto mottoes mottos
        mouse mice
        nebula nebulae nebulas
        norman normans
        nucleus nuclei
        offspring offspring
        ottoman ottomans
        percent percent
        person people persons
        phenomenon phenomena
        plateau plateaus plateaux
        potato potatoes
        quiz quizzes
        radius radii radiuses
        referendum referendums referenda
        renminbi renminbi
        roman romans
        salmon salmon
        scarf scarves scarfs
        self selves
        series series
        shaman shamans
        sheep sheep
        shelf shelves
        shrimp shrimp shrimps
        siemens siemens
        spacecraft spacecraft
        species species
        stimulus stimuli
        swine swine
        syllabus syllabuses syllabi
        symposium symposiums symposia
        talisman talismans
        thief thieves
        tomato tomatoes
        tooth teeth
        tornado tornadoes tornados
        torpedo torpedoes
        trout trout
        vertex vertices vertexes
        veto vetoes
        volcano volcanoes volcanos
        wharf wharves wharfs
        wife wives
        wolf wolves
        yen yen
        yuan yuan
    """.strip().splitlines()
}
"""Nouns with plurals of their own, the usual one first."""

_IRREGULAR_PLURALS: Final = frozenset(form for forms in _IRREGULAR.values() for form in forms) | {"men", "women"}
_PREPOSITIONS: Final = frozenset(
    ("against", "at", "between", "by", "de", "for", "from", "in", "of", "on", "to", "under", "upon", "with", "without")
)
_PARTICLES: Final = frozenset(
    (*_PREPOSITIONS, "about", "and", "as", "down", "no", "not", "off", "or", "out", "over", "so", "than", "up", "well")
)
_FOLLOWERS: Final = re.compile(
    r"(?:an?|aboard|above|behind|below|over|per|that|who|within) ."
    r"|aged (?:[0-9]|under|over|between)|(?:older|younger) than"
)
"""How what follows the head of a phrase begins, behind a space: "kilometre an hour", "person over 65"."""
_AFTER_NOUN: Final = frozenset(
    [
        "apparent",
        "celsius",
        "designate",
        "elect",
        "emeritus",
        "errant",
        "fahrenheit",
        "kelvin",
        "laureate",
        "martial",
        "presumptive",
    ]
)
"""Adjectives and names that follow their noun: "degree Celsius", "court martial"."""
_PAIRS_AFTER_NOUN: Final = {
    "general": frozenset(
        [
            "adjutant",
            "agent",
            "attorney",
            "auditor",
            "consul",
            "director",
            "governor",
            "inspector",
            "postmaster",
            "secretary",
            "solicitor",
            "surgeon",
        ]
    ),
    "public": frozenset({"notary"}),
    "major": frozenset({"sergeant"}),
    "north": frozenset({"degree"}),
    "south": frozenset({"degree"}),
    "east": frozenset({"degree"}),
    "west": frozenset({"degree"}),
}
"""Words that follow some nouns only: "attorney general", but "major general"."""
_SEPARATOR: Final = re.compile(r"([\s\u2010\u2011-]+)")
_LAST_WORD: Final = re.compile(r"[A-Za-z]+$")


@lru_cache(maxsize=4096)
def plurals(phrase: str) -> tuple[str, ...]:
    """Return the plurals of an English noun or noun phrase, the usual one first.

    The head of the phrase gets the ending: conflicts of interest, data centres, passers-by, write-downs.
    """
    head, rest = _head(phrase)
    last = _LAST_WORD.search(head)
    known = _irregular(last[0]) if last else ()
    if last and known:
        return tuple(f"{head[: last.start()]}{one}{rest}" for one in known)
    return (_regular(head) + rest,)


def plural(phrase: str) -> str:
    """Return the usual plural of an English noun or noun phrase."""
    return plurals(phrase)[0]


def counted(unit: str, symbols: Collection[str] = ()) -> str:
    """Return the unit of a number other than 1: "degrees Celsius", "people over 65", "kg of rice".

    Args:
        unit: as it stands beside 1, or in the plural already.
        symbols: abbreviations that never change.
    """
    if is_symbol(unit, symbols) or unit.lower() == "per cent":
        return unit
    head, rest = _head(unit)
    noun, _, formula = head.rpartition(" ")
    if noun and _FORMULA.fullmatch(formula):
        return f"{counted(noun, symbols)} {formula}{rest}"
    return head + rest if _is_plural(head) else plural(head) + rest


def is_symbol(unit: str, symbols: Collection[str] = ()) -> bool:
    """Tell whether a unit is a symbol such as "km²", "m/s" or "kg", with or without what it measures: "kg of rice"."""
    first, *others = _head(unit)[0].split(" ")
    if first not in symbols and not _is_sign(first):
        return first in _ABBREVIATED and bool(others)
    return all(word in symbols or _is_sign(word) or word[:1].isupper() for word in others)


_ABBREVIATED: Final = frozenset({"sq", "cu", "fl"})
"""How units of two abbreviations begin: "sq ft"."""
_FORMULA: Final = re.compile(r"(?:[A-Z][a-z]?[0-9]*)*[A-Z][a-z]?[0-9₀-₉](?:[a-z]|-eq)?")
"""A chemical formula: CO2, CH4, CO2e."""
_MODEL: Final = re.compile(r"[A-Z][A-Za-z]*-?[0-9]{2,}")
"""A name with a number: F-16, H100."""
_NOT_PLURAL: Final = frozenset(
    ("alias", "asbestos", "atlas", "bias", "canvas", "chaos", "christmas", "cosmos", "gas", "pancreas", "rhinoceros")
)


def _is_sign(word: str) -> bool:
    if _MODEL.fullmatch(word) or word.isdecimal():
        return False
    return any(char.isdigit() or char in "/µμ·^⁻" for char in word)


def _is_plural(head: str) -> bool:
    """Tell whether a noun is in the plural already: "million tonnes", "people"."""
    last = _LAST_WORD.search(head)
    word = last[0].lower() if last else ""
    if word in _IRREGULAR:
        return False
    if word in _IRREGULAR_PLURALS:
        return True
    return word.endswith("s") and not word.endswith(("ss", "us", "is")) and word not in _NOT_PLURAL and len(word) > 2  # noqa: PLR2004 - "ms" is a symbol


def means_the_same_open(compound: str) -> bool:
    """Tell whether a compound with hyphens means the same with spaces ("capped-profit").

    With a preposition or the like in it, it does not: "a for-profit company", but "they asked for profit figures".
    """
    words = [one.lower() for one in _SEPARATOR.split(compound)[::2]]
    separators = _SEPARATOR.split(compound)[1::2]
    return not any(
        not separator.isspace() and (before in _PARTICLES or behind in _PARTICLES)
        for before, separator, behind in zip(words, separators, words[1:], strict=False)
    )


def _head(phrase: str) -> tuple[str, str]:
    """Return the part of a phrase that its head ends, and the rest."""
    parts = _SEPARATOR.split(phrase)
    for index in range(2, len(parts), 2):
        if parts[index - 1].isspace() and _FOLLOWERS.match("".join(parts[index:])):
            return "".join(parts[: index - 1]), "".join(parts[index - 1 :])
        if parts[index].lower() in _PREPOSITIONS and (index + 1 < len(parts) or _is_doer(parts[index - 2])):
            return "".join(parts[: index - 1]), "".join(parts[index - 1 :])
    if len(parts) > 1 and parts[-1].lower() in _PARTICLES and _is_doer(parts[-3]):
        return "".join(parts[:-2]), "".join(parts[-2:])
    if len(parts) > 1 and _follows(parts[-1].lower(), parts[-3].lower()):
        return "".join(parts[:-2]), "".join(parts[-2:])
    return phrase, ""


def _follows(word: str, noun: str) -> bool:
    """Tell whether a word follows the noun that it goes with, which gets the ending of the plural."""
    return word in _AFTER_NOUN or noun in _PAIRS_AFTER_NOUN.get(word, ())


def _is_doer(word: str) -> bool:
    """Tell whether a word before a particle is who does it: "passer-by", "runner-up", but "write-down"."""
    return word.endswith(("er", "or"))


def _irregular(word: str) -> tuple[str, ...]:
    lower = word.lower()
    found = _IRREGULAR.get(lower, ())
    if not found and lower.endswith("man"):
        found = (f"{lower[:-3]}men",)
    if not found and lower.endswith(("craft", "hertz")):
        found = (lower,)
    return tuple(_cased(one, word) for one in found)


def _cased(word: str, like: str) -> str:
    return word.capitalize() if like[:1].isupper() and not like[1:].isupper() else word


def _regular(word: str) -> str:
    for pattern, ending in _RULES:
        if pattern.search(word):
            return pattern.sub(ending, word, count=1)
    return word
