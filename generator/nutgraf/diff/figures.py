"""Figures: how much they changed, and who still gives the old one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from nutgraf.diff.change import Disagreement, FigureChange
from nutgraf.diff.fields import in_words
from nutgraf.diff.snapshot import plain
from nutgraf.model import QuantityKind
from nutgraf.model.statement import slots

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.diff.snapshot import Snapshot
    from nutgraf.diff.snapshot_pair import SnapshotPair
    from nutgraf.graph import Resolved
    from nutgraf.model import Quantity
    from nutgraf.model.record import Loc

_HUNDRED: Final = Decimal(100)
_MANY_TIMES: Final = 10
"""From so many times as much on, nobody thinks in percent."""


def figure(sides: SnapshotPair, name: str, before: Quantity, after: Quantity, where: Where) -> FigureChange:
    """Return a figure that changed.

    Args:
        sides: both sides.
        name: what the story calls it.
        before: its value on the old side.
        after: its value on the new side.
        where: the quantity on the new side, to be left out where others are looked for.
    """
    return FigureChange(
        name=name,
        before=sides.old.wording.quantity(before),
        after=sides.new.wording.quantity(after),
        delta=delta(before, after),
        disagrees=nearest(sides.new, before, after, where),
    )


_SOFT: Final = frozenset({QuantityKind.PLEDGE, QuantityKind.OFFER, QuantityKind.CLAIM, QuantityKind.ESTIMATE})
"""Kinds of money that nobody has paid yet."""


def hardened(before: Quantity, after: Quantity) -> bool:
    """Tell whether money that was promised, offered, demanded or estimated is given as more than that now."""
    return before.kind in _SOFT and after.kind not in _SOFT and before.kind is not after.kind


def is_replaced(before: Quantity, after: Quantity) -> bool:
    """Tell whether a figure says another value: the same one told as approximate is more careful, not another."""
    return before.bounds != after.bounds or (before.unit, before.per) != (after.unit, after.per)


def aspects(sides: SnapshotPair, values: tuple[Quantity, Quantity]) -> str:
    """Return what differs about two figures that read alike: their kind, parties, day."""
    fields = [name for name in type(values[0]).model_fields if not sides.same(*(getattr(one, name) for one in values))]
    return ", ".join(
        f"{name.replace('_', ' ')} {in_words(sides.old, getattr(values[0], name))} → "
        f"{in_words(sides.new, getattr(values[1], name))}"
        for name in fields
    )


def delta(before: Quantity, after: Quantity) -> str:
    """Return the difference of two quantities: "+5,000 (+50 %)"; empty where they cannot be compared, or are equal."""
    if (before.unit, before.per) != (after.unit, after.per):
        return ""
    ends = zip(before.bounds, after.bounds, strict=True)
    old, new = next(((one, other) for one, other in ends if one is not None and other is not None), (None, None))
    return "" if old is None or new is None else typed_delta(old, new)


def typed_delta(old: Decimal, new: Decimal) -> str:
    """Return the difference of two numbers; empty where they are equal."""
    if old == new:
        return ""
    told = f"{_plain(new - old):+,f}".replace("-", "−")
    if not old or (old < 0) != (new < 0):
        return told
    if abs(new / old) >= _MANY_TIMES:
        return f"{told} ({_rounded(new / old)} times as much)"
    percent = _rounded((new - old) / abs(old) * _HUNDRED)
    return f"{told} ({percent:+f} %)".replace("-", "−") if percent else told


def _plain(number: Decimal) -> Decimal:
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def _rounded(number: Decimal) -> Decimal:
    """Return a number of two or three significant digits, as a person would say it."""
    return round(number) * Decimal(1) if abs(number) >= _MANY_TIMES else _plain(round(number, 1))


# ---- who still says the old figure ----


@dataclass(frozen=True, slots=True)
class Where:
    """A quantity: `statement` is the key of the statement that it belongs to, None for one of a story."""

    story: str
    name: str
    statement: str | None = None

    @property
    def loc(self) -> Loc:
        """Its place in a story or a statement."""
        return ("quantities", self.name)


_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_ENOUGH: Final = 2
"""Words in common, names and parties counting for three, from which two figures are taken for one and the same."""
_DISTINCT: Final = 3
"""Significant digits from which one word in common is enough: few things are 2,142.7 by chance."""


def nearest(side: Snapshot, before: Quantity, after: Quantity, where: Where) -> Disagreement | None:
    """Return the figure elsewhere that was the same as one before its change, and is nearest to it; None if none is."""
    if before.bounds == after.bounds and before.unit == after.unit:
        return None
    wanted = before.amount is not None and _significant(before.amount) >= _DISTINCT
    own = _words(side, where)
    best: tuple[tuple[int, bool], Where, Quantity] | None = None
    for other, quantity in _quantities(side):
        if other == where or not _equal(before, quantity):
            continue
        score = len(own & _words(side, other)) + 3 * (other.name == where.name) + 3 * _same_parties(before, quantity)
        rank = (score, other.story == where.story)
        if score >= (1 if wanted else _ENOUGH) and (best is None or rank > best[0]):
            best = rank, other, quantity
    if best is not None:
        return _disagreement(side, best[1], best[2])
    return typed(side, before, where.story) if wanted else None


def _equal(before: Quantity, other: Quantity) -> bool:
    units = (before.unit or "").casefold(), (other.unit or "").casefold()
    return before.bounds == other.bounds and units[0] == units[1] and before.is_money == other.is_money


def _same_parties(before: Quantity, other: Quantity) -> bool:
    parties = before.payer, before.payee
    return any(parties) and parties == (other.payer, other.payee)


def _significant(number: Decimal) -> int:
    return len(number.normalize().as_tuple().digits)


def _quantities(side: Snapshot) -> Iterator[tuple[Where, Quantity]]:
    for name, story in side.graph.stories.items():
        yield from ((Where(name, one), quantity) for one, quantity in story.quantities.items())
    for key, resolved in side.graph.statements.items():
        for one, quantity in resolved.statement.quantities.items():
            yield Where(resolved.story, one, key), quantity


def users(side: Snapshot, where: Where) -> tuple[Resolved, ...]:
    """Return the statements that use a quantity, in reading order and summaries first."""
    if where.statement is not None:
        return (side.graph.statements[where.statement],)
    summaries = [one for one in side.graph.key_points(where.story) if one.is_summary]
    return tuple(
        one
        for one in (*summaries, *side.graph.in_story(where.story))
        if where.name in used(one) and where.name not in one.statement.quantities
    )


def used(one: Resolved) -> tuple[str, ...]:
    """Return the names of the quantities that a statement uses in either of its clauses."""
    return (*one.statement.slots, *slots(one.statement.after_previous or ""))


def _words(side: Snapshot, where: Where) -> frozenset[str]:
    texts = [plain(one.statement.text) for one in users(side, where)]
    return frozenset(word.casefold() for text in texts for word in _WORD.findall(re.sub(r"\{[^}]*\}", " ", text)))


def _disagreement(side: Snapshot, where: Where, quantity: Quantity) -> Disagreement:
    found = users(side, where)
    path = side.path("stories", where.story)
    owner = side.graph.statements[where.statement].place.loc if where.statement is not None else ()
    what = found[0].key if found else f"stories/{where.story}#{{{where.name}}}"
    return Disagreement(what, side.wording.quantity(quantity), side.span(path, (*owner, *where.loc)))


def typed(side: Snapshot, before: Quantity, story: str) -> Disagreement | None:
    """Return a typed text that still has the old figure in digits, in the story `story` first; None if none has."""
    if before.amount is None:
        return None
    forms = {f"{_plain(before.amount):,f}", f"{_plain(before.amount):f}"}
    pattern = re.compile(rf"(?<![\w.,])(?:{'|'.join(map(re.escape, sorted(forms)))})(?![\w]|[.,]\d)")
    found = [one for one in typed_texts(side) if pattern.search(one[3])]
    found.sort(key=lambda one: one[0] != f"stories/{story}" and not one[0].startswith(f"{story}/"))
    if not found:
        return None
    what, path, loc, text = found[0]
    return Disagreement(what, plain(text), side.span(path, loc))


def typed_texts(side: Snapshot) -> Iterator[tuple[str, str, Loc, str]]:
    """Yield all typed prose: what it is about, where it stands, and the text."""
    for name, story in side.graph.stories.items():
        path = side.path("stories", name)
        yield f"stories/{name}", path, ("title",), story.title
        yield f"stories/{name}", path, ("question",), story.question or ""
        for place, section in enumerate(story.sections):
            yield f"stories/{name}", path, ("sections", place, "title"), section.title or ""
        for place, dispute in enumerate(story.disputes):
            yield f"{name}/{dispute.id}", path, ("disputes", place, "question"), dispute.question
        for place, unknown in enumerate(story.unknowns):
            yield f"{name}/{unknown.id}", path, ("unknowns", place, "text"), unknown.text
    for key, one in side.graph.statements.items():
        yield key, one.place.path, (*one.place.loc, "text"), one.statement.text
    for name, entity in side.graph.entities.items():
        yield f"entities/{name}", side.path("entities", name), ("about",), entity.about or ""
    for name, term in side.graph.terms.items():
        yield f"glossary/{name}", side.path("glossary", name), ("short",), term.short
        yield f"glossary/{name}", side.path("glossary", name), ("long",), term.long or ""
