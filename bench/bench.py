"""How fast the way from files to checked content is, against what parsing the YAML alone costs.

Run it with `make bench`, which goes on with whole sites (sites.py, to which all other arguments go). Absolute times say
little on a noisy machine: look at the ratios, which come from one run.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from nutgraf.checks.runner import check
from nutgraf.glossary import mentions_of
from nutgraf.graph import resolve
from nutgraf.loading.content import load

if TYPE_CHECKING:
    from collections.abc import Callable

SEED = 20230411
NAMES = ("Ada", "Ben", "Cleo", "Dara", "Emil", "Fay", "Gus", "Hana", "Ivo", "Jun")
VERBS = ("bought", "sold", "examined", "left", "joined", "criticised", "paid for", "announced")
THINGS = ("a laboratory", "the northern warehouse", "a fleet of lorries", "two patents", "a turbine hall")
WORDS = ("turbine", "ballast", "ladder", "gantry", "firehose", "sluice", "lantern", "rudder")


def corpus(statements: int, files: int) -> dict[str, bytes]:
    """Return a made-up site of about `statements` statements in `files` files, the same for each call."""
    chance = random.Random(SEED)  # noqa: S311 - it makes up stories, no secrets
    entities, sources, terms = files // 4, files // 4, files // 8
    stories = files - entities - sources - terms
    people = [f"person-{n}" for n in range(entities)]
    papers = [f"source-{n}" for n in range(sources)]
    tree = {}
    for n, name in enumerate(people):
        kind = "person" if n % 3 else "organisation"
        full = f"{chance.choice(NAMES)} Bench{n}"
        tree[f"entities/{name}.yml"] = f"name: {full}\nshort: Bench{n}\nkind: {kind}\n"
    for n, name in enumerate(papers):
        derived = f"derives_from: [{papers[n - 1]}]\n" if n % 5 == 4 else ""  # noqa: PLR2004 - one in five
        tree[f"sources/{name}.yml"] = (
            f"title: Report number {n}\npublisher: {chance.choice(people)}\nkind: report\n"
            f"published: 2023-0{1 + n % 9}-11\n{derived}"
        )
    for n in range(terms):
        word = f"{chance.choice(WORDS)} type {n}"
        tree[f"glossary/term-{n}.yml"] = f"label: {word}\nshort: A thing that is used where such things are needed.\n"
    for n in range(stories):
        count = statements // stories + (n < statements % stories)
        tree[f"stories/story-{n}.yml"] = _story(chance, count, people, papers, terms)
    return {path: text.encode() for path, text in tree.items()}


def _story(chance: random.Random, count: int, people: list[str], papers: list[str], terms: int) -> str:
    lines = [
        f"title: {chance.choice(NAMES)} and the {chance.choice(WORDS)}",
        "as_of: 2023-04-12",
        f"based_on: {chance.choice(papers)}",
        "quantities:",
        "  paid: {amount: 1500000, approximate: yes, unit: USD, kind: payment}",
        "sections:",
    ]
    for index in range(count):
        if index % 12 == 0:
            lines += [f"  - title: About a {chance.choice(WORDS)}", "    statements:"]
        who = f"Bench{chance.randrange(len(people))}"
        word = f"{chance.choice(WORDS)} type {chance.randrange(max(terms, 1))}"
        lines += [
            f"      - id: statement-{index}",
            f"        text: {who} {chance.choice(VERBS)} {chance.choice(THINGS)} with a {word} for {{paid}}",
            f"        source: [{chance.choice(papers)}, {chance.choice(papers)}]",
        ]
        if index % 3 == 0:
            lines.append("        by: {anonymous: people familiar with the matter, count: 2}")
        if index % 4 == 0:
            lines.append(f"        when: 20{chance.randrange(10, 24)}-0{chance.randrange(1, 10)}")
    return "\n".join(lines) + "\n"


def _seconds(work: Callable[[], object], rounds: int) -> float:
    """Return the median time of some rounds, in seconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def _whole(tree: dict[str, bytes]) -> None:
    loaded = load(tree)
    resolution = resolve(loaded)
    found = [*loaded.diagnostics, *resolution.diagnostics, *check(resolution.graph)]
    mentions_of(resolution.graph)
    if any(one.is_error for one in found):
        sys.exit(f"the corpus is to be without errors: {found[0]}")


def _events(tree: dict[str, bytes]) -> None:
    for data in tree.values():
        for _ in yaml.parse(data, Loader=yaml.CSafeLoader):
            pass


def measure(statements: int, files: int, rounds: int) -> dict[str, float]:
    """Return seconds, megabytes and ratios of one corpus."""
    tree = corpus(statements, files)
    size = sum(map(len, tree.values())) / 1e6
    peers = {
        "events": _seconds(lambda: _events(tree), rounds),
        "safe_load": _seconds(lambda: [yaml.load(data, Loader=yaml.CSafeLoader) for data in tree.values()], rounds),
        "whole": _seconds(lambda: _whole(tree), rounds),
        "load": _seconds(lambda: load(tree), rounds),
    }
    return {
        "statements": statements,
        "files": len(tree),
        "megabytes_of_yaml": round(size, 2),
        **{f"{name}_seconds": round(taken, 3) for name, taken in peers.items()},
        "whole_to_events": round(peers["whole"] / peers["events"], 2),
        "whole_to_safe_load": round(peers["whole"] / peers["safe_load"], 2),
    }


def _peak(statements: int, files: int) -> float:
    """Return the peak memory of a process that only loads, resolves and checks, in megabytes."""
    code = f"import bench.bench as b, resource; b._whole(b.corpus({statements}, {files})); print(b._own_peak())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout)


def _printed(name: str, *arguments: str) -> str:
    """Return what another benchmark prints; as a process, because `bench` is this module when it runs as a script."""
    script = Path(__file__).with_name(name)
    return subprocess.run([sys.executable, script, *arguments], capture_output=True, text=True, check=True).stdout


def _editorial() -> str:
    command = [sys.executable, "-m", "bench.editorial"]
    root = Path(__file__).resolve().parent.parent
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout


def _sites(arguments: list[str], rounds: int) -> int:
    """Time whole sites, and return the exit code."""
    print("\nwhole sites:", flush=True)
    script = Path(__file__).with_name("sites.py")
    return subprocess.run([sys.executable, script, *arguments, "--rounds", str(rounds)], check=False).returncode


def _own_peak() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 if sys.platform != "darwin" else 1024 * 1024)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--print-json", action="store_true", help="print the figures as JSON, and leave out whole sites"
    )
    parser.add_argument("--rounds", type=int, default=3, help="how often each is timed; the median counts")
    parser.add_argument("--sites-only", action="store_true", help="leave out the parts: only time whole sites")
    arguments, others = parser.parse_known_args()
    if arguments.sites_only:
        sys.exit(_sites(others, arguments.rounds))
    figures = [measure(count, files, arguments.rounds) for count, files in ((1_000, 40), (10_000, 400))]
    peak = _peak(10_000, 400)
    if arguments.print_json:
        right, terms = (json.loads(_printed(name, "--json")) for name in ("checks.py", "glossary.py"))
        compared = json.loads(_printed("diff.py", "--json"))
        print(json.dumps({"loading": figures, "peak_megabytes": peak, "checks": right, "glossary": terms, **compared}))
        return
    for one in figures:
        print(
            f"{one['statements']:>6,} statements in {one['files']} files, {one['megabytes_of_yaml']} MB of YAML:\n"
            f"  load, resolve, find names, check  {one['whole_seconds']:6.2f} s"
            f"   ({one['whole_to_events']} times YAML events, {one['whole_to_safe_load']} times CSafeLoader)\n"
            f"  of which loading                  {one['load_seconds']:6.2f} s\n"
            f"  YAML events alone                 {one['events_seconds']:6.2f} s\n"
            f"  yaml.load with CSafeLoader        {one['safe_load_seconds']:6.2f} s"
        )
    print(f"peak memory of the larger one: {peak:.0f} MB")
    print(f"\nprecision and recall of the editorial checks, on tests/checks/corpus:\n{_printed('checks.py')}", end="")
    print(f"\nthe editorial checks on corpora by authors who had not seen them:\n{_editorial()}", end="")
    print(f"\nfinding the terms of the glossary:\n{_printed('glossary.py')}", end="")
    print(f"\ncomparing two revisions:\n{_printed('diff.py')}", end="", flush=True)
    sys.exit(_sites(others, arguments.rounds))


if __name__ == "__main__":
    main()
