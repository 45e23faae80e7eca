"""Where the names of the map of relations stand: in layers, so that lines run from one to the next.

The layers and the order in them are found by `fast_sugiyama`; what is decided here is how far apart they stand, which
depends on how wide names are.
"""

from __future__ import annotations

import itertools
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutgraf.views.charts.geometry import LINE_HEIGHT, Box, MapPoint

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

WIDTH: Final = 640.0
_CHARACTER: Final = 7.7
_WIDE_CHARACTER: Final = 13.0
_PADDING: Final = 10.0
_GAP: Final = 14.0
"""Between two names of one layer."""
_ROOM: Final = 12.0
"""What a line takes that passes through a layer."""
_BETWEEN_PARTS: Final = 34.0


def _width_of(wrapped: Sequence[str]) -> float:
    return max(sum(_width_of_character(one) for one in line) for line in wrapped) + 2 * _PADDING


def _width_of_character(one: str) -> float:
    if unicodedata.combining(one):
        return 0.0
    return _WIDE_CHARACTER if unicodedata.east_asian_width(one) in "WF" else _CHARACTER


def _height_of(wrapped: Sequence[str]) -> float:
    return len(wrapped) * LINE_HEIGHT + 11


@dataclass(frozen=True, slots=True)
class _Component:
    """Those who are linked with each other, in whatever many steps.

    Attributes:
        layers: from the top, each from the left. Numbers stand for lines that pass through.
        x: where each stands, on a scale of its own.
        chains: each line from one name to the other, with the numbers between them.
    """

    layers: tuple[tuple[str | int, ...], ...]
    x: Mapping[str | int, float]
    chains: tuple[tuple[str | int, ...], ...]

    def fitted(self, wrapped: Mapping[str, tuple[str, ...]]) -> _Fitted:
        widths = {one: _width_of(wrapped[one]) if isinstance(one, str) else _ROOM for row in self.layers for one in row}
        return _Fitted(self, widths)


@dataclass(frozen=True, slots=True)
class _Fitted:
    """A part, and how wide everything in it is."""

    part: _Component
    widths: Mapping[str | int, float]

    @property
    def width(self) -> float:
        return max(sum(self.widths[one] + _GAP for one in row) - _GAP for row in self.part.layers)

    def spread(self, width: float) -> dict[str | int, float]:
        """Return the middle of each, within a width: as near as may be to where the layout has it."""
        x = self.part.x
        low, high = min(x.values()), max(x.values())
        scale = (width - self._widest) / (high - low) if high > low else 0.0
        found: dict[str | int, float] = {}
        for row in self.part.layers:
            wanted = [self._widest / 2 + (x[one] - low) * scale if high > low else width / 2 for one in row]
            found |= dict(zip(row, _pushed(wanted, [self.widths[one] for one in row], width), strict=True))
        return found

    @property
    def _widest(self) -> float:
        return max(self.widths.values())


def _pushed(wanted: Sequence[float], widths: Sequence[float], width: float) -> list[float]:
    """Push what would overlap apart, within a width; the order stays."""
    found: list[float] = []
    edge = 0.0
    for at, own in zip(wanted, widths, strict=True):
        found.append(max(at, edge + own / 2))
        edge = found[-1] + own / 2 + _GAP
    edge = width
    for place in reversed(range(len(found))):
        found[place] = min(found[place], edge - widths[place] / 2)
        edge = found[place] - widths[place] / 2 - _GAP
    return found


def parts_of(shown: Sequence[str], pairs: Iterable[tuple[str, str]]) -> list[_Component]:
    """Return those who are linked with each other, in layers; the part with most names first.

    Args:
        shown: who is in the picture, in the order of the list.
        pairs: who is linked to whom; no two twice, and nobody to themselves.
    """
    from fast_sugiyama import from_edges  # noqa: PLC0415 - takes longer to import than all of our pages

    # Numbers instead of ids, without a gap between them: the library orders ids by their hash, which for text differs
    # from run to run, and calls what it inserts by the numbers that follow. These follow on the numbers of one part,
    # whatever the others have, so that each part is laid out by itself.
    parts = []
    for members in _connected(shown, pairs := list(pairs)):
        place = {name: at for at, name in enumerate(members)}
        edges = [(place[start], place[end]) for start, end in pairs if start in place]
        found = from_edges(edges, ranking_type="minimize", vertex_spacing=100, dummy_vertices=True, dummy_size=0.5)
        parts += [_part(positions, links or (), members) for positions, _, _, links in found]
    # The one with most names first; else as they stand in the list.
    order = {name: at for at, name in enumerate(shown)}
    return sorted(parts, key=lambda part: (-len(_names(part)), min(order[name] for name in _names(part))))


def _connected(shown: Sequence[str], pairs: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Return those who are linked with each other in whatever many steps, each in the order of `shown`."""
    group = {name: {name} for name in shown}
    for start, end in pairs:
        if group[start] is not group[end]:
            group[start] |= group[end]
            group.update(dict.fromkeys(group[end], group[start]))
    found = {id(members): members for members in group.values()}
    return [[name for name in shown if name in members] for members in found.values() if len(members) > 1]


def _names(part: _Component) -> list[str]:
    return [one for row in part.layers for one in row if isinstance(one, str)]


def _part(
    positions: Iterable[tuple[int | str, tuple[float, float]]],
    links: Iterable[tuple[int | str, int | str]],
    shown: Sequence[str],
) -> _Component:
    def known(one: int | str) -> str | int:
        return shown[int(one)] if int(one) < len(shown) else int(one)

    placed = {known(one): at for one, at in positions}
    rows = itertools.groupby(
        sorted(placed, key=lambda one: (-placed[one][1], placed[one][0])), lambda one: placed[one][1]
    )
    layers = tuple(tuple(row) for _, row in rows)
    after: dict[str | int, list[str | int]] = {}
    for start, end in links:
        after.setdefault(known(start), []).append(known(end))
    chains = tuple(
        _chain(start, following, after) for start in after if isinstance(start, str) for following in after[start]
    )
    return _Component(layers, {one: at[0] for one, at in placed.items()}, chains)


def _chain(
    start: str | int, following: str | int, after: Mapping[str | int, Sequence[str | int]]
) -> tuple[str | int, ...]:
    found = [start, following]
    while not isinstance(found[-1], str):
        found.append(after[found[-1]][0])
    return tuple(found)


def rows_of(parts: Sequence[_Fitted]) -> list[list[_Fitted]] | None:
    """Put parts beside each other where there is room; None if one is too wide."""
    rows: list[list[_Fitted]] = []
    for part in parts:
        if part.width > WIDTH:
            return None
        if rows and sum(one.width + _BETWEEN_PARTS for one in rows[-1]) + part.width <= WIDTH:
            rows[-1].append(part)
        else:
            rows.append([part])
    return rows


def placed(
    rows: Sequence[Sequence[_Fitted]], wrapped: Mapping[str, tuple[str, ...]], gap: float
) -> tuple[dict[str, Box], list[list[MapPoint]], float]:
    """Return names and the points through which lines go, from end to end, and the height of it all."""
    boxes: dict[str, Box] = {}
    ways: list[list[MapPoint]] = []
    top = 1.0
    for row in rows:
        spare = (WIDTH - sum(one.width for one in row) - _BETWEEN_PARTS * (len(row) - 1)) / len(row)
        left, bottom = 0.0, top
        for one in row:
            y, end = _heights(one, wrapped, top, gap)
            middles = one.spread(one.width + spare)
            for name in _names(one.part):
                lines_ = wrapped[name]
                boxes[name] = Box(lines_, left + middles[name], y[name], _width_of(lines_), _height_of(lines_))
            ways += (
                [MapPoint(one_ if isinstance(one_, str) else None, left + middles[one_], y[one_]) for one_ in chain]
                for chain in one.part.chains
            )
            left += one.width + spare + _BETWEEN_PARTS
            bottom = max(bottom, end)
        top = bottom + gap
    return boxes, ways, top - gap + 1


def _heights(
    one: _Fitted, wrapped: Mapping[str, tuple[str, ...]], top: float, gap: float
) -> tuple[dict[str | int, float], float]:
    found: dict[str | int, float] = {}
    for row in one.part.layers:
        height = max((_height_of(wrapped[name]) for name in row if isinstance(name, str)), default=_ROOM)
        found |= dict.fromkeys(row, top + height / 2)
        top += height + gap
    return found, top - gap
