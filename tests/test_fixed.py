"""`make test` draws the same examples on every run and every machine; `make fuzz` draws new ones."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import settings

from tools.fuzz import ROUND

TESTS = Path(__file__).parent


def test_examples_are_drawn_from_fixed_seeds() -> None:
    profile = settings.get_profile("fixed")
    assert profile.derandomize
    assert profile.database is None
    assert profile.deadline is None
    assert settings.default == profile


def test_fuzzing_draws_new_examples() -> None:
    assert "--hypothesis-profile=fuzz" in ROUND
    assert not settings.get_profile("fuzz").derandomize


def test_every_generator_of_random_numbers_has_a_seed() -> None:
    for path in TESTS.rglob("*.py"):
        assert not re.search(r"\bRandom\(\)|\brandom\.(?!Random\b)\w+\(", path.read_text(encoding="utf-8")), path
