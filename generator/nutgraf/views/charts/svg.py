"""What pictures have in common: how a line says how sure something is, and how lengths are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutgraf.model import Certainty
from nutgraf.views.statement import flags, is_struck

if TYPE_CHECKING:
    from nutgraf.graph import Resolved
    from nutgraf.views.page import PageContext

STYLES: Final = ("refuted", "gone", *(str(one) for one in Certainty))
"""How a mark or a line may be drawn, the least sure first: classes of the style sheet."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A line of the legend."""

    style: str
    word: str


def sample(page: PageContext, resolved: Resolved) -> Sample:
    """Return how a statement is drawn, and what that means."""
    gone = next((flag for flag in flags(page.graph, resolved) if flag.name in STYLES), None)
    # What has changed was true at its time: pictures show it.
    if gone is not None and (is_struck(resolved) or resolved.is_refuted):
        return Sample(gone.name, gone.word)
    return Sample(str(resolved.certainty), page.wording.certainty(resolved.certainty))


def number(value: float) -> str:
    """Return a length for SVG: a tenth of a unit is enough, and the same on every machine."""
    return f"{round(value, 1) + 0.0:g}"
