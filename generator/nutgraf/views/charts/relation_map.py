"""Who is linked to whom, as a picture: names in layers, and a line between each two that the list links.

The list beside it is the source of truth; a line bears the numbers of its rows there. How it is drawn says how sure the
least sure of them is. The layers and the order of names in them are found by `fast_sugiyama` (Sugiyama, Tagawa and Toda
1981, "Methods for Visual Understanding of Hierarchical System Structures"); where exactly a name stands depends on how
wide names are, and is decided here. All lengths are in units of the viewBox.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutgraf.views import interface_text
from nutgraf.views.charts.relation_layers import WIDTH, parts_of, placed, rows_of
from nutgraf.views.charts.relation_lines import Connector, LineLabel, lines
from nutgraf.views.charts.svg import STYLES, Sample, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nutgraf.views.charts.geometry import Box

_LONGEST: Final = 18
"""Characters in a line of a name."""
_LONGEST_LABEL: Final = 13
_MOST_LINES: Final = 3
_BETWEEN_LAYERS: Final = (44.0, 60.0, 80.0)
"""The one at which numbers cover least is taken; of several, the narrowest."""
_FEWEST: Final = 3
_MOST: Final = 30


@dataclass(frozen=True, slots=True)
class Tie:
    """A row of the list: somebody is linked to somebody.

    Attributes:
        start, end: their ids.
        style: how sure that is, one of `STYLES`.
        word: the same in words.
    """

    start: str
    end: str
    style: str
    word: str


@dataclass(frozen=True, slots=True)
class RelationMap:
    """Who is linked to whom.

    Attributes:
        alt: what it shows, for who does not see it.
        width, height: of the viewBox.
        boxes: the names.
        lines: what links them.
        legend: the ways in which lines are drawn here, the surest first.
        notes: sentences on how to read it.
    """

    alt: str
    width: str
    height: str
    boxes: tuple[Box, ...]
    lines: tuple[Connector, ...]
    legend: tuple[Sample, ...]
    notes: tuple[str, ...]


def relation_map(ties: Sequence[Tie], names: Mapping[str, str]) -> RelationMap | None:
    """Return the picture of a list of links.

    Args:
        ties: in the order of the list.
        names: how those who are linked are called, by id.

    Returns:
        None for fewer than three names: a line between two says less than the sentence that it stands for.
    """
    shown = _shown(ties)
    while len(shown) >= _FEWEST:
        found = _drawn(ties, shown, names)
        if found is not None:
            return found
        shown = _without_least(ties, shown)
    return None


def _shown(ties: Sequence[Tie]) -> list[str]:
    """Return who is in the picture, in the order of the list."""
    everybody = list(dict.fromkeys(name for tie in ties if tie.start != tie.end for name in (tie.start, tie.end)))
    counts = _counts(ties, everybody)
    best = set(sorted(everybody, key=lambda name: -counts[name])[:_MOST])
    return _linked(ties, [name for name in everybody if name in best])


def _without_least(ties: Sequence[Tie], shown: Sequence[str]) -> list[str]:
    counts = _counts(ties, shown)
    least = min(reversed(shown), key=lambda name: counts[name])
    return _linked(ties, [name for name in shown if name != least])


def _linked(ties: Sequence[Tie], shown: Sequence[str]) -> list[str]:
    counts = _counts(ties, shown)
    return [name for name in shown if counts[name]]


def _counts(ties: Sequence[Tie], among: Iterable[str]) -> Counter[str]:
    """Count with how many others each is linked."""
    known = set(among)
    pairs = {frozenset((tie.start, tie.end)) for tie in ties if {tie.start, tie.end} <= known and tie.start != tie.end}
    return Counter(name for pair in pairs for name in pair)


def _drawn(ties: Sequence[Tie], shown: Sequence[str], names: Mapping[str, str]) -> RelationMap | None:
    pairs = _pairs(ties, shown)
    wrapped = {name: _wrapped(names[name]) for name in shown}
    parts = parts_of(shown, pairs)
    rows = rows_of([part.fitted(wrapped) for part in parts])
    if rows is None:
        return None
    tried: list[tuple[int, float, tuple[Connector, ...], dict[str, Box]]] = []
    for gap in _BETWEEN_LAYERS:
        boxes, ways, height = placed(rows, wrapped, gap)
        found = lines(ways, pairs, boxes)
        if found is not None:
            tried.append((sum(line.covered for line in found), height, found, boxes))
    if not tried:
        return None
    _, height, found, boxes = min(tried, key=lambda one: one[:2])
    return _picture(ties, pairs, boxes, found, height)


def _picture(
    ties: Sequence[Tie],
    pairs: Mapping[tuple[str, str], LineLabel],
    boxes: Mapping[str, Box],
    drawn: tuple[Connector, ...],
    height: float,
) -> RelationMap:
    words = {tie.style: tie.word for tie in ties}
    styles = {label.style for label in pairs.values()}
    everybody = len({name for tie in ties for name in (tie.start, tie.end)})
    return RelationMap(
        alt=f"{interface_text.count(len(boxes), 'name')}, and {interface_text.count(len(drawn), 'line')} "
        "between those who are linked. The list above says it in words.",
        width=number(WIDTH),
        height=number(height),
        boxes=tuple(boxes.values()),
        lines=drawn,
        legend=tuple(Sample(style, words[style]) for style in reversed(STYLES) if style in styles),
        notes=tuple(_notes(pairs.values(), len(boxes), everybody)),
    )


def _notes(drawn: Iterable[LineLabel], shown: int, everybody: int) -> Iterator[str]:
    yield "The numbers are those of the table above."
    if any(label.is_mixed for label in drawn):
        yield "A line for several links is drawn like the least sure of them."
    if shown < everybody:
        yield f"Only the {shown} with most links of {everybody} have room here."


def _pairs(ties: Sequence[Tie], shown: Iterable[str]) -> dict[tuple[str, str], LineLabel]:
    """Return what stands on the line between each two, in the direction in which the first row links them."""
    known = set(shown)
    rows: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for row, tie in enumerate(ties, 1):
        if tie.start == tie.end or not {tie.start, tie.end} <= known:
            continue
        there, back = (tie.start, tie.end), (tie.end, tie.start)
        rows.setdefault(back if back in rows else there, []).append((row, tie.style))
    return {pair: _label(found) for pair, found in rows.items()}


def _label(rows: Sequence[tuple[int, str]]) -> LineLabel:
    """Return what stands on a line: the numbers of its rows, and how it is drawn."""
    runs: list[list[int]] = []
    for row, _ in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    text = ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
    styles = {style for _, style in rows}
    return LineLabel(
        tuple(textwrap.wrap(text, _LONGEST_LABEL)), min(styles, key=STYLES.index), is_mixed=len(styles) > 1
    )


# ---- names ----


def _wrapped(name: str) -> tuple[str, ...]:
    """Return a name in lines of a bearable length."""
    found = [""]
    for word in name.split():
        joined = f"{found[-1]} {word}".strip()
        if len(joined) <= _LONGEST or not found[-1]:
            found[-1] = joined
        else:
            found.append(word)
    if len(found) > _MOST_LINES:
        found = [*found[: _MOST_LINES - 1], f"{found[_MOST_LINES - 1]} …"]
    return tuple(line if len(line) <= _LONGEST + 2 else f"{line[:_LONGEST]}…" for line in found)
