"""Several anonymous people where there is one, or one where there are several.

## What it does
Reports `anonymous` in the plural with `count: 1`, and in the singular with a `count` of two or more. It looks at the
noun that the description begins with: "people familiar with the company", "a former engineer".

## Why
"Sources say" of one source claims a second witness who does not exist.
(Reuters Handbook of Journalism: sources are never cited in the plural when there is only one.)

## Wrong
    - id: purchase
      text: Elon Musk bought a data centre
      source: business-insider-2023
      by: {anonymous: people familiar with the company, count: 1}

## Right
    - id: purchase
      text: Elon Musk bought a data centre
      source: business-insider-2023
      by: {anonymous: a person familiar with the company, count: 1}

## When to allow it
When a word is plural in form and means one person, which the rule does not know.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutgraf.checks.rule import Finding, Rule
from nutgraf.diagnostics import Severity
from nutgraf.glossary.plurals import plural
from nutgraf.loading.content import record_path
from nutgraf.model import Anonymous

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph
    from nutgraf.model import Asserter
    from nutgraf.model.record import Loc

_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W_]+)*|,")
_ONE: Final = frozenset({"a", "an", "one", "another"})
_PLURALS: Final = {"person": "people", "man": "men", "woman": "women", "somebody": "people", "someone": "people"}


def _find(graph: Graph, policy: Policy) -> Iterator[Finding]:
    groups = policy.words("plurals").groups
    for name, story in graph.stories.items():
        path = record_path("stories", name)
        yield from _in(path, (), story.by, groups)
        for index, section in enumerate(story.sections):
            loc: Loc = ("sections", index)
            yield from _in(path, loc, section.by, groups)
            for place, statement in enumerate(section.statements):
                yield from _in(path, (*loc, "statements", place), statement.by, groups)


def _in(
    path: str, loc: Loc, asserters: tuple[Asserter, ...], groups: Mapping[str, tuple[str, ...]]
) -> Iterator[Finding]:
    for index, by in enumerate(asserters):
        if not isinstance(by, Anonymous) or by.count is None:
            continue
        head = _head(by.anonymous, groups)
        several = _is_several(head, groups)
        if several is None or several == (by.count > 1):
            continue
        first, last = head[0], head[-1]
        start, end = (last if several else first).start(), last.end()
        yield Finding(
            path,
            (*loc, "by", index, "anonymous"),
            f"“{by.anonymous[start:end]}” {'are' if several else 'is'} {'several' if several else 'one'}, "
            f"and the count is {by.count}",
            _advice(by, head, groups, several=several),
            start=start,
            end=end,
        )


def _head(text: str, groups: Mapping[str, tuple[str, ...]]) -> tuple[re.Match[str], ...]:
    """Return the words up to the noun that a description begins with, that noun being the last."""
    head: list[re.Match[str]] = []
    for found in _WORD.finditer(text):
        if head and (found[0] == "," or found[0].lower() in groups["end"]):
            break
        head.append(found)
        # "People briefed on", "officials working for": a plural that is known ends the noun already.
        if found[0].lower() in groups["plural"]:
            break
    return tuple(head)


def _is_several(head: tuple[re.Match[str], ...], groups: Mapping[str, tuple[str, ...]]) -> bool | None:
    """Tell whether a description means several people; None where nobody can tell."""
    words = [found[0].lower() for found in head]
    if not words or any(word in groups["collective"] for word in words):
        return None
    first, last = words[0], words[-1]
    if first in _ONE or last in groups["singular"]:
        return False
    # "Officials working there": the noun may stand further in front.
    known = {plural(one) for one in groups["singular"]}
    if last in groups["plural"] or known.intersection(words):
        return True
    if last in groups["either"] or last.endswith(("ss", "us", "is")):
        return None
    return True if last.endswith("s") else None


def _advice(
    by: Anonymous, head: tuple[re.Match[str], ...], groups: Mapping[str, tuple[str, ...]], *, several: bool
) -> str:
    noun = head[-1]
    rest = by.anonymous[noun.end() :]
    if several:
        known = {plural(one): one for one in groups["singular"]} | {many: one for one, many in _PLURALS.items()}
        known |= {"people": "person", "police": "police officer"}
        single = known.get(noun[0].lower())
        before = by.anonymous[: noun.start()]
        if single is None or (before and before.split()[0].lower() in {"the", "two", "some", "several", "these"}):
            return "Write it in the singular with its article, or correct `count`."
        article = "an" if (before or single)[0] in "aeiou" else "a"
        return f"Write `{article} {before}{single}{rest}`, or correct `count`."
    middle = by.anonymous[head[1].start() if head[0][0].lower() in _ONE and len(head) > 1 else 0 : noun.start()]
    many = _PLURALS.get(noun[0].lower(), plural(noun[0]))
    return f"Write `{middle}{many}{rest}`, or correct `count`."


RULE = Rule("lone-plural", Severity.ERROR, _find)
