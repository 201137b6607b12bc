"""Packages in words: what they are worth, and how far each issue is conceded, in its own unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from negotiation.scenario import SIDES, Scenario
from negotiation.scenario.sections import Issue
from negotiation.words import scene
from negotiation.words.numbers import money
from negotiation.words.parties import Party, parties

SMALL_PIE = 2.0  # in the unit of the gains
SHOWN = 0.005  # a smaller share of a concession is not worth a word


def brings(
    flows: Sequence[float], unit: str = "$bn", places: int | None = None,
    sides: Sequence[Party] | None = None,
) -> str:  # fmt: skip
    """Return what a package is worth to either side, in their order, as part of a sentence.

    Money comes year by year. Small sums have so many decimals. Without ``sides`` they are the US
    and China.

    Examples
    --------
    >>> brings((23.0, -13.4))
    'bring the United States $23bn a year and cost China $13bn a year'
    >>> brings((23.0, 0.3))
    'bring the United States $23bn and China $0.3bn a year'
    >>> brings((0.01, 0.0))
    'make no difference to either side'
    >>> brings((0.98, 0.02), places=2)
    'bring the United States $0.98bn and China $0.02bn a year'
    >>> brings((23.0, -13.4), "utility points")
    'bring the United States 23 utility points and cost China 13 utility points'
    """
    verbs = [
        "leave" if abs(x) < 0.5 * 10.0 ** -(places or 1) else "bring" if x > 0 else "cost"
        for x in flows
    ]
    if verbs == ["leave", "leave"]:
        return "make no difference to either side"
    us, china = (
        f"{side.name} {'where it is' if verb == 'leave' else money(x, unit, places)}"
        for side, verb, x in zip(sides or parties(), verbs, flows, strict=True)
    )
    if verbs[0] == verbs[1]:
        return f"{verbs[0]} {us} and {china}{scene.a_year(unit)}"
    us, china = (
        text if verb == "leave" else f"{text}{scene.a_year(unit)}"
        for text, verb in ((us, verbs[0]), (china, verbs[1]))
    )
    return f"{verbs[0]} {us} and {verbs[1]} {china}"


def listed(items: Iterable[str]) -> str:
    """Return items as a list; semicolons, because an item may hold a comma.

    Examples
    --------
    >>> listed(["tariffs", "chips", "oil"]), listed([])
    ('tariffs; chips; oil', 'nothing')
    """
    return "; ".join(items) or "nothing"


def level(issue: Issue, z: float) -> str:
    """Return how far an issue is conceded at ``z`` in [0, 1], in its own unit.

    Examples
    --------
    >>> tariff = Issue(name="tariff", conceded_by="us", unit="points", status_quo=20, full=0)
    >>> level(tariff, 0.4)
    'tariff 20 -> 12 points'
    >>> levels = {"unit": "$bn per year", "status_quo": 0, "full": 50}
    >>> level(Issue(name="purchases", conceded_by="china", **levels), 0.62)
    'purchases $31bn a year'
    """
    return f"{issue.name} {amount(issue, z)}"


def amount(issue: Issue, z: float) -> str:
    """Return how far an issue is conceded at ``z`` in [0, 1], in its own unit, without its name.

    Examples
    --------
    >>> tariff = Issue(name="tariff", conceded_by="us", unit="points", status_quo=20, full=0)
    >>> amount(tariff, 0.4)
    '20 -> 12 points'
    >>> amount(tariff, 0.95)
    '20 -> 1 point'
    """
    value = issue.status_quo + z * (issue.full - issue.status_quo)
    unit = issue.unit.replace("per year", "a year")
    if unit.startswith("$bn"):
        text = f"${value:.{decimals(issue)}f}bn{unit.removeprefix('$bn')}"
    elif unit.startswith("share "):
        text = f"{100 * value:.{decimals(issue, 100)}f}% {unit.removeprefix('share ')}"
    elif unit == "index":
        text = f"{100 * z:.0f}% of the way"
    else:
        shown = f"{value:.{decimals(issue)}f}"
        text = f"{shown} {'point' if (shown, unit) == ('1', 'points') else unit}"
        if issue.status_quo:
            text = f"{issue.status_quo:.3g} -> {text}"
    return text


def request(issue: Issue, z: float) -> str:
    """Return what a side asks for that wants an issue conceded to ``z``, as part of a sentence.

    Examples
    --------
    >>> tariff = Issue(
    ...     name="fentanyl tariff", conceded_by="us", unit="points", status_quo=20, full=0
    ... )
    >>> request(tariff, 0.25)
    'a cut of the fentanyl tariff from 20 to 15 points'
    >>> levels = {"status_quo": 0, "full": 1}
    >>> request(Issue(name="chip controls", conceded_by="us", unit="steps relaxed", **levels), 0.1)
    'a relaxation of chip controls by 0.10 steps'
    >>> request(Issue(name="oil imports", conceded_by="china", unit="share cut", **levels), 0.1)
    'a cut of oil imports by 10%'
    >>> request(Issue(name="licences", conceded_by="china", unit="index", **levels), 0.3)
    'licences (30% of the way)'
    """
    text, name = amount(issue, z), issue.name
    old, arrow, new = text.partition(" -> ")
    if arrow:
        change = "cut" if issue.full < issue.status_quo else "rise"
        return f"a {change} of {_with_article(name)} from {old} to {new}"
    if issue.unit.endswith(" relaxed"):
        return f"a relaxation of {name} by {text.removesuffix(' relaxed')}"
    if issue.unit.endswith(" cut"):
        return f"a cut of {name} by {text.removesuffix(' cut')}"
    if issue.unit.startswith("$bn"):
        return f"{name} of {text}"
    return f"{name} ({text})"


def _with_article(name: str) -> str:
    first = name.split()[0].lower()
    return name if first == "the" or first.endswith(("'s", "s'")) else f"the {name}"


def decimals(issue: Issue, scale: float = 1.0) -> int:
    """Return the decimals at which a hundredth of an issue's range is about one step."""
    width = scale * abs(issue.full - issue.status_quo)
    return 0 if width > 10 else 1 if width > 1 else 2


def conceded(scenario: Scenario, package: Sequence[float], side: str) -> list[str]:
    """Return the levels of all issues that ``side`` concedes in a package.

    What would read as no concession at all, 20 -> 20 points, is left out.
    """
    return [
        level(issue, z)
        for issue, z in zip(scenario.issues.values(), package, strict=False)
        if issue.conceded_by == side and z >= SHOWN and amount(issue, z) != amount(issue, 0.0)
    ]


def exchange(scenario: Scenario, package: Sequence[float]) -> str:
    """Return a package as two lines: what either side concedes in it."""
    first, second = (listed(conceded(scenario, package, side)) for side in SIDES)
    names = [side.name for side in parties(scenario)]
    return f"From {names[0]}: {first}.\nFrom {names[1]}: {second}."


def places_of(scenario: Scenario) -> int | None:
    """Return the decimals of sums where all that can be won is small; None is as usual.

    Examples
    --------
    >>> places_of(Scenario.load("split-the-pie")), places_of(Scenario.load("stockholm-2025"))
    (2, None)
    """
    if scenario.economy.weight.value:
        return None
    sums = [
        max(abs(issue.us_gain.value), abs(issue.china_gain.value))
        for issue in scenario.issues.values()
    ]
    return 2 if sum(sums) < SMALL_PIE else None


def by_name(scenario: Scenario, package: Sequence[float]) -> Mapping[str, float]:
    """Return a package as ``{issue: z}``."""
    return {name: float(z) for name, z in zip(scenario.issues, package, strict=False)}
