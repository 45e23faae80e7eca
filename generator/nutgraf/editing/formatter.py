"""One layout for record files, so that a change of content is all that a reviewer sees.

Fields stand in the order of the documentation, long texts a sentence to a line, texts in quotes where the dialect needs
them and nowhere else. Comments stay with what they stand before or behind. What stands between brackets stays there
while it fits on a line. What the file says is never changed: the new text is read again, and compared.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, get_args, get_origin

from nutgraf.editing.comments import Comments, comments, is_flow
from nutgraf.editing.scalars import LONGEST, folded, inline, literal
from nutgraf.loading.content import FOLDERS
from nutgraf.loading.nodes import FieldNode, Mapping, Scalar, Sequence, plain
from nutgraf.loading.source import decode
from nutgraf.loading.yaml import parse
from nutgraf.model import Record, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence as SequenceOf

    from nutgraf.diagnostics import Diagnostic
    from nutgraf.loading.nodes import Node

_STEP: Final = 2


@dataclass(frozen=True, slots=True)
class Formatted:
    """A file in the one layout.

    Attributes:
        data: its new bytes; the old ones where it was left alone.
        diagnostics: why it was left alone: what cannot be read cannot be laid out.
    """

    data: bytes
    diagnostics: tuple[Diagnostic, ...] = ()


def formatted(path: str, data: bytes) -> Formatted:
    """Lay out the record file `path` (relative to the content folder); its first folder says what it holds."""
    parsed = parse(path, data)
    if parsed.diagnostics or parsed.root is None:
        return Formatted(data, parsed.diagnostics)
    lines = decode(path, data).lines
    found = comments(parsed.root, lines)
    writer = _Writer(lines, found)
    text = "\n".join(writer.file(parsed.root, FOLDERS.get(path.partition("/")[0]))) + "\n"
    new = text.encode()
    return Formatted(new if _says_the_same(path, parsed.root, found, new) else data)


def _says_the_same(path: str, root: Node, old: Comments, new: bytes) -> bool:
    again = parse(path, new)
    if again.diagnostics or again.root is None or plain(again.root) != plain(root):
        return False
    return _told(old) == _told(comments(again.root, decode(path, new).lines))


def _told(found: Comments) -> Counter[str]:
    """Return all words of comments: one that was behind several things may be joined."""
    texts = [line for note in found.notes.values() for line in (*note.above, note.behind)]
    return Counter(word for text in (*texts, *found.foot) for word in text.split())


@dataclass(frozen=True)
class _Writer:
    """Writes one file.

    Attributes:
        source: its old lines.
        comments: what stands between its data.
    """

    source: SequenceOf[str]
    comments: Comments

    def file(self, root: Node, model: type[Record] | None) -> Iterator[str]:
        """Yield the lines of the file."""
        yield from (
            self._block(root, model, 0) if not isinstance(root, Scalar) else [inline(root.text, flow=False) or ""]
        )
        yield from self.comments.foot

    # ---- on lines of their own ----

    def _block(self, node: Node, model: object, indent: int) -> Iterator[str]:
        """Yield a collection, each part on a line of its own."""
        if isinstance(node, Mapping):
            for number, entry in enumerate(_ordered(node, model)):
                yield from self._above(entry, indent, first=number == 0)
                yield from self._entry(entry, _inside(node, model, entry.key.text), indent)
        elif isinstance(node, Sequence):
            for number, item in enumerate(node.items):
                yield from self._above(item, indent, first=number == 0)
                yield from self._item(item, model, indent)

    def _above(self, thing: FieldNode | Node, indent: int, *, first: bool) -> Iterator[str]:
        found = self.comments.of(thing)
        if found.apart and not first:
            yield ""
        yield from (f"{' ' * indent}{line}" if line else "" for line in found.above)

    def _entry(self, entry: FieldNode, model: object, indent: int) -> Iterator[str]:
        key = f"{' ' * indent}{inline(entry.key.text, flow=False) or entry.key.text}:"
        behind = self.comments.of(entry).behind
        yield from self._value(key, entry.value, model, indent + _STEP, behind)

    def _item(self, item: Node, model: object, indent: int) -> Iterator[str]:
        behind = self.comments.of(item).behind
        if isinstance(item, Scalar) or self._stays_flow(item):
            yield from self._value(f"{' ' * indent}-", item, model, indent + _STEP, behind)
            return
        lines = list(self._block(item, model, indent + _STEP))
        # What stands above its first field stands above the item.
        at = next(place for place, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#"))
        yield from (line[_STEP:] if line else "" for line in lines[:at])
        first = lines[at]
        yield f"{' ' * indent}- {first[indent + _STEP :]}{_spaced(behind)}"
        yield from lines[at + 1 :]

    def _value(self, head: str, value: Node, model: object, indent: int, behind: str) -> Iterator[str]:
        """Yield a value behind the name of its field or the dash of its item."""
        if isinstance(value, Scalar):
            yield from self._scalar(head, value, indent, behind)
            return
        told = self._flow(value, model) if self._stays_flow(value) else None
        if told is not None and len(head) + 1 + len(told) <= LONGEST:
            yield f"{head} {told}{_spaced(behind)}"
        elif told is not None and indent + len(told) <= LONGEST and not head.endswith("-"):
            yield f"{head}{_spaced(behind)}"
            yield f"{' ' * indent}{told}"
        elif head.endswith("-"):
            yield from self._nested(head, value, model, indent, behind)
        else:
            yield f"{head}{_spaced(behind)}"
            yield from self._block(value, model, indent)

    def _nested(self, head: str, value: Node, model: object, indent: int, behind: str) -> Iterator[str]:
        """Yield a list or fields that begin behind a dash."""
        lines = list(self._block(value, model, indent))
        yield f"{head} {lines[0][indent:]}{_spaced(behind)}"
        yield from lines[1:]

    def _scalar(self, head: str, value: Scalar, indent: int, behind: str) -> Iterator[str]:
        told = inline(value.text, flow=False) if "\n" not in value.text else None
        line = None if told is None else f"{head} {told}"
        if line is None or len(line) > LONGEST:
            block = folded(value.text, indent) or literal(value.text, indent)
            if block is not None:
                yield f"{head} {block[0]}{_spaced(behind)}"
                yield from block[1:]
                return
        if line is None:
            line = f"{head} {inline(value.text, flow=False)}"
        yield f"{line}{_spaced(behind)}"

    # ---- between brackets ----

    def _stays_flow(self, node: Node) -> bool:
        """Tell whether a collection stood between brackets, without a comment among them; an empty one always does."""
        if isinstance(node, Scalar):
            return False
        if not (node.items if isinstance(node, Sequence) else node.entries):
            return True
        return is_flow(node, self.source) and id(node) not in self.comments.inside_flow

    def _flow(self, node: Node, model: object) -> str | None:
        """Return a value between brackets; None where a line cannot hold it."""
        if isinstance(node, Scalar):
            return inline(node.text, flow=True)
        if isinstance(node, Sequence):
            parts = [self._flow(item, model) for item in node.items]
            return None if None in parts else f"[{', '.join(filter(None, parts))}]"
        fields: list[str] = []
        for entry in _ordered(node, model):
            key, told = inline(entry.key.text, flow=True), self._flow(entry.value, _inside(node, model, entry.key.text))
            if key is None or told is None:
                return None
            fields.append(f"{key}: {told}")
        return f"{{{', '.join(fields)}}}"


def _spaced(behind: str) -> str:
    # Two spaces: behind one, the dialect asks whether the comment was meant as text.
    return f"  {behind}" if behind else ""


# ---- the order of fields ----


def _ordered(node: Mapping, model: object) -> list[FieldNode]:
    """Return the fields of a record in the order of the documentation; what it does not know comes last.

    A text that ends its statement stays at the end: two new statements then have no last line in common, which a merge
    would give to one of them.
    """
    record = _model_for(node, model)
    entries = list(node.entries.values())
    if record is None:
        return entries
    order = {name: place for place, name in enumerate(_names(record))}
    if record is Statement and entries[-1].key.text == "text":
        order["text"] = len(order)
    return sorted(entries, key=lambda entry: order.get(entry.key.text, len(order)))


def _inside(node: Mapping, model: object, name: str) -> object:
    """Return the type of a field's value."""
    record = _model_for(node, model)
    if record is not None:
        return _names(record).get(name)
    # A mapping with names of one's own, such as that of quantities.
    return next((get_args(one)[1] for one in _types(model) if get_origin(one) is dict), None)


def _model_for(node: Mapping, model: object) -> type[Record] | None:
    """Return which of the models that a type allows has the fields of a mapping."""
    records = [one for one in _types(model) if isinstance(one, type) and issubclass(one, Record)]
    if any(get_origin(one) is dict for one in _types(model)) and not records:
        return None
    known = {one: len(node.entries.keys() & _names(one).keys()) for one in records}
    best = max(known, key=known.__getitem__, default=None)
    # A shorthand, `- some-id: some text`, has no field of the model.
    return best if best is not None and known[best] else None


def _types(model: object) -> list[Any]:
    """Return what a type is made of, without what says how it is read; a mapping is one part."""
    origin = get_origin(model)
    if origin is None or origin is dict:
        return [model]
    return [one for part in get_args(model) for one in _types(part)]


def _names(record: type[Record]) -> dict[str, object]:
    """Return the type of each field by the name that it has in files, in the order of the documentation."""
    return {info.alias or name: info.annotation for name, info in record.model_fields.items()}
