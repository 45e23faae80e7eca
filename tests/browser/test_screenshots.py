"""`make screenshots` and what reads Lighthouse's report."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

from tools import screenshots
from tools.audit import lighthouse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser


def _size(file: Path) -> tuple[int, int]:
    """Return width and height of a PNG: PNG specification, 11.2.2."""
    width, height = struct.unpack(">II", file.read_bytes()[16:24])
    return width, height


def test_there_is_a_page_of_each_kind(built_site: Path) -> None:
    pages = lighthouse.kinds(built_site)
    assert {"", "stories/twitter-ai-openai/", "glossary/", "timeline/", "changes/", "reading/"} <= {*pages}
    assert [page.partition("/")[0] for page in pages].count("entities") == 2
    assert all((built_site / page / "index.html").is_file() for page in pages)


def test_pictures_are_of_the_width_that_they_say(
    chromium: Browser, built_site: Path, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    home = f"{serve(built_site)}/"
    wanted = [one for one in screenshots.shots(["", "stories/twitter-ai-openai/"]) if one.width in {320, 390}]
    assert len({one.file for one in wanted}) == len(wanted) > 6
    for one in wanted:
        screenshots.take(chromium, home, one, tmp_path)
        width, height = _size(tmp_path / one.file)
        assert width == one.width
        assert (height > 2000) is (one.whole and "stories" in one.page)
    shown = screenshots.index(wanted)
    assert shown.count("<figure>") == len(wanted)


def test_what_lighthouse_finds_fails_unless_it_cannot_be_right_here() -> None:
    report: dict[str, Any] = {
        "categories": {
            "seo": {
                "score": 0.82,
                "auditRefs": [
                    {"id": "canonical", "weight": 1},
                    {"id": "meta-description", "weight": 1},
                    {"id": "hint", "weight": 0},
                    {"id": "not-applicable", "weight": 1},
                ],
            }
        },
        "audits": {
            "canonical": {"id": "canonical", "title": "C", "score": 0},
            "meta-description": {
                "id": "meta-description",
                "title": "No description",
                "score": 0,
                "details": {"items": [{"node": {"selector": "head", "explanation": "there is none"}}]},
            },
            "hint": {"id": "hint", "title": "H", "score": 0},
            "not-applicable": {"id": "not-applicable", "title": "N", "score": None},
        },
    }
    rating = lighthouse.read(report, ["seo"])
    assert rating.figures == {"seo": 82}
    assert rating.amiss == ("meta-description: No description", "    head there is none")
    report["audits"]["meta-description"]["score"] = 1
    assert lighthouse.read(report, ["seo"]) == lighthouse.Rating({"seo": 100}, ())
