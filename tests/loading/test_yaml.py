"""The YAML reader: the cases in `yaml/`, encodings, nodes and their places, hostile files, both of PyYAML's parsers."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nutgraf.loading import yaml as reader
from nutgraf.loading.nodes import Mapping, Scalar, Sequence, Style, find, plain, span
from nutgraf.loading.yaml import Parsed, parse, source_lines
from tests import literate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.loading.nodes import Node

CASES = literate.read(*sorted(Path(__file__).with_name("yaml").glob("*.md")))
MANY = 1_000_000
"""How many bytes a hostile file has: as many as are read at all."""


def told(parsed: Parsed) -> list[str]:
    return [f"{diagnostic.span.line}:{diagnostic.span.column} {diagnostic.rule}" for diagnostic in parsed.diagnostics]


def data(parsed: Parsed) -> object:
    return plain(parsed.root) if parsed.root else None


def scalars(node: Node | None) -> Iterator[Scalar]:
    """Yield all scalars in a tree, names included, in the order of the file."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from scalars(item)
    elif isinstance(node, Mapping):
        for entry in node.entries.values():
            yield entry.key
            yield from scalars(entry.value)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: literate.Case) -> None:
    parsed = [parse(path, content) for path, content in case.files.items()]
    literate.check(
        case,
        diagnostics=literate.render((found for one in parsed for found in one.diagnostics), case.files),
        json="".join(json.dumps(data(one), ensure_ascii=False) + "\n" for one in parsed),
    )


# PyYAML without libyaml takes no tab for a space, not even between two words.
ALIKE = [case for case in CASES if case.title != "Tabs that are allowed"]


@pytest.mark.parametrize("case", ALIKE, ids=str)
def test_the_parser_without_libyaml_says_the_same(case: literate.Case, monkeypatch: pytest.MonkeyPatch) -> None:
    (path, content), *_ = case.files.items()
    with_libyaml = parse(path, content)
    monkeypatch.setattr(reader, "CParser", reader.PurePythonParser)
    without = parse(path, content)
    assert told(without) == told(with_libyaml)
    assert data(without) == data(with_libyaml)
    assert [span(one, path) for one in scalars(without.root)] == [span(one, path) for one in scalars(with_libyaml.root)]


# Encodings


def test_a_byte_order_mark_is_skipped_and_counts_as_no_column() -> None:
    parsed = parse("a.yml", b"\xef\xbb\xbfa: b: c\n")
    assert told(parsed) == ["1:5 inner-colon"]
    assert data(parsed) == {"a": "b: c"}


def test_latin_1_is_told_at_its_first_byte_with_the_character_that_was_meant() -> None:
    (complaint,) = parse("a.yml", "title: Zoë\ntext: Café au lait à Paris\n".encode("cp1252")).diagnostics
    assert (str(complaint.span), complaint.rule) == ("a.yml:1:10", "not-utf8")
    assert complaint.headline == "Byte 0xEB is not UTF-8"
    assert "this byte is `ë`" in complaint.help


def test_the_rest_of_a_latin_1_file_is_read() -> None:
    parsed = parse("a.yml", "# ü\ntitle: x\ntext: he: said\n".encode("latin-1"))
    assert told(parsed) == ["1:3 not-utf8", "3:9 inner-colon"]
    assert data(parsed) == {"title": "x", "text": "he: said"}


def test_a_character_cut_in_two_is_told_where_it_begins() -> None:
    assert told(parse("a.yml", "a: b\nc: é😀".encode()[:-1])) == ["2:5 not-utf8"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_recognised(encoding: str) -> None:
    parsed = parse("a.yml", "a: é\nb: c\n".encode(encoding))
    assert [found.headline for found in parsed.diagnostics] == ["File is saved as UTF-16, not as UTF-8"]
    assert data(parsed) == {"a": "é", "b": "c"}


def test_what_is_no_text_at_all_is_left_alone() -> None:
    parsed = parse("a.yml", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    assert [found.headline for found in parsed.diagnostics] == ["File is not text"]
    assert parsed.root is None
    assert parsed.broken


@pytest.mark.parametrize(
    ("char", "name"),
    [
        ("\0", "a NUL (U+0000)"),
        ("\a", "a control character (U+0007)"),
        ("\x7f", "a control character (U+007F)"),
        ("\x85", "a next-line character (U+0085)"),
        ("\x91", "a control character (U+0091)"),
        ("\u2028", "a line separator (U+2028)"),
        ("\ufeff", "a byte order mark inside the file (U+FEFF)"),
        ("\uffff", "an unassigned character (U+FFFF)"),
        ("\u202e", "a right-to-left override (U+202E)"),
        ("\u2066", "a left-to-right isolate (U+2066)"),
        ("\u200b", "a zero-width space (U+200B)"),
        ("\u2060", "a word joiner (U+2060)"),
        ("\u00ad", "a soft hyphen (U+00AD)"),
        ("\u034f", "a combining grapheme joiner (U+034F)"),
        ("\u2800", "a blank braille pattern (U+2800)"),
        ("\u3164", "a hangul filler (U+3164)"),
        ("\ue000", "a private-use character (U+E000)"),
        ("\U000e0041", "an invisible tag (U+E0041)"),
        ("\ufe0f", "a variation selector-16 (U+FE0F)"),
        ("\u200d", "a zero-width joiner (U+200D)"),
    ],
)
def test_what_cannot_be_seen_is_told_and_the_rest_is_read(char: str, name: str) -> None:
    parsed = parse("a.yml", f"id: x\ntext: 한국 {char}and more: so\nby: y\n".encode())
    assert told(parsed) == ["2:10 control-character", "2:19 inner-colon"]
    assert parsed.diagnostics[0].headline == f"Line contains {name}"
    # A space takes the place of what YAML refuses.
    assert data(parsed) in [{"id": "x", "text": f"한국 {kept}and more: so", "by": "y"} for kept in (" ", char)]


def test_what_cannot_be_seen_does_not_indent_a_line() -> None:
    parsed = parse("a.yml", "a: b\n\ufeffc: d: e\n".encode())
    assert told(parsed) == ["2:1 control-character", "2:6 inner-colon"]
    assert data(parsed) == {"a": "b", "c": "d: e"}


@pytest.mark.parametrize(
    "char",
    [
        "\u00a0",  # a space that does not break, as French has them
        "\u202f",
        "\u3000",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",  # a family
        "\u2764\ufe0f\u200d\U0001f525",
        "\U0001f469\U0001f3fd\u200d\U0001f680",
        "1\ufe0f\u20e3",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",  # the flag of England
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian
        "\u0dc1\u0dca\u200d\u0dbb\u0dd3",  # Sinhala
        "\u0d28\u0d4d\u200d",  # an old chillu of Malayalam
        "\u05d0\u05d1\u200f (C++)",  # a direction mark beside Hebrew
        "\u845b\U000e0100",  # a variant of an ideograph
        "\u0600\u0661",  # the Arabic number sign is seen
    ],
)
def test_what_is_merely_odd_is_text(char: str) -> None:
    assert data(parse("a.yml", f"text: one{char}two\n".encode())) == {"text": f"one{char}two"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_all_line_ends_count_alike(end: str) -> None:
    parsed = parse("a.yml", end.join(["a: b", "", "c: d: e", "f: >-", "  g", "  h", ""]).encode())
    assert told(parsed) == ["3:5 inner-colon"]
    assert data(parsed) == {"a": "b", "c": "d: e", "f": "g h"}


def test_the_lines_of_a_file_are_those_that_its_spans_count() -> None:
    assert source_lines("\ufeffa: b\r\nc\u2028d\re\n".encode()) == ("a: b", "c\u2028d", "e", "")
    assert source_lines("é: ü".encode("latin-1")) == ("\ufffd: \ufffd",)
    assert source_lines("é: ü".encode("utf-16")) == ("é: ü",)


@pytest.mark.parametrize("text", ["text: we are number #1", "by:", "text: |", "a: 'b", "a: [", "-", "a: @", "a: b:"])
def test_a_file_may_end_without_a_line_end(text: str) -> None:
    assert told(parse("a.yml", text.encode())) == told(parse("a.yml", f"{text}\n".encode()))


# Nodes and their places

STORY = """\
title: Ein "Titel" 😀
sections:
  - title: 'Quoted: one'
    statements:
      - id: e\u0301te
        by: {who: 김, for: openai}
        text: >-
          folded
          text

        note: |
            kept
      - {id: b, topics: ["한국", c]}   # end
source: one
  two
"""


def at(loc: tuple[str | int, ...], *, key: bool = False) -> str:
    root = parse("a.yml", STORY.encode()).root
    assert root
    place = span(find(root, loc, key=key), "a.yml")
    lines = STORY.split("\n")[place.line - 1 : place.end_line]
    if len(lines) == 1:
        return lines[0][place.column - 1 : place.end_column - 1]
    return "\n".join([lines[0][place.column - 1 :], *lines[1:-1], lines[-1][: place.end_column - 1]])


@pytest.mark.parametrize(
    ("loc", "text"),
    [
        (("title",), 'Ein "Titel" 😀'),
        (("sections", 0, "title"), "'Quoted: one'"),
        (("sections", 0, "statements", 0, "id"), "e\u0301te"),
        (("sections", 0, "statements", 0, "by"), "{who: 김, for: openai}"),
        (("sections", 0, "statements", 0, "by", "for"), "openai"),
        (("sections", 0, "statements", 0, "text"), "folded\n          text"),
        (("sections", 0, "statements", 0, "note"), "kept"),
        (("sections", 0, "statements", 1), '{id: b, topics: ["한국", c]}'),
        (("sections", 0, "statements", 1, "topics"), '["한국", c]'),
        (("sections", 0, "statements", 1, "topics", 0), '"한국"'),
        (("source",), "one\n  two"),
        ((), STORY.rstrip()),
    ],
)
def test_a_place_is_what_was_typed(loc: tuple[str | int, ...], text: str) -> None:
    assert at(loc) == text


@pytest.mark.parametrize(
    ("loc", "text"),
    [
        (("sections", 0, "missing"), "'Quoted: one'"),
        (("sections", 7, "title"), "title"),
        (("sections", "function-wrap[read()]", 0, "(anonymous)", "title"), "'Quoted: one'"),
        (("source", 0), "one\n  two"),
        (("source", 0, "from"), "one\n  two"),
        (("title", "title"), 'Ein "Titel" 😀'),
    ],
)
def test_what_does_not_exist_is_found_at_what_does(loc: tuple[str | int, ...], text: str) -> None:
    assert text in at(loc)


def test_a_name_is_found_instead_of_its_value() -> None:
    assert at(("sections", 0, "statements", 1, "topics"), key=True) == "topics"
    assert at(("sections",), key=True) == "sections"
    # The last part has no name of its own.
    assert at(("sections", 0, "statements", 1, "topics", 1), key=True) == "c"


def test_scalars_know_how_they_were_written() -> None:
    root = parse("a.yml", STORY.encode()).root
    assert root
    styles = {one.text: one.style for one in scalars(root)}
    assert styles["Quoted: one"] is styles["한국"] is Style.QUOTED
    assert styles["folded text"] is styles["kept\n"] is Style.BLOCK
    assert styles["one two"] is Style.PLAIN


def test_a_file_is_broken_only_if_something_is_lost() -> None:
    assert not parse("a.yml", b"a: b: c\nd: {e} f\n").broken
    assert parse("a.yml", b"a: b\nc\nd: e\n").broken


# Hostile files

HOSTILE = {
    "brackets": "[" * 40_000,
    "closed brackets": "[" * 40_000 + "]" * 40_000,
    "more brackets": "[" * MANY,
    "braces": "{a: " * (MANY // 4),
    "lists of lists": "- " * (MANY // 2),
    "names": "? " * (MANY // 2),
    "names in brackets": "[? " * (MANY // 3),
    "deeper and deeper": "\n".join(" " * column + "a:" for column in range(1400)),
    "tabs": "\t" * MANY,
    "lines with tabs": "\ta\n" * (MANY // 3),
    "a long word": "a" * MANY,
    "a long name": "a" * (MANY - 3) + ": b",
    "a long text": "a: '" + "b " * (MANY // 2 - 2),
    "a long comment": "a: b #" + "#" * (MANY - 6),
    "spaces": " " * (MANY - 4) + "a: b",
    "empty lines": "\n" * MANY,
    "a billion laughs": "a: &a [x]\n"
    + "\n".join(f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]" for n in range(20)),
    "anchors": "[" + "&a x," * (MANY // 5 - 1) + "]",
    "aliases": "[" + "*a," * (MANY // 3 - 1) + "]",
    "tags": "[" + "!a x," * (MANY // 5 - 1) + "]",
    "the same name": "a: b\n" * (MANY // 5),
    "the same name in braces": "{" + '"a":1,' * (MANY // 6 - 1) + "}",
    "short values": "[" + "a," * (MANY // 2 - 1) + "]",
    "values on lines": "- a\n" * (MANY // 4),
    "open brackets on lines": "[\n" * 60 + "a,\n" * (MANY // 3 - 40),
    "empty values": "a:\n" * (MANY // 3),
    "empty items": "-\n" * (MANY // 2),
    "empty names": ": " * (MANY // 2),
    "empty names on lines": ":\n" * (MANY // 2),
    "colons": "a: " * (MANY // 3),
    "colons on lines": "a: b: c\n" * (MANY // 8),
    "no colons": "a\n" * (MANY // 2),
    "quotes": '"' * MANY,
    "open quotes": 'a: "b\n' * (MANY // 6),
    "closing brackets": "]\n" * (MANY // 2),
    "signs": "a: @b\n" * (MANY // 6),
    "stars": "*" * MANY,
    "goes on": "a: {b} c\n" * (MANY // 9),
    "comments in brackets": "a: [b #c]\n" * (MANY // 10),
    "comments in text": "a: b c\n" + "  #d\n  e\n" * (MANY // 9 - 1),
    "cut off": "a: b c #d\n" * (MANY // 10),
    "swallowed": "a: b\n" + "  - c\n" * (MANY // 6 - 1),
    "uneven": "\n".join(" " * (number % 50) + "a: b" for number in range(MANY // 32)),
    "uneven blocks": "a: >\n" + "  x\n y\n" * (MANY // 8),
    "blocks": "a: |\n b\n" * (MANY // 8),
    "escapes": 'a: "' + "\\q" * (MANY // 2 - 3) + '"',
    "documents": "---\na: b\n" * (MANY // 9),
    "ends": "...\n" * (MANY // 4),
    "directives": "%a\n" * (MANY // 3),
    "NULs": "\0" * MANY,
    "lines with NULs": "a: \0\n" * (MANY // 5),
    "line separators": "a: \u2028b\n" * (MANY // 8),
    "carriage returns": "\r" * MANY,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_soon(name: str) -> None:
    content = HOSTILE[name].encode()
    assert len(content) <= MANY
    # The time of this process alone: other tests may run beside it.
    start = time.process_time()
    parsed = parse("a.yml", content)
    assert time.process_time() - start < 30, "generous: a slow machine, but nothing that grows with the square"
    # Two of them are not even wrong: that is for others to say.
    assert parsed.diagnostics or isinstance(parsed.root, Scalar) or name in {"a long comment", "spaces"}
    assert len(parsed.diagnostics) <= 101


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("brackets", "1:65 nested-too-deep"),
        ("braces", "1:257 nested-too-deep"),
        ("deeper and deeper", "65:65 nested-too-deep"),
        ("a billion laughs", "1:4 yaml-anchor"),
        ("the same name", "2:1 duplicate-key"),
        ("NULs", "1:1 control-character"),
        ("short values", "1:1 file-too-large"),
    ],
)
def test_a_hostile_file_is_told_what_is_wrong(name: str, first: str) -> None:
    assert told(parse("a.yml", HOSTILE[name].encode()))[0] == first


def test_a_file_that_is_too_large_is_not_read() -> None:
    parsed = parse("a.yml", b"a" * (MANY + 1))
    assert [found.headline for found in parsed.diagnostics] == ["File has 1,000,001 bytes, more than 1,000,000"]


def test_many_mistakes_are_told_as_far_as_anybody_reads() -> None:
    parsed = parse("a.yml", b"a: b: c\n" + b"d: [e\n" * 50)
    assert told(parsed)[0] == "1:5 inner-colon"
    assert told(parsed)[-1] == "1:1 more-mistakes"
    assert parsed.broken
