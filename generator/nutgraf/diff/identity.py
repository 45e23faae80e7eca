"""Whether what stands under an id is still the thing that it named: a clause, a person, a document."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from nutgraf.model import EntityId, FuzzyDate, NotStated

if TYPE_CHECKING:
    from nutgraf.model import Entity, Record, Source, Term

_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_ALIKE: Final = 0.6
"""How similar two titles must be, from 0 to 1, to be one and the same corrected."""
_MARKS: Final = 2
"""Of title, address and day: how many must be others for a source to be another document."""


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
