"""Whether a name or a word can be what it is taken for where it stands.

"Tindall" is Nora Tindall in "Tindall sold a boat" and in "Mayor Tindall", and somebody or something else in "Egon
Tindall", "J. Tindall", "Tindall & Sons", "the Tindall Museum", "Ida de Tindall" and "Tindall-on-Sea". So a name is one
unless it goes on: no capital, initial, particle or number may stand beside it that is no part of another known name.
What may is listed in `titles`. A month is no person ("in May"), and a word that is written without capitals is none
inside a name ("the North Bank Company"). Where the text leaves it open, nothing is found: a wrong link is worse than
none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Protocol

from nutgraf.glossary import capitalized_words
from nutgraf.model import EntityKind, Pronoun


class Known(Protocol):
    """The names of the graph that stand in a text, whatever is found there in the end."""

    def ending(self, place: int) -> Name | None:
        """Return the longest name that ends at a place, unless several claim it."""

    def beginning(self, place: int) -> Name | None:
        """Return the longest name that begins at a place, unless several claim it."""


@dataclass(frozen=True, slots=True)
class Name:
    """What decides where a name can stand.

    Attributes:
        text: the name, in lower case.
        kind: what has it.
        pronoun: the pronoun of whoever has it.
        is_full: whether it is the full name, not a short one or an alias.
    """

    text: str
    kind: EntityKind
    pronoun: Pronoun | None = None
    is_full: bool = True

    @property
    def is_person(self) -> bool:
        """Tell whether a human being has it."""
        return self.kind is EntityKind.PERSON

    @property
    def is_single(self) -> bool:
        """Tell whether it is one word."""
        return " " not in self.text

    def fits(self, text: str, start: int, end: int, known: Known) -> bool:
        """Tell whether a stretch of a text can be this name."""
        if not _is_plain_before(text, start) and not _fits_before(text, start, self, known):
            return False
        if not _is_plain_behind(text, end) and not _fits_behind(text, end, self, known):
            return False
        if self.text not in _COMMON:
            return True
        if self.text in _DATES and _is_date(text, start, end):
            return False
        return self.text not in capitalized_words.MODALS or not _asks(text, start, end)


@dataclass(frozen=True, slots=True)
class Word:
    """What decides where a term can stand.

    Attributes:
        is_lower: whether it is written without capitals, so that one within a sentence makes it a part of a name.
        is_expansion: whether it stands for an abbreviation, and so is often written with capitals.
        is_letter: whether it is a single letter, which may be an initial.
        is_unit: whether it counts only behind a number.
    """

    is_lower: bool = False
    is_expansion: bool = False
    is_letter: bool = False
    is_unit: bool = False

    def fits(self, text: str, start: int, end: int, known: Known) -> bool:  # noqa: PLR0911 - one return a case
        """Tell whether a stretch of a text can be this word."""
        if self.is_unit and not _NUMBER_BEFORE.search(text, max(0, start - _FAR), start):
            return False
        if self.is_letter and _is_initial(text, start, end):
            return False
        if not self.is_lower or not text[start].isupper():
            return True
        found = text[start:end]
        if (found.isupper() and len(found) > 1) or _HYPHEN.match(found, 1):  # "a P-value"
            return True
        before, behind = _word_before(text, start), _word_behind(text, end)
        if _begins_sentence(text, start):
            return not _is_name_part(behind) or known.beginning(end + 1) is not None
        if self.is_expansion and found.istitle():
            return not _is_name_part(before) and not _is_name_part(behind)
        # "The Firehose Is Closed": in such a heading a capital says nothing.
        return all(one[:1].isupper() and one.casefold() in capitalized_words.SMALL_WORDS for one in (before, behind))


# -- what all have in common --

_FAR: Final = 60
"""So many characters around a name say what it is."""
_OPENING: Final = "([{“\"‘'«„\u201a¿¡*_~"
_CLOSING: Final = ".,;:!?…)]}”\"’'»*_~"
_HYPHENS: Final = r"\-\u2010\u2011"
"""The kinds of hyphen, as a part of a pattern."""
_HYPHEN: Final = re.compile(f"[{_HYPHENS}]")
_POSSESSIVE: Final = re.compile(r"['’\u02bc][sS]?$")
_ADDRESS: Final = re.compile(
    r"\S*://\S*|\bwww\.\S+|\bmailto:\S+|\S*@\S*|\S*\\\S*"  # addresses, handles, paths
    r"|(?<![\w&])\#[\w-]+"  # hashtags
    r"|(?<!\S)(?:~?/|[ru]/)\w\S*"  # paths, and the rooms of a forum
    r"|(?:[\w-]{2,}\.)+[\w-]{2,}/\S*"  # hosts with a path
    r"|[\w./-]+\.(?:pdf|docx?|xlsx?|pptx?|csv|txt|md|html?|zip|png|jpe?g|gif|json|ya?ml|py|js|mp[34])\b"
)
_DOT_WITHIN: Final = re.compile(r"\.\w")


def addresses(text: str) -> tuple[tuple[int, int], ...]:
    """Return the addresses, handles, hashtags, paths and file names in a text: no words stand in them."""
    if not ("/" in text or "@" in text or "#" in text or "\\" in text or ("." in text and _DOT_WITHIN.search(text))):
        return ()
    # "a @ b" is none.
    return tuple(found.span() for found in _ADDRESS.finditer(text) if len(found[0]) > 1)


def _word_before(text: str, start: int) -> str:
    """Return what stands before a place as far as the last space, without an opening quotation mark."""
    return text[_run_before(text, start) : start].strip().lstrip(_OPENING)


def _run_before(text: str, start: int) -> int:
    """Return where that begins."""
    while start and text[start - 1].isspace():
        start -= 1
    while start and not text[start - 1].isspace():
        start -= 1
    return start


_RUN_BEHIND: Final = re.compile(r"\s+(\S+)")


def _word_behind(text: str, end: int) -> str:
    """Return the word behind a place, without punctuation behind it; empty if a mark stands between."""
    found = _RUN_BEHIND.match(text, end)
    return found[1].rstrip(_CLOSING) if found else ""


def _is_capital(word: str) -> bool:
    return any(one.isupper() for one in word)


def _is_name_part(word: str) -> bool:
    """Tell whether a word with a capital is likely to be a part of a name: no "The", no "AI", no "GPUs"."""
    if not word[:1].isupper() or word[-1] in _CLOSING or _ACRONYM.fullmatch(word):
        return False
    low = word.casefold()
    return (
        low not in capitalized_words.SMALL_WORDS
        and low not in capitalized_words.WEEKDAYS
        and low not in capitalized_words.MONTHS
    )


_ACRONYM: Final = re.compile(r"[A-Z][A-Z0-9]+s?")


def _begins_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(_OPENING + " \n\t\u00a0\u202f")
    return not before or before[-1] in ".?!…:"


# -- most names --

_DATES: Final = capitalized_words.MONTHS | capitalized_words.WEEKDAYS
_COMMON: Final = _DATES | capitalized_words.MODALS
_TELLING_BEFORE: Final = (
    capitalized_words.PARTICLES | capitalized_words.LOOSE_PARTICLES | capitalized_words.OTHERS | {"v", "of"}
)
_OF_THE: Final = "of the "
_TELLING_BEHIND: Final = (
    capitalized_words.LINKING_PARTICLES | capitalized_words.STREETS | {"v", "of", "and", "et", "und"}
)


def _is_plain_before(text: str, start: int) -> bool:
    """Tell at once whether nothing or a common word stands before a name, as it mostly does."""
    if start == 0:
        return True
    if text.startswith("the ", start - 4):
        return start < len(_OF_THE) or not text.startswith(_OF_THE, start - len(_OF_THE))
    word = text[text.rfind(" ", 0, start - 1) + 1 : start - 1]
    return text[start - 1] == " " and word.isalpha() and word.islower() and word not in _TELLING_BEFORE


def _is_plain_behind(text: str, end: int) -> bool:
    """Tell at once whether nothing or a common word stands behind a name."""
    if end == len(text):
        return True
    stop = text.find(" ", end + 1)
    word = text[end + 1 : stop if stop >= 0 else None]
    return text[end] == " " and word.isalpha() and word.islower() and word not in _TELLING_BEHIND


# -- what stands before a name --


def _fits_before(text: str, start: int, name: Name, known: Known) -> bool:  # noqa: PLR0911 - one return a case
    if start == 0:
        return True
    if not text[start - 1].isspace():
        return _fits_joined_before(text, start, name, known)
    begin = _run_before(text, start)
    word = text[begin:start].strip().lstrip(_OPENING)
    if not word:
        return True
    if word in {"&", "+"}:
        return False
    if word[-1] == ".":
        return _fits_abbreviation(word[:-1], name)
    if not word[-1].isalnum():
        return not _is_nickname(text, start)
    if not _is_capital(word):
        return _fits_small_before(text, begin, word, name, known)
    return _fits_capital_before(text, (begin, start), word, name, known)


_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_COUNTRIES: Final = frozenset({"u.s", "u.k", "u.n", "e.u", "d.c", "u.s.a"})


def _fits_abbreviation(word: str, name: Name) -> bool:
    """Tell whether a name can stand behind a word with a full stop: "Dr.", or the end of a sentence; not "J."."""
    low = word.casefold()
    if low in {"v", "vs"}:
        return not name.is_single or low == "vs"
    if low in capitalized_words.GIVEN:
        return False
    if low in capitalized_words.TITLES and _is_capital(word):
        return _fits_title(low, name)
    return not word[:1].isupper() or low in _COUNTRIES or _INITIALS.fullmatch(word) is None


def _fits_title(title: str, name: Name) -> bool:
    """Tell whether a title can stand before a name: before that of a person of this gender."""
    if name.kind not in {EntityKind.PERSON, EntityKind.OTHER}:
        return not name.is_single
    others = {Pronoun.HE: capitalized_words.GENDERED["she"], Pronoun.SHE: capitalized_words.GENDERED["he"]}
    return name.pronoun is None or title not in others.get(name.pronoun, ())


_NICKNAME: Final = re.compile(
    r"([^\W\d_][\w'’-]*)\s+(?:[“\"‘'«(][^\s“”\"‘’«»()]+(?:\s[^\s“”\"‘’«»()]+)?[^\W_][”\"’'»)]|\ue000{3,14})\s+$"
)


def _is_nickname(text: str, start: int) -> bool:
    """Tell whether a given name and a nickname stand before a name: Egon “Buck” Tindall."""
    found = _NICKNAME.search(text[max(0, start - _FAR) : start])
    return found is not None and _is_name_part(found[1]) and found[1].casefold() not in capitalized_words.TITLES


def _fits_small_before(text: str, begin: int, word: str, name: Name, known: Known) -> bool:
    if word in capitalized_words.PARTICLES:
        return False
    if word in capitalized_words.LOOSE_PARTICLES:
        before = _word_before(text, begin)
        return bool(before) and before not in capitalized_words.LOOSE_PARTICLES and not _is_name_part(before)
    if word == "v":
        return not name.is_single
    if word in capitalized_words.OTHERS:
        return not (name.is_person and name.is_single)
    if word == "the" and _word_before(text, begin) == "of":
        return _fits_of(text, _run_before(text, begin), name, known)
    return word != "of" or _fits_of(text, begin, name, known)


def _fits_of(text: str, begin: int, name: Name, known: Known) -> bool:
    """Tell whether a name can stand behind "of": not in "University of Exampleton", but in "Mayor of Exampleton"."""
    head, at = _word_before(text, begin), _run_before(text, begin)
    if not _is_name_part(head) or _POSSESSIVE.search(head):
        return True
    low = head.casefold()
    if low in capitalized_words.INSTITUTIONS:
        return False
    if low in capitalized_words.TITLES or low in capitalized_words.OFFICES:
        return not name.is_person
    if _begins_sentence(text, at):
        return True
    return known.ending(at + len(text[at:begin].rstrip())) is not None


def _fits_capital_before(text: str, span: tuple[int, int], word: str, name: Name, known: Known) -> bool:  # noqa: PLR0911 - one return a kind of word
    begin, start = span
    tail = _HYPHEN.split(word)[-1]
    low = tail.casefold()
    if _POSSESSIVE.search(word) or (tail != word and tail.islower()):  # "Otterton's", "Moscow-based"
        return True
    if len(tail) == 1:
        return tail == "A" and _begins_sentence(text, begin)
    if low in capitalized_words.SHIPS and word.isupper():
        return name.kind is EntityKind.VESSEL
    if low in capitalized_words.TITLES or (low in capitalized_words.PHRASES and _word_before(text, begin) == "of"):
        return _fits_title(low, name)
    if low in capitalized_words.MODALS or low in capitalized_words.MONTHS:
        if low in capitalized_words.MONTHS and _is_date(text, begin, begin + len(word)):
            return True
        return low in capitalized_words.MODALS and _begins_sentence(text, begin) and text.rstrip().endswith("?")
    if low in capitalized_words.SMALL_WORDS or low in capitalized_words.WEEKDAYS:
        return True
    if low in capitalized_words.DEMONYMS:
        return name.is_person or not name.is_single
    if word.isupper() and not name.is_single:
        return True
    other = known.ending(begin + len(text[begin:start].rstrip()))
    return other is not None and _may_follow(name, other)


def _may_follow(name: Name, other: Name) -> bool:
    """Tell whether a name can stand right behind another: "told Musk Twitter was"; not in "Paris Hilton"."""
    if name.is_person and other.is_person:
        return False
    if not name.is_full and not name.is_person:
        return False  # "the New York Post"
    if not name.is_single or not other.is_single:
        return True
    return not name.is_person and EntityKind.PLACE not in {name.kind, other.kind} and (other.is_person or other.is_full)


def _fits_joined_before(text: str, start: int, name: Name, known: Known) -> bool:  # noqa: PLR0911 - one return a case
    """Tell whether a name can stand right behind a mark: "anti-Tindall", "Musk-Twitter"; not "Smith-Tindall"."""
    mark = text[start - 1]
    if mark == "&":
        return False
    if _HYPHEN.match(mark) is None:
        return True
    found = _CHAIN_BEFORE.search(text[max(0, start - _FAR) : start - 1])
    *others, part = _HYPHEN.split(found[0]) if found else [""]
    if not part:
        return True
    if part.casefold() in capitalized_words.PREFIXES:
        return not others or not _is_capital(others[-1])
    if part.casefold() in _ARTICLES:
        return False
    if part.islower():
        return not any(map(_is_capital, others))  # "Stoke-on-Tindall"
    other = known.ending(start - 1)
    return other is not None and not (name.is_person and other.is_person)


_CHAIN_BEFORE: Final = re.compile(rf"[\w.'’{_HYPHENS}]+$")
_ARTICLES: Final = frozenset({"al", "el", "ad", "ar", "as", "bin", "ibn", "ben", "abu"})
"""What Arabic and Hebrew names have before a hyphen."""


# -- what stands behind a name --


def _fits_behind(text: str, end: int, name: Name, known: Known) -> bool:  # noqa: PLR0911 - one return a case
    if end == len(text):
        return True
    if not text[end].isspace():
        return _fits_joined_behind(text, end, name, known)
    run = _RUN_BEHIND.match(text, end)
    if run is None or run[1][0] in _OPENING:
        return run is None or not _goes_on_behind(text, end, name)
    word = run[1].rstrip(_CLOSING)
    if word == "&":
        return False
    if word[:1].isdigit():
        return name.kind not in _NUMBERED or not re.fullmatch(r"\d{1,3}", word)
    if not _is_capital(word):
        return _fits_small_behind(text, end, word, name)
    return _fits_capital_behind(text, run.span(1), word, name, known)


_NUMBERED: Final = frozenset({EntityKind.PRODUCT, EntityKind.VESSEL, EntityKind.EVENT, EntityKind.WORK, EntityKind.LAW})
"""What is called by a name and a number: "Falcon 9"."""
_GOES_ON: Final = re.compile(r"\s+[“\"‘'«(][^\s“”\"‘’«»()]+[”\"’'»)]\s+([^\W\d_][\w'’-]*)")


def _goes_on_behind(text: str, end: int, name: Name) -> bool:
    """Tell whether a name goes on behind a nickname: Tindall “Buck” Moor."""
    found = _GOES_ON.match(text, end)
    return found is not None and name.is_person and name.is_single and _is_name_part(found[1])


_COMPANIES: Final = "|".join(map(re.escape, sorted(capitalized_words.PARTNERS | capitalized_words.COMPANY_FORMS)))
_FIRM: Final = re.compile(
    r"(?:,\s+[^\W\d_][\w'’-]*)*,?\s+&"
    rf"|\s+(?:and|et|und)\s+(?:[^\W\d_][\w'’-]*\s+)?(?i:{_COMPANIES})\b"
)
_CATALOGUED: Final = re.compile(r",\s+(?:(?i:jr|sr|jnr|snr)\b|[A-Z]\.(?!\w))")


def _fits_joined_behind(text: str, end: int, name: Name, known: Known) -> bool:
    """Tell whether a name can stand right before a mark: "Tindall-led"; not "Tindall-Moor", "Tindall, J."."""
    mark = text[end]
    if mark in {"+", "&"}:
        return False
    if mark == "," and name.is_person and (_CATALOGUED.match(text, end) or _FIRM.match(text, end)):
        return False
    if mark == "." and len(name.text) == 1:
        return not _is_initial_before(text, end)
    found = _CHAIN_BEHIND.match(text, end + 1) if _HYPHEN.match(mark) else None
    if found is None:
        return True
    part, *others = _HYPHEN.split(found[0])
    if part[0].islower():
        return not any(map(_is_capital, others))  # "Tindall-on-Sea"
    other = known.beginning(end + 1)
    return other is not None and not (name.is_person and other.is_person)


_CHAIN_BEHIND: Final = re.compile(rf"[\w'’]+(?:[{_HYPHENS}][\w'’]+)*")
_POINT_BEHIND: Final = re.compile(r"\.\s*([^\W\d_][\w'’.]*)")


def _is_initial_before(text: str, end: int) -> bool:
    """Tell whether a full stop and a further part of a name stand behind a letter, not a new sentence."""
    found = _POINT_BEHIND.match(text, end)
    return found is not None and (_is_name_part(found[1]) or _INITIALS.fullmatch(found[1].rstrip(".")) is not None)


def _fits_small_behind(text: str, end: int, word: str, name: Name) -> bool:
    if _FIRM.match(text, end):
        return False
    if word == "v":
        return not name.is_single
    if word in capitalized_words.STREETS:
        return not name.is_person
    further = _word_behind(text, end + text[end:].index(word) + len(word))
    if word in capitalized_words.LINKING_PARTICLES and further[:1].isupper():
        return False
    is_head = name.kind is EntityKind.ORGANISATION and not name.is_full  # "the Bank of England"
    return not (word == "of" and is_head and further[:1].isupper())


def _fits_capital_behind(text: str, span: tuple[int, int], word: str, name: Name, known: Known) -> bool:  # noqa: PLR0911 - one return a kind of word
    bare = _POSSESSIVE.sub("", word)
    low = bare.casefold()
    *_, tail = _HYPHEN.split(bare)
    if tail != bare and tail.islower():  # "told Tindall Moscow-based firms"
        return True
    if not name.is_person and _is_office(text, span[0] + len(word), low):
        return True
    if len(bare) == 1 or low in capitalized_words.GENERATIONS:
        return False
    if (
        low in capitalized_words.SMALL_WORDS
        or low in capitalized_words.WEEKDAYS
        or low in capitalized_words.MONTHS - capitalized_words.PERSONAL_MONTHS
    ):
        return True
    if low in capitalized_words.COMPANY_FORMS:
        return name.kind is EntityKind.ORGANISATION
    if low in capitalized_words.MODALS - capitalized_words.MONTHS or (
        name.is_person and low in capitalized_words.HONOURS | capitalized_words.DEMONYMS
    ):
        return True
    if _ACRONYM.fullmatch(bare) and bare.endswith("s"):
        return True
    other = known.beginning(span[0])
    return other is not None and _may_precede(name, other)


def _is_office(text: str, end: int, word: str) -> bool:
    """Tell whether an office begins with a word: "CEO", "Foreign Secretary"."""
    for _ in range(3):
        if word in capitalized_words.OFFICES:
            return True
        if word not in capitalized_words.RANKS:
            return False
        run = _RUN_BEHIND.match(text, end)
        word, end = (run[1].rstrip(_CLOSING).casefold(), run.end()) if run else ("", end)
    return False


def _may_precede(name: Name, other: Name) -> bool:
    """Tell whether a name can stand right before another: `_may_follow` from the other side."""
    if name.is_person and other.is_person:
        return False
    if not other.is_full and not other.is_person:
        return False
    if not name.is_single or not other.is_single:
        return True
    if other.is_person or EntityKind.PLACE in {name.kind, other.kind}:
        return False
    return name.is_person or name.is_full


# -- what is no name at all --

_NUMBER_BEFORE: Final = re.compile(r"(?:\d[\d.,]*|[}\ue000])[\s-]*$")


def _is_initial(text: str, start: int, end: int) -> bool:
    """Tell whether a letter is the initial of a name: "J. K. Rowling", "Malo V"."""
    if _is_initial_before(text, end):
        return True
    before = _word_before(text, start) if start and text[start - 1].isspace() else ""
    return _is_name_part(before) or (before[:1].isupper() and _INITIALS.fullmatch(before.rstrip(".")) is not None)


_DETERMINERS: Final = frozenset({"the", "a", "an", "its", "his", "her", "their", "our", "my", "your"})
_MONTH: Final = "|".join(sorted(capitalized_words.MONTHS, key=len, reverse=True))
_DAY: Final = "|".join(sorted(capitalized_words.WEEKDAYS))
_DATE_BEFORE: Final = re.compile(
    rf"(?:\d(?:st|nd|rd|th)?(?:\s+of)?|\}}|\ue000|(?:mid|early|late|pre|post)[{_HYPHENS}]?"
    rf"|\b(?:{_MONTH}|{_DAY})(?:\s+(?:and|or|to|until|till|through)|,(?:\s+(?:and|or))?|\s*[{_HYPHENS}–/]))\s*$",
    re.IGNORECASE,
)
_DATE_BEHIND: Final = re.compile(
    rf"\s*(?:,?\s*(?:the\s+)?(?:\d|\{{)|(?:and|or|to|until|till|through|,|[{_HYPHENS}–/])\s*(?:{_MONTH}|{_DAY})\b"
    r"|(?:of\s+)?(?:this|last|next|that|the)\s+(?:(?:same|following|previous)\s+)?(?:year|month|week)\b|of\s+(?:\d|\{)"
    r"|(?:morning|afternoon|evening|night)\b)",
    re.IGNORECASE,
)


def _is_date(text: str, start: int, end: int) -> bool:
    """Tell whether the name of a month or a weekday dates something where it stands: "in May", "May 2021"."""
    near = text[max(0, start - _FAR) : start]
    if _DATE_BEFORE.search(near) or _DATE_BEHIND.match(text, end):
        return True
    low = text[_run_before(text, start) : start].strip().lstrip(_OPENING).casefold() if near[-1:].isspace() else ""
    named = (
        capitalized_words.BEFORE_A_DAY
        if text[start:end].casefold() in capitalized_words.WEEKDAYS
        else capitalized_words.BEFORE_A_MONTH
    )
    return low in named or low in _DETERMINERS


_ASKED: Final = re.compile(r"\s+(?:the|an?|he|she|it|they|we|you|his|her|its|their|our|there|not)\b")


def _asks(text: str, start: int, end: int) -> bool:
    """Tell whether a word such as "Will" or "May" begins a question where it stands."""
    if not _begins_sentence(text, start):
        return False
    return _ASKED.match(text, end) is not None or (text.rstrip().endswith("?") and _is_capital(_word_behind(text, end)))
