"""Accusations, headings, causes and references: faults are found, and their look-alikes stay silent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench.checks import base
from bench.editorial import RULES, STORY, story
from nutgraf.checks.runner import check
from nutgraf.graph import resolve
from nutgraf.loading.content import load
from nutgraf.loading.nodes import plain
from nutgraf.loading.yaml import parse

KINDS = sorted((Path(__file__).parent / "kinds").glob("*.yml"))
FOUND, SILENT = 0.95, 0.95
"""The least share of faults that is found, and of look-alikes that stay silent."""


def cases(path: Path, group: str) -> list[dict[str, Any]]:
    root = parse(path.name, path.read_bytes()).root
    assert root is not None
    groups: Any = plain(root)
    entries = groups[group]
    if path.stem != "heading":
        return [{"about": path.stem, "statements": [{"text": one}]} for one in entries]
    return [
        {"about": "heading", "where": where, "typed": typed, "statements": [{"text": one} for one in below]}
        for where, typed, *below in entries
    ]


def is_reported(case: dict[str, Any]) -> bool:
    graph = resolve(load({**base(), STORY: story(case).encode()})).graph
    found = [one for one in check(graph) if one.rule in RULES[case["about"]] and one.span.path == STORY]
    # Above statements, only what is said of the typed text counts.
    return any(case["about"] != "heading" or "`s0`" not in one.headline for one in found)


@pytest.mark.parametrize("path", KINDS, ids=lambda path: path.stem)
def test_faults_are_found_and_lookalikes_are_not(path: Path) -> None:
    faults, others = cases(path, "breaks"), cases(path, "silent")
    missed = [one for one in faults if not is_reported(one)]
    wrong = [one for one in others if is_reported(one)]
    assert len(missed) <= (1 - FOUND) * len(faults), missed
    assert len(wrong) <= (1 - SILENT) * len(others), wrong
