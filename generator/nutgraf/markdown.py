"""Markdown in content, and the links that names and hard words get.

Links are put in on markdown-it-py's tokens, never on HTML. A link may hold emphasis or stand within it, and never
crosses it: where that cannot be ("the *generative* AI" is fine, "*the generative* AI" is not), there is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token
from markupsafe import Markup

from nutgraf.glossary import MentionKind
from nutgraf.glossary.markdown_text import NOTHING, RecordLink, is_plain, parser, reference, shown, visible
from nutgraf.model import Links
from nutgraf.wording import SegmentKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nutgraf.glossary import Matcher
    from nutgraf.graph import Graph
    from nutgraf.wording import Segment, Sentence, Unit

_MARKDOWN: Final = parser()
# The headings of a page are its own, and so are its quotations.
_BLOCKS: Final = parser().disable(["heading", "lheading", "hr"])

_OPENING: Final = re.compile("[\u202a\u202b\u202d\u202e\u2066\u2067\u2068]")
_CLOSERS: Final = {"\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
_POP: Final = "\u202c"


def closed(text: str) -> str:
    """Return `text` with its bidirectional controls closed (UAX #9), so that they change nothing behind it."""
    if text.isascii() or not _OPENING.search(text):
        return text
    waiting: list[str] = []
    for character in text:
        if _OPENING.match(character):
            waiting.append(_CLOSERS.get(character, _POP))
        elif waiting and character == waiting[-1]:
            waiting.pop()
    return text + "".join(reversed(waiting))


_ALL_KINDS: Final = frozenset(MentionKind)
_NAMES: Final = frozenset({MentionKind.ENTITY})
_ATTRIBUTION: Final = frozenset({SegmentKind.ASSERTER, SegmentKind.CARRIER, SegmentKind.DATE})
"""Parts of a sentence that say who asserts it, and when: names are linked there, words are not explained."""


@dataclass(frozen=True)
class Linker:
    """Links the names and terms of one page.

    It remembers what it has linked since `fresh` was called last, because a word is linked once a section.

    Attributes:
        finder: finds them.
        address: the page's address, relative to the site's root: `stories/x/`, empty for the home page.
        story: the story that the text belongs to, for words with more than one sense.
        graph: resolves the links that content writes itself.
        linked: the addresses of the pages that were linked since the section began.
        links: which mentions are links, where a story does not say so itself.
        locale: the language of the site, as a BCP 47 tag.
    """

    finder: Matcher
    address: str
    story: str | None = None
    graph: Graph | None = None
    linked: set[str] = field(default_factory=set)
    links: Links = Links.FIRST
    locale: str = "en"

    def start_section(self) -> None:
        """Begin a new section."""
        self.linked.clear()

    def href(self, address: str) -> str:
        """Return the link from this page to another, which may have a fragment."""
        return "../" * self.address.count("/") + address or "./"

    def in_story(self, story: str | None) -> Linker:
        """Return the same for the text of a story: words are meant in its sense, and links made are shared."""
        return self if story == self.story else replace(self, story=story)

    @property
    def policy(self) -> Links:
        """Which mentions are links here: as the story has it, else as the site does."""
        story = self.graph.stories.get(self.story) if self.graph and self.story else None
        return story.links if story and story.links else self.links

    def should_link(self, page: str) -> bool:
        """Tell whether a mention that stands here is to be a link to the page of what it names."""
        policy = self.policy
        if policy is Links.NONE or page == self.address:
            return False
        return policy is Links.ALL or page not in self.linked

    def mark_linked(self, page: str) -> None:
        """Remember that a page was linked."""
        self.linked.add(page)

    def foreign(self, tag: str | None) -> str:
        """Return a language tag for HTML's `lang`; empty for the site's own language, or no tag at all."""
        return tag if tag and tag != self.locale and _LANGUAGE.fullmatch(tag) else ""


_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def page_of(kind: str, name: str) -> str:
    """Return the address of an entity's or a term's page."""
    return f"entities/{name}/" if kind == MentionKind.ENTITY else f"glossary/{name}/"


def unit_text(unit: Unit) -> str:
    """Return the sentences of a unit as plain text."""
    return " ".join(sentence_text(sentence) for sentence in unit.sentences)


def sentence_html(sentence: Sentence, linker: Linker) -> Markup:
    """Return one sentence as HTML."""
    return render_links(link_candidates(sentence, linker), linker)


class LinkCandidate(NamedTuple):
    """A part of a sentence that is a link or is none, as HTML: what is the same wherever the sentence stands.

    Attributes:
        html: its text.
        page: what it may be a link to: the address of a page; empty for text between such.
        named: the class of such a link.
        segment: where this is set, the part has markup, and how it looks is known only where it stands.
        lang: the language of its text, where that is not the site's.
    """

    html: str
    page: str = ""
    named: str = ""
    segment: Segment | None = None
    lang: str = ""


def link_candidates(sentence: Sentence, linker: Linker) -> tuple[LinkCandidate, ...]:
    """Return the parts of a sentence, which are the same on all pages where it stands in the same story."""
    return tuple(part for segment in sentence.segments for part in _parts_of(segment, linker))


def render_links(parts: Iterable[LinkCandidate], linker: Linker) -> Markup:
    """Return the parts of a sentence as HTML, with links where they are wanted here."""
    told: list[str] = []
    for part in parts:
        if part.segment is not None:
            told.append(_inline_html(part.segment.text, linker, raised=part.segment.is_raised))
            continue
        language = f' lang="{part.lang}"' if part.lang else ""
        if part.page and linker.should_link(part.page):
            linker.mark_linked(part.page)
            inner = f"<bdi>{part.html}</bdi>" if language else part.html
            href = escapeHtml(linker.href(part.page))
            told.append(f'<a href="{href}" class="{part.named}"{language}>{inner}</a>')
        elif language:
            told.append(f"<bdi{language}>{part.html}</bdi>")
        else:
            told.append(part.html)
    # Safe: all text is escaped.
    return Markup("".join(told))  # noqa: S704


def sentence_text(sentence: Sentence) -> str:
    """Return one sentence as plain text."""
    return "".join(
        plain_text(segment.text) if segment.kind is SegmentKind.CLAUSE else closed(segment.text)
        for segment in sentence.segments
    )


def _parts_of(segment: Segment, linker: Linker) -> Iterator[LinkCandidate]:
    if segment.kind is not SegmentKind.CLAUSE:
        yield from _plain_parts(closed(segment.text), linker, _NAMES if segment.kind in _ATTRIBUTION else _ALL_KINDS)
    elif is_plain(segment.text):
        yield from _plain_parts(segment.text, linker, raised=segment.is_raised)
    else:
        yield LinkCandidate("", segment=segment)


def _plain_parts(
    text: str, linker: Linker, kinds: frozenset[MentionKind] = _ALL_KINDS, *, raised: bool = False
) -> Iterator[LinkCandidate]:
    """Yield the parts of a text without markup: what the parser makes of it, without asking it."""
    place = 0
    for mention in linker.finder.find(_lowered(text) if raised else text, linker.story):
        if mention.kind in kinds:
            if place < mention.start:
                yield LinkCandidate(escapeHtml(text[place : mention.start]))
            named = escapeHtml(text[mention.start : mention.end])
            page, language = page_of(mention.kind, mention.id), linker.foreign(mention.lang)
            yield LinkCandidate(named, page, _CLASSES[mention.kind], lang=language)
            place = mention.end
    if place < len(text):
        yield LinkCandidate(escapeHtml(text[place:]))


_FIRST_LETTER: Final = re.compile(r"[^\W\d_]")


def _lowered(text: str) -> str:
    """Return the text of a clause as it was typed, without the capital of the sentence that it begins.

    "post offices closed" names no paper called Post, nor does "Post offices closed".
    """
    found = _FIRST_LETTER.search(text)
    if found is None or len(found[0].lower()) > 1:
        return text
    return text[: found.start()] + found[0].lower() + text[found.end() :]


def inline_html(markdown: str, linker: Linker | None = None) -> Markup:
    """Return inline Markdown as HTML, with links to names and terms if there is a linker."""
    return _inline_html(markdown, linker)


def everyday_html(markdown: str, linker: Linker) -> Markup:
    """Return inline Markdown whose words mean what they do every day, as HTML: names are linked, terms are not."""
    return _inline_html(markdown, linker, _NAMES)


def _inline_html(
    markdown: str, linker: Linker | None, kinds: frozenset[MentionKind] = _ALL_KINDS, *, raised: bool = False
) -> Markup:
    if linker and is_plain(markdown):
        return render_links(_plain_parts(markdown, linker, kinds, raised=raised), linker)
    tokens = _inline(markdown)
    return _html(_linked(tokens, linker, kinds, raised=raised) if linker else tokens)


def block_html(markdown: str, linker: Linker | None = None) -> Markup:
    """Return Markdown with paragraphs and lists as HTML."""
    tokens = _BLOCKS.parse(closed(markdown), {})
    quotations = 0
    for token in tokens:
        quotations += token.nesting if token.type in {"blockquote_open", "blockquote_close"} else 0
        if linker and token.type == "inline" and token.children:
            token.children = _linked(token.children, linker, in_quotation=quotations > 0)
    # Safe: the parser escapes all text and knows no raw HTML.
    return Markup(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))  # noqa: S704


def plain_text(markdown: str) -> str:
    """Return inline Markdown as plain text."""
    if is_plain(markdown):
        return markdown
    return "".join(_plain(token) for token in _inline(markdown))


def _plain(token: Token) -> str:
    return shown(token).replace("\n", " ") if token.type in {"softbreak", "hardbreak"} else shown(token)


def _inline(markdown: str) -> list[Token]:
    tokens = _MARKDOWN.parseInline(closed(markdown), {})
    return tokens[0].children or [] if tokens else []


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _html(tokens: Sequence[Token]) -> Markup:
    # Safe for the same reason.
    inline = Token("inline", "", 0, children=list(tokens))
    return Markup(_MARKDOWN.renderer.render([inline], _MARKDOWN.options, {}))  # noqa: S704


# -- links --


_CITED: Final = re.compile(r"^\s*(?:[\u2014\u2013\u2015]|--)\s*\S", re.MULTILINE)
"""Where a line of a quotation says whose it is."""


@dataclass(frozen=True, slots=True)
class _TokenSlice:
    """A token, or a part of one.

    Attributes:
        start, end: where it stands in the visible text; the same for what is not seen, such as the start of emphasis.
        token: the token.
    """

    start: int
    end: int
    token: Token


def _linked(
    tokens: Sequence[Token],
    linker: Linker,
    kinds: frozenset[MentionKind] = _ALL_KINDS,
    *,
    in_quotation: bool = False,
    raised: bool = False,
) -> list[Token]:
    """Return inline tokens with links put in: none inside a link, none inside code."""
    seen = visible(tokens)
    cited = _CITED.search(seen.text) if in_quotation else None
    barred = (*seen.barred, (cited.start(), len(seen.text))) if cited else seen.barred
    given = [(start, target) for start, _, href in seen.links if (target := reference(href)) is not None]
    searched = _lowered(seen.text) if raised else seen.text
    found = [one for one in linker.finder.find(searched, linker.story, barred) if one.kind in kinds]
    if not found and not seen.links:
        return list(tokens)
    cuts = sorted({place for one in found for place in (one.start, one.end)})
    pieces = [*_pieces(_with_own_links(tokens, linker), cuts)]
    opened: dict[int, tuple[Token, ...]] = {}
    closing: dict[int, tuple[Token, ...]] = {}
    for mention in found:
        while given and given[0][0] < mention.start:
            _remember(given.pop(0)[1], linker)
        # What cannot be a link here may be one further on.
        page, language = page_of(mention.kind, mention.id), linker.foreign(mention.lang)
        wanted = linker.should_link(page)
        around = _around(pieces, mention.start, mention.end) if wanted or language else None
        if around is not None:
            if wanted:
                linker.mark_linked(page)
            marks = _marks(linker.href(page) if wanted else "", mention.kind, language)
            opened[around[0]], closing[around[1]] = marks
    for _, target in given:
        _remember(target, linker)
    return [*_woven(pieces, opened, closing)]


def _remember(target: RecordLink, linker: Linker) -> None:
    page = _address(target, linker)
    if page is not None:
        linker.mark_linked(page)


def _pieces(tokens: Iterable[Token], cuts: Sequence[int]) -> Iterator[_TokenSlice]:
    """Yield tokens with their places, cut where links begin and end."""
    place = 0
    for token in tokens:
        end = place + len(shown(token))
        inner = [cut for cut in cuts if place < cut < end] if token.type == "text" else []
        for start, stop in zip([place, *inner], [*inner, end], strict=True):
            part = _text(token.content[start - place : stop - place]) if inner else token
            yield _TokenSlice(start, stop, part)
        place = end


def _around(pieces: Sequence[_TokenSlice], start: int, end: int) -> tuple[int, int] | None:
    """Return the first and the last piece of a link around a stretch; None if it would cross emphasis."""
    first = next((at for at, one in enumerate(pieces) if one.start == start and one.end > start), None)
    last = next((at for at in range(len(pieces) - 1, -1, -1) if pieces[at].end == end > pieces[at].start), None)
    if first is None or last is None:
        return None
    ended, begun = 0, 0
    for one in pieces[first : last + 1]:
        begun += one.token.nesting
        if begun < 0:
            ended, begun = ended + 1, 0
    while ended:  # Emphasis that ends within the stretch has to begin right before it.
        first -= 1
        if first < 0 or pieces[first].end > pieces[first].start or pieces[first].token.nesting < 0:
            return None
        ended -= pieces[first].token.nesting
    while begun:
        last += 1
        if last == len(pieces) or pieces[last].end > pieces[last].start or pieces[last].token.nesting > 0:
            return None
        begun += pieces[last].token.nesting
    return first, last


def _marks(href: str, kind: str, language: str) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """Return what opens and what closes around a mention: a link, if there is an address, and its language."""
    opening: tuple[Token, ...] = (_opening(href, kind),) if href else ()
    if language:
        opening = (*opening, Token("bdi_open", "bdi", 1))
        opening[0].attrSet("lang", language)
    closing = tuple(Token(f"{one.tag}_close", one.tag, -1) for one in reversed(opening))
    return opening, closing


def _woven(
    pieces: Sequence[_TokenSlice], opened: dict[int, tuple[Token, ...]], closing: dict[int, tuple[Token, ...]]
) -> Iterator[Token]:
    for at, one in enumerate(pieces):
        yield from opened.get(at, ())
        yield one.token
        yield from closing.get(at, ())


def _opening(href: str, kind: str) -> Token:
    return Token("link_open", "a", 1, attrs={"href": href, "class": _CLASSES[kind]})


def _with_own_links(tokens: Sequence[Token], linker: Linker) -> Iterator[Token]:
    """Yield tokens with the links that content writes itself made ready; those that lead nowhere are left out."""
    dropped: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            own = _own_link(str(token.attrs.get("href", "")), linker)
            dropped.append(own is None)
            if own is not None:
                yield own
        elif token.type != "link_close" or not dropped.pop():
            yield token


def _own_link(href: str, linker: Linker) -> Token | None:
    """Return a link that content writes itself, or None if it leads nowhere and only its text stays."""
    target = reference(href)
    if target is None:
        # An outside page learns nothing of the reader, and gets no hold on this one.
        rel = {} if href.startswith("#") else {"rel": "noopener noreferrer external"}
        return Token("link_open", "a", 1, attrs={"href": href, **rel}) if href else None
    address = _address(target, linker)
    return _opening(linker.href(address), target.kind) if address is not None else None


_CLASSES: Final = {"entity": "who", "term": "term", "source": "source", "statement": "statement"}


def _address(target: RecordLink, linker: Linker) -> str | None:
    """Return the address of a record, if it exists."""
    graph, name = linker.graph, target.name
    if graph is None or name == NOTHING:
        return None
    if target.kind == "entity":
        return f"entities/{name}/" if name in graph.entities else None
    if target.kind == "term":
        return f"glossary/{name}/" if name in graph.terms else None
    if target.kind == "source":
        return f"sources/{name}/" if name in graph.sources else None
    key = name if "/" in name or linker.story is None else f"{linker.story}/{name}"
    story, _, statement = key.partition("/")
    return f"stories/{story}/#{statement}" if key in graph.statements else None
