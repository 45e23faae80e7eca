"""The steps of a build, in their order."""

from __future__ import annotations

import contextlib
import html
import os
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import TemplateError

from nutgraf.build import shell_cache
from nutgraf.build.background_check import BackgroundCheck
from nutgraf.build.cache import Cache, gc_paused
from nutgraf.build.incremental import check_results, page_dependencies, up_to_date
from nutgraf.build.incremental.page_reuse import PageReuse
from nutgraf.build.incremental.record_digests import Records
from nutgraf.build.incremental.up_to_date import SiteManifest
from nutgraf.build.page_writer import SURROGATES, PageWriter, write
from nutgraf.build.session import BuildSession, Timings
from nutgraf.build.shell_worker import ShellWorker
from nutgraf.build.sitemap_and_search import build_date, search_index, site_map, site_map_files
from nutgraf.loading.other_files import read_beside
from nutgraf.loading.tree import read_tree
from nutgraf.site import PreviousState, prepare
from nutgraf.theme.export import INDEX, ExportedShell, Plan, has_broken_link, pages_named_by_title
from nutgraf.theme.page_shell import UnsupportedPageError
from nutgraf.views.social_card import site_card

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from nutgraf.build.incremental.page_dependencies import PageDependencies
    from nutgraf.build.incremental.up_to_date import FileStamp
    from nutgraf.build.page_writer import PageResult
    from nutgraf.graph import Graph
    from nutgraf.site import LoadedSite


class FallbackToMkDocs(Exception):  # noqa: N818 - it is no error: another way leads there
    """The site is to be made the long way; the message says why."""


class NotPublishableError(Exception):
    """A site is not to be published; its diagnostics say why."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """A site that was written.

    Attributes:
        pages: how many there are.
        warnings: of MkDocs, on what is no record.
        digests: of the pages made of records, by the paths of their files.
        own: the paths of files that are no pages of records.
        before: what the files of the site were that this one takes the place of.
        dependencies: makes the ledger of its pages, once it is known what its files are; None where there is none.
    """

    pages: int
    warnings: tuple[str, ...]
    digests: Mapping[str, bytes]
    own: frozenset[str]
    before: Mapping[str, FileStamp]
    dependencies: Callable[[Mapping[str, FileStamp]], PageDependencies] | None


@contextlib.contextmanager
def load_and_check(
    config_file: Path | None,
    *,
    strict: bool | None = None,
    before: Callable[[Plan], None] = lambda _plan: None,
    cache: Cache | None = None,
) -> Iterator[BuildSession]:
    """Load a site, and begin to check it, while another process exports the shell.

    Args:
        config_file: its mkdocs.yml; None takes that in the working folder.
        strict: whether warnings stop a build; None leaves it to mkdocs.yml.
        before: is told the plan before any content is read.
        cache: what earlier builds left, and what is kept for the next; None is without.

    Raises:
        Detour: it is to be made the long way.
        UsageError: it has no configuration, or one that cannot be used.
    """
    timings, cache = Timings(), cache or Cache(None)
    with shell_cache.find(cache, strict=strict) or ShellWorker(config_file, strict=strict, cache=cache) as shell:
        with timings.step("configuration"):
            plan = shell.plan()
        if plan.fallback:
            raise FallbackToMkDocs(plan.fallback)
        before(plan)
        with timings.step("load and resolve"), gc_paused():
            inputs = _inputs(cache, plan)
            tree = read_tree(plan.content)
            records = Records(cache)
            known = records.known(tree.files)
            beside = read_beside(plan.content, plan.nav, plan.excluded)
            loaded_site = prepare(
                tree.files,
                plan.settings,
                plan.templates,
                policy=plan.policy,
                kept=PreviousState(known=known),
                beside=beside,
            )
            records.add(known)
        last = up_to_date.last(cache)
        if last is not None and last.inputs == inputs and last.passed == up_to_date.passed(last.embargoes):
            background = BackgroundCheck(last.diagnostics)
        else:
            background = BackgroundCheck(
                (*tree.diagnostics, *loaded_site.found), lambda: check_results.checked(loaded_site, records, cache)
            )
        with background:
            yield BuildSession(
                plan, loaded_site, tree.files, background, shell, timings, cache, records, inputs, last, strict
            )


def _inputs(cache: Cache, plan: Plan) -> bytes | None:
    if cache.config_file is None:
        return None
    return up_to_date.inputs_of(cache, plan.content, plan.own_templates, plan.templates)


def save_cache(build_session: BuildSession, built: BuildResult, target: Path) -> None:
    """Keep what the next build can use, now that a site is published.

    Args:
        build_session: the site.
        built: what was written.
        target: where it is.
    """
    cache, plan = build_session.cache, build_session.plan
    if cache.config_file is None:
        return
    build_session.records.keep()
    if build_session.background.stories is not None:
        check_results.keep(cache, build_session.background.stories)
    # What changed meanwhile may be in the site, or not.
    if build_session.inputs is None or build_session.inputs != _inputs(cache, plan):
        return
    files = up_to_date.file_stamps(target, built.digests, built.own, built.before)
    if files is None:
        return
    embargoes = tuple(one.timestamp() for one in build_session.loaded_site.embargoes)
    named = {one.span.path for one in build_session.diagnostics}
    named |= {other.span.path for one in build_session.diagnostics for other in one.related}
    manifest = SiteManifest(
        inputs=build_session.inputs,
        content=plan.content,
        own_templates=plan.own_templates,
        templates=plan.templates,
        strict=build_session.strict,
        default=plan.site.absolute(),
        target=target.absolute(),
        files=files,
        pages=built.pages,
        certainties=certainties(build_session.loaded_site.graph),
        diagnostics=build_session.diagnostics,
        quoted={path: build_session.files[path] for path in sorted(named & build_session.files.keys())},
        warnings=built.warnings,
        held=build_session.loaded_site.embargo_notices,
        embargoes=embargoes,
        passed=sum(one < build_session.loaded_site.now.timestamp() for one in embargoes),
    )
    up_to_date.save_manifest(cache, manifest)
    if built.dependencies is not None:
        page_dependencies.keep(cache, built.dependencies(files))


def certainties(graph: Graph) -> dict[str, int]:
    """Count the statements of each certainty, without summaries."""
    return dict(Counter(str(one.certainty) for one in graph.statements.values() if not one.is_summary))


def write_site(
    build_session: BuildSession, folder: Path, published: Path, progress: Callable[[str, int, int], None]
) -> BuildResult:
    """Write a site. It may be published if `build_session.ok`; where that turns out not to be so, this ends early.

    Args:
        build_session: the site.
        folder: the root of the site to write, empty.
        published: the root of the site as it is published; it need not exist.
        progress: is told of the step that goes on, how much of it is done, and how much there is.

    Raises:
        Detour: it is to be made the long way; the folder is empty again.
        NotPublishableError: it has errors.
        Exception: whatever a template raises, perhaps for an error in the content.
    """
    timings, loaded_site = build_session.timings, build_session.loaded_site

    def going(done: int, total: int) -> None:
        if build_session.background.is_known and not build_session.ok:
            raise NotPublishableError
        progress("rendering", done, total)

    with timings.step("shell"):
        shell = build_session.shell.shell(folder)
    taken = frozenset(shell.files)
    if not pages_named_by_title(shell) <= {*loaded_site.pages()}:
        _empty(folder)
        raise FallbackToMkDocs("of a page in the navigation that is not published")
    addresses = [where for where in loaded_site.pages() if f"{where}index.html" not in taken]
    is_known = build_session.last is not None and build_session.last.target == published.absolute()
    stamps = build_session.last.files if build_session.last is not None and is_known else {}
    try:
        with timings.step("compare"):
            past = PageReuse.of(build_session, published)
            titles = render_titles(loaded_site, shell, past.title)
            past.compare(titles)
        run = PageWriter(past.loaded_site, shell.frames, folder, frozenset(shell.named), published, titles, past.trace)
        with timings.step("pages"):
            made = past.take(run, addresses)
            missing = [where for where in addresses if where not in made]
            made |= run.make(missing, going)
    except UnsupportedPageError as error:
        _empty(folder)
        raise FallbackToMkDocs(f"of the page /{error}") from error
    if has_broken_link(shell, {where: one.anchors for where, one in made.items() if one.anchors is not None}):
        _empty(folder)
        raise FallbackToMkDocs("of a link that leads nowhere")
    with timings.step("rest"):
        data, drawn = past.data(run)
        try:
            _write_rest(run, shell, [(where, made[where]) for where in addresses], data)
        except TemplateError as error:
            _empty(folder)
            raise FallbackToMkDocs("the template of the site map asks for more than it is given here") from error
    return BuildResult(
        pages=len(addresses) + len(shell.by_hand),
        warnings=shell.warnings,
        digests={f"{where}index.html": one.digest for where, one in made.items()},
        own=taken,
        before=stamps,
        dependencies=past.dependencies(titles, made, data, drawn),
    )


def render_titles(
    loaded_site: LoadedSite, shell: ExportedShell, known: Callable[[str], str | None] = lambda _where: None
) -> dict[str, str]:
    """Return the titles of pages that stand on others, escaped, by address.

    Args:
        loaded_site: makes the pages.
        shell: says which.
        known: tells a title where it is known without.

    Raises:
        UnsupportedPageError: a title has signs that the theme escapes once here and twice there.
    """
    titles = {where: known(where) or loaded_site.render(where).title for where in pages_named_by_title(shell)}
    special = next((where for where, title in titles.items() if html.escape(title) != title), None)
    if special is not None:
        raise UnsupportedPageError(special)
    return titles


def _write_rest(
    run: PageWriter, shell: ExportedShell, pages: Sequence[tuple[str, PageResult]], data: Mapping[str, str]
) -> None:
    loaded_site, folder, taken = run.loaded_site, run.folder, frozenset(shell.files)
    today = build_date(loaded_site.newest)
    dates = {where: made.date for where, made in pages if made.date is not None}
    text = site_map(shell, loaded_site.settings.site_url, [where for where, _ in pages], dates, today)
    for path, packed in site_map_files(text, [today, *dates.values()]).items():
        write(folder, path, packed)
    if INDEX in taken:
        found = search_index((folder / INDEX).read_bytes(), (made.hits for _, made in pages))
        write(folder, INDEX, found.encode())
    for path, frame in shell.titled.items():
        write(folder, path, frame.name(run.titles).encode(errors=SURROGATES))
    for path, told in data.items():
        if path not in taken:
            write(folder, path, told.encode())
    if loaded_site.settings.site_url:
        run.draw(site_card(loaded_site.settings.site_name))


def _empty(folder: Path) -> None:
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path)
        else:
            Path(entry.path).unlink()
