"""The content as it is in a git revision: real repositories, made for each test."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from nutgraf.loading.git import RevisionError, merge_base, read_revision
from nutgraf.loading.source import MAX_BYTES
from nutgraf.loading.tree import read_tree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def git(folder: Path, *arguments: str) -> str:
    names = {f"GIT_{who}_{what}": "A" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **names, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    command = ["git", "-C", str(folder), *arguments]  # as in a shell
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def write(folder: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def commit(folder: Path, files: Mapping[str, str], message: str = "edit") -> str:
    write(folder, files)
    git(folder, "add", "-A")
    git(folder, "commit", "--quiet", "-m", message)
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with its content in a folder, one commit behind it."""
    folder = tmp_path / "project"
    folder.mkdir()
    git(folder, "init", "--quiet", "-b", "main")
    first = {"content/stories/a.yml": "title: A\n", "content/entities/b.yml": "name: B\n", "mkdocs.yml": "x: y\n"}
    commit(folder, first)
    git(folder, "tag", "v1")
    return folder


def test_the_files_as_they_were(project: Path) -> None:
    commit(project, {"content/stories/a.yml": "title: Another\n"})
    write(project, {"content/stories/a.yml": "title: Not committed\n"})
    old = read_revision(project, "v1", "content")
    assert dict(old.files) == {"entities/b.yml": b"name: B\n", "stories/a.yml": b"title: A\n"}
    assert not old.diagnostics
    assert read_revision(project, "HEAD", "content").files["stories/a.yml"] == b"title: Another\n"


def test_the_same_as_from_the_folder(project: Path) -> None:
    more = {
        "content/sources/x.txt": "kept\n",
        "content/sources/x.yaml": "title: X\n",
        "content/glossary/deep/x.yml": "label: X\n",
        "content/about.md": "# About\n",
        "content/stories/.a.yml": "title: swap\n",
        "content/stories/größe.yml": "title: Größe\n",
    }
    commit(project, more)
    found, known = read_revision(project, "main", "content").files, read_tree(project / "content").files
    assert {path: data for path, data in found.items() if not path.endswith(".txt")} == {
        path: data for path, data in known.items() if not path.endswith(".txt")
    }
    assert found["sources/x.txt"] == b"kept\n"


def test_from_a_folder_within_the_repository(project: Path) -> None:
    assert set(read_revision(project / "content", "main").files) == {"entities/b.yml", "stories/a.yml"}
    assert set(read_revision(project / "content" / "stories", "main", "..").files) == {
        "entities/b.yml",
        "stories/a.yml",
    }


def test_a_project_within_a_repository(project: Path) -> None:
    commit(project, {"sites/news/content/stories/n.yml": "title: N\n"})
    assert set(read_revision(project / "sites" / "news", "main", "content").files) == {"stories/n.yml"}
    assert set(read_revision(project, "main", "sites/news/content").files) == {"stories/n.yml"}


def test_a_bare_repository(project: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", str(project), "bare.git")
    assert set(read_revision(tmp_path / "bare.git", "main", "content").files) == {"entities/b.yml", "stories/a.yml"}


def test_a_file_that_was_renamed(project: Path) -> None:
    git(project, "mv", "content/stories/a.yml", "content/stories/c.yml")
    commit(project, {})
    assert set(read_revision(project, "HEAD~1", "content").files) == {"entities/b.yml", "stories/a.yml"}
    assert set(read_revision(project, "HEAD", "content").files) == {"entities/b.yml", "stories/c.yml"}


def test_a_content_folder_that_was_renamed(project: Path) -> None:
    git(project, "mv", "content", "facts")
    commit(project, {})
    assert set(read_revision(project, "main", "facts").files) == {"entities/b.yml", "stories/a.yml"}
    with pytest.raises(RevisionError, match="the revision `main` has no folder content") as caught:
        read_revision(project, "main", "content")
    assert "as it was called there" in caught.value.help


def test_links_within_the_content_are_followed_and_others_are_not(project: Path) -> None:
    stories = project / "content" / "stories"
    (stories / "inside.yml").symlink_to("a.yml")
    (stories / "chain.yml").symlink_to("inside.yml")
    (stories / "circle.yml").symlink_to("circle.yml")
    (stories / "outside.yml").symlink_to("../../mkdocs.yml")
    (stories / "absolute.yml").symlink_to("/etc/hostname")
    commit(project, {})
    tree = read_revision(project, "main", "content")
    assert {path for path in tree.files if path.startswith("stories")} == {
        *("stories/a.yml", "stories/chain.yml", "stories/inside.yml"),
    }
    assert [(one.rule, one.span.path) for one in tree.diagnostics] == [
        ("not-a-file", "stories/absolute.yml"),
        ("not-a-file", "stories/circle.yml"),
        ("not-a-file", "stories/outside.yml"),
    ]


def test_a_file_that_is_too_large(project: Path) -> None:
    commit(project, {"content/stories/large.yml": "#" * (MAX_BYTES + 1)})
    tree = read_revision(project, "main", "content")
    assert "stories/large.yml" not in tree.files
    assert [one.rule for one in tree.diagnostics] == ["file-too-large"]


def test_odd_bytes_come_through(project: Path) -> None:
    odd = b"\xff\x00\r\n\n"
    (project / "content" / "stories" / "odd.yml").write_bytes(odd)
    (project / "content" / "stories" / "empty.yml").write_bytes(b"")
    commit(project, {})
    files = read_revision(project, "main", "content").files
    assert (files["stories/odd.yml"], files["stories/empty.yml"]) == (odd, b"")


@pytest.mark.parametrize(
    ("revision", "message", "advice"),
    [
        ("mian", "there is no revision `mian`", "Did you mean `main`?"),
        ("zzzzzz", "there is no revision `zzzzzz`", "git branch --all"),
        ("--help", "there is no revision `--help`", ""),
        ("main..v1", "`main..v1` is a range", "BASE HEAD"),
        ("main...v1", "is a range", "BASE HEAD"),
        ("", "a revision has a name", ""),
        ("HEAD:content", "there is no revision", ""),
    ],
)
def test_no_such_revision(project: Path, revision: str, message: str, advice: str) -> None:
    with pytest.raises(RevisionError, match=message.replace(".", r"\.")) as caught:
        read_revision(project, revision, "content")
    assert advice in caught.value.help


def test_a_branch_that_is_only_at_the_remote(project: Path, tmp_path: Path) -> None:
    git(project, "branch", "facts")
    git(tmp_path, "clone", "--quiet", str(project), "clone")
    with pytest.raises(RevisionError) as caught:
        read_revision(tmp_path / "clone", "facts", "content")
    assert caught.value.help == "Did you mean `origin/facts`?"


def test_a_shallow_clone(project: Path, tmp_path: Path) -> None:
    commit(project, {"content/stories/a.yml": "title: Another\n"})
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{project}", "clone")
    assert read_revision(tmp_path / "clone", "HEAD", "content").files["stories/a.yml"] == b"title: Another\n"
    with pytest.raises(RevisionError) as caught:
        read_revision(tmp_path / "clone", "HEAD~1", "content")
    assert "shallow clone" in caught.value.help
    assert "fetch-depth: 0" in caught.value.help


def test_not_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(RevisionError, match="is not in a git repository"):
        read_revision(tmp_path, "main")
    with pytest.raises(RevisionError, match="there is no folder"):
        read_revision(tmp_path / "nowhere", "main")


def test_outside_of_the_repository(project: Path) -> None:
    with pytest.raises(RevisionError, match="outside of the repository"):
        read_revision(project, "main", "../other")


def test_without_git(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RevisionError, match="git is not installed"):
        read_revision(project, "main")


def test_the_environment_of_a_hook_leads_nowhere_else(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "--quiet")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    assert set(read_revision(project, "main", "content").files) == {"entities/b.yml", "stories/a.yml"}


def test_where_two_branches_parted(project: Path) -> None:
    parted = git(project, "rev-parse", "HEAD")
    git(project, "checkout", "--quiet", "-b", "edit")
    commit(project, {"content/stories/a.yml": "title: Edited\n"})
    git(project, "checkout", "--quiet", "main")
    commit(project, {"content/stories/z.yml": "title: Meanwhile\n"})
    assert merge_base(project, "main", "edit") == parted


def test_nothing_in_common(project: Path) -> None:
    git(project, "checkout", "--quiet", "--orphan", "alone")
    commit(project, {"content/stories/z.yml": "title: Z\n"})
    with pytest.raises(RevisionError, match="no commit in common"):
        merge_base(project, "main", "alone")
