"""What is wrong with one item of a list does not move what is found in the others."""

from __future__ import annotations

from itertools import chain

import pytest

from nutgraf.checks.runner import check
from nutgraf.graph import resolve
from tests.making import loaded

HEAD = "title: Story\nbased_on: post-1\n"
FINE = "sections: [{statements: [{id: fine, text: Works closed}]}]\n"

CASES = {
    "a statement with a malformed ID": (
        HEAD
        + "sections:\n  - statements:\n      - {id: One, text: Works closed}\n      - {id: two, text: it closed}\n",
        {"malformed-id": 5, "dangling-reference": 6},
    ),
    "a statement without a text under its name": (
        HEAD + "sections:\n  - statements:\n      - {id: one, txt: Works closed}\n      - {id: two, text: it closed}\n",
        {"unknown-field": 5, "dangling-reference": 6},
    ),
    "two malformed statements around one": (
        HEAD + "sections:\n  - statements:\n      - {id: One, text: Works closed}\n      - {id: two, text: it closed}\n"
        "      - {id: Three, text: Works closed}\n      - {id: four, text: she left}\n",
        {"malformed-id": 7, "dangling-reference": 8},
    ),
    "a malformed section": (
        HEAD + "sections:\n  - [a, b]\n  - statements:\n      - {id: two, text: it closed}\n",
        {"wrong-shape": 4, "dangling-reference": 6},
    ),
    "a malformed key point": (
        HEAD + FINE + "key_points:\n  - Fine One\n  - missing\n",
        {"malformed-id": 5, "unknown-statement": 6},
    ),
    "a malformed dispute": (
        HEAD + FINE + "disputes:\n  - {id: D, question: Why?, positions: [fine]}\n"
        "  - {id: e, question: Who?, positions: [missing]}\n",
        {"malformed-id": 5, "unknown-statement": 6},
    ),
    "a malformed unknown": (
        HEAD + FINE + "unknowns:\n  - {id: u, text: who paid, why: nope}\n"
        "  - {id: v, text: who left, why: undisclosed, rests_on: missing}\n",
        {"unknown-value": 5, "unknown-statement": 6},
    ),
    "a malformed revision": (
        HEAD + FINE + "revisions:\n  - {date: soon, kind: correction, note: No.}\n"
        "  - {date: 2023-05-01, kind: correction, statements: [missing], note: Works closed later.}\n",
        {"malformed-date": 5, "unknown-statement": 6},
    ),
    "a malformed source beside an unknown one": (
        HEAD + "sections:\n  - statements:\n      - id: one\n        text: Works closed\n        source:\n"
        "          - Post One\n          - missing\n",
        {"malformed-id": 8, "unknown-source": 9},
    ),
    "errors that the first round hides": (
        HEAD + "sections:\n  - statements:\n      - {id: One, text: Works closed}\n"
        "      - {id: two, text: Works closed, when: soon}\n      - {id: three, text: it closed, when: later}\n"
        "      - {id: four, text: she left}\n",
        {"malformed-date": 7, "dangling-reference": 8},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_findings_keep_their_lines(name: str) -> None:
    text, expected = CASES[name]
    read = loaded({"stories/s.yml": text})
    resolution = resolve(read)
    found = chain(read.diagnostics, resolution.diagnostics, check(resolution.graph))
    lines = {one.rule: one.span.line for one in found if one.span.path == "stories/s.yml"}
    assert {rule: lines.get(rule) for rule in expected} == expected
