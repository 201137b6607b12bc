"""On a page with the mark below, the site shows under each block of Python the picture it draws.

The page is run from top to bottom in an empty folder.
"""

from __future__ import annotations

import base64
import html
import re
from contextlib import chdir
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import Any

MARK = "<!-- pictures -->"
BLOCK = re.compile(r"^```python\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
DPI = 90


def picture(axes: Any) -> str:
    """Return the picture as an element of the page, with its words."""
    into = BytesIO()
    axes.figure.savefig(into, format="png", dpi=DPI, bbox_inches="tight")
    data = base64.b64encode(into.getvalue()).decode()
    alt = html.escape(axes.alt_text, quote=True)
    return f'\n<img src="data:image/png;base64,{data}" alt="{alt}">\n'


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Run the page from top to bottom."""
    if MARK not in markdown:
        return markdown
    names: dict[str, Any] = {"__name__": "__main__"}

    def shown(block: re.Match[str]) -> str:
        names.pop("ax", None)
        exec(compile(block[1], page.file.src_uri, "exec"), names)
        return block[0] + (picture(names["ax"]) if "ax" in names else "")

    with TemporaryDirectory() as folder, chdir(folder):
        return BLOCK.sub(shown, markdown)
