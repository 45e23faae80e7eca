"""The strict YAML reader: bytes in, a tree of text and places out, with a complaint for everything odd.

The dialect is plain YAML with less in it, so that no value means something that its author did not write: every scalar
is text, and duplicate keys, anchors, aliases, tags, directives, empty values, several documents in a file and deep
nesting are refused, each at its place.

It stands on PyYAML's event stream, which nesting cannot exhaust: 40,000 nested brackets crash `yaml.CSafeLoader`, and
end here at the 65th. One mistake does not hide the next: what libyaml calls the end of the matter is reported, mended
in a draft (`nutgraf.loading.repair`) and read again from there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yaml import YAMLError
from yaml.error import MarkedYAMLError
from yaml.events import StreamEndEvent
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from nutgraf.diagnostics import Diagnostic, Span
from nutgraf.loading.hints import ExplainedSyntaxError, explain
from nutgraf.loading.node_builder import MAX_DEPTH, MAX_DIAGNOSTICS, Builder, TooDeepError, TooManyMistakesError
from nutgraf.loading.nodes import FieldNode, Mapping, Node, Plain, Scalar, Sequence, Style, find, plain, span
from nutgraf.loading.repair import Draft
from nutgraf.loading.source import SourceText, control_characters, decode, merge_conflicts, source_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.tokens import ScalarToken

__all__ = [
    "FieldNode",
    "Mapping",
    "Node",
    "Parsed",
    "Plain",
    "Scalar",
    "Sequence",
    "Style",
    "find",
    "parse",
    "plain",
    "source_lines",
    "span",
]


class PurePythonParser(Reader, Scanner, Parser):
    """PyYAML's parser without libyaml: the same events, fifteen times slower."""

    def __init__(self, text: str) -> None:
        """Start with the text of one file."""
        self._in_plain = False
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)

    def scan_plain(self) -> ScalarToken:
        """Read a scalar without quotes. Between brackets, too, it may contain a question mark, as libyaml has it."""
        self._in_plain = True
        try:
            return Scanner.scan_plain(self)
        finally:
            self._in_plain = False

    def peek(self, index: int = 0) -> str:
        """Return a character further on. PyYAML would end a scalar at a question mark, so it does not see one."""
        found: str = Reader.peek(self, index)
        return "x" if self._in_plain and found == "?" else found


try:
    from yaml._yaml import CParser
except ImportError:  # PyYAML was installed without libyaml
    CParser = PurePythonParser  # type: ignore[assignment,misc]  # a stand-in with the one method that we call

MAX_EVENTS = 250_000
"""How many events one reading of a file may take: some 100,000 fields, half a second."""
MAX_FAULTS = 20
"""How many syntax errors of one file are reported."""
MAX_READINGS = 2 * MAX_FAULTS
MAX_REREAD_EVENTS = 250_000
MAX_REREAD_CHARACTERS = 4_000_000
"""How much is read again after syntax errors, all readings of one file together."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What could be read of one file.

    Attributes:
        path: the file, relative to the content folder.
        root: its data, or None if there is none or nothing could be read.
        diagnostics: what is wrong, in the order of the file.
        broken: whether parts of the file could not be read, so that what seems to be missing may well be there.
    """

    path: str
    root: Node | None
    diagnostics: tuple[Diagnostic, ...] = ()
    broken: bool = False


class TooManyEventsError(Exception):
    """The file has more values than `MAX_EVENTS` allows."""


def parse(path: str, data: bytes) -> Parsed:
    """Read the file `path` (relative to the content folder, with forward slashes) from its bytes, whatever they are."""
    source = decode(path, data)
    if not source.readable:
        return Parsed(path, None, source.diagnostics, broken=True)
    if conflicts := (*merge_conflicts(path, source.lines),):
        return Parsed(path, None, conflicts, broken=True)
    return _YamlReader(path, source).read()


class _YamlReader:
    """Reads one file, again after each syntax error that it can mend, until a reading comes to its end."""

    def __init__(self, path: str, source: SourceText) -> None:
        self.path = path
        self.draft = Draft(source.lines)
        self.diagnostics = [*source.diagnostics, *control_characters(path, source.lines)]
        self.builder = Builder(path, self.draft.lines)
        self.gave_up = False
        self._events = 0
        self._characters = 0
        self._blamed: set[tuple[str, int]] = set()

    def read(self) -> Parsed:
        """Read, and return what came of it."""
        if self.diagnostics:
            self.draft.drop_control_characters()
        readings = (self._read_once() for _ in range(MAX_READINGS))
        self.gave_up = not any(readings) or self.gave_up
        root = self.builder.finish()
        self.draft.restore(root)
        return Parsed(self.path, root, tuple(self._found(root)), self.gave_up or self.draft.lossy)

    def _found(self, root: Node | None) -> Iterator[Diagnostic]:
        """Yield all complaints, in the order of the file, as far as anybody will read them."""
        found = [*self.diagnostics, *map(self.draft.restored, self.builder.diagnostics)]
        if root is None and not found:
            yield Diagnostic(
                "empty-file", "File is empty", Span(self.path), help="Write a record into it, or delete it."
            )
        found.sort(key=lambda diagnostic: (diagnostic.span.line, diagnostic.span.column))
        yield from found[:MAX_DIAGNOSTICS]
        if len(found) > MAX_DIAGNOSTICS or self.gave_up:
            headline = "File may have more mistakes than these"
            yield Diagnostic("more-mistakes", headline, Span(self.path), help="Mend these first, and check again.")

    def _read_once(self) -> bool:
        """Read the draft, and mend it where that stops before the end; tell whether there is nothing left to do."""
        text = self.draft.text
        self.builder = Builder(self.path, self.draft.lines, frozenset(self.draft.holes))
        try:
            self._feed(text)
        except MarkedYAMLError as error:
            return self._get_past(explain(error, self.builder, self.draft, self.path), text)
        except TooDeepError as error:
            return self._get_past(self._too_deep(error), text)
        except TooManyMistakesError:
            self.gave_up = True
        except TooManyEventsError:
            headline = f"File has more than {MAX_EVENTS // 2:,} values"
            self._report(Diagnostic("file-too-large", headline, Span(self.path), help="Divide it into several."))
            self.gave_up = True
        except YAMLError as error:
            self._report(Diagnostic("yaml-syntax", f"YAML cannot be read: {error}", Span(self.path)))
            self.gave_up = True
        return True

    def _feed(self, text: str) -> None:
        """Let the builder take the events of a text, until they end or somebody objects."""
        next_event = CParser(text).get_event
        takers = self.builder.takers()
        number = 0
        try:
            while number < MAX_EVENTS:
                number += 1
                event = next_event()
                kind = type(event)
                if kind in takers:
                    takers[kind](event)
                elif kind is StreamEndEvent:
                    return
        finally:
            self._events += number
        raise TooManyEventsError

    def _get_past(self, fault: ExplainedSyntaxError, text: str) -> bool:
        """Report a fault and mend the draft; tell whether nothing can be done about it."""
        blame = (fault.diagnostic.rule, fault.line)
        if fault.line not in self.draft.touched and blame not in self._blamed:
            self._blamed.add(blame)
            self._report(fault.diagnostic)
            fault.mend(self.draft)
        if self.draft.text == text and not self.draft.blank_around(fault.line):
            self.gave_up = True
        self._characters += len(text)
        if (
            len(self._blamed) >= MAX_FAULTS
            or self._characters > MAX_REREAD_CHARACTERS
            or self._events > MAX_REREAD_EVENTS
        ):
            self.gave_up = True
        return self.gave_up

    def _report(self, diagnostic: Diagnostic) -> None:
        self.diagnostics.append(self.draft.restored(diagnostic))

    def _too_deep(self, error: TooDeepError) -> ExplainedSyntaxError:
        mark, around = error.mark, self.builder.stack[2][0]
        place = Span(self.path, mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)
        headline = f"Values are nested deeper than {MAX_DEPTH} levels"
        line = around.line - 1 if around else mark.line
        advice = "Look for brackets that are not closed. A record needs some ten levels."
        return ExplainedSyntaxError(
            Diagnostic("nested-too-deep", headline, place, help=advice), line, lambda draft: draft.blank(line)
        )
