"""What all tests share: where the project is, its built site, and whether expected files are to be rewritten."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

ROOT = Path(__file__).resolve().parent.parent

# Tests are the same on every run and on every machine: examples are drawn from fixed seeds. How long one takes says how
# busy the machine is, and nothing about the code.
UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("fixed", UNTIMED, derandomize=True, database=None)
# For `make fuzz`: new examples each time.
settings.register_profile("fuzz", UNTIMED, derandomize=False, print_blob=True)
settings.load_profile("fixed")

# Behind `&`, a shell has its commands ignore Ctrl-C, and so would all that tests start and press it for.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_configure(config: pytest.Config) -> None:
    """Keep examples from depending on which tests run, too: hypothesis draws the constants of what is imported."""
    if config.getoption("hypothesis_profile") != "fuzz":
        assert callable(providers._get_local_constants)  # noqa: SLF001 - there is no other way to switch that off
        providers._get_local_constants = lambda: providers._local_constants  # noqa: SLF001


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def snapshots() -> bool:
    """Tell whether expected files are to be rewritten instead of compared: `make snapshots`."""
    return os.environ.get("NUTGRAF_SNAPSHOTS") == "1"


@pytest.fixture(scope="session")
def built_site(root: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return the folder with the project's site, built once a run by the `nutgraf` command, however many workers run.

    Nobody may write into it.
    """
    own = tmp_path_factory.getbasetemp()
    # pytest-xdist gives every worker a folder of its own; the one above is the run's.
    shared = own if worker_id == "master" else own.parent
    site = shared / "built-site"
    with FileLock(f"{site}.lock"):
        if not site.exists():
            build(root, site)
    return site


def build(project: Path, site: Path) -> None:
    """Build the site of `project` into `site` with the console script that stands beside this Python."""
    command = [str(Path(sys.executable).with_name("nutgraf")), "build", "-d", str(site)]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(f"nutgraf build ended with {done.returncode}:\n{done.stdout}{done.stderr}", pytrace=False)
