"""What is said of an entity that nothing names, while an id that there is not may mean it."""

from __future__ import annotations

import pytest

from nutgraf.checks.run import check
from nutgraf.graph import resolve
from nutgraf.loading.content import load


@pytest.mark.parametrize(("by", "told"), [("cy-clole", False), ("somebody-else", True)])
def test_nobody_is_told_to_remove_what_a_misspelt_id_means(by: str, *, told: bool) -> None:
    story = f"title: It\nsections: [{{statements: [{{id: a, text: it rained, by: {by}}}]}}]\n"
    tree = {"entities/cy-cole.yml": b"name: Cy Cole\n", "stories/s.yml": story.encode()}
    found = [one.rule for one in check(resolve(load(tree)).graph)]
    assert ("unreachable-entity" in found) == told
