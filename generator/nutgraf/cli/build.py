"""`nutgraf build`."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nutgraf.cli.console import Fault, Refusal, err, out, progress
from nutgraf.cli.options import CONFIG_FILE
from nutgraf.cli.steps import mkdocs_speaks, nearby, open_site

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from nutgraf.plugin import NutgrafPlugin
    from nutgraf.shell import Checked

# MkDocs takes 0.4 s to import, the models 0.2 s. Commands import what they need, so that `--help` answers at once.
# ruff: noqa: PLC0415


@click.command(
    epilog="""
\b
Examples:
  nutgraf build              to the site_dir of mkdocs.yml: site/, if it names none
  nutgraf build -d public
  nutgraf build --strict     on a build server: warnings stop it, too
"""
)
@CONFIG_FILE
@click.option(
    "-d", "--site-dir", type=click.Path(path_type=Path), help="The folder to write.  [default: site_dir of mkdocs.yml]"
)
@click.option("--strict", is_flag=True, help="Let warnings stop the build, too.")
def build(config_file: Path | None, site_dir: Path | None, *, strict: bool) -> None:
    """Check the content and write the site.

    The site is built beside the old one and takes its place when it is whole: whatever goes wrong, what was published
    stays as it was. A folder that holds anything else than such a site is never replaced.
    """
    from mkdocs.commands.build import build as mkdocs_build

    from nutgraf import output

    started = time.monotonic()
    config, plugin = open_site(config_file, strict=strict or None)  # None leaves it to mkdocs.yml
    target = Path(site_dir or config.site_dir)
    _refuse_to_replace(target, config, plugin)
    with mkdocs_speaks():
        checked = _checked(config, plugin)
        with progress() as plugin.progress, output.staged(target) as stage:
            plugin.checked, plugin.published = checked, target
            config.site_dir = str(stage)
            config.plugins.on_startup(command="build", dirty=False)
            try:
                mkdocs_build(config)
            finally:
                config.plugins.on_shutdown()
    _sum_up(target, plugin.written, checked, time.monotonic() - started)


def _checked(config: MkDocsConfig, plugin: NutgrafPlugin) -> Checked:
    checked = plugin.check(config)
    checked.report(err())
    if not checked.ok:
        raise Fault("nothing was built, because the content has errors")
    if config.strict and checked.diagnostics:
        raise Fault("nothing was built, because there are warnings and the build is strict")
    return checked


def _refuse_to_replace(target: Path, config: MkDocsConfig, plugin: NutgrafPlugin) -> None:
    from nutgraf import output

    project = Path(config.config_file_path).parent
    why = output.refusal(target, around=(project,), kept=(Path(config.docs_dir), plugin.templates))
    if why:
        raise Refusal(f"{target} is not replaced: {why}", "Name another folder with `-d`, or empty this one yourself.")


def _sum_up(target: Path, pages: int, checked: Checked, seconds: float) -> None:
    from nutgraf.model import Certainty

    graph = checked.prepared.graph
    counts = Counter(one.certainty for one in graph.statements.values() if not one.is_summary)
    by_certainty = ", ".join(f"{counts[level]:,} {level}" for level in reversed(Certainty) if counts[level])
    out().print(f"Built {nearby(target)} in {seconds:.1f} s", markup=False)
    out().print(f"  pages       {pages:,}")
    out().print(f"  statements  {counts.total():,}" + (f": {by_certainty}" if by_certainty else ""))
    out().print(f"  warnings    {len(checked.diagnostics):,}")
