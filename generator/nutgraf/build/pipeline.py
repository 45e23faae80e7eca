"""The steps of a build, in their order."""

from __future__ import annotations

import contextlib
import html
import os
import shutil
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import TemplateError

from nutgraf.build import shell_cache, up_to_date
from nutgraf.build.cache import Cache
from nutgraf.build.page_writer import SURROGATES, PageWriter, write
from nutgraf.build.session import BuildSession, Timings
from nutgraf.build.shell_worker import ShellWorker
from nutgraf.build.sitemap_and_search import build_date, search_index, site_map, site_map_files
from nutgraf.build.up_to_date import SiteManifest
from nutgraf.build.workers import WorkerPool
from nutgraf.loading.other_files import read_beside
from nutgraf.loading.tree import read_tree
from nutgraf.site import prepare
from nutgraf.theme.export import INDEX, ExportedShell, Plan, has_broken_link, pages_named_by_title
from nutgraf.theme.page_shell import UnsupportedPageError
from nutgraf.views.social_card import site_card

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from nutgraf.build.page_writer import PageResult
    from nutgraf.diagnostics import Diagnostic
    from nutgraf.graph import Graph
    from nutgraf.site import LoadedSite


class FallbackToMkDocs(Exception):  # noqa: N818 - it is no error: MkDocs builds the site
    """The site is to be built with MkDocs; the message says why."""


class NotPublishableError(Exception):
    """A site is not to be published; its diagnostics say why."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """A site that was written.

    Attributes:
        pages: how many there are.
        warnings: of MkDocs, on what is no record.
        own: the paths of files that are no pages of records.
    """

    pages: int
    warnings: tuple[str, ...]
    own: frozenset[str]


@contextlib.contextmanager
def load_and_check(
    config_file: Path | None,
    stage: Callable[[Plan], Path],
    *,
    strict: bool | None = None,
    cache: Cache | None = None,
) -> Iterator[BuildSession]:
    """Load a site, and begin to check it and to export its shell in worker processes.

    Args:
        config_file: its mkdocs.yml; None takes that in the working folder.
        stage: is called with the plan before any content is read, and returns an empty folder to write to.
        strict: whether warnings stop a build; None leaves it to mkdocs.yml.
        cache: what earlier builds left, and what is kept for the next; None is without.

    Raises:
        FallbackToMkDocs: it is to be built with MkDocs.
        UsageError: it has no configuration, or one that cannot be used.
    """
    timings, cache = Timings(), cache or Cache(None)
    with shell_cache.find(cache, strict=strict) or ShellWorker(config_file, strict=strict, cache=cache) as shell:
        with timings.step("configuration"):
            plan = shell.plan()
        if plan.fallback:
            raise FallbackToMkDocs(plan.fallback)
        folder = stage(plan)
        shell.begin(folder)
        with timings.step("load and resolve"):
            inputs = _inputs(cache, plan)
            tree = read_tree(plan.content)
            beside = read_beside(plan.content, plan.nav, plan.excluded)
            loaded_site = prepare(tree.files, plan.settings, plan.templates, policy=plan.policy, beside=beside)
        found = (*tree.diagnostics, *loaded_site.found)
        with WorkerPool(lambda: _checked(loaded_site)) as pool:
            background = pool.submit()
            if any(one.is_error for one in found):
                background.result()  # No page is going to be rendered meanwhile.
            yield BuildSession(
                plan, folder, loaded_site, tree.files, found, background, shell, timings, cache, inputs, strict
            )


def _checked(loaded_site: LoadedSite) -> tuple[Sequence[Diagnostic], float]:
    """Return what the rules find, and how many seconds that takes."""
    started = time.perf_counter()
    return loaded_site.checked(), time.perf_counter() - started


def _inputs(cache: Cache, plan: Plan) -> bytes | None:
    if cache.config_file is None:
        return None
    return up_to_date.inputs_of(cache, plan.content, plan.own_templates, plan.templates)


def save_manifest(build_session: BuildSession, built: BuildResult, target: Path) -> None:
    """Record what was published, so that the next build knows if anything has changed.

    Args:
        build_session: the site.
        built: what was written.
        target: where it is.
    """
    cache, plan = build_session.cache, build_session.plan
    # What changed meanwhile may be in the site, or not.
    if build_session.inputs is None or build_session.inputs != _inputs(cache, plan):
        return
    files = up_to_date.file_stamps(target, built.own)
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


def certainties(graph: Graph) -> dict[str, int]:
    """Count the statements of each certainty, without summaries."""
    return dict(Counter(str(one.certainty) for one in graph.statements.values() if not one.is_summary))


def write_site(build_session: BuildSession, published: Path, progress: Callable[[str, int, int], None]) -> BuildResult:
    """Write a site to its staging folder.

    It may be published if `build_session.ok`; where that turns out not to be so, this ends early.

    Args:
        build_session: the site.
        published: the root of the site as it is published; it need not exist.
        progress: is called with the step that goes on, how much of it is done, and how much there is.

    Raises:
        FallbackToMkDocs: it is to be built with MkDocs; the folder is empty again.
        NotPublishableError: it has errors.
        Exception: whatever a template raises, perhaps for an error in the content.
    """
    timings, loaded_site, folder = build_session.timings, build_session.loaded_site, build_session.folder

    def going(done: int, total: int) -> None:
        if build_session.is_checked and not build_session.ok:
            raise NotPublishableError
        progress("rendering", done, total)

    with timings.step("shell"):
        shell = build_session.shell.shell(folder)
    taken = frozenset(shell.files)
    if not pages_named_by_title(shell) <= {*loaded_site.pages()}:
        _empty(folder)
        raise FallbackToMkDocs("of a page in the navigation that is not published")
    addresses = [where for where in loaded_site.pages() if f"{where}index.html" not in taken]
    try:
        titles = render_titles(loaded_site, shell)
        writer = PageWriter(loaded_site, shell.frames, folder, frozenset(shell.named), published, titles)
        with timings.step("pages"):
            written = writer.write_all(addresses, going)
    except UnsupportedPageError as error:
        _empty(folder)
        raise FallbackToMkDocs(f"of the page /{error}") from error
    if has_broken_link(shell, {where: one.anchors for where, one in written.items() if one.anchors is not None}):
        _empty(folder)
        raise FallbackToMkDocs("of a link that leads nowhere")
    with timings.step("rest"):
        try:
            _write_rest(writer, shell, [(where, written[where]) for where in addresses])
        except TemplateError as error:
            _empty(folder)
            raise FallbackToMkDocs("the template of the site map asks for more than it is given here") from error
    return BuildResult(len(addresses) + len(shell.by_hand), shell.warnings, taken)


def render_titles(loaded_site: LoadedSite, shell: ExportedShell) -> dict[str, str]:
    """Return the titles of pages that stand on others, escaped, by address.

    Args:
        loaded_site: renders the pages.
        shell: says which.

    Raises:
        UnsupportedPageError: a title has signs that the theme escapes once here and twice there.
    """
    titles = {where: loaded_site.render(where).title for where in pages_named_by_title(shell)}
    special = next((where for where, title in titles.items() if html.escape(title) != title), None)
    if special is not None:
        raise UnsupportedPageError(special)
    return titles


def _write_rest(writer: PageWriter, shell: ExportedShell, pages: Sequence[tuple[str, PageResult]]) -> None:
    loaded_site, folder, taken = writer.loaded_site, writer.folder, frozenset(shell.files)
    today = build_date(loaded_site.newest)
    dates = {where: made.date for where, made in pages if made.date is not None}
    text = site_map(shell, loaded_site.settings.site_url, [where for where, _ in pages], dates, today)
    for path, packed in site_map_files(text, [today, *dates.values()]).items():
        write(folder, path, packed)
    if INDEX in taken:
        found = search_index((folder / INDEX).read_bytes(), (made.hits for _, made in pages))
        write(folder, INDEX, found.encode())
    for path, frame in shell.titled.items():
        write(folder, path, frame.name(writer.titles).encode(errors=SURROGATES))
    for path, text_of_it in loaded_site.outputs().items():
        if path not in taken:
            write(folder, path, text_of_it.encode())
    if loaded_site.settings.site_url:
        writer.draw(site_card(loaded_site.settings.site_name))


def _empty(folder: Path) -> None:
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path)
        else:
            Path(entry.path).unlink()
