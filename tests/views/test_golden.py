"""A small site, every page of it compared byte for byte with what it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from nutgraf.views import addresses
from tests.views import rendering

EXPECTED = Path(__file__).parent.parent / "golden" / "expected"
LIBRARY = rendering.folder("tests/golden/content")


@pytest.mark.parametrize("where", addresses(LIBRARY.graph))
def test_page_is_as_it_was(where: str, *, snapshots: bool) -> None:
    page = rendering.renderer().render(where, LIBRARY)
    facts = f"title: {page.title}\ndescription: {page.description}\nrecord: {page.record}\nmodified: {page.modified}"
    actual = f"<!--\n{facts}\n-->\n{page.html}"
    path = EXPECTED / f"{where}index.html"
    if snapshots:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(actual, encoding="utf-8")
    assert actual == path.read_text(encoding="utf-8")


def test_no_page_is_left_over() -> None:
    kept = {path.relative_to(EXPECTED).as_posix().removesuffix("index.html") for path in EXPECTED.rglob("*.html")}
    assert kept == set(addresses(LIBRARY.graph))
