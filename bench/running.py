"""Runs a command as a whole process and says what it took: time, processor time, memory."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

KIB: Final = 1024
LOOK_EVERY: Final = 0.25
"""Seconds between two looks at the memory. One look takes about a millisecond a process."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a process took, its children included.

    Attributes:
        wall: seconds on the clock.
        cpu: seconds of processors, user and system.
        megabytes: the most memory of all its processes together, shared pages counted once. Elsewhere than on Linux, of
            the largest of them.
        code: its exit code, 0 if all went well.
        output: what it said.
    """

    wall: float
    cpu: float
    megabytes: float
    code: int
    output: str


def _descendants(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        try:
            for task in Path(f"/proc/{one}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
        except OSError:  # it is gone already
            continue
    return found


def _kib_together(pid: int) -> int:
    """Return the memory of a process and its children; shared pages count once (proportional set size)."""
    total = 0
    for one in _descendants(pid):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii").splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total


def run(command: Sequence[str | Path], folder: Path, environment: dict[str, str] | None = None) -> Run:
    """Run a command until it ends.

    Args:
        command: the program and its arguments.
        folder: where it runs.
        environment: variables beside those of this process.
    """
    log = folder / ".bench-output"
    most = 0
    with log.open("wb") as out:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **(environment or {})}, stdout=out, stderr=subprocess.STDOUT
        )
        ended = threading.Event()

        def look() -> None:
            nonlocal most
            while not ended.wait(LOOK_EVERY):
                most = max(most, _kib_together(process.pid))

        looking = threading.Thread(target=look, daemon=True)
        looking.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        ended.set()
        looking.join()
        # wait4 took its end away from subprocess, which would look for it for ever.
        process.returncode = os.waitstatus_to_exitcode(status)
    output = log.read_text(encoding="utf-8", errors="replace")
    log.unlink()
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else KIB)
    cpu = usage.ru_utime + usage.ru_stime
    return Run(wall, cpu, max(peak, most * KIB) / KIB / KIB, process.returncode, output)
