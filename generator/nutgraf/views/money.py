"""The money of a story: each amount with whose word it is, kinds kept apart, and nothing added up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutgraf.model import Quantity, QuantityKind
from nutgraf.views import interface_text
from nutgraf.views.charts.money_bars import is_kept_off, scales
from nutgraf.views.statement import statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from nutgraf.graph import Resolved
    from nutgraf.views.charts.money_bars import Bar, MoneyScale
    from nutgraf.views.page import Link, PageContext
    from nutgraf.views.statement import StatementView

    _Used = tuple[Resolved, Quantity]


@dataclass(frozen=True, slots=True)
class AmountView:
    """One amount.

    Attributes:
        amount: in words: "about $1 billion".
        payer, payee: who pays whom, where that is on file.
        statements: whose word it is; several where they name the same sum between the same two.
        bar: how much it is beside the others, drawn as the least sure of them; None where that would mean nothing.
    """

    amount: str
    payer: Link | None
    payee: Link | None
    statements: tuple[StatementView, ...]
    bar: Bar | None


@dataclass(frozen=True, slots=True)
class MoneyKind:
    """Amounts of one kind.

    Attributes:
        title: what kind it is.
        meaning: what that is, and whether it has no bars though others have.
        amounts: at least one.
    """

    title: str
    meaning: str
    amounts: tuple[AmountView, ...]


@dataclass(frozen=True, slots=True)
class Money:
    """The amounts of a story.

    Attributes:
        kinds: the amounts; empty where there are none.
        scales: how to read the bars, a sentence for each currency; empty where there are none.
        samples: how bars are drawn here: the class and what it means.
    """

    kinds: tuple[MoneyKind, ...]
    scales: tuple[str, ...]
    samples: tuple[tuple[str, str], ...]


_SAMPLES: Final = {
    "established": "established",
    "said": "somebody says so",
    "unpaid": "promised, offered or demanded",
}


def money(page: PageContext, statements: Iterable[Resolved]) -> Money:
    """Return the amounts of money that statements use, by kind; none that was taken back."""
    page.linker.start_section()
    used = [
        (resolved, quantity)
        for resolved in statements
        if not resolved.is_retracted
        for quantity in _money_in(page, resolved)
    ]
    by_currency = scales(quantity for _, quantity in used)
    found: dict[QuantityKind, list[AmountView]] = {}
    for together in _sums(used):
        found.setdefault(together[0][1].kind, []).append(_amount(page, together, by_currency))
    drawn = {one.bar.classes.split()[0] for amounts in found.values() for one in amounts if one.bar}
    return Money(
        kinds=tuple(
            MoneyKind(title, _meaning(kind, meaning, drawn=bool(drawn)), tuple(found[kind]))
            for kind, (title, meaning) in interface_text.MONEY_KINDS.items()
            if kind in found
        ),
        scales=tuple(_told(page, scale) for scale in by_currency),
        samples=tuple((name, meaning) for name, meaning in _SAMPLES.items() if name in drawn),
    )


def _meaning(kind: QuantityKind, meaning: str, *, drawn: bool) -> str:
    return f"{meaning}; not on the scale" if drawn and is_kept_off(kind) else meaning


def _told(page: PageContext, scale: MoneyScale) -> str:
    def words(amount: Decimal) -> str:
        return page.wording.quantity(Quantity(amount=amount, unit=scale.unit, kind=QuantityKind.PAYMENT))

    told = f"The full width is {words(scale.full)}."
    return told if scale.least is None else f"{told} What is less than {words(scale.least)} is drawn as long as that."


def _money_in(page: PageContext, resolved: Resolved) -> Iterator[Quantity]:
    for name in dict.fromkeys(resolved.statement.slots):
        quantity = page.graph.quantity(resolved, name)
        if quantity is not None and quantity.is_money:
            yield quantity


def _sums(used: Iterable[_Used]) -> Iterator[Sequence[_Used]]:
    """Yield amounts, those together that are as much of the same kind from the same to the same.

    One thing that two say must not look like two.
    """
    found: dict[object, list[_Used]] = {}
    for number, (resolved, quantity) in enumerate(used):
        sides = (quantity.payer, quantity.payee)
        same = (quantity.kind, quantity.unit, quantity.bounds, quantity.approximate, quantity.per, *sides)
        found.setdefault(same if all(sides) else number, []).append((resolved, quantity))
    yield from found.values()


def _amount(page: PageContext, together: Sequence[_Used], by_currency: Iterable[MoneyScale]) -> AmountView:
    quantity = together[0][1]
    least = min((resolved.certainty for resolved, _ in together), key=lambda one: one.rank)

    def party(name: str | None) -> Link | None:
        return page.entity_link(name) if name is not None and name in page.graph.entities else None

    return AmountView(
        amount=page.wording.quantity(quantity),
        payer=party(quantity.payer),
        payee=party(quantity.payee),
        statements=tuple(statement(page, resolved.key) for resolved, _ in together),
        bar=next((bar for scale in by_currency if (bar := scale.bar(quantity, least))), None),
    )
