"""Where a second clause begins, and what looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.wording.clauses import Conjunction, governed, joints


def spelt(text: str) -> str:
    """Return a clause as it stands behind "that"."""
    return governed(text, joints(text), "that")


@pytest.mark.parametrize(
    ("text", "after_that"),
    [
        ("the bridge was open, and its cables were rusty", "the bridge was open and that its cables were rusty"),
        ("the bridge was open, but nobody crossed it", "the bridge was open, but that nobody crossed it"),
        ("the bridge was open, yet nobody crossed it", "the bridge was open, yet that nobody crossed it"),
        ("a balloon levitates over Otterton, and the cause of this is hot air",
         "a balloon levitates over Otterton and that the cause of this is hot air"),
        ("zinc takes the place of copper, and the volume shrinks by a tenth",
         "zinc takes the place of copper and that the volume shrinks by a tenth"),
        ("electrons form flat bands, and such bands are common",
         "electrons form flat bands and that such bands are common"),
        ("the firm must pay, or the mill will close", "the firm must pay, or that the mill will close"),
        ("the plant closed, and nobody said so", "the plant closed and that nobody said so"),
        ("the clock runs slow, and Ada Adams warned of it", "the clock runs slow and that Ada Adams warned of it"),
        ("the clock is old, and the board wants a new one", "the clock is old and that the board wants a new one"),
        ("the clock is old, and the siren howls", "the clock is old and that the siren howls"),
        ("the clock is old, and its cables snapped in May", "the clock is old and that its cables snapped in May"),
        ("the firm is poor, and the boats need paint", "the firm is poor and that the boats need paint"),
        ("the firm is poor, and they leak", "the firm is poor and that they leak"),
        ("the firm was poor, and in 2018 it closed", "the firm was poor and that in 2018 it closed"),
        ("the firm was poor, and when it rained, it closed", "the firm was poor and that when it rained, it closed"),
        ("a mill, an old one, shut, and its owner fled", "a mill, an old one, shut, and that its owner fled"),
        ("the mill shut, and its owner, who was ill, fled", "the mill shut and that its owner, who was ill, fled"),
        ("searchers found {a}, and {b} have not been found", "searchers found {a} and that {b} have not been found"),
        ("Works moved, and a house that was let burned down", "Works moved and that a house that was let burned down"),
        ("no one fell, and one man swam, and one fled", "no one fell and that one man swam and that one fled"),
        ("the mayor knew, and the mayor said nothing", "the mayor knew and that the mayor said nothing"),
    ],
)  # fmt: skip
def test_that_is_repeated(text: str, after_that: str) -> None:
    assert {one.link for one in joints(text)} == {Conjunction.REPEAT}
    assert spelt(text) == after_that


@pytest.mark.parametrize(
    ("text", "after_that"),
    [
        ("the bridge should have had a guard, and had none", "the bridge should have had a guard and had none"),
        ("the firm makes cans, and sells the cans", "the firm makes cans and sells the cans"),
        ("the firm closed the mill, but kept its name", "the firm closed the mill but kept its name"),
    ],
)
def test_a_second_verb_of_one_subject_needs_no_comma(text: str, after_that: str) -> None:
    assert [one.link for one in joints(text)] == [Conjunction.SHARED]
    assert spelt(text) == after_that


@pytest.mark.parametrize(
    "text",
    [
        "the bridge was shut, so a lorry had to swim",
        "the bridge was shut, and so a lorry had to swim",
        "the bridge was shut, which angered the town",
        "the firm employs 300 people, most of whom live in Otterton",
        "Works closed in Otterton, where it was founded",
        "the bridge was shut, while the mill stayed open",
        "the hull rusted, although it had been painted",
        "the hull rusted, even though it had been painted",
        "the mayor did not sign, nor did the clerk",
        "the archive withholds the list; such papers stay closed",
        "the firm had one fault: it was poor",
        "the bridge fell – it was old",
        "the bridge fell—it was old",
        "the bridge (it was built in 1901) fell",
        "the bridge opened in May. Its cables were rusty",
        "the bridge opened at noon! Ada Adams fell",
        "the bridge fell, it was old",
        "the firm was fined, and the chairman jailed",
    ],
)
def test_no_that_fits(text: str) -> None:
    assert [one.link for one in joints(text)] == [Conjunction.LOOSE]
    assert spelt(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "the bridge was shut, because it was old",
        "the hull bears no sign of a blow, as far as is known",
        "the mill closes, if the town agrees",
        "the bridge was shut, so that it could dry",
    ],
)
def test_what_belongs_to_the_first_clause_is_bound_to_it(text: str) -> None:
    assert [one.link for one in joints(text)] == [Conjunction.BOUND]
    assert spelt(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Works sold copper, tin, and zinc",
        "copper, tin, and zinc were sold",
        "copper, tin, and the zinc are gone",
        "a piano, and the books of Ada Adams",
        "Works sold a mill, a yard, and the shares of a bank",
        "bonds, shares, and cash were lost",
        "Ada Adams, Ben Bell, and Cy Cole left Works",
        "Ben Bell, the mayor, resigned",
        "the firm hired two engineers, Cy Cole and Ben Bell",
        "the mayor resigned and left the town",
        "the ferry left the port, hit a rock, and sank",
        "the boat was built in 1901, rebuilt in 1950, and sold in 1990",
        "the firm must close, pay a fine, and apologise",
        "Works closed its plant, and the yard",
        "Works sold its boats, cars, and used trucks",
        "Works sold the mill, the shed, and the house that was built in 1901",
        "the town paid for the tower, the mill, and what was left of the shed",
        "a stuck valve, and not the helmsman, made the ship swing round",
        "the council, or the mayor, must pay",
        "the board bought a ship, and a boat damaged in the storm",
        "the stairs to the tower, which are of wood, have been closed",
        "the boat sank, taking two people with it",
        "the boat was old, slow, and hard to steer",
        "the tower is 50 metres high, and the mill 20",
        "Works was sold, and its debts with it",
        "the firm carried three things: copper, tin and zinc",
        "the bridge – the largest ever – fell",
        "the bridge (built in 1901) fell",
        "the firm paid {sum}, or about {other} a day",
        "the firm told staff that the bridge was open, and that its cables were rusty",
        "the firm wrote “the bridge is shut, and its cables are rusty”",
        "Corp. Bell fell",
        "it costs $5, or $4 if it rains",
        "the firm paid more than it owed, and more than it had",
        "the court asked who paid, and who knew",
        "the court asked how it fell, and why the crew fled",
        "the firm closed the mill, but not the shed",
        "the train left at 9:30, and the bus at 10:15",
        "the firm closed on 1 May, 2024",
        "the report, so far, is secret",
        "the mill shows &lt; and &amp; as they are",
        "",
        ",",
        ", and",
    ],
)
def test_no_second_clause(text: str) -> None:
    assert joints(text) == ()


def test_what_is_in_a_name_is_not_read() -> None:
    text = "the firm Fish, and Chips Were Here closed"
    assert joints(text, [(text.index("Fish"), text.index(" closed"))]) == ()


@given(st.text(st.sampled_from(list("abe ,;:.()–—'’\"“”{}[]&AB5\n")), max_size=60))
def test_any_text_keeps_its_words(text: str) -> None:
    assert spelt(text).replace(" that", "").replace(",", "") == text.replace(" that", "").replace(",", "")
