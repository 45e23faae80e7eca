"""The published folder: whole at every moment, and nobody else's business."""

from __future__ import annotations

import errno
import hashlib
import importlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from nutgraf import cli, publish

ABOUT = "content/about.md"
RUN = """
import importlib, sys
if sys.argv.pop(1) == "renames":
    importlib.import_module("nutgraf.publish.swap").exchange = lambda *_: False
from nutgraf import cli
sys.exit(cli.main(sys.argv[1:]))
"""
WAYS = pytest.mark.parametrize("way", ["exchange", "renames"])


def write(folder: Path, files: dict[str, str]) -> None:
    """Write files into a folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def publish_files(target: Path, files: dict[str, str]) -> None:
    """Build a site of these files."""
    with publish.staged(target) as stage:
        write(stage, files)


def read(folder: Path) -> dict[str, str]:
    """Return what is in a folder, but for the marker."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != publish.MARKER)
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}


def published(folder: Path) -> str:
    """Return a fingerprint of a site as its last build made it."""
    left = {*publish.leftovers(folder), publish.MARKER}
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    told = ((name, (folder / name).read_bytes()) for name in files if name not in left)
    return hashlib.sha256(repr([(name, hashlib.sha256(data).hexdigest()) for name, data in told]).encode()).hexdigest()


def beside(target: Path) -> list[str]:
    """Return what builds have left beside a site."""
    return [path.name for path in target.parent.glob(f".{target.name}.*")]


def no_exchange(monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    """Let two renames be the only way."""
    if way == "renames":
        monkeypatch.setattr(importlib.import_module("nutgraf.publish.swap"), "exchange", lambda *_: False)


# Killed


@WAYS
def test_swap_that_is_killed_at_any_step_leaves_a_whole_site(tmp_path: Path, way: str) -> None:
    command = [sys.executable, str(Path(__file__).with_name("killed_swaps.py")), str(tmp_path), way]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 40, "there are fewer steps than there were"


@WAYS
def test_build_that_is_killed_at_any_step_leaves_a_whole_site(tmp_path: Path, way: str) -> None:
    site, temporary = tmp_path / "own", tmp_path / "tmp"
    temporary.mkdir()
    assert cli.main(["init", str(site)]) == 0
    command = [sys.executable, str(Path(__file__).with_name("killed_builds.py")), str(site), way, "12"]
    environment = {**os.environ, "TMPDIR": str(temporary)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    kills, changes = done.stdout.split()[-2:]
    assert int(kills) == 12
    assert int(changes) >= 1, "no build came to its end between"


def test_helpers_end_with_a_build_that_is_killed(tmp_path: Path) -> None:
    site = tmp_path / "own"
    assert cli.main(["init", str(site)]) == 0
    process = subprocess.Popen([sys.executable, "-c", RUN, "exchange", "build"], cwd=site, start_new_session=True)
    while process.poll() is None and not beside(site / "site"):
        time.sleep(0.005)
    process.kill()
    process.wait()
    end = time.monotonic() + 120
    with suppress(ProcessLookupError):
        while time.monotonic() < end:
            os.killpg(process.pid, 0)
            time.sleep(0.05)
        pytest.fail("a process of the build lives on")


@WAYS
def test_stopped_between_two_steps_puts_things_right_at_once(
    tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_exchange(monkeypatch, way)
    target = tmp_path / "site"
    publish_files(target, {"index.html": "old"})
    (target / ".git").mkdir()
    rename, steps = Path.rename, 0

    def stop_at(last: int) -> None:
        nonlocal steps
        steps = 0

        def counted(self: Path, other: Path) -> Path:
            nonlocal steps
            steps += 1
            if steps == last:
                raise KeyboardInterrupt
            return rename(self, other)

        monkeypatch.setattr(Path, "rename", counted)

    last = 0
    while not last or steps >= last:
        last += 1
        stop_at(last)
        with suppress(KeyboardInterrupt):
            publish_files(target, {"index.html": "new"})
        monkeypatch.setattr(Path, "rename", rename)
        assert (target / ".git").is_dir() or beside(target)
        with publish.staged(tmp_path / "other"):
            pass
        publish_files(target, {"index.html": "old"})
        assert (target / ".git").is_dir()
        assert not beside(target)
    assert last > 2


# Read while it is swapped

READER = """
import re, sys
site, seen, page = sys.argv[1], -1, 0
while page < int(sys.argv[2]):
    page = int(re.search(r"[0-9]+", open(f"{site}/index.html").read())[0])
    open(f"{site}/deep/er/index.html").close()
    open(f"{site}/assets/a.{page}.css").close()
    if page != seen:
        print(page, flush=True)
        seen = page
"""
SWAPS = 200


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there are two renames")
def test_reader_never_misses_a_file(tmp_path: Path) -> None:
    target = tmp_path / "site"

    def build(number: int) -> None:
        sheet = f"assets/a.{number}.css"
        publish_files(target, {"index.html": f"<{sheet}>", sheet: "", "deep/er/index.html": ""})

    build(0)
    command = [sys.executable, "-W", "ignore", "-c", READER, str(target), str(SWAPS)]
    pipes: Any = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes) as reader:
        assert reader.stdout is not None
        for number in range(SWAPS):
            # It goes on reading while the next site takes the place of the one that it has just seen.
            if reader.stdout.readline() != f"{number}\n":
                break
            build(number + 1)
        _, err = reader.communicate()
    assert reader.returncode == 0, err


# What stays for one build


def test_assets_stay_for_one_build(tmp_path: Path) -> None:
    target = tmp_path / "site"
    publish_files(target, {"index.html": "1", "a/1.css": "", "1.woff2": "", "card--1.png": "", "x/index.html": ""})
    publish_files(target, {"index.html": "2", "a/2.css": ""})
    assert read(target) == {"index.html": "2", "a/2.css": "", "a/1.css": "", "1.woff2": ""}
    assert publish.leftovers(target) == {"a/1.css", "1.woff2"}
    publish_files(target, {"index.html": "3", "a/3.css": ""})
    assert read(target) == {"index.html": "3", "a/3.css": "", "a/2.css": ""}
    publish_files(target, {"index.html": "3", "a/3.css": ""})
    assert read(target) == {"index.html": "3", "a/3.css": ""}
    assert not publish.leftovers(target)


def test_what_is_left_of_the_last_build_is_no_part_of_this_one(tmp_path: Path) -> None:
    new = {"index.html": "new", "new.css": ""}
    publish_files(tmp_path / "one", {"index.html": "old", "old.css": ""})
    publish_files(tmp_path / "one", new)
    publish_files(tmp_path / "two", new)
    assert read(tmp_path / "one") != read(tmp_path / "two")
    assert published(tmp_path / "one") == published(tmp_path / "two")


def test_leftover_that_is_made_anew_is_one_no_more(tmp_path: Path) -> None:
    target = tmp_path / "site"
    for name in ("a", "b", "a"):
        publish_files(target, {"index.html": name, f"{name}.css": ""})
    assert publish.leftovers(target) == {"b.css"}


@pytest.mark.parametrize("text", ["", "x", "\n[]", "\n{", '\n{"kept": 3}', '\n{"kept": [3]}', "\n\0"])
def test_damaged_marker_keeps_nobody_from_building(tmp_path: Path, text: str) -> None:
    target = tmp_path / "site"
    publish_files(target, {"a.css": ""})
    (target / publish.MARKER).write_text(text, encoding="utf-8")
    publish_files(target, {"b.css": ""})
    assert read(target) == {"a.css": "", "b.css": ""}


def test_file_in_the_place_of_a_folder_does_not_stay(tmp_path: Path) -> None:
    target = tmp_path / "site"
    publish_files(target, {"a/a.css": "", "b.js": ""})
    publish_files(target, {"a": "a page", "b.js/index.html": ""})
    assert read(target) == {"a": "a page", "b.js/index.html": ""}


def test_file_system_without_links_has_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", fail)
    target = tmp_path / "site"
    publish_files(target, {"a.css": "a"})
    publish_files(target, {"b.css": "b"})
    assert read(target) == {"a.css": "a", "b.css": "b"}


# What is the user's own


@WAYS
def test_what_begins_with_a_dot_goes_over(tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    no_exchange(monkeypatch, way)
    target = tmp_path / "site"
    publish_files(target, {"index.html": "old"})
    write(target, {".nojekyll": "", ".git/HEAD": "ref"})
    (target / ".link").symlink_to("nowhere")
    head = (target / ".git").stat().st_ino
    publish_files(target, {"index.html": "new"})
    assert read(target) == {"index.html": "new", ".nojekyll": "", ".git/HEAD": "ref"}
    assert (target / ".link").readlink() == Path("nowhere")
    assert (target / ".git").stat().st_ino == head, "it is a copy"


def test_what_the_site_made_itself_does_not(tmp_path: Path) -> None:
    target = tmp_path / "site"
    publish_files(target, {".well-known/security.txt": "", ".own": ""})
    (target / ".theirs").touch()
    publish_files(target, {"index.html": ""})
    assert read(target) == {"index.html": "", ".theirs": ""}


def test_permissions_stay(tmp_path: Path) -> None:
    target = tmp_path / "site"
    publish_files(target, {})
    target.chmod(0o2750)
    publish_files(target, {})
    assert target.stat().st_mode & 0o7777 == 0o2750


# What was left


@pytest.mark.parametrize("state", ["new", "old", "gone"])
def test_leftovers_are_removed(tmp_path: Path, state: str) -> None:
    target = tmp_path / "site"
    publish_files(target, {"index.html": "published"})
    left = tmp_path / f".site.{state}-0123abcd"
    write(left, {"index.html": "left", ".well-known/x": ""})
    publish.mark(left, made=[".well-known"])
    with suppress(KeyError), publish.staged(target):
        raise KeyError
    assert not beside(target)
    assert read(target) == {"index.html": "published"}


def test_others_are_not(tmp_path: Path) -> None:
    names = (".site.new", ".site.new-1", ".site.new-0123abcd.bak", ".sites.new-0123abcd", ".other.old-0123abcd")
    for name in names:
        (tmp_path / name).mkdir()
    (tmp_path / ".site.new-0123abcd").write_text("a file", encoding="utf-8")
    (tmp_path / ".site.old-0123abcd").symlink_to(tmp_path / ".site.new")
    publish_files(tmp_path / "site", {})
    assert {*names, ".site.new-0123abcd", ".site.old-0123abcd", "site"} == {path.name for path in tmp_path.iterdir()}


def test_where_there_are_no_locks_what_is_young_may_be_at_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", fail)
    young, old = (tmp_path / f".site.new-0123abc{digit}" for digit in "01")
    young.mkdir()
    old.mkdir()
    os.utime(old, (0, 0))
    publish_files(tmp_path / "site", {})
    assert young.is_dir()
    assert not old.exists()


# Two at once


def test_second_build_is_told(tmp_path: Path) -> None:
    target = tmp_path / "site"
    with publish.staged(target) as stage:
        with pytest.raises(publish.BusyError), publish.staged(target):
            pass
        assert stage.is_dir()
        with publish.staged(tmp_path / "other"):
            pass
        write(stage, {"index.html": "first"})
    assert read(target) == {"index.html": "first"}


def test_second_build_waits_and_reads_what_is_newest(tmp_path: Path) -> None:
    site = tmp_path / "own"
    assert cli.main(["init", str(site)]) == 0
    command = [sys.executable, "-c", RUN, "exchange", "build"]
    with publish.staged(site / "site") as stage:
        process = subprocess.Popen(command, cwd=site, stderr=subprocess.PIPE, text=True)
        assert process.stderr is not None
        assert "Another build is making this site" in process.stderr.readline()
        with (site / ABOUT).open("a", encoding="utf-8") as about:
            about.write("\nWritten meanwhile.\n")
        write(stage, {"index.html": "first"})
    assert process.wait() == 0, process.stderr.read()
    process.stderr.close()
    assert "Written meanwhile." in (site / "site/about/index.html").read_text("utf-8")
    assert not beside(site / "site")


# Places of other kinds


def test_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "site").symlink_to("web/current")
    publish_files(tmp_path / "site", {"index.html": ""})
    publish_files(tmp_path / "site", {"index.html": "2"})
    assert (tmp_path / "site").readlink() == Path("web/current")
    assert read(tmp_path / "web/current") == {"index.html": "2"}
    assert [*(tmp_path / "web").iterdir()] == [tmp_path / "web/current"]


@pytest.mark.parametrize("code", [errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.EPERM])
def test_kernel_that_cannot_exchange(tmp_path: Path, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    module = importlib.import_module("nutgraf.publish.swap")
    monkeypatch.setattr(module, "_renameat2", lambda *_: code)
    publish_files(tmp_path / "site", {"index.html": "1"})
    publish_files(tmp_path / "site", {"index.html": "2"})
    assert read(tmp_path / "site") == {"index.html": "2"}
    assert not beside(tmp_path / "site")


@pytest.mark.parametrize("code", [errno.EBUSY, errno.EXDEV, errno.EIO])
def test_folder_whose_place_cannot_be_taken(tmp_path: Path, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_files(tmp_path / "site", {"index.html": "1"})
    module = importlib.import_module("nutgraf.publish.swap")
    monkeypatch.setattr(module, "_renameat2", lambda *_: code)
    with pytest.raises(OSError, match=re.escape(os.strerror(code))):
        publish_files(tmp_path / "site", {"index.html": "2"})
    assert read(tmp_path / "site") == {"index.html": "1"}
    assert not beside(tmp_path / "site")


def _can_mount() -> bool:
    unshare = shutil.which("unshare")
    if unshare is None:
        return False
    command = [unshare, "--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


mounts = pytest.mark.skipif(not _can_mount(), reason="needs a name space of its own, to mount a file system in it")


def mounted(site: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Run a script that may mount what it likes; `build` in it is the command."""
    function = f"build() {{ '{sys.executable}' -m nutgraf build \"$@\"; }}\n"
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", f"set -u\n{function}{script}"]
    return subprocess.run(command, cwd=site, capture_output=True, text=True, check=False)


@mounts
@pytest.mark.parametrize("mount", ["-t tmpfs none", "--bind elsewhere"])
def test_mount_point_is_refused(tmp_path: Path, mount: str) -> None:
    site = tmp_path / "own"
    assert cli.main(["init", str(site)]) == 0
    (site / "my site").mkdir()
    (site / "elsewhere").mkdir()
    done = mounted(site, f"mount {mount} 'my site'; build -d 'my site'; echo $?; build -d 'my site/site'; echo $?")
    assert done.stdout.startswith("2\nBuilt "), done.stderr
    assert done.stdout.endswith("\n0\n"), done.stderr
    assert "my site is not replaced: it is a mount point" in done.stderr


@mounts
def test_full_disk_leaves_the_old_site(tmp_path: Path) -> None:
    site = tmp_path / "own"
    assert cli.main(["init", str(site)]) == 0
    (site / "disk").mkdir()
    script = """
        mount -t tmpfs -o size=16m none disk
        build -d disk/site >/dev/null && find disk/site -type f | sort | xargs sha256sum > before
        mount -o remount,size="$(($(du -sk disk | cut -f1) + 200))k" disk
        build --no-cache -d disk/site
        echo $?
        find disk/site -type f | sort | xargs sha256sum > after
        cmp before after && ls -A disk
    """
    done = mounted(site, script)
    assert done.stdout == "2\nsite\n", done.stdout + done.stderr
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr
    assert (site / "before").stat().st_size > 1000


def test_signal_ends_a_build_and_leaves_nothing(tmp_path: Path) -> None:
    site = tmp_path / "own"
    assert cli.main(["init", str(site)]) == 0
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, "exchange", "build"], cwd=site, stderr=subprocess.DEVNULL, start_new_session=True
    )
    while process.poll() is None and not beside(site / "site"):
        time.sleep(0.005)
    process.send_signal(signal.SIGTERM)
    assert process.wait() == cli.TERMINATED
    assert not beside(site / "site")
    assert not (site / "site").exists()
