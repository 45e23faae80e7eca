"""The ids that a site has, with what they stand for: what an editor offers while one types."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nutgraf.model.record import NotStated

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nutgraf.graph import Graph


@dataclass(frozen=True)
class Ids:
    """What each id stands for, in a line.

    Attributes:
        stories, entities, sources, terms: by the id of the record.
        statements: by `story/id`.
        rules: what each editorial rule finds, by its name.
    """

    stories: Mapping[str, str] = field(default_factory=dict)
    entities: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[str, str] = field(default_factory=dict)
    statements: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, graph: Graph, sentence: Callable[[str], str], rules: Mapping[str, str]) -> Ids:
        """Return the ids of a site.

        Args:
            graph: with drafts.
            sentence: compiles the statement of a key, so that it is offered with who says so.
            rules: what each editorial rule finds, by its name.
        """
        return cls(
            stories={name: one.title for name, one in graph.stories.items()},
            entities={name: ", ".join(filter(None, (one.name, one.about))) for name, one in graph.entities.items()},
            sources={name: _source_line(graph, name) for name in graph.sources},
            terms={name: one.short for name, one in graph.terms.items()},
            statements={key: sentence(key) for key in graph.statements},
            rules=rules,
        )


def _source_line(graph: Graph, name: str) -> str:
    source = graph.sources[name]
    publisher = source.publisher
    told = [graph.entity(publisher).name] if publisher is not None and publisher is not NotStated.UNKNOWN else []
    told += [str(part) for part in (source.title, source.published) if part not in {None, NotStated.UNKNOWN}]
    return ". ".join(told)
