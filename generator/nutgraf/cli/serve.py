"""`nutgraf serve`."""

from __future__ import annotations

from pathlib import Path

import click

from nutgraf.cli.common import open_site
from nutgraf.cli.console import Refusal, err
from nutgraf.cli.options import CONFIG_FILE

# MkDocs takes 0.4 s to import, the models 0.2 s. Commands import what they need, so that `--help` answers at once.
# ruff: noqa: PLC0415


@click.command(
    epilog="""
\b
Examples:
  nutgraf serve              at http://127.0.0.1:8000/
  nutgraf serve --open       and open it in a browser
  nutgraf serve -a 9000      at another port
  nutgraf serve --editor pycharm
"""
)
@CONFIG_FILE
@click.option(
    "-a",
    "--address",
    metavar="HOST:PORT",
    help="Where to serve; the next free port if that one is taken.  [default: dev_addr of mkdocs.yml, 127.0.0.1:8000]",
)
@click.option("-o", "--open", "open_browser", is_flag=True, help="Open it in a browser.")
@click.option(
    "--editor",
    metavar="NAME|URL",
    default="vscode",
    envvar="NUTGRAF_EDITOR",
    help="What opens a file from the list of mistakes: vscode, cursor, zed, pycharm, sublime and others, none, or a "
    "URL with {path}, {line} and {column}.  [default: vscode, or what NUTGRAF_EDITOR says]",
)
@click.option("--expose", is_flag=True, help="Let other machines reach it, where the address does.")
@click.option(
    "--allow-host",
    metavar="NAME",
    multiple=True,
    help="A further name under which browsers may ask for it, as behind a proxy.",
)
def serve(  # noqa: PLR0913 - each is an option
    config_file: Path | None,
    address: str | None,
    editor: str,
    allow_host: tuple[str, ...],
    *,
    open_browser: bool,
    expose: bool,
) -> None:
    """Show the site in a browser, with each change as soon as it is saved.

    Nothing is written. Drafts are shown, too. After a mistake the last good page stays, with what is wrong over it. End
    it with Ctrl-C.
    """
    from nutgraf import preview

    config, _ = open_site(config_file, is_told=False)
    wanted = config.dev_addr
    try:
        opener = preview.Editor.read(editor)
        place = preview.Address.read(address) if address else preview.Address(wanted.host, wanted.port)
        listening = preview.listen(place, expose=expose)
    except (preview.AddressError, preview.EditorError) as error:
        raise Refusal(str(error), error.help) from error
    live = preview.PreviewState(Path(config.config_file_path))
    preview.serve(live, listening, err(), preview.PreviewOptions(opener, allow_host, open=open_browser))
