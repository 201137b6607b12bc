"""In which language a picture's words are: the one spoken, where a font here has its letters.

A picture whose letters are boxes tells nothing. So where no font of this computer has the letters
of a language, its pictures are in English, and whoever asked for the language is told why.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from negotiation.plots import style
from negotiation.words.language import ENGLISH, marked, speaking, spoken, tr

# words that stand in pictures: a font that has their letters has most others of the language
SAMPLE = (marked("The truce holds"), marked("Penalties are in force"), marked("sampling error"))
NO_FONT = marked(
    "Pictures are in English: no font of this computer has the letters of this language; install "
    "one that has them, such as {font}."
)


def lacking() -> bool:
    """Return whether no font of this computer has the letters of the language that is spoken.

    Examples
    --------
    >>> lacking()
    False
    """
    return not drawable("".join(map(tr, SAMPLE)))


def drawable(text: str) -> bool:
    """Return whether pictures can be made of a text, every letter of it.

    Examples
    --------
    >>> drawable("a truce"), drawable(chr(0xE000))
    (True, False)
    """
    from matplotlib.font_manager import FontProperties, fontManager
    from matplotlib.ft2font import FT2Font

    left = {ord(letter) for letter in text if not letter.isspace()}
    for name in style.fonts():
        if left:
            place = fontManager.findfont(FontProperties(family=name), fallback_to_default=False)
            left -= set(FT2Font(place).get_charmap())
    return not left


def remark() -> str:
    """Return why pictures are in English though another language is spoken; empty if they are not.

    Examples
    --------
    >>> remark()
    ''
    """
    return tr(NO_FONT, font=style.MORE_LETTERS[0]) if lacking() else ""


@contextmanager
def legible() -> Iterator[None]:
    """Draw in the language that is spoken, or in English where its letters would be boxes."""
    with speaking(ENGLISH if lacking() else spoken()):
        yield
