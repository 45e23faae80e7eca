"""The MkDocs plugin: what plain MkDocs makes of a site with it."""

from __future__ import annotations

import gzip
import hashlib
import html
import json
import re
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from nutgraf import cli
from nutgraf.model import Links
from nutgraf.site import Settings, prepare
from nutgraf.social_cards.draw import CardPainter
from nutgraf.template_dirs import bundled_templates
from nutgraf.theme.livereload import StagedServe

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer

STORY = "content/stories/town-clock.yml"
PAGE = "stories/town-clock/index.html"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Make the site of `nutgraf init` and return its folder."""
    folder = tmp_path / "own"
    assert cli.main(["init", str(folder)]) == 0
    return folder


def build(site: Path, **options: object) -> Path:
    """Build `site` as `mkdocs build --strict` does, and return the folder that it wrote."""
    config = load_config(str(site / "mkdocs.yml"), strict=True, **cast("dict[str, Any]", options))
    mkdocs_build(config)
    return Path(config.site_dir)


def configure(site: Path, text: str) -> None:
    """Add `text` to the configuration of `site`."""
    with (site / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")


def read(file: Path) -> str:
    """Return the text of `file`."""
    return file.read_text(encoding="utf-8")


def links(html: str) -> set[str]:
    """Return where the links of a page lead."""
    return set(re.findall(r'<a\b[^>]*? href="([^"]*)"', html))


def search_index(built: Path) -> list[dict[str, str]]:
    """Return what the search knows: location, title and text of each part of a page."""
    return cast("list[dict[str, str]]", json.loads(read(built / "search/search_index.json"))["docs"])


# Files


def test_there_is_a_page_for_each_record_and_no_record(site: Path) -> None:
    (site / "content/stories/notes.yaml.bak").touch()
    built = build(site)
    for folder in ("stories", "entities", "sources", "glossary"):
        for record in (site / "content" / folder).glob("*.yml"):
            assert (built / folder / record.stem / "index.html").is_file()
    assert not [*built.rglob("*.yml"), *built.rglob("*.yaml")]


def test_other_files_are_copied(site: Path) -> None:
    (site / "content/stories/clock.png").write_bytes(b"\x89PNG")
    assert (build(site) / "stories/clock.png").read_bytes() == b"\x89PNG"


def test_page_written_by_hand_wins(site: Path) -> None:
    (site / "content/index.md").write_text("# Welcome\n", encoding="utf-8")
    assert "Welcome" in read(build(site) / "index.html")


def test_page_by_hand_in_the_place_of_a_record_is_an_error(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (site / "content/stories/town-clock.md").write_text("# The clock\n", encoding="utf-8")
    with pytest.raises(MkDocsException, match="the content has errors"):
        build(site)
    assert "takes the place of the generated page /stories/town-clock/" in " ".join(capfd.readouterr().err.split())


# Cards


def test_published_card_is_not_drawn_again(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(site, "site_url: https://news.example.org/desk/")
    elsewhere = ["build", "-f", str(site / "mkdocs.yml"), "-d", str(site / "elsewhere")]
    built = build(site)
    cards = {path.name: path.read_bytes() for path in (built / "assets/cards").iterdir()}
    # Wherever another site was published before.
    assert cli.main(elsewhere) == 0
    monkeypatch.setattr(CardPainter, "draw", lambda *_: pytest.fail("it was drawn"))
    for folder in (build(site), site / "elsewhere"):
        assert {path.name: path.read_bytes() for path in (folder / "assets/cards").iterdir()} == cards
        assert cli.main(elsewhere) == 0


@pytest.mark.parametrize("way", ["mkdocs", "nutgraf"])
def test_published_card_does_not_stay_if_it_would_be_another(site: Path, way: str) -> None:
    configure(site, "site_url: https://news.example.org/desk/")

    def cards() -> dict[str, bytes]:
        if way == "mkdocs":
            build(site)
        else:
            assert cli.main(["build", "-f", str(site / "mkdocs.yml")]) == 0
        return {path.name: path.read_bytes() for path in (site / "site/assets/cards").iterdir()}

    first = cards()
    damages = (lambda data: data[:-1], lambda data: data[:600] + b"?" + data[601:], lambda _: b"")
    for damage in damages:
        for name, data in first.items():
            (site / "site/assets/cards" / name).write_bytes(damage(data))
        assert cards() == first
    (site / "templates/card").mkdir(parents=True)
    shutil.copy(bundled_templates() / "card/bold.ttf", site / "templates/card/regular.ttf")
    other = cards()
    assert other.keys() == first.keys()
    assert not {*other.values()} & {*first.values()}
    shutil.rmtree(site / "templates/card")
    assert cards() == first


# Pages


def test_pages_written_by_hand_link_to_records_as_files(site: Path) -> None:
    assert "](stories/town-clock.yml#clock-slow)" in read(site / "content/about.md")
    assert "../stories/town-clock/#clock-slow" in links(read(build(site) / "about/index.html"))


def test_pages_written_by_hand_have_the_same_type(site: Path) -> None:
    assert '<div class="ng by-hand">\n<h1 id="about-this-site">' in read(build(site) / "about/index.html")


def test_link_to_a_statement_that_is_not_there_is_a_warning(site: Path) -> None:
    about = site / "content/about.md"
    about.write_text(read(about).replace("#clock-slow", "#clock-fast"), encoding="utf-8")
    with pytest.raises(MkDocsException, match="warnings in strict mode"):
        build(site)


def test_pages_are_off_the_nav_except_indexes(site: Path) -> None:
    nav = read(build(site) / PAGE).partition('<nav class="ways"')[2].partition("</nav>")[0]
    assert links(nav) >= {"../..", "../../entities/", "../../timeline/", "../../reading/", "../../about/"}
    assert not [link for link in links(nav) if "town-clock" in link or "ada-sample" in link]
    assert "Who is who" in nav


def test_site_without_a_nav_gets_one_of_its_indexes(site: Path) -> None:
    config = read(site / "mkdocs.yml")
    (site / "mkdocs.yml").write_text(re.sub(r"nav:\n(?:  .*\n)+", "", config), encoding="utf-8")
    nav = read(build(site) / PAGE).partition('<nav class="md-nav md-nav--primary"')[2].partition("</main>")[0]
    assert "../../timeline/" in links(nav)


def test_titles_and_descriptions_are_escaped(site: Path) -> None:
    story = site / STORY
    title = 'title: The <b>town</b> "clock" & more'
    story.write_text(read(story).replace("title: The town clock of Exampleton", title), encoding="utf-8")
    built = build(site)
    head = read(built / PAGE).partition("</head>")[0]
    assert "<b>" not in head
    assert "&lt;b&gt;town&lt;/b&gt;" in head
    for page in built.rglob("*.html"):
        assert "<b>town" not in read(page)


def test_search_finds_each_statement_once_and_whole(site: Path) -> None:
    index = search_index(build(site))
    found = [entry for entry in index if "pigeons nest" in entry["text"]]
    assert len({entry["location"] for entry in found}) == len(found)
    assert all(re.match(r"stories/town-clock/#\w", entry["location"]) for entry in found)
    assert all(entry["text"].endswith(".</p>") and "pigeons nest" not in entry["text"][:15] for entry in found)
    assert len({entry["location"] for entry in index}) == len(index)
    assert not any("Link to this statement" in entry["text"] for entry in index)


def test_search_finds_pages_written_by_hand(site: Path) -> None:
    assert "about/#about-this-site" in [entry["location"] for entry in search_index(build(site))]


def test_site_without_search_has_no_index(site: Path) -> None:
    config = read(site / "mkdocs.yml")
    (site / "mkdocs.yml").write_text(config.replace("  - search\n", ""), encoding="utf-8")
    built = build(site)
    assert not (built / "search").exists()


# Head


def test_head_says_what_the_page_is(site: Path) -> None:
    configure(site, "site_url: https://news.example.org/desk/")
    built = build(site)
    head = read(built / PAGE).partition("</head>")[0]
    page = "https://news.example.org/desk/stories/town-clock/"
    assert f'<link rel="canonical" href="{page}">' in head
    assert f'<meta property="og:url" content="{page}">' in head
    assert '<meta property="og:type" content="article">' in head
    assert '<meta property="article:modified_time" content="2024-05-20">' in head
    assert '<meta name="twitter:card" content="summary_large_image">' in head
    image = re.search(r'<meta property="og:image" content="https://news.example.org/desk/(assets/cards/[^"]*)">', head)
    assert image is not None
    drawn = (built / image[1]).read_bytes()
    assert drawn.startswith(b"\x89PNG")
    assert len([*(built / "assets" / "cards").iterdir()]) == 2
    assert 'type="application/atom+xml"' in head
    assert "noindex" not in head
    description = re.search(r'<meta name="description" content="([^"]*)">', head)
    assert description is not None
    assert f'<meta property="og:description" content="{description[1]}">' in head
    assert '<meta property="og:type" content="website">' in read(built / "about/index.html")
    assert (built / "feed.xml").is_file()
    assert (built / "feed.json").is_file()


def test_without_an_address_nothing_is_made_up(site: Path) -> None:
    built = build(site)
    head = read(built / PAGE).partition("</head>")[0]
    assert not re.search(r"og:url|og:image|canonical|feed\.xml|https?://", head)
    assert not (built / "feed.xml").exists()


def test_draft_is_not_for_search_engines(site: Path, server: Server) -> None:
    story = site / STORY
    story.write_text(read(story) + "\nstatus: draft\n", encoding="utf-8")
    server.builder()
    assert '<meta name="robots" content="noindex">' in read(Path(server.root, PAGE))


def test_there_is_a_page_for_lost_readers(site: Path) -> None:
    configure(site, "site_url: https://news.example.org/desk/")
    page = read(build(site) / "404.html")
    assert '<meta name="robots" content="noindex">' in page
    assert '<h1 id="section-title">There is no such page</h1>' in page
    assert {"/desk/.", "/desk/changes/"} <= links(page) or {"/desk/", "/desk/changes/"} <= links(page)


# Weight


def test_two_builds_are_the_same(site: Path) -> None:
    first = {path.relative_to(site): path.read_bytes() for path in build(site).rglob("*") if path.is_file()}
    second = {path.relative_to(site): path.read_bytes() for path in build(site).rglob("*") if path.is_file()}
    assert first.keys() == second.keys()
    assert [path for path in first if first[path] != second[path]] == []


def test_search_in_other_languages_keeps_what_it_needs(site: Path) -> None:
    config = read(site / "mkdocs.yml")
    (site / "mkdocs.yml").write_text(config.replace("  - search\n", "  - search: {lang: [en, de]}\n"), encoding="utf-8")
    folder = build(site) / "assets/javascripts/lunr"
    assert {path.name for path in folder.rglob("*.js")} == {
        "lunr.de.min.js",
        "lunr.multi.min.js",
        "lunr.stemmer.support.min.js",
    }


def test_style_sheet_keeps_what_a_page_uses(site: Path) -> None:
    about = site / "content/about.md"
    before, text_before = sheet(build(site))
    about.write_text(read(about) + '\n<div class="admonition warning">Careful</div>\n', encoding="utf-8")
    after, text_after = sheet(build(site))
    assert ".md-typeset .admonition{" not in text_before
    assert "--md-admonition-icon--warning:url" not in text_before
    assert "--md-admonition-icon--warning:url" in text_after
    assert len(text_before) < len(text_after)
    assert before != after


def sheet(built: Path) -> tuple[str, str]:
    """Return name and text of the style sheet of Material in a built site, which its pages link."""
    (found,) = built.glob("assets/stylesheets/main.*.min.css")
    assert f'href="../../assets/stylesheets/{found.name}"' in read(built / PAGE)
    return found.name, read(found)


def test_page_has_a_table_of_contents(site: Path) -> None:
    page = read(build(site) / PAGE)
    toc = page.partition('<nav class="md-nav md-nav--secondary"')[2].partition("</nav>")[0]
    assert "#section-what-is-wrong" in links(toc)
    assert all(f' id="{link[1:]}"' in page for link in links(toc))


# Addresses


@pytest.mark.parametrize(
    ("settings", "link"),
    [
        ("repo_url: https://github.com/news/desk", "https://github.com/news/desk/edit/main/content/"),
        ("repo_url: https://gitlab.com/news/desk", "https://gitlab.com/news/desk/-/edit/main/content/"),
        ("repo_url: https://codeberg.org/news/desk", "https://codeberg.org/news/desk/_edit/main/content/"),
        ("repo_url: https://github.com/n/d\nedit_uri: edit/live/facts/", "https://github.com/n/d/edit/live/facts/"),
        ("edit_uri_template: 'https://git.example.org/edit?file={path}'", "https://git.example.org/edit?file="),
    ],
)
def test_pages_link_to_their_files(site: Path, settings: str, link: str) -> None:
    configure(site, settings)
    built = build(site)
    assert f"{link}stories/town-clock.yml" in links(read(built / PAGE))
    assert f"{link}entities/ada-sample.yml" in links(read(built / "entities/ada-sample/index.html"))
    assert f"{link}about.md" in links(read(built / "about/index.html"))


@pytest.mark.parametrize(
    ("settings", "link"),
    [
        ("repo_url: https://github.com/n/d", "https://github.com/n/d/issues/new?template=change.yml&amp;where={}"),
        ("repo_url: https://gitlab.com/n/d", "https://gitlab.com/n/d/-/issues/new?issue%5Btitle%5D={}"),
        ("repo_url: https://codeberg.org/n/d", "https://codeberg.org/n/d/issues/new?title={}"),
    ],
)
def test_each_page_and_statement_leads_to_a_form(site: Path, settings: str, link: str) -> None:
    configure(site, settings)
    built = build(site)
    found = links(read(built / PAGE))
    assert link.format("stories%2Ftown-clock%2F") in found
    assert link.format("town-clock%2Fclock-slow") in found
    assert link.format("entities%2Fada-sample%2F") in links(read(built / "entities/ada-sample/index.html"))


def test_the_form_of_a_site_of_its_own_wins(site: Path) -> None:
    config = site / "mkdocs.yml"
    form = "https://desk.example.org/tell?about={where}"
    config.write_text(read(config).replace("format: 1", f"format: 1\n      propose_uri: {form}"), encoding="utf-8")
    assert "https://desk.example.org/tell?about=town-clock%2Fvote" in links(read(build(site) / PAGE))


@pytest.mark.parametrize("settings", ["", "repo_url: https://git.example.org/desk"])
def test_without_an_address_there_is_no_link(site: Path, settings: str) -> None:
    configure(site, settings)
    for page in build(site).rglob("*.html"):
        assert 'rel="edit"' not in read(page)
        assert "Suggest a change" not in read(page)


def test_pages_ask_no_other_host(site: Path) -> None:
    configure(site, "repo_url: https://github.com/news/desk\nsite_url: https://news.example.org/desk/")
    for page in build(site).rglob("*.html"):
        html = read(page)
        asked = re.findall(r'<(?:script|img|iframe|source|use)\b[^>]*? (?:src|href)="([^"]+)"', html)
        asked += re.findall(r'<link\b(?![^>]*rel="(?:canonical|prev|next)")[^>]*? href="([^"]+)"', html)
        assert not [address for address in asked if address.startswith(("http", "//"))]
        # With this attribute, the script of the theme asks the host of the repository how popular it is.
        assert 'data-md-component="source"' not in html


# HTML


def test_html_is_mended(site: Path) -> None:
    for page in build(site).rglob("*.html"):
        html = read(page)
        assert not re.search(r'<input [^>]*type="checkbox"[^>]*autocomplete', html)
        ids = set(re.findall(r' id="([^"]+)"', html))
        assert set(re.findall(r'<label [^>]*for="([^"]+)"', html)) <= ids
        assert '<a class="md-ellipsis" href=' in html, "the name of the site leads home"
        assert html.count('class="ways"') == 1


# Dates


def test_site_map_has_the_date_of_the_content(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    configure(site, "site_url: https://news.example.org/desk/")
    built = build(site)
    with gzip.open(built / "sitemap.xml.gz", "rt", encoding="utf-8") as file:
        assert file.read() == read(built / "sitemap.xml")
    assert "<loc>https://news.example.org/desk/stories/town-clock/</loc>" in read(built / "sitemap.xml")
    assert set(re.findall(r"<lastmod>(.*?)</lastmod>", read(built / "sitemap.xml"))) == {"2024-05-20"}
    assert (built / "sitemap.xml.gz").read_bytes()[4:8] == (1716163200).to_bytes(4, "little")


def test_date_of_the_environment_counts(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")
    configure(site, "site_url: https://news.example.org/")
    about = read(build(site) / "sitemap.xml").partition("/about/</loc>")[2]
    assert about.partition("</lastmod>")[0].endswith("2025-06-15")


# Mistakes


def test_mistake_is_found_before_the_old_site_is_emptied(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    built = build(site)
    before = {path: path.read_bytes() for path in built.rglob("*") if path.is_file()}
    story = site / STORY
    story.write_text(read(story) + "colour: blue\n", encoding="utf-8")
    with pytest.raises(MkDocsException, match="the content has errors"):
        build(site)
    assert "town-clock.yml:" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in built.rglob("*") if path.is_file()} == before


def test_broken_page_template_is_found_before_the_old_site_is_emptied(site: Path) -> None:
    built = build(site)
    before = {path: path.read_bytes() for path in built.rglob("*") if path.is_file()}
    (site / "templates/pages").mkdir(parents=True)
    (site / "templates/pages/story.html").write_text("{{ view.nothing }}", encoding="utf-8")
    with pytest.raises(MkDocsException, match=r"templates/pages/story\.html:1: "):
        build(site)
    assert {path: path.read_bytes() for path in built.rglob("*") if path.is_file()} == before


# Templates


def test_templates_of_a_site_win(site: Path) -> None:
    (site / "looks/pages").mkdir(parents=True)
    (site / "looks/pages/term.html").write_text("<h1>{{ view.title }}, our way</h1>", encoding="utf-8")
    (site / "looks/theme/partials").mkdir(parents=True)
    (site / "looks/theme/partials/copyright.html").write_text("<p>Ours</p>", encoding="utf-8")
    config = read(site / "mkdocs.yml").replace("format: 1", "format: 1\n      templates: looks")
    (site / "mkdocs.yml").write_text(config, encoding="utf-8")
    page = read(build(site) / "glossary/escapement/index.html")
    assert "escapement, our way</h1>" in page
    assert "<p>Ours</p>" in page


def test_style_sheet_comes_before_that_of_the_site(site: Path) -> None:
    (site / "content/own.css").write_text("p { color: red }", encoding="utf-8")
    configure(site, "extra_css: [own.css]")
    page = read(build(site) / PAGE)
    assert -1 < page.find("assets/nutgraf.") < page.find("own.")


LISTED = """
extra_css: [own.css, https://cdn.example.org/x.css, missing.css]
extra_javascript:
  - js/plain.js
  - js/module.mjs
  - {path: js/late.min.js, defer: true}
"""


def test_style_sheets_and_scripts_carry_their_hash(site: Path) -> None:
    (site / "content/js").mkdir()
    own = {"own.css": "p { color: red }", "js/plain.js": "1", "js/module.mjs": "2", "js/late.min.js": "3"}
    for name, text in own.items():
        (site / "content" / name).write_text(text, encoding="utf-8")
    configure(site, LISTED)
    built = build(site)
    for name, base in ((PAGE, "../../"), ("about/index.html", "../"), ("404.html", "/")):
        page = read(built / name)
        for path in ("assets/nutgraf.css", "assets/nutgraf.js", *own):
            stem, _, ending = path.rpartition(".")
            (loaded,) = re.findall(rf'<(?:link rel="stylesheet" href|script src)="{base}({stem}\.\w+\.{ending})"', page)
            data = (built / loaded).read_bytes()
            assert loaded == f"{stem}.{hashlib.sha256(data).hexdigest()[:8]}.{ending}"
        assert 'href="https://cdn.example.org/x.css"' in page
        assert f'href="{base}missing.css"' in page
        assert re.search(rf'<script src="{base}js/module[^"]*" type="module"></script>', page)
        assert re.search(rf'<script src="{base}js/late[^"]*" defer></script>', page)
    for name, text in own.items():
        assert read(built / name) == text, "it is gone from where its author put it"
    assert not (built / "assets/nutgraf.css").exists()


def test_another_style_sheet_has_another_name(site: Path) -> None:
    own = site / "templates/theme/assets/nutgraf.css"
    own.parent.mkdir(parents=True)
    names = set()
    for text in ("p { color: red }", "p { color: blue }", "p { color: red }"):
        own.write_text(text, encoding="utf-8")
        (found,) = build(site).glob("assets/nutgraf.*.css")
        assert read(found).replace(" ", "") == text.replace(" ", "")
        names.add(found.name)
    assert len(names) == 2


# The live server


class Server:
    """As much of MkDocs' live server as the plugin touches."""

    def __init__(self, config: MkDocsConfig) -> None:
        """Serve the site of `config`."""
        self.config = config
        self.root = ""
        self.error_handler: object = None
        self.watched: list[str] = []
        self.builder = self.build

    def build(self) -> None:
        """Build as MkDocs' server does: from a configuration that is read again."""
        config = load_config(self.config.config_file_path)
        # MkDocs keeps plugins that know `on_startup`; a new configuration would forget them here.
        config.plugins = self.config.plugins
        mkdocs_build(config)

    def watch(self, path: str) -> None:
        """Note that `path` is watched."""
        self.watched.append(path)


@pytest.fixture
def server(site: Path) -> Any:  # noqa: ANN401  # pytest's generator of a server, whose type says little
    """Start to serve the site, as `mkdocs serve` does, without a socket."""
    config = load_config(str(site / "mkdocs.yml"))
    config.plugins.on_startup(command="serve", dirty=False)
    started = Server(config)
    mkdocs_build(config)
    config.plugins.on_serve(cast("LiveReloadServer", started), config=config, builder=started.builder)
    yield started
    config.plugins.on_shutdown()
    assert not Path(started.root).exists()


def test_server_watches_templates(server: Server) -> None:
    assert any(path.endswith("templates") for path in server.watched)


def test_server_shows_changes(site: Path, server: Server) -> None:
    first = server.root
    story = site / STORY
    story.write_text(read(story).replace("pigeons nest", "owls nest"), encoding="utf-8")
    server.builder()
    assert "owls nest" in read(Path(server.root, PAGE))
    assert not Path(first).exists()


@pytest.mark.parametrize("broken", [STORY, "templates/theme/main.html", "templates/pages/story.html"])
def test_server_keeps_the_last_good_site(
    site: Path, server: Server, broken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = read(Path(server.root, PAGE))
    file = site / broken
    good = read(file) if file.exists() else None
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("{{ %", encoding="utf-8")
    server.builder()  # MkDocs would raise here, and answer no request any more
    assert read(Path(server.root, PAGE)) == before
    capsys.readouterr()
    if good is None:
        file.unlink()
    else:
        file.write_text(good, encoding="utf-8")
    server.builder()
    assert read(Path(server.root, PAGE)) == before


def test_server_shows_drafts(site: Path, server: Server) -> None:
    story = site / STORY
    story.write_text(read(story) + "\nstatus: draft\n", encoding="utf-8")
    server.builder()
    assert Path(server.root, PAGE).is_file()


def test_build_leaves_drafts_out(site: Path) -> None:
    story = site / STORY
    story.write_text(read(story) + "\nstatus: draft\n", encoding="utf-8")
    (site / "content/about.md").write_text("# About\n", encoding="utf-8")
    assert not (build(site) / PAGE).exists()


def test_error_page_is_that_of_the_shown_site(server: Server) -> None:
    handler = cast("Any", server.error_handler)
    assert b"There is no such page" in handler(404)
    assert handler(500) is None


def test_bug_is_shown_and_does_not_stop_the_server(tmp_path: Path) -> None:
    errors: list[Exception] = []
    fake = SimpleNamespace(root="", error_handler=None, builder=lambda: 1 / 0)
    last_good = StagedServe()
    config = SimpleNamespace(site_dir=str(tmp_path))
    last_good.redirect(cast("MkDocsConfig", config))
    last_good.attach(cast("LiveReloadServer", fake), errors.append)
    shown = fake.root
    fake.builder()
    assert [type(error) for error in errors] == [ZeroDivisionError]
    assert fake.root == shown
    last_good.close()


@pytest.mark.parametrize(("links", "expected"), [("none", 0), ("first", 1), ("all", 2)])
def test_a_site_says_which_mentions_are_links(links: str, expected: int) -> None:
    tree = {
        "stories/s.yml": b"title: S\nbased_on: p\nsections: [{statements: [a: gadgets and gadgets are here]}]",
        "sources/p.yml": b"publisher: paper\npublished: 2023",
        "entities/paper.yml": b"name: Paper",
        "glossary/gadget.yml": b"label: gadget\nshort: A thing that does something.",
    }
    settings = Settings("Site", links=Links(links))
    page = prepare(tree, settings, (bundled_templates(),)).render("stories/s/")
    (sentence,) = re.findall(r'<span [^>]*\bid="a"[^>]*>(.*?)</button>', page.html, re.DOTALL)
    assert sentence.count('class="term"') == expected


# Plain text in mkdocs.yml


@pytest.mark.parametrize("name", ["A <b>bold</b> & Views", 'Tom & Jerry\'s "desk"', "1 < 2", "&amp; &lt;i&gt;"])
def test_plain_text_of_the_configuration_is_escaped_once_wherever_it_stands(site: Path, name: str) -> None:
    text = re.sub("(?m)^site_name: .*$", f"site_name: {json.dumps(name)}", read(site / "mkdocs.yml"))
    nav = "nav: [index.md, {More: [about.md, timeline.md]}]"
    (site / "mkdocs.yml").write_text(
        f"{text}\nsite_author: {json.dumps(name)}\nsite_description: {json.dumps(name)}\n{nav}\n", encoding="utf-8"
    )
    built = build(site)
    for path in (PAGE, "index.html", "404.html", "about/index.html"):
        page = read(built / path)
        head = page.partition("<body")[0]
        found = {
            "title": html.unescape(re.findall("<title>(.*?)</title>", head)[0]).rpartition(" - ")[2],
            "author": html.unescape(re.findall('<meta name="author" content="(.*?)">', head)[0]),
            "header": html.unescape(re.findall(r'data-md-component="logo">(.*?)</a>', page)[0]),
        }
        assert found == dict.fromkeys(found, name), path
        assert "<b>" not in head
    described = re.findall('<meta name="description" content="(.*?)">', read(built / "404.html"))
    assert [html.unescape(one) for one in described] == [name]


def test_the_front_matter_of_a_page_by_hand_is_escaped_in_its_head(site: Path) -> None:
    (site / "content/about.md").write_text(
        '---\ntitle: A <b> & c\nauthor: D <e>\ndescription: "F \\"g\\" <h>"\n---\n# About\n', encoding="utf-8"
    )
    head = read(build(site) / "about/index.html").partition("<body")[0]
    assert "<title>A &lt;b&gt; &amp; c - " in head
    assert '<meta name="author" content="D &lt;e&gt;">' in head
    assert 'content="F &#34;g&#34; &lt;h&gt;"' in head
    assert "&amp;lt;" not in head


def test_html_in_the_copyright_stays(site: Path) -> None:
    configure(site, 'copyright: "<b>All</b> rights"')
    assert "<b>All</b> rights" in read(build(site) / PAGE)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a b/",
        "https://a b.example/",
        "https://example.org/?q=1",
        "https://example.org/#top",
        "https://example.org/<b>/",
        "ftp://example.org/",
        "https://[",
        "https://[x]/",
    ],
)
@pytest.mark.parametrize("command", ["check", "build"])
def test_an_address_below_which_no_page_can_be_is_refused(
    site: Path, url: str, command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site)
    configure(site, f"site_url: '{url}'")
    capsys.readouterr()
    assert cli.main([command]) == 2
    told = capsys.readouterr()
    assert "site_url" in told.out + told.err
    assert "Traceback" not in told.err
    assert not Path("site").exists()


@pytest.mark.parametrize(
    "url", ["https://example.org", "http://localhost:8000/desk/", "https://łódź.example/wiadomości/"]
)
def test_any_other_address_is_taken(site: Path, url: str) -> None:
    configure(site, f"site_url: '{url}'")
    assert cli.main(["build", "-f", str(site / "mkdocs.yml")]) == 0


@pytest.mark.parametrize("language", ["ar", "de", "pt-BR"])
def test_a_language_without_wording_is_told(site: Path, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = read(site / "mkdocs.yml")
    (site / "mkdocs.yml").write_text(
        text.replace("  name: material\n", f"  name: material\n  language: {language}\n"), "utf-8"
    )
    capsys.readouterr()
    assert cli.main(["check", "-f", str(site / "mkdocs.yml")]) == 0
    told = capsys.readouterr()
    assert f"`language: {language}` has no wording" in told.out + told.err
    assert "`en`" in told.out + told.err


@pytest.mark.parametrize("language", ["en", "en-GB", "de"])
def test_one_with_wording_is_not(site: Path, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    if language == "de":
        (site / "templates/wording").mkdir(parents=True)
        shutil.copy(bundled_templates() / "wording/en.yml", site / "templates/wording/de.yml")
    text = read(site / "mkdocs.yml")
    (site / "mkdocs.yml").write_text(
        text.replace("  name: material\n", f"  name: material\n  language: {language}\n"), "utf-8"
    )
    capsys.readouterr()
    cli.main(["check", "-f", str(site / "mkdocs.yml")])
    told = capsys.readouterr()
    assert "has no wording" not in told.out + told.err


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [("Привет, мир", "привет-мир"), ("日本", "日本"), ("Café noir", "cafe-noir"), ("Plain one", "plain-one")],
)
def test_a_heading_without_latin_letters_has_an_anchor_of_its_own(site: Path, heading: str, anchor: str) -> None:
    (site / "content/about.md").write_text(f"# About\n\n## {heading}\n\nText.\n", encoding="utf-8")
    assert f'<h2 id="{anchor}">' in read(build(site) / "about/index.html")
