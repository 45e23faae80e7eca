"""The one layout: what a file says stays, comments stay, and laying out twice changes nothing more."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.editing.formatter import formatted
from nutgraf.loading.yaml import parse, plain
from tests.making import ROOT

if TYPE_CHECKING:
    from pathlib import Path

STORY = "stories/s.yml"
FOLDERS = ("content", "templates/init/content", "tests/sites/sewol/content", "tests/sites/hostile/content")
FILES = [(folder, path) for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.yml"))]


def lay_out(text: str, path: str = STORY) -> str:
    """Return a text in the one layout."""
    return formatted(path, text.encode()).data.decode()


def data_of(text: bytes, path: str = STORY) -> object:
    """Return what a file says, which is to be without complaints."""
    read = parse(path, text)
    assert not read.diagnostics
    assert read.root is not None
    return plain(read.root)


def test_fields_stand_in_the_order_of_the_documentation() -> None:
    assert lay_out(
        "based_on: post-1\ntitle: Story\nsections: [{statements: [{text: Works is old, id: a}], title: Part}]\n"
    ) == ("title: Story\nbased_on: post-1\nsections: [{title: Part, statements: [{id: a, text: Works is old}]}]\n")


def test_comments_go_with_what_they_stand_before_or_behind() -> None:
    text = """\
# The whole file.

based_on: post-1  # where from
# About the title,
# in two lines.
title: Story
sections:
  # The first.
  - statements:
      - text: Works is old
        # The id is last.
        id: a  # short
# The end.
"""
    assert (
        lay_out(text)
        == """\
# About the title,
# in two lines.
title: Story
# The whole file.

based_on: post-1  # where from
sections:
  # The first.
  - statements:
      # The id is last.
      - id: a  # short
        text: Works is old
# The end.
"""
    )


def test_a_long_text_is_a_sentence_to_a_line() -> None:
    first = f"{'A long sentence that goes on ' * 5}and ends."
    laid_out = lay_out(f"title: Story\nquestion: >-\n  {first} A second\n  one. Who asks?\n")
    assert laid_out.splitlines()[1:] == [
        "question: >-",
        f"  {'A long sentence that goes on ' * 4}A",
        "  long sentence that goes on and ends.",
        "  A second one.",
        "  Who asks?",
    ]


def test_a_short_text_stands_behind_its_field() -> None:
    assert lay_out("title: >-\n  A short\n  one\n") == "title: A short one\n"


@pytest.mark.parametrize(
    ("written", "laid_out"),
    [
        ("'plain'", "plain"),
        ('"a: b"', '"a: b"'),
        ("'a \"b\": c'", "'a \"b\": c'"),
        ('"#1 of all"', '"#1 of all"'),
        ('"{a} and b"', '"{a} and b"'),
        ('"two\\nlines"', ">-\n  two\n\n  lines"),
        ('"ends with space "', '"ends with space "'),
        ("2023-04", "2023-04"),
        ("'yes'", "yes"),
        ("'12:30'", "12:30"),
        ('"- a"', '"- a"'),
        ('"two\\n  indented"', "|-\n  two\n    indented"),
    ],
)
def test_quotes_stand_where_they_are_needed(written: str, laid_out: str) -> None:
    assert lay_out(f"title: {written}\n") == f"title: {laid_out}\n"


def test_what_stands_between_brackets_stays_there_while_it_fits() -> None:
    assert lay_out("quantities:\n  gpus: { unit: GPU,\n    amount: 10000 }\n") == (
        "quantities:\n  gpus: {amount: 10000, unit: GPU}\n"
    )
    ids = ", ".join(f"statement-number-{number}" for number in range(9))
    laid_out = lay_out(f"rests_on: [{ids}]\n")
    assert laid_out.startswith("rests_on:\n  - statement-number-0\n  - statement-number-1\n")


def test_a_file_that_cannot_be_read_is_left_alone() -> None:
    broken = b"title: [Story\nquestion: x\n"
    found = formatted(STORY, broken)
    assert found.data == broken
    assert found.diagnostics


def test_windows_ends_of_lines_and_a_mark_at_the_beginning_go() -> None:
    assert formatted(STORY, b"\xef\xbb\xbftitle: Story\r\nquestion: Why?").data == b"title: Story\nquestion: Why?\n"


@pytest.mark.parametrize(("folder", "path"), FILES, ids=lambda one: getattr(one, "name", one))
def test_all_our_files_say_the_same_afterwards(folder: str, path: Path) -> None:
    name = path.relative_to(ROOT / folder).as_posix()
    old = path.read_bytes()
    new = formatted(name, old)
    assert not new.diagnostics
    assert data_of(new.data, name) == data_of(old, name)
    assert formatted(name, new.data).data == new.data
    if folder in {"content", "templates/init/content"}:
        assert new.data == old, "run `nutgraf fmt`"


def test_comments_and_blank_lines_anywhere_are_kept() -> None:
    chance = random.Random(7)  # noqa: S311 - no secret
    tried = 0
    for _ in range(250):
        folder, path = chance.choice(FILES)
        name = path.relative_to(ROOT / folder).as_posix()
        lines = path.read_text(encoding="utf-8").split("\n")
        for number in range(chance.randrange(1, 6)):
            at = chance.randrange(len(lines))
            sort = chance.randrange(4)
            if sort == 0:
                lines.insert(at, f"{' ' * chance.choice([0, 2, 4, 6])}# above-{number}")
            elif sort == 1:
                lines[at] += f"  # behind-{number}"
            elif sort == 2:
                lines.insert(at, "")
            elif "{" in lines[at]:
                lines[at] = lines[at].replace(", ", f",  # inside-{number}\n        ", 1)
        text = "\n".join(lines).encode()
        if parse(name, text).diagnostics:
            continue
        tried += 1
        new = formatted(name, text).data
        assert data_of(new, name) == data_of(text, name)
        assert formatted(name, new).data == new
        words = text.decode().split()
        for word in (one for one in words if one.startswith(("above-", "behind-", "inside-"))):
            assert new.decode().split().count(word) == words.count(word)
        # Nothing was given up: the layout is another one than what came in, or that is right already.
        assert b"\n\n\n" not in new
    assert tried > 150


SAMPLES = (
    *("Ada Sample", "a: b", "# no", "{gpus} x", "10,000", "yes", "~", "null", "'q'", '"d"', "a  b", "trail ", "- dash"),
    *(
        "x #y",
        "[l]",
        "e\u0301",
        "\u200bzw",
        "100%",
        "?q",
        "|p",
        "> g",
        "&a",
        "*b",
        "!t",
        "@at",
        "`t`",
        "\uc138\uc6d4\ud638",
    ),
    *(
        "https://example.org/a/long/path?x=1&y=2#part" * 3,
        "One. Two. Three! Four?",
        "word " * 40 + "end. More. (Again.) So.",
    ),
)
FIELDS = ("title", "by", "id", "text", "source", "certainty", "when", "sections", "statements", "quantities", "x_y")


class Typist:
    """Types YAML as no two people do: all styles, comments and blank lines anywhere.

    Attributes:
        chance: what decides.
        remarks: how many comments were typed.
    """

    def __init__(self, chance: random.Random) -> None:
        """Sit down."""
        self.chance = chance
        self.remarks = 0

    def file(self) -> str:
        """Return a file. It ends with a field that is in need of layout."""
        return "\n".join([*self.block(0, 3), "zz:   'laid out'"]) + "\n"

    def remark(self, odds: float = 0.2) -> str:
        if self.chance.random() >= odds:
            return ""
        self.remarks += 1
        return f"# remark-{self.remarks}"

    def behind(self) -> str:
        told = self.remark()
        return f"{' ' * self.chance.choice((1, 2))}{told}" if told else ""

    def scalar(self, *, flow: bool) -> str:
        text = " ".join(self.chance.sample(SAMPLES, self.chance.choice((1, 1, 2))))
        quoted = "'" + text.replace("'", "''") + "'"
        style = self.chance.random()
        if style < 0.4 or (flow and style < 0.6):
            return quoted
        if flow or style < 0.6:
            return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
        return text if not parse(STORY, f"a: {text}\n".encode()).diagnostics else quoted

    def literal(self, indent: int) -> list[str]:
        """Return a block, whose head may have a comment behind it."""
        lines = ("alpha beta.", "gamma # no comment", "  indented", "", '"q": v', "# hash")
        head = f"{self.chance.choice(('>-', '>', '|', '|-', '>+', '|+'))}{self.behind()}"
        return [head, *(f"{' ' * indent}{self.chance.choice(lines)}" for _ in range(self.chance.randrange(1, 4)))]

    def brackets(self, depth: int) -> str:
        if not depth or self.chance.random() < 0.4:
            return self.scalar(flow=True)
        inside = [self.brackets(depth - 1) for _ in range(self.chance.randrange(4))]
        comma = self.chance.choice((", ", " ,", ","))
        if self.chance.random() < 0.5:
            return f"[{comma.join(inside)}]"
        return f"{{{comma.join(f'k{number}: {one}' for number, one in enumerate(inside))}}}"

    def block(self, indent: int, depth: int) -> list[str]:
        kind = self.fields if not indent or self.chance.random() < 0.6 else self.items
        return kind(indent, depth)

    def between(self, indent: int) -> list[str]:
        told = self.remark()
        lines = [f"{' ' * self.chance.choice((0, indent))}{told}"] if told else []
        return [*lines, *([""] if self.chance.random() < 0.15 else [])]

    def fields(self, indent: int, depth: int) -> list[str]:
        lines = []
        for name in self.chance.sample(FIELDS, self.chance.randrange(1, 5)):
            key = self.chance.choice((name, name, f"'{name}'", f'"{name}"'))
            lines += [*self.between(indent), *self.value(f"{' ' * indent}{key}:", indent + 2, depth)]
        return lines

    def items(self, indent: int, depth: int) -> list[str]:
        lines = []
        for _ in range(self.chance.randrange(1, 4)):
            lines += self.between(indent)
            inner = self.block(indent + 2, depth - 1) if depth and self.chance.random() < 0.5 else []
            if inner and inner[0].strip() and not inner[0].lstrip().startswith("#"):
                lines += [f"{' ' * indent}- {inner[0].lstrip()}", *inner[1:]]
            else:
                lines += (inner and [f"{' ' * indent}-", *inner]) or self.value(f"{' ' * indent}-", indent + 2, 0)
        return lines

    def value(self, head: str, indent: int, depth: int) -> list[str]:
        sort = self.chance.random()
        if depth and sort < 0.35:
            return [f"{head}{self.behind()}", *self.block(indent, depth - 1)]
        if sort < 0.5:
            first, *others = self.literal(indent)
            return [f"{head} {first}", *others]
        told = self.brackets(2) if sort < 0.7 else self.scalar(flow=False)
        return [f"{head} {told}{self.behind()}"]


@settings(max_examples=400)
@given(st.randoms(use_true_random=False), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_any_file_says_the_same_keeps_its_comments_and_is_laid_out_once(
    chance: random.Random,
    end: str,
    mark: bool,  # noqa: FBT001
) -> None:
    typist = Typist(chance)
    data = (b"\xef\xbb\xbf" if mark else b"") + typist.file().replace("\n", end).encode()
    if parse(STORY, data).diagnostics:
        return
    new = formatted(STORY, data).data
    assert data_of(new) == data_of(data)
    assert b"zz: laid out\n" in new, "it was left alone"
    assert formatted(STORY, new).data == new
    words = new.decode().split()
    assert [words.count(f"remark-{number}") for number in range(1, typist.remarks + 1)] == [1] * typist.remarks


def test_the_comment_of_a_block_in_a_list_stays_with_it() -> None:
    assert lay_out("topics:\n  - a\n  - >-  # which\n    b: c\n\n    d\n") == (
        "topics:\n  - a\n  - >-  # which\n    b: c\n\n    d\n"
    )


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=200).filter(
    lambda one: one.strip() == one != "" and "\ufeff" not in one
)


@settings(max_examples=150)
@given(st.lists(TEXTS, min_size=1, max_size=4), st.booleans())
def test_any_text_is_read_as_it_was(texts: list[str], flow: bool) -> None:  # noqa: FBT001
    def quoted(one: str) -> str:
        return "'" + one.replace("'", "''") + "'"

    items = ", ".join(map(quoted, texts)) if flow else "".join(f"\n  - {quoted(one)}" for one in texts)
    data = (f"title: x\ntopics: [{items}]\n" if flow else f"title: x\ntopics:{items}\n").encode()
    if parse(STORY, data).diagnostics:
        return
    new = formatted(STORY, data).data
    assert data_of(new) == data_of(data)
    assert formatted(STORY, new).data == new
