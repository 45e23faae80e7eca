"""A pull request from beginning to end, on the real story: a bare remote, an editor, a reviewer, a publication."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from nutgraf import cli
from tests.making import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STORY = "content/stories/twitter-ai-openai.yml"


@dataclass
class Desk:
    """Somebody's working copy.

    Attributes:
        folder: where it lies.
        go: makes it the working folder.
        told: returns what was printed since the last call.
    """

    folder: Path
    go: Callable[[Path], None]
    told: Callable[[], str]

    def git(self, *arguments: str) -> str:
        """Run git here, as an editor without a name of their own."""
        who = ("-c", "user.name=Editor", "-c", "user.email=editor@example.org", "-c", "commit.gpgsign=false")
        command = ["git", "-C", str(self.folder), *who, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def nutgraf(self, *arguments: str) -> int:
        """Run a command here, and return its exit code."""
        self.go(self.folder)
        self.told()
        return cli.main(arguments)

    def edit(self, old: str, new: str, file: str = STORY) -> None:
        """Replace a text that is there once, as one does by hand."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, old
        path.write_text(text.replace(old, new), encoding="utf-8")

    def commit(self, message: str) -> None:
        """Commit everything."""
        self.git("add", "--all")
        self.git("commit", "--message", message)

    def changes(self, base: str = "HEAD") -> list[tuple[str, str]]:
        """Return kind and subject of what is otherwise for readers."""
        self.nutgraf("diff", base, "--format", "json")
        found: dict[str, Any] = json.loads(self.told())
        return [(one["kind"], one["subject"]) for one in found["changes"]]


@pytest.fixture
def desks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[Desk, Desk, Path]:
    """Return an editor's and a reviewer's desk, clones of one bare repository that holds the real site."""

    def desk(name: str) -> Desk:
        return Desk(tmp_path / name, monkeypatch.chdir, lambda: capsys.readouterr().out)

    remote = tmp_path / "remote.git"
    subprocess.run(["git", "init", "-q", "--bare", "--initial-branch=main", str(remote)], check=True)  # noqa: S607
    first = desk("first")
    shutil.copytree(ROOT / "content", first.folder / "content")
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    (first.folder / "mkdocs.yml").write_text(f"{config}\nsite_url: https://example.org/\n", encoding="utf-8")
    (first.folder / ".gitignore").write_text("/site/\n", encoding="utf-8")
    first.git("init", "-q", "--initial-branch=main")
    first.commit("The site")
    first.git("push", "-q", str(remote), "main")
    for name in ("editor", "reviewer"):
        first.git("clone", "-q", str(remote), str(tmp_path / name))
    return desk("editor"), desk("reviewer"), remote


def _reword(desk: Desk) -> None:
    desk.edit("text: an AI project at Twitter involves a large", "text: an AI project at Twitter uses a large")


def _figure(desk: Desk) -> None:
    desk.edit("gpus: {amount: 10000, ", "gpus: {amount: 12000, ")


def _source(desk: Desk) -> None:
    given = ("--publisher", "business-insider", "--published", "2023-04-14", "--id", "business-insider-later")
    assert desk.nutgraf("add", "source", *given) == 0
    text = "project at Twitter uses a large language model\n        source: "
    desk.edit(f"{text}business-insider-2023", f"{text}[business-insider-2023, business-insider-later]")


def _statement(desk: Desk) -> None:
    text = "Twitter has not said what GPUs are for"
    given = ("--section", "Possible uses", "--source", "business-insider-2023", "--id", "not-said")
    assert desk.nutgraf("add", "statement", "--text", text, *given) == 0
    assert "Business Insider" in desk.told()


def _reply(desk: Desk) -> None:
    given = ("--text", "OpenAI LP is legal", "--by", "openai", "--source", "business-insider-later")
    section = ("--section", "What Elon Musk says about OpenAI")
    assert desk.nutgraf("add", "statement", *given, *section, "--id", "openai-answers", "--certainty", "claimed") == 0
    desk.edit(
        "accuses: {who: openai, asked: unknown, reply: none-found}",
        "accuses: {who: openai, asked: unknown, reply: openai-answers}",
    )


def _rename(desk: Desk) -> None:
    assert desk.nutgraf("rename", "twitter-ai-openai/project-goes-on", "project-continues") == 0


def _layout(desk: Desk) -> None:
    """Write fields in another order and with other space, and let the layout be mended."""
    desk.edit("as_of: 2023-04-12", "as_of:    2023-04-12   # the day of the article")
    desk.edit(
        "        source: microsoft-openai-2019\n        certainty: established\n",
        "        certainty: 'established'\n        source:   [ microsoft-openai-2019 ]\n",
    )
    assert desk.nutgraf("fmt") == 0
    assert "laid out anew" in desk.told()


def _certainty(desk: Desk) -> None:
    desk.edit(
        "text: an AI project at Twitter is at an early stage\n",
        "text: an AI project at Twitter is at an early stage\n        certainty: established\n        allow:\n"
        "          - {rule: unsupported-certainty, reason: for the sake of the walk}\n",
    )


def _date(desk: Desk) -> None:
    desk.edit("when: 2018-02-20", "when: 2018-02-21")


def _retract(desk: Desk) -> None:
    desk.edit(
        "text: Elon Musk became furious when ChatGPT drew wide attention\n",
        "text: Elon Musk became furious when ChatGPT drew wide attention\n"
        "        retracted: {on: 2023-04-14, reason: No source says who saw it.}\n",
    )


EDITS: tuple[tuple[str, Callable[[Desk], None], set[tuple[str, str]]], ...] = (
    ("reword", _reword, {("wording-changed", "language-model")}),
    ("figure", _figure, {("figure-replaced", "twitter-ai-openai#{gpus}")}),
    ("source", _source, {("source-added", "language-model")}),
    ("statement", _statement, {("statement-added", "not-said")}),
    ("reply", _reply, {("statement-added", "openai-answers"), ("reply-added", "musk-legality")}),
    ("rename", _rename, set()),
    ("layout", _layout, set()),
    ("certainty", _certainty, {("certainty-raised", "early-stage")}),
    ("date", _date, {("date-changed", "departure")}),
    ("retract", _retract, {("retracted", "fury")}),
)


def test_ten_edits_go_through_a_pull_request(desks: tuple[Desk, Desk, Path]) -> None:
    editor, reviewer, remote = desks
    editor.git("switch", "-q", "-c", "april")
    for name, make, expected in EDITS:
        make(editor)
        found = {(kind, subject.rpartition("/")[2]) for kind, subject in editor.changes()}
        assert expected <= found, (name, found)
        if not expected:
            assert not found, name
        editor.commit(name)
    editor.git("push", "-q", "origin", "april")

    # The reviewer sees what readers will see, and that two changes need somebody to stand for them.
    reviewer.git("fetch", "-q")
    reviewer.git("switch", "-q", "april")
    assert reviewer.nutgraf("check") == 0
    assert reviewer.nutgraf("diff", "--merge-base", "origin/main", "--format", "markdown", "--today", "2023-04-14") == 1
    comment = reviewer.told()
    assert "Readers will see" in comment.splitlines()[2]
    assert "one more certain, " in comment
    assert "12,000" in comment
    assert "statements: early-stage" in comment
    assert "statements: gpu-purchase" in comment
    assert len(comment.encode()) < 64_000

    # The editor acknowledges them, and the way is free.
    editor.edit(
        "\nunknowns:\n",
        "\nrevisions:\n  - date: 2023-04-14\n    kind: update\n    statements: early-stage\n"
        "    note: The project was shown to us.\n"
        "  - date: 2023-04-14\n    kind: correction\n    statements: gpu-purchase\n"
        "    was: About 10,000 GPUs.\n    note: We had misread the number.\n\nunknowns:\n",
    )
    editor.commit("Say why")
    editor.git("push", "-q", "origin", "april")
    reviewer.git("pull", "-q", "--ff-only")
    assert reviewer.nutgraf("diff", "--merge-base", "origin/main") == 0
    assert "The project was shown to us." in reviewer.told()

    # Merged and published.
    reviewer.git("switch", "-q", "main")
    reviewer.git("merge", "-q", "--no-ff", "-m", "April", "april")
    reviewer.git("push", "-q", "origin", "main")
    published = Desk(remote.parent / "published", editor.go, editor.told)
    reviewer.git("clone", "-q", str(remote), str(published.folder))
    assert published.nutgraf("build") == 0
    page = (published.folder / "site/stories/twitter-ai-openai/index.html").read_text(encoding="utf-8")
    assert "about 12,000" in page
    assert 'id="not-said"' in page
    assert "The project was shown to us." in page
    assert 'id="project-continues"' in page
    assert 'id="project-goes-on"' in page  # the address that was published still leads there
    for feed in ("feed.xml", "feed.json"):
        (file,) = (published.folder / "site").rglob(feed)
        assert "The project was shown to us." in file.read_text(encoding="utf-8")
    assert "The project was shown to us." in (published.folder / "site/changes/index.html").read_text(encoding="utf-8")
