"""The lines of the map of relations: curves from name to name, with numbers on them that cover nothing."""

from __future__ import annotations

import bisect
import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutgraf.views.charts.geometry import Area, Box, MapPoint
from nutgraf.views.charts.svg import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nutgraf.views.charts.geometry import Box

_DIGIT: Final = 6.8
_INSIDE: Final = 5.0
_HEIGHT_OF_DIGIT: Final = 13.0
_ABOVE_AND_BELOW: Final = 4.0
_APART: Final = 2.0
_SIDE: Final = 0.7
"""How much of the side of a name lines may begin at."""
_STEPS: Final = 24
"""How many places of a curve are tried for its numbers."""


@dataclass(frozen=True, slots=True)
class LineLabel:
    """What stands on a line.

    Attributes:
        lines: the numbers of the rows that it stands for: "3, 12–15".
        style: how it is drawn: how sure the least sure of them is.
        is_mixed: whether they are not all as sure.
    """

    lines: tuple[str, ...]
    style: str
    is_mixed: bool

    @property
    def width(self) -> float:
        """What it takes across."""
        return max(len(line) for line in self.lines) * _DIGIT + 2 * _INSIDE

    @property
    def height(self) -> float:
        """What it takes from top to bottom."""
        return len(self.lines) * _HEIGHT_OF_DIGIT + _ABOVE_AND_BELOW


@dataclass(frozen=True, slots=True)
class Connector:
    """A line between two.

    Attributes:
        style: how it is drawn.
        path: SVG path data.
        label: what stands on it.
        x, y: the middle of the label.
        covered: how much of other lines the label covers: 0 for nothing.
    """

    style: str
    path: str
    label: LineLabel
    x: float
    y: float
    covered: int

    @property
    def free(self) -> Area:
        """What is kept free for the label, for SVG."""
        return Area.around(self.x, self.y, self.label.width, self.label.height)

    @property
    def text(self) -> tuple[tuple[str, str], ...]:
        """The lines of the label, each with the y of its middle."""
        first = self.y - (len(self.label.lines) - 1) * _HEIGHT_OF_DIGIT / 2
        return tuple((line, number(first + place * _HEIGHT_OF_DIGIT)) for place, line in enumerate(self.label.lines))


Curve = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]


def lines(
    ways: Sequence[Sequence[MapPoint]], pairs: Mapping[tuple[str, str], LineLabel], boxes: Mapping[str, Box]
) -> tuple[Connector, ...] | None:
    """Return the lines with their numbers; None where these would cover each other or a name.

    Args:
        ways: the points of each line.
        pairs: what stands on the line between two, whichever of them comes first.
        boxes: the names.
    """
    downward = [way if way[0].y <= way[-1].y else way[::-1] for way in ways]
    drawn = [tuple(_curves(way, ends)) for way, ends in zip(downward, _ends(downward, boxes), strict=True)]
    points = sorted((y, x, at) for at, curves in enumerate(drawn) for x, y in _points(curves))
    found: list[Connector] = []
    for place, way in enumerate(downward):
        first, last = way[0].name or "", way[-1].name or ""
        label = pairs.get((first, last)) or pairs[last, first]
        line = _labelled(drawn[place], label, found, [*boxes.values()], _Others(place, points))
        if line is None:
            return None
        found.append(line)
    return tuple(found)


def _ends(ways: Sequence[Sequence[MapPoint]], boxes: Mapping[str, Box]) -> list[tuple[tuple[float, float], ...]]:
    """Return where each line leaves the upper name and meets the lower one, side by side."""
    upper: dict[str, list[int]] = {}
    lower: dict[str, list[int]] = {}
    for place, way in enumerate(ways):
        upper.setdefault(way[0].name or "", []).append(place)
        lower.setdefault(way[-1].name or "", []).append(place)
    starts: dict[int, tuple[float, float]] = {}
    ends: dict[int, tuple[float, float]] = {}
    for found, sides, at, sign in ((starts, upper, 1, 1), (ends, lower, -2, -1)):
        for name, places in sides.items():
            box = boxes[name]
            neighbour = {place: ways[place][at].x for place in places}
            ordered = sorted(places, key=neighbour.__getitem__)
            for number_, place in enumerate(ordered):
                share = (number_ + 0.5) / len(ordered) - 0.5
                found[place] = (box.x + share * box.width * _SIDE, box.y + sign * box.height / 2)
    return [(starts[place], ends[place]) for place in range(len(ways))]


def _curves(way: Sequence[MapPoint], ends: Sequence[tuple[float, float]]) -> Iterator[Curve]:
    through = [ends[0], *((point.x, point.y) for point in way[1:-1]), ends[1]]
    for (x, start), (to_x, end) in itertools.pairwise(through):
        bend = (end - start) / 2
        yield (x, start), (x, start + bend), (to_x, end - bend), (to_x, end)


def _points(curves: Sequence[Curve]) -> Iterator[tuple[float, float]]:
    for curve in curves:
        yield from (_at(curve, step / _STEPS) for step in range(_STEPS + 1))


@dataclass(frozen=True, slots=True)
class _Others:
    """The points of all lines but one.

    Attributes:
        line: that one.
        points: of all lines, each with its y, its x and its line, in order.
    """

    line: int
    points: Sequence[tuple[float, float, int]]

    def covered(self, x: float, y: float, width: float, height: float) -> int:
        """Return how many points numbers of a size would cover."""
        across, down = width / 2 + _APART, height / 2 + _APART
        first = bisect.bisect_right(self.points, (y - down, math.inf, 0))
        last = bisect.bisect_left(self.points, (y + down, -math.inf, 0))
        return sum(abs(at - x) < across and line != self.line for _, at, line in self.points[first:last])


def _labelled(
    curves: Sequence[Curve], label: LineLabel, others: Sequence[Connector], boxes: Sequence[Box], near: _Others
) -> Connector | None:
    """Return a line with its numbers where they cover least of other lines, and no name and no other numbers."""
    taken = [(one.x, one.y, one.label.width, one.label.height) for one in others]
    taken += [(one.x, one.y, one.width, one.height) for one in boxes]
    middle = _STEPS * len(curves) / 2
    best: tuple[int, float, float] | None = None
    for step in sorted(range(1, _STEPS * len(curves)), key=lambda step: abs(step - middle)):
        x, y = _at(curves[step // _STEPS], step % _STEPS / _STEPS)
        area = (x, y, label.width, label.height)
        if any(_overlap(area, one) for one in taken):
            continue
        covered = near.covered(*area)
        if best is None or covered < best[0]:
            best = (covered, x, y)
        if not covered:
            break
    return None if best is None else Connector(label.style, _path(curves), label, best[1], best[2], best[0])


def _at(curve: Curve, t: float) -> tuple[float, float]:
    """Return a point of a cubic Bézier curve."""
    # Written out: it is asked some hundred times for each picture.
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = curve
    a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
    return a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    across = abs(one[0] - other[0]) < (one[2] + other[2]) / 2 + _APART
    return across and abs(one[1] - other[1]) < (one[3] + other[3]) / 2 + _APART


def _path(curves: Sequence[Curve]) -> str:
    start = curves[0][0]
    # To the unit: a line is wider than that, and a story may have many.
    told = [f"M{round(start[0])} {round(start[1])}"]
    for _, second, third, end in curves:
        points = " ".join(f"{round(x)} {round(y)}" for x, y in (second, third, end))
        told.append(f"C{points}")
    return "".join(told)
