"""What `nutgraf check --fix` mends, and what it leaves to people."""

from __future__ import annotations

import random  # noqa: TC003 - hypothesis reads the annotations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf import cli
from nutgraf.checks.runner import check
from nutgraf.editing.autofix import mend
from nutgraf.graph import resolve
from nutgraf.loading.content import load
from nutgraf.loading.yaml import parse
from tests.making import BASE, ROOT, told, tree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from nutgraf.diagnostics import Diagnostic

STORY = """\
title: Story
as_of: 2023-04-12
based_on: post-1
sections:
  - title: Part
    statements:
      - id: one
        text: Works closed its plant
        when: 2023-04-10
        by: ada
        certainty: claimed
      - {id: two, text: Bell left the town}
"""


def _diagnostics(files: Mapping[str, bytes]) -> tuple[Diagnostic, ...]:
    loaded = load(files)
    resolution = resolve(loaded, drafts=True)
    return (*loaded.diagnostics, *resolution.diagnostics, *check(resolution.graph))


def _mended(text: str, more: Mapping[str, str] | None = None) -> tuple[str, list[str]]:
    files = {**tree({**BASE, **(more or {})}), "stories/s.yml": text.encode()}
    done = mend(files, _diagnostics)
    assert set(done.files) <= {"stories/s.yml"}
    return (done.files.get("stories/s.yml", text.encode())).decode(), [one.rule for one in done.done]


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("odd-space", "by: ada", "by:\u00a0ada"),
        ("missing-space", "text: Works", "text:Works"),
        ("missing-space", "by: ada", "by\uff1aada"),
        ("malformed-date", "2023-04-12", "12 April 2023"),
        ("malformed-date", "when: 2023-04-10", "when: 2023/4/10"),
        ("malformed-date", "when: 2023-04-10", "when: Apr 10, 2023"),
        ("malformed-id", "based_on: post-1", "based_on: Post 1"),
        ("malformed-id", "id: one", "id: One"),
        ("unknown-field", "as_of:", "As of:"),
        ("unknown-field", "based_on:", "based-on:"),
        ("unknown-value", "certainty: claimed", "certainty: CLAIMED"),
        ("typed-hedge", "Works closed its", "Works reportedly closed its"),
        ("typed-hedge", "Bell left the", "Bell reportedly left the"),
    ],
)
def test_what_has_one_reading_is_mended(rule: str, old: str, new: str) -> None:
    assert old in STORY
    text, rules = _mended(STORY.replace(old, new))
    assert text == STORY
    assert rules == [rule]


@pytest.mark.parametrize(
    ("rule", "old", "new", "mended"),
    [
        ("inner-colon", "text: Works closed its plant", "text: it is so: yes", 'text: "it is so: yes"'),
        ("inner-colon", "text: Works closed its plant", 'text: a "b": yes: c', "text: 'a \"b\": yes: c'"),
        ("unquoted-start", "text: Works closed its plant", "text: @works closed", 'text: "@works closed"'),
        ("unquoted-start", "text: Works closed its plant", "text: %x closed", 'text: "%x closed"'),
    ],
)
def test_what_needs_quotes_gets_them(rule: str, old: str, new: str, mended: str) -> None:
    text, rules = _mended(STORY.replace(old, new))
    assert text == STORY.replace(old, mended)
    assert rule in rules


@pytest.mark.parametrize(
    ("figure", "mended"),
    [("10_000", "10000"), ("10 000", "10000"), ("'1,234,567'", "1234567"), ("-1_000.5", "-1_000.5")],
)
def test_a_number_in_groups_is_written_in_digits(figure: str, mended: str) -> None:
    head = f"quantities: {{n: {{amount: {figure}, unit: GPU, kind: count}}}}\n"
    text = STORY.replace("Works closed its plant", "Works bought {n}").replace("based_on", f"{head}based_on")
    assert f"amount: {mended}," in _mended(text)[0]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2023-04-12", "4/12/2023"),  # the American or the British way
        ("2023-04-10", "early April 2023"),
        ("2023-04-10", "2023-05/2023-04"),
        ("post-1", "pots-1"),  # a guess
        ("certainty: claimed", "certainty: clamed"),
        ("as_of", "as_off"),
        ("Works closed its", "Works allegedly closed its"),  # the source's own, perhaps
        ("Bell left", "Bell probably left"),
        ("Works closed its", "according to Works, it closed its"),
        ("text: Works closed its plant", "text: it is so: yes  # a comment"),
        ("text: Works closed its plant", "text: it is so: yes\n          and more"),
        ("{id: two, text: Bell left the town}", "{id: two, text: Bell, who left the town}"),
    ],
)
def test_what_only_a_person_can_tell_is_left(old: str, new: str) -> None:
    assert old in STORY
    wrong = STORY.replace(old, new)
    assert _mended(wrong) == (wrong, [])
    assert _diagnostics({**tree(BASE), "stories/s.yml": wrong.encode()})


def test_a_decimal_comma_is_not_taken_for_a_group() -> None:
    head = "quantities: {n: {amount: '10,5', unit: GPU, kind: count}}\n"
    wrong = STORY.replace("its plant", "{n}").replace("based_on", f"{head}based_on")
    assert _mended(wrong) == (wrong, [])
    wrong = wrong.replace("10,5", "10,500")
    assert _mended(wrong) == (wrong, [])


def test_what_has_another_id_now_is_named_by_it() -> None:
    more = {"entities/new.yml": "{name: New Works, formerly: old-works}"}
    text, rules = _mended(STORY.replace("by: ada", "by: old-works"), more)
    assert "by: new\n" in text
    assert rules == ["unknown-entity"]
    renamed = STORY.replace("id: two,", "id: two, formerly: three,").replace(
        "by: ada", "by: ada\n        before: three"
    )
    assert "before: two\n" in _mended(renamed)[0]
    abroad = renamed.replace("before: three", "before: s/three")
    assert "before: s/two\n" in _mended(abroad)[0]


ALLOW = "{rule: verb-too-strong, reason: x}"


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (STORY.replace("by: ada\n", f"by: ada\n        allow: [{ALLOW}]\n"), STORY),
        (STORY.replace("by: ada\n", f"by: ada\n        allow:\n          - {ALLOW}\n"), STORY),
        (
            STORY.replace("by: ada\n", "by: ada\n        allow:\n        - rule: typed-hedge\n          reason: x\n"),
            STORY,
        ),
        (f"{STORY}allow:\n  - {ALLOW}\n  - {{rule: typed-hedge, reason: x}}", STORY),
        (f"{STORY}allow: [{ALLOW}]", STORY),
    ],
)
def test_a_permission_that_nobody_needs_goes_with_its_line(wrong: str, right: str) -> None:
    text, rules = _mended(wrong)
    assert text == right
    assert set(rules) == {"unused-allow"}


@pytest.mark.parametrize(
    "wrong",
    [
        STORY.replace("id: two,", f"id: two, allow: [{ALLOW}],"),
        STORY.replace("- id: one\n", f"- allow: [{ALLOW}]\n        id: one\n"),
    ],
)
def test_a_permission_beside_something_else_is_left(wrong: str) -> None:
    assert _mended(wrong)[0] == wrong


def test_one_that_is_needed_stays() -> None:
    needed = STORY.replace("Works closed", "Works reportedly closed").replace(
        "by: ada\n", "by: ada\n        allow:\n          - {rule: typed-hedge, reason: it is the paper's name}\n"
    )
    assert _mended(needed) == (needed, [])


def test_several_in_one_line_and_one_behind_another() -> None:
    wrong = STORY.replace("by: ada", "By:\u00a0Ada").replace("certainty: claimed", "Certainty: Claimed")
    assert _mended(wrong)[0] == STORY


def test_line_ends_marks_and_comments_stay() -> None:
    wrong = "\ufeff" + STORY.replace("as_of: 2023-04-12", "as_of: 12 April 2023  # when").replace("\n", "\r\n")
    assert _mended(wrong)[0] == wrong.replace("12 April 2023", "2023-04-12")


CONTENT = {
    path.relative_to(ROOT / "content").as_posix(): path.read_bytes()
    for path in sorted((ROOT / "content").glob("*/*.yml"))
}


def test_what_is_right_is_left_alone() -> None:
    done = mend(CONTENT, _diagnostics)
    assert not done.files
    assert not done.done


@settings(max_examples=30)
@given(st.randoms(use_true_random=False))
def test_it_never_makes_more_wrong(dice: random.Random) -> None:
    path = dice.choice([*BASE, "stories/s.yml"])
    files = {**tree(BASE), "stories/s.yml": STORY.encode()}
    text = files[path].decode()
    for _ in range(dice.randint(1, 4)):
        place = dice.randrange(len(text))
        sign = dice.choice(
            ["", " ", ":", ": ", "\u00a0", "#", " #", "'", '"', "[", "]", "-", "@", ",", "\n", "\t", "A", "é"]
        )
        text = text[:place] + sign + text[place + dice.randint(0, 2) :]
    assert_no_more_is_wrong(path, text)


def test_what_a_mistake_hid_is_no_new_one() -> None:
    # The opening brace is lost. Once the rest is a text in quotes, all that refers to Ada is told.
    assert_no_more_is_wrong("entities/ada.yml", "name: Ada Adams, short: Adams, kind: person, pronoun: she}")


def assert_no_more_is_wrong(path: str, text: str) -> None:
    files = {**tree(BASE), "stories/s.yml": STORY.encode(), path: text.encode()}
    before = _diagnostics(files)
    done = mend(files, _diagnostics)
    mended = {**files, **done.files}
    after = _diagnostics(mended)
    assert told(after) == told(done.left)
    assert len(parse(path, mended[path]).diagnostics) <= len(parse(path, files[path]).diagnostics)
    # An error hides what else is wrong.
    assert any(one.is_error for one in before) or len(after) <= len(before)
    assert {*done.files} <= {path}


# The command


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """Begin a site with two mistakes, one of which a person has to mend, and go there."""
    assert cli.main(["init", str(tmp_path / "site")]) == 0
    story = tmp_path / "site/content/stories/town-clock.yml"
    text = story.read_text(encoding="utf-8")
    story.write_text(text.replace("2024-05-20", "20 May 2024").replace("speculated", "perhaps"), encoding="utf-8")
    monkeypatch.chdir(tmp_path / "site")
    capsys.readouterr()
    return story


def test_the_command_mends_and_shows_what_is_left(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--fix"]) == 1
    shown = capsys.readouterr()
    assert "content/stories/town-clock.yml:6: mended: `20 May 2024` is not a day of the calendar" in shown.err
    assert "1 mistake mended in 1 file." in shown.err
    assert "Invalid value `perhaps`" in shown.out
    assert "20 May" not in shown.out
    assert "as_of: 2024-05-20" in site.read_text(encoding="utf-8")
    assert cli.main(["check", "--fix"]) == 1
    assert "nothing that can be mended without a person" in capsys.readouterr().err


def test_a_dry_run_writes_nothing(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = site.read_bytes()
    assert cli.main(["check", "--fix", "--dry-run"]) == 1
    shown = capsys.readouterr()
    assert "+as_of: 2024-05-20" in shown.out
    assert "would be mended" in shown.err
    assert site.read_bytes() == before
    assert cli.main(["check", "--dry-run"]) == 2
