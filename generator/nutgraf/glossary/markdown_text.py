"""Inline Markdown in content: how it is parsed, and what of it readers see.

markdown-it-py with its `js-default` preset: raw HTML stays text, link schemes are checked. Images are off, too, since
one from elsewhere would be a request to another host.

Content links to records by their ids, and so says itself what a word means:

    [the stream](term:firehose)     links to the term, whatever the words
    [pilot](term:harbour-pilot)     chooses a sense
    [firehose](term:none)           forbids: the words are no term, and no name, here
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_SCHEMES: Final = re.compile(r"(?:https?://|mailto:|#|entity:|source:|statement:|term:)", re.IGNORECASE)
_RECORD: Final = re.compile(r"(entity|source|statement|term):(.*)", re.IGNORECASE)
NOTHING: Final = "none"
"""What stands in place of an id where a word is to be no link: `[firehose](term:none)`."""


def parser() -> MarkdownIt:
    """Return a parser for Markdown in content."""
    made = MarkdownIt("js-default", {"breaks": False})
    made.disable(["image", "linkify", "replacements", "smartquotes"], ignoreInvalid=True)
    allowed = made.validateLink
    # An allow-list on top of the preset's deny-list: relative links would depend on the page they happen to stand on.
    made.validateLink = lambda url: bool(_SCHEMES.match(url)) and allowed(url)  # type: ignore[method-assign]
    made.inline.ruler2.push("nested_links", _unnest)
    return made


def _unnest(state: StateInline) -> None:
    """Leave the text alone of a link in a link: markdown-it reads `[a <https://b.example>](https://c.example)` so."""
    depth = 0
    kept: list[Token] = []
    for token in state.tokens:
        if token.type == "link_open":
            depth += 1
        if depth <= 1 or token.type not in {"link_open", "link_close"}:
            kept.append(token)
        if token.type == "link_close":
            depth -= 1
    state.tokens[:] = kept


@dataclass(frozen=True, slots=True)
class RecordLink:
    """A link to a record.

    Attributes:
        kind: `entity`, `source`, `statement` or `term`.
        name: the id, or `none`.
    """

    kind: str
    name: str


def reference(href: str) -> RecordLink | None:
    """Return what a link in content points to, unless that is an address."""
    found = _RECORD.fullmatch(href)
    return RecordLink(found[1].lower(), found[2]) if found else None


def can_lead_to(href: str) -> bool:
    """Tell whether a link in content may lead to an address at all; others stay the text that they are."""
    return _SCHEMES.match(href) is not None


@dataclass(frozen=True, slots=True)
class Visible:
    """The text that readers see of some inline Markdown.

    Attributes:
        text: with a line feed for each break of a line.
        barred: stretches in which nothing is to be found: code, links, forced breaks of a line.
        links: the links that content writes itself, each with its stretch and its target.
    """

    text: str
    barred: tuple[tuple[int, int], ...]
    links: tuple[tuple[int, int, str], ...]


def shown(token: Token) -> str:
    """Return what readers see of an inline token."""
    if token.type in {"softbreak", "hardbreak"}:
        return "\n"
    return token.content if token.type in {"text", "code_inline", "text_special"} else ""


def visible(tokens: Iterable[Token]) -> Visible:
    """Return the text of inline tokens."""
    parts: list[str] = []
    barred: list[tuple[int, int]] = []
    links: list[tuple[int, int, str]] = []
    begun: list[tuple[int, str]] = []
    place = 0
    for token in tokens:
        part = shown(token)
        parts.append(part)
        if token.type == "link_open":
            begun.append((place, str(token.attrs.get("href", ""))))
        elif token.type == "link_close" and begun:
            start, href = begun.pop()
            links.append((start, place, href))
            barred.append((start, place))
        elif token.type in {"code_inline", "hardbreak"}:
            barred.append((place, place + len(part)))
        place += len(part)
    return Visible("".join(parts), tuple(barred), tuple(links))


_PLAIN: Final = re.compile(r"[\w .,;:?!'’“”()%/–—-]*")
_MARKDOWN: Final = parser()


def is_plain(markdown: str) -> bool:
    """Tell whether the parser would leave a text as it is, as it does with almost every statement."""
    return "_" not in markdown and _PLAIN.fullmatch(markdown) is not None and markdown == markdown.strip()


def read(markdown: str) -> Visible:
    """Return what readers see of inline Markdown."""
    if "_" not in markdown and _PLAIN.fullmatch(markdown):
        return Visible(markdown, (), ())
    tokens = _MARKDOWN.parseInline(markdown, {})
    return visible(tokens[0].children or () if tokens else ())
