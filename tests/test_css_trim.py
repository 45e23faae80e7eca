"""How Material's style sheet and script are made light."""

from __future__ import annotations

import re
from pathlib import Path

import material  # type: ignore[import-untyped]
import pytest

from nutgraf.theme.css_trim import classes_in, defer_search, trim, without_map


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        (".a{x:y}.b{x:y}", ".a{x:y}"),
        ("p,.b,.a p{x:y}", "p,.a p{x:y}"),
        (".a:not(.b){x:y}", ".a:not(.b){x:y}"),
        (":is(.b,.a) p{x:y}", ":is(.b,.a) p{x:y}"),
        ("@media print{.b{x:y}}@media print{.a{x:y}.b{x:y}}", "@media print{.a{x:y}}"),
        ("@keyframes k{0%{x:y}to{x:z}}", "@keyframes k{0%{x:y}to{x:z}}"),
        ('@charset "UTF-8";.a{x:y}', '@charset "UTF-8";.a{x:y}'),
        (r".a:after{content:'}.b{'}.b\:c{x:y}", r".a:after{content:'}.b{'}.b\:c{x:y}"),
        ("[data-md-color-primary=red]{x:y}[data-md-color-primary=teal]{x:y}", "[data-md-color-primary=teal]{x:y}"),
        (":root{--i:url('data:a;}b');--j:url(c);--k:1}.a{x:var(--j)}", ":root{--j:url(c);--k:1}.a{x:var(--j)}"),
        (":root{--i:url('data:a')}.b{x:var(--i)}.a{x:y}", ":root{}.a{x:y}"),
    ],
)
def test_rules_that_match_nothing_go(sheet: str, expected: str) -> None:
    assert trim(sheet, {"a", "colour teal"}, "") == expected


def test_picture_that_others_use_stays() -> None:
    assert trim(":root{--i:url(a)}", set(), "p{x:var(--i)}") == ":root{--i:url(a)}"


def test_classes_are_found_however_they_are_quoted() -> None:
    assert {*classes_in("<p class=\"a b\"><p class='c'><p class=d><p id=e>")} == {"a", "b", "c", "d"}


def test_source_map_is_not_named() -> None:
    assert without_map("a()\n//# sourceMappingURL=a.js.map\n") == "a()\n"
    assert without_map("p{}/*# sourceMappingURL=a.css.map */") == "p{}\n"


def test_script_that_is_written_otherwise_stays() -> None:
    script = 'function S(e,t=new Worker(e)){}S();L($(location.protocol!=="file:"),J("search"))'
    assert defer_search(script).startswith("function S(e,t=Object.assign(new EventTarget,")
    assert defer_search(script).endswith('S();J("search")')
    assert defer_search(script.replace("protocol", "host")) == script.replace("protocol", "host")


def selectors(sheet: str) -> set[str]:
    """Return what the rules of a sheet ask for."""
    return {one for head in re.findall(r"([^{}]+)\{", sheet) for one in head.split(",")}


def test_nothing_that_a_page_needs_is_missing_in_what_is_known_of_its_templates(built_site: Path) -> None:
    whole = next((Path(material.__file__).parent / "templates/assets/stylesheets").glob("main.*.min.css"))
    kept = next((built_site / "assets/stylesheets").glob("main.*.min.css")).read_text(encoding="utf-8")
    pages = {name for page in built_site.rglob("*.html") for name in classes_in(page.read_text(encoding="utf-8"))}
    needed = selectors(trim(without_map(whole.read_text(encoding="utf-8")), pages, ""))
    assert len(needed) > 100
    assert needed <= selectors(kept)
