"""A scenario file that states what is different from another one: ``based_on = "stockholm-2025"``.

The file named is read first, and the tables of this one are put over it. A number is replaced as a
whole, with its mark and source. ``without`` takes out what does not belong here; an issue that goes
takes its links and the stakes of groups at home with it. ``scale`` multiplies the other's sums of
money (:mod:`negotiation.scenario.scaling`). Where the sides have other names, each file's own
settings bear the names that hold in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from negotiation.errors import FileProblems, InputError, did_you_mean
from negotiation.scenario import scaling
from negotiation.seats import SEATS

BASE, WITHOUT, SCALE, SIDES, DRAWS = "based_on", "without", "scale", "sides", "draws"
GUESSED = "guessed"  # columns of the table of draws that nobody has learned anything of
OF_FILES = (
    BASE,
    WITHOUT,
    SCALE,
    DRAWS,
    GUESSED,
)  # what a file may say beside the settings of a scenario
DEEPEST = 5  # files upon files


class Reader(NamedTuple):
    """How files are found, and how the sides' names in them are turned into the seats'."""

    # of a shipped scenario, or of a file beside the one that names it; and what to call it
    data: Callable[[str, object], tuple[Mapping[str, Any], object]]
    # numbers by path, of a table; what is wrong with a column is found in the scenario's data
    draws: Callable[[object, object, Any, Mapping[str, Any]], dict[str, dict[str, Any]]]
    seated: Callable[[Mapping[str, Any], Any], dict[str, Any]]
    path: Callable[[str, Any], str]


def complete(
    data: Mapping[str, Any], where: object, reader: Reader, depth: int = 0
) -> dict[str, Any]:
    """Return the data of a file with what it leaves to the one that it is based on.

    Parameters
    ----------
    data : mapping
        As the file states them; without ``based_on`` they are complete.
    where : object
        What to call the file in a message.
    reader : Reader

    Raises
    ------
    FileProblems
        If there is no such base, files are based on each other, or what is taken out is not there.
    """
    own = dict(data)
    table, guesses = own.pop(DRAWS, None), own.pop(GUESSED, [])
    found = _complete(own, where, reader, depth)
    if table is None and guesses:
        raise FileProblems(where, [f"{GUESSED}: it is about columns of a table; name that with "
                                   f"{DRAWS}."])  # fmt: skip
    if table is not None:
        sides = found.get(SIDES, SEATS)
        stated = _seated(own, sides, where, reader)
        numbers = reader.draws(table, where, sides, found)
        _mark_guesses(numbers, guesses, table, where, lambda path: reader.path(path, sides))
        for path, number in numbers.items():
            if not is_stated(stated, path):  # what a file says itself holds
                put_number(found, path, number)
    return found


def _mark_guesses(
    numbers: dict[str, dict[str, Any]],
    guesses: object,
    table: object,
    where: object,
    seat_path: Callable[[str], str],
) -> None:
    """Mark the numbers of a table that nothing was learned of, or say what is wrong with a name."""
    if not (isinstance(guesses, list) and all(isinstance(path, str) for path in guesses)):
        raise FileProblems(
            where, [f'{GUESSED}: expected a list of columns, such as ["deadline.grace"].']
        )
    problems = []
    for path in guesses:
        number = numbers.get(seat_path(path))
        if number is None:
            hint = did_you_mean(path, numbers)
            problems.append(f"{GUESSED}: {path} is no column of {table}.{hint}")
        else:
            number |= {"mark": "guess", "source": f"{table}: hardly moved by past disputes"}
    if problems:
        raise FileProblems(where, problems)


def is_stated(data: Any, path: str) -> bool:
    """Return whether plain data have an entry at a dotted path.

    Examples
    --------
    >>> is_stated({"us": {"patience": 0.9}}, "us.patience"), is_stated({}, "us.patience")
    (True, False)
    """
    for part in path.split("."):
        if not isinstance(data, Mapping) or part not in data:
            return False
        data = data[part]
    return True


def put_number(data: dict[str, Any], path: str, number: Mapping[str, Any]) -> None:
    """Put a number into plain data; it keeps the unit that it has there.

    Examples
    --------
    >>> data = {"us": {"patience": {"value": 0.9, "unit": "per year"}}}
    >>> put_number(data, "us.patience", {"value": 0.8})
    >>> data
    {'us': {'patience': {'unit': 'per year', 'value': 0.8}}}
    """
    *tables, last = path.split(".")
    node: Any = data
    for part in tables:
        node = node.setdefault(part, {}) if isinstance(node, dict) else {}
    if isinstance(node, dict):
        old = node.get(last)
        unit = {"unit": old["unit"]} if isinstance(old, Mapping) and "unit" in old else {}
        node[last] = {**unit, **number}


def _complete(own: dict[str, Any], where: object, reader: Reader, depth: int) -> dict[str, Any]:
    named, gone, scale = own.pop(BASE, None), own.pop(WITHOUT, []), own.pop(SCALE, 1.0)
    if named is None and gone == [] and scale == 1.0:
        return _seated(own, own.get(SIDES, SEATS), where, reader)
    problems = []
    if named is None:
        what = SCALE if gone == [] else WITHOUT
        problems.append(f"{what}: it is about another file; name that with {BASE}.")
    elif not isinstance(named, str):
        problems.append(
            f"{BASE}: expected the name of a shipped scenario, or the path of a scenario file."
        )
    if not (isinstance(gone, list) and all(isinstance(path, str) for path in gone)):
        problems.append(f'{WITHOUT}: expected a list of settings, such as ["issues.oil_imports"].')
    number = isinstance(scale, int | float) and not isinstance(scale, bool)
    if not number or not scaling.LEAST <= scale <= scaling.MOST:
        problems.append(
            f"{SCALE}: expected a number from {scaling.LEAST:g} to {scaling.MOST:g}, "
            "by which the other file's sums of money are multiplied."
        )
    if depth > DEEPEST:
        problems.append(f"{BASE}: more than {DEEPEST} files upon each other, or in a circle.")
    if problems:
        raise FileProblems(where, problems)
    try:
        below, place = reader.data(str(named), where)
    except InputError as error:
        raise FileProblems(where, [f"{BASE}: {error}"]) from None
    base = scaling.scaled(complete(below, place, reader, depth + 1), scale)
    sides = own.get(SIDES, base.get(SIDES, SEATS))
    for path in gone:
        problems += take_out(base, reader.path(path, sides), path)
    if problems:
        raise FileProblems(where, problems)
    return put_over(base, _seated(own, sides, where, reader))


def _seated(data: Mapping[str, Any], sides: Any, where: object, reader: Reader) -> dict[str, Any]:
    try:
        return reader.seated(data, sides)
    except InputError as error:
        raise FileProblems(where, [str(error)]) from None


def put_over(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``base`` with the entries of ``own`` in it; numbers and lists are replaced whole.

    Examples
    --------
    >>> put_over({"a": {"value": 1, "mark": "guess"}}, {"a": {"value": 2}})
    {'a': {'value': 2}}
    """
    found = dict(base)
    for key, entry in own.items():
        old = found.get(key)
        if isinstance(old, Mapping) and isinstance(entry, Mapping) and not _whole(key, old, entry):
            entry = put_over(old, entry)
        elif (
            isinstance(old, Mapping) and isinstance(entry, Mapping) and {"value", "unit"} <= {*old}
        ):
            entry = {"unit": old["unit"], **entry}
        found[key] = entry
    return found


def _whole(key: str, *tables: Mapping[str, Any]) -> bool:
    return key == "strategy" or any("value" in table for table in tables)


def take_out(data: dict[str, Any], path: str, shown: str = "") -> list[str]:
    """Take a setting out of plain data, an issue with its links and stakes; return what is wrong.

    Examples
    --------
    >>> data = {"issues": {"oil": {}, "beef": {}}, "linkage": {"oil": {"beef": 1.0}}}
    >>> take_out(data, "issues.oil"), data
    ([], {'issues': {'beef': {}}, 'linkage': {}})
    """
    parts = path.split(".")
    node: Any = data
    for part in parts[:-1]:
        node = node.get(part) if isinstance(node, dict) else None
    if not isinstance(node, dict) or parts[-1] not in node:
        known = node if isinstance(node, dict) else {}
        hint = did_you_mean(parts[-1], known)
        return [f"{WITHOUT}: {shown or path} is not there to be left out.{hint}"]
    del node[parts[-1]]
    if len(parts) == 2 and parts[0] == "issues":
        _forget(data, parts[1])
    return []


def _forget(data: dict[str, Any], issue: str) -> None:
    links = data.get("linkage", {})
    links.pop(issue, None)
    for first in [*links]:
        links[first].pop(issue, None)
        if not links[first]:
            del links[first]
    for table in data.values():
        groups = table.get("constituencies", {}) if isinstance(table, dict) else {}
        for group in groups.values():
            group.get("stakes", {}).pop(issue, None)
