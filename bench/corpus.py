"""Makes a site of 100, 1,000 or 10,000 pages: `python -m bench.corpus PAGES FOLDER`.

The same number gives the same bytes, on any machine. It is a whole site, with a mkdocs.yml, that passes `nutgraf check`
without a warning. Its measure are the first story of content/ (54 statements, 19 entities, 9 sources, 25 terms) and
tests/sites/sewol (about 50 statements, 52 entities, 48 sources, 11 terms), and a newsroom that has written such
explainers for years. Of 1,000 pages:

- 60 are stories, of 10 to 54 statements, 25 on average, of 10 to 20 words each. What grows
  longer, editors split.
- 450 are entities. A story has its own people, half of its cast; the other half is on other pages, too, and how often
  follows Zipf's law (with an offset, as Mandelbrot has it): the first is in every fifth story, most are in one or two.
- 240 are sources: each story has four of its own, and shares four with others. Every tenth repeats another one.
- 235 are terms. A statement has one or two of them in it, a definition one, and many stories use the same.
- The rest are the pages that every site has: the glossary, the timeline, and so on.

Names and words are made of syllables and small lists: see vocabulary.py.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sys
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Final

if __package__ in {None, ""}:
    # As a script, so that `bench` is this folder, and not the file of that name in it.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from bench import vocabulary as words
from bench.stories import Entity, Story, Term, articles, slug
from nutgraf import model

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZES: Final = (100, 1_000, 10_000)
SEED: Final = 20230412
FIXED_PAGES: Final = 10
"""Pages that are there whatever the content is: seven lists and three pages of prose."""
STORIES_SHARE, ENTITIES_SHARE, SOURCES_SHARE = 0.06, 0.45, 0.24
LENGTHS: Final = (10, 14, 16, 18, 20, 22, 24, 25, 26, 28, 32, 36, 54)
"""How many statements stories have: 25 on average."""
KINDS_OF_SOURCES: Final = ("report", "report", "report", "report", "interview", "filing", "release")
ZIPF_EXPONENT: Final = 0.9
ZIPF_OFFSET: Final = 6
SHARED: Final = {"entities": 8, "sources": 4, "terms": 10}
"""How much of what other stories have, too, a story has at most."""
FIRST_YEAR, LAST_YEAR = 2015, 2024

CONFIGURATION: Final = """\
site_name: Bench
site_description: What is reported, who says so, and how sure that is.
site_url: https://bench.example.org/
docs_dir: content
plugins:
  - search
  - nutgraf:
      format: 1
nav:
  - Stories: index.md
  - Who is who: entities/index.md
  - Glossary: glossary/index.md
  - Timeline: timeline.md
  - Sources: sources/index.md
  - What changed: changes.md
  - How to read this site: reading.md
  - How it is checked: checking.md
  - About: about.md
theme:
  name: material
  font: false
  features: [content.action.edit, toc.follow]
  palette:
    - media: "(prefers-color-scheme: light)"
      scheme: default
      primary: white
      accent: teal
      toggle: {icon: material/weather-night, name: Switch to dark colours}
    - media: "(prefers-color-scheme: dark)"
      scheme: slate
      primary: black
      accent: teal
      toggle: {icon: material/weather-sunny, name: Switch to light colours}
markdown_extensions:
  - attr_list
  - tables
  - toc: {permalink: true}
"""
ABOUT: Final = """\
# About

This site is made up. It is there so that its building can be timed.
"""


class _Popular:
    """A choice among things of which the first are chosen more often, as Zipf and Mandelbrot have it."""

    def __init__(self, things: Sequence[str]) -> None:
        self._things = things
        self._weights = list(accumulate((rank + ZIPF_OFFSET) ** -ZIPF_EXPONENT for rank in range(len(things))))

    def some(self, chance: random.Random, count: int) -> list[str]:
        """Return at most `count` different things."""
        return list(dict.fromkeys(chance.choices(self._things, cum_weights=self._weights, k=count)))


class _Site:
    """All records of a site, as text."""

    def __init__(self, pages: int) -> None:
        self.chance = random.Random(SEED)  # noqa: S311 - it makes up words, no secrets
        records = pages - FIXED_PAGES
        self.stories = max(1, round(pages * STORIES_SHARE))
        self.tree: dict[str, str] = {"mkdocs.yml": CONFIGURATION, "content/about.md": ABOUT}
        self.entities = self._name_entities(round(pages * ENTITIES_SHARE))
        sources = round(pages * SOURCES_SHARE)
        self.terms = self._label_terms(records - self.stories - len(self.entities) - sources)
        self.by_key = {one.key: one for one in self.entities}
        self.publications = [one.key for one in self.entities if one.kind == "w"]
        self.dates: dict[str, str] = {}
        self.filings: dict[str, str] = {}
        self.sources = self._write_sources(sources)
        self.roles: dict[str, list[str]] = {}
        self._write_stories()
        self._write_entities()
        self._write_terms()

    # Names.

    def _word(self, low: int, high: int) -> str:
        """Return a made-up word of some syllables, with a capital."""
        chance = self.chance
        parts = (chance.choice(words.ONSETS) + chance.choice(words.VOWELS) for _ in range(chance.randint(low, high)))
        return ("".join(parts) + chance.choice(words.CODAS)).capitalize()

    def _name_entities(self, count: int) -> list[Entity]:
        """Return people, organisations, places and things, the ones that everybody writes about first."""
        taken: set[str] = set()
        made: list[Entity] = []
        while len(made) < count:
            stem = self._word(2, 3)
            if stem.lower() in taken:
                continue
            taken.add(stem.lower())
            made.append(self._entity(stem, len(made)))
        return made

    def _entity(self, stem: str, number: int) -> Entity:
        # Of ten: four people, three organisations, one who publishes, one place, one thing.
        sort = "opwoplpoxp"[number % 10]
        chance = self.chance
        if sort == "p":
            return Entity(slug(stem), f"{chance.choice(words.GIVEN)} {stem}", "p", "person", "")
        if sort == "o":
            return Entity(
                slug(stem), f"{stem} {chance.choice(words.KINDS_OF_ORGANISATION)}", "o", "organisation", "the"
            )
        if sort == "w":
            return Entity(slug(stem), f"{stem} {chance.choice(words.KINDS_OF_PUBLICATION)}", "w", "organisation", "the")
        if sort == "l":
            return Entity(slug(stem), stem, "l", "place", "")
        if number % 20 < 10:  # noqa: PLR2004 - every other one
            return Entity(slug(stem), f"{stem} {chance.choice(words.KINDS_OF_DOCUMENT)}", "x", "document", "the")
        return Entity(slug(stem), f"{stem} {chance.choice(words.KINDS_OF_PRODUCT)}", "x", "product", "the")

    def _label_terms(self, count: int) -> list[Term]:
        """Return words of the glossary; every other one has an alias."""
        pairs = [(one, other) for one in words.QUALIFIERS for other in words.THINGS]
        self.chance.shuffle(pairs)
        return [
            Term(slug(f"{one} {other}"), f"{one} {other}", f"{one}-type {other}" if number % 2 else "")
            for number, (one, other) in enumerate(pairs[:count])
        ]

    # Sources.

    def _date(self, chance: random.Random) -> str:
        return f"{chance.randint(FIRST_YEAR, LAST_YEAR)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"

    def _write_sources(self, count: int) -> list[str]:
        popular = _Popular(self.publications)
        made: list[str] = []
        for number in range(count):
            chance = self.chance
            # Each has published something, and then some more than others.
            first = number < len(self.publications)
            publisher = self.publications[number] if first else popular.some(chance, 1)[0]
            date = self._date(chance)
            kind = "report" if first else chance.choice(KINDS_OF_SOURCES)
            by_one = kind in {"filing", "release"}
            if by_one:
                publisher = chance.choice([one.key for one in self.entities if one.kind == "o"])
            key = f"{publisher}-{date[:4]}-{number}"
            self.dates[key] = date
            if kind == "filing" and model.Entity(name=self.by_key[publisher].name).is_official:
                self.filings[key] = publisher
            lines = [
                f"title: {self._title(chance)}",
                f"publisher: {publisher}",
                f"author: {chance.choice(words.GIVEN)} {self._word(2, 2)}" if not by_one else "author: unknown",
                f"kind: {kind}",
                f"published: {date}",
                f"url: https://{publisher}.example/{date.replace('-', '/')}/{number}",
                "read: yes",
                "lang: en",
            ]
            if number % 10 == 9 and not by_one:  # noqa: PLR2004 - every tenth
                older = [one for one in made[-40:] if self.dates[one] < date]
                lines += [f"derives_from: [{chance.choice(older)}]"] if older else []
            if number % 4 == 0:
                lines.append(
                    f"note: Used here for what it says about a {chance.choice(words.PLAIN)}, and for its date."
                )
            self.tree[f"content/sources/{key}.yml"] = "\n".join(lines) + "\n"
            made.append(key)
        return made

    def _title(self, chance: random.Random) -> str:
        return f"What became of the {chance.choice(words.PLAIN)} and its {chance.choice(words.MATTERS)}"

    # Stories.

    def _write_stories(self) -> None:
        entities = [one.key for one in self.entities if one.kind != "w"]
        shares = {"entities": entities, "sources": self.sources, "terms": [one.label for one in self.terms]}
        popular = {name: _Popular(things) for name, things in shares.items()}
        by_label = {one.label: one for one in self.terms}
        spare = {kind: [one for one in self.entities if one.kind == kind] for kind in "polx"}
        for number in range(self.stories):
            chance = random.Random(f"{SEED} {number}")  # noqa: S311 - it makes up words, no secrets
            has = {
                name: list(dict.fromkeys([*things[number :: self.stories], *popular[name].some(chance, SHARED[name])]))
                for name, things in shares.items()
            }
            cast = {
                kind: [self.by_key[key] for key in has["entities"] if self.by_key[key].kind == kind] for kind in spare
            }
            for kind, least in (("p", 3), ("o", 4), ("l", 3), ("x", 1)):
                missing = max(0, least - len(cast[kind]))
                drawn = chance.sample(spare[kind], min(least + missing, len(spare[kind])))
                cast[kind] += [one for one in drawn if one not in cast[kind]][:missing]
            story = Story(
                f"story-{number + 1}",
                chance,
                cast,
                has["sources"],
                [by_label[one] for one in has["terms"]],
                # A public body's own record of itself establishes nothing.
                filings=[
                    one
                    for one in has["sources"]
                    if self.filings.get(one, "") not in {"", *(each.key for each in cast["o"])}
                ],
                as_of=max(self.dates[one] for one in has["sources"]),
            )
            self.tree[f"content/stories/{story.key}.yml"] = story.text(LENGTHS[number % len(LENGTHS)])
            for person, proof in story.heads:
                self.roles.setdefault(person.key, []).append(proof)

    # Entities and terms.

    def _write_entities(self) -> None:
        for number, one in enumerate(self.entities):
            chance = self.chance
            lines = [f"name: {one.name}", f"kind: {one.sort}"]
            if one.kind == "p":
                lines += [f"short: {one.name.split()[-1]}", f"pronoun: {chance.choice(('he', 'she', 'they'))}"]
            elif one.kind == "o" and number % 3 == 0:
                lines.append(f"aliases: [{one.name.split()[0]}]")
            if one.said:
                lines.append(f"article: {one.said}")
            if one.key in self.roles:
                lines += ["roles:", *self.roles[one.key][:2]]
            lines.append(f"about: {chance.choice(words.ABOUTS[one.kind]).format(n=chance.choice(words.PLAIN))}")
            lines.append(f"source: {self.sources[number % len(self.sources)]}")
            self.tree[f"content/entities/{one.key}.yml"] = "\n".join(lines) + "\n"

    def _write_terms(self) -> None:
        chance = self.chance
        for number, term in enumerate(self.terms):
            # Only what stands before it, so that no two words explain each other.
            before = self.terms[max(0, number - 200) : number]
            near = [one.label for one in before if set(one.label.split()).isdisjoint(term.label.split())] or ["pump"]

            def fill(text: str, near: list[str] = near) -> str:
                gaps = {
                    "does": words.DOES,
                    "n": words.PLAIN,
                    "state": words.STATES,
                    "who": words.WHO,
                    "act": words.ACTS,
                }
                return articles(re.sub(r"\{(\w+)\}", lambda found: chance.choice(gaps.get(found[1], near)), text))

            lines = [f"label: {term.label}", f"short: {fill(chance.choice(words.SHORT_DEFINITIONS))}"]
            lines += [f"aliases: [{term.alias}]"] if term.alias else []
            lines += ["long: >-", *(f"  {fill(one)}" for one in chance.sample(words.LONG_DEFINITIONS, 3))]
            if number % 3:
                lines += ["comparison: >-", f"  {fill(chance.choice(words.COMPARISONS))}"]
            if before and number % 4:
                see = chance.sample(before, min(len(before), chance.randint(1, 3)))
                lines.append(f"see: [{', '.join(one.key for one in see)}]")
            self.tree[f"content/glossary/{term.key}.yml"] = "\n".join(lines) + "\n"


def site(pages: int) -> dict[str, bytes]:
    """Return the files of a made-up site of `pages` pages by path, the same for each call."""
    return {path: text.encode() for path, text in sorted(_Site(pages).tree.items())}


def write(pages: int, folder: Path) -> None:
    """Write a made-up site of `pages` pages into `folder`, and take away what was there of an older one."""
    shutil.rmtree(folder / "content", ignore_errors=True)
    for path, data in site(pages).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def main() -> None:
    """Write a site."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=int, help="how many pages the site has when it is built: 100 or more")
    parser.add_argument("folder", type=Path, help="where to write it")
    arguments = parser.parse_args()
    write(arguments.pages, arguments.folder)


if __name__ == "__main__":
    main()
