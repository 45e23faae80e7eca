"""`nutgraf rename`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nutgraf.cli.common import nearby, open_site, show_difference
from nutgraf.cli.console import Refusal, SiteError, err, out, say
from nutgraf.cli.options import CONFIG_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

# See `nutgraf.cli.common`.
# ruff: noqa: PLC0415


@click.command(
    epilog="""
\b
Examples:
  nutgraf rename twitter twitter-inc                     an entity, a source, a term or a story
  nutgraf rename twitter-ai-openai/gpu-purchase gpus     a statement
  nutgraf rename entities/openai openai-inc              where a source has the same id
  nutgraf rename --dry-run openai openai-inc
"""
)
@click.argument("old")
@click.argument("new")
@CONFIG_FILE
@click.option("--dry-run", is_flag=True, help="Write nothing, and show what would change.")
def rename(old: str, new: str, config_file: Path | None, *, dry_run: bool) -> None:
    """Give something another id, everywhere it is named.

    OLD is the id of a story, an entity, a source or a term, or `story/id` of a statement, a dispute, an unknown or a
    figure. What is published under the old id leads to the new one from then on. Nothing else in the files changes.
    """
    from nutgraf.editing.files import OutsideError, write_all
    from nutgraf.editing.rename import RenameError
    from nutgraf.editing.rename import rename as renamed
    from nutgraf.loading.content import load
    from nutgraf.loading.tree import read_tree
    from nutgraf.reporters import text

    config, _ = open_site(config_file)
    folder = Path(config.docs_dir)
    tree = read_tree(folder)
    loaded = load(tree.files)
    mistakes = [one for one in (*tree.diagnostics, *loaded.diagnostics) if one.is_error]
    if mistakes:
        text.write(mistakes, tree.files, err(), root=nearby(folder).as_posix())
        raise SiteError("nothing was renamed, because the content has errors")
    try:
        done = renamed(tree.files, loaded, old, new)
        if not dry_run:
            write_all(folder, done.files, moved=done.moved)
    except RenameError as error:
        raise Refusal(str(error), error.help) from error
    except OutsideError as error:
        raise Refusal(f"{error} is a link that leads out of the content folder") from error
    except OSError as error:
        raise Refusal(f"cannot write {error.filename}: {error.strerror}", "Nothing was changed.") from error
    back = {new_path: old_path for old_path, new_path in done.moved.items()}
    if dry_run:
        for path, data in done.files.items():
            show_difference(nearby(folder / back.get(path, path)), tree.files[back.get(path, path)], data)
    verb, changed = ("would be", "would change") if dry_run else ("is now", "changed")
    out().print(
        f"{done.target} {verb} {new}: {done.places:,} {'place' if done.places == 1 else 'places'} {changed} in "
        f"{len(done.files):,} {'file' if len(done.files) == 1 else 'files'}.",
        markup=False,
    )
    for place in _by_hand(done.target, Path(config.config_file_path), folder):
        say(
            "warning",
            f"{place} names it by hand",
            "Change it yourself; the old address leads on, but links should not.",
        )


def _by_hand(target: str, config_file: Path, folder: Path) -> Iterator[str]:
    """Yield the places in pages written by hand and in the configuration that name an address."""
    first, _, second = target.partition("/")
    wanted = re.compile(
        rf"{first}/{second}(?![a-z0-9-])"
        if first in {"stories", "entities", "sources", "glossary"}
        else rf"stories/{first}(?:/|\.yml)?#{re.escape(second)}(?![a-z0-9-])"
    )
    for file in (config_file, *sorted(folder.rglob("*.md"))):
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if wanted.search(line):
                yield f"{nearby(file)}:{number}"
