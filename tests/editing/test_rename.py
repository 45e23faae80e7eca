"""Another id: everything that named the old one names the new one, readers see no change, and old links lead on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nutgraf import cli
from nutgraf.diff import Snapshot, comparison
from nutgraf.editing.edits import TextEdit, applied
from nutgraf.editing.rename import RenameError, rename
from nutgraf.graph.redirects import anchors
from nutgraf.loading.content import load
from tests.making import BASE, ROOT, english, resolved, story, told, tree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SITES = ("content", "tests/sites/sewol/content")


def files_of(site: str) -> dict[str, bytes]:
    """Return the files of a site, the texts of sources among them."""
    folder = ROOT / site
    paths = (path for path in sorted(folder.rglob("*")) if path.suffix in {".yml", ".txt"})
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def renamed(files: Mapping[str, bytes], old: str, new: str) -> dict[str, bytes]:
    """Return all files after a renaming."""
    done = rename(files, load(files), old, new)
    return {path: data for path, data in {**files, **done.files}.items() if path not in done.moved}


def _ids(site: str) -> list[str]:
    content = load(files_of(site)).content
    found = [one.key for one in anchors(content)][::4]
    found += [f"{name}/{figure}" for name, one in content.stories.items() for figure in one.quantities][::3]
    found += [f"entities/{name}" for name in content.entities][::3]
    found += [f"sources/{name}" for name in content.sources][::3]
    found += [f"glossary/{name}" for name in content.terms][::5]
    return [*found, *(f"stories/{name}" for name in content.stories)]


@pytest.mark.parametrize(("site", "old"), [(site, old) for site in SITES for old in _ids(site)])
def test_readers_see_no_change_and_nothing_dangles(site: str, old: str) -> None:
    before = files_of(site)
    after = renamed(before, old, "quite-another-name")
    assert after != before
    sides = Snapshot.read(before, english()), Snapshot.read(after, english())
    found = comparison(*sides)
    assert not found.new_mistakes, told(found.new_mistakes)
    assert [change.headline for change in found.changes] == []
    assert len(sides[1].diagnostics) == len(sides[0].diagnostics)


FILES = {
    **BASE,
    **story(
        """
        {id: sale, text: "Ada Adams sold [Works](entity:works)", rests_on: old}
        {id: old, text: Works is old, by: ada, source: blog}
        works: Works works
        """,
        "rests_on: [sale, s/old]",
    ),
    "entities/works.yml": "name: Works\n# the end\nabout: an old yard\nrests_on: s/old",
    "entities/works-two.yml": "{name: Works Two}",
}


def test_nothing_else_in_the_files_changes() -> None:
    after = renamed(tree(FILES), "entities/works", "yard")
    assert "entities/works.yml" not in after
    assert after["entities/yard.yml"].decode() == (
        "name: Works\n# the end\nabout: an old yard\nrests_on: s/old\nformerly: works"
    )
    assert b"[Works](entity:yard)" in after["stories/s.yml"]
    assert after["stories/s.yml"].replace(b"entity:yard", b"entity:works") == tree(FILES)["stories/s.yml"]


def test_a_statement_is_named_from_its_story_and_from_others() -> None:
    after = renamed(tree(FILES), "old", "age")
    text = after["stories/s.yml"].decode()
    assert "rests_on: [sale, s/age]" in text
    assert "rests_on: age}" in text
    assert "{id: age, formerly: old, text: Works is old" in text
    assert after["entities/works.yml"].endswith(b"rests_on: s/age")


def test_a_shorthand_gets_fields() -> None:
    text = renamed(tree(FILES), "s/works", "busy")["stories/s.yml"].decode()
    assert "      - id: busy\n        formerly: works\n        text: Works works\n" in text


def test_a_shorthand_between_brackets_gets_fields() -> None:
    files = tree({**BASE, **story("{worn: Works is old}")})
    assert b"- {id: busy, formerly: worn, text: Works is old}" in renamed(files, "s/worn", "busy")["stories/s.yml"]


def test_a_second_renaming_keeps_the_first_redirect() -> None:
    twice = renamed(renamed(renamed(tree(FILES), "old", "age"), "age", "years"), "years", "time")
    assert b"{id: time, formerly: [old, age, years], text" in twice["stories/s.yml"]
    twice = renamed(renamed(tree(FILES), "entities/works", "yard"), "yard", "dock")
    assert twice["entities/dock.yml"].endswith(b"formerly: [works, yard]")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("entities/works", "Works Inc", "`Works Inc` is no id"),
        ("entities/works", "ada", "`entities/ada` is there already"),
        ("s/old", "sale", "`sale` is an id of that story already"),
        ("nobody", "somebody", "there is nothing with the id `nobody`"),
    ],
)
def test_what_cannot_be_is_refused(old: str, new: str, message: str) -> None:
    files = tree(FILES)
    with pytest.raises(RenameError, match=message):
        rename(files, load(files), old, new)


def test_the_id_of_a_record_and_of_a_statement_are_told_apart() -> None:
    files = tree({**FILES, "sources/works.yml": "{publisher: post, published: 2023-04-11}"})
    with pytest.raises(RenameError, match="several records") as caught:
        rename(files, load(files), "works", "yard")
    assert caught.value.help == "Say which: `entities/works`, `sources/works`"


def test_an_own_figure_of_a_statement_keeps_its_name() -> None:
    made = story(
        "{id: a, text: Works has {men}}\n{id: b, text: Works had {men}, quantities: {men: {amount: 3, kind: count}}}",
        "quantities: {men: {amount: 5, kind: count}, half: {amount: 2, kind: count, part_of: men}}",
    )
    text = renamed(tree({**BASE, **made}), "s/men", "crew")["stories/s.yml"].decode()
    assert "{id: a, text: Works has {crew}}" in text
    assert "{id: b, text: Works had {men}, quantities: {men:" in text
    assert "part_of: crew}" in text
    assert not resolved({"stories/s.yml": text}).diagnostics


def test_edits_may_not_overlap() -> None:
    assert applied("a é b\r\nc".encode(), [TextEdit(1, 3, 4, "e"), TextEdit(2, 1, 2, "d")]) == b"a e b\r\nd"
    for wrong in (
        [TextEdit(1, 1, 3, "x"), TextEdit(1, 2, 4, "y")],
        [TextEdit(9, 1, 1, "x")],
        [TextEdit(1, 1, 99, "x")],
    ):
        with pytest.raises(ValueError, match=r"overlaps|outside"):
            applied(b"abcdef", wrong)


def test_the_command_moves_the_file_and_names_what_is_left_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["init", str(tmp_path / "site")]) == 0
    monkeypatch.chdir(tmp_path / "site")
    page = tmp_path / "site/content/about.md"
    page.write_text("See [it](glossary/escapement.yml).\n", encoding="utf-8")
    capsys.readouterr()
    assert cli.main(["rename", "--dry-run", "escapement", "anchor-escapement"]) == 0
    assert "+formerly: escapement" in capsys.readouterr().out
    assert (tmp_path / "site/content/glossary/escapement.yml").is_file()
    assert cli.main(["rename", "escapement", "anchor-escapement"]) == 0
    told_ = capsys.readouterr()
    assert told_.out.startswith("glossary/escapement is now anchor-escapement:")
    assert "content/about.md:1 names it by hand" in told_.err
    assert not (tmp_path / "site/content/glossary/escapement.yml").exists()
    assert cli.main(["check"]) == 0
    assert cli.main(["build"]) == 0
    assert (tmp_path / "site/site/glossary/escapement/index.html").is_file()
    assert cli.main(["rename", "nobody", "x"]) == 2
    (tmp_path / "site/content/stories/town-clock.yml").write_text("title: [", encoding="utf-8")
    assert cli.main(["rename", "anchor-escapement", "x"]) == 1
