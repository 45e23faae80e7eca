"""A content folder, with all that a file system can put into it."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from nutgraf.diagnostics import Severity
from nutgraf.loading.source import MAX_BYTES
from nutgraf.loading.tree import Tree, read_tree
from tests import literate


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a content folder with one record."""
    folder = tmp_path / "content"
    for name in ("stories", "entities", "sources", "glossary"):
        (folder / name).mkdir(parents=True)
    write(folder / "stories" / "ok.yml")
    return folder


def write(path: Path, text: str = "title: x\n") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def told(tree: Tree) -> str:
    return literate.render(tree.diagnostics)


def test_records_come_by_their_paths_in_order(content: Path) -> None:
    write(content / "entities" / "b.yaml", "name: B\n")
    write(content / "entities" / "a.yml", "name: A\n")
    write(content / "glossary" / "1-2-three.yml")
    write(content / "about.md")
    write(content / "stories" / "README.md")
    tree = read_tree(content)
    assert list(tree.files) == ["entities/a.yml", "entities/b.yaml", "glossary/1-2-three.yml", "stories/ok.yml"]
    assert tree.files["entities/a.yml"] == b"name: A\n"
    assert not tree.diagnostics


def test_folders_may_be_missing(tmp_path: Path) -> None:
    assert read_tree(tmp_path) == Tree()


@pytest.mark.parametrize("name", ["nowhere", "file", "nul\0"])
def test_without_a_folder_there_is_a_complaint(tmp_path: Path, name: str) -> None:
    write(tmp_path / "file")
    tree = read_tree(tmp_path / name)
    assert [(found.rule, str(found.span)) for found in tree.diagnostics] == [("missing-folder", ".:1:1")]


def test_what_editors_leave_behind_is_passed_over(content: Path) -> None:
    for name in (".#ok.yml", "#ok.yml#", ".ok.yml.swp", "ok.yml~", "4913", ".hidden.yml", "ok.yml.bak", ".DS_Store"):
        write(content / "stories" / name)
    (content / ".git").mkdir()
    # Emacs locks a file with a link to nothing.
    (content / "stories" / ".#lock.yml").symlink_to("user@host.123")
    tree = read_tree(content)
    assert list(tree.files) == ["stories/ok.yml"]
    assert not tree.diagnostics


def test_a_folder_named_like_a_file(content: Path) -> None:
    (content / "stories" / "x.yml").mkdir()
    assert told(read_tree(content)) == (
        "stories/x.yml:1:1: error[not-a-file] Folder has the name of a record file\n"
        "  help: Rename the folder. A record is one file.\n"
    )


def test_a_pipe_is_not_opened(content: Path) -> None:
    os.mkfifo(content / "stories" / "x.yml")
    assert told(read_tree(content)).startswith("stories/x.yml:1:1: error[not-a-file] This is a pipe or a device")


def test_a_socket_is_not_opened(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(content / "stories")  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("x.yml")
        assert "error[not-a-file]" in told(read_tree(content))


@pytest.mark.parametrize("target", ["/etc/hostname", "/dev/zero", "../../outside.yml", "/", "../.."])
def test_a_link_out_of_the_folder(content: Path, target: str) -> None:
    write(content.parent / "outside.yml")
    (content / "stories" / "x.yml").symlink_to(target)
    tree = read_tree(content)
    assert told(tree) == (
        "stories/x.yml:1:1: error[link-outside] Link leads out of the content folder\n"
        "  help: Put the file itself here. A site is built from its content folder and nothing else.\n"
    )
    assert list(tree.files) == ["stories/ok.yml"]


def test_a_folder_that_is_a_link_out(content: Path, tmp_path: Path) -> None:
    write(tmp_path / "elsewhere" / "x.yml")
    (content / "sources").rmdir()
    (content / "sources").symlink_to(tmp_path / "elsewhere")
    assert told(read_tree(content)).startswith("sources:1:1: error[link-outside]")


def test_a_link_that_stays_inside_is_a_file(content: Path, tmp_path: Path) -> None:
    (content / "stories" / "again.yml").symlink_to("ok.yml")
    (tmp_path / "link").symlink_to(content)
    tree = read_tree(tmp_path / "link")
    assert list(tree.files) == ["stories/again.yml", "stories/ok.yml"]
    assert not tree.diagnostics


@pytest.mark.parametrize("target", ["nothing.yml", "x.yml"])
def test_a_link_to_nothing(content: Path, target: str) -> None:
    (content / "stories" / "x.yml").symlink_to(target)
    assert told(read_tree(content)) == (
        "stories/x.yml:1:1: error[broken-link] Link leads to nothing\n  help: Delete it, or mend its target.\n"
    )


def test_a_file_that_cannot_be_read(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert told(read_tree(content)) == (
        "stories/ok.yml:1:1: error[unreadable-file] File cannot be read: permission denied\n"
    )


def test_a_file_that_goes_away_is_gone(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def vanish(path: Path) -> bytes:
        raise FileNotFoundError(2, "No such file or directory", str(path))

    monkeypatch.setattr(Path, "read_bytes", vanish)
    assert read_tree(content) == Tree()


def test_a_folder_that_is_a_file(content: Path) -> None:
    (content / "sources").rmdir()
    write(content / "sources")
    assert told(read_tree(content)) == (
        "sources:1:1: error[unreadable-file] Folder `sources` cannot be read: not a directory\n"
    )


def test_a_huge_file_is_not_read(content: Path) -> None:
    with (content / "stories" / "x.yml").open("wb") as file:
        file.truncate(MAX_BYTES * 1000)
    tree = read_tree(content)
    assert "error[file-too-large] File has 1,000,000,000 bytes, more than 1,000,000" in told(tree)
    assert list(tree.files) == ["stories/ok.yml"]


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("Musk_Twitter.yml", "ending in `.yml`, for example `musk-twitter.yml`."),
        ("a--b.yml", "ending in `.yml`, for example `a-b.yml`."),
        ("über uns.yml", "ending in `.yml`, for example `ber-uns.yml`."),
        ("a.b.yaml", "ending in `.yml`, for example `a-b.yml`."),
        ("a.YML", "ending in `.yml`, for example `a.yml`."),
        ("세월호.yml", "ending in `.yml`."),
    ],
)
def test_a_name_that_is_no_id(content: Path, name: str, advice: str) -> None:
    write(content / "stories" / name)
    tree = read_tree(content)
    (complaint,) = tree.diagnostics
    assert (complaint.rule, complaint.span.path) == ("malformed-id", f"stories/{name}")
    assert complaint.help.endswith(advice)
    # It is read all the same: its mistakes are told together with its name's.
    assert f"stories/{name}" in tree.files


@pytest.mark.parametrize("name", [b"a\xff.yml", b"a\n.yml", b"a\x1b[31m.yml"])
def test_a_name_that_cannot_be_written_is_shown_all_the_same(content: Path, name: bytes) -> None:
    Path(os.fsdecode(bytes(content / "stories") + b"/" + name)).write_bytes(b"title: x\n")
    (complaint,) = read_tree(content).diagnostics
    assert complaint.rule == "malformed-id"
    assert complaint.span.path.isprintable()
    complaint.span.path.encode()


def test_two_files_of_one_record(content: Path) -> None:
    write(content / "stories" / "ok.yaml")
    assert told(read_tree(content)) == (
        "stories/ok.yaml:1:1: error[duplicate-record] Record `ok` has two files\n"
        "  help: Keep one of the two.\n"
        "  note: stories/ok.yml:1:1: this is the other\n"
    )


def test_records_in_a_folder_inside(content: Path) -> None:
    write(content / "stories" / "2023" / "april" / "x.yml")
    write(content / "stories" / "pictures" / "x.png")
    assert told(read_tree(content)) == (
        "stories/2023:1:1: error[nested-folder] Files in the folder `stories/2023` are not read\n"
        "  help: Move them up into `stories/`: a record lies directly in its folder.\n"
    )


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("story", "stories"),
        ("Stories", "stories"),
        ("entitites", "entities"),
        ("entity", "entities"),
        ("source", "sources"),
        ("glossery", "glossary"),
        ("terms", "glossary"),
    ],
)
def test_a_folder_with_a_misspelled_name(content: Path, name: str, meant: str) -> None:
    write(content / name / "x.yml")
    (complaint,) = read_tree(content).diagnostics
    assert (complaint.rule, complaint.severity) == ("misspelled-folder", Severity.WARNING)
    assert complaint.help == f"Did you mean `{meant}`?"


def test_other_folders_are_of_no_concern(content: Path) -> None:
    write(content / "assets" / "x.yml")
    write(content / "story" / "x.md")
    assert not read_tree(content).diagnostics


def test_a_record_beside_the_folders(content: Path) -> None:
    write(content / "x.yml")
    (complaint,) = read_tree(content).diagnostics
    assert (complaint.rule, complaint.severity, str(complaint.span)) == ("stray-file", Severity.WARNING, "x.yml:1:1")


@pytest.mark.parametrize(
    ("path", "text", "headline"),
    [
        ("people/ada.yml", "name: Ada", "Folder `people` isn't a content folder: its files are published as they are"),
        ("persons/ada.yml", "x: y", "Folder `persons` isn't a content folder: its files are published as they are"),
        (
            "staff/ada.yml",
            "name: Ada\nkind: person",
            "`staff/ada.yml` looks like a content file, but is published as it is",
        ),
        ("data/chart.yml", "width: 3\ncolumns: [a]", ""),
        ("data/broken.yml", "a: [", ""),
    ],
)
def test_records_in_unknown_folders_are_told(tmp_path: Path, path: str, text: str, headline: str) -> None:
    for name, data in {path: text, "stories/s.yml": "title: S\n"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(data, encoding="utf-8")
    assert [one.headline for one in read_tree(tmp_path).diagnostics] == ([headline] if headline else [])
