"""What typed prose rests on: a line about somebody, a role, a relation are shown with who says so, never bare."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from nutgraf.model import Certainty, Unnamed
from nutgraf.views.statement import mark
from nutgraf.wording import SegmentKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nutgraf.graph import Resolved
    from nutgraf.views.certainty_mark import CertaintyMark
    from nutgraf.views.page import Link, PageContext


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who vouches for a line that was typed.

    Attributes:
        attribution: who says so, in words: "Semafor"; empty where no statement below `established` is behind it.
        reports: the sources that say so, where no statement has it.
        marks: of the statements that it rests on; the least sure first where they do not all say the same.
        proofs: the public records and primary documents that it is taken from.
        is_missing: whether there is none of all that.
        is_partly: whether each of those who say so vouches for a part, and it cannot be told which.
    """

    attribution: str
    reports: tuple[Link, ...]
    marks: tuple[CertaintyMark, ...]
    proofs: tuple[Link, ...]
    is_missing: bool
    is_partly: bool = False


def evidence(page: PageContext, statements: Iterable[str], sources: Iterable[str], text: str = "") -> Evidence:
    """Return who vouches for a line.

    Args:
        page: where it stands.
        statements: keys of what it rests on.
        sources: ids of where it is taken from.
        text: the line, where it may be of several parts.
    """
    known = [page.graph.statements[key] for key in statements if key in page.graph.statements]
    cited = [name for name in sources if name in page.graph.sources]
    is_proven = all(one.certainty is Certainty.ESTABLISHED for one in known)
    # Where a part of it is established, that part is another's word: it must not seem to be that of the first.
    words = [word for word in ({} if is_proven else dict.fromkeys(who(page, one) for one in known)) if word]
    reports = tuple(page.cited_link(name) for name in cited if not _is_proof(page, name))
    # What all of them say, all of them vouch for.
    is_partly = bool(text) and len(words) + len(reports) > 1 and not all(_says(one, text) for one in known)
    if is_partly:
        known.sort(key=lambda one: one.certainty.rank)
    return Evidence(
        attribution=" and in part to ".join(words) if is_partly else page.wording.join(words) if words else "",
        reports=reports,
        marks=tuple(mark(page, one.key) for one in known),
        proofs=tuple(page.source_link(name) for name in cited if _is_proof(page, name)),
        is_missing=not (known or cited),
        is_partly=is_partly,
    )


def by_part(
    page: PageContext, text: str, statements: Sequence[str], sources: Sequence[str]
) -> tuple[tuple[str, Evidence], ...]:
    """Return a line in parts, each with who vouches for it; in one where its words do not tell who says what.

    Args:
        page: where it stands.
        text: the line, as inline Markdown.
        statements: keys of what it rests on.
        sources: ids of where it is taken from.
    """
    whole = evidence(page, statements, sources, text)
    if not whole.is_partly or sources or _MARKUP.search(text):
        return ((text, whole),)
    known = [page.graph.statements[key] for key in statements if key in page.graph.statements]
    pieces: list[tuple[str, tuple[str, ...]]] = []
    for piece in _PART.split(text):
        keys = tuple(one.key for one in known if _says(one, piece))
        if not keys:
            return ((text, whole),)
        if pieces and pieces[-1][1] == keys:
            pieces[-1] = (f"{pieces[-1][0]}, {piece}", keys)
        else:
            pieces.append((piece, keys))
    if {key for _, keys in pieces for key in keys} != {one.key for one in known}:
        return ((text, whole),)
    parts = [(piece, evidence(page, keys, (), piece)) for piece, keys in pieces]
    return tuple(
        (piece, replace(one, is_partly=False)) if len(one.marks) == 1 else (piece, one) for piece, one in parts
    )


_PART: Final = re.compile(r"[,;]\s+(?:and\s+)?")
_MARKUP: Final = re.compile(r"[*_`\[\]<>\\]")
_WORD: Final = re.compile(r"[^\W_]{3,}|\d+")
_COMMON: Final = frozenset(
    {"the", "and", "was", "were", "has", "had", "who", "that", "which", "its", "his", "her", "for"}
)


def _says(resolved: Resolved, text: str) -> bool:
    """Tell whether all words of a line that say something are in a statement."""
    said = {word.casefold() for word in _WORD.findall(resolved.statement.text)}
    words = {word.casefold() for word in _WORD.findall(text)} - _COMMON
    return bool(words) and words <= said


def _is_proof(page: PageContext, name: str) -> bool:
    source = page.graph.sources[name]
    return source.is_primary and source.read


def who(page: PageContext, resolved: Resolved) -> str:
    """Return who asserts a statement, in words, and in brackets where we read it: "Elon Musk (in AI Catalog)"."""
    carriers = [one.text for one in page.context.unit(resolved.key).main.segments if one.kind is SegmentKind.CARRIER]
    carrier = f" (in {carriers[-1]})" if len(carriers) > 1 else ""
    if Unnamed.UNNAMED in resolved.by:
        return f"{carriers[0]}{carrier}, which does not name its source" if carriers else ""
    asserters = page.wording.join(page.wording.asserter(by, page.graph) for by in resolved.by)
    return f"{asserters} (in {carriers[-1]})" if carriers and asserters else asserters or "".join(carriers[:1])
