"""The YAML reader: the cases in `yaml/`, encodings, hostile files, and both of PyYAML's parsers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nutgraf.loading.yaml import parse, plain
from tests import literate

DOCUMENTS = sorted(Path(__file__).with_name("yaml").glob("*.md"))


@pytest.mark.parametrize("case", literate.read(*DOCUMENTS), ids=str)
def test_case(case: literate.Case) -> None:
    parsed = [parse(path, data) for path, data in case.files.items()]
    diagnostics = [diagnostic for one in parsed for diagnostic in one.diagnostics]
    data = [plain(one.root) if one.root else None for one in parsed]
    literate.check(
        case,
        diagnostics=literate.render(diagnostics, case.files),
        json="".join(json.dumps(one, ensure_ascii=False) + "\n" for one in data),
    )
