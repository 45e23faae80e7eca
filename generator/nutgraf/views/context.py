"""What pages are made from: the resolved content, the language, and what a site says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from nutgraf.markdown import unit_text
from nutgraf.wording import SegmentKind
from nutgraf.wording import compile as compile_statement

if TYPE_CHECKING:
    from nutgraf.glossary import Matcher, Mentions
    from nutgraf.graph import Graph
    from nutgraf.views.certainty_mark import CachedStatement
    from nutgraf.views.settings import Settings
    from nutgraf.wording import Unit, Wording


@dataclass(frozen=True, eq=False)
class ViewContext:
    """All that a page may draw on. It equals itself alone, so that what is derived from it can be kept by it.

    Attributes:
        graph: the content.
        mentions: which statements speak of what.
        finder: finds names and terms in text.
        wording: the language.
        settings: what the site says of itself.
    """

    graph: Graph
    mentions: Mentions
    finder: Matcher
    wording: Wording
    settings: Settings

    def unit(self, key: str) -> Unit:
        """Return a statement as it stands alone: its sentence and whatever must go with it."""
        # One statement stands on many pages: in its story, with everybody it names, with each of its sources.
        graph = self.graph
        return graph.memoize(self._units, key, lambda: compile_statement(graph.statements[key], graph, self.wording))

    def opening(self, key: str) -> str:
        """Return how a statement begins, plain: enough to tell it from others; never its clause without who says so.

        Where its attribution does not come first, that is all of it.
        """
        return self.graph.memoize(self._openings, key, lambda: _opening(self.unit(key)))

    @cached_property
    def values(self) -> dict[tuple[str, str], Any]:
        """What was worked out for pages, by name and key: for `nutgraf.views.memoize` to keep."""
        return {}

    @cached_property
    def _openings(self) -> dict[str, str]:
        return {}

    @cached_property
    def alone(self) -> dict[str, CachedStatement]:
        """Statements as they stand on many pages, by key: for `statement.statement` to keep."""
        return {}

    @cached_property
    def _units(self) -> dict[str, Unit]:
        return {}


_OPENING: Final = 72
"""Characters: what a screen reader says in four seconds."""


def _opening(unit: Unit) -> str:
    text = unit_text(unit)
    spoken = (
        one.kind
        for one in unit.main.segments
        if one.kind in {SegmentKind.ASSERTER, SegmentKind.CARRIER, SegmentKind.CLAUSE}
    )
    if next(spoken, SegmentKind.CLAUSE) is SegmentKind.CLAUSE or len(text) <= _OPENING:
        return text
    return f"{text[:_OPENING].rpartition(' ')[0].rstrip(',;:')} …"
