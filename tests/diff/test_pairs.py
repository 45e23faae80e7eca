"""What counts as a change for readers: pairs of sites as data, and what is said of each.

`base/` is a small site. A case of `pairs/*.md` says how it is edited: a block of the kind `diff` under a path replaces
lines of that file, `yaml` writes the file, `gone` deletes it. Under a path that begins with `old/`, the published side
is edited, too, so that a case can begin from something else than the base.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.diff import Change, ChangeKind, ChangeSeverity, Snapshot, comparison
from nutgraf.diff.snapshot_pair import IdMapping
from nutgraf.diff.word_diff import Turn
from tests import literate
from tests.making import english

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from nutgraf.diff import Comparison
    from nutgraf.loading.content import FileCache

HERE = Path(__file__).resolve().parent
CASES = literate.read(*sorted((HERE / "pairs").glob("*.md")))
LEAST = 80


@lru_cache(maxsize=1)
def base() -> dict[str, bytes]:
    return {path.relative_to(HERE / "base").as_posix(): path.read_bytes() for path in (HERE / "base").rglob("*.yml")}


def edited(tree: dict[str, bytes], case: literate.Case, *, old: bool) -> dict[str, bytes]:
    """Return a tree with the edits of a case to one side."""
    found = dict(tree)
    for block in case.blocks:
        if not block.path or block.path.startswith("old/") is not old:
            continue
        path = block.path.removeprefix("old/")
        if block.kind == "yaml":
            found[path] = block.text.encode()
        elif block.kind == "gone":
            del found[path]
        else:
            found[path] = patched(found[path].decode(), block.text, case).encode()
    return found


def patched(text: str, patch: str, case: literate.Case) -> str:
    """Return a text with a patch: lines that begin with a space or a minus are found once, and replaced."""
    for hunk in patch.split("...\n"):
        lines = hunk.splitlines()
        before = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("+"))
        after = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("-"))
        assert text.count(before) == 1, f"{case}: these lines are there {text.count(before)} times:\n{before}"
        text = text.replace(before, after)
    return text


def sides(case: literate.Case) -> tuple[Snapshot, Snapshot]:
    old = edited(base(), case, old=True)
    # As the command does: what both sides have is read once.
    known: FileCache = {}
    return side(old, known), side(edited(old, case, old=False), known)


def side(tree: dict[str, bytes], known: FileCache) -> Snapshot:
    """Read a tree; what ends in `.md` is a page that is written by hand, what is no record is only named."""
    pages = {path: data.decode() for path, data in tree.items() if path.endswith(".md")}
    # What no story of the base uses is published for its sake.
    pages["more.md"] = "[A term](glossary/expansion-joint.yml) and [a source](sources/archive-2021.yml)."
    records = {path: data for path, data in tree.items() if path.endswith(".yml")}
    files = {path: frozenset({repr(data)}) for path, data in tree.items() if path not in pages.keys() | records.keys()}
    return Snapshot.read(records, english(), pages=pages, known=known, files=files)


def told(outcome: Comparison) -> str:
    return "".join(f"{line}\n" for change in outcome.changes for line in lines(change)) or "nothing\n"


def lines(change: Change) -> Iterator[str]:
    acknowledged = " (acknowledged)" if change.acknowledged is not None else ""
    yield f"{change.severity}{acknowledged} {change.kind} {change.subject}: {change.headline}"
    yield f"  at {change.place}"
    if change.words and (change.before and change.after):
        marks = {Turn.SAME: "{}", Turn.GONE: "[-{}-]", Turn.NEW: "{{+{}+}}"}
        yield "  " + "".join(marks[piece.turn].format(piece.text) for piece in change.words)
    elif change.before != change.after:
        yield f"  {'-' if change.before else '+'} {change.before or change.after}"
    if change.figure:
        one = change.figure
        yield f"  figure {one.name or '(typed)'}: {one.before} → {one.after or 'none'}; {one.delta or 'no delta'}"
        if one.disagrees:
            yield f"  disagrees with {one.disagrees.what} at {one.disagrees.span}: {one.disagrees.text}"
    if len(change.reach.statements) > 1:
        yield f"  shown with {len(change.reach.statements)}, reworded {len(change.reach.reworded)}"


@pytest.mark.parametrize("case", CASES, ids=str)
def test_pair(case: literate.Case) -> None:
    old, new = sides(case)
    outcome = comparison(old, new)
    wrong = [f"{one.span}: {one.headline}" for one in (*outcome.old_mistakes, *outcome.new_mistakes)]
    helps = "\n".join(one.help for one in outcome.changes if one.help)
    literate.check(case, changes=told(outcome), mistakes="\n".join(wrong), help=helps)


def test_enough_pairs_of_every_kind_and_severity() -> None:
    assert len(CASES) >= LEAST
    told_of = {
        word for case in CASES for line in case.expectations["changes"].text.splitlines() for word in line.split()
    }
    missing = {str(kind) for kind in ChangeKind} - told_of - {ChangeKind.FRAMES_CHANGED, ChangeKind.PAGE_DIFFERS}
    assert not missing
    assert {str(one) for one in ChangeSeverity} <= told_of


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_side_equals_itself(case: literate.Case) -> None:
    old, new = sides(case)
    assert told(comparison(new, new)) == "nothing\n"
    assert told(comparison(old, old)) == "nothing\n"


@pytest.mark.parametrize("case", CASES, ids=str)
def test_no_sentence_changes_unnoticed(case: literate.Case) -> None:
    """Only what may have changed is compiled; here all of it is."""
    old, new = sides(case)
    known = {key for change in comparison(old, new).changes for key in change.reach.reworded}
    both = IdMapping.between(old, new).before.items()
    pairs = [(now, was) for now, was in both if now in new.graph.statements and was in old.graph.statements]
    unread = {one.partition("#")[2] for side in (old, new) for one in side.graph.damaged}
    changed = {
        now for now, was in pairs if new.own_text(now) != old.own_text(was) and now.partition("/")[2] not in unread
    }
    assert changed <= known


def rewritten(data: bytes, chance: random.Random, *, shuffled: bool = False) -> bytes:
    """Return a record with all that means nothing done otherwise: order of fields, style, line breaks, quotes.

    Args:
        data: the record.
        chance: decides.
        shuffled: whether the lists of a story are shuffled, too.
    """
    record = yaml.load(data, Loader=yaml.BaseLoader)  # noqa: S506 - it makes strings, lists and mappings, nothing else
    if shuffled:
        for part in ("sections", "disputes", "unknowns"):
            chance.shuffle(record.get(part, []))
        for section in record.get("sections", []):
            chance.shuffle(section["statements"])
    fields = list(record.items())
    chance.shuffle(fields)
    text: str = yaml.safe_dump(
        dict(fields),
        sort_keys=chance.random() < 0.3,
        default_flow_style=chance.random() < 0.5,
        width=chance.choice([30, 80, 1000]),
        indent=chance.choice([2, 4]),
        allow_unicode=True,
    )
    return text.encode()


@given(st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_layout_is_no_change(chance: random.Random) -> None:
    new = Snapshot.read({path: rewritten(data, chance) for path, data in base().items()}, english())
    assert not new.diagnostics
    assert told(comparison(Snapshot.read(base(), english()), new)) == "nothing\n"


@given(st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_another_order_is_told_as_that_alone(chance: random.Random) -> None:
    # Sections without a heading take their defaults along; a heading that moves is the same heading.
    old = Snapshot.read(base(), english())
    new = Snapshot.read({path: rewritten(data, chance, shuffled=True) for path, data in base().items()}, english())
    assert not new.diagnostics
    changed = [
        name
        for name, story in old.graph.stories.items()
        if [one.key for one in old.graph.in_story(name)] != [one.key for one in new.graph.in_story(name)]
        or [one.id for one in story.disputes] != [one.id for one in new.graph.stories[name].disputes]
    ]
    outcome = comparison(old, new)
    assert {one.kind for one in outcome.changes} <= {ChangeKind.ORDER_CHANGED}
    assert [one for one in changed if not any(change.subject == f"stories/{one}" for change in outcome.changes)] == []


def mutilated() -> Iterator[dict[str, bytes]]:
    """Yield the base without one of its files, with one that is no record, and without one line of a story."""
    for path in base():
        yield {other: data for other, data in base().items() if other != path}
        yield {**base(), path: b"- [\n"}
    for path in ("stories/bridge.yml", "entities/ruth-okafor.yml", "sources/archive-2021.yml"):
        kept = base()[path].splitlines(keepends=True)
        for number in range(len(kept)):
            yield {**base(), path: b"".join(kept[:number] + kept[number + 1 :])}


def test_a_damaged_side_is_compared_as_far_as_it_goes() -> None:
    whole = Snapshot.read(base(), english())
    for number, tree in enumerate(mutilated()):
        damaged = Snapshot.read(tree, english())
        for one, other in ((whole, damaged), (damaged, whole)):
            outcome = comparison(one, other)
            assert all(change.place for change in outcome.changes), number


def test_what_could_not_be_read_is_not_gone() -> None:
    tree = {**base(), "stories/bridge.yml": b"- [\n"}
    outcome = comparison(Snapshot.read(base(), english()), Snapshot.read(tree, english()))
    assert not [one for one in outcome.changes if one.kind is ChangeKind.ID_REMOVED]
    assert outcome.new_mistakes
    assert not outcome.is_whole
