"""Content with mistakes is never published, but it is shown to who mends it: nothing may fail over what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nutgraf.site import Settings, prepare
from nutgraf.template_dirs import bundled_templates
from tests.making import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutgraf.site import LoadedSite


def _tree(folder: str) -> dict[str, bytes]:
    content = ROOT / folder
    return {path.relative_to(content).as_posix(): path.read_bytes() for path in sorted(content.rglob("*.yml"))}


def _prepared(tree: Mapping[str, bytes]) -> LoadedSite:
    return prepare(tree, Settings("Site"), (Path(bundled_templates()),), drafts=True)


SITES = ("content", "tests/sites/sewol/content")


@pytest.mark.parametrize("folder", ["entities", "sources", "glossary", "stories"])
@pytest.mark.parametrize("site", SITES)
def test_all_pages_are_shown_though_a_whole_folder_is_missing(site: str, folder: str) -> None:
    left = {path: data for path, data in _tree(site).items() if not path.startswith(folder)}
    prepared = _prepared(left)
    assert not prepared.ok or folder == "glossary"
    for address in prepared.pages():
        prepared.render(address)


@pytest.mark.parametrize("site", SITES)
def test_all_sentences_are_made_though_a_file_is_missing(site: str) -> None:
    tree = _tree(site)
    for gone in [path for path in tree if path.startswith(("entities", "sources"))][::2]:
        prepared = _prepared({path: data for path, data in tree.items() if path != gone})
        for key in prepared.graph.statements:
            prepared.context.unit(key)


def test_a_publisher_without_a_file_goes_by_its_id() -> None:
    tree = _tree("content")
    del tree["entities/semafor.yml"]
    prepared = _prepared(tree)
    page = prepared.render("stories/twitter-ai-openai/").html
    assert not prepared.ok
    assert "semafor" in page
    assert "entities/semafor/" not in page
