"""Kills `nutgraf build` at random moments, and looks what is left: `python killed_builds.py SITE WAY SECONDS`.

It is a program of its own, because it makes copies of itself (fork), which a program with threads must not. A copy has
all modules already, so that it is killed while it builds, and seldom while it imports.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

from nutgraf import cli, output, plugin
from nutgraf.building import site as building

LOADED = building, plugin
ABOUT = Path("content/about.md")
SITE = Path("site")
FEWEST = 6
"""Builds that are killed, unless that takes twice the time."""
TURNS = 4
"""One build in so many is not killed."""


def published() -> str:
    """Return a fingerprint of the site as its last build made it."""
    left = {*output.leftovers(SITE), output.MARKER}
    files = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*") if path.is_file())
    told = [(name, hashlib.sha256((SITE / name).read_bytes()).hexdigest()) for name in files if name not in left]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def start() -> int:
    """Begin a build in a process of its own, and return its number."""
    child = os.fork()
    if child:
        return child
    os.setsid()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os._exit(cli.main(["build"]))


def ends(child: int, seconds: float) -> bool:
    """Wait for the end of a build for so long at most, and tell whether it came."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if os.waitpid(child, os.WNOHANG) != (0, 0):
            return True
        time.sleep(0.001)
    return False


def main(way: str, seconds: float) -> None:
    """Kill builds of the site in this folder for so long; raise AssertionError if anything is not as it should be."""
    if way == "renames":
        importlib.import_module("nutgraf.output.swap").exchange = lambda *_: False  # type: ignore[attr-defined]
    about = ABOUT.read_text("utf-8")
    texts = {"old": about, "new": f"{about}\nSomething new.\n"}

    def build(which: str) -> str:
        ABOUT.write_text(texts[which], encoding="utf-8")
        assert os.waitpid(start(), 0)[1] == 0
        assert not [*Path().glob(".site.*")]
        return published()

    began = time.monotonic()
    wanted = {"old": build("old"), "new": build("new")}
    usual = (time.monotonic() - began) / 2
    assert len({*wanted.values()}) == len(wanted)
    dice = random.Random(20230412)  # noqa: S311 - it is no secret
    kills, changes, turn, was = 0, 0, 0, published()
    end = time.monotonic() + seconds
    while time.monotonic() < (end if kills >= FEWEST else end + seconds):
        turn += 1
        which = "old" if was == wanted["new"] else "new"
        if turn % TURNS == 0:
            # The next build repairs, whatever was left.
            was = build(which)
            assert was == wanted[which], turn
            changes += 1
            continue
        ABOUT.write_text(texts[which], encoding="utf-8")
        child = start()
        # Most at its end, where files are written and moved.
        if not ends(child, usual * dice.triangular(0.05, 1.15, 0.95)):
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            kills += 1
            usual *= 1.05
        else:
            usual *= 0.9  # The machine is less busy than it was.
        if SITE.exists():
            assert published() in wanted.values(), kills
            changes += published() != was
            was = published()
        else:
            assert way == "renames", kills
    for which, print_ in wanted.items():
        assert build(which) == print_, which
    end = time.monotonic() + 20
    while left := [one for one in Path(tempfile.gettempdir()).iterdir() if not one.name.startswith("_jinja2")]:
        assert time.monotonic() < end, left
        time.sleep(0.05)
    print(kills, changes)  # noqa: T201 - it is a program


if __name__ == "__main__":
    os.chdir(sys.argv[1])
    main(sys.argv[2], float(sys.argv[3]))
