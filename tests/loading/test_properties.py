"""What holds for the YAML reader whatever it is given."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nutgraf.invisible_characters import first_unseen
from nutgraf.loading.nodes import Mapping, Scalar, Sequence, Style, find, plain
from nutgraf.loading.yaml import Parsed, PurePythonParser, parse, source_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.loading.nodes import Node

# Without what YAML refuses and what it reads as a line end; the rest of Unicode is text.
TEXT = st.text(st.characters(exclude_categories=["Cs", "Co", "Cn"])).filter(lambda text: first_unseen(text) is None)
NAMES = TEXT.filter(lambda text: text.isascii() or text == text.strip(" \u200b\u200c\u200d\u2060").strip())
DATA = st.recursive(
    TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)
# What mistakes are made of.
SIGNS = "abA1é한😀:#-?|>{}[],&*!%@`'\"\\~<=.\t \n\0\u00a0\u2028\ufeff"
STARTS = ("\n", "\n  ", "\n    ", "\n- ", "\n  - ", "\n\t", "\r\n", ": ", "a: ", "id: ", "text: ", "<<: ")
THINGS = (
    " #",
    " # ",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "{x}",
    "[a, b]",
    "&a ",
    "*a",
    "!t ",
    "|\n  ",
    '"q" ',
    "'q' ",
    "\\x",
)
PIECES = st.lists(st.sampled_from([*SIGNS, *STARTS, *THINGS]), max_size=40).map("".join)


def nodes(root: Node) -> Iterator[Node]:
    yield root
    if isinstance(root, Sequence):
        for item in root.items:
            yield from nodes(item)
    elif isinstance(root, Mapping):
        for entry in root.entries.values():
            yield entry.key
            yield from nodes(entry.value)


def hold_together(content: bytes, parsed: Parsed) -> None:
    """Assert what is true of everything that `parse` returns."""
    lines = source_lines(content)
    places = [diagnostic.span for diagnostic in parsed.diagnostics]
    places += [related.span for diagnostic in parsed.diagnostics for related in diagnostic.related]
    for place in places:
        assert 1 <= place.line <= place.end_line <= len(lines), place
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1, place
        assert (place.line, place.column) <= (place.end_line, place.end_column), place
    for diagnostic in parsed.diagnostics:
        assert diagnostic.headline
        assert "\n" not in diagnostic.headline + diagnostic.help
        assert not any(0x10F000 <= ord(char) < 0x10F080 for char in diagnostic.headline + diagnostic.help)
    for node in nodes(parsed.root) if parsed.root else ():
        assert 1 <= node.line <= node.end_line <= len(lines), node
        assert 1 <= node.column <= len(lines[node.line - 1]) + 1, node
        assert (node.line, node.column) <= (node.end_line, node.end_column), node


@pytest.fixture(params=["libyaml", "pure Python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run a test with each of PyYAML's two parsers, and return which."""
    if request.param == "pure Python":
        monkeypatch.setattr("nutgraf.loading.yaml.CParser", PurePythonParser)
    return str(request.param)


both = pytest.mark.usefixtures("parser")
often = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@both
@often
@given(st.binary() | TEXT.map(str.encode) | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
@example(b"\xff\xfe")
@example(b"a\0b\0")
def test_any_bytes_are_read(content: bytes) -> None:
    hold_together(content, parse("a.yml", content))


@often
@given(text=PIECES)
@example(text="? a\n  b")
@example(text="a: |2x\n")
@example(text="%YAML 99999999999999999999.1\n---\n")
@example(text="%YAML 1.2\n#")
def test_any_mistakes_are_read_quickly(parser: str, text: str) -> None:
    content = text.encode()
    start = time.process_time()
    parsed = parse("a.yml", content)
    assert time.process_time() - start < 30
    hold_together(content, parsed)
    # A file without a complaint says what YAML says, but for the types of its scalars.
    # (The two parsers differ over a tab at the start of a text block.)
    if not parsed.diagnostics and parsed.root and parser == "libyaml":
        assert plain(parsed.root) == yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 -- it makes text of everything


@both
@often
@given(st.dictionaries(NAMES, DATA) | st.lists(DATA), st.booleans(), st.sampled_from([None, False, True]))
def test_what_is_dumped_comes_back(data: object, wide: bool, flow: bool | None) -> None:  # noqa: FBT001 -- drawn
    text = yaml.dump(
        data,
        Dumper=_Dumper,
        allow_unicode=wide,
        default_flow_style=flow,
        width=80 if wide else 10_000,
    )
    parsed = parse("a.yml", text.encode())
    # PyYAML quotes what would be read as another type, and may fold a text before a word with a `#`, a dash or a colon.
    rules = {diagnostic.rule for diagnostic in parsed.diagnostics}
    assert rules <= {"swallowed-line", "control-character"}
    if parsed.root:
        assert plain(parsed.root) == data


@both
@often
@given(st.dictionaries(NAMES, DATA, min_size=1) | PIECES)
def test_a_place_is_where_the_text_stands(data: object) -> None:
    text = data if isinstance(data, str) else yaml.dump(data, Dumper=_Dumper, allow_unicode=True)
    parsed = parse("a.yml", text.encode())
    lines = source_lines(text.encode())
    rules = {diagnostic.rule for diagnostic in parsed.diagnostics}
    if not parsed.root or rules & _CHANGED:
        return
    for node in nodes(parsed.root):
        if isinstance(node, Scalar) and node.line == node.end_line and node.style is not Style.BLOCK:
            typed = lines[node.line - 1][node.column - 1 : node.end_column - 1]
            assert _unquoted(typed) == node.text if node.style is Style.QUOTED else typed == node.text


@given(st.dictionaries(NAMES, DATA), st.lists(TEXT | st.integers(-1, 5)), st.booleans())
def test_something_is_always_found(data: object, loc: list[str | int], key: bool) -> None:  # noqa: FBT001 -- drawn
    root = parse("a.yml", yaml.dump(data, Dumper=_Dumper).encode()).root
    if root:
        assert any(find(root, tuple(loc), key=key) is node for node in nodes(root))


_CHANGED = {
    "bad-escape",
    "control-character",
    "odd-space",
    "tab-indentation",
    "unclosed-bracket",
    "yaml-anchor",
    "yaml-tag",
}
"""Mistakes after which a text is not what was typed: a sign is taken out, put in or read differently."""


class _Dumper(yaml.SafeDumper):
    """Dumps text that stands twice in full each time."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 -- as the base class has it
        return True


def _unquoted(typed: str) -> object:
    return yaml.load(typed, Loader=yaml.CBaseLoader)  # noqa: S506 -- it makes text of everything
