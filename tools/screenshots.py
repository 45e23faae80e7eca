"""Pictures of a page of each kind, to be looked at: `python -m tools.screenshots site build/screenshots`.

At 390 and 1,280 pixels, light and dark; the story as well as it prints, without a script, in forced colours, with text
twice as large, on the narrowest and the widest screens, and with what can be opened opened. `index.html` beside them
shows them all. They are no test: nobody compares them but people.
"""

from __future__ import annotations

import argparse
import html
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from playwright.sync_api import sync_playwright

from tools import chromium
from tools.audit.axe import served
from tools.audit.lighthouse import kinds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, Page

TALLEST: Final = 16_000
"""Pixels: Chromium draws no taller picture."""


@dataclass(frozen=True)
class Shot:
    """One picture of one page.

    Attributes:
        page: its address, relative to the site.
        name: what is special about the picture.
        width: of the window, in pixels.
        context: what the browser is set to, as Playwright takes it.
        media: "print" for paper.
        style: rules that are added to the page.
        press: what is pressed first, a CSS selector.
        whole: whether all of the page is shown, or one screen.
    """

    page: str
    name: str
    width: int = 1280
    context: dict[str, Any] = field(default_factory=dict)
    media: str = "screen"
    style: str = ""
    press: str = ""
    whole: bool = True

    @property
    def file(self) -> str:
        """The name of its file."""
        page = self.page.strip("/").replace("/", "-").removesuffix(".html") or "home"
        return f"{page}-{self.width}-{self.name}.png"


def shots(pages: Sequence[str]) -> Iterator[Shot]:
    """Yield all pictures of a site.

    Args:
        pages: a page of each kind.
    """
    for page in pages:
        for width in (390, 1280):
            for scheme in ("light", "dark"):
                yield Shot(page, scheme, width, {"color_scheme": scheme})
    story = next((page for page in pages if page.startswith("stories/")), None)
    if story is None:
        return
    yield Shot(story, "narrowest", 320)
    yield Shot(story, "widest", 3840)
    yield Shot(story, "print", 794, media="print")
    yield Shot(story, "no-script", 390, {"java_script_enabled": False})
    yield Shot(story, "forced-colours", 1280, {"forced_colors": "active"})
    yield Shot(story, "contrast", 1280, {"contrast": "more"})
    yield Shot(story, "large-text", 1280, style="html { font-size: 250% !important }")
    yield Shot(story, "how-sure", 390, press=".sure input")
    yield Shot(story, "record", 390, press=".key button.mark", whole=False)
    yield Shot(story, "record", 1280, press=".key button.mark", whole=False)
    yield Shot(story, "note", 390, press=".key a.term", whole=False)


def take(browser: Browser, home: str, shot: Shot, folder: Path) -> None:
    """Take one picture.

    Args:
        browser: to take it with.
        home: the address of the site, with a slash at the end.
        shot: what to show.
        folder: where to write it.
    """
    context = browser.new_context(
        viewport={"width": shot.width, "height": 844}, reduced_motion="reduce", **shot.context
    )
    try:
        page = context.new_page()
        page.goto(home + shot.page)
        page.emulate_media(media="print" if shot.media == "print" else "screen")
        if shot.style:
            page.add_style_tag(content=shot.style)
        if shot.press:
            page.locator(shot.press).first.click()
            page.wait_for_timeout(200)
        _picture(page, shot, folder / shot.file)
    finally:
        context.close()


def _picture(page: Page, shot: Shot, file: Path) -> None:
    height = min(int(page.evaluate("document.documentElement.scrollHeight")), TALLEST)
    if shot.whole and height == TALLEST:
        page.set_viewport_size({"width": shot.width, "height": TALLEST})
    page.screenshot(path=file, full_page=shot.whole and height < TALLEST)


def index(taken: Sequence[Shot]) -> str:
    """Return a page that shows all pictures."""
    figures = "\n".join(
        f'<figure><a href="{html.escape(one.file)}"><img src="{html.escape(one.file)}" alt="" loading="lazy"></a>'
        f"<figcaption>/{html.escape(one.page)}, {one.width} pixels, {one.name}</figcaption></figure>"
        for one in taken
    )
    style = "body{font:1rem sans-serif;display:flex;flex-wrap:wrap;gap:1rem}figure{margin:0;width:18rem}img{width:100%}"
    return (
        f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>Screenshots</title>\n'
        f"<style>{style}</style>\n{figures}\n</html>\n"
    )


def main() -> None:
    """Take the pictures of the site that the command line names."""
    parser = argparse.ArgumentParser(description="Take pictures of a page of each kind.")
    parser.add_argument("site", type=Path, help="the folder with the built site")
    parser.add_argument("folder", type=Path, help="where to write them")
    parser.add_argument("--only", default="", help="only those whose file name holds this")
    arguments = parser.parse_args()
    path = chromium.find()
    if path is None:
        raise SystemExit(chromium.HOW_TO_GET_ONE)
    wanted = [one for one in shots([*kinds(arguments.site), "404.html"]) if arguments.only in one.file]
    arguments.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, served(arguments.site) as home:
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.ARGUMENTS))
        for number, shot in enumerate(wanted, 1):
            take(browser, home, shot, arguments.folder)
            print(f"\r{number} of {len(wanted)}", end="", flush=True)
        browser.close()
    (arguments.folder / "index.html").write_text(index(wanted), encoding="utf-8")
    print(f" pictures in {arguments.folder}: open {arguments.folder / 'index.html'}")


if __name__ == "__main__":
    main()
