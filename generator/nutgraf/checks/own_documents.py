"""What a document can establish by itself: a public record much, a party's own document only what that party did."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutgraf.checks.text.tokens import Phrases, TextPart, read, wordset
from nutgraf.graph import is_own_word
from nutgraf.model import EntityId, SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nutgraf.checks.policy import WordList
    from nutgraf.checks.text.tokens import Token
    from nutgraf.graph import Graph, Resolved
    from nutgraf.model import Source

_SUPERLATIVE: Final = re.compile(r"[a-z]{2,}(?<!qu)(?:i|[^aeiou])est$")
_NO_SUPERLATIVES: Final = wordset("""
    west northwest southwest midwest forest harvest interest request arrest protest contest conquest digest invest
    ingest suggest manifest earnest latest modest
""")
_FAR: Final = 4
"""How many words may stand between the name of who acted and the verb: "North Line's board has now approved"."""
_BETWEEN: Final = wordset("""
    a an the has have had is are was were be been will would to also now then again already formally officially publicly
    jointly unanimously first later never not of s board directors shareholders members owners management chairman
    chairwoman chief executive president council committee and
""")
"""What may stand there."""
_FURTHER: Final = re.compile(r"[,;:–—]\s+(?:and|but|so|yet|which|while|who|thus)\b")


def is_partys(graph: Graph, one: Resolved, source: Source) -> bool:
    """Tell whether a source is a document of a party that the statement is about, or a party's word about others."""
    if is_own_word(source, graph.entities):
        return True
    if source.kind in {SourceKind.REPORT, SourceKind.INTERVIEW}:
        return False
    about = parties(graph, one)
    publisher = next(_publishers(source), None)
    if publisher is not None and graph.entity(publisher).is_official:
        # A court's record of what somebody else did before it is a public record.
        named = (mention.id for mention in read(one.statement.text, graph, one.story).mentions)
        return next((name for name in named if name in graph.entities), None) == publisher
    return bool(about & {*_publishers(source), *_authors(graph, source)})


def parties(graph: Graph, one: Resolved) -> frozenset[str]:
    """Return the IDs of the entities that a statement is about, and of the organisations in which these have a role."""
    statement = one.statement
    found = {mention.id for mention in read(statement.text, graph, one.story).mentions}
    parts = (*statement.accuses, *statement.relation, *(graph.quantity(one, name) for name in statement.quantities))
    for part in parts:
        if isinstance(part, tuple):
            found |= {str(item) for item in part if isinstance(item, EntityId)}
        elif part is not None:
            found |= {str(item) for item in _named_in(part)}
    known = found & graph.entities.keys()
    return frozenset(known | {str(role.of) for name in known for role in graph.entities[name].roles if role.of})


def is_own_act(graph: Graph, one: Resolved, source: Source, words: WordList) -> bool:
    """Tell whether a clause says no more than what the publisher or author of a document did in public.

    Args:
        graph: whose names are to be recognised.
        one: the statement.
        source: the document.
        words: the list `own-acts`; without words, as in another language than English, every clause is taken for one.
    """
    if not words.groups["speak"]:
        return True
    text = one.statement.text
    tokens = [token for token in read(text, graph, one.story).tokens if token.part is not TextPart.VERBATIM]
    if _FURTHER.search(text) or any(_judges(token, words) for token in tokens):
        return False
    actors = {*_publishers(source), *_authors(graph, source)}
    spoken, decided, office = (Phrases(words.groups[group]) for group in ("speak", "decide", "office"))
    acts = sorted((*spoken.find(tokens), *decided.find(tokens)), key=lambda hit: hit.first)
    named = [index for index, token in enumerate(tokens) if token.entity in actors]
    for hit in acts:
        if any(_reaches(tokens, index, hit.first) for index in named):
            return True
    # "A night tram was announced": who announced it is whose document it is.
    if any(hit.first and tokens[hit.first - 1].word in {"was", "were", "been"} for hit in spoken.find(tokens)):
        return True
    return bool(named) and any(True for _ in office.find(tokens))


def _reaches(tokens: list[Token], name: int, verb: int) -> bool:
    """Tell whether the name at one place is the subject of the verb at another."""
    between = tokens[name + 1 : verb]
    if verb <= name or len([one for one in between if one.part is TextPart.WORD]) > _FAR:
        return False
    return all(
        one.part in {TextPart.NAME, TextPart.MARK} or one.is_proper or one.word.strip("'") in _BETWEEN
        for one in between
    )


def _judges(token: Token, words: WordList) -> bool:
    if token.word in words.groups["judging"]:
        return True
    return bool(_SUPERLATIVE.match(token.word)) and token.word not in _NO_SUPERLATIVES


def _publishers(source: Source) -> Iterator[str]:
    if isinstance(source.publisher, EntityId):
        yield str(source.publisher)


def _authors(graph: Graph, source: Source) -> Iterator[str]:
    """Yield the IDs of the entities by whose names a source gives its authors."""
    names = {str(author) for author in source.author}
    yield from (name for name, entity in graph.entities.items() if entity.name in names)


def _named_in(part: object) -> Iterable[EntityId]:
    for field in ("who", "payer", "payee"):
        value = getattr(part, field, None)
        items = value if isinstance(value, tuple) else (value,)
        yield from (item for item in items if isinstance(item, EntityId))
