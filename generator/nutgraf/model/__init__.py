"""The content model: what an editor may write, field by field.

Every record is a frozen pydantic model that refuses unknown fields. The docstring of a field is its documentation: it
is shown in `docs/reference.md` and, later, while typing.
"""

from __future__ import annotations

from nutgraf.model.dates import FuzzyDate
from nutgraf.model.entity import Alias, Entity, EntityKind, Pronoun, Role
from nutgraf.model.quantity import Also, Amount, Quantity, QuantityKind
from nutgraf.model.record import (
    Allow,
    EntityId,
    Id,
    Match,
    NotStated,
    Record,
    Reference,
    SourceId,
    StatementRef,
    StoryId,
    TermId,
)
from nutgraf.model.source import Source, SourceKind, SourceState, SourceStatus
from nutgraf.model.statement import (
    Accusation,
    Anonymous,
    Asked,
    Asserter,
    Because,
    Certainty,
    Manner,
    Own,
    Reply,
    Retracted,
    SourceUse,
    Speaker,
    Statement,
    Superseded,
    Unnamed,
    UnnamedParty,
    Verb,
)
from nutgraf.model.story import (
    Dispute,
    DisputeStatus,
    Revision,
    RevisionKind,
    Section,
    Story,
    StoryStatus,
    Summary,
    Unknown,
    WhyUnknown,
)
from nutgraf.model.term import Term, TermForm

__all__ = [
    "Accusation",
    "Alias",
    "Allow",
    "Also",
    "Amount",
    "Anonymous",
    "Asked",
    "Asserter",
    "Because",
    "Certainty",
    "Dispute",
    "DisputeStatus",
    "Entity",
    "EntityId",
    "EntityKind",
    "FuzzyDate",
    "Id",
    "Manner",
    "Match",
    "NotStated",
    "Own",
    "Pronoun",
    "Quantity",
    "QuantityKind",
    "Record",
    "Reference",
    "Reply",
    "Retracted",
    "Revision",
    "RevisionKind",
    "Role",
    "Section",
    "Source",
    "SourceId",
    "SourceKind",
    "SourceState",
    "SourceStatus",
    "SourceUse",
    "Speaker",
    "Statement",
    "StatementRef",
    "Story",
    "StoryId",
    "StoryStatus",
    "Summary",
    "Superseded",
    "Term",
    "TermForm",
    "TermId",
    "Unknown",
    "Unnamed",
    "UnnamedParty",
    "Verb",
    "WhyUnknown",
]
