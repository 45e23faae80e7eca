"""Whether what stands under an id is still the thing that it named: a clause, a person, a document."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from nutgraf.glossary import MentionKind
from nutgraf.model import EntityId, FuzzyDate, NotStated

if TYPE_CHECKING:
    from nutgraf.diff.snapshot import Snapshot, SnapshotPair
    from nutgraf.model import Entity, Record, Source, Term

_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_STEM: Final = 5
"""Letters by which words are compared: "repairs" and "repaired" are the same."""
_FEWEST: Final = (2, 3)
"""Words that the shorter and the longer clause must have to be told from each other: "paid" for "gave" is no other
statement."""
_SHARED: Final = 0.2
"""The share of the shorter clause's words, from 0 to 1, up to which two clauses have nothing to do with each other."""
_ALIKE: Final = 0.6
"""How similar two titles must be, from 0 to 1, to be one and the same corrected."""
_MARKS: Final = 2
"""Of title, address and day: how many must be others for a source to be another document."""


def is_another(sides: SnapshotPair, old: str, new: str) -> bool:
    """Tell whether the clause of a statement shares next to nothing with another's, whoever they are about.

    Args:
        sides: both sides.
        old: the key of a statement of the old side.
        new: the key of a statement of the new side.
    """
    before, after = _words(sides.old, old), _words(sides.new, new)
    fewest, most = sorted((len(before), len(after)))
    return fewest >= _FEWEST[0] and most >= _FEWEST[1] and len(before & after) <= _SHARED * fewest


def _words(side: Snapshot, key: str) -> frozenset[str]:
    """Return what a clause says, without whom it names."""
    text = side.said(key)
    for one in reversed(side.spoken(key)):
        if one.kind is MentionKind.ENTITY:
            text = f"{text[: one.start]} {text[one.end :]}"
    return frozenset(word.casefold()[:_STEM] for word in _WORD.findall(text))


# ---- records ----


def called_alike(old: Entity, new: Entity) -> bool:
    """Tell whether an entity still goes by a name that it had, or by a part of one."""
    before, after = _names(old), _names(new)
    return bool(before & after) or bool(_parts(before) & _parts(after))


def _names(entity: Entity) -> frozenset[str]:
    forms = (entity.name, entity.short or "", *(one.text for one in entity.aliases))
    return frozenset(" ".join(form.casefold().split()) for form in forms if form)


def _parts(names: frozenset[str]) -> frozenset[str]:
    return frozenset(word for name in names for word in _WORD.findall(name))


def is_other_document(old: Source, new: Source) -> bool:
    """Tell whether a source is another publication than before, and not the same one described better."""
    title = _told(old.title) and _told(new.title) and not _alike(str(old.title), str(new.title))
    url = _told(old.url) and _told(new.url) and _address(str(old.url)) != _address(str(new.url))
    days = isinstance(old.published, FuzzyDate) and isinstance(new.published, FuzzyDate)
    day = days and old.published != new.published
    return sum((bool(title), url, day)) >= _MARKS


def _told(value: object) -> bool:
    return bool(value) and value is not NotStated.UNKNOWN


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio() >= _ALIKE


def _address(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/")


def same_thing(old: Record, new: Record) -> bool:
    """Tell whether two records of one kind are about one and the same thing, so that one of them may go."""
    both = type(old).__name__
    if both == "Entity":
        return bool(_names(old) & _names(new))  # type: ignore[arg-type]  # by the name of the type
    if both == "Source":
        return _same_document(old, new)  # type: ignore[arg-type]
    if both == "Term":
        return bool(_labels(old) & _labels(new))  # type: ignore[arg-type]
    return True


def _same_document(old: Source, new: Source) -> bool:
    if _told(old.url) and _told(new.url):
        return _address(str(old.url)) == _address(str(new.url))
    publisher = isinstance(old.publisher, EntityId) and old.publisher == new.publisher
    return publisher and _told(old.title) and _told(new.title) and _alike(str(old.title), str(new.title))


def _labels(term: Term) -> frozenset[str]:
    return frozenset(str(getattr(one, "text", one)).casefold() for one in (term.label, *term.aliases))
