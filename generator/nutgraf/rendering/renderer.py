"""From a view to HTML: templates place what views hold, and add nothing to it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

import jinja2
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from nutgraf.rendering.template_cache import compiled
from nutgraf.views import view
from nutgraf.views.head_metadata import metadata
from nutgraf.views.kinds import search_entries_of
from nutgraf.views.redirects import redirect_pages
from nutgraf.views.social_card import card
from nutgraf.views.tooltips import entries, note

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Hashable, Iterator, Sequence
    from pathlib import Path

    from markupsafe import Markup

    from nutgraf.views import ViewContext
    from nutgraf.views.head_metadata import Metadata
    from nutgraf.views.redirects import RedirectView
    from nutgraf.views.search_entries import SearchEntry
    from nutgraf.views.social_card import CardView


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page, with those below it.

    Attributes:
        level: 1 to 6.
        id: its anchor.
        title: plain text.
        children: the headings of the next level.
    """

    level: int
    id: str
    title: str
    children: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page without the frame of the site around it.

    Attributes:
        address: relative to the site's root, with a slash at the end; empty for the home page.
        title: plain text. The heading of the page is in `html`.
        description: plain text.
        html: what stands in the page's `article`, its `h1` included.
        toc: the heading of the page, with those below it that have an anchor.
        record: the file that it shows, relative to the content folder; None where it shows many.
        modified: when its facts were last changed, where the content says so.
        kind: "story", "entity" and so on.
        metadata: for the head of the page.
        head: the same as HTML, without blank lines.
        contents: the headings below the first as the items of a list, HTML without blank lines; empty without any.
        hits: what the search finds on it.
        card: the picture that shows when it is shared, where it has one of its own.
    """

    address: str
    title: str
    description: str
    html: str
    toc: tuple[Heading, ...]
    record: str | None
    modified: datetime.date | None
    kind: str
    metadata: Metadata
    head: str
    contents: str
    hits: tuple[SearchEntry, ...]
    card: CardView | None = None

    @property
    def anchors(self) -> frozenset[str]:
        """All anchors of the page."""
        return frozenset(html.unescape(found) for found in _ANCHOR.findall(self.html))


class _Template(jinja2.Template):
    """A template of a page, whose imports depend on nothing but the environment, and are made once."""

    def _get_default_module(self, ctx: jinja2.runtime.Context | None = None) -> jinja2.environment.TemplateModule:  # noqa: ARG002
        # Jinja would compare the globals of both templates for each import of each page: a thirtieth of the time.
        return super()._get_default_module()


class _Environment(Environment):
    template_class = _Template


class Renderer:
    """Renders pages with the templates of some folders."""

    def __init__(self, templates: Sequence[Path]) -> None:
        """Take the folders of templates; what is found in an earlier one counts."""
        self._environment = _Environment(
            loader=FileSystemLoader([str(folder) for folder in templates]),
            auto_reload=False,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=compiled("pages"),
        )
        self._kept: dict[tuple[str, object], Markup] = {}
        self._environment.globals["kept"] = self._keep
        self._notes: WeakKeyDictionary[ViewContext, dict[tuple[str, int], str]] = WeakKeyDictionary()

    def _keep(self, macro: Callable[[object], Markup], view: Hashable) -> Markup:
        """Return what a macro makes of a part of a view: for parts that stand on many pages.

        Args:
            macro: of a template, with no argument but the view.
            view: frozen.
        """
        key = (getattr(macro, "name", ""), view)
        if key not in self._kept:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[key] = macro(view)
        return self._kept[key]

    def preload(self) -> None:
        """Compile all templates, before there are several processes that would each have to."""
        for name in self._environment.list_templates():
            if name.startswith(("pages/", "parts/")):
                self._environment.get_template(name)

    def render(self, address: str, context: ViewContext) -> RenderedPage:
        """Render one page.

        Args:
            address: of the page, as in `RenderedPage`.
            context: all that it may draw on.

        Raises:
            LookupError: there is no such page.
            jinja2.TemplateError: a template is broken.
        """
        page = view(address, context)
        body = self._environment.get_template(f"pages/{page.kind}.html").render(view=page)
        explained = entries(context, address, (html.unescape(found) for found in _EXPLAINED.findall(body)))
        body = body.replace(_NOTES_HERE, "".join([self._note(context, address, entry) for entry in explained]), 1)
        toc = table_of_contents(body)
        head = metadata(page, context)
        return RenderedPage(
            address=page.address,
            title=page.title,
            description=head.description,
            html=body,
            toc=toc,
            record=page.record,
            modified=page.modified,
            kind=page.kind,
            metadata=head,
            head=self._part("head", head=head, site_name=context.settings.site_name).strip(),
            contents=self._part("contents", headings=below(toc)).strip(),
            hits=tuple(search_entries_of(page, context)),
            card=card(page, context.settings.site_name) if page.kind == "story" else None,
        )

    def _note(self, context: ViewContext, where: str, entry: str) -> str:
        """Return the note on an entry for a page.

        It is the same on all pages of one depth, but on those of stories, where it is of the story's day, and on those
        that it leads to.
        """
        if where.startswith("stories/"):
            return self._part("note", n=note(context, where, entry))
        depth = where.count("/")
        kept = context.graph.memoize(
            self._notes.setdefault(context, {}),
            (entry, depth),
            lambda: self._part("note", n=note(context, "-/" * depth, entry)),
        )
        return self._part("note", n=note(context, where, entry)) if f'/{where}"' in kept else kept

    def _part(self, name: str, **values: object) -> str:
        return self._environment.get_template(f"parts/{name}.html").render(values)

    def redirects(self, context: ViewContext) -> Iterator[tuple[str, str]]:
        """Yield what stands at addresses that were published and lead elsewhere now: paths of files, and their HTML."""
        for page in redirect_pages(context):
            yield f"{page.address}index.html", self._redirect(page)

    def redirect(self, path: str, context: ViewContext) -> str | None:
        """Return one of `redirects`, by the path of its file; None where nothing was published there."""
        found = next((page for page in redirect_pages(context) if f"{page.address}index.html" == path), None)
        return self._redirect(found) if found is not None else None

    def _redirect(self, page: RedirectView) -> str:
        return self._environment.get_template("pages/redirect.html").render(view=page)


_MOST_KEPT: Final = 50_000
_NOTES_HERE: Final = "<!-- notes -->"
"""Where a page's template wants the notes on its words and names: inside its outermost element, at the end."""
_EXPLAINED: Final = re.compile(r'<a href="([^"]+)" class="(?:term|who)"')
# Escaped text holds neither `<` nor `"`, so that nothing in the content is taken for either.
_ANCHOR: Final = re.compile(r'<[^<>]*? id="([^"]+)"')
_HEADING: Final = re.compile(r'<h([1-6])(?: [^<>]*?)? id="([^"]+)"[^<>]*>(.*?)</h\1>', re.DOTALL)
_TAG: Final = re.compile(r"<[^<>]*>")


def table_of_contents(body: str) -> tuple[Heading, ...]:
    """Return the headings of a page that have an anchor, each with those below it."""
    flat = [
        Heading(int(level), html.unescape(anchor), " ".join(html.unescape(_TAG.sub("", title)).split()))
        for level, anchor, title in _HEADING.findall(body)
    ]
    return tuple(_nested(flat))


def below(toc: Sequence[Heading]) -> tuple[Heading, ...]:
    """Return what a table of contents shows: all but the heading of the page itself."""
    return toc[0].children if toc and toc[0].level == 1 else tuple(toc)


def _nested(flat: Sequence[Heading]) -> Iterator[Heading]:
    # In a loop: a list of a thousand publishers is a thousand headings of one level.
    start = 0
    while start < len(flat):
        first = flat[start]
        end = next((at for at in range(start + 1, len(flat)) if flat[at].level <= first.level), len(flat))
        yield replace(first, children=tuple(_nested(flat[start + 1 : end])))
        start = end
