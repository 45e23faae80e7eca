"""`nutgraf add`: what it asks, what it writes, and where."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf import cli
from nutgraf.editing.add import AddError, id_for, record, statement
from nutgraf.loading.content import load
from nutgraf.model.record import Id
from tests.making import ROOT

if TYPE_CHECKING:
    from pathlib import Path

STORY = "content/stories/town-clock.yml"

# Where it is written


CONTENT = {
    path.relative_to(ROOT / "content").as_posix(): path.read_bytes()
    for path in sorted((ROOT / "content").glob("*/*.yml"))
}
REAL = "stories/twitter-ai-openai.yml"
FIELDS: dict[str, object] = {"id": "new-one", "text": "Elon Musk said: no", "source": ["semafor-2023"], "when": ""}


@pytest.mark.parametrize("section", range(len(load(CONTENT).content.stories["twitter-ai-openai"].sections)))
def test_a_statement_comes_last_in_its_section_and_nothing_else_changes(section: int) -> None:
    loaded = load(CONTENT)
    made = statement(CONTENT, loaded, "twitter-ai-openai", FIELDS, section=section)  # type: ignore[arg-type]
    lines, old = made.data.decode().splitlines(), CONTENT[REAL].decode().splitlines()
    kept = [line for number, line in enumerate(lines, 1) if not made.line <= number < made.line + len(lines) - len(old)]
    assert kept == old
    assert lines[made.line - 1].strip() == "- id: new-one"
    again = load({**CONTENT, REAL: made.data})
    assert not again.diagnostics
    before, after = (one.content.stories["twitter-ai-openai"].sections for one in (loaded, again))
    assert after[section].statements[:-1] == before[section].statements
    new = after[section].statements[-1]
    assert (new.id, new.text, [use.id for use in new.source], new.when) == (
        "new-one",
        FIELDS["text"],
        FIELDS["source"],
        None,
    )
    assert all(one == other for number, (one, other) in enumerate(zip(before, after, strict=True)) if number != section)


@pytest.mark.parametrize(
    "text",
    [
        "title: Story\n",
        "title: Story",
        "title: Story\nsections: []\n",
        "title: Story\nsections:\n  - title: One\n    statements:\n      - {id: a, text: b}\n\nunknowns: []\n",
        "title: Story\r\nsections:\r\n- title: One\r\n  statements:\r\n  - id: a\r\n    text: b\r\n",
    ],
)
def test_a_section_begins_at_the_end(text: str) -> None:
    tree = {"stories/s.yml": text.encode()}
    if "sections: []" in text:
        with pytest.raises(AddError):
            statement(tree, load(tree), "s", {"id": "new", "text": "x"}, title="New")
        return
    made = statement(tree, load(tree), "s", {"id": "new", "text": "x"}, title="New: one")
    assert made.data.count(b"\r\n") in {0, made.data.count(b"\n")}
    again = load({"stories/s.yml": made.data})
    assert not again.diagnostics
    last = again.content.stories["s"].sections[-1]
    assert (last.title, [one.id for one in last.statements]) == ("New: one", ["new"])
    assert made.data.decode().splitlines()[made.line - 1].strip() in {'- title: "New: one"', "sections:"}


def test_space_between_statements_is_kept_and_brackets_are_refused() -> None:
    head = "title: S\nsections:\n  - title: T\n    statements:\n"
    spaced = f"{head}      - id: a\n        text: b\n\n      - id: c\n        text: d\n"
    tree = {"stories/s.yml": spaced.encode()}
    made = statement(tree, load(tree), "s", {"id": "e", "text": "f"}, section=0)
    assert made.data.decode() == spaced + "\n      - id: e\n        text: f\n"
    tree = {"stories/s.yml": b"title: S\nsections:\n  - {title: T, statements: [{id: a, text: b}]}\n"}
    with pytest.raises(AddError, match="between brackets"):
        statement(tree, load(tree), "s", {"id": "e", "text": "f"}, section=0)
    tree = {"stories/s.yml": b"title: S\nsections:\n  - title: T\n"}
    made = statement(tree, load(tree), "s", {"id": "e", "text": "f"}, section=0)
    assert [one.id for one in load({"stories/s.yml": made.data}).content.stories["s"].sections[0].statements] == ["e"]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co", "Zl", "Zp"]), min_size=1, max_size=80))
def test_any_text_is_read_as_it_was_said(text: str) -> None:
    if not text.strip() or "\ufeff" in text:
        return
    made = record("entities", "x", {"name": text, "aliases": ["a, b", text]})
    found = load({"entities/x.yml": made.data})
    if not found.diagnostics:
        assert found.content.entities["x"].name == text.strip()
    assert {one.rule for one in found.diagnostics} <= {"control-character"}


@given(st.text(max_size=100))
def test_an_id_is_one_or_nothing(text: str) -> None:
    found = id_for(text)
    assert not found or (Id.pattern.fullmatch(found) and len(found) <= 40)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Elon Musk", "elon-musk"),
        ("Straße & Söhne", "strasse-sohne"),
        ("세월호", ""),
        ("Musk's letter", "musks-letter"),
    ],
)
def test_ids_of_names(name: str, expected: str) -> None:
    assert id_for(name) == expected


# The command


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """Begin a site and go there."""
    assert cli.main(["init", str(tmp_path / "site")]) == 0
    monkeypatch.chdir(tmp_path / "site")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    capsys.readouterr()
    return tmp_path / "site"


def test_a_statement_is_written_and_read_out(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = [
        "--text",
        "the clock of Exampleton struck thirteen",
        "--by",
        "anonymous: people at the market",
        "--section",
        "1",
    ]
    assert cli.main(["add", "statement", *given, "--when", "2024-05-02"]) == 0
    shown = capsys.readouterr().out
    assert f"{STORY}:33: added town-clock/the-clock-of-exampleton-struck-thirteen." in shown
    assert (
        "People at the market told the Exampleton Gazette that on 2 May 2024 the clock of Exampleton struck thirteen."
        in shown
    )
    text = (site / STORY).read_text(encoding="utf-8")
    assert "        when: 2024-05-02\n        text: the clock of Exampleton struck thirteen\n\n  - title:" in text
    assert cli.main(["check"]) == 0
    assert cli.main(["fmt", "--check"]) == 0


def test_records_are_written(site: Path) -> None:
    assert cli.main(["add", "entity", "--name", "Jürgen Sample", "--kind", "person", "--short", "Sample"]) == 0
    assert (site / "content/entities/jurgen-sample.yml").read_text(encoding="utf-8") == (
        "name: Jürgen Sample\nshort: Sample\nkind: person\n"
    )
    given = ["--publisher", "jurgen-sample", "--published", "2024-05-03", "--title", "unknown", "--read", "no"]
    assert cli.main(["add", "source", *given]) == 0
    assert (site / "content/sources/jurgen-sample-2024.yml").read_text(encoding="utf-8") == (
        "title: unknown\npublisher: jurgen-sample\npublished: 2024-05-03\nread: no\n"
    )
    assert cli.main(["add", "term", "--label", "pawl", "--short", "A catch that lets a wheel turn one way."]) == 0
    assert (site / "content/glossary/pawl.yml").read_text(encoding="utf-8") == (
        "label: pawl\nshort: A catch that lets a wheel turn one way.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["entity"], "--name is missing"),
        (["entity", "--name", "X", "--kind", "persn"], "`persn` is none of 'person'"),
        (["entity", "--name", "Ada Sample", "--kind", "person"], "`ada-sample` is taken"),
        (["entity", "--name", "세월호"], "--id is missing"),
        (["entity", "--name", "X", "--id", "X Y"], "`X Y` is no id"),
        (["source", "--publisher", "herald", "--published", "2024"], "there is no entity `herald`"),
        (["source", "--publisher", "unknown", "--published", "3 May 2024"], "Write `2024-05-03`"),
        (["term", "--label", "x"], "--short is missing"),
        (["statement", "--text", "the clock is so", "--section", "What is rong"], "Did you mean `What is wrong`?"),
        (["statement", "--text", "the clock is so", "--section", "9"], "there is no section `9`"),
        (["statement", "--text", "the clock is so", "--story", "clock"], "there is no story `clock`"),
        (
            ["statement", "--text", "the town clock of Exampleton is so", "--by", "nobody"],
            "there is no entity `nobody`",
        ),
        (["statement", "--text", "the town clock of Exampleton is so", "--id", "worn"], "`worn` is taken"),
        (["statement", "--text", "the town clock of Exampleton is so", "--certainty", "sure"], "`sure` is none of"),
        (["statement", "--text", "the town clock of Exampleton is so", "--by", "anonymous: "], "say who they are"),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_written(
    site: Path, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in site.rglob("*.yml")}
    assert cli.main(["add", *arguments]) == 2
    assert told in capsys.readouterr().err
    assert {path: path.read_bytes() for path in site.rglob("*.yml")} == before


def test_what_breaks_an_editorial_rule_is_written_and_shown(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["add", "statement", "--text", "the town clock of Exampleton struck 13 times"]) == 0
    assert "raw-figure" in capsys.readouterr().err
    assert "the town clock of Exampleton struck 13 times" in (site / STORY).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Reportedly, the bell of Exampleton is cracked", "Write `the bell of Exampleton is cracked`"),
        ("the bell, reportedly, is cracked", "Write `the bell is cracked`"),
        ("the bell is cracked, reportedly", "Write `the bell is cracked`"),
        ("the bell of Exampleton is cracked.", "ends with `.`"),
        ("In May 2023, the bell of Exampleton broke", "add `when: 2023-05`"),
        ("yesterday the bell of Exampleton broke", "“yesterday”"),
        ("he said he broke the bell of Exampleton", "“he”"),
        ("the bell of Exampleton cost {sum}", "`{sum}`"),
        ("the bell ![map](map.svg) broke", "Image"),
    ],
)
def test_what_a_text_shows_to_be_wrong_is_refused_before_anything_is_written(
    site: Path, text: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (site / STORY).read_bytes()
    assert cli.main(["add", "statement", "--text", text, "--source", "gazette-clock", "--by", "ada-sample"]) == 2
    shown = capsys.readouterr().err
    assert told in shown
    assert "nutgraf-trial" not in shown
    assert (site / STORY).read_bytes() == before


def test_a_text_is_asked_for_again_and_the_id_is_made_of_the_right_one(site: Path) -> None:
    answers = (
        "\n1\nReportedly, the bell broke.\nthe bell of Exampleton cost {sum}\nthe bell of Exampleton broke\n\n\n\n\n\n"
    )
    code, shown = _talk(site, ["add", "statement"], answers)
    assert code == 0, shown
    assert "is a hedge" in shown
    assert "[the-bell-of-exampleton-broke]" in shown
    assert "added town-clock/the-bell-of-exampleton-broke." in shown


def test_n_is_no(site: Path) -> None:
    given = ["--publisher", "unknown", "--published", "2024", "--title", "unknown", "--id", "leaflet", "--read"]
    assert cli.main(["add", "source", *given, "N"]) == 0
    assert "read: no\n" in (site / "content/sources/leaflet.yml").read_text(encoding="utf-8")


@pytest.mark.usefixtures("site")
def test_answers_are_kept_if_nothing_can_be_written(capsys: pytest.CaptureFixture[str]) -> None:
    with patch("nutgraf.editing.files.write_all", side_effect=PermissionError(13, "Permission denied", "s.yml")):
        assert cli.main(["add", "statement", "--text", "the bell of Exampleton broke", "--by", "ada-sample"]) == 2
    shown = capsys.readouterr().err
    assert "- id: the-bell-of-exampleton-broke\n  by: ada-sample\n  text: the bell of Exampleton broke" in shown


def test_content_with_mistakes_comes_first(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "content/entities/broken.yml").write_text("name: [", encoding="utf-8")
    assert cli.main(["add", "entity", "--name", "X"]) == 1
    assert "nothing was added" in capsys.readouterr().err


def _talk(site: Path, arguments: list[str], answers: str) -> tuple[int, str]:
    """Run a command at a terminal of its own, type the answers, and return exit code and what the terminal shows."""
    process, terminal = pty.fork()
    if process == 0:  # pragma: no cover - this is the command
        os.chdir(site)
        os.environ |= {"TERM": "dumb", "NO_COLOR": "1"}
        os.execv(sys.executable, [sys.executable, "-m", "nutgraf", *arguments])  # noqa: S606 - it is ours
    shown = b""
    rest = answers.encode()
    for _ in range(60):
        if not select.select([terminal], [], [], 2)[0]:
            if not rest and answers.endswith("\x03"):
                # One that comes between the question and the reading is not heard: one presses it again.
                os.write(terminal, b"\x03")
            continue
        try:
            part = os.read(terminal, 65536)
        except OSError:  # Linux says so when the other side has gone
            break
        shown += part
        # A question may come in two parts.
        if shown.endswith(b": ") and rest:
            answer, end, rest = rest.partition(b"\n")
            os.write(terminal, answer + end)
    else:
        os.kill(process, signal.SIGKILL)
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), shown.decode().replace("\r\n", "\n")


def test_at_a_terminal_it_asks_and_asks_again(site: Path) -> None:
    code, shown = _talk(site, ["add", "entity"], "Jo Sample\npersn\nperson\n\nno address\n\n\n")
    assert code == 0, shown
    assert "Full name" in shown
    assert "`persn` is none of" in shown
    assert "[Sample]" in shown
    assert "is not a web address" in shown
    assert (site / "content/entities/jo-sample.yml").read_text(encoding="utf-8") == (
        "name: Jo Sample\nshort: Sample\nkind: person\n"
    )


def test_a_statement_is_asked_for_from_section_to_id(site: Path) -> None:
    answers = "\n1\nthe town clock of Exampleton struck thirteen\n\nada-sample\nclaimed\n2024-05-02\nthirteen\n"
    code, shown = _talk(site, ["add", "statement"], answers)
    assert code == 0, shown
    assert "1 What is wrong" in shown
    assert "Ada Sample" in shown.partition("Readers will see:")[2]
    assert "- id: thirteen\n        by: ada-sample\n        certainty: claimed\n" in (
        (site / STORY).read_text(encoding="utf-8")
    )


def test_a_publisher_goes_by_its_name_and_a_new_one_is_added_at_once(site: Path) -> None:
    code, shown = _talk(site, ["add", "source"], "The Exampleton Gazette\n2024-05\n\n\n\n\ngazette-late\n")
    assert code == 0, shown
    assert "publisher: exampleton-gazette\n" in (site / "content/sources/gazette-late.yml").read_text(encoding="utf-8")
    code, shown = _talk(site, ["add", "source"], "Harbour Post\ny\n\n\n2024-05\n\n\n\n\nharbour\n")
    assert code == 0, shown
    assert "Add it now?" in shown
    assert (site / "content/entities/harbour-post.yml").read_text(encoding="utf-8") == (
        "name: Harbour Post\nkind: organisation\n"
    )
    arguments = [
        "add",
        "statement",
        "--text",
        "the town clock of Exampleton struck two",
        "--source",
        "harbour post",
        "--id",
        "two",
    ]
    assert cli.main(arguments) == 0
    assert "source: harbour\n" in (site / STORY).read_text(encoding="utf-8")
    assert "publisher: harbour-post\n" in (site / "content/sources/harbour.yml").read_text(encoding="utf-8")


def test_ctrl_c_leaves_all_as_it_was(site: Path) -> None:
    before = {path: path.read_bytes() for path in site.rglob("*.yml")}
    code, shown = _talk(site, ["add", "term"], "pawl\n\x03")
    assert code == 130, shown
    assert "Traceback" not in shown
    assert {path: path.read_bytes() for path in site.rglob("*.yml")} == before


def test_two_additions_merge_without_losing_a_source(site: Path) -> None:
    def git(*arguments: str) -> int:
        identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
        command = ["git", *identity, *arguments]
        return subprocess.run(command, cwd=site, check=False, capture_output=True).returncode

    for arguments in (("init", "-b", "main"), ("add", "."), ("commit", "-m", "Begin"), ("branch", "other")):
        assert git(*arguments) == 0
    for branch, text in (("main", "the bell of Exampleton broke"), ("other", "the mill of Exampleton closed")):
        assert git("checkout", branch) == 0
        assert cli.main(["add", "statement", "--text", text, "--source", "gazette-clock"]) == 0
        assert git("commit", "-am", "Add") == 0
    git("merge", "main")
    merged = (site / STORY).read_text(encoding="utf-8")
    both = re.sub(r"(?m)^(?:<<<<<<<|=======|>>>>>>>).*\n", "", merged)
    (site / STORY).write_text(both, encoding="utf-8")
    found = load({"stories/town-clock.yml": both.encode()})
    statements = {
        str(one.id): one for section in found.content.stories["town-clock"].sections for one in section.statements
    }
    new = [statements.get(name) for name in ("the-bell-of-exampleton-broke", "the-mill-of-exampleton-closed")]
    assert found.diagnostics or all(one is not None and one.source for one in new)
