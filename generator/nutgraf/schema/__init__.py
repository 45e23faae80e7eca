"""JSON Schemas of the records, for editors that help while one types.

They are drawn from the models, so that a field, a word of a closed list or a docstring is written once. What an editor
underlines is a subset of what `nutgraf check` finds: shapes, words and ids, never what it takes reading to judge.
"""

from nutgraf.schema.ids import Ids
from nutgraf.schema.schemas import KINDS, schema

__all__ = ["KINDS", "Ids", "schema"]
