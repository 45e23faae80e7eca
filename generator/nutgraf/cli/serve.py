"""`nutgraf serve`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from nutgraf.cli.options import CONFIG_FILE
from nutgraf.cli.steps import mkdocs_speaks, open_site

if TYPE_CHECKING:
    from pathlib import Path

# MkDocs takes 0.4 s to import, the models 0.2 s. Commands import what they need, so that `--help` answers at once.
# ruff: noqa: PLC0415


@click.command(
    epilog="""
\b
Examples:
  nutgraf serve              at http://127.0.0.1:8000/
  nutgraf serve -a localhost:8080
"""
)
@CONFIG_FILE
@click.option("-a", "--address", metavar="HOST:PORT", help="Where to serve.  [default: dev_addr of mkdocs.yml]")
def serve(config_file: Path | None, address: str | None) -> None:
    """Show the site in a browser, and again after each change.

    After a mistake the last good site stays, and the mistake is shown here. End it with Ctrl-C.
    """
    from mkdocs.commands.serve import serve as mkdocs_serve

    config, _ = open_site(config_file, dev_addr=address)
    with mkdocs_speaks(live=True):
        mkdocs_serve(config_file=config.config_file_path, dev_addr=address)
    # It returns when Ctrl-C was pressed, and for nothing else.
    raise KeyboardInterrupt
