"""The pages that a comparison names are those that differ between two builds: no more, and no fewer."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from nutgraf import cli
from nutgraf.build.impact import with_pages
from nutgraf.diff import ChangeKind, Comparison, Snapshot, comparison
from nutgraf.diff.snapshot_pair import IdMapping
from nutgraf.glossary import finder_of, mentions_of, published
from nutgraf.loading.tree import read_tree
from nutgraf.rendering.renderer import Renderer
from nutgraf.views import Settings, ViewContext, addresses
from tests.build.random_edits import Site, add, drop, extra, figure, remove, statements, swap, words
from tests.diff.test_pairs import CASES, base, mutilated, sides
from tests.making import ROOT, english

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests import literate

SITE = ROOT / "tests/sites/sewol"
SETTINGS = Settings("Site", "https://site.example/", "https://code.example/site", "edit/main/content")
ROUNDS = int(os.environ.get("NUTGRAF_IMPACT_ROUNDS", "4"))
"""How many sequences of edits are tried; each takes some seconds."""
EDITS = (words, words, swap, swap, drop, extra, extra, figure, add, remove, statements)
BY_HAND = frozenset({ChangeKind.PAGE_CHANGED, ChangeKind.FILE_CHANGED})


@cache
def renderer() -> Renderer:
    return Renderer([ROOT / "templates"])


def compared(old: Snapshot, new: Snapshot) -> Comparison:
    return with_pages(comparison(old, new), old, new, SETTINGS, renderer())


def rendered(side: Snapshot) -> dict[str, str]:
    """Return the pages of a side, rendered without notes."""
    graph = side.graph if side.graph.damaged else published(side.graph)
    bare = Settings(SETTINGS.site_name, SETTINGS.site_url)
    context = ViewContext(graph, mentions_of(graph), finder_of(graph), side.wording, bare)
    pages = {where: renderer().render(where, context) for where in addresses(context.graph)}
    return {where: f"{page.title}\n{page.head}\n{page.html}" for where, page in pages.items()}


def differing(old: Snapshot, new: Snapshot) -> set[str]:
    before, after = rendered(old), rendered(new)
    return {where for where in before.keys() | after.keys() if before.get(where) != after.get(where)}


def named(outcome: Comparison) -> set[str]:
    return {where for one in outcome.changes if one.kind not in BY_HAND for where in one.reach.pages}


@pytest.mark.parametrize("case", CASES[::3], ids=str)
def test_each_kind_of_change_names_its_pages(case: literate.Case) -> None:
    old, new = sides(case)
    outcome = compared(old, new)
    # What was renamed has another address, and is the same for readers; what could not be read is not compared.
    if outcome.changes or (outcome.is_whole and not IdMapping.between(old, new).renamed):
        assert named(outcome) == differing(old, new)
    assert not [one for one in outcome.changes if one.kind is ChangeKind.PAGE_DIFFERS]


def test_a_page_that_no_change_explains_is_told() -> None:
    old, new = (Snapshot.read({**base(), "entities/tolling.yml": text}, english()) for text in (b"name: T", b"name: U"))
    outcome = with_pages(Comparison(), old, new, SETTINGS, renderer())
    assert {one.kind for one in outcome.changes} == {ChangeKind.PAGE_DIFFERS}
    assert {one.subject for one in outcome.changes} == differing(old, new)


@settings(
    max_examples=ROUNDS,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(st.data())
def test_whatever_is_edited(data: st.DataObject) -> None:
    def pick(things: Sequence[Any]) -> Any:  # noqa: ANN401 - one of the things
        return things[data.draw(st.integers(0, len(things) - 1))]

    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder) / "site", pick)
        shutil.copytree(SITE, site.root)
        old = side(site.content)
        for _ in range(data.draw(st.integers(1, 2))):
            edit = pick(EDITS)
            note(f"{edit.__name__}: {edit(site)}")
        new = side(site.content)
    outcome = compared(old, new)
    note(str([(str(one.kind), one.headline) for one in outcome.changes]))
    # What could not be read is not compared, and the comparison says so.
    if outcome.changes or outcome.is_whole:
        assert named(outcome) == differing(old, new)


def side(folder: Path) -> Snapshot:
    return Snapshot.read(read_tree(folder).files, english())


def test_a_change_names_the_pages_that_look_at_it_and_no_others() -> None:
    tree = {
        **base(),
        "stories/budget.yml": base()["stories/budget.yml"].replace(b"opened a fund", b"opened two funds"),
        "sources/archive-2021.yml": base()["sources/archive-2021.yml"] + b"note: Found in a cellar.\n",
    }
    pages = {"more.md": "[A source](sources/archive-2021.yml)."}
    old, new = (Snapshot.read(one, english(), pages=pages) for one in (base(), tree))
    reach = {one.subject: set(one.reach.pages) for one in compared(old, new).changes}
    assert "sources/archive-2021/" in reach["sources/archive-2021"]
    assert "sources/archive-2021/" not in reach["budget/fund"]
    assert {"stories/budget/", "entities/ruth-okafor/", "timeline/"} <= reach["budget/fund"]
    assert "timeline/" not in reach["sources/archive-2021"]
    assert "stories/bridge/" not in reach["budget/fund"]


def test_damaged_content_has_pages_too() -> None:
    whole = Snapshot.read(base(), english())
    for number, tree in enumerate(mutilated()):
        if number % 7 == 0:
            assert compared(whole, Snapshot.read(tree, english())) is not None


@pytest.mark.parametrize("name", ["27-order-not-seen-by-diff", "28-diff-reach-published", "29-diff-reach-unnamed"])
def test_two_builds_differ_in_the_pages_that_are_named(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "site-of-test"
    shutil.copytree(ROOT / "tests/cases" / name, site)
    monkeypatch.chdir(site)
    cli.main(["diff", "before", "content", "--format", "json"])
    told = json.loads(capsys.readouterr().out)
    reach = {where for one in told["changes"] for where in one["reach"]["pages"]}
    assert cli.main(["build", "--no-cache", "-d", "new"]) == 0
    (site / "content").rename(site / "after")
    (site / "before").rename(site / "content")
    assert cli.main(["build", "--no-cache", "-d", "old"]) == 0
    old, new = (
        {file.parent.relative_to(site / one).as_posix(): file.read_bytes() for file in (site / one).rglob("index.html")}
        for one in ("old", "new")
    )
    assert reach == {f"{where}/".removeprefix("./") for where in old if old[where] != new[where]}
