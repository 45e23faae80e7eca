"""A live story that nobody has looked at for long.

## What it does
Reports a story with `status: live` whose `as_of`, or last revision if that is later, lies further back than the site's
`stale_after` (90 days, unless mkdocs.yml says otherwise). It asks for a day to measure against, so it works in
`nutgraf check --today 2023-08-10` alone, and never in a build: what a build makes must not depend on the day.

## Why
A live story promises readers that somebody follows it. An old one that looks live misinforms them.
(BBC Editorial Guidelines, section 3, on accuracy in what stays available online.)

## Wrong
    # stories/twitter-ai-openai.yml, checked with --today 2023-08-10
    title: Musk, Twitter and OpenAI
    status: live
    as_of: 2023-04-12

## Right
    # stories/twitter-ai-openai.yml, checked with --today 2023-08-10
    title: Musk, Twitter and OpenAI
    status: closed
    as_of: 2023-04-12

## When to allow it
When nothing can happen before a day that is known: a trial that begins next year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.checks.rule import Finding, Rule
from nutgraf.diagnostics import Severity
from nutgraf.loading.content import record_path
from nutgraf.model import StoryStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph


def _find(graph: Graph, policy: Policy) -> Iterator[Finding]:
    if policy.today is None:
        return
    for name, story in graph.stories.items():
        days = [revision.date for revision in story.revisions]
        if story.as_of is not None:
            days.append(story.as_of)
        if story.status is not StoryStatus.LIVE or not days:
            continue
        last = max(days)
        age = (policy.today - last).days
        if age > policy.stale_after:
            yield Finding(
                record_path("stories", name),
                ("as_of",) if last == story.as_of else ("revisions", days.index(last), "date"),
                f"The live story `{name}` was last looked at on {last}, {age} days before {policy.today}",
                "Look at it again and set `as_of` to the day of that, or write `status: closed` if nobody follows it.",
            )


RULE = Rule("stale-story", Severity.WARNING, _find)
