"""Writes the stories of a made-up site."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from bench import vocabulary as words

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

Thing = TypeVar("Thing")

# ruff: noqa: PLR2004 - the numbers are shares of all statements, and each stands beside what it is the share of


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something with a name.

    Attributes:
        key: its id.
        name: its name.
        kind: p, o, l, x as in the clauses of the vocabulary; w for one who publishes.
        sort: its kind in the record.
        said: the article of its name; empty where it has none.
    """

    key: str
    name: str
    kind: str
    sort: str
    said: str

    @property
    def called(self) -> str:
        """The name as it stands in a sentence."""
        return f"{self.said} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the glossary: its id, its label, and another word for it, or an empty text."""

    key: str
    label: str
    alias: str


def slug(name: str) -> str:
    """Return an id made from a name."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def articles(text: str) -> str:
    """Return a text with "an" where it has "a" before a vowel, and capitals where sentences begin."""
    return re.sub(r"\b([Aa]) (?=[aeiou])", r"\1n ", text[0].upper() + text[1:] if text.endswith(".") else text)


@dataclass(slots=True)
class Story:
    """A story while it is written.

    Attributes:
        key: its id.
        chance: what decides.
        cast: whom it is about, by kind; at least three people, four organisations, three places and one thing.
        sources: what it cites.
        terms: the hard words in it.
        filings: which of the sources are public records.
        as_of: its date.
        heads: who is said to head an office, each with the role as a record has it.
    """

    key: str
    chance: random.Random
    cast: dict[str, list[Entity]]
    sources: list[str]
    terms: list[Term]
    filings: list[str]
    as_of: str
    heads: list[tuple[Entity, str]] = field(default_factory=list)
    _said: list[tuple[str, str]] = field(default_factory=list)
    _quantities: list[str] = field(default_factory=list)
    _fresh: dict[str, list[Entity]] = field(default_factory=dict)
    _fresh_terms: list[Term] = field(default_factory=list)

    def text(self, length: int) -> str:
        """Return the file of a story of about `length` statements: more, where its cast needs them."""
        self._fresh = {kind: list(ones) for kind, ones in self.cast.items()}
        self._fresh_terms = list(self.terms)
        sections: list[str] = []
        special = (self._accounts, self._counts, self._reproach)
        length -= 2 * len(special)
        while len(self._said) < length or any(self._fresh.values()):
            sections += self._section(self.chance.randint(4, 7))
        for write in special:
            sections += write()
        first, second, third = self.chance.sample(self._said[:length], 3)
        about, thing = self.cast["o"][0], self.terms[0].label
        lines = [
            f"title: {about.name} and the {thing}",
            f"question: What is reported about {about.called} and the {thing}?",
            f"rests_on: [{first[0]}, {second[0]}]",
            f"topics: [{self.chance.choice(words.TOPICS)}]",
            f"as_of: {self.as_of}",
            "status: closed",
            f"based_on: {self.sources[0]}",
            "key_points:",
            f"  - {first[0]}",
            f"  - {second[0]}",
            f"  - {{id: in-brief, text: {third[1]!r}, rests_on: [{third[0]}]}}",
            *("quantities:", *self._quantities),
            *("sections:", *sections),
            *("disputes:", "  - id: what-for", f"    question: What was the {thing} meant for?"),
            "    rests_on: [account-one, account-two]\n    positions: [account-one, account-two]\n    status: open",
            *("unknowns:", *self._unknowns()),
        ]
        if self.chance.random() < 0.4:
            lines += [
                f"revisions:\n  - date: {self.as_of}",
                f"    kind: {self.chance.choice(('correction', 'update', 'clarification'))}",
                f"    statements: [{self.chance.choice(self._said)[0]}]",
                f"    note: The {self.chance.choice(words.PLAIN)} was called by the name of another one.",
            ]
        return "\n".join(lines) + "\n"

    def _section(self, count: int) -> list[str]:
        chance = self.chance
        first = len(self._said)
        statements = [line for _ in range(count) for line in self._statement()]
        ids = ", ".join(key for key, _ in self._said[first : first + 2])
        lines = [f"  - title: The {chance.choice(words.PLAIN)} and the {chance.choice(words.PLAIN)}"]
        lines.append(f"    rests_on: [{ids}]")
        if chance.random() < 0.4:  # a section that is told after one source
            lines.append(f"    source: {chance.choice(self.sources)}")
        return [*lines, "    statements:", *statements]

    def _statement(self) -> list[str]:
        chance = self.chance
        waiting = [kind for kind, ones in self._fresh.items() if ones]
        able = [one for one in words.CLAUSES if any(f"{{{kind}" in one[0] for kind in waiting)]
        clause, phrase = chance.choice(able or words.CLAUSES)
        tail = chance.choice(words.TAILS)
        used: dict[str, Entity] = {}
        full = self._fill(f"{clause}{tail}", used)
        number = len(self._said) + 1
        key = f"{re.sub(r'{.*?}', '', clause).split()[0].strip(',')}-{number}"
        self._said.append((key, full))
        lines = [f"      - id: {key}", f"        text: {full}"]
        if tail and "{" not in tail:
            lines.append(f"        after_previous: {full.removesuffix(tail)}")
        lines += self._attribution(number)
        ends = [one for slot, one in used.items() if not slot.endswith("3")][:2]
        if phrase and len(ends) == 2 and chance.random() < 0.6:
            lines.append(f"        relation: [{ends[0].key}, {phrase}, {ends[1].key}]")
        if "took over" in clause:
            role = f"  - {{role: head of an office, of: {used['o'].key}, statement: {self.key}/{key}}}"
            self.heads.append((used["p"], role))
        return lines

    def _attribution(self, number: int) -> list[str]:
        """Return who says it, how sure that is, and when it happened."""
        chance = self.chance
        source, other = (chance.choice(self.sources) for _ in range(2))
        roll = chance.random()
        lines: list[str] = []
        if roll < 0.2:  # as the section or the story has it
            pass
        elif roll < 0.4:
            lines.append(f"        source: [{', '.join(sorted({source, other}))}]")
        elif roll < 0.5:
            lines += [f"        source: {source}", "        by: {anonymous: people familiar with the matter, count: 2}"]
        elif roll < 0.6:
            lines.append("        by: unnamed")
        elif roll < 0.75:
            teller = chance.choice([*self.cast["p"], *self.cast["o"]])
            lines += [f"        source: {source}", f"        by: {teller.key}"]
            lines += [f"        manner: {chance.choice(words.MANNERS)}", "        said: unknown"]
        elif roll < 0.8:
            teller = chance.choice(self.cast["o"])
            lines += [f"        source: {source}", f"        by: {{who: a spokesman, for: {teller.key}}}"]
            lines.append(f"        said: {self.as_of}")
        elif roll < 0.9 and self.filings:
            lines += [f"        source: {chance.choice(self.filings)}", "        certainty: established"]
        else:
            lines += [f"        source: {source}", "        certainty: inferred"]
        if number % 3 == 0:
            year = chance.randint(2012, int(self.as_of[:4]))
            form = chance.choice(("{y}", "{y}-{m:02}", "{y}-{m:02}-{d:02}", "{y}-{m:02}-{d:02}", "{y}-{m:02}~"))
            lines.append(f"        when: {form.format(y=year, m=chance.randint(1, 12), d=chance.randint(1, 28))}")
            if number % 4 == 0:
                lines.append("        when_text: on the day of the fair")
        return lines

    def _fill(self, clause: str, used: dict[str, Entity]) -> str:
        """Return a clause with names, words and figures in its gaps; what the story has not used yet comes first."""
        chance = self.chance
        labels: list[Term] = []

        def gap(found: re.Match[str]) -> str:
            slot = found[1]
            kind = slot.rstrip("23")
            if kind == "n":
                return chance.choice(words.DESKS if "took over" in clause else words.PLAIN)
            if kind == "m":
                return chance.choice(words.MATTERS)
            if kind == "t":
                term = _pick(self._fresh_terms, [one for one in self.terms if one not in labels], chance)
                labels.append(term)
                roll = chance.random()
                if roll < 0.05:  # as editors link what is not found by itself
                    return f"[{term.label}](term:{term.key})"
                return term.alias if term.alias and roll < 0.2 else term.label
            if kind in self.cast:
                entity = _pick(self._fresh[kind], [one for one in self.cast[kind] if one not in used.values()], chance)
                used[slot] = entity
                return entity.called
            return self._figure(kind)

        return articles(re.sub(r"\{(\w+)\}", gap, clause))

    def _figure(self, kind: str) -> str:
        name = f"{kind}-{len(self._quantities) + 1}"
        amount = self.chance.randint(2, 90)
        self._quantities.append(f"  {name}: {{{words.QUANTITIES[kind].format(few=amount, many=amount * 100_000)}}}")
        return f"{{{name}}}"

    def _accounts(self) -> list[str]:
        """Return a section with the two positions of a dispute."""
        one, other = self.cast["o"][:2]
        place = self.cast["l"][0].name
        thing, right = self.terms[0].label, self.terms[-1].label
        return self._pair(
            "Two accounts of one thing",
            (
                (
                    "account-one",
                    f"a {thing} was meant for a {self.chance.choice(words.PLAIN)} in {place} from the start",
                ),
                [f"by: {one.key}", "manner: in a statement", "said: unknown"],
            ),
            (
                ("account-two", f"a {thing} was meant to stand beside a {right} in {place}"),
                [f"by: {other.key}", "manner: publicly", "said: unknown"],
            ),
        )

    def _counts(self) -> list[str]:
        """Return a section with a figure that gave way to another."""
        who, where = self.cast["o"][0], self.cast["l"][0]
        place = self.chance.choice(words.PLAIN)
        older, newer = (
            f"{who.called} counted {self._figure('count')} at the {place} of {where.name}" for _ in range(2)
        )
        return self._pair(
            "How many there were",
            (("first-count", older), [f"superseded: {{by: last-count, on: {self.as_of}, because: corrected}}"]),
            (("last-count", newer), []),
        )

    def _reproach(self) -> list[str]:
        """Return a section with an accusation and the answer to it."""
        one, other = self.cast["o"][1:3]
        thing = self.terms[0].label
        return self._pair(
            "A reproach",
            (
                ("reproach", f"{one.called} kept the papers on the {thing} from {other.called}"),
                [f"by: {other.key}", "said: unknown", f"accuses: {{who: {one.key}, asked: unknown, reply: [answer]}}"],
            ),
            (
                ("answer", f"{one.called} gave the papers on the {thing} to {other.called}"),
                [f"by: {one.key}", "said: unknown", "denies: reproach"],
            ),
        )

    def _pair(self, title: str, *both: tuple[tuple[str, str], Sequence[str]]) -> list[str]:
        source = self.chance.choice(self.sources)
        lines = [f"  - title: {title}", f"    rests_on: [{both[0][0][0]}]", f"    source: {source}", "    statements:"]
        for (key, text), more in both:
            self._said.append((key, articles(text)))
            lines += [f"      - id: {key}", f"        text: {articles(text)}", *(f"        {line}" for line in more)]
        return lines

    def _unknowns(self) -> list[str]:
        chance = self.chance
        lines: list[str] = []
        for number, (key, _) in enumerate(chance.sample(self._said, 3), 1):
            who, thing = chance.choice(self.cast["o"]), chance.choice(self.terms).label
            lines += [
                f"  - id: unknown-{number}",
                articles(f"    text: how much {who.called} will pay for a {thing}, and to whom"),
                f"    why: {chance.choice(('undisclosed', 'not-covered', 'unanswered'))}",
                f"    rests_on: [{key}]",
                f"    would_settle: a contract, or a word from {who.called}",
            ]
        return lines


def _pick(fresh: list[Thing], free: Sequence[Thing], chance: random.Random) -> Thing:
    """Return the first of the `fresh` that is free, and take it out of them; else any that is free."""
    for one in fresh:
        if one in free:
            fresh.remove(one)
            return one
    return chance.choice(free)
