"""How complaints look: text for people at a terminal, JSON for programs. One module a form, each with `render`."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nutgraf.diagnostics import Diagnostic, Span


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return complaints by path, line, column and rule, whatever the order in which they were found."""
    return sorted(diagnostics, key=lambda one: (one.span.path, one.span.line, one.span.column, one.rule, one.headline))


def shown_path(span: Span, root: str) -> str:
    """Return the path of a span's file from where the reader stands.

    Args:
        span: its path is relative to the content folder; one of a file beside that folder begins with `../`.
        root: the content folder, relative to the project's, with forward slashes; empty if it is the same.
    """
    return posixpath.normpath(posixpath.join(root, span.path))
