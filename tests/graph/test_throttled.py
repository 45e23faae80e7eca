"""A graph that is gone through step by step."""

from __future__ import annotations

import pytest

from nutgraf.checks.runner import RULES, check
from nutgraf.graph import throttled
from nutgraf.loading.tree import read_tree
from nutgraf.site import Settings, prepare
from tests.making import ROOT, graph

STATEMENTS = "\n".join(f"{{id: s{number}, text: Works closed its plant {number}}}" for number in range(40))


class _EnoughError(Exception):
    pass


def test_steps_are_made_wherever_one_goes_through_it() -> None:
    whole = graph(STATEMENTS)
    steps: list[None] = []
    seen = throttled(whole, lambda: steps.append(None))
    for things in (
        seen.statements,
        seen.statements.values(),
        seen.statements.items(),
        seen.in_batches(tuple(whole.statements)),
    ):
        del steps[:]
        assert len([*things]) == len(whole.statements)
        assert len(steps) == len(whole.statements) // 8
    del steps[:]
    assert seen.statements == whole.statements
    assert seen.underlying is whole
    assert steps == []


def test_a_step_may_end_it() -> None:
    def enough() -> None:
        raise _EnoughError

    with pytest.raises(_EnoughError):
        list(check(graph("{id: a, text: Works closed its plant}"), between=enough))


@pytest.mark.parametrize("content", ["content", "tests/sites/mistakes/content", "tests/sites/hostile/content"])
def test_rules_find_the_same_and_are_interrupted_within(content: str) -> None:
    tree = read_tree(ROOT / content).files
    found = prepare(tree, Settings("Site"), (ROOT / "templates",)).graph
    steps: list[None] = []
    assert list(check(found, between=lambda: steps.append(None))) == list(check(found))
    assert len(steps) > 2 * len(RULES)
