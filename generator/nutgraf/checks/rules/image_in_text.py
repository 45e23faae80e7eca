r"""An image in a text of a record.

## What it does
Reports the Markdown of an image, `![...](...)`, in any text of a story, an entity, a source or a term. Code and an
escaped `\![...](...)` are passed over.

## Why
Texts become sentences, and these stand in headings, cards, feeds and search results, too, which have no place for an
image. It would be printed as its Markdown.

## Wrong
    - id: purchase
      text: Elon Musk bought a ![data](data.svg) centre
      source: business-insider-2023

## Right
    - id: purchase
      text: Elon Musk bought a data centre
      source: business-insider-2023

## When to allow it
Never: to print the signs themselves, put them in code.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutgraf.checks.rule import Finding, Rule
from nutgraf.diagnostics import Severity
from nutgraf.loading.nodes import texts_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph

_CODE: Final = re.compile(r"(`+).+?\1", re.DOTALL)
_IMAGE: Final = re.compile(r"(?<!\\)!\[[^\[\]]*\](?:\([^()\s]*(?:\s[^()]*)?\)|\[[^\[\]]*\])")


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    for path in graph.positions.roots:
        if not any("![" in text for _, text in graph.positions.texts(path)):
            continue  # Where its texts stand is not known before it is read.
        for loc, text in texts_at(graph.positions.roots[path]):
            shown = _CODE.sub(lambda found: " " * len(found[0]), text)
            for image in _IMAGE.finditer(shown):
                advice = "Remove it. A page written by hand, in Markdown, can show an image."
                headline = f"Image “{image[0]}” in a text"
                yield Finding(path, loc, headline, advice, start=image.start(), end=image.end())


RULE = Rule("image-in-text", Severity.ERROR, _find)
