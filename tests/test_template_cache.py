"""Compiled templates outlive the process, and are never in the way."""

from __future__ import annotations

import errno
import os
import tempfile
from typing import TYPE_CHECKING

import jinja2
import pytest

from nutgraf.rendering.template_cache import compiled

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder for temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def rendered(text: str, *, name: str = "test") -> str:
    environment = jinja2.Environment(
        loader=jinja2.DictLoader({"page.html": text}), bytecode_cache=compiled(name), autoescape=True
    )
    return environment.get_template("page.html").render()


def files(temporary: Path) -> list[Path]:
    return sorted(path for path in temporary.rglob("*") if path.is_file())


def test_what_was_compiled_is_not_compiled_again(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rendered("{{ 1 + 1 }}") == "2"
    assert len(files(temporary)) == 1
    monkeypatch.setattr(jinja2.Environment, "_generate", None)
    assert rendered("{{ 1 + 1 }}") == "2"


@pytest.mark.usefixtures("temporary")
def test_another_text_is_compiled() -> None:
    assert rendered("{{ 1 + 1 }}") == "2"
    assert rendered("{{ 1 + 2 }}") == "3"


def test_another_environment_has_its_own(temporary: Path) -> None:
    rendered("{{ 1 + 1 }}")
    rendered("{{ 1 + 1 }}", name="other")
    assert len(files(temporary)) == 2


@pytest.mark.parametrize("length", range(0, 400, 7))
def test_a_file_cut_short_is_compiled_again(temporary: Path, length: int) -> None:
    rendered("{{ 1 + 1 }}")
    (file,) = files(temporary)
    file.write_bytes(file.read_bytes()[:length])
    assert rendered("{{ 1 + 1 }}") == "2"


def test_a_full_disk_is_no_fault(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_named: object) -> object:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", full)
    assert rendered("{{ 1 + 1 }}") == "2"
    assert files(temporary) == []


def test_a_folder_that_is_a_link_is_not_trusted(temporary: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    rendered("{{ 1 + 1 }}")
    (own,) = temporary.iterdir()
    for file in own.iterdir():
        file.unlink()
    own.rmdir()
    own.symlink_to(other)
    assert compiled("test") is None
    assert rendered("{{ 1 + 1 }}") == "2"
    assert files(other) == []
