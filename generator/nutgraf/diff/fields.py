"""Fields of records in words, before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutgraf.diff.snapshot import plain
from nutgraf.model import EntityId, Record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nutgraf.diff.snapshot import Snapshot

_SHORT: Final = 60
"""Characters up to which a value is told in a headline."""


def in_words(side: Snapshot, value: object) -> str:
    """Return the value of a field as plain text: entities by their names, "none" for what is absent."""
    if value is None or value == ():
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, EntityId):
        return side.graph.entity(value).name
    if isinstance(value, tuple):
        # A tuple in a tuple is a relation: who, what, whom.
        nested = all(isinstance(one, tuple) for one in value)
        return ("; " if nested else ", ").join(_item(side, one) for one in value)
    if isinstance(value, Record):
        return _record(side, value)
    return plain(str(value))


def _item(side: Snapshot, value: object) -> str:
    return " ".join(in_words(side, one) for one in value) if isinstance(value, tuple) else in_words(side, value)


def _record(side: Snapshot, record: Record) -> str:
    """Return the fields of a record that differ from their defaults; the first one, which is required, without name."""
    first, *others = type(record).model_fields.items()
    told = [in_words(side, getattr(record, first[0]))]
    for name, field in others:
        value = getattr(record, name)
        if value != field.default:
            told.append(f"{(field.alias or name).replace('_', ' ')} {in_words(side, value)}")
    return told[0] if len(told) == 1 else f"{told[0]} ({', '.join(told[1:])})"


def changed(values: Mapping[str, tuple[str, str]]) -> str:
    """Return which fields changed, for a headline: `kind changed from ``report`` to ``post```; long ones by name alone.

    Args:
        values: in words, before and after, by what the field is called.
    """
    parts = []
    for name, (before, after) in values.items():
        if max(len(before), len(after)) <= _SHORT:
            parts.append(f"{name} changed from {_quoted(before)} to {_quoted(after)}")
        else:
            parts.append(f"{name} changed")
    return ", ".join(parts)


def _quoted(value: str) -> str:
    return value if value == "none" else f"`{value.replace('`', chr(39))}`"


def before_and_after(values: Mapping[str, tuple[str, str]]) -> tuple[str, str]:
    """Return the values of several fields as one text each: the value alone of one field, with its name of several."""
    if len(values) == 1:
        return next(iter(values.values()))
    return (
        "; ".join(f"{name}: {before}" for name, (before, _) in values.items()),
        "; ".join(f"{name}: {after}" for name, (_, after) in values.items()),
    )


def values_of(
    sides: tuple[Snapshot, Snapshot], fields: Sequence[str], words: Mapping[str, str], records: tuple[Record, Record]
) -> dict[str, tuple[str, str]]:
    """Return the values of some fields in words, before and after, by what the fields are called.

    Args:
        sides: the old one and the new one.
        fields: their names.
        words: what they are called.
        records: that before and that after.
    """
    return {
        words.get(name, name.replace("_", " ")): (
            in_words(sides[0], getattr(records[0], name)),
            in_words(sides[1], getattr(records[1], name)),
        )
        for name in fields
    }
