"""A site in memory that follows its files."""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, Protocol

from nutgraf import shell
from nutgraf.assets import template_folders
from nutgraf.building.frames import IrregularError
from nutgraf.building.skeleton import leads_nowhere, plan_of
from nutgraf.checks import check, check_some
from nutgraf.diagnostics import Diagnostic, Severity, Span
from nutgraf.loading.content import is_record
from nutgraf.loading.source import MAX_BYTES
from nutgraf.loading.tree import Tree, read_tree
from nutgraf.misuse import MisuseError
from nutgraf.model import StoryStatus
from nutgraf.pages.address import story
from nutgraf.plugin import NutgrafPlugin
from nutgraf.preview import faults
from nutgraf.preview.ondemand import Kit, OnDemand
from nutgraf.preview.problems import Problems, UnrenderableError
from nutgraf.render import Renderer
from nutgraf.site import Kept, language_of, prepare

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from mkdocs.config.defaults import MkDocsConfig

    from nutgraf.site import Prepared


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What came of reading the files again.

    Attributes:
        problems: what is wrong now. With an error among them, what is shown stays the last good state.
        renewed: whether another state is shown than before, so that a page may look otherwise.
        styles_only: whether nothing but style sheets differs in it.
        unfinished: whether there is more to look at, with `refresh(())`, once nothing changes for a moment.
    """

    problems: Problems
    renewed: bool = False
    styles_only: bool = False
    unfinished: bool = False


class Site(Protocol):
    """A site in one state, which is shown and never changed."""

    @property
    def base(self) -> str:
        """The path below which it stands, as in `site_url`: "/", or "/desk/"."""

    @property
    def drafts(self) -> frozenset[str]:
        """The addresses of pages that a build leaves out, relative to the site."""

    def file(self, path: str) -> bytes | None:
        """Return a file; None where it has none at that path."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A site that was made as a whole: nothing, or what MkDocs built where pages cannot be made one by one."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    base: str = "/"
    drafts: frozenset[str] = frozenset()

    def file(self, path: str) -> bytes | None:
        """Return a file; None where it has none at that path."""
        return self.files.get(path)


class _Hurry(BaseException):
    """Something changed meanwhile: what goes on is to be left."""


class Live:
    """A site in memory that follows its files.

    `refresh` is called from one thread. `file`, `base`, `drafts` and `watched` may be asked from another meanwhile, and
    answer from the last good state. So may `hurry`.

    After a change of records these alone are read again; the site is resolved, errors in them are looked for, and the
    site is shown. All rules are gone through once nobody waits for a page any more.
    """

    def __init__(self, config_file: Path) -> None:
        """Begin with nothing to show, until `refresh`.

        Args:
            config_file: the mkdocs.yml of the site.
        """
        self._config_file = config_file.absolute()
        self._watched: tuple[Path, ...] = (self._config_file,)
        self._state: Site = Whole()
        self._good: Site = self._state
        """What was last found to be without errors by all rules."""
        self._kit: Kit | None = None
        self._said = Problems()
        """What MkDocs complained of, on what is no record."""
        self._tree = Tree()
        self._kept = Kept()
        self._prepared: Prepared | None = None
        self._checked: tuple[Diagnostic, ...] = ()
        """What all rules found the last time."""
        self._pending: Callable[[], Refreshed] | None = None
        """What is left to be done to the records that are shown."""
        self._restyled: frozenset[Path] = frozenset()
        """Templates and style sheets that are shown, while what else depends on them is as it was before."""
        self._hurried = False

    @property
    def watched(self) -> tuple[Path, ...]:
        """The files and folders that the site is made of. Some may not exist, and count once they do."""
        return self._watched

    @property
    def base(self) -> str:
        """The path below which the site stands, as in `site_url`: "/", or "/desk/"."""
        return self._state.base

    @property
    def drafts(self) -> frozenset[str]:
        """The addresses of pages that a build leaves out, relative to the site: "stories/x/"."""
        return self._state.drafts

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
        except IrregularError:
            return self._detour(state).file(path)
        except Exception as error:
            raise UnrenderableError(faults.build(error, self._folder)) from error

    def hurry(self) -> None:
        """Let a `refresh` that goes on leave what is not urgent: something changed."""
        self._hurried = True

    @property
    def _folder(self) -> Path:
        return self._kit.plan.content if self._kit is not None else self._config_file.parent

    # Reading

    def refresh(self, changed: Collection[Path] | None = None) -> Refreshed:
        """Read the files again, and show what they say if it can be shown.

        Args:
            changed: the files that may differ from when they were read last; None for all. Without any, what was left
                unfinished is finished.

        Returns:
            What came of it; whatever is wrong with the files is told there, and never raised.
        """
        self._hurried = False
        if changed is not None and not changed:
            return self._finish()
        records = self._records(changed)
        if self._kit is not None and records is not None:
            return self._follow(self._kit, records)
        return self._restyle(changed or ()) or self._begin_again(changed)

    def _finish(self) -> Refreshed:
        restyled, self._restyled = self._restyled, frozenset()
        if restyled:
            return self._begin_again(restyled)
        try:
            return self._pending() if self._pending is not None else Refreshed(self._problems())
        except _Hurry:
            return Refreshed(self._problems())

    def _records(self, changed: Collection[Path] | None) -> frozenset[str] | None:
        """Return the paths of the records that changed, relative to the content folder; None if more than that did."""
        if changed is None or self._kit is None:
            return None
        folder, found = self._kit.plan.content, set()
        for path in changed:
            name = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else ""
            if not is_record(name) or name.count("/") != 1:
                return None
            found.add(name)
        return frozenset(found)

    def _begin_again(self, changed: Collection[Path] | None) -> Refreshed:
        """Read everything, templates and mkdocs.yml included."""
        former = self._kit
        with faults.Ear() as ear:
            try:
                config = shell.open_config(self._config_file)
                plugin = _plugin(config)
                plugin.require(config)
            except MisuseError as error:
                return Refreshed(faults.configuration(error, self._config_file))
            except Exception as error:  # noqa: BLE001  # a hook, a plugin: whatever it is, the preview goes on
                return Refreshed(faults.build(error, self._config_file.parent, ear.errors))
            self._watched = tuple(_watched(config, plugin))
            folder = Path(config.docs_dir)
            try:
                plan = plan_of(config, plugin)
                if plan.detour:
                    self._kit = None
                    return self._show_whole(config, plugin, ear)
                kit = Kit.of(config, plugin)
            except Exception as error:  # noqa: BLE001  # the same
                return Refreshed(faults.build(error, folder, ear.errors))
        leaks = tuple(_leaks(folder, kit.plan.config_file, kit.files))
        said = faults.warnings(kit.skeleton.warnings, folder, kit.plan.config_file)
        self._said = replace(said, diagnostics=(*leaks, *said.diagnostics))
        self._kit = kit
        templates = kit.plan.templates
        language = language_of(templates, kit.plan.settings.locale)
        self._kept = Kept({}, language=language, renderer=Renderer(templates))
        refreshed = self._follow(kit, None)
        styles = former is not None and _styles_only(former, kit, changed)
        return replace(refreshed, styles_only=refreshed.renewed and styles)

    def _restyle(self, changed: Collection[Path]) -> Refreshed | None:
        """Show templates of pages and style sheets at once, and what else depends on them in a moment; None for others.

        What Material's style sheet keeps, for one, depends on the words in templates: see `lean`.
        """
        prepared, kit = self._prepared, self._kit
        if not changed or kit is None or prepared is None or not isinstance(self._state, OnDemand):
            return None
        folders = kit.plan.templates
        files = dict(kit.files)
        for path in changed:
            sheet = _sheet(path, folders, files)
            if sheet is not None and path.is_file():
                files[sheet] = path.read_bytes()
            elif not _is_of_pages(path, folders):
                return None
        is_style = all(path.suffix == ".css" for path in changed)
        renderer = self._kept.renderer if is_style else Renderer(folders)
        self._kit = replace(kit, files=files)
        self._kept = replace(self._kept, renderer=renderer)
        self._prepared = replace(prepared, renderer=renderer)
        self._state = OnDemand(self._kit, self._prepared)
        self._restyled |= frozenset(changed)
        return Refreshed(self._problems(), renewed=True, styles_only=is_style, unfinished=True)

    def _follow(self, kit: Kit, records: frozenset[str] | None) -> Refreshed:
        """Read records, and show the site if nothing is wrong with them.

        Args:
            kit: what their pages are put into.
            records: their paths, relative to the content folder; None for all.
        """
        self._pending = None
        plan = kit.plan
        self._tree = _reread(self._tree, plan.content, records) or read_tree(plan.content)
        tree = self._tree
        try:
            prepared = prepare(
                tree.files, plan.settings, plan.templates, drafts=True, policy=plan.policy, kept=self._kept
            )
        except Exception as error:  # noqa: BLE001  # whatever it is, the preview goes on
            return Refreshed(faults.build(error, plan.content))
        known = self._kept.known or {}
        known = {one: known[one] for one in tree.files.items() if one in known}
        self._kept = replace(self._kept, known=known, former=prepared.resolution)
        self._prepared = prepared
        wrong = any(one.is_error for one in (*tree.diagnostics, *prepared.found))
        if wrong or records is None:
            return self._check(kit, prepared, tree)
        soon = tuple(check_some(prepared.graph, records, prepared.policy))
        if soon:
            return self._check(kit, prepared, tree)
        self._checked = tuple(one for one in self._checked if one.span.path not in records and not one.is_error)
        self._state = OnDemand(kit, prepared)
        self._pending = lambda: self._check(kit, prepared, tree, self._hasten)
        return Refreshed(self._problems(), renewed=True, unfinished=True)

    def _check(self, kit: Kit, prepared: Prepared, tree: Tree, between: Callable[[], None] = lambda: None) -> Refreshed:
        """Go through all rules, and show the site if none finds an error."""
        found = tuple(check(prepared.graph, prepared.policy, between=between))
        self._pending = None
        self._checked = found
        before = self._state
        if any(one.is_error for one in (*tree.diagnostics, *prepared.found, *found)):
            self._state = self._good
        elif isinstance(before, OnDemand) and before.is_of(kit, prepared):
            self._good = before
            if _leads_nowhere(kit, before):
                self._good = self._detour(before)
        else:
            self._state = self._good = OnDemand(kit, prepared)
            if _leads_nowhere(kit, self._state):
                self._detour(self._state)
        return Refreshed(self._problems(), renewed=self._state is not before)

    def _hasten(self) -> None:
        if self._hurried:
            raise _Hurry

    def _problems(self) -> Problems:
        prepared, tree = self._prepared, self._tree
        found = (*tree.diagnostics, *(prepared.found if prepared is not None else ()), *self._checked)
        files = {**tree.files, **dict(_others(found, tree.files, self._folder)), **self._said.files}
        return Problems((*found, *self._said.diagnostics), files, self._folder)

    # The long way

    def _detour(self, state: Site) -> Site:
        """Show the site as MkDocs makes it, where a page cannot be made by itself."""
        with faults.Ear() as ear:
            try:
                config = shell.open_config(self._config_file)
                plugin = _plugin(config)
                whole, problems = _build(config, plugin, ear)
            except Exception as error:
                raise UnrenderableError(faults.build(error, self._folder, ear.errors)) from error
        if whole is None:
            raise UnrenderableError(problems)
        if self._state is state:
            self._state = whole
            said = tuple(one for one in problems.diagnostics if one.rule == faults.MKDOCS)
            self._said = replace(self._said, diagnostics=said, files=problems.files)
        return whole

    def _show_whole(self, config: MkDocsConfig, plugin: NutgrafPlugin, ear: faults.Ear) -> Refreshed:
        state, problems = _build(config, plugin, ear)
        if state is None:
            return Refreshed(problems)
        former, self._state = self._state, state
        self._good = state
        return Refreshed(problems, renewed=former != state, styles_only=_only_styles_differ(former, state))


def _plugin(config: MkDocsConfig) -> NutgrafPlugin:
    plugin = config.plugins.get("nutgraf")
    if not isinstance(plugin, NutgrafPlugin):
        raise MisuseError("Config value 'plugins': it does not name `nutgraf`", "Write it below `plugins:`.")
    return plugin


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


def _sheet(path: Path, templates: Collection[Path], files: Collection[str]) -> str | None:
    """Return where a site has the style sheet that lies in a folder of templates; None for other files."""
    if path.suffix != ".css":
        return None
    below = (path.relative_to(folder / "theme") for folder in templates if path.is_relative_to(folder / "theme"))
    name = next(below, None)
    if name is None:
        return None
    wanted = re.compile(rf"{re.escape(name.with_suffix('').as_posix())}(?:\.[0-9a-f]{{8,}})?(?:\.min)?\.css")
    return next((one for one in files if wanted.fullmatch(one)), None)


def _is_of_pages(path: Path, templates: Collection[Path]) -> bool:
    """Tell whether a file is a template of a page, and not of the theme, of wording or of anything else."""
    return path.suffix == ".html" and any(
        path.is_relative_to(folder / part) for folder in templates for part in ("pages", "parts")
    )


def _leads_nowhere(kit: Kit, state: Site) -> bool:
    """Tell whether a page written by hand names a page or an anchor that there is not."""
    return isinstance(state, OnDemand) and leads_nowhere(kit.skeleton, state.anchors(kit.skeleton.named))


def _styles_only(former: Kit, kit: Kit, changed: Collection[Path] | None) -> bool:
    """Tell whether nothing but style sheets changed, and pages name them as before: names may have hashes."""
    sheets = bool(changed) and all(path.suffix == ".css" for path in changed or ())
    return sheets and (former.plan, former.skeleton.frames) == (kit.plan, kit.skeleton.frames)


def _build(config: MkDocsConfig, plugin: NutgrafPlugin, ear: faults.Ear) -> tuple[Whole | None, Problems]:
    """Build the whole site, in a folder that is gone afterwards."""
    from mkdocs.commands.build import build  # noqa: PLC0415 - only here

    checked = plugin.check(config, drafts=True)
    folder = Path(config.docs_dir)
    files = {**checked.files, **dict(_others(checked.diagnostics, checked.files, folder))}
    problems = Problems(checked.diagnostics, files, folder)
    if not checked.ok:
        return None, problems
    config.strict = False  # what stops a strict build is shown as a warning
    with tempfile.TemporaryDirectory(prefix="nutgraf-", ignore_cleanup_errors=True) as temporary:
        config.site_dir = str(Path(temporary, "site"))
        plugin.checked, plugin.published = checked, Path(config.site_dir)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
        published = dict(_contents(Path(config.site_dir)))
    for warning in _leaks(folder, Path(config.config_file_path), published):
        problems = replace(problems, diagnostics=(*problems.diagnostics, warning))
    said = faults.warnings(ear.warnings, folder, Path(config.config_file_path))
    problems = replace(
        problems, diagnostics=(*problems.diagnostics, *said.diagnostics), files={**problems.files, **said.files}
    )
    stories = checked.prepared.graph.stories
    drafts = frozenset(story(name) for name, one in stories.items() if one.status is StoryStatus.DRAFT)
    return Whole(published, shell.base_path(config.site_url), drafts), problems


def _contents(site: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site)
        if path.is_file() and not any(part.startswith(".") for part in name.parts):
            yield name.as_posix(), path.read_bytes()


def _only_styles_differ(former: Site, state: Whole) -> bool:
    if not isinstance(former, Whole) or (former.base, former.drafts) != (state.base, state.drafts):
        return False
    paths = former.files.keys() | state.files.keys()
    differing = [path for path in paths if former.files.get(path) != state.files.get(path)]
    return bool(differing) and all(path.endswith(".css") for path in differing)


def _others(
    diagnostics: Collection[Diagnostic], known: Mapping[str, bytes], folder: Path
) -> Iterator[tuple[str, bytes]]:
    """Yield the files that complaints are about and that are not among the records: wording, for one."""
    spans = [one.span for one in diagnostics]
    spans += [other.span for one in diagnostics for other in one.related]
    for path in {span.path for span in spans} - known.keys():
        try:
            file = folder / path
            if file.is_file() and file.stat().st_size <= MAX_BYTES:
                yield path, file.read_bytes()
        except (OSError, ValueError):
            continue


# Links that lead out


def _leaks(folder: Path, config_file: Path, published: dict[str, bytes]) -> Iterator[Diagnostic]:
    """Take out of a site what links in the content folder bring in from outside the project, and warn of each.

    MkDocs follows them, so a link in a pull request could put a private file of this machine on a page.
    """
    inside = [Path(os.path.realpath(folder)), Path(os.path.realpath(config_file)).parent]
    for link in _links(folder):
        target = Path(os.path.realpath(folder / link))
        if any(target.is_relative_to(one) for one in inside):
            continue
        page = link.with_suffix("")
        page = page.parent if page.name in {"index", "README"} else page
        for path in [one for one in published if _is_below(one, link) or _is_below(one, page)]:
            del published[path]
        headline = "Link leads out of the project, and is not shown"
        advice = "A build would publish what it leads to. Put the file itself here."
        yield Diagnostic("link-outside", headline, Span(link.as_posix()), Severity.WARNING, advice)


def _is_below(path: str, folder: PurePosixPath) -> bool:
    return folder.name != "" and PurePosixPath(path).is_relative_to(folder)


def _links(folder: Path) -> Iterator[PurePosixPath]:
    for place, folders, files in os.walk(folder):
        for name in sorted((*folders, *files)):
            path = Path(place, name)
            if path.is_symlink():
                yield PurePosixPath(path.relative_to(folder).as_posix())


# What is watched

_INHERIT: Final = re.compile(r"^INHERIT:\s*['\"]?([^'\"#\n]+)", re.MULTILINE)


def _watched(config: MkDocsConfig, plugin: NutgrafPlugin) -> Iterator[Path]:
    yield from _configurations(Path(config.config_file_path))
    yield Path(config.docs_dir)
    yield plugin.templates
    yield from template_folders(plugin.templates)
    if config.theme.custom_dir:
        yield Path(config.theme.custom_dir)
    yield from (Path(path) for path in config.watch)


def _configurations(file: Path) -> Iterator[Path]:
    """Yield mkdocs.yml and those that it inherits from."""
    seen: set[Path] = set()
    while file not in seen:
        seen.add(file)
        yield file
        try:
            found = _INHERIT.search(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return
        if found is None:
            return
        file = Path(os.path.normpath(file.parent / found[1].strip()))
