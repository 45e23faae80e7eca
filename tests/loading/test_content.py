"""From files to models: what is wrong is said at its place, and hides nothing else."""

# ruff: noqa: E501 - rows of a table are read as rows

from __future__ import annotations

import time
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.checks.runner import check
from nutgraf.graph import resolve
from nutgraf.loading.content import load
from tests.making import told, tree

STORY = """\
title: Story
quantities:
  n: {amount: 3, unit: lorry}
sections:
  - title: Part
    statements:
      - id: a
        text: Works sold {n}
        source: [x, {id: y, from: own}]
        by: {anonymous: people, count: 2}
        accuses: {who: {unnamed: the captain}, asked: no}
"""


def complaints(text: str, path: str = "stories/s.yml") -> list[str]:
    return told(load(tree({path: text})).diagnostics)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        pytest.param(
            "title: Story", "titel: Story",
            ["1:1: unknown-field: Unknown field `titel` in a story | Did you mean `title`?"],
            id="a misspelt field that is needed",
        ),
        pytest.param(
            "amount: 3", "amount: 3,000",
            ["3:15: inner-comma: `3,000` isn't one number: in braces, a comma starts a new field | Write `3000`."],
            id="a comma in a flow mapping",
        ),
        pytest.param(
            "amount: 3", "amount: '3,000'",
            ["3:15: malformed-number: `3,000` is not a number | Write digits only, with a point for decimals; the unit goes into `unit`. Write `3000`?"],
            id="a number with a comma",
        ),
        pytest.param(
            "amount: 3", "amount: 3, at_least: 2",
            ["3:7: malformed-quantity: A quantity has either `amount`, or `at_least` and `at_most`, or `min` and `max`"],
            id="two forms of a quantity",
        ),
        pytest.param(
            "id: a", "id: A b",
            ["7:13: malformed-id: `A b` isn't a valid ID | Use lower-case letters, digits and single hyphens. Write `a-b`?"],
            id="an id",
        ),
        pytest.param(
            "text: Works sold {n}", "verb: say",
            ["7:13: missing-field: A statement needs the field `text` | Write a main clause: `text: Elon Musk signed the letter`."],
            id="no text",
        ),
        pytest.param(
            "count: 2", "count: two", ["10:40: malformed-number: `two` is not a number"],
            id="inside of one shape of `by`",
        ),
        pytest.param(
            "anonymous: people, count: 2", "anonymous: people, cuont: 2",
            ["10:33: unknown-field: Unknown field `cuont` in an anonymous asserter | Did you mean `count`?"],
            id="the fields of the shape that was meant",
        ),
        pytest.param(
            "asked: no", "asked: never",
            ["11:55: malformed-date: `never` is not a date"],
            id="a date or a word",
        ),
        pytest.param(
            "title: Part", "title: Part\n    certainty: reportd",
            ["6:16: unknown-value: Invalid value `reportd` for `certainty` | Did you mean `reported`?"],
            id="a certainty",
        ),
        pytest.param(
            "title: Part", "title: [Part]",
            ["5:12: wrong-shape: Expected text, found a list"],
            id="a list for a text",
        ),
        pytest.param(
            "title: Story", "title: Story\nas_of: 2023-02-30",
            ["2:8: malformed-date: `2023-02-30` is not a day of the calendar | Write a full date, year first: `2023-04-11`."],
            id="a day that does not exist",
        ),
        pytest.param(
            "title: Story", "title: Story\nrests_on: a/b/c",
            ["2:11: malformed-id: `a/b/c` isn't a valid ID | Use lower-case letters, digits and single hyphens."],
            id="a reference",
        ),
    ],
)  # fmt: skip
def test_each_mistake_at_its_place(old: str, new: str, complaint: list[str]) -> None:
    found = [one.removeprefix("stories/s.yml:") for one in complaints(STORY.replace(old, new, 1))]
    # A hint may grow; the place, the rule and the headline are what an editor and a tool go by.
    assert [one[: len(wanted)] for one, wanted in zip(found, complaint, strict=True)] == complaint


@pytest.mark.parametrize(
    ("path", "text", "complaint"),
    [
        ("stories/s.yml", "title: A\nsections: [{statements: [{id: a, text: Ada left, outcome: b}]}]",
         "2:50: unknown-field: Unknown field `outcome` in a statement | `outcome` belongs in `accuses`."),
        ("stories/s.yml", "title: A\nsections: [{statements: [{id: a, text: Ada left, amount: 3}]}]",
         "2:50: unknown-field: Unknown field `amount` in a statement | `amount` belongs in `quantities`."),
        ("stories/s.yml", "title: A\nsections: [{statements: [{id: a, text: Ada left, superseded: b}]}]",
         "2:62: wrong-shape: `superseded` must be a mapping, not text | Write `{by: b}`."),
        ("stories/s.yml", "title: A\nsections: [{statements: [{id: a, text: Ada left, manner: in a twet}]}]",
         "2:58: unknown-value: Invalid value `in a twet` for `manner` | Did you mean `in a tweet`?"),
        ("stories/s.yml", "title: A\nquantities: {q: {amount: 1, kind: bribe}}",
         "2:35: unknown-value: Invalid value `bribe` for `kind` | Allowed: `count`"),
        ("stories/s.yml", "title: A\nquantities: {q: {amount: 1,234,567.5, kind: loss}}",
         "2:26: inner-comma: `1,234,567.5` isn't one number: in braces, a comma starts a new field | Write `1234567.5`."),
        ("stories/s.yml", "title: A\nquantities: {q: {amount: 1, part_of: a, 200 boats, kind: loss}}",
         "2:41: inner-comma: `200 boats` is read as a separate field without a value | In braces"),
        ("sources/x.yml", "publisher: post\nstatus: withdrwan",
         "2:9: wrong-shape: `status` must be a mapping, not text | Write `{field: value}`"),
        ("entities/x.yml", "title: A report\npublisher: post\npublished: 2023-01-02",
         "1:1: misplaced-record: This is a source, but it is in `entities/` | Move the file to `sources/x.yml`."),
        ("sources/x.yml", "label: GPU\nshort: A chip.",
         "1:1: misplaced-record: This is a term, but it is in `sources/` | Move the file to `glossary/x.yml`."),
        ("entities/x.yml", "nmae: Ada\nkind: person",
         "1:1: unknown-field: Unknown field `nmae` in an entity | Did you mean `name`?"),
        ("sources/x.yml", "publisher: post\nderives_from: Other One",
         "2:15: malformed-id: `Other One` isn't a valid ID | Use lower-case letters, digits and single hyphens."),
        ("stories/s.yml", "title: A\n<<<<<<< HEAD\nas_of: 2023-01-01\n=======\nas_of: 2023-01-02\n>>>>>>> other\n",
         "2:1: merge-conflict: Unresolved merge conflict | Keep one of the two versions"),
    ],
)  # fmt: skip
def test_no_guess_misleads(path: str, text: str, complaint: str) -> None:
    (found,) = complaints(text, path)
    assert found.startswith(f"{path}:{complaint}")
    assert not complaint.endswith("hyphens.") or found.endswith("hyphens.")


def test_a_malformed_reference_is_mended_only_to_what_exists() -> None:
    files = {
        "sources/a.yml": "derives_from: [Gazette May, Business Name]",
        "sources/gazette-may.yml": "publisher: unknown",
        "stories/s.yml": "title: A\nsections: [{statements: [{id: One, text: Ada left}, {id: b, text: Ben left, denies: One}]}]",
    }
    fixes = {one.headline: [change.text for change in one.fix] for one in load(tree(files)).diagnostics}
    assert fixes == {
        "`Gazette May` isn't a valid ID": ["gazette-may"],
        "`Business Name` isn't a valid ID": [],
        "`One` isn't a valid ID": ["one"],
    }


def test_the_story_above_is_sound() -> None:
    assert complaints(STORY) == []


def test_one_mistake_hides_no_other() -> None:
    read = load(
        tree(
            {
                "stories/s.yml": STORY.replace("count: 2", "count: -2").replace("title: Part", "titel: Part"),
                "stories/t.yml": "title: [unclosed",
                "entities/e.yml": "name: E\nkind: persn",
                "sources/x.yml": "published: 2023-13-01\nread: maybe",
                "glossary/g.yml": "label: G",
            }
        )
    )
    assert sorted(one.rule for one in read.diagnostics if one.rule != "unclosed-bracket") == [
        "malformed-date",
        "malformed-flag",
        "malformed-number",
        "missing-field",
        "unknown-field",
        "unknown-value",
    ]
    # What is sound of a damaged record is there all the same.
    assert read.content.stories["s"].sections[0].statements[0].id == "a"
    assert read.content.entities["e"].name == "E"
    assert read.content.sources["x"].read


def test_shorthands() -> None:
    text = """\
    title: Story
    sections:
      - statements:
          - works-closed: Works closed
          - {id: b, text: Works opened, relation: [a, owns, b]}
          - {id: c, text: Works opened, relation: [[a, owns, b], [b, owns, c]]}
    """
    read = load(tree({"stories/s.yml": text}))
    first, second, third = read.content.stories["s"].sections[0].statements
    assert (first.id, first.text) == ("works-closed", "Works closed")
    assert (len(second.relation), len(third.relation)) == (1, 2)
    span = read.positions.span("stories/s.yml", ("sections", 0, "statements", 0, "text"))
    assert (span.line, span.column, span.end_column) == (4, 23, 35)
    span = read.positions.span("stories/s.yml", ("sections", 0, "statements", 1, "relation", 0, 2))
    assert (span.line, span.column) == (5, 57)


def test_a_stretch_of_a_text_is_found_where_it_was_typed() -> None:
    text = "title: 'Works, Ltd'\nquestion: It''s plain\nrests_on: >-\n  a"
    positions = load(tree({"stories/s.yml": text})).positions
    assert positions.span("stories/s.yml", ("title",), part=(0, 5)).column == 9
    assert positions.span("stories/s.yml", ("question",), part=(0, 2)).column == 11
    whole = positions.span("stories/s.yml", ("rests_on",))
    assert positions.span("stories/s.yml", ("rests_on",), part=(0, 1)) in {
        whole,
        positions.span("stories/s.yml", ("rests_on",), part=(0, 1)),
    }


HOSTILE = {
    "nested brackets": b"title: " + b"[" * 40_000,
    "billion laughs": b"a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b,*b]",
    "duplicate key": b"title: A\ntitle: B",
    "Latin-1": "title: Caf\u00e9".encode("latin-1"),
    "NUL": b"title: A\x00B",
    "empty": b"",
    "a list": b"- a\n- b",
    "a text": b"just words",
    "several documents": b"title: A\n---\ntitle: B",
    "a tag": b"title: !!python/object:os.system A",
    "wide": b"title: A\nquantities: {" + b",".join(b"q%d: {amount: x}" % n for n in range(2_000)) + b"}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_get_a_complaint_soon(name: str) -> None:
    # The time of this process alone: other tests may run beside it.
    start = time.process_time()
    read = load({"stories/s.yml": HOSTILE[name]})
    assert read.diagnostics
    assert all(one.is_error for one in read.diagnostics)
    assert time.process_time() - start < 30, "generous: a slow machine, but no endless loop"


def test_a_byte_order_mark_is_skipped() -> None:
    assert complaints("\ufefftitle: Story") == []


FRAGMENTS = st.sampled_from(
    [
        "title: A", "sections:", "  - statements:", "      - id: a", "        text: b", "        by: {anonymous: x}",
        "        by: [a, unnamed]", "        source: [a, {id: b, from: own}]", "        when: 2018~", "quantities:",
        "  n: {amount: 1}", "key_points: [a, {id: b, text: c, rests_on: a}]", "disputes: [{id: d}]", "      - short: text",
        "        relation: [a, b]", "        accuses: {who: a, reply: none-found}", "unknowns: {}", "revisions: [x]", "as_of: 2",
        "        superseded: {by: a}", "\t", "- ", ": ", "# no", "'", '"', "[", "}", "---", "&a", "*a", "!!x", "        verb: find",
    ]
)  # fmt: skip


@given(st.lists(FRAGMENTS, max_size=14))
def test_anything_that_looks_like_a_story_gives_complaints_or_a_model(lines: list[str]) -> None:
    read = load({"stories/s.yml": "\n".join(lines).encode()})
    resolution = resolve(read)
    list(check(resolution.graph))
    assert read.diagnostics or "s" in read.content.stories


@given(st.sampled_from(["stories", "entities", "sources", "glossary"]), st.binary(max_size=300))
def test_any_bytes_give_complaints_or_a_model(folder: str, data: bytes) -> None:
    read = load({f"{folder}/x.yml": data})
    assert read.diagnostics or f"{folder}/x.yml" in read.positions.roots
    resolve(read)


LISTS = {
    "stories/s.yml": """\
        title: A story
        rests_on:
          - x1
          - x2
        key_points:
          - {id: p1, text: 'the p1 sank for {p1}', rests_on: x1}
          - x2
          - {id: p3, text: 'the p3 sank for {p3}', rests_on: x3}
        sections:
          - statements:
              - {id: a1, text: 'a boat cost {a1}', source: x1, before: x1}
              - {id: a2, text: 'a boat cost 17 pounds', source: [x1, {id: x2}, x3]}
              - a3: a boat cost {a3}
          - {statements: [{id: b1, text: 'a boat cost {b1}', relation: [[x1, y, x2], [x3, y, x4]]}]}
          - statements:
              - id: c1
                text: a boat cost {c1}
                by:
                  - x1
                  - {who: x2}
                accuses:
                  - {who: x1, reply: [x1, x2]}
                  - {who: x2}
                allow:
                  - {rule: x1, reason: none}
                  - {rule: x2, reason: none}
        disputes:
          - {id: d1, question: Why?, positions: [x1, x2]}
          - {id: d2, question: Why?, positions: [x3, x4]}
        unknowns:
          - {id: u1, text: why, why: undisclosed, rests_on: x1}
          - {id: u2, text: why, why: undisclosed, rests_on: x2}
        revisions:
          - {date: 2024-01-01, kind: correction, note: It is so., statements: [x1, x2]}
          - {date: 2024-01-02, kind: correction, note: It is so., statements: [x3, x4]}
        """,
    "entities/e.yml": """\
        name: Ann Example
        kind: person
        aliases:
          - Annie
          - {text: Nan}
        about: a tailor
        rests_on: [x1, x2]
        roles:
          - {role: tailor, of: x1}
          - {role: sailor, of: x2}
        """,
    "glossary/g.yml": """\
        label: G
        short: A letter.
        forms:
          - {text: Gs}
          - Gees
        see:
          - x1
          - x2
        """,
}
"""Files with lists of every kind, in which each item has a fault that is found after loading."""
MALFORMED = ("{nonsense: here}", "[[]]", "{id: One, txt: [a boat sank]}")


@pytest.mark.parametrize("malformed", MALFORMED)
@pytest.mark.parametrize("path", LISTS)
def test_a_dropped_item_moves_no_other(path: str, malformed: str) -> None:
    lines = dedent(LISTS[path]).splitlines()
    clean = found_in(path, lines)
    assert len(clean) > 3
    for number, line in enumerate(lines):
        if line.lstrip().startswith("- "):
            indent = " " * (len(line) - len(line.lstrip()))
            broken = found_in(path, [*lines[:number], f"{indent}- {malformed}", *lines[number:]])
            below = {(at + (at > number), *rest) for at, *rest in clean}
            others = {one for one in broken if one[0] != number + 1}
            assert others <= below, line
            # Nothing may seem unused because of an alias that couldn't be read: that is about the file, on line 1.
            assert all(at == 1 for at, *_ in below - others), line


def found_in(path: str, lines: list[str]) -> set[tuple[int, int, str]]:
    """Return line, column and headline of everything that is wrong with one file."""
    read = load({path: "\n".join(lines).encode()})
    resolution = resolve(read)
    found = (*read.diagnostics, *resolution.diagnostics, *check(resolution.graph))
    return {(one.span.line, one.span.column, one.headline) for one in found}


@pytest.mark.parametrize(
    "url",
    ["https://[", "http://[::1", "https://[x]/", "https://℀.example/", "https://", "https:///x", "https://?x", "a"],
)
@pytest.mark.parametrize("field", ["url", "archived"])
def test_an_address_that_cannot_be_taken_apart_is_refused(field: str, url: str) -> None:
    read = load({"sources/s.yml": f"title: A\n{field}: '{url}'\n".encode()})
    (complaint,) = read.diagnostics
    assert complaint.headline == f"`{url}` is not a web address"


@pytest.mark.parametrize(
    "url", ["https://[::1]/", "HTTP://example.org", "https://example.org:8000/?x#y", "https://łódź.pl/"]
)
def test_any_other_address_is_taken(url: str) -> None:
    assert not load({"sources/s.yml": f"title: A\nurl: '{url}'\n".encode()}).diagnostics
