"""Whatever the glossary and whatever the text: links are put in, and nothing else changes.

Five glossaries of 2,000 terms each are made from a seed, and texts are drawn with terms, fillers, markup and traps
mixed in. The terms are not drawn: that would take minutes, and find nothing more.
"""

from __future__ import annotations

import html
import random
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nutgraf.glossary import Matcher
from nutgraf.glossary.plurals import plurals
from nutgraf.glossary.word_boundaries import is_boundary
from nutgraf.graph import Graph
from nutgraf.loading.content import Content
from nutgraf.markdown import Linker, block_html, inline_html
from nutgraf.model import Links, Term

if TYPE_CHECKING:
    from collections.abc import Callable

SEEDS = (1, 20, 300, 4_000, 50_000)
PINNED = 300, "**Lfi of voberibe of ガ**\u200c "
"""What was found: a character without width between the end of a term and the white space behind it."""
TERMS = 2_000
TEXTS = 2_000

SYLLABLES = tuple(
    re.findall("[^aeiouéä]+[aeiouéäöü]*|.", "bebachodaelfigahuinjokalimonuorpéquarisotäuvowexiyazestrghtﬁçøß")
)
SCRIPTS = ("人工智能模型銀行", "メールガスソフト", "구글은한글검색", "абвгджзиклм", "ذكاءاصطنع", "בינהמלכו", "🚀👍🎉🌹")
LATIN = 0.85

FILLERS = (
    *(
        "the",
        "a",
        "of",
        "and",
        "in",
        "it",
        "is",
        "not",
        "S",
        "s",
        "'s",
        "’s",
        "2023",
        "3.14",
        "x1",
        "_",
        "{x}",
        "> ",
        "- ",
    ),
    *",.;:!?-–—()/…“”'\"&<>|~\\한人メة",
    *(" ", " ", " ", "  ", "\n", "  \n", "\u00a0", "\u202f", "\u00ad", "\u200b", "\u200d", "\u200c"),
    *("\u0301", "\u20e3", "\ufe0f", "\u2067", "\u2069", "\u200f"),
    *("*", "**", "_", "`", "``", "~~", "[", "]", "](", "](https://example.com/)", "](term:term-1)", "](term:none)"),
    *("<b>", "&amp;", "&#71;", "<!--", "\\*", "![", "<https://example.com/>"),
)
WRAPPERS = (
    "{}",
    "{}",
    "{}",
    "*{}*",
    "**{}**",
    "`{}`",
    "[{}](https://example.com/)",
    "[{}](term:none)",
    "\u201c{}\u201d",
    "_{}_",
)
GAPS = (" ", " ", "", "\n")


@lru_cache(maxsize=1)
def glossary(seed: int) -> tuple[Matcher, Graph, tuple[str, ...]]:
    """Return a finder of made-up terms, their graph, and how the terms may be written."""
    chance = random.Random(seed)  # noqa: S311 - it makes up words, no secrets
    words = [word(chance) for _ in range(TERMS // 2)]
    terms: dict[str, Term] = {}
    written: list[str] = []
    while len(terms) < TERMS:
        label = chance.choice((" ", " ", " ", "-", "'", " of ")).join(
            chance.choice(words) for _ in range(chance.choice((1, 1, 1, 2, 2, 3)))
        )
        label = chance.choice((str, str, str.upper, str.capitalize, decomposed))(label)
        alias = word(chance)
        exact, accents = chance.random() < 0.1, chance.random() < 0.9
        terms[f"term-{len(terms)}"] = Term.model_validate(
            {"label": label, "short": "x", "aliases": [alias], "exact": exact, "accents": accents}
        )
        written += [
            label,
            plurals(label)[0],
            alias,
            label.upper(),
            label.capitalize(),
            label.replace(" ", "\n"),
            label[:-1],
        ]
        written.append(label[: len(label) // 2] + "*" + label[len(label) // 2 :] + "*")
    graph = Graph(Content({}, {}, {}, terms), {})
    return Matcher(graph), graph, tuple(written)


def word(chance: random.Random) -> str:
    """Return a made-up word, as a rule of Latin letters."""
    if chance.random() < LATIN:
        return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(1, 4)))
    return "".join(chance.choices(chance.choice(SCRIPTS), k=chance.randint(1, 3)))


def decomposed(text: str) -> str:
    """Return a text with its accents as characters of their own."""
    return unicodedata.normalize("NFD", text)


def texts(written: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Return a strategy for texts with terms in them: half of their parts are terms, half are fillers."""
    chance = random.Random(len(written))  # noqa: S311 - the same
    terms = [chance.choice(WRAPPERS).format(one) + chance.choice(GAPS) for one in written]
    fillers = [chance.choice(FILLERS) + chance.choice(GAPS) for _ in terms]
    # One draw a part: hypothesis takes longer to draw than it all takes to be linked.
    return st.lists(st.sampled_from([*terms, *fillers]), min_size=2, max_size=14).map("".join)


TAG = re.compile(r"<(/?)([a-z]+[1-6]?)((?: [a-z]+=\"[^\"]*\")*)( ?/?)>")
LINK = re.compile(r"</?a\b[^>]*>")
VOID = {"br"}


def links(rendered: str) -> list[tuple[int, int, str]]:
    """Return the links to terms with their places in the visible text; fails if anything nests wrongly."""
    waiting: list[tuple[str, int, str]] = []
    found: list[tuple[int, int, str]] = []
    place = done = 0
    for tag in TAG.finditer(rendered):
        place += len(html.unescape(rendered[done : tag.start()]))
        done = tag.end()
        closing, name, attributes, _ = tag.groups()
        if name in VOID:
            continue
        if not closing:
            assert name != "a" or all(one != "a" for one, _, _ in waiting), "a link in a link"
            target = re.search(r'href="[./]*glossary/([^"]*)/"', attributes)
            waiting.append((name, place, target[1] if target else ""))
            continue
        opened, start, target_name = waiting.pop()
        assert opened == name, "elements that cross"
        if target_name:
            found.append((start, place, target_name))
    assert not waiting
    return found


def visible(rendered: str) -> str:
    """Return what readers see."""
    return html.unescape(TAG.sub("", rendered))


def plain(text: str) -> str:
    """Return a text without all that may differ between a term and what is found for it."""
    text = unicodedata.normalize("NFKD", text).casefold()
    text = "".join(one for one in text if unicodedata.category(one) not in {"Mn", "Me", "Cf"})
    return re.sub(r"[\s\u2010\u2011-]+", " ", text).replace("’", "'")


def assert_only_links_are_new(render: Callable[[str, Linker | None], str], text: str, linker: Linker) -> None:
    linker.start_section()
    without, linked = render(text, None), render(text, linker)
    assert LINK.sub("", linked) == LINK.sub("", without)
    seen = visible(linked)
    for start, end, name in links(linked):
        assert linker.graph is not None
        term = linker.graph.terms[name]
        if name == "term-1":
            continue  # Texts link to it themselves, in whatever words.
        forms = [term.label, *(alias.text for alias in term.aliases)]
        known = {plain(one) for form in forms for one in (form, *plurals(form))}
        assert plain(seen[start:end]) in known
        # White space ends a word, the narrow one too, which the annex lets join two.
        begins = start == 0 or is_boundary(seen, start) or seen[start - 1].isspace()
        assert begins or not seen[:start].strip("\u2067\u200f")
        rest = seen[end:].lstrip("\u2067\u2069\u200f\u00ad\u200b\u200c\u200d")
        at = len(seen) - len(rest)
        ends = at == len(seen) or is_boundary(seen, at) or rest[0].isspace()
        assert ends or rest[:2].lower() in {"'s", "’s"}


@pytest.mark.hypothesis
@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_but_links_is_put_in(seed: int) -> None:
    finder, graph, written = glossary(seed)
    counted: list[int] = []

    @settings(max_examples=TEXTS, suppress_health_check=list(HealthCheck))
    @given(
        texts(written),
        st.sampled_from((inline_html, inline_html, inline_html, block_html)),
        st.sampled_from((Links.FIRST, Links.ALL, Links.ALL, Links.NONE)),
    )
    def check(text: str, render: Callable[[str, Linker | None], str], policy: Links) -> None:
        linker = Linker(finder, "", None, graph, links=policy)
        assert_only_links_are_new(render, text, linker)
        counted.append(len(linker.linked))

    if seed == PINNED[0]:
        check = example(PINNED[1], inline_html, Links.FIRST)(check)
    check()
    # A test that finds no term says nothing.
    assert sum(counted) > TEXTS // 2
