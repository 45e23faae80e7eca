"""The report for people: literal text, and what holds for all content, however hostile."""

from __future__ import annotations

import io
import os
import time
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from nutgraf.diagnostics import Diagnostic, RelatedPlace, Severity, Span
from nutgraf.loading.content import load
from nutgraf.reporters import text
from nutgraf.reporters.control_characters import escaped

STORY = dedent("""\
    title: Musk, Twitter and OpenAI
    sections:
      - title: What was reported
        statements:
          - id: bid
            text: Elon Musk proposed that he run OpenAI
            source: semafor-2023
            when: 2018
            manner: privately
          - id: gpu-purchase
            source: busines-insider
          - id: bid
            text: 馬斯克 bought GPUs
    """)
FILES: dict[str, bytes | str] = {
    "stories/x.yml": STORY.encode(),
    "entities/openai.yml": "name: OpenAI\nkind: organisation\n",
}


def at(line: int, column: int, end_column: int, end_line: int | None = None, path: str = "stories/x.yml") -> Span:
    return Span(path, line, column, end_line or line, end_column)


def render(*diagnostics: Diagnostic, files: dict[str, bytes | str] | None = None, width: int = 60) -> str:
    """Return the report without its summary and the blank line before it."""
    report = text.render(diagnostics, FILES if files is None else files, width=width)
    return report.rsplit("\n\n", 1)[0] + "\n"


def on(line: str, start: int, end: int, width: int = 60) -> str:
    """Return quoted line and underline for the characters from `start` to `end` of a line, without the gutter."""
    report = render(Diagnostic("x", "X", at(1, start + 1, end + 1, path="a.yml")), files={"a.yml": line}, width=width)
    return "".join(f"{row[4:]}\n" for row in report.splitlines()[3:])


def test_the_line_is_quoted_and_underlined() -> None:
    complaint = Diagnostic(
        "unknown-source",
        "Statement `gpu-purchase` cites unknown source `busines-insider`",
        at(11, 17, 32),
        help="Did you mean `business-insider`?",
    )
    assert text.render([complaint], FILES) == dedent("""\
        error[unknown-source]: Statement `gpu-purchase` cites unknown source `busines-insider`
          --> content/stories/x.yml:11:17
           |
        11 |         source: busines-insider
           |                 ^^^^^^^^^^^^^^^
           |
           = help: Did you mean `business-insider`?

        1 error in 1 file
        """)


def test_a_warning_without_help() -> None:
    assert render(Diagnostic("vague", "Date is vague", at(8, 15, 19), Severity.WARNING)) == dedent("""\
        warning[vague]: Date is vague
         --> content/stories/x.yml:8:15
          |
        8 |         when: 2018
          |               ^^^^
        """)


def test_help_of_several_lines() -> None:
    complaint = Diagnostic("x", "X", at(1, 1, 6), help="One thing.\nAnother, `a: b`.\n")
    assert render(complaint) == dedent("""\
        error[x]: X
         --> content/stories/x.yml:1:1
          |
        1 | title: Musk, Twitter and OpenAI
          | ^^^^^
          |
          = help: One thing.
                  Another, `a: b`.
        """)


def test_related_places_of_the_same_file_stand_in_one_snippet() -> None:
    related = (RelatedPlace(at(5, 13, 16), "first defined here"),)
    assert render(Diagnostic("duplicate-id", "Id `bid` is used twice", at(12, 13, 16), related=related)) == dedent("""\
        error[duplicate-id]: Id `bid` is used twice
          --> content/stories/x.yml:12:13
           |
         5 |       - id: bid
           |             --- first defined here
        ...
        12 |       - id: bid
           |             ^^^
        """)


def test_a_single_line_between_two_is_shown() -> None:
    related = (RelatedPlace(at(9, 17, 26), "here"), RelatedPlace(at(12, 13, 16), "there"))
    assert render(Diagnostic("x", "X", at(11, 17, 32), related=related)) == dedent("""\
        error[x]: X
          --> content/stories/x.yml:11:17
           |
         9 |         manner: privately
           |                 --------- here
        10 |       - id: gpu-purchase
        11 |         source: busines-insider
           |                 ^^^^^^^^^^^^^^^
        12 |       - id: bid
           |             --- there
        """)


def test_places_on_one_line_share_a_row_if_there_is_room() -> None:
    related = (
        *(RelatedPlace(at(6, 43, 49), "a party"), RelatedPlace(at(6, 15, 24), "its asserter")),
        *(RelatedPlace(at(6, 30, 34), "a conjunction"), RelatedPlace(at(6, 30, 49), "its clause")),
    )
    assert render(Diagnostic("x", "X", at(6, 38, 42), related=related)) == dedent("""\
        error[x]: X
         --> content/stories/x.yml:6:38
          |
        6 |         text: Elon Musk proposed that he run OpenAI
          |               --------- its asserter
          |                              ---- a conjunction
          |                              ------------------- its clause
          |                                      ^^^^ ------ a party
        """)


def test_related_places_of_other_files() -> None:
    related = (
        RelatedPlace(at(1, 7, 13, path="entities/openai.yml"), "the name"),
        RelatedPlace(at(3, 1, 2, path="entities/gone.yml"), "the other"),
        RelatedPlace(at(2, 7, 19, path="entities/openai.yml"), "its kind"),
    )
    assert render(Diagnostic("x", "X", at(10, 13, 25), help="Choose one.", related=related)) == dedent("""\
        error[x]: X
          --> content/stories/x.yml:10:13
           |
        10 |       - id: gpu-purchase
           |             ^^^^^^^^^^^^
           |
          ::: content/entities/openai.yml:1:7
           |
         1 | name: OpenAI
           |       ------ the name
         2 | kind: organisation
           |       ------------ its kind
           |
          ::: content/entities/gone.yml:3:1: the other
           = help: Choose one.
        """)


def test_without_the_source_there_is_still_the_place() -> None:
    complaint = Diagnostic("not-utf8", "File is not text", Span("stories/y.yml"), help="Save it as UTF-8.")
    assert render(complaint, files={}) == dedent("""\
        error[not-utf8]: File is not text
         --> content/stories/y.yml:1:1
          = help: Save it as UTF-8.
        """)


def test_a_stretch_of_lines_has_a_bar_beside_it() -> None:
    # It ends where the next item begins, as YAML has it.
    assert render(Diagnostic("unsourced", "Statement has no source", at(10, 9, 7, end_line=12))) == dedent("""\
        error[unsourced]: Statement has no source
          --> content/stories/x.yml:10:9
           |
        10 | /       - id: gpu-purchase
        11 | |         source: busines-insider
           | |_______________________________^
        """)


def test_a_long_stretch_is_shown_by_its_ends() -> None:
    related = (RelatedPlace(at(5, 9, 1, end_line=10), "already here"),)
    assert render(Diagnostic("x", "X", at(12, 13, 16), related=related)) == dedent("""\
        error[x]: X
          --> content/stories/x.yml:12:13
           |
         5 | /       - id: bid
         6 | |         text: Elon Musk proposed that he run OpenAI
        ...  |
         9 | |         manner: privately
           | |_________________________- already here
        ...
        12 |         - id: bid
           |               ^^^
        """)


def test_stretches_within_each_other() -> None:
    related = (RelatedPlace(at(3, 5, 1, end_line=14), "this section"), RelatedPlace(at(6, 15, 24), "this name"))
    assert render(Diagnostic("x", "X", at(6, 34, 17, end_line=8), related=related)) == dedent("""\
        error[x]: X
          --> content/stories/x.yml:6:34
           |
         3 | /     - title: What was reported
         4 | |       statements:
         5 | |         - id: bid
         6 | |           text: Elon Musk proposed that he run OpenAI
           | |                 --------- this name
           | |  __________________________________^
         7 | | |         source: semafor-2023
         8 | | |         when: 2018
           | | |________________^
        ...  |
        13 | |           text: 馬斯克 bought GPUs
           | |__________________________________- this section
        """)


def test_stretches_that_cross() -> None:
    files: dict[str, bytes | str] = {"a.yml": "one: 1\ntwo: 2\nthree: 3\n"}
    related = (RelatedPlace(at(2, 1, 9, end_line=3, path="a.yml"), "second"),)
    complaint = Diagnostic("x", "X", at(1, 1, 7, end_line=2, path="a.yml"), related=related)
    assert render(complaint, files=files) == dedent("""\
        error[x]: X
         --> content/a.yml:1:1
          |
        1 | /   one: 1
        2 | | / two: 2
          | |________^
        3 |   | three: 3
          |   |________- second
        """)


@pytest.mark.parametrize(
    ("line", "start", "end", "shown", "underline"),
    [
        ("text: x", 6, 7, "text: x", "      ^"),
        ("text:", 5, 5, "text:", "     ^"),  # nothing, at the end of the line: here something is missing
        ("text: x", 6, 6, "text: x", "      ^"),  # nothing, within it
        ("a  ", 1, 3, "a", " ^^"),  # space at the end
        ("", 0, 0, "", "^"),
        ("馬斯克 bought 10,000", 0, 3, "馬斯克 bought 10,000", "^^^^^^"),
        ("馬斯克 bought 10,000", 4, 10, "馬斯克 bought 10,000", "       ^^^^^^"),
        ("、。「」 x", 5, 6, "、。「」 x", "         ^"),
        ("ｶﾞ x", 3, 4, "ｶﾞ x", "   ^"),  # half-width
        ("e\u0301te\u0301 x", 6, 7, "e\u0301te\u0301 x", "    ^"),  # marks of their own take no cell
        ("e\u0301te\u0301 x", 3, 5, "e\u0301te\u0301 x", "  ^"),
        ("e\u0301te\u0301 x", 1, 2, "e\u0301te\u0301 x", "^"),  # the mark alone: its letter
        ("\u0301x", 1, 2, "\\u0301x", "      ^"),  # no letter to stand on
        ("🙂 x", 2, 3, "🙂 x", "   ^"),
        ("❤\ufe0f x", 3, 4, "❤\ufe0f x", "   ^"),  # made wide by a variation selector
        ("👩\u200d🚀 x", 4, 5, "👩\\u200d🚀 x", "           ^"),
        ("\ttext: x", 7, 8, "    text: x", "          ^"),
        ("\ttext: x", 0, 1, "    text: x", "^^^^"),
        ("a\tb", 2, 3, "a    b", "     ^"),
        ("a\xa0b", 1, 2, "a\\xa0b", " ^^^^"),
        ("a\u3000b", 2, 3, "a\\u3000b", "       ^"),
        ("a\x1b[31mb", 1, 2, "a\\x1b[31mb", " ^^^^"),
        ("a\x9b31mb", 1, 2, "a\\x9b31mb", " ^^^^"),
        ("a\x07\x08\x7f\0b", 5, 6, "a\\x07\\x08\\x7f\\x00b", "                 ^"),
        ("\u202eevil\u2066", 1, 5, "\\u202eevil\\u2066", "      ^^^^"),
        ("a\u2028b\x85c", 2, 3, "a\\u2028b\\x85c", "       ^"),
        ("\ufeff\ufeffa", 1, 2, "\\ufeffa", "      ^"),  # a byte order mark is skipped, once
        ("tag\U000e0041x", 4, 5, "tag\\U000e0041x", "             ^"),
        ("\ud800x", 1, 2, "\\ud800x", "      ^"),
        ("[bold]x[/] :smile:", 6, 7, "[bold]x[/] :smile:", "      ^"),  # no markup of rich's
    ],
)
def test_cells(line: str, start: int, end: int, shown: str, underline: str) -> None:
    assert on(line, start, end) == f"{shown}\n{underline}\n"


RULER = "0123456789" * 30


@pytest.mark.parametrize(
    ("line", "start", "end", "shown", "underline"),
    [
        # 40 cells of the terminal, less 4 of the gutter
        (RULER[:36], 34, 36, "012345678901234567890123456789012345", "                                  ^^"),
        (RULER[:37], 0, 2, "01234567890123456789012345678901234…", "^^"),
        (RULER, 30, 35, "01234567890123456789012345678901234…", "                              ^^^^^"),
        (RULER, 100, 103, "…5678901234567890123456789012345678…", "                ^^^"),
        (RULER, 298, 300, "…56789012345678901234567890123456789", "                                  ^^"),
        (RULER, 300, 300, "…6789012345678901234567890123456789", "                                   ^"),
        (RULER, 100, 200, "…6789012345678901234567890123456789…", "     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^"),
        (RULER, 0, 300, "01234567890123456789012345678901234…", "^" * 36),
    ],
)
def test_long_lines_are_cut_around_the_place(line: str, start: int, end: int, shown: str, underline: str) -> None:
    assert on(line, start, end, width=40) == f"{shown}\n{underline}\n"


def test_wide_characters_are_not_cut_in_two() -> None:
    assert on("馬" * 100, 50, 51, width=40) == f"…{'馬' * 17}…\n{' ' * 17}^^\n"
    assert on("馬" * 100, 50, 52, width=40) == f"… {'馬' * 16} …\n{' ' * 16}^^^^\n"
    assert on("a\x1b" * 100, 50, 51, width=40) == "… a\\x1ba\\x1ba\\x1ba\\x1ba\\x1ba\\x1ba  …\n                 ^\n"


def test_places_far_apart_on_a_long_line() -> None:
    related = (RelatedPlace(at(1, 4, 6, path="a.yml"), "and this"),)
    complaint = Diagnostic("x", "X", at(1, 201, 203, path="a.yml"), related=related)
    assert render(complaint, files={"a.yml": RULER}, width=40) == dedent("""\
        error[x]: X
         --> content/a.yml:1:201
          |
        1 | …4567890123456789012345678901234567…
          | - and this       ^^
        """)


@pytest.mark.parametrize("span", [at(99, 1, 5), at(13, 99, 120), at(14, 7, 2), at(0, 0, 0), at(13, 5, 2, end_line=99)])
def test_a_span_may_miss_the_text(span: Span) -> None:
    report = render(Diagnostic("x", "X", span))
    assert "^" in report


def test_a_huge_line_takes_no_time() -> None:
    for line in ("x" * 4_000_000, "e" + "\u0301" * 4_000_000, "\t" * 4_000_000, "馬" * 1_000_000):
        files: dict[str, bytes | str] = {"a.yml": line}
        started = time.process_time()
        report = render(Diagnostic("x", "X", at(1, 900_000, 900_004, path="a.yml")), files=files)
        assert time.process_time() - started < 30, "generous: a slow machine"
        assert all(cell_len(row) <= 60 for row in report.splitlines())


def test_hostile_content_stays_text() -> None:
    evil = "\x1b]0;owned\x07\x1b[2J\r\n\u202e\u2066<script>\x9b1m"
    place = Span(f"stories/{evil}.yml", 1, 1, 1, 4)
    complaint = Diagnostic(
        evil, evil, place, help=evil, related=(RelatedPlace(place, evil), RelatedPlace(Span(evil), evil))
    )
    report = text.render([complaint], {place.path: evil}, root=evil)
    assert all(row.isprintable() for row in report.splitlines())
    assert report.splitlines()[0].startswith(r"error[\x1b]0;owned\x07\x1b[2J\r\n\u202e\u2066<script>\x9b1m]: \x1b]0;")


def test_reports_are_sorted() -> None:
    places = [
        ("b.yml", 1, 1, "a"),
        ("a.yml", 10, 1, "a"),
        ("a.yml", 9, 2, "a"),
        ("a.yml", 9, 1, "c"),
        ("a.yml", 9, 1, "b"),
    ]
    complaints = [Diagnostic(rule, "X", Span(path, line, column)) for path, line, column, rule in places]
    headlines = [row for row in text.render(complaints, {}).splitlines() if row.startswith(("error", " -->"))]
    assert headlines == [
        *("error[b]: X", " --> content/a.yml:9:1"),
        *("error[c]: X", " --> content/a.yml:9:1"),
        *("error[a]: X", " --> content/a.yml:9:2"),
        *("error[a]: X", " --> content/a.yml:10:1"),
        *("error[a]: X", " --> content/b.yml:1:1"),
    ]


@pytest.mark.parametrize(
    ("errors", "warnings", "files", "summary"),
    [
        (3, 1, 2, "3 errors and 1 warning in 2 files"),
        (1, 0, 1, "1 error in 1 file"),
        (0, 2, 2, "2 warnings in 2 files"),
        (1200, 0, 1, "1,200 errors in 1 file"),
        (0, 0, 0, "no errors and no warnings"),
    ],
)
def test_summary(errors: int, warnings: int, files: int, summary: str) -> None:
    levels = [Severity.ERROR] * errors + [Severity.WARNING] * warnings
    complaints = [Diagnostic("x", "X", Span(f"{i % files}.yml"), level) for i, level in enumerate(levels)]
    assert text.summary(complaints) == summary
    assert text.render(complaints, {}).endswith(f"\n\n{summary}\n" if complaints else "")


def test_nothing_to_report() -> None:
    assert text.render([], FILES) == ""


@pytest.mark.parametrize(
    ("root", "path", "shown"),
    [
        ("content", "a.yml", "content/a.yml"),
        ("", "a.yml", "a.yml"),
        ("docs/content/", "a.yml", "docs/content/a.yml"),
        ("content", "../mkdocs.yml", "mkdocs.yml"),
    ],
)
def test_paths_begin_where_the_reader_stands(root: str, path: str, shown: str) -> None:
    assert f" --> {shown}:1:1\n" in text.render([Diagnostic("x", "X", Span(path))], {}, root=root)


def test_colour() -> None:
    complaint = Diagnostic("x", "X", at(1, 8, 10, path="a.yml"), Severity.WARNING, help="Y")
    report = text.render([complaint], {"a.yml": "title: \x1b[1m"}, color=True)
    assert report == (
        "\x1b[1;33mwarning[x]\x1b[0m\x1b[1m: X\x1b[0m\n"
        "\x1b[1;34m --> \x1b[0mcontent/a.yml:1:8\n"
        "\x1b[1;34m  |\x1b[0m\n"
        "\x1b[1;34m1 | \x1b[0mtitle: \x1b[7m\\x1b\x1b[0m[1m\n"
        "\x1b[1;34m  | \x1b[0m       \x1b[1;33m^^^^^\x1b[0m\n"
        "\x1b[1;34m  |\x1b[0m\n"
        "\x1b[1;34m  = \x1b[0m\x1b[1;36mhelp\x1b[0m: Y\n"
        "\n"
        "\x1b[1;33m1 warning\x1b[0m in 1 file\n"
    )


def written(environment: dict[str, str], encoding: str = "utf-8", *, terminal: bool | None = None) -> str:
    page = io.BytesIO()
    paper = io.TextIOWrapper(page, encoding=encoding, newline="\n")
    console = Console(file=paper, _environ={"COLUMNS": "40", "TERM": "xterm", **environment}, force_terminal=terminal)
    text.write([Diagnostic("x", "馬", at(1, 101, 104, path="a.yml"))], {"a.yml": RULER}, console)
    paper.flush()
    return page.getvalue().decode(encoding)


def test_a_terminal_gets_colour_and_its_width() -> None:
    report = written({}, terminal=True)
    assert report.startswith("\x1b[1;31merror[x]\x1b[0m")
    assert "…" in report


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_may_want_no_colour(environment: dict[str, str]) -> None:
    report = written(environment, terminal=True)
    assert report.isascii() is False
    assert "\x1b" not in report
    assert "…" in report


def test_a_file_gets_plain_text() -> None:
    report = written({})
    assert report == text.render([Diagnostic("x", "馬", at(1, 101, 104, path="a.yml"))], {"a.yml": RULER})


def test_a_console_without_the_characters_still_gets_the_report() -> None:
    assert written({}, "ascii").startswith("error[x]: \\u99ac\n --> content/a.yml:1:101\n")


# What holds for all

LINES = st.text(st.one_of(st.characters(), st.sampled_from("aé馬\u0301\t\x1b\u202e❤\ufe0f \r\n-")), max_size=200)
SPANS = st.builds(Span, st.just("a.yml"), *(st.integers(-1, 8), st.integers(-1, 90)) * 2)


@given(LINES, SPANS, st.lists(st.builds(RelatedPlace, SPANS, st.text(max_size=9)), max_size=3), st.integers(1, 50))
def test_any_content_can_be_reported(line: str, span: Span, related: list[RelatedPlace], width: int) -> None:
    report = text.render([Diagnostic("x", "X", span, related=tuple(related))], {"a.yml": line}, width=width)
    assert all(row.isprintable() and row == row.rstrip() for row in report.splitlines())
    assert text.render([Diagnostic("x", "X", span)], {"a.yml": line.encode(errors="replace")}).endswith("file\n")
    if not related:
        assert all(cell_len(row) <= max(width, 30) for row in report.splitlines()[2:-2])


@given(
    st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("aé馬\u0301\t\x1b")), min_size=1),
    st.data(),
)
def test_the_underline_is_under_its_characters(line: str, data: st.DataObject) -> None:
    """With no cut, the cells above the underline show the marked characters, and nothing else starts there."""
    line = line.replace("\r", "").replace("\n", "").removeprefix("\ufeff") or "a"
    start = data.draw(st.integers(0, len(line) - 1))
    end = data.draw(st.integers(start + 1, len(line)))
    _, underline = on(line, start, end, width=10_000).splitlines()
    before, until = on(line, 0, start, 10_000).splitlines()[1], on(line, 0, end, 10_000).splitlines()[1]
    carets = underline.strip(" ")
    assert set(carets) == {"^"}
    assert underline == " " * (len(underline) - len(carets)) + carets
    assert len(underline) == len(until)
    if start:
        # A mark belongs to the cell of its letter, so that the two stretches may share one.
        assert len(underline) - len(carets) in {len(before), len(before) - 1, len(before) - 2}


def test_no_environment_is_read_for_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    complaint = Diagnostic("x", "X", at(1, 1, 6))
    plain = text.render([complaint], FILES)
    for name in ("FORCE_COLOR", "COLUMNS", "TTY_COMPATIBLE"):
        monkeypatch.setenv(name, "1")
    assert os.environ["COLUMNS"] == "1"
    assert text.render([complaint], FILES) == plain


def test_what_a_headline_quotes_is_on_one_line_and_short() -> None:
    found = load({"stories/s.yml": b"{a\n\n- }"}).diagnostics
    assert found
    assert all(one.headline.isprintable() for one in found)
    long = Diagnostic("x", f"`{'a' * 200}` isn't “{'b ' * 200}”", Span("a.yml"), help="Write `a\nb\u202e`.\nOr not.")
    assert len(long.headline) < 200
    assert long.headline.startswith("`aaa")
    assert long.help == "Write `a\\nb\\u202e`.\nOr not."


def test_blanks_that_are_no_spaces_are_shown_as_escapes() -> None:
    assert escaped("a\u2800b\u3164c\xadd e\u0301 \u2764\ufe0f") == "a\\u2800b\\u3164c\\xadd e\u0301 \u2764\ufe0f"
