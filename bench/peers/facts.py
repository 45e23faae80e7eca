"""The facts of a made-up site, read for the peers: the same sentences and backlinks that Hugo's templates make."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import yaml

if TYPE_CHECKING:
    from pathlib import Path

Record = dict[str, Any]
Piece = tuple[str, str]
"""A text, and the record it links, as "glossary/steam-lock"; empty where it is no link."""

KINDS: Final = ("stories", "entities", "sources", "glossary")
MILLION: Final = 1_000_000
_MONTHS: Final = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905 - a list of twelve in a row
)


class _Strings(yaml.CSafeLoader):
    """YAML without dates, which have forms of their own here."""


_Strings.yaml_implicit_resolvers = {
    sign: [one for one in ones if one[0] != "tag:yaml.org,2002:timestamp"]
    for sign, ones in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as pages show it.

    Attributes:
        key: "story/id".
        record: its YAML.
        pieces: its sentence.
        certainty: how sure it is.
        asserter: the id of who vouches for it.
        who: the same in words.
        sources: ids.
        origins: how many of them are independent.
    """

    key: str
    record: Record
    pieces: tuple[Piece, ...]
    certainty: str
    asserter: str
    who: str
    sources: tuple[str, ...]
    origins: int

    @property
    def story(self) -> str:
        """The id of its story."""
        return self.key.partition("/")[0]

    @property
    def anchor(self) -> str:
        """Its id in the story."""
        return self.key.partition("/")[2]


def spoken_date(value: object) -> str:
    """Return a date as people write it: "11 March 2019", "about March 2019"."""
    text = str(value)
    about = "about " if text.endswith("~") else ""
    parts = [int(one) for one in text.rstrip("~").split("-")]
    month = f"{_MONTHS[parts[1] - 1]} " if len(parts) > 1 else ""
    day = f"{date(*parts).day} " if len(parts) == len(("year", "month", "day")) else ""
    return f"{about}{day}{month}{parts[0]}"


def figure(quantity: Record) -> str:
    """Return a quantity as text."""
    about = "about " if "approximate" in quantity else ""
    amount = quantity["amount"]
    if quantity["unit"] == "EUR":
        return f"{about}€{amount / MILLION:,.1f} million" if amount >= MILLION else f"{about}€{amount:,}"
    return f"{about}{amount:,} {quantity.get('plural', quantity['unit'] + 's')}"


class Facts:
    """All records of a site, and what leads from one to the other.

    Attributes:
        records: by kind and id.
        said: the statements by "story/id", in the order of their stories.
        mentions: keys of the statements that name a record, by "entities/<id>" or "glossary/<id>".
        by: keys of the statements that an entity makes, by its id.
        on: keys of the statements that rest on a source, by its id.
        seen: ids of the terms that point to one, by its id.
        linked: keys of the statements whose relations have an entity in them, by its id.
        published: ids of sources, by that of their publisher.
    """

    def __init__(self, content: Path) -> None:
        """Read a site.

        Args:
            content: the folder of its records.
        """
        self.records: dict[str, dict[str, Record]] = {
            kind: {
                # A subclass of the safe loader.
                path.stem: yaml.load(path.read_bytes(), Loader=_Strings)  # noqa: S506
                for path in sorted((content / kind).glob("*.yml"))
            }
            for kind in KINDS
        }
        self._links: dict[str, tuple[str, str, int]] = {}
        self.seen: dict[str, list[str]] = defaultdict(list)
        self.published: dict[str, list[str]] = defaultdict(list)
        for key, term in self.records["glossary"].items():
            for label in (term["label"], *term.get("aliases", ())):
                self._link(label, f"glossary/{key}")
            for other in term.get("see", ()):
                self.seen[other].append(key)
        for key, entity in self.records["entities"].items():
            self._link(entity["name"], f"entities/{key}")
        for key, source in self.records["sources"].items():
            self.published[source["publisher"]].append(key)
        self.said: dict[str, Said] = {}
        self.mentions: dict[str, list[str]] = defaultdict(list)
        self.by: dict[str, list[str]] = defaultdict(list)
        self.on: dict[str, list[str]] = defaultdict(list)
        self.linked: dict[str, list[str]] = defaultdict(list)
        for name, story in self.records["stories"].items():
            for section in story["sections"]:
                for statement in section["statements"]:
                    self._add(self._say(name, story, section, statement))

    def _link(self, text: str, target: str) -> None:
        words = text.split()
        self._links[" ".join(words[:2]).lower()] = (target, text, len(words))

    def _add(self, one: Said) -> None:
        self.said[one.key] = one
        for target in dict.fromkeys(target for _, target in one.pieces if target):
            self.mentions[target].append(one.key)
        for source in one.sources:
            self.on[source].append(one.key)
        self.by[one.asserter].append(one.key)
        for start, _, end in self.relations(one):
            self.linked[start].append(one.key)
            self.linked[end].append(one.key)

    @staticmethod
    def relations(one: Said) -> list[tuple[str, str, str]]:
        """Return the relations of a statement: from, phrase, to."""
        relation: list[Any] = one.record.get("relation") or []
        return [(relation[0], relation[1], relation[2])] if relation and isinstance(relation[0], str) else relation

    def called(self, entity: str) -> str:
        """Return the name of an entity as it stands in a sentence."""
        record = self.records["entities"][entity]
        return f"{record['article']} {record['name']}" if "article" in record else str(record["name"])

    def cited(self, source: str) -> str:
        """Return a source in short: who published it, and when."""
        record = self.records["sources"][source]
        return f"{self.records['entities'][record['publisher']]['name']}, {spoken_date(record['published'])}"

    def pieces(self, text: str) -> tuple[Piece, ...]:
        """Return a text cut up at the words and names in it."""
        words = text.split()
        found: list[Piece] = []
        start = at = 0
        while at < len(words):
            pair = " ".join(words[at : at + 2]).lower().rstrip(".,:")
            link = self._links.get(pair) or self._links.get(words[at].lower().rstrip(".,:"))
            said = " ".join(words[at : at + link[2]]) if link else ""
            if link and said.rstrip(".,:") == link[1]:
                found += [(f"{' '.join(words[start:at])} " if at > start else "", ""), (said.rstrip(".,:"), link[0])]
                found.append((f"{said[len(said.rstrip('.,:')) :]} ", ""))
                at += link[2]
                start = at
            else:
                at += 1
        return (*found, (" ".join(words[start:]), ""))

    def _say(self, name: str, story: Record, section: Record, one: Record) -> Said:
        sources = one.get("source") or section.get("source") or story["based_on"]
        sources = [sources] if isinstance(sources, str) else sources
        text = re.sub(r"\[([^\]]+)\]\(term:[^)]+\)", r"\1", one["text"])
        text = re.sub(r"\{([a-z0-9-]+)\}", lambda found: figure(story["quantities"][found[1]]), text)
        if "when" in one:
            full = re.search(r"\d-\d+-\d+$", str(one["when"]))
            text = f"{one.get('when_text') or ('on ' if full else 'in ') + spoken_date(one['when'])}, {text}"
        records = [self.records["sources"][source] for source in sources]
        sentence, certainty, asserter, who = self._framed(one, section, text, [each["publisher"] for each in records])
        origins = {each.get("derives_from", [source])[0] for source, each in zip(sources, records, strict=True)}
        return Said(
            key=f"{name}/{one['id']}",
            record=one,
            pieces=self.pieces(f"{sentence[0].upper()}{sentence[1:]}."),
            certainty=certainty,
            asserter=asserter,
            who=who,
            sources=tuple(sources),
            origins=len(origins),
        )

    def _framed(  # noqa: PLR0911 - one way out for each frame
        self, one: Record, section: Record, text: str, publishers: list[str]
    ) -> tuple[str, str, str, str]:
        """Return a sentence, how sure it is, the id of who vouches for it, and the same in words."""
        publisher, by = publishers[0], one.get("by")
        said = self.called(publisher)
        certainty = one.get("certainty", "reported")
        if certainty == "established":
            return text, certainty, publisher, said
        if certainty == "inferred":
            return f"{said} suggests that {text}", certainty, publisher, said
        if by is None:
            other = next((each for each in publishers if each != publisher), None)
            if other:
                return f"{said} and {self.called(other)} both report that {text}", certainty, publisher, said
            return f"according to {said}, {text}", certainty, publisher, said
        if by == "unnamed":
            return f"{said} reports, without naming its source, that {text}", certainty, publisher, "an unnamed source"
        if isinstance(by, dict) and "anonymous" in by:
            return f"two {by['anonymous']} told {said} that {text}", certainty, publisher, f"two {by['anonymous']}"
        if isinstance(by, dict):
            who = f"{by['who']} for {self.called(by['for'])}"
            return f"{who} said that {text}, according to {said}", "claimed", by["for"], who
        who = self.called(by)
        manner = f" {one['manner']}" if "manner" in one else ""
        sentence = f"{who} said{manner} that {text}, according to {said}"
        if "denies" in one:
            denied = next(each["text"] for each in section["statements"] if each["id"] == one["denies"])
            sentence = f"{who} denied that {denied}. {sentence[0].upper()}{sentence[1:]}"
        return sentence, "claimed", by, who
