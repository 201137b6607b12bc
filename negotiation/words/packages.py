"""Packages in words: what they are worth, and how far each issue is conceded, in its own unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from negotiation.scenario import SIDES, Scenario
from negotiation.scenario.sections import Issue
from negotiation.words import scene
from negotiation.words.language import data, in_list, markedc, tr, trc
from negotiation.words.numbers import dollars, money
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
    us, china = (
        _Part(side.name, x, unit, places) for side, x in zip(sides or parties(), flows, strict=True)
    )
    if us.way == china.way == 0:
        return tr("make no difference to either side")
    if us.way == china.way:
        sums = {"first": us.side, "one": us.sum, "second": china.side, "two": china.sum}
        if scene.flows(unit):
            return (
                tr("bring {first} {one} and {second} {two} a year", **sums)
                if us.way > 0
                else tr("cost {first} {one} and {second} {two} a year", **sums)
            )
        return (
            tr("bring {first} {one} and {second} {two}", **sums)
            if us.way > 0
            else tr("cost {first} {one} and {second} {two}", **sums)
        )
    return trc("both sides", "{first} and {second}", first=us.words(), second=china.words())


class _Part(NamedTuple):
    """What a package is worth to one side."""

    side: str
    flow: float
    unit: str
    places: int | None

    @property
    def way(self) -> int:
        """Whether it loses (-1), gains (1) or neither."""
        if abs(self.flow) < 0.5 * 10.0 ** -(self.places or 1):
            return 0
        return 1 if self.flow > 0 else -1

    @property
    def sum(self) -> str:
        return money(self.flow, self.unit, self.places)

    def words(self) -> str:
        """Return it as a part of a sentence."""
        if self.way == 0:
            return tr("leave {side} where it is", side=self.side)
        if scene.flows(self.unit):
            return (
                tr("bring {side} {sum} a year", side=self.side, sum=self.sum)
                if self.way > 0
                else tr("cost {side} {sum} a year", side=self.side, sum=self.sum)
            )
        return (
            tr("bring {side} {sum}", side=self.side, sum=self.sum)
            if self.way > 0
            else tr("cost {side} {sum}", side=self.side, sum=self.sum)
        )


def listed(items: Iterable[str]) -> str:
    """Return items as a list; semicolons, because an item may hold a comma.

    Examples
    --------
    >>> listed(["tariffs", "chips", "oil"]), listed([])
    ('tariffs; chips; oil', 'nothing')
    """
    return in_list(items) or tr("nothing")


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
    return trc("a level", "{issue} {amount}", issue=data(issue.name), amount=amount(issue, z))


def amount(issue: Issue, z: float) -> str:
    """Return how far an issue is conceded at ``z`` in [0, 1], in its own unit, without its name.

    Examples
    --------
    >>> tariff = Issue(name="tariff", conceded_by="us", unit="points", status_quo=20, full=0)
    >>> amount(tariff, 0.4)
    '20 -> 12 points'
    >>> amount(tariff, 0.95)
    '20 -> 1 point'
    >>> levels = {"status_quo": 0, "full": 1}
    >>> amount(Issue(name="oil imports", conceded_by="china", unit="share cut", **levels), 0.1)
    'cut by 10%'
    >>> amount(Issue(name="chips", conceded_by="us", unit="H20-class steps relaxed", **levels), 0.1)
    'relaxed by 10% of one H20-class step'
    """
    for end, said in DONE.items():
        if issue.unit.endswith(end):
            return trc("a level", said, amount=_from_to(issue, z, end)[1])
    old, new = _from_to(issue, z)
    return new if old is None else trc("a level", "{old} -> {new}", old=old, new=new)


# How the unit of an issue ends that is cut or relaxed by so much, and what is said of it.
DONE = {
    " relaxed": markedc("a level", "relaxed by {amount}"),
    " cut": markedc("a level", "cut by {amount}"),
}


def _from_to(issue: Issue, z: float, without: str = "") -> tuple[str | None, str]:
    """Return the level that stands, where one does, and the one at ``z``.

    What stands at the end of the unit may be left out.
    """
    value = issue.status_quo + z * (issue.full - issue.status_quo)
    unit = _unit(issue.unit).removesuffix(without)
    if unit.startswith("$bn"):
        sum_, rest = dollars(value, decimals(issue)), unit.removeprefix("$bn").strip()
        if not rest:
            return None, sum_
        return None, trc("an amount", "{sum} {what}", sum=sum_, what=data(rest))
    if unit.startswith("share"):
        share = f"{100 * value:.{decimals(issue, 100)}f}%"
        what = unit.removeprefix("share").strip()
        return None, trc(
            "a share", "{share} {what}", share=share, what=data(what)
        ) if what else share
    if unit == "index":
        share = f"{100 * z:.0f}%"
        return None, tr("{share} of the way", share=share)
    if without and unit.endswith("steps") and max(issue.status_quo, issue.full) <= 1.0:
        step, share = data(unit.removesuffix("s")), f"{100 * value:.0f}%"
        return None, trc("a share", "{share} of one {what}", share=share, what=step)
    shown = f"{value:.{decimals(issue)}f}"
    unit = "point" if (shown, unit) == ("1", "points") else unit
    text = trc("an amount", "{sum} {what}", sum=shown, what=data(unit)) if unit else shown
    return (f"{issue.status_quo:.3g}" if issue.status_quo else None), text


def _unit(unit: str) -> str:
    return unit.replace("per year", "a year")


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
    >>> request(Issue(name="chips", conceded_by="us", unit="steps relaxed", **levels), 0.1)
    'a relaxation of chips by 10% of one step'
    >>> request(Issue(name="oil imports", conceded_by="china", unit="share cut", **levels), 0.1)
    'a cut of oil imports by 10%'
    >>> request(Issue(name="licences", conceded_by="china", unit="index", **levels), 0.3)
    'licences (30% of the way)'
    """
    name = data(issue.name)
    old, new = _from_to(issue, z)
    if old is not None:
        words = {"issue": _with_article(issue.name), "old": old, "new": new}
        if issue.full < issue.status_quo:
            return tr("a cut of {issue} from {old} to {new}", **words)
        return tr("a rise of {issue} from {old} to {new}", **words)
    if issue.unit.endswith(" relaxed"):
        by = _from_to(issue, z, " relaxed")[1]
        return tr("a relaxation of {issue} by {amount}", issue=name, amount=by)
    if issue.unit.endswith(" cut"):
        by = _from_to(issue, z, " cut")[1]
        return tr("a cut of {issue} by {amount}", issue=name, amount=by)
    if issue.unit.startswith("$bn"):
        return tr("{issue} of {amount}", issue=name, amount=new)
    return trc("a request", "{issue} ({amount})", issue=name, amount=new)


def _with_article(name: str) -> str:
    first = name.split()[0].lower()
    if first == "the" or first.endswith(("'s", "s'")):
        return data(name)
    return trc("an article", "the {issue}", issue=data(name))


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
    return "\n".join(
        tr("From {side}: {what}.", side=side.name, what=listed(conceded(scenario, package, seat)))
        for seat, side in zip(SIDES, parties(scenario), strict=True)
    )


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
