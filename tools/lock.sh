#!/usr/bin/env bash
# Writes requirements/*.txt from pyproject.toml: exact versions with hashes, for every platform and Python from 3.11 on.
# `pip-compile` by uv. The site's lock is made first, and those with the same packages keep to its versions.
set -euo pipefail
cd "$(dirname "$0")/.."

compile() {
  local name=$1
  shift
  "${VENV:-.venv}/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
    --no-emit-index-url --no-emit-find-links --no-config --custom-compile-command "make lock" \
    --output-file "requirements/$name.txt" "$@"
}

compile site pyproject.toml --group build
compile dev pyproject.toml --group build --group dev --constraints requirements/site.txt
compile audit --group audit
compile bench --group bench --constraints requirements/site.txt
