"""What is said of a record that nothing uses, while an unknown id may mean it."""

from __future__ import annotations

import pytest

from nutgraf.checks.runner import check
from nutgraf.graph import resolve
from nutgraf.loading.content import load


@pytest.mark.parametrize(
    ("rule", "field", "told"),
    [
        ("unreachable-entity", "by: cy-clole", False),
        ("unreachable-entity", "by: somebody-else", True),
        ("unreachable-entity", "source: cy-clole", True),
        ("unused-source", "source: morning-pots", False),
        ("unused-source", "source: [evening-post, morning-pots]", False),
        ("unused-source", "source: evening-post", True),
        ("unused-source", "by: morning-pots", True),
    ],
)
def test_nobody_is_told_to_remove_what_a_misspelt_id_means(rule: str, field: str, *, told: bool) -> None:
    story = f"title: It\nsections: [{{statements: [{{id: a, text: it rained, {field}}}]}}]\n"
    tree = {
        "entities/cy-cole.yml": b"name: Cy Cole\n",
        "sources/morning-post.yml": b"title: Rain\npublished: 2023-04-11\n",
        "stories/s.yml": story.encode(),
    }
    found = [one.rule for one in check(resolve(load(tree)).graph)]
    assert (rule in found) == told


def test_a_term_that_a_misspelt_id_means_counts_as_used() -> None:
    story = b"title: It\nsections: [{statements: [{id: a, text: a pawl broke}]}]\n"
    tree = {
        "glossary/pawl.yml": b"label: pawl\nshort: A catch.\nsee: [escapment]\n",
        "glossary/escapement.yml": b"label: escapement\nshort: What ticks.\n",
        "glossary/gear.yml": b"label: gear\nshort: A wheel.\n",
        "stories/s.yml": story,
    }
    found = [one.span.path for one in check(resolve(load(tree)).graph) if one.rule == "unused-term"]
    assert found == ["glossary/gear.yml"]
