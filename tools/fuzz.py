"""Run the property tests with new examples until one fails or the time is up: `python -m tools.fuzz [--minutes 10]`.

`make test` draws the same examples each time. This draws others, from new seeds. What it finds is kept in .hypothesis/,
so the next run begins with it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time

ROUND = ("-m", "pytest", "-m", "hypothesis", "--hypothesis-profile=fuzz", "-x", "-q", "-p", "no:cacheprovider")
FOUND = """
A property does not hold. The output above shows the example. Fix the cause, and pin the example so that `make test`
tries it on every run: put `@example(...)` with the arguments shown above the test, or write a test of its own where
the test draws its data step by step (`st.data()`)."""


def main() -> None:
    """Run rounds of the property tests.

    Raises:
        SystemExit: a test failed, or none could be run.
    """
    parser = argparse.ArgumentParser(description="Run the property tests with new examples.")
    parser.add_argument("--minutes", type=float, default=10, help="no round begins later than this [default: 10]")
    parser.add_argument("tests", nargs="*", help="what to run [default: all]")
    given = parser.parse_args()
    began = time.monotonic()
    rounds = 0
    while not rounds or time.monotonic() - began < given.minutes * 60:
        code = subprocess.run([sys.executable, *ROUND, *given.tests], check=False).returncode
        rounds += 1
        if code == 1:
            print(FOUND, file=sys.stderr)
        if code:
            raise SystemExit(code)
    print(f"Nothing found in {rounds} rounds, {(time.monotonic() - began) / 60:.0f} minutes.")


if __name__ == "__main__":
    main()
