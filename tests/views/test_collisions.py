"""Files that take the place of a page, or of each other. They are made here: not every system could store them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nutgraf.graph import resolve
from nutgraf.loading.content import load
from nutgraf.loading.other_files import Excluded, read_beside
from nutgraf.views.collisions import collisions
from tests.making import tree

if TYPE_CHECKING:
    from pathlib import Path

RECORDS = {
    "stories/s.yml": "{title: Bridge, formerly: old-bridge, based_on: memo}",
    "stories/d.yml": "{title: Later, status: draft}",
    "entities/vale.yml": "{name: Uma Vale}",
    "sources/memo.yml": "{publisher: vale, published: 2023-04-11}",
    "glossary/toll.yml": "{label: toll, short: A fee.}",
}


def found(*files: str, records: dict[str, str] = RECORDS) -> list[tuple[str, str]]:
    graph = resolve(load(tree(records))).graph
    return [(f"{one.severity}[{one.rule}]", one.span.path) for one in collisions(graph, files)]


@pytest.mark.parametrize(
    "path",
    [
        "stories/s/index.html",
        "stories/s.md",
        "stories/s/index.md",
        "stories/s/README.md",
        "stories/S/index.html",
        "stories/old-bridge/index.html",
        "stories/d.md",
        "entities/vale.md",
        "entities/index.md",
        "entities/README.md",
        "entities/index.html",
        "sources/memo/index.html",
        "sources/index.md",
        "glossary/toll.md",
        "glossary/index.html",
        "timeline.md",
        "timeline/index.md",
        "Timeline.md",
        "reading.md",
        "checking.md",
        "changes.md",
        "glossary.json",
        "feed.xml",
        "feed.json",
        "search/search_index.json",
        "sitemap.xml",
        "assets/cards/site--0123456789.png",
    ],
)
def test_a_file_in_the_place_of_a_generated_one_is_an_error(path: str) -> None:
    assert found(path) == [("error[replaced-page]", path)]


def test_the_record_of_the_page_is_named() -> None:
    graph = resolve(load(tree(RECORDS))).graph
    (one,) = collisions(graph, ["entities/vale.md"])
    assert one.headline == "`entities/vale.md` takes the place of the generated page /entities/vale/"
    assert [other.span.path for other in one.related] == ["entities/vale.yml"]


@pytest.mark.parametrize(
    "path",
    [
        "index.md",
        "README.md",
        "about.md",
        "s.html",
        "stories/README.md",
        "stories/picture.png",
        "stories/s.png",
        "stories/s/picture.png",
        "404.html",
        "assets/own.css",
        "entities/notes.md",
        "console.md",
        "auxiliary/nulls.md",
    ],
)
def test_other_files_are_silent(path: str) -> None:
    assert found(path) == []


@pytest.mark.parametrize("path", ["feed.xml", "feed.json", "assets/cards/site--0123456789.png"])
def test_a_site_without_an_address_has_neither_feeds_nor_cards(path: str) -> None:
    graph = resolve(load(tree(RECORDS))).graph
    assert list(collisions(graph, [path], has_address=False)) == []


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (("sub.md", "sub/index.md"), "`sub/index.md` and `sub.md` become the same page"),
        (("a/index.html", "a.md"), "`a.md` and `a/index.html` become the same page"),
        (("a/README.md", "a.md"), "`a.md` and `a/README.md` become the same page"),
        (("About.md", "about.md"), "`about.md` and `About.md` differ only in upper and lower case"),
        (("img/A.png", "img/a.png"), "`img/a.png` and `img/A.png` differ only in upper and lower case"),
    ],
)
def test_two_files_that_become_one_are_a_warning(files: tuple[str, ...], told: str) -> None:
    graph = resolve(load(tree(RECORDS))).graph
    (one,) = collisions(graph, files)
    assert (one.rule, one.is_error, one.headline) == ("colliding-files", False, told)
    assert [other.span.path for other in one.related] == [files[0]]


@pytest.mark.parametrize("name", ["con", "prn", "aux", "nul", "com1", "lpt9"])
@pytest.mark.parametrize("folder", ["stories", "entities", "sources", "glossary"])
def test_an_id_that_windows_cannot_store_is_a_warning(folder: str, name: str) -> None:
    kind = {"stories": "s", "entities": "vale", "sources": "memo", "glossary": "toll"}[folder]
    more = {f"{folder}/{name}.yml": RECORDS[f"{folder}/{kind}.yml"].replace(", formerly: old-bridge", "")}
    assert found(records={**RECORDS, **more}) == [("warning[colliding-files]", f"{folder}/{name}.yml")]


@pytest.mark.parametrize("path", ["aux.md", "img/nul.png", "con/a.md", "Com1.md"])
def test_so_is_a_file(path: str) -> None:
    assert found(path) == [("warning[colliding-files]", path)]


def test_similar_ids_are_silent() -> None:
    names = ("console", "com", "com10", "nul-1", "aux-b", "lpt")
    assert found(records={**RECORDS, **{f"entities/{name}.yml": f"name: X {name}" for name in names}}) == []


def test_links_to_records_are_found_in_pages_and_navigation(tmp_path: Path) -> None:
    pages = {
        "about.md": "[a](entities/a.yml) and [b](/entities/b/) and [c]: sources/c.yml\n\n[d](glossary/d.yml#x)",
        "deep/x.md": "[e](../entities/e.yml) [f](../../sources/f/) entities/g",
        "static.html": '<a href="entities/h/">h</a> <a href=/entities/i/index.html>i</a>',
        "entities/notes.md": "[j](j.yml)",
        "note.txt": "[k](entities/k.yml)",
        ".hidden.md": "[l](entities/l.yml)",
        "drafts/z.md": "[m](entities/m.yml)",
        "stories/s.yml": "title: '[n](entities/n.yml)'",
    }
    for path, text in pages.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    beside = read_beside(tmp_path, ["entities/o.yml", "index.md"], Excluded((("^drafts/.*$", True),)))
    assert sorted("/".join(one) for one in beside.named) == [
        "entities/a",
        "entities/b",
        "entities/e",
        "entities/h",
        "entities/i",
        "entities/j",
        "entities/o",
        "glossary/d",
        "sources/c",
        "sources/f",
    ]
    assert beside.files == ("about.md", "note.txt", "static.html", "deep/x.md", "entities/notes.md")
