"""The state of knowledge in a strip: as of when, how sure, from how many sources, what is disputed, what changed."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutgraf.graph import key_of
from nutgraf.markdown import unit_text
from nutgraf.model import Certainty, EntityId
from nutgraf.views import address, interface_text, origins
from nutgraf.views.memoize import memoized
from nutgraf.views.page import Link
from nutgraf.views.revisions import last_changed
from nutgraf.views.statement import flags
from nutgraf.wording import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nutgraf.graph import Graph, Resolved
    from nutgraf.views.context import ViewContext
    from nutgraf.views.interface_text import Label
    from nutgraf.views.page import PageContext, When

_WORDS_A_MINUTE: Final = 230
"""How fast adults read English in silence: 238 words a minute, says Brysbaert's review of 190 studies (2019)."""


@dataclass(frozen=True, slots=True)
class Level:
    """How many statements are how sure."""

    shape: str
    word: str
    count: int


@dataclass(frozen=True, slots=True)
class Flagged:
    """How many statements have a flag."""

    label: Label
    count: int


@dataclass(frozen=True, slots=True)
class CertaintySummary:
    """The state of knowledge of a story.

    Attributes:
        statements: "36 statements", those that were taken back left out.
        as_of: the day whose knowledge it is.
        levels: by certainty, the surest first; none that is empty.
        flagged: disputed, alleged, refuted, gone.
        sources: "5 sources".
        origins: "2 independent origins".
        reliance: how many statements have more than one of these; empty where there is nothing to count.
        alone: how many have one source and no other, and the way to them; None where no source has two of them.
        changed: when the page was last changed.
        minutes: "4 minutes".
    """

    statements: str
    as_of: When | None
    levels: tuple[Level, ...]
    flagged: tuple[Flagged, ...]
    sources: str
    origins: str
    reliance: str
    alone: Link | None
    changed: When | None
    minutes: str


def strip(page: PageContext, name: str) -> CertaintySummary:
    """Return the state of knowledge of the story `name`."""
    story = page.graph.stories[name]
    statements = page.graph.in_story(name)
    standing = [one for one in statements if not one.is_retracted]
    cited = {source for one in standing for source in one.source_ids}
    changed = last_changed(page.graph, name)
    return CertaintySummary(
        statements=interface_text.count(len(standing), "statement"),
        as_of=page.day(story.as_of) if story.as_of else None,
        levels=tuple(levels(page, standing)),
        flagged=tuple(_flagged(page.graph, statements)),
        sources=_sources(page, cited),
        origins=interface_text.count(origins.independent(page.graph, standing), "independent origin"),
        reliance=_reliance(standing),
        alone=_alone(page, name, standing),
        changed=page.day(changed) if changed else None,
        minutes=interface_text.count(_minutes(page.context, name), "minute"),
    )


def levels(page: PageContext, statements: Iterable[Resolved]) -> Iterator[Level]:
    """Yield how many statements are how sure, the surest first; none that is empty."""
    counts = Counter(one.certainty for one in statements)
    for certainty in reversed(Certainty):
        if counts[certainty]:
            yield Level(str(certainty), page.wording.certainty(certainty), counts[certainty])


def _flagged(graph: Graph, statements: Iterable[Resolved]) -> Iterator[Flagged]:
    counts = Counter(flag for one in statements for flag in flags(graph, one))
    yield from (Flagged(label, count) for label, count in counts.items())


def _sources(page: PageContext, cited: Iterable[str]) -> str:
    read = [page.graph.sources[name].read for name in cited]
    names = page.wording.join(dict.fromkeys(_called(page, name) for name in cited if not page.graph.sources[name].read))
    missed = len(read) - sum(read)
    told = f"{missed} not read for this page: {names}" if missed <= _TWO else f"{missed} not read for this page"
    unread = f" ({told})" if missed else ""
    return f"{interface_text.count(len(read), 'source')}{unread}"


_TWO: Final = 2


def _reliance(statements: Sequence[Resolved]) -> str:
    """Return how far statements are borne out by each other's sources: few readers would count it."""
    several = sum(len(one.origins) >= _TWO for one in statements)
    if not any(one.source_ids for one in statements):
        return ""
    verb = "has" if several == 1 else "have"
    have = f"{interface_text.count(several, 'statement')} {verb}" if several else "No statement has"
    return f"{have} two independent origins or more"


def _alone(page: PageContext, story: str, statements: Iterable[Resolved]) -> Link | None:
    """Return the source that most statements have as their only one, where they are listed."""
    counts = Counter(one.source_ids[0] for one in statements if len(one.source_ids) == 1)
    name, count = counts.most_common(1)[0] if counts else ("", 0)
    if count < _TWO:
        return None
    where = f"{address.source(name)}#{address.alone(story)}"
    return Link(f"{count} have no other source than {_called(page, name)}", page.href(where))


def _called(page: PageContext, source: str) -> str:
    publisher = page.graph.sources[source].publisher
    if not (isinstance(publisher, EntityId) and publisher in page.graph.entities):
        return page.source_title(source)
    return names.with_article(page.graph, publisher, page.graph.entities[publisher].name)


@memoized
def _minutes(context: ViewContext, name: str) -> int:
    """Return how long the text takes: the key points, the prose, the accounts, what is open; no list or table."""
    graph, story = context.graph, context.graph.stories[name]
    positions = (key_of(name, ref) for one in story.disputes for ref in one.positions)
    accounts = (key for key in positions if key in graph.statements)
    told = (one.key for one in (*graph.key_points(name), *graph.in_story(name)))
    words = sum(len(unit_text(context.unit(key)).split()) for key in (*accounts, *told))
    words += sum(len(f"{one.text} {one.would_settle or ''}".split()) for one in story.unknowns)
    return max(1, math.ceil(words / _WORDS_A_MINUTE))
