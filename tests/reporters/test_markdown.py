"""The comment on a pull request: what it says, that it has room, and that content does nothing in it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from nutgraf.diff import ChangeKind
from nutgraf.reporters import markdown
from nutgraf.reporters.control_characters import escaped
from tests.reporters.changing import change, made, nothing, real

JOINER = "\u2060"
OURS = {"blockquote", "br", "code", "del", "details", "em", "h3", "ins", "b", "li", "p", "pre", "span", "strong"}
OURS |= {"summary", "ul"}


def test_the_comment() -> None:
    first, _, rest = markdown.render(real()).partition("\n\n")
    assert first == markdown.MARK
    assert rest == dedent("""\
        **Readers will see 2 changed statements, 1 new and 1 fewer on 11 pages, one more certain, one with a \
different figure.**

        3 changes must be acknowledged.

        ### Must be acknowledged (3)

        - **The figure `paid` changed from <span>&#36;</span>10,000 to \
<span>&#36;</span>15,000**<br>`figure-replaced` in `content/stories/s.yml:4`

          <blockquote>In January 2023, according to Daily Post, Works paid \
<span>&#36;</span><del>10,000</del><ins><b>15,000</b></ins> to Ben Bell.</blockquote>

          - <span>&#36;</span>10,000 → <span>&#36;</span>15,000: **&#43;5,000 (&#43;50 %)**
          - Cite a source for the new figure in `source`, or restore the figure. Or explain the change to readers in \
the story `s`, with a new entry under `revisions`&#58;

            ```yaml
              - date: 2023-05-01
                kind: correction
                statements: paid
                was: "In January 2023, according to Daily Post, Works paid $10,000 to Ben Bell."
                note: What changed and why, as a sentence for readers.
            ```

        - **`left` was raised from `claimed` to `found` without new evidence**<br>`certainty-raised` in \
`content/stories/s.yml:10`

          <blockquote>Ada Adams <del>said</del><ins><b>found</b></ins> on 9 April 2023 that she left Works.</blockquote>

          - Cite the new evidence in `source`, or restore the certainty. Or explain the change to readers in the \
story `s`, with a new entry under `revisions`&#58;

            ```yaml
              - date: 2023-05-01
                kind: correction
                statements: left
                was: "Ada Adams said on 9 April 2023 that she left Works."
                note: What changed and why, as a sentence for readers.
            ```

        - **`gone` was removed; its URL is broken**<br>`id-removed` in `content/stories/s.yml:11`

          <blockquote><del>According to Daily Post, Works makes lamps.</del></blockquote>

          - If it is now `s/also`, add `formerly: gone` there. Published statements must stay&#58; retract it with \
`retracted: {on: ..., reason: ...}`, or add `formerly: [the old ID]` to its replacement. Or explain the change to \
readers in the story `s`, with a new entry under `revisions`&#58;

            ```yaml
              - date: 2023-05-01
                kind: retraction
                removed: gone
                was: "According to Daily Post, Works makes lamps."
                note: What changed and why, as a sentence for readers.
            ```

        <details>
        <summary>Other changes (1)</summary>

        - **New statement `also`**<br>`statement-added` in `content/stories/s.yml:12`

          <blockquote><ins>According to Daily Post, Works makes chairs.</ins></blockquote>

        </details>
        """)


def test_nothing() -> None:
    assert markdown.render(nothing()) == f"{markdown.MARK}\n\n**No changes for readers.**\n"


@pytest.mark.parametrize("number", [1, 10, 100, 1000, 5000])
def test_it_has_room_and_says_what_is_missing(number: int) -> None:
    kinds = (ChangeKind.SOURCE_REMOVED, ChangeKind.FIGURE_CHANGED, ChangeKind.WORDING_CHANGED)
    found = [change(kinds[place * 3 // number], text=f"X{place} " * 20) for place in range(number)]
    comment = markdown.render(made(*found))
    assert len(comment.encode()) <= 64_000
    shown = len(re.findall(r"^- \*\*", comment, re.MULTILINE))
    missing = re.search(r"_([\d,]+) more changes? (?:doesn't|don't) fit", comment)
    assert shown + (int(missing[1].replace(",", "")) if missing else 0) == number
    assert comment.count("<details>") == comment.count("</details>")


def test_one_change_may_be_larger_than_the_comment() -> None:
    huge = change(text="word " * 50_000)
    comment = markdown.render(made(huge))
    assert len(comment.encode()) <= 64_000
    assert "1 more change doesn't fit" in comment
    long = markdown.render(made(change(text="word " * 1_000)))
    assert "more characters" in long


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("@octocat", r"(?<![\w`])@\w"),
        ("@org/team", r"(?<![\w`])@\w"),
        ("#12", r"#\d"),
        ("owner/name#12", r"#\d"),
        ("GH-12", r"(?i)\bGH-\d"),
        ("https://example.org", r"https?://"),
        ("www.example.org", r"www\.\w"),
        ("ada@example.org", r"\w@\w"),
        ("mailto:ada@example.org", r"\w@\w"),
        (":tada:", r":\w+:"),
        ("2f48e60a", r"\b[0-9a-f]{7,40}\b"),
        ("2F48E60A2F48E60A2F48E60A2F48E60A2F48E60A", r"\b[0-9A-F]{7,40}\b"),
    ],
)
def test_what_github_looks_for_in_text(text: str, trigger: str) -> None:
    seen = text_of(markdown.harmless(f"see {text} there"))
    assert not re.search(trigger, seen)
    assert seen.replace(JOINER, "") == f"see {text} there"


@pytest.mark.parametrize(
    "text",
    [
        *("*a* _b_ **c** ~~d~~ `e`", "[a](https://x.org)", "![a](x.png)", "<img src=x onerror=alert(1)>", "<!-- a"),
        *(
            "&lt;b&gt; &#64;",
            "a | b | c",
            "\\*a\\*",
            "# a",
            "> a",
            "- a",
            "1. a",
            "$x$ and $$y$$",
            "</blockquote></details>",
        ),
        *("```\nx\n```", "a\n\n- b", "\u202eevil", "\x1b[31m", "a\u2060b"),
    ],
)
def test_what_markdown_reads_as_markup(text: str) -> None:
    assert text_of(markdown.harmless(text)).replace(JOINER, "") == escaped(text)


class Reader(HTMLParser):
    """Collects what a page shows, and its elements."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.texts: list[tuple[str, bool]] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.code += tag in {"code", "pre"}

    def handle_endtag(self, tag: str) -> None:
        self.code -= tag in {"code", "pre"}

    def handle_data(self, data: str) -> None:
        self.texts.append((data, self.code > 0))


def read(comment: str) -> Reader:
    # What GitHub does, without the filters that look at text: these see what `texts` has.
    reader = Reader()
    reader.feed(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(comment))
    reader.close()
    return reader


def text_of(comment: str) -> str:
    return "".join(text for text, _ in read(f"x{comment}").texts).rstrip("\n").removeprefix("x")


TRIGGERS = re.compile(r"@\w|#\d|(?i:\bGH-\d)|https?://|\bwww\.|(?i:\b[0-9a-f]{7,40}\b)|:[a-z0-9_+-]+:")


@given(
    st.text(alphabet=st.one_of(st.characters(), st.sampled_from("@#:/`*_[]()<>&$|\\~!-+.\n deadbeef0123")), max_size=80)
)
def test_content_does_nothing(text: str) -> None:
    page = read(markdown.render(made(change(ChangeKind.SOURCE_REMOVED, text=text), change(text=text, note=text))))
    assert page.tags <= OURS
    assert page.attributes <= {"class"}
    for shown, is_code in page.texts:
        # Of code, GitHub takes nothing; the rest is what mentions and links would be made of.
        assert is_code or not TRIGGERS.search(shown)
