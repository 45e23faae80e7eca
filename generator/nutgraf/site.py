"""The whole way on one screen: files in, finished pages out.

tree ─ load ─> content ─ resolve ─> graph ─ check ─> diagnostics
└─ view ─ render ─> page
"""

from __future__ import annotations

import datetime
import os
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from nutgraf.checks.policy import Policy
from nutgraf.errors import UsageError
from nutgraf.glossary import finder_of, mentions_of, published
from nutgraf.graph import Graph, Resolution, resolve
from nutgraf.loading.content import load
from nutgraf.loading.other_files import Beside
from nutgraf.model import StoryStatus
from nutgraf.rendering.renderer import RenderedPage, Renderer
from nutgraf.views import OUTPUTS, Settings, ViewContext, addresses, modified, outputs, view
from nutgraf.views.collisions import collisions
from nutgraf.views.kinds import search_entries_of
from nutgraf.views.unpublished import unpublished
from nutgraf.wording import ReadLanguage, Wording, read_language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from nutgraf.diagnostics import Diagnostic
    from nutgraf.loading.content import FileCache
    from nutgraf.model import Story
    from nutgraf.views.search_entries import SearchEntry

__all__ = [
    "UNDATED",
    "LoadedSite",
    "Settings",
    "language_of",
    "prepare",
    "without_undated",
]

EPOCH: Final = "SOURCE_DATE_EPOCH"
UNDATED: Final = datetime.date(1980, 1, 1)
"""The date of a build whose content has none: the same on any day, and not one that a page could have. It is the first
that all formats of files know."""


def without_undated(site_map: str) -> str:
    """Return a site map that does not say `UNDATED` of a page."""
    return site_map.replace(f"<lastmod>{UNDATED}</lastmod>", "")


@dataclass(frozen=True)
class LoadedSite:
    """A site that is loaded and checked, ready to render page by page.

    Attributes:
        graph: what there is to check.
        found: what is wrong with the files, and with what they point to.
        settings: what the pages need to know of the site.
        templates: folders of templates, those searched first in front.
        wording: the language, unless its file is broken.
        policy: what the site wants checked.
        renderer: its templates, compiled; None for those of `templates`.
        resolution: where `graph` is from.
        drafts: whether all of it is shown, as in a preview, and not only what is published.
        now: when it is built, aware of its zone.
        own_context: all that pages may use; None for that of `graph`.
    """

    graph: Graph
    found: tuple[Diagnostic, ...]
    settings: Settings
    templates: tuple[Path, ...]
    wording: Wording | None
    policy: Policy
    renderer: Renderer | None = None
    resolution: Resolution | None = None
    drafts: bool = False
    now: datetime.datetime = field(default_factory=lambda: build_time())  # noqa: PLW0108 - it is below
    own_context: ViewContext | None = None

    @property
    def embargo_notices(self) -> tuple[str, ...]:
        """The stories under embargo, and until when, in words for the terminal."""
        return tuple(
            f"{name} until {one.publish_after}"
            for name, one in sorted(self.held_back.items())
            if one.status is not StoryStatus.DRAFT
        )

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All that is wrong, in no particular order."""
        return (*self.found, *self.checked())

    def checked(self) -> tuple[Diagnostic, ...]:
        """Return what the rules find."""
        # They take a while to import: where another process checks, pages are begun without.
        from nutgraf.checks.runner import check  # noqa: PLC0415

        return tuple(check(self.graph, self.policy))

    @property
    def ok(self) -> bool:
        """Tell whether it may be published."""
        return not any(one.is_error for one in self.diagnostics)

    @cached_property
    def context(self) -> ViewContext:
        """All that a page may draw on.

        Raises:
            ValueError: the wording file is broken; `diagnostics` say how.
        """
        if self.own_context is not None:
            return self.own_context
        if self.wording is None:
            message = "a site without wording has no pages"
            raise ValueError(message)
        graph = self.shown
        return ViewContext(graph, mentions_of(graph), finder_of(graph), self.wording, self.settings)

    @cached_property
    def shown(self) -> Graph:
        """What pages are made of: all that is published, or all that there is in a preview."""
        return self.graph if self.drafts else published(self.graph)

    @cached_property
    def held_back(self) -> Mapping[str, Story]:
        """The stories that a build at this time leaves out, by id: drafts, and those under embargo."""
        every = {**self.graph.stories, **self.graph.held}
        return {name: one for name, one in every.items() if one.is_held_back(self.now)}

    @cached_property
    def unpublished(self) -> Mapping[str, str]:
        """Why a build leaves out some of the pages, by their address."""
        return unpublished(self.graph, self.held_back, self.context.wording)

    @property
    def embargoes(self) -> tuple[datetime.datetime, ...]:
        """The times after which stories are published or were, in order."""
        stories = (*self.graph.stories.values(), *self.graph.held.values())
        return tuple(sorted({one.publish_after.moment for one in stories if one.publish_after is not None}))

    def pages(self) -> tuple[str, ...]:
        """Return the addresses of all pages."""
        return addresses(self.shown)

    def render(self, address: str) -> RenderedPage:
        """Render one page, from the graph and its address alone."""
        return self._renderer.render(address, self.context)

    def search_entries(self, address: str) -> tuple[SearchEntry, ...]:
        """Return what the search finds on a page, without rendering it."""
        return tuple(search_entries_of(view(address, self.context), self.context))

    def with_renderer(self, renderer: Renderer) -> LoadedSite:
        """Return the same site with other templates; what pages draw on stays."""
        return replace(self, renderer=renderer, own_context=self.context)

    def preload(self, *, templates: bool = True) -> None:
        """Work out what all pages draw on, before there are several processes that would each have to.

        Args:
            templates: whether templates are among that; each takes some ten milliseconds.
        """
        context, graph = self.context, self.shown
        _ = context.mentions.by_entity, context.mentions.by_term, context.mentions.counts
        _ = (
            graph.by_source,
            graph.citing,
            graph.by_asserter,
            graph.by_relation,
            graph.dependents,
            graph.published_by,
            graph.redirects,
        )
        if templates:
            self._renderer.preload()

    def outputs(self) -> dict[str, str]:
        """Return the text of each file that is no page: what is for other programs, and what leads on to a page.

        Returns:
            Text by the path of its file, relative to the site's root.
        """
        return {**outputs.rendered(self.context), **dict(self._renderer.redirects(self.context))}

    def output(self, path: str) -> str | None:
        """Return the text of one of the files of `data`, without making the others; None where there is none."""
        if path in OUTPUTS:
            return OUTPUTS[path](self.context)
        return self._renderer.redirect(path, self.context) if path.endswith(".html") else None

    def modified(self, address: str) -> datetime.date | None:
        """Return when the facts of a page were last changed, as that page would say, without rendering it."""
        return modified(address, self.context)

    @cached_property
    def _renderer(self) -> Renderer:
        return self.renderer or Renderer(self.templates)

    @property
    def newest(self) -> datetime.date:
        """The newest date in the content that says when something was known or changed; the build's own date."""
        stories = self.shown.stories.values()
        days = [story.as_of for story in stories if story.as_of]
        days += [revision.date for story in stories for revision in story.revisions]
        return max(days, default=UNDATED)


@dataclass(frozen=True, slots=True)
class PreviousState:
    """What need not be done again for each change of content.

    Attributes:
        known: files that were read; what is read is added.
        former: the last resolution.
        language: the wording.
        renderer: the templates.
    """

    known: FileCache | None = None
    former: Resolution | None = None
    language: ReadLanguage | None = None
    renderer: Renderer | None = None


def prepare(  # noqa: PLR0913 - each is needed by some, and named
    tree: Mapping[str, bytes],
    settings: Settings,
    templates: Sequence[Path],
    *,
    drafts: bool = False,
    policy: Policy | None = None,
    kept: PreviousState | None = None,
    beside: Beside | None = None,
) -> LoadedSite:
    """Load and resolve a tree of content files, to be checked and rendered.

    Args:
        tree: bytes by path, relative to the content folder.
        settings: of the site.
        templates: folders of templates; what is found in an earlier one counts.
        drafts: whether drafts are shown, as in a preview.
        policy: what the site wants checked; the usual if there is none. Its language is that of `settings`.
        kept: what is still good from the last time.
        beside: what else there is in the folder; nothing if it is left out.

    Raises:
        UsageError: SOURCE_DATE_EPOCH is no time.
    """
    now, beside = build_time(), beside or Beside()
    policy = replace(policy or Policy(), locale=settings.locale)
    kept = kept or PreviousState()
    language = kept.language or language_of(templates, settings.locale)
    loaded = load(tree, kept.known)
    resolution = resolve(loaded, drafts=drafts, now=now, named=beside.named, former=kept.former)
    return LoadedSite(
        graph=resolution.graph,
        found=(
            *language.diagnostics,
            *loaded.diagnostics,
            *resolution.diagnostics,
            *collisions(resolution.graph, beside.files, has_address=bool(settings.site_url)),
        ),
        settings=settings,
        templates=tuple(templates),
        wording=Wording(language.language) if language.language else None,
        policy=policy,
        renderer=kept.renderer,
        resolution=resolution,
        drafts=drafts,
        now=now,
    )


def build_time() -> datetime.datetime:
    """Return when a site is built, in UTC: what the environment says, else the clock.

    See https://reproducible-builds.org/specs/source-date-epoch/.

    Raises:
        UsageError: the environment says something that is no time.
    """
    given = os.environ.get(EPOCH)
    if given is None:
        return datetime.datetime.now(datetime.UTC)
    try:
        return datetime.datetime.fromtimestamp(int(given), datetime.UTC)
    except (ValueError, OverflowError, OSError) as error:
        message = f"SOURCE_DATE_EPOCH must be a number of seconds since 1970, not `{given}`"
        raise UsageError(message, "Correct or unset this environment variable.") from error


def language_of(templates: Sequence[Path], locale: str) -> ReadLanguage:
    """Read the wording of a locale.

    Args:
        templates: folders of templates, those that win in front.
        locale: such as `en`.
    """
    return read_language(_wording_files(templates, locale))


def _wording_files(templates: Sequence[Path], locale: str) -> list[tuple[str, bytes]]:
    name = f"wording/{locale}.yml"
    found = [folder / name for folder in reversed(templates) if (folder / name).is_file()]
    return [(f"../templates/{name}", path.read_bytes()) for path in found]
