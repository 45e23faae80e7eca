"""From a tree of files to the content model, with everything that is wrong on the way.

One mistake never hides the next: what cannot be read is taken out, as little as possible, and the rest is loaded.
`Loaded.damaged` names what was taken out, so that later steps do not complain of things that are only missing because
of a mistake already shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias, cast

from pydantic import ValidationError

from nutgraf.diagnostics import Diagnostic, Span
from nutgraf.loading.nodes import FieldNode, Mapping, Node, Plain, Scalar, Sequence, Style, find, plain, scalars, span
from nutgraf.loading.source import decode
from nutgraf.loading.validation_errors import complaint, complaints
from nutgraf.loading.yaml import parse
from nutgraf.model import Entity, Record, Source, Statement, Story, Summary, Term
from nutgraf.model.record import ID_HELP, Id, references

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as MappingOf
    from collections.abc import Sequence as SequenceOf

    from pydantic_core import ErrorDetails

    from nutgraf.model.record import Loc, Reference

References: TypeAlias = "tuple[tuple[Loc, Reference], ...]"
"""The ids that a file names, each with where it stands."""
Texts: TypeAlias = "tuple[tuple[str, str], ...]"
"""The texts in a file, in order, each with the name of the field that holds it."""
FOLDERS: Final[MappingOf[str, type[Record]]] = {
    "stories": Story,
    "entities": Entity,
    "sources": Source,
    "glossary": Term,
}
"""The folders of records, and what each holds."""


ARCHIVE: Final = ".txt"
"""How the name of a source's text ends, beside its record."""


def is_archive(path: str) -> bool:
    """Tell whether the file at `path`, relative to the content folder, is the text of a source."""
    folder, _, name = path.partition("/")
    return folder == "sources" and "/" not in name and name.endswith(ARCHIVE)


def is_record(path: str) -> bool:
    """Tell whether the file at `path`, relative to the content folder, is read to make pages, and no page itself."""
    folder, _, name = path.partition("/")
    return (folder in FOLDERS and bool(name) and name.lower().endswith((".yml", ".yaml"))) or is_archive(path)


@dataclass(frozen=True, slots=True)
class Content:
    """All records by id."""

    stories: MappingOf[str, Story] = field(default_factory=dict)
    entities: MappingOf[str, Entity] = field(default_factory=dict)
    sources: MappingOf[str, Source] = field(default_factory=dict)
    terms: MappingOf[str, Term] = field(default_factory=dict)
    archives: MappingOf[str, str] = field(default_factory=dict)
    """The text of sources, by their id, as it was kept to check quotations against."""

    def records(self, folder: str) -> MappingOf[str, Record]:
        """Return the records of a folder by id.

        Raises:
            AttributeError: it is no folder of records.
        """
        found: MappingOf[str, Record] = getattr(self, "terms" if folder == "glossary" else folder)
        return found


@dataclass(frozen=True, slots=True)
class Positions:
    """Where things stand in the files they came from."""

    roots: MappingOf[str, Node] = field(default_factory=dict)

    def path(self, folder: str, name: str) -> str:
        """Return the path of a record's file, which may end in `.yaml`, too."""
        path = record_path(folder, name)
        return path if path in self.roots else f"{folder}/{name}.yaml"

    def span(self, path: str, loc: Loc = (), *, key: bool = False, part: tuple[int, int] | None = None) -> Span:
        """Return the place of what stands at `loc` in the file `path`, or of the narrowest thing around it.

        Args:
            path: the file, as in the tree.
            loc: fields and places in lists, from the outside in; empty for the file's first line.
            key: the place of the last field's name instead of its value.
            part: start and end of the stretch of a text that is meant, in characters of the loaded text. It narrows
                the place where the text was typed in one piece on one line; elsewhere the place is that of the text.
        """
        root = self.roots.get(path)
        if root is None:
            return Span(path)
        found = find(root, loc, key=key)
        if isinstance(found, Mapping) and found.entries:
            found = next(iter(found.entries.values())).key
        place = span(found, path)
        if part is None or not isinstance(found, Scalar) or place.line != place.end_line:
            return place
        # A quoted text has its quotes around it; if it has escapes, too, its places are not those of the loaded text.
        shift, rest = divmod(place.end_column - place.column - len(found.text), 2)
        if rest or shift not in {0, 1} or (shift == 1) != (found.style is Style.QUOTED):
            return place
        start = place.column + shift
        return Span(path, place.line, start + part[0], place.line, start + part[1])

    def texts(self, path: str) -> Texts:
        """Return all that stands in the file `path`."""
        return texts_in(self.roots[path])

    def text(self, path: str, loc: Loc) -> str | None:
        """Return the text that stands at `loc` of the file `path`, None if what stands there is no text."""
        root = self.roots.get(path)
        found = find(root, loc) if root is not None else None
        return found.text if isinstance(found, Scalar) else None


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a tree of files holds.

    Attributes:
        content: every record that could be read.
        positions: where each value stands.
        damaged: paths of files, and `path#id` of statements, that are missing from `content` because of a mistake.
        diagnostics: the mistakes, in the order of files and lines.
        references: the ids that each file names, by its path, as far as known.
    """

    content: Content
    positions: Positions
    damaged: frozenset[str] = frozenset()
    diagnostics: tuple[Diagnostic, ...] = ()
    references: MappingOf[str, References] = field(default_factory=dict)


def texts_in(root: Node) -> Texts:
    """Return the texts at and below a node."""
    return tuple((name, scalar.text) for name, scalar in scalars(root))


def record_path(folder: str, name: str) -> str:
    """Return the path of the record `name` in `folder`."""
    return f"{folder}/{name}.yml"


def load(tree: MappingOf[str, bytes], known: FileCache | None = None) -> Loaded:
    """Load all records of a tree.

    Args:
        tree: the bytes of each file by its path, relative to the content folder: `stories/x.yml`. What lies outside
            the four folders of records is passed over. The text of a source, to check quotations against, may lie
            beside its record: `sources/x.txt`.
        known: what was read before, to be used again for the same bytes at the same path; what is read is added. Most
            files of two revisions are the same.
    """
    known = {} if known is None else known
    records: dict[str, dict[str, Record]] = {folder: {} for folder in FOLDERS}
    archives: dict[str, str] = {}
    roots: dict[str, Node] = {}
    damaged: set[str] = set()
    diagnostics: list[Diagnostic] = []
    named: dict[str, References] = {}
    proposed: list[tuple[str, Diagnostic, str, str]] = []
    for path in sorted(tree):
        folder, _, name = path.partition("/")
        if is_archive(path):
            kept = decode(path, tree[path])
            archives[name.removesuffix(ARCHIVE)] = "\n".join(kept.lines)
            diagnostics += kept.diagnostics
            continue
        if folder not in FOLDERS or "/" in name or not name.endswith((".yml", ".yaml")):
            continue
        one = known.get((path, tree[path])) or load_record(path, tree[path])
        known[path, tree[path]] = one
        if one.root is not None:
            roots[path] = one.root
        if one.record is not None:
            records[folder][name.rpartition(".")[0]] = one.record
        damaged |= one.damaged
        diagnostics += one.diagnostics
        named[path] = one.references
        proposed += ((path, *proposal) for proposal in one.proposed)
    read = Content(*(records[folder] for folder in FOLDERS))  # type: ignore[arg-type]  # each folder holds its model
    content = replace(read, archives=archives)
    unknown = {one for path, one, what, meant in proposed if not _exists(content, damaged, path, what, meant)}
    diagnostics = [replace(one, help=ID_HELP, fix=()) if one in unknown else one for one in diagnostics]
    return Loaded(content, Positions(roots), frozenset(damaged), tuple(diagnostics), named)


def _exists(content: Content, damaged: set[str], path: str, what: str, meant: str) -> bool:
    """Tell whether there is a record or statement of the ID `meant`, or one that gets it by a correction.

    Args:
        content: the records.
        damaged: as in `Loaded`.
        path: the file that refers to it.
        what: as in `Reference.what`.
        meant: the ID.
    """
    if what != "statement":
        records = {"story": content.stories, "entity": content.entities, "source": content.sources}
        return meant in records.get(what, content.terms)
    own = path.partition("/")[2].rpartition(".")[0]
    story, name = meant.split("/") if "/" in meant else (own, meant)
    found = content.stories.get(story)
    ids = {str(thing.id) for thing in _quotable(found)} if found is not None else set()
    corrected = (one.partition("#")[2].lower() for one in damaged if one.startswith(f"stories/{story}.y"))
    return name in ids or name in corrected


def _quotable(story: Story) -> Iterator[Statement | Summary]:
    """Yield what a reference may lead to in a story: statements, and key points with a text of their own."""
    for section in story.sections:
        yield from section.statements
    yield from (point for point in story.key_points if isinstance(point, Summary))


@dataclass(frozen=True, slots=True)
class LoadedRecord:
    """One file: its record, if there is enough to make one, what is wrong with it, and which ids it names."""

    record: Record | None
    root: Node | None
    damaged: frozenset[str]
    diagnostics: tuple[Diagnostic, ...]
    references: References = ()
    proposed: tuple[tuple[Diagnostic, str, str], ...] = ()
    """Complaints that propose a reference, with what it refers to and its ID: other files tell if it exists."""


FileCache: TypeAlias = "dict[tuple[str, bytes], LoadedRecord]"
"""Files that were read, by path and bytes."""


def load_record(path: str, data: bytes) -> LoadedRecord:
    """Load the file `path`, whose first folder says what it holds."""
    model = FOLDERS[path.partition("/")[0]]
    parsed = parse(path, data)
    damaged = {path} if parsed.diagnostics else set()
    root = parsed.root
    if root is None:
        return LoadedRecord(None, None, frozenset({path}), parsed.diagnostics)
    if not isinstance(root, Mapping):
        found = () if parsed.diagnostics else (_not_a_record(path, root, model),)
        return LoadedRecord(None, None, frozenset({path}), parsed.diagnostics + found)
    if (folder := _folder_that_fits(root, model)) is not None:
        return LoadedRecord(None, root, frozenset({path}), (*parsed.diagnostics, _misplaced(path, root, folder)))
    if model is Story:
        _spell_out(root)
    record, errors, removed = _validate(model, root)
    # What stands on a line with a mistake in its YAML may be what that mistake made of it.
    misread = {one.span.line for one in parsed.diagnostics}
    sound = tuple(one for one in complaints(model, errors, root, path) if one.span.line not in misread)
    if record is None:
        damaged.add(path)
    damaged |= {f"{path}#{name}" for name in _statement_ids(root, errors)}
    damaged |= {f"{path}#{{{name}}}" for name in _quantity_names(errors)}
    proposed = tuple(
        (complaint(model, error, root, path), error["ctx"]["what"], error["ctx"]["meant"])
        for error in errors
        if error["type"] == "id_form" and error["ctx"]["what"] != Id.what
    )
    _prune(root, removed)
    named = tuple(references(record)) if record is not None else ()
    return LoadedRecord(record, root, frozenset(damaged), parsed.diagnostics + sound, named, proposed=proposed)


def _not_a_record(path: str, root: Node, model: type[Record]) -> Diagnostic:
    what = model.__name__.lower()
    return Diagnostic(
        "not-a-record",
        f"Expected the fields of a {what}, found a {'list' if isinstance(root, Sequence) else 'text'}",
        span(root, path),
        help="A record is a mapping: one `field: value` a line.",
    )


def _folder_that_fits(root: Mapping, model: type[Record]) -> str | None:
    """Return the one folder whose records have all fields of a record that doesn't fit its own; None for others."""
    if fits(root, model):
        return None
    fitting = [folder for folder, other in FOLDERS.items() if fits(root, other)]
    return fitting[0] if len(fitting) == 1 and len(root.entries) > 1 else None


def fits(root: Mapping, model: type[Record]) -> bool:
    """Tell whether a record has no other fields than `model`, and all that it needs."""
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    needed = {name for name, field in fields.items() if field.is_required()}
    return needed <= root.entries.keys() <= fields.keys()


def _misplaced(path: str, root: Mapping, folder: str) -> Diagnostic:
    name = path.rpartition("/")[2]
    return Diagnostic(
        "misplaced-record",
        f"This is {_KINDS[folder]}, but it is in `{path.partition('/')[0]}/`",
        span(next(iter(root.entries.values())).key, path),
        help=f"Move the file to `{folder}/{name}`.",
    )


_KINDS: Final = {"stories": "a story", "entities": "an entity", "sources": "a source", "glossary": "a term"}


def _spell_out(story: Mapping) -> None:
    """Write out the shorthands of a story, in place: the positions of what was typed stay."""
    for section in _mappings(story, "sections"):
        entry = section.entries.get("statements")
        if entry is not None and isinstance(entry.value, Sequence):
            entry.value.items = [_statement(item) for item in entry.value.items]


def _statement(item: Node) -> Node:
    if not isinstance(item, Mapping):
        return item
    relation = item.entries.get("relation")
    if (
        relation
        and isinstance(relation.value, Sequence)
        and any(isinstance(part, Scalar) for part in relation.value.items)
    ):
        wrapped = Sequence(relation.value.line, relation.value.column)
        wrapped.end_line, wrapped.end_column = relation.value.end_line, relation.value.end_column
        wrapped.items = [relation.value]
        item.entries["relation"] = FieldNode(relation.key, wrapped)
    if len(item.entries) != 1:
        return item
    ((name, entry),) = item.entries.items()
    if name in _STATEMENT_FIELDS or not isinstance(entry.value, Scalar):
        return item
    spelled = Mapping(item.line, item.column)
    spelled.end_line, spelled.end_column = item.end_line, item.end_column
    spelled.entries = {"id": FieldNode(entry.key, entry.key), "text": FieldNode(entry.key, entry.value)}
    return spelled


def _mappings(parent: Mapping, name: str) -> Iterator[Mapping]:
    entry = parent.entries.get(name)
    if entry is not None and isinstance(entry.value, Sequence):
        yield from (item for item in entry.value.items if isinstance(item, Mapping))


_STATEMENT_FIELDS: Final = frozenset(info.alias or name for name, info in Statement.model_fields.items())
_MOST_ROUNDS = 20


def _validate(model: type[Record], root: Mapping) -> tuple[Record | None, list[ErrorDetails], list[Loc]]:
    """Validate a record, without the parts of it that are wrong.

    Returns:
        The record, if enough is left to make one; its errors; and the items of lists that were removed. Errors and
        items are located as in the file, so that nothing moves when an item before them is removed.
    """
    data = plain(root)
    errors: list[ErrorDetails] = []
    removed: list[Loc] = []
    indices: dict[Loc, list[int]] = {}
    for _ in range(_MOST_ROUNDS):
        try:
            return model.model_validate(data), errors, removed
        except ValidationError as failure:
            found = failure.errors(include_url=False, include_input=True)
        located = [cast("ErrorDetails", {**error, "loc": _in_file(root, error["loc"], indices)}) for error in found]
        # A second round may complain of what the first took out: that a required part is missing, say.
        errors += [error for error in located if not any(_covers(known, error) for known in errors)]
        wrong = {_narrowest(data, error["loc"]) for error in found}
        if () in wrong:
            return None, errors, removed
        in_file = {loc: _in_file(root, loc, indices) for loc in wrong}
        for loc in sorted(wrong, key=_places, reverse=True):
            _delete(data, loc)
            if isinstance(loc[-1], int):
                *around, index = in_file[loc]
                removed.append(in_file[loc])
                items = cast("Sequence", find(root, tuple(around))).items
                indices.setdefault(tuple(around), [*range(len(items))]).remove(int(index))
    return None, errors, removed


def _in_file(root: Node, loc: Loc, indices: MappingOf[Loc, SequenceOf[int]]) -> Loc:
    """Return where in the file something is that is at `loc` in what is left of the data.

    Args:
        root: the record.
        loc: as pydantic gives it.
        indices: for each list that lost items, the indices in the file of those that are left.
    """
    found: list[str | int] = []
    at: Loc = ()
    for part in loc:
        step = indices[at][part] if isinstance(part, int) and at in indices and part < len(indices[at]) else part
        found.append(step)
        at = _existing(root, (*at, step))
    return tuple(found)


def _existing(root: Node, loc: Loc) -> Loc:
    """Return `loc` without the parts that the file does not have, such as the tag of a union's member."""
    node: Node = root
    found: list[str | int] = []
    for part in loc:
        if isinstance(part, int):
            if isinstance(node, Sequence) and part < len(node.items):
                node = node.items[part]
                found.append(part)
        elif isinstance(node, Mapping) and (entry := node.entries.get(part)):
            node = entry.value
            found.append(part)
    return tuple(found)


def _prune(root: Mapping, removed: list[Loc]) -> None:
    """Remove the nodes of items that a record was made without, so that its indices are those of the nodes."""
    for *around, index in sorted(removed, key=_places, reverse=True):
        owner = find(root, tuple(around))
        if isinstance(owner, Sequence):
            owner.removed = (*owner.removed, owner.items.pop(int(index)))


def _places(loc: Loc) -> tuple[tuple[int, str], ...]:
    """Sort later places of a list first: taking one out moves those behind it."""
    return tuple((part, "") if isinstance(part, int) else (-1, part) for part in loc)


def _covers(known: ErrorDetails, error: ErrorDetails) -> bool:
    shorter = min(len(known["loc"]), len(error["loc"]))
    return known["loc"][:shorter] == error["loc"][:shorter] and len(known["loc"]) >= len(error["loc"])


def _narrowest(data: Plain, loc: Loc) -> Loc:
    """Return where the narrowest part of `data` is that holds what is at `loc`; nothing for the whole record.

    A required field may be missing, or the parts may not fit each other: then the error is that of the whole around it.
    """
    found: list[str | int] = []
    node = data
    for part in loc:
        inside = (isinstance(node, dict) and part in node) or (
            isinstance(node, list) and isinstance(part, int) and part < len(node)
        )
        if inside:
            found.append(part)
            node = node[part]  # type: ignore[index]
    return tuple(found)


def _delete(data: Plain, loc: Loc) -> None:
    for part in loc[:-1]:
        data = data[part]  # type: ignore[index]
    del data[loc[-1]]  # type: ignore[arg-type,union-attr]


def _quantity_names(errors: list[ErrorDetails]) -> Iterator[str]:
    """Yield the names of quantities that an error may have cost."""
    for error in errors:
        for field_name, name in pairwise(error["loc"]):
            if field_name == "quantities":
                yield str(name)


def _statement_ids(root: Mapping, errors: list[ErrorDetails]) -> Iterator[str]:
    """Yield the ids of statements that an error may have cost."""
    for error in errors:
        for end in range(2, len(error["loc"]) + 1):
            node = find(root, error["loc"][:end])
            if isinstance(node, Mapping) and (entry := node.entries.get("id")) and isinstance(entry.value, Scalar):
                yield entry.value.text
