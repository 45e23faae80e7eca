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
  nutgraf explain            the names of all rules
  nutgraf explain typed-hedge
"""
)
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Explain an editorial rule: what it looks for, why, what is wrong and what is right.

    The name of a rule stands in brackets behind each error and warning of `nutgraf check`.
    """
    from rich.markdown import Markdown

    from nutgraf.checks.explanation import explain as explanation
    from nutgraf.checks.explanation import names

    if rule is None:
        for name in names():
            out().out(name)
        return
    if rule not in names():
        raise Refusal(f"there is no rule {rule!r}", did_you_mean(rule, names()) or "All of them: `nutgraf explain`")
    text = explanation(rule)
    if out().is_terminal:
        out().print(Markdown(text))
    else:
        out().out(text, end="")
