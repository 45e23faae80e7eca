"""A site that was built as a whole, by MkDocs, where its pages cannot be rendered one by one."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from nutgraf.errors import UsageError
from nutgraf.preview import error_diagnostics, shell_loader
from nutgraf.preview.lazy_site import assets_in
from nutgraf.preview.problems import Problems, files_named
from nutgraf.preview.symlink_guard import leaks
from nutgraf.theme import mkdocs_adapter
from nutgraf.theme.log_capture import LogCapture

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs.config.defaults import MkDocsConfig

    from nutgraf.theme.plugin import NutgrafPlugin


class Site(Protocol):
    """A site in one state, which is shown and never changed."""

    @property
    def base(self) -> str:
        """The path below which it stands, as in `site_url`: "/", or "/desk/"."""

    @property
    def drafts(self) -> Mapping[str, str]:
        """Why a build leaves out some of the pages, by their address relative to the site."""

    @property
    def assets(self) -> Mapping[str, str]:
        """The tags of style sheets and scripts, by path relative to the site."""

    def is_urgent(self, path: str) -> bool:
        """Tell whether a file is one that somebody waits for who looks at a page."""

    def file(self, path: str) -> bytes | None:
        """Return a file; None where it has none at that path."""


@dataclass(frozen=True)
class StaticSite:
    """A site that was made as a whole: nothing, or what MkDocs built where pages cannot be made one by one."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    base: str = "/"
    drafts: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def assets(self) -> Mapping[str, str]:
        """The tags of style sheets and scripts, by path relative to the site."""
        return assets_in(self.files)

    @staticmethod
    def is_urgent(_path: str) -> bool:
        """Tell that all files are at hand."""
        return True

    def file(self, path: str) -> bytes | None:
        """Return a file; None where it has none at that path."""
        return self.files.get(path)


def build_whole(config_file: Path) -> tuple[StaticSite | None, Problems]:
    """Build a site with MkDocs, in a folder that is gone afterwards.

    Args:
        config_file: its mkdocs.yml.

    Returns:
        The site, None if there are errors; and what is wrong, which is never raised.
    """
    with LogCapture() as log:
        try:
            config, plugin = shell_loader.opened(config_file, log.warnings)
        except UsageError as error:
            return None, error_diagnostics.configuration(error, config_file)
        except Exception as error:  # noqa: BLE001 - a hook, a plugin: whatever it is, the preview goes on
            return None, error_diagnostics.build(error, config_file.parent, log.errors)
        try:
            return _build(config, plugin, log)
        except Exception as error:  # noqa: BLE001 - the same
            return None, error_diagnostics.build(error, Path(config.docs_dir), log.errors)


def _build(config: MkDocsConfig, plugin: NutgrafPlugin, log: LogCapture) -> tuple[StaticSite | None, Problems]:
    from mkdocs.commands.build import build  # noqa: PLC0415 - only here

    checked = plugin.check(config, drafts=True)
    folder = Path(config.docs_dir)
    files = {**checked.files, **dict(files_named(checked.diagnostics, checked.files, folder))}
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
    for warning in leaks(folder, Path(config.config_file_path), published):
        problems = replace(problems, diagnostics=(*problems.diagnostics, warning))
    said = error_diagnostics.warnings(log.warnings, folder, Path(config.config_file_path))
    problems = replace(
        problems, diagnostics=(*problems.diagnostics, *said.diagnostics), files={**problems.files, **said.files}
    )
    return StaticSite(published, mkdocs_adapter.base_path(config.site_url), checked.loaded_site.unpublished), problems


def _contents(site: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site)
        if path.is_file() and not any(part.startswith(".") for part in name.parts):
            yield name.as_posix(), path.read_bytes()
