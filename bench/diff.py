"""How long a comparison of two revisions takes, against loading them.

Run it with `python bench/diff.py`. Look at the ratio: it is to be at most 2 for one edit among 10,000 statements.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

if __package__ in {None, ""}:
    # As a script, so that `bench` is this folder, and not the file of that name in it.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from bench.bench import corpus
from nutgraf.diff import Snapshot, comparison
from nutgraf.loading.content import load
from nutgraf.template_dirs import bundled_templates
from nutgraf.wording import Wording, read_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from nutgraf.diff import Comparison
    from nutgraf.loading.content import FileCache

MOST: Final = 2.0
"""What the whole may take, in times of what loading both revisions takes."""

Tree = dict[str, bytes]


def _edited(tree: Tree, path: str, old: str, new: str) -> Tree:
    text = tree[path].decode()
    if old not in text:
        raise ValueError(f"the corpus has no {old!r} in {path}")
    return {**tree, path: text.replace(old, new, 1).encode()}


def edits(tree: Tree) -> dict[str, Tree]:
    """Return the tree after one edit, by what is edited."""
    name = tree["entities/person-1.yml"].decode().splitlines()[0].removeprefix("name: ")
    return {
        "nothing": dict(tree),
        "a text": _edited(tree, "stories/story-1.yml", "text: ", "text: the well-known "),
        "a certainty": _edited(tree, "stories/story-1.yml", "      - id: statement-1\n", _CERTAIN),
        "a figure": _edited(tree, "stories/story-1.yml", "amount: 1500000", "amount: 2500000"),
        "a name": _edited(tree, "entities/person-1.yml", name, f"{name} Junior"),
        "a source": _edited(tree, "sources/source-1.yml", "kind: report", "read: no"),
        "a term": _edited(tree, "glossary/term-1.yml", "short: A thing", "short: A thing of iron"),
    }


_CERTAIN: Final = "      - id: statement-1\n        certainty: established\n"


def measure(statements: int = 10_000, files: int = 400, rounds: int = 3) -> dict[str, dict[str, float]]:
    """Return seconds and ratios, by what is edited.

    Args:
        statements: of the made-up site.
        files: of the made-up site.
        rounds: how often each is timed, in seconds of the processor. The best counts: the rest is what else the
            machine does.
    """
    old = corpus(statements, files)
    wording = _english()
    return {name: _measured(old, new, wording, rounds) for name, new in edits(old).items()}


def _measured(old: Tree, new: Tree, wording: Wording, rounds: int) -> dict[str, float]:
    loading, whole, found = [], [], 0
    for _ in range(rounds):
        gc.collect()
        loading.append(_seconds(lambda: (load(old), load(new))))
        gc.collect()
        start = time.process_time()
        found = len(_compared(old, new, wording).changes)
        whole.append(time.process_time() - start)
    return {
        "changes": found,
        "loading_seconds": round(min(loading), 3),
        "whole_seconds": round(min(whole), 3),
        "ratio": round(min(whole) / min(loading), 2),
    }


def _compared(old: Tree, new: Tree, wording: Wording) -> Comparison:
    known: FileCache = {}
    return comparison(Snapshot.read(old, wording, known=known), Snapshot.read(new, wording, known=known))


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _english() -> Wording:
    path = bundled_templates() / "wording" / "en.yml"
    read = read_language([("wording/en.yml", path.read_bytes())])
    if read.language is None:
        raise ValueError(read.diagnostics)
    return Wording(read.language)


def main() -> None:
    """Print the figures; end with 1 if any is over the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is timed; the best counts")
    arguments = parser.parse_args()
    figures = measure(rounds=arguments.rounds)
    if arguments.json:
        print(json.dumps({"diff": figures}))
    else:
        print("10,000 statements, one edit:")
        for name, one in figures.items():
            print(
                f"  {name:<12} {one['whole_seconds']:6.2f} s with loading both sides, {one['ratio']:.2f} times the "
                f"{one['loading_seconds']:.2f} s of loading alone ({one['changes']:.0f} changes)"
            )
    if any(one["ratio"] > MOST for one in figures.values()):
        sys.exit(f"more than {MOST} times what loading takes")


if __name__ == "__main__":
    main()
