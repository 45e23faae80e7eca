"""Asks MkDocs and Material once for all that is not a record: the shell of each page kind, assets, pages by hand.

The shell depends on mkdocs.yml, on templates and on files in the content folder that are no records. A changed fact
leaves it as it is, and MkDocs, which takes 0.4 s to import, is not asked again.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from nutgraf.loading.content import FOLDERS
from nutgraf.theme.log_capture import LogCapture
from nutgraf.theme.page_shell import NOWHERE, PageShell, ShellSet, stubs_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mkdocs.config.defaults import MkDocsConfig

    from nutgraf.checks.policy import Policy
    from nutgraf.loading.other_files import Excluded
    from nutgraf.theme.plugin import NutgrafPlugin
    from nutgraf.views import Settings

# MkDocs takes 0.4 s to import. With a shell in the cache it is not needed.
# ruff: noqa: PLC0415


@dataclass(frozen=True, slots=True)
class Plan:
    """What mkdocs.yml says, as far as a site is made without MkDocs.

    Attributes:
        config_file: mkdocs.yml itself.
        settings: for pages.
        policy: for checks.
        content: the folder of the content.
        templates: folders of templates, those that win in front.
        own_templates: the site's own, which need not exist.
        site: the folder to write.
        strict: whether warnings stop a build.
        search: whether the site has a search.
        nav: the pages that the navigation names, as it names them.
        excluded: what is kept out of the site.
        fallback: why pages must be made the long way, each with MkDocs; empty where they need not.
    """

    config_file: Path
    settings: Settings
    policy: Policy
    content: Path
    templates: tuple[Path, ...]
    own_templates: Path
    site: Path
    strict: bool
    search: bool
    nav: tuple[str, ...]
    excluded: Excluded
    fallback: str = ""


@dataclass(frozen=True, slots=True)
class ByHand:
    """A page written by hand.

    Attributes:
        url: its address on the web; None where the site has none.
        path: of its file, relative to the site's root.
    """

    url: str | None
    path: str


@dataclass(frozen=True, slots=True)
class ExportedShell:
    """A site without its records.

    Attributes:
        frames: for their pages.
        files: the paths of the files that it consists of, relative to its folder.
        titled: those of them in which the titles of records' pages stand, by path.
        by_hand: the pages written by hand, in the order of the site map.
        named: the addresses of records' pages that the navigation or a page written by hand names.
        links: the anchors of these that pages written by hand link to, by the address of the page.
        site_map: the theme's template of it; empty where it has none.
        warnings: what MkDocs complained of.
        asked: the paths of records that the navigation or a page written by hand names, whether there are such or not.
    """

    frames: ShellSet
    files: tuple[str, ...]
    titled: Mapping[str, PageShell]
    by_hand: tuple[ByHand, ...]
    named: tuple[str, ...]
    links: Mapping[str, frozenset[str]]
    site_map: str
    warnings: tuple[str, ...]
    asked: tuple[str, ...] = ()


SITE_MAP: Final = "sitemap.xml"
INDEX: Final = "search/search_index.json"


def plan_of(config: MkDocsConfig, plugin: NutgrafPlugin) -> Plan:
    """Return what a configuration says."""
    from nutgraf.template_dirs import template_folders
    from nutgraf.theme import mkdocs_adapter

    return Plan(
        config_file=Path(config.config_file_path),
        settings=plugin.settings(config),
        policy=plugin.policy(),
        content=Path(config.docs_dir),
        templates=template_folders(plugin.templates),
        own_templates=plugin.templates,
        site=Path(config.site_dir),
        strict=bool(config.strict),
        search=bool(mkdocs_adapter.search_languages(config)),
        nav=mkdocs_adapter.nav_pages(config),
        excluded=mkdocs_adapter.excluded(config),
        fallback=_reason_for_fallback(config, plugin),
    )


_OURS: Final = frozenset({"nutgraf", "search", "material/search"})
_STATIC: Final = frozenset({"404.html", SITE_MAP})


def _reason_for_fallback(config: MkDocsConfig, plugin: NutgrafPlugin) -> str:
    """Tell why what stands around a page may depend on the page in ways that nobody here knows of."""
    theme = plugin.templates / "theme"
    features = config.theme.get("features") or []
    foreign = next((name for name in config.plugins if name not in _OURS), None)
    dressed = theme.is_dir() and any(theme.rglob("*.html")) and not _is_bundled(plugin.templates)
    asks = "content.action.view" in features or (config.extra.get("analytics") or {}).get("feedback")
    reasons = (
        (config.hooks, "of `hooks` in mkdocs.yml"),
        (foreign, f"of the plugin {foreign}"),
        (config.theme.name != "material", f"of the theme {config.theme.name}"),
        (config.theme.custom_dir, "of `custom_dir` in mkdocs.yml"),
        (dressed, "the site has templates of the theme of its own"),
        ({*config.theme.static_templates} - _STATIC, "of `static_templates` of the theme"),
        (config.extra_templates, "of `extra_templates` in mkdocs.yml"),
        (asks, "features of the theme ask for more of a page than its text"),
        ("path_noext" in (config.edit_uri_template or ""), "of `edit_uri_template` in mkdocs.yml"),
    )
    return next((reason for applies, reason in reasons if applies), "")


def _is_bundled(templates: Path) -> bool:
    from nutgraf.template_dirs import bundled_templates

    return templates.is_dir() and templates.samefile(bundled_templates())


def export_shell(
    config: MkDocsConfig, plugin: NutgrafPlugin, folder: Path, earlier_warnings: Sequence[str] = ()
) -> ExportedShell:
    """Export the shell of a site into an empty folder.

    Args:
        config: of the site. It is good for nothing else afterwards.
        plugin: ours, in it.
        folder: to write to.
        earlier_warnings: what MkDocs complained of when it read the configuration.

    Raises:
        mkdocs.exceptions.MkDocsException: MkDocs refuses.
        Exception: whatever a template raises.
    """
    from mkdocs.commands.build import build

    asked = _asked(config)
    named = [path for path in asked if (Path(config.docs_dir) / path).is_file()]
    stubs = stubs_for(named)
    plugin.stubs = stubs
    config.site_dir, strict, config.strict = str(folder), config.strict, False
    with LogCapture() as log:
        try:
            config.plugins.on_startup(command="build", dirty=False)
            build(config)
        finally:
            config.plugins.on_shutdown()
            plugin.stubs, config.strict = None, strict
    environment = config.theme.get_env()
    source = environment.loader.get_source(environment, SITE_MAP)[0] if environment.loader else ""
    paths = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file())
    files = tuple(path for path in paths if not path.startswith(SITE_MAP))
    addresses = {number: stub.address for number, stub in enumerate(stubs)}
    framed = {path: PageShell.cut(_text(folder / path), NOWHERE, addresses) for path in files if path.endswith(".html")}
    return ExportedShell(
        frames=ShellSet.cut(stubs, {where: (one.full, one.bare) for where, one in plugin.shells.items()}),
        files=files,
        titled={path: frame for path, frame in framed.items() if frame.slots},
        by_hand=tuple(ByHand(page.canonical_url, page.file.dest_uri) for page in plugin.by_hand),
        named=tuple(f"{path.rpartition('.')[0]}/" for path in named),
        links=_links(plugin),
        site_map=source,
        warnings=(*earlier_warnings, *log.warnings),
        asked=asked,
    )


_RECORD: Final = re.compile(rf"(?:{'|'.join(FOLDERS)})/[\w.-]+\.ya?ml")


def _asked(config: MkDocsConfig) -> tuple[str, ...]:
    """Return the paths of records that the navigation or a page written by hand names."""
    folder = Path(config.docs_dir)
    texts = [json.dumps(config.nav)] if config.nav else []
    texts += [path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.rglob("*.md"))]
    return tuple(dict.fromkeys(found for text in texts for found in _RECORD.findall(text)))


def _text(file: Path) -> str:
    return file.read_bytes().decode()


def _links(plugin: NutgrafPlugin) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for page in plugin.by_hand:
        for file, links in (page.links_to_anchors or {}).items():
            where = file.url if file.url not in {".", "./"} else ""
            if where in plugin.shells:
                found.setdefault(where, set()).update(links)
    return {where: frozenset(anchors) for where, anchors in found.items()}


def pages_named_by_title(shell: ExportedShell) -> frozenset[str]:
    """Return the addresses of the pages whose titles stand in the navigation of others."""
    titled = (where for frame in shell.titled.values() for where in frame.foreign)
    return shell.frames.foreign | frozenset(titled)


def has_broken_link(shell: ExportedShell, anchors: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether a page written by hand, or the navigation, names a page or an anchor that there is not.

    Args:
        shell: of the site.
        anchors: those of the pages that it names, by address.
    """
    known = all(where in anchors for where in (*shell.named, *shell.links))
    return not known or any(wanted - anchors[where] for where, wanted in shell.links.items())
