"""How long whole sites take: we cold, warm and after an edit, and Hugo, MkDocs Material and Zensical on the same facts.

Everything runs in one go and in turns (A B C A B C), as whole processes, so that a busy moment of the machine strikes
all alike. Read the ratios, and the processor time before the time on the clock: another program that runs meanwhile
makes the latter longer, and the former hardly. A build counts only when its output was looked at: as many pages as the
others, links in them, and the words of the edit.

What is equal between the builders and what is not is said in docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import itertools
import json
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if __package__ in {None, ""}:
    # As a script, so that `bench` is this folder, and not the file of that name in it.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from bench import corpus, edits
from bench.peers import builders
from bench.running import Run, run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.peers.builders import Builder

ROOT: Final = Path(__file__).resolve().parent.parent
SLOWER: Final = 1.15
"""By how much the processor time must have grown since the last entry of the history to be called slower."""
BASE: Final = "nutgraf cold"
PEER: Final = "hugo"


@dataclass(frozen=True, slots=True)
class Case:
    """A way to run one of the builders.

    Attributes:
        name: as the table calls it.
        builder: whose it is.
        cold: whether output and caches of the last run are taken away first.
        edit: what is edited before: "statement", "term", or nothing.
    """

    name: str
    builder: str
    cold: bool
    edit: str = ""


CASES: Final = (
    # The warm ones come after a cold one of the same round, and find what it left.
    Case("nutgraf cold", "nutgraf", cold=True),
    Case("nutgraf again", "nutgraf", cold=False),
    Case("nutgraf, a statement", "nutgraf", cold=False, edit="statement"),
    Case("nutgraf, a term", "nutgraf", cold=False, edit="term"),
    Case("hugo", "hugo", cold=True),
    Case("hugo, a statement", "hugo", cold=False, edit="statement"),
    Case("material", "material", cold=True),
    Case("zensical", "zensical", cold=True),
    Case("zensical, a statement", "zensical", cold=False, edit="statement"),
)


@dataclass(slots=True)
class Measured:
    """What a case took in all rounds.

    Attributes:
        runs: one a round.
        pages: how many it built.
        files: how many files its output has.
        bytes: how large they are together.
        wrong: what was wrong with its output; then its times count for nothing.
    """

    runs: list[Run] = field(default_factory=list)
    pages: int = 0
    files: int = 0
    bytes: int = 0
    wrong: str = ""


class Bench:
    """One corpus, built by everybody in turns."""

    def __init__(self, pages: int, work: Path, cases: Sequence[Case]) -> None:
        """Make the corpus and everybody's project; that is not timed.

        Args:
            pages: how many pages it has.
            work: an empty folder.
            cases: what is to be run.
        """
        self.pages = pages
        self.cases = cases
        facts = work / "corpus"
        corpus.write(pages, facts)
        self.term = edits.popular_term(facts)
        self.projects: dict[str, Path] = {}
        for name in dict.fromkeys(one.builder for one in cases):
            self.projects[name] = work / name
            builders.named(name).prepare(facts, work / name)
        self.measured = {one.name: Measured() for one in cases}
        self._edits = 0

    def round(self) -> None:
        """Run each case once."""
        for case in self.cases:
            measured = self.measured[case.name]
            if not measured.wrong:
                self._run(case, measured)

    def _run(self, case: Case, measured: Measured) -> None:
        builder, project = builders.named(case.builder), self.projects[case.builder]
        if case.cold:
            builder.clean(project, caches=True)
        expected = ""
        if case.edit:
            self._edits += 1
            expected = edits.words(self._edits)
            if case.edit == "term":
                edits.edit_term(builder, project, self.term, self._edits)
            else:
                edits.edit_statement(builder, project, self._edits)
        done = run(builder.build, project, builders.QUIET)
        address = edits.addresses(self.term)[case.edit or "statement"]
        measured.wrong = self._look(builder, project, done, (address, expected))
        if not measured.wrong:
            measured.runs.append(done)
            measured.pages = builder.pages(project)
            measured.files, measured.bytes = builder.size(project)

    def _look(self, builder: Builder, project: Path, done: Run, expected: tuple[str, str]) -> str:
        """Return what is wrong with a build; an empty text where nothing is."""
        if done.code:
            return f"ended with {done.code}: {' '.join(done.output.split())[-300:]}"
        pages = builder.pages(project)
        # Hugo has a list of stories besides, we have a timeline for each story, and everybody a 404 page or none.
        more = sum(1 for _ in (project / "content" / "stories").glob("*.yml")) if builder.name == "nutgraf" else 0
        if not self.pages - 2 <= pages <= self.pages + more + 3:
            return f"built {pages} pages of {self.pages}"
        links = builder.page(project, f"stories/{builders.STORY}/").count("<a ")
        if links < builder.least_links:
            return f"has {links} links on the page of a story, less than {builder.least_links}"
        address, words = expected
        if words and words not in builders.text_of(builder.page(project, address)):
            return f"does not show the edit on {address}"
        return ""

    def steps(self) -> list[str]:
        """Return where our time goes in a cold build, as `nutgraf build --timings` says; nothing where it cannot."""
        if "nutgraf" not in self.projects:
            return []
        ours, project = builders.named("nutgraf"), self.projects["nutgraf"]
        ours.clean(project, caches=True)
        done = run((*ours.build, "--timings"), project)
        return done.output.strip().splitlines() if not done.code else []


def _spread(values: Sequence[float]) -> str:
    if not values:
        return ""
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def table(bench: Bench) -> list[str]:
    """Return what one corpus took, as lines for the terminal."""
    peer = bench.measured.get(PEER)
    head = ("seconds on the clock", "seconds of processors", "clock, to Hugo", "processors, to Hugo")
    lines = [
        f"\n{bench.pages:,} pages: median (least to most)",
        f"{'':22} {head[0]:>24} {head[1]:>24} {head[2]:>24} {head[3]:>24} {'MB used':>8} {'files':>7} {'MB':>6}",
    ]
    for name, one in bench.measured.items():
        if one.wrong:
            lines.append(f"{name:22} not counted: it {one.wrong}")
            continue
        figures = [[each.wall for each in one.runs], [each.cpu for each in one.runs]]
        figures += [_ratios(one, peer, what) for what in ("wall", "cpu")]
        used = max((each.megabytes for each in one.runs), default=0)
        columns = " ".join(f"{_spread(values):>24}" for values in figures)
        lines.append(f"{name:22} {columns} {used:8.0f} {one.files:7,} {one.bytes / 1e6:6.1f}")
    return lines


def _ratios(one: Measured, other: Measured | None, what: str = "wall") -> list[float]:
    """Return the ratio of the times in each round."""
    pairs = zip(one.runs, other.runs if other else (), strict=False)
    return [getattr(mine, what) / getattr(theirs, what) for mine, theirs in pairs]


def targets(bench: Bench) -> list[str]:
    """Return what is wanted of us, and what came out."""
    wanted = (
        ("nutgraf cold", "hugo", 1.8, "a cold build takes at most 1.8 times as long as Hugo's"),
        ("nutgraf cold", "material", 1 / 8, "a cold build is at least 8 times faster than Material's"),
    )
    lines = []
    for name, other, most, what in wanted:
        mine, theirs = bench.measured.get(name), bench.measured.get(other)
        ratios = _ratios(mine, theirs) if mine and theirs else []
        if ratios:
            ratio = statistics.median(ratios)
            lines.append(f"  {'reached ' if ratio <= most else 'missed  '} {ratio:6.3f} of {most:.3f}  {what}")
    return lines


def _commit() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.strip()


def entry(benches: Sequence[Bench]) -> dict[str, Any]:
    """Return a run as the history keeps it."""
    return {
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "commit": _commit(),
        "machine": f"{platform.machine()} {platform.system()} Python {platform.python_version()}",
        "versions": builders.versions(),
        "sites": {
            str(bench.pages): {
                name: {
                    **{key: value for key, value in asdict(one).items() if key != "runs"},
                    **{
                        what: [round(getattr(each, what), 3) for each in one.runs]
                        for what in ("wall", "cpu", "megabytes")
                    },
                }
                for name, one in bench.measured.items()
                if one.runs or one.wrong
            }
            for bench in benches
        },
    }


def regressions(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Return what takes more processor time than in an older entry.

    Where a peer was run in both, its change is taken off: then it was the machine that was slower. That is most of the
    noise, since both ran in turns.
    """
    found = []
    for pages, cases in new["sites"].items():
        before = old["sites"].get(pages, {})

        def change(name: str, cases: dict[str, Any] = cases, before: dict[str, Any] = before) -> float | None:
            values = [site.get(name, {}).get("cpu") for site in (before, cases)]
            return statistics.median(values[1]) / statistics.median(values[0]) if all(values) else None

        machine = change(PEER) or 1.0
        for name in cases:
            ratio = change(name)
            if ratio and name.startswith("nutgraf") and ratio / machine > SLOWER:
                found.append(
                    f"{name}, {pages} pages: {ratio / machine:.2f} times the processor time of {old['commit']}"
                )
    return found


def remember(path: Path, new: dict[str, Any]) -> list[str]:
    """Append a run to the history, a line of JSON each, and return what became slower since the last.

    Args:
        path: the history; it need not be there yet.
        new: the run.
    """
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in (*lines, json.dumps(new))), encoding="utf-8")
    return regressions(json.loads(lines[-1]), new) if lines else []


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=(
            "examples:\n"
            "  make bench BENCH_ARGS='--pages 1000 --rounds 5'\n"
            "  python -m bench.sites --pages 10000 --only nutgraf hugo --minutes 30\n"
            "  python -m bench.sites --only nutgraf --json build/bench.jsonl   what became slower since then\n"
            "\nThe peers are installed into build/bench-env, from requirements/bench.txt."
        ),
    )
    parser.add_argument("--pages", type=int, nargs="+", default=[100, 1_000], metavar="N", help="sizes  [100 1000]")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is run; the median counts  [3]")
    parser.add_argument("--minutes", type=float, default=10, help="begin no further round after that  [10]")
    names = [one.name for one in builders.builders()]
    parser.add_argument("--only", nargs="+", choices=names, default=names, metavar="WHO", help=", ".join(names))
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="a history of runs, a line of JSON each, to append to"
    )
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Run it, print the figures, and return 1 if a build was wrong."""
    arguments = _arguments(argv)
    cases = [one for one in CASES if one.builder in arguments.only]
    if set(arguments.only) != {"nutgraf"}:
        builders.install()
        versions = ", ".join(f"{name} {version}" for name, version in builders.versions().items())
        print(f"Against {versions}. What is equal, and what is not: docs/benchmarks.md.")
    benches = []
    with tempfile.TemporaryDirectory(prefix="nutgraf-bench-") as folder:
        for pages in arguments.pages:
            bench = Bench(pages, Path(folder) / str(pages), cases)
            benches.append(bench)
            ends = time.monotonic() + 60 * arguments.minutes * pages / sum(arguments.pages)
            for number in range(arguments.rounds):
                started = time.monotonic()
                bench.round()
                if time.monotonic() + (time.monotonic() - started) > ends and number + 1 < arguments.rounds:
                    print(f"{pages:,} pages: {number + 1} of {arguments.rounds} rounds, there is no time for more")
                    break
            print("\n".join([*table(bench), *targets(bench)]), flush=True)
            steps = bench.steps()
            if steps:
                print("\n".join(["  where our time goes, cold:", *(f"    {line}" for line in steps)]), flush=True)
    print(_growth(benches), end="")
    if arguments.json:
        slower = remember(arguments.json, entry(benches))
        print("\n".join(f"slower: {one}" for one in slower) or f"Nothing is slower than before in {arguments.json}.")
    return int(any(one.wrong for bench in benches for one in bench.measured.values()))


def _growth(benches: Sequence[Bench]) -> str:
    """Return how the processor time of each grew from the size before."""
    lines = []
    for small, large in itertools.pairwise(benches):
        lines.append(f"\nfrom {small.pages:,} to {large.pages:,} pages, times the processor time\n")
        for name, one in large.measured.items():
            before = small.measured[name]
            if one.runs and before.runs:
                ratio = statistics.median(x.cpu for x in one.runs) / statistics.median(x.cpu for x in before.runs)
                lines.append(f"  {name:22} {ratio:6.1f}\n")
    return "".join(lines)


if __name__ == "__main__":
    sys.exit(main())
