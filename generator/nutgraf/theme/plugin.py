"""The MkDocs plugin: plain `mkdocs build` and `mkdocs serve` make the whole site."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from markupsafe import escape
from mkdocs.config import base
from mkdocs.config import config_options as option
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from rich.console import Console

from nutgraf import publish
from nutgraf.checks.policy import STALE_AFTER, Policy, word_lists
from nutgraf.diagnostics import did_you_mean
from nutgraf.error_origin import template_fault
from nutgraf.errors import UsageError
from nutgraf.model import Links
from nutgraf.rendering.template_cache import compiled
from nutgraf.site import prepare, without_undated
from nutgraf.social_cards.fingerprint import published_card
from nutgraf.template_dirs import template_folders
from nutgraf.theme import mkdocs_adapter
from nutgraf.theme.asset_hash import name_by_content
from nutgraf.theme.css_trim import CssTrimmer, drop_unused, minify
from nutgraf.theme.livereload import StagedServe
from nutgraf.views.social_card import site_card

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterator, Mapping

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from nutgraf.diagnostics import Diagnostic
    from nutgraf.rendering.renderer import RenderedPage
    from nutgraf.site import LoadedSite, Settings

log = get_plugin_logger(__name__)

FORMAT = 1
"""The version of the content model that this version of Nutgraf reads."""


class Format(base.BaseConfigOption[int]):
    """The option `format`: which version of the content model the files of a site follow."""

    def run_validation(self, value: object) -> int:
        """Return `value`.

        Raises:
            ValidationError: it is missing, or a version that this Nutgraf does not read.
        """
        if value == FORMAT and not isinstance(value, bool):
            return FORMAT
        if value is None:
            raise base.ValidationError(f"write `format: {FORMAT}`, to say which content model your files follow.")
        raise base.ValidationError(f"this version of Nutgraf reads content of format {FORMAT}, not {value!r}.")


class WordsOption(base.BaseConfigOption[dict[str, dict[str, tuple[str, ...]]]]):
    """The option `words`: what is added to the word lists of the checks, and what is removed from them."""

    def run_validation(self, value: object) -> dict[str, dict[str, tuple[str, ...]]]:
        """Return `value` with tuples for lists.

        Raises:
            ValidationError: it is not of the form `{list: {add: [word], remove: [word]}}`, or there is no such list.
        """
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise base.ValidationError("write `{jargon: {add: [escrow]}}`, with the name of a word list.")
        for name, changes in value.items():
            if name not in word_lists():
                raise base.ValidationError(f"there is no word list {name!r}. {did_you_mean(str(name), word_lists())}")
            if not isinstance(changes, dict) or not changes.keys() <= {"add", "remove"}:
                raise base.ValidationError(f"{name} may have `add` and `remove`, each with a list of words.")
            if not all(_is_words(words) for words in changes.values()):
                raise base.ValidationError(f"`add` and `remove` of {name} are lists of words.")
        return {name: {change: tuple(words) for change, words in changes.items()} for name, changes in value.items()}


def _is_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


class CheckOptions(base.Config):  # type: ignore[no-untyped-call]  # MkDocs' __init_subclass__
    """What stands below `checks:` in the options of the plugin."""

    stale_after = option.Type(int, default=STALE_AFTER)
    words = WordsOption()


class PluginConfig(base.Config):  # type: ignore[no-untyped-call]  # MkDocs' __init_subclass__
    """What stands below `nutgraf:` in mkdocs.yml."""

    format = Format()
    locale = option.Type(str, default="en")
    templates = option.Dir(default="templates")
    links = option.Choice(tuple(Links), default=Links.FIRST)
    propose_uri = option.Optional(option.Type(str))
    checks = option.SubConfig(CheckOptions)


@dataclass(frozen=True, slots=True)
class Shells:
    """The whole page around a stub.

    Attributes:
        full: with a table of contents.
        bare: where the page has no heading but its own.
    """

    full: str
    bare: str


class NutgrafPlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]  # MkDocs' __init_subclass__
    """Makes pages of the records in the content folder."""

    def __init__(self) -> None:
        """Begin without content."""
        self.checked: mkdocs_adapter.Checked | None = None
        """Content that was checked already, and reported on. It is good for one build."""
        self.progress: Callable[[str, int, int], None] = _quiet
        """Is told of the step that goes on, how many pages are done, and how many there are."""
        self.written = 0
        """How many pages the last build wrote."""
        self._pages: dict[str, RenderedPage] = {}
        self._data: dict[str, str | bytes] = {}
        self.published: Path | None = None
        """The site as it is published, when it is not built in place: a card that it has need not be drawn again. It
        is good for one build: MkDocs keeps this object for the next configuration."""
        self.stubs: tuple[RenderedPage, ...] | None = None
        """Pages that stand for all others of their kind, when only the shell around them is wanted: see `building`."""
        self.shells: dict[str, Shells] = {}
        """What became of each stub, by its address."""
        self.by_hand: tuple[Page, ...] = ()
        """The pages written by hand, when only shells are wanted."""
        self._total = 0
        self._context: TemplateContext | None = None
        self._environment: Environment | None = None
        self._epoch = mkdocs_adapter.SourceDateEpoch()
        self._lean = CssTrimmer()
        self._last_good: StagedServe | None = None

    # Before the build

    def require(self, config: MkDocsConfig) -> None:
        """Make sure that the site is set up in a way in which its pages can be shown.

        Raises:
            UsageError: it is not.
        """
        mkdocs_adapter.require(config, self.config.locale, self.templates)

    def check(
        self, config: MkDocsConfig, *, drafts: bool = False, today: datetime.date | None = None
    ) -> mkdocs_adapter.Checked:
        """Load and check the content of the site.

        Args:
            config: of the site.
            drafts: whether stories that are drafts take part.
            today: the day to measure staleness against; never in a build, which must not depend on the day.
        """
        policy = self.policy(today)
        settings = self.settings(config)
        return mkdocs_adapter.check_content(config, settings, self.templates, drafts=drafts, policy=policy)

    def diagnostics(
        self, config: MkDocsConfig, files: Mapping[str, bytes], *, today: datetime.date | None = None
    ) -> tuple[Diagnostic, ...]:
        """Return all that is wrong with content as it might be, drafts included.

        Args:
            config: of the site.
            files: bytes by path, relative to the content folder.
            today: the day to measure staleness against.
        """
        settings = self.settings(config)
        folders, policy = template_folders(self.templates), self.policy(today)
        return prepare(files, settings, folders, drafts=True, policy=policy).diagnostics

    def settings(self, config: MkDocsConfig) -> Settings:
        """Return what pages need to know of the site."""
        return mkdocs_adapter.site_settings(
            config, self.config.locale, Links(self.config.links), propose=self.config.propose_uri
        )

    def policy(self, today: datetime.date | None = None) -> Policy:
        """Return what the site wants checked."""
        checks = self.config.checks
        return Policy(
            stale_after=checks.stale_after,
            today=today,
            added={name: changes.get("add", ()) for name, changes in checks.words.items()},
            removed={name: changes.get("remove", ()) for name, changes in checks.words.items()},
        )

    @property
    def templates(self) -> Path:
        """The site's own templates; the folder need not exist."""
        return Path(self.config.templates)

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002
        """Keep this object through all builds of one `serve`."""
        self._last_good = StagedServe() if command == "serve" else None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load, check and render everything, while the site that was built before is still there.

        Raises:
            Abort: the content has errors, or a template fails.
            ConfigurationError: the site is set up in a way in which the pages cannot be shown.
        """
        try:
            self.require(config)
        except UsageError as error:
            raise ConfigurationError(f"{error}. {error.help}") from error
        if self.stubs is not None:
            mkdocs_adapter.dress(config, self.templates)
            self._pages, self._data = {mkdocs_adapter.source_path(page): page for page in self.stubs}, {}
            return config
        if self._last_good is not None:
            self._last_good.redirect(config)
        checked, self.checked = self.checked, None
        if checked is None:
            for message in mkdocs_adapter.unworded(config):
                log.warning(message.replace("\n", ". "))
            checked = self.check(config, drafts=self._last_good is not None)
            _report(checked)
        if not config.site_url:
            log.info("no feed, canonical links or addresses on cards are written: they need `site_url` in mkdocs.yml")
        loaded_site = checked.loaded_site
        self._epoch.set(loaded_site.newest)
        mkdocs_adapter.dress(config, self.templates)
        try:
            self._pages = {mkdocs_adapter.source_path(page): page for page in self._render(loaded_site)}
            self._data = {
                **loaded_site.outputs(),
                **(self._cards(loaded_site, config) if self._last_good is None else {}),
            }
        except Exception as error:
            fault = template_fault(error)
            if fault is None:
                raise
            raise Abort(f"a template fails: {fault}") from error
        return config

    def _cards(self, loaded_site: LoadedSite, config: MkDocsConfig) -> dict[str, bytes]:
        """Return the pictures that pages name when they are shared; a preview, which nobody shares, has none."""
        published, self.published = self.published or Path(config.site_dir), None
        if not config.site_url:
            return {}
        from nutgraf.social_cards.draw import CardPainter  # noqa: PLC0415 - Pillow is needed here alone

        drawn = CardPainter.of(loaded_site.templates)
        found: dict[str, bytes] = {}
        own = (page.card for page in self._pages.values())
        views = [site_card(loaded_site.settings.site_name), *(view for view in own if view is not None)]
        for number, view in enumerate(views, 1):
            found[view.path] = published_card(published, view.path, drawn.made_with) or drawn.draw(view)
            self.progress("drawing", number, len(views))
        return found

    def _render(self, loaded_site: LoadedSite) -> Iterator[RenderedPage]:
        addresses = loaded_site.pages()
        for number, address in enumerate(addresses, 1):
            yield loaded_site.render(address)
            self.progress("rendering", number, len(addresses))

    # The build

    @event_priority(-50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Take records out of the files that are copied, and put pages in.

        A page written by hand wins: `index.md` is then the home page, for one.
        """
        for file in mkdocs_adapter.record_files(files):
            files.remove(file)
        taken = {file.dest_uri for file in files}
        for path, page in list(self._pages.items()):
            file = mkdocs_adapter.page_file(page, config)
            if file.dest_uri not in taken:
                files.append(file)
                continue
            del self._pages[path]
            if page.record is not None:
                log.warning("%s is not shown: a page written by hand has its address, /%s", page.record, page.address)
        drop_unused(files, mkdocs_adapter.search_languages(config))
        for path, text in self._data.items():
            if path not in taken:
                files.append(mkdocs_adapter.data_file(path, text, config))
        return files

    @event_priority(100)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Give a page of ours its body, and one written by hand the same type."""
        rendered = self._pages.get(page.file.src_uri)
        if rendered is None:
            return mkdocs_adapter.by_hand(html)
        body = mkdocs_adapter.fill(page, rendered)
        if self.stubs is not None:
            page.present_anchor_ids = None  # To MkDocs: unknown, so that it leaves links to them unchecked.
        return body

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Count pages from here: what follows is writing. All of them have their content by now."""
        self._environment = env
        self._lean = CssTrimmer()
        self._lean.replace(files, config, template_folders(self.templates), self._pages)
        for path in (*mkdocs_adapter.ASSETS, mkdocs_adapter.START):
            if (file := files.get_file_from_path(path)) is not None:
                minify(file)
        name_by_content(files, config, mkdocs_adapter.ASSETS)
        self.written = 0
        self._total = len(files.documentation_pages())
        if self.stubs is not None:
            # No plugin is there whose filters or extensions would make other code of the same templates.
            env.bytecode_cache = compiled("theme")
            pages = (file.page for file in files.documentation_pages() if file.src_uri not in self._pages)
            self.by_hand = tuple(page for page in pages if page is not None)

    def on_page_context(
        self,
        context: TemplateContext,
        *,
        page: Page,
        config: MkDocsConfig,
        nav: Navigation,  # noqa: ARG002
    ) -> TemplateContext:
        """Keep what the shell of the page is made with."""
        if page.file.src_uri not in self._pages:
            # What stands in the head of a page written by hand. Of our own it is escaped.
            texts = {name: page.meta.get(name) for name in ("title", "author", "description")}
            page.meta.update({name: escape(text) for name, text in texts.items() if isinstance(text, str)})
        context["config"] = cast("MkDocsConfig", mkdocs_adapter.ForTemplates(config))
        self._context = context
        return context

    def on_template_context(
        self,
        context: TemplateContext,
        *,
        template_name: str,  # noqa: ARG002
        config: MkDocsConfig,
    ) -> TemplateContext:
        """Let plain text stand as text on 404.html, too."""
        context["config"] = cast("MkDocsConfig", mkdocs_adapter.ForTemplates(config))
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Correct Material's HTML."""
        self.written += 1
        self.progress("writing", self.written, self._total)
        stub = self._pages.get(page.file.src_uri) if self.stubs is not None else None
        if stub is not None:
            self.shells[stub.address] = Shells(self._finish(output, page), self._without_contents(page))
            return ""
        return self._finish(output, page)

    def _finish(self, output: str, page: Page) -> str:
        return self._lean.see(mkdocs_adapter.valid(output), page.content or "")

    def _without_contents(self, page: Page) -> str:
        """Return the shell of a stub as it is where a page has no heading but its own."""
        toc, page.toc = page.toc, mkdocs_adapter.first_only(page.toc)
        ours = page.meta["nutgraf"]
        page.meta["nutgraf"] = {**ours, "contents": ""}
        assert self._environment is not None  # noqa: S101 - MkDocs calls on_env first
        output = self._environment.get_template("main.html").render(self._context)
        page.toc, page.meta["nutgraf"] = toc, ours
        return self._finish(output, page)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Correct Material's HTML where it is not that of a page, 404.html, and a site map without dates."""
        if template_name == "sitemap.xml":
            return without_undated(output_content)
        return self._lean.see(mkdocs_adapter.valid(output_content))

    @event_priority(-100)  # behind the search, whose index is added to
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Finish what depends on all pages, and mark the site as one that may be replaced."""
        mkdocs_adapter.index(config, self._pages.values())
        self._lean.write(Path(config.site_dir))
        publish.mark(Path(config.site_dir))
        self._epoch.restore()

    def on_build_error(self, *, error: Exception) -> None:  # noqa: ARG002
        """Leave nothing behind."""
        self._epoch.restore()
        if self._last_good is not None:
            self._last_good.discard()

    # The live server

    @event_priority(-100)  # last: other plugins may still compare `server.builder` with the one that they were given
    def on_serve(
        self,
        server: LiveReloadServer,
        *,
        config: MkDocsConfig,  # noqa: ARG002
        builder: Callable[..., None],  # noqa: ARG002
    ) -> LiveReloadServer:
        """Watch templates too, and survive mistakes."""
        for folder in template_folders(self.templates):
            server.watch(str(folder))
        if self._last_good is not None:
            self._last_good.attach(server, _tell)
        return server

    def on_shutdown(self) -> None:
        """Forget all: MkDocs keeps this object for as long as the process lives."""
        if self._last_good is not None:
            self._last_good.close()
        self._last_good, self.checked, self.progress = None, None, _quiet


def _report(checked: mkdocs_adapter.Checked) -> None:
    checked.report(Console(stderr=True, highlight=False))
    if not checked.ok:
        raise Abort("nothing was built, because the content has errors")
    if checked.diagnostics:
        # For --strict: MkDocs counts what is logged.
        log.warning("the content has %d warnings", len(checked.diagnostics))


def _quiet(step: str, done: int, total: int) -> None:
    """Let nobody know."""


def _tell(error: Exception) -> None:
    if isinstance(error, MkDocsException):
        log.error("%s. What you see is the last good build.", error.format_message().rstrip("."))
    elif fault := template_fault(error):
        log.error("a template fails: %s. What you see is the last good build.", fault)
    else:
        traceback.print_exception(error)
