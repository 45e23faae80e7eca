"""Characters that can't be seen: controls, format characters, blanks that aren't spaces, private and unassigned ones.

They make two texts differ that look the same, hide words, or show a line in another order than it is read in
(CVE-2021-42574, "Trojan Source"). Some belong to their script: joiners between Arabic or Indic letters and in emoji,
variation selectors behind the characters that have variants, direction marks in a line with letters from right to
left, tags in the flags of regions. Those pass there, and nowhere else.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

CONTROL: Final = re.compile(
    # All that YAML 1.1, section 5.1, calls printable, less NEL, LS and PS: YAML 1.1 breaks lines there, YAML 1.2 and
    # every editor do not. Surrogates come from escapes such as "\ud800" only.
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]",
)
"""What no parser of YAML takes."""

_SUSPICIOUS: Final = re.compile(
    CONTROL.pattern[:-1].replace("[^", "(?:[^", 1) + "]|["
    # Default_Ignorable_Code_Point (Unicode, DerivedCoreProperties.txt).
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    # Blanks of braille and music, annotations, the place of an object that is not there.
    "\u2800\U0001d159\ufff9-\ufffc"
    # Private use; noncharacters, which are never assigned.
    "\ue000-\uf8ff\U000f0000-\U0010ffff\ufdd0-\ufdef"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 15))
    + "])"
)

_NAMES: Final = {
    "\x00": "a NUL",
    "\x85": "a next-line character",
    "\xad": "a soft hyphen",
    "\u200b": "a zero-width space",
    "\u200c": "a zero-width non-joiner",
    "\u200d": "a zero-width joiner",
    "\u2028": "a line separator",
    "\u2029": "a paragraph separator",
    "\u2060": "a word joiner",
    "\u2800": "a blank braille pattern",
    "\ufeff": "a byte order mark inside the file",
    "\ufffc": "an object replacement character",
}
_JOINERS: Final = "\u200c\u200d"
_JOINER: Final = "\u200d"
_DIRECTION_MARKS: Final = "\u200e\u200f\u061c"
_MONGOLIAN: Final = range(0x180B, 0x1810)
_SELECTORS: Final = range(0xFE00, 0xFE10)
_IDEOGRAPHIC_SELECTORS: Final = range(0xE0100, 0xE01F0)
_TAGS: Final = range(0xE0020, 0xE0080)
_FLAG_OF_A_REGION: Final = re.compile("\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f")
_VIRAMA: Final = 9
"""The canonical combining class of the signs that take the vowel from an Indic letter."""
_JOINING_SCRIPTS: Final = frozenset({
    "ADLAM", "ARABIC", "BALINESE", "BENGALI", "BRAHMI", "CHAKMA", "DEVANAGARI", "GRANTHA", "GUJARATI", "GURMUKHI",
    "HANIFI", "JAVANESE", "KAITHI", "KANNADA", "KHMER", "MALAYALAM", "MANDAIC", "MEETEI", "MODI", "MONGOLIAN",
    "MYANMAR", "NEWA", "NKO", "ORIYA", "SINHALA", "SYRIAC", "TAMIL", "TELUGU", "THAANA", "TIBETAN", "TIRHUTA",
})  # fmt: skip
"""The first words of the names of letters that a joiner may stand between."""


def is_suspicious(text: str) -> bool:
    """Tell whether a text may contain a character that can't be seen; the common text contains none."""
    return _SUSPICIOUS.search(text) is not None


def first_unseen(line: str) -> int | None:
    """Return the place in a line of the first character that can't be seen and doesn't belong there, from 0."""
    return next((found.start() for found in _SUSPICIOUS.finditer(line) if not _belongs(line, found.start())), None)


def shown(text: str) -> str:
    """Return a text on one line, with line breaks and all that can't be seen as escapes."""
    if not is_suspicious(text) and not _BREAKS.search(text):
        return text
    return "".join(
        _escape(char) if _BREAKS.match(char) or (_SUSPICIOUS.match(char) and not _belongs(text, at)) else char
        for at, char in enumerate(text)
    )


_BREAKS: Final = re.compile(r"[\t\n\r]")


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def name_of(char: str) -> str:
    """Return what a character that can't be seen is called, with its article: "a right-to-left override"."""
    category = unicodedata.category(char)
    if known := _NAMES.get(char):
        return known
    if ord(char) in _TAGS:
        return "an invisible tag"
    if category in _CATEGORIES:
        return _CATEGORIES[category]
    words = unicodedata.name(char, "invisible character").lower()
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


_CATEGORIES: Final = {
    "Cc": "a control character",
    "Cs": "half of a character",
    "Co": "a private-use character",
    "Cn": "an unassigned character",
}


def _belongs(line: str, at: int) -> bool:
    """Tell whether a suspicious character has a use where it is."""
    char, before, behind = line[at], line[at - 1 : at], line[at + 1 : at + 2]
    code = ord(char)
    if char in _JOINERS:
        return _joins(char, before, behind)
    if char in _DIRECTION_MARKS:
        return any(unicodedata.bidirectional(one) in {"R", "AL"} and one not in _DIRECTION_MARKS for one in line)
    if code in _TAGS:
        return any(flag.start() < at < flag.end() for flag in _FLAG_OF_A_REGION.finditer(line))
    return (code in _SELECTORS and _has_variants(before)) or any(
        code in selectors and script in unicodedata.name(before or " ", "")
        for selectors, script in ((_MONGOLIAN, "MONGOLIAN"), (_IDEOGRAPHIC_SELECTORS, "IDEOGRAPH"))
    )


def _joins(char: str, before: str, behind: str) -> bool:
    """Tell whether a joiner or non-joiner stands where its script or an emoji needs one."""
    if not before:
        return False
    if unicodedata.combining(before) == _VIRAMA:
        return True
    if char == _JOINER and _is_pictogram(before):
        return _is_pictogram(behind)
    return _is_joining(before) and (char == _JOINER or _is_joining(behind))


def _is_joining(char: str) -> bool:
    return bool(char) and unicodedata.name(char, "").partition(" ")[0] in _JOINING_SCRIPTS


def _is_pictogram(char: str) -> bool:
    """Tell whether an emoji may end or begin with a character: symbols, their skin tones and their variants."""
    return bool(char) and (unicodedata.category(char) in {"So", "Sk"} or char == "\ufe0f")


def _has_variants(char: str) -> bool:
    """Tell whether a variation selector may follow: a symbol, a digit of a keycap, a letter of a large script."""
    if not char:
        return False
    name = unicodedata.name(char, "")
    return char in "0123456789#*" or unicodedata.category(char) in {"So", "Sm", "Po", "Pd"} or "IDEOGRAPH" in name
