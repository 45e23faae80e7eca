"""What is published on each side: what no published story uses is not, and an embargo holds a story back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutgraf.diff.change import Change, ChangeKind

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from nutgraf.diff.snapshot_pair import SnapshotPair
    from nutgraf.model import Story

_NOUNS: Final = {"entities": "entity", "sources": "source", "glossary": "term"}


def is_seen(sides: SnapshotPair, change: Change) -> bool:
    """Tell whether readers see a change: not that of a record which is published on neither side."""
    folder, _, name = change.subject.partition("/")
    if folder not in _NOUNS or not name or not _is_whole(sides):
        return True
    before = {name, *(old for old, new in sides.names.records[folder].items() if new == name)}
    return (folder, name) in sides.new.used or any((folder, one) in sides.old.used for one in before)


def publishing_changes(sides: SnapshotPair, today: datetime.date | None) -> Iterator[Change]:
    """Yield the records and stories that are on both sides, and published on one of them.

    Args:
        sides: both.
        today: the day on which an embargo counts; None counts each.
    """
    if _is_whole(sides):
        yield from _records(sides)
    for before, after in sides.names.records["stories"].items():
        old, new = sides.old.graph.stories[before], sides.new.graph.stories[after]
        if old.publish_after != new.publish_after:
            yield _embargo(sides, (before, after), (old, new), today)


def _is_whole(sides: SnapshotPair) -> bool:
    # What could not be read may use anything.
    return not (sides.old.graph.damaged or sides.new.graph.damaged)


def _records(sides: SnapshotPair) -> Iterator[Change]:
    for folder, noun in _NOUNS.items():
        for before, after in sides.names.records[folder].items():
            was, is_ = (folder, before) in sides.old.used, (folder, after) in sides.new.used
            if was is is_:
                continue
            kind = ChangeKind.RECORD_ADDED if is_ else ChangeKind.RECORD_UNPUBLISHED
            fate = "is published now" if is_ else "is no longer used and no longer published; its URL is broken"
            yield Change(
                kind,
                f"{folder}/{after}",
                f"The {noun} `{after}` {fate}",
                span=sides.new.span(sides.new.path(folder, after)),
                old_span=sides.old.span(sides.old.path(folder, before)),
            )


def _embargo(
    sides: SnapshotPair, names: tuple[str, str], stories: tuple[Story, Story], today: datetime.date | None
) -> Change:
    (before, after), (old, new) = names, stories
    until = str(new.publish_after or "")
    is_gone = _is_held(new, today) and not _is_held(old, today)
    kind, headline = ChangeKind.STORY_CHANGED, f"Story `{after}`: the embargo changed"
    if is_gone:
        kind, headline = (
            ChangeKind.ID_REMOVED,
            f"The story `{after}` is held back until {until}; its URL is broken until then",
        )
    place = ("publish_after",) if until else ()
    return Change(
        kind,
        f"stories/{after}",
        headline,
        span=sides.new.span(sides.new.path("stories", after), place),
        old_span=sides.old.span(sides.old.path("stories", before), ("publish_after",) if old.publish_after else ()),
        before=str(old.publish_after or "none"),
        after=until or "none",
    )


def _is_held(story: Story, today: datetime.date | None) -> bool:
    return story.publish_after is not None and (today is None or story.publish_after.moment.date() >= today)
