"""PyYAML's events to nodes, and complaints about all that is YAML and not our dialect of it.

A syntax error ends the events and is the business of `nutgraf.loading.hints`. What is found here is worse in a way:
YAML reads it without a word, as something that its author did not write.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any, Protocol

from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from nutgraf.diagnostics import Diagnostic, RelatedPlace, Span
from nutgraf.invisible_characters import first_unseen, name_of
from nutgraf.loading.nodes import Collection, FieldNode, Mapping, Node, Scalar, Sequence, Style, span
from nutgraf.loading.plain_scalars import PlainText
from nutgraf.loading.quoting import CUT_OFF, needs_quotes, quote_as

if TYPE_CHECKING:
    from collections.abc import Callable

    from yaml.error import Mark

MAX_DEPTH = 64
MAX_DIAGNOSTICS = 100

_ADVICE_ON_SWALLOWED = (
    "If it is a field or a list item, mend its indentation and put a space behind the colon. If it is text, put the "
    "whole text in quotes."
)
_PROPERTY = re.compile(r"(?P<sign>[&!])[^\s,\[\]{}]{0,99}")
_INVISIBLE = "\u200b\u200c\u200d\u2060"
_GROUPED = re.compile(r"(?<![\w,.])-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![\w,.]*\w)")
"""A number whose thousands are parted by commas."""
_STYLES = {"'": Style.QUOTED, '"': Style.QUOTED, "|": Style.BLOCK, ">": Style.BLOCK}
_COLLECTIONS: dict[type, type[Collection]] = {MappingStartEvent: Mapping, SequenceStartEvent: Sequence}

IGNORED = Scalar("", 0, 0, 0, 0, Style.PLAIN)
"""Stands for a key that was refused: its value is read, for the mistakes in it, and dropped."""


class _YamlEvent(Protocol):
    """What an event of a parser has. PyYAML's stubs have marks that may be None: those of events made by hand."""

    start_mark: Mark
    end_mark: Mark


class _NodeEvent(_YamlEvent, Protocol):
    anchor: str | None
    tag: str | None


class _ScalarEvent(_NodeEvent, Protocol):
    value: str
    style: str | None


class _DocumentEvent(_YamlEvent, Protocol):
    version: tuple[int, int] | None
    tags: dict[str, str] | None


class TooDeepError(Exception):
    """Nesting goes beyond `MAX_DEPTH`; carries the place where."""

    def __init__(self, mark: Mark) -> None:
        """Take the place of the collection that is one too many."""
        super().__init__(f"deeper than {MAX_DEPTH} levels")
        self.mark = mark


class TooManyMistakesError(Exception):
    """There are more mistakes than `MAX_DIAGNOSTICS`: nobody reads on, and neither do we."""


class Builder:
    """Builds one file's tree from its events, and stays usable when they stop in the middle.

    Attributes:
        root: the first document's data so far.
        diagnostics: complaints so far, in the order of the file, no more than `MAX_DIAGNOSTICS`.
        parent: the collection that is open.
        leaf: the scalar or flow collection that was read last: what a syntax error most often comes from.
    """

    def __init__(self, path: str, lines: list[str], holes: frozenset[int] = frozenset()) -> None:
        """Start with the lines that the events come from; `holes` are the ones (from 0) that were blanked out."""
        self.path = path
        self.root: Node | None = None
        self.diagnostics: list[Diagnostic] = []
        self.parent: Collection | None = None
        self.leaf: Node | None = None
        self.stack: list[tuple[Collection | None, Scalar | None]] = []
        self._lines = lines
        self._holes = holes
        self._key: Scalar | None = None
        self._documents = 0
        self._plain_text = PlainText(lines)
        self._placeholder: Node | None = None
        self._comma_inside: Node | None = None

    def takers(self) -> dict[type[Event], Callable[[Any], None]]:
        """Return what takes which event; events of other types say nothing of interest."""
        return {
            ScalarEvent: self._scalar,
            MappingStartEvent: self._open,
            SequenceStartEvent: self._open,
            MappingEndEvent: self._close,
            SequenceEndEvent: self._close,
            AliasEvent: self._alias,
            DocumentStartEvent: self._document,
        }

    def finish(self) -> Node | None:
        """Close what a syntax error left open, and return the root."""
        for collection, _ in reversed([*self.stack, (self.parent, None)]):
            if collection:
                _end_with_children(collection)
        return self.root

    def _complain(self, rule: str, headline: str, place: Span, advice: str = "", *related: RelatedPlace) -> None:
        if len(self.diagnostics) == MAX_DIAGNOSTICS:
            raise TooManyMistakesError
        self.diagnostics.append(Diagnostic(rule, headline, place, help=advice, related=related))

    def _span(self, line: int, column: int, length: int = 1) -> Span:
        """Return a span of `length` characters on one line; line and column count from 0, as PyYAML's do."""
        return Span(self.path, line + 1, column + 1, line + 1, column + 1 + length)

    # Events ---------------------------------------------------------------------------------------------------------

    def _scalar(self, event: _ScalarEvent) -> None:
        start, end, style = event.start_mark, event.end_mark, event.style
        if style:
            node = self._styled(event)
        else:
            last = end.line
            node = Scalar(event.value, start.line + 1, start.column + 1, last + 1, end.column + 1, Style.PLAIN)
            if (last != start.line or self._plain_text.may_be_cut(last)) and node.text:
                self._check_plain(node)
        self.leaf = node
        odd = event.anchor is not None or event.tag is not None
        if odd:
            self._refuse_properties(event)
        if not node.text and node.style is not Style.QUOTED:
            self._drop(node, quietly=odd)
            return
        parent = self.parent
        if type(parent) is not Mapping:
            self._attach(node)
        elif self._key is None:
            self._name(node)
        else:
            key, self._key = self._key, None
            if key.text in parent.entries or key is IGNORED:
                self._repeat(parent, key)
            else:
                parent.entries[key.text] = FieldNode(key, node)

    def _styled(self, event: _ScalarEvent) -> Scalar:
        """Return a quoted scalar, or a block scalar with the place of its content."""
        start, end, text = event.start_mark, event.end_mark, event.value
        node = Scalar(text, start.line + 1, start.column + 1, end.line + 1, end.column + 1, _STYLES[event.style or "'"])
        if event.style == '"' and "\\" in self._line(start.line) + self._line(end.line):
            self._check_escapes(node)
        if node.style is not Style.BLOCK:
            return node
        content = [number for number in range(start.line + 1, end.line + 1) if self._line(number).strip()]
        if event.end_mark.column == 0 and content and content[-1] == end.line:
            content.pop()
        if content:
            first, last = self._line(content[0]), self._line(content[-1])
            node.line, node.column = content[0] + 1, len(first) - len(first.lstrip()) + 1
            node.end_line, node.end_column = content[-1] + 1, len(last.rstrip()) + 1
        else:
            node.end_line, node.end_column = node.line, node.column + 1
            node.text = ""
        return node

    def _open(self, event: _NodeEvent) -> None:
        start = event.start_mark
        if len(self.stack) >= MAX_DEPTH:
            raise TooDeepError(start)
        node = _COLLECTIONS[type(event)](start.line + 1, start.column + 1)
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        parent = self.parent
        if type(parent) is Mapping and self._key is None:
            advice = "A field's name is one word. To list several things, give the list to a field."
            place = self._span(start.line, start.column)
            self._complain("complex-key", "Collection stands where a field's name belongs", place, advice)
            self.stack.append((parent, IGNORED))
        else:
            self._attach(node)
            self.stack.append((parent, None))
        self.parent, self._key = node, None

    def _close(self, event: _YamlEvent) -> None:
        node, end = self.parent, event.end_mark
        assert node is not None  # noqa: S101 -- every end has its start, says libyaml
        if event.start_mark.index == end.index:
            _end_with_children(node)
        else:
            node.end_line, node.end_column = end.line + 1, end.column + 1
            self.leaf = node
        self.parent, self._key = self.stack.pop()
        if node is self._placeholder:
            self._replace_placeholder(node)

    def _alias(self, event: _NodeEvent) -> None:
        start, end = event.start_mark, event.end_mark
        self.leaf = Scalar(
            f"*{event.anchor}", start.line + 1, start.column + 1, end.line + 1, end.column + 1, Style.PLAIN
        )
        advice = f"Write the value itself. {needs_quotes('*')}"
        self._complain("yaml-alias", f"Alias `*{event.anchor}` is not allowed", span(self.leaf, self.path), advice)
        is_key = type(self.parent) is Mapping and self._key is None
        self._key = IGNORED if is_key else None

    def _document(self, event: _DocumentEvent) -> None:
        self._documents += 1
        mark = event.start_mark
        if event.version or event.tags:
            headline, advice = "Directive for the YAML parser is not allowed", "Delete the lines that begin with `%`."
            self._complain("yaml-directive", headline, self._span(mark.line, 0, len(self._line(mark.line))), advice)
        if self._documents == 2:  # noqa: PLR2004 -- the second one is the one too many
            advice = "One file holds one record. Move this one to a file of its own, or delete the line `---`."
            self._complain("several-documents", "Second document begins here", self._span(mark.line, 0, 3), advice)

    # Attaching ------------------------------------------------------------------------------------------------------

    def _attach(self, node: Node) -> None:
        parent = self.parent
        if type(parent) is Sequence:
            parent.items.append(node)
        elif type(parent) is Mapping:
            key, self._key = self._key, None
            assert key is not None  # noqa: S101 -- the callers have seen to it
            if key.text in parent.entries or key is IGNORED:
                self._repeat(parent, key)
            else:
                parent.entries[key.text] = FieldNode(key, node)
        elif self.root is None and self._documents == 1:
            self.root = node

    def _name(self, node: Scalar) -> None:
        """Take a field's name."""
        self._key = node
        text = node.text
        if text == "<<" and node.style is Style.PLAIN:
            place = span(node, self.path)
            self._complain("yaml-merge", "Merge key `<<` is not allowed", place, "Write the fields out.")
            self._key = IGNORED
        elif not text.isascii() and node.style is Style.PLAIN and text != text.strip().strip(_INVISIBLE):
            advice = "Delete the space around the field's name and type it again."
            self._complain("odd-space", "Field's name has an invisible special space", span(node, self.path), advice)
            text = text.strip().strip(_INVISIBLE)
        node.text = sys.intern(text)

    def _repeat(self, parent: Mapping, key: Scalar) -> None:
        """Complain about a field that is there already; the first one stays."""
        if key is IGNORED:
            return
        first = RelatedPlace(span(parent.entries[key.text].key, self.path), "first defined here")
        advice = "Keep one of the two. If you meant a list of several, write `[one, two]` behind one field name."
        self._complain("duplicate-key", f"Field `{key.text}` is defined twice", span(key, self.path), advice, first)

    # Complaints -----------------------------------------------------------------------------------------------------

    def _refuse_properties(self, event: _NodeEvent) -> None:
        """Complain about an anchor, a tag or both, in whatever order."""
        line, column = event.start_mark.line, event.start_mark.column
        text = self._line(line)
        while match := _PROPERTY.match(text, column):
            word, place = match.group(), self._span(line, column, match.end() - column)
            if match["sign"] == "&":
                advice = f"Write the value out wherever it is needed. {needs_quotes('&')}"
                self._complain("yaml-anchor", f"Anchor `{word}` is not allowed", place, advice)
            else:
                advice = f"Leave it out: every value is text. {needs_quotes('!')}"
                self._complain("yaml-tag", f"Tag `{word}` is not allowed", place, advice)
            column = match.end() + 1

    def _check_plain(self, node: Scalar) -> None:
        """Complain about what YAML did to a text without a word."""
        if not self.parent or (type(self.parent) is Mapping and self._key is None):
            return
        if cut := self._plain_text.cut(node, self.parent.column - 1):
            self._cut_off(*cut)
        for number in self._plain_text.swallowed(node):
            line = self._line(number)
            place = self._span(number, len(line) - len(line.lstrip()), len(line.strip()))
            headline = "Line is read as part of the text above it"
            self._complain("swallowed-line", headline, place, _ADVICE_ON_SWALLOWED)

    def _check_escapes(self, node: Scalar) -> None:
        at = first_unseen(node.text)
        if at is None or self._is_typed(node, node.text[at]):
            return
        headline = f"Escape for {name_of(node.text[at])} (U+{ord(node.text[at]):04X})"
        code = f"{ord(node.text[at]):x}"
        escape = re.compile(rf"\\[xuU]0*{code}(?![0-9a-f])", re.IGNORECASE)
        found = escape.search(self._line(node.line - 1), node.column - 1)
        place = self._span(node.line - 1, found.start(), len(found[0])) if found else span(node, self.path)
        self._complain("control-character", headline, place, "Remove the escape.")

    def _is_typed(self, node: Scalar, char: str) -> bool:
        """Tell whether a character is in the file as it is, where it has been found already."""
        return any(char in self._line(number) for number in range(node.line - 1, node.end_line))

    def _cut_off(self, line: int, column: int) -> None:
        text = self._line(line)[column:].rstrip()
        advice = "If it is text, put the whole text in quotes. If it is a comment, write two spaces, `#` and a space."
        self._complain("cut-off-by-comment", CUT_OFF, self._span(line, column, len(text)), advice)

    def _drop(self, node: Scalar, *, quietly: bool) -> None:
        """Leave out a value that is not there, and complain about it, unless that has been done already."""
        parent, key, line = self.parent, self._key, node.line - 1
        is_name = type(parent) is Mapping and key is None
        self._key = IGNORED if is_name else None
        if quietly or parent is None or key is IGNORED or {line, line + 1} & self._holes:
            return
        if is_name:
            advice = "Write the field's name before the colon. A text that begins with a colon needs quotes."
            self._complain("empty-key", "Field has no name", self._span(line, node.column - 1), advice)
        else:
            self._no_value(parent, key, line, node.column - 1)

    def _no_value(self, parent: Collection, key: Scalar | None, line: int, column: int) -> None:
        if cut := self._plain_text.cut_at_start(line, column):
            self._cut_off(*cut)
        elif key is None:
            self._complain(
                "empty-value",
                "List item is empty",
                self._span(line, max(column - 1, 0)),
                "Write a value behind the dash, or delete the line.",
            )
        elif isinstance(parent, Mapping) and self._in_braces(parent):
            self._empty_in_braces(parent, key, line, column)
        else:
            self._empty_field(key)

    def _empty_field(self, key: Scalar) -> None:
        advice = "Write a value behind the colon, or leave the field out."
        self._complain("empty-value", f"Field `{key.text}` has no value", span(key, self.path), advice)

    def _in_braces(self, node: Node) -> bool:
        return self._line(node.line - 1)[node.column - 1 : node.column] == "{"

    def _empty_in_braces(self, parent: Mapping, key: Scalar, line: int, column: int) -> None:
        """Complain about `{gpus}`, `{text: one, and another}`, `{by:openai}` or `{by: }`."""
        name, colon, value = key.text.partition(":")
        if self._line(line)[:column].rstrip().endswith(":"):
            self._empty_field(key)
        elif colon:
            at = key.column + len(name)
            advice = f"Write a space between `{name}:` and what follows."
            self._complain("missing-space", "Colon has no space behind it", self._span(line, at - 1), advice)
            key.text, key.end_column = name, at
            scalar = Scalar(value, key.line, at + 1, key.end_line, column + 1, Style.PLAIN)
            parent.entries.setdefault(name, FieldNode(key, scalar))
        elif (parent.line, parent.column) == (line + 1, key.column - 1) and self._line(line).startswith("}", column):
            self._placeholder = parent
            place = self._span(line, parent.column - 1, column - parent.column + 2)
            advice = quote_as("{" + key.text + "}")
            self._complain("unquoted-start", "Text begins with `{`, which opens a mapping in YAML", place, advice)
        elif parent is not self._comma_inside:
            self._comma_inside = parent
            if not self._number_with_commas(key):
                headline = f"`{key.text}` is read as a separate field without a value"
                advice = "In braces, a comma starts a new field. Quote texts that contain commas."
                self._complain("inner-comma", headline, span(key, self.path), advice)

    def _number_with_commas(self, key: Scalar) -> bool:
        """Complain about `{amount: 12,000}`; tell whether that is what `key` comes from."""
        found = _GROUPED.finditer(self._line(key.line - 1))
        number = next((one for one in found if one.start() < key.column - 1 < one.end()), None)
        if number is None:
            return False
        headline = f"`{number[0]}` isn't one number: in braces, a comma starts a new field"
        place = self._span(key.line - 1, number.start(), len(number[0]))
        self._complain("inner-comma", headline, place, f"Write `{number[0].replace(',', '')}`.")
        return True

    def _replace_placeholder(self, node: Node) -> None:
        """Put the text `{gpus}` where YAML put a mapping."""
        text = self._line(node.line - 1)[node.column - 1 : node.end_column - 1]
        scalar = Scalar(text, node.line, node.column, node.end_line, node.end_column, Style.PLAIN)
        parent = self.parent
        if type(parent) is Sequence and parent.items and parent.items[-1] is node:
            parent.items[-1] = scalar
        elif type(parent) is Mapping and parent.entries:
            last = next(reversed(parent.entries.values()))
            last.value = scalar if last.value is node else last.value

    def _line(self, number: int) -> str:
        return self._lines[number] if number < len(self._lines) else ""


def _end_with_children(node: Collection) -> None:
    """Let a block collection end where its last child ends; libyaml lets it end at the next thing, lines below."""
    if isinstance(node, Sequence):
        child = node.items[-1] if node.items else None
    else:
        child = next(reversed(node.entries.values())).value if node.entries else None
    if child:
        node.end_line, node.end_column = child.end_line, child.end_column
