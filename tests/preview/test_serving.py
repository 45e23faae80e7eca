"""The preview as a process: what it survives, what it says, and how it ends."""

from __future__ import annotations

import os
import pty
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING, Any

import pytest

from nutgraf import cli
from nutgraf.template_dirs import bundled_templates
from tests.making import ROOT
from tests.preview.serving import LONG, NUTGRAF, PAGE, STORY, Preview, headlines, is_broken, is_well

if TYPE_CHECKING:
    from pathlib import Path

    from tests.preview.conftest import Start

PIGEONS = "pigeons nest in the works"
OWLS = "owls nest in the works"


def shows(preview: Preview, text: str, path: str = PAGE) -> None:
    """Wait until a page is without errors and has `text`."""
    preview.wait(lambda event: is_well(event) and text in preview.page(path))


# What it survives


def test_a_half_written_file(preview: Preview) -> None:
    story = preview.read(STORY)
    with preview.events() as events:
        events.wait(is_well)
        preview.write(STORY, story[: len(story) // 2] + "\n  : [")
        events.wait(is_broken)
        assert PIGEONS in preview.page()
        assert preview.ask("/glossary/").status == 200
        preview.write(STORY, story.replace(PIGEONS, OWLS))
        events.wait(is_well)
    shows(preview, OWLS)


def test_a_file_that_is_written_beside_and_renamed(preview: Preview) -> None:
    text = preview.read(STORY).replace(PIGEONS, OWLS)
    preview.write(f"{STORY}.tmp", text)
    (preview.site / f"{STORY}.tmp").replace(preview.site / STORY)
    shows(preview, OWLS)


def test_what_editors_leave_behind(preview: Preview) -> None:
    folder = preview.site / "content" / "stories"
    for name in (".town-clock.yml.swp", "town-clock.yml~", "#town-clock.yml#", ".#town-clock.yml", "4913"):
        (folder / name).write_text("title: [", encoding="utf-8")
    preview.replace(STORY, PIGEONS, OWLS)
    shows(preview, OWLS)
    assert not any("error" in line for line in preview.told)


def test_a_record_that_is_renamed_and_deleted(preview: Preview) -> None:
    file = preview.site / STORY
    file.rename(file.with_name("clock.yml"))
    shows(preview, PIGEONS, "/stories/clock/")
    assert preview.ask(PAGE).status == 404
    file.with_name("clock.yml").unlink()
    (preview.site / "content/entities/ada-sample.yml").unlink()  # to whom nothing would lead
    preview.wait(lambda event: is_well(event) and preview.ask("/stories/clock/").status == 404)


def test_a_thousand_files_at_once(preview: Preview) -> None:
    folder = preview.site / "content" / "glossary"
    for number in range(1000):
        (folder / f"word-{number}.yml").write_text(f"label: word{number}\nshort: A word.\n", encoding="utf-8")
    preview.wait(lambda _: preview.ask("/glossary/word-999/").status == 200)
    for number in range(1000):
        (folder / f"word-{number}.yml").unlink()
    preview.wait(lambda _: preview.ask("/glossary/word-999/").status == 404)
    preview.replace(STORY, PIGEONS, OWLS)
    shows(preview, OWLS)


def test_another_branch(site: Path, start: Start) -> None:
    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=Ada Sample", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main")
        subprocess.run(["git", *identity, *arguments], cwd=site, check=True, capture_output=True)  # noqa: S607

    git("init")
    git("add", ".")
    git("commit", "-m", "pigeons")
    git("checkout", "-b", "owls")
    (site / STORY).write_text((site / STORY).read_text(encoding="utf-8").replace(PIGEONS, OWLS), encoding="utf-8")
    (site / STORY).rename(site / "content/stories/owls.yml")
    git("add", ".")
    git("commit", "-m", "owls")
    preview = start()
    shows(preview, OWLS, "/stories/owls/")
    git("checkout", "main")
    shows(preview, PIGEONS)
    git("checkout", "owls")
    shows(preview, OWLS, "/stories/owls/")


def test_a_folder_swapped_for_a_link(preview: Preview) -> None:
    content = preview.site / "content"
    for folder in (content / "stories", content):
        elsewhere = folder.with_name(f"{folder.name}-there") if folder == content else preview.site / "content" / "kept"
        folder.rename(elsewhere)
        folder.symlink_to(elsewhere.name if folder == content else "kept", target_is_directory=True)
        preview.wait(lambda event: is_well(event) and PIGEONS in preview.page())
    preview.replace(STORY, PIGEONS, OWLS)
    shows(preview, OWLS)


def test_a_content_folder_that_goes_and_comes_back(preview: Preview) -> None:
    preview.wait(is_well)
    content = preview.site / "content"
    shutil.move(content, preview.site.parent / "away")
    preview.wait(is_broken)
    assert PIGEONS in preview.page()
    shutil.move(preview.site.parent / "away", content)
    preview.wait(is_well)
    preview.replace(STORY, PIGEONS, OWLS)
    shows(preview, OWLS)


def test_a_configuration_that_goes_and_comes_back(preview: Preview) -> None:
    preview.wait(is_well)
    config = preview.site / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.unlink()
    assert "There is no file" in headlines(preview.wait(is_broken))[0]
    assert PIGEONS in preview.page()
    config.write_text(text.replace("My explainers", "Other explainers"), encoding="utf-8")
    shows(preview, "Other explainers")


def test_another_content_folder(preview: Preview) -> None:
    shows(preview, PIGEONS)
    shutil.copytree(preview.site / "content", preview.site / "facts")
    preview.replace("mkdocs.yml", "docs_dir: content", "docs_dir: facts")
    preview.replace(STORY.replace("content", "facts"), PIGEONS, OWLS)
    shows(preview, OWLS)
    preview.replace(STORY.replace("content", "facts"), OWLS, "rooks nest in the works")
    shows(preview, "rooks nest in the works")


def test_templates_of_its_own_that_come_later(preview: Preview) -> None:
    shows(preview, PIGEONS)
    preview.write("templates/theme/404.html", "{% extends 'main.html' %}{% block content %}Quite lost{% endblock %}")
    preview.wait(lambda event: is_well(event) and "Quite lost" in preview.page("/nowhere/"))
    shutil.rmtree(preview.site / "templates")
    preview.wait(lambda event: is_well(event) and "Quite lost" not in preview.page("/nowhere/"))


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a disk that is always full is Linux's")  # noqa: PTH110
def test_a_full_disk(site: Path, start: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    # A folder for temporary files in which nothing can be made stands for one without room.
    place = tmp_path / "tmp"
    place.mkdir()
    monkeypatch.setenv("TMPDIR", str(place))
    preview = start()
    shows(preview, PIGEONS)
    assert tempfile.gettempdir() != str(place)
    shutil.rmtree(place)
    place.write_text("", encoding="utf-8")
    preview.replace(STORY, PIGEONS, OWLS)
    preview.wait(lambda event: is_broken(event) or OWLS in preview.page())
    assert preview.ask(PAGE).status == 200
    place.unlink()
    place.mkdir()
    preview.replace(STORY, "as_of: 2024-05-20", "as_of: 2024-05-21")
    shows(preview, OWLS)
    assert site.is_dir()


def test_a_hook_that_fails(preview: Preview) -> None:
    preview.write("hook.py", "def on_page_context(context, **_):\n    raise ValueError('no <b>luck</b>')\n")
    preview.wait(is_well)
    preview.replace("mkdocs.yml", "docs_dir: content", "docs_dir: content\nhooks: [hook.py]")
    event = preview.wait(is_broken)
    assert headlines(event) == ["ValueError: no <b>luck</b>"]
    place = event["problems"]["items"][0]["places"][0]
    assert (place["path"], place["line"]) == ("hook.py", 2)
    preview.wait_until_told(r"hook\.py:2:5")
    preview.replace("mkdocs.yml", "\nhooks: [hook.py]", "")
    preview.wait(is_well)


# What the stream brings


def test_the_text_of_the_page_comes_once_and_where_it_is_another(preview: Preview) -> None:
    with preview.events(f"?page={PAGE}") as events:
        first = events.wait(is_well)["page"]
        assert first["html"] == preview.page()
        assert f'data-page="{first["tag"]}"' in first["html"]
        preview.replace(STORY, PIGEONS, OWLS)
        second = events.wait(lambda event: "html" in event["page"])["page"]
        assert OWLS in second["html"]
        assert second["tag"] != first["tag"]
        preview.replace(STORY, "source: council-minutes", "source: council-minute")
        assert events.wait(is_broken)["page"] == {"tag": second["tag"]}
    with preview.events(f"?page={PAGE}&shown={second['tag']}") as events:
        assert events.wait(is_broken)["page"] == {"tag": second["tag"]}
    with preview.events("?page=/nowhere/") as events:
        assert events.wait(is_broken)["page"]["html"] == preview.page("/nowhere/")
    for nothing in ("", "?page=", "?page=//example.org/", "?page=/search/search_index.json", "?page=/../x"):
        with preview.events(nothing) as events:
            assert "page" not in events.wait(is_broken), nothing


def test_the_tags_of_style_sheets_and_scripts_are_those_they_are_served_with(preview: Preview) -> None:
    assets = preview.wait(is_well)["assets"]
    assert {path.rpartition(".")[2] for path in assets} == {"css", "js"}
    assert all(preview.ask(f"/{path}").headers["etag"] == f'"{tag}"' for path, tag in assets.items())


# What it says


def test_a_mistake_is_told_once_and_when_it_is_mended(preview: Preview) -> None:
    story = preview.read(STORY)
    with preview.events() as events:
        events.wait(is_well)
        broken = story.replace("source: council-minutes", "source: council-minute")
        preview.write(STORY, broken)
        line = events.wait(is_broken)["problems"]["items"][0]["places"][0]["line"]
        # Saved again, two lines further down: the same mistake.
        preview.write(STORY, "# one\n# two\n" + broken)
        events.wait(lambda event: is_broken(event) and event["problems"]["items"][0]["places"][0]["line"] == line + 2)
        preview.write(STORY, broken.replace("by: unnamed", "by: unnamet"))
        events.wait(lambda event: len(event["problems"]["items"]) > 1)
        preview.write(STORY, story)
        events.wait(is_well)
    preview.wait_until_told("Mended")
    told = "\n".join(preview.told)
    assert len(re.findall(r"error\[unknown-source\]", told)) == 1
    assert told.count("unnamet`") <= 2
    assert told.count("What you see stays as it was before.") == 1


def test_a_template_that_fails_is_told_though_nobody_looks(preview: Preview) -> None:
    preview.wait(is_well)
    name = "templates/pages/term.html"
    words = (ROOT / name).read_text(encoding="utf-8")
    preview.write(name, words + "{{ nothing.at_all }}")
    preview.wait_until_told(r"error\[failing-template\]")
    preview.wait_until_told(rf"{name}:\d+")
    preview.write(name, words)
    preview.wait_until_told("Mended")
    preview.write(name, words + " ")
    preview.wait_until_told(f"{name}: shown")
    preview.write(name, words + "{% if %}")
    preview.wait_until_told(r"error\[failing-template\]", 2)
    assert "1 mended; 1 error in 1 file left." not in preview.told, "it is one mistake, told once"


def test_what_cannot_be_shown_says_why(preview: Preview) -> None:
    preview.wait(is_well)
    name = "templates/pages/term.html"
    preview.write(name, (ROOT / name).read_text(encoding="utf-8") + "{{ 1 / 0 }}")
    preview.wait_until_told(r"error\[failing-template\]")
    (term, *_) = sorted((preview.site / "content/glossary").glob("*.yml"))
    answer = preview.ask(f"/glossary/{term.stem}/")
    assert answer.status == 503
    assert re.search(rf"<li>{name}:\d+:\d+: Template fails: division by zero</li>", answer.body.decode())
    assert preview.ask(PAGE).status == 200


def test_what_was_saved_is_told_in_a_line(preview: Preview) -> None:
    preview.wait(is_well)
    preview.replace(STORY, PIGEONS, OWLS)
    assert preview.wait_until_told("shown$") == f"{STORY}: shown"
    folder = preview.site / "content" / "glossary"
    for number in range(300):
        (folder / f"word-{number}.yml").write_text(f"label: word{number}\nshort: A word.\n", encoding="utf-8")
    preview.wait(lambda _: preview.ask("/glossary/word-299/").status == 200)
    assert re.fullmatch(
        r"content/glossary/word-\d+\.yml( and \d+ more)?: shown", preview.wait_until_told("word.*shown$")
    )
    assert sum("shown" in line for line in preview.told) < 50


def test_what_is_gone_is_not_told_as_shown(preview: Preview) -> None:
    preview.wait(is_well)
    odd, story = preview.site / "content/stories/aaa~tmp", preview.site / STORY
    odd.write_text(preview.read(STORY).replace(PIGEONS, OWLS), encoding="utf-8")
    odd.replace(story)  # as `sed -i` and many an editor do
    assert preview.wait_until_told("shown$") == f"{STORY}: shown"
    word = preview.site / "content/glossary/zyx.yml"
    word.write_text("label: zyx\nshort: A word.\n", encoding="utf-8")
    preview.wait(lambda _: preview.ask("/glossary/zyx/").status == 200)
    word.unlink()
    assert preview.wait_until_told("removed$") == "content/glossary/zyx.yml: removed"


def test_control_characters_do_not_reach_the_terminal(preview: Preview) -> None:
    preview.replace(STORY, "source: council-minutes", 'source: "\\e[31mred\\u202e"')
    preview.wait(is_broken)
    preview.wait_until_told("1 error|[2-9] errors")
    assert not [line for line in preview.told if "\x1b" in line or "\u202e" in line]


def test_the_next_free_port(start: Start) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        preview = start(address=f"127.0.0.1:{port}")
        assert preview.port > port
        preview.wait_until_told(f"Port {port} is taken: {preview.port} is the next that is free")
        shows(preview, PIGEONS)


def test_a_browser_is_opened(start: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}.part && mv {opened}.part {opened}\n', encoding="utf-8")
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{browser} %s")
    preview = start("--open")
    preview.wait(lambda _: True)
    with preview.events() as events:
        while not opened.exists():
            events.wait(lambda _: True)
    assert opened.read_text(encoding="utf-8") == f"{preview.url}/\n"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["-a", "nowhere"], "no address"),
        (["-a", "0.0.0.0:0"], "--expose"),
        (["-a", "192.0.2.1:0", "--expose"], "not possible to serve"),
        (["--editor", "nano"], "no editor"),
        (["-f", "nothing.yml"], "no file"),
    ],
)
def test_what_cannot_be_served(
    options: list[str], said: str, site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(site)
    assert cli.main(["serve", *options]) == 2
    assert said in capsys.readouterr().err


def test_others_are_let_in_on_request_and_with_a_warning(start: Start) -> None:
    preview = start("--expose", "--allow-host", "preview.example.org", address="0.0.0.0:0")
    preview.wait_until_told("Other machines can reach this preview")
    assert preview.ask(PAGE, Host=f"192.168.0.7:{preview.port}").status == 200
    assert preview.ask(PAGE, Host="preview.example.org").status == 200
    assert preview.ask(PAGE, Host="evil.example").status == 403
    assert preview.ask(PAGE, Origin="http://evil.example").status == 403


def test_drafts_are_shown_and_never_built(preview: Preview, capsys: pytest.CaptureFixture[str]) -> None:
    preview.replace(STORY, "as_of:", "status: draft\nas_of:")
    preview.wait(lambda event: event["drafts"].get("stories/town-clock/") == "Draft – not published")
    preview.wait(lambda event: event["drafts"].get("entities/ada-sample/") == "Draft – not published")
    shows(preview, PIGEONS)
    target = preview.site / "site"
    preview.replace("content/about.md", preview.read("content/about.md"), "# About\n")
    assert cli.main(["build", "-f", str(preview.site / "mkdocs.yml"), "-d", str(target)]) in {0, 1}
    assert not (target / "stories" / "town-clock").exists(), capsys.readouterr().err


def test_a_story_under_embargo_and_unused_records_have_a_label(preview: Preview) -> None:
    preview.replace(STORY, "as_of:", "publish_after: 2999-05-03T09:00+02:00\nas_of:")
    preview.write("content/entities/new.yml", "name: Vera Lott\n")

    def is_told(event: dict[str, Any]) -> bool:
        told = event["drafts"]
        until = "Embargoed until 09:00 (UTC+2) on 3 May 2999 – not published"
        return (
            told.get("stories/town-clock/") == told.get("entities/ada-sample/") == until
            and told.get("entities/new/") == "Unused – not published"
            and "" not in told
        )

    preview.wait(is_told)
    assert "Vera Lott" in preview.page("/entities/new/")


# How it ends


@pytest.mark.parametrize("when", ["at once", "while pages are open"])
def test_ctrl_c_ends_it_at_once(site: Path, when: str) -> None:
    own, other = pty.openpty()
    command = [NUTGRAF, "serve", "-a", "127.0.0.1:0"]
    process = subprocess.Popen(
        command,
        cwd=site,
        stdin=other,
        stdout=other,
        stderr=other,
        start_new_session=True,
        preexec_fn=_take_terminal,  # noqa: PLW1509 - it calls the system and nothing else
    )
    os.close(other)
    try:
        said = _read_until(own, rb"http://127.0.0.1:(\d+)/")
        streams = []
        if when != "at once":
            port = int(re.findall(rb"127.0.0.1:(\d+)/", said)[0])
            for _ in range(4):
                stream = socket.create_connection(("127.0.0.1", port), timeout=LONG)
                stream.sendall(f"GET /.nutgraf/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
                assert b"200 OK" in stream.recv(4096)
                streams.append(stream)
        os.write(own, b"\x03")
        assert process.wait(LONG) == 130
        said += _read_rest(own)
        for stream in streams:
            stream.close()
    finally:
        process.kill()
        process.wait(LONG)
        os.close(own)
    assert b"Traceback" not in said
    assert b"Exception" not in said


def _take_terminal() -> None:
    import fcntl  # noqa: PLC0415 - in the child alone
    import termios  # noqa: PLC0415

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _read_until(terminal: int, pattern: bytes) -> bytes:
    said = b""
    while not re.search(pattern, said):
        said += os.read(terminal, 4096)
    return said


def _read_rest(terminal: int) -> bytes:
    said = b""
    try:
        while part := os.read(terminal, 4096):
            said += part
    except OSError:  # on Linux, how a terminal ends
        pass
    return said


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_an_order_to_end_is_obeyed(preview: Preview) -> None:
    preview.wait(is_well)
    with preview.events() as events:
        events.wait(is_well)
        assert preview.stop(signal.SIGTERM) == 143
    assert not any("Traceback" in line for line in preview.told)


# What is saved just before somebody asks. Nobody listens to the stream here.


@pytest.mark.parametrize("saves", [1, 3])
def test_nobody_gets_the_page_from_before_a_save(preview: Preview, saves: int) -> None:
    preview.ask(PAGE)
    text = preview.read(STORY)
    for turn in range(8):
        for save in range(saves):
            newest = f"owls{'!' * turn}{'?' * save} nest"
            preview.write(STORY, text.replace("pigeons nest", newest))
        assert newest in preview.page()


@pytest.mark.parametrize("idle", [0.5, 2.5])
def test_nor_after_a_while_without_any_change(preview: Preview, idle: float) -> None:
    preview.ask(PAGE)
    time.sleep(idle)  # before 2 s what was left undone goes on, behind them there is nothing to do
    preview.replace(STORY, PIGEONS, OWLS)
    assert OWLS in preview.page()


def test_nor_another_page_than_the_one_that_was_saved_nor_the_search(preview: Preview) -> None:
    preview.ask(PAGE)
    preview.replace(STORY, PIGEONS, OWLS)
    assert OWLS in preview.page("/search/search_index.json")
    preview.replace("content/entities/exampleton-gazette.yml", "name: Exampleton Gazette", "name: Exampleton Post")
    assert "Exampleton Post" in preview.page("/entities/exampleton-gazette/")
    preview.replace("content/glossary/escapement.yml", "label: escapement", "label: detent")
    assert "detent" in preview.page("/glossary/")
    preview.write("content/about.md", "# About owls\n")
    assert "About owls" in preview.page("/about/")


def test_nor_that_of_a_former_template_or_configuration(preview: Preview) -> None:
    bundled = (bundled_templates() / "pages/story.html").read_text(encoding="utf-8")
    preview.write("templates/pages/story.html", f"{bundled}\n<p>own one</p>\n")
    assert "own one" in preview.page()
    preview.write("templates/pages/story.html", f"{bundled}\n<p>own two</p>\n")
    assert "own two" in preview.page()
    preview.replace("mkdocs.yml", "site_name: ", "site_name: New ")
    assert "New " in re.findall("<title>.*</title>", preview.page())[0]


def test_a_file_that_comes_or_goes_counts_as_saved(preview: Preview) -> None:
    assert preview.ask("/entities/bo-mason/").status == 404
    preview.write("content/entities/bo-mason.yml", "name: Bo Mason\nkind: person\n")
    assert preview.ask("/entities/bo-mason/").status == 200
    (preview.site / "content/entities/bo-mason.yml").unlink()
    assert preview.ask("/entities/bo-mason/").status == 404


def test_a_save_that_breaks_the_file_leaves_the_last_good_page(preview: Preview) -> None:
    preview.replace(STORY, PIGEONS, OWLS)
    assert OWLS in preview.page()
    story = preview.read(STORY)
    preview.write(STORY, story.replace("title:", "tytle:"))
    assert OWLS in preview.page()
    preview.wait(is_broken)
    preview.write(STORY, story.replace(OWLS, "jackdaws nest in the works"))
    assert "jackdaws nest" in preview.page()


def test_what_editors_leave_behind_keeps_nobody_waiting(preview: Preview) -> None:
    preview.ask(PAGE)
    told = len(preview.told)
    preview.write("content/stories/.town-clock.yml.swp", "x")
    preview.write("content/stories/4913", "x")
    preview.ask(PAGE)
    assert preview.told[told:] == []
