"""Text cut into lines: between words, and in Chinese between any two letters but some."""

from __future__ import annotations

import re
import textwrap
from unicodedata import east_asian_width

CLOSING = "，。；：、！？）》」』”’％%"  # begin no line
OPENING = "（《「『“‘"  # end no line
# a wide letter with what may not be parted from it, or a word, or a space
PIECE = re.compile(rf"[{OPENING}]*(?:[^\x00-\u2e7f]|[^\s\u2e80-\uffff]+|\s+)[{CLOSING}]*")


def wide(text: str) -> int:
    """Return how many columns a text takes: two for a Chinese letter.

    Examples
    --------
    >>> wide("abc"), wide("休战。")
    (3, 6)
    """
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def wrapped(text: str, width: int, first: str = "", later: str = "") -> list[str]:
    """Return a text in lines of at most ``width`` columns, each after its indent.

    Examples
    --------
    >>> wrapped("The truce is extended.", 12, "", "  ")
    ['The truce is', '  extended.']
    >>> wrapped("休战延长九十天，到十一月。", 12, "", "  ")
    ['休战延长九十', '  天，到十一', '  月。']
    """
    if wide(text) == len(text):
        return textwrap.wrap(
            text, width, initial_indent=first, subsequent_indent=later, break_long_words=False,
            break_on_hyphens=False,
        )  # fmt: skip
    lines, line, empty = [], first, True
    for piece in PIECE.findall(text):
        if not empty and wide(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line, empty = later, True
        if not (empty and piece.isspace()):
            line, empty = line + piece, False
    return [*lines, line.rstrip()]
