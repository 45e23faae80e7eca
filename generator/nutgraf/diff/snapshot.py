"""One side of a comparison, and how the ids of the old side are called on the new one."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from nutgraf.diff.identity import same_thing
from nutgraf.glossary import MentionKind, mentions_in, uses
from nutgraf.glossary.forms import Form, forms_of
from nutgraf.glossary.normalization import key as key_of_text
from nutgraf.graph import Graph, key_of, resolve
from nutgraf.graph.origins import Lineage
from nutgraf.graph.redirects import anchors, former_key
from nutgraf.loading.content import Loaded, load, record_path
from nutgraf.loading.other_files import named_in
from nutgraf.markdown import plain_text, sentence_text, unit_text
from nutgraf.model import EntityId, Record, SourceId, StatementRef, StoryId, TermId
from nutgraf.wording import Unit, Wording
from nutgraf.wording import compile as compile_statement

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from nutgraf.diagnostics import Diagnostic, Span
    from nutgraf.glossary import Mention
    from nutgraf.graph import Resolved
    from nutgraf.loading.content import FileCache
    from nutgraf.model import Reference
    from nutgraf.model.record import Loc


_LAST: Final = datetime.datetime.max.replace(tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Snapshot:
    """One of two states of a site.

    Attributes:
        graph: its content, resolved.
        wording: its language.
        loaded: what its files hold.
        diagnostics: what is wrong with it: of the files, of what they say and of what does not resolve.
        pages: what is written by hand: texts by path, relative to the content folder.
        files: all else that a site is made of, and that is compared byte for byte only: names of the contents by path,
            relative to the content folder. Two files are the same if they have a name in common.
        content: the bytes of its records by path.
    """

    graph: Graph
    wording: Wording
    loaded: Loaded
    diagnostics: tuple[Diagnostic, ...] = ()
    pages: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, frozenset[str]] = field(default_factory=dict)
    content: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @classmethod
    def read(  # noqa: PLR0913 - all that a side is read from
        cls,
        tree: Mapping[str, bytes],
        wording: Wording,
        diagnostics: Sequence[Diagnostic] = (),
        pages: Mapping[str, str] | None = None,
        known: FileCache | None = None,
        *,
        files: Mapping[str, frozenset[str]] | None = None,
    ) -> Snapshot:
        """Load and resolve a tree of files.

        Args:
            tree: bytes by path, relative to the content folder.
            wording: the language.
            diagnostics: what was wrong with the files themselves.
            pages: texts of pages written by hand, by path, relative to the content folder.
            known: what the other side has read, see `nutgraf.loading.content.load`.
            files: as in the class.
        """
        loaded = load(tree, known)
        named = frozenset(one for path, text in (pages or {}).items() for one in named_in(text, path))
        # A story under embargo is compared as if it were out: nobody reviews it again when that is over.
        resolution = resolve(loaded, now=_LAST, named=named)
        found = (*diagnostics, *loaded.diagnostics, *resolution.diagnostics)
        return cls(resolution.graph, wording, loaded, found, pages or {}, files or {}, tree)

    def is_written_as(self, other: Snapshot) -> bool:
        """Tell whether all that pages are made of is the same on another side, to the letter."""
        return (self.content, self.pages, self.wording.language) == (other.content, other.pages, other.wording.language)

    def span(self, path: str, loc: Loc = (), *, key: bool = False) -> Span:
        """Return a place in its files."""
        return self.graph.positions.span(path, loc, key=key)

    def path(self, folder: str, name: str) -> str:
        """Return the path of a record's file."""
        path, other = record_path(folder, name), f"{folder}/{name}.yaml"
        known = self.graph.positions.roots
        return other if path not in known and (other in known or other in self.graph.damaged) else path

    def lacks(self, path: str, part: str = "") -> bool:
        """Tell whether a file, or one part of it, is missing because of a mistake that was reported."""
        damaged = self.graph.damaged
        return path in damaged or (bool(part) and f"{path}#{part}" in damaged)

    def unit(self, key: str) -> Unit:
        """Return a statement as it stands alone."""
        if key not in self._units:
            self._units[key] = compile_statement(self.graph.statements[key], self.graph, self.wording)
        return self._units[key]

    def own(self, key: str) -> str:
        """Return the sentences that a statement makes itself, without those of the statements that go with it."""
        return " ".join(sentence_text(one) for one in self.unit(key).sentences if one.key == key)

    def markup(self, key: str) -> str:
        """Return the same as Markdown."""
        return " ".join(one.source for one in self.unit(key).sentences if one.key == key)

    def whole(self, key: str) -> str:
        """Return a statement with all that goes with it: replies, outcomes, who refutes it."""
        return unit_text(self.unit(key))

    @cached_property
    def used(self) -> frozenset[tuple[str, str]]:
        """The entities, sources and terms that are published, each by its folder and id."""
        return uses(self.graph, self.graph.stories)

    # Names are looked for in a few statements only: to find all of them takes longer than to load a site.

    def spoken(self, key: str) -> tuple[Mention, ...]:
        """Return the entities and terms that the text of a statement speaks of."""
        if key not in self._spoken:
            one = self.graph.statements[key]
            self._spoken[key] = mentions_in(self.graph, self._said(one), one.story)
        return self._spoken[key]

    def speaking_of(self, kind: MentionKind, name: str) -> Iterator[str]:
        """Yield the keys of the statements whose text speaks of an entity or a term, in the site's order."""
        keys = {form.key for form in self.forms.get((kind, name), ())}
        for key in self.containing(keys, {name}):
            if any(one.kind is kind and one.id == name for one in self.spoken(key)):
                yield key

    def containing(self, forms: Collection[str], links: Collection[str] = ()) -> Iterator[str]:
        """Yield the keys of the statements whose text holds one of some forms, or a link to one of some ids."""
        addresses = [f":{name})" for name in links]
        for key, text in self._keys.items():
            if any(form in text for form in forms) or any(
                address in self.graph.statements[key].statement.text for address in addresses
            ):
                yield key

    @cached_property
    def forms(self) -> Mapping[tuple[MentionKind, str], tuple[Form, ...]]:
        """What each entity and term is found by."""
        found: dict[tuple[MentionKind, str], list[Form]] = {}
        for form in forms_of(self.graph):
            found.setdefault((form.kind, form.id), []).append(form)
        return {owner: tuple(forms) for owner, forms in found.items()}

    @cached_property
    def _keys(self) -> Mapping[str, str]:
        """What finders look at: the texts of all statements, spelled coarsely."""
        return {key: key_of_text(self._said(one)).text for key, one in self.graph.statements.items()}

    def said(self, key: str) -> str:
        """Return the text of a statement in which `spoken` finds names: with the units of its figures."""
        return self._said(self.graph.statements[key])

    def _said(self, one: Resolved) -> str:
        """Return a statement's text with the units of its figures, and its manner: "0 GPU", "in a tweet"."""
        text = one.statement.text
        for name in one.statement.slots:
            quantity = self.graph.quantity(one, name)
            text = text.replace(f"{{{name}}}", f"0 {quantity.unit}" if quantity and quantity.unit else "")
        return f"{text}\n{one.manner}" if one.manner else text

    @cached_property
    def _spoken(self) -> dict[str, tuple[Mention, ...]]:
        return {}

    @cached_property
    def _units(self) -> dict[str, Unit]:
        return {}


def plain(markdown: str | None) -> str:
    """Return typed prose as plain text."""
    return plain_text(markdown) if markdown else ""


_FOLDER_OF: Final[Mapping[type[Reference], str]] = {EntityId: "entities", SourceId: "sources", TermId: "glossary"}
_LINK: Final = re.compile(r"\]\((entity|source|term|statement):([^)]+)\)")
_FOLDER_OF_LINK: Final = {"entity": "entities", "source": "sources", "term": "glossary"}


@dataclass(frozen=True)
class IdMapping:
    """How what has an id on the old side is called on the new one.

    Attributes:
        records: new id by old id, by folder; ids that are gone without a redirect are absent.
        anchors: new key by old key of whatever is an anchor of a story's page: statements, summaries, disputes and
            unknowns.
        merged: records that are gone and lead to another one, by folder: by the old id, the id of one that was there
            before, and is not the same thing. What was of the one is not of the other.
    """

    records: Mapping[str, Mapping[str, str]]
    anchors: Mapping[str, str]
    merged: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def between(cls, old: Snapshot, new: Snapshot) -> IdMapping:
        """Match the ids of two sides: by the id itself first, then by `formerly`."""
        records = {
            folder: _matched(_records(old.graph, folder), _records(new.graph, folder))
            for folder in ("stories", "entities", "sources", "glossary")
        }
        merged: dict[str, dict[str, str]] = {}
        for folder, found in records.items():
            before = _records(old.graph, folder)
            merged[folder] = {
                one: now
                for one, now in found.items()
                if one != now and now in before and not same_thing(before[one], before[now])
            }
        kept = {
            folder: {one: now for one, now in found.items() if one not in merged[folder]}
            for folder, found in records.items()
        }
        return cls(kept, _matched_anchors(old.graph, new.graph, kept["stories"]), merged)

    @cached_property
    def before(self) -> Mapping[str, str]:
        """Old key by new key. Of several that lead to one, it is the one of the same id, else the first."""
        found: dict[str, str] = {}
        for old, new in self.anchors.items():
            story, _, name = old.partition("/")
            if f"{self.record('stories', story)}/{name}" == new or new not in found:
                found[new] = old
        return found

    @cached_property
    def renamed(self) -> bool:
        """Tell whether any id changed."""
        return any(old != new for names in (*self.records.values(), self.anchors) for old, new in names.items())

    def key(self, old: str) -> str:
        """Return the new key of a statement; the old one where it is gone."""
        return self.anchors.get(old, old)

    def record(self, folder: str, old: str) -> str:
        """Return the new id of a record; the old one where it is gone."""
        return self.records[folder].get(old, old)

    def reference(self, value: Reference, story: str) -> str:
        """Return a reference that was written in the old story `story` as the new side would write it, in full."""
        if isinstance(value, StatementRef):
            return self.key(key_of(story, value))
        if isinstance(value, StoryId):
            return self.record("stories", value)
        folder = _FOLDER_OF.get(type(value))
        return self.record(folder, value) if folder else str(value)

    def text(self, markdown: str, story: str = "") -> str:
        """Return Markdown with the ids in its links as the new side would write them."""
        if "](" not in markdown:
            return markdown

        def renamed(found: re.Match[str]) -> str:
            kind, name = found[1], found[2]
            folder = _FOLDER_OF_LINK.get(kind)
            return f"]({kind}:{self.record(folder, name) if folder else self.key(key_of(story, name))})"

        return _LINK.sub(renamed, markdown)


SAME: Final = IdMapping({"stories": {}, "entities": {}, "sources": {}, "glossary": {}}, {})
"""No id changed: how the new side sees itself."""


def _records(graph: Graph, folder: str) -> Mapping[str, Record]:
    records: Mapping[str, Mapping[str, Record]] = {
        "stories": graph.stories,
        "entities": graph.entities,
        "sources": graph.sources,
        "glossary": graph.terms,
    }
    return records[folder]


def _matched(old: Mapping[str, Record], new: Mapping[str, Record]) -> Mapping[str, str]:
    redirects = {str(former): name for name, one in new.items() for former in getattr(one, "formerly", ())}
    return {name: name if name in new else redirects[name] for name in old if name in new or name in redirects}


def _matched_anchors(old: Graph, new: Graph, stories: Mapping[str, str]) -> Mapping[str, str]:
    old_names: dict[str, list[str]] = {}
    for before, after in stories.items():
        old_names.setdefault(after, []).append(before)
    redirects: dict[str, str] = {}
    known: set[str] = set()
    for one in anchors(new.content):
        known.add(one.key)
        for former in one.thing.formerly:
            # Where two stories became one, an id may have been of either.
            for story in old_names.get(one.story, [one.story]):
                redirects[former_key(story, former)] = one.key
    found: dict[str, str] = {}
    for one in anchors(old.content):
        key, same = one.key, f"{stories.get(one.story, one.story)}/{one.thing.id}"
        if same in known:
            found[key] = same
        elif key in redirects:
            found[key] = redirects[key]
    return found


def canonical(value: object, names: IdMapping, story: str) -> object:
    """Return a value in a form that is equal on both sides if it says the same.

    Ids are those of the new side, references to statements are written out in full, and a field that is left out
    equals one that holds its default.

    Args:
        value: a part of a record.
        names: what the side's ids are called on the new side.
        story: the story that it is written in, by its id on its own side.
    """
    reference = getattr(type(value), "what", None)
    if reference is not None and isinstance(value, str):
        return names.reference(value, story)  # type: ignore[arg-type]  # only references have `what`
    if isinstance(value, Record):
        fields = value.__dict__.items()
        return type(value).__name__, tuple((name, canonical(one, names, story)) for name, one in fields)
    if isinstance(value, tuple):
        return tuple(canonical(one, names, story) for one in value)
    if isinstance(value, dict):
        return tuple(sorted((name, canonical(one, names, story)) for name, one in value.items()))
    return value


@dataclass(frozen=True)
class SnapshotPair:
    """Both sides, and how ids got from one to the other."""

    old: Snapshot
    new: Snapshot
    names: IdMapping

    @classmethod
    def of(cls, old: Snapshot, new: Snapshot) -> SnapshotPair:
        """Match the ids of two sides."""
        return cls(old, new, IdMapping.between(old, new))

    def same(self, before: object, after: object, old_story: str = "", new_story: str = "") -> bool:
        """Tell whether two values say the same, whatever ids are called and however the YAML is written."""
        return before == after or self.was(before, old_story) == self.now(after, new_story)

    def was(self, value: object, story: str = "") -> object:
        """Return a value of the old side in its canonical form."""
        return canonical(value, self.names, story)

    def now(self, value: object, story: str = "") -> object:
        """Return a value of the new side in its canonical form."""
        return canonical(value, SAME, story)

    def old_lineage(self, name: str) -> frozenset[str]:
        """Return what a source of the new side repeated on the old side, by the old ids."""
        names = self.names.records["sources"]
        before = next((one for one, now in names.items() if now == name), name)
        return self._old_lineage.ancestors(before)

    @cached_property
    def _old_lineage(self) -> Lineage:
        return Lineage(self.old.graph.sources)

    @cached_property
    def lineage(self) -> Lineage:
        """What derives from what on the new side."""
        return Lineage(self.new.graph.sources)
