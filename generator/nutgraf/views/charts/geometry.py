"""Boxes, points and rectangles of the relation map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from nutgraf.views.charts.svg import number

LINE_HEIGHT: Final = 15.0


@dataclass(frozen=True, slots=True)
class MapPoint:
    """Where a line begins, ends or passes through; `name` is whose box that is."""

    name: str | None
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle, for SVG: its upper left corner, its size and the x of its middle."""

    x: str
    y: str
    width: str
    height: str
    middle: str

    @classmethod
    def around(cls, x: float, y: float, width: float, height: float) -> Area:
        """Return a rectangle by its middle and its size."""
        # To the unit, as lines are.
        return cls(*(str(round(one)) for one in (x - width / 2, y - height / 2, width, height, x)))


@dataclass(frozen=True, slots=True)
class Box:
    """Somebody in the picture.

    Attributes:
        lines: the name.
        x, y: the middle.
        width, height: of the box around it.
    """

    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float

    @property
    def area(self) -> Area:
        """The box, for SVG."""
        return Area.around(self.x, self.y, self.width, self.height)

    @property
    def text(self) -> tuple[tuple[str, str], ...]:
        """The lines of the name, each with the y of its middle."""
        first = self.y - (len(self.lines) - 1) * LINE_HEIGHT / 2
        return tuple((line, number(first + place * LINE_HEIGHT)) for place, line in enumerate(self.lines))
