"""Kills a swap at each of its steps, and looks what is left: `python killed_swaps.py FOLDER exchange|renames`.

It is a program of its own, because it makes copies of itself (fork), which a program with threads must not.
"""

from __future__ import annotations

import importlib
import os
import shutil
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from nutgraf import publish

OLD = {
    "index.html": "old a.1.css",
    "assets/a.1.css": "1",
    "page/index.html": "old",
    ".htaccess": "Require all granted",
    ".git/HEAD": "ref",
    ".well-known/security.txt": "old",
}
NEW = {"index.html": "new a.2.css", "assets/a.2.css": "2", "other/index.html": "new", ".well-known/security.txt": "new"}
KEPT = {"assets/a.1.css": "1"}
"""What pages of the old site need, and the new one has not."""
USERS = ".htaccess", ".git/HEAD"
"""What is nobody's but the user's."""
MADE = ".well-known"


def write(folder: Path, files: dict[str, str]) -> None:
    """Write files into a folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def read(folder: Path) -> dict[str, str]:
    """Return what is in a folder, but for what a user put there and the marker."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: files[name].read_text("utf-8") for name in files if name not in {*USERS, publish.MARKER}}


def is_whole(folder: Path) -> bool:
    """Tell whether a folder is exactly the old site or exactly the new one."""
    old = {name: text for name, text in OLD.items() if name not in USERS}
    return read(folder) in (old, {**NEW, **KEPT})


def killed_at(moment: int, target: Path) -> bool:
    """Build the new site in a process that ends before its n-th step; tell whether it came so far."""
    child = os.fork()
    if child:
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    left = moment

    def step(event: str, _arguments: tuple[Any, ...]) -> None:
        nonlocal left
        if event == "open" or event.partition(".")[0] in {"os", "shutil", "fcntl", "ctypes"}:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(step)
    with publish.staged(target) as stage:
        write(stage, NEW)
    os._exit(0)


class MistakeError(Exception):
    """The content of a site has a mistake."""


def main(folder: Path, way: str) -> int:
    """Kill a build at each step, and raise AssertionError if anything is not as it should be. Return how many."""
    if way == "renames":
        importlib.import_module("nutgraf.publish.swap").exchange = lambda *_: False  # type: ignore[attr-defined]
    target = folder / "site"
    moment, missing, new = 0, 0, 0
    alive = True
    while alive:
        moment += 1
        shutil.rmtree(target, ignore_errors=True)
        write(target, OLD)
        publish.mark(target, made=[MADE])
        alive = killed_at(moment, target)
        if target.exists():
            assert is_whole(target), (moment, read(target))
            assert (target / ".htaccess").is_file(), moment
        else:
            assert way == "renames", moment
            missing += 1
        # The next build has errors; all must be in order nevertheless.
        with suppress(MistakeError), publish.staged(target):
            raise MistakeError
        assert is_whole(target), (moment, read(target))
        assert all((target / name).is_file() for name in USERS), moment
        assert [*folder.iterdir()] == [target], (moment, [*folder.iterdir()])
        new += "new" in read(target)["index.html"]
    assert missing == (way == "renames"), missing
    assert 1 < new < moment, (new, moment)
    return moment


if __name__ == "__main__":
    print(main(Path(sys.argv[1]), sys.argv[2]))  # noqa: T201 - it is a program
