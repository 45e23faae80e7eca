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

from yaml import YAMLError
from yaml.error import Mark, MarkedYAMLError
from yaml.events import StreamEndEvent
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from nutgraf.diagnostics import Diagnostic, Span
from nutgraf.loading.builder import MAX_DEPTH, MAX_DIAGNOSTICS, Builder, TooDeepError
from nutgraf.loading.hints import Fault, explain
from nutgraf.loading.nodes import Entry, Mapping, Node, Plain, Scalar, Sequence, Style, find, plain, span
from nutgraf.loading.repair import Draft
from nutgraf.loading.source import Source, control_characters, decode, source_lines

__all__ = [
    "Entry",
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
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)


try:
    from yaml._yaml import CParser
except ImportError:  # PyYAML was installed without libyaml
    CParser = PurePythonParser  # type: ignore[assignment, misc] -- libyaml's stub says nothing of a replacement

MAX_EVENTS = 400_000
"""How many events all readings of one file may take: some 200,000 values, half a second."""
MAX_FAULTS = 20
"""How many syntax errors of one file are reported."""
MAX_READINGS = 2 * MAX_FAULTS
MAX_REREAD = 10_000_000
"""How many characters all readings of one file may take."""


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
    return _Reading(path, source).result()


class _Reading:
    """Reads one file, again and again, until a reading comes to its end."""

    def __init__(self, path: str, source: Source) -> None:
        self.path = path
        self.draft = Draft(source.lines)
        self.diagnostics = [*source.diagnostics, *control_characters(path, source.lines)]
        self.faults = 0
        self.events = 0
        self.stopped = False
        self.blamed: set[tuple[str, int]] = set()

    def result(self) -> Parsed:
        """Read, and return what came of it."""
        if self.diagnostics:
            self.draft.drop_control_characters()
        builder = self._read()
        root = builder.finish()
        self.draft.restore(root)
        found = [*self.diagnostics, *map(self.draft.restored, builder.diagnostics)]
        if root is None and not found:
            advice = "Write a record into it, or delete it."
            found = [Diagnostic("empty-file", "File is empty", Span(self.path), help=advice)]
        found.sort(key=lambda diagnostic: (diagnostic.span.line, diagnostic.span.column))
        if more := builder.left_out + max(0, len(found) - MAX_DIAGNOSTICS):
            found = found[:MAX_DIAGNOSTICS]
            headline = f"File has {more:,} more mistakes, which are not shown"
            found.append(Diagnostic("more-mistakes", headline, found[-1].span))
        return Parsed(self.path, root, tuple(found), self.stopped or self.draft.lossy)

    def _read(self) -> Builder:
        characters = 0
        for _ in range(MAX_READINGS):
            text = self.draft.text
            builder = Builder(self.path, self.draft.lines, frozenset(self.draft.holes))
            fault = self._try(text, builder)
            characters += len(text)
            if fault is None:
                return builder
            if not self._get_past(fault, text) or characters > MAX_REREAD:
                break
        self.stopped = True
        return builder

    def _try(self, text: str, builder: Builder) -> Fault | None:
        """Read the draft once; return what stopped that before the end."""
        try:
            self._feed(text, builder)
        except MarkedYAMLError as error:
            return explain(error, builder, self.draft, self.path)
        except TooDeepError as error:
            return self._too_deep(error.mark, builder)
        except TooManyEventsError:
            headline = f"File has more than {MAX_EVENTS // 2:,} values"
            self._report(Diagnostic("file-too-large", headline, Span(self.path), help="Divide it into several."))
            self.stopped = True
        except YAMLError as error:
            self._report(Diagnostic("yaml-syntax", f"YAML cannot be read: {error}", Span(self.path)))
            self.stopped = True
        return None

    def _feed(self, text: str, builder: Builder) -> None:
        next_event = CParser(text).get_event
        takers = builder.takers()
        while self.events < MAX_EVENTS:
            self.events += 1
            event = next_event()
            kind = type(event)
            if kind in takers:
                takers[kind](event)
            elif kind is StreamEndEvent:
                return
        raise TooManyEventsError

    def _get_past(self, fault: Fault, text: str) -> bool:
        """Report a fault and mend the draft; tell whether it is worth another reading."""
        blame = (fault.diagnostic.rule, fault.line)
        if fault.line not in self.draft.touched and blame not in self.blamed:
            self.blamed.add(blame)
            self._report(fault.diagnostic)
            self.faults += 1
            fault.mend(self.draft)
            if self.faults >= MAX_FAULTS:
                return False
            if self.draft.text != text:
                return True
        return self.draft.blank_around(fault.line)

    def _report(self, diagnostic: Diagnostic) -> None:
        self.diagnostics.append(self.draft.restored(diagnostic))

    def _too_deep(self, mark: Mark, builder: Builder) -> Fault:
        place = Span(self.path, mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)
        headline = f"Values are nested deeper than {MAX_DEPTH} levels"
        second = builder.stack[1][0] or builder.parent
        line = second.line - 1 if second else mark.line
        return Fault(Diagnostic("nested-too-deep", headline, place), line, lambda draft: draft.blank(line))
