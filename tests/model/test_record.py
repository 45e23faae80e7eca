"""Records: built when they are first used."""

from __future__ import annotations

import subprocess
import sys

UNBUILT = """
from nutgraf.model import Record
from nutgraf.wording import language

def all_of(one):
    yield one
    for other in one.__subclasses__():
        yield from all_of(other)

names = [one.__name__ for one in all_of(Record)]
assert {"Story", "Statement", "Language"} <= {*names}
print(*(one.__name__ for one in all_of(Record) if one.__pydantic_complete__))
"""


def test_an_import_builds_no_model() -> None:
    done = subprocess.run([sys.executable, "-c", UNBUILT], capture_output=True, text=True, check=True)
    assert done.stdout.strip() in {"", "Record"}
