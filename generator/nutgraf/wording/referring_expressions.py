"""Names within one sentence or one passage: who has been introduced, and whom a pronoun can only mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutgraf.glossary import MentionKind, finder_of
from nutgraf.graph import is_publication
from nutgraf.model import Certainty, EntityId, EntityKind, Pronoun, Speaker
from nutgraf.wording import clauses, names
from nutgraf.wording.framing import is_of_itself

if TYPE_CHECKING:
    from nutgraf.glossary import Mention
    from nutgraf.graph import Graph, Resolved
    from nutgraf.wording.clauses import Joint
    from nutgraf.wording.language import Language

_VERBATIM: Final = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|`[^`]*`|\[[^\]]*\]\([^)]*\)")
"""Quotations, code and links: what stands in them stays as it is."""
_LISTED: Final = re.compile(r"(?:,|,?\s+(?:and|or))\s+(?:the\s+)?", re.IGNORECASE)
"""What stands between two names of a list."""


@dataclass(frozen=True, slots=True)
class _Around:
    """What is around a mention.

    Attributes:
        speaker: the one asserter that a pronoun may be put for.
        rivals: whether it could mean somebody else as well.
        listed: whether the mention stands in a list of names.
    """

    speaker: str | None
    rivals: bool
    listed: bool


class ReferringExpressions:
    """Says how each entity is called, in the order in which the sentence mentions them.

    Attributes:
        introduced: ids of the entities that were named in full already.
    """

    def __init__(self, graph: Graph, language: Language, introduced: frozenset[str] = frozenset()) -> None:
        """Begin where a reader knows the entities in `introduced`."""
        self.graph = graph
        self.language = language
        self.introduced = set(introduced)

    def name(self, key: str, resolved: Resolved, *, bare: bool = False) -> str:
        """Return an entity's name outside of the clause, with its article.

        Args:
            key: the entity.
            resolved: the statement.
            bare: whether it goes without an introduction. In a list that would seem to be the one of the name before.
        """
        if key in self.introduced:
            name = names.short_name(self.graph, key)
        else:
            self.introduced.add(key)
            name = self._full(key, resolved, bare=bare)
        return names.with_article(self.graph, key, name)

    def speaker(self, resolved: Resolved) -> str | None:
        """Return the one asserter with a personal pronoun, whom it can only mean in the clause, if there is one."""
        if resolved.certainty is Certainty.ESTABLISHED:
            return None
        if all(is_publication(self.graph, resolved, by) for by in resolved.by) and not is_of_itself(
            self.graph, resolved
        ):
            return None
        speaking = [by.who if isinstance(by, Speaker) else by for by in resolved.by]
        people = [str(one) for one in speaking if isinstance(one, EntityId) and self._has_pronoun(one)]
        if not people and len(speaking) == 1 and self._is_body(speaking[0]):
            return str(speaking[0])
        return people[0] if len(people) == 1 else None

    def _is_body(self, one: object) -> bool:
        """Tell whether an asserter is an organisation, which is "it", or "they" where its name is a plural."""
        if not isinstance(one, EntityId) or not {Pronoun.IT, Pronoun.THEY} <= self.language.pronouns.keys():
            return False
        entity = self.graph.entity(one)
        return entity.kind is EntityKind.ORGANISATION and entity.pronoun in {None, Pronoun.IT}

    def begins_with_name(self, text: str) -> bool:
        """Tell whether a clause begins with a name, whose first letter stays as it is."""
        found = finder_of(self.graph).find(text)
        return bool(found) and found[0].start == 0 and found[0].is_name

    def joints(self, text: str, story: str) -> tuple[Joint, ...]:
        """Return where the further clauses of a clause begin."""
        if not clauses.may_have_more(text):
            return ()
        found = finder_of(self.graph).find(text, story)
        spans = [(one.start, one.end) for one in found if one.kind is MentionKind.ENTITY and one.is_name]
        return clauses.joints(text, spans)

    def clause(self, text: str, story: str, resolved: Resolved | None = None) -> str:
        """Return a clause with its names as the sentence needs them: in full at first, short or as pronouns later."""
        speaker = self.speaker(resolved) if resolved else None
        kept = [(found.start(), found.end()) for found in _VERBATIM.finditer(text)]
        mentions = [
            one
            for one in finder_of(self.graph).find(text, story)
            if one.kind is MentionKind.ENTITY
            and (one.is_name or (one.id == speaker and self._begins(text, one)))
            and not any(a < one.end and one.start < b for a, b in kept)
        ]
        rivals = self._same_pronoun(mentions, speaker) if speaker else False
        parts: list[str] = []
        done = 0
        for index, mention in enumerate(mentions):
            before, behind = mentions[index - 1 : index], mentions[index + 1 : index + 2]
            listed = any(_LISTED.fullmatch(text[one.end : mention.start]) for one in before)
            listed = listed or any(_LISTED.fullmatch(text[mention.end : one.start]) for one in behind)
            lead = text[done : mention.start]
            words, done = self._mention(text, mention, resolved, _Around(speaker, rivals=rivals, listed=listed))
            parts += ["" if self._is_article(lead, mention, speaker, words) else lead, words]
        return "".join([*parts, text[done:]])

    def _mention(self, text: str, mention: Mention, resolved: Resolved | None, around: _Around) -> tuple[str, int]:
        """Return the words for a mention, and where the text goes on behind it."""
        owner = next((one for one in self.language.clauses.possessive if text.startswith(one, mention.end)), "")
        behind = mention.end + len(owner)
        if mention.id == around.speaker and (self._begins(text, mention) or (owner and not around.rivals)):
            subject, possessive = self.language.pronouns[self._pronoun(mention.id)]
            return (possessive, behind) if owner else (subject, mention.end)
        if mention.id in self.introduced:
            return names.short_name(self.graph, mention.id), mention.end
        self.introduced.add(mention.id)
        if resolved is None:
            return text[mention.start : mention.end], mention.end
        return self._full(mention.id, resolved, bare=around.listed), mention.end

    def _begins(self, text: str, mention: Mention) -> bool:
        """Tell whether a clause begins with a mention, and perhaps its article."""
        article = self.graph.entity(mention.id).article or ""
        return text[: mention.start].strip().casefold() in {"", article.casefold()}

    def _full(self, key: str, resolved: Resolved, *, bare: bool) -> str:
        return self.graph.entity(key).name if bare else names.full_name(self.language, self.graph, key, resolved)

    def _is_article(self, lead: str, mention: Mention, speaker: str | None, words: str) -> bool:
        """Tell whether what stands before a mention is an article that its pronoun has no use for."""
        if mention.id != speaker or words not in self.language.pronouns[self._pronoun(mention.id)]:
            return False
        article = self.graph.entity(mention.id).article
        return bool(article) and mention.start == len(lead) and lead.strip().casefold() == str(article).casefold()

    def _pronoun(self, entity: str) -> Pronoun:
        one = self.graph.entity(entity)
        return one.pronoun or (Pronoun.IT if one.kind is EntityKind.ORGANISATION and not one.plural else Pronoun.THEY)

    def _has_pronoun(self, entity: str) -> bool:
        pronoun = self.graph.entity(entity).pronoun
        return pronoun in self.language.pronouns and pronoun is not Pronoun.IT

    def _same_pronoun(self, mentions: list[Mention], speaker: str) -> bool:
        own, is_person = self._pronoun(speaker), self.graph.entity(speaker).kind is EntityKind.PERSON
        others = [self.graph.entity(one.id) for one in mentions if one.id != speaker]
        if not is_person:
            return any(one.kind is not EntityKind.PERSON for one in others)
        return any(one.kind is EntityKind.PERSON and one.pronoun in {own, None} for one in others)
