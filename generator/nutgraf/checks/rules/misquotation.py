"""A quotation that the source does not have.

## What it does
Looks for every quotation in `text`, in `after_previous` and in summaries in the texts of the sources that the
statement cites, and reports one that none of them has. The text of a source lies beside its record, as
`sources/<id>.txt`, and is never published. The shape of quotation marks and dashes, case, white space and a final full
stop or comma make no difference; `[...]`, an ellipsis and what stands in square brackets may be anything. A statement
is passed over unless the texts of all its sources are there that were read, in the language of the site.

## Why
Quotation marks promise the very words. A misquotation is the error that the quoted never forgive.
(Reuters Handbook of Journalism and The Associated Press Stylebook, on quotes: they are sacrosanct, and never altered.)

## Wrong
    # sources/letter-2023.txt
    We call for a pause of at least 6 months.
    # sources/letter-2023.yml
    publisher: unknown
    published: 2023-03-22
    # stories/letter.yml
    - id: call
      text: the letter demands a "stop of 6 months"
      source: letter-2023

## Right
    # sources/letter-2023.txt
    We call for a pause of at least 6 months.
    # sources/letter-2023.yml
    publisher: unknown
    published: 2023-03-22
    # stories/letter.yml
    - id: call
      text: the letter demands a "pause of at least 6 months"
      source: letter-2023

## When to allow it
When the quotation marks do not quote the source: the title of a book. Better: italics.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from nutgraf.checks.rule import Finding, Rule
from nutgraf.checks.text.tokens import clauses
from nutgraf.diagnostics import Severity
from nutgraf.model import SourceId

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nutgraf.checks.policy import Policy
    from nutgraf.checks.text.tokens import Clause
    from nutgraf.graph import Graph

_QUOTATION: Final = re.compile(
    '“(?P<a>[^”]+)”|„(?P<b>[^“”]+)[“”]|"(?P<c>[^"]+)"|«(?P<d>[^»]+)»|(?<!\\w)‘(?P<e>[^‘’]*(?:’\\w[^‘’]*)*)’(?!\\w)'
)
_TITLED: Final = re.compile(r"\b(?:titled|entitled|headlined|headed|named|nicknamed)\s+$")
_GAP: Final = re.compile(r"\[[^\]]*\]|\(?\.{3,}\)?|…|\{[^{}]*\}|(?:\. ){2,}\.")
_QUOTES: Final = re.compile("[\"'`\u00b4\u2018-\u201f\u00ab\u00bb\u2039\u203a\u2032\u2033]")
_DASHES: Final = re.compile(r"\s*[-\u2010-\u2015\u2212]+\s*")
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_MARKUP: Final = re.compile(r"[*_`\\]+|\]\([^()]*\)")
_ENDS: Final = " ,.;:!?'"
_NEAR: Final = 0.75
_FEW: Final = 40


def _find(graph: Graph, policy: Policy) -> Iterator[Finding]:
    if not graph.content.archives:
        return
    for clause in clauses(graph):
        kept = _kept(graph, clause, policy.locale)
        if not kept:
            continue
        for found in _QUOTATION.finditer(clause.reading.text):
            quoted = found[found.lastgroup or 0]
            if _TITLED.search(clause.reading.text[: found.start()]):
                continue
            if not any(is_quoted(quoted, text) for text in kept.values()):
                yield _finding(clause, found, quoted, kept)


def _kept(graph: Graph, clause: Clause, locale: str) -> Mapping[str, str]:
    """Return the texts of the sources that a statement has its words from; nothing unless it can be told from them."""
    names = dict.fromkeys(
        name
        for use in clause.resolved.uses
        for name in (str(use.id), *(str(one) for one in use.from_ if isinstance(one, SourceId)))
        if name in graph.sources
    )
    read = [name for name in names if graph.sources[name].read]
    language = locale.partition("-")[0]
    if not read or any(
        name not in graph.content.archives or graph.sources[name].lang.partition("-")[0] != language for name in read
    ):
        return {}
    return {name: graph.content.archives[name] for name in names if name in graph.content.archives}


def _finding(clause: Clause, found: re.Match[str], quoted: str, kept: Mapping[str, str]) -> Finding:
    path, loc = clause.place
    where = " and ".join(f"`sources/{name}.txt`" for name in kept)
    near = _nearest(quoted, kept)
    return Finding(
        path,
        loc,
        f"The quotation in `{clause.resolved.id}` is not in {where}",
        f"The nearest words there: “{near}”." if near else "Quote the very words, or say it without quotation marks.",
        start=found.start(),
        end=found.end(),
    )


def is_quoted(quoted: str, text: str) -> bool:
    """Tell whether a text has the words of a quotation, with anything in its gaps.

    Args:
        quoted: what stands between the quotation marks, inline Markdown.
        text: where to look.
    """
    source = _normal(text)
    place = 0
    parts = [_normal(part).strip(_ENDS) for part in _GAP.split(_MARKUP.sub("", quoted))]
    for part in parts:
        if not part:
            continue
        match = re.compile(rf"(?<!\w){re.escape(part)}(?!\w)").search(source, place)
        if match is None:
            return False
        place = match.end()
    return True


@lru_cache(maxsize=64)
def _normal(text: str) -> str:
    """Return a text in which only its words count (NFKC, Unicode Standard Annex 15; case folded)."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).casefold()
    plain = _DASHES.sub("-", _QUOTES.sub("'", plain))
    return " ".join(plain.split())


def _nearest(quoted: str, kept: Mapping[str, str]) -> str:
    """Return the words of a text that come nearest to a quotation; empty if none come near."""
    words = _GAP.sub(" ", quoted).split()
    best, score = "", _NEAR
    if not 1 < len(words) <= _FEW:
        return ""
    for text in kept.values():
        source = text.split()
        for start in range(max(1, len(source) - len(words) + 1)):
            window = source[start : start + len(words)]
            # Cheap first: windows that share no words need no closer look.
            if len(set(window) & set(words)) * 2 < len(set(words)):
                continue
            ratio = difflib.SequenceMatcher(None, " ".join(window), " ".join(words)).ratio()
            if ratio > score:
                best, score = " ".join(window), ratio
    return best.strip(_ENDS)


RULE = Rule("misquotation", Severity.ERROR, _find)
