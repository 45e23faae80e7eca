"""How right the editorial checks are: precision and recall of each rule on the corpus of cases.

Precision is the share of a rule's complaints that are right; recall the share of the cases that break it of which it
complains. Run it with `python bench/checks.py`, or as a part of `make bench`; with `--cases` it names the cases on
which rule and corpus disagree.
"""

from __future__ import annotations

import argparse
import datetime
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nutgraf.checks.policy import Policy
from nutgraf.checks.runner import RULES, check
from nutgraf.graph import resolve
from nutgraf.loading.content import load
from nutgraf.loading.nodes import plain
from nutgraf.loading.yaml import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nutgraf.diagnostics import Diagnostic

CORPUS = Path(__file__).resolve().parent.parent / "tests" / "checks" / "corpus"


@dataclass(frozen=True, slots=True)
class Case:
    """A small site that breaks a rule, or does not.

    Attributes:
        rule: the rule that it is about.
        name: what it is.
        breaks: whether the rule must complain.
        files: what is laid over the base site, by path.
        today: the day to check on; None as within a build.
    """

    rule: str
    name: str
    breaks: bool
    files: Mapping[str, str]
    today: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A case, and what came of it.

    Attributes:
        case: the case.
        complains: whether the rule complained.
        unsound: what is wrong with the case itself: complaints of loading and resolving.
    """

    case: Case
    complains: bool
    unsound: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """How right a rule is.

    Attributes:
        rule: its name.
        judged: all cases about it.
    """

    rule: str
    judged: tuple[Judged, ...]

    def count(self, *, breaks: bool, complains: bool) -> int:
        """Return the number of cases that break the rule, or do not, of which it complains, or does not."""
        return sum(one.case.breaks is breaks and one.complains is complains for one in self.judged)

    @property
    def precision(self) -> float:
        """The share of complaints that are right; 1 where there is none."""
        right, wrong = self.count(breaks=True, complains=True), self.count(breaks=False, complains=True)
        return right / (right + wrong) if right + wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of broken cases that are found; 1 where there is none."""
        found, missed = self.count(breaks=True, complains=True), self.count(breaks=True, complains=False)
        return found / (found + missed) if found + missed else 1.0

    @property
    def disputed(self) -> tuple[Judged, ...]:
        """The cases on which rule and corpus disagree."""
        return tuple(one for one in self.judged if one.case.breaks is not one.complains)


def cases(rule: str) -> Iterator[Case]:
    """Yield the cases about a rule, in the order of their file."""
    path = CORPUS / f"{rule}.yml"
    parsed = parse(path.name, path.read_bytes())
    if parsed.root is None or parsed.diagnostics:
        raise ValueError(f"{path} is no YAML: {parsed.diagnostics}")
    found: Any = plain(parsed.root)
    for one in found:
        today = datetime.date.fromisoformat(one["today"]) if "today" in one else None
        yield Case(rule, one["case"], one["breaks"] == "yes", one["files"], today)


def rules() -> tuple[str, ...]:
    """Return the names of the rules that the corpus has cases about and that there are, in alphabetical order."""
    known = {rule.name for rule in RULES}
    return tuple(sorted(path.stem for path in CORPUS.glob("*.yml") if path.stem in known))


def base() -> dict[str, bytes]:
    """Return the site that every case is laid over."""
    root = CORPUS / "base"
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def judge(case: Case, below: Mapping[str, bytes]) -> Judged:
    """Check a case.

    Args:
        case: the case.
        below: the base site.
    """
    tree = {**below, **{path: text.encode() for path, text in case.files.items()}}
    loaded = load(tree)
    resolution = resolve(loaded)
    policy = Policy(today=case.today)
    complains = any(one.rule == case.rule for one in check(resolution.graph, policy))
    return Judged(case, complains, (*loaded.diagnostics, *resolution.diagnostics))


def score(rule: str) -> Score:
    """Check all cases about a rule."""
    below = base()
    return Score(rule, tuple(judge(case, below) for case in cases(rule)))


def table(scores: list[Score]) -> str:
    """Return precision and recall as a table for the terminal."""
    lines = [f"{'rule':28} {'severity':9} {'cases':>5} {'precision':>9} {'recall':>7}"]
    severities = {rule.name: str(rule.severity) for rule in RULES}
    lines += [
        f"{one.rule:28} {severities[one.rule]:9} {len(one.judged):5} {one.precision:9.2f} {one.recall:7.2f}"
        for one in scores
    ]
    everything = Score("all", tuple(judged for one in scores for judged in one.judged))
    lines.append(f"{'all':38} {len(everything.judged):5} {everything.precision:9.2f} {everything.recall:7.2f}")
    return "\n".join(lines)


def figures(scores: list[Score]) -> dict[str, dict[str, float]]:
    """Return precision and recall by rule."""
    return {
        one.rule: {"cases": len(one.judged), "precision": round(one.precision, 3), "recall": round(one.recall, 3)}
        for one in scores
    }


def main() -> None:
    """Print precision and recall of every rule."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--cases", action="store_true", help="name the cases on which rule and corpus disagree")
    arguments = parser.parse_args()
    scores = [score(rule) for rule in rules()]
    if arguments.json:
        print(json.dumps(figures(scores)))
        return
    print(table(scores))
    if arguments.cases:
        for one in (judged for each in scores for judged in each.disputed):
            print(f"{one.case.rule}: {one.case.name}: {'found, and is none' if one.complains else 'not found'}")


if __name__ == "__main__":
    main()
