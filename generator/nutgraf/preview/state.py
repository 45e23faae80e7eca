"""A site in memory that follows its files."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nutgraf.checks.runner import check_some
from nutgraf.loading.content import is_record
from nutgraf.loading.other_files import Beside, read_beside
from nutgraf.loading.source import MAX_BYTES
from nutgraf.loading.tree import Tree, read_tree
from nutgraf.preview import error_diagnostics, shell_loader
from nutgraf.preview.full_check import check_files
from nutgraf.preview.lazy_site import LazySite, ShellBundle
from nutgraf.preview.priority import RequestPriority
from nutgraf.preview.problems import Problems, UnrenderableError, files_named
from nutgraf.preview.side_process import CancelledError, SideProcess
from nutgraf.preview.static_site import StaticSite, build_whole
from nutgraf.rendering.renderer import Renderer
from nutgraf.reporters.config_diagnostics import MKDOCS, OPTION
from nutgraf.site import PreviousState, language_of, prepare
from nutgraf.theme.export import has_broken_link
from nutgraf.theme.page_shell import UnsupportedPageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from nutgraf.diagnostics import Diagnostic
    from nutgraf.preview.static_site import Site
    from nutgraf.site import LoadedSite


@dataclass(frozen=True, slots=True)
class RefreshResult:
    """What came of reading the files again.

    Attributes:
        problems: what is wrong now. With an error among them, what is shown stays the last good state.
        renewed: whether another state is shown than before, so that a page may look otherwise.
        unfinished: whether there is more to look at, with `refresh(())`, once nothing changes for a moment.
        untried: whether nobody knows yet if templates that changed can be used: that is among it.
    """

    problems: Problems
    renewed: bool = False
    unfinished: bool = False
    untried: bool = False


class _StaleState(BaseException):
    """Another state is shown by now: what takes all pages of the former one is not worth making."""


class PreviewState:
    """A site in memory that follows its files.

    `refresh` is called from one thread. `file`, `base`, `drafts` and `watched` may be asked from another meanwhile, and
    answer from the last good state. So may `hurry`.

    After a change of records these alone are read again; the site is resolved, errors in them are looked for, and the
    site is shown. All rules are gone through afterwards, in another process. After a change of templates or style
    sheets, pages are shown with these at once; what MkDocs makes of them is made anew later, in that process, too.
    """

    def __init__(self, config_file: Path) -> None:
        """Begin with nothing to show, until `refresh`.

        Args:
            config_file: the mkdocs.yml of the site.
        """
        self.calm = RequestPriority()
        """What is not urgent goes on while it lasts."""
        self._config_file = config_file.absolute()
        self._watched: tuple[Path, ...] = (self._config_file,)
        self._state: Site = StaticSite()
        self._good: Site = self._state
        """What was last found to be without errors by all rules."""
        self._bundle: ShellBundle | None = None
        self._said = Problems()
        """What MkDocs complained of, on what is no record."""
        self._broken = Problems()
        """Why mkdocs.yml, or what MkDocs makes of it and of templates, cannot be used."""
        self._tree = Tree()
        self._beside = Beside()
        self._kept = PreviousState({})
        self._loaded_site: LoadedSite | None = None
        self._checked: tuple[Diagnostic, ...] = ()
        """What all rules found the last time."""
        self._pending = False
        """Whether records are shown that not all rules were applied to."""
        self._restyled = False
        """Whether templates and style sheets are shown, while what else depends on them is as it was before."""
        self._failing: dict[str, Problems] = {}
        """Why pages cannot be made, by the paths of their files."""
        self._untried = False
        """Whether templates are shown of which nobody knows whether pages can be made with them."""
        self._hurried = False
        self._closed = False
        self._side = SideProcess()

    def close(self) -> None:
        """End what goes on; nothing can be asked afterwards."""
        self._closed = self._hurried = True
        self._side.close()

    @property
    def watched(self) -> tuple[Path, ...]:
        """The files and folders that the site is made of. Some may not exist, and count once they do."""
        return self._watched

    @property
    def base(self) -> str:
        """The path below which the site stands, as in `site_url`: "/", or "/desk/"."""
        return self._state.base

    @property
    def drafts(self) -> Mapping[str, str]:
        """Why a build leaves out some of the pages, by their address relative to the site: "stories/x/"."""
        return self._state.drafts

    @property
    def assets(self) -> Mapping[str, str]:
        """The tags of style sheets and scripts, by path relative to the site."""
        return self._state.assets

    def is_urgent(self, path: str) -> bool:
        """Tell whether a file is one that somebody waits for who looks at a page: not what is made of all pages."""
        return self._state.is_urgent(path)

    def file(self, path: str) -> bytes | None:
        """Return what a build would publish at a path.

        Args:
            path: of a file, relative to the site's root and with forward slashes: "stories/x/index.html".

        Returns:
            Its bytes; None where the site has no such file.

        Raises:
            UnrenderableError: the page cannot be made, which nobody knew before it was asked for.
        """
        state = self._state
        try:
            return state.file(path)
        except _StaleState:
            return self.file(path)
        except UnsupportedPageError:
            return self._with_mkdocs(state).file(path)
        except Exception as error:
            problems = self._failing[path] = error_diagnostics.build(error, self._folder, folders=self._own)
            raise UnrenderableError(problems) from error

    def hurry(self) -> None:
        """Let a `refresh` that goes on leave what is not urgent: something changed."""
        self._hurried = True

    @property
    def _folder(self) -> Path:
        return self._bundle.plan.content if self._bundle is not None else self._config_file.parent

    @property
    def _own(self) -> tuple[Path, ...]:
        return (self._bundle.plan.own_templates,) if self._bundle is not None else ()

    # Reading

    def refresh(self, changed: Collection[Path] | None = None) -> RefreshResult:
        """Read the files again, and show what they say if it can be shown.

        Args:
            changed: the files that may differ from when they were read last; None for all. Without any, what was left
                unfinished is finished.

        Returns:
            What came of it; whatever is wrong with the files is told there, and never raised.
        """
        self._hurried = self._closed
        try:
            refreshed = self._finish() if changed is not None and not changed else self._read(changed)
        except CancelledError:
            refreshed = RefreshResult(self._problems())
        unfinished = not self._broken.errors and (self._pending or self._restyled or self._untried)
        return replace(refreshed, unfinished=unfinished, untried=self._untried)

    def _read(self, changed: Collection[Path] | None) -> RefreshResult:
        records = self._records(changed)
        if self._bundle is not None and records is not None:
            return self._follow(self._bundle, records)
        return self._restyle(changed or ()) or self._begin_again()

    def _finish(self) -> RefreshResult:
        if self._untried:
            return self._try_out()
        if self._restyled:
            return self._redress()
        return self._check_beside() if self._pending else RefreshResult(self._problems())

    def _step(self) -> None:
        """Let others go first, and leave what goes on if something changed."""
        self.calm.wait(self._is_hurried)
        if self._hurried:
            raise CancelledError

    def _let_others(self, state: Site) -> None:
        """Let others go first while something is made of all pages, and leave that if another state is shown."""

        def is_outdated() -> bool:
            return self._state is not state

        self.calm.wait(is_outdated)
        if is_outdated():
            raise _StaleState

    def _is_hurried(self) -> bool:
        return self._hurried

    def _is_closed(self) -> bool:
        return self._closed

    def _records(self, changed: Collection[Path] | None) -> frozenset[str] | None:
        """Return the paths of the records that changed, relative to the content folder; None if more than that did."""
        if changed is None or self._bundle is None:
            return None
        folder, found = self._bundle.plan.content, set()
        for path in changed:
            name = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else ""
            if not is_record(name) or name.count("/") != 1:
                return None
            found.add(name)
        return frozenset(found)

    def _begin_again(self) -> RefreshResult:
        """Read everything, templates and mkdocs.yml included."""
        made = self._side.call(self._is_closed, shell_loader.make, self._config_file)
        self._restyled = False
        self._watched = made.watched or self._watched
        self._broken = made.problems if made.bundle is None else Problems()
        if made.fallback:
            self._bundle, self._pending, self._untried, self._failing = None, False, False, {}
            return self._show_whole()
        if made.bundle is None:
            return RefreshResult(self._problems())
        self._said = made.problems
        self._bundle = made.bundle
        self._failing, self._untried = {}, True
        plan = made.bundle.plan
        language = language_of(plan.templates, plan.settings.locale)
        self._kept = replace(self._kept, language=language, renderer=Renderer(plan.templates))
        return self._follow(made.bundle, None)

    def _restyle(self, changed: Collection[Path]) -> RefreshResult | None:
        """Show templates of pages and style sheets at once, and what else depends on them in a moment; None for others.

        What Material's style sheet keeps, for one, depends on the words in templates: see `lean`.
        """
        state, loaded_site, bundle = self._state, self._loaded_site, self._bundle
        if not changed or bundle is None or loaded_site is None:
            return None
        if not isinstance(state, LazySite) or not state.is_of(bundle, loaded_site):
            return None
        files = dict(bundle.files)
        for path in changed:
            sheets = [*_sheets(path, bundle)]
            if sheets and path.is_file():
                files |= dict.fromkeys(sheets, path.read_bytes())
            elif not _is_of_pages(path, bundle.plan.templates):
                return None
        self._bundle = replace(bundle, files=files)
        if any(path.suffix != ".css" for path in changed):
            renderer = Renderer(bundle.plan.templates)
            self._kept = replace(self._kept, renderer=renderer)
            self._failing, self._untried = {}, True
            loaded_site = self._loaded_site = loaded_site.with_renderer(renderer)
        self._state = state.changed_to(self._bundle, loaded_site)
        self._restyled = True
        return RefreshResult(self._problems(), renewed=True)

    def _try_out(self) -> RefreshResult:
        """Make a page of each kind, and those that could not be made: a template may fail for whoever comes next."""
        state, found = self._state, {}
        samples = state.samples() if isinstance(state, LazySite) else ()
        for path in dict.fromkeys((*samples, *self._failing)):
            self._step()
            try:
                state.file(path)
            except UnsupportedPageError:
                continue
            except Exception as error:  # noqa: BLE001 - whatever a template raises
                found[path] = error_diagnostics.build(error, self._folder, folders=self._own)
        self._failing, self._untried = found, False
        return RefreshResult(self._problems())

    def _redress(self) -> RefreshResult:
        """Make anew what else depends on templates and style sheets that are shown."""
        made = self._side.call(self._is_hurried, shell_loader.make, self._config_file)
        state, bundle, loaded_site = self._state, self._bundle, self._loaded_site
        if made.bundle is None or bundle is None or loaded_site is None or made.bundle.plan != bundle.plan:
            return self._begin_again()
        self._restyled = False
        self._said = made.problems
        if (made.bundle.shell, made.bundle.files) == (bundle.shell, bundle.files):
            return RefreshResult(self._problems())
        self._bundle = made.bundle
        if not isinstance(state, LazySite) or not state.is_of(bundle, loaded_site):
            return self._follow(made.bundle, frozenset())
        self._state = state.changed_to(made.bundle, loaded_site)
        if self._good is state:
            self._good = self._state
        if _leads_nowhere(made.bundle, self._state):
            self._with_mkdocs(self._state)
        return RefreshResult(self._problems(), renewed=True)

    def _follow(self, bundle: ShellBundle, records: frozenset[str] | None) -> RefreshResult:
        """Read records, and show the site if nothing is wrong with them.

        Args:
            bundle: what their pages are put into.
            records: their paths, relative to the content folder; None for all.
        """
        self._pending = False
        self._untried |= bool(self._failing)
        plan = bundle.plan
        self._tree = _reread(self._tree, plan.content, records) or read_tree(plan.content)
        tree = self._tree
        if records is None:
            self._beside = read_beside(plan.content, plan.nav, plan.excluded)
        try:
            loaded_site = prepare(
                tree.files,
                plan.settings,
                plan.templates,
                drafts=True,
                policy=plan.policy,
                kept=self._kept,
                beside=self._beside,
            )
        except Exception as error:  # noqa: BLE001  # whatever it is, the preview goes on
            return RefreshResult(error_diagnostics.build(error, plan.content))
        known = self._kept.known or {}
        known = {one: known[one] for one in tree.files.items() if one in known}
        self._kept = replace(self._kept, known=known, former=loaded_site.resolution)
        self._loaded_site = loaded_site
        wrong = any(one.is_error for one in (*tree.diagnostics, *loaded_site.found))
        if wrong or records is None:
            return self._check()
        soon = tuple(check_some(loaded_site.graph, records, loaded_site.policy))
        if soon:
            return self._check()
        self._checked = tuple(one for one in self._checked if one.span.path not in records and not one.is_error)
        self._state = LazySite(bundle, loaded_site, self._let_others)
        self._pending = True
        return RefreshResult(self._problems(), renewed=True)

    def _check_beside(self) -> RefreshResult:
        """Go through all rules in another process, which is killed if something changes."""
        bundle, loaded_site = self._bundle, self._loaded_site
        assert bundle is not None  # noqa: S101 - there are records, and what they are put into
        assert loaded_site is not None  # noqa: S101
        found = self._side.call(self._is_hurried, check_files, self._tree.files, bundle.plan, self._beside)
        return self._checked_with(found)

    def _check(self) -> RefreshResult:
        """Go through all rules here, before anything is shown."""
        assert self._loaded_site is not None  # noqa: S101
        return self._checked_with(self._loaded_site.checked())

    def _checked_with(self, found: tuple[Diagnostic, ...]) -> RefreshResult:
        """Show the site if no rule found an error."""
        bundle, loaded_site = self._bundle, self._loaded_site
        assert bundle is not None  # noqa: S101
        assert loaded_site is not None  # noqa: S101
        self._pending = False
        self._checked = found
        before = self._state
        is_shown = isinstance(before, LazySite) and before.is_of(bundle, loaded_site)
        if any(one.is_error for one in (*self._tree.diagnostics, *loaded_site.found, *found)):
            # What is not shown yet never is, and what is stays, though not all rules may have been applied to it.
            self._state = self._good if is_shown else before
        elif is_shown:
            self._good = before
            if _leads_nowhere(bundle, before):
                self._good = self._with_mkdocs(before)
        else:
            self._state = self._good = LazySite(bundle, loaded_site, self._let_others)
            if _leads_nowhere(bundle, self._state):
                self._with_mkdocs(self._state)
        return RefreshResult(self._problems(), renewed=self._state is not before)

    def _problems(self) -> Problems:
        loaded_site, tree = self._loaded_site, self._tree
        found = (*tree.diagnostics, *(loaded_site.found if loaded_site is not None else ()), *self._checked)
        files = {**tree.files, **dict(files_named(found, tree.files, self._folder)), **self._said.files}
        problems = Problems((*found, *self._said.diagnostics), files, self._folder)
        return problems.with_those(self._broken.seen_from(self._folder), *self._failing.values())

    # The long way

    def _with_mkdocs(self, state: Site) -> Site:
        """Show the site as MkDocs builds it, where a page cannot be rendered by itself."""
        whole, problems = self._side.call(self._is_closed, build_whole, self._config_file)
        if whole is None:
            raise UnrenderableError(problems)
        if self._state is state:
            self._state = whole
            said = tuple(one for one in problems.diagnostics if one.rule in {MKDOCS, OPTION})
            self._said = replace(self._said, diagnostics=said, files=problems.files)
        return whole

    def _show_whole(self) -> RefreshResult:
        state, problems = self._side.call(self._is_closed, build_whole, self._config_file)
        if state is None:
            return RefreshResult(problems)
        former, self._state = self._state, state
        self._good = state
        return RefreshResult(problems, renewed=former != state)


def _reread(tree: Tree, folder: Path, records: frozenset[str] | None) -> Tree | None:
    """Return a tree with some of its files read again; None where that takes more than reading them."""
    if records is None or not records <= tree.files.keys():
        return None
    files = dict(tree.files)
    for path in records:
        file = folder / path
        try:
            if file.is_symlink() or not file.is_file() or file.parent.is_symlink():
                return None
            files[path] = file.read_bytes()
        except OSError:
            return None
        if len(files[path]) > MAX_BYTES:
            return None
    wrong = {one.span.path for one in tree.diagnostics}
    return None if wrong & records else replace(tree, files=files)


def _sheets(path: Path, bundle: ShellBundle) -> Iterator[str]:
    """Yield where a site has a style sheet of the content or of the templates: names may have a hash."""
    if path.suffix != ".css":
        return
    folders = (*(folder / "theme" for folder in bundle.plan.templates), bundle.plan.content)
    name = next((path.relative_to(folder) for folder in folders if path.is_relative_to(folder)), None)
    if name is not None:
        wanted = re.compile(rf"{re.escape(name.with_suffix('').as_posix())}(?:\.[0-9a-f]{{8,}})?(?:\.min)?\.css")
        yield from filter(wanted.fullmatch, bundle.files)


def _is_of_pages(path: Path, templates: Collection[Path]) -> bool:
    """Tell whether a file is a template of a page, and not of the theme, of wording or of anything else."""
    return path.suffix == ".html" and any(
        path.is_relative_to(folder / part) for folder in templates for part in ("pages", "parts")
    )


def _leads_nowhere(bundle: ShellBundle, state: Site) -> bool:
    """Tell whether a page written by hand names a page or an anchor that there is not."""
    try:
        return isinstance(state, LazySite) and has_broken_link(bundle.shell, state.anchors(bundle.shell.named))
    except Exception:  # noqa: BLE001 - a template fails, which is told where the page is asked for
        return False
