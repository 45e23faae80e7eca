"""Markdown in content, and the links that names and hard words get.

markdown-it-py with its `js-default` preset: raw HTML stays text, link schemes are checked. Images are off, too, since
one from elsewhere would be a request to another host. Links are put in on tokens, never on HTML.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from nutgraf.glossary import MentionKind
from nutgraf.wording import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nutgraf.glossary import Finder, Mention
    from nutgraf.graph import Graph
    from nutgraf.wording import Segment, Sentence, Unit

_SCHEMES: Final = re.compile(r"(?:https?://|mailto:|#|entity:|source:|statement:|term:)", re.IGNORECASE)
_RECORD: Final = re.compile(r"(entity|source|statement|term):(.+)", re.IGNORECASE)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("js-default", {"breaks": False})
    parser.disable(["image", "linkify", "replacements", "smartquotes"], ignoreInvalid=True)
    allowed = parser.validateLink
    # An allow-list on top of the preset's deny-list: relative links would depend on the page they happen to stand on.
    parser.validateLink = lambda url: bool(_SCHEMES.match(url)) and allowed(url)  # type: ignore[method-assign]
    return parser


_MARKDOWN: Final = _parser()
# The headings of a page are its own, and so are its quotations.
_BLOCKS: Final = _parser().disable(["heading", "lheading", "hr"])

_OPENING: Final = re.compile("[\u202a\u202b\u202d\u202e\u2066\u2067\u2068]")
_CLOSERS: Final = {"\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
_POP: Final = "\u202c"


def closed(text: str) -> str:
    """Return `text` with its bidirectional controls closed (UAX #9), so that they change nothing behind it."""
    if not _OPENING.search(text):
        return text
    waiting: list[str] = []
    for character in text:
        if _OPENING.match(character):
            waiting.append(_CLOSERS.get(character, _POP))
        elif waiting and character == waiting[-1]:
            waiting.pop()
    return text + "".join(reversed(waiting))


@dataclass
class Linker:
    """Links the names and terms of one page.

    It remembers what it has linked since `fresh` was called last, because a word is linked once a section.

    Attributes:
        finder: finds them.
        address: the page's address, relative to the site's root: `stories/x/`, empty for the home page.
        story: the story that the text belongs to, for words with more than one sense.
        graph: resolves the links that content writes itself.
    """

    finder: Finder
    address: str
    story: str | None = None
    graph: Graph | None = None
    linked: set[str] = field(default_factory=set)

    def fresh(self) -> None:
        """Begin a new section."""
        self.linked.clear()

    def href(self, address: str) -> str:
        """Return the link from this page to another, which may have a fragment."""
        return "../" * self.address.count("/") + address or "./"

    def wanted(self, text: str) -> Iterator[Mention]:
        """Yield the mentions of a text that are to be linked."""
        for mention in self.finder.find(text, self.story):
            key = f"{mention.kind}:{mention.id}"
            if key not in self.linked and page_of(mention.kind, mention.id) != self.address:
                self.linked.add(key)
                yield mention


def page_of(kind: MentionKind, name: str) -> str:
    """Return the address of an entity's or a term's page."""
    return f"{'entities' if kind is MentionKind.ENTITY else 'glossary'}/{name}/"


def unit_html(unit: Unit, linker: Linker) -> Markup:
    """Return the sentences of a unit as HTML."""
    return Markup(" ").join(sentence_html(sentence, linker) for sentence in unit.sentences)


def unit_text(unit: Unit) -> str:
    """Return the sentences of a unit as plain text."""
    return " ".join(sentence_text(sentence) for sentence in unit.sentences)


def sentence_html(sentence: Sentence, linker: Linker) -> Markup:
    """Return one sentence as HTML."""
    return Markup("").join(_segment_html(segment, linker) for segment in sentence.segments)


def sentence_text(sentence: Sentence) -> str:
    """Return one sentence as plain text."""
    return "".join(
        plain_text(segment.text) if segment.kind is Kind.CLAUSE else closed(segment.text)
        for segment in sentence.segments
    )


def _segment_html(segment: Segment, linker: Linker) -> Markup:
    if segment.kind is Kind.CLAUSE:
        return inline_html(segment.text, linker)
    return _render([_text(closed(segment.text))], linker)


def inline_html(markdown: str, linker: Linker | None = None) -> Markup:
    """Return inline Markdown as HTML, with links to names and terms if there is a linker."""
    return _render(_inline(markdown), linker)


def block_html(markdown: str, linker: Linker | None = None) -> Markup:
    """Return Markdown with paragraphs and lists as HTML."""
    tokens = _BLOCKS.parse(closed(markdown), {})
    for token in tokens:
        if token.type == "inline" and token.children:
            token.children = list(_linked(token.children, linker)) if linker else token.children
    # Safe: the parser escapes all text and knows no raw HTML.
    return Markup(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))  # noqa: S704


def plain_text(markdown: str) -> str:
    """Return inline Markdown as plain text."""
    return "".join(_plain(token) for token in _inline(markdown))


def _plain(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return " "
    return token.content if token.type in {"text", "code_inline", "text_special"} else ""


def _inline(markdown: str) -> list[Token]:
    tokens = _MARKDOWN.parseInline(closed(markdown), {})
    return tokens[0].children or [] if tokens else []


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _render(tokens: Sequence[Token], linker: Linker | None) -> Markup:
    shown = list(_linked(tokens, linker)) if linker else list(tokens)
    # Safe for the same reason.
    return Markup(_MARKDOWN.renderer.render([Token("inline", "", 0, children=shown)], _MARKDOWN.options, {}))  # noqa: S704


def _linked(tokens: Sequence[Token], linker: Linker) -> Iterator[Token]:
    """Yield the tokens with links put in: none inside a link, none inside code."""
    depth = 0
    dropped: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            depth += 1
            own = _own_link(token, linker)
            dropped.append(own is None)
            if own is not None:
                yield own
            continue
        if token.type == "link_close":
            depth -= 1
            if not dropped.pop():
                yield token
            continue
        if token.type == "text" and not depth:
            yield from _split(token.content, linker)
        else:
            yield token


def _own_link(token: Token, linker: Linker) -> Token | None:
    """Return a link that content writes itself, or None if it leads nowhere and only its text stays."""
    href = str(token.attrs.get("href", ""))
    found = _RECORD.fullmatch(href)
    if found is None:
        # An outside page learns nothing of the reader, and gets no hold on this one.
        rel = {} if href.startswith("#") else {"rel": "noopener noreferrer external"}
        return Token("link_open", "a", 1, attrs={"href": href, **rel}) if href else None
    kind, name = found[1].lower(), found[2]
    address = _address(kind, name, linker)
    if address is None:
        return None
    return Token("link_open", "a", 1, attrs={"href": linker.href(address), "class": _CLASSES[kind]})


_CLASSES: Final = {"entity": "who", "term": "term", "source": "source", "statement": "statement"}


def _address(kind: str, name: str, linker: Linker) -> str | None:
    graph = linker.graph
    if graph is None:
        return None
    if kind == "entity":
        return f"entities/{name}/" if name in graph.entities else None
    if kind == "term":
        return f"glossary/{name}/" if name in graph.terms else None
    if kind == "source":
        return f"sources/{name}/" if name in graph.sources else None
    key = name if "/" in name or linker.story is None else f"{linker.story}/{name}"
    story, _, statement = key.partition("/")
    return f"stories/{story}/#{statement}" if key in graph.statements else None


def _split(text: str, linker: Linker) -> Iterator[Token]:
    done = 0
    for mention in linker.wanted(text):
        yield _text(text[done : mention.start])
        kind = "who" if mention.kind is MentionKind.ENTITY else "term"
        href = linker.href(page_of(mention.kind, mention.id))
        yield Token("link_open", "a", 1, attrs={"href": href, "class": kind})
        yield _text(text[mention.start : mention.end])
        yield Token("link_close", "a", -1)
        done = mention.end
    yield _text(text[done:])
