"""The money of a story: each amount with whose word it is, kinds kept apart, and nothing added up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutgraf.pages import labels
from nutgraf.pages.statement import statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nutgraf.graph import Resolved
    from nutgraf.model import Quantity, QuantityKind
    from nutgraf.pages.page import Link, Page
    from nutgraf.pages.statement import StatementView


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount in one statement.

    Attributes:
        amount: in words: "about $1 billion".
        payer, payee: who pays whom, where that is on file.
        statement: whose word it is.
    """

    amount: str
    payer: Link | None
    payee: Link | None
    statement: StatementView


@dataclass(frozen=True, slots=True)
class MoneyKind:
    """Amounts of one kind."""

    title: str
    meaning: str
    amounts: tuple[Amount, ...]


def money(page: Page, statements: Iterable[Resolved]) -> tuple[MoneyKind, ...]:
    """Return the amounts of money that statements use, by kind; none that was taken back."""
    page.linker.fresh()
    found: dict[QuantityKind, list[Amount]] = {}
    for resolved in statements:
        if resolved.is_retracted:
            continue
        for quantity in _money_in(page, resolved):
            found.setdefault(quantity.kind, []).append(_amount(page, resolved, quantity))
    return tuple(
        MoneyKind(title, meaning, tuple(found[kind]))
        for kind, (title, meaning) in labels.MONEY_KINDS.items()
        if kind in found
    )


def _money_in(page: Page, resolved: Resolved) -> Iterator[Quantity]:
    for name in dict.fromkeys(resolved.statement.slots):
        quantity = page.graph.quantity(resolved, name)
        if quantity is not None and quantity.is_money:
            yield quantity


def _amount(page: Page, resolved: Resolved, quantity: Quantity) -> Amount:
    def party(name: str | None) -> Link | None:
        return page.entity_link(name) if name is not None and name in page.graph.entities else None

    return Amount(
        amount=page.wording.quantity(quantity),
        payer=party(quantity.payer),
        payee=party(quantity.payee),
        statement=statement(page, resolved.key),
    )
