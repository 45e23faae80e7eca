"""`nutgraf build`."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from nutgraf.cli.common import from_here, mkdocs_speaks, nearby, open_site, tell_held_back, tell_warnings
from nutgraf.cli.console import Refusal, SiteError, err, out, progress
from nutgraf.cli.options import CONFIG_FILE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs.config.defaults import MkDocsConfig

    from nutgraf.build.cache import Cache
    from nutgraf.build.pipeline import BuildResult
    from nutgraf.build.session import BuildSession
    from nutgraf.theme.export import Plan
    from nutgraf.theme.mkdocs_adapter import Checked
    from nutgraf.theme.plugin import NutgrafPlugin

# MkDocs takes 0.4 s to import, the models 0.2 s. Commands import what they need, so that `--help` answers at once.
# ruff: noqa: PLC0415


@click.command(
    epilog="""
\b
Examples:
  nutgraf build              to the site_dir of mkdocs.yml: site/, if it names none
  nutgraf build -d public
  nutgraf build --strict     on a build server: warnings stop it, too
  nutgraf build --clean      without what another program has written into site/
"""
)
@CONFIG_FILE
@click.option(
    "-d", "--site-dir", type=click.Path(path_type=Path), help="The folder to write.  [default: site_dir of mkdocs.yml]"
)
@click.option("--strict", is_flag=True, help="Let warnings stop the build, too.")
@click.option(
    "--cache/--no-cache",
    default=True,
    envvar="NUTGRAF_CACHE",
    help="Keep in .nutgraf/cache what the next build can use, and use what the last one kept.  [default: cache]",
)
@click.option("--clean", is_flag=True, help="Remove what other programs or people have put into the site's folder.")
@click.option("--timings", is_flag=True, help="Show how long each step took.")
def build(  # noqa: PLR0913 - the options
    config_file: Path | None, site_dir: Path | None, *, strict: bool, cache: bool, clean: bool, timings: bool
) -> None:
    """Check the content and write the site.

    The site is built beside the old one and takes its place in one step when it is whole: whatever goes wrong, what was
    published stays as it was. A folder that no build made is never replaced. What you have put into the site's own
    folder yourself stays there, unless you say `--clean`; better, put it into content/, from where it is copied. For
    one build, style sheets and scripts stay that pages of the old site need.

    Drafts and stories under embargo (`publish_after`) are left out, and so are the entities, sources and terms that no
    published story uses.

    The same content gives the same files, whatever the day: the date is that of the content, or SOURCE_DATE_EPOCH. Only
    an embargo ends by the clock, or by SOURCE_DATE_EPOCH.
    What the next build can use is kept in `.nutgraf/cache`, beside mkdocs.yml. That folder may be deleted at any time.
    """
    from nutgraf.build.cache import Cache, config_here
    from nutgraf.publish import BusyError

    kept = Cache((config_file or config_here()) if cache else None, _ignoring)
    while True:
        started = time.monotonic()
        try:
            done = _as_before(kept, site_dir, strict=strict, clean=clean)
            done = done or _build_one_way(kept, config_file, site_dir, strict=strict, clean=clean)
            break
        except BusyError as busy:
            err().print("Another build is making this site. Waiting for its end ...", style="dim")
            busy.wait()  # What was read until here may be old by then, so all begins anew.
    tell_held_back(done.held)
    if not clean:
        _tell_what_stays(done.target)
    _sum_up(done, time.monotonic() - started)
    if timings:
        for step, seconds in done.steps.items():
            out().print(f"  {step:<18}{seconds:6.2f} s", markup=False)


@dataclass(frozen=True)
class _Done:
    """A build that succeeded."""

    target: Path
    pages: int
    certainties: Mapping[str, int]
    warnings: int
    held: tuple[str, ...] = ()
    steps: dict[str, float] = field(default_factory=dict)
    is_old: bool = False


def _ignoring(note: str) -> None:
    err().print(note, markup=False, style="dim")


def _as_before(cache: Cache, site_dir: Path | None, *, strict: bool, clean: bool) -> _Done | None:
    """Return what was built last, if it would be built again; None if something differs."""
    from nutgraf.build.up_to_date import is_up_to_date
    from nutgraf.publish import foreign
    from nutgraf.reporters import text

    known = is_up_to_date(cache, site_dir, strict=strict or None)
    if known is None or (clean and foreign(known.target)):
        return None
    if known.diagnostics:
        text.write(known.diagnostics, known.quoted, err(), root=from_here(known.content))
    if cache.config_file is not None:
        tell_warnings(known.warnings, known.content, cache.config_file)
    target = site_dir or known.default
    warnings = len(known.diagnostics) + len(known.warnings)
    return _Done(target, known.pages, known.certainties, warnings, known.held, is_old=True)


def _build_one_way(
    cache: Cache, config_file: Path | None, site_dir: Path | None, *, strict: bool, clean: bool = False
) -> _Done:
    from concurrent.futures.process import BrokenProcessPool

    from nutgraf.build.pipeline import FallbackToMkDocs

    try:
        return _build(cache, config_file, site_dir, strict=strict, clean=clean)
    except FallbackToMkDocs as fallback:
        because = str(fallback)
    except BrokenProcessPool as error:
        message = "nothing was built, because the system ended one of its processes"
        raise SiteError(message, "Perhaps there was too little memory.") from error
    except UnicodeDecodeError:
        _refuse_what_is_no_text(config_file)
        raise
    err().print(f"Each page is made with MkDocs, because {because}. That takes longer.", markup=False, style="dim")
    try:
        return _build_with_mkdocs(config_file, site_dir, strict=strict, clean=clean)
    except UnicodeDecodeError:
        _refuse_what_is_no_text(config_file)
        raise


def _refuse_what_is_no_text(config_file: Path | None) -> None:
    """Say which file cannot be read as text; MkDocs and Jinja do not."""
    from nutgraf.reporters import text
    from nutgraf.reporters.config_diagnostics import not_text

    config, plugin = open_site(config_file, is_told=False)
    folder, themes = Path(config.docs_dir), [config.theme.custom_dir] if config.theme.custom_dir else []
    found, files = not_text(folder, [plugin.templates, *map(Path, themes)])
    if found:
        text.write(found, files, err(), root=from_here(folder))
        raise SiteError("nothing was built, because not all files are text in UTF-8")


def _build(
    cache: Cache, config_file: Path | None, site_dir: Path | None, *, strict: bool, clean: bool = False
) -> _Done:
    from nutgraf import publish
    from nutgraf.build import pipeline as building
    from nutgraf.cli.common import faults, refused_config

    targets: list[Path] = []
    done: list[tuple[BuildSession, BuildResult]] = []

    def save_manifest() -> None:
        building.save_manifest(*done[0], targets[0])

    with refused_config(), faults(), ExitStack() as held:

        def stage(plan: Plan) -> Path:
            # Before anything is read: of two builds, the one that publishes last is to have read last.
            target = Path(site_dir or plan.site)
            _refuse_to_replace(target, plan.config_file.parent, plan.content, plan.own_templates)
            targets.append(target)
            return held.enter_context(publish.staged(target, save_manifest, clean=clean))

        build_session = held.enter_context(
            building.load_and_check(config_file, stage, strict=strict or None, cache=cache)
        )
        (target,) = targets
        _refuse_to_publish_nothing(build_session.files, build_session.plan.content)
        is_told = build_session.is_checked
        if is_told:
            _report(build_session)
        try:
            with progress() as show:
                built = building.write_site(build_session, target, show)
        except building.FallbackToMkDocs:
            raise
        except Exception:
            # What the rules find may be the reason, and says more.
            if not build_session.ok:
                _report(build_session)
            raise
        if not is_told:
            _report(build_session)
            _, build_session.timings.steps["check, beside that"] = build_session.background.result()
        tell_warnings(built.warnings, build_session.plan.content, build_session.plan.config_file)
        if build_session.plan.strict and built.warnings:
            raise SiteError("nothing was built, because there are warnings and the build is strict")
        done.append((build_session, built))
    counted = building.certainties(build_session.loaded_site.graph)
    warnings = len(build_session.diagnostics) + len(built.warnings)
    return _Done(
        target, built.pages, counted, warnings, build_session.loaded_site.embargo_notices, build_session.timings.steps
    )


def _report(build_session: BuildSession) -> None:
    from nutgraf.reporters import text

    text.write(build_session.diagnostics, build_session.files, err(), root=from_here(build_session.plan.content))
    if any(one.is_error for one in build_session.diagnostics):
        raise SiteError("nothing was built, because the content has errors")
    if build_session.plan.strict and build_session.diagnostics:
        raise SiteError("nothing was built, because there are warnings and the build is strict")


def _build_with_mkdocs(config_file: Path | None, site_dir: Path | None, *, strict: bool, clean: bool = False) -> _Done:
    from mkdocs.commands.build import build as mkdocs_build

    from nutgraf import publish
    from nutgraf.build.pipeline import certainties

    config, plugin = open_site(config_file, strict=strict or None)  # None leaves it to mkdocs.yml
    target = Path(site_dir or config.site_dir)
    _refuse_to_replace(target, Path(config.config_file_path).parent, Path(config.docs_dir), plugin.templates)
    with mkdocs_speaks(), publish.staged(target, clean=clean) as stage:
        checked = _checked(config, plugin)
        _refuse_to_publish_nothing(checked.files, Path(config.docs_dir))
        with progress() as plugin.progress:
            plugin.checked, plugin.published = checked, target
            config.site_dir = str(stage)
            config.plugins.on_startup(command="build", dirty=False)
            try:
                mkdocs_build(config)
            finally:
                config.plugins.on_shutdown()
    loaded_site = checked.loaded_site
    counted = certainties(loaded_site.graph)
    return _Done(target, plugin.written, counted, len(checked.diagnostics), loaded_site.embargo_notices)


def _checked(config: MkDocsConfig, plugin: NutgrafPlugin) -> Checked:
    checked = plugin.check(config)
    checked.report(err())
    if not checked.ok:
        raise SiteError("nothing was built, because the content has errors")
    if config.strict and checked.diagnostics:
        raise SiteError("nothing was built, because there are warnings and the build is strict")
    return checked


def _refuse_to_replace(target: Path, project: Path, content: Path, templates: Path) -> None:
    from nutgraf import publish

    why = publish.refusal(target, around=(project,), kept=(content, templates))
    if why:
        raise Refusal(f"{target} is not replaced: {why}", "Name another folder with `-d`, or empty this one yourself.")


def _refuse_to_publish_nothing(files: Mapping[str, bytes], content: Path) -> None:
    if not files:
        raise SiteError(
            f"nothing was built, because {nearby(content)} has no story and no other record",
            "Each is a file in one of its folders stories, entities, sources and glossary. See `docs_dir`.",
        )


def _tell_what_stays(target: Path) -> None:
    """Say what in a published site no build made."""
    from nutgraf import publish
    from nutgraf.reporters.control_characters import escaped

    foreign = publish.foreign(target)
    if foreign:
        more = f" and {len(foreign) - _SHOWN:,} more" if len(foreign) > _SHOWN else ""
        what = f"{', '.join(map(escaped, foreign[:_SHOWN]))}{more} in {nearby(target)}"
        err().print(f"{what}: made by no build, and kept; `--clean` removes it", markup=False, style="dim")


_SHOWN: Final = 3
_CERTAINTIES: Final = ("established", "found", "reported", "claimed", "inferred", "speculated")
"""Of `nutgraf.model.Certainty`, whose import takes longer than to see that nothing has changed."""


def _sum_up(done: _Done, seconds: float) -> None:
    counts = done.certainties
    by_certainty = ", ".join(f"{counts[level]:,} {level}" for level in _CERTAINTIES if level in counts)
    if done.is_old:
        out().print(f"Nothing has changed since {nearby(done.target)} was built", markup=False)
    else:
        out().print(f"Built {nearby(done.target)} in {seconds:.1f} s", markup=False)
    out().print(f"  pages       {done.pages:,}")
    out().print(f"  statements  {sum(counts.values()):,}" + (f": {by_certainty}" if by_certainty else ""))
    out().print(f"  warnings    {done.warnings:,}")
