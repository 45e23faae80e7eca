"""When two spellings are the same word.

Two steps. A *key* is coarse: letters in lower case without accents, and one space for hyphens and white space. Keys are
what the automaton looks for, so that all forms of all terms are found in one pass. A *spelling* is fine: what differs
there, differs to a reader. A text whose key was found is held against the spelling of the form (`Spelling.fits`).

The same to both are: composed and decomposed characters (UAX #15, NFC and NFD), the kinds of hyphen, apostrophe and
space, ligatures of Latin letters, full-width and half-width letters, and signs that are not seen (soft hyphen, word
joiner, variation selectors; not the joiners of Persian, Indic scripts and emoji, which change what is seen).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from nutgraf.glossary.plurals import means_the_same_open

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_HYPHENS: Final = "-\u2010\u2011"
_APOSTROPHES: Final = "'\u2019\u02bc"
_UNSEEN: Final = frozenset("\u00ad\u034f\u200b\u200e\u200f\u2060\ufeff") | {chr(one) for one in range(0xFE00, 0xFE10)}
_COMPATIBLE: Final = re.compile("[\ufb00-\ufb06\uff01-\uff9f\uffe0-\uffe6]")
"""Ligatures of Latin letters, and wide or narrow forms: the compatibility characters that are mere typography."""


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in {"Mn", "Me"}


def _key_of(character: str) -> str:
    if character.isspace() or character in _HYPHENS:
        return " "
    if character in _APOSTROPHES:
        return "'"
    if _COMPATIBLE.match(character):
        character = unicodedata.normalize("NFKD", character)
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFD", character).casefold())
    return "".join(one for one in decomposed if one not in _UNSEEN and not _is_mark(one))


def _spelling_of(character: str) -> str:
    if character.isspace():
        return " "
    if character in _HYPHENS:
        return "-"
    if character in _APOSTROPHES:
        return "'"
    if character in _UNSEEN:
        return ""
    return unicodedata.normalize("NFKC", character) if _COMPATIBLE.match(character) else character


class _FoldingTable(dict[str, str]):
    """What becomes of each character, worked out when it is met for the first time."""

    def __init__(self, rule: Callable[[str], str]) -> None:
        super().__init__()
        self._rule = rule

    def __missing__(self, character: str) -> str:
        self[character] = made = self._rule(character)
        return made


_KEYS: Final = _FoldingTable(_key_of)
_SPELLINGS: Final = _FoldingTable(_spelling_of)
_ASCII: Final = {ord(one): _key_of(one) for one in map(chr, range(128))}
_RUN: Final = re.compile(" {2,}")


@dataclass(frozen=True, slots=True)
class Key:
    """The key of a text, and where its characters stand in the text.

    Attributes:
        text: the key.
        starts, ends: for each character of the key, where what it stands for begins and ends in the text.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the text that a stretch of the key stands for."""
        return self.starts[start], self.ends[end - 1]


def key(text: str) -> Key:
    """Return the key of a text."""
    if text.isascii():
        made = text.lower().replace("-", " ") if text.isprintable() else text.translate(_ASCII)
        simple = "  " not in made
    else:
        parts = [_KEYS[character] for character in text]
        made = "".join(parts)
        simple = len(made) == len(text) and "" not in parts and "  " not in made
    if simple:  # Character for character: as good as all text.
        return Key(made, range(len(text)), range(1, len(text) + 1))
    return _with_places(text)


def _with_places(text: str) -> Key:
    made: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    spaced = False  # White space before counts, and a run of it counts as one. Hyphens are no white space.
    for place, character in enumerate(text):
        is_space = character.isspace()
        part = _KEYS[character]
        if is_space and spaced:
            ends[-1] = place + 1
            continue
        if part:
            made.append(part)
            starts += [place] * len(part)
            ends += [place + 1] * len(part)
            spaced = is_space
        elif ends and ends[-1] == place and not spaced and (_is_mark(character) or unicodedata.combining(character)):
            ends[-1] = place + 1  # An accent belongs to its letter.
    return Key("".join(made), starts, ends)


def spell(text: str) -> str:
    """Return the spelling of a text: what two texts must have in common to be the same word, but for their case."""
    if text.isascii() and "  " not in text and text.isprintable():
        return text
    spelled = "".join([_SPELLINGS[character] for character in text])
    return unicodedata.normalize("NFC", _RUN.sub(" ", spelled))


def without_accents(text: str) -> str:
    """Return a spelling without its diacritics."""
    return "".join(one for one in unicodedata.normalize("NFD", text) if not _is_mark(one))


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a form is written, and what else counts as the same.

    Attributes:
        text: the form's spelling.
        exact: whether upper and lower case must be as written.
        accents: whether diacritics must be as written.
        open: whether hyphens and spaces within it stand for each other.
    """

    text: str
    exact: bool
    accents: bool
    open: bool

    @classmethod
    def of(cls, form: str, *, exact: bool, accents: bool = True) -> Spelling:
        """Return the spelling of a form."""
        text = spell(form)
        inner = not text.startswith((" ", "-")) and not text.endswith((" ", "-"))
        is_open = inner and ("-" in text or " " in text) and means_the_same_open(text)
        text = text if accents else without_accents(text)
        return cls(text.replace("-", " ") if is_open else text, exact, accents, is_open)

    def fits(self, found: str) -> bool:
        """Tell whether a stretch of text with the form's key is the form."""
        spelled = spell(found)
        if not self.accents:
            spelled = without_accents(spelled)
        if self.open:
            spelled = spelled.replace("-", " ")
        return spelled == self.text or (not self.exact and _is_recased(spelled, self.text))


def _is_recased(found: str, wanted: str) -> bool:
    """Tell whether `found` is `wanted` as it stands at the start of a sentence, in a heading or in capitals.

    A word without capitals may stand in any case. One that has some keeps them: "GPU" is not "gpu".
    """
    if _folded(found) != _folded(wanted):
        return False
    if wanted == wanted.lower() or found == wanted.upper():
        return True
    return len(found) == len(wanted) and all(
        one == other or (one == other.upper() and (place == 0 or not wanted[place - 1].isalnum()))
        for place, (one, other) in enumerate(zip(found, wanted, strict=True))
    )


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return text.lower() if text.isascii() else unicodedata.normalize("NFC", text.casefold())
