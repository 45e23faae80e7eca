"""Resolving what changed gives what resolving everything gives."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from nutgraf.graph import Resolution, resolve
from nutgraf.loading.content import FileCache, load
from nutgraf.loading.tree import read_tree
from tests.making import ROOT

SITES = ("content", "tests/sites/sewol/content", "tests/golden/content", "tests/sites/hostile/content")
TWO = """\
title: One
sections:
  - title: All
    source: paper
    statements:
      - {id: a, text: it rained, when: 2020-01}
      - {id: b, text: it snowed, rests_on: a, when: 2020-02}
disputes: [{id: d, question: Rain?, positions: [a, b]}]
"""
EDITS = (
    (r"(?m)^( +text: .+)$", r"\1 again"),
    (r"(?m)^( +)certainty: \w+$", r"\1certainty: claimed"),
    (r"(?m)^( +)when: .+$", r"\1when: 1999-01"),
    (r"(?m)^( +)source: .+$\n", ""),
    (r"(?m)^status: \w+$", "status: draft"),
    (r"(?m)^( +)- id: (\S+)$", r"\1- id: \2-x"),
    (r"(?m)^based_on: .+$", "based_on: nothing"),
    (r"positions: \[([^,\]]+), ([^\]]+)\]", r"positions: [\2, \1]"),
    (r"rests_on: .+", ""),
    (r"(?m)^title: .+$", "title: Other\nformerly: [old]"),
    (r"(?m)^(name|label): (.+)$", r"\1: \2 Other"),
    (r"(?m)^(name|label): (.+)$", r"\1: \2\nformerly: [old]"),
    (r"(?m)^(publisher|see_also|affiliation|evidence): .+$", r"\1: nothing"),
)


def assert_same(again: Resolution, anew: Resolution) -> None:
    assert again.diagnostics == anew.diagnostics
    assert [*again.graph.statements.items()] == [*anew.graph.statements.items()]
    assert again.graph.timeline == anew.graph.timeline
    assert again.graph.redirects == anew.graph.redirects
    assert again.graph.content.stories == anew.graph.content.stories


def followed(tree: dict[str, bytes], steps: list[tuple[str, bytes | None]], *, drafts: bool = False) -> int:
    """Follow changes of a tree, and return how many stories were taken over."""
    known: FileCache = {}
    former = resolve(load(tree, known), drafts=drafts)
    taken = 0
    for path, data in steps:
        if data is None:
            tree.pop(path, None)
        else:
            tree[path] = data
        again = resolve(load(tree, known), drafts=drafts, former=former)
        assert_same(again, resolve(load(tree), drafts=drafts))
        kept = {id(one) for one in former.graph.statements.values()}
        taken += sum(id(one) in kept for one in again.graph.statements.values())
        former = again
    return taken


@pytest.mark.parametrize("drafts", [False, True])
@pytest.mark.parametrize("site", SITES)
def test_random_edits(site: str, *, drafts: bool) -> None:
    chance = random.Random(3)  # noqa: S311 - it edits, and keeps no secrets
    whole = dict(read_tree(Path(ROOT, site)).files)
    steps: list[tuple[str, bytes | None]] = []
    for _ in range(12):
        path = chance.choice([one for one in sorted(whole) if one.startswith(chance.choice(("stories/", "")))])
        pattern, replacement = chance.choice(EDITS)
        text = re.sub(pattern, replacement, whole[path].decode(errors="replace"), count=chance.choice((1, 2)))
        steps += [(path, text.encode()), (path, chance.choice((whole[path], whole[path] + b"\n# x\n")))]
        if chance.random() < 0.2:
            steps += [(path, None), (path, whole[path])]
    followed(dict(whole), steps, drafts=drafts)


def test_other_stories_are_taken_over() -> None:
    paper = b"title: Paper\npublisher: desk\nkind: report\npublished: 2020-03-01\n"
    tree = {"stories/one.yml": TWO.encode(), "stories/two.yml": TWO.encode(), "sources/paper.yml": paper}
    tree["entities/desk.yml"] = b"name: The Desk\n"
    assert followed(tree, [("stories/two.yml", TWO.replace("snowed", "hailed").encode())]) == 2
    term = b"label: rain\nshort: Water that falls.\n"
    tree["glossary/rain.yml"] = term
    edited: list[tuple[str, bytes | None]] = [
        ("entities/desk.yml", b"name: The Desk of Works\n"),
        ("glossary/rain.yml", term + b"see_also: [nothing]\n"),
    ]
    assert followed(tree, edited) == 8
    followed(tree, [("glossary/rain.yml", term + b"formerly: [wet]\n"), ("glossary/rain.yml", term)])
    across = TWO.replace("rests_on: a", "rests_on: one/a").encode()
    steps: list[tuple[str, bytes | None]] = [
        ("stories/two.yml", across),
        ("stories/one.yml", TWO.replace("source: paper", "certainty: speculated\n    source: paper").encode()),
        ("stories/one.yml", TWO.replace("id: a", "id: c").encode()),
        ("sources/paper.yml", paper + b"derives_from: [paper]\n"),
        ("sources/paper.yml", None),
    ]
    followed(tree, steps)
