"""Two things that claim one word.

## What it does
Reports a label, alias or inflection of a term that is just as much one of another term, or a name of an entity, in
the same place: both have no `scope`, or both have one that a story fits. One of them with a `scope` is fine: there
its sense comes first.

## Why
Nobody can tell which of the two is meant, so that the word is linked to neither, and no reader is told what it means.

## Wrong
    # glossary/harbour-pilot.yml
    label: pilot
    short: Somebody who guides ships through difficult waters.
    # glossary/airline-pilot.yml
    label: pilot
    short: Somebody who flies an aircraft.

## Right
    # glossary/harbour-pilot.yml
    label: pilot
    short: Somebody who guides ships through difficult waters.
    scope: [shipping]
    # glossary/airline-pilot.yml
    label: pilot
    short: Somebody who flies an aircraft.

## When to allow it
When each use is linked by hand anyway: `[pilot](term:harbour-pilot)`. Better: `match: explicit`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.checks.rule import Finding, Rule
from nutgraf.diagnostics import Severity
from nutgraf.glossary import MentionKind, finder_of, written
from nutgraf.glossary.plurals import plurals
from nutgraf.loading.content import record_path
from nutgraf.model import Match

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph
    from nutgraf.model import Term
    from nutgraf.model.record import Loc


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    told: set[frozenset[tuple[MentionKind, str]]] = set()
    for name, term in graph.terms.items():
        if term.match is Match.EXPLICIT:
            continue
        me = (MentionKind.TERM, name)
        for one in written(term):
            for rival in _rivals(graph, one.text, me):
                pair = frozenset({me, rival})
                if pair in told:
                    continue
                told.add(pair)
                yield _finding(graph, name, one.text, rival)


def _rivals(graph: Graph, text: str, me: tuple[MentionKind, str]) -> Iterator[tuple[MentionKind, str]]:
    """Yield what else a text means at some place where it means a term."""
    finder = finder_of(graph)
    if len(finder.claims(text)) < 2:  # noqa: PLR2004 - a claim of its own
        return
    for story in (None, *graph.stories):
        claims = finder.rivals(text, story)
        if me in claims:
            yield from (one for one in claims if one != me)


def _finding(graph: Graph, name: str, text: str, rival: tuple[MentionKind, str]) -> Finding:
    kind, other = rival
    folder, field = ("glossary", "label") if kind is MentionKind.TERM else ("entities", "name")
    loc: Loc = _place(graph.terms[other], text) if kind is MentionKind.TERM else (field,)
    return Finding(
        record_path("glossary", name),
        _place(graph.terms[name], text),
        f"“{text}” may be the term `{name}` or the {kind} `{other}`",
        "Give one of them a `scope`, or `match: explicit`.",
        related=((record_path(folder, other), loc, f"the {kind} `{other}` claims it, too"),),
    )


def _place(term: Term, text: str) -> Loc:
    """Return the field that a form is written in, or the one that it is made from."""
    fields: list[tuple[Loc, str | None]] = [(("label",), term.label), (("plural",), term.plural)]
    fields += [(("forms", index), form) for index, form in enumerate(term.forms)]
    fields += [(("expansion",), term.expansion)]
    fields += [(("aliases", index), alias.text) for index, alias in enumerate(term.aliases)]
    written_so = (loc for loc, form in fields if form and form.casefold() == text.casefold())
    made_from = (loc for loc, form in fields if form and text.casefold() in {one.casefold() for one in plurals(form)})
    return next(written_so, next(made_from, ("label",)))


RULE = Rule("ambiguous-term", Severity.ERROR, _find)
