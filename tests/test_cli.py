"""The command line: what it says, what it leaves behind, and how it ends."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nutgraf import __version__, cli, publish
from nutgraf.build.page_writer import PageWriter
from nutgraf.theme import mkdocs_adapter

STORY = "content/stories/town-clock.yml"


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the site of `nutgraf init`, build it, and return its folder, for others to copy."""
    folder = tmp_path_factory.mktemp("starter") / "own"
    assert cli.main(["init", str(folder)]) == 0
    assert cli.main(["build", "-f", str(folder / "mkdocs.yml")]) == 0
    return folder


@pytest.fixture
def published(starter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy that site, go to its folder, and return the folder of what was published."""
    shutil.copytree(starter, tmp_path / "own")
    monkeypatch.chdir(tmp_path / "own")
    return tmp_path / "own" / "site"


@pytest.fixture
def site(published: Path) -> Path:
    """Return the folder of a site that was never built; it is the working folder."""
    shutil.rmtree(published)
    return published.parent


def replace(file: Path, old: str, new: str) -> None:
    """Replace `old` in `file`, where it must stand."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def fingerprint(folder: Path) -> dict[str, str]:
    """Return the paths below `folder` with a hash of what each file holds."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def told(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    """Return what was printed to standard output and to standard error."""
    captured = capsys.readouterr()
    return captured.out, captured.err


# In general


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert told(capsys)[0] == f"nutgraf {__version__}\n"


@pytest.mark.parametrize("command", ["init", "check", "show", "serve", "build"])
def test_help_teaches_by_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([command, "--help"]) == 0
    help_text = told(capsys)[0]
    assert f"nutgraf {command}" in help_text.partition("Example")[2]
    assert cli.main(["--help"]) == 0
    assert f"nutgraf {command}" in told(capsys)[0]


def test_unknown_command_is_misuse(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["publish"]) == 2
    assert "publish" in told(capsys)[1]


# init


def test_init_makes_a_site_without_mistakes(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check"]) == 0
    assert told(capsys)[0].startswith("No mistakes in 1 story, 5 statements")
    assert {path.name for path in site.iterdir()} - {".nutgraf"} == {".gitignore", "README.md", "content", "mkdocs.yml"}


def test_init_says_what_comes_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["init", str(tmp_path / "a site")]) == 0
    out = told(capsys)[0]
    assert f"cd '{tmp_path / 'a site'}'" in out
    assert "nutgraf serve" in out


def test_init_refuses_a_folder_with_something_in_it(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(site / STORY, "Exampleton", "Elsewhere")
    before = fingerprint(site)
    assert cli.main(["init", "."]) == 2
    assert "not empty" in told(capsys)[1]
    assert fingerprint(site) == before


def test_init_takes_a_new_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert cli.main(["init", str(tmp_path)]) == 0


# check


def test_check_shows_place_line_and_help(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(site / STORY, "source: council-minutes", "source: council-minute")
    assert cli.main(["check"]) == 1
    out = told(capsys)[0]
    assert "content/stories/town-clock.yml:39:17" in out
    assert "^^^^" in out
    assert "council-minutes" in out.partition("help")[2]
    # The source that was meant is not called unused on top of it.
    assert out.endswith("1 error in 1 file\n")


def test_check_for_programs(site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    replace(site / STORY, "title: The town", "titel: The town")
    monkeypatch.chdir(site.parent)
    assert cli.main(["check", "--format", "json", "-f", "own/mkdocs.yml"]) == 1
    out, err = told(capsys)
    assert {one["path"] for one in json.loads(out)["diagnostics"]} == {STORY}
    assert not err


# Misuse


def test_folder_without_a_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["build"]) == 2
    assert "nutgraf init" in told(capsys)[1]


def test_folder_inside_a_site(site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(site / "content")
    assert cli.main(["check"]) == 2
    assert "-f ../mkdocs.yml" in told(capsys)[1]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("format: 1", "format: 2", "reads content of format 1, not 2"),
        ("      format: 1", "      locale: en", "write `format: 1`"),
        ("format: 1", "format: 1\n      locale: tlh", "no wording for the locale `tlh`"),
        ("  - nutgraf:\n      format: 1\n", "", "does not name the plugin `nutgraf`"),
        ("  name: material", "  name: readthedocs", "the theme `readthedocs`"),
        ("docs_dir: content", "docs_dir: contents", "contents"),
        ("docs_dir: content", "docs_dir: content\nuse_directory_urls: false", "use_directory_urls"),
        ("docs_dir: content", "docs_dir: [content", "mkdocs.yml"),
    ],
)
def test_configuration_that_cannot_be(
    site: Path, old: str, new: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(site / "mkdocs.yml", old, new)
    assert cli.main(["check"]) == 2
    assert message in told(capsys)[1]


def test_address_that_is_none(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert site.is_dir()
    assert cli.main(["serve", "-a", "nowhere"]) == 2
    assert "`nowhere` is no address" in told(capsys)[1]


# show


def test_show_gives_the_sentence_and_where_it_is_from(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert site.is_dir()
    assert cli.main(["show", "town-clock/worn"]) == 0
    out = told(capsys)[0]
    assert "Ada Sample says in an interview that the escapement of the town clock is worn" in out
    for fact in ("claimed", "Exampleton Gazette", "content/stories/town-clock.yml:25", "/stories/town-clock/#worn"):
        assert fact in out


def test_show_finds_the_only_statement_of_a_name(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert site.is_dir()
    assert cli.main(["show", "worn"]) == 0
    assert "#worn" in told(capsys)[0]


def test_show_asks_which_of_several(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(site / STORY, site / "content/stories/other.yml")
    assert cli.main(["show", "worn"]) == 2
    assert "other/worn" in told(capsys)[1]


def test_show_knows_what_was_meant(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert site.is_dir()
    assert cli.main(["show", "town-clock/worm"]) == 2
    assert "`town-clock/worn`" in told(capsys)[1]


# build


def test_build_writes_the_site_and_sums_up(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["build"]) == 0
    out, err = told(capsys)
    assert out.startswith("Built site in ")
    assert "5: 1 established, 1 reported, 2 claimed, 1 speculated" in out
    assert f"pages       {len(list((site / 'site').rglob('index.html')))}\n" in out
    assert not err
    assert (site / "site" / "index.html").stat().st_mode & 0o044, "nobody else may read it"
    assert {path.name for path in site.iterdir() if path.name.startswith(".")} == {".gitignore", ".nutgraf"}
    assert (site / ".nutgraf/cache/.gitignore").read_text(encoding="utf-8") == "*\n"


def test_two_builds_are_identical(published: Path) -> None:
    before = fingerprint(published)
    assert cli.main(["build", "-d", "again"]) == 0
    assert fingerprint(published.with_name("again")) == before


def test_build_keeps_what_begins_with_a_dot(published: Path) -> None:
    (published / ".git").mkdir()
    (published / ".git" / "HEAD").write_text("ref: refs/heads/pages\n", encoding="utf-8")
    assert cli.main(["build", "--no-cache"]) == 0
    assert (published / ".git" / "HEAD").is_file()
    assert cli.main(["build", "--no-cache", "--clean"]) == 0
    assert (published / ".git" / "HEAD").is_file()


def unchanged(published: Path, before: dict[str, str]) -> bool:
    """Tell whether what was published is as it was, with nothing left beside it."""
    beside = [path for path in published.parent.iterdir() if path.name.startswith(".site")]
    return fingerprint(published) == before and not beside


def test_content_with_errors_leaves_the_old_site(published: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = fingerprint(published)
    replace(published.parent / STORY, "text: pigeons", "txet: pigeons")
    assert cli.main(["build"]) == 1
    assert "town-clock.yml:30:9" in told(capsys)[1]
    assert unchanged(published, before)


@pytest.mark.parametrize("template", ["pages/story.html", "theme/partials/footer.html", "theme/404.html"])
@pytest.mark.parametrize("mistake", ["{% if %}", "{{ nothing.at.all }}", "{{ 1 / 0 }}", "{% include 'gone.html' %}"])
def test_broken_template_leaves_the_old_site(
    published: Path, template: str, mistake: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = fingerprint(published)
    file = published.parent / "templates" / template
    file.parent.mkdir(parents=True)
    file.write_text(f"<p>\n{mistake}\n", encoding="utf-8")
    assert cli.main(["build"]) == 1
    err = told(capsys)[1]
    assert f"templates/{template}:2: " in err
    assert "Traceback" not in err
    assert unchanged(published, before)


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit(cli.TERMINATED), OSError(28, "No space left")])
def test_stopped_build_leaves_the_old_site(
    published: Path, error: BaseException, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = fingerprint(published)

    def stop(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(PageWriter, "write_all", stop)
    if isinstance(error, SystemExit):
        with pytest.raises(SystemExit):
            cli.main(["build"])
    else:
        assert cli.main(["build"]) == (2 if isinstance(error, OSError) else cli.INTERRUPTED)
    assert "Traceback" not in told(capsys)[1]
    assert unchanged(published, before)


def test_failed_swap_puts_the_old_site_back(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint(published)
    rename = Path.rename

    def fail(self: Path, target: Path) -> Path:
        if ".new-" in self.name:
            raise OSError(5, "Input/output error", str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail)
    assert cli.main(["build"]) == 2
    assert unchanged(published, before)


def test_bug_is_a_traceback(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint(published)
    monkeypatch.setattr(mkdocs_adapter, "fill", None)
    with pytest.raises(TypeError):
        cli.main(["build"])
    assert unchanged(published, before)


@pytest.mark.parametrize(
    ("old", "new", "where", "words"),
    [
        ("docs_dir:", "docs_dri: x\ndocs_dir:", "mkdocs.yml:8:1", ("MkDocs has no option `docs_dri`", "`docs_dir`?")),
        ("format: 1", "format: 1\n      formt: 2", "mkdocs.yml:14:7", ("plugin `nutgraf` has no option", "`format`?")),
        ("docs_dir: content", "docs_dir: content\ndocs_dir: content", "mkdocs.yml:8:1", ("written twice",)),
        ("about.md", "abuot.md", "mkdocs.yml:23:12", ("'abuot.md'",)),
    ],
)
def test_what_mkdocs_warns_of_has_a_place_and_counts(  # noqa: PLR0913, PLR0917 - it is a table
    site: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, where: str, words: tuple[str, ...]
) -> None:
    replace(site / "mkdocs.yml", old, new)
    for _ in range(2):  # made, and as before
        assert cli.main(["build"]) == 0
        out, error = told(capsys)
        assert where in error
        assert all(word in error for word in words)
        assert "warnings    1" in out
    assert cli.main(["build", "--strict"]) != 0
    assert where in told(capsys)[1]
    if "about" not in old:
        assert cli.main(["check"]) == 0
        assert where in told(capsys)[1]


@pytest.mark.parametrize(
    ("old", "new", "where", "words"),
    [
        ("docs_dir: content", "docs_dir: 5", "mkdocs.yml:8:1", "`docs_dir`: Expected type: text"),
        ("docs_dir: content", "docs_dir: gone", "mkdocs.yml:8:1", "`docs_dir`: The path"),
        ("format: 1", "format: 1\n      links: frist", "mkdocs.yml:14:14", "'first', 'all', 'none'"),
        ("name: material", "name: materiel", "mkdocs.yml:26:9", "materiel"),
        ("docs_dir: content", "docs_dir: [content\nx: 1", "mkdocs.yml:8:11", "`[` is not closed"),
        ("docs_dir: content", "docs_dir: content\nx: a: b", "mkdocs.yml:9:5", "holds a colon"),
        ("docs_dir: content", "docs_dir: content\n\tx: 1", "mkdocs.yml:9:1", "tab"),
    ],
)
def test_a_configuration_that_cannot_be_used_says_where(  # noqa: PLR0913, PLR0917 - it is a table
    published: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, where: str, words: str
) -> None:
    before = fingerprint(published)
    replace(published.parent / "mkdocs.yml", old, new)
    for command in ("build", "check"):
        assert cli.main([command]) == 2
        error = told(capsys)[1]
        assert where in error
        assert words in error
        assert "mkdocs.yml cannot be used" in error
        assert "yaml." not in error
    assert unchanged(published, before)


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("hook.py", "raise ValueError(3)", "hook.py:1: ValueError: 3"),
        (
            "hook.py",
            "def on_page_markdown(text, **_):\n    return 1 / 0",
            "hook.py:2: ZeroDivisionError: ",
        ),
        ("hook.py", "def on_config(config):\n    open('gone')", "No such file or directory: gone"),
        (
            "hook.py",
            "from mkdocs.exceptions import PluginError as E\n\ndef on_page_markdown(text, **_):\n    raise E('no')",
            "Error reading page 'about.md'",
        ),
        ("templates/pages/story.html", "{% include 'pages/story.html' %}", "story.html:1: it includes itself"),
    ],
)
def test_code_of_others_that_fails_is_named(
    published: Path, capsys: pytest.CaptureFixture[str], file: str, text: str, words: str
) -> None:
    before = fingerprint(published)
    site = published.parent
    (site / file).parent.mkdir(parents=True, exist_ok=True)
    (site / file).write_text(text, encoding="utf-8")
    if file == "hook.py":
        replace(site / "mkdocs.yml", "docs_dir: content", "docs_dir: content\nhooks: [hook.py]")
    assert cli.main(["build"]) != 0
    error = told(capsys)[1]
    assert words in error
    assert "Traceback" not in error
    assert unchanged(published, before)


@pytest.mark.parametrize("file", ["content/about.md", "templates/pages/story.html", "templates/theme/main.html"])
def test_a_file_that_is_no_text_is_named(published: Path, capsys: pytest.CaptureFixture[str], file: str) -> None:
    before = fingerprint(published)
    path = published.parent / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes("café\n".encode("latin-1"))
    assert cli.main(["build"]) == 1
    error = told(capsys)[1]
    assert f"{file}:1:4" in error
    assert "not-utf8" in error
    assert "Traceback" not in error
    assert unchanged(published, before)


def test_init_here_says_nothing_of_another_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["init", "."]) == 0
    out = told(capsys)[0]
    assert out.startswith("A small site is in this folder. Now:")
    assert "cd " not in out


@pytest.mark.usefixtures("site")
def test_show_tells_a_story_from_a_statement(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["show", "town-clock"]) == 2
    assert "`town-clock` is a story, not a statement" in told(capsys)[1]


def test_a_site_without_anything_is_not_published(published: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = fingerprint(published)
    for folder in ("stories", "entities", "sources", "glossary"):
        shutil.rmtree(published.parent / "content" / folder)
    (published.parent / "hook.py").touch()
    for _ in range(2):
        assert cli.main(["build"]) == 1
        assert "content has no story and no other record" in told(capsys)[1]
        assert unchanged(published, before)
        # The long way, too.
        replace(published.parent / "mkdocs.yml", "docs_dir: content", "hooks: [hook.py]\ndocs_dir: content")


def test_strict_build_stops_at_a_link_that_leads_nowhere(published: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = fingerprint(published)
    replace(published.parent / "content/about.md", "#clock-slow", "#clock-fast")
    assert cli.main(["build", "--strict"]) == 1
    assert "#clock-fast" in told(capsys)[1]
    assert unchanged(published, before)
    assert cli.main(["build"]) == 0
    assert "#clock-fast" in told(capsys)[1]


@pytest.mark.parametrize("target", [".", "..", "content", "content/site", "content/../content", "README.md", "notes"])
def test_build_replaces_nothing_but_a_site(site: Path, target: str, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "notes").mkdir()
    (site / "notes" / "interview.txt").write_text("off the record", encoding="utf-8")
    before = fingerprint(site.parent)
    assert cli.main(["build", "-d", target]) == 2
    assert f"{target} is not replaced" in told(capsys)[1]
    assert fingerprint(site.parent) == before


def test_what_others_put_into_a_site_stays(published: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (published / "CNAME").write_text("news.example.org", encoding="utf-8")
    (published / "[red]\033.txt").touch()
    (published / "stories" / "own.html").write_text("own", encoding="utf-8")
    (published / "stories" / ".DS_Store").touch()
    (published / "index.html.gz").touch()
    (published / "other.html.gz").touch()
    capsys.readouterr()
    for options, change in (([], ""), ([], ""), (["--no-cache"], ""), ([], "bats")):
        if change:
            replace(published.parent / STORY, "text: pigeons", f"text: {change}")
        assert cli.main(["build", *options]) == 0
        error = told(capsys)[1]
        assert "CNAME, [red]" in error
        assert "other.html.gz and 1 more in site: made by no build, and kept; `--clean`" in error
        assert "\033" not in error
        assert (published / "CNAME").read_text(encoding="utf-8") == "news.example.org"
        assert (published / "stories" / "own.html").read_text(encoding="utf-8") == "own"
    assert not (published / "index.html.gz").exists(), "it is packed from a page that may be an old one"
    assert cli.main(["build", "--clean"]) == 0
    assert "--clean" not in told(capsys)[1]
    assert not (published / "CNAME").exists()
    assert not (published / "stories" / "own.html").exists()
    assert cli.main(["build"]) == 0
    assert told(capsys)[0].startswith("Nothing has changed")


def test_what_others_put_there_gives_way_to_a_page(published: Path) -> None:
    (published / "glossary" / "zyx").mkdir()
    (published / "glossary" / "zyx" / "index.html").write_text("by hand", encoding="utf-8")
    word = published.parent / "content/glossary/zyx.yml"
    word.write_text("label: clock\nshort: A word.\n", encoding="utf-8")
    assert cli.main(["build"]) == 0
    assert "A word." in (published / "glossary/zyx/index.html").read_text(encoding="utf-8")
    word.unlink()
    assert cli.main(["build"]) == 0
    assert not (published / "glossary" / "zyx").exists()


def test_a_site_of_which_nobody_knows_the_files_is_replaced(published: Path) -> None:
    (published / publish.MARKER).write_text("This folder was made by Nutgraf.\n", encoding="ascii")
    (published / "other.html").write_text("other", encoding="utf-8")
    assert cli.main(["build"]) == 0
    assert not (published / "other.html").exists()


def test_home_is_never_a_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert publish.refusal(tmp_path, around=(), kept=()) is not None
    assert publish.refusal(tmp_path / "site", around=(), kept=()) is None


def test_empty_folder_is_taken(site: Path) -> None:
    (site / "public").mkdir()
    assert cli.main(["build", "-d", "public"]) == 0
    assert (site / "public" / "index.html").is_file()


def test_link_to_a_folder_stays_a_link(site: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (site / "site").symlink_to(tmp_path / "elsewhere")
    assert cli.main(["build"]) == 0
    assert (site / "site").is_symlink()
    assert (tmp_path / "elsewhere" / "index.html").is_file()


def test_explain_teaches_a_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", "typed-hedge"]) == 0
    text = told(capsys)[0]
    assert text.startswith("# typed-hedge (error)")
    assert "## Wrong" in text
    assert cli.main(["explain"]) == 0
    rules = {line.split()[0]: line for line in told(capsys)[0].splitlines()}
    assert re.fullmatch(r"typed-hedge +error +\S.*\.", rules["typed-hedge"])


def test_explain_of_no_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", "typed-hedg"]) == 2
    assert "Did you mean `typed-hedge`?" in told(capsys)[1]


def test_report_counts_and_does_not_grade(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["report", "-f", str(site / "mkdocs.yml")]) == 0
    text = told(capsys)[0]
    assert "two or more origins" in text
    assert " of 5" in text
    assert cli.main(["report", "-f", str(site / "mkdocs.yml"), "--format", "json"]) == 0
    (story,) = json.loads(told(capsys)[0])["stories"]
    assert story["attributed"]["whole"] == 5


def test_glossary_suggest_names_words_with_a_place(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    story = site / "content/stories/town-clock.yml"
    story.write_text(
        story.read_text("utf-8").replace("pigeons nest in the works", "pigeons nest in the QZX works", 1), "utf-8"
    )
    assert cli.main(["glossary", "suggest", "-f", str(site / "mkdocs.yml")]) == 0
    text = told(capsys)[0]
    assert "QZX" in text
    assert "abbreviation" in text


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no file that is always full")
@pytest.mark.parametrize("command", ["explain", "--version", "check"])
def test_output_that_cannot_be_written_is_told(site: Path, command: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "nutgraf", command],
            cwd=site,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == "error: the output cannot be written: No space left on device\n"


def test_a_misspelt_command_is_suggested(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["chek"]) == 2
    assert "No such command 'chek'. Did you mean `check`?" in told(capsys)[1]
    assert cli.main(["xyzzy"]) == 2
    assert "Did you mean" not in told(capsys)[1]


def test_the_version_waits_for_nothing() -> None:
    program = (
        "import sys; from nutgraf.cli import main; main(['--version'])\n"
        "print(*sorted({'pydantic', 'mkdocs', 'jinja2', 'yaml', 'rich', 'PIL'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == f"nutgraf {__version__}\n\n"
