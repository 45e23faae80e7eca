"""A site in memory that follows its files."""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, Protocol, cast
from urllib.parse import urlsplit

from nutgraf import shell
from nutgraf.assets import template_folders
from nutgraf.diagnostics import Diagnostic, Severity, Span
from nutgraf.loading.source import MAX_BYTES
from nutgraf.misuse import MisuseError
from nutgraf.model import StoryStatus
from nutgraf.pages.address import story
from nutgraf.preview import faults
from nutgraf.preview.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from mkdocs.config.defaults import MkDocsConfig

    from nutgraf.shell import Checked


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What came of reading the files again.

    Attributes:
        problems: what is wrong now. With an error among them, what is shown stays the last good state.
        renewed: whether another state is shown than before, so that a page may look otherwise.
        styles_only: whether nothing but style sheets differs in it.
    """

    problems: Problems
    renewed: bool = False
    styles_only: bool = False


class Plugin(Protocol):
    """What is asked of the plugin `nutgraf`, which is a sibling of this package and unknown to it."""

    checked: Checked | None
    published: Path | None

    @property
    def templates(self) -> Path:
        """The site's own templates."""

    def require(self, config: MkDocsConfig) -> None:
        """Make sure that the pages fit into the site."""

    def check(self, config: MkDocsConfig, *, drafts: bool) -> Checked:
        """Load and check the content."""


@dataclass(frozen=True, slots=True)
class _State:
    """A site that is shown; never changed, only replaced."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    base: str = "/"
    drafts: frozenset[str] = frozenset()


class Live:
    """A site in memory that follows its files.

    `refresh` is called from one thread. `file`, `base`, `drafts` and `watched` may be asked from another meanwhile, and
    answer from the last good state.
    """

    def __init__(self, config_file: Path) -> None:
        """Begin with nothing to show, until `refresh`.

        Args:
            config_file: the mkdocs.yml of the site.
        """
        self._config_file = config_file.absolute()
        self._state = _State()
        self._watched: tuple[Path, ...] = (self._config_file,)

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
        return self._state.files.get(path)

    def refresh(self, changed: Collection[Path] | None = None) -> Refreshed:  # noqa: ARG002
        """Read the files again, and show what they say if it can be shown.

        Args:
            changed: the files that may differ from when they were read last; None for all.

        Returns:
            What came of it; whatever is wrong with the files is told there, and never raised.
        """
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
                state, problems = _build(config, plugin, ear)
            except Exception as error:  # noqa: BLE001  # the same
                return Refreshed(faults.build(error, folder, ear.errors))
        if state is None:
            return Refreshed(problems)
        former, self._state = self._state, state
        return Refreshed(problems, renewed=former != state, styles_only=_styles_only(former, state))


def _plugin(config: MkDocsConfig) -> Plugin:
    plugin = config.plugins.get("nutgraf")
    if plugin is None:
        raise MisuseError("Config value 'plugins': it does not name `nutgraf`", "Write it below `plugins:`.")
    return cast("Plugin", plugin)


def _build(config: MkDocsConfig, plugin: Plugin, ear: faults.Ear) -> tuple[_State | None, Problems]:
    """Build the whole site, in a folder that is gone afterwards."""
    from mkdocs.commands.build import build  # noqa: PLC0415 - for as long as this is how pages are made

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
    for warning in _leaks(config, published):
        problems = replace(problems, diagnostics=(*problems.diagnostics, warning))
    said = faults.warnings(ear.warnings, folder, Path(config.config_file_path))
    problems = replace(
        problems, diagnostics=(*problems.diagnostics, *said.diagnostics), files={**problems.files, **said.files}
    )
    stories = checked.prepared.graph.stories
    drafts = frozenset(story(name) for name, one in stories.items() if one.status is StoryStatus.DRAFT)
    return _State(published, _base(config), drafts), problems


def _contents(site: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site)
        if path.is_file() and not any(part.startswith(".") for part in name.parts):
            yield name.as_posix(), path.read_bytes()


def _base(config: MkDocsConfig) -> str:
    path = urlsplit(config.site_url or "").path.strip("/")
    return f"/{path}/" if path else "/"


def _styles_only(former: _State, state: _State) -> bool:
    if (former.base, former.drafts) != (state.base, state.drafts):
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


def _leaks(config: MkDocsConfig, published: dict[str, bytes]) -> Iterator[Diagnostic]:
    """Take out of a site what links in the content folder bring in from outside the project, and warn of each.

    MkDocs follows them, so a link in a pull request could put a private file of this machine on a page.
    """
    folder = Path(config.docs_dir)
    inside = [Path(os.path.realpath(folder)), Path(os.path.realpath(config.config_file_path)).parent]
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


def _watched(config: MkDocsConfig, plugin: Plugin) -> Iterator[Path]:
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
