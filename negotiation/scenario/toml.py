"""TOML text: read into plain data, and rewritten in place so that layout and comments stay."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from negotiation.errors import FileProblems, InputError, shortened
from negotiation.printable import printable
from negotiation.scenario import toml_slips

DEEPEST = 50  # tables in tables: none of ours is deeper than six
LONGEST = 10_000  # bits of a whole number: Python shows no longer ones
OPENING = ("{", "[", '"', "'")  # of a value that is no bare string
TOO_DEEP = "tables or lists are nested too deeply"
TOO_LONG = "a number has too many digits"
BYTE_ORDER_MARK = "\ufeff"  # some editors put it first; TOML has no place for it

Path = tuple[str, ...]


def plain_data(text: str, where: object) -> dict[str, Any]:
    """Return the data of TOML text, its names and texts without what would steer a terminal.

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
        data: dict[str, Any] = _shown(_read(text.removeprefix(BYTE_ORDER_MARK)))
        return data
    except tomllib.TOMLDecodeError as error:
        reason = toml_slips.reason(error, text)
    except RecursionError:  # Python's own limit, or ours
        reason = TOO_DEEP
    except ValueError:  # Python reads whole numbers of up to 4,300 digits
        reason = TOO_LONG
    raise FileProblems(where, [f"not valid TOML: {reason}."])


@lru_cache(maxsize=16)
def _read(text: str) -> dict[str, Any]:
    """Read TOML; of a text that was read before there is no need, as `_shown` copies all of it."""
    return tomllib.loads(text)


def _shown(value: Any, depth: int = 0) -> Any:
    if depth > DEEPEST:
        raise RecursionError
    if isinstance(value, int) and value.bit_length() > LONGEST:
        raise ValueError
    if isinstance(value, dict):
        return {printable(key): _shown(entry, depth + 1) for key, entry in value.items()}
    if isinstance(value, list):
        return [_shown(entry, depth + 1) for entry in value]
    return printable(value) if isinstance(value, str) else value


def value_of(text: str) -> Any:
    """Return the value that was typed where one value stands: a TOML value, or else a bare string.

    Raises
    ------
    InputError
        If it is more than one, or was meant for a value of TOML and is none.

    Examples
    --------
    >>> value_of("4"), value_of("boulware"), value_of("{low = 1, high = 5}")
    (4, 'boulware', {'low': 1, 'high': 5})
    >>> value_of("{low = .5}")
    Traceback (most recent call last):
    ...
    negotiation.errors.InputError: '{low = .5}' is not valid TOML: write 0.5 where .5 stands.
    """
    line = f"value = {text.strip()}"
    try:
        table = _shown(_read(line))
    except tomllib.TOMLDecodeError as error:
        bare = text.strip()
        meant = bare[:1] in OPENING or (len(bare.split()) == 1 and toml_slips.slips(line))
        if not (bare and meant):
            return bare
        reason = toml_slips.reason(error, line, shown=False)
    except RecursionError:
        reason = TOO_DEEP
    except ValueError:
        reason = TOO_LONG
    else:
        return _alone(table)
    raise InputError(f"{shortened(text.strip())} is not valid TOML: {reason}.")


def _alone(table: dict[str, Any]) -> Any:
    if list(table) != ["value"]:
        raise InputError("one value at a time.")
    return table["value"]


def differences(
    old: Mapping[str, Any], new: Mapping[str, Any], at: Path = ()
) -> Iterator[tuple[Path, Any]]:
    """Yield where plain data differ, with the new value there; None where there is none.

    A number with its unit and source counts as one value.

    Examples
    --------
    >>> list(differences({"a": 1, "b": {"c": 2, "d": 3}}, {"b": {"c": 2, "d": 4}}))
    [(('a',), None), (('b', 'd'), 4)]
    """
    for key in old:
        if key not in new:
            yield (*at, key), None
    for key, value in new.items():
        before, deeper = old.get(key), isinstance(value, Mapping) and "value" not in value
        if deeper and isinstance(before, Mapping):
            yield from differences(before, value, (*at, key))
        elif key not in old or value != before:
            yield (*at, key), value


def rewritten(text: str, changes: Mapping[Path, Any]) -> str:
    r"""Return TOML text with some entries changed; everything else stays, comments included.

    Parameters
    ----------
    text : str
        Valid TOML.
    changes : mapping
        From the path of an entry to its new value; None takes the entry out.

    Examples
    --------
    >>> rewritten("[deadline]\nprice = 3  # ours\n", {("deadline", "price"): 4})
    '[deadline]\nprice = 4  # ours\n'
    """
    import tomlkit

    if not changes:
        return text
    body = text.removeprefix(BYTE_ORDER_MARK)
    document = tomlkit.parse(body)
    for path, value in changes.items():
        node: Any = document
        for part in path[:-1]:
            if part not in node:
                node[part] = tomlkit.table()
            node = node[part]
        _put(node, path[-1], value, document)
    written = tomlkit.dumps(document)
    if "\r\n" in body:
        written = re.sub("\r?\n", "\r\n", written)
    return text[: len(text) - len(body)] + written


def _put(table: Any, key: str, value: Any, document: Any) -> None:
    """Set one entry; a table with lines of its own keeps them, an inline one is written again."""
    from tomlkit.container import OutOfOrderTableProxy
    from tomlkit.items import Comment, InlineTable, Trivia

    old = table.get(key)
    if value is None and old is None:
        return
    if isinstance(value, dict) and isinstance(old, dict) and not isinstance(old, InlineTable):
        for name in dict.fromkeys([*old, *value]):
            if old.get(name) != value.get(name):
                _put(old, name, value.get(name), document)
    elif value is None and OutOfOrderTableProxy in (type(table), type(old)):
        before = Counter(_comments(document))  # its lines stand in several places
        del table[key]
        for line in (before - Counter(_comments(document))).elements():
            document.add(Comment(Trivia(comment_ws="", comment=line)))
    elif value is None:
        for line in _comments(old):
            table.add(Comment(Trivia(comment_ws="", comment=line)))
        del table[key]
    else:
        table[key] = _item(value, inline=old is not None or isinstance(table, InlineTable))


def _comments(item: Any) -> list[str]:
    """Return the comments of an entry that goes, so that they can stay without it."""
    inside = [line for line in item.as_string().splitlines() if "#" in line]
    trivia = getattr(item, "trivia", None)  # a whole file has none
    last = [trivia.comment] if trivia and trivia.comment else []
    return [line[line.index("#") :] for line in inside] + last


def _item(value: Any, *, inline: bool = False) -> Any:
    """Return a value as TOML; numbers with their unit and source stand on one line."""
    import tomlkit

    if not isinstance(value, Mapping):
        return tomlkit.item(value)
    if inline or "value" in value:
        entries = [
            f"{tomlkit.key(name).as_string()} = {_item(entry, inline=True).as_string()}"
            for name, entry in value.items()
        ]
        return tomlkit.value(f"{{ {', '.join(entries)} }}")
    table = tomlkit.table()
    for key, entry in value.items():
        table.add(key, _item(entry))
    return table
