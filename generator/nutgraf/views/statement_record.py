"""The record of a statement: who says it, where, on what basis, and whatever else is on file about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nutgraf.graph import key_of
from nutgraf.markdown import inline_html, unit_text
from nutgraf.model import (
    Anonymous,
    Asked,
    Certainty,
    EntityId,
    FuzzyDate,
    NotStated,
    Reply,
    Speaker,
    Unnamed,
    UnnamedParty,
)
from nutgraf.views import address, interface_text, origins
from nutgraf.views.page import Link, When
from nutgraf.views.statement import differing, mark, record_anchor
from nutgraf.wording import compile_reply, names
from nutgraf.wording.framing import hosted, publishers, said_of
from nutgraf.wording.patterns import fill
from nutgraf.wording.replies import accusers_of, replies_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markupsafe import Markup

    from nutgraf.graph import Resolved
    from nutgraf.model import Accusation, Asserter
    from nutgraf.views.certainty_mark import CertaintyMark
    from nutgraf.views.origins import OriginView, SourceLine
    from nutgraf.views.page import PageContext


@dataclass(frozen=True, slots=True)
class StatementMention:
    """Another statement that a record speaks of.

    Attributes:
        text: as it stands alone, plain, with all that must stand with it.
        mark: its mark, which leads to its own record.
    """

    text: str
    mark: CertaintyMark


@dataclass(frozen=True, slots=True)
class RelatedStatements:
    """Statements that stand in one relation to that of the record."""

    label: str
    statements: tuple[StatementMention, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The right of reply of somebody accused.

    Attributes:
        who: who is accused.
        asked: when they were asked, or that this is not known, or that they were not.
        silence: a sentence, where they, or some of them, gave no answer that is on record.
        replies: what they, or who speaks for them, answered.
        earlier: what they had said before.
        others: what others have said to it.
        outcome: what came of it.
    """

    who: tuple[Link, ...]
    asked: str
    silence: str
    replies: tuple[StatementMention, ...]
    earlier: tuple[StatementMention, ...]
    others: tuple[StatementMention, ...]
    outcome: tuple[StatementMention, ...]


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A change of a statement.

    Attributes:
        when: the day.
        kind: "Correction".
        note: what changed and why; None where nobody wrote it.
        was: what the page said before.
    """

    when: When
    kind: str
    note: Markup | None
    was: Markup | None


@dataclass(frozen=True, slots=True)
class StatementRecord:
    """All that is on file about a statement.

    Attributes:
        anchor: its own, on the page.
        mark: that of the statement.
        sentence: as it stands alone, plain: the record may cover it on the page.
        meaning: what its certainty means, a sentence.
        who: who says so.
        basis: why they are not named, or how far the publication says where it has this from.
        where: the sources.
        said: when it was said; None where that was not written down, and others published it.
        when: when it happened.
        dated: how that goes with how sure it is, where the two are not the same; else empty.
        origins_label: "3 sources, 1 origin".
        origins: the independent origins.
        answers: of those whom it accuses.
        related: what it rests on, what refutes it, and so on.
        gone: why it was taken back or gave way, if it was.
        history: the changes of the page that concern it, the newest first.
        citation: what follows the sentence when it is cited: how sure it is, its sources; then its page and an address.
        edit: where to suggest a change of it.
        propose: where to propose one without editing a file.
    """

    anchor: str
    mark: CertaintyMark
    sentence: str
    meaning: str
    who: tuple[Link, ...]
    basis: tuple[str, ...]
    where: tuple[SourceLine, ...]
    said: When | None
    when: When | None
    dated: str
    origins_label: str
    origins: tuple[OriginView, ...]
    answers: tuple[Answer, ...]
    related: tuple[RelatedStatements, ...]
    gone: Markup | None
    history: tuple[HistoryEntry, ...]
    citation: str
    edit: str | None
    propose: str | None


def record(page: PageContext, key: str) -> StatementRecord:
    """Return the record of a statement, for a page of its story."""
    resolved = page.graph.statements[key]
    statement = resolved.statement
    found = origins.of_statement(page, resolved)
    sources = len(resolved.source_ids)
    span = page.graph.positions.span(resolved.place.path, resolved.place.loc)
    return StatementRecord(
        anchor=record_anchor(resolved.id),
        mark=mark(page, key),
        sentence=page.text(key),
        meaning=page.wording.certainty_meaning(resolved.certainty, resolved.by),
        who=tuple(dict.fromkeys(link for by in resolved.by for link in _who(page, resolved, by))),
        basis=tuple(_basis(page, resolved)),
        where=tuple(_where(page, resolved)),
        said=_said(page, resolved),
        when=page.happened(statement),
        dated=_dated(resolved),
        origins_label=f"{interface_text.count(sources, 'source')}, {interface_text.count(len(found), 'origin')}",
        origins=() if _is_plain(resolved, found) else found,
        answers=tuple(_answer(page, resolved, one) for one in statement.accuses),
        related=tuple(_related(page, resolved)),
        gone=_gone(page, resolved),
        history=tuple(_history(page, resolved)),
        citation=_citation(page, resolved),
        edit=page.edit(resolved.place.path, span.line),
        propose=page.propose(key),
    )


def _is_plain(resolved: Resolved, found: Iterable[OriginView]) -> bool:
    """Tell whether all that is cited stands side by side, and is best listed so."""
    if all(one.root not in resolved.source_ids for one in resolved.origins if one.root is not None):
        return all(one.stated for one in found)
    return not any(one.repeated or len(one.first) > 1 or not one.stated for one in found)


def _where(page: PageContext, resolved: Resolved) -> Iterator[SourceLine]:
    """Yield the sources, each with what it says that it has this from, where that is not cited itself."""
    for name in resolved.source_ids:
        line = origins.source_line(page, name)
        roots = [one.root for one in resolved.origins if name in one.sources]
        root = roots[0] if roots else None
        if root is not None and root in page.graph.sources and root not in resolved.source_ids:
            told = f"says that it has this from {page.source_label(root)}, which is not cited for it here"
            line = replace(line, notes=(*line.notes, told))
        yield line


def _citation(page: PageContext, resolved: Resolved) -> str:
    """Return what must stand behind a statement that others quote: how sure it is, and where it is from."""
    the_mark = mark(page, resolved.key)
    sure = ", ".join((the_mark.word, *(flag.word for flag in the_mark.flags)))
    read = "; ".join(page.source_label(name) for name in resolved.source_ids)
    sources = f"{'Source' if len(resolved.source_ids) == 1 else 'Sources'}: {read}. " if read else ""
    return f"({interface_text.capital(sure)}.) {sources}".rstrip()


def cited_as(page: PageContext, story: str) -> str:
    """Return what stands behind every citation from a story: where it is from."""
    where = [page.story_link(story).text, page.context.settings.site_name]
    as_of = page.graph.stories[story].as_of
    if as_of:
        where.append(f"as of {page.wording.day(as_of)}")
    return f"In: {', '.join(where)}."


def _who(page: PageContext, resolved: Resolved, by: Asserter) -> Iterator[Link]:
    if isinstance(by, EntityId):
        yield page.entity_link(by)
    elif isinstance(by, Speaker) and isinstance(by.who, EntityId):
        yield Link(page.wording.asserter(by, page.graph), page.href(address.entity(by.who)))
    elif by is Unnamed.UNNAMED:
        yield from (page.entity_link(name) for name in publishers(page.graph, resolved))
    else:
        yield Link(page.wording.asserter(by, page.graph))


def _basis(page: PageContext, resolved: Resolved) -> Iterator[str]:
    is_post = hosted(page.graph, resolved) is not None
    for by in resolved.by:
        if isinstance(by, Anonymous):
            # That no reason was written down does not mean that none is given.
            why = f": {by.terms.rstrip('.')}" if by.terms else ""
            # What somebody posts is not told to a publication.
            yield f"Whoever wrote it is not named{why}." if is_post else f"The publication does not name them{why}."
        elif by is Unnamed.UNNAMED:
            yield "It does not say where it has this from."
    cited = [page.graph.sources[name] for name in resolved.source_ids]
    if resolved.certainty is Certainty.ESTABLISHED and any(source.is_primary for source in cited):
        yield "It rests on a public record or a primary document."
        if all(source.url is NotStated.UNKNOWN for source in cited):
            yield "The address of that document was not kept: it is to be looked for at its publisher."
    if cited and not any(source.read for source in cited):
        yield "None of the sources was read for this page: it is known of through others only."


def _said(page: PageContext, resolved: Resolved) -> When | None:
    said = said_of(page.graph, resolved)
    if isinstance(said, FuzzyDate):
        return page.when(said)
    return When(page.wording.language.dates.unknown) if said is NotStated.UNKNOWN else None


def _dated(resolved: Resolved) -> str:
    when = resolved.statement.when
    if when is None or resolved.certainty is not Certainty.ESTABLISHED:
        return ""
    ends = [end for end in (when.start, when.end) if end is not None]
    vague = any(end.uncertain or end.approximate for end in ends)
    return "That it happened is established; when, is not." if vague else ""


def crosses(page: PageContext, keys: Iterable[str]) -> tuple[StatementMention, ...]:
    """Return statements that a page speaks of without being their place; those that exist."""
    return tuple(StatementMention(page.text(key), mark(page, key)) for key in keys if key in page.graph.statements)


def _related(page: PageContext, resolved: Resolved) -> Iterator[RelatedStatements]:
    superseded = resolved.superseded_by
    given = (
        ("Refuted by", resolved.refuted_by),
        ("Gave way to", (superseded,) if superseded else ()),
        ("Denies", (resolved.denies,) if resolved.denies else ()),
        ("Denied by", _denials(page, resolved.key)),
        ("In dispute with", _other_positions(page, resolved)),
        ("Told differently", tuple(differing(page.graph, resolved))),
        ("Rests on", resolved.rests_on),
    )
    for label, keys in given:
        found = crosses(page, dict.fromkeys(keys))
        if found:
            yield RelatedStatements(label, found)


def _denials(page: PageContext, key: str) -> Iterator[str]:
    for other in page.graph.dependents.get(key, ()):
        if page.graph.statements[other].denies == key and other not in page.graph.statements[key].replies:
            yield other


def _other_positions(page: PageContext, resolved: Resolved) -> Iterator[str]:
    for dispute in resolved.disputes:
        story = next(name for name, one in page.graph.stories.items() if dispute in one.disputes)
        yield from (key for ref in dispute.positions if (key := key_of(story, ref)) != resolved.key)


def _answer(page: PageContext, resolved: Resolved, accusation: Accusation) -> Answer:
    found = replies_to(page.graph, resolved, accusation)
    return Answer(
        who=tuple(_party(page, one) for one in accusation.who),
        # That they were not asked is said in that sentence already.
        asked=_asked(page, accusation) if found.own or accusation.asked is not Asked.NO else "",
        silence=_silence(page, accusation, found.silent) if found.silent else "",
        replies=tuple(_reply(page, resolved, key) for key in found.own),
        earlier=crosses(page, found.earlier),
        others=crosses(page, found.others),
        outcome=crosses(page, (key_of(resolved.story, ref) for ref in accusation.outcome)),
    )


def _reply(page: PageContext, resolved: Resolved, key: str) -> StatementMention:
    """Return a reply, without what others say to it."""
    unit = compile_reply(page.graph.statements[key], page.graph, page.wording, accusers_of(resolved))
    return StatementMention(unit_text(unit), mark(page, key))


def _party(page: PageContext, one: EntityId | UnnamedParty) -> Link:
    if isinstance(one, UnnamedParty):
        return Link(one.unnamed)
    link = page.entity_link(one)
    return Link(names.with_article(page.graph, one, link.text), link.href)


def _asked(page: PageContext, accusation: Accusation) -> str:
    if isinstance(accusation.asked, FuzzyDate):
        return f"An answer was sought {page.wording.date_phrase(accusation.asked)}."
    if accusation.asked is Asked.NO:
        return "No answer was sought, as far as the sources say."
    return "Whether an answer was sought, the sources do not say."


def _silence(page: PageContext, accusation: Accusation, silent: Iterable[EntityId | UnnamedParty]) -> str:
    followed = page.wording.language.followed
    who = page.wording.join(_party(page, one).text for one in silent)
    if Reply.DECLINED in accusation.reply:
        pattern = followed.declined
    else:
        pattern = followed.not_asked if accusation.asked is Asked.NO else followed.no_reply
    return f"{interface_text.capital(fill(pattern, who=who))}."


def _gone(page: PageContext, resolved: Resolved) -> Markup | None:
    retracted = resolved.statement.retracted
    if retracted is None:
        return None
    day = page.wording.day(retracted.on)
    return inline_html(f"{day}: {retracted.reason}", page.linker)


def _history(page: PageContext, resolved: Resolved) -> Iterator[HistoryEntry]:
    given = page.graph.stories[resolved.story].revisions
    mine = [one for one in given if resolved.key in (key_of(resolved.story, ref) for ref in one.statements)]
    # Of one day, what was written last is the newest.
    for _, one in sorted(enumerate(mine), key=lambda placed: (placed[1].date, placed[0]), reverse=True):
        yield HistoryEntry(
            when=page.day(one.date),
            kind=interface_text.REVISION_KINDS[one.kind],
            note=inline_html(one.note, page.linker) if one.note else None,
            was=inline_html(one.was) if one.was else None,
        )
