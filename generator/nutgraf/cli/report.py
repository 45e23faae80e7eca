"""`nutgraf report`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click
from rich.text import Text

from nutgraf.cli.common import open_site
from nutgraf.cli.console import out, say
from nutgraf.cli.options import CONFIG_FILE

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

# MkDocs takes 0.4 s to import, the models 0.2 s. Commands import what they need, so that `--help` answers at once.
# ruff: noqa: PLC0415


@click.command(
    epilog="""
\b
Examples:
  nutgraf report
  nutgraf report --format json > standing.json
"""
)
@CONFIG_FILE
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to say it."
)
@click.option(
    "--today", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]), help="Count the age of stories up to this day."
)
def report(config_file: Path | None, form: str, today: datetime.datetime | None) -> None:
    """Show how well founded each story is.

    What can be counted is counted, story by story: attribution, independent origins, documents, replies to accusations,
    sides of disputes, age. There is no single grade: it would hide which of them is missing.
    """
    from dataclasses import asdict

    from nutgraf.checks.metrics import score
    from nutgraf.reporters.control_characters import escaped

    config, plugin = open_site(config_file)
    checked = plugin.check(config)
    if not checked.ok:
        say("warning", "the content has errors, so not all of it was counted", "See them: `nutgraf check`")
    graph = checked.loaded_site.graph
    found = score(graph, today.date() if today else None)
    if form == "json":
        out().out(json.dumps({"version": 1, "stories": [asdict(one) for one in found]}, indent=2))
        return
    for one in found:
        out().print(Text(escaped(graph.stories[one.story].title), style="bold"))
        for label, share in (
            ("attributed", one.attributed),
            ("two or more origins", one.corroborated),
            ("primary documents", one.primary),
            ("accusations answered", one.answered),
            ("disputes two-sided", one.two_sided),
        ):
            counts = (
                f"{share.part:>4} of {share.whole:<4} {share.part / share.whole:>4.0%}"
                if share.whole
                else "   none there"
            )
            out().print(Text.assemble((f"  {label:<22}", "cyan"), counts))
        age = "no date" if one.age is None else f"{one.age:>4} days old"
        out().print(Text.assemble((f"  {'age':<22}", "cyan"), age))
