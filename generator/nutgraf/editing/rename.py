"""Another id for a record, a statement or a figure: everywhere it is named, with a redirect from what was published."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from nutgraf.diagnostics import did_you_mean
from nutgraf.editing.edits import TextEdit, applied, within
from nutgraf.graph.redirects import anchors
from nutgraf.loading.content import ARCHIVE, FOLDERS
from nutgraf.loading.nodes import Mapping, Scalar, Sequence, find, scalars
from nutgraf.loading.source import decode
from nutgraf.model import EntityId, SourceId, StatementRef, StoryId, TermId
from nutgraf.model.record import Id, references

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Mapping as MappingOf

    from nutgraf.loading.content import Content, Loaded
    from nutgraf.loading.nodes import FieldNode, Node
    from nutgraf.model import Reference


class RenameError(Exception):
    """An id cannot be changed as asked.

    Attributes:
        help: what to do instead.
    """

    def __init__(self, message: str, advice: str = "") -> None:
        """Say what is wrong, and what to do about it."""
        super().__init__(message)
        self.help = advice


@dataclass(frozen=True, slots=True)
class Renaming:
    """What a new id changes.

    Attributes:
        files: the new bytes of all files that change, by their new paths.
        moved: new paths by old ones.
        places: how many places were changed in them, the redirect left out.
        target: what is called otherwise: `entities/x`, `story/statement` or `story/{figure}`.
    """

    files: MappingOf[str, bytes]
    moved: MappingOf[str, str]
    places: int
    target: str


_KINDS: Final[MappingOf[str, type[Reference]]] = {
    "stories": StoryId,
    "entities": EntityId,
    "sources": SourceId,
    "glossary": TermId,
}
_SCHEMES: Final = {"entities": "entity", "sources": "source", "glossary": "term"}


def rename(tree: MappingOf[str, bytes], loaded: Loaded, old: str, new: str) -> Renaming:
    """Return what has to change so that something has another id.

    Args:
        tree: the files of the content.
        loaded: the same, loaded without an error.
        old: an id: of a record, with its folder where several have it (`entities/x`); `story/id` of a statement, a
            summary, a dispute, an unknown or a figure.
        new: the new id alone.

    Raises:
        RenameError: there is no such thing, the new id is none, or is taken.
    """
    if not Id.pattern.fullmatch(new):
        raise RenameError(f"`{new}` is no id", "An id has lower-case letters, digits and single hyphens.")
    folder, name = _record(loaded.content, old)
    task = _Task(tree, loaded)
    if folder:
        return task.record(folder, name, new)
    return task.part(*_part(loaded.content, old), new)


def _record(content: Content, old: str) -> tuple[str, str]:
    """Return folder and id of the record that is meant; two empty texts where it is none."""
    first, slash, rest = old.partition("/")
    if slash and first in FOLDERS and rest in content.records(first):
        return first, rest
    found = [folder for folder in FOLDERS if old in content.records(folder)]
    if len(found) > 1:
        advice = "Say which: " + ", ".join(f"`{folder}/{old}`" for folder in found)
        raise RenameError(f"`{old}` is the id of several records", advice)
    return (found[0], old) if found else ("", "")


def _part(content: Content, old: str) -> tuple[str, str]:
    """Return the story, and the id in it.

    Raises:
        RenameError: there is no such thing.
    """
    known = {one.key for one in anchors(content)}
    known |= {f"{name}/{figure}" for name, story in content.stories.items() for figure in story.quantities}
    if old in known:
        story, _, name = old.partition("/")
        return story, name
    same = sorted(key for key in known if key.endswith(f"/{old}"))
    if len(same) == 1:
        story, _, name = same[0].partition("/")
        return story, name
    if same:
        raise RenameError(f"several stories have `{old}`", "Say which: " + ", ".join(f"`{key}`" for key in same))
    everything = [*known, *(name for records in map(content.records, FOLDERS) for name in records)]
    raise RenameError(f"there is nothing with the id `{old}`", did_you_mean(old, everything))


@dataclass
class _Task:
    """One renaming, while its edits are collected."""

    tree: MappingOf[str, bytes]
    loaded: Loaded
    edits: dict[str, set[TextEdit]] = field(default_factory=dict)

    # ---- a record ----

    def record(self, folder: str, old: str, new: str) -> Renaming:
        if new in self.loaded.content.records(folder):
            raise RenameError(f"`{folder}/{new}` is there already", "Choose another id.")
        kind = _KINDS[folder]
        for path, loc, ref in self._references():
            if isinstance(ref, kind) and ref == old:
                self._replace(path, loc, _whole(old), new)
            elif folder == "stories" and isinstance(ref, StatementRef) and ref.startswith(f"{old}/"):
                self._replace(path, loc, re.compile(rf"(?P<id>{re.escape(old)})(?=/)"), new)
        links = (
            rf"\]\(statement:(?P<id>{re.escape(old)})/"
            if folder == "stories"
            else rf"\]\({_SCHEMES[folder]}:(?P<id>{re.escape(old)})\)"
        )
        for path, root in self.loaded.positions.roots.items():
            self._replace_in_prose(path, root, re.compile(links), new)
        places = self._count()
        path = self.loaded.positions.path(folder, old)
        self._leave_redirect(path, self._root(path), old)
        moved = {path: f"{folder}/{new}{path[path.rindex('.') :]}"}
        if (archive := f"sources/{old}{ARCHIVE}") in self.tree and folder == "sources":
            moved[archive] = f"sources/{new}{ARCHIVE}"
        return self._done(places, moved, f"{folder}/{old}")

    # ---- a part of a story ----

    def part(self, story: str, old: str, new: str) -> Renaming:
        path = self.loaded.positions.path("stories", story)
        content = self.loaded.content
        if old in content.stories[story].quantities and not any(
            one.key == f"{story}/{old}" for one in anchors(content)
        ):
            return self._figure(path, story, old, new)
        if any(one.key == f"{story}/{new}" for one in anchors(content)):
            raise RenameError(f"`{new}` is an id of that story already", "Choose another one.")
        for at, loc, ref in self._references():
            if isinstance(ref, StatementRef) and (ref == f"{story}/{old}" or (ref == old and at == path)):
                self._replace(at, loc, _whole(old), new)
        link = re.compile(rf"\]\(statement:{re.escape(story)}/(?P<id>{re.escape(old)})\)")
        own = re.compile(rf"\]\(statement:(?:{re.escape(story)}/)?(?P<id>{re.escape(old)})\)")
        for at, root in self.loaded.positions.roots.items():
            self._replace_in_prose(at, root, own if at == path else link, new)
        (anchor,) = (one for one in anchors(content) if one.key == f"{story}/{old}")
        places = self._count()
        self._rename_anchor(path, find(self._root(path), anchor.loc), old, new)
        return self._done(places + 1, {}, f"{story}/{old}")

    def _rename_anchor(self, path: str, node: Node, old: str, new: str) -> None:
        """Change an id where it is given, and leave the old one below it."""
        if not isinstance(node, Mapping):
            message = f"{path}: what has the id `{old}` has no fields"
            raise TypeError(message)
        entry = node.entries["id"]
        given = entry.value
        if not isinstance(given, Scalar):
            message = f"{path}: the id `{old}` is no text"
            raise TypeError(message)
        if self._lines(path)[given.end_line - 1][given.end_column - 1 : given.end_column] == ":":
            # The shorthand `- some-id: some text` has no place for another field.
            apart = ", " if self._is_flow(path, node) else "\n" + " " * (given.column - 1)
            text = f"id: {new}{apart}formerly: {old}{apart}text"
            self._add(path, TextEdit(given.line, given.column, given.end_column, text))
            return
        self._take(path, within(given, self._lines(path), _whole(old), new))
        self._leave_redirect(path, node, old, below=entry)

    def _figure(self, path: str, story: str, old: str, new: str) -> Renaming:
        record = self.loaded.content.stories[story]
        if new in record.quantities:
            raise RenameError(f"`{new}` is a figure of that story already", "Choose another name.")
        own = {
            ("sections", number, "statements", index)
            for number, section in enumerate(record.sections)
            for index, statement in enumerate(section.statements)
            if old in statement.quantities
        }
        root = self._root(path)
        slot = re.compile(rf"\{{(?P<id>{re.escape(old)})\}}")
        hidden = {id(scalar) for loc in own for _, scalar in scalars(find(root, loc))}
        for name, scalar in scalars(root):
            if id(scalar) in hidden:
                continue
            if name in {"text", "after_previous"} or scalar.text.find(f"{{{old}}}") >= 0:
                self._take(path, within(scalar, self._lines(path), slot, new))
            if name == "part_of" and scalar.text == old:
                self._take(path, within(scalar, self._lines(path), _whole(old), new))
        quantities = root.entries["quantities"].value if isinstance(root, Mapping) else root
        if isinstance(quantities, Mapping):
            self._take(path, within(quantities.entries[old].key, self._lines(path), _whole(old), new))
        return self._done(self._count(), {}, f"{story}/{{{old}}}")

    # ---- edits ----

    def _references(self) -> Iterator[tuple[str, tuple[str | int, ...], Reference]]:
        for folder in FOLDERS:
            for name, record in self.loaded.content.records(folder).items():
                path = self.loaded.positions.path(folder, name)
                yield from ((path, loc, ref) for loc, ref in references(record))

    def _replace(self, path: str, loc: tuple[str | int, ...], pattern: re.Pattern[str], new: str) -> None:
        node = find(self._root(path), loc)
        if isinstance(node, Scalar):
            self._take(path, within(node, self._lines(path), pattern, new))

    def _replace_in_prose(self, path: str, root: Node, pattern: re.Pattern[str], new: str) -> None:
        for _, scalar in scalars(root):
            if "](" in scalar.text:
                self._take(path, within(scalar, self._lines(path), pattern, new))

    def _leave_redirect(self, path: str, node: Node, old: str, *, below: FieldNode | None = None) -> None:
        """Add an id to `formerly` of a record or a part of one."""
        if not isinstance(node, Mapping):
            return
        known = node.entries.get("formerly")
        if known is not None and isinstance(known.value, Scalar):
            value = known.value
            self._add(path, TextEdit(value.line, value.column, value.end_column, f"[{value.text}, {old}]"))
        elif known is not None and isinstance(known.value, Sequence) and known.value.items:
            self._add_item(path, known.value, old)
        elif below is not None and self._is_flow(path, node):
            self._add(
                path,
                TextEdit(below.value.end_line, below.value.end_column, below.value.end_column, f", formerly: {old}"),
            )
        elif below is not None:
            indent = " " * (below.key.column - 1)
            self._end_of_line(path, below.value.end_line, f"\n{indent}formerly: {old}")
        else:
            last = max(entry.value.end_line for entry in node.entries.values())
            self._end_of_line(path, last, f"\nformerly: {old}")

    def _add_item(self, path: str, items: Sequence, old: str) -> None:
        last = items.items[-1]
        if self._is_flow(path, items):
            self._add(path, TextEdit(last.end_line, last.end_column, last.end_column, f", {old}"))
        else:
            self._end_of_line(path, last.end_line, f"\n{' ' * (items.column - 1)}- {old}")

    def _is_flow(self, path: str, node: Mapping | Sequence) -> bool:
        return self._lines(path)[node.line - 1][node.column - 1 : node.column] in {"{", "["}

    def _end_of_line(self, path: str, line: int, text: str) -> None:
        end = len(self._lines(path)[line - 1]) + 1
        self._add(path, TextEdit(line, end, end, text))

    def _add(self, path: str, edit: TextEdit) -> None:
        self.edits.setdefault(path, set()).add(edit)

    def _take(self, path: str, edits: Iterable[TextEdit]) -> None:
        if found := set(edits):
            self.edits.setdefault(path, set()).update(found)

    def _count(self) -> int:
        return sum(map(len, self.edits.values()))

    def _root(self, path: str) -> Node:
        return self.loaded.positions.roots[path]

    def _lines(self, path: str) -> tuple[str, ...]:
        return decode(path, self.tree[path]).lines

    def _done(self, places: int, moved: MappingOf[str, str], target: str) -> Renaming:
        files = {moved.get(path, path): applied(self.tree[path], edits) for path, edits in self.edits.items()}
        files |= {new: self.tree[old] for old, new in moved.items() if new not in files}
        return Renaming(files, moved, places, target)


def _whole(name: str) -> re.Pattern[str]:
    """Return what finds an id that is no part of a longer one."""
    return re.compile(rf"(?<![a-z0-9-])(?P<id>{re.escape(name)})(?![a-z0-9-])")
