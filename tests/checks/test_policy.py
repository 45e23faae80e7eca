"""What a site can set about its checks, in mkdocs.yml and on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nutgraf import cli
from nutgraf.checks.policy import Policy
from nutgraf.checks.runner import check
from tests.making import graph

if TYPE_CHECKING:
    from nutgraf.graph import Graph

STORY = Path("content/stories/town-clock.yml")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make the site of `nutgraf init`, go there, and return its folder."""
    folder = tmp_path / "own"
    assert cli.main(["init", str(folder)]) == 0
    monkeypatch.chdir(folder)
    return folder


def configure(site: Path, checks: str) -> None:
    config = site / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    assert "format: 1" in text
    config.write_text(text.replace("format: 1", f"format: 1\n      checks: {checks}", 1), encoding="utf-8")


def rules(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    capsys.readouterr()
    cli.main(["check", "--format", "json", *arguments])
    found = json.loads(capsys.readouterr().out)
    return [one["rule"] for one in found["diagnostics"]]


def broken(made: Graph, policy: Policy | None = None) -> list[str]:
    """Return the names of the rules that a graph breaks; that its base is not all used does not count."""
    return [one.rule for one in check(made, policy) if one.rule not in {"unreachable-entity", "unused-source"}]


def test_words_are_added_to_a_list(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rules(capsys) == []
    configure(site, "{words: {jargon: {add: [Pigeons]}}}")
    assert rules(capsys) == ["unexplained-jargon"]


def test_words_are_removed_from_a_list() -> None:
    made = graph("{id: a, text: a court issued an injunction}")
    assert broken(made) == ["unexplained-jargon"]
    assert broken(made, Policy(removed={"jargon": ("injunction",)})) == []


@pytest.mark.parametrize(
    ("checks", "said"),
    [
        ("{words: {jargn: {add: [x]}}}", "Did you mean `jargon`?"),
        ("{words: [x]}", "with the name of a word list"),
        ("{words: {jargon: [x]}}", "`add` and `remove`"),
        ("{words: {jargon: {add: x}}}", "lists of words"),
        ("{stale_after: soon}", "stale_after"),
    ],
)
def test_what_cannot_be_set_is_refused(site: Path, capsys: pytest.CaptureFixture[str], checks: str, said: str) -> None:
    configure(site, checks)
    assert cli.main(["check"]) == 2
    assert said in capsys.readouterr().err


def test_staleness_is_measured_on_a_day_that_is_given(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "as_of: 2024-05-20" in STORY.read_text(encoding="utf-8")
    assert rules(capsys) == []
    assert rules(capsys, "--today", "2024-08-18") == []
    assert rules(capsys, "--today", "2024-08-19") == ["stale-story"]
    configure(site, "{stale_after: 5}")
    assert rules(capsys) == []
    assert rules(capsys, "--today", "2024-05-26") == ["stale-story"]


def test_english_words_are_not_looked_for_in_another_language() -> None:
    made = graph("{id: a, text: die Arbeit war recently in the near future}")
    assert broken(made) == ["relative-time", "relative-time"]
    assert broken(made, Policy(locale="de")) == []
    assert broken(made, Policy(locale="de", added={"relative-times": ("war",)})) == ["relative-time"]
