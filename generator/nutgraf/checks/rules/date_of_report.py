"""An event that has the date of the report.

## What it does
Reports a `when` that is the very day on which a cited report was published, where nothing says that the source dates
the event: no `when_text`, no time of day, no filing among the sources, and a certainty below `established`. What
somebody published on that day about themselves (a release, a post) is an event of that day.

## Why
A report says on one day what happened on another, often without saying when. Its own date in the place of the event's
makes a fact of a guess, and puts it into the timeline.
(Reuters Handbook of Journalism, on datelines and on being specific about when something happened.)

## Wrong
    # business-insider-2023 was published on 2023-04-11
    - id: purchase
      text: Elon Musk bought a data centre
      source: business-insider-2023
      when: 2023-04-11

## Right
    # business-insider-2023 was published on 2023-04-11
    - id: purchase
      text: Elon Musk bought a data centre
      source: business-insider-2023
      when: 2023-04-11
      when_text: on Tuesday

## When to allow it
Hardly ever: `when_text` with the source's own words says that it dates the event.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutgraf.checks.rule import Finding, Rule, at
from nutgraf.checks.text.tokens import read
from nutgraf.diagnostics import Severity
from nutgraf.glossary import MentionKind
from nutgraf.loading.content import record_path
from nutgraf.model import Certainty, FuzzyDate, SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph, Resolved
    from nutgraf.model import Source

_DAY: Final = len("2023-04-11")


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    for one in graph.statements.values():
        statement = one.statement
        if statement.when is None or statement.when_text is not None or one.certainty is Certainty.ESTABLISHED:
            continue
        if len(statement.when.text) != _DAY or not statement.when.is_exact_day:
            continue
        same = _published_that_day(graph, one, statement.when.text)
        if same is None:
            continue
        yield Finding(
            *at(one, "when"),
            f"`{one.id}` happened on the day on which `{same}` was published, and nothing says that it dates the event",
            "Add `when_text` with the words by which the source dates it, or remove `when`.",
            related=((record_path("sources", same), ("published",), "published here"),),
        )


def _published_that_day(graph: Graph, one: Resolved, day: str) -> str | None:
    """Return a source published on `day` that a statement cites, None if another one may carry the date."""
    sources = {name: graph.sources[name] for name in one.source_ids}
    if any(source.kind is SourceKind.FILING for source in sources.values()):
        return None
    same = [name for name, source in sources.items() if _is_of(source, day)]
    if not same:
        return None
    mentions = read(one.statement.text, graph, one.story).mentions
    actors = {found.id for found in mentions if found.kind is MentionKind.ENTITY}
    actors |= {str(entity) for origin, _, target in one.statement.relation for entity in (origin, target)}
    if any(str(sources[name].publisher) in actors for name in same):
        return None
    # What appeared later dates the event by itself.
    later = (source.published for name, source in sources.items() if name not in same)
    return None if any(isinstance(date, FuzzyDate) and date.text[:_DAY] > day for date in later) else same[0]


def _is_of(source: Source, day: str) -> bool:
    published = source.published
    return isinstance(published, FuzzyDate) and published.is_exact_day and published.text[:_DAY] == day


RULE = Rule("date-of-report", Severity.ERROR, _find)
