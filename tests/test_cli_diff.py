"""`nutgraf diff` and the reports for a forge: a real repository, real revisions, real exit codes."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from nutgraf import cli

if TYPE_CHECKING:
    from pathlib import Path

STORY = "content/stories/town-clock.yml"


def git(folder: Path, *arguments: str) -> None:
    """Run git as somebody, whatever the machine has set up."""
    who = ("-c", "user.name=Editor", "-c", "user.email=editor@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", folder, *who, *arguments], check=True, capture_output=True)  # noqa: S607 - whichever git there is


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """Begin a site below the top of a repository, with one commit on `main`."""
    folder = tmp_path / "news"
    assert cli.main(["init", str(folder)]) == 0
    git(tmp_path, "init", "--initial-branch=main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--message=begin")
    monkeypatch.chdir(folder)
    capsys.readouterr()
    return folder


def edit(site: Path, old: str, new: str, file: str = STORY) -> None:
    """Replace a text that is there."""
    text = (site / file).read_text(encoding="utf-8")
    assert old in text
    (site / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_site_as_it_was_shows_no_change(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(site, "title:", "# a comment\ntitle:")
    assert cli.main(["diff", "HEAD"]) == 0
    assert capsys.readouterr().out == "No changes for readers.\n"


def test_a_grave_change_fails_until_it_is_acknowledged(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(site, "      - id: worn\n", "      - id: worn\n        certainty: established\n")
    assert cli.main(["diff", "HEAD", "--today", "2024-05-21"]) == 1
    told = capsys.readouterr().out
    assert told.startswith("error[certainty-raised]: `worn` was raised from `claimed` to `established`")
    assert "Readers will see 1 changed statement on 6 pages, one more certain.\n" in told
    assert "content/stories/town-clock.yml:" in told
    entry = "revisions:\n  - {date: 2024-05-21, kind: update, statements: worn, note: Now from the report}\n"
    path = site / STORY
    text = path.read_text(encoding="utf-8")
    assert "\nrevisions:" not in text
    path.write_text(f"{text.rstrip()}\n{entry}", encoding="utf-8")
    assert cli.main(["diff", "HEAD"]) == 0
    assert "1 breaking change is acknowledged." in capsys.readouterr().out


def test_the_commit_at_which_branches_parted_leaves_out_what_the_other_gained(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(site, "switch", "--create", "edit")
    edit(site, "title:", "# mine\ntitle:")
    git(site, "commit", "--all", "--message=mine")
    git(site, "switch", "main")
    edit(site, "      - id: worn\n", "      - id: worn\n        certainty: established\n")
    git(site, "commit", "--all", "--message=theirs")
    git(site, "switch", "edit")
    assert cli.main(["diff", "main", "HEAD"]) == 0
    assert "1 changed statement" in capsys.readouterr().out
    assert cli.main(["diff", "--merge-base", "main"]) == 0
    assert capsys.readouterr().out == "No changes for readers.\n"


def test_programs_and_forges_get_paths_from_the_top_of_the_repository(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(site, "      - id: worn\n", "      - id: worn\n        certainty: established\n")
    assert cli.main(["diff", "HEAD", "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["changes"][0]["place"]["path"] == f"news/{STORY}"
    assert cli.main(["diff", "HEAD", "--format", "github"]) == 1
    assert capsys.readouterr().out.startswith(f"::error file=news/{STORY},line=")
    assert cli.main(["diff", "HEAD", "--format", "sarif"]) == 1
    result = json.loads(capsys.readouterr().out)["runs"][0]["results"][0]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == f"news/{STORY}"
    assert cli.main(["diff", "HEAD", "--format", "markdown"]) == 1
    assert "**Readers will see 1 changed statement" in capsys.readouterr().out


def test_check_annotates_a_pull_request(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(site, "      - id: worn\n", "      - id: worn\n        colour: blue\n")
    assert cli.main(["check", "--format", "github"]) == 1
    assert capsys.readouterr().out.startswith(f"::error file=news/{STORY},line=")
    assert cli.main(["check", "--format", "sarif"]) == 1
    run = json.loads(capsys.readouterr().out)["runs"][0]
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == f"news/{STORY}"


@pytest.mark.usefixtures("site")
def test_folders_are_compared_without_a_repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["init", str(tmp_path / "other")]) == 0
    edit(tmp_path / "other", "      - id: worn\n", "      - id: worn\n        certainty: established\n")
    capsys.readouterr()
    assert cli.main(["diff", "content", str(tmp_path / "other")]) == 1
    assert "error[certainty-raised]" in capsys.readouterr().out
    assert cli.main(["diff", "--merge-base", "content"]) == 2
    assert "content is a folder" in capsys.readouterr().err


def test_errors_in_the_new_content_are_no_clean_bill(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(site, "      - id: worn\n", "      - id: worn\n        colour: blue\n")
    assert cli.main(["diff", "HEAD"]) == 1
    told = capsys.readouterr()
    assert "the new content has 1 error" in told.out
    assert "nutgraf check" in told.err


@pytest.mark.parametrize("name", ["nowhere", "main..HEAD", "--output=/tmp/x", "", "no/such/folder"])
@pytest.mark.usefixtures("site")
def test_a_revision_that_is_none_is_refused(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["diff", "--", name]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_another_wording_is_told_with_the_sentences_that_it_reframes(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = site / "templates/wording/en.yml"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text('frames:\n  reported: ["[{date}, ]{text}, as {by} knows"]\n', encoding="utf-8")
    assert cli.main(["diff", "HEAD"]) == 0
    told = capsys.readouterr().out
    assert "warning[frames-changed]" in told
    assert "knows" in told
    git(site, "add", ".")
    git(site, "commit", "--message=wording")
    assert cli.main(["diff", "HEAD"]) == 0
    assert capsys.readouterr().out == "No changes for readers.\n"
    assert cli.main(["diff", "HEAD~1", "HEAD"]) == 0
    assert "warning[frames-changed]" in capsys.readouterr().out
    own.unlink()
    assert cli.main(["diff", "HEAD"]) == 0
    assert "warning[frames-changed]" in capsys.readouterr().out


def test_content_that_moves_with_its_setting_is_compared_with_what_it_was(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(site, "docs_dir: content", "docs_dir: facts", "mkdocs.yml")
    (site / "content").rename(site / "facts")
    assert cli.main(["diff", "HEAD"]) == 0
    told = capsys.readouterr().out
    assert told.count("warning[") == 1
    assert "warning[file-changed]: File `mkdocs.yml` changed" in told
    edit(
        site,
        "      - id: worn\n",
        "      - id: worn\n        certainty: established\n",
        STORY.replace("content", "facts"),
    )
    assert cli.main(["diff", "HEAD"]) == 1
    assert "error[certainty-raised]" in capsys.readouterr().out


def test_a_page_that_is_written_by_hand_is_compared(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = site / "content/about.md"
    page.write_text("# About\n\nWe are two.\n", encoding="utf-8")
    git(site, "add", ".")
    git(site, "commit", "--message=about")
    page.write_text("# About\n\nWe are three.\n", encoding="utf-8")
    assert cli.main(["diff", "HEAD"]) == 0
    told = capsys.readouterr().out
    assert "note[page-changed]: Page `about.md` changed" in told
    assert "1 change other than to statements" in told


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/extra.js", "document.title = 1\n"),
        ("content/stories/town-clock/index.html", "<h1>The clock</h1>\n"),
        ("content/people/ada.yml", "name: Ada\n"),
        ("templates/pages/story.html", "nothing\n"),
        ("hooks/late.py", "# a hook\n"),
        ("theme/main.html", "nothing\n"),
    ],
)
def test_a_file_that_is_not_compared_is_named(
    site: Path, capsys: pytest.CaptureFixture[str], path: str, text: str
) -> None:
    edit(site, "docs_dir: content", "docs_dir: content\nhooks: [hooks/late.py]", "mkdocs.yml")
    edit(site, "theme:\n", "theme:\n  custom_dir: theme\n", "mkdocs.yml")
    for name in ("hooks/late.py", "theme/main.html"):
        (site / name).parent.mkdir()
        (site / name).write_text("{% extends 'base.html' %}\n" if name.endswith("html") else "", encoding="utf-8")
    git(site, "add", ".")
    git(site, "commit", "--message=hooks")
    assert cli.main(["diff", "HEAD"]) == 0
    assert capsys.readouterr().out == "No changes for readers.\n"
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    (site / path).write_text(text, encoding="utf-8")
    assert cli.main(["diff", "HEAD"]) == 0
    told = capsys.readouterr().out
    assert f"warning[file-changed]: File `{path.removeprefix('content/')}`" in told
    assert f"--> {path}:1:1" in told
    assert "No changes" not in told
    git(site, "add", ".")
    git(site, "commit", "--message=file")
    assert cli.main(["diff", "HEAD"]) == 0
    assert capsys.readouterr().out == "No changes for readers.\n"
    assert cli.main(["diff", "HEAD~1", "HEAD"]) == 0
    assert "warning[file-changed]" in capsys.readouterr().out


def test_a_file_that_makes_no_page_is_not_named(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "README.md").write_text("A site\n", encoding="utf-8")
    (site / "content/.draft").write_text("a draft\n", encoding="utf-8")
    assert cli.main(["diff", "HEAD"]) == 0
    assert capsys.readouterr().out == "No changes for readers.\n"


def test_line_ends_of_a_working_tree_are_no_change(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "content/extra.css").write_bytes(b"p {\n}\n")
    git(site, "add", ".")
    git(site, "commit", "--message=style")
    (site / "content/extra.css").write_bytes(b"p {\r\n}\r\n")
    assert cli.main(["diff", "HEAD"]) == 0
    assert capsys.readouterr().out == "No changes for readers.\n"
