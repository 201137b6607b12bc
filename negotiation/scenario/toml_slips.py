"""What was probably meant where a text is no TOML: numbers as others write them, a colon for =.

TOML wants a digit on both sides of the point, no zero before a number, small letters in true and
false, and = between a name and its value.
"""

from __future__ import annotations

import re
import tomllib

AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)")
QUOTED = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'')
WORD = re.compile(r"[^\s=,\[\]{}:]+(?!\s*=)")
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
COMMAS = re.compile(r"=\s*([+-]?\d+)((?:,\d+)+)\s*$", re.ASCII)
THOUSANDS = re.compile(r"[1-9]\d{0,2}(,\d{3})+", re.ASCII)


def reason(error: tomllib.TOMLDecodeError, text: str, *, shown: bool = True) -> str:
    """Return why a text is no TOML, where, and what to write instead where that can be told.

    Parameters
    ----------
    error : tomllib.TOMLDecodeError
    text : str
        What was read.
    shown : bool
        Say at which line and column, and in the parser's words too where a hint is enough.

    Examples
    --------
    >>> def why(text):
    ...     try:
    ...         tomllib.loads(text)
    ...     except tomllib.TOMLDecodeError as error:
    ...         return reason(error, text)
    >>> why("price = .9")
    'Invalid value (at line 1, column 9); write 0.9 where .9 stands'
    >>> why("price 4")
    "Expected '=' after a key in a key/value pair (at line 1, column 7)"
    """
    said = str(error)
    at = AT.search(said)
    lines = text.splitlines() or [""]
    number = int(at[1]) if at and at[1] else len(lines)
    meant = slips(lines[min(number, len(lines)) - 1], colon="'=' after a key" in said)
    hint = f"write {', '.join(meant)}" if meant else ""
    if not shown:
        return hint or AT.sub("", said)
    return f"{said}; {hint}" if hint else said


def slips(line: str, *, colon: bool = False) -> list[str]:
    """Return what should be written in a line, and what stands there instead.

    Examples
    --------
    >>> slips("x = { low = .5, high = 01 }"), slips("x = True"), slips("x = 0,5")
    (['0.5 where .5 stands', '1 where 01 stands'], ['true where True stands'], \
['0.5 where 0,5 stands'])
    >>> slips("x = '.5'  # or 0.5"), slips("x = { low: 0.5 }", colon=True)
    ([], ['= where a colon stands'])
    """
    bare = QUOTED.sub("''", line).partition("#")[0]
    if commas := COMMAS.search(bare):
        word = commas[1] + commas[2]
        better = word.replace(",", "" if THOUSANDS.fullmatch(word.lstrip("+-")) else ".")
        return [f"{better} where {word} stands"] if NUMBER.fullmatch(better) else []
    words = dict.fromkeys(WORD.findall(bare))
    found = [f"{better} where {word} stands" for word in words if (better := _better(word))]
    if colon and ":" in bare:
        found.append("= where a colon stands")
    if end := re.search(r",\s*}", bare):
        found.append(f"}} where {end[0]} stands")
    return found


def _better(word: str) -> str:
    """Return a number, true or false as TOML writes it, "" where it is that already, or none."""
    if word.lower() in ("true", "false"):
        return word.lower() if word != word.lower() else ""
    plain = word.replace("\u2212", "-")  # the minus of a typesetter
    if not NUMBER.fullmatch(plain) or len(plain) > 30:
        return ""
    try:
        tomllib.loads(f"x = {word}")
    except tomllib.TOMLDecodeError:
        return f"{float(plain):.15g}"
    return ""
