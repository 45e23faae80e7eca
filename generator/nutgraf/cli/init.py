"""`nutgraf init`."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import click

from nutgraf.cli.console import Refusal, out
from nutgraf.template_dirs import bundled_templates


@click.command(
    epilog="""
\b
Example:
  nutgraf init my-site
  cd my-site
  nutgraf serve
"""
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Begin a site of your own in the new folder DIR.

    It has a story of a few statements to write over, with its people, sources and a word that needs explaining.
    """
    if folder.exists() and (not folder.is_dir() or any(entry.name != ".git" for entry in folder.iterdir())):
        raise Refusal(f"{folder} is not empty", "Name a new folder, or an empty one.")
    starter = bundled_templates() / "init"
    try:
        shutil.copytree(starter, folder, dirs_exist_ok=True)
        # Under its real name it would hide files of this project from git.
        (folder / "gitignore").rename(folder / ".gitignore")
    except OSError as error:
        raise Refusal(f"cannot write {error.filename}: {error.strerror}") from error
    is_here = folder.resolve() == Path.cwd()
    where, change = ("this folder", "") if is_here else (str(folder), f"  cd {shlex.quote(str(folder))}\n")
    out().print(
        f"A small site is in {where}. Now:\n\n"
        f"{change}"
        "  nutgraf serve    look at it while you write\n"
        "  nutgraf build    write it to site/\n\n"
        f"Begin with {folder / 'content' / 'stories'}: each file there is a story.",
        markup=False,
    )
