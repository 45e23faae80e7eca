"""The page of a story, top to bottom."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from nutgraf.graph import key_of
from nutgraf.loading.content import record_path
from nutgraf.markdown import inline_html, plain_text, sentence_html, sentence_text, unit_text
from nutgraf.model import DisputeStatus, SourceKind
from nutgraf.views import address, interface_text, origins
from nutgraf.views.certainty_summary import strip
from nutgraf.views.charts.timeline_chart import picture
from nutgraf.views.collation import sort_key
from nutgraf.views.evidence import who
from nutgraf.views.money import money
from nutgraf.views.open_questions import open_questions
from nutgraf.views.page import Link, PageContext, PageView, unbroken
from nutgraf.views.people import card, map_of, relations
from nutgraf.views.redirects import Moved, moved_away
from nutgraf.views.revisions import last_changed, revisions
from nutgraf.views.speakers import voices
from nutgraf.views.statement import StatementView, running, statement
from nutgraf.views.statement_record import StatementMention, cited_as, crosses, record
from nutgraf.views.timeline import dated, events
from nutgraf.wording import SegmentKind, compile_unknown, compose

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Sequence

    from markupsafe import Markup

    from nutgraf.graph import Graph, Resolved
    from nutgraf.model import Dispute, Section, Story
    from nutgraf.views.certainty_summary import CertaintySummary
    from nutgraf.views.charts.relation_map import RelationMap
    from nutgraf.views.charts.timeline_chart import TimelineChart
    from nutgraf.views.context import ViewContext
    from nutgraf.views.money import Money
    from nutgraf.views.open_questions import OpenQuestion
    from nutgraf.views.origins import OriginView
    from nutgraf.views.people import Card, RelationView
    from nutgraf.views.revisions import RevisionView
    from nutgraf.views.speakers import SpeakerView
    from nutgraf.views.statement_record import StatementRecord
    from nutgraf.views.timeline import TimelineEvent
    from nutgraf.wording import Sentence, Unit

_PARAGRAPH: Final = 60
"""A paragraph is full at that many words: about four lines on a screen, eight on a phone."""
_PAIR: Final = 2
_FOREMOST: Final = 6
"""So many cards are shown at once: two rows on a desk, three thumbs on a phone."""


@dataclass(frozen=True, slots=True)
class SectionView:
    """A part of the story.

    Attributes:
        anchor: of its heading.
        title: its heading, plain; absent where it goes on without one.
        heading: the same as HTML.
        paragraphs: its statements as running prose.
        records: of its statements. They stand behind the prose: none may stand inside a paragraph.
    """

    anchor: str
    title: str | None
    heading: Markup | None
    paragraphs: tuple[tuple[StatementView, ...], ...]
    records: tuple[StatementRecord, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """One answer to a question that is disputed."""

    holder: str
    statement: StatementView


@dataclass(frozen=True, slots=True)
class DisputeView:
    """A question that is answered differently.

    Attributes:
        anchor: its permanent one.
        former: those that it had before.
        question: plain text.
        is_open: whether it goes on; then all positions get equal weight.
        positions: the answers.
        given: the statements that the question takes for granted.
    """

    anchor: str
    former: tuple[str, ...]
    question: str
    is_open: bool
    positions: tuple[Position, ...]
    given: tuple[StatementMention, ...]


@dataclass(frozen=True, slots=True)
class UnknownView:
    """What nobody knows.

    Attributes:
        anchor: its permanent one.
        former: those that it had before.
        lead: why it is not known: the beginning of its sentence. What has the same one stands below it.
        question: what is not known: the rest of its sentence.
        plain: the question, plain.
        would_settle: what would change that; absent where nobody can say.
        given: the statements that the question takes for granted.
    """

    anchor: str
    former: tuple[str, ...]
    lead: str
    question: Markup
    plain: str
    would_settle: Markup | None
    given: tuple[StatementMention, ...]


@dataclass(frozen=True, slots=True)
class TermInStory:
    """A hard word, and what it means in a sentence."""

    link: Link
    short: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView(PageView):
    """The page of a story. What is empty has no place on the page.

    Attributes:
        contents: the parts of the page, for a screen with no room for them beside it.
        open_questions: what is disputed, and how much is not known.
        heading: the question as HTML.
        cited_as: what stands behind every citation from it.
        people: those of whom most is said.
        others: all others.
    """

    question: str
    heading: Markup
    cited_as: str
    topics: tuple[str, ...]
    key_points: tuple[StatementView, ...]
    key_records: tuple[StatementRecord, ...]
    strip: CertaintySummary
    open_questions: tuple[OpenQuestion, ...]
    contents: tuple[Link, ...]
    status: str
    voices: tuple[SpeakerView, ...]
    sections: tuple[SectionView, ...]
    events: tuple[TimelineEvent, ...]
    picture: TimelineChart | None
    people: tuple[Card, ...]
    others: tuple[Card, ...]
    relations: tuple[RelationView, ...]
    map: RelationMap | None
    money: Money
    disputes_title: str
    unknown_title: str
    disputes: tuple[DisputeView, ...]
    unknowns: tuple[tuple[UnknownView, ...], ...]
    words: tuple[TermInStory, ...]
    sources: tuple[OriginView, ...]
    revisions: tuple[RevisionView, ...]
    moved: tuple[Moved, ...]


def view(context: ViewContext, name: str) -> StoryView:
    """Return the page of the story `name`."""
    page = PageContext.at(address.story(name), context, name)
    story = context.graph.stories[name]
    statements = context.graph.in_story(name)
    path = record_path("stories", name)
    title = plain_text(story.title)
    key_points = context.graph.key_points(name)
    links = relations(page, statements)
    pairs = all(len(one.positions) == _PAIR for one in story.disputes)
    people = _people(page, name, story, links)
    made = StoryView(
        kind="story",
        address=page.address,
        title=title,
        description=_description(page, name) or title,
        record=path,
        modified=modified(page.graph, name),
        edit=page.edit(path),
        propose=page.propose(page.address),
        reading=page.href(address.READING),
        question=plain_text(story.question or story.title),
        heading=unbroken(plain_text(story.question or story.title)),
        cited_as=cited_as(page, name),
        topics=story.topics,
        key_points=_key_points(page, key_points),
        key_records=tuple(record(page, one.key) for one in key_points if one.is_summary),
        strip=strip(page, name),
        open_questions=open_questions(page, name),
        contents=(),
        status=interface_text.STATUSES[story.status],
        voices=voices(page, statements),
        sections=tuple(_sections(page, name, story)),
        events=events(page, name),
        picture=picture(dated(page, name), page.wording),
        people=people[:_FOREMOST],
        others=people[_FOREMOST:],
        relations=links,
        map=map_of(links),
        money=money(page, statements),
        disputes_title="Two accounts" if pairs else "Different accounts",
        disputes=tuple(_disputes(page, name, story)),
        unknowns=_together(_unknowns(page, name, story)),
        unknown_title=interface_text.UNKNOWN,
        words=tuple(_words(page, name)),
        sources=origins.of_story(page, statements),
        revisions=revisions(page, name),
        moved=moved_away(page, name),
    )
    return replace(made, contents=tuple(_contents(page, made)))


def _contents(page: PageContext, made: StoryView) -> Iterator[Link]:
    """Yield the parts of the page, in its order."""
    yield from (Link(one.title, page.href(f"{page.address}#{one.anchor}")) for one in made.sections if one.title)
    parts = (
        ("accounts", made.disputes_title, made.disputes),
        ("unknown", interface_text.UNKNOWN, made.unknowns),
        ("money", "The money", made.money.kinds),
        ("timeline", "Timeline", made.events),
        ("who", "Who is who", made.people),
        ("words", "The words", made.words),
        ("sources", "The sources", made.sources),
    )
    yield from (Link(title, page.href(f"{page.address}#section-{part}")) for part, title, found in parts if found)
    yield Link("What changed", page.href(f"{page.address}#section-changes"))


def _key_points(page: PageContext, points: Iterable[Resolved]) -> tuple[StatementView, ...]:
    page.linker.start_section()
    return tuple(statement(page, one.key, anchor=one.is_summary and one.story == page.story) for one in points)


def modified(graph: Graph, name: str) -> datetime.date | None:
    """Return the newest day on which a story was looked at or changed."""
    as_of, changed = graph.stories[name].as_of, last_changed(graph, name)
    return max((day for day in (as_of, changed) if day), default=None)


def _description(page: PageContext, name: str) -> str | None:
    """Return the first thing that the page says, in full: a card may cut it, and then the attribution came first."""
    shown = (*page.graph.key_points(name), *page.graph.in_story(name))
    return page.text(shown[0].key) if shown else None


def _sections(page: PageContext, name: str, story: Story) -> Iterator[SectionView]:
    statements = page.graph.in_story(name)
    anchors = _anchors(story.sections)
    for index, section in enumerate(story.sections):
        page.linker.start_section()
        mine = [one for one in statements if one.section == index]
        if mine:
            yield SectionView(
                anchor=anchors[index],
                title=plain_text(section.title) if section.title else None,
                heading=unbroken(plain_text(section.title)) if section.title else None,
                paragraphs=tuple(_paragraphs(page, mine)),
                records=tuple(record(page, one.key) for one in mine),
            )


_OWN_SECTIONS: Final = frozenset(
    f"section-{name}"
    for name in (
        "title",
        "timeline",
        "who",
        "money",
        "accounts",
        "unknown",
        "words",
        "sources",
        "changes",
    )
)


def _anchors(sections: Sequence[Section]) -> list[str]:
    """Return an anchor for each section, made of its title; the page's own keep theirs."""
    taken = set(_OWN_SECTIONS)
    found: list[str] = []
    for section in sections:
        wanted = f"section-{address.slug(plain_text(section.title or '')) or 'part'}"
        numbered = (f"{wanted}-{number}" for number in itertools.count(2))
        anchor = next(one for one in itertools.chain((wanted,), numbered) if one not in taken)
        taken.add(anchor)
        found.append(anchor)
    return found


def _paragraphs(page: PageContext, statements: Sequence[Resolved]) -> Iterator[tuple[StatementView, ...]]:
    """Yield statements as paragraphs that are easy to read; what has others in its train stands alone."""
    paragraph: list[StatementView] = []
    words = 0
    for unit in compose(statements, page.graph, page.wording):
        alone = len(unit.sentences) > 1
        if paragraph and (alone or (words >= _PARAGRAPH and not _leads_on(page, unit))):
            yield tuple(paragraph)
            paragraph, words = [], 0
        paragraph += running(page, unit)
        words = _PARAGRAPH if alone else words + len(unit_text(unit).split())
    if paragraph:
        yield tuple(paragraph)


def _leads_on(page: PageContext, unit: Unit) -> bool:
    """Tell whether a sentence begins with a pronoun for who spoke before: it stays in their paragraph."""
    first = unit.main.segments[0]
    pronouns = (subject for subject, _ in page.wording.language.pronouns.values())
    return first.kind is SegmentKind.ASSERTER and first.text.casefold() in pronouns


def _people(page: PageContext, name: str, story: Story, links: Sequence[RelationView]) -> tuple[Card, ...]:
    """Return who is who, those first of whom most is said."""
    page.linker.start_section()
    mentions = page.context.mentions
    found = {}
    for entity in mentions.in_story_entities(name):
        counts = mentions.counts.get(entity, {})
        if name in counts or not _only_reports(page, entity):
            found[entity] = counts.get(name, 0)
    ties = Counter(end for one in links for end in {one.tie.start, one.tie.end})
    return tuple(
        card(page, one, found[one], ties[one], story.as_of) for one in sorted(found, key=lambda one: -found[one])
    )


def _only_reports(page: PageContext, entity: str) -> bool:
    """Tell whether somebody publishes reports and no more: then they stand among the sources."""
    published = [page.graph.sources[source].kind for source in page.graph.published_by.get(entity, ())]
    return bool(published) and set(published) <= {SourceKind.REPORT, SourceKind.INTERVIEW}


def _disputes(page: PageContext, name: str, story: Story) -> Iterator[DisputeView]:
    for dispute in story.disputes:
        page.linker.start_section()
        yield _dispute(page, name, dispute)


def _dispute(page: PageContext, name: str, dispute: Dispute) -> DisputeView:
    keys = _known(page, name, dispute.positions)
    return DisputeView(
        anchor=dispute.id,
        former=page.graph.redirects.stayed.get(key_of(name, dispute.id), ()),
        question=plain_text(dispute.question),
        is_open=dispute.status is DisputeStatus.OPEN,
        positions=tuple(
            Position(interface_text.capital(who(page, page.graph.statements[key])), statement(page, key))
            for key in keys
        ),
        given=crosses(page, _known(page, name, dispute.rests_on)),
    )


def _unknowns(page: PageContext, name: str, story: Story) -> Iterator[UnknownView]:
    page.linker.start_section()
    for unknown in story.unknowns:
        lead, rest = _cut(compile_unknown(unknown, name, page.graph, page.wording))
        yield UnknownView(
            anchor=unknown.id,
            former=page.graph.redirects.stayed.get(key_of(name, unknown.id), ()),
            lead=lead,
            question=sentence_html(rest, page.linker),
            plain=sentence_text(rest),
            would_settle=inline_html(unknown.would_settle, page.linker) if unknown.would_settle else None,
            given=crosses(page, _known(page, name, unknown.rests_on)),
        )


def _cut(sentence: Sentence) -> tuple[str, Sentence]:
    """Return what stands before the clause of a sentence, and the rest; all of it, where the clause comes first."""
    before = list(itertools.takewhile(lambda one: one.kind is not SegmentKind.CLAUSE, sentence.segments))
    rest = [one for one in sentence.segments[len(before) :] if one.text != "."]
    return "".join(one.text for one in before).strip(), replace(sentence, segments=tuple(rest))


def _together(unknowns: Iterable[UnknownView]) -> tuple[tuple[UnknownView, ...], ...]:
    """Return open questions, those together that begin in the same way."""
    found: dict[str, list[UnknownView]] = {}
    for one in unknowns:
        found.setdefault(one.lead, []).append(one)
    return tuple(tuple(group) for group in found.values())


def _known(page: PageContext, name: str, refs: Iterable[str]) -> list[str]:
    return [key for ref in refs if (key := key_of(name, ref)) in page.graph.statements]


def _words(page: PageContext, name: str) -> Iterator[TermInStory]:
    page.linker.start_section()
    terms = page.context.mentions.in_story_terms(name)
    for term in sorted(terms, key=lambda term: sort_key(page.graph.terms[term].label)):
        yield TermInStory(page.term_link(term), inline_html(page.graph.terms[term].short, page.linker))
