"""What a site says of itself."""

from __future__ import annotations

from dataclasses import dataclass

from nutgraf.model import Links


@dataclass(frozen=True, slots=True)
class Settings:
    """What a site says of itself. Links that need an address which is not given are left out.

    Attributes:
        site_name: its name, plain text.
        site_url: where it is published.
        repo_url: the repository of its content.
        edit_uri: where a file of the content is edited, relative to `repo_url` or an address of its own.
        propose_uri: where a change is proposed in a form, with `{where}` for what it is about; like `edit_uri`.
        locale: the language of the sentences.
        links: which mentions of names and terms are links, where a story does not say so itself.
    """

    site_name: str
    site_url: str | None = None
    repo_url: str | None = None
    edit_uri: str | None = None
    propose_uri: str | None = None
    locale: str = "en"
    links: Links = Links.FIRST
