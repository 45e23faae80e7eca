"""What typed prose rests on: a line about somebody, a role, a relation are shown with who says so, never bare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutgraf.model import Certainty, Unnamed
from nutgraf.pages.statement import mark
from nutgraf.wording import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nutgraf.graph import Resolved
    from nutgraf.pages.page import Link, Page
    from nutgraf.pages.statement import Mark


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who vouches for a line that was typed.

    Attributes:
        attribution: who says so, in words: "Semafor"; empty where no statement below `established` is behind it.
        reports: the sources that say so, where no statement has it.
        marks: of the statements that it rests on.
        proofs: the public records and primary documents that it is taken from.
        is_missing: whether there is none of all that.
    """

    attribution: str
    reports: tuple[Link, ...]
    marks: tuple[Mark, ...]
    proofs: tuple[Link, ...]
    is_missing: bool


def evidence(page: Page, statements: Iterable[str], sources: Iterable[str]) -> Evidence:
    """Return who vouches for a line.

    Args:
        page: where it stands.
        statements: keys of what it rests on.
        sources: ids of where it is taken from.
    """
    known = [page.graph.statements[key] for key in statements if key in page.graph.statements]
    cited = [name for name in sources if name in page.graph.sources]
    is_proven = all(one.certainty is Certainty.ESTABLISHED for one in known)
    # Where a part of it is established, that part is another's word: it must not seem to be that of the first.
    words = {} if is_proven else dict.fromkeys(who(page, one) for one in known)
    return Evidence(
        attribution=page.wording.join(word for word in words if word),
        reports=tuple(page.source_link(name) for name in cited if not _is_proof(page, name)),
        marks=tuple(mark(page, one.key) for one in known),
        proofs=tuple(page.source_link(name) for name in cited if _is_proof(page, name)),
        is_missing=not (known or cited),
    )


def _is_proof(page: Page, name: str) -> bool:
    source = page.graph.sources[name]
    return source.is_primary and source.read


def who(page: Page, resolved: Resolved) -> str:
    """Return who asserts a statement, in words, and in brackets where we read it: "Elon Musk (in AI Catalog)"."""
    carriers = [one.text for one in page.library.unit(resolved.key).main.segments if one.kind is Kind.CARRIER]
    carrier = carriers[0] if carriers else ""
    if Unnamed.UNNAMED in resolved.by:
        return f"{carrier} without naming its source"
    asserters = page.wording.join(page.wording.asserter(by, page.graph) for by in resolved.by)
    return f"{asserters} (in {carrier})" if carrier and asserters else asserters or carrier
