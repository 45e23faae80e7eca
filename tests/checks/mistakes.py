"""Sites that rules go through in tests, and mistakes to make in their files."""

from __future__ import annotations

from typing import Final

SITES: Final = ("content", "tests/sites/sewol/content", "tests/golden/content", "tests/sites/hostile/content")
"""Content folders, relative to the project."""
MISTAKES: Final = (
    (r"(?m)^( +)text: (.+)$", r"\1text: reportedly \2"),
    (r"(?m)^( +)text: (.+)$", r"\1text: \2 because of 17 million dollars"),
    (r"(?m)^( +)certainty: \w+$", r"\1certainty: established"),
    (r"(?m)^( +)(- id: [\w-]+)$", r"\1\2\n\1  certainty: established"),
    (r"(?m)^( +)source: .+$\n", ""),
    (r"(?m)^( +)text: (.+)$", r"\1text: \2 ![map](x.svg) W" + "\u043erks."),
    (r"(?m)^question: .+$", "question: Did the crooked liar steal it?"),
    (r"(?m)^short: .+$", "short: Allegedly a fraud, as everybody knows."),
    (r"(?m)^(text|about): (.+)$", r"\1: \2, the thief"),
)
"""Regular expressions, and what takes the place of what they match."""
