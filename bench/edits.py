"""One edit, as an editor makes it: the same words in the project of each builder."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from bench.peers.builders import STORY

if TYPE_CHECKING:
    from pathlib import Path

    from bench.peers.builders import Builder

MARK: Final = "in the presence of the"
"""What an edit adds begins with this. A made-up word of its own follows, by which it is found again; no number, since
a figure typed into a statement is an error."""
SYLLABLES: Final = ("ba", "do", "fe", "gi", "ku", "la", "mo", "ne", "pi", "ru")


def words(number: int) -> str:
    """Return the words that the edit of a number adds."""
    return f"{MARK} {''.join(SYLLABLES[int(digit)] for digit in f'{number:03}')} choir"


def _put(text: str, number: int) -> str:
    """Return a sentence with the words of an edit in it, in the place of an earlier one's."""
    bare = re.sub(rf" {MARK} \w+ choir", "", text)
    return f"{bare.rstrip('.')} {words(number)}{'.' if bare.endswith('.') else ''}"


def edit_statement(builder: Builder, project: Path, number: int) -> None:
    """Add words to the first statement of the story that is edited.

    Raises:
        ValueError: it is not where it should be.
    """
    path = project / builder.story
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        # The words stand before the mark and the footnote: "... the quay. reported[^opened-1]"
        pattern = r"^(\[\]\(\)\{ #\S+ \}.*?\.)( (?:reported|claimed|inferred|established)[^\n]*\[\^\S+\])$"
        new, count = re.subn(
            pattern, lambda found: _put(found[1], number) + found[2], text, count=1, flags=re.MULTILINE
        )
    else:
        # One that no shorter clause stands beside, which would have to change as well.
        pattern = r"^( {8}text: )(.*)$(?!\n {8}after_previous)"
        new, count = re.subn(
            pattern, lambda found: found[1] + _put(found[2], number), text, count=1, flags=re.MULTILINE
        )
    if not count or new == text:
        raise ValueError(f"{path} has no statement to edit")
    path.write_text(new, encoding="utf-8")


def edit_term(builder: Builder, project: Path, key: str, number: int) -> None:
    """Add words to the short definition of a term.

    Raises:
        ValueError: it is not where it should be.
    """
    path = project / builder.term(key)
    text = path.read_text(encoding="utf-8")
    pattern = r"^(\*\*)(.*)(\*\*)$" if path.suffix == ".md" else r"^(short: )(.*)()$"
    new, count = re.subn(
        pattern, lambda found: found[1] + _put(found[2], number) + found[3], text, count=1, flags=re.MULTILINE
    )
    if not count or new == text:
        raise ValueError(f"{path} has no definition to edit")
    path.write_text(new, encoding="utf-8")


def popular_term(corpus: Path) -> str:
    """Return the id of the term that most stories use, of those with room for more words in their definition."""
    stories = [path.read_text(encoding="utf-8") for path in sorted((corpus / "content" / "stories").glob("*.yml"))]
    counts: Counter[str] = Counter()
    for path in sorted((corpus / "content" / "glossary").glob("*.yml")):
        label, short = re.findall(r"^(?:label|short): (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        if len(short.split()) <= 18:  # noqa: PLR2004 - a definition may have 25, and an edit adds 7
            counts[path.stem] = sum(label in story for story in stories)
    return counts.most_common(1)[0][0]


def addresses(term: str) -> dict[str, str]:
    """Return the pages on which an edit of a kind is to be seen."""
    return {"statement": f"stories/{STORY}/", "term": f"glossary/{term}/"}
