"""How many independent origins stand behind a statement.

Three articles that repeat one report are one origin. The rule: take the cited sources, drop each that derives from
another cited one, join those that share an ancestor, count the groups.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutgraf.model import Own

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutgraf.model import Source, SourceUse


@dataclass(frozen=True, slots=True)
class Origin:
    """One independent origin of a statement.

    Attributes:
        sources: the cited sources that share it; one, as a rule.
        repeated_by: further cited sources that repeat one of these.
        root: the source that all of it goes back to; None, "origin not stated", where that may be one of several.
    """

    sources: tuple[str, ...]
    repeated_by: tuple[str, ...] = ()
    root: str | None = None


class Lineage:
    """What derives from what among some sources."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        """Take the sources by id."""
        self._sources = sources
        self._ancestors: dict[str, frozenset[str]] = {}

    def ancestors(self, name: str) -> frozenset[str]:
        """Return all sources that `name` derives from, directly or not; itself only if in a circle."""
        if name not in self._ancestors:
            found: set[str] = set()
            waiting = [*self._parents(name)]
            while waiting:
                one = waiting.pop()
                if one not in found:
                    found.add(one)
                    waiting += self._parents(one)
            self._ancestors[name] = frozenset(found)
        return self._ancestors[name]

    def _parents(self, name: str) -> tuple[str, ...]:
        source = self._sources.get(name)
        return tuple(str(parent) for parent in source.derives_from if parent in self._sources) if source else ()

    def origins(self, uses: tuple[SourceUse, ...]) -> tuple[Origin, ...]:
        """Group the cited sources by independent origin.

        The rule: drop each source that derives from another cited one, join those that share an ancestor, count the
        groups. What `from` says of one statement's use comes before the source's own `derives_from`.
        """
        leaning = {str(use.id): self._leaning(use) for use in uses}
        roots = [name for name in leaning if not any(other in leaning[name] for other in leaning if other != name)]
        roots = roots or list(leaning)[:1]
        groups: list[list[str]] = []
        for name in roots:
            # One source may join groups that had nothing in common so far.
            joined = [group for group in groups if any(leaning[name] & leaning[other] for other in group)]
            merged = [member for group in joined for member in group] + [name]
            groups = [group for group in groups if group not in joined] + [merged]
        groups.sort(key=lambda group: min(roots.index(name) for name in group))
        return tuple(self._origin(tuple(group), leaning, roots) for group in groups)

    def _origin(self, group: tuple[str, ...], leaning: Mapping[str, frozenset[str]], roots: list[str]) -> Origin:
        leant_on = frozenset[str]().union(*(leaning[name] for name in group))
        first = sorted(name for name in leant_on if not self.ancestors(name) & leant_on)
        return Origin(
            sources=group,
            repeated_by=tuple(name for name in leaning if name not in roots and leaning[name] & set(group)),
            root=first[0] if len(first) == 1 else (group[0] if not leant_on else None),
        )

    def _leaning(self, use: SourceUse) -> frozenset[str]:
        """Return all sources that a cited one has this from; none if it is its own reporting."""
        if not use.from_:
            return self.ancestors(use.id)
        if Own.OWN in use.from_:
            return frozenset()
        given = [str(name) for name in use.from_ if name in self._sources]
        return frozenset(given).union(*(self.ancestors(name) for name in given))
