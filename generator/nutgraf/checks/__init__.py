"""The editorial rules: what an editor knows and a schema cannot say."""

from __future__ import annotations

from nutgraf.checks.explanation import explain, names
from nutgraf.checks.policy import Policy, WordList, word_lists
from nutgraf.checks.rule import Finding, Rule
from nutgraf.checks.run import RULES, check, check_some

__all__ = ["RULES", "Finding", "Policy", "Rule", "WordList", "check", "check_some", "explain", "names", "word_lists"]
