"""What is seen of some files at once is what is seen of them when all are gone through."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from nutgraf.checks.runner import check, check_some
from nutgraf.diagnostics import Diagnostic, Severity
from nutgraf.graph import Graph, resolve
from nutgraf.loading.content import load
from nutgraf.loading.tree import read_tree
from tests.checks.mistakes import MISTAKES, SITES
from tests.making import BASE, ROOT


def graph_of(tree: dict[str, bytes]) -> Graph:
    return resolve(load(tree)).graph


def errors(found: list[Diagnostic], path: str) -> list[Diagnostic]:
    return sorted(
        (
            one
            for one in found
            if one.severity is Severity.ERROR and one.span.path == path and one.rule != "unreachable-entity"
        ),
        key=lambda one: (one.rule, one.span.line, one.span.column, one.headline),
    )


@pytest.mark.parametrize("site", SITES)
def test_some_files(site: str) -> None:
    tree = dict(read_tree(Path(ROOT, site)).files)
    chance = random.Random(7)  # noqa: S311 - it makes mistakes, no secrets
    tried = [(path, mistake) for path in sorted(tree) for mistake in MISTAKES]
    tried = [one for one in tried if one[0].startswith("stories/")] + chance.sample(tried, 20)
    seen = 0
    for path, (pattern, replacement) in tried[:60]:
        text = re.sub(pattern, replacement, tree[path].decode(errors="replace"), count=3)
        graph = graph_of({**tree, path: text.encode()})
        wanted = errors([*check(graph)], path)
        assert errors([*check_some(graph, {path})], path) == wanted
        seen += len(wanted)
    assert seen


def test_a_file_may_end_in_yaml() -> None:
    tree = {
        **{path: text.encode() for path, text in BASE.items()},
        "glossary/odd.yaml": b"label: zymurgical\nshort: of brewing\n",
        "glossary/even.yaml": b"label: zymotic\nshort: of yeast\nallow: [{rule: unused-term, reason: it is coming}]\n",
    }
    (found,) = (one for one in check(graph_of(tree)) if one.span.path.startswith("glossary/"))
    assert (found.rule, str(found.span)) == ("unused-term", "glossary/odd.yaml:1:8")
