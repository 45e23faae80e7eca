"""English plurals."""

from __future__ import annotations

import pytest

from nutgraf.glossary.plurals import means_the_same_open, plural, plurals

PLURALS = """
    GPU: GPUs
    A1: A1s
    word: words
    company: companies
    soliloquy: soliloquies
    boy: boys
    bus: buses
    box: boxes
    tranche: tranches
    crisis: crises
    iris: irises
    chassis: chassis
    chairman: chairmen
    spokeswoman: spokeswomen
    human: humans
    German: Germans
    Woman: Women
    quiz: quizzes
    index: indexes, indices
    person: people, persons
    computer mouse: computer mice
    data centre: data centres
    capped-profit LP: capped-profit LPs
    conflict of interest: conflicts of interest
    statute of limitations: statutes of limitations
    mother-in-law: mothers-in-law
    passer-by: passers-by
    runner-up: runners-up
    write-down: write-downs
    by-election: by-elections
    C++: C++s
"""


@pytest.mark.parametrize("line", PLURALS.strip().splitlines(), ids=str.strip)
def test_plural(line: str) -> None:
    one, many = line.strip().split(": ")
    assert ", ".join(plurals(one)) == many
    assert plural(one) == many.split(", ")[0]


def test_some_compounds_mean_something_else_without_their_hyphens() -> None:
    assert means_the_same_open("capped-profit")
    assert means_the_same_open("data centre")
    assert not means_the_same_open("for-profit company")
    assert not means_the_same_open("end-to-end encryption")
