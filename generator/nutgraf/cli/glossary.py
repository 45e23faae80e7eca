"""`nutgraf glossary`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.text import Text

from nutgraf.cli.common import open_site
from nutgraf.cli.console import Refusal, out
from nutgraf.cli.options import CONFIG_FILE, InOrder

if TYPE_CHECKING:
    from pathlib import Path

# MkDocs takes 0.4 s to import, the models 0.2 s. Commands import what they need, so that `--help` answers at once.
# ruff: noqa: PLC0415


@click.group(cls=InOrder)
def glossary() -> None:
    """Work on the words that the site explains."""


@glossary.command(
    epilog="""
\b
Example:
  nutgraf glossary suggest --most 10
"""
)
@CONFIG_FILE
@click.option("--most", type=click.IntRange(1), default=20, show_default=True, help="How many words to show.")
def suggest(config_file: Path | None, most: int) -> None:
    """Suggest words that want an entry in the glossary, the most wanted first.

    It looks for abbreviations, for names without an entry and for words that few people say, in what the site says
    about its stories. How rare a word is comes from a list that is installed with `pip install pyspellchecker`.
    """
    from nutgraf.glossary.suggest import NoWordListError
    from nutgraf.glossary.suggest import suggest as candidates
    from nutgraf.reporters.control_characters import escaped

    config, plugin = open_site(config_file)
    checked = plugin.check(config, drafts=True)
    try:
        found = candidates(checked.loaded_site.graph)[:most]
    except NoWordListError as error:
        raise Refusal(str(error)) from error
    for one in found:
        out().print(Text.assemble((f"{escaped(one.word):<28}", "bold"), f"{one.count:>4}  {one.reason}"))
        for example in one.examples[:1]:
            out().print(Text(f"    {escaped(example.place)}: {escaped(example.text)}", style="dim"))
    if not found:
        out().print("No word wants an entry.")
