"""`nutgraf check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nutgraf import __version__
from nutgraf.cli.common import contents, from_top, nearby, open_site, show_difference, tell_held_back
from nutgraf.cli.console import Refusal, err, out
from nutgraf.cli.exit_status import FAULTY
from nutgraf.cli.options import CONFIG_FILE

if TYPE_CHECKING:
    import datetime

    from mkdocs.config.defaults import MkDocsConfig

    from nutgraf.theme.mkdocs_adapter import Checked
    from nutgraf.theme.plugin import NutgrafPlugin

# See `nutgraf.cli.common`.
# ruff: noqa: PLC0415


@click.command(
    epilog="""
\b
Examples:
  nutgraf check
  nutgraf check -f news/mkdocs.yml
  nutgraf check --format json > mistakes.json
  nutgraf check --format github      in a workflow, to annotate the lines of a pull request
  nutgraf check --fix                mend what there is one way to mend
  nutgraf check --fix --dry-run      show what that would change
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
@click.option("--fix", is_flag=True, help="Mend what there is one way to mend, and show what is left.")
@click.option("--dry-run", is_flag=True, help="With --fix: write nothing, and show what would change.")
@click.pass_context
def check(  # noqa: PLR0913 - one for each option
    context: click.Context,
    config_file: Path | None,
    form: str,
    today: datetime.datetime | None,
    *,
    fix: bool,
    dry_run: bool,
) -> None:
    """Look for mistakes in the content, and build nothing.

    Each is shown with its place, its line and what to do about it. With errors the exit code is 1; warnings alone do
    not stop a publication.
    """
    if dry_run and not fix:
        raise Refusal("--dry-run says what --fix would change", "Give both.")
    config, plugin = open_site(config_file)
    day = today.date() if today else None
    if fix:
        _mend(config, plugin, day, dry_run=dry_run)
    checked = plugin.check(config, drafts=True, today=day)
    if form == "json":
        out().out(checked.as_json(Path(config.config_file_path).parent), end="")
    elif form != "text":
        out().out(_for_forge(checked, form), end="")
    elif checked.diagnostics:
        checked.report(out())
    else:
        out().print(f"No mistakes in {contents(checked.loaded_site.graph)}.")
    tell_held_back(checked.loaded_site.embargo_notices)
    context.exit(0 if checked.ok else FAULTY)


def _mend(config: MkDocsConfig, plugin: NutgrafPlugin, today: datetime.date | None, *, dry_run: bool) -> None:
    """Mend what can be mended. What is said of it stands beside the results, which may be for a program."""
    from nutgraf.editing.autofix import mend
    from nutgraf.editing.files import OutsideError, write_all
    from nutgraf.reporters.control_characters import escaped

    folder = Path(config.docs_dir)
    tree = plugin.check(config, drafts=True, today=today).files
    done = mend(tree, lambda files: plugin.diagnostics(config, files, today=today))
    if not dry_run:
        try:
            write_all(folder, done.files)
        except OutsideError as error:
            raise Refusal(f"{error} is a link that leads out of the content folder") from error
        except OSError as error:
            raise Refusal(f"cannot write {error.filename}: {error.strerror}", "Nothing was changed.") from error
    for path, data in done.files.items() if dry_run else ():
        show_difference(nearby(folder / path), tree[path], data)
    for one in done.done:
        verb = "would be mended" if dry_run else "mended"
        err().print(f"{nearby(folder / one.span.path)}:{one.span.line}: {verb}: {escaped(one.headline)}", markup=False)
    number, in_files = len(done.done), "1 file" if len(done.files) == 1 else f"{len(done.files):,} files"
    told = (
        f"{number:,} {'mistake' if number == 1 else 'mistakes'} {'would be ' if dry_run else ''}mended in {in_files}."
    )
    err().print(told if number else "There is nothing that can be mended without a person.", markup=False)


def _for_forge(checked: Checked, form: str) -> str:
    from nutgraf.reporters import github, sarif

    root = from_top(checked.folder)
    if form == "github":
        return github.render(checked.diagnostics, root=root)
    return sarif.render(checked.diagnostics, root=root, version=__version__)
