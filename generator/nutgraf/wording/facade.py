"""A language at work: dates, quantities, names and lists in words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from babel.lists import format_list

from nutgraf.model import Anonymous, EntityId, Speaker, Unnamed
from nutgraf.wording import dates, names, quantities
from nutgraf.wording.patterns import fill

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from nutgraf.graph import Graph
    from nutgraf.model import Asserter, Certainty, FuzzyDate, Quantity, Statement
    from nutgraf.wording.language import Language


@dataclass(frozen=True, slots=True)
class Wording:
    """What turns values into words, in one language."""

    language: Language

    def day(self, date: datetime.date) -> str:
        """Return a day in words: "11 April 2023"."""
        return dates.day(self.language, date)

    def date(self, date: FuzzyDate) -> str:
        """Return a date for a list: "2018 or earlier"."""
        return dates.label(self.language, date)

    def date_phrase(self, date: FuzzyDate) -> str:
        """Return a date for a sentence, with its preposition: "in or before 2018"."""
        return dates.phrase(self.language, date)

    def when(self, statement: Statement) -> str:
        """Return the date of a statement for a sentence, in the words of its source if there are any."""
        if statement.when_text and statement.when:
            return dates.told(self.language, statement.when_text, statement.when)
        return statement.when_text or (self.date_phrase(statement.when) if statement.when else "")

    def quantity(self, quantity: Quantity) -> str:
        """Return a quantity: "about 10,000 GPUs"."""
        return quantities.phrase(self.language, quantity)

    def join(self, words: Iterable[str]) -> str:
        """Return a list: "a, b and c"."""
        return _joined(tuple(words), self.language.lists)

    def certainty(self, certainty: Certainty) -> str:
        """Return the word for a certainty."""
        return self.language.certainties[certainty][0]

    def certainty_meaning(self, certainty: Certainty, by: tuple[Asserter, ...] = ()) -> str:
        """Return a sentence that says what a certainty means, of a statement by some asserters or in general."""
        language = self.language
        if by and all(isinstance(one, Unnamed) for one in by):
            return language.certainties_unnamed.get(certainty, language.certainties[certainty][1])
        if by and all(isinstance(one, Anonymous) for one in by):
            return language.certainties_anonymous.get(certainty, language.certainties[certainty][1])
        return language.certainties[certainty][1]

    def asserter(self, by: Asserter, graph: Graph) -> str:
        """Return an asserter in words, by full name: "two people familiar with the company"."""
        spoken = self.spoken(by, lambda entity: names.with_article(graph, entity, graph.entity(entity).name))
        return spoken.rstrip(",")

    def spoken(self, by: Asserter, name: Namer) -> str:
        """Return an asserter in words; `name` says how an entity is called.

        Who is set off by a comma has one behind as well: "Ada Adams, through Ben Bell,".
        """
        words = self.language.asserters
        if isinstance(by, EntityId):
            return name(str(by))
        if isinstance(by, Anonymous):
            if by.count is None or by.count == 1:
                return by.anonymous
            return fill(words.counted, count=self.count(by.count), who=by.anonymous)
        if not isinstance(by, Speaker):
            return words.unnamed
        # "A spokesman for Works" is one name; "Ada Adams, for Works," has one already.
        is_named = isinstance(by.who, EntityId)
        text = name(str(by.who)) if is_named else str(by.who)
        for pattern, slot, entity in (
            ((is_named and words.for_named) or words.for_, "for", by.for_),
            ((is_named and words.at_named) or words.at, "at", by.at),
            (words.through, "via", by.via),
        ):
            if entity:
                text = fill(pattern, **{"who": text.rstrip(","), slot: name(str(entity))})
        return text

    def count(self, number: int) -> str:
        """Return a small number in words: "two"."""
        words = self.language.quantities.words
        return words[number] if number < len(words) else f"{number:,}"


@lru_cache(maxsize=8192)
def _joined(words: tuple[str, ...], locale: str) -> str:
    return words[0] if len(words) == 1 else format_list(words, locale=locale)


if TYPE_CHECKING:
    from collections.abc import Callable

    Namer = Callable[[str], str]
