"""One page in the making: how it links to others, and how it calls them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from babel import Locale, UnknownLocaleError
from markupsafe import Markup, escape

from nutgraf.graph import key_of
from nutgraf.markdown import Linker, plain_text, unit_text
from nutgraf.model import EntityId, FuzzyDate, NotStated
from nutgraf.model.dates import Shape
from nutgraf.views import address, interface_text
from nutgraf.wording import names

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from nutgraf.graph import Graph
    from nutgraf.model import Source, Statement
    from nutgraf.views.context import ViewContext
    from nutgraf.wording import Wording


@dataclass(frozen=True, slots=True)
class Link:
    """A name, and where it leads.

    Attributes:
        text: plain.
        href: relative to the page, or an address on the web; None for what has no page.
        lang: the language of the text, where it is another than the site's.
        external: whether it leads out of the site.
    """

    text: str
    href: str | None = None
    lang: str | None = None
    external: bool = False

    @property
    def is_plain(self) -> bool:
        """Tell whether its text runs from left to right and so cannot disorder what stands around it (UAX #9)."""
        return self.text.isascii()


@dataclass(frozen=True, slots=True)
class When:
    """A date as shown.

    Attributes:
        label: for readers: "March 2023".
        machine: as HTML's `time` element takes it; None where the date is vaguer than that can say.
    """

    label: str
    machine: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """What every page has. The template of a page is that of its kind.

    Attributes:
        kind: which template shows it: `story` is shown by `pages/story.html`.
        address: relative to the site's root, with a slash at the end; empty for the home page.
        title: plain text.
        description: a sentence or two of plain text, for search results and cards.
        record: the file that it shows, relative to the content folder.
        modified: when its facts were last changed, where the content says so.
        edit: where to suggest a change of that file.
        propose: where to propose a change without editing it.
        reading: leads to the page that explains the marks.
    """

    kind: str
    address: str
    title: str
    description: str
    record: str | None = None
    modified: datetime.date | None = None
    edit: str | None = None
    propose: str | None = None
    reading: str


@dataclass(frozen=True, slots=True)
class PageContext:
    """One page: where it stands, and what it draws on.

    Attributes:
        context: the content, the language, the settings.
        address: as in `PageView`.
        story: the story that it shows; None for other pages.
        linker: links names and terms in its text.
    """

    context: ViewContext
    address: str
    story: str | None
    linker: Linker

    @classmethod
    def at(cls, where: str, context: ViewContext, story: str | None = None) -> PageContext:
        """Begin the page at the address `where`."""
        told = context.settings
        linker = Linker(context.finder, where, story, context.graph, links=told.links, locale=told.locale)
        return cls(context, where, story, linker)

    @property
    def graph(self) -> Graph:
        """The content."""
        return self.context.graph

    @property
    def wording(self) -> Wording:
        """The language."""
        return self.context.wording

    def href(self, target: str) -> str:
        """Return the link from here to another page of the site, or to an anchor in this one."""
        here, _, fragment = target.partition("#")
        return f"#{fragment}" if fragment and here == self.address else self.linker.href(target)

    def propose(self, where: str) -> str | None:
        """Return where a change of a statement or page is proposed in a form, if there is one."""
        return address.propose(self.context.settings, where)

    def edit(self, record: str, line: int | None = None) -> str | None:
        """Return where a file of the content is edited, if the site says where its repository is."""
        return address.edit(self.context.settings, record, line)

    def text(self, key: str) -> str:
        """Return a statement as plain text, with all that must stand with it."""
        return unit_text(self.context.unit(key))

    def known(self, story: str, refs: Iterable[str]) -> list[str]:
        """Return the keys of the statements that a story refers to, those that exist."""
        return [key for ref in refs if (key := key_of(story, ref)) in self.graph.statements]

    def entity_link(self, name: str) -> Link:
        """Return an entity by its full name; one without a file has no page to lead to."""
        href = self.href(address.entity(name)) if name in self.graph.entities else None
        return Link(self.graph.entity(name).name, href)

    def story_link(self, name: str) -> Link:
        """Return a story by its title."""
        return Link(plain_text(self.graph.stories[name].title), self.href(address.story(name)))

    def term_link(self, name: str) -> Link:
        """Return a term by its label."""
        return Link(self.graph.terms[name].label, self.href(address.term(name)))

    def source_link(self, name: str) -> Link:
        """Return a source by its publisher and date."""
        return Link(self.source_label(name), self.href(address.source(name)))

    def cited_link(self, name: str) -> Link:
        """Return the way to a source as it is called behind "according to": with the article of its publisher."""
        link, publisher = self.source_link(name), self.graph.sources[name].publisher
        if not isinstance(publisher, EntityId) or publisher not in self.graph.entities:
            return link
        return replace(link, text=names.with_article(self.graph, publisher, link.text))

    def source_label(self, name: str) -> str:
        """Return how a source is called in passing: "Semafor, 24 March 2023"."""
        source = self.graph.sources[name]
        who = self.publisher(source)
        if who is None:
            return self.source_title(name)
        day = self.published(source)
        return f"{who}, {day}" if day else who

    def source_title(self, name: str) -> str:
        """Return a source's title, or what to call it where none is known."""
        source = self.graph.sources[name]
        if source.title is not NotStated.UNKNOWN:
            return source.title
        who, day = self.publisher(source), self.published(source)
        by, on = f" by {who}" if who else "", f", {day}" if day else ""
        # It may well have one: nobody has written it down.
        return f"{interface_text.capital(interface_text.SOURCE_KINDS[source.kind])}{by}{on} (title not stated here)"

    def publisher(self, source: Source) -> str | None:
        """Return the name of who published a source, or of who wrote it on what platform, if known."""
        if isinstance(source.publisher, EntityId) and source.publisher in self.graph.entities:
            return self.graph.entities[source.publisher].name
        if source.platform is not None and source.platform in self.graph.entities and source.author:
            return f"{self.wording.join(source.author)} on {self.graph.entities[source.platform].name}"
        return None

    def published(self, source: Source) -> str | None:
        """Return when a source was published, if known; to the day, for that is enough to tell it from others."""
        date = source.published
        if not isinstance(date, FuzzyDate):
            return None
        return self.wording.day(date.start.first_day) if date.is_exact_day and date.start else self.wording.date(date)

    def title_lang(self, source: Source) -> str | None:
        """Return the language of a source's title, where it has one of its own in another than the site's."""
        return None if source.title is NotStated.UNKNOWN else self.foreign(source.lang)

    def foreign(self, tag: str | None) -> str | None:
        """Return a language tag for HTML's `lang`, unless it is the site's own language or no tag at all."""
        return self.linker.foreign(tag) or None

    def language(self, tag: str) -> str:
        """Return a language's name in the language of the site: "Korean"; the tag where it is not known."""
        try:
            return Locale.parse(tag, sep="-").get_display_name(self.context.settings.locale) or tag
        except (ValueError, UnknownLocaleError):
            return tag

    def when(self, date: FuzzyDate) -> When:
        """Return a date for a list."""
        return When(self.wording.date(date), machine(date))

    def happened(self, statement: Statement) -> When | None:
        """Return when something happened, in the words of its source where there are some: "early 2018"."""
        if statement.when is None:
            return None
        when = self.when(statement.when)
        if statement.when_text is None:
            return when
        return replace(when, label=_PREPOSITION.sub("", plain_text(self.wording.when(statement))))

    def day(self, day: datetime.date) -> When:
        """Return a known day."""
        return When(self.wording.day(day), day.isoformat())


_PREPOSITION: Final = re.compile(r"^(?:in|on|at) (?=\S)")
_HYPHENATED: Final = re.compile(r"\w{1,12}(?:-\w{1,12})+")


def unbroken(title: str) -> Markup:
    """Return a title as HTML in which no line ends at the hyphen of a word, unless that word is long."""
    parts = _HYPHENATED.split(title)
    words = (Markup('<span class="nb">{}</span>').format(word) for word in _HYPHENATED.findall(title))
    return Markup("").join(part for pair in zip(map(escape, parts), [*words, ""], strict=True) for part in pair)


def machine(date: FuzzyDate) -> str | None:
    """Return a date as HTML's `time` takes it (HTML Standard, 4.5.14), unless that would make it surer than it is."""
    point = date.start
    if date.shape is not Shape.POINT or point is None or point.approximate or point.uncertain:
        return None
    return date.text
