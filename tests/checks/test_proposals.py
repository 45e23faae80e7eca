"""What a complaint proposes to write ends the complaint and brings no other error."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nutgraf.checks.runner import check
from nutgraf.diagnostics import Span
from nutgraf.editing.autofix import mend
from nutgraf.graph import resolve
from nutgraf.loading.content import load
from nutgraf.loading.nodes import Style, scalars
from nutgraf.loading.quoting import quoted
from nutgraf.loading.yaml import parse
from tests import literate
from tests.making import BASE, ROOT, tree

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nutgraf.diagnostics import Diagnostic

HERE = Path(__file__).parent
CASES = [case for case in literate.read(*sorted(HERE.glob("*.md"))) if "diagnostics" in case.expectations]
IN_PLACE = re.compile(r"(?:^|[.?] )(?:Write|Did you mean) `(?P<text>[^`]+)`[.?]$")
"""What stands in the place that the complaint points to."""
AS_TEXT = re.compile(r"^Write `(?P<text>[^`]+)`;")
"""What takes the place of all of the text."""
FIGURE = re.compile(
    r"^Write `(?P<slot>\{[\w-]+\})` (?:in place of “(?P<words>[^”]+)”|in its place)"
    r"(?P<quote>(?:,| and) quote the text)?(?:, and add `(?P<quantity>[^`]+)` under `quantities`)?\.$"
)
PLACEHOLDER = "..."


def found_in(files: Mapping[str, bytes]) -> Sequence[Diagnostic]:
    """Return everything that is wrong with some files."""
    read = load(files)
    resolution = resolve(read)
    return (*read.diagnostics, *resolution.diagnostics, *check(resolution.graph))


def replaced(data: bytes, one: Diagnostic, text: str, *, words: str = "") -> bytes:
    """Return a file with a text in the place of a complaint; `words` begin there, but may be more than the place."""
    lines = data.decode().split("\n")
    span = one.span
    assert span.line == span.end_line
    line = lines[span.line - 1]
    start = span.column - 1
    end = max(span.end_column - 1, line.index(words, start) + len(words)) if words else span.end_column - 1
    lines[span.line - 1] = line[:start] + text + line[end:]
    return "\n".join(lines).encode()


def proposed(files: Mapping[str, bytes], one: Diagnostic) -> bytes | None:
    """Return the complaint's file as the help proposes it; None where it proposes nothing to copy."""
    data = files.get(one.span.path)
    if data is None or one.span.line != one.span.end_line:
        return None
    if found := IN_PLACE.search(one.help):
        return replaced(data, one, found["text"])
    if found := AS_TEXT.search(one.help):
        place = text_around(data, one)
        return replaced(data, replace(one, span=place), found["text"])
    found = FIGURE.search(one.help)
    if found is None or PLACEHOLDER in one.help:
        return None
    place = text_around(data, one)
    new = replaced(data, one, found["slot"], words=found["words"] or "")
    if found["quote"]:
        end = place.end_column + len(new.decode()) - len(data.decode())
        text = new.decode().split("\n")[place.line - 1][place.column - 1 : end - 1]
        new = replaced(new, replace(one, span=replace(place, end_column=end)), quoted(text))
    if found["quantity"] is None:
        return new
    return with_quantity(new, found["quantity"])


def with_quantity(data: bytes, quantity: str) -> bytes:
    """Return a story with one more quantity."""
    lines = data.decode().split("\n")
    at = next((number for number, line in enumerate(lines) if line == "quantities:"), None)
    head = [*lines[:1], "quantities:"] if at is None else lines[: at + 1]
    return "\n".join([*head, f"  {quantity}", *lines[len(head) - (at is None) :]]).encode()


def text_around(data: bytes, one: Diagnostic) -> Span:
    """Return the place of the whole text that a complaint points into."""
    root = parse(one.span.path, data).root
    assert root is not None
    nodes = (scalar for _, scalar in scalars(root))
    around = (node for node in nodes if node.line == one.span.line and node.column <= one.span.column < node.end_column)
    node = next(around)
    inset = node.style is Style.QUOTED
    return Span(one.span.path, node.line, node.column + inset, node.line, node.end_column - inset)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_is_proposed_is_right(case: literate.Case) -> None:
    files = {**tree(BASE), **case.files}
    before = found_in(files)
    errors = {(one.rule, one.headline) for one in before if one.is_error}
    for one in before:
        new = proposed(files, one)
        if new is None:
            continue
        after = found_in({**files, one.span.path: new})
        assert (one.rule, one.headline) not in {(other.rule, other.headline) for other in after}, one
        # The same figure in both texts of a statement is two complaints: each alone leaves the texts unlike.
        worse = {
            (other.rule, other.headline) for other in after if other.is_error and other.rule != "unfaithful-shortening"
        }
        worse -= errors
        assert not worse, (one, worse)


@pytest.mark.parametrize("case", literate.read(*sorted((ROOT / "tests/loading/yaml").glob("*.md"))), ids=str)
def test_what_is_fixed_in_yaml_is_right(case: literate.Case) -> None:
    def parsed(files: Mapping[str, bytes]) -> Sequence[Diagnostic]:
        return [one for path, data in files.items() for one in parse(path, data).diagnostics]

    mended = mend(case.files, parsed)
    assert len(parsed({**case.files, **mended.files})) <= len(parsed(case.files)) - len(mended.done)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_is_fixed_by_itself_is_right(case: literate.Case) -> None:
    files = {**tree(BASE), **case.files}
    before = {(one.rule, one.headline) for one in found_in(files) if one.is_error}
    mended = mend(files, found_in)
    after = {(one.rule, one.headline) for one in found_in({**files, **mended.files}) if one.is_error}
    assert after <= before
