"""What a setting is called: a plain label; the path that ``--set`` takes is beside it."""

from __future__ import annotations

import re
from functools import reduce
from typing import Any

from negotiation.scenario import Scenario
from negotiation.scenario.problems import model_of
from negotiation.scenario.quantity import Quantity
from negotiation.tactics.registry import BUILT_IN
from negotiation.words.groups import group
from negotiation.words.language import ENGLISH, SETTING, data, marked, spoken, tr, trc
from negotiation.words.parties import Party, by_seat, parties

# Lists, whose members have names of their own.
MEMBERS = {
    "stance": (
        marked("taste for protection of {members}"),
        (marked("a dove"), marked("a middle type"), marked("a hawk")),
    ),
    "stance_prior": (
        marked("probability of {members}"),
        (marked("a dove"), marked("a middle type"), marked("a hawk")),
    ),
    "resolve": (
        marked("weight of {members} on the cost of a lapse"),
        (marked("the ordinary type"), marked("the resolute type")),
    ),
    "us.trait": (
        marked("security value of denial, {members}"),
        (marked("low"), marked("high")),
    ),
    "china.trait": (
        marked("share of pledges delivered, {members}"),
        (marked("low"), marked("high")),
    ),
}


def label(path: str, scenario: Scenario | None = None) -> str:
    """Return a setting in words.

    Parameters
    ----------
    path : str
        As ``--set`` takes it; the path itself comes back where it leads nowhere.
    scenario : Scenario, optional
        For the names of its issues and of its sides.

    Examples
    --------
    >>> label("deadline.held_days"), label("us.patience")
    ('longest time for which a concession made for a truce is held',
     'United States: annual discount factor')
    >>> label("china.types.resolve.1")
    'China: weight of the resolute type on the cost of a lapse'
    >>> label("issues.pie.mandate", Scenario.load("split-the-pie"))
    'the pie: how far a delegation may go without its leader'
    """
    parts = seat_path(path, scenario).split(".")
    sides = by_seat(scenario)
    side = sides[parts[0]].title if parts[0] in sides else ""
    if side and parts[1:2] == ["strategy"]:
        return _of(_strategy(parts[2:], scenario), side)
    if parts[0] == "linkage" and len(parts) == 3:
        first, second = (_issue(name, scenario) for name in parts[1:])
        return tr("{first} and {second}: extra gain together", first=first, second=second)
    owner = [side] if side else []
    if len(parts) > 2 and parts[0] == "issues":
        owner = [_issue(parts[1], scenario)]
    if len(parts) > 3 and parts[1] == "constituencies":
        owner.append(group(parts[2]))
    about = _member(parts) or _translated(_described(parts), scenario)
    return reduce(_of, reversed([*owner, about])) if about else path


def _of(about: str, owner: str) -> str:
    return trc("a setting", "{owner}: {about}", owner=owner, about=about)


def _translated(text: str, scenario: Scenario | None) -> str:
    """Return the description of a setting in the language that is spoken, with its own sides."""
    first, second = parties(scenario)
    if spoken() == ENGLISH or not text:
        return with_sides(text, first, second)
    said = trc(SETTING, text)
    if said == text:  # the catalogue lacks it
        return with_sides(text, first, second)
    return said.format(us=first.title, china=second.title)


def own_path(path: str, scenario: Scenario | None) -> str:
    """Return a path under the scenario's own names of its sides; without one as it is."""
    return path if scenario is None else scenario.own_path(path)


def seat_path(path: str, scenario: Scenario | None) -> str:
    """Return a path under the names of the seats; without a scenario as it is."""
    return path if scenario is None else scenario.seat_path(path)


def named(path: str, scenario: Scenario | None = None) -> str:
    """Return a setting in words, and its path.

    Examples
    --------
    >>> named("deadline.grace")
    'a lapse without penalty at first (deadline.grace)'
    """
    words = label(path, scenario)
    own = own_path(path, scenario)
    if words == path:
        return own
    return trc("a setting", "{words} ({path})", words=words, path=own)


def value(given: Any) -> str:
    """Return the value of a setting as people write it; of an uncertain number its range too.

    Examples
    --------
    >>> value(3.0), value(29123.4), value(0.123456), value("linear"), value(None), value([1, 0])
    ('3', '29123', '0.123', 'linear', 'none', '[1, 0]')
    >>> value(Quantity(value=2, low=1, high=5, distribution="triangular"))
    '2 (1 to 5)'
    """
    if isinstance(given, Quantity):
        if not given.uncertain:
            return value(given.value)
        ends = given.support() if given.low is None else (given.low, given.high)
        return trc(
            "a range", "{middle} ({low} to {high})", middle=value(given.value), low=value(ends[0]),
            high=value(ends[1]),
        )  # fmt: skip
    if isinstance(given, list | tuple):
        return f"[{', '.join(value(member) for member in given)}]"
    if isinstance(given, dict) and "value" in given:
        return value(given["value"])
    if isinstance(given, float):
        return f"{given:.0f}" if abs(given) >= 100 else f"{given:.3g}"
    return tr("none") if given is None else str(given)


# The sides in the descriptions of settings, which are worded for the US and China.
SIDE = re.compile(r"(?P<the>\bthe )?\b(?P<side>US|China's|Chinese|China)\b")
NO_NOUN = re.compile(r" (at|speaks|during|below|when)\b")  # what may follow a side and is no noun


def with_sides(text: str, first: Party, second: Party) -> str:
    """Return the description of a setting with other sides in the places of the US and China.

    Examples
    --------
    >>> from negotiation.words.parties import party
    >>> with_sides("US tariff on China during the truce", party("us"), party("japan"))
    'US tariff on Japan during the truce'
    >>> with_sides("China's tariff during the truce", party("us"), party("japan"))
    "Japan's tariff during the truce"
    >>> with_sides("rulings against the US tariffs", party("eu"), party("china"))
    'rulings against the European tariffs'
    >>> with_sides("further value to the US at z = 1", party("eu"), party("china"))
    'further value to the EU at z = 1'
    """
    usual = parties()

    def named(found: re.Match[str]) -> str:
        us = found["side"] == "US"
        side = first if us else second
        if side == usual[0 if us else 1]:
            return found[0]
        if found["side"] == "China's":
            return f"{side.brief}'s"
        if found["side"] == "Chinese" or (us and _before_a_noun(found)):
            if side.adjective == side.title:  # of no region
                return f"{side.title}'s"
            return f"{found['the'] or ''}{side.adjective}"
        return side.short if found.string[found.end() :].startswith(":") else side.brief

    return SIDE.sub(named, text)


def _before_a_noun(found: re.Match[str]) -> bool:
    rest = found.string[found.end() :]
    return rest.startswith(" ") and not NO_NOUN.match(rest)


def _issue(key: str, scenario: Scenario | None) -> str:
    if scenario is not None and key in scenario.issues:
        return data(scenario.issues[key].name)
    return key.replace("_", " ")


def _strategy(parts: list[str], scenario: Scenario | None) -> str:
    if not parts:
        return tr("strategy")
    known = (cls.settings().get(parts[0]) for cls in BUILT_IN.values())
    about = next((setting.about for setting in known if setting), "")
    if about:
        return _translated(about, scenario)
    return tr("{setting} of its strategy", setting=parts[0])


def _member(parts: list[str]) -> str:
    """Return a list of types, or a member of one, in words; of anything else nothing."""
    if len(parts) < 3 or parts[1] != "types":
        return ""
    about = MEMBERS.get(parts[2]) or MEMBERS.get(f"{parts[0]}.{parts[2]}")
    if about is None:
        return ""
    words, members = about
    asked = [m for k, m in enumerate(members) if parts[3:4] in ([], [str(k)])]
    if not asked:
        return ""
    return tr(words, members=trc("between groups", ", ").join(map(tr, asked)))


def _described(parts: list[str]) -> str:
    """Return what the field at a path is said to be, or nothing."""
    current: Any = Scenario
    about = ""
    for part in parts:
        inner = model_of(current)
        if inner is not None and part in inner.model_fields:
            field = inner.model_fields[part]
            current, about = field.annotation, field.description or ""
        elif inner is None:
            return ""
    return about
