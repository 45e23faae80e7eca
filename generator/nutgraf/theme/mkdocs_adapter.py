"""MkDocs and Material around a page: all that knows the theme.

Whatever the core needs from mkdocs.yml leaves here as `Settings`; whatever MkDocs needs from a `RenderedPage` is made
here. Nothing below this module imports MkDocs.
"""

from __future__ import annotations

import datetime
import html
import json as jsonlib
import os
import re
import traceback
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from markdown.extensions.toc import slugify, slugify_unicode  # type: ignore[import-untyped]
from markupsafe import escape
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.plugins import get_plugins
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.toc import AnchorLink, TableOfContents, get_toc

from nutgraf.diagnostics import did_you_mean
from nutgraf.errors import UsageError
from nutgraf.loading.content import FOLDERS, is_record
from nutgraf.loading.other_files import Excluded, read_beside
from nutgraf.loading.tree import read_tree
from nutgraf.model import Links
from nutgraf.model.record import is_address
from nutgraf.reporters import json, text
from nutgraf.reporters.config_diagnostics import doubled, unknown_in
from nutgraf.site import EPOCH, Settings, prepare
from nutgraf.template_dirs import template_folders
from nutgraf.theme.log_capture import LogCapture

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page
    from rich.console import Console

    from nutgraf.checks.policy import Policy
    from nutgraf.diagnostics import Diagnostic
    from nutgraf.rendering.renderer import Heading, RenderedPage
    from nutgraf.site import LoadedSite


# Configuration


def open_config(
    path: Path | None = None,
    warnings: list[str] | None = None,
    **options: Any,  # noqa: ANN401  # what MkDocs takes
) -> MkDocsConfig:
    """Read mkdocs.yml as MkDocs reads it.

    Args:
        path: the file; None looks for mkdocs.yml in the working folder.
        warnings: gets what MkDocs warns of, as in `report.configuration`.
        options: settings that win over those in the file.

    Raises:
        UsageError: there is no such file, or MkDocs refuses what it says.
    """
    file = path or _config_here()
    if not file.is_file():
        raise UsageError(f"there is no file {file}")
    with LogCapture("mkdocs.config") as log:
        try:
            config = load_config(config_file=str(file), **options)
        except MkDocsException as error:
            # In a strict build, warnings are reason enough.
            parts = [*map(_advised, log.errors or log.warnings), *doubled(file)]
            message = "\n".join(log.errors or log.warnings) or error.format_message()
            raise UsageError(message, "" if parts else f"Correct {file}.", file, parts) from error
        except ValueError as error:
            # MkDocs takes addresses apart before it looks at them: "https://[". A hook may raise one as well.
            if not _is_of_address(error):
                raise
            advice = "Correct `site_url` or `repo_url`."
            raise UsageError(f"{file} has an address that cannot be read: {error}", advice) from error
    if warnings is not None:
        warnings += map(_advised, log.warnings)
        warnings += doubled(file)
        warnings += unworded(config)
    return config


def _is_of_address(error: ValueError) -> bool:
    """Tell whether an error was raised where the standard library takes an address apart."""
    raised_in = [frame.f_code.co_filename for frame, _ in traceback.walk_tb(error.__traceback__)]
    return bool(raised_in) and Path(raised_in[-1]).name in {"parse.py", "ipaddress.py"}


def unworded(config: MkDocsConfig) -> tuple[str, ...]:
    """Return what MkDocs would say of a language of the theme that no sentence of the site is in."""
    plugin = config.plugins.get("nutgraf")
    language = str(config.theme.get("language") or "en")
    if plugin is None:
        return ()
    known = _locales(Path(plugin.config["templates"]))
    if {language, language.partition("-")[0]} & known:
        return ()
    told = f"`language: {language}` has no wording, so pages would claim to be in a language that they aren't in"
    there = ", ".join(f"`{one}`" for one in sorted(known))
    advice = f"Remove it, or write one that there is wording for: {there}."
    return (f"Config value 'theme': {told}\n{advice}",)


def _locales(own_templates: Path) -> set[str]:
    """Return the languages that sentences can be in."""
    return {file.stem for folder in template_folders(own_templates) for file in folder.glob("wording/*.yml")}


def _advised(message: str) -> str:
    """Return what MkDocs says, with the option that was meant where it knows none of that name."""
    unknown = unknown_in(message)
    if unknown is None:
        return message
    key, plugin, name = unknown
    schema: Iterable[tuple[str, object]] = MkDocsConfig._schema if key == name else ()  # noqa: SLF001
    if plugin:
        with suppress(Exception):  # whatever a foreign plugin does when it is looked at
            schema = get_plugins()[plugin].load().config_class._schema  # noqa: SLF001
    advice = did_you_mean(name, [option for option, _ in schema])
    return f"{message}\n{advice}" if advice else message


def _config_here() -> Path:
    names = ("mkdocs.yml", "mkdocs.yaml")
    here = Path.cwd()
    for name in names:
        if (here / name).is_file():
            return Path(name)
    above = (Path(os.path.relpath(folder / name)) for folder in here.parents for name in names)
    nearest = next((file for file in above if file.is_file()), None)
    advice = "Go to the folder of your site, name the file with `-f`, or begin one: `nutgraf init my-site`"
    if nearest is not None:
        advice = f"Did you mean that of the folder above? Say so: `-f {nearest}`"
    raise UsageError("there is no mkdocs.yml in this folder", advice)


def require(config: MkDocsConfig, locale: str, own_templates: Path) -> None:
    """Make sure that the pages fit into the site.

    Args:
        config: of the site.
        locale: the language of its sentences.
        own_templates: its own templates; the folder need not exist.

    Raises:
        UsageError: they do not.
    """
    if not config.use_directory_urls:
        advice = "Remove it: each page has a folder of its own, and links between pages count on that."
        raise UsageError("`use_directory_urls: false` in mkdocs.yml cannot be had", advice)
    if not any((Path(folder) / "partials" / "header.html").is_file() for folder in config.theme.dirs):
        advice = "Write in mkdocs.yml: `theme: {name: material, font: false}`"
        raise UsageError(f"the theme `{config.theme.name}` cannot show these pages", advice)
    _require_address(config)
    locales = _locales(own_templates)
    if locale not in locales:
        raise UsageError(f"there is no wording for the locale `{locale}`", f"There is {', '.join(sorted(locales))}.")


def _require_address(config: MkDocsConfig) -> None:
    """Make sure that pages can be named below `site_url`, as links, feeds and the site map do.

    Raises:
        UsageError: they cannot.
    """
    if not config.site_url or (is_address(config.site_url) and not _NO_PLACE.search(config.site_url)):
        return
    message = f"`site_url` must be a plain web address, not `{config.site_url}`"
    advice = (
        "Write where the site is published, without blanks, `?` and `#`: `site_url: https://news.example.org/desk/`"
    )
    part = f"Config value 'site_url': It must be a plain web address, not `{config.site_url}`"
    raise UsageError(message, advice, Path(config.config_file_path), [part])


_NO_PLACE: Final = re.compile(r"[?#<>\"\\^`{|}]")
"""What no address of a folder on the web has in it."""


class ForTemplates:
    """A configuration as the templates of a theme see it: plain text in it stands on a page as text.

    MkDocs escapes nothing, and Material little. What is escaped here is not escaped again by a template that does.
    """

    _TEXTS = frozenset({"site_name", "site_author", "site_description"})

    def __init__(self, config: MkDocsConfig) -> None:
        """Look at a configuration."""
        self._config = config

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the configuration holds
        """Return a setting or a method of the configuration."""
        return self._shown(name, getattr(self._config, name))

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - the same
        """Return a setting."""
        return self._shown(name, self._config[name])

    def __contains__(self, name: object) -> bool:
        """Tell whether there is such a setting."""
        return name in self._config

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the settings."""
        return iter(self._config)

    def _shown(self, name: str, value: object) -> object:
        return escape(value) if name in self._TEXTS and isinstance(value, str) else value


def heading_anchor(text: str, separator: str) -> str:
    """Return the anchor of a heading in a page written by hand.

    It is that of Python-Markdown, which keeps Latin letters alone, and has been published; where none would be left of
    a heading in another script, it is made of its own letters.
    """
    found: str = slugify(text, separator)
    return found or slugify_unicode(text, separator)


def site_settings(
    config: MkDocsConfig, locale: str, links: Links = Links.FIRST, propose: str | None = None
) -> Settings:
    """Return what pages need to know from mkdocs.yml."""
    return Settings(
        site_name=config.site_name,
        site_url=config.site_url,
        repo_url=config.repo_url,
        edit_uri=edit_uri(config),
        propose_uri=propose or propose_uri(config),
        locale=locale,
        links=links,
    )


def base_path(site_url: str | None) -> str:
    """Return the path below which a site stands: "/", or "/desk/"."""
    path = urlsplit(site_url or "").path.strip("/")
    return f"/{path}/" if path else "/"


_EDITORS = {
    "github.com": "edit/main/",
    "gitlab.com": "-/edit/main/",
    "codeberg.org": "_edit/main/",
    "bitbucket.org": "src/main/",
}
_GUESSES = ("edit/master/docs/", "src/default/docs/")


def nav_pages(config: MkDocsConfig) -> tuple[str, ...]:
    """Return the pages that `nav` names, as it names them."""

    def pages(part: object) -> Iterator[str]:
        if isinstance(part, str):
            yield part
        elif isinstance(part, list | dict):
            for one in part.values() if isinstance(part, dict) else part:
                yield from pages(one)

    return tuple(pages(config.nav))


def excluded(config: MkDocsConfig) -> Excluded:
    """Return what `exclude_docs` keeps out of the site."""
    patterns = config.exclude_docs.patterns if config.exclude_docs else ()
    return Excluded(
        tuple((one.regex.pattern, one.include) for one in patterns if one.regex and one.include is not None)
    )


def edit_uri(config: MkDocsConfig) -> str | None:
    """Return where a file of the content is edited, relative to the repository; None where that is not known.

    MkDocs fills in a guess for the hosts that it knows: the branch `master` and the folder `docs`, which is never right
    where the content lies elsewhere. There the folder is taken as configured, on the branch `main`.
    """
    template = str(config.edit_uri_template or "")
    if template.endswith("{path}"):
        return template.removesuffix("{path}")
    folder = _posix(Path(config.docs_dir), Path(config.config_file_path).parent)
    if config.edit_uri and (config.edit_uri not in _GUESSES or folder == "docs"):
        return config.edit_uri
    editor = _EDITORS.get(urlsplit(config.repo_url or "").netloc.lower())
    return f"{editor}{folder}/" if editor else None


_FORMS = {
    "github.com": "issues/new?template=change.yml&where={where}",
    "gitlab.com": "-/issues/new?issue%5Btitle%5D={where}",
    "codeberg.org": "issues/new?title={where}",
}


def propose_uri(config: MkDocsConfig) -> str | None:
    """Return where a change is proposed in a form, relative to the repository; None where that is not known."""
    return _FORMS.get(urlsplit(config.repo_url or "").netloc.lower())


ASSETS: Final = ("assets/nutgraf.css", "assets/nutgraf.js")
"""The style sheet and the script of our part of the theme."""
START: Final = "assets/start.js"
"""The script that its templates load before the page is shown."""


def dress(config: MkDocsConfig, own_templates: Path | None) -> None:
    """Put our part of the theme between the site's own (`custom_dir`) and Material, and link its style sheet."""
    folders = [str(folder / "theme") for folder in template_folders(own_templates) if (folder / "theme").is_dir()]
    place = 1 if config.theme.custom_dir else 0
    config.theme.dirs[place:place] = folders
    for asset, listed in zip(ASSETS, (config.extra_css, config.extra_javascript), strict=True):
        if asset not in listed and any((Path(folder) / asset).is_file() for folder in folders):
            # First, so that what a site adds itself comes after it and wins.
            listed.insert(0, asset)
    config.edit_uri = edit_uri(config)
    config.mdx_configs.setdefault("toc", {}).setdefault("slugify", heading_anchor)


# Content


@dataclass(frozen=True, slots=True)
class Checked:
    """The content of a site, loaded and checked.

    Attributes:
        loaded_site: what can be rendered.
        files: what was read, by path relative to the content folder.
        diagnostics: all that is wrong, with the folder as well as with what is in its files.
        folder: the content folder.
    """

    loaded_site: LoadedSite
    files: Mapping[str, bytes]
    diagnostics: tuple[Diagnostic, ...]
    folder: Path

    @property
    def ok(self) -> bool:
        """Tell whether it may be published."""
        return not any(one.is_error for one in self.diagnostics)

    def report(self, console: Console) -> None:
        """Print all that is wrong, with paths that begin where the reader stands; nothing if nothing is."""
        text.write(self.diagnostics, self.files, console, root=_posix(self.folder, Path.cwd()))

    def as_json(self, project: Path) -> str:
        """Return all that is wrong for programs, with paths that begin at the folder `project`."""
        return json.render(self.diagnostics, root=_posix(self.folder, project))


def check_content(
    config: MkDocsConfig, settings: Settings, templates: Path, *, drafts: bool = False, policy: Policy | None = None
) -> Checked:
    """Load and check the content of a site.

    Args:
        config: of the site.
        settings: what its pages need to know of it.
        templates: its own templates; the folder need not exist.
        drafts: whether stories that are drafts are shown.
        policy: what the site wants checked; the usual if there is none.
    """
    folder = Path(config.docs_dir)
    tree = read_tree(folder)
    beside = read_beside(folder, nav_pages(config), excluded(config))
    loaded_site = prepare(
        tree.files, settings, template_folders(templates), drafts=drafts, policy=policy, beside=beside
    )
    return Checked(loaded_site, tree.files, (*tree.diagnostics, *loaded_site.diagnostics), folder)


def _posix(path: Path, start: Path) -> str:
    return Path(os.path.relpath(path, start)).as_posix()


# Files


def record_files(files: Files) -> list[File]:
    """Return the files of MkDocs' list that must not be copied into the site."""
    return [file for file in files if is_record(file.src_uri)]


class RecordFile(File):
    """A record as MkDocs' list has it: its own path, but a page.

    With the real path, `[what is known](stories/x.yml#gpu-purchase)` in a page written by hand is a link that works in
    the repository, in an editor and on the site, and that MkDocs checks down to the anchor.
    """

    def is_documentation_page(self) -> bool:
        """Return True: MkDocs would only take Markdown for a page."""
        return True


def page_file(page: RenderedPage, config: MkDocsConfig) -> File:
    """Return the place that `page` has among MkDocs' files, with an empty body: its HTML comes later."""
    if page.record is None:
        # Without a nav in mkdocs.yml, MkDocs makes one of all that is not kept out of it; one page for each story is.
        is_one_of_many = "/" in page.address.rstrip("/")
        wanted = config.nav is None and not is_one_of_many
        inclusion = InclusionLevel.INCLUDED if wanted else InclusionLevel.NOT_IN_NAV
        return File.generated(config, source_path(page), content="", inclusion=inclusion)
    file = RecordFile(
        page.record,
        src_dir=None,
        dest_dir=config.site_dir,
        use_directory_urls=True,
        dest_uri=f"{page.address}index.html",
        inclusion=InclusionLevel.NOT_IN_NAV,
    )
    file.content_string = ""
    # Not the source of the text, but where other plugins (dates from git) look for the history of the page.
    file.abs_src_path = str(Path(config.docs_dir, page.record))
    return file


def data_file(path: str, text: str | bytes, config: MkDocsConfig) -> File:
    """Return the place among MkDocs' files of what is no page, `path` relative to the site's root."""
    return File.generated(config, path, content=text)


def source_path(page: RenderedPage) -> str:
    """Return the path under which mkdocs.yml and hand-written pages know `page`, relative to the content folder."""
    if page.record is not None:
        return page.record
    folder = page.address.rstrip("/")
    return f"{page.address}index.md" if folder in {"", *FOLDERS} else f"{folder}.md"


def search_languages(config: MkDocsConfig) -> tuple[str, ...]:
    """Return the languages that the search of the site knows; none where it has no search."""
    plugin: Any = config.plugins.get("material/search") or config.plugins.get("search")
    return tuple(plugin.config.lang or ("en",)) if plugin is not None else ()


def index(config: MkDocsConfig, pages: Iterable[RenderedPage]) -> None:
    """Add what the search finds on `pages` to the index that Material wrote, which has the pages written by hand."""
    file = Path(config.site_dir, "search", "search_index.json")
    if not file.is_file():
        return
    data = jsonlib.loads(file.read_text(encoding="utf-8"))
    data["docs"] += [
        {"location": hit.location, "title": str(hit.title), "text": str(hit.text)}
        for page in pages
        for hit in page.hits
    ]
    file.write_text(jsonlib.dumps(data, separators=(",", ":")), encoding="utf-8")


# Pages


def fill(target: Page, page: RenderedPage) -> str:
    """Give MkDocs' `target` all that it would have found in Markdown, and return the HTML of its body.

    Material puts titles and descriptions into HTML as they are, so they are escaped here.
    """
    target.toc = table_of_contents(page.toc)
    target.present_anchor_ids = set(page.anchors)
    target.meta["description"] = html.escape(page.description)
    if page.kind != "home":
        target.meta["title"] = html.escape(page.title)
    # A plain mapping: what a file's front matter could say, too.
    target.meta["search"] = {"exclude": True}  # Material would find parts of it: see `index`
    target.meta["nutgraf"] = {**asdict(page.metadata), "head": page.head, "contents": page.contents}
    if page.modified is not None:
        target.update_date = page.modified.isoformat()
    return page.html


def by_hand(body: str) -> str:
    """Return the body of a page written by hand, in the frame that the style sheet knows pages by."""
    return f'<div class="ng by-hand">\n{body}\n</div>'


def table_of_contents(headings: Iterable[Heading]) -> TableOfContents:
    """Return `headings` as the themes of MkDocs take them."""
    return get_toc([_toc_token(heading) for heading in headings])


def first_only(toc: TableOfContents) -> TableOfContents:
    """Return a table of contents with its first entry alone, and that without those below it."""
    first = next(iter(toc))
    return TableOfContents([AnchorLink(first.title, first.id, level=first.level)])


def _toc_token(heading: Heading) -> Any:  # noqa: ANN401  # a TypedDict that MkDocs keeps to itself
    return {
        "level": heading.level,
        "id": heading.id,
        "name": html.escape(heading.title),
        "children": [_toc_token(child) for child in heading.children],
    }


_TOGGLE = ' autocomplete="off">'
_TOGGLES = tuple(
    f'<input class="md-toggle" data-md-toggle="{name}" type="checkbox" id="__{name}"' for name in ("drawer", "search")
)


def valid(document: str) -> str:
    """Return a page of Material without the two attributes that HTML does not allow there.

    HTML Standard, 4.10.18.7: `autocomplete` does not apply to checkboxes. They stand in Material's base.html outside
    any block, so no override of a template reaches them.
    """
    for toggle in _TOGGLES:
        document = document.replace(toggle + _TOGGLE, toggle + ">", 1)
    return document


# Dates


class SourceDateEpoch:
    """The date of a build, for all that asks the clock: that of the newest content, unless the environment names one.

    See https://reproducible-builds.org/specs/source-date-epoch/. MkDocs writes the date into the site map.
    """

    def __init__(self) -> None:
        """Leave the environment as it is, until `set`."""
        self._ours = False

    def set(self, newest: datetime.date) -> None:
        """Take `newest` for today until `restore`, unless the environment says otherwise."""
        if EPOCH in os.environ:
            return
        midnight = datetime.datetime.combine(newest, datetime.time(), datetime.UTC)
        os.environ[EPOCH] = str(int(midnight.timestamp()))
        self._ours = True

    def restore(self) -> None:
        """Take back what `set` did, so that the next build of this process finds newer content."""
        if self._ours:
            os.environ.pop(EPOCH, None)
        self._ours = False
