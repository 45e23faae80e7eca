"""What stands on pages, case by case: the documents beside this file hold content, and what a reader sees of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import literate
from tests.pages import rendering

CASES = literate.read(*sorted(Path(__file__).parent.glob("*.md")))
STORY = "stories/s/"
SECTIONS = ("timeline", "who", "money", "accounts", "unknown", "words", "sources", "changes")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: literate.Case) -> None:
    """Every case is about the story `s`; a record is that of its statement `it`."""
    library = rendering.with_base(case.files)
    story = rendering.page(STORY, library)
    literate.check(
        case,
        prose=rendering.paragraphs(story),
        record=rendering.between(story, '<div class="record" id="section-record--it"', "</div>"),
        strip=rendering.between(story, '<div class="strip">', "\n</div>"),
        entity=_whole("entities/ada/", case),
        source=_whole("sources/it/", case),
        term=_whole("glossary/it/", case),
        home=_whole("", case),
        entities=_whole("entities/", case),
        all_sources=_whole("sources/", case),
        glossary=_whole("glossary/", case),
        all_events=_whole("timeline/", case),
        all_changes=_whole("changes/", case),
        **{name: rendering.section(story, f"section-{name}") for name in SECTIONS},
    )


def _whole(where: str, case: literate.Case) -> str:
    """Return the text of a page, if the case has the file that it shows."""
    try:
        return rendering.shown(rendering.page(where, rendering.with_base(case.files)))
    except LookupError:
        return ""
