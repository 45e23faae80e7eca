"""Complaints and changes as SARIF, which GitHub's code scanning and many editors read.

Static Analysis Results Interchange Format, version 2.1.0, plus errata 01 (OASIS). A rule or kind is a
`reportingDescriptor`, a complaint or change a `result`; an acknowledgement is a `suppression` (section 3.35). Columns
count Unicode code points, as ours do (section 3.14.17, `columnKind`); `endColumn` is the one behind the last character.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import quote

from nutgraf.reporters import change_summary, in_order, shown_path
from nutgraf.reporters.control_characters import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nutgraf.diagnostics import Diagnostic, Replacement, Span
    from nutgraf.diff import Change, Comparison

Json = dict[str, object]

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
VERSION: Final = "2.1.0"
_ROOT: Final = "%SRCROOT%"
"""The name that GitHub and others give to the repository's folder."""


def render(diagnostics: Iterable[Diagnostic], *, root: str = "content", version: str = "") -> str:
    """Return complaints as a SARIF log.

    Args:
        diagnostics: in any order.
        root: the content folder, relative to the repository's.
        version: that of this program; left out where it is empty.

    Returns:
        JSON over several lines, with a line break at the end. It is ASCII.
    """
    ordered = in_order(diagnostics)
    rules = sorted({one.rule for one in ordered})
    descriptors: list[Json] = [{"id": rule, "name": _camel(rule)} for rule in rules]
    seen: dict[str, int] = {}
    results = [_diagnostic(one, rules.index(one.rule), root, seen) for one in ordered]
    return _log("nutgraf check", descriptors, results, version)


def render_changes(comparison: Comparison, *, root: str = "content", version: str = "") -> str:
    """Return changes as a SARIF log. See `render`."""
    kinds = sorted({one.kind for one in comparison.changes})
    descriptors: list[Json] = [
        {
            "id": kind.value,
            "name": _camel(kind.value),
            "defaultConfiguration": {"level": kind.severity.value},
        }
        for kind in kinds
    ]
    seen: dict[str, int] = {}
    results = [_change(one, kinds.index(one.kind), root, seen) for one in comparison.changes]
    properties: Json = {"sentence": change_summary.opening(comparison), "whole": comparison.is_whole}
    return _log("nutgraf diff", descriptors, results, version, properties)


def _log(category: str, rules: list[Json], results: list[Json], version: str, properties: Json | None = None) -> str:
    driver: Json = {"name": "nutgraf", "rules": rules}
    if version:
        driver["version"] = version
    run: Json = {
        "tool": {"driver": driver},
        # So that what `check` and what `diff` say stand beside each other (section 3.17.3).
        "automationDetails": {"id": f"{category}/"},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    if properties:
        run["properties"] = properties
    return json.dumps({"$schema": SCHEMA, "version": VERSION, "runs": [run]}, indent=2, ensure_ascii=True) + "\n"


def _diagnostic(one: Diagnostic, index: int, root: str, seen: dict[str, int]) -> Json:
    result: Json = {
        "ruleId": one.rule,
        "ruleIndex": index,
        "level": one.severity.value,
        "message": {"text": _message(one.headline, one.help)},
        "locations": [_location(one.span, root)],
        "partialFingerprints": _fingerprint(seen, one.rule, shown_path(one.span, root), one.headline),
    }
    if one.fix:
        result["fixes"] = [{"artifactChanges": [_rewritten(change, root) for change in one.fix]}]
    if one.related:
        result["relatedLocations"] = [
            {"id": number, **_location(other.span, root), "message": {"text": escaped(other.message)}}
            for number, other in enumerate(one.related)
        ]
    return result


def _change(one: Change, index: int, root: str, seen: dict[str, int]) -> Json:
    told = [one.headline]
    if one.before != one.after:
        told += [f"{label}: {text}" for label, text in (("Before", one.before), ("After", one.after)) if text]
    if one.figure and one.figure.delta:
        told.append(f"Difference: {one.figure.delta}")
    result: Json = {
        "ruleId": one.kind.value,
        "ruleIndex": index,
        "level": one.severity.value,
        "message": {"text": _message(*told, one.help)},
        "locations": [_location(one.place, root)],
        "partialFingerprints": _fingerprint(seen, one.kind, one.subject, one.before, one.after),
        "properties": {
            "subject": one.subject,
            "statements": len(one.reach.statements),
            "reworded": len(one.reach.reworded),
            "pages": len(one.reach.pages),
        },
    }
    if one.figure and one.figure.disagrees:
        where = one.figure.disagrees
        message = {"text": escaped(f"{where.what} still says {where.text}")}
        result["relatedLocations"] = [{"id": 0, **_location(where.span, root), "message": message}]
    if one.acknowledged is not None:
        result["suppressions"] = [
            {"kind": "inSource", "status": "accepted", "justification": escaped(one.acknowledged)}
        ]
    return result


def _rewritten(change: Replacement, root: str) -> Json:
    """Return an `artifactChange` (section 3.56)."""
    place = cast("Json", _location(change.span, root)["physicalLocation"])
    replacement: Json = {"deletedRegion": place["region"], "insertedContent": {"text": change.text}}
    return {"artifactLocation": place["artifactLocation"], "replacements": [replacement]}


def _location(span: Span, root: str) -> Json:
    region: Json = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": max(span.end_column, 1),
    }
    uri = quote(shown_path(span, root), safe="/")
    return {"physicalLocation": {"artifactLocation": {"uri": uri, "uriBaseId": _ROOT}, "region": region}}


def _message(*parts: str) -> str:
    lines = (line for part in parts for line in part.split("\n"))
    return "\n".join(escaped(line) for line in lines if line.strip())


def _fingerprint(seen: dict[str, int], *parts: str) -> Json:
    """Return what tells a result again after lines have moved: no line is part of it (section 3.27.17)."""
    told = hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:32]
    seen[told] = seen.get(told, 0) + 1
    return {"nutgraf/v1": f"{told}:{seen[told]}"}


def _camel(name: str) -> str:
    """Return `unknown-source` as `UnknownSource`: what the standard recommends for names (section 3.49.7)."""
    return re.sub(r"(?:^|-)([a-z0-9])", lambda found: found[1].upper(), name)
