"""Taking something out of a file without a trace: the item of a list, and its field with the last of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.diagnostics import Replacement, Span
from nutgraf.loading.nodes import Mapping, Sequence, find

if TYPE_CHECKING:
    from nutgraf.loading.nodes import FieldNode
    from nutgraf.model.record import Loc


def without(root: Mapping | object, place: Loc, path: str) -> tuple[Replacement, ...]:
    """Return what removes an item of a list; nothing where it cannot be told apart from what stands around it.

    Args:
        root: the record.
        place: of the item: the field with the list, and the index in it, at the end.
        path: the file.

    Returns:
        A replacement of whole lines, from the column where the thing begins to the start of a later line; nothing but
        space, or the dash of the item, may stand before that column.
    """
    *around, name, index = place
    if not isinstance(root, Mapping):
        return ()
    owner = find(root, tuple(around))
    entry = owner.entries.get(str(name)) if isinstance(owner, Mapping) else None
    if entry is None or not isinstance(owner, Mapping) or not isinstance(entry.value, Sequence):
        return ()
    items = [*entry.value.items, *entry.value.removed]
    if len(items) == 1:
        return _field(owner, entry, path)
    item = entry.value.items[int(index)]
    if any(other is not item and _touches(other.line, other.end_line, item) for other in items):
        return ()
    return (Replacement(Span(path, item.line, item.column, _last(item) + 1, 1), ""),)


def _field(owner: Mapping, entry: FieldNode, path: str) -> tuple[Replacement, ...]:
    others = [one for one in owner.entries.values() if one is not entry]
    if not others or any(_touches(one.key.line, _last(one.value), entry) for one in others):
        return ()
    return (Replacement(Span(path, entry.key.line, entry.key.column, _last(entry.value) + 1, 1), ""),)


def _last(node: object) -> int:
    """Return the last line with something of a node on it; a collection in block style may end on a later one."""
    if isinstance(node, Sequence) and (node.items or node.removed):
        return max(_last(one) for one in (*node.items, *node.removed)) if node.end_column == 1 else node.end_line
    if isinstance(node, Mapping) and node.entries:
        return max(_last(one.value) for one in node.entries.values()) if node.end_column == 1 else node.end_line
    return int(getattr(node, "end_line", 0))


def _touches(first: int, last: int, other: object) -> bool:
    start, end = _lines(other)
    return first <= end and start <= last


def _lines(one: object) -> tuple[int, int]:
    key = getattr(one, "key", None)
    return (key.line, _last(one.value)) if key is not None else (one.line, _last(one))  # type: ignore[attr-defined]
