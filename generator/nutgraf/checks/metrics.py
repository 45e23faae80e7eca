"""How well founded a story is, as a vector: shares with the counts behind them, and no single grade.

One number would hide what matters: whether a story lacks names, second origins, documents or answers. Retracted
statements are left out, and so are the summaries among the key points, which repeat what they rest on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from nutgraf.graph import key_of
from nutgraf.model import Certainty, Reply, StatementRef, Unnamed

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from nutgraf.graph import Graph, Resolved
    from nutgraf.model import Accusation, Dispute, Story

_TWO: Final = 2


@dataclass(frozen=True, slots=True)
class Share:
    """Some of how many.

    Attributes:
        part: how many have it.
        whole: how many there are that could.
    """

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """The share, from 0 to 1; None where there is nothing to have it."""
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class Score:
    """What can be counted about one story.

    Attributes:
        story: its id.
        attributed: statements whose sentence says who vouches for them, or that need nobody because they are
            established; of all. Those of `by: unnamed` do not count.
        corroborated: statements with two or more independent origins, of all.
        primary: statements that cite a public record or a primary document that we read, of all.
        answered: accusations with a reply on record, be it that the accused declined to give one, of all.
        two_sided: disputes with positions of two or more asserters, of all.
        age: days from the day that the story was last looked at to the day measured against; None without a date. It
            is never below 0.
    """

    story: str
    attributed: Share
    corroborated: Share
    primary: Share
    answered: Share
    two_sided: Share
    age: int | None


def score(graph: Graph, day: datetime.date | None = None) -> tuple[Score, ...]:
    """Return the score of each story, in the site's order.

    Args:
        graph: the site.
        day: the day to measure freshness against; that of the newest story if there is none, so that the same content
            always has the same score.
    """
    known = ages(graph, day)
    return tuple(replace(score_of(graph, name), age=known[name]) for name in graph.stories)


def ages(graph: Graph, day: datetime.date | None = None) -> dict[str, int | None]:
    """Return the ages of all stories, by id; see `score`."""
    looked = {name: _last_looked_at(story) for name, story in graph.stories.items()}
    day = day or max((one for one in looked.values() if one), default=None)
    return {name: _age(one, day) for name, one in looked.items()}


def score_of(graph: Graph, name: str) -> Score:
    """Return the score of one story, without its age: that is measured against the other stories."""
    story = graph.stories[name]
    statements = [one for one in graph.in_story(name) if not one.is_retracted]
    accusations = [accusation for one in statements for accusation in one.statement.accuses]
    return Score(
        story=name,
        attributed=_share(_is_attributed(one) for one in statements),
        corroborated=_share(len(one.origins) >= _TWO for one in statements),
        primary=_share(_is_primary(graph, one) for one in statements),
        answered=_share(_is_answered(one) for one in accusations),
        two_sided=_share(_is_two_sided(graph, name, one) for one in story.disputes),
        age=None,
    )


def _share(having: Iterable[bool]) -> Share:
    found = tuple(having)
    return Share(sum(found), len(found))


def _is_attributed(one: Resolved) -> bool:
    return one.certainty is Certainty.ESTABLISHED or any(by is not Unnamed.UNNAMED for by in one.by)


def _is_primary(graph: Graph, one: Resolved) -> bool:
    return any(graph.sources[name].is_primary and graph.sources[name].read for name in one.source_ids)


def _is_answered(accusation: Accusation) -> bool:
    return any(isinstance(reply, StatementRef) or reply is Reply.DECLINED for reply in accusation.reply)


def _is_two_sided(graph: Graph, story: str, dispute: Dispute) -> bool:
    keys = dict.fromkeys(key_of(story, ref) for ref in dispute.positions)
    held = [graph.statements[key] for key in keys if key in graph.statements]
    # Whom "unnamed" stands for may differ each time, so such positions count one by one.
    sides = {one.key if Unnamed.UNNAMED in one.by or not one.by else one.by for one in held if not one.is_retracted}
    return len(sides) >= _TWO


def _last_looked_at(story: Story) -> datetime.date | None:
    days = [revision.date for revision in story.revisions]
    return max((*days, story.as_of) if story.as_of else days, default=None)


def _age(looked: datetime.date | None, day: datetime.date | None) -> int | None:
    return max(0, (day - looked).days) if looked and day else None
