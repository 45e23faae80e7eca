"""The texts of sources: read beside their records, and never a part of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.loading.content import is_archive, is_record, load
from nutgraf.loading.tree import read_tree
from tests.making import told

if TYPE_CHECKING:
    from pathlib import Path


def test_a_text_is_loaded_by_the_id_of_its_source() -> None:
    loaded = load({"sources/letter.txt": b"\xef\xbb\xbfone\r\ntwo \xe2\x80\x9cthree\xe2\x80\x9d"})
    assert loaded.content.archives == {"letter": "one\ntwo “three”"}
    assert not loaded.content.sources
    assert not loaded.diagnostics


def test_bytes_that_are_not_utf8_are_complained_of() -> None:
    loaded = load({"sources/letter.txt": b"na\xefve"})
    (complaint,) = loaded.diagnostics
    assert complaint.rule == "not-utf8"


def test_only_texts_of_sources_count() -> None:
    assert is_archive("sources/letter.txt")
    assert not is_archive("stories/letter.txt")
    assert not is_archive("sources/old/letter.txt")
    assert not is_archive("sources/letter.md")


def test_texts_are_read_from_the_folder_and_kept_out_of_the_site(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "letter.yml").write_text("{publisher: unknown, published: unknown}")
    (tmp_path / "sources" / "letter.txt").write_text("one")
    tree = read_tree(tmp_path)
    assert list(tree.files) == ["sources/letter.txt", "sources/letter.yml"]
    assert not told(tree.diagnostics)
    assert is_record("sources/letter.txt")
    assert not is_record("stories/letter.txt")


def test_a_text_without_a_source_is_warned_of(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "letter.yml").write_text("{publisher: unknown, published: unknown}")
    (tmp_path / "sources" / "leter.txt").write_text("one")
    assert told(read_tree(tmp_path).diagnostics) == [
        "sources/leter.txt:1:1: stray-file: Text `leter.txt` belongs to no source | Did you mean `letter.txt`?"
    ]
