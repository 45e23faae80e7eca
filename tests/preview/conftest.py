"""A small site, and previews of it that end with the test."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Protocol

import pytest

from nutgraf.cli import main
from tests.preview.serving import Preview

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Start(Protocol):
    """A function that starts previews."""

    def __call__(self, *options: str, site: Path | None = None, address: str = "127.0.0.1:0") -> Preview:
        """Start one, of the test's site if no other is named."""
        ...


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site as `nutgraf init` makes it, which nobody may write into."""
    folder = tmp_path_factory.mktemp("begun") / "site"
    assert main(["init", str(folder)]) == 0
    return folder


@pytest.fixture
def site(begun: Path, tmp_path: Path) -> Path:
    """Return a site of the test's own."""
    return shutil.copytree(begun, tmp_path / "site")


@pytest.fixture
def start(site: Path) -> Iterator[Start]:
    """Give a function that starts a preview, which ends with the test."""
    running: list[Preview] = []

    def begin(*options: str, site: Path | None = site, address: str = "127.0.0.1:0") -> Preview:
        assert site is not None
        running.append(Preview(site, *options, address=address))
        return running[-1]

    yield begin
    for one in running:
        one.close()


@pytest.fixture
def preview(start: Start) -> Preview:
    """Start a preview of the site."""
    return start()
