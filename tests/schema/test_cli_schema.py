"""`nutgraf schema`: what it writes where, and what it leaves alone."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from nutgraf import cli
from nutgraf.loading.content import load

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = ".nutgraf/schema/story.json"
SETTINGS = ".vscode/settings.json"


def _git(*arguments: str) -> str:
    command = ["git", *arguments]  # as in a shell
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """Begin a site and go there."""
    assert cli.main(["init", str(tmp_path / "site")]) == 0
    monkeypatch.chdir(tmp_path / "site")
    capsys.readouterr()
    return tmp_path / "site"


def test_it_writes_schemas_and_tells_the_editor_of_them(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["schema", "--check"]) == 1
    assert not (site / ".nutgraf").exists()
    assert cli.main(["schema"]) == 0
    settings = json.loads((site / SETTINGS).read_text(encoding="utf-8"))
    assert settings["yaml.schemas"][SCHEMA] == ["content/stories/*.yml", "content/stories/*.yaml"]
    for path, globs in settings["yaml.schemas"].items():
        assert json.loads((site / path).read_text(encoding="utf-8"))["$schema"].endswith("draft-07/schema#")
        assert [*site.glob(globs[0])]
    assert "town-clock/" in (site / SCHEMA).read_text(encoding="utf-8")
    capsys.readouterr()
    assert cli.main(["schema", "--check"]) == 0
    assert cli.main(["schema"]) == 0
    assert capsys.readouterr().out == "The schemas are up to date.\n"


def test_a_new_id_makes_them_old(site: Path) -> None:
    assert cli.main(["schema"]) == 0
    (site / "content/entities/nobody.yml").write_text("name: Nobody\n", encoding="utf-8")
    assert cli.main(["schema", "--check"]) == 1
    assert cli.main(["schema"]) == 0
    assert '"nobody"' in (site / SCHEMA).read_text(encoding="utf-8")


def test_without_ids_any_will_do(site: Path) -> None:
    assert cli.main(["schema", "--without-ids"]) == 0
    assert "town-clock/" not in (site / SCHEMA).read_text(encoding="utf-8")


@pytest.mark.usefixtures("site")
def test_git_does_not_see_the_schemas() -> None:
    _git("init", "-q")
    assert cli.main(["schema"]) == 0
    told = _git("status", "--porcelain", "-uall")
    assert SETTINGS in told
    assert ".nutgraf" not in told


def test_the_settings_lie_where_the_repository_begins(site: Path) -> None:
    _git("init", "-q", str(site.parent))
    assert cli.main(["schema"]) == 0
    settings = json.loads((site.parent / SETTINGS).read_text(encoding="utf-8"))
    assert settings["yaml.schemas"][f"site/{SCHEMA}"][0] == "site/content/stories/*.yml"
    assert not (site / ".vscode").exists()


def test_other_settings_stay(site: Path) -> None:
    (site / ".vscode").mkdir()
    (site / SETTINGS).write_text('{\n\t"editor.tabSize": 8,\n\t"yaml.schemas": {"a.json": "b"}\n}\n', encoding="utf-8")
    assert cli.main(["schema"]) == 0
    text = (site / SETTINGS).read_text(encoding="utf-8")
    assert text.startswith('{\n\t"editor.tabSize": 8')
    assert json.loads(text)["yaml.schemas"]["a.json"] == "b"
    assert SCHEMA in json.loads(text)["yaml.schemas"]


@pytest.mark.parametrize("text", ["{} // mine", "[1]", '{"yaml.schemas": 1}', "{"])
def test_settings_that_cannot_be_read_are_left_alone(site: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    (site / ".vscode").mkdir()
    (site / SETTINGS).write_text(text, encoding="utf-8")
    assert cli.main(["schema"]) == 0
    told = capsys.readouterr()
    assert "left as it is" in told.err
    assert SCHEMA in told.out
    assert (site / SETTINGS).read_text(encoding="utf-8") == text
    assert (site / SCHEMA).is_file()


def test_a_modeline_names_the_schema_and_changes_nothing_else(site: Path) -> None:
    story = site / "content/stories/town-clock.yml"
    old = story.read_bytes()
    marked = site / "content/entities/marked.yml"
    marked.write_bytes(b"\xef\xbb\xbfname: Marked\r\n")
    assert cli.main(["schema", "--modelines"]) == 0
    assert story.read_bytes() == b"# yaml-language-server: $schema=../../.nutgraf/schema/story.json\n" + old
    assert marked.read_bytes() == (
        b"\xef\xbb\xbf# yaml-language-server: $schema=../../.nutgraf/schema/entity.json\r\nname: Marked\r\n"
    )
    assert not load({"entities/marked.yml": marked.read_bytes()}).diagnostics
    assert (story.parent / "../../.nutgraf/schema/story.json").resolve().is_file()
    new = story.read_bytes()
    assert cli.main(["schema", "--modelines"]) == 0
    assert story.read_bytes() == new
    assert cli.main(["fmt", "--check"]) == 1
    assert cli.main(["fmt"]) == 0
    assert story.read_bytes() == new


def test_content_with_mistakes_has_the_ids_that_can_be_read(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "content/entities/broken.yml").write_text("name: [", encoding="utf-8")
    assert cli.main(["schema"]) == 0
    assert "not all of its ids are known" in capsys.readouterr().err
    assert "town-clock/" in (site / SCHEMA).read_text(encoding="utf-8")
