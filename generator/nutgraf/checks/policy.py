"""What a newsroom can set: word lists, thresholds, and what the day is.

The word lists are data, in `words/*.yml` beside this module, each with its provenance. A site extends a list, or takes
words out of it, in the plugin's options in mkdocs.yml:

    plugins:
      - nutgraf:
          checks:
            stale_after: 60
            words:
              jargon: {add: [escrow], remove: [server]}
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from nutgraf.loading.nodes import plain
from nutgraf.loading.yaml import parse
from nutgraf.model.record import Prose, Record

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

STALE_AFTER: Final = 90
"""Days after which a live story that nobody looked at is stale."""


class WordList(Record):
    """A list of words or phrases that a rule looks for."""

    provenance: tuple[Prose, ...]
    """Where the list is from: the guidance that it follows, by name."""
    words: tuple[Prose, ...] = ()
    """Words and phrases in lower case."""
    groups: dict[str, tuple[Prose, ...]] = {}  # noqa: RUF012 - pydantic copies a default
    """Words by what they are, where a rule treats kinds of words differently."""
    unless: tuple[Prose, ...] = ()
    """Phrases in which the words are harmless."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What rules may depend on besides the content.

    Attributes:
        stale_after: days.
        today: the day to measure staleness against; None within a build, which must not depend on the day.
        locale: the language of the site's sentences, as a BCP 47 tag.
        added, removed: changes to the word lists, by list.
    """

    stale_after: int = STALE_AFTER
    today: datetime.date | None = None
    locale: str = "en"
    added: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    removed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def words(self, name: str) -> WordList:
        """Return the list `name` with the site's changes.

        Raises:
            KeyError: there is no such list; a bug of the rule.
        """
        bundled = word_lists()[name]
        if self.locale.partition("-")[0] != "en":
            # The bundled words are English; another language brings its own.
            groups: dict[str, tuple[str, ...]] = dict.fromkeys(bundled.groups, ())
            bundled = bundled.model_copy(update={"words": (), "groups": groups, "unless": ()})
        if name not in self.removed and name not in self.added:
            return bundled
        removed = {word.casefold() for word in self.removed.get(name, ())}
        added = tuple(word.casefold() for word in self.added.get(name, ()))
        return bundled.model_copy(
            update={
                "words": tuple(dict.fromkeys((*(word for word in bundled.words if word not in removed), *added))),
                "groups": {
                    group: tuple(word for word in words if word not in removed)
                    for group, words in bundled.groups.items()
                },
            }
        )


@lru_cache(maxsize=1)
def word_lists() -> Mapping[str, WordList]:
    """Return the bundled word lists by name."""
    found = {}
    for file in sorted(files("nutgraf.checks").joinpath("words").iterdir(), key=lambda one: one.name):
        if file.name.endswith(".yml"):
            parsed = parse(file.name, file.read_bytes())
            if parsed.root is None or parsed.diagnostics:
                message = f"the bundled word list {file.name} is broken: {parsed.diagnostics}"
                raise ValueError(message)
            found[file.name.removesuffix(".yml")] = WordList.model_validate(plain(parsed.root))
    return found
