"""`nutgraf show`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.text import Text

from nutgraf.cli.common import find_statement, nearby, open_site
from nutgraf.cli.console import SiteError, err, out, say
from nutgraf.cli.options import CONFIG_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nutgraf.graph import Resolved
    from nutgraf.theme.mkdocs_adapter import Checked

# MkDocs takes 0.4 s to import, the models 0.2 s. Commands import what they need, so that `--help` answers at once.
# ruff: noqa: PLC0415


@click.command(
    epilog="""
\b
Examples:
  nutgraf show twitter-ai-openai/gpu-purchase
  nutgraf show gpu-purchase  where no other story has a statement of that name
"""
)
@CONFIG_FILE
@click.argument("statement", metavar="STORY/STATEMENT")
def show(config_file: Path | None, statement: str) -> None:
    """Show how a statement reads, and where it comes from."""
    from nutgraf.markdown import unit_text
    from nutgraf.reporters.control_characters import escaped

    config, plugin = open_site(config_file)
    checked = plugin.check(config, drafts=True)
    if checked.loaded_site.wording is None:
        checked.report(err())
        raise SiteError("there are no sentences without wording")
    found = find_statement(checked.loaded_site.graph, statement)
    if not checked.ok:
        say("warning", "the content has errors, so not all of it was read", "See them: `nutgraf check`")
    out().print(Text(escaped(unit_text(checked.loaded_site.context.unit(found.key))), style="bold"))
    out().print()
    for label, text in _record(found, checked):
        out().print(Text.assemble((f"  {label:<17}", "cyan"), escaped(text)))


def _record(statement: Resolved, checked: Checked) -> Iterator[tuple[str, str]]:
    """Yield what is on file about a statement, labelled: the record that a page has of it, and where it was written."""
    from nutgraf.views import address
    from nutgraf.views.page import PageContext
    from nutgraf.views.statement_record import record

    graph = checked.loaded_site.graph
    found = record(
        PageContext.at(address.story(statement.story), checked.loaded_site.context, statement.story), statement.key
    )
    # The word of the field, which an editor types; readers may be shown another one for it.
    words = (statement.certainty, *(flag.word for flag in found.mark.flags))
    yield "certainty", f"{', '.join(words)}. {found.meaning}"
    for label, texts in (
        ("said by", [link.text for link in found.who]),
        ("", found.basis),
        ("in", [". ".join(filter(None, (one.link.text, one.title, *one.notes))) for one in found.where]),
        ("origins", [found.origins_label]),
        ("said", [found.said.label] if found.said else []),
        ("happened", [found.when.label] if found.when else []),
    ):
        for number, text in enumerate(texts):
            yield "" if number else label, text
    for answer in found.answers:
        yield "accused", ", ".join(link.text for link in answer.who)
        for label, texts in (
            ("reply", [*filter(None, (answer.asked, answer.silence)), *(one.text for one in answer.replies)]),
            ("said before", [one.text for one in answer.earlier]),
            ("others", [one.text for one in answer.others]),
            ("outcome", [one.text for one in answer.outcome]),
        ):
            for number, text in enumerate(texts):
                yield "" if number else label, text
    for related in found.related:
        for number, other in enumerate(related.statements):
            yield "" if number else related.label.lower(), other.text
    span = graph.positions.span(statement.place.path, statement.place.loc)
    yield "written in", f"{nearby(checked.folder / span.path)}:{span.line}"
    yield "shown at", f"/{address.statement(statement.key)}"
    why = checked.loaded_site.unpublished.get(address.story(statement.story))
    if why is not None:
        yield "status", why
