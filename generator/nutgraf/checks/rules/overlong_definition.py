"""A short definition that is not short.

## What it does
Reports a `short` of more than 25 words, or of more than 160 characters.

## Why
It stands in a popover beside the word, in the middle of somebody else's sentence. 160 characters are four or five
lines on a phone that is 320 pixels wide; sentences of more than 25 words are hard to follow. (GOV.UK, content design:
"writing for user interfaces", sentences of up to 25 words; Oxford Guide to Plain English, 15 to 20 on average.)

## Wrong
    # glossary/firehose.yml
    label: firehose
    short: >-
      A live stream of everything that is posted in public on a service such as Twitter, which the service passes on
      as data to those who pay for it, so that they can search, count and keep all of it.

## Right
    # glossary/firehose.yml
    label: firehose
    short: A live stream of everything that is posted in public on a service, passed on as data.
    long: The service decides who may have it, and what it costs.

## When to allow it
When a law or a contract defines the word, and its definition is quoted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutgraf.checks.rule import Finding, Rule
from nutgraf.checks.text.tokens import plain
from nutgraf.diagnostics import Severity
from nutgraf.loading.content import record_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph

_WORDS: Final = 25
_CHARACTERS: Final = 160


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    for name, term in graph.terms.items():
        shown, _ = plain(term.short)
        words, characters = len(shown.split()), len(shown)
        if words > _WORDS:
            size = f"{words} words, more than {_WORDS}"
        elif characters > _CHARACTERS:
            size = f"{characters} characters, more than {_CHARACTERS}"
        else:
            continue
        yield Finding(
            record_path("glossary", name),
            ("short",),
            f"The short definition of `{name}` has {size}",
            "Say what it is in one plain sentence; the rest goes into `long`.",
        )


RULE = Rule("overlong-definition", Severity.WARNING, _find)
