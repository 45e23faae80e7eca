"""What the preview answers, and whom: the bytes of a build, and nothing to strangers."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nutgraf.cli import main
from nutgraf.preview.editor_links import EDITORS, Editor, EditorError
from nutgraf.preview.listen_address import Address, AddressError, listen
from nutgraf.preview.url_paths import site_path
from tests.preview.serving import LONG, PAGE, Preview, is_well

if TYPE_CHECKING:
    from collections.abc import Iterator

SCRIPT = re.compile(rb'<script src="/\.nutgraf/preview\.js" data-nutgraf="preview" data-page="[0-9a-f]{24}"></script>')


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """Start a preview that all tests of this module ask."""
    site = tmp_path_factory.mktemp("shown") / "site"
    assert main(["init", str(site)]) == 0
    (site / "secret.txt").write_text("secret", encoding="utf-8")
    outside = site.parent / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("secret", encoding="utf-8")
    (site / "content" / "link.txt").symlink_to(outside / "secret.txt")
    (site / "content" / "linked").symlink_to(outside)
    (site / "content" / "page.md").symlink_to(outside / "secret.txt")
    (site / "content" / ".hidden.txt").write_text("hidden", encoding="utf-8")
    (site / "content" / "an äöü.txt").write_text("text", encoding="utf-8")
    (site / "content" / "inside.txt").symlink_to("an äöü.txt")
    preview = Preview(site)
    yield preview
    preview.close()


# The same bytes


def published(site: Path) -> dict[str, bytes]:
    """Return what is in the folder of a site that was built, by path."""
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if not name.startswith(".")}


def test_every_file_is_that_of_a_build(root: Path, built_site: Path) -> None:
    preview = Preview(root)
    try:
        files = published(built_site)
        assert len(files) > 70
        differing = []
        for name, wanted in files.items():
            answer = preview.ask(f"/{name}")
            body, scripts = SCRIPT.subn(b"", answer.body)
            assert scripts == name.endswith(".html"), name
            assert answer.status == 200, name
            if body != wanted:
                differing.append(name)
        assert differing == []
    finally:
        preview.close()


def test_a_site_below_a_path_is_shown_below_it(site: Path, start: object) -> None:
    assert start
    config = (site / "mkdocs.yml").read_text(encoding="utf-8")
    (site / "mkdocs.yml").write_text(f"site_url: https://news.example.org/desk/\n{config}", encoding="utf-8")
    assert main(["build", "-f", str(site / "mkdocs.yml"), "-d", str(site / "built")]) == 0
    files = published(site / "built")
    shutil.rmtree(site / "built")
    preview = Preview(site)
    try:
        first = preview.ask("/")
        assert (first.status, first.headers["location"]) == (302, "/desk/")
        assert preview.ask("/desk").headers["location"] == "/desk/"
        bodies = {name: SCRIPT.sub(b"", preview.ask(f"/desk/{name}").body) for name in files}
        assert [name for name in files if bodies[name] != files[name]] == []
        assert {"feed.xml", "feed.json"} <= files.keys()
        assert any(name.endswith(".png") and "card" in name for name in files)
        assert preview.ask("/stories/town-clock/").status == 404
        assert b'href="/desk/' in preview.ask("/elsewhere").body
    finally:
        preview.close()


# Whom it answers


@pytest.mark.parametrize("target", ["/", PAGE, "/.nutgraf/events", "/.nutgraf/preview.js", "/nowhere"])
@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "localhost.evil.example:{port}",
        "127.0.0.1.evil.example:{port}",
        "127.0.0.1:{port}.evil.example",
        "192.168.0.1:{port}",
        "0.0.0.0:{port}",
        "[::]:{port}",
        "[2001:db8::1]:{port}",
        "localhost@evil.example:{port}",
        "localhost:{port}@evil.example",
        "127.1:{port}",
        "2130706433:{port}",
        "0x7f000001:{port}",
        "localhost:x",
        "[::1",
        "",
    ],
)
def test_foreign_hosts_are_refused(shown: Preview, target: str, host: str) -> None:
    answer = shown.ask(target, Host=host.format(port=shown.port))
    assert answer.status == 403
    assert b"pigeons" not in answer.body


@pytest.mark.parametrize(
    "host", ["localhost:{port}", "127.0.0.1:{port}", "LOCALHOST:{port}", "[::1]:{port}", "127.0.0.2", "localhost:9999"]
)
def test_own_hosts_are_answered(shown: Preview, host: str) -> None:
    assert shown.ask(PAGE, Host=host.format(port=shown.port)).status == 200


def test_a_request_without_a_host_is_refused(shown: Preview) -> None:
    with socket.create_connection(("127.0.0.1", shown.port), timeout=LONG) as connection:
        connection.sendall(b"GET / HTTP/1.0\r\n\r\n")
        assert connection.recv(4096).startswith(b"HTTP/1.1 403 ")


@pytest.mark.parametrize("target", [PAGE, "/.nutgraf/events", "/.nutgraf/preview.js"])
@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "https://127.0.0.1:{port}", "http://127.0.0.1:1", "http://localhost:{port}", ""],
)
def test_foreign_origins_are_refused(shown: Preview, target: str, origin: str) -> None:
    answer = shown.ask(target, Origin=origin.format(port=shown.port))
    assert answer.status == 403
    assert "access-control-allow-origin" not in answer.headers


def test_its_own_origin_is_answered(shown: Preview) -> None:
    answer = shown.ask(PAGE, Origin=shown.url)
    assert answer.status == 200
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "PROPFIND"])
@pytest.mark.parametrize("target", [PAGE, "/.nutgraf/events"])
def test_it_can_only_be_read(shown: Preview, method: str, target: str) -> None:
    answer = shown.ask(target, method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


# What it answers


@pytest.mark.parametrize(
    "target",
    [
        "/../mkdocs.yml",
        "/../../../../etc/passwd",
        "/stories/../../mkdocs.yml",
        "/..%2fmkdocs.yml",
        "/%2e%2e/mkdocs.yml",
        "/%2e%2e%2fmkdocs.yml",
        "/%252e%252e%252fmkdocs.yml",
        "/..%5cmkdocs.yml",
        "/..\\mkdocs.yml",
        "/stories%2ftown-clock%2f",
        "/stories/./town-clock/",
        "//etc/passwd",
        "//evil.example/",
        "//evil.example/stories",
        "/%2fetc/passwd",
        "/etc/passwd",
        "/C:/Windows/win.ini",
        "/about%00.md",
        "/about/index.html%00.txt",
        "/about%0a",
        "/%ff%fe",
        "/%c0%ae%c0%ae/mkdocs.yml",
        "/.hidden.txt",
        "/.nutgraf-site",
        "/.nutgraf/",
        "/.nutgraf/../mkdocs.yml",
        "/.nutgraf/preview.js/../../mkdocs.yml",
        "/.git/config",
        "/mkdocs.yml",
        "/secret.txt",
        "/link.txt",
        "/linked/secret.txt",
        "/linked/",
        "/page/",
        "/stories/town-clock.yml",
        "/content/stories/town-clock.yml",
        "/assets/",
        "/assets/stylesheets/",
        "/search/",
        "/entities/nobody/",
        "http://evil.example/",
    ],
)
def test_no_path_leaves_the_site(shown: Preview, target: str) -> None:
    answer = shown.ask(target, Host=f"127.0.0.1:{shown.port}")
    assert answer.status == 404
    assert b"secret" not in answer.body
    assert b"site_name" not in answer.body
    assert "location" not in answer.headers


def test_links_that_lead_out_are_told(shown: Preview) -> None:
    event = shown.wait(is_well)
    links = [item["places"][0]["path"] for item in event["problems"]["items"] if item["rule"] == "link-outside"]
    assert links == ["content/link.txt", "content/linked", "content/page.md"]


def test_links_inside_and_other_names_are_shown(shown: Preview) -> None:
    assert shown.ask("/an%20%C3%A4%C3%B6%C3%BC.txt").body == b"text"
    assert shown.ask("/inside.txt").body == b"text"


def test_a_page_without_its_slash_leads_on(shown: Preview) -> None:
    answer = shown.ask("/stories/town-clock?a=b&c=%2F")
    assert (answer.status, answer.headers["location"]) == (301, "/stories/town-clock/?a=b&c=%2F")


def test_a_lost_reader_gets_the_page_of_the_site(shown: Preview) -> None:
    answer = shown.ask("/nowhere/")
    assert answer.status == 404
    assert b"There is no such page" in answer.body
    assert SCRIPT.search(answer.body)


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/assets/nutgraf.*.css", "text/css; charset=utf-8"),
        ("/assets/nutgraf.*.js", "text/javascript; charset=utf-8"),
        ("/search/search_index.json", "application/json"),
        ("/sitemap.xml", "application/xml"),
        ("/assets/images/favicon.png", "image/png"),
        ("/.nutgraf/preview.js", "text/javascript; charset=utf-8"),
    ],
)
def test_answers_have_their_headers(shown: Preview, target: str, kind: str) -> None:
    if "*" in target:  # The name has a hash.
        before, after = target.split("*")
        target = re.findall(rf'"({before}\w+{after})"', shown.ask("/nowhere/").body.decode())[0]
    answer = shown.ask(target)
    assert answer.status == 200
    assert answer.headers["content-type"] == kind
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    head = shown.ask(target, "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(answer.body))
    again = shown.ask(target, If_None_Match=answer.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == answer.headers["etag"]
    assert shown.ask(target, If_None_Match='"another"').status == 200


def test_the_site_map_is_whole(shown: Preview) -> None:
    assert gzip.decompress(shown.ask("/sitemap.xml.gz").body) == shown.ask("/sitemap.xml").body
    assert json.loads(shown.ask("/search/search_index.json").body)["docs"]


def test_the_stream_has_a_head(shown: Preview) -> None:
    answer = shown.ask("/.nutgraf/events", "HEAD")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/event-stream; charset=utf-8")
    assert answer.headers["cache-control"] == "no-store"


# Small parts


@pytest.mark.parametrize(
    ("target", "path"),
    [
        (b"/", ""),
        (b"/a/", "a/"),
        (b"/a/b%20c", "a/b c"),
        (b"/a//b", None),
        (b"a", None),
        (b"", None),
        (b"/a/%2e", None),
    ],
)
def test_paths(target: bytes, path: str | None) -> None:
    assert site_path(target) == path


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("8001", Address("127.0.0.1", 8001)),
        (":8001", Address("127.0.0.1", 8001)),
        ("localhost:80", Address("localhost", 80)),
        ("[::1]:8000", Address("::1", 8000)),
    ],
)
def test_addresses(text: str, address: Address) -> None:
    assert Address.read(text) == address


@pytest.mark.parametrize(
    "text", ["nowhere", "", "localhost", "a:b", "::1:8000", "localhost:99999", "http://localhost:1/"]
)
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(AddressError):
        Address.read(text)


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])  # noqa: S104 - that is the point
def test_others_are_only_let_in_on_request(host: str) -> None:
    with pytest.raises(AddressError, match="other machines"):
        listen(Address(host, 0))


@pytest.mark.parametrize("name", EDITORS)
def test_editors(name: str) -> None:
    link = Editor.read(name).link(Path("/a b/ü?#.yml"), 3, 4)
    if name == "none":
        assert link is None
    else:
        assert link is not None
        assert "/a%20b/%C3%BC%3F%23.yml" in link
        assert "3" in link


@pytest.mark.parametrize(
    "text", ["nano", "javascript:alert('{path}')", "x://{nothing}{path}", "vscode://file/", "{path}"]
)
def test_what_opens_no_editor(text: str) -> None:
    with pytest.raises(EditorError):
        Editor.read(text)


@pytest.mark.parametrize(
    "target", ["/", PAGE, "/no/such/page/", "/.nutgraf/preview.js", "/search/search_index.json", "/stories/town-clock"]
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_no_answer_may_be_shown_in_a_frame(shown: Preview, target: str, method: str) -> None:
    headers = shown.ask(target, method, Sec_Fetch_Site="cross-site", Sec_Fetch_Dest="iframe").headers
    assert headers["x-frame-options"] == "DENY"
    assert headers["content-security-policy"] == "frame-ancestors 'none'"


def test_nor_may_what_is_refused_or_the_stream(shown: Preview) -> None:
    for answer in (
        shown.ask("/", "POST"),
        shown.ask("/", Host="elsewhere.example"),
        shown.ask(PAGE, If_None_Match="*"),
    ):
        assert answer.headers["x-frame-options"] == "DENY"
    assert shown.ask("/.nutgraf/events", "HEAD").headers["x-frame-options"] == "DENY"
