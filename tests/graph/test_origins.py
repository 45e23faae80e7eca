"""How many independent origins stand behind a statement: the rule of the design, case by case."""

from __future__ import annotations

import pytest

from nutgraf.graph.origins import Lineage
from nutgraf.model import Source, SourceUse

SOURCES = {
    "a": [],
    "b": [],
    "c": [],
    "repeats-a": ["a"],
    "repeats-a-too": ["a"],
    "repeats-repeat": ["repeats-a"],
    "leans-on-both": ["a", "b"],
    "circle": ["circle-too"],
    "circle-too": ["circle"],
}


def lineage() -> Lineage:
    return Lineage({name: Source.model_validate({"derives_from": above}) for name, above in SOURCES.items()})


@pytest.mark.parametrize(
    ("cited", "origins"),
    [
        pytest.param(["a"], [("a", [], "a")], id="one report"),
        pytest.param(["a", "b"], [("a", [], "a"), ("b", [], "b")], id="two reports"),
        pytest.param(["a", "repeats-a"], [("a", ["repeats-a"], "a")], id="a report and its echo"),
        pytest.param(["repeats-a", "a"], [("a", ["repeats-a"], "a")], id="the order does not matter"),
        pytest.param(["a", "repeats-repeat"], [("a", ["repeats-repeat"], "a")], id="an echo of an echo"),
        pytest.param(["repeats-a"], [("repeats-a", [], "a")], id="an echo alone goes back to what it repeats"),
        pytest.param(
            ["repeats-a", "repeats-a-too"],
            [("repeats-a repeats-a-too", [], "a")],
            id="two echoes of one report are one",
        ),
        pytest.param(["leans-on-both"], [("leans-on-both", [], None)], id="several ancestors, none cited: not stated"),
        pytest.param(["leans-on-both", "a"], [("a", ["leans-on-both"], "a")], id="one of several ancestors is cited"),
        pytest.param(
            ["leans-on-both", "repeats-a"], [("leans-on-both repeats-a", [], None)], id="a shared ancestor joins"
        ),
        pytest.param(
            ["a", "c", "leans-on-both"], [("a", ["leans-on-both"], "a"), ("c", [], "c")], id="an unrelated one stays"
        ),
        pytest.param(
            [{"id": "repeats-a", "from": "own"}, "a"], [("repeats-a", [], "repeats-a"), ("a", [], "a")], id="own"
        ),
        pytest.param(
            [{"id": "leans-on-both", "from": "b"}, "a"], [("leans-on-both", [], "b"), ("a", [], "a")], id="from"
        ),
        pytest.param([{"id": "c", "from": "a"}, "a"], [("a", ["c"], "a")], id="from adds what derives_from lacks"),
        pytest.param(["circle"], [("circle", [], None)], id="a circle does not go round for ever"),
    ],
)
def test_origins(cited: list[object], origins: list[tuple[str, list[str], str | None]]) -> None:
    uses = tuple(SourceUse.model_validate({"id": one} if isinstance(one, str) else one) for one in cited)
    found = lineage().origins(uses)
    assert [(" ".join(one.sources), list(one.repeated_by), one.root) for one in found] == origins
