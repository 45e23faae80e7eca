"""Test cases as Markdown that a person can read: files in, complaints out.

A document holds one case under each second-level heading. A case has

- files: fenced blocks, each under a line that is nothing but its path in backticks;
- expectations: fenced blocks without such a line, told apart by the word behind the fence, for example `diagnostics`;
- any prose around them, for whoever reads it.

    ## A text that begins with a brace

    `stories/a.yml`

    ```yaml
    text: {gpus} were bought
    ```

    ```diagnostics
    stories/a.yml:1:7: error[unquoted-start] Text begins with `{`, which opens a mapping in YAML
      help: Put the whole text in quotes: `"{gpus} were bought"`.
    ```

A test reads the document with `read`, makes of the files of each case what they are about, and compares with `check`.
With the environment variable NUTGRAF_SNAPSHOTS=1 (`make snapshots`), `check` writes what came out into the document.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from nutgraf.diagnostics import Diagnostic, Span

_HEADING = re.compile(r"## (?P<title>.+)")
_FENCE = re.compile(r"(?P<fence>`{3,})(?P<kind>[\w-]*)$")
_PATH = re.compile(r"`(?P<path>[^`]+)`$")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its content is on the lines from `first` up to, and not including, `end`, counted from 0."""

    kind: str
    path: str
    first: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a document.

    Attributes:
        document: where it stands.
        title: its heading.
        blocks: its fenced blocks, in order.
    """

    document: Path
    title: str
    blocks: tuple[Block, ...]

    @property
    def files(self) -> dict[str, bytes]:
        """Return the case's files by path, as a loader takes them."""
        return {block.path: block.text.encode() for block in self.blocks if block.path}

    @property
    def expectations(self) -> dict[str, Block]:
        """Return the blocks that say what must come out, by kind."""
        return {block.kind: block for block in self.blocks if not block.path}

    def __str__(self) -> str:
        return f"{self.document.stem}: {self.title}"


def read(*documents: Path) -> list[Case]:
    """Return the cases of some documents.

    Raises:
        ValueError: two cases of a document have one title, or one of them expects nothing.
    """
    return [case for document in documents for case in _cases(document)]


def check(case: Case, **actual: str) -> None:
    """Compare what came out with what is expected, or write it into the document.

    Args:
        case: the case.
        actual: what came out, by the kind of block that expects it; kinds that the case does not have are left alone.
    """
    expected = case.expectations
    unknown = expected.keys() - actual.keys()
    assert not unknown, f"nothing tests the blocks {unknown}"
    found = {kind: _closed(text) for kind, text in actual.items() if kind in expected}
    if os.environ.get("NUTGRAF_SNAPSHOTS") == "1":
        _rewrite(case, found)
    else:
        assert found == {kind: block.text for kind, block in expected.items()}


def render(diagnostics: Iterable[Diagnostic], files: Mapping[str, bytes] | None = None) -> str:
    """Return complaints as plain text, one line each and more for what they have to add.

    Args:
        diagnostics: the complaints.
        files: what they are about; if given, the very text that a span covers is shown, as far as it is on one line.
    """
    return "".join(f"{line}\n" for diagnostic in diagnostics for line in _lines(diagnostic, files or {}))


def _lines(diagnostic: Diagnostic, files: Mapping[str, bytes]) -> Iterator[str]:
    yield f"{diagnostic.span}: {diagnostic.severity}[{diagnostic.rule}] {diagnostic.headline}"
    if covered := _covered(diagnostic.span, files):
        yield f"  at: {covered}"
    if diagnostic.help:
        yield f"  help: {diagnostic.help}"
    for related in diagnostic.related:
        yield f"  note: {related.span}: {related.message}"


def _covered(span: Span, files: Mapping[str, bytes]) -> str:
    lines = files.get(span.path, b"").decode(errors="replace").split("\n")
    if span.line != span.end_line or span.line > len(lines):
        return ""
    return lines[span.line - 1][span.column - 1 : span.end_column - 1]


def _cases(document: Path) -> Iterator[Case]:
    lines = document.read_text(encoding="utf-8").split("\n")
    blocks = list(_blocks(lines))
    fenced = {number for block in blocks for number in range(block.first - 1, block.end + 1)}
    headings = {
        number: match["title"]
        for number, line in enumerate(lines)
        if number not in fenced and (match := _HEADING.match(line))
    }
    if len(set(headings.values())) < len(headings):
        raise ValueError(f"{document}: two cases have one title")
    starts = [*headings, len(lines)]
    for start, end in pairwise(starts):
        case = Case(document, headings[start], tuple(block for block in blocks if start < block.first < end))
        if not case.files or not case.expectations:
            raise ValueError(f"{document}: {case.title!r} has no files, or expects nothing")
        yield case


def _blocks(lines: list[str]) -> Iterator[Block]:
    number, path = 0, ""
    while number < len(lines):
        line = lines[number]
        if fence := _FENCE.match(line):
            first = number + 1
            number = lines.index(fence["fence"], first)
            yield Block(fence["kind"], path, first, number, _closed("\n".join(lines[first:number])))
            path = ""
        elif line.strip():
            heading = _PATH.match(line)
            path = heading["path"] if heading else ""
        number += 1


def _rewrite(case: Case, found: Mapping[str, str]) -> None:
    # An earlier case may have moved the lines of this one.
    (now,) = (other for other in _cases(case.document) if other.title == case.title)
    lines = case.document.read_text(encoding="utf-8").split("\n")
    for block in sorted(now.expectations.values(), key=lambda block: -block.first):
        lines[block.first : block.end] = found[block.kind].split("\n")[:-1]
    case.document.write_text("\n".join(lines), encoding="utf-8")


def _closed(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}\n"
