"""Two snapshots, and how ids got from one to the other."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from nutgraf.diff.identity import same_thing
from nutgraf.graph import Graph, key_of
from nutgraf.graph.origins import Lineage
from nutgraf.graph.redirects import anchors, former_key
from nutgraf.loading.content import FOLDERS
from nutgraf.model import EntityId, Record, Reference, SourceId, StatementRef, StoryId, TermId

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutgraf.diff.snapshot import Snapshot

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
        records = {folder: _matched(old.graph.records(folder), new.graph.records(folder)) for folder in FOLDERS}
        merged: dict[str, dict[str, str]] = {}
        for folder, found in records.items():
            before = old.graph.records(folder)
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


SAME: Final = IdMapping({folder: {} for folder in FOLDERS}, {})
"""No id changed: how the new side sees itself."""


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
