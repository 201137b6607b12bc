"""The lessons as pages: one HTML file each that needs no network and no script, and ``.ipynb``.

marimo's own export to HTML fetches its front end from elsewhere, and an input shows nothing without
a kernel behind it. So here the notebook is run once, what its cells show is put into a plain page,
and every input becomes the words on it. ``make lessons-pages`` writes them all.
"""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from html import escape, unescape
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

from negotiation.errors import InputError
from negotiation.lessons.parts import Lesson
from negotiation.lessons.predicting import COMPUTED
from negotiation.lessons.showing import tag, unreviewed
from negotiation.lessons.words import LANGUAGE, asked_for
from negotiation.words.language import marked, speaking, spoken, tr

SLOT = "marimo-ui-element"
LATER = marked("{label} {value}. It moves in the open lesson.")
MINUTES = 5 * 60  # seconds: what one lesson may take to run
PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<style>{look}
:root {{ color-scheme: light dark; }}
@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}
body {{ font-family: system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; margin: 0 auto;
  max-width: 48rem; padding: 0.8rem 1rem 3rem; font-size: clamp(17px, 0.4vw + 14px, 22px);
  background: light-dark(#ffffff, #1e1e1e); color: light-dark(#1c1c1c, #f1f1f1); }}
.control {{ border: 1px dashed var(--lesson-soft); border-radius: 0.4rem; padding: 0.4rem 0.8rem;
  margin: 0 0 0.6rem; box-sizing: border-box; max-width: 46rem; }}
</style></head><body>{nav}<main>{body}</main></body></html>
"""


class Ran(NamedTuple):
    """A lesson that was run: what it declares, and what its cells show, as HTML."""

    lesson: Lesson
    cells: tuple[str, ...]
    names: dict[str, Any]


def run(notebook: Path) -> Ran:
    """Run every cell of a lesson, in its order, with nobody in front of it."""
    import marimo as mo

    spec = importlib.util.spec_from_file_location(f"lesson_{notebook.stem}", notebook)
    if spec is None or spec.loader is None or not notebook.is_file():
        raise InputError(
            f"{notebook} is no lesson: a lesson is a marimo notebook, a file in Python."
        )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    outputs, names = module.app.run()
    found = {name: names[name] for name in names}
    lesson = found.get("lesson")
    if not isinstance(lesson, Lesson):
        raise InputError(f"{notebook} declares no lesson: a cell of it has to name one `lesson`.")
    cells = tuple("" if one is None else mo.as_html(one).text for one in outputs)
    return Ran(lesson, cells, found)


def plain(html: str) -> str:
    """Return what a cell shows with each input as the words that stand on it.

    Examples
    --------
    >>> plain("<p>a <b>b</b></p><marimo-ui-element><marimo-slider data-label='&quot;x&quot;' "
    ...       "data-initial-value='3'></marimo-slider></marimo-ui-element>")
    '<p>a <b>b</b></p><p class="control">x <b>3</b>. It moves in the open lesson.</p>'
    """
    found = _Plain()
    found.feed(html)
    found.close()
    return "".join(found.said)


class _Plain(HTMLParser):
    """Copies HTML, and puts words in the place of marimo's inputs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.said: list[str] = []
        self.inside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == SLOT:
            self.inside += 1
        elif tag.startswith("marimo-"):
            self.said.append(_words(tag, dict(attrs)))
        elif not self.inside:
            self.said.append(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == SLOT:
            self.inside -= 1
        elif not tag.startswith("marimo-") and not self.inside:
            self.said.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._copied(data)

    def handle_entityref(self, name: str) -> None:
        self._copied(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._copied(f"&#{name};")

    def _copied(self, data: str) -> None:
        if not self.inside:
            self.said.append(data)


def _words(tag: str, attributes: dict[str, str | None]) -> str:
    """Return the words on an input: its label, its choices, where it stands."""
    if tag == "marimo-form":
        return ""
    given: dict[str, Any] = {}
    for name, value in attributes.items():
        try:
            given[name.removeprefix("data-")] = json.loads(unescape(value or "null"))
        except json.JSONDecodeError:
            given[name.removeprefix("data-")] = value
    label = str(given.get("label") or "")
    if "<" not in label:
        label = escape(label, quote=False)
    label = " ".join(_text(label).split())
    if options := given.get("options"):
        items = "".join(f"<li>{escape(str(one), quote=False)}</li>" for one in options)
        return f'<div class="control"><p>{label}</p><ul>{items}</ul></div>'
    start = given.get("initial-value")
    start = start[0] if isinstance(start, list) and len(start) == 1 else start
    if tag == "marimo-slider":
        value = f"<b>{escape(str(start))}</b>"
        told = tr(LATER, label=label, value=value)
        return f'<p class="control">{told}</p>'
    return f'<p class="control">{label}</p>' if label else ""


def _text(html: str) -> str:
    return escape(unescape(re.sub(r"<[^>]*>", "", html)), quote=False)


def page(ran: Ran, names: dict[int, str] | None = None) -> str:
    """Return a lesson that was run as a page of its own, with links to the others."""
    listed = names or {}
    links = " · ".join(
        f'<a href="{name}.html">{number}</a>' for number, name in sorted(listed.items())
    )
    told = tr("Lessons: {links}", links=links)
    nav = f'<nav class="lesson" aria-label="{tr("Lessons")}">{told}</nav>' if links else ""
    body = "".join(plain(cell) for cell in ran.cells)
    body = re.sub(r"<style>.*?</style>", "", body, flags=re.DOTALL)  # it stands in the head
    return _page(f"{ran.lesson.number}. {ran.lesson.title}", body, nav)


def _page(title: str, body: str, nav: str = "") -> str:
    look = resources.files("negotiation.lessons").joinpath("lessons.css").read_text("utf-8")
    dark = look.partition(".dark, .dark-theme {")[2].partition("}")[0].strip()
    return PAGE.format(lang=tag(), title=escape(title), look=look, dark=dark, nav=nav, body=body)


def write(folder: Path, into: Path) -> list[Path]:
    """Write every lesson of a folder as a page and as ``.ipynb``, and the list of them.

    Returns
    -------
    list of Path
        The files, the list first.
    """
    notebooks = sorted(folder.glob("[0-9][0-9]_*.py"))
    if not notebooks:
        raise InputError(f"{folder} holds no lesson: their names begin with two digits.")
    into.mkdir(parents=True, exist_ok=True)
    names = {int(one.stem[:2]): one.stem for one in notebooks}
    other, title = tr("for Jupyter"), tr("Eight lessons")
    written, items = [], []
    for notebook in notebooks:
        ran = run(notebook)
        target = into / f"{notebook.stem}.html"
        target.write_text(page(ran, names), "utf-8")
        written += [target, jupyter(notebook, into / f"{notebook.stem}.ipynb")]
        items.append(
            f'<li><a href="{target.name}">{escape(ran.lesson.title)}</a> '
            f'(<a href="{notebook.stem}.ipynb">{other}</a>)</li>'
        )
    head = f"<h1>{title}</h1>{unreviewed()}"
    body = f'<div class="lesson">{head}<ol>{"".join(items)}</ol></div>'
    index = into / "index.html"
    index.write_text(_page(tr("Lessons"), body), "utf-8")
    return [index, *written]


def jupyter(notebook: Path, target: Path) -> Path:
    """Write a lesson for Jupyter, with what its cells show, by marimo's own export.

    Jupyter does not know marimo's inputs, so here too they become the words on them.
    """
    command = [sys.executable, "-m", "marimo", "export", "ipynb", str(notebook), "-o", str(target)]
    command += ["--force", "--include-outputs", "--sort", "top-down", "--", f"--{COMPUTED}", "yes"]
    command += [f"--{LANGUAGE}", spoken()]
    done = subprocess.run(
        command,
        capture_output=True, text=True, check=False, timeout=MINUTES,
    )  # fmt: skip
    if done.returncode:
        raise InputError(
            f"{notebook} could not be written for Jupyter: {done.stderr.strip()[-300:]}"
        )
    book = json.loads(target.read_text("utf-8"))
    for shown in (one for cell in book["cells"] for one in cell.get("outputs", ())):
        if (html := shown.get("data", {}).get("text/html")) is not None:
            shown["data"]["text/html"] = plain(html if isinstance(html, str) else "".join(html))
    target.write_text(json.dumps(book, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return target


def main(arguments: list[str]) -> int:
    """Write the pages of the folder named first into the folder named second.

    ``--language zh_CN`` chooses the language.
    """
    try:
        language, folders = asked_for(arguments)
        if len(folders) != 2:
            raise InputError("Name two folders: that of the lessons and that of the pages.")
        with speaking(language):
            written = write(Path(folders[0]), Path(folders[1]))
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"The lessons are in {written[0]}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
