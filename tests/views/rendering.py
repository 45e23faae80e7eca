"""Pages made for tests, and what a reader sees of them as plain text."""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from nutgraf.glossary import finder_of, mentions_of
from nutgraf.graph import resolve
from nutgraf.loading.content import load
from nutgraf.rendering.renderer import Renderer
from nutgraf.views import Settings, ViewContext
from tests.making import BASE, ROOT, english, told, tree

if TYPE_CHECKING:
    from collections.abc import Mapping

SETTINGS = Settings("Site & Co", repo_url="https://git.example/news", edit_uri="edit/main/content/")


def context(files: Mapping[str, bytes], settings: Settings = SETTINGS) -> ViewContext:
    """Return the context of some files, which are to be without complaints of the loader and the resolver."""
    loaded = load(files)
    resolution = resolve(loaded)
    found = (*loaded.diagnostics, *resolution.diagnostics)
    assert not found, told(found)
    graph = resolution.graph
    return ViewContext(graph, mentions_of(graph), finder_of(graph), english(), settings)


def with_base(files: Mapping[str, bytes]) -> ViewContext:
    """Return the context of some files and the people, publishers and sources that most tests can do with."""
    return context({**tree(BASE), **files})


@cache
def folder(name: str) -> ViewContext:
    """Return the context of a content folder, relative to the project's root."""
    content = ROOT / name
    files = (path for path in sorted(content.rglob("*.yml")) if path.is_file())
    return context({path.relative_to(content).as_posix(): path.read_bytes() for path in files})


@cache
def renderer() -> Renderer:
    """Return a renderer with the bundled templates."""
    return Renderer((Path(ROOT / "templates"),))


def page(where: str, made: ViewContext) -> str:
    """Return the HTML of the page at an address."""
    return renderer().render(where, made).html


_BLOCK = re.compile(r"</?(?:p|li|dd|dt|h\d|tr|thead|tbody|div|section|ol|ul|dl|table|br|hr)\b[^>]*>")
_HIDDEN = re.compile(r'<span class="word">.*?</span>|<svg class="shapes".*?</svg>', re.DOTALL)
_SHAPE = re.compile(r'<svg class="c" aria-hidden="true"><use href="#section-shape--(\w+)"/></svg>')


def shown(markup: str) -> str:
    """Return HTML as lines of text, a line a block; a shape is shown as its name in braces, struck text in tildes."""
    text = _SHAPE.sub(r"{\1}", _HIDDEN.sub("", markup))
    text = re.sub(r"</?del>", "~", text)
    lines = html.unescape(re.sub(r"<[^>]+>", "", _BLOCK.sub("\n", text).replace("</td><td>", " | "))).split("\n")
    return "\n".join(line for line in (" ".join(one.split()) for one in lines) if line)


def section(markup: str, anchor: str) -> str:
    """Return the part of a page from the heading with an anchor to the next of its level; empty if there is none."""
    found = re.search(rf'<h2 id="{re.escape(anchor)}".*?</h2>(.*?)(?=<h2 |<p class="foot">)', markup, re.DOTALL)
    return shown(found[1]) if found else ""


def between(markup: str, opening: str, closing: str) -> str:
    """Return the text from `opening` to the next `closing`; empty if there is none."""
    found = re.search(rf"{re.escape(opening)}(.*?){re.escape(closing)}", markup, re.DOTALL)
    return shown(found[0]) if found else ""


def paragraphs(markup: str) -> str:
    """Return the running prose of a story."""
    return "\n\n".join(shown(found) for found in re.findall(r'<p><span class="s .*?</p>', markup, re.DOTALL))
