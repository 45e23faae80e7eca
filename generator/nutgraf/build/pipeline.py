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

    from nutgraf.build.incremental.page_dependencies import Ledger
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
        ledger: makes the ledger of its pages, once it is known what its files are; None where there is none.
    """

    pages: int
    warnings: tuple[str, ...]
    digests: Mapping[str, bytes]
    own: frozenset[str]
    before: Mapping[str, FileStamp]
    ledger: Callable[[Mapping[str, FileStamp]], Ledger] | None


@contextlib.contextmanager
def load_and_check(
    config_file: Path | None,
    *,
    strict: bool | None = None,
    before: Callable[[Plan], None] = lambda _plan: None,
    cache: Cache | None = None,
) -> Iterator[BuildSession]:
    """Load a site, and begin to check it, while another process makes the skeleton.

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
    with shell_cache.find(cache, strict=strict) or ShellWorker(config_file, strict=strict, cache=cache) as skeleton:
        with timings.step("configuration"):
            plan = skeleton.plan()
        if plan.detour:
            raise FallbackToMkDocs(plan.detour)
        before(plan)
        with timings.step("load and resolve"), gc_paused():
            inputs = _inputs(cache, plan)
            tree = read_tree(plan.content)
            records = Records(cache)
            known = records.known(tree.files)
            beside = read_beside(plan.content, plan.nav, plan.excluded)
            prepared = prepare(
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
            verdict = BackgroundCheck(last.diagnostics)
        else:
            verdict = BackgroundCheck(
                (*tree.diagnostics, *prepared.found), lambda: check_results.checked(prepared, records, cache)
            )
        with verdict:
            yield BuildSession(
                plan, prepared, tree.files, verdict, skeleton, timings, cache, records, inputs, last, strict
            )


def _inputs(cache: Cache, plan: Plan) -> bytes | None:
    if cache.config_file is None:
        return None
    return up_to_date.inputs_of(cache, plan.content, plan.own_templates, plan.templates)


def save_cache(begun: BuildSession, built: BuildResult, target: Path) -> None:
    """Keep what the next build can use, now that a site is published.

    Args:
        begun: the site.
        built: what was written.
        target: where it is.
    """
    cache, plan = begun.cache, begun.plan
    if cache.config_file is None:
        return
    begun.records.keep()
    if begun.verdict.stories is not None:
        check_results.keep(cache, begun.verdict.stories)
    # What changed meanwhile may be in the site, or not.
    if begun.inputs is None or begun.inputs != _inputs(cache, plan):
        return
    files = up_to_date.file_stamps(target, built.digests, built.own, built.before)
    if files is None:
        return
    embargoes = tuple(one.timestamp() for one in begun.prepared.embargoes)
    named = {one.span.path for one in begun.diagnostics}
    named |= {other.span.path for one in begun.diagnostics for other in one.related}
    settled = SiteManifest(
        inputs=begun.inputs,
        content=plan.content,
        own_templates=plan.own_templates,
        templates=plan.templates,
        strict=begun.strict,
        default=plan.site.absolute(),
        target=target.absolute(),
        files=files,
        pages=built.pages,
        certainties=certainties(begun.prepared.graph),
        diagnostics=begun.diagnostics,
        quoted={path: begun.files[path] for path in sorted(named & begun.files.keys())},
        warnings=built.warnings,
        held=begun.prepared.embargo_notices,
        embargoes=embargoes,
        passed=sum(one < begun.prepared.now.timestamp() for one in embargoes),
    )
    up_to_date.settle(cache, settled)
    if built.ledger is not None:
        page_dependencies.keep(cache, built.ledger(files))


def certainties(graph: Graph) -> dict[str, int]:
    """Count the statements of each certainty, without summaries."""
    return dict(Counter(str(one.certainty) for one in graph.statements.values() if not one.is_summary))


def write_site(
    begun: BuildSession, folder: Path, published: Path, progress: Callable[[str, int, int], None]
) -> BuildResult:
    """Write a site. It may be published if `begun.ok`; where that turns out not to be so, this ends early.

    Args:
        begun: the site.
        folder: the root of the site to write, empty.
        published: the root of the site as it is published; it need not exist.
        progress: is told of the step that goes on, how much of it is done, and how much there is.

    Raises:
        Detour: it is to be made the long way; the folder is empty again.
        NotPublishableError: it has errors.
        Exception: whatever a template raises, perhaps for an error in the content.
    """
    timings, prepared = begun.timings, begun.prepared

    def going(done: int, total: int) -> None:
        if begun.verdict.is_known and not begun.ok:
            raise NotPublishableError
        progress("rendering", done, total)

    with timings.step("skeleton"):
        skeleton = begun.skeleton.skeleton(folder)
    taken = frozenset(skeleton.files)
    if not pages_named_by_title(skeleton) <= {*prepared.pages()}:
        _empty(folder)
        raise FallbackToMkDocs("of a page in the navigation that is not published")
    addresses = [where for where in prepared.pages() if f"{where}index.html" not in taken]
    is_known = begun.last is not None and begun.last.target == published.absolute()
    seals = begun.last.files if begun.last is not None and is_known else {}
    try:
        with timings.step("compare"):
            past = PageReuse.of(begun, published)
            titles = render_titles(prepared, skeleton, past.title)
            past.compare(titles)
        run = PageWriter(
            past.prepared, skeleton.frames, folder, frozenset(skeleton.named), published, titles, past.trace
        )
        with timings.step("pages"):
            made = past.take(run, addresses)
            missing = [where for where in addresses if where not in made]
            made |= run.make(missing, going)
    except UnsupportedPageError as error:
        _empty(folder)
        raise FallbackToMkDocs(f"of the page /{error}") from error
    if has_broken_link(skeleton, {where: one.anchors for where, one in made.items() if one.anchors is not None}):
        _empty(folder)
        raise FallbackToMkDocs("of a link that leads nowhere")
    with timings.step("rest"):
        data, drawn = past.data(run)
        try:
            _write_rest(run, skeleton, [(where, made[where]) for where in addresses], data)
        except TemplateError as error:
            _empty(folder)
            raise FallbackToMkDocs("the template of the site map asks for more than it is given here") from error
    return BuildResult(
        pages=len(addresses) + len(skeleton.by_hand),
        warnings=skeleton.warnings,
        digests={f"{where}index.html": one.digest for where, one in made.items()},
        own=taken,
        before=seals,
        ledger=past.ledger(titles, made, data, drawn),
    )


def render_titles(
    prepared: LoadedSite, skeleton: ExportedShell, known: Callable[[str], str | None] = lambda _where: None
) -> dict[str, str]:
    """Return the titles of pages that stand on others, escaped, by address.

    Args:
        prepared: makes the pages.
        skeleton: says which.
        known: tells a title where it is known without.

    Raises:
        UnsupportedPageError: a title has signs that the theme escapes once here and twice there.
    """
    titles = {where: known(where) or prepared.render(where).title for where in pages_named_by_title(skeleton)}
    special = next((where for where, title in titles.items() if html.escape(title) != title), None)
    if special is not None:
        raise UnsupportedPageError(special)
    return titles


def _write_rest(
    run: PageWriter, skeleton: ExportedShell, pages: Sequence[tuple[str, PageResult]], data: Mapping[str, str]
) -> None:
    prepared, folder, taken = run.prepared, run.folder, frozenset(skeleton.files)
    today = build_date(prepared.newest)
    dates = {where: made.date for where, made in pages if made.date is not None}
    text = site_map(skeleton, prepared.settings.site_url, [where for where, _ in pages], dates, today)
    for path, packed in site_map_files(text, [today, *dates.values()]).items():
        write(folder, path, packed)
    if INDEX in taken:
        found = search_index((folder / INDEX).read_bytes(), (made.hits for _, made in pages))
        write(folder, INDEX, found.encode())
    for path, frame in skeleton.titled.items():
        write(folder, path, frame.name(run.titles).encode(errors=SURROGATES))
    for path, told in data.items():
        if path not in taken:
            write(folder, path, told.encode())
    if prepared.settings.site_url:
        run.draw(site_card(prepared.settings.site_name))


def _empty(folder: Path) -> None:
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path)
        else:
            Path(entry.path).unlink()
