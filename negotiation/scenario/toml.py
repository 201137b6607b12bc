"""Text to plain data: whatever is no TOML is refused in one sentence."""

from __future__ import annotations

import tomllib
from typing import Any

from negotiation.errors import FileProblems

BYTE_ORDER_MARK = "\ufeff"  # some editors put it first; TOML has no place for it


def plain_data(text: str, where: object) -> dict[str, Any]:
    """Return the data of TOML text.

    Parameters
    ----------
    text : str
        The text; a byte order mark before it is allowed.
    where : object
        What to call it in a message, for instance the file's path.

    Raises
    ------
    FileProblems
        If it is not TOML, nests too deeply, or holds a number too long to be read.

    Examples
    --------
    >>> plain_data("price = 4", "mine.toml")
    {'price': 4}
    >>> plain_data("price 4", "mine.toml")
    Traceback (most recent call last):
    ...
    negotiation.errors.FileProblems: mine.toml: 1 problem
      not valid TOML: Expected '=' after a key in a key/value pair (at line 1, column 7).
    """
    try:
        return tomllib.loads(text.removeprefix(BYTE_ORDER_MARK))
    except tomllib.TOMLDecodeError as error:
        reason = str(error)
    except RecursionError:
        reason = "tables or lists are nested too deeply"
    except ValueError:  # Python reads whole numbers of up to 4,300 digits
        reason = "a number has too many digits"
    raise FileProblems(where, [f"not valid TOML: {reason}."])
