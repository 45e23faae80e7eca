"""What an editor offers to begin with: a new record, a new part of a story.

`$1`, `${1:some text}` are the places that one goes through with the tab key, `$0` is the last of them.
"""

from __future__ import annotations

from typing import Any, Final

Snippet = dict[str, Any]

NEW_STATEMENT: Final[list[Snippet]] = [
    {
        "label": "new statement",
        "description": "A statement: what is said, and where.",
        "body": {"id": "${1:some-id}", "text": "${2:a main clause without a hedge}", "source": "$3"},
    },
    {
        "label": "new statement, somebody says so",
        "description": "A statement that a party makes, or people whom a publication does not name.",
        "body": {
            "id": "${1:some-id}",
            "text": "${2:a main clause without a hedge}",
            "by": "$3",
            "source": "$4",
            "when": "$5",
        },
    },
    {
        "label": "new denial",
        "description": "Somebody denies another statement.",
        "body": {"id": "${1:some-id}", "by": "$2", "denies": "$3", "source": "$4"},
    },
    {
        "label": "new accusation",
        "description": "A statement that accuses somebody, with their reply.",
        "body": {
            "id": "${1:some-id}",
            "text": "${2:a main clause without a hedge}",
            "by": "$3",
            "source": "$4",
            "accuses": {"who": "$5", "asked": "${6:unknown}", "reply": "${7:none-found}"},
        },
    },
]

NEW_STORY_PARTS: Final[dict[str, Snippet]] = {
    "Section": {
        "label": "new section",
        "description": "A heading, and the statements below it.",
        "body": [{"title": "$1", "source": "$2", "statements": [{"id": "${3:some-id}", "text": "$4"}]}],
    },
    "Dispute": {
        "label": "new dispute",
        "description": "A question that is answered differently.",
        "body": [{"id": "${1:some-id}", "question": "${2:Who did what?}", "positions": ["$3", "$4"]}],
    },
    "Unknown": {
        "label": "new unknown",
        "description": "What nobody knows yet.",
        "body": [{"id": "${1:some-id}", "text": "${2:who paid for it}", "would_settle": "$3"}],
    },
    "Revision": {
        "label": "new revision",
        "description": "A change that readers are told of.",
        "body": [{"date": "$1", "kind": "${2:correction}", "statements": ["$3"], "note": "$4"}],
    },
    "Role": {
        "label": "new role",
        "description": "What this is to another, and since when.",
        "body": [{"role": "$1", "of": "$2", "from": "$3"}],
    },
}
"""By the name of the class of the part."""

WHOLE: Final[dict[str, Snippet]] = {
    "story": {
        "label": "new story",
        "description": "A story with a section and a statement.",
        "body": {
            "title": "$1",
            "status": "draft",
            "question": "${2:What happened?}",
            "as_of": "$3",
            "source": "$4",
            "key_points": ["${5:some-id}"],
            "sections": [
                {"title": "$6", "statements": [{"id": "${5:some-id}", "text": "$0", "source": "$4"}]},
            ],
        },
    },
    "entity": {
        "label": "new entity",
        "description": "A person, an organisation, a thing that statements speak of.",
        "body": {"name": "$1", "short": "$2", "kind": "${3:person}"},
    },
    "source": {
        "label": "new source",
        "description": "A publication that evidence comes from.",
        "body": {
            "title": "$1",
            "publisher": "$2",
            "kind": "${3:report}",
            "published": "$4",
            "url": "$5",
            "read": "${6:yes}",
        },
    },
    "term": {
        "label": "new term",
        "description": "A hard word, explained.",
        "body": {"label": "$1", "short": "${2:One sentence that does not use the word itself.}"},
    },
}
"""By the name of the kind of record."""
