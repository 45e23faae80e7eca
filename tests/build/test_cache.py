"""What is kept between builds: used where it can be, told of where it is odd, and never executed."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nutgraf import cli
from nutgraf.build import cache, shell_cache
from nutgraf.build import pipeline as building
from nutgraf.build.cache import Cache
from nutgraf.build.page_writer import write
from nutgraf.build.shell_cache import CachedShell
from nutgraf.diagnostics import Severity
from nutgraf.template_dirs import bundled_templates, template_folders
from tests.making import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a site that was built, in which the test works."""
    folder = tmp_path / "site-of-test"
    shutil.copytree(ROOT / "tests/sites/sewol", folder)
    monkeypatch.chdir(folder)
    assert cli.main(["build"]) == 0
    return folder


def edit(file: str, old: str, new: str) -> None:
    path = Path("content", file)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def kept(part: str) -> Path:
    return Path(f".nutgraf/cache/mkdocs.yml.{part}")


def inode(path: str) -> int:
    return Path("site", path).stat().st_ino


@pytest.mark.usefixtures("site")
def test_without_a_change_nothing_is_done(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(building, "load_and_check", None)
    before = inode("index.html")
    capsys.readouterr()
    assert cli.main(["build"]) == 0
    told = capsys.readouterr().out
    assert "Nothing has changed since site was built" in told
    assert "statements  42: 7 established" in told
    assert inode("index.html") == before


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("harm", ["gone", "other", "marker"])
def test_a_damaged_site_is_built_again(harm: str) -> None:
    page = Path("site/timeline/index.html")
    good = page.read_bytes()
    if harm == "gone":
        page.unlink()
    elif harm == "other":
        page.write_bytes(good[:-1] + b" ")
    else:
        Path("site/.nutgraf-site").unlink()
        shutil.rmtree("site/timeline")
        Path("site").rename("elsewhere")
    assert cli.main(["build"]) == 0
    assert page.read_bytes() == good


@pytest.mark.usefixtures("site")
def test_what_a_killed_build_left_is_put_right_though_nothing_changed() -> None:
    Path(".site.new-0123abcd").mkdir()
    Path(".site.new-0123abcd/index.html").touch()
    assert cli.main(["build"]) == 0
    assert not [*Path().glob(".site.*")]


@pytest.mark.usefixtures("site")
def test_cards_are_drawn_again_with_another_font() -> None:
    with Path("mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("\nsite_url: https://example.org/\n")
    assert cli.main(["build"]) == 0
    before = {path.name: path.read_bytes() for path in Path("site/assets/cards").iterdir()}
    Path("templates/card").mkdir(parents=True)
    shutil.copy(bundled_templates() / "card/bold.ttf", "templates/card/regular.ttf")
    assert cli.main(["build"]) == 0
    after = {path.name: path.read_bytes() for path in Path("site/assets/cards").iterdir()}
    assert before.keys() == after.keys()
    assert not {*before.values()} & {*after.values()}


@pytest.mark.usefixtures("site")
def test_mkdocs_is_not_imported() -> None:
    edit("stories/sewol-headcount.yml", "title: ", "title: Again ")
    program = "import sys; sys.modules['mkdocs'] = None; from nutgraf import cli; sys.exit(cli.main(['build']))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Built site" in done.stdout
    shutil.rmtree(".nutgraf")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode != 0


class _Evil:
    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, ("evil",)


def _foreign(value: object) -> bytes:
    payload = pickle.dumps(value)
    return b"".join((cache._MAGIC, Cache(Path("mkdocs.yml")).key, cache.digest(payload), payload))  # noqa: SLF001


class _Attribute:
    """Pickled as what `getattr` returns of something: so Python before 3.11.4 pickles the members of enumerations."""

    def __init__(self, of: object, name: str) -> None:
        self._whole = (of, name)

    def __reduce__(self) -> tuple[object, ...]:
        return getattr, self._whole


def test_members_of_enumerations_are_read_as_every_python_writes_them() -> None:
    kept = _foreign((_Attribute(Severity, "ERROR"), Severity.WARNING))
    assert Cache(Path("mkdocs.yml"))._value(kept) == (Severity.ERROR, Severity.WARNING)  # noqa: SLF001


@pytest.mark.parametrize(("of", "name"), [(Severity, "mro"), (Severity, "__class__"), (Path, "home"), ("text", "join")])
def test_no_other_attribute_is(of: object, name: str) -> None:
    with pytest.raises(pickle.UnpicklingError):
        Cache(Path("mkdocs.yml"))._value(_foreign(_Attribute(of, name)))  # noqa: SLF001


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("part", ["shell", "site"])
@pytest.mark.parametrize("harm", ["cut", "flipped", "not-ours", "evil", "of-another-kind", "folder", "empty"])
def test_an_odd_file_is_ignored(part: str, harm: str, capsys: pytest.CaptureFixture[str]) -> None:
    good = {path: path.read_bytes() for path in Path("site").rglob("*.html")}
    file = kept(part)
    data = file.read_bytes()
    if harm == "folder":
        file.unlink()
        file.mkdir()
    else:
        odd = {
            "cut": data[: len(data) // 2],
            "flipped": data[:-9] + bytes([data[-9] ^ 1]) + data[-8:],
            "not-ours": b"#!/bin/sh\n" * 20,
            "evil": _foreign(_Evil()),
            "of-another-kind": _foreign(["a", 1]),
            "empty": b"",
        }
        file.write_bytes(odd[harm])
    Path("site/reading/index.html").unlink()
    capsys.readouterr()
    assert cli.main(["build"]) == 0
    told = capsys.readouterr().err
    if harm == "folder":
        assert "nothing is kept for the next build" in told or "Is a directory" in told
    else:
        assert f"{file} is ignored: " in told
        assert told.count("\n") <= 2
    assert not Path("evil").exists()
    assert {path: path.read_bytes() for path in Path("site").rglob("*.html")} == good


def forge(part: str, change: Callable[[Any], Any]) -> None:
    """Change what is kept, as somebody does who knows how it is kept."""
    forged = Cache(Path("mkdocs.yml"))
    forged.write(part, change(forged.read(part)))


def beside(site: Path) -> dict[str, bytes]:
    """Return all files around the published site and the cache."""
    paths = (path for path in site.parent.rglob("*") if path.is_file())
    own = (site / "site", site / ".nutgraf")
    return {str(path): path.read_bytes() for path in paths if not any(map(path.is_relative_to, own))}


TEMPLATE = "{% set x = cycler.__init__.__globals__.os.popen('touch RAN').read() %}"
SHELLS: dict[str, Callable[[CachedShell, Path], CachedShell]] = {
    "template": lambda one, _: replace(one, made=replace(one.made, site_map=one.made.site_map + TEMPLATE)),
    "upwards": lambda one, _: replace(one, files={**one.files, "../OUTSIDE": b"x"}),
    "far upwards": lambda one, _: replace(one, files={**one.files, "a/../../OUTSIDE": b"x"}),
    "absolute": lambda one, site: replace(one, files={**one.files, str(site.parent / "OUTSIDE"): b"x"}),
    "another site": lambda one, site: replace(one, said=replace(one.said, site=site.parent / "other")),
    "templates from elsewhere": lambda one, site: replace(
        one,
        said=replace(one.said, own_templates=site.parent / "evil", templates=template_folders(site.parent / "evil")),
    ),
}


@pytest.mark.parametrize("way", SHELLS)
def test_a_forged_shell_runs_nothing_and_writes_nothing_elsewhere(way: str, site: Path) -> None:
    (site.parent / "evil/pages").mkdir(parents=True)
    (site.parent / "evil/pages/story.html").write_text(TEMPLATE, encoding="utf-8")
    forge("shell", lambda one: SHELLS[way](one, site))
    if way.startswith("templates"):
        surrounded = replace(Cache(Path("mkdocs.yml")).read("shell"))
        forge("shell", lambda one: replace(one, surroundings=shell_cache.surroundings(surrounded.said)))
    edit("stories/sewol-headcount.yml", "title: ", "title: Again ")
    before = beside(site)
    assert cli.main(["build"]) == 0
    assert beside(site) == before
    assert "Again" in Path("site/stories/sewol-headcount/index.html").read_text(encoding="utf-8")
    made = {path.relative_to("site").as_posix() for path in Path("site").rglob("*.html")}
    assert cli.main(["build", "--no-cache", "-d", "anew"]) == 0
    assert made == {path.relative_to("anew").as_posix() for path in Path("anew").rglob("*.html")}


@pytest.mark.parametrize("path", ["..", "../x", "a/../../x", "/x", "a\\..\\..\\x", "C:x", "\\x"])
def test_a_path_that_leads_out_of_a_site_is_not_written(path: str, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    with pytest.raises(ValueError, match="outside"):
        write(tmp_path / "site", path, b"x")
    assert [*tmp_path.iterdir()] == [tmp_path / "site"]


@pytest.mark.parametrize("path", ["a..b", "..a/b", "a/b..", "...", "a/c:d"])
def test_any_other_path_is(path: str, tmp_path: Path) -> None:
    write(tmp_path, path, b"x")
    assert (tmp_path / path).read_bytes() == b"x"


@pytest.mark.parametrize("what", [".nutgraf", ".nutgraf/cache", ".nutgraf/cache/.gitignore"])
def test_nothing_is_kept_where_a_symlink_leads(what: str, site: Path) -> None:
    elsewhere = site.parent / "elsewhere"
    place = Path(what)
    if place.is_file():
        place.unlink()
    else:
        shutil.rmtree(place)
        elsewhere.mkdir()
    place.symlink_to(elsewhere)
    edit("stories/sewol-headcount.yml", "title: ", "title: Again ")
    before = beside(site)
    assert cli.main(["build"]) == 0
    assert beside(site) == before
    assert not [one for one in elsewhere.rglob("*") if one.is_file()]


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("line", ["docs_dir: content", "docs_dir: ./content/", "docs_dir: 'content'"])
def test_a_shell_is_used_however_folders_are_written(line: str) -> None:
    config = Path("mkdocs.yml").read_text(encoding="utf-8")
    assert "docs_dir: content\n" in config
    Path("mkdocs.yml").write_text(config.replace("docs_dir: content", line), encoding="utf-8")
    assert cli.main(["build"]) == 0
    found = shell_cache.find(Cache(Path("mkdocs.yml")), strict=None)
    assert isinstance(found, CachedShell)


@pytest.mark.usefixtures("site")
def test_what_another_version_wrote_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cache, "_version", lambda: b"v" * 32)
    capsys.readouterr()
    assert cli.main(["build"]) == 0
    told = capsys.readouterr()
    assert "Built site" in told.out
    assert not told.err


@pytest.mark.usefixtures("site")
def test_the_version_is_that_of_all_that_makes_a_site(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Cache(Path("mkdocs.yml")).key
    assert Cache(Path("mkdocs.yml")).key == before
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert Cache(Path("mkdocs.yml")).key != before


@pytest.mark.usefixtures("site")
def test_without_a_cache_nothing_is_read_or_kept() -> None:
    shutil.rmtree(".nutgraf")
    assert cli.main(["build", "--no-cache"]) == 0
    assert not Path(".nutgraf").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.usefixtures("site")
def test_a_folder_that_cannot_be_written_is_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    Path(".nutgraf/cache").chmod(0o500)
    edit("stories/sewol-headcount.yml", "title: ", "title: Again ")
    assert cli.main(["build"]) == 0
    assert "nothing is kept" in capsys.readouterr().err


@pytest.mark.usefixtures("site")
def test_warnings_are_told_again_and_stop_a_strict_build(capsys: pytest.CaptureFixture[str]) -> None:
    Path("content/sources/nobody.txt").write_text("x", encoding="utf-8")
    for damaged in (False, False, True):
        if damaged:
            Path("site/index.html").unlink()
        capsys.readouterr()
        assert cli.main(["build"]) == 0
        told = capsys.readouterr()
        assert "belongs to no source" in told.err
        assert "warnings    1" in told.out
    assert cli.main(["build", "--strict"]) == 1


@pytest.mark.usefixtures("site")
def test_errors_stop_a_warm_build_and_leave_the_site() -> None:
    before = Path("site/index.html").read_bytes()
    edit("stories/sewol-headcount.yml", "title: ", "tytle: ")
    assert cli.main(["build"]) == 1
    assert Path("site/index.html").read_bytes() == before
    edit("stories/sewol-headcount.yml", "tytle: ", "title: ")
    assert cli.main(["build"]) == 0


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    "line",
    ["markdown_extensions: [pymdownx.snippets]", "extra: {x: !ENV HOME}", "extra: {x: 'INHERIT'}"],
)
def test_what_may_depend_on_other_files_is_not_kept(line: str) -> None:
    shutil.rmtree(".nutgraf")
    with Path("mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write(f"{line}\n")
    assert cli.main(["build"]) == 0
    assert not kept("shell").exists()


@pytest.mark.usefixtures("site")
def test_what_changes_during_a_build_is_not_taken_for_what_was_built(monkeypatch: pytest.MonkeyPatch) -> None:
    finish = building.write_site

    def late(*arguments: object) -> object:
        edit("about.md", "\n", "\nlate\n")
        return finish(*arguments)  # type: ignore[arg-type]

    edit("stories/sewol-headcount.yml", "title: ", "title: Again ")
    monkeypatch.setattr(building, "write_site", late)
    assert cli.main(["build"]) == 0
    monkeypatch.setattr(building, "write_site", finish)
    assert cli.main(["build"]) == 0
    assert "late" in Path("site/about/index.html").read_text(encoding="utf-8")
