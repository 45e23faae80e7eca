"""English nouns in the plural: rules, and the words that follow none.

The rules are those of any grammar (Quirk et al., A Comprehensive Grammar of the English Language, 5.73 to 5.103). What
they and the list do not know, an entry of the glossary says itself, in `plural`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

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
        bureau bureaus bureaux
        cactus cacti cactuses
        caiman caimans
        calf calves
        cargo cargoes cargos
        chassis chassis
        child children
        codex codices
        corpus corpora corpuses
        criterion criteria
        curriculum curricula curriculums
        datum data
        echo echoes
        embargo embargoes
        erratum errata
        foot feet
        formula formulas formulae
        fungus fungi funguses
        german germans
        goose geese
        half halves
        hero heroes
        human humans
        index indexes indices
        iris irises
        knife knives
        larva larvae
        leaf leaves
        life lives
        loaf loaves
        louse lice
        matrix matrices matrixes
        means means
        memento mementoes mementos
        memorandum memorandums memoranda
        moratorium moratoriums moratoria
        motto mottoes mottos
        mouse mice
        nebula nebulae nebulas
        norman normans
        nucleus nuclei
        offspring offspring
        ottoman ottomans
        person people persons
        phenomenon phenomena
        plateau plateaus plateaux
        potato potatoes
        quiz quizzes
        radius radii radiuses
        referendum referendums referenda
        roman romans
        scarf scarves scarfs
        self selves
        series series
        shaman shamans
        shelf shelves
        spacecraft spacecraft
        species species
        stimulus stimuli
        syllabus syllabuses syllabi
        symposium symposiums symposia
        talisman talismans
        thief thieves
        tomato tomatoes
        tooth teeth
        tornado tornadoes tornados
        torpedo torpedoes
        vertex vertices vertexes
        veto vetoes
        volcano volcanoes volcanos
        wharf wharves wharfs
        wife wives
        wolf wolves
    """.strip().splitlines()
}
"""Nouns with plurals of their own, the usual one first."""

_PREPOSITIONS: Final = frozenset(
    ("against", "at", "between", "by", "de", "for", "from", "in", "of", "on", "to", "under", "upon", "with", "without")
)
_PARTICLES: Final = frozenset(
    (*_PREPOSITIONS, "about", "and", "as", "down", "no", "not", "off", "or", "out", "over", "so", "than", "up", "well")
)
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
        if parts[index].lower() in _PREPOSITIONS and (index + 1 < len(parts) or _is_doer(parts[index - 2])):
            return "".join(parts[: index - 1]), "".join(parts[index - 1 :])
    if len(parts) > 1 and parts[-1].lower() in _PARTICLES and _is_doer(parts[-3]):
        return "".join(parts[:-2]), "".join(parts[-2:])
    return phrase, ""


def _is_doer(word: str) -> bool:
    """Tell whether a word before a particle is who does it: "passer-by", "runner-up", but "write-down"."""
    return word.endswith(("er", "or"))


def _irregular(word: str) -> tuple[str, ...]:
    lower = word.lower()
    found = _IRREGULAR.get(lower, ())
    if not found and lower.endswith("man"):
        found = (f"{lower[:-3]}men",)
    return tuple(_cased(one, word) for one in found)


def _cased(word: str, like: str) -> str:
    return word.capitalize() if like[:1].isupper() and not like[1:].isupper() else word


def _regular(word: str) -> str:
    for pattern, ending in _RULES:
        if pattern.search(word):
            return pattern.sub(ending, word, count=1)
    return word
