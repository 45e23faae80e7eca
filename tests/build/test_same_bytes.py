"""The fast way makes what MkDocs makes, byte for byte, whatever the configuration."""

from __future__ import annotations

import importlib
import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from nutgraf import cli
from tests.making import ROOT

if TYPE_CHECKING:
    from pathlib import Path

MKDOCS_WAY: Any = importlib.import_module("nutgraf.cli.build")._build_with_mkdocs  # noqa: SLF001
SITES = {
    "story": ROOT,
    "sewol": ROOT / "tests/sites/sewol",
    "hostile": ROOT / "tests/sites/hostile",
    "golden": ROOT / "tests/golden",
    "begun": ROOT / "templates/init",
}
PLAIN = """\
site_name: A <site> & its "name"
docs_dir: content
plugins: [search, {nutgraf: {format: 1}}]
theme: {name: material, font: false}
"""
PUBLISHED = """\
site_url: https://example.org/explainers
repo_url: https://github.com/example/explainers
"""


def a_site(folder: Path, content: Path, config: str) -> Path:
    """Make a site of a content folder."""
    folder.mkdir()
    shutil.copytree(content, folder / "content")
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """Return all files of a site."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def both(site: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Build a site both ways and return the files of both."""
    monkeypatch.chdir(site)
    assert cli.main(["build", "-d", "fast"]) == 0
    MKDOCS_WAY(None, site / "long", strict=False)
    return files(site / "fast"), files(site / "long")


def assert_same(site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> dict[str, bytes]:
    """Build a site both ways, and return its files."""
    fast, long = both(site, monkeypatch)
    assert "made with MkDocs" not in capsys.readouterr().err
    assert fast.keys() == long.keys()
    assert [path for path, data in fast.items() if long[path] != data] == []
    return fast


@pytest.mark.parametrize("published", ["", PUBLISHED], ids=["at-home", "published"])
@pytest.mark.parametrize("name", SITES)
def test_sites(
    name: str, published: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # One of the sites breaks rules on purpose.
    monkeypatch.setattr("nutgraf.checks.runner.check", lambda *_: ())
    site = a_site(tmp_path / "site", SITES[name] / "content", PLAIN + published)
    built = assert_same(site, monkeypatch, capsys)
    assert sum(path.endswith(".html") for path in built) > 10
    assert ("feed.xml" in built) == bool(published)


CONFIGURATIONS = {
    "tabs-and-paths": PLAIN.replace(
        "font: false",
        "font: false, features: "
        "[navigation.tabs, navigation.path, navigation.footer, navigation.indexes, toc.integrate]",
    )
    + "nav: [{Stories: index.md}, {More: [timeline.md, glossary/index.md, {Who: entities/index.md}]}]\n",
    "titles-from-pages": PLAIN + "nav: [index.md, reading.md, timeline.md, about.md]\n",
    "record-in-the-nav": PLAIN + "nav: [index.md, stories/town-clock.yml, {Ada: entities/ada-sample.yml}]\n",
    "no-search": PLAIN.replace("search, ", ""),
    "another-language": PLAIN.replace("font: false", "font: false, language: de") + "copyright: <b>Nobody</b>\n",
    "other-repository": PLAIN + "repo_url: https://git.example/x\nedit_uri_template: 'change/{path!q}?now'\n",
    "prefix-and-scripts": PLAIN
    + "site_url: https://example.org/a/b/\nextra_css: [own.css]\nextra_javascript: [own.js]\n"
    + "theme: {name: material, font: false, features: [content.action.edit]}\n".replace("theme", "extra: {a: b}\n#"),
}


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_configurations(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = a_site(tmp_path / "site", SITES["begun"] / "content", CONFIGURATIONS[name])
    (site / "content/own.css").write_text("p{}", encoding="utf-8")
    (site / "content/own.js").write_text("1", encoding="utf-8")
    assert_same(site, monkeypatch, capsys)


def test_pages_by_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    site = a_site(tmp_path / "site", SITES["begun"] / "content", PLAIN + PUBLISHED)
    (site / "content/index.md").write_text("---\ntitle: Welcome\n---\n# Hello\n\n[x](stories/town-clock.yml)\n")
    (site / "content/deep/er").mkdir(parents=True)
    (site / "content/deep/er/page.md").write_text("!!! note\n    `code`\n\n[x](../../entities/ada-sample.yml)\n")
    (site / "content/stories/picture.png").write_bytes(b"\x89PNG")
    built = assert_same(site, monkeypatch, capsys)
    assert b"Hello" in built["index.html"]


def test_page_by_hand_in_the_place_of_a_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = a_site(tmp_path / "site", SITES["begun"] / "content", PLAIN)
    (site / "content/stories/town-clock.md").write_text("# The clock\n", encoding="utf-8")
    monkeypatch.chdir(site)
    assert cli.main(["build", "-d", "fast"]) == 1
    told = " ".join(capsys.readouterr().err.split())
    assert "`stories/town-clock.md` takes the place of the generated page /stories/town-clock/" in told
    assert not (site / "fast").exists()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("hooks: [hook.py]", "hooks"),
        ("plugins: [search, tags, {nutgraf: {format: 1}}]", "tags"),
        ("theme: {name: material, font: false, custom_dir: own}", "custom_dir"),
        ("theme: {name: material, font: false, features: [content.action.view]}", "features"),
    ],
)
def test_what_nobody_can_foresee_goes_the_long_way(
    change: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    key = change.partition(":")[0]
    config = "".join(line for line in PLAIN.splitlines(keepends=True) if not line.startswith(key)) + change + "\n"
    site = a_site(tmp_path / "site", SITES["begun"] / "content", config)
    (site / "hook.py").write_text("def on_post_page(output, **_):\n    return output.replace('</h1>', '!</h1>')\n")
    (site / "own").mkdir()
    (site / "own/main.html").write_text(
        '{% extends "base.html" %}{% block footer %}{{ page.title | upper }}{% endblock %}'
    )
    fast, long = both(site, monkeypatch)
    assert reason in capsys.readouterr().err
    assert fast == long


def test_a_template_of_pages_that_leaves_the_heading_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = a_site(tmp_path / "site", SITES["begun"] / "content", PLAIN)
    (site / "templates/pages").mkdir(parents=True)
    (site / "templates/pages/term.html").write_text("<p>{{ view.title }}</p>", encoding="utf-8")
    fast, long = both(site, monkeypatch)
    assert "of the page /glossary/" in capsys.readouterr().err
    assert fast == long


@pytest.mark.parametrize("link", ["stories/town-clock.yml#nothing", "stories/nothing.yml"])
def test_a_link_that_leads_nowhere_is_complained_of(
    link: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = a_site(tmp_path / "site", SITES["begun"] / "content", PLAIN + "validation: {anchors: warn}\n")
    (site / "content/about.md").write_text(f"[x]({link})", encoding="utf-8")
    monkeypatch.chdir(site)
    assert cli.main(["build"]) == 0
    assert link in capsys.readouterr().err
    assert cli.main(["build", "--strict"]) == 1


def test_a_worker_that_is_killed_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = a_site(tmp_path / "site", SITES["begun"] / "content", PLAIN)
    monkeypatch.chdir(site)
    monkeypatch.setattr("nutgraf.build.shell_worker._Exporter._read", lambda _: os._exit(9))
    assert cli.main(["build"]) == 1
    assert "nothing was built, because the system ended one of its processes" in capsys.readouterr().err
