"""Finds a Chromium for the tests that need a browser: `python tools/chromium.py [--install]` prints its path.

Playwright's own downloads are not used: the browser is the machine's.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
# A browser without any font draws no text; fonts-liberation is what Chromium recommends.
PACKAGES = ("chromium", "fonts-liberation")
ARGUMENTS = (
    "--no-sandbox",  # in containers, where it runs as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""What a browser is started with that asks for nothing by itself."""
HOW_TO_GET_ONE = """\
The browser tests need Chromium or Chrome, and none was found: neither in $CHROMIUM nor on the path.
    Debian:  sudo apt-get install chromium
    Fedora:  sudo dnf install chromium
    macOS:   brew install --cask chromium
Or say where one is: make test CHROMIUM=/path/to/chromium"""


def find() -> str | None:
    """Return the path of a browser: $CHROMIUM, else the first known name on the path, else a known application."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    on_path = (shutil.which(name) for name in NAMES)
    installed = (path for path in APPLICATIONS if Path(path).exists())
    return next((path for path in (*on_path, *installed) if path), None)


def can_install() -> bool:
    """Tell whether apt may be asked: on a Debian-like system, as root, and not against a $CHROMIUM that was named."""
    return shutil.which("apt-get") is not None and os.geteuid() == 0 and not os.environ.get("CHROMIUM")


def install() -> None:
    """Install Chromium with apt, without a question; what apt says is shown when it fails."""
    print(f"No browser found: installing {' and '.join(PACKAGES)} with apt-get ...", file=sys.stderr, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *PACKAGES]):
        done = subprocess.run(
            ["apt-get", *command],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            print(f"{done.stdout}\n`apt-get {' '.join(command)}` failed.", file=sys.stderr)
            return


def main() -> None:
    """Print the path of a browser, or say on the error stream how to get one and end with 1."""
    if find() is None and "--install" in sys.argv[1:] and can_install():
        install()
    path = find()
    if path is None:
        raise SystemExit(HOW_TO_GET_ONE)
    print(path)


if __name__ == "__main__":
    main()
