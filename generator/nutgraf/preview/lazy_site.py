"""A site whose files are made when they are asked for: the same as a build would write."""

from __future__ import annotations

import html
import tempfile
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from nutgraf.build.page_writer import SURROGATES, search_json
from nutgraf.build.sitemap_and_search import build_date, search_index, site_map, site_map_files
from nutgraf.preview.etag import tag
from nutgraf.theme import mkdocs_adapter
from nutgraf.theme.export import INDEX, SITE_MAP, ExportedShell, Plan, export_shell, pages_named_by_title, plan_of
from nutgraf.theme.page_shell import UnsupportedPageError
from nutgraf.views.address import story
from nutgraf.views.kinds import kind_at
from nutgraf.views.social_card import FOLDER, CardView, site_card

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from mkdocs.config.defaults import MkDocsConfig

    from nutgraf.rendering.renderer import RenderedPage
    from nutgraf.site import LoadedSite
    from nutgraf.theme.plugin import NutgrafPlugin

_PAGE: Final = "index.html"


@dataclass(frozen=True)
class ShellBundle:
    """What pages are put into: all of a site but its records.

    Attributes:
        plan: what mkdocs.yml says.
        shell: with frames.
        files: the bytes of its files, by path.
        titles: of pages that are the same whatever the content, as far as asked for.
    """

    plan: Plan
    shell: ExportedShell
    files: dict[str, bytes]
    titles: dict[str, str] = field(default_factory=dict)

    @cached_property
    def assets(self) -> Mapping[str, str]:
        """The tags of its style sheets and scripts, by path."""
        return assets_in(self.files)

    @classmethod
    def of(cls, config: MkDocsConfig, plugin: NutgrafPlugin, heard: Sequence[str] = ()) -> ShellBundle:
        """Make the kit of a site; its configuration is good for nothing else afterwards.

        Args:
            config: of the site.
            plugin: ours, in it.
            heard: what MkDocs complained of when it read the configuration.

        Raises:
            Exception: whatever MkDocs or a template raises.
        """
        plan = plan_of(config, plugin)
        with tempfile.TemporaryDirectory(prefix="nutgraf-", ignore_cleanup_errors=True) as temporary:
            shell = export_shell(config, plugin, Path(temporary), heard)
            return cls(plan, shell, {path: Path(temporary, path).read_bytes() for path in shell.files})


def assets_in(files: Mapping[str, bytes]) -> Mapping[str, str]:
    """Return the tags of the style sheets and scripts among some files, by path."""
    return {path: tag(body) for path, body in files.items() if path.endswith((".css", ".js", ".mjs"))}


class LazySite:
    """A site in one state of its content; what was made stays as it is."""

    def __init__(
        self, bundle: ShellBundle, loaded_site: LoadedSite, pause: Callable[[LazySite], None] = lambda _: None
    ) -> None:
        """Take all that pages are made of.

        Args:
            bundle: what they are put into.
            loaded_site: what they are rendered from.
            pause: is called between two steps of what takes all pages, and may raise to end it.
        """
        self._bundle = bundle
        self._loaded_site = loaded_site
        self._pause = pause
        self._pages: dict[str, RenderedPage] = {}
        self._made: dict[str, bytes | None] = {}

    def changed_to(self, bundle: ShellBundle, loaded_site: LoadedSite) -> LazySite:
        """Return another state, for which nothing is rendered again that would be rendered from the same."""
        other = LazySite(bundle, loaded_site, self._pause)
        if loaded_site is self._loaded_site:
            other._pages = self._pages
        return other

    @property
    def base(self) -> str:
        """The path below which the site stands, as in `site_url`: "/", or "/desk/"."""
        return mkdocs_adapter.base_path(self._bundle.plan.settings.site_url)

    @property
    def drafts(self) -> Mapping[str, str]:
        """Why a build leaves out some of the pages, by their address relative to the site."""
        return self._loaded_site.unpublished

    @property
    def assets(self) -> Mapping[str, str]:
        """The tags of style sheets and scripts, by path relative to the site."""
        return self._bundle.assets

    def is_urgent(self, path: str) -> bool:
        """Tell whether a file is one that somebody waits for who looks at a page: not what is made of all pages."""
        return path.endswith(".html") or (path in self._bundle.files and path != INDEX)

    def is_of(self, bundle: ShellBundle, loaded_site: LoadedSite) -> bool:
        """Tell whether it is that state of a site."""
        return self._bundle is bundle and self._loaded_site is loaded_site

    def anchors(self, addresses: Iterable[str]) -> dict[str, frozenset[str]]:
        """Return the anchors of pages, by address; those that there are not are left out."""
        return {where: self._page(where).anchors for where in addresses if where in self._addresses}

    def samples(self) -> Iterator[str]:
        """Yield the path of a page of each kind, of stories the shortest."""
        graph = self._loaded_site.graph
        stories = sorted(graph.stories, key=lambda name: len(graph.in_story(name)))
        kinds: set[tuple[str, int]] = set()
        for where in (*map(story, stories), *self._addresses):
            kind = where.partition("/")[0], where.count("/")
            if kind not in kinds and where in self._addresses:
                kinds.add(kind)
                yield f"{where}{_PAGE}"

    def file(self, path: str) -> bytes | None:
        """Return a file; None where the site has none at that path.

        Raises:
            UnsupportedPageError: a page does not fit into its frame.
            Exception: whatever a template raises.
        """
        if path not in self._made:
            self._made[path] = self._make(path)
        return self._made[path]

    def _make(self, path: str) -> bytes | None:
        shell, files = self._bundle.shell, self._bundle.files
        if path in shell.titled:
            return shell.titled[path].name(self._titles).encode(errors=SURROGATES)
        if path in files:
            return self._index(files[path]) if path == INDEX else files[path]
        if path.endswith(_PAGE) and path.removesuffix(_PAGE) in self._addresses:
            page = self._page(path.removesuffix(_PAGE))
            return shell.frames.render(page, self._titles).encode(errors=SURROGATES)
        return self._other(path)

    def _other(self, path: str) -> bytes | None:
        if path in {SITE_MAP, f"{SITE_MAP}.gz"}:
            return self._site_map.get(path)
        if path.startswith(FOLDER):
            return self._card(path)
        told = self._loaded_site.output(path)
        return told.encode() if told is not None else None

    def _index(self, written: bytes) -> bytes:
        return search_index(written, self._hits()).encode()

    def _hits(self) -> Iterator[str]:
        for where in self._addresses:
            self._pause(self)
            yield search_json(self._loaded_site.search_entries(where))

    def _page(self, where: str) -> RenderedPage:
        if where not in self._pages:
            self._pages[where] = self._loaded_site.render(where)
        return self._pages[where]

    @cached_property
    def _addresses(self) -> dict[str, None]:
        return {where: None for where in self._loaded_site.pages() if f"{where}{_PAGE}" not in self._bundle.files}

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        """The titles that the navigation names. Those of pages of which there is one are the same for all content."""
        kept = self._bundle.titles
        for where in pages_named_by_title(self._bundle.shell):
            if where not in kept or not kind_at(where)[0].is_single:
                kept[where] = self._page(where).title
            if html.escape(kept[where]) != kept[where]:
                raise UnsupportedPageError(where)
        return kept

    @cached_property
    def _site_map(self) -> Mapping[str, bytes]:
        days = {where: self._loaded_site.modified(where) for where in self._addresses}
        dates = {where: day.isoformat() for where, day in days.items() if day is not None}
        today = build_date(self._loaded_site.newest)
        address = self._bundle.plan.settings.site_url
        text = site_map(self._bundle.shell, address, [*self._addresses], dates, today)
        return site_map_files(text, [today, *dates.values()])

    def _card(self, path: str) -> bytes | None:
        if not self._bundle.plan.settings.site_url:
            return None
        view = next((one for one in self._cards_named(path) if one.path == path), None)
        if view is None:
            return None
        from nutgraf.social_cards.draw import CardPainter  # noqa: PLC0415 - Pillow is needed here alone

        return CardPainter.of(self._loaded_site.templates).draw(view)

    def _cards_named(self, path: str) -> Iterator[CardView]:
        yield site_card(self._bundle.plan.settings.site_name)
        name = path.removeprefix(FOLDER).partition("--")[0]
        own = self._page(story(name)).card if name in self._loaded_site.graph.stories else None
        if own is not None:
            yield own
