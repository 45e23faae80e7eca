"""One side of a comparison, and how the ids of the old side are called on the new one."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from nutgraf.glossary import MentionKind, mentions_in, uses
from nutgraf.glossary.forms import Form, forms_of
from nutgraf.glossary.normalization import key as key_of_text
from nutgraf.graph import Graph, resolve
from nutgraf.loading.content import Loaded, load, record_path
from nutgraf.loading.other_files import named_in
from nutgraf.markdown import plain_text, sentence_text, unit_text
from nutgraf.wording import Unit, Wording
from nutgraf.wording import compile as compile_statement

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from nutgraf.diagnostics import Diagnostic, Span
    from nutgraf.glossary import Mention
    from nutgraf.graph import Resolved
    from nutgraf.loading.content import FileCache
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

    def own_text(self, key: str) -> str:
        """Return the sentences that a statement makes itself, without those of the statements that go with it."""
        return " ".join(sentence_text(one) for one in self.unit(key).sentences if one.key == key)

    def markup(self, key: str) -> str:
        """Return the same as Markdown."""
        return " ".join(one.source for one in self.unit(key).sentences if one.key == key)

    def full_text(self, key: str) -> str:
        """Return a statement with all that goes with it: replies, outcomes, who refutes it."""
        return unit_text(self.unit(key))

    @cached_property
    def used(self) -> frozenset[tuple[str, str]]:
        """The entities, sources and terms that are published, each by its folder and id."""
        return uses(self.graph, self.graph.stories)

    # Names are looked for in a few statements only: to find all of them takes longer than to load a site.

    def mentions(self, key: str) -> tuple[Mention, ...]:
        """Return the entities and terms that the text of a statement speaks of."""
        if key not in self._spoken:
            one = self.graph.statements[key]
            self._spoken[key] = mentions_in(self.graph, self._said(one), one.story)
        return self._spoken[key]

    def speaking_of(self, kind: MentionKind, name: str) -> Iterator[str]:
        """Yield the keys of the statements whose text speaks of an entity or a term, in the site's order."""
        keys = {form.key for form in self.forms.get((kind, name), ())}
        for key in self.containing(keys, {name}):
            if any(one.kind is kind and one.id == name for one in self.mentions(key)):
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

    def plain_statement(self, key: str) -> str:
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
