"""Names within one sentence or one passage: who has been introduced, and whom a pronoun can only mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutgraf.glossary import MentionKind, finder_of
from nutgraf.graph import is_publication
from nutgraf.model import Certainty, EntityId, EntityKind, Pronoun, Speaker
from nutgraf.wording import names

if TYPE_CHECKING:
    from nutgraf.glossary import Mention
    from nutgraf.graph import Graph, Resolved
    from nutgraf.wording.language import Language

_VERBATIM: Final = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|`[^`]*`|\[[^\]]*\]\([^)]*\)")
"""Quotations, code and links: what stands in them stays as it is."""


class Naming:
    """Says how each entity is called, in the order in which the sentence mentions them.

    Attributes:
        introduced: ids of the entities that were named in full already.
    """

    def __init__(self, graph: Graph, language: Language, introduced: frozenset[str] = frozenset()) -> None:
        """Begin where a reader knows the entities in `introduced`."""
        self.graph = graph
        self.language = language
        self.introduced = set(introduced)

    def name(self, key: str, resolved: Resolved) -> str:
        """Return an entity's name outside of the clause, with its article."""
        if key in self.introduced:
            name = names.short_name(self.graph, key)
        else:
            self.introduced.add(key)
            name = names.full_name(self.language, self.graph, key, resolved)
        return names.with_article(self.graph, key, name)

    def speaker(self, resolved: Resolved) -> str | None:
        """Return the one asserter with a personal pronoun, whom it can only mean in the clause, if there is one."""
        if resolved.certainty is Certainty.ESTABLISHED or all(
            is_publication(self.graph, resolved, by) for by in resolved.by
        ):
            return None
        speaking = [by.who if isinstance(by, Speaker) else by for by in resolved.by]
        people = [str(one) for one in speaking if isinstance(one, EntityId) and self._has_pronoun(one)]
        return people[0] if len(people) == 1 else None

    def begins_with_name(self, text: str) -> bool:
        """Tell whether a clause begins with a name, whose first letter stays as it is."""
        found = finder_of(self.graph).find(text)
        return bool(found) and found[0].start == 0 and found[0].is_name

    def clause(self, text: str, story: str, resolved: Resolved | None = None) -> str:
        """Return a clause with its names as the sentence needs them: in full at first, short or as pronouns later."""
        speaker = self.speaker(resolved) if resolved else None
        kept = [(found.start(), found.end()) for found in _VERBATIM.finditer(text)]
        mentions = [
            one
            for one in finder_of(self.graph).find(text, story)
            if one.kind is MentionKind.ENTITY
            and one.is_name
            and not any(a < one.end and one.start < b for a, b in kept)
        ]
        rivals = self._same_pronoun(mentions, speaker) if speaker else False
        parts: list[str] = []
        done = 0
        for mention in mentions:
            parts.append(text[done : mention.start])
            words, done = self._mention(text, mention, speaker, resolved, rivals=rivals)
            parts.append(words)
        return "".join([*parts, text[done:]])

    def _mention(
        self, text: str, mention: Mention, speaker: str | None, resolved: Resolved | None, *, rivals: bool
    ) -> tuple[str, int]:
        """Return the words for a mention, and where the text goes on behind it."""
        owner = next((one for one in self.language.clauses.possessive if text.startswith(one, mention.end)), "")
        behind = mention.end + len(owner)
        if mention.id == speaker and (mention.start == 0 or (owner and not rivals)):
            subject, possessive = self.language.pronouns[self.graph.entity(speaker).pronoun or Pronoun.THEY]
            return (possessive, behind) if owner else (subject, mention.end)
        if mention.id in self.introduced:
            return names.short_name(self.graph, mention.id), mention.end
        self.introduced.add(mention.id)
        if resolved is None:
            return text[mention.start : mention.end], mention.end
        return names.full_name(self.language, self.graph, mention.id, resolved), mention.end

    def _has_pronoun(self, entity: str) -> bool:
        pronoun = self.graph.entity(entity).pronoun
        return pronoun in self.language.pronouns and pronoun is not Pronoun.IT

    def _same_pronoun(self, mentions: list[Mention], speaker: str) -> bool:
        own = self.graph.entity(speaker).pronoun
        return any(
            one.id != speaker
            and self.graph.entity(one.id).kind is EntityKind.PERSON
            and self.graph.entity(one.id).pronoun in {own, None}
            for one in mentions
        )
