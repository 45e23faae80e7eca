"""The made-up sites that builds are timed on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench import corpus
from nutgraf.checks.runner import check
from nutgraf.graph import resolve
from nutgraf.loading.content import load

ROOT = Path(__file__).resolve().parents[2]
SIZES = (100, 1_000)


@pytest.mark.parametrize("pages", SIZES)
def test_nothing_is_wrong_with_it(pages: int) -> None:
    tree = {path.removeprefix("content/"): data for path, data in corpus.site(pages).items() if "/" in path}
    loaded = load(tree)
    resolution = resolve(loaded)
    assert [*loaded.diagnostics, *resolution.diagnostics, *check(resolution.graph)] == []


@pytest.mark.parametrize("pages", SIZES)
def test_it_has_as_many_pages_as_was_asked_for(pages: int) -> None:
    records = [path for path in corpus.site(pages) if path.endswith(".yml") and path != "mkdocs.yml"]
    assert len(records) + corpus.FIXED_PAGES == pages


def test_it_is_the_same_each_time_and_in_each_process(tmp_path: Path) -> None:
    here = corpus.site(100)
    assert here == corpus.site(100)
    other_hashes = {**os.environ, "PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-m", "bench.corpus", "100", tmp_path], cwd=ROOT, env=other_hashes, check=True)
    files = (path for path in tmp_path.rglob("*") if path.is_file())
    assert {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in files} == here
