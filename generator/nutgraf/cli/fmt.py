"""`nutgraf fmt`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nutgraf.cli.common import nearby, open_site, show_difference
from nutgraf.cli.console import Refusal, err, out, say
from nutgraf.cli.exit_status import FAULTY
from nutgraf.cli.options import CONFIG_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nutgraf.diagnostics import Diagnostic

# See `nutgraf.cli.common`.
# ruff: noqa: PLC0415


@click.command(
    epilog="""
\b
Examples:
  nutgraf fmt
  nutgraf fmt content/stories/town-clock.yml
  nutgraf fmt --check        on a build server: change nothing, end with 1 if something would change
  nutgraf fmt --diff         show what would change
"""
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@CONFIG_FILE
@click.option("--check", is_flag=True, help="Write nothing; end with 1 if a file would change.")
@click.option("--diff", "show", is_flag=True, help="Write nothing, and show what would change.")
@click.pass_context
def fmt(context: click.Context, paths: tuple[Path, ...], config_file: Path | None, *, check: bool, show: bool) -> None:
    """Lay out content files in one way, so that a reviewer sees changes of content and nothing else.

    Fields stand in the order of the documentation, long texts a sentence to a line. Comments stay, and so does all that
    the files say. PATHS are files or folders of the content; without them it is all of it.
    """
    from nutgraf.editing.files import OutsideError, write_all
    from nutgraf.editing.formatter import formatted
    from nutgraf.loading.tree import read_tree
    from nutgraf.reporters import text

    config, _ = open_site(config_file)
    folder = Path(config.docs_dir)
    tree = read_tree(folder)
    files = {path: data for path, data in tree.files.items() if path.endswith((".yml", ".yaml"))}
    wanted = _wanted(files, paths, folder)
    made = {path: formatted(path, files[path]) for path in wanted}
    changed = {path: one.data for path, one in made.items() if one.data != files[path]}
    unread = [complaint for one in made.values() for complaint in one.diagnostics]
    if unread:
        text.write(unread, files, err(), root=nearby(folder).as_posix())
    if not (check or show):
        try:
            write_all(folder, changed)
        except OutsideError as error:
            raise Refusal(f"{error} is a link that leads out of the content folder") from error
        except OSError as error:
            raise Refusal(f"cannot write {error.filename}: {error.strerror}", "Nothing was changed.") from error
    if show:
        for path, data in changed.items():
            show_difference(nearby(folder / path), files[path], data)
    _sum_up(folder, list(changed), len(wanted), dry=check or show, unread=unread)
    context.exit(FAULTY if unread or (check and changed) else 0)


def _wanted(files: Mapping[str, bytes], paths: Iterable[Path], folder: Path) -> list[str]:
    """Return the files that are meant.

    Raises:
        Refusal: a path is no file of the content, and no folder with some.
    """
    found: dict[str, None] = {}
    for path in paths:
        inside = Path(os.path.relpath(os.path.realpath(path), os.path.realpath(folder))).as_posix()
        mine = [one for one in files if inside in {".", one} or one.startswith(f"{inside}/")]
        if not mine:
            raise Refusal(f"{path} is no file of the content", f"Records lie in the folders of {nearby(folder)}.")
        found |= dict.fromkeys(mine)
    return list(found) if found else list(files)


def _sum_up(folder: Path, changed: list[str], looked_at: int, *, dry: bool, unread: list[Diagnostic]) -> None:
    verb = "would be laid out anew" if dry else "laid out anew"
    for path in changed:
        out().print(f"{nearby(folder / path)}: {verb}", markup=False)
    alone = len({one.span.path for one in unread})
    if changed:
        out().print(f"{len(changed):,} of {looked_at:,} {'file' if looked_at == 1 else 'files'} {verb}.")
    elif not alone:
        out().print("The file is laid out well." if looked_at == 1 else f"All {looked_at:,} files are laid out well.")
    if alone:
        say("warning", f"{alone:,} {'file was' if alone == 1 else 'files were'} left alone, for they cannot be read")
