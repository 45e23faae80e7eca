"""How right the editorial checks are on corpora by authors who had not seen them: `tests/checks/fresh/*.yml`.

Every case becomes a small site over the base site of `tests/checks/corpus`. For each kind of fault, recall is the
share of faulty cases about which a rule of that kind complains. Precision, for errors and for warnings, is the share of
complaints, by whichever rule, that are made about a faulty case. Run it with `python -m bench.editorial`; `--cases`
names the cases that rules and corpus judge differently.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bench.checks import CORPUS, base
from nutgraf.checks.runner import check
from nutgraf.diagnostics import Severity
from nutgraf.graph import resolve
from nutgraf.loading.content import load
from nutgraf.loading.nodes import plain
from nutgraf.loading.yaml import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nutgraf.diagnostics import Diagnostic

FRESH: Final = CORPUS.parent / "fresh"
STORY: Final = "stories/case.yml"
RULES: Final[Mapping[str, frozenset[str]]] = {
    "accusation": frozenset({"unmarked-accusation", "unexamined-claim"}),
    "heading": frozenset({"laundered-prose", "unexamined-claim"}),
    "cause": frozenset({"unstated-cause"}),
    "reference": frozenset({"dangling-reference"}),
    "evidence": frozenset({"unsupported-certainty"}),
}
"""The rules that find each kind of fault."""
_HOUSEKEEPING: Final = frozenset(
    {"unused-record", "unreachable-entity", "unused-quantity", "unused-term", "stale-story"}
)
"""What a case of one story says nothing about."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A case and the complaints about it."""

    name: str
    kind: str
    breaks: bool
    found: tuple[Diagnostic, ...]

    @property
    def is_found(self) -> bool:
        """Tell whether a rule of the case's kind complains."""
        return any(one.rule in RULES[self.kind] for one in self.found)


def judged(path: Path) -> Iterator[Judged]:
    """Yield the cases of a corpus, checked."""
    parsed = parse(path.name, path.read_bytes())
    if parsed.root is None or parsed.diagnostics:
        raise ValueError(f"{path} can't be read: {parsed.diagnostics}")
    below = base()
    cases: Any = plain(parsed.root)
    for case in cases:
        loaded = load({**below, STORY: story(case).encode()})
        resolution = resolve(loaded)
        found = (*loaded.diagnostics, *resolution.diagnostics, *check(resolution.graph))
        own = tuple(one for one in found if one.span.path == STORY and _is_about(case, one))
        yield Judged(case["case"], case["about"], case["breaks"] == "yes", own)


def _is_about(case: Mapping[str, Any], one: Diagnostic) -> bool:
    """Tell whether a complaint is about what a case tests: of a heading, not about the statements below it."""
    if one.rule in _HOUSEKEEPING:
        return False
    if case["about"] != "heading":
        return True
    return one.rule in {"laundered-prose", "unstated-cause"} or "`point`" in one.headline


def story(case: Mapping[str, Any]) -> str:
    """Return the story of a case as YAML (JSON is a part of YAML)."""
    statements = [{"id": f"s{index}", **_filled(case, one)} for index, one in enumerate(case["statements"])]
    section: dict[str, Any] = {"statements": statements}
    made: dict[str, Any] = {"title": "Tidewick and Port Carrow", "as_of": "2023-06-30", "status": "closed"}
    made |= {"based_on": "courier-2023", "sections": [section]}
    typed, rests_on = case.get("typed"), [one["id"] for one in statements]
    where = case.get("where", "")
    if where in {"title", "question"}:
        made |= {where: typed, "rests_on": rests_on}
    elif where == "section":
        section |= {"title": typed, "rests_on": rests_on}
    elif where == "key_point":
        made["key_points"] = [{"id": "point", "text": typed, "rests_on": rests_on}]
    elif where == "unknown":
        made["unknowns"] = [{"id": "open", "text": typed, "why": "not-covered", "rests_on": rests_on}]
    elif where == "dispute":
        made["disputes"] = [{"id": "matter", "question": typed, "rests_on": rests_on, "positions": rests_on}]
    return json.dumps(made, ensure_ascii=False)


def _filled(case: Mapping[str, Any], statement: Mapping[str, Any]) -> dict[str, Any]:
    """Return a statement with the default of its kind: a cause is stated flatly, on the record."""
    filled = dict(statement)
    if case["about"] == "cause" and not {"certainty", "by"} & filled.keys():
        filled |= {"certainty": "established", "source": "judgment-2023"}
    return filled


def precision(cases: Sequence[Judged], severity: Severity) -> float:
    """Return the share of complaints of a severity that are made about a fault; 1 if there is none."""
    right = sum(case.breaks for case in cases for one in case.found if one.severity is severity)
    every = sum(1 for case in cases for one in case.found if one.severity is severity)
    return right / every if every else 1.0


def recall(cases: Sequence[Judged], kind: str) -> float:
    """Return the share of the faults of a kind that are found; 1 if there is none."""
    faults = [case for case in cases if case.kind == kind and case.breaks]
    return sum(case.is_found for case in faults) / len(faults) if faults else 1.0


def table(cases: Sequence[Judged]) -> str:
    """Return the figures of some cases for the terminal."""
    kinds = Counter(case.kind for case in cases)
    lines = [f"{'kind':12} {'cases':>5} {'recall':>7} {'false alarms':>13}"]
    for kind, number in kinds.items():
        alarms = sum(1 for case in cases if case.kind == kind and not case.breaks and case.found)
        lines.append(f"{kind:12} {number:5} {recall(cases, kind):7.2f} {alarms:13}")
    errors, warnings = precision(cases, Severity.ERROR), precision(cases, Severity.WARNING)
    return "\n".join([*lines, f"precision: errors {errors:.2f}, warnings {warnings:.2f}"])


def main() -> None:
    """Print recall and precision on every fresh corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", action="store_true", help="name the cases that rules and corpus judge differently")
    parser.add_argument("corpora", nargs="*", type=Path, help="files to use instead of those in tests/checks/fresh")
    arguments = parser.parse_args()
    for path in arguments.corpora or sorted(FRESH.glob("*.yml")):
        cases = [*judged(path)]
        print(f"{path.name}\n{table(cases)}")
        for case in cases if arguments.cases else ():
            rules = sorted({f"{one.rule}: {one.headline}" for one in case.found})
            if case.breaks and not case.is_found:
                print(f"missed: {case.kind}: {case.name}: {rules}")
            elif not case.breaks and case.found:
                print(f"false alarm: {case.kind}: {case.name}: {rules}")


if __name__ == "__main__":
    main()
