"""Groups and options that commands share."""

from __future__ import annotations

from pathlib import Path

import click


class InOrder(click.Group):
    """Lists commands in the order in which one needs them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of the commands."""
        return list(self.commands)


CONFIG_FILE = click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path),
    help="The mkdocs.yml of the site.  [default: that in this folder]",
)
