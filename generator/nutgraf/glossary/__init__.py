"""Finds names and glossary terms in running text, and so knows which statements speak of what.

- `spelling`: when two spellings are the same word.
- `edges`: where words begin and end.
- `forms`: all that entities and terms are called.
- `titles`, `occurrence`: whether a name or word can be what it is taken for where it stands.
- `finder`: finds them in a text, all at once.
- `markup`: what readers see of inline Markdown, and the links that content writes itself.
- `mentions`: which statements speak of what.
- `reach`: which records published stories use.
"""

from __future__ import annotations

from nutgraf.glossary.forms import MentionKind, Written, is_generic, written
from nutgraf.glossary.matcher import Matcher, Mention, finder_of
from nutgraf.glossary.mentions import Mentions, mentions_in, mentions_of, people_named
from nutgraf.glossary.published_records import published, uses

__all__ = [
    "Matcher",
    "Mention",
    "MentionKind",
    "Mentions",
    "Written",
    "finder_of",
    "is_generic",
    "mentions_in",
    "mentions_of",
    "people_named",
    "published",
    "uses",
    "written",
]
