"""Writes the pages of a made-up site as Markdown, for MkDocs with Material and for Zensical.

All links and backlinks are in them already, so both are spared that work: they only turn Markdown into pages.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from bench.peers.facts import Facts, Said, figure, spoken_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

CONFIGURATION: Final = """\
site_name: Bench
site_description: What is reported, who says so, and how sure that is.
site_url: https://bench.example.org/
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
# A navigation with a thousand siblings would cost Material the square of their number.
not_in_nav: |
  /stories/*
  /entities/*
  /sources/*
  /glossary/*
plugins:
  - search
theme:
  name: material
  font: false
  features: [toc.follow]
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
  - def_list
  - footnotes
  - tables
  - toc: {permalink: true}
"""
PROSE: Final = {
    "about.md": "# About\n\nThis site is made up. It is there so that its building can be timed.\n",
    "reading.md": (
        "# How to read this site\n\nEvery sentence carries who says it and where.\n\n## How sure\n\n"
        "- **established**: a public record or a primary document says so.\n"
        "- **reported**: a publication says so, on its own sourcing.\n"
        "- **claimed**: a party to the matter says so.\n- **inferred**: it is somebody's own conclusion.\n"
    ),
    "checking.md": (
        "# How it is checked\n\nEvery statement cites a source. Every name and every hard word leads to a page.\n"
    ),
}
MEANINGS: Final = {
    "established": (
        "A public record or a primary document says so, or two independent origins do, and nobody disputes it."
    ),
    "reported": "A publication says so, on its own sourcing.",
    "claimed": "A party to the matter says so.",
    "inferred": "It is somebody's own conclusion.",
}


class _Writer:
    """Pages from facts."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.records = facts.records

    # Pieces of pages. `up` leads from the page to the root: "../", or nothing.

    def _title(self, target: str) -> str:
        kind, _, key = target.partition("/")
        record = self.records[kind][key]
        text = record["short"] if kind == "glossary" else f"{record['kind'].capitalize()}: {record['about']}"
        return str(text).replace('"', "'")

    def text(self, pieces: Iterable[tuple[str, str]], up: str, seen: set[str] | None = None) -> str:
        """Return a text, each word and name in it linked where it comes first; the note is the title of the link."""
        seen = set() if seen is None else seen
        parts = []
        for text, target in pieces:
            if target and target not in seen:
                seen.add(target)
                parts.append(f'[{text}]({up}{target}.md "{self._title(target)}")')
            else:
                parts.append(text)
        return "".join(parts).strip()

    def linked(self, text: str, up: str) -> str:
        """Return a typed text with its words and names linked."""
        return self.text(self.facts.pieces(text), up)

    def statement(self, one: Said, up: str) -> str:
        """Return a sentence as other pages than its story's have it: with a link to where it stands."""
        return f"{self.text(one.pieces, up)} [{self._mark(one)}]({up}stories/{one.story}.md#{one.anchor})"

    @staticmethod
    def _mark(one: Said) -> str:
        flags = [", alleged"] if "accuses" in one.record else []
        flags += [", corrected"] if "superseded" in one.record else []
        return f"{one.certainty}{''.join(flags)}"

    def statements(self, keys: Iterable[str], up: str) -> Iterator[str]:
        """Yield the lines of a list of statements, by story."""
        story = ""
        for key in keys:
            one = self.facts.said[key]
            if one.story != story:
                story = one.story
                yield f"\n### [{self.records['stories'][story]['title']}]({up}stories/{story}.md)\n"
            yield f"- {self.statement(one, up)}"
        yield ""

    def name(self, entity: str, up: str) -> str:
        """Return a link to an entity."""
        return f"[{self.records['entities'][entity]['name']}]({up}entities/{entity}.md)"

    def source(self, source: str, up: str) -> str:
        """Return a link to a source, with its title."""
        return f"[{self.facts.cited(source)}]({up}sources/{source}.md) “{self.records['sources'][source]['title']}”"

    def _record(self, one: Said) -> str:
        where = "; ".join(self.source(source, "../") for source in one.sources)
        return (
            f"[^{one.anchor}]: **{one.certainty.capitalize()}.** {MEANINGS[one.certainty]} "
            f"Who says so: [{one.who}](../entities/{one.asserter}.md). Where: {where}. "
            f"Origins: {len(one.sources)} sources, {one.origins} origins. [Link to this statement](#{one.anchor})\n"
        )

    # Pages.

    def story(self, name: str) -> Iterator[str]:
        """Yield the lines of a story's page."""
        story = self.records["stories"][name]
        ones = [self.facts.said[f"{name}/{one['id']}"] for each in story["sections"] for one in each["statements"]]
        yield f"{story['title']} · {' · '.join(story['topics'])}\n"
        yield f"# {self.linked(story['question'], '../')}\n"
        for point in story["key_points"]:
            key = point if isinstance(point, str) else point["rests_on"][0]
            one = self.facts.said[f"{name}/{key}"]
            yield f"1. {self.text(one.pieces, '../')} [{self._mark(one)}](#{one.anchor})"
        yield f"\n**How sure is this?** {len(ones)} statements, as of {spoken_date(story['as_of'])}\n"
        for certainty, count in Counter(one.certainty for one in ones).items():
            yield f"- {certainty} **{count}**"
        cited = Counter(source for one in ones for source in one.sources)
        origins = {self.records["sources"][one].get("derives_from", [one])[0] for one in cited}
        yield f"\n{len(cited)} sources, **{len(origins)} independent origins**\n"
        for section in story["sections"]:
            seen: set[str] = set()
            yield f"## {section['title']}\n"
            for statement in section["statements"]:
                one = self.facts.said[f"{name}/{statement['id']}"]
                yield f"[](){{ #{one.anchor} }}{self.text(one.pieces, '../', seen)} {self._mark(one)}[^{one.anchor}]"
            yield ""
        yield "## Timeline\n"
        for one in sorted((one for one in ones if "when" in one.record), key=lambda one: str(one.record["when"])):
            said = f"{self.text(one.pieces, '../')} [{self._mark(one)}](#{one.anchor})"
            yield f"1. {spoken_date(one.record['when'])}: {said}"
        yield from self._who(ones)
        yield from self._money(name)
        yield from self._open(name)
        yield "\n## The words\n"
        targets = dict.fromkeys(target for one in ones for _, target in one.pieces if target.startswith("glossary/"))
        for target in sorted(targets):
            term = self.records["glossary"][target.partition("/")[2]]
            yield f"[{term['label']}](../{target}.md)\n:   {self.linked(term['short'], '../')}\n"
        yield "## The sources\n"
        for source, count in cited.items():
            record = self.records["sources"][source]
            note = f" {record['note']}" if "note" in record else ""
            yield f"- {self.source(source, '../')} {record['author']} · {record['kind']} · {count} statements{note}"
        yield "\n## What changed\n"
        for revision in story.get("revisions", ()):
            yield f"{spoken_date(revision['date'])}: {revision['kind']}. {revision['note']}\n"
        for one in ones:
            yield self._record(one)

    def _who(self, ones: list[Said]) -> Iterator[str]:
        yield "\n## Who is who\n"
        for target in sorted({target for one in ones for _, target in one.pieces if target.startswith("entities/")}):
            entity = target.partition("/")[2]
            yield f"{self.name(entity, '../')}\n:   {self.records['entities'][entity]['about'].capitalize()}\n"
        for one in ones:
            for start, phrase, end in self.facts.relations(one):
                yield f"- {self.name(start, '../')} {phrase} {self.name(end, '../')}, [{one.certainty}](#{one.anchor})"

    def _money(self, name: str) -> Iterator[str]:
        story = self.records["stories"][name]
        yield "\n## The money\n\n| How much | What it is | Statement |\n| --- | --- | --- |"
        for section in story["sections"]:
            for statement in section["statements"]:
                for key, quantity in story["quantities"].items():
                    if quantity["unit"] == "EUR" and f"{{{key}}}" in statement["text"]:
                        one = self.facts.said[f"{name}/{statement['id']}"]
                        said = f"{self.text(one.pieces, '../')} [{self._mark(one)}](#{one.anchor})"
                        yield f"| {figure(quantity)} | {quantity['kind']} | {said} |"

    def _open(self, name: str) -> Iterator[str]:
        story = self.records["stories"][name]
        yield "\n## Two accounts\n"
        for dispute in story["disputes"]:
            yield f"### {self.linked(dispute['question'], '../')}\n"
            for position in dispute["positions"]:
                yield f"- {self.statement(self.facts.said[f'{name}/{position}'], '../')}"
        yield "\n## What nobody knows yet\n"
        for unknown in story["unknowns"]:
            start = "It has not been made public" if unknown["why"] == "undisclosed" else "The sources do not say"
            yield f"- {start} {self.linked(unknown['text'], '../')}."
            yield f"  It would be settled by {self.linked(unknown['would_settle'], '../')}."

    def entity(self, name: str) -> Iterator[str]:
        """Yield the lines of an entity's page."""
        entity = self.records["entities"][name]
        yield f"{entity['kind'].capitalize()}\n\n# {entity['name']}\n"
        yield f"{entity['about'].capitalize()}, according to {self.source(entity['source'], '../')}\n"
        if "aliases" in entity:
            yield f"Also called {', '.join(entity['aliases'])}\n"
        for role in entity.get("roles", ()):
            proof = self.facts.said[role["statement"]]
            yield f"{role['role'].capitalize()} of {self.name(role['of'], '../')}: {self.statement(proof, '../')}\n"
        if name in self.facts.linked:
            yield "## Links to others\n"
        for key in self.facts.linked.get(name, ()):
            one = self.facts.said[key]
            for start, phrase, end in self.facts.relations(one):
                mark = f"[{one.certainty}](../stories/{one.story}.md#{one.anchor})"
                yield f"- {self.name(start, '../')} {phrase} {self.name(end, '../')}, according to {one.who} {mark}"
        for title, keys in (
            (f"What is said about {entity['name']}", self.facts.mentions.get(f"entities/{name}")),
            (f"What {entity['name']} says", self.facts.by.get(name)),
        ):
            if keys:
                yield f"\n## {title}\n"
                yield from self.statements(keys, "../")
        if name in self.facts.published:
            yield "## What it published\n"
            yield from (f"- {self.source(one, '../')}" for one in self.facts.published[name])

    def one_source(self, name: str) -> Iterator[str]:
        """Yield the lines of a source's page."""
        source = self.records["sources"][name]
        yield f"Source\n\n# {source['title']}\n"
        yield f"Kind\n:   {source['kind'].capitalize()}\n\nPublisher\n:   {self.name(source['publisher'], '../')}\n"
        yield f"Author\n:   {source['author']}\n\nPublished\n:   {spoken_date(source['published'])}\n"
        yield f"Address\n:   <{source['url']}>\n"
        for older in source.get("derives_from", ()):
            yield f"Repeats\n:   {self.source(older, '../')}\n"
        yield f"{source.get('note', '')}\n\n## What rests on it\n"
        yield from self.statements(self.facts.on.get(name, ()), "../")

    def term(self, name: str) -> Iterator[str]:
        """Yield the lines of a term's page."""
        term = self.records["glossary"][name]
        yield f"Glossary\n\n# {term['label']}\n"
        if "aliases" in term:
            yield f"Also: {', '.join(term['aliases'])}\n"
        yield f"**{term['short']}**\n\n{self.linked(term['long'], '../')}\n"
        if "comparison" in term:
            yield f"{self.linked(term['comparison'], '../')}\n"
        for title, ones in (("See", term.get("see")), ("Seen from", self.facts.seen.get(name))):
            if ones:
                links = " ".join(f"[{self.records['glossary'][one]['label']}]({one}.md)" for one in ones)
                yield f"{title} {links}\n"
        yield "## Where it is used\n"
        yield from self.statements(self.facts.mentions.get(f"glossary/{name}", ()), "../")

    def lists(self) -> Iterator[tuple[str, Iterable[str]]]:
        """Yield the pages that list everything, by path."""
        yield "index.md", self._home()
        yield (
            "entities/index.md",
            ["# Who is who\n"]
            + [
                f"{self.name(key, '../')}\n:   {one['kind'].capitalize()}: {one['about']}, according to "
                f"{self.source(one['source'], '../')} · "
                f"{len(self.facts.mentions.get(f'entities/{key}', ()))} statements\n"
                for key, one in self.records["entities"].items()
            ],
        )
        yield (
            "sources/index.md",
            ["# Sources\n"]
            + [
                f"- [{one['title']}]({key}.md), {self.name(one['publisher'], '../')}, {spoken_date(one['published'])}"
                f" · {len(self.facts.on.get(key, ()))} statements"
                for key, one in self.records["sources"].items()
            ],
        )
        yield (
            "glossary/index.md",
            ["# Glossary\n"]
            + [
                f"[{one['label']}]({key}.md)\n:   {self.linked(one['short'], '../')}\n"
                for key, one in self.records["glossary"].items()
            ],
        )
        dated = [one for one in self.facts.said.values() if "when" in one.record]
        yield (
            "timeline.md",
            ["# Timeline\n"]
            + [
                f"1. {spoken_date(one.record['when'])}: {self.statement(one, '')} "
                f"[{self.records['stories'][one.story]['title']}](stories/{one.story}.md)"
                for one in sorted(dated, key=lambda one: str(one.record["when"]))
            ],
        )
        yield (
            "changes.md",
            ["# What changed\n"]
            + [
                f"{spoken_date(one['date'])}: {one['kind']} in [{story['title']}](stories/{key}.md). {one['note']}\n"
                for key, story in self.records["stories"].items()
                for one in story.get("revisions", ())
            ],
        )

    def _home(self) -> Iterator[str]:
        yield "# Bench\n\nWhat is reported, who says so, and how sure that is.\n"
        for key, story in self.records["stories"].items():
            yield f"## [{story['title']}](stories/{key}.md)\n\n{story['question']}\n"
            for point in story["key_points"]:
                name = point if isinstance(point, str) else point["rests_on"][0]
                yield f"- {self.statement(self.facts.said[f'{key}/{name}'], '')}"
            yield f"\nAs of {spoken_date(story['as_of'])} · {' '.join(story['topics'])}\n"


def write(content: Path, project: Path) -> None:
    """Write a site of Markdown.

    Args:
        content: the records of a made-up site.
        project: where mkdocs.yml and docs/ are to be.
    """
    writer = _Writer(Facts(content))
    (project / "docs").mkdir(parents=True, exist_ok=True)
    (project / "mkdocs.yml").write_text(CONFIGURATION)
    pages: dict[str, Iterable[str]] = dict(writer.lists())
    for kind, page in (
        ("stories", writer.story),
        ("entities", writer.entity),
        ("sources", writer.one_source),
        ("glossary", writer.term),
    ):
        pages |= {f"{kind}/{name}.md": page(name) for name in writer.records[kind]}
    for path, text in PROSE.items():
        (project / "docs" / path).write_text(text)
    for path, lines in pages.items():
        file = project / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(lines) + "\n")
