"""How long it takes from saving a file to seeing the change in a browser, for each preview server.

Run it with `make bench-preview`. A real Chromium shows a page of a site of 1,000 pages. A file is written, and the time
runs from just before the write until two animation frames after the new words came into the page, by whatever way: a
reload, a swap of a part. One clock for both ends, that of this machine: Python's time.time() and the page's Date.now(),
which counts in milliseconds. Between two edits passes a time that differs, so that nobody's way of waiting for further
changes is met at the same moment each time.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from playwright.sync_api import Browser, sync_playwright

from bench import corpus, edits
from bench.peers import builders
from nutgraf.template_dirs import bundled_templates
from tools import chromium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playwright.sync_api import Page

    from bench.peers.builders import Builder

PATIENCE: Final = 90.0
"""Seconds after which a change counts as never shown."""
START: Final = 300.0
"""Seconds that a server may take to show its first page: some build the whole site before."""
WATCH: Final = """
(() => {
  const mark = /%s (\\w+) choir/g;
  const told = new Set();
  const tell = (word) => {
    if (told.has(word)) return;
    told.add(word);
    requestAnimationFrame(() => requestAnimationFrame(() => window.benchSeen(word, Date.now())));
  };
  const look = () => {
    for (const found of (document.body?.textContent ?? "").matchAll(mark)) tell(found[1]);
  };
  new MutationObserver(look).observe(document, {subtree: true, childList: true, characterData: true});
  const styles = () => {
    const root = document.documentElement;
    const word = root && getComputedStyle(root).getPropertyValue("--bench-seen").trim();
    if (word) tell(word);
    requestAnimationFrame(styles);
  };
  if (%s) requestAnimationFrame(styles);
})();
"""


@dataclass(frozen=True, slots=True)
class Kind:
    """What is edited: which page is open meanwhile, and how an edit is made.

    Attributes:
        name: as the table calls it.
        address: the page.
        edit: makes the edit of a number, in a project.
        prepare: what has to be there before the server starts.
        by_style: whether it is seen in the styles, not in the words.
    """

    name: str
    address: str
    edit: Callable[[Path, int], None]
    prepare: Callable[[Path], None] = lambda _: None
    by_style: bool = False


@dataclass(slots=True)
class Latencies:
    """What was measured.

    Attributes:
        server: whose preview.
        kind: what was edited.
        seconds: from save to paint, one an edit.
        missed: how many edits never showed.
        wrong: why nothing could be measured.
    """

    server: str
    kind: str
    seconds: list[float] = field(default_factory=list)
    missed: int = 0
    wrong: str = ""


def word(number: int) -> str:
    """Return the made-up word by which the edit of a number is found again."""
    return edits.words(number).split()[-2]


def _own_template(name: str, sign: tuple[str, str]) -> tuple[Callable[[Path], None], Callable[[Path, int], None]]:
    """Return what puts a bundled template into a project, and what edits it there.

    Args:
        name: its path among the templates.
        sign: what is put before its end, with a gap for the words, and that end; if it is empty, after all.
    """

    def prepare(project: Path) -> None:
        path = project / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(bundled_templates() / name, path)

    def edit(project: Path, number: int) -> None:
        text = (bundled_templates() / name).read_text(encoding="utf-8")
        added, before = sign
        words = added.replace("WORDS", edits.words(number)).replace("WORD", word(number))
        head, end, tail = text.rpartition(before) if before else (text, "", "")
        (project / "templates" / name).write_text(f"{head}{words}{end}{tail}", encoding="utf-8")

    return prepare, edit


def kinds(builder: Builder, facts: Path) -> tuple[Kind, ...]:
    """Return what is edited in the preview of a builder: a statement for all, and more for ours."""
    page = f"stories/{builders.STORY}/"
    statement = Kind("a statement", page, lambda project, number: edits.edit_statement(builder, project, number))
    if builder.name != "nutgraf":
        return (statement,)
    term = edits.popular_term(facts)
    label = term.replace("-", " ")
    stories = sorted((facts / "content" / "stories").glob("*.yml"))
    using = next(path.stem for path in stories if label in path.read_text(encoding="utf-8"))
    put_template, edit_template = _own_template("pages/story.html", ("<p>WORDS</p>\n", "</div>"))
    put_style, edit_style = _own_template("theme/assets/nutgraf.css", ("\n:root { --bench-seen: WORD }\n", ""))
    return (
        statement,
        Kind("a term", f"stories/{using}/", lambda project, number: edits.edit_term(builder, project, term, number)),
        Kind("a template", page, edit_template, put_template),
        Kind("a style", page, edit_style, put_style, by_style=True),
    )


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextlib.contextmanager
def _served(builder: Builder, project: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run a preview server, and end it with all its children."""
    with (project / ".serve-output").open("wb") as log:
        server = subprocess.Popen(
            builder.serve(port),
            cwd=project,
            env={**os.environ, **builders.QUIET},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield server
        finally:
            for sign in (signal.SIGINT, signal.SIGKILL):
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(server.pid, sign)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    server.wait(5)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> str:
    """Wait until a page is served, and return what is wrong if it never is."""
    ends = time.monotonic() + START
    while time.monotonic() < ends:
        if server.poll() is not None:
            return f"the server ended with {server.returncode}"
        # Only loopback is asked, at an address of our own making.
        with contextlib.suppress(urllib.error.URLError, OSError), urllib.request.urlopen(address, timeout=60):  # noqa: S310
            return ""
        time.sleep(0.2)
    return f"the server showed nothing within {START:.0f} s"


def measure(browser: Browser, builder: Builder, kind: Kind, project: Path, limits: tuple[int, float]) -> Latencies:
    """Edit, and look how long it takes to be seen.

    Args:
        browser: a Chromium.
        builder: whose preview.
        kind: what is edited.
        project: the builder's project.
        limits: how many edits, and after how many seconds no further one is begun.
    """
    measured = Latencies(builder.name, kind.name)
    kind.prepare(project)
    port = _free_port()
    address = f"http://127.0.0.1:{port}/{kind.address}"
    with _served(builder, project, port) as server:
        measured.wrong = _wait_for(address, server)
        if measured.wrong:
            return measured
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        seen: dict[str, float] = {}
        context.expose_function("benchSeen", lambda word, at: seen.setdefault(word, at / 1000))
        context.add_init_script(WATCH % (edits.MARK, json.dumps(kind.by_style)))
        page = context.new_page()
        page.goto(address)
        # The sockets by which servers tell of changes are open a moment later.
        page.wait_for_timeout(2_000)
        _edit_and_watch(page, kind, project, (seen, measured), limits)
        context.close()
    return measured


def _edit_and_watch(
    page: Page, kind: Kind, project: Path, notes: tuple[dict[str, float], Latencies], limits: tuple[int, float]
) -> None:
    seen, measured = notes
    chance = random.Random(edits.MARK)  # noqa: S311 - for pauses
    count, seconds = limits
    ends = time.monotonic() + seconds
    for number in range(1, count + 1):
        written = time.time()
        kind.edit(project, number)
        patience = time.monotonic() + PATIENCE
        while word(number) not in seen and time.monotonic() < patience:
            page.wait_for_timeout(20)
        if word(number) in seen:
            measured.seconds.append(seen[word(number)] - written)
        else:
            measured.missed += 1
            page.goto(page.url)
        if time.monotonic() > ends or (measured.missed and not measured.seconds):
            break
        page.wait_for_timeout(chance.randint(500, 1_500))


def line(one: Latencies) -> str:
    """Return what was measured, as a line for the terminal."""
    head = f"{one.server:10} {one.kind:12}"
    if one.wrong:
        return f"{head} not measured: {one.wrong}"
    missed = f"   {one.missed} never shown" if one.missed else ""
    if not one.seconds:
        return f"{head} never shown"
    ordered = sorted(one.seconds)
    most = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return (
        f"{head} {statistics.median(ordered):8.3f} {most:8.3f} {ordered[-1]:8.3f}   "
        f"{len(ordered)} edits, least {ordered[0]:.3f}{missed}"
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures, and return 1 if a change was not shown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = [one.name for one in builders.builders()]
    parser.add_argument("--pages", type=int, default=1_000, metavar="N", help="the size of the site  [1000]")
    parser.add_argument("--edits", type=int, default=50, metavar="N", help="how many edits of each kind  [50]")
    parser.add_argument("--minutes", type=float, default=5, help="begin no further edit of a kind after that  [5]")
    parser.add_argument("--only", nargs="+", choices=names, default=names, metavar="WHO", help=", ".join(names))
    parser.add_argument("--json", type=Path, metavar="FILE", help="a file to append the figures to, a line of JSON")
    arguments = parser.parse_args(argv)
    path = chromium.find()
    if path is None:
        sys.exit(chromium.HOW_TO_GET_ONE)
    if set(arguments.only) != {"nutgraf"}:
        builders.install()
    print(f"From save to paint at {arguments.pages:,} pages, in seconds\n{'':23} {'median':>8} {'p95':>8} {'worst':>8}")
    found = []
    with tempfile.TemporaryDirectory(prefix="nutgraf-preview-") as folder, sync_playwright() as playwright:
        facts = Path(folder) / "corpus"
        corpus.write(arguments.pages, facts)
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.ARGUMENTS))
        for name in arguments.only:
            builder = builders.named(name)
            for kind in kinds(builder, facts):
                project = Path(folder) / name
                builder.prepare(facts, project)
                found.append(measure(browser, builder, kind, project, (arguments.edits, 60 * arguments.minutes)))
                print(line(found[-1]), flush=True)
        browser.close()
    if arguments.json:
        entry = [
            {"server": one.server, "kind": one.kind, "seconds": one.seconds, "missed": one.missed} for one in found
        ]
        with arguments.json.open("a", encoding="utf-8") as out:
            out.write(f"{json.dumps({'pages': arguments.pages, 'previews': entry})}\n")
    return int(any(one.missed or one.wrong for one in found))


if __name__ == "__main__":
    sys.exit(main())
