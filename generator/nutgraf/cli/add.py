"""`nutgraf add`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from nutgraf.cli.common import open_site
from nutgraf.cli.console import Refusal, SiteError, err, out, say
from nutgraf.cli.options import CONFIG_FILE, InOrder
from nutgraf.cli.prompts import PromptSession, Question, each, fits, known, listed, new, new_id
from nutgraf.diagnostics import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nutgraf.editing.add import Addition
    from nutgraf.theme.plugin import NutgrafPlugin

# See `nutgraf.cli.common`.
# ruff: noqa: PLC0415


@click.group(
    cls=InOrder,
    epilog="""
\b
Examples:
  nutgraf add entity                      asks for what is needed
  nutgraf add source --publisher semafor --published 2023-03-24 --title "The secret history"
  nutgraf add statement --story twitter-ai-openai
""",
)
def add() -> None:
    """Add a statement, a source, a term or an entity: asks for what is needed, and writes it in the right place.

    What is given as an option is not asked for. Every answer is checked at once. Nothing else in the files changes.
    """


# Commands

_ID: Final = click.option("--id", "name", help="The id.  [default: made of the name]")


@add.command(short_help="Add a person, an organisation, a thing.")
@click.option("--name", "full", help='The full name, such as "Elon Musk".')
@click.option("--short", help="What later mentions say, such as Musk.")
@click.option("--kind", help="What it is: person, organisation, place, product, document, event and others.")
@click.option("--url", help="Its own page on the web.")
@_ID
@CONFIG_FILE
def entity(  # noqa: PLR0913, PLR0917 - one for each option
    full: str | None, short: str | None, kind: str | None, url: str | None, name: str | None, config_file: Path | None
) -> None:
    """Add a person, an organisation or another thing that statements speak of."""
    from nutgraf.editing.add import record

    desk = PromptSession(config_file)
    asked = full is None
    full = desk.ask(Question("Full name", "--name", needed=True, check=fits("Entity", "name")), full)
    kind = _kind(desk, kind)
    if asked or short:
        guess = full.rpartition(" ")[2] if kind == "person" and " " in full else ""
        short = desk.ask(
            Question("Short name, for later mentions", "--short", check=fits("Entity", "short")), short, guess
        )
    if asked or url:
        url = desk.ask(Question("Its own page on the web", "--url", check=fits("Entity", "url")), url)
    name = new_id(desk, "entities", "an entity", name, full)
    fields = {"name": full, "short": "" if short == full else short or "", "kind": kind, "url": url or ""}
    desk.write(record("entities", name, fields), name)


def _kind(desk: PromptSession, given: str | None = None) -> str:
    kinds = "person, organisation, place, vessel, product, document, event, work, law or other"
    return desk.ask(Question("Kind", "--kind", help=kinds, check=fits("Entity", "kind")), given, "organisation")


def _entities(desk: PromptSession, *also: str) -> Callable[[str], str]:
    """Return a check that an entity is there. At a terminal one that is not can be added at once."""
    from nutgraf.editing.add import record

    def check(answer: str) -> str:
        try:
            return known("entity", desk.records["entities"], *also)(answer)
        except click.UsageError as error:
            if not sys.stdin.isatty() or "Did you mean" in error.message:
                raise
            if not click.confirm(f"There is no entity `{answer}` yet. Add it now?", err=True):
                raise
        full = answer if answer != answer.lower() else desk.ask(Question("Full name", "--name", needed=True), None)
        kind = _kind(desk)
        name = new_id(desk, "entities", "an entity", None, full)
        desk.write(record("entities", name, {"name": full, "kind": kind}), name)
        desk.read()
        return name

    return check


@add.command(short_help="Add a publication.")
@click.option("--publisher", help="Who published it: the id of an entity.")
@click.option("--published", help="When: 2023-03-24, 2023-03, or unknown.")
@click.option("--title", help="Its title as published, or unknown.")
@click.option("--url", help="Where it can be read.")
@click.option("--kind", help="report, interview, filing, post, release, paper or data.  [default: report]")
@click.option("--read", help="yes if you read it yourself; no if you know it through another source only.")
@_ID
@CONFIG_FILE
def source(  # noqa: PLR0913, PLR0917 - one for each option
    publisher: str | None,
    published: str | None,
    title: str | None,
    url: str | None,
    kind: str | None,
    read: str | None,
    name: str | None,
    config_file: Path | None,
) -> None:
    """Add a publication that evidence comes from."""
    from nutgraf.editing.add import record

    desk = PromptSession(config_file)
    asked = publisher is None or published is None
    help_ = "Its name or the id of its record, or unknown."
    there = _entities(desk, "unknown")
    publisher = desk.ask(Question("Publisher", "--publisher", needed=True, help=help_, check=there), publisher)
    question = Question(
        "Published",
        "--published",
        needed=True,
        help="2023-03-24, 2023-03, 2023 or unknown",
        check=fits("Source", "published"),
    )
    published = desk.ask(question, published)
    optional = (("title", "Title, as published", title), ("url", "Address on the web", url), ("kind", "Kind", kind))
    found = {"title": title or "", "url": url or "", "kind": kind or ""}
    for field, words, given in optional:
        if asked or given is not None:
            default = "report" if field == "kind" else ""
            found[field] = desk.ask(Question(words, f"--{field}", check=fits("Source", field)), given, default)
    if asked or read is not None:
        question = Question(
            "Did you read it yourself (yes), or know it through another source only (no)",
            "--read",
            check=_yes_or_no,
        )
        read = desk.ask(question, read, "yes")
    name = new_id(
        desk, "sources", "a source", name, f"{publisher} {published[:4]}" if published != "unknown" else publisher
    )
    fields = {
        "title": found["title"],
        "publisher": publisher,
        "kind": "" if found["kind"] == "report" else found["kind"],
        "published": published,
        "url": found["url"],
        "read": "no" if read in {"no", "false"} else "",
    }
    desk.write(record("sources", name, fields), name)


def _yes_or_no(answer: str) -> str:
    return fits("Source", "read")({"y": "yes", "n": "no"}.get(answer.lower(), answer.lower()))


@add.command()
@click.option("--label", help="The word as it stands in running text, such as GPU.")
@click.option("--short", help="One sentence that explains it and does not use it.")
@click.option("--source", "sources", help="Where the definition claims facts: ids of sources, with commas.")
@_ID
@CONFIG_FILE
def term(label: str | None, short: str | None, sources: str | None, name: str | None, config_file: Path | None) -> None:
    """Add a word to the glossary."""
    from nutgraf.editing.add import record

    desk = PromptSession(config_file)
    asked = label is None or short is None
    label = desk.ask(
        Question("The word, as it stands in running text", "--label", needed=True, check=fits("Term", "label")), label
    )
    question = Question(
        "One sentence that explains it",
        "--short",
        needed=True,
        help="For a reader in a hurry, without the word itself.",
        check=fits("Term", "short"),
    )
    short = desk.ask(question, short)
    if asked or sources is not None:
        there = each(known("source", desk.records["sources"], publishers=desk.records["entities"]))
        sources = desk.ask(Question("Sources, if it claims facts", "--source", check=there), sources)
    name = new_id(desk, "glossary", "a term", name, label)
    desk.write(record("glossary", name, {"label": label, "short": short, "source": listed(sources or "")}), name)


@add.command(short_help="Add a statement to a story.")
@click.option("--story", help="The id of the story.  [default: the only one]")
@click.option("--section", help="The title of the section, or its number from 1.  [default: the last]")
@click.option("--new-section", metavar="TITLE", help="Begin a section at the end.")
@click.option("--text", help="A main clause without a hedge: Elon Musk signed the letter")
@click.option("--source", "sources", help="Where it was published: ids of sources, with commas.")
@click.option("--by", help='Who says so: ids of entities, with commas; unnamed; or "anonymous: people ...".')
@click.option("--certainty", help="Where it is not the usual one: speculated, inferred, claimed, found, established.")
@click.option("--when", help="When it happened, if a source says: 2023-03.")
@_ID
@CONFIG_FILE
def statement(  # noqa: PLR0913, PLR0917 - one for each option
    story: str | None,
    section: str | None,
    new_section: str | None,
    text: str | None,
    sources: str | None,
    by: str | None,
    certainty: str | None,
    when: str | None,
    name: str | None,
    config_file: Path | None,
) -> None:
    """Add a statement to a section of a story, and show the sentence that readers will see."""
    from nutgraf.editing import add as editing
    from nutgraf.graph.redirects import anchors

    desk = PromptSession(config_file)
    stories = desk.loaded.content.stories
    if not stories:
        raise Refusal("there is no story yet", "Write one into `stories/`: its `title` is all that it needs.")
    only = next(iter(stories)) if len(stories) == 1 else ""
    story = desk.ask(Question("Story", "--story", needed=True, check=known("story", stories)), story, only)
    number = None if new_section is not None else _section(desk, story, section)
    place = _Place(desk, story, number, new_section or "")
    place.with_fields({"id": _TRIAL, "text": "x"})  # Before anything is asked that couldn't be written.
    asked = text is None
    given = {"source": sources, "by": by, "certainty": certainty, "when": when}
    text = desk.ask(
        Question(
            "What is said",
            "--text",
            needed=True,
            help="A main clause, subject first, without date, hedge and full stop: Elon Musk signed the letter",
            check=place.text,
        ),
        text,
    )
    questions = {
        "source": Question(
            "Sources",
            "--source",
            help="Titles or ids, with commas. Empty: those of the section or story.",
            check=each(known("source", desk.records["sources"], publishers=desk.records["entities"])),
        ),
        "by": Question(
            "Who says so",
            "--by",
            help="Names or ids, with commas; unnamed; anonymous: people who ...  Empty: the source itself.",
            check=_asserters(desk),
        ),
        "certainty": Question(
            "Certainty",
            "--certainty",
            help="speculated, inferred, claimed, reported, found or established. Empty: the usual one.",
            check=fits("Statement", "certainty"),
        ),
        "when": Question(
            "When it happened", "--when", help="2023, 2023-03, 2023-04-11.", check=fits("Statement", "when")
        ),
    }
    answers = {
        field: desk.ask(question, given[field]) if asked or given[field] is not None else ""
        for field, question in questions.items()
    }
    taken = {one.key.partition("/")[2] for one in anchors(desk.loaded.content) if one.story == story}
    guess = editing.id_for(text)
    name = desk.ask(
        Question(
            "Its id, which is its address for good", "--id", needed=True, check=new(taken, "something in the story")
        ),
        name,
        guess if guess not in taken else "",
    )
    fields = {
        "id": name,
        "source": _one_or_list(answers["source"]),
        "by": _by(answers["by"]),
        "certainty": answers["certainty"],
        "when": answers["when"],
        # At the end, as in `nutgraf.editing.formatter`: two additions then have no last line in common.
        "text": text,
    }
    try:
        desk.write(place.with_fields(fields), f"{story}/{name}")
    except (SiteError, Refusal):
        err().print("Your answers, to add by hand:")
        err().print("\n".join(editing.lines_of(fields)), markup=False)
        raise
    _show(desk.config.config_file_path, desk.plugin, f"{story}/{name}")


_TRIAL: Final = "nutgraf-trial"
_OF_TEXT: Final = frozenset({
    "dangling-reference", "faceless-crowd", "image-in-text", "loaded-verb", "relative-time", "typed-date",
    "typed-full-stop", "typed-hedge", "unknown-quantity",
})  # fmt: skip
"""The rules that a text shows to be broken by itself, whatever is answered to the other questions."""


@dataclass(frozen=True)
class _Place:
    """Where a new statement goes."""

    desk: PromptSession
    story: str
    section: int | None
    title: str

    def with_fields(self, fields: dict[str, Any]) -> Addition:
        """Return the story with a statement there.

        Raises:
            Refusal: the story is written in a way that nothing can be added to.
        """
        from nutgraf.editing import add as editing

        desk = self.desk
        try:
            return editing.statement(desk.tree, desk.loaded, self.story, fields, section=self.section, title=self.title)
        except editing.AddError as error:
            raise Refusal(str(error), error.help) from error

    def text(self, answer: str) -> str:
        """Check a text as it would be there.

        Raises:
            click.UsageError: it breaks a rule that no other answer changes.
        """
        text = fits("Statement", "text")(answer)
        found = self.desk.faults(self.with_fields({"id": _TRIAL, "text": text}), _OF_TEXT)
        if found:
            told = [f"{one.headline}. {one.help}".replace(f" in `{_TRIAL}`", "") for one in found]
            raise click.UsageError("\n".join(one.replace(f" of `{_TRIAL}`", "").strip() for one in told))
        return text


def _section(desk: PromptSession, story: str, given: str | None) -> int | None:
    """Return which section is meant, counted from 0; None where the story has none."""
    sections = desk.loaded.content.stories[story].sections
    if not sections:
        return None
    titles = [one.title or "" for one in sections]

    def check(answer: str) -> str:
        if answer.isdecimal() and 1 <= int(answer) <= len(titles):
            return answer
        if answer in titles:
            return str(titles.index(answer) + 1)
        advice = did_you_mean(answer, filter(None, titles)) or "Begin one with `--new-section`."
        raise click.UsageError(f"there is no section `{answer}`. {advice}")

    shown = "\n".join(f"  {number} {title}" for number, title in enumerate(titles, 1))
    question = Question("Section", "--section", needed=True, help=shown, check=check)
    return int(desk.ask(question, given, str(len(titles)))) - 1


_ANONYMOUS: Final = "anonymous:"


def _asserters(desk: PromptSession) -> Callable[[str], str]:
    there = _entities(desk, "unnamed")

    def check(answer: str) -> str:
        if answer.startswith(_ANONYMOUS):
            if not answer.removeprefix(_ANONYMOUS).strip():
                raise click.UsageError("say who they are, in the words of the publication: anonymous: people who ...")
            return answer
        return each(there)(answer)

    return check


def _by(answer: str) -> Any:  # noqa: ANN401 - as YAML has it
    if answer.startswith(_ANONYMOUS):
        return {"anonymous": answer.removeprefix(_ANONYMOUS).strip()}
    return _one_or_list(answer)


def _one_or_list(answer: str) -> Any:  # noqa: ANN401 - as YAML has it
    found: Sequence[str] = listed(answer)
    return found[0] if len(found) == 1 else found


def _show(config_file: str, plugin: NutgrafPlugin, key: str) -> None:
    from nutgraf.markdown import unit_text
    from nutgraf.reporters.control_characters import escaped

    config, _ = open_site(Path(config_file))
    loaded_site = plugin.check(config, drafts=True).loaded_site
    if loaded_site.wording is not None and key in loaded_site.graph.statements:
        out().print("Readers will see:")
        out().print(f"  {escaped(unit_text(loaded_site.context.unit(key)))}", markup=False)
    else:
        say("warning", "the content has errors, so the sentence cannot be shown", "See them: `nutgraf check`")
