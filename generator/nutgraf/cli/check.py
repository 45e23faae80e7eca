"""`nutgraf check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nutgraf.cli.console import FAULTY, out
from nutgraf.cli.options import CONFIG_FILE
from nutgraf.cli.steps import contents, open_site

if TYPE_CHECKING:
    import datetime


@click.command(
    epilog="""
\b
Examples:
  nutgraf check
  nutgraf check -f news/mkdocs.yml
  nutgraf check --format json > mistakes.json
  nutgraf check --today 2023-08-10
"""
)
@CONFIG_FILE
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to say it."
)
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Report live stories that nobody looked at for long before this day.",
)
@click.pass_context
def check(context: click.Context, config_file: Path | None, form: str, today: datetime.datetime | None) -> None:
    """Look for mistakes in the content, and build nothing.

    Each is shown with its place, its line and what to do about it. With errors the exit code is 1; warnings alone do
    not stop a publication.
    """
    config, plugin = open_site(config_file)
    checked = plugin.check(config, drafts=True, today=today.date() if today else None)
    if form == "json":
        out().out(checked.as_json(Path(config.config_file_path).parent), end="")
    elif checked.diagnostics:
        checked.report(out())
    else:
        out().print(f"No mistakes in {contents(checked.prepared.graph)}.")
    context.exit(0 if checked.ok else FAULTY)
