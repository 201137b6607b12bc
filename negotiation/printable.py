r"""Text from elsewhere, made fit to be shown: what steers a terminal is spelled out.

A title, a name or a path may hold characters that clear a screen, rename a window, turn the
direction of reading, or that XML does not know. They are shown as ``\u001b``, never sent.
"""

from __future__ import annotations

import re

STEERING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
    "|\r(?!\n)"
)


def printable(text: str) -> str:
    r"""Return text without control characters but tabs and ends of lines.

    Examples
    --------
    >>> printable("a \x1b[31mred\x1b[0m title")
    'a \\u001b[31mred\\u001b[0m title'
    """
    return STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
