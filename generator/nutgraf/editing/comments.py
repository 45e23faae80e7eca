"""The comments of a record file, and what each belongs to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nutgraf.loading.nodes import Mapping, Scalar, Sequence, Style

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence as SequenceOf

    from nutgraf.loading.nodes import FieldNode, Node


@dataclass
class Notes:
    """What stands around a field or a list item and is no data.

    Attributes:
        above: the comments on lines of their own before it; an empty one is a blank line between them.
        behind: the comment at the end of its line.
        apart: whether a blank line parts it from what stands before it.
    """

    above: list[str] = field(default_factory=list)
    behind: str = ""
    apart: bool = False


@dataclass(frozen=True)
class CommentAnchor:
    """A field or a list item: what a comment can belong to.

    Attributes:
        thing: the field, or the item.
        line: where it begins, counted from 1.
        depth: how deep it lies.
        flow: whether it stands between brackets.
    """

    thing: FieldNode | Node
    line: int
    end: int
    depth: int
    flow: bool


@dataclass(frozen=True)
class Comments:
    """All comments of a file.

    Attributes:
        notes: by the identity of the field or item that they belong to.
        foot: those behind the last field.
        inside_flow: the identities of the collections between brackets that hold one.
    """

    notes: dict[int, Notes]
    foot: tuple[str, ...]
    inside_flow: frozenset[int]

    def of(self, thing: FieldNode | Node) -> Notes:
        """Return what stands around a field or an item."""
        return self.notes.get(id(thing), _NOTHING)


_NOTHING = Notes()


def comments(root: Node, lines: SequenceOf[str]) -> Comments:
    """Find the comments of a file.

    Args:
        root: its data.
        lines: its text.
    """
    taken = _taken(root, lines)
    anchors = list(_anchors(root, lines, 0, flow=False))
    notes: dict[int, Notes] = {}
    pending: list[str] = []
    inside: set[int] = set()
    first: dict[int, CommentAnchor] = {}
    for one in anchors:
        # The outermost of those that begin on a line.
        first.setdefault(one.line, one)
    blank = False
    for number, line in enumerate(lines, 1):
        at = _comment_at(line, taken.get(number, ()))
        own_line = at is not None and not line[:at].strip()
        if own_line and at is not None:
            if blank and pending:
                pending.append("")
            elif blank:
                pending.append("\0")
            pending.append(line[at:].rstrip())
            inside |= _holding(root, lines, number)
            blank = False
            continue
        if not line.strip() and number not in taken:
            blank = True
            continue
        if number in first:
            found = notes.setdefault(id(first[number].thing), Notes())
            found.apart = bool(pending and pending[0] == "\0") or (blank and not pending)
            found.above = [one for one in pending if one != "\0"] + ([""] if blank and pending else [])
            pending = []
        blank = False
        if at is not None:
            # The innermost that has begun and is not over.
            inner = max(
                (one for one in anchors if one.line <= number <= one.end and not one.flow),
                key=lambda one: (one.line, one.depth),
                default=None,
            )
            if inner is not None:
                held = notes.setdefault(id(inner.thing), Notes())
                held.behind = f"{held.behind} {line[at:].rstrip()}".strip()
            else:
                pending.append(line[at:].rstrip())
    return Comments(notes, tuple(one for one in pending if one != "\0"), frozenset(inside))


def _comment_at(line: str, taken: SequenceOf[tuple[int, int]]) -> int | None:
    """Return where the comment of a line begins, counted from 0; None if it has none."""
    for at, sign in enumerate(line):
        if sign == "#" and (at == 0 or line[at - 1] in " \t") and not any(start <= at < end for start, end in taken):
            return at
    return None


def _taken(root: Node, lines: SequenceOf[str]) -> dict[int, list[tuple[int, int]]]:
    """Return the stretches of each line that belong to a scalar, from 0."""
    found: dict[int, list[tuple[int, int]]] = {}
    for one in _all_scalars(root):
        for number in range(one.line, one.end_line + 1):
            whole = one.style is Style.BLOCK
            start = one.column - 1 if number == one.line and not whole else 0
            end = one.end_column - 1 if number == one.end_line and not whole else len(lines[number - 1])
            found.setdefault(number, []).append((start, end))
    return found


def _all_scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _all_scalars(item)
    else:
        for entry in node.entries.values():
            yield entry.key
            yield from _all_scalars(entry.value)


def is_flow(node: Node, lines: SequenceOf[str]) -> bool:
    """Tell whether a collection stands between brackets."""
    if isinstance(node, Scalar):
        return False
    line = lines[node.line - 1]
    sign = "{" if isinstance(node, Mapping) else "["
    return node.column <= len(line) and line[node.column - 1] == sign


def _anchors(node: Node, lines: SequenceOf[str], depth: int, *, flow: bool) -> Iterator[CommentAnchor]:
    flow = flow or is_flow(node, lines)
    if isinstance(node, Mapping):
        for entry in node.entries.values():
            yield CommentAnchor(entry, entry.key.line, entry.value.end_line, depth, flow)
            yield from _anchors(entry.value, lines, depth + 1, flow=flow)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield CommentAnchor(item, _head_of(item, lines), item.end_line, depth, flow)
            yield from _anchors(item, lines, depth + 1, flow=flow)


def _head_of(item: Node, lines: SequenceOf[str]) -> int:
    """Return the line on which a list item begins: of a block that of its sign, above its first line of text."""
    if not isinstance(item, Scalar) or item.style is not Style.BLOCK:
        return item.line
    above = (number for number in range(item.line - 1, 0, -1) if lines[number - 1].strip())
    return next(above, item.line)


def _holding(node: Node, lines: SequenceOf[str], number: int) -> set[int]:
    """Return the identities of the collections between brackets around a line."""
    if isinstance(node, Scalar):
        return set()
    found = {id(node)} if is_flow(node, lines) and node.line <= number <= node.end_line else set()
    inner = node.items if isinstance(node, Sequence) else [entry.value for entry in node.entries.values()]
    for one in inner:
        found |= _holding(one, lines, number)
    return found
