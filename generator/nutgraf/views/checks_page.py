"""How this site is checked: how well founded each story is, and the rules that its content is held to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutgraf.checks.metrics import ages, score_of
from nutgraf.markdown import block_html, inline_html
from nutgraf.views import address, interface_text
from nutgraf.views.memoize import memoized
from nutgraf.views.page import PageContext, PageView

if TYPE_CHECKING:
    from markupsafe import Markup

    from nutgraf.checks.metrics import Score, Share
    from nutgraf.checks.rule import Rule
    from nutgraf.views.context import ViewContext
    from nutgraf.views.page import Link


@dataclass(frozen=True, slots=True)
class Measure:
    """One count of a story.

    Attributes:
        label: what is counted.
        counts: "52 of 54"; "none there" where there is nothing to count.
    """

    label: str
    counts: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How well founded a story is, count by count: there is no single grade."""

    story: Link
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class RulePart:
    """A part of a rule's documentation: "Why"."""

    title: str
    text: Markup


@dataclass(frozen=True, slots=True)
class RuleView:
    """An editorial rule.

    Attributes:
        anchor: of its entry.
        name: the fault's name.
        severity: what it does: "stops publication".
        headline: the fault in a sentence.
        parts: what it does, why, wrong, right, when to allow it.
    """

    anchor: str
    name: str
    severity: str
    headline: Markup
    parts: tuple[RulePart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckingView(PageView):
    """How this site is checked."""

    standings: tuple[Standing, ...]
    rules: tuple[RuleView, ...]


def view(context: ViewContext) -> CheckingView:
    """Return the page that tells how the site is checked."""
    # All rules take a while to import, and this page alone needs to know them.
    from nutgraf.checks.runner import RULES  # noqa: PLC0415

    page = PageContext.at(address.CHECKING, context)
    return CheckingView(
        kind="checking",
        address=page.address,
        title="How this site is checked",
        description=f"How well founded each story is, and the {len(RULES)} rules that the content is held to.",
        reading=page.href(address.READING),
        standings=tuple(_standings(page)),
        rules=tuple(_rule(rule) for rule in RULES),
    )


def _standings(page: PageContext) -> list[Standing]:
    return [
        Standing(
            page.story_link(one.story),
            (
                Measure("Statements that say who vouches for them, or need nobody", _counts(one.attributed)),
                Measure("Statements with two or more independent origins", _counts(one.corroborated)),
                Measure("Statements with a public record or a primary document", _counts(one.primary)),
                Measure("Accusations with a reply on record", _counts(one.answered)),
                Measure("Disputes with more than one side", _counts(one.two_sided)),
                Measure("Last looked at", _age(age)),
            ),
        )
        for one, age in ((_score(page.context, name), age) for name, age in ages(page.graph).items())
    ]


@memoized
def _score(context: ViewContext, name: str) -> Score:
    return score_of(context.graph, name)


def _counts(share: Share) -> str:
    return f"{share.part} of {share.whole}" if share.whole else "none there"


def _age(days: int | None) -> str:
    if days is None:
        return "no date"
    return (
        "on the day of the newest story"
        if days == 0
        else f"{interface_text.count(days, 'day')} before the newest story"
    )


_SEVERITIES: Final = {"error": "stops publication", "warning": "is shown to the editor"}
_PART: Final = re.compile(r"^## (.+)\n", re.MULTILINE)


def _rule(rule: Rule) -> RuleView:
    from nutgraf.checks.rule_docs import documentation  # noqa: PLC0415

    headline, _, rest = documentation(rule).partition("\n")
    # A heading, the text below it, a heading, the text below it ...
    _, *found = _PART.split(rest.strip() + "\n")
    return RuleView(
        anchor=f"section-{rule.name}",
        name=rule.name,
        severity=_SEVERITIES[rule.severity],
        headline=inline_html(headline),
        parts=tuple(RulePart(title, block_html(text)) for title, text in zip(found[::2], found[1::2], strict=True)),
    )
