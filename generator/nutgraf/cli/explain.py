"""`nutgraf explain`."""

from __future__ import annotations

import click

from nutgraf.cli.console import Refusal, out
from nutgraf.diagnostics import did_you_mean

# MkDocs takes 0.4 s to import, the models 0.2 s. Commands import what they need, so that `--help` answers at once.
# ruff: noqa: PLC0415


@click.command(
    epilog="""
\b
Examples:
  nutgraf explain            all rules, each with what it is about
  nutgraf explain typed-hedge
"""
)
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Explain an editorial rule: what it looks for, why, what is wrong and what is right.

    The name of a rule stands in brackets in each error and warning of `nutgraf check`. What is wrong with a file itself
    (its YAML, its fields, an id that there is not) has a name there, too, but no rule: its message says all there is.
    """
    from rich.markdown import Markdown

    from nutgraf.checks.rule_docs import explain as explanation
    from nutgraf.checks.rule_docs import headlines

    known = headlines()
    if rule is None:
        width = max(map(len, known))
        for name, (severity, headline) in known.items():
            out().out(f"{name:<{width}}  {severity:<7}  {headline}")
        return
    if rule not in known:
        advice = "All of them: `nutgraf explain`. Of a mistake in a file itself, its message says all there is."
        raise Refusal(f"there is no rule {rule!r}", did_you_mean(rule, known) or advice)
    text = explanation(rule)
    if out().is_terminal:
        out().print(Markdown(text))
    else:
        out().out(text, end="")
