"""The order of names: as a reader looks them up, not as code points are numbered."""

from __future__ import annotations

import unicodedata

SortKey = tuple[bool, str, str]
"""What `sort_key` is made of; callers compare it and do not look inside."""

OTHER = "#"
"""The group of all that begins with no letter."""


def sort_key(text: str) -> SortKey:
    """Return a key that sorts names: letters before signs, accents and case only where all else is the same."""
    plain = _plain(text)
    return not plain[:1].isalpha(), plain, text


def initial(text: str) -> str:
    """Return the letter under which a name is listed; `OTHER` if it has none."""
    first = _plain(text)[:1]
    return first.upper() if first.isalpha() else OTHER


def _plain(text: str) -> str:
    """Return `text` without accents, case, and signs in front."""
    spread = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(one for one in spread if not unicodedata.combining(one))
    # Back together: NFKD takes Korean syllables apart, too.
    return unicodedata.normalize("NFC", bare).lstrip("\"'“‘«([{*_-–—.#")
