"""Stories that rules have gone through, and need not again: nothing that they could see there has changed.

Most rules look at a story with what it names: entities, sources and terms, and the stories whose statements it links
with its own. What they found in a story holds until one of these changes. Rules that look at the whole site
(`Rule.of_site`) go through it each time, and all rules do so with records that are no stories.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from nutgraf.checks.policy import Policy
    from nutgraf.checks.rule import Finding
    from nutgraf.graph import Graph, Resolved


@dataclass(frozen=True, slots=True)
class Examined:
    """A story that was gone through.

    Attributes:
        seen: the digest of all that rules could see there.
        findings: what they found in its file, with the names of the rules; what is allowed is among it.
    """

    seen: bytes
    findings: tuple[tuple[str, Finding], ...]


Stories: TypeAlias = "Mapping[str, Examined]"
"""Stories that were gone through, by id."""


def seen_by_rules(graph: Graph, policy: Policy, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the digest of all that rules can see of each story.

    Args:
        graph: all content, without a file that has a fault.
        policy: the site's.
        files: the digest of each file by its path, relative to the content folder.
    """
    everywhere = hashlib.blake2b(digest_size=32)
    everywhere.update(repr(policy).encode())
    everywhere.update(repr([(name, story.topics) for name, story in graph.stories.items()]).encode())
    for path in sorted(files):
        if story_at(path) is None:
            everywhere.update(path.encode(errors="surrogateescape") + b"\0" + files[path])
    found = {}
    for group in linked(graph):
        told = everywhere.copy()
        for name in group:
            path = graph.positions.path("stories", name)
            told.update(path.encode() + b"\0" + files[path])
        found.update(dict.fromkeys(group, told.digest()))
    return found


def linked(graph: Graph) -> Iterator[tuple[str, ...]]:
    """Yield all stories in groups: those that name statements of each other are in one."""
    groups: dict[str, set[str]] = {name: {name} for name in graph.stories}
    for one, other in _links(graph):
        mine, theirs = groups[one], groups[other]
        if mine is not theirs:
            mine |= theirs
            groups.update(dict.fromkeys(theirs, mine))
    for name, group in groups.items():
        if name == min(group):
            yield tuple(sorted(group))


def _links(graph: Graph) -> Iterator[tuple[str, str]]:
    moved = graph.redirects.records.get("stories", {})
    for name in graph.stories:
        # More than fields that name a statement: whatever looks as if it did.
        for _, text in graph.positions.texts(graph.positions.path("stories", name)):
            story, slash, _ = text.partition("/")
            if slash and (other := moved.get(story, story)) != name and other in graph.stories:
                yield name, other
    for one in graph.statements.values():
        for key in _keys(one):
            other = key.partition("/")[0]
            if other != one.story and other in graph.stories and one.story in graph.stories:
                yield one.story, other


def _keys(one: Resolved) -> Iterator[str]:
    yield from (*one.rests_on, *one.refuted_by, *one.conflicts_with, *one.replies, *one.outcomes)
    yield from (key for key in (one.denies, one.superseded_by) if key is not None)


def story_at(path: str) -> str | None:
    """Return the id of the story that the file at `path` is, relative to the content folder; None for other files."""
    folder, _, name = path.partition("/")
    return name.rpartition(".")[0] if folder == "stories" and "/" not in name else None


def sorted_by_story(
    found: Iterable[tuple[str, Finding]], seen: Mapping[str, bytes], is_of_site: Callable[[str], bool]
) -> dict[str, Examined]:
    """Return what was found in each story, without the findings of rules that look at the whole site.

    Args:
        found: the names of rules, and what they found.
        seen: the digest of what they could see, by story.
        is_of_site: tells of the name of a rule whether it is such a rule.
    """
    findings: dict[str, list[tuple[str, Finding]]] = {name: [] for name in seen}
    for rule, finding in found:
        story = story_at(finding.path)
        if story in findings and not is_of_site(rule):
            findings[story].append((rule, finding))
    return {name: Examined(digest, tuple(findings[name])) for name, digest in seen.items()}
