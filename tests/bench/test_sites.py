"""The harness that times whole sites: what it counts, and what it does not."""

import json
from pathlib import Path
from typing import Any

import pytest

from bench import corpus, edits, sites
from bench.peers import builders, markdown
from bench.peers.facts import Facts
from bench.running import run

OURS = tuple(one for one in sites.CASES if one.builder == "nutgraf")


def _measured(bench: sites.Bench) -> dict[str, str]:
    return {name: one.wrong for name, one in bench.measured.items()}


def test_a_round_of_ours_is_counted(tmp_path: Path) -> None:
    bench = sites.Bench(100, tmp_path, OURS)
    bench.round()
    assert _measured(bench) == {one.name: "" for one in OURS}
    cold = bench.measured["nutgraf cold"]
    assert cold.runs[0].wall > 0
    assert cold.runs[0].cpu > 0
    assert cold.runs[0].megabytes > 10
    assert 98 <= cold.pages <= 110
    assert any("nutgraf cold" in line for line in sites.table(bench))


def test_a_build_that_fails_is_not_counted(tmp_path: Path) -> None:
    bench = sites.Bench(100, tmp_path, OURS[:1])
    (bench.projects["nutgraf"] / "content" / "stories" / "broken.yml").write_text("title: [")
    bench.round()
    assert _measured(bench)["nutgraf cold"].startswith("ended with 1")
    assert not bench.measured["nutgraf cold"].runs


def test_a_build_with_too_few_pages_is_not_counted(tmp_path: Path) -> None:
    bench = sites.Bench(100, tmp_path, OURS[:1])
    bench.pages = 1_000
    bench.round()
    assert _measured(bench)["nutgraf cold"].endswith("pages of 1000")


def test_a_command_is_timed_with_its_children(tmp_path: Path) -> None:
    done = run(("sh", "-c", "python3 -c 'x = sum(range(6_000_000))'; echo done; exit 3"), tmp_path)
    assert (done.code, done.output) == (3, "done\n")
    assert done.cpu > 0.05


@pytest.mark.parametrize("name", ["nutgraf", "hugo", "material"])
def test_edits_put_the_same_words_into_everybodys_project(name: str, tmp_path: Path) -> None:
    facts = tmp_path / "corpus"
    corpus.write(100, facts)
    builder = builders.named(name)
    builder.prepare(facts, tmp_path / name)
    term = edits.popular_term(facts)
    for number in (1, 2):
        edits.edit_statement(builder, tmp_path / name, number)
        edits.edit_term(builder, tmp_path / name, term, number)
    for path in (builder.story, builder.term(term)):
        text = (tmp_path / name / path).read_text()
        assert edits.words(2) in text
        assert edits.words(1) not in text


def test_the_peers_pages_have_the_links_of_ours(tmp_path: Path) -> None:
    corpus.write(100, tmp_path / "corpus")
    markdown.write(tmp_path / "corpus" / "content", tmp_path / "markdown")
    facts = Facts(tmp_path / "corpus" / "content")
    docs = tmp_path / "markdown" / "docs"
    assert len(list(docs.rglob("*.md"))) == 99  # and a 404 page, which the theme has
    for key, one in facts.said.items():
        story = (docs / "stories" / f"{one.story}.md").read_text()
        assert f"[^{one.anchor}]: **" in story
        for target in {target for _, target in one.pieces if target}:
            assert f"(../{target}.md" in story
            assert f"../stories/{one.story}.md#{one.anchor})" in (docs / f"{target}.md").read_text(), key


def _entry(ours: float, hugo: float) -> dict[str, Any]:
    return {
        "commit": "abc",
        "sites": {"100": {"nutgraf cold": {"cpu": [ours, ours]}, "hugo": {"cpu": [hugo]}}},
    }


def test_the_history_tells_what_became_slower(tmp_path: Path) -> None:
    history = tmp_path / "deep" / "history.jsonl"
    assert sites.remember(history, _entry(1.0, 1.0)) == []
    assert sites.remember(history, _entry(1.1, 1.0)) == []
    assert sites.remember(history, _entry(2.2, 1.0)) == [
        "nutgraf cold, 100 pages: 2.00 times the processor time of abc"
    ]
    # The machine is slower, and we are not.
    assert sites.remember(history, _entry(4.4, 2.0)) == []
    assert len([json.loads(line) for line in history.read_text().splitlines()]) == 4
