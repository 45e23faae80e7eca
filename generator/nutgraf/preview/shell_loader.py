"""What mkdocs.yml, templates and pages written by hand come to: a kit, made here or in a process of its own.

MkDocs takes a second for one. In a thread, that would slow down what browsers ask for meanwhile; and a process can be
ended as soon as a newer change makes its shell stale.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from nutgraf.errors import UsageError
from nutgraf.preview import error_diagnostics
from nutgraf.preview.lazy_site import ShellBundle
from nutgraf.preview.problems import Problems
from nutgraf.preview.symlink_guard import leaks
from nutgraf.template_dirs import template_folders
from nutgraf.theme import mkdocs_adapter
from nutgraf.theme.export import plan_of
from nutgraf.theme.log_capture import LogCapture
from nutgraf.theme.plugin import NutgrafPlugin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig


@dataclass(frozen=True, slots=True)
class ShellResult:
    """What came of it.

    Attributes:
        bundle: None where there is none.
        problems: why there is none, or else what MkDocs complained of.
        watched: the files and folders that the site is made of; None where mkdocs.yml cannot be used.
        fallback: whether there is none because MkDocs has to render all pages.
    """

    bundle: ShellBundle | None
    problems: Problems
    watched: tuple[Path, ...] | None = None
    fallback: bool = False


def make(config_file: Path) -> ShellResult:
    """Make the kit of a site.

    Args:
        config_file: its mkdocs.yml.

    Returns:
        The shell, or why there is none; nothing is raised.
    """
    with LogCapture() as log:
        heard: list[str] = []
        try:
            config, plugin = opened(config_file, heard)
        except UsageError as error:
            return ShellResult(None, error_diagnostics.configuration(error, config_file))
        except Exception as error:  # noqa: BLE001  # a hook, a plugin: whatever it is, the preview goes on
            return ShellResult(None, error_diagnostics.build(error, config_file.parent, log.errors))
        watched = tuple(_watched(config, plugin))
        folder = Path(config.docs_dir)
        try:
            if plan_of(config, plugin).fallback:
                return ShellResult(None, Problems(), watched, fallback=True)
            bundle = ShellBundle.of(config, plugin, heard)
        except Exception as error:  # noqa: BLE001  # the same
            return ShellResult(None, error_diagnostics.build(error, folder, log.errors, (plugin.templates,)), watched)
    leading_out = tuple(leaks(folder, bundle.plan.config_file, bundle.files))
    said = error_diagnostics.warnings(bundle.shell.warnings, folder, bundle.plan.config_file)
    return ShellResult(bundle, replace(said, diagnostics=(*leading_out, *said.diagnostics)), watched)


def opened(config_file: Path, heard: list[str] | None = None) -> tuple[MkDocsConfig, NutgrafPlugin]:
    """Read mkdocs.yml, and return our plugin in it, too; `heard` gets what MkDocs warns of.

    Raises:
        UsageError: it cannot be used.
        Exception: whatever a hook or a plugin raises.
    """
    config = mkdocs_adapter.open_config(config_file, heard)
    plugin = config.plugins.get("nutgraf")
    if not isinstance(plugin, NutgrafPlugin):
        raise UsageError("Config value 'plugins': it does not name `nutgraf`", "Write it below `plugins:`.")
    plugin.require(config)
    return config, plugin


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
