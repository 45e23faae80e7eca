"""What a YAML file says, and where: scalars, sequences and mappings that know their place.

A site of ten thousand statements has some half a million of these, so they are slotted classes with plain attributes.
They are made once, by `nutgraf.loading.yaml`, and read by everybody else: treat them as frozen.

Lines and columns count from 1, columns in characters (Unicode code points). `end_column` is the column just behind the
last character.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias, Union

from nutgraf.diagnostics import Span

if TYPE_CHECKING:
    from collections.abc import Iterator


class Style(StrEnum):
    """How a scalar was written."""

    PLAIN = "plain"
    """Without quotes."""
    QUOTED = "quoted"
    """In single or double quotes."""
    BLOCK = "block"
    """Behind `|` or `>`, on lines of its own."""


class Scalar:
    """A piece of text. `no`, `12:30` and `2023-04` are text, too: what they mean is the model's business.

    The place of a plain or quoted scalar is what was typed, quotes included. That of a block scalar is its content,
    from the first line that says something to the last.
    """

    __slots__ = ("column", "end_column", "end_line", "line", "style", "text")

    def __init__(self, text: str, line: int, column: int, end_line: int, end_column: int, style: Style) -> None:  # noqa: PLR0913, PLR0917 -- one is made for each word of a site: keywords would cost a tenth of the loading time
        """Take text and place as they are."""
        self.text = text
        self.line = line
        self.column = column
        self.end_line = end_line
        self.end_column = end_column
        self.style = style

    def __repr__(self) -> str:
        """Return the text and where it begins, for debugging."""
        return f"Scalar({self.text!r} at {self.line}:{self.column})"


class FieldNode:
    """One field of a mapping: its name and its value."""

    __slots__ = ("key", "value")

    def __init__(self, key: Scalar, value: Node) -> None:
        """Join name and value."""
        self.key = key
        self.value = value

    def __repr__(self) -> str:
        """Return name and value, for debugging."""
        return f"Entry({self.key!r}, {self.value!r})"


class Mapping:
    """Fields by name, in the order of the file."""

    __slots__ = ("column", "end_column", "end_line", "entries", "line")

    def __init__(self, line: int, column: int) -> None:
        """Begin without entries."""
        self.entries: dict[str, FieldNode] = {}
        self.line = self.end_line = line
        self.column = self.end_column = column

    def __repr__(self) -> str:
        """Return the entries, for debugging."""
        return f"Mapping({list(self.entries.values())!r})"


class Sequence:
    """A list.

    `removed` holds the items that a record was made without, because they have errors.
    """

    __slots__ = ("column", "end_column", "end_line", "items", "line", "removed")

    def __init__(self, line: int, column: int) -> None:
        """Begin without items."""
        self.items: list[Node] = []
        self.removed: tuple[Node, ...] = ()
        self.line = self.end_line = line
        self.column = self.end_column = column

    def __repr__(self) -> str:
        """Return the items, for debugging."""
        return f"Sequence({self.items!r})"


Node: TypeAlias = Union[Scalar, Sequence, Mapping]  # noqa: UP007 -- `|` between names that are classes only here
Collection: TypeAlias = Union[Sequence, Mapping]  # noqa: UP007 -- as above
Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"


def span(node: Node, path: str) -> Span:
    """Return where `node` stands, in the file `path` (relative to the content folder)."""
    return Span(path, node.line, node.column, node.end_line, node.end_column)


def plain(node: Node) -> Plain:
    """Return the data of `node` without positions: dictionaries, lists and strings, nothing else."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {name: plain(entry.value) for name, entry in node.entries.items()}


def scalars(node: Node, name: str = "") -> Iterator[tuple[str, Scalar]]:
    """Yield every scalar at or below `node`, each with the name of the field that holds it."""
    if isinstance(node, Scalar):
        yield name, node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from scalars(item, name)
    else:
        for field, entry in node.entries.items():
            yield from scalars(entry.value, field)


def texts_at(node: Node, loc: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield every text at or below `node`, each with its place: fields and places in lists, from the outside in."""
    if isinstance(node, Scalar):
        yield loc, node.text
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield from texts_at(item, (*loc, index))
    else:
        for name, entry in node.entries.items():
            yield from texts_at(entry.value, (*loc, name))


def find(root: Node, loc: tuple[str | int, ...], *, key: bool = False) -> Node:
    """Walk the location of a pydantic error and return the narrowest node on the way that exists.

    A part that the file does not have is skipped: a missing field, the tag of a union's member such as `(anonymous)`,
    the index into a list of one that was written as the one.

    Args:
        root: where to start.
        loc: names of fields and indices from 0, as in `pydantic_core.ErrorDetails["loc"]`.
        key: return the name of the last field instead of its value, for complaints about the name.
    """
    node = root
    name: Scalar | None = None
    for part in loc:
        name = None
        if isinstance(part, int):
            if isinstance(node, Sequence) and 0 <= part < len(node.items):
                node = node.items[part]
        elif isinstance(node, Mapping) and (entry := node.entries.get(part)):
            node, name = entry.value, entry.key
    return name if key and name else node
