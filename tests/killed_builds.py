"""Kills `nutgraf build` at many of its steps, and checks what is left: `python killed_builds.py SITE WAY KILLS`.

It is a program of its own, because it makes copies of itself (fork), which a program with threads must not. A copy has
all modules already, so that it is killed while it builds, and seldom while it imports. Steps are counted, not seconds:
how busy the machine is changes nothing.
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
from typing import TYPE_CHECKING, Any

from nutgraf import cli, publish
from nutgraf.build import pipeline as building
from nutgraf.theme import plugin

if TYPE_CHECKING:
    from collections.abc import Callable

LOADED = building, plugin
ABOUT = Path("content/about.md")
SITE = Path("site")
TURNS = 4
"""One build in so many is not killed."""
PATIENCE = 120
"""Seconds that the helpers of a killed build have to notice it, which takes them an instant."""


def published() -> str:
    """Return a fingerprint of the site as its last build made it."""
    left = {*publish.leftovers(SITE), publish.MARKER}
    files = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*") if path.is_file())
    told = [(name, hashlib.sha256((SITE / name).read_bytes()).hexdigest()) for name in files if name not in left]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def build(kill_at: int = 0) -> int | None:
    """Build in a process of its own. Return the number of steps that it took, or None if it was killed.

    Args:
        kill_at: the step at which it is killed.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.setsid()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        steps = counted(kill_at)
        code = cli.main(["build"])
        os.write(writer, b"%d" % steps())
        os._exit(code)
    os.close(writer)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reader) as told:
        if os.WIFSIGNALED(status):
            return None
        assert status == 0
        return int(told.read())


def counted(kill_at: int) -> Callable[[], int]:
    """Count the steps that change or read files in this process from now on, and kill it at one of them."""
    taken, own = 0, os.getpid()

    def step(event: str, _arguments: tuple[Any, ...]) -> None:
        nonlocal taken
        if (event == "open" or event.partition(".")[0] in {"os", "shutil", "fcntl", "ctypes"}) and os.getpid() == own:
            taken += 1
            if taken == kill_at:
                os.kill(own, signal.SIGKILL)

    sys.addaudithook(step)
    return lambda: taken


def main(way: str, kills: int) -> None:
    """Kill builds of the site in this folder; raise AssertionError if anything is not as it should be."""
    if way == "renames":
        importlib.import_module("nutgraf.publish.swap").exchange = lambda *_: False  # type: ignore[attr-defined]
    about = ABOUT.read_text("utf-8")
    texts = {"old": about, "new": f"{about}\nSomething new.\n"}

    def whole(which: str) -> tuple[str, int]:
        ABOUT.write_text(texts[which], encoding="utf-8")
        steps = build()
        assert steps
        assert not [*Path().glob(".site.*")]
        return published(), steps

    wanted = {"old": whole("old")[0], "new": whole("new")[0]}
    assert len({*wanted.values()}) == len(wanted)
    was, steps = whole("old")
    dice = random.Random(20230412)  # noqa: S311 - it is no secret
    killed, changes, turn = 0, 0, 0
    while killed < kills:
        turn += 1
        which = "old" if was == wanted["new"] else "new"
        if turn % TURNS == 0:
            # The next build repairs, whatever was left.
            was, steps = whole(which)
            assert was == wanted[which], turn
            changes += 1
            continue
        ABOUT.write_text(texts[which], encoding="utf-8")
        # Most at its end, where files are written and moved.
        killed += build(kill_at=round(steps * dice.triangular(0.05, 1, 0.95))) is None
        if SITE.exists():
            assert published() in wanted.values(), turn
            changes += published() != was
            was = published()
        else:
            assert way == "renames", turn
    for which, print_ in wanted.items():
        assert whole(which)[0] == print_, which
    end = time.monotonic() + PATIENCE
    while left := [one for one in Path(tempfile.gettempdir()).iterdir() if not one.name.startswith("_jinja2")]:
        assert time.monotonic() < end, left
        time.sleep(0.05)
    print(killed, changes)  # noqa: T201 - it is a program


if __name__ == "__main__":
    os.chdir(sys.argv[1])
    main(sys.argv[2], int(sys.argv[3]))
