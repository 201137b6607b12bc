"""Links from the pages to the rest: in a checkout they are paths, on the site copies of the files.

A page links ``../../negotiation/solvers/choice.py``, which a reader of the repository can follow.
The site is made of the ``docs`` folder alone, so the files that pages link to are added to it: code
as text, what experiments found as pages and pictures.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
OUT = re.compile(r"\]\(((?:\.\./)+)(?!\.)([\w./-]+)")


def outside(page: str, ups: str, rest: str) -> bool:
    """Return whether a link of a page leads out of the docs folder to a file that is there."""
    return ups.count("../") > page.count("/") and (ROOT / rest).is_file()


def place(rest: str) -> str:
    """Return where in the site a file's copy lies."""
    return rest if rest.startswith("results/") else f"source/{rest}.txt"


def on_files(files: Any, config: Any) -> Any:
    """Add the linked files of the code to the site."""
    from mkdocs.structure.files import File  # no dependency of the tests, which look in here

    linked = {
        rest
        for page in files.documentation_pages()
        for ups, rest in OUT.findall(page.content_string)
        if outside(page.src_uri, ups, rest)
    }
    for path in sorted(linked):
        files.append(File.generated(config, place(path), abs_src_path=str(ROOT / path)))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Let links to the code lead to its copies."""
    here = page.file.src_uri

    def copy(match: re.Match[str]) -> str:
        ups, rest = match.groups()
        if not outside(here, ups, rest):
            return match[0]
        return f"]({'../' * here.count('/')}{place(rest)}"

    return OUT.sub(copy, markdown)
