"""What changed about stories beside their statements: what has come and gone, titles, disputes, unknowns, history."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from nutgraf.diff.acknowledgement import is_told
from nutgraf.diff.change import Change, ChangeKind, Impact
from nutgraf.diff.clauses import is_another
from nutgraf.diff.snapshot import plain
from nutgraf.graph import key_of
from nutgraf.markdown import sentence_text
from nutgraf.model import Dispute, DisputeStatus, Summary
from nutgraf.wording import compile_unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.diagnostics import Span
    from nutgraf.diff.snapshot import Snapshot
    from nutgraf.diff.snapshot_pair import SnapshotPair
    from nutgraf.model import Revision, Section, Story, Unknown

    Supported = Story | Section | Dispute | Unknown


def story_changes(sides: SnapshotPair) -> Iterator[Change]:
    """Yield what changed about stories and which records have come or gone."""
    yield from _records_gone(sides)
    yield from _records_added(sides)
    yield from _gone(sides)
    yield from _added(sides)
    for before, after in sides.names.records["stories"].items():
        if not _unread(sides, "stories", before, after):
            yield from _StoryPair(sides, before, after).changes()


# ---- what has come and gone ----

_NOUNS: Final = {"stories": "story", "entities": "entity", "sources": "source", "glossary": "term"}


def _records_gone(sides: SnapshotPair) -> Iterator[Change]:
    for folder, noun in _NOUNS.items():
        for name in sides.old.graph.records(folder):
            if name in sides.names.records[folder] or sides.new.lacks(sides.new.path(folder, name)):
                continue
            if name in sides.names.merged.get(folder, {}):
                yield _record_merged(sides, folder, name)
                continue
            told = f"The {noun} `{name}` was removed; its URL is broken"
            if folder == "stories" and name in sides.new.loaded.content.stories:
                told = f"The story `{name}` is a draft again; its URL is broken"
            keys = tuple(one.key for one in sides.old.graph.in_story(name)) if folder == "stories" else ()
            yield Change(
                ChangeKind.ID_REMOVED,
                f"{folder}/{name}",
                told,
                old_span=sides.old.span(sides.old.path(folder, name)),
                before=_label(sides.old, folder, name),
                reach=Impact(keys, keys),
            )


def _record_merged(sides: SnapshotPair, folder: str, name: str) -> Change:
    now = sides.names.merged[folder][name]
    return Change(
        ChangeKind.RECORD_MERGED,
        f"{folder}/{now}",
        f"The {_NOUNS[folder]} `{name}` was removed; its URL redirects to a different {_NOUNS[folder]}, `{now}`",
        span=sides.new.span(sides.new.path(folder, now), ("formerly",)),
        old_span=sides.old.span(sides.old.path(folder, name)),
        before=_label(sides.old, folder, name),
        after=_label(sides.new, folder, now),
    )


def _records_added(sides: SnapshotPair) -> Iterator[Change]:
    for folder, noun in _NOUNS.items():
        known = set(sides.names.records[folder].values())
        for name in sides.new.graph.records(folder):
            if name in known or sides.old.lacks(sides.old.path(folder, name)):
                continue
            keys = tuple(one.key for one in sides.new.graph.in_story(name)) if folder == "stories" else ()
            label = _label(sides.new, folder, name)
            yield Change(
                ChangeKind.STORY_ADDED if folder == "stories" else ChangeKind.RECORD_ADDED,
                f"{folder}/{name}",
                f"New {noun} `{name}`",
                span=sides.new.span(sides.new.path(folder, name)),
                after=label,
                reach=Impact(keys, keys),
            )


def _label(side: Snapshot, folder: str, name: str) -> str:
    graph = side.graph
    if folder == "stories":
        return plain(graph.stories[name].title)
    if folder == "entities":
        return graph.entities[name].name
    return str(graph.sources[name].title) if folder == "sources" else graph.terms[name].label


def _gone(sides: SnapshotPair) -> Iterator[Change]:
    """Yield statements, disputes and unknowns whose anchors are gone, from stories that are still there."""
    old, new = sides.old, sides.new
    for key, one in old.graph.statements.items():
        now = sides.names.anchors.get(key)
        if now in new.graph.statements:
            if sides.names.before[str(now)] != key:
                yield _merged(sides, key, str(now))
            continue
        if one.story not in sides.names.records["stories"] or _lacks(sides, key) or now is not None:
            continue
        yield Change(
            ChangeKind.ID_REMOVED,
            _subject(sides, key),
            f"`{one.id}` was removed; its URL is broken",
            span=_before(sides, key),
            old_span=old.span(one.place.path, (*one.place.loc, "id")),
            before=old.own_text(key),
            reach=Impact((key,), (key,)),
        )
    for story, before in old.graph.stories.items():
        after = sides.names.records["stories"].get(story)
        groups: tuple[tuple[str, tuple[Dispute | Unknown, ...]], ...] = (
            ("disputes", before.disputes),
            ("unknowns", before.unknowns),
        )
        for attribute, items in groups:
            for place, item in enumerate(items):
                key = f"{story}/{item.id}"
                if after is None or key in sides.names.anchors:
                    continue
                noun = "dispute" if attribute == "disputes" else "unknown"
                path = old.path("stories", story)
                yield Change(
                    ChangeKind.ID_REMOVED,
                    _subject(sides, key),
                    f"The {noun} `{item.id}` was removed; its URL is broken",
                    span=new.span(new.path("stories", after), (attribute,), key=True),
                    old_span=old.span(path, (attribute, place, "id")),
                    before=_item_text(old, item, story),
                )


def _subject(sides: SnapshotPair, key: str) -> str:
    story, _, name = key.partition("/")
    return f"{sides.names.record('stories', story)}/{name}"


def _lacks(sides: SnapshotPair, key: str) -> bool:
    """Tell whether the new side could not read what had this key."""
    story, _, name = _subject(sides, key).partition("/")
    return sides.new.lacks(sides.new.path("stories", story), name)


def _before(sides: SnapshotPair, key: str) -> Span:
    """Return the place in the new files of the nearest statement that stood before one that is gone."""
    story = key.partition("/")[0]
    path = sides.new.path("stories", sides.names.record("stories", story))
    found = sides.new.span(path)
    for one in sides.old.graph.in_story(story):
        if one.key == key:
            break
        now = sides.new.graph.statements.get(sides.names.key(one.key))
        if now is not None and now.place.path == path:
            found = sides.new.span(path, (*now.place.loc, "id"))
    return found


def _merged(sides: SnapshotPair, key: str, now: str) -> Change:
    old, new = sides.old.graph.statements[key], sides.new.graph.statements[now]
    kind, headline = (
        ChangeKind.STATEMENT_MERGED,
        f"`{old.id}` was merged into `{new.id}`",
    )
    denied = sides.names.key(old.denies) if old.denies else None
    uncited = [one for one in old.source_ids if sides.names.record("sources", str(one)) not in new.source_ids]
    if denied != new.denies or is_another(sides, key, now):
        kind, headline = ChangeKind.ID_REUSED, f"{headline}, an existing statement that says something different"
    elif uncited:
        names = ", ".join(f"`{one}`" for one in uncited)
        kind, headline = ChangeKind.SOURCE_REMOVED, f"{headline}, an existing statement that doesn't cite {names}"
    return Change(
        kind,
        now,
        headline,
        span=sides.new.span(new.place.path, (*new.place.loc, "formerly")),
        old_span=sides.old.span(old.place.path, (*old.place.loc, "id")),
        before=sides.old.own_text(key),
        after=sides.new.own_text(now),
        reach=Impact((now,), (key,)),
    )


def _added(sides: SnapshotPair) -> Iterator[Change]:
    """Yield new statements; of a new story, only what accuses somebody: the story itself is told."""
    known = {now for old, now in sides.names.anchors.items() if old in sides.old.graph.statements}
    stories = {now: old for old, now in sides.names.records["stories"].items()}
    for key, one in sides.new.graph.statements.items():
        if key in known or (one.is_summary and one.story not in stories):
            continue
        before = stories.get(one.story)
        if before is not None and sides.old.lacks(sides.old.path("stories", before), one.id):
            continue
        if before is None and (not one.is_accusation or sides.old.lacks(sides.new.path("stories", one.story))):
            continue
        kind = ChangeKind.ACCUSATION_ADDED if one.is_accusation else ChangeKind.STATEMENT_ADDED
        yield Change(
            kind,
            key,
            f"New statement `{one.id}`" + (" (an accusation)" if one.is_accusation else ""),
            span=sides.new.span(one.place.path, (*one.place.loc, "accuses" if one.is_accusation else "id")),
            after=sides.new.full_text(key),
            reach=Impact((key,), (key,)),
        )


def _unread(sides: SnapshotPair, folder: str, before: str, after: str) -> bool:
    return sides.old.lacks(sides.old.path(folder, before)) or sides.new.lacks(sides.new.path(folder, after))


# ---- one story ----

_STORY_FIELDS: Final = {
    "title": "title",
    "question": "question",
    "as_of": "as-of date",
    "status": "status",
    "topics": "topics",
    "links": "links of names",
}


class _StoryPair:
    """A story on both sides."""

    def __init__(self, sides: SnapshotPair, before: str, after: str) -> None:
        """Take the ids of the story."""
        self.sides = sides
        self.before, self.after = before, after
        self.old, self.new = sides.old.graph.stories[before], sides.new.graph.stories[after]
        self.old_path, self.new_path = sides.old.path("stories", before), sides.new.path("stories", after)

    def changes(self) -> Iterator[Change]:
        """Yield what changed about it."""
        if self.old == self.new and self.before == self.after and not self.sides.names.renamed:
            return
        yield from self._fields()
        yield from self._headings()
        yield from self._order()
        yield from self._key_points()
        yield from self._disputes()
        yield from self._unknowns()
        yield from self._revisions()
        yield from self._suppressions()

    def _change(  # noqa: PLR0913 - all that such a change is made of
        self,
        kind: ChangeKind,
        headline: str,
        *,
        new: tuple[str | int, ...] | None = None,
        old: tuple[str | int, ...] | None = None,
        told: tuple[str, str] = ("", ""),
        subject: str = "",
    ) -> Change:
        return Change(
            kind,
            subject or f"stories/{self.after}",
            headline,
            span=self.sides.new.span(self.new_path, new) if new is not None else None,
            old_span=self.sides.old.span(self.old_path, old) if old is not None else None,
            before=told[0],
            after=told[1],
        )

    def _fields(self) -> Iterator[Change]:
        for name, words in _STORY_FIELDS.items():
            before, after = getattr(self.old, name), getattr(self.new, name)
            if before != after:
                told = (_words(before), _words(after))
                headline = f"Story `{self.after}`: the {words} changed"
                place = (name,)
                yield self._change(ChangeKind.STORY_CHANGED, headline, new=place, old=place, told=told)
        yield from self._support((), self.old, self.new, "Title and question")

    def _support(
        self, place: tuple[str | int, ...], old: Supported, new: Supported, what: str, subject: str = ""
    ) -> Iterator[Change]:
        """Yield that typed prose takes less for granted than before, or says so of less."""
        before = [self.sides.names.key(key_of(self.before, ref)) for ref in old.rests_on]
        after = {key_of(self.after, ref) for ref in new.rests_on}
        if gone := [key for key in before if key not in after]:
            names = ", ".join(f"`{key.partition('/')[2]}`" for key in gone)
            headline = f"{what} no longer {'relies' if 'and' not in what else 'rely'} on {names}"
            yield self._change(ChangeKind.SUPPORT_REMOVED, headline, new=(*place, "rests_on"), subject=subject)

    def _headings(self) -> Iterator[Change]:
        before = {section.title: place for place, section in enumerate(self.old.sections) if section.title}
        after = {section.title: place for place, section in enumerate(self.new.sections) if section.title}
        gone = [title for title in before if title not in after]
        came = [title for title in after if title not in before]
        pairs = [(before[title], after[title]) for title in before if title in after]
        pairs += [(before[one], after[other]) for one, other in zip(gone, came, strict=False)]
        for was, now in pairs:
            what = f"The heading `{plain(self.new.sections[now].title)}`"
            yield from self._support(("sections", now), self.old.sections[was], self.new.sections[now], what)
        for one, other in zip(gone, came, strict=False):
            yield self._change(
                ChangeKind.HEADING_CHANGED,
                f"Story `{self.after}`: heading changed",
                new=("sections", after[other], "title"),
                old=("sections", before[one], "title"),
                told=(plain(one), plain(other)),
            )
        for title in gone[len(came) :]:
            place = ("sections", before[title], "title")
            headline = f"Story `{self.after}`: heading removed"
            yield self._change(ChangeKind.HEADING_CHANGED, headline, new=(), old=place, told=(plain(title), ""))
        for title in came[len(gone) :]:
            place = ("sections", after[title], "title")
            yield self._change(
                ChangeKind.HEADING_CHANGED, f"Story `{self.after}`: heading added", new=place, told=("", plain(title))
            )

    def _order(self) -> Iterator[Change]:
        """Yield that statements stand in another order or under another heading, or disputes or unknowns in another."""
        # What has been merged into another statement has no place of its own.
        known = self.sides.names.before
        new = [one for one in self.sides.new.graph.in_story(self.after) if one.key in known]
        sections = {known[one.key]: one.section for one in new}
        old = [one for one in self.sides.old.graph.in_story(self.before) if one.key in sections]
        left = {one.key for one in old}
        kept = [self.sides.names.key(one.key) for one in old]
        now = [one.key for one in new if known[one.key] in left]
        moved = list(_moved([(one.section, sections[one.key], self.sides.names.key(one.key)) for one in old]))
        if kept != now or moved:
            told = [", ".join(key.partition("/")[2] for key in keys) for keys in _displaced(kept, now)]
            what = (
                "statements stand in a different order"
                if kept != now
                else f"statements moved to another section: {_ids(moved)}"
            )
            headline = f"Story `{self.after}`: {what}"
            place = ("sections",)
            yield self._change(ChangeKind.ORDER_CHANGED, headline, new=place, old=place, told=(told[0], told[1]))
        for attribute, noun in (("disputes", "disputes"), ("unknowns", "open questions")):
            ids = [str(one.id) for one in getattr(self.new, attribute)]
            anchors = (self.sides.names.anchors.get(f"{self.before}/{one.id}") for one in getattr(self.old, attribute))
            names = dict.fromkeys(str(key).partition("/")[2] for key in anchors)
            was, is_ = [one for one in names if one in ids], [one for one in ids if one in names]
            if was != is_:
                headline = f"Story `{self.after}`: {noun} stand in a different order"
                told = [", ".join(was), ", ".join(is_)]
                yield self._change(
                    ChangeKind.ORDER_CHANGED, headline, new=(attribute,), old=(attribute,), told=(told[0], told[1])
                )

    def _key_points(self) -> Iterator[Change]:
        # Names of the new side throughout: a renamed statement is the same point.
        before = [
            self.sides.names.key(key_of(self.before, one.id if isinstance(one, Summary) else one))
            for one in self.old.key_points
        ]
        after = [key_of(self.after, one.id if isinstance(one, Summary) else one) for one in self.new.key_points]
        if before == after:
            return
        moved = sorted(before) == sorted(after)
        headline = f"Story `{self.after}`: {'the order of the ' if moved else 'the '}key points changed"
        place = ("key_points",)
        told = (_points(self.sides.old, self.before), _points(self.sides.new, self.after))
        yield self._change(ChangeKind.KEY_POINTS_CHANGED, headline, new=place, old=place, told=told)

    # -- disputes --

    def _disputes(self) -> Iterator[Change]:
        known = {str(one.id): (place, one) for place, one in enumerate(self.new.disputes)}
        seen = set()
        for place, one in enumerate(self.old.disputes):
            now = self.sides.names.anchors.get(f"{self.before}/{one.id}", "").partition("/")[2]
            if now in known:
                seen.add(now)
                yield from self._dispute((place, one), known[now])
            elif now:
                yield self._undisputed(place, one, now)
        for name, (place, one) in known.items():
            if name not in seen:
                headline = f"New dispute `{name}`"
                yield self._change(
                    ChangeKind.DISPUTE_ADDED,
                    headline,
                    new=("disputes", place, "id"),
                    told=("", plain(one.question)),
                    subject=f"{self.after}/{name}",
                )

    def _undisputed(self, place: int, one: Dispute, now: str) -> Change:
        keys = tuple(self.sides.names.key(key_of(self.before, ref)) for ref in one.positions)
        change = self._change(
            ChangeKind.DISPUTE_REMOVED,
            f"The dispute `{one.id}` was removed; its URL redirects to `{now}`",
            new=("disputes",) if self.new.disputes else (),
            old=("disputes", place, "id"),
            told=(plain(one.question), ""),
        )
        return replace(change, reach=replace(change.reach, statements=keys))

    def _dispute(self, old: tuple[int, Dispute], new: tuple[int, Dispute]) -> Iterator[Change]:
        before, after = old[1], new[1]
        told = (plain(before.question), plain(after.question))
        subject = f"{self.after}/{after.id}"

        def change(kind: ChangeKind, headline: str, attribute: str, texts: tuple[str, str]) -> Change:
            new_place, old_place = ("disputes", new[0], attribute), ("disputes", old[0], attribute)
            return self._change(kind, headline, new=new_place, old=old_place, told=texts, subject=subject)

        if told[0] != told[1]:
            headline = f"The question of the dispute `{after.id}` was reworded"
            yield change(ChangeKind.DISPUTED_WORDING_CHANGED, headline, "question", told)
        positions = [self.sides.names.key(key_of(self.before, ref)) for ref in before.positions]
        now = [key_of(self.after, ref) for ref in after.positions]
        if gone := [key for key in positions if key not in now]:
            names = ", ".join(f"`{key.partition('/')[2]}`" for key in gone)
            headline = f"The dispute `{after.id}` no longer includes {names}"
            yield change(ChangeKind.POSITION_REMOVED, headline, "positions", ("", ""))
        if came := [key for key in now if key not in positions]:
            names = ", ".join(f"`{key.partition('/')[2]}`" for key in came)
            headline = f"The dispute `{after.id}` now includes {names}"
            yield change(ChangeKind.DISPUTE_CHANGED, headline, "positions", ("", ""))
        if before.status is not after.status:
            settled = after.status is DisputeStatus.SETTLED
            headline = f"The dispute `{after.id}` was {'settled' if settled else 'reopened'}"
            kind = ChangeKind.DISPUTE_SETTLED if settled else ChangeKind.DISPUTE_CHANGED
            yield change(kind, headline, "status", (str(before.status), str(after.status)))
        yield from self._support(("disputes", new[0]), before, after, f"The dispute `{after.id}`", subject)

    # -- unknowns --

    def _unknowns(self) -> Iterator[Change]:
        known = {str(one.id): (place, one) for place, one in enumerate(self.new.unknowns)}
        seen = set()
        for place, one in enumerate(self.old.unknowns):
            key = self.sides.names.anchors.get(f"{self.before}/{one.id}", "")
            now = key.partition("/")[2]
            if now in known:
                seen.add(now)
                yield from self._unknown((place, one), known[now])
            elif key in self.sides.new.graph.statements:
                yield self._answered(place, one, key)
        for name, (place, one) in known.items():
            if name not in seen:
                yield self._change(
                    ChangeKind.UNKNOWN_ADDED,
                    f"New open question `{name}`",
                    new=("unknowns", place, "id"),
                    told=("", _item_text(self.sides.new, one, self.after)),
                    subject=f"{self.after}/{name}",
                )

    def _unknown(self, old: tuple[int, Unknown], new: tuple[int, Unknown]) -> Iterator[Change]:
        told = (_item_text(self.sides.old, old[1], self.before), _item_text(self.sides.new, new[1], self.after))
        settles = (plain(old[1].would_settle), plain(new[1].would_settle))
        subject, what = f"{self.after}/{new[1].id}", f"The open question `{new[1].id}`"
        yield from self._support(("unknowns", new[0]), old[1], new[1], what, subject)
        aspects = (
            ("text", f"{what} was reworded", told),
            ("would_settle", f"{what}: what would settle it changed", settles),
        )
        for attribute, headline, texts in aspects:
            if texts[0] != texts[1]:
                yield self._change(
                    ChangeKind.UNKNOWN_CHANGED,
                    headline,
                    new=("unknowns", new[0], attribute),
                    old=("unknowns", old[0], attribute),
                    told=texts,
                    subject=subject,
                )

    def _answered(self, place: int, one: Unknown, key: str) -> Change:
        now = self.sides.new.graph.statements[key]
        return self._change(
            ChangeKind.UNKNOWN_CHANGED,
            f"The open question `{one.id}` is now answered by `{now.id}`",
            new=(*now.place.loc, "id") if now.place.path == self.new_path else (),
            old=("unknowns", place, "id"),
            told=(_item_text(self.sides.old, one, self.before), self.sides.new.own_text(key)),
            subject=key,
        )

    # -- history --

    def _revisions(self) -> Iterator[Change]:
        before = {self.sides.was(one, self.before): (place, one) for place, one in enumerate(self.old.revisions)}
        after = {self.sides.now(one, self.after): (place, one) for place, one in enumerate(self.new.revisions)}
        gone = [entry for form, entry in before.items() if form not in after]
        came = [entry for form, entry in after.items() if form not in before]
        edited = {
            old[0]: new for old in gone for new in came if (old[1].date, old[1].kind) == (new[1].date, new[1].kind)
        }
        for place, one in gone:
            now = edited.get(place)
            kept = now is not None and self._still_tells(one, now[1])
            change = self._change(
                ChangeKind.REVISION_CHANGED if kept else ChangeKind.REVISION_REMOVED,
                f"The {one.kind} entry of {one.date} was {self._edit(one, now[1]) if now else 'removed'}",
                new=("revisions", now[0]) if now else (),
                old=("revisions", place),
                told=(plain(one.note), plain(now[1].note) if now else ""),
            )
            keys = (self.sides.names.key(key_of(self.before, ref)) for ref in one.statements)
            known = tuple(key for key in keys if key in self.sides.new.graph.statements)
            yield replace(change, reach=replace(change.reach, statements=() if kept else known))
        for place, one in came:
            if place not in {now[0] for now in edited.values()}:
                headline = f"New {one.kind} entry"
                told = ("", plain(one.note))
                yield self._change(ChangeKind.REVISION_ADDED, headline, new=("revisions", place), told=told)

    def _still_tells(self, before: Revision, after: Revision) -> bool:
        """Tell whether an edited entry says of as many statements as before what was changed, and why."""
        return not self._unnamed(before, after) and (is_told(after.note) or not before.note)

    def _unnamed(self, before: Revision, after: Revision) -> list[str]:
        """Return what an edited entry no longer names, as ids."""
        names = {key_of(self.after, ref) for ref in after.statements}
        gone = [ref for ref in before.statements if self.sides.names.key(key_of(self.before, ref)) not in names]
        return [*map(str, gone), *(str(one) for one in before.removed if one not in after.removed)]

    def _edit(self, before: Revision, after: Revision) -> str:
        gone = self._unnamed(before, after)
        return f"edited; it no longer names {', '.join(f'`{name}`' for name in gone)}" if gone else "edited"

    def _suppressions(self) -> Iterator[Change]:
        known = {one.rule for one in self.old.allow}
        for place, one in enumerate(self.new.allow):
            if one.rule not in known:
                headline = f"Story `{self.after}` suppresses the rule `{one.rule}`: {plain(one.reason)}"
                yield self._change(ChangeKind.RULE_SUPPRESSED, headline, new=("allow", place))


def _displaced(before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    """Return two orders of the same things without what they begin and end with alike."""
    start = next((place for place, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]), 0)
    end = len(before)
    while end > start and before[end - 1] == after[end - 1]:
        end -= 1
    return before[start:end], after[start:end]


def _moved(places: list[tuple[int | None, int | None, str]]) -> Iterator[str]:
    """Yield the keys of the statements that left their section.

    Args:
        places: the section before and the section now of each statement, and its key. A section goes on where most of
            its statements are.
    """
    shared = Counter((before, after) for before, after, _ in places)
    heirs = {before: after for (before, after), _ in reversed(shared.most_common())}
    yield from (key for before, after, key in places if heirs[before] != after)


def _ids(keys: list[str]) -> str:
    return ", ".join(f"`{key.partition('/')[2]}`" for key in keys)


def _words(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return plain(str(value)) if value is not None else ""


def _points(side: Snapshot, story: str) -> str:
    return " ".join(side.own_text(one.key) for one in side.graph.key_points(story))


def _item_text(side: Snapshot, item: Dispute | Unknown, story: str) -> str:
    if isinstance(item, Dispute):
        return plain(item.question)
    return sentence_text(compile_unknown(item, story, side.graph, side.wording))
