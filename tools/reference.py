"""Writes what docs/ says about the code from the code: `python tools/reference.py [--check]`.

Pages that people write hold generated parts between two comments:

    <!-- records: written by `make docs` -->
    <!-- end of records -->

What stands there comes from `PARTS`; the pages of docs/rules/ are written whole. So a field, a rule, a frame or an
option that changes changes its documentation, and a test compares the two.
"""

from __future__ import annotations

import argparse
import ast
import enum
import inspect
import re
import textwrap
import types
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Union, get_args, get_origin, get_type_hints

import click

from nutgraf import model
from nutgraf.checks.runner import RULES
from nutgraf.cli import commands
from nutgraf.diff import ChangeKind, ChangeSeverity
from nutgraf.graph import Graph, Resolved, resolve
from nutgraf.loading import validation_errors
from nutgraf.loading.content import load
from nutgraf.loading.nodes import Mapping as MappingNode
from nutgraf.loading.nodes import find
from nutgraf.markdown import sentence_text, unit_text
from nutgraf.model import FuzzyDate, Record, Reference, SourceUse
from nutgraf.model import dates as dates_module
from nutgraf.model.dates import DateError
from nutgraf.model.record import Address, Count, Day, Flag, LanguageTag, Number, Prose, QuantityName
from nutgraf.model.statement import Relation
from nutgraf.schema.descriptions import bare, described, item_of_many, member_docs, short_for
from nutgraf.wording import Wording, compile, compile_unknown, compose, read_language
from nutgraf.wording.language import Followed, FrameSet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pydantic.fields import FieldInfo

    from nutgraf.checks.rule import Rule
    from nutgraf.model.record import Loc
    from nutgraf.wording.language import Running

ROOT: Final = Path(__file__).resolve().parent.parent
DOCS: Final = ROOT / "docs"
CODE: Final = ROOT / "generator" / "nutgraf"
SAMPLES: Final = DOCS / "samples"

# ---- records ----

WHERE: Final[Mapping[str, str]] = {
    "Story": "A file in `content/stories/`.",
    "Section": "In `sections` of a [story](#story).",
    "Statement": "In `statements` of a [section](#section).",
    "Summary": "In `key_points` of a [story](#story), among ids of statements.",
    "Quantity": "In `quantities` of a [story](#story) or a [statement](#statement), behind its name.",
    "Also": "In `also` of a [quantity](#quantity).",
    "SourceUse": "In `source` of a [statement](#statement) or [section](#section), `based_on` of a [story](#story).",
    "Anonymous": "In `by`.",
    "Speaker": "In `by`.",
    "Accusation": "In `accuses` of a [statement](#statement).",
    "UnnamedParty": "In `who` of an [accusation](#accusation).",
    "Superseded": "In `superseded` of a [statement](#statement).",
    "Retracted": "In `retracted` of a [statement](#statement).",
    "Dispute": "In `disputes` of a [story](#story).",
    "Unknown": "In `unknowns` of a [story](#story).",
    "Revision": "In `revisions` of a [story](#story).",
    "Entity": "A file in `content/entities/`.",
    "Alias": "In `aliases` of an [entity](#entity).",
    "Role": "In `roles` of an [entity](#entity).",
    "Source": "A file in `content/sources/`.",
    "SourceStatus": "In `status` of a [source](#source).",
    "Term": "A file in `content/glossary/`.",
    "TermForm": "In `aliases` of a [term](#term).",
    "Allow": "In `allow`, wherever that is.",
}
"""Where each record stands, in the order of the reference."""

TITLES: Final[Mapping[str, str]] = {
    "Summary": "Key point",
    "Anonymous": "Anonymous asserter",
    "SourceUse": "Source use",
    "UnnamedParty": "Unnamed party",
    "SourceStatus": "Source status",
    "TermForm": "Term form",
    "StoryStatus": "Story status",
    "DisputeStatus": "Dispute status",
    "WhyUnknown": "Why unknown",
    "RevisionKind": "Revision kind",
    "EntityKind": "Entity kind",
    "SourceKind": "Source kind",
    "SourceState": "Source state",
    "QuantityKind": "Quantity kind",
}
"""Headings of what is two words to a reader."""

_BASES: Final = frozenset({"Record", "Amount"})
"""Records that nobody writes as such."""

_CONDITIONAL: Final[Mapping[tuple[str, str], str]] = {("Statement", "text"): "required, unless `denies` stands"}
_FEW: Final = 3


def record_types() -> dict[str, type[Record]]:
    """Return every record that an editor can write, by the name of its class."""
    found = {name: getattr(model, name) for name in model.__all__}
    return {
        name: one
        for name, one in found.items()
        if isinstance(one, type) and issubclass(one, Record) and name not in _BASES
    }


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record, as its documentation shows it.

    Attributes:
        record: the name of the record's class.
        name: as in YAML.
        state: whether it is required, and its default if there is one.
        kind: what may stand there, in an editor's words.
        text: what it means.
        examples: YAML, each with at least this field.
    """

    record: str
    name: str
    state: str
    kind: str
    text: str
    examples: tuple[str, ...]


def fields(name: str) -> tuple[Field, ...]:
    """Return the fields of a record in the order of its class."""
    one = record_types()[name]
    hints = get_type_hints(one, include_extras=True)
    return tuple(_field(one, attribute, info, hints[attribute]) for attribute, info in one.model_fields.items())


def _field(one: type[Record], attribute: str, info: FieldInfo, hint: object) -> Field:
    name, record = info.alias or attribute, one.__name__
    text, examples = described(one, attribute)
    state = _CONDITIONAL.get((record, name)) or _state(info)
    return Field(record, name, state, kind_words(hint), text, examples)


def _state(info: FieldInfo) -> str:
    if info.is_required():
        return "required"
    default = info.default
    if default is None or default in ((), {}, ""):
        return "optional"
    shown = {True: "yes", False: "no"}.get(default, str(default)) if isinstance(default, bool) else str(default)
    return f"optional, default `{shown}`"


_SCALARS: Final = (
    (Prose, "text"),
    (Flag, "`yes` or `no`"),
    (Number, "a [number](#numbers)"),
    (Count, "a whole number from 1 up"),
    (Day, "a [full date](#dates), such as `2023-04-11`"),
    (Address, "an address that begins with `https://` or `http://`"),
    (LanguageTag, "a language tag (BCP 47), such as `en` or `zh-Hant`"),
    (QuantityName, "a name of letters, digits, `-` and `_`"),
    (Relation, "a list of three: the id of an [entity](#entity), a phrase, the id of an [entity](#entity)"),
)
_POINTS: Final[Mapping[str, str]] = {
    "Id": "an [id](#ids-and-references)",
    "Former": "an [id](#ids-and-references) that is used no more",
    "StoryId": "the id of a [story](#story)",
    "EntityId": "the id of an [entity](#entity)",
    "SourceId": "the id of a [source](#source)",
    "TermId": "the id of a [term](#term)",
    "StatementRef": "a [reference to a statement](#ids-and-references)",
}


def kind_words(hint: object) -> str:
    """Return what a type lets an editor write."""
    for known, words in _SCALARS:
        if bare(hint) == bare(known):
            return words
    if get_origin(hint) is Annotated:
        return _annotated_words(hint)
    if get_origin(hint) in {Union, types.UnionType}:
        return " or ".join(kind_words(one) for one in get_args(hint) if one is not type(None))
    if get_origin(hint) is tuple:
        return f"a list, each {kind_words(get_args(hint)[0])}"
    if get_origin(hint) is dict:
        return f"a mapping: behind each name {kind_words(get_args(hint)[1])}"
    if not isinstance(hint, type):
        message = f"there are no words for the type {hint!r}"
        raise TypeError(message)
    return _class_words(hint)


def _annotated_words(hint: object) -> str:
    item = item_of_many(hint)
    if item is not None:
        return f"{kind_words(item)}; or a list of such"
    words = kind_words(get_args(hint)[0])
    short = short_for(hint)
    return f"{words}, or its `{short}` alone" if short else words


def _class_words(one: type) -> str:
    if issubclass(one, FuzzyDate):
        return "a [date](#dates)"
    if issubclass(one, Reference):
        return _POINTS[one.__name__]
    if issubclass(one, Record):
        return f"{_a(title(one))} ([fields](#{anchor(title(one))}))"
    if issubclass(one, enum.Enum):
        values = [f"`{member.value}`" for member in one]
        if len(values) == 1:
            return values[0]
        listed = " or ".join(values) if len(values) <= _FEW else f"one of {', '.join(values)}"
        return f"{listed} ([what they mean](#{anchor(title(one))}))" if member_docs(one) else listed
    return one.__name__


def _a(words: str) -> str:
    words = words.lower()
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def title(one: type) -> str:
    """Return what a class is called in the reference."""
    return TITLES.get(one.__name__, one.__name__)


def anchor(heading: str) -> str:
    """Return the fragment that leads to a heading, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def records() -> str:
    """Return the reference of all records, and of the closed lists that their fields draw on."""
    known = record_types()
    return "\n\n".join([_record(known[name], where) for name, where in WHERE.items()])


def _record(one: type[Record], where: str) -> str:
    head = f"### {title(one)}\n\n{inspect.getdoc(one)} {where}"
    return "\n\n".join([head, *(_shown(field) for field in fields(one.__name__))])


def _shown(field: Field) -> str:
    examples = "\n# or\n".join(field.examples)
    mark = f'<a id="{anchor(field.record)}.{field.name}"></a>'
    head = f"{mark}**`{field.name}`** ({field.state}): {field.kind}."
    return f"{head}\n{field.text}\n\n```yaml\n{examples}\n```"


def lists() -> str:
    """Return the closed lists of words, each value with what it means."""
    enums = {name: getattr(model, name) for name in model.__all__}
    known = [one for one in enums.values() if isinstance(one, type) and issubclass(one, enum.Enum)]
    shown = [one for one in known if len(one) > 1 and member_docs(one)]
    return "\n\n".join(_list(one) for one in sorted(shown, key=title))


def _list(one: type[enum.Enum]) -> str:
    meanings = member_docs(one)
    rows = [f"- `{member.value}`" + (f": {meanings[member.name]}" if member.name in meanings else "") for member in one]
    return f"### {title(one)}\n\n{inspect.getdoc(one)}\n\n" + "\n".join(rows)


# ---- dates ----

_DATES: Final = (
    "2018",
    "2023-03",
    "2023-04-11",
    "2021-03-23T07:40+02:00",
    "2021-03-23T05:40Z",
    "2018~",
    "2023-03-22?",
    "2018~?",
    "2018/2019",
    "2023-03/2023-04",
    "2023-03..2023-04",
    "..2018",
    "2018-02..",
)
_NO_DATES: Final = ("11.4.2023", "April 2023", "2023-4-11", "2023-13-04", "2023-02-30", "2019/2018", "2021-03-23T07:40")


@cache
def wording() -> Wording:
    """Return the bundled English wording."""
    read = read_language([("en.yml", (ROOT / "templates" / "wording" / "en.yml").read_bytes())])
    if read.language is None:
        raise SystemExit("\n".join(one.headline for one in read.diagnostics))
    return Wording(read.language)


def dates() -> str:
    """Return the grammar of dates, and dates with their words."""
    grammar = re.search(r"```\n(.*?)```", inspect.getdoc(dates_module) or "", re.DOTALL)
    if grammar is None:
        raise SystemExit("nutgraf.model.dates does not show its grammar any more")
    parsed = [FuzzyDate.parse(text) for text in _DATES]
    rows = [(f"`{one.text}`", wording().date_phrase(one), wording().date(one)) for one in parsed]
    return f"```text\n{grammar[1]}```\n\n" + _table(("Written", "In a sentence", "In a list"), rows)


def no_dates() -> str:
    """Return what editors often write for a date, and what they are told."""
    return _table(("Written", "What the check says"), [(f"`{text}`", _advice(text)) for text in _NO_DATES])


def _advice(text: str) -> str:
    try:
        FuzzyDate.parse(text)
    except DateError as error:
        return f"{error.headline}. {error.help}"
    message = f"`{text}` is a date after all"
    raise SystemExit(message)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


# ---- samples ----


@cache
def samples() -> Graph:
    """Return docs/samples, resolved.

    Raises:
        SystemExit: there is a mistake in it.
    """
    loaded = load({str(path.relative_to(SAMPLES)): path.read_bytes() for path in sorted(SAMPLES.rglob("*.yml"))})
    resolution = resolve(loaded)
    found = (*loaded.diagnostics, *resolution.diagnostics)
    if found:
        raise SystemExit("\n".join(f"docs/samples/{one.span}: {one.headline}" for one in found))
    return resolution.graph


def written(path: str, loc: Loc) -> str:
    """Return what a record of the samples has at `loc`, as it is written there, from the margin."""
    node = find(samples().positions.roots[path], loc)
    if not isinstance(node, MappingNode):
        message = f"docs/samples/{path} has no mapping at {loc}"
        raise SystemExit(message)
    lines = (SAMPLES / path).read_text(encoding="utf-8").splitlines()[node.line - 1 : node.end_line]
    lines[0] = " " * (node.column - 1) + lines[0][node.column - 1 :]
    return textwrap.dedent("\n".join(line.split("  # ")[0] for line in lines)).strip()


def _sample(name: str) -> Resolved:
    return samples().statements[f"frames/{name}"]


def frames() -> str:
    """Return every frame with its pattern, its slots, and a statement that it makes a sentence of."""
    return "\n\n".join(_frame(info.alias or name) for name, info in FrameSet.model_fields.items())


def _frame(name: str) -> str:
    if f"frames/{name}" not in samples().statements:
        message = f"docs/samples/stories/frames.yml: write a statement with the id `{name}`, which that frame words"
        raise SystemExit(message)
    one = _sample(name)
    unit = compile(one, samples(), wording())
    if unit.main.frame != name:
        message = f"docs/samples/stories/frames.yml: `{name}` is worded by the frame `{unit.main.frame}`"
        raise SystemExit(message)
    patterns = getattr(wording().language.frames, name.replace("-", "_"))
    slots = ", ".join(f"`{slot}`" for slot in sorted(patterns[0].slots))
    shown = "\n".join(f"- {pattern.text}" for pattern in patterns)
    yaml = written(one.place.path, one.place.loc)
    return f"### {name}\n\n```text\n{shown}\n```\n\nSlots: {slots}.\n\n```yaml\n{yaml}\n```\n\n> {unit_text(unit)}"


def running() -> str:
    """Return the frames of running text, and a section in it."""
    section = samples().in_story("running")
    path, loc = section[0].place.path, section[0].place.loc
    statements = "\n".join(f"- {written(path, (*loc[:-1], place))}" for place in range(len(section)))
    text = " ".join(unit_text(unit) for unit in compose(section, samples(), wording()))
    patterns = "\n\n".join(_running(name, one) for name, one in wording().language.running.items())
    return f"```yaml\n{statements}\n```\n\n> {text}\n\n```yaml\n{patterns}\n```"


def _running(frame: str, running: Running) -> str:
    kinds = ((name, getattr(running, name)) for name in type(running).model_fields)
    return "\n".join(
        [
            f"{frame}:",
            *(
                "\n".join([f"  {kind}:", *(f'    - "{pattern.text}"' for pattern in patterns)])
                for kind, patterns in kinds
                if patterns
            ),
        ]
    )


_FOLLOWED: Final[Mapping[str, str]] = {
    "refuted": "refuted",
    "changed": "changed",
    "corrected": "corrected",
    "withdrawn": "withdrawn",
    "retracted": "retracted",
    "declined": "warning",
}
"""What stands behind a statement, by the sample that shows it; the rest stands in a statement's record."""


def followed() -> str:
    """Return the sentences that stand behind a statement, each with a sample."""
    rows = []
    for attribute, info in Followed.model_fields.items():
        name = info.alias or attribute
        pattern = getattr(wording().language.followed, attribute).text
        sample = unit_text(compile(_sample(_FOLLOWED[name]), samples(), wording())) if name in _FOLLOWED else "-"
        rows.append((f"`{name}`", f"`{pattern}`", sample))
    return _table(("Entry", "Pattern", "Sample"), rows)


def unknowns() -> str:
    """Return the sentences of what is not known."""
    story = samples().stories["frames"]
    return _table(
        ("Entry", "Pattern", "Sample"),
        [
            (
                f"`{one.why}`",
                f"`{wording().language.unknown[one.why].text}`",
                sentence_text(compile_unknown(one, "frames", samples(), wording())),
            )
            for one in story.unknowns
        ],
    )


def defaults() -> str:
    """Return what `by` and `certainty` become where they are left out."""
    rows = [
        (f"`{written(one.place.path, one.place.loc)}`", _by(one), f"`{one.certainty}`", _compiled(one))
        for one in samples().in_story("defaults")
        if one.section == 0
    ]
    return _table(("Statement", "`by`", "`certainty`", "Sentence"), rows)


def _compiled(one: Resolved) -> str:
    return unit_text(compile(one, samples(), wording()))


def _by(one: Resolved) -> str:
    return ", ".join(wording().asserter(by, samples()) for by in one.by if str(by) != "unnamed") or "nobody named"


def origins() -> str:
    """Return how the origins of some statements are counted."""
    rows = [
        (_cited(one), str(len(one.origins)), "; ".join(_origin(origin.root) for origin in one.origins))
        for one in samples().in_story("defaults")
        if one.section == 1
    ]
    return _table(("Cited", "Origins", "They go back to"), rows)


def _cited(one: Resolved) -> str:
    return ", ".join(f"`{use.id}`{_from(use)}" for use in one.uses)


def _from(use: SourceUse) -> str:
    if use.from_:
        return f" (`from: {', '.join(use.from_)}`)"
    parents = samples().sources[use.id].derives_from
    return f" (derives from {', '.join(f'`{one}`' for one in parents)})" if parents else ""


def _origin(root: str | None) -> str:
    return f"`{root}`" if root else "origin not stated"


# ---- rules and other complaints ----

DIAGNOSTICS: Final[Mapping[str, str]] = {
    # the folder
    "missing-folder": "There is no content folder.",
    "misspelled-folder": "A folder with records has a name that is almost one of the four.",
    "nested-folder": "Records stand in a folder below one of the four.",
    "stray-file": "A file stands where no record is looked for.",
    "not-a-file": "Something with a record's name is a folder or a device.",
    "duplicate-record": "A record stands there as `.yml` and as `.yaml`.",
    "broken-link": "A symbolic link leads nowhere.",
    "link-outside": "A symbolic link leads out of the content folder.",
    "unreadable-file": "A file cannot be read.",
    "replaced-page": "A page or file written by hand takes the place of a generated one.",
    "colliding-files": "A warning: two files have one address, or a name can't be stored on Windows.",
    # files
    "not-utf8": "The file is not text in UTF-8.",
    "merge-conflict": "The file has the markers of an unresolved Git merge.",
    "misplaced-record": "A record is in the folder of another kind of record.",
    "control-character": "The file contains an invisible character that has no use there.",
    "file-too-large": "The file is larger, or has more values, than any record needs.",
    "empty-file": "The file holds nothing.",
    "more-mistakes": "The file has more mistakes than are shown.",
    # YAML that is none
    "yaml-syntax": "The line cannot be read as YAML, and no better explanation is known.",
    "tab-indentation": "A line is indented with a tab; YAML wants spaces.",
    "bad-indentation": "A line begins in a column that fits nothing above it.",
    "bad-escape": "A backslash in double quotes begins an escape that does not exist.",
    "unclosed-quote": "A quotation mark is not closed on its line.",
    "unclosed-bracket": "A bracket is not closed, or by the wrong one.",
    "stray-bracket": "A closing bracket closes nothing.",
    "unquoted-start": "A text begins with a sign that means something to YAML.",
    "inner-colon": "A text without quotes holds a colon and a space.",
    "inner-bracket": "A text without quotes holds a bracket, between brackets.",
    "inner-comma": "A text without quotes holds a comma, between brackets.",
    "missing-comma": "A line between brackets ends without a comma.",
    "missing-colon": "A line among fields is neither a field nor a list item.",
    "missing-space": "A colon has no space behind it.",
    "odd-space": "A space is not the ordinary one.",
    # YAML that says something else than was meant
    "cut-off-by-comment": "A ` #` cuts a text off.",
    "swallowed-line": "A line is read as part of the text above it.",
    "duplicate-key": "A field is written twice.",
    "empty-value": "A field or a list item has no value.",
    "empty-key": "A field has no name.",
    "complex-key": "A list or a mapping stands where a field's name belongs.",
    "nested-too-deep": "Values are nested deeper than 64 levels.",
    "several-documents": "The file goes on behind its end, or holds a second document.",
    "yaml-alias": "An alias, `*name`, which the dialect does not have.",
    "yaml-anchor": "An anchor, `&name`, which the dialect does not have.",
    "yaml-tag": "A tag, `!name`, which the dialect does not have.",
    "yaml-merge": "A merge key, `<<`, which the dialect does not have.",
    "yaml-directive": "A line that begins with `%`, which the dialect does not have.",
    # records
    "not-a-record": "The file holds a list or a text instead of fields.",
    "missing-field": "A required field is absent.",
    "unknown-field": "A field does not exist.",
    "unknown-value": "A word is not one of the closed list.",
    "invalid-value": "A value does not fit, and no better explanation is known.",
    "wrong-shape": "A list stands where text belongs, or the like.",
    "empty-text": "A text holds nothing.",
    "malformed-id": "An id or the name of a quantity has characters that it cannot have.",
    "malformed-number": "A number is not written in plain digits.",
    "malformed-flag": "A value is neither `yes` nor `no`.",
    "malformed-date": "A date is not of the date grammar, or not of the calendar.",
    "malformed-address": "A web address does not begin with `https://` or `http://`.",
    "malformed-language": "A language is not given as a BCP 47 tag.",
    "malformed-quantity": "The bounds of a quantity contradict each other, or there are none.",
    "malformed-pattern": "A pattern of the wording file cannot be read, or would lose the attribution.",
    # links
    "unknown-story": "There is no story of that id.",
    "unknown-entity": "There is no entity of that id.",
    "unknown-source": "There is no source of that id.",
    "unknown-term": "There is no term of that id.",
    "unknown-statement": "There is no statement of that id.",
    "unknown-quantity": "A text uses a figure that the story does not have.",
    "reused-id": "A former id is in use again, or is claimed twice.",
    "duplicate-id": "Two things of one story have the same id.",
    "reserved-id": "An id begins with `section-`, which is kept for the page's own anchors.",
    "refers-to-draft": "A story refers to one that is published later, or to a draft.",
    "circular-reference": "Statements rest on each other in a circle.",
    "circular-derivation": "Sources derive from each other in a circle.",
    "contradictory-order": "`before` says one order, the dates say the other.",
    "self-reference": "A statement points to itself.",
    # suppressions
    "unknown-rule": "`allow` names a rule that does not exist.",
    "unused-allow": "A warning: nothing there breaks the rule that `allow` names.",
    # wording
    "no-wording": "There is no wording file for the site's language.",
}
"""Every complaint that is no editorial rule, in one line each."""

_COMPLAINING: Final = frozenset({"Diagnostic", "_complain", "fault", "_say", "_misplaced"})
_RULE_NAME: Final = re.compile(r"[a-z]+[a-z0-9]*(?:-[a-z0-9]+)+")


def diagnostic_names() -> frozenset[str]:
    """Return the names of all complaints that the code can make, without the editorial rules."""
    names = {*validation_errors.RULES.values()}
    for path in sorted(CODE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and _called(node) in _COMPLAINING:
                names |= set(_names_in(node.args[0]))
    return frozenset(names)


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _names_in(argument: ast.expr) -> Iterator[str]:
    if isinstance(argument, ast.JoinedStr):
        # f"unknown-{ref.what}": one for each kind of thing that can be pointed to.
        start = argument.values[0]
        whole = start.value if isinstance(start, ast.Constant) else ""
        if isinstance(whole, str) and whole:
            yield from (whole + one.what for one in Reference.__subclasses__() if one.what != Reference.what)
        return
    for node in ast.walk(argument):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _RULE_NAME.fullmatch(node.value):
            yield node.value


def rules() -> str:
    """Return the list of editorial rules."""
    rows = [(f"[`{rule.name}`]({rule.name}.md)", str(rule.severity), _rule_parts(rule)[0]) for rule in _sorted_rules()]
    return _table(("Rule", "Severity", "What it finds"), rows)


def _sorted_rules() -> list[Rule]:
    return sorted(RULES, key=lambda rule: rule.name)


def diagnostics() -> str:
    """Return the list of all other complaints."""
    missing = sorted(diagnostic_names() - DIAGNOSTICS.keys())
    if missing:
        message = f"tools/reference.py: write a line in DIAGNOSTICS for {', '.join(missing)}"
        raise SystemExit(message)
    return _table(("Complaint", "What it means"), [(f"`{name}`", line) for name, line in DIAGNOSTICS.items()])


def rule_docs(rule: Rule) -> str:
    """Return the documentation of a rule: the docstring of the module that finds it."""
    return inspect.getdoc(inspect.getmodule(rule.find)) or ""


def _rule_parts(rule: Rule) -> tuple[str, str]:
    first, _, rest = rule_docs(rule).partition("\n")
    return first.strip(), rest.strip()


_INDENTED: Final = re.compile(r"(?:^(?: {4}.*|[ \t]*)\n?)*^ {4}.*$", re.MULTILINE)


def rule_page(rule: Rule) -> str:
    """Return the page of a rule."""
    headline, rest = _rule_parts(rule)
    body = _INDENTED.sub(lambda found: f"\n```yaml\n{textwrap.dedent(found[0].strip(chr(10)))}\n```", rest)
    body = re.sub(r"(?m)^(## .*)\n(?=\S)", r"\1\n\n", body)
    module = Path(inspect.getfile(rule.find)).relative_to(ROOT).as_posix()
    return (
        f"<!-- Written by `make docs` from {module}. -->\n\n# {rule.name}\n\n{headline}\n\n"
        f"Severity: {rule.severity}. [All rules](README.md).\n\n{body.strip()}\n"
    )


# ---- changes ----


def changes() -> str:
    """Return the list of the sorts of change, the gravest first."""
    told = member_docs(ChangeKind)
    rows = [(f"`{kind.value}`", kind.severity.value, told[kind.name]) for kind in ChangeKind]
    rows.sort(key=lambda row: [one.value for one in ChangeSeverity].index(row[1]))
    return _table(("Change", "Severity", "What it is"), rows)


# ---- commands ----


def command_line() -> str:
    """Return the help of every command, as it is shown at 100 columns."""
    context = click.Context(commands, info_name="nutgraf", terminal_width=100, **commands.context_settings)
    return "\n\n".join(re.sub(r"[ \t]+$", "", part, flags=re.MULTILINE) for part in _helps(context))


def _helps(context: click.Context) -> Iterator[str]:
    """Yield the help of a command, and of those below it."""
    command = context.command
    yield f"## {context.command_path}\n\n```text\n{command.get_help(context)}\n```"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None and not below.hidden:
                yield from _helps(click.Context(below, context, name, terminal_width=100, max_content_width=100))


# ---- pages ----

PARTS: Final[Mapping[str, Callable[[], str]]] = {
    "records": records,
    "lists": lists,
    "dates": dates,
    "no-dates": no_dates,
    "defaults": defaults,
    "origins": origins,
    "frames": frames,
    "running": running,
    "followed": followed,
    "unknowns": unknowns,
    "rules": rules,
    "diagnostics": diagnostics,
    "changes": changes,
    "commands": command_line,
}
"""The generated parts by the name that their comments give."""

_PART: Final = re.compile(r"(<!-- ([a-z-]+): written by `make docs` -->\n).*?(<!-- end of \2 -->)", re.DOTALL)


def pages() -> dict[Path, str]:
    """Return what every page with something generated in it is to hold."""
    found = {DOCS / "rules" / f"{rule.name}.md": rule_page(rule) for rule in RULES}
    for path in sorted(DOCS.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        if path not in found and _PART.search(text):
            found[path] = _PART.sub(_filled, text)
    return found


def _filled(part: re.Match[str]) -> str:
    return f"{part[1]}\n{PARTS[part[2]]()}\n\n{part[3]}"


def leftovers() -> list[Path]:
    """Return the pages of rules that are gone."""
    known = {f"{rule.name}.md" for rule in RULES} | {"README.md"}
    return [path for path in sorted((DOCS / "rules").glob("*.md")) if path.name not in known]


def stale() -> list[str]:
    """Return the names of the pages that are not what they are to be."""
    wrong = [path for path, text in pages().items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    return [path.relative_to(ROOT).as_posix() for path in [*wrong, *leftovers()]]


def write() -> None:
    """Write all pages, and remove those of rules that are gone."""
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for path in leftovers():
        path.unlink()


def main() -> None:
    """Write the pages, or end with 1 if any is old."""
    parser = argparse.ArgumentParser(description="Write the generated parts of docs/.")
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 if anything is old")
    if not parser.parse_args().check:
        write()
    elif old := stale():
        raise SystemExit(f"old: {', '.join(old)}. Run `make docs`.")


if __name__ == "__main__":
    main()
