"""The little language of frames: `[{date}, ]according to {by}, {text}`.

    {slot}                    is replaced
    [ ... ]                   is left out as a whole when a slot directly inside it is empty; groups may nest
    {slot|singular|plural}    chooses by the number of what stands in the slot

A pattern is parsed once; what stands in the slots comes from the compiler. There is no escape: no language needs these
brackets in a frame.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a value."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A word that agrees in number with a slot."""

    slot: str
    singular: str
    plural: str


@dataclass(frozen=True, slots=True)
class OptionalGroup:
    """Parts that stand or fall together."""

    parts: tuple[Part, ...]


Part = str | Slot | Choice | OptionalGroup


class PatternError(ValueError):
    """A pattern that cannot be read; its message says why."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A parsed pattern."""

    text: str
    parts: tuple[Part, ...]

    @property
    def slots(self) -> frozenset[str]:
        """The names of all slots."""
        return frozenset(_slots(self.parts))

    @property
    def required_slots(self) -> frozenset[str]:
        """The names of the slots outside of all groups."""
        return frozenset(part.name for part in self.parts if isinstance(part, Slot))


_TOKEN: Final = re.compile(
    r"\{([a-z_]+[0-9]?)(?:\|([^|{}\[\]]*)\|([^|{}\[\]]*))?\}|([\[\]])|([^\[\]{}]+)|(.)", re.DOTALL
)


def read(text: str) -> Pattern:
    """Parse a pattern.

    Raises:
        PatternError: a bracket is not closed, not opened, or holds no name of a slot.
    """
    open_groups: list[list[Part]] = [[]]
    for found in _TOKEN.finditer(text):
        slot, singular, plural, bracket, literal, stray = found.groups()
        if stray is not None:
            message = f"`{stray}` at character {found.start() + 1} of `{text}` begins no slot"
            raise PatternError(message)
        if slot is not None:
            open_groups[-1].append(Slot(slot) if singular is None else Choice(slot, singular, plural))
        elif literal is not None:
            open_groups[-1].append(literal)
        elif bracket == "[":
            open_groups.append([])
        elif len(open_groups) == 1:
            message = f"`]` at character {found.start() + 1} of `{text}` closes nothing"
            raise PatternError(message)
        else:
            group = OptionalGroup(tuple(open_groups.pop()))
            open_groups[-1].append(group)
    if len(open_groups) > 1:
        message = f"a `[` of `{text}` is not closed"
        raise PatternError(message)
    return Pattern(text, tuple(open_groups[0]))


def resolve(pattern: Pattern, filled: frozenset[str]) -> Iterator[str | Slot | Choice]:
    """Yield the parts of a pattern that remain when only the slots in `filled` have a value."""
    yield from _kept(pattern.parts, filled)


def _kept(parts: tuple[Part, ...], filled: frozenset[str]) -> Iterator[str | Slot | Choice]:
    for part in parts:
        if not isinstance(part, OptionalGroup):
            yield part
        elif all(not isinstance(inner, Slot) or inner.name in filled for inner in part.parts):
            yield from _kept(part.parts, filled)


def _slots(parts: tuple[Part, ...]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Slot):
            yield part.name
        elif isinstance(part, Choice):
            yield part.slot
        elif isinstance(part, OptionalGroup):
            yield from _slots(part.parts)


def fill(pattern: Pattern, **values: str) -> str:
    """Return the text of a pattern whose slots hold plain words; empty ones count as not filled."""
    filled = frozenset(name for name, value in values.items() if value)
    return "".join(
        part if isinstance(part, str) else values.get(part.name, "") if isinstance(part, Slot) else part.singular
        for part in resolve(pattern, filled)
    )
