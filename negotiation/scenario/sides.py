"""The two sides of a scenario under their own names.

A negotiation has two seats, and the rules call them ``us`` and ``china``. Who sits there is a value
of the scenario: ``sides = ["us", "japan"]`` seats Japan where China sits in Stockholm. Its settings
are then written and shown as ``japan.precision``, ``tariffs.japan_truce``,
``issues.beef.japan_gain``, ``conceded_by = "japan"``. Names are translated where data and paths
come in, and where a path is shown; everything between knows the seats alone.

A word of a setting is translated only where the scenario's own tables have such a setting, so the
names that a file gives to its issues and groups at home are left as they are.
"""

from __future__ import annotations

import typing
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from negotiation.errors import InputError
from negotiation.scenario.problems import model_of
from negotiation.seats import SEATS

Sides = tuple[str, str]


def words_of(sides: Sides) -> dict[str, str]:
    """Return the seat of each side that does not bear the seat's own name.

    Examples
    --------
    >>> words_of(("us", "japan"))
    {'japan': 'china'}
    """
    return {own: seat for own, seat in zip(sides, SEATS, strict=True) if own != seat}


def problem_of(sides: Any) -> str:
    """Return what is wrong with a pair of sides, in a sentence; nothing if it can be used.

    Examples
    --------
    >>> problem_of(("us", "japan"))
    ''
    >>> problem_of(("japan", "us"))
    "sides: 'us' is the name of the first seat; write the sides the other way round."
    """
    if len(set(sides)) < len(sides):
        return f"sides: {sides[0]!r} cannot bargain with itself; name two sides."
    for own, other in zip(sides, reversed(SEATS), strict=True):
        if own == other:
            place = "first" if other == SEATS[0] else "second"
            return (
                f"sides: {own!r} is the name of the {place} seat; "
                "write the sides the other way round."
            )
    for own in sides:
        if not (own.isidentifier() and own.islower() and "_" not in own):
            return f"sides: {own!r} is no name of a side; allowed: small letters, such as 'japan'."
    return ""


def seated(data: Mapping[str, Any], model: type[BaseModel], sides: Sides) -> dict[str, Any]:
    """Return plain data of a scenario with the settings of its sides under the seats' names.

    Parameters
    ----------
    data : mapping
        As a file states it; data under the seats' names are left as they are.
    model : type
        The table that the data are of.
    sides : tuple of str

    Raises
    ------
    InputError
        If one setting is given under both names.
    """
    words = words_of(sides)
    found: dict[str, Any] = _translated(data, model, words, "") if words else dict(data)
    return found


def owned(data: Mapping[str, Any], model: type[BaseModel], sides: Sides) -> dict[str, Any]:
    """Return plain data of a scenario, under the seats' names, as the scenario's own file has them.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> owned({"tariffs": {"china_truce": 0.1}}, Scenario, ("us", "japan"))
    {'tariffs': {'japan_truce': 0.1}}
    """
    words = {seat: name for name, seat in words_of(sides).items()}
    found: dict[str, Any] = _owned(data, model, words) if words else dict(data)
    return found


def _owned(node: Any, annotation: Any, words: Mapping[str, str]) -> Any:
    if isinstance(node, str):
        return _swapped(node, words) if node in typing.get_args(annotation) else node
    if not isinstance(node, Mapping) or (model := model_of(annotation)) is None:
        return node
    if not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        named = typing.get_args(annotation)[-1] if typing.get_args(annotation) else model
        return {key: _owned(entry, named, words) for key, entry in node.items()}
    fields = model.model_fields
    return {
        _swapped(key, words) if key in fields else key: _owned(entry, fields[key].annotation, words)
        if key in fields
        else entry
        for key, entry in node.items()
    }


def seat_path(path: str, model: type[BaseModel], sides: Sides) -> str:
    """Return a dotted path under the seats' names.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> seat_path("tariffs.japan_truce", Scenario, ("us", "japan"))
    'tariffs.china_truce'
    >>> seat_path("issues.japan_tariff.japan_gain", Scenario, ("us", "japan"))
    'issues.japan_tariff.china_gain'
    """
    return _path(path, model, words_of(sides))


def own_path(path: str, model: type[BaseModel], sides: Sides) -> str:
    """Return a dotted path as the scenario's own file writes it.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> own_path("china.precision", Scenario, ("us", "japan"))
    'japan.precision'
    """
    own = {seat: name for name, seat in words_of(sides).items()}
    return _path(path, model, own, known=True)


def _path(path: str, model: Any, words: Mapping[str, str], *, known: bool = False) -> str:
    if not words:
        return path
    shown, current = [], model
    for part in path.split("."):
        inner = model_of(current) if current is not None else None
        fields = inner.model_fields if inner is not None else {}
        direct = isinstance(current, type) and issubclass(current, BaseModel)
        swapped = _swapped(part, words)
        name = part if known or part in fields else swapped
        if direct and name in fields:
            shown.append(swapped)
            current = fields[name].annotation
        else:  # a name that the file gives, or a place in a list
            shown.append(part)
            current = None if direct else inner
    return ".".join(shown)


def _swapped(name: str, words: Mapping[str, str]) -> str:
    return "_".join(words.get(word, word) for word in name.split("_"))


def _translated(node: Any, annotation: Any, words: Mapping[str, str], at: str) -> Any:
    if isinstance(node, str):
        allowed = typing.get_args(annotation)
        swapped = _swapped(node, words) if allowed and node not in allowed else node
        return swapped if swapped in allowed else node
    if not isinstance(node, Mapping) or (model := model_of(annotation)) is None:
        return node
    if not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        named = typing.get_args(annotation)[-1] if typing.get_args(annotation) else model
        return {key: _translated(entry, named, words, f"{at}{key}.") for key, entry in node.items()}
    found: dict[str, Any] = {}
    fields = model.model_fields
    for key, entry in node.items():
        name = key
        if key not in fields and (swapped := _swapped(str(key), words)) in fields:
            name = swapped
        if name in found or (name != key and name in node):
            raise InputError(f"{at}{key} and {at}{name} are the same setting; give it once.")
        field = fields.get(name)
        found[name] = _translated(entry, field.annotation, words, f"{at}{key}.") if field else entry
    return found
