"""Material's own files, made light: what no page of the site can ever use is left out.

A rule of its style sheets goes if it asks for a class or a colour that stands nowhere: in no template, in no script, in
no page written by hand. What pages are made from records is known from their templates, so that one page can be shown
without making all others. Material's script is kept as it is, but for when it loads what the search needs. What is
changed gets a new name, made of all that it depends on, so that no browser takes an older copy from its cache.
"""

from __future__ import annotations

import hashlib
import re
from importlib import resources
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

import rcssmin
import rjsmin
from mkdocs.structure.files import File

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

_SHEET: Final = re.compile(r"assets/stylesheets/(?:main|palette)\.\w+\.min\.css")
_SCRIPT: Final = re.compile(r"assets/javascripts/bundle\.\w+\.min\.js")
_WORKER_FILE: Final = re.compile(r"assets/javascripts/workers/search\.\w+\.min\.js")
_LUNR: Final = "assets/javascripts/lunr/"
_SEGMENTERS: Final = {"ja": "tinyseg.js", "hi": "wordcut.js", "th": "wordcut.js"}
"""What the search worker of Material loads for a language, besides its stemmer."""


def drop_unused(files: Files, languages: Sequence[str]) -> None:
    """Take out of MkDocs' list what a site never loads: source maps, and the search in languages that it has not.

    Args:
        files: all files of the site and its theme.
        languages: of the search; empty where there is none.
    """
    needed = {f"{_LUNR}{name}" for name in _lunr(languages)}
    for file in list(files):
        path = file.src_uri
        is_map = path.startswith("assets/") and path.endswith((".js.map", ".css.map"))
        if is_map or (path.startswith(_LUNR) and path not in needed):
            files.remove(file)


def _lunr(languages: Sequence[str]) -> Iterator[str]:
    others = [language for language in languages if language != "en"]
    if others:
        yield "min/lunr.stemmer.support.min.js"
    if len(languages) > 1:
        yield "min/lunr.multi.min.js"
    for language in others:
        yield f"min/lunr.{language}.min.js"
        if language in _SEGMENTERS:
            yield _SEGMENTERS[language]


class CssTrimmer:
    """Material's style sheet and script on their way into a site; good for one build."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._names: dict[str, str] = {}
        self._classes: set[str] = set()
        self._colours: set[str] = set()
        self._sheets: dict[str, str] = {}
        self._elsewhere = ""

    def replace(self, files: Files, config: MkDocsConfig, templates: Iterable[Path], ours: Container[str]) -> None:
        """Put lighter files in the place of Material's, once all pages have their content.

        Args:
            files: of the site.
            config: of the site.
            templates: the folders of templates that pages are made with.
            ours: the paths of the files whose pages are made from records with these templates.

        A site that loads scripts from elsewhere keeps the whole style sheet: nobody knows what they put on its pages.
        """
        sheets = []
        for file in list(files):
            if _SCRIPT.fullmatch(file.src_uri):
                self._rename(files, file, without_map(defer_search(_text(file))), config)
            elif _WORKER_FILE.fullmatch(file.src_uri):
                self._rename(files, file, folding(without_map(_text(file))), config)
            elif _SHEET.fullmatch(file.src_uri):
                sheets.append(file)
        if sheets and not any("//" in str(script) for script in config.extra_javascript):
            made = [path.read_text(encoding="utf-8") for folder in templates for path in _made_with(folder)]
            by_hand = [file for file in files.documentation_pages() if file.src_uri not in ours]
            contents = [file.page.content or "" for file in by_hand if file.page]
            self._take(files, sheets, config, contents, made)

    def _take(
        self, files: Files, sheets: Sequence[File], config: MkDocsConfig, contents: Sequence[str], made: Sequence[str]
    ) -> None:
        scripts = {file.src_uri: _text(file) for file in files if file.src_uri.endswith((".js", ".mjs"))}
        others = [_text(file) for file in files if file.src_uri.endswith(".css") and file not in sheets]
        templates = list(_templates(config))
        self._classes = {name for content in contents for name in classes_in(content)}
        self._classes |= {word for template in made for word in _WORD.findall(template)}
        # The name is to change with all that the file may change with; what is in it is only known after the pages.
        settings = Path(config.config_file_path).read_text(encoding="utf-8")
        known = "\n".join((*sorted(self._classes), *scripts.values(), *templates, settings))
        for sheet in sheets:
            text = without_map(_text(sheet))
            self._rename(files, sheet, text, config, known=f"{text}\n{known}")
            self._sheets[f"assets/stylesheets/{self._names[PurePosixPath(sheet.src_uri).name]}"] = text
        self._classes |= set(_made(scripts, self._classes, _absent(config, [*contents, *made])))
        naming = (one for one in (*contents, *made) if "--md-" in one)
        self._elsewhere = "\n".join((*scripts.values(), *others, *naming))

    def _rename(self, files: Files, file: File, text: str, config: MkDocsConfig, known: str = "") -> None:
        """Put `text` in the place of a file of the theme, under a name made of it, or of what is `known` of it."""
        old = PurePosixPath(file.src_uri)
        stem, _, ending = old.name.partition(".")
        digest = hashlib.sha256((known or text).encode()).hexdigest()[:8]
        new = f"{stem}.{digest}.min{PurePosixPath(ending).suffix}"
        files.remove(file)
        files.append(File.generated(config, str(old.with_name(new)), content=text))
        self._names[old.name] = new

    def see(self, document: str, content: str = "") -> str:
        """Return a finished page with the files under their new names, and note the classes of the theme on it.

        Args:
            document: the page.
            content: the part of it that was known before.
        """
        before, found, after = document.partition(content) if content else (document, "", "")
        frame = (_BLANK.sub("\n", before), found, _BLANK.sub("\n", after))
        for part in (before, after):
            self._classes.update(classes_in(part))
            self._colours.update(_COLOUR.findall(part))
        return "".join((self._renamed(frame[0]), frame[1], self._renamed(frame[2])))

    def _renamed(self, shell: str) -> str:
        for old, new in self._names.items():
            shell = shell.replace(old, new)
        return shell

    def write(self, site: Path) -> None:
        """Write the style sheets into the folder of the site, once all pages are written."""
        words = self._classes | {f"colour {name}" for name in self._colours}
        for path, text in self._sheets.items():
            (site / path).write_text(trim(text, words, self._elsewhere), encoding="utf-8")


_BLANK: Final = re.compile(r"\n[ \t]*\n[ \t\n]*")
_COLOUR: Final = re.compile(r'data-md-color-(?:primary|accent)="([\w-]+)"')
_STATES: Final = frozenset({"js", "no-js", "focus-visible"})
"""What Material's script puts on elements, besides classes that begin with `md-`, and parts of what is in a page."""


def _made(scripts: Mapping[str, str], classes: set[str], absent: tuple[str, ...]) -> Iterator[str]:
    """Yield the classes that scripts may put on a page.

    Args:
        scripts: their text by path.
        classes: those of the pages.
        absent: how classes begin that belong to what the site has not.
    """
    families = {name.partition("-")[0] for name in classes} - {"md"}
    for path, text in scripts.items():
        words = set(_WORD.findall(text))
        if _MATERIAL.fullmatch(path):
            # The rest are names in a program: "highlight", "success".
            words = {
                one for one in words if one.startswith("md-") or one in _STATES or one.partition("-")[0] in families
            }
        yield from (word for word in words if not word.startswith(absent))


_MATERIAL: Final = re.compile(r"assets/(?:javascripts/(?:bundle|workers/search)\.\w+\.min|start)\.js")
"""Material's scripts, and `start.js`, which does what Material has in scripts within the page."""


def _absent(config: MkDocsConfig, contents: Sequence[str]) -> tuple[str, ...]:
    """Return how the classes begin of those parts of Material that its script makes, and never makes on this site."""
    features = config.theme.get("features") or []
    tooltips = any("tooltips" in feature for feature in features)
    annotated = any("annotate" in one for one in (*features, *contents))
    parts = {
        "md-version": "version" in config.extra,
        "md-annotation": annotated,
        "md-tooltip": tooltips or annotated,
    }
    return tuple(name for name, is_there in parts.items() if not is_there)


def _made_with(folder: Path) -> Iterator[Path]:
    for part in ("pages", "parts"):
        yield from sorted((folder / part).glob("*.html"))


def _templates(config: MkDocsConfig) -> Iterator[str]:
    for folder in config.theme.dirs:
        for pattern in ("*.html", "partials/**/*.html"):
            yield from (path.read_text(encoding="utf-8") for path in sorted(Path(folder).glob(pattern)))


def classes_in(document: str) -> Iterator[str]:
    """Yield the classes of the elements of HTML, and perhaps more."""
    # Three times as fast as a regular expression, on pages that have thousands.
    values = set()
    for rest in document.split("class=")[1:]:
        quote = rest[:1]
        values.add(rest[1:].partition(quote)[0] if quote in {'"', "'"} else rest.partition(">")[0])
    for value in values:
        yield from value.split()


def minify(file: File) -> None:
    """Take comments and spare whitespace out of a style sheet or script."""
    small = rcssmin.cssmin if file.src_uri.endswith(".css") else rjsmin.jsmin
    file.content_string = small(file.content_string)


_WORD: Final = re.compile(r"[\w-]+")
_MAP: Final = re.compile(r"\s*(?://# sourceMappingURL=\S+|/\*# sourceMappingURL=.*?\*/)\s*$")


def without_map(text: str) -> str:
    """Return a script or style sheet without the line that names its source map."""
    return _MAP.sub("\n", text)


_AT_ONCE: Final = re.compile(r'[\w$]+\([\w$]+\(location\.protocol!=="file:"\),([\w$]+\("search"\))\)')
_WORKER: Final = re.compile(r"(?<=[(,])([\w$]+)=new Worker\(([\w$]+)\)(?=\))")
_LATER: Final = (
    r"\1=Object.assign(new EventTarget,{postMessage(m){this.w||(this.w=new Worker(\2),this.w.onmessage=a=>"
    r'this.dispatchEvent(new MessageEvent("message",{data:a.data})));this.w.postMessage(m)}})'
)


def defer_search(script: str) -> str:
    """Return the script of Material, changed to load the search's index and worker when the search is opened.

    As it comes it waits for that only on a page opened as a file. A version of it that is written otherwise stays as
    it is: then both are loaded with the page.
    """
    waiting, found = _AT_ONCE.subn(r"\1", script)
    lazy, made = _WORKER.subn(_LATER, waiting)
    return lazy if (found, made) == (1, 1) else script


def folding(worker: str) -> str:
    """Return the search worker of Material with what makes it find words however they are written; see folding.js."""
    return resources.files("nutgraf").joinpath("folding.js").read_text(encoding="utf-8") + worker


# Style sheets


def trim(sheet: str, words: set[str], elsewhere: str) -> str:
    """Return a style sheet without rules that can match nothing.

    Args:
        sheet: minified, without comments.
        words: holds each class that an element may have, and each colour of the theme, after the word "colour".
        elsewhere: text that may use the custom properties that the sheet sets.
    """
    return _without_unused_pictures("".join(_rules(sheet, words)), elsewhere)


def _rules(sheet: str, words: set[str]) -> Iterator[str]:
    for head, body in _blocks(sheet):
        if body is None:
            yield head
        elif head.startswith(("@media", "@supports", "@layer", "@container")):
            inner = "".join(_rules(body, words))
            if inner:
                yield f"{head}{{{inner}}}"
        elif head.startswith("@"):
            yield f"{head}{{{body}}}"
        else:
            kept = [one for one in _selectors(head) if _may_match(one, words)]
            if kept:
                yield f"{','.join(kept)}{{{body}}}"


_TOKEN: Final = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|url\((?!["'])[^)]*\)|\\.|[{};]""", re.DOTALL)


def _blocks(sheet: str) -> Iterator[tuple[str, str | None]]:
    """Yield each rule of a sheet as what stands before its braces and in them; None for a statement without."""
    start = depth = opened = 0
    for found in _TOKEN.finditer(sheet):
        sign = found[0]
        if sign == "{":
            opened = found.start() if depth == 0 else opened
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield sheet[start:opened].strip(), sheet[opened + 1 : found.start()]
                start = found.end()
        elif sign == ";" and depth == 0:
            yield sheet[start : found.end()].strip(), None
            start = found.end()
    if sheet[start:].strip():
        yield sheet[start:].strip(), None


_IN_BRACKETS: Final = re.compile(r"\[[^\]]*\]|\((?:[^()]|\([^()]*\))*\)")


def _selectors(head: str) -> list[str]:
    """Return the selectors of a rule; a comma in brackets parts none."""
    masked = _IN_BRACKETS.sub(lambda found: "_" * len(found[0]), head)
    cuts = [-1, *(found.start() for found in re.finditer(",", masked)), len(head)]
    return [head[first + 1 : last] for first, last in pairwise(cuts)]


def _may_match(selector: str, words: set[str]) -> bool:
    # What stands in brackets, as in `:not(.a)`, may be an alternative or the contrary: it decides nothing.
    plain = _IN_BRACKETS.sub("", selector)
    colours = (f"colour {name}" for name in _COLOUR_WANTED.findall(selector))
    classes = re.findall(r"\.([\w-]+)", plain)
    return "\\" in plain or all(name in words for name in (*classes, *colours))


_COLOUR_WANTED: Final = re.compile(r"""(?<!\()\[data-md-color-(?:primary|accent)=["']?([\w-]+)""")
_PICTURE: Final = re.compile(r"""(--[\w-]+):\s*url\((?:"[^"]*"|'[^']*'|[^)]*)\)(?:;|(?=\}))""")


def _without_unused_pictures(sheet: str, elsewhere: str) -> str:
    """Return a sheet without the icons that it keeps in custom properties for rules that are gone."""
    used = {*re.findall(r"var\(\s*(--[\w-]+)", sheet), *re.findall(r"--[\w-]+", elsewhere)}
    return _PICTURE.sub(lambda found: found[0] if found[1] in used else "", sheet)


def _text(file: File) -> str:
    return file.content_string
