"""A word with letters of two scripts that look alike.

## What it does
Reports a word in which Latin, Cyrillic or Greek letters stand in for letters of another of these scripts that look the
same: a Cyrillic "А" in a Latin name. Units and symbols ("µm", "kΩ"), Greek letters joined by a hyphen ("α-particle")
and words of scripts that are written together, as in Japanese, are fine.

## Why
Readers see no difference, but search, links and comparison do: a name with such a letter is not found in texts, and
what is said about the person is missing from their page. It also lets somebody write a name that only looks like
another.
(Unicode Technical Standard 39, Unicode Security Mechanisms, section 5.1: mixed-script detection.)

## Wrong
    - id: purchase
      text: ОpenAI bought a data centre
      source: business-insider-2023

## Right
    - id: purchase
      text: OpenAI bought a data centre
      source: business-insider-2023

## When to allow it
When the name is really written so, as some brands are.
"""

# ruff: noqa: RUF001, RUF002 - letters that look alike are what this rule is about

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutgraf.checks.rule import Finding, Rule
from nutgraf.diagnostics import Severity
from nutgraf.loading.nodes import texts_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph

_LATIN: Final = "A-Za-z\u00c0-\u024f"
_GREEK: Final = "\u0370-\u03ff"
_CYRILLIC: Final = "\u0400-\u052f"
_ALIKE: Final = {
    "Cyrillic": "АВЕЅІЈКМНОРСТУХаеорсухѕіјԛԝһ",
    "Greek": "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "Latin": "ABCEHIJKMNOPSTXYZaceijopqswxyh",
}
"""Letters that look like one of another script. Other small Greek letters are signs of quantities and particles."""
_WORD: Final = re.compile(rf"[{_LATIN}{_GREEK}{_CYRILLIC}]{{3,}}")
_OF_SCRIPT: Final = {
    name: re.compile(f"[{letters}]")
    for name, letters in (("Latin", _LATIN), ("Greek", _GREEK), ("Cyrillic", _CYRILLIC))
}
_NOT_ASCII: Final = re.compile(f"[{_GREEK}{_CYRILLIC}]")
_ADDRESSES: Final = frozenset({"url", "archived"})


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    for path in graph.positions.roots:
        if not any(_NOT_ASCII.search(text) for _, text in graph.positions.texts(path)):
            continue  # Where its texts stand is not known before it is read.
        for loc, text in texts_at(graph.positions.roots[path]):
            if loc[-1:] and loc[-1] not in _ADDRESSES:
                yield from (_finding(path, loc, word) for word in _WORD.finditer(text) if _stray(word[0]))


def _finding(path: str, loc: tuple[str | int, ...], word: re.Match[str]) -> Finding:
    stray = _stray(word[0])
    script = next(name for name, letters in _OF_SCRIPT.items() if letters.match(stray[0]))
    letters = " and ".join(f"`{letter}`" for letter in dict.fromkeys(stray))
    count = "letter" if len(set(stray)) == 1 else "letters"
    headline = f"“{word[0]}” contains the {script} {count} {letters}"
    advice = f"Retype the word; the {count} only {'looks' if count == 'letter' else 'look'} like those around."
    return Finding(path, loc, headline, advice, start=word.start(), end=word.end())


def _stray(word: str) -> str:
    """Return the letters of a word that look like letters of the script of most others; nothing for other words."""
    found = {name: letters for name, of_script in _OF_SCRIPT.items() if (letters := "".join(of_script.findall(word)))}
    rarest_first = sorted(found, key=lambda name: (len(found[name]), name == "Latin"))
    return next((found[name] for name in rarest_first[:-1] if set(found[name]) <= set(_ALIKE[name])), "")


RULE = Rule("mixed-scripts", Severity.WARNING, _find)
