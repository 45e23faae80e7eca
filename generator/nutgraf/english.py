"""English plurals: the rules that need no dictionary."""

from __future__ import annotations

import re
from typing import Final

_RULES: Final = (
    (re.compile(r"(?<=[A-Z0-9])$"), "s"),  # an abbreviation: GPUs
    (re.compile(r"(?<=[^aeiou])y$"), "ies"),
    (re.compile(r"(?<=(?:s|x|z))$|(?<=(?:ch|sh))$"), "es"),
    (re.compile(r"$"), "s"),
)


def plural(word: str) -> str:
    """Return the regular plural of an English noun or noun phrase, made from its last word."""
    for pattern, ending in _RULES:
        if pattern.search(word):
            return pattern.sub(ending, word, count=1)
    return word
