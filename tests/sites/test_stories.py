"""Stories of other kinds than the shipped one, by authors who did not write the compiler: every sentence of them.

`sentences.md` beside each has been read sentence by sentence, against the facts in its YAML; `make snapshots` rewrites
it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nutgraf.checks.runner import check
from nutgraf.graph import resolve
from nutgraf.loading.content import load
from nutgraf.wording.compiler import SentenceCompiler
from tests.making import ROOT, english, told

if TYPE_CHECKING:
    from nutgraf.graph import Graph

STORIES = ("lk99", "vw")


def _graph(site: str) -> Graph:
    content = ROOT / "tests/sites" / site / "content"
    files = {one.relative_to(content).as_posix(): one.read_bytes() for one in content.rglob("*.yml")}
    loaded = load(files)
    resolution = resolve(loaded)
    assert not told((*loaded.diagnostics, *resolution.diagnostics))
    return resolution.graph


@pytest.mark.parametrize("site", STORIES)
def test_no_rule_complains(site: str) -> None:
    assert not told(tuple(check(_graph(site))))


@pytest.mark.parametrize("site", STORIES)
def test_every_sentence_is_as_it_was_read(site: str, *, snapshots: bool) -> None:
    graph = _graph(site)
    lines = [f"# What readers are told in `{site}`\n"]
    for statement in graph.statements.values():
        unit = SentenceCompiler(graph, english()).unit(statement)
        lines.append(f"`{statement.id}`: {' '.join(sentence.source for sentence in unit.sentences)}\n")
    expected = ROOT / "tests/sites" / site / "sentences.md"
    if snapshots:
        expected.write_text("\n".join(lines), encoding="utf-8")
    assert "\n".join(lines) == expected.read_text(encoding="utf-8")
