"""The corpus of cases: they are sound, and no rule that stops publication cries wolf over them."""

from __future__ import annotations

import pytest

from bench import checks
from nutgraf.checks.runner import RULES
from nutgraf.diagnostics import Severity
from tests.making import told

PRECISION = 0.95
"""What a rule has to reach to stop publication; below, it is a warning."""
CASES = 150
SEVERITIES = {rule.name: rule.severity for rule in RULES}


@pytest.fixture(scope="module")
def scores() -> dict[str, checks.Score]:
    """Return what came of the corpus, by rule."""
    return {rule: checks.score(rule) for rule in checks.rules()}


def test_there_are_enough_cases() -> None:
    assert sum(1 for rule in checks.rules() for _ in checks.cases(rule)) >= CASES


@pytest.mark.parametrize("rule", checks.rules())
def test_cases_are_sound(scores: dict[str, checks.Score], rule: str) -> None:
    for judged in scores[rule].judged:
        assert not told(judged.unsound), judged.case.name


@pytest.mark.parametrize("rule", checks.rules())
def test_rules_that_stop_publication_are_precise(scores: dict[str, checks.Score], rule: str) -> None:
    wrong = [one.case.name for one in scores[rule].disputed if one.complains]
    assert scores[rule].precision >= PRECISION or SEVERITIES[rule] is Severity.WARNING, wrong
