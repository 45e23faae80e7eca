"""The same content gives the same bytes: anywhere, on any machine, on any day."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nutgraf.publish import MARKER
from tests.making import ROOT

ODD = '''
"""Runs at the start of Python: another day, folders that are listed in another order, one processor."""

import datetime
import os
import random
import time

dice = random.Random(7)
LATER = datetime.timedelta(days=500)


class Shuffled(list):
    __enter__ = lambda self: self
    __exit__ = lambda self, *_: None
    __next__ = lambda self: self.pop() if self else next(iter(()))
    close = lambda self: None


def shuffling(listing):
    def listed(path="."):
        entries = Shuffled(listing(path))
        dice.shuffle(entries)
        return entries
    return listed


os.scandir, os.listdir = shuffling(os.scandir), shuffling(os.listdir)
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])

clock, true = time.time, datetime.datetime
time.time = lambda: clock() + LATER.total_seconds()


class Kind(type):
    __instancecheck__ = lambda self, one: isinstance(one, true)


class Moment(true, metaclass=Kind):
    now = classmethod(lambda cls, tz=None: true.now(tz) + LATER)
    utcnow = classmethod(lambda cls: true.utcnow() + LATER)
    today = classmethod(lambda cls: true.today() + LATER)


datetime.datetime = Moment
'''
CONFIG = """\
site_name: Same
site_url: https://example.org/
docs_dir: content
plugins: [search, {nutgraf: {format: 1}}]
theme: {name: material, font: false}
extra_css: [b/one.css, a/two.css]
extra_javascript: [a/one.js, {path: b/two.mjs, type: module}]
"""
OTHERS = {
    "a/index.md": "# A\n\n[A story](../stories/{story}.yml)\n",
    "b/second.md": "# Second\n",
    "b/first.md": "# First\n",
    "ä/ö.md": "# Ö\n",
    "b/one.css": "p { color: red }",
    "a/two.css": "p { color: green }",
    "a/one.js": "1",
    "b/two.mjs": "2",
    "a/picture.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
}
SITES = {"story": "content", "begun": "templates/init/content"}
WAYS = {"nutgraf": ["nutgraf", "build"], "mkdocs": ["mkdocs", "build", "--quiet"]}


def make(folder: Path, content: str, *, dated: bool) -> None:
    """Make a site, its files in any order."""
    shutil.copytree(ROOT / content, folder / "content")
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    story = next((folder / "content/stories").glob("*.yml"))
    for name, text in OTHERS.items():
        file = folder / "content" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text.replace("{story}", story.stem), encoding="utf-8")
    if not dated:
        text = re.sub(r"^(as_of|status):.*\n", "", story.read_text("utf-8"), flags=re.MULTILINE)
        story.write_text(text, encoding="utf-8")


def build(folder: Path, way: str, **environment: str) -> dict[str, bytes]:
    """Build a site and return all its files."""
    plain = {name: value for name, value in os.environ.items() if name not in {"SOURCE_DATE_EPOCH", "PYTHONPATH"}}
    command, *arguments = WAYS[way]
    done = subprocess.run(
        [str(Path(sys.executable).with_name(command)), *arguments],
        cwd=folder,
        env={**plain, **environment},
        umask=int(environment.get("UMASK", "022"), 8),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Each page is made with MkDocs" not in done.stderr
    site = folder / "site"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("content", "dated"), [("story", True), ("begun", False)])
def test_same_content_same_bytes(tmp_path: Path, content: str, dated: bool, way: str) -> None:  # noqa: FBT001
    here, there = tmp_path / "here", tmp_path / "another place" / "ü"
    make(here, SITES[content], dated=dated)
    there.parent.mkdir()
    shutil.copytree(here, there)
    one = build(here, way, TZ="UTC", LC_ALL="C.UTF-8", PYTHONHASHSEED="1")
    odd = tmp_path / "odd"
    odd.mkdir()
    (odd / "sitecustomize.py").write_text(ODD, encoding="utf-8")
    strange = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANGUAGE": "de", "PYTHONHASHSEED": "77", "UMASK": "077"}
    other = build(there, way, PYTHONPATH=str(odd), **strange)
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []
    assert (b"<lastmod>" in one["sitemap.xml"]) == dated


def test_both_ways_give_the_same(tmp_path: Path) -> None:
    for dated in (True, False):
        folder = tmp_path / str(dated)
        make(folder, SITES["begun"], dated=dated)
        one, other = build(folder, "nutgraf"), build(folder, "mkdocs")
        # MkDocs goes on after our plugin, and other plugins may write files: which are its own is not known there.
        assert one.pop(MARKER) != other.pop(MARKER)
        assert one == other


def test_date_of_the_environment_counts(tmp_path: Path) -> None:
    make(tmp_path / "own", SITES["begun"], dated=False)
    for way in WAYS:
        built = build(tmp_path / "own", way, SOURCE_DATE_EPOCH="1750000000")
        assert {*re.findall(rb"<lastmod>(.*?)</lastmod>", built["sitemap.xml"])} == {b"2025-06-15"}
