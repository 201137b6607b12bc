"""A problem of GENIUS, GeniusWeb or NegMAS as a scenario, so that our strategies play it.

An issue there has values that are worth anything to either party; here an issue is conceded, by any
fraction, and each side's gain is a smooth function of that fraction. What joins them is the
frontier. Of the values of one issue only those count that lie on the upper edge of the pairs of
what they are worth to both (the concave chain): any other is worth no more to both than a lottery
between two of the edge. Along the edge, from the value that the first party likes best to the one
that the second likes best, each step costs the first party something and brings the second
something. So each step becomes an issue that the United States, who is the first party, concedes,
with two linear gains. An offer on the frontier concedes the steps of an issue in their order,
because the first is the one that brings most for what it costs.

What is kept: the frontier over lotteries, exactly; what each party gets at each of its corners; the
reservation values, from which gains are counted; discounting. What is lost: a step conceded by half
stands for a lottery between its two values; values and outcomes below the edge are never offered;
and where there are more than 16 steps, the two whose merging loses least become one, over and over.
`FromDomain` says how much each of the last two takes from an outcome. Offers mix neighbouring
packages of the search along the frontier (:mod:`negotiation.rules.frontier_search`), so that two
steps of nearly the same rate may be conceded in part at once.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from negotiation.errors import InputError, OutOfRange, whole_number
from negotiation.interop.by_issue import frontier_by_issue
from negotiation.interop.domain import Domain, Issue, Profile, parts
from negotiation.interop.evaluators import FloatArray
from negotiation.interop.hardened_xml import MAX_SHOWN
from negotiation.interop.problem_files import read_problem
from negotiation.printable import printable
from negotiation.scenario import MAX_ISSUES, SIDES, Scenario
from negotiation.theory.frontier import concave_chain

ROUNDS = 100  # offers in all
MOST_ROUNDS = 10_000
START = dt.date(2025, 1, 1)
SCALE = 100.0  # utility points for a utility of 1: the rules add up in hundredths of a unit
UNIT = "utility points"
PRECISION = 10.0  # of a choice, per utility point: close to a best response
CUT = 0.01  # what GENIUS may cut off at 1 without its utilities ceasing to add up
SMALLEST, LARGEST = 1e-3, 1e6  # range of a party's utility


@dataclass(frozen=True)
class Step:
    """What one issue of the scenario stands for.

    Attributes
    ----------
    changes : tuple of tuple of str
        Of each issue that changes its name, the value before and the value after.
    cost, gain : float
        What the first party loses and the second gains, in utility.
    """

    changes: tuple[tuple[str, str, str], ...]
    cost: float
    gain: float

    def __add__(self, later: Step) -> Step:
        """Return both steps as one."""
        joined = {name: (before, after) for name, before, after in self.changes}
        for name, before, after in later.changes:
            joined[name] = (joined.get(name, (before,))[0], after)
        changes = tuple((name, before, after) for name, (before, after) in joined.items())
        return Step(changes, self.cost + later.cost, self.gain + later.gain)

    @property
    def words(self) -> str:
        """The step as a scenario calls it."""
        words = "; ".join(f"{name}: {before} to {after}" for name, before, after in self.changes)
        return words if len(words) <= 2 * MAX_SHOWN else f"{words[: 2 * MAX_SHOWN - 3]}..."


@dataclass(frozen=True)
class FromDomain:
    """A scenario made of a domain, and what became of it.

    Attributes
    ----------
    scenario : Scenario
    steps : tuple of Step
        One an issue of the scenario, in its order.
    best : dict of str to str
        Of each issue the value that the first party likes best, where every step begins.
    worth : tuple of float
        What that is worth to both, in utility.
    reservation : tuple of float
        What no agreement is worth: a gain of 0 in the scenario.
    efficient : int
        Efficient outcomes of the domain.
    below : float
        The most that an efficient outcome is worth less to the second party than a lottery that
        the first likes as much, in utility: how far outcomes lie below what is offered.
    merged : float
        The most that merging steps takes from the second party, in utility.
    remarks : tuple of str
        Sentences on what was unusual in the files.
    """

    scenario: Scenario
    steps: tuple[Step, ...]
    best: dict[str, str]
    worth: tuple[float, float]
    reservation: tuple[float, float]
    efficient: int
    below: float
    merged: float
    remarks: tuple[str, ...]

    def utility(self, side: int, gain: float) -> float:
        """Return a gain of a side (0 for the US) in the scenario, in utility points, as utility."""
        return self.reservation[side] + gain / SCALE

    def values(self, package: Collection[float]) -> dict[str, dict[str, float]]:
        """Return of each issue of the domain the chance of each value under a package.

        Examples
        --------
        >>> half = Step((("tea", "yes", "no"),), 0.5, 0.5)
        >>> made = FromDomain(None, (half,), {"tea": "yes"}, (1, 0), (0, 0), 2, 0.0, 0.0, ())
        >>> made.values([0.25])
        {'tea': {'yes': 0.75, 'no': 0.25}}
        """
        chances = {name: {value: 1.0} for name, value in self.best.items()}
        for step, z in zip(self.steps, package, strict=False):
            for name, before, after in step.changes:
                of_issue = chances[name]
                of_issue[before] = of_issue.get(before, 0.0) - z
                of_issue[after] = of_issue.get(after, 0.0) + z
        return chances


def scenario_from_domain(*places: str | Path, rounds: int = ROUNDS) -> Scenario:
    """Return a bargaining problem in files as a scenario.

    Parameters
    ----------
    *places : str or Path
        A domain and two profiles of GENIUS, GeniusWeb or NegMAS, or the folder that holds them.
        The first profile is played by the United States, the second by China.
    rounds : int
        Offers in all, one a day, the United States first.

    Raises
    ------
    InputError
        In one sentence, if the files cannot be read or their utilities do not add up.

    Examples
    --------
    >>> import tempfile
    >>> from negotiation.interop.domain import IntegerIssue
    >>> from negotiation.interop.evaluators import Linear
    >>> from negotiation.interop.genius import write_problem
    >>> pie = Domain("pie", (IntegerIssue(1, "slices", 0, 4),))
    >>> both = Profile((1.0,), (Linear(0.25, 0.0),)), Profile((1.0,), (Linear(-0.25, 1.0),))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     scenario = scenario_from_domain(*write_problem(folder, pie, both))
    >>> [issue.name for issue in scenario.issues.values()], scenario.us.agreement_value.value
    (['slices: 4 to 0'], 100.0)
    """
    return from_domain(*read_problem(*places), rounds=rounds).scenario


def from_domain(
    domain: Domain,
    profiles: tuple[Profile, Profile],
    *,
    rounds: int = ROUNDS,
    name: str = "",
    waste: bool = False,
) -> FromDomain:
    """Return the scenario of a domain and two profiles, and what became of them.

    Parameters
    ----------
    domain : Domain
    profiles : tuple of Profile
    rounds : int
        Offers in all.
    name : str
        Of the scenario; the domain's if not given.
    waste : bool
        Whether to add two issues that cost one side each and bring nothing, with which any outcome
        of the domain can be written as a package. On the frontier neither is conceded.
    """
    whole_number("rounds", rounds, 2)
    if rounds > MOST_ROUNDS:
        raise OutOfRange("rounds", rounds, f"2 to {MOST_ROUNDS:,}")
    columns = [parts(domain, profile) for profile in profiles]
    least, most = ([p.bias + sum(float(f(part)) for part in column)
                    for p, column in zip(profiles, columns, strict=True)]
                   for f in (np.min, np.max))  # fmt: skip
    check(profiles, least, most)
    floors = [
        low if math.isinf(profile.reservation) else profile.reservation
        for profile, low in zip(profiles, least, strict=True)
    ]
    chain: list[Step] = []
    best: dict[str, str] = {}
    start = [profile.bias for profile in profiles]
    for issue, one, two in zip(domain.issues, *columns, strict=True):
        found, first = steps_of(issue, np.column_stack((one, two)))
        best[clean(issue.name)] = first
        top = int(np.lexsort((two, one))[-1])
        start = [start[0] + float(one[top]), start[1] + float(two[top])]
        chain += found
    # as they are conceded: what brings most for what it costs comes first
    chain.sort(key=lambda step: -step.gain / step.cost)
    if not chain:
        raise InputError(
            f"domain {clean(domain.name)}: one outcome is best for both parties; there is nothing "
            "to negotiate."
        )
    steps = merged(chain, MAX_ISSUES - 2 * waste)
    outcomes = frontier_by_issue(domain, *profiles).pairs
    gap = float(np.max(-above(outcomes, start, chain), initial=0.0))
    lost = float(np.max(above(corners(start, chain), start, steps), initial=0.0))
    data = data_of(domain, profiles, steps, start, floors, rounds)
    if name:
        data["name"] = name
    if waste:
        spans = [top - low for low, top in zip(least, most, strict=True)]
        data["issues"] |= {
            f"waste_{label}": issue_of(f"lost to {label}", *loss)
            for label, loss in zip(SIDES, ((-spans[0], 0.0), (0.0, -spans[1])), strict=True)
        }
    return FromDomain(
        Scenario.from_dict(data), tuple(steps), best, (start[0], start[1]),
        (floors[0], floors[1]), len(outcomes), gap, lost,
        (*domain.remarks, *(remark for profile in profiles for remark in profile.remarks)),
    )  # fmt: skip


def check(profiles: tuple[Profile, Profile], least: list[float], most: list[float]) -> None:
    """Refuse utilities that do not add up, or of a size at which rounding would count."""
    for k, profile in enumerate(profiles):
        if most[k] > profile.cap + CUT:
            raise InputError(
                f"party {k + 1}: utilities up to {most[k]:.4g} are cut off at {profile.cap:g}, so "
                "they do not add up; make the weights sum to 1."
            )
        span = most[k] - least[k]
        floor = profile.reservation
        if not math.isinf(floor) and abs(floor - least[k]) > LARGEST:
            raise InputError(
                f"party {k + 1}: no agreement is worth {floor:.3g}; allowed: within {LARGEST:,.0f} "
                "of the least utility."
            )
        if not SMALLEST <= span <= LARGEST:
            raise InputError(
                f"party {k + 1}: utilities range over {span:.3g}; allowed: {SMALLEST:g} to "
                f"{LARGEST:,.0f}."
            )


def steps_of(issue: Issue, pairs: FloatArray) -> tuple[list[Step], str]:
    """Return the steps along the upper edge of an issue's values, and the value they begin at."""
    edge = concave_chain(pairs)[::-1]  # from what the first party likes best
    names = [value_name(issue, int(k)) for k in edge]
    steps = [
        Step(
            ((clean(issue.name), names[k], names[k + 1]),),
            float(pairs[edge[k], 0] - pairs[edge[k + 1], 0]),
            float(pairs[edge[k + 1], 1] - pairs[edge[k], 1]),
        )
        for k in range(len(edge) - 1)
    ]
    return steps, names[0]


def value_name(issue: Issue, place: int) -> str:
    """Return a value of an issue as text."""
    value = Domain("", (issue,)).outcome(place)[0]
    return clean(f"{value:g}" if isinstance(value, float) else str(value))


def clean(text: str) -> str:
    """Return text from a file on one line, of a length that a table can hold."""
    text = " ".join(printable(text).split()) or "unnamed"
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 3]}..."


def merged(chain: list[Step], most: int) -> list[Step]:
    """Return at most so many steps: the two neighbours whose merging loses least, repeatedly."""
    steps = list(chain)
    cost, gain = sum(step.cost for step in steps), sum(step.gain for step in steps)
    while len(steps) > most:
        lost = [
            (one.gain * two.cost - two.gain * one.cost) / (one + two).cost / gain
            + (one.gain * two.cost - two.gain * one.cost) / (one + two).gain / cost
            for one, two in zip(steps, steps[1:], strict=False)
        ]
        k = int(np.argmin(lost))
        steps[k : k + 2] = [steps[k] + steps[k + 1]]
    return steps


def corners(start: list[float], steps: list[Step]) -> FloatArray:
    """Return both utilities before the first step and after each, by falling first utility."""
    moves = [(-step.cost, step.gain) for step in steps]
    return np.asarray(np.cumsum([start, *moves], axis=0))


def above(points: FloatArray, start: list[float], steps: list[Step]) -> FloatArray:
    """Return how much more the second party gets from ``points`` than along the steps."""
    edge = corners(start, steps)[::-1]
    return np.asarray(points[:, 1] - np.interp(points[:, 0], edge[:, 0], edge[:, 1]))


def data_of(
    domain: Domain, profiles: tuple[Profile, Profile], steps: list[Step], start: list[float],
    floors: list[float], rounds: int,
) -> dict[str, Any]:  # fmt: skip
    """Return the scenario as plain data."""
    name = re.sub(r"[^a-z0-9]+", "-", domain.name.lower())[:MAX_SHOWN].strip("-") or "domain"
    parties = [clean(profile.name or f"party {k + 1}") for k, profile in enumerate(profiles)]
    data: dict[str, Any] = {
        "name": name,
        "title": f"{clean(domain.name)}: {parties[0]} as the United States, {parties[1]} as China",
        "description": (
            f"A utility of 1 is {SCALE:g} {UNIT}. Gains are counted from no "
            f"agreement, which is worth {floors[0]:g} to {parties[0]} and {floors[1]:g} to "
            f"{parties[1]}. At z = 0 everywhere {parties[0]} has all as it likes it; each issue "
            "is a step from one value to another: conceded by half, a lottery between the two."
        ),
        "unit": UNIT,
        "clock": {"tick_days": 1.0},
        "calendar": {
            "start": START,
            "horizon": START + dt.timedelta(days=rounds),
            "talks_every_days": 1.0,
        },
        "issues": {},
    }
    for side, label in enumerate(SIDES):
        data[label] = {
            "strategy": "linear",
            "agreement_value": worth(start[side] - floors[side]),
            "precision": number(PRECISION, "", "close to a best response"),
        }
        if (discount := profiles[side].discount) < 1.0:
            # a factor over the whole time, here one over a year
            patience = max(discount ** (365.0 / rounds), 1e-300)
            data[label]["patience"] = number(patience, "per year", f"{discount:g} over all rounds")
    for k, step in enumerate(steps, start=1):
        slug = re.sub(r"[^a-z0-9]+", "_", step.changes[0][0].lower()).strip("_")[:30] or "issue"
        data["issues"][f"step_{k}_{slug}"] = issue_of(step.words, -step.cost, step.gain)
    return data


def issue_of(name: str, us_gain: float, china_gain: float) -> dict[str, Any]:
    """Return an issue that the US concedes, as plain data."""
    return {
        "name": name,
        "conceded_by": "us",
        "unit": "index",
        "status_quo": 0.0,
        "full": 1.0,
        "us_gain": worth(us_gain),
        "china_gain": worth(china_gain),
    }


def worth(utility: float) -> dict[str, Any]:
    """Return a utility as a number of a scenario."""
    return number(SCALE * utility, "", "the profile")


def number(value: float, unit: str, source: str) -> dict[str, Any]:
    """Return a number of a scenario."""
    return {"value": value, "unit": unit, "mark": "definition", "source": source}
