"""Stories in which nothing differs keep what rules found in them, and the whole comes out as if all were checked."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from nutgraf.build.cache import digest
from nutgraf.checks.policy import Policy
from nutgraf.checks.runner import RULES, check, check_again
from nutgraf.checks.story_digests import linked
from nutgraf.graph import Graph, Resolved, resolve, subset
from nutgraf.loading.content import load
from nutgraf.loading.tree import read_tree
from tests.checks.mistakes import MISTAKES, SITES
from tests.making import BASE, ROOT, tree

if TYPE_CHECKING:
    from nutgraf.checks.story_digests import Stories
    from nutgraf.diagnostics import Diagnostic

ALL_SITES = (*SITES, "tests/sites/mistakes/content")
POLICY = Policy()


def graph_of(files: Mapping[str, bytes]) -> Graph:
    return resolve(load(files)).graph


def told(diagnostics: tuple[Diagnostic, ...]) -> list[tuple[str, ...]]:
    return sorted((one.rule, str(one.span), one.headline, one.help, str(one.related)) for one in diagnostics)


def again(files: Mapping[str, bytes], known: Stories) -> tuple[tuple[Diagnostic, ...], Stories]:
    """Check once more, hold it against the long way, and return what came out."""
    graph = graph_of(files)
    digests = {path: digest(data) for path, data in files.items()}
    found, stories = check_again(graph, POLICY, digests, known)
    assert told(found) == told((*check(graph, POLICY),))
    assert stories == check_again(graph, POLICY, digests, {})[1]
    return found, stories


@pytest.mark.parametrize("site", ALL_SITES)
def test_after_any_edit_the_same_is_found(site: str) -> None:
    files: dict[str, bytes] = dict(read_tree(ROOT / site).files)
    chance = random.Random(site)  # noqa: S311 - it makes mistakes, no secrets
    records = sorted(path for path in files if path.endswith(".yml"))
    stories = [path for path in records if path.startswith("stories/")]
    found, known = again(files, {})
    before = len(found)
    for _ in range(16):
        path = chance.choice(stories if chance.random() < 0.7 else records)
        pattern, replacement = chance.choice(MISTAKES)
        files[path] = re.sub(pattern, replacement, files[path].decode(errors="replace"), count=3).encode()
        found, known = again(files, known)
    assert len(found) > before


LINKED = {
    "stories/a.yml": """
        title: One
        based_on: post-1
        sections:
          - title: Part
            statements:
              - {id: plant, text: Works closed its plant, refuted_by: b/open}
              - {id: fine, text: Works paid a fine, before: b/open}
              - {id: fraud, text: Bell stole from Works, by: ada, accuses: {who: ben, reply: c/denial}}
    """,
    "stories/b.yml": """
        title: Two
        based_on: post-1
        sections:
          - title: Part
            statements:
              - {id: open, text: the plant of Works is open, certainty: established, source: finding, by: board}
    """,
    "stories/c.yml": """
        title: Three
        based_on: post-1
        sections:
          - title: Part
            statements:
              - {id: denial, text: he stole nothing, by: ben, source: blog}
    """,
    "stories/d.yml": """
        title: Four
        based_on: post-1
        sections:
          - title: Part
            statements:
              - {id: other, text: Works has a new head}
    """,
}
"""Three stories that name statements of each other, and one apart."""


def test_stories_that_name_each_other_are_one_group() -> None:
    assert set(linked(graph_of(tree({**BASE, **LINKED})))) == {("a", "b", "c"), ("d",)}


def test_a_change_of_a_linked_story_is_seen_in_the_other() -> None:
    files = tree({**BASE, **LINKED})
    found, known = again(files, {})
    assert not [one for one in found if one.rule == "refuted-without-refuter"]
    weak = files["stories/b.yml"].replace(b"certainty: established", b"certainty: speculated")
    found, known = again({**files, "stories/b.yml": weak}, known)
    assert [one.span.path for one in found if one.rule == "refuted-without-refuter"] == ["stories/a.yml"]


def test_a_story_in_which_nothing_differs_is_not_gone_through(monkeypatch: pytest.MonkeyPatch) -> None:
    files = tree({**BASE, **LINKED})
    _, known = again(files, {})
    graph = graph_of({**files, "stories/d.yml": files["stories/d.yml"].replace(b"new head", b"newer head")})
    met: set[str] = set()

    def look(seen: Graph, _policy: Policy) -> Iterator[None]:
        met.update(one.story for one in seen.statements.values())
        yield from ()

    rules = tuple(rule if rule.of_site else replace(rule, find=look) for rule in RULES)  # type: ignore[arg-type]
    monkeypatch.setattr("nutgraf.checks.runner.RULES", rules)
    digests = {path: digest(data) for path, data in files.items()}
    check_again(graph, POLICY, {**digests, "stories/d.yml": b"another"}, known)
    assert met == {"d"}


@pytest.mark.parametrize("changed", ["entities/ada.yml", "sources/post-1.yml", "sources/post-1.txt"])
def test_what_all_stories_may_name_makes_all_go_again(changed: str) -> None:
    files = tree({**BASE, **LINKED})
    _, known = again(files, {})
    digests = {path: digest(data) for path, data in files.items()}
    _, stories = check_again(graph_of(files), POLICY, {**digests, changed: b"another"}, known)
    assert all(stories[name].seen != known[name].seen for name in stories)


def test_another_policy_makes_all_go_again() -> None:
    files = tree({**BASE, **LINKED})
    _, known = again(files, {})
    digests = {path: digest(data) for path, data in files.items()}
    _, stories = check_again(graph_of(files), replace(POLICY, added={"hedges": ("new",)}), digests, known)
    assert all(stories[name].seen != known[name].seen for name in stories)


class _Fenced(Mapping[str, Resolved]):
    """The statements of some stories; who asks for another one is caught."""

    def __init__(self, whole: Mapping[str, Resolved], inside: frozenset[str]) -> None:
        self._whole = whole
        self._inside = inside

    def __getitem__(self, key: str) -> Resolved:
        assert key.partition("/")[0] in self._inside, f"it looks at {key}"
        return self._whole[key]

    def __contains__(self, key: object) -> bool:
        assert str(key).partition("/")[0] in self._inside, f"it looks for {key}"
        return key in self._whole

    def __iter__(self) -> Iterator[str]:
        return (key for key in self._whole if key.partition("/")[0] in self._inside)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@pytest.mark.parametrize("rule", [rule for rule in RULES if not rule.of_site], ids=lambda rule: rule.name)
def test_a_rule_that_is_not_of_the_site_looks_at_linked_stories_alone(
    rule: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def caught(_graph: Graph) -> None:
        raise AssertionError("it asks what the whole site speaks of")

    monkeypatch.setattr("nutgraf.glossary.mentions._mentions_of", caught)
    contents = [dict(read_tree(ROOT / site).files) for site in ALL_SITES]
    for files in (*contents, tree({**BASE, **LINKED})):
        graph = graph_of(files)
        for group in linked(graph):
            seen = subset(graph, [graph.positions.path("stories", name) for name in group])
            fenced = replace(seen, statements=_Fenced(graph.statements, frozenset(group)))
            list(rule.find(fenced, POLICY))  # type: ignore[attr-defined]
