"""All rules over one graph, and what editors allow with a reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from nutgraf.checks.policy import Policy
from nutgraf.checks.rules import (
    accusation_without_reply,
    ambiguous_name,
    ambiguous_term,
    anonymous_accusation,
    circular_definition,
    dangling_key_point,
    dangling_reference,
    date_of_report,
    doubled_bound,
    duplicate_name,
    echoed_source,
    faceless_crowd,
    finding_without_finder,
    image_in_text,
    incomplete_source,
    laundered_prose,
    loaded_verb,
    lone_plural,
    loose_clause,
    mismatched_certainty,
    mismatched_money_verb,
    misquotation,
    missing_attribution,
    mixed_scripts,
    one_sided_dispute,
    overlong_definition,
    raw_figure,
    refuted_without_refuter,
    relative_time,
    retracted_source,
    same_source_conflict,
    self_explaining_term,
    stale_story,
    typed_date,
    typed_full_stop,
    typed_hedge,
    unclear_money,
    undefined_link,
    unexamined_claim,
    unexplained_definition,
    unexplained_jargon,
    unfaithful_shortening,
    unfounded_role,
    unmarked_accusation,
    unproven_intro,
    unreachable_entity,
    unread_source,
    unsourced_statement,
    unstated_cause,
    unsupported_certainty,
    unused_quantity,
    unused_source,
    unused_term,
    verb_too_strong,
)
from nutgraf.diagnostics import Diagnostic, RelatedPlace, Replacement, Severity, did_you_mean
from nutgraf.graph import subset
from nutgraf.loading.item_removal import without

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from nutgraf.checks.rule import Finding, Rule
    from nutgraf.graph import Graph
    from nutgraf.model import Allow
    from nutgraf.model.record import Loc

RULES: Final[tuple[Rule, ...]] = (
    unsourced_statement.RULE,
    missing_attribution.RULE,
    unsupported_certainty.RULE,
    mismatched_certainty.RULE,
    finding_without_finder.RULE,
    unread_source.RULE,
    retracted_source.RULE,
    echoed_source.RULE,
    lone_plural.RULE,
    typed_hedge.RULE,
    typed_full_stop.RULE,
    typed_date.RULE,
    doubled_bound.RULE,
    verb_too_strong.RULE,
    unfaithful_shortening.RULE,
    unmarked_accusation.RULE,
    unexamined_claim.RULE,
    accusation_without_reply.RULE,
    anonymous_accusation.RULE,
    one_sided_dispute.RULE,
    same_source_conflict.RULE,
    refuted_without_refuter.RULE,
    raw_figure.RULE,
    laundered_prose.RULE,
    unstated_cause.RULE,
    mismatched_money_verb.RULE,
    unclear_money.RULE,
    misquotation.RULE,
    date_of_report.RULE,
    dangling_reference.RULE,
    faceless_crowd.RULE,
    loaded_verb.RULE,
    loose_clause.RULE,
    relative_time.RULE,
    stale_story.RULE,
    incomplete_source.RULE,
    unexplained_jargon.RULE,
    unfounded_role.RULE,
    unproven_intro.RULE,
    unused_quantity.RULE,
    unreachable_entity.RULE,
    unused_source.RULE,
    dangling_key_point.RULE,
    undefined_link.RULE,
    duplicate_name.RULE,
    ambiguous_name.RULE,
    ambiguous_term.RULE,
    self_explaining_term.RULE,
    circular_definition.RULE,
    overlong_definition.RULE,
    unexplained_definition.RULE,
    unused_term.RULE,
    mixed_scripts.RULE,
    image_in_text.RULE,
)
"""All rules, in the order in which they are checked."""

_BY_NAME: Final = {rule.name: rule for rule in RULES}


@dataclass(frozen=True, slots=True)
class _Allowance:
    """One suppression: it holds for all that stands below `loc`."""

    allow: Allow
    path: str
    loc: Loc
    index: int

    @property
    def place(self) -> Loc:
        return (*self.loc, "allow", self.index)


def check(graph: Graph, policy: Policy | None = None) -> Iterator[Diagnostic]:
    """Yield everything in a graph that breaks a rule, but for what is allowed with a reason.

    Args:
        graph: what to check.
        policy: the site's; the usual one if there is none.
    """
    policy = policy or Policy()
    yield from _judged(graph, ((rule, one) for rule in RULES for one in rule.find(graph, policy)))


def _placed(graph: Graph, finding: Finding) -> Finding:
    """Return a finding with the paths of files as they are."""
    path = _path(graph, finding.path)
    related = tuple((_path(graph, one), loc, message) for one, loc, message in finding.related)
    is_same = path == finding.path and related == finding.related
    return finding if is_same else replace(finding, path=path, related=related)


def _path(graph: Graph, path: str) -> str:
    """Return the path of a file as it is: rules name records as if all files ended in `.yml`."""
    if path in graph.positions.roots:
        return path
    other = f"{path.removesuffix('.yml')}.yaml"
    return other if other in graph.positions.roots else path


def _judged(graph: Graph, found: Iterable[tuple[Rule, Finding]]) -> Iterator[Diagnostic]:
    """Yield what was found and is not allowed, and what is allowed for nothing."""
    allowances = tuple(_allowances(graph))
    used: set[tuple[str, Loc]] = set()
    for rule, each in found:
        finding = _placed(graph, each)
        allowing = [one for one in allowances if one.allow.rule == rule.name and _covers(one, finding)]
        if allowing:
            used.update((one.path, one.place) for one in allowing)
        else:
            yield _diagnostic(graph, rule, finding)
    for one in allowances:
        if one.allow.rule not in _BY_NAME:
            span = graph.positions.span(one.path, (*one.place, "rule"))
            advice = did_you_mean(one.allow.rule, _BY_NAME)
            yield Diagnostic("unknown-rule", f"There is no rule `{one.allow.rule}`", span, help=advice)
        elif (one.path, one.place) not in used:
            span = graph.positions.span(one.path, (*one.place, "rule"))
            headline = f"Nothing here breaks the rule `{one.allow.rule}`"
            fix = without(graph.positions.roots[one.path], one.place, one.path)
            advice = "Remove the entry from `allow`."
            yield Diagnostic("unused-allow", headline, span, Severity.WARNING, advice, fix=fix)


def check_some(graph: Graph, paths: Collection[str], policy: Policy | None = None) -> Iterator[Diagnostic]:
    """Yield the errors in some files, at once: what stops a publication and can be seen without going through all.

    What leads nowhere on the whole site is not among them.

    Args:
        graph: all content.
        paths: of the files, relative to the content folder.
        policy: the site's; the usual one if there is none.
    """
    policy = policy or Policy()
    seen = subset(graph, paths)
    allowances = tuple(_allowances(seen))
    for rule in RULES:
        if rule.severity is not Severity.ERROR:
            continue
        for each in rule.find(seen, policy):
            finding = _placed(graph, each)
            allowed = any(one.allow.rule == rule.name and _covers(one, finding) for one in allowances)
            if finding.path in paths and not allowed:
                yield _diagnostic(graph, rule, finding)


def _covers(allowance: _Allowance, finding: Finding) -> bool:
    return finding.path == allowance.path and finding.loc[: len(allowance.loc)] == allowance.loc


def _diagnostic(graph: Graph, rule: Rule, finding: Finding) -> Diagnostic:
    part = (finding.start, finding.end) if finding.end else None
    span = graph.positions.span(finding.path, finding.loc, key=finding.key, part=part)
    related = tuple(RelatedPlace(graph.positions.span(path, loc), message) for path, loc, message in finding.related)
    fix = tuple(_fix(graph, finding))
    return Diagnostic(rule.name, finding.headline, span, rule.severity, finding.help, related, fix)


def _fix(graph: Graph, finding: Finding) -> Iterator[Replacement]:
    if finding.fix is None:
        return
    start, end, text = finding.fix
    span = graph.positions.span(finding.path, finding.loc, part=(start, end))
    # Where the place is that of the whole text, it was typed on several lines or with escapes.
    if span.line == span.end_line and span.end_column - span.column == end - start:
        yield Replacement(span, text)


def _allowances(graph: Graph) -> Iterator[_Allowance]:
    for name, story in graph.stories.items():
        path = graph.positions.path("stories", name)
        yield from _given(story.allow, path, ())
        for section_index, section in enumerate(story.sections):
            for index, statement in enumerate(section.statements):
                yield from _given(statement.allow, path, ("sections", section_index, "statements", index))
    for folder, records in (("entities", graph.entities), ("sources", graph.sources), ("glossary", graph.terms)):
        for name, record in records.items():
            yield from _given(record.allow, graph.positions.path(folder, name), ())


def _given(allow: tuple[Allow, ...], path: str, loc: Loc) -> Iterator[_Allowance]:
    for index, one in enumerate(allow):
        yield _Allowance(one, path, loc, index)
