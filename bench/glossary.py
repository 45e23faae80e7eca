"""What finding terms costs, by how many terms there are: the text is the same, and so are the terms in it.

Run it with `make bench`, or alone. Look at the ratio: both times come from one run.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from typing import Final

from nutgraf.glossary import Matcher
from nutgraf.graph import Graph
from nutgraf.loading.content import Content
from nutgraf.markdown import Linker, inline_html
from nutgraf.model import Term

SEED: Final = 20230411
FEW: Final = 50
MANY: Final = 5_000
SHARE: Final = 0.1
"""How many of the words are terms."""
SENTENCES: Final = 2_000
ROUNDS: Final = 7
SYLLABLES: Final = ("ba", "cor", "den", "el", "fir", "gan", "hos", "in", "jal", "kom", "lun", "mer", "nos", "op", "ter")
PLAIN: Final = ("the", "board", "said", "that", "it", "was", "a", "report", "of", "two", "people", "who", "had", "left")


def _words(chance: random.Random, count: int) -> list[str]:
    made: dict[str, None] = {}
    while len(made) < count:
        length = chance.choice((2, 3, 3, 4))
        word = "".join(chance.choice(SYLLABLES) for _ in range(length))
        made[f"{word} {chance.choice(SYLLABLES)}{chance.choice(SYLLABLES)}" if len(made) % 3 == 0 else word] = None
    return list(made)


def _sentence(chance: random.Random, terms: list[str]) -> str:
    words = (chance.choice(terms if chance.random() < SHARE else PLAIN) for _ in range(20))
    return f"{' '.join(words)}."


def _finder(labels: list[str]) -> Matcher:
    terms = {f"t-{n}": Term(label=label, short="A thing.") for n, label in enumerate(labels)}
    return Matcher(Graph(Content(terms=terms), {}))


def _seconds(finder: Matcher, texts: list[str], *, linked: bool) -> float:
    start = time.perf_counter()
    if linked:
        linker = Linker(finder, "stories/x/")
        for number, text in enumerate(texts):
            if number % 10 == 0:
                linker.start_section()
            inline_html(text, linker)
    else:
        for text in texts:
            finder.find(text)
    return time.perf_counter() - start


def measure() -> dict[str, float]:
    """Return times in seconds, and the ratio of many terms to few."""
    chance = random.Random(SEED)  # noqa: S311 - it makes up words, no secrets
    labels = _words(chance, MANY)
    texts = [_sentence(chance, labels[:FEW]) for _ in range(SENTENCES)]
    started = time.perf_counter()
    many = _finder(labels)
    building = time.perf_counter() - started
    few = _finder(labels[:FEW])
    figures: dict[str, float] = {"building_seconds": round(building, 3)}
    for name, linked in (("find", False), ("link", True)):
        # In turns, so that a busy moment of the machine strikes both.
        pairs = [(_seconds(few, texts, linked=linked), _seconds(many, texts, linked=linked)) for _ in range(ROUNDS)]
        figures[f"{name}_few_seconds"] = round(statistics.median(one for one, _ in pairs), 4)
        figures[f"{name}_many_seconds"] = round(statistics.median(other for _, other in pairs), 4)
        figures[f"{name}_ratio"] = round(statistics.median(other / one for one, other in pairs), 2)
    return figures


def lines(figures: dict[str, float]) -> list[str]:
    """Return the figures as a person reads them."""
    return [
        f"{SENTENCES:,} sentences with {FEW} different terms in them, of {FEW} or {MANY:,} terms in all:",
        (
            f"  finding   {figures['find_few_seconds']:6.3f} s and {figures['find_many_seconds']:6.3f} s"
            f"   ({figures['find_ratio']} times; at most 1.5)"
        ),
        (
            f"  linking   {figures['link_few_seconds']:6.3f} s and {figures['link_many_seconds']:6.3f} s"
            f"   ({figures['link_ratio']} times)"
        ),
        f"  making the finder of {MANY:,} terms  {figures['building_seconds']:6.3f} s",
    ]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    if parser.parse_args().json:
        print(json.dumps(measure()))
        return
    print("\n".join(lines(measure())))


if __name__ == "__main__":
    main()
