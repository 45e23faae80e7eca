"""`nutgraf check`."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nutgraf.cli.console import FAULTY, out
from nutgraf.cli.options import CONFIG_FILE
from nutgraf.cli.steps import contents, from_top, open_site

if TYPE_CHECKING:
    import datetime

    from nutgraf.shell import Checked

# See `nutgraf.cli.steps`.
# ruff: noqa: PLC0415


@click.command(
    epilog="""
\b
Examples:
  nutgraf check
  nutgraf check -f news/mkdocs.yml
  nutgraf check --format json > mistakes.json
  nutgraf check --format github      in a workflow, to annotate the lines of a pull request
  nutgraf check --today 2023-08-10
"""
)
@CONFIG_FILE
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="How to say it: for people, for programs, as annotations of a pull request, for code scanning.",
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
    elif form != "text":
        out().out(_for_forge(checked, form), end="")
    elif checked.diagnostics:
        checked.report(out())
    else:
        out().print(f"No mistakes in {contents(checked.prepared.graph)}.")
    context.exit(0 if checked.ok else FAULTY)


def _for_forge(checked: Checked, form: str) -> str:
    from nutgraf.report import github, sarif

    root = from_top(checked.folder)
    if form == "github":
        return github.render(checked.diagnostics, root=root)
    return sarif.render(checked.diagnostics, root=root, version=version("nutgraf"))
