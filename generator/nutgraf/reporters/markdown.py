"""Changes as the Markdown of one comment on a pull request.

It opens with a sentence for people, then lists the changes by severity, the sentences before and after with the words
that differ, and stays under GitHub's limit for a comment. Whatever comes from the content is made harmless: it cannot
mention anybody, refer to an issue, link, show an image, or be read as HTML or Markdown. See `harmless`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutgraf.diff import ChangeSeverity, Turn
from nutgraf.reporters import change_summary, shown_path
from nutgraf.reporters.control_characters import escaped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nutgraf.diff import Change, Comparison, FigureChange

LIMIT: Final = 64_000
"""Bytes of a comment. GitHub takes 65,536 characters; bytes are never fewer than these."""
_RESERVE: Final = 1_000
"""Bytes that are kept for what is said last."""
_LONGEST: Final = 1_500
"""Characters of one sentence that are shown."""
_GAP: Final = "\n\n"
_JOINER: Final = "\u2060"
"""WORD JOINER: it is not seen and does not part a word, and what it stands in is no mention, reference or address."""

MARK: Final = "<!-- nutgraf diff -->"
"""The first line, by which a workflow finds its own comment again."""


def render(comparison: Comparison, *, root: str = "content", limit: int = LIMIT) -> str:
    """Return changes as Markdown.

    Args:
        comparison: what was found.
        root: the content folder, relative to the repository's.
        limit: bytes that it may have at the most.

    Returns:
        Markdown with a line break at the end. Where not all changes have room, it says how many are missing.
    """
    head = [MARK, f"**{change_summary.opening(comparison)}**"]
    head += [one for one in (change_summary.acknowledgement_line(comparison), change_summary.unread(comparison)) if one]
    parts = ["\n\n".join(head)]
    room = limit - _RESERVE - _size(parts[0])
    shown = 0
    for group in _groups(comparison):
        part, told = _group(group, root, room)
        if part:
            parts.append(part)
            room -= _size(part) + 2
        shown += told
        if told < len(group.changes):
            break
    if missing := len(comparison.changes) - shown:
        parts.append(
            f"_{change_summary.counted(missing, 'more change')} {'does' if missing == 1 else 'do'}n't fit "
            "in this comment. "
            "Run `nutgraf diff` to see all of them._"
        )
    return "\n\n".join(parts) + "\n"


class _Group:
    """Changes under one heading."""

    def __init__(self, heading: str, found: Sequence[Change], *, folded: bool = False) -> None:
        self.heading = heading
        self.changes = found
        self.folded = folded

    @property
    def frame(self) -> tuple[str, str]:
        """What stands before and behind the changes."""
        title = f"{self.heading} ({len(self.changes):,})"
        if not self.folded:
            return f"### {title}\n\n", ""
        return f"<details>\n<summary>{title}</summary>\n\n", "\n\n</details>"


def _groups(comparison: Comparison) -> Iterator[_Group]:
    """Yield the changes by what has to be done about them."""
    open_ = [one for one in comparison.changes if one.fails]
    known = [one for one in comparison.changes if one.acknowledged is not None]
    warnings = [one for one in comparison.changes if one.severity is ChangeSeverity.WARNING]
    notes = [one for one in comparison.changes if one.severity is ChangeSeverity.NOTE]
    for group in (
        _Group("Must be acknowledged", open_),
        _Group("Acknowledged", known),
        _Group("For review", warnings),
        _Group("Other changes", notes, folded=True),
    ):
        if group.changes:
            yield group


def _group(group: _Group, root: str, room: int) -> tuple[str, int]:
    """Return a group as far as there is room for it, and how many of its changes that are."""
    before, behind = group.frame
    blocks: list[str] = []
    left = room - _size(before) - _size(behind)
    sentences: set[tuple[str, str, str]] = set()
    for one in group.changes:
        block = "\n".join(_block(one, root, sentences)).rstrip()
        left -= _size(block) + 2
        if left < 0:
            break
        blocks.append(block)
    return (f"{before}{_GAP.join(blocks)}{behind}" if blocks else "", len(blocks))


def _block(one: Change, root: str, shown: set[tuple[str, str, str]]) -> Iterator[str]:
    """Yield the lines of one change: an item of a list, with what belongs to it indented."""
    where = f"{shown_path(one.place, root)}:{one.place.line}"
    yield f"- **{_ticked(one.headline)}**<br>{_code(one.kind)} in {_code(where)}"
    sentence = one.subject, one.before, one.after
    if one.before != one.after and sentence not in shown:
        # Several things may have changed about one sentence: it is shown once.
        shown.add(sentence)
        yield ""
        yield f"  <blockquote>{_sentence(one)}</blockquote>"
        yield ""  # Up to here the element goes on.
    told = [*(_figure(one.figure, root) if one.figure else ()), *_reach(one)]
    if one.acknowledged is not None:
        told.append(f"Acknowledged: {harmless(_cut(one.acknowledged))}")
    yield from (f"  - {line}" for line in told)
    if one.help:
        yield from _help(one.help)


def _sentence(one: Change) -> str:
    """Return a sentence before and after in one: what is gone is struck out, what is new is bold."""
    if not one.before or not one.after:
        tag = "ins" if one.after else "del"
        return f"<{tag}>{harmless(_cut(one.after or one.before))}</{tag}>"
    told = []
    room = _LONGEST
    for piece in one.words:
        text = piece.text if len(piece.text) <= room else _cut(piece.text, room)
        marks = {Turn.SAME: ("", ""), Turn.GONE: ("<del>", "</del>"), Turn.NEW: ("<ins><b>", "</b></ins>")}[piece.turn]
        told.append(f"{marks[0]}{harmless(text)}{marks[1]}")
        room -= len(piece.text)
        if room <= 0:
            break
    return "".join(told)


def _cut(text: str, longest: int = _LONGEST) -> str:
    return text if len(text) <= longest else f"{text[:longest]} … ({len(text) - longest:,} more characters)"


def _figure(one: FigureChange, root: str) -> Iterator[str]:
    if one.delta:
        yield f"{harmless(one.before)} → {harmless(one.after)}: **{harmless(one.delta)}**"
    if one.disagrees:
        where = f"{shown_path(one.disagrees.span, root)}:{one.disagrees.span.line}"
        text = harmless(_cut(one.disagrees.text))
        yield f"It now disagrees with {_code(one.disagrees.what)} ({text}) in {_code(where)}"


def _reach(one: Change) -> Iterator[str]:
    if len(one.reach.statements) > 1:
        reworded = f", {len(one.reach.reworded):,} reworded" if one.reach.reworded else ""
        pages = f", on {change_summary.counted(len(one.reach.pages), 'page')}" if one.reach.pages else ""
        yield f"{change_summary.counted(len(one.reach.statements), 'statement')}{reworded}{pages}"


def _ticked(text: str) -> str:
    """Return a line of ours with what stands in backticks as code, and all else harmless."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return harmless(text)
    return "".join(_code(part) if place % 2 and part.strip() else harmless(part) for place, part in enumerate(parts))


def _help(text: str) -> Iterator[str]:
    first, *others = text.split("\n")
    yield f"  - {_ticked(first)}"
    if others:
        yield ""
        fence = "`" * max(3, *(len(run) + 1 for line in others for run in re.findall("`+", line) or [""]))
        yield f"    {fence}yaml"
        yield from (f"    {escaped(line)}" for line in others)
        yield f"    {fence}"


def _size(text: str) -> int:
    return len(text.encode(errors="surrogatepass"))


# ---- what comes from the content ----

_PUNCTUATION: Final = re.compile(r"[!-/:-@\[-`{-~]")
_JOINED: Final = re.compile(
    # Behind these, letters and digits mention somebody, refer to something, begin an address or an emoji.
    r"(?<=[@#:/])(?=\w|/)"
    # `GH-1` refers to an issue, `www.x.org` is an address without a scheme.
    r"|(?i:(?<=\bGH-)(?=\d)|(?<=\bwww)(?=\.))"
)
_COMMIT: Final = re.compile(r"(?i)(?<![0-9a-z])[0-9a-f]{7,}(?![0-9a-z])")
"""Seven hexadecimal digits may be a commit. Six never are."""


def harmless(text: str) -> str:
    """Return text of unknown origin as Markdown that shows it, and does nothing else.

    All that Markdown or HTML could read as markup is written as a character reference, which is text by definition
    (CommonMark 0.31, "Entity and numeric character references"). GitHub looks for mentions, references, addresses and
    emoji in the text itself: there, a word joiner parts what would make one. What cannot be seen is shown as an escape.
    """
    joined = _JOINED.sub(_JOINER, _COMMIT.sub(_parted, escaped(text)))
    return _PUNCTUATION.sub(_reference, joined)


_PLAIN: Final = frozenset(".,;'()?/%")
"""Punctuation that means nothing to Markdown within a line: it stays readable in the source, and short."""


def _parted(found: re.Match[str]) -> str:
    return re.sub(r"(.{6})(?=.)", rf"\1{_JOINER}", found[0])


def _reference(found: re.Match[str]) -> str:
    if found[0] in _PLAIN:
        return found[0]
    # Money is no mathematics: GitHub reads `$` as such, but not within an element of its own.
    return "<span>&#36;</span>" if found[0] == "$" else f"&#{ord(found[0])};"


def _code(text: str) -> str:
    """Return text of unknown origin as code, in which GitHub looks for nothing."""
    bare = escaped(" ".join(text.split()))
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", bare)), default=0))
    pad = " " if "`" in bare else ""
    return f"{fence}{pad}{bare}{pad}{fence}"
