"""What a scenario sets otherwise than the one that it comes from: on screens, pictures, in JSON."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import metadata
from typing import Any, NamedTuple

from pydantic import BaseModel

from negotiation.scenario import Quantity, Scenario, shipped
from negotiation.scenario.strategy_name import StrategyName
from negotiation.words.language import tr, trc, trn
from negotiation.words.own_names import in_own_names
from negotiation.words.parties import party
from negotiation.words.scene import capital
from negotiation.words.settings import named, value

ABOUT = ("name", "title", "description", "sources", "source", "unit")  # no run depends on them
SHOWN = 4
LONGEST = 60  # letters of a folder's name


class Change(NamedTuple):
    """A setting at another value; None where there was, or is, none."""

    path: str
    old: Any
    new: Any


def origin(scenario: Scenario) -> Scenario | None:
    """Return the shipped scenario that one comes from: of its name, or else with its agenda.

    Of one that comes from none it is the file as it was loaded.
    """
    if scenario.name in shipped():
        return _shipped(scenario.name)
    for name in shipped():
        other = _shipped(name)
        if (other.sides, [*other.issues]) == (scenario.sides, [*scenario.issues]):
            return other
    text = scenario.text
    return Scenario.of_text(text, scenario.where) if text else None


@cache
def _shipped(name: str) -> Scenario:
    return Scenario.load(name)


def changes(scenario: Scenario, before: Scenario | None) -> list[Change]:
    """Return the settings that differ, in the order of a file; none where there is no ``before``.

    Examples
    --------
    >>> pie = Scenario.load("split-the-pie")
    >>> changes(pie.replace({"us.strategy": "boulware"}), pie)
    [Change(path='us.strategy', old='linear', new='boulware')]
    """
    return [] if before is None else list(_differ(before, scenario, ""))


def _differ(old: Any, new: Any, path: str) -> Iterator[Change]:
    if isinstance(old, Quantity) and isinstance(new, Quantity):
        if _drawn(old) != _drawn(new):
            yield Change(path, old, new)
    elif isinstance(old, StrategyName) and isinstance(new, StrategyName):
        if str(old) != str(new):
            yield Change(path, old.words, new.words)
        else:
            yield from _differ(old.settings, new.settings, path)
    elif isinstance(old, BaseModel) and isinstance(new, BaseModel):
        for name in type(old).model_fields:
            if name not in ABOUT:
                pair = getattr(old, name), getattr(new, name)
                yield from _differ(*pair, f"{path}.{name}" if path else name)
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in {**old, **new}:
            inner = f"{path}.{key}" if path else str(key)
            yield from _differ(old.get(key), new.get(key), inner)
    elif isinstance(old, tuple) and isinstance(old[0], Quantity):  # as many of them as ever
        for k, pair in enumerate(zip(old, new, strict=True)):
            yield from _differ(*pair, f"{path}.{k}")
    elif old != new:
        yield Change(path, old, new)


def _drawn(number: Quantity) -> tuple[Any, ...]:
    """Return what decides which value a run gets."""
    how = number.low, number.high, number.distribution, number.shape, number.values
    return (number.value, *(how if number.uncertain else ()))


def pinned(change: Change) -> bool:
    """Return whether an uncertain number is merely held at its central value."""
    old, new = change.old, change.new
    numbers = isinstance(old, Quantity) and isinstance(new, Quantity)
    return numbers and old.uncertain and not new.uncertain and old.value == new.value


def in_lines(scenario: Scenario, most: int = SHOWN) -> list[str]:
    """Return what differs from the origin, one line each; of very many the first.

    Examples
    --------
    >>> in_lines(Scenario.load("split-the-pie").replace({"us.patience": 0.8}))
    ['United States: annual discount factor (us.patience): 0.8, not 1']
    """
    found = changes(scenario, origin(scenario))
    held = [change for change in found if pinned(change)]
    other = [change for change in found if len(held) <= most or change not in held]
    lines = [_line(change, scenario) for change in other[:most]]
    if len(other) > most:
        n = len(other) - most
        lines.append(trn("and {n} setting more", "and {n} settings more", n))
    if len(held) > most:
        lines.append(
            trn(
                "{n} uncertain number held at their central values",
                "{n} uncertain numbers held at their central values",
                len(held),
            )
        )
    return lines


def _line(change: Change, scenario: Scenario) -> str:
    path, old, new = change
    filled = {
        "setting": capital(named(path, scenario)), "value": _shown(path, new, scenario),
    }  # fmt: skip
    if old is None:
        return trc("a change", "{setting}: {value}", **filled)
    return trc(
        "a change", "{setting}: {value}, not {old}", **filled, old=_shown(path, old, scenario)
    )


def _shown(path: str, given: Any, scenario: Scenario) -> str:
    """Return the value of a setting as people write it, the sides by their own names."""
    if path == "sides":
        first, second = (party(side).title for side in given)
        return trc("both sides", "{first} and {second}", first=first, second=second)
    return value(in_own_names(given, scenario))


def stated(scenario: Scenario) -> str:
    """Return which scenario it is, as part of a sentence that :func:`told` goes on.

    Examples
    --------
    >>> pie = Scenario.load("split-the-pie")
    >>> stated(pie), stated(pie.replace({"us.patience": 0.8}))
    ('split-the-pie as shipped', 'split-the-pie with:')
    """
    before = origin(scenario)
    if before is None or not changes(scenario, before):
        if scenario.name in shipped():
            return tr("{name} as shipped", name=scenario.name)
        return tr("{name} as it stands", name=scenario.name)
    if before.name == scenario.name:
        return tr("{name} with:", name=scenario.name)
    return tr("{name}, which is {other} with:", name=scenario.name, other=before.name)


def plain(found: list[Change]) -> dict[str, Any]:
    """Return the new values by path, as ``Scenario.replace`` takes them and JSON holds them."""
    return {path: _plain(new) for path, _, new in found}


def _plain(given: Any) -> Any:
    if isinstance(given, BaseModel):
        if isinstance(given, Quantity) and not given.uncertain:
            return given.value
        entries = given.model_dump(mode="json", exclude_defaults=True)
        return {k: v for k, v in entries.items() if k not in ABOUT}
    if isinstance(given, Mapping):
        return {key: _plain(entry) for key, entry in given.items()}
    plain_types = isinstance(given, str | int | float | bool | None)
    return given if plain_types else list(given) if isinstance(given, tuple) else str(given)


def suffix(scenario: Scenario) -> str:
    """Return the name of the folder for a scenario beside that of its origin; empty if unchanged.

    Readable where it tells all, else its beginning with the fingerprint.

    Examples
    --------
    >>> pie = Scenario.load("split-the-pie")
    >>> suffix(pie), suffix(pie.replace({"us.patience": 0.8, "us.strategy": "boulware"}))
    ('', 'us.strategy=boulware,us.patience=0.8')
    """
    found = changes(scenario, origin(scenario))
    if not found:
        return ""
    exact = all(
        isinstance(new, str | int | dt.date) or isinstance(new, Quantity) and not new.uncertain
        for _, _, new in found
    )
    text = ",".join(f"{scenario.own_path(path)}={_short(new)}" for path, _, new in found)
    name = re.sub(r"[^A-Za-z0-9.,=_-]+", "-", text).strip("-.,")
    return folder_name(name, scenario.fingerprint, exact=exact and name == text)


def folder_name(text: str, digest: str, *, exact: bool = True) -> str:
    """Return a text where it tells all and is short, else whole words of it and a digest.

    Examples
    --------
    >>> folder_name("among_linear", "0123456789"), folder_name("a" * 61, "0123456789")
    ('among_linear', 'changed-01234567')
    """
    if exact and len(text) <= LONGEST:
        return text
    between = "," if "," in text else "_"
    begun = text if len(text) <= LONGEST else text[:LONGEST].rpartition(between)[0]
    return f"{begun.rstrip('-.,=') or 'changed'}-{digest[:8]}"


def _short(given: Any) -> str:
    return f"{given.value:.12g}" if isinstance(given, Quantity) else str(given)


def about(scenario: Scenario) -> dict[str, Any]:
    """Return what JSON says of a scenario: which, of what version, and how it differs from which.

    Examples
    --------
    >>> found = about(Scenario.load("split-the-pie").replace({"us.patience": 0.8}))
    >>> found["settings"], found["settings_against"]
    ({'us.patience': 0.8}, 'split-the-pie')
    """
    before = origin(scenario)
    return {
        "scenario": scenario.name,
        "version": metadata.version("negotiation"),
        "fingerprint": scenario.fingerprint,
        "settings": in_own_names(plain(changes(scenario, before)), scenario),
        "settings_against": None if before is None else before.name,
    }
