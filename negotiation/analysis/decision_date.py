"""The first deadline as the two sides see it on the first day: who asks for what, who gives in.

A decision date is a small game on a tree (:mod:`negotiation.solvers.dispute_date`): a lot decides
who speaks first; that side settles evenly or makes a demand; after an even word the other accepts
or demands; whoever is demanded of gives in or refuses. What follows a refusal is worth what the
model itself would do from there on, solved backward. Here it stands at the central numbers and the
beliefs of the first day, in words and numbers, and as a tree of
:class:`negotiation.theory.ExtensiveGame`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from negotiation.analysis.first_day import first_day
from negotiation.door import checked
from negotiation.errors import InputError
from negotiation.scenario import SIDES, Scenario
from negotiation.scenario.sides import Sides
from negotiation.words.parties import parties

if TYPE_CHECKING:
    from negotiation.theory.game_tree import ExtensiveGame, Tree

RESOLVES = ("ordinary", "resolute")


@dataclass(frozen=True)
class Demand:
    """A concession that a side may name as the price of the truce.

    Attributes
    ----------
    side, issue : str
        Who asks, and for which issue of the other side.
    chance : float
        That this is what it asks for, if it asks.
    gain, price : float
        What it brings the side that asks and costs the side that gives, $bn, held as long as is
        expected.
    days : float
        For how long that is.
    """

    side: str
    issue: str
    chance: float
    gain: float
    price: float
    days: float


@dataclass(frozen=True)
class DecisionDate:
    """How the first deadline is played, by side.

    Attributes
    ----------
    demands : tuple of Demand
    speaks, replies : dict of str to float
        Chance that a side makes a demand when it speaks first, and after an even word.
    gives_in : dict of str to float
        Chance that an ordinary side gives in; a resolute one never does.
    believed, learned : dict of str to float
        That a side is resolute: before the date, and after it has refused.
    audience, toll : dict of str to float
        What giving in costs at home beside the concession, and what making a demand costs, $bn.
    no_truce : dict of str to dict of str to float
        By side and resolve: what no truce is worth once that side has refused, $bn.
    worth : dict of str to dict of str to float
        By side and resolve: what the date is worth, against an even truce, $bn.
    outcomes : dict of str to float
        Chances of ``even``, ``us_gives``, ``china_gives`` and ``no_agreement``.
    lengths : dict of float to float
        Chance of each length of an even truce, days.
    us_first : float
        Chance that the United States speaks first.
    """

    demands: tuple[Demand, ...]
    speaks: dict[str, float]
    replies: dict[str, float]
    gives_in: dict[str, float]
    believed: dict[str, float]
    learned: dict[str, float]
    audience: dict[str, float]
    toll: dict[str, float]
    no_truce: dict[str, dict[str, float]]
    worth: dict[str, dict[str, float]]
    outcomes: dict[str, float]
    lengths: dict[float, float]
    us_first: float


@checked
def decision_date(scenario: Scenario) -> DecisionDate | None:
    """Return the first deadline as it is played at the beliefs of the first day.

    Returns
    -------
    DecisionDate or None
        None where no truce runs out.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> decision_date(Scenario.load("split-the-pie")) is None
    True
    >>> found = decision_date(Scenario.load("stockholm-2025"))
    >>> max(found.outcomes, key=found.outcomes.get)
    'even'
    """
    if scenario.calendar.truce_expires is None:
        return None
    world, stakes, _ = first_day(scenario)
    dispute, date = stakes["dispute"], stakes["date"]
    believed, learned = by_side(dispute["prior"]), by_side(date["learned"])
    asked, gives = by_side(date["asked"]), by_side(date["gives"])
    pays = {
        side: asked[other] * (1.0 - believed[side]) * gives[side]
        for side, other in (SIDES, SIDES[::-1])
    }
    even = float(date["even"])
    return DecisionDate(
        demands=tuple(demands_of(scenario, dispute)),
        speaks=by_side(date["speaks"]),
        replies=by_side(date["replies"]),
        gives_in=gives,
        believed=believed,
        learned=learned,
        audience=by_side(dispute["audience"]),
        toll=by_side(stakes["terms"]["toll"]),
        no_truce={
            label: {kind: at_belief(stakes, side, r) for r, kind in enumerate(RESOLVES)}
            for side, label in enumerate(SIDES)
        },
        worth={
            label: {kind: float(date["worth"][2 * side + r]) for r, kind in enumerate(RESOLVES)}
            for side, label in enumerate(SIDES)
        },
        outcomes={
            "even": even,
            "us_gives": pays["us"],
            "china_gives": pays["china"],
            "no_agreement": max(1.0 - even - pays["us"] - pays["china"], 0.0),
        },
        lengths={
            float(days): float(chance)
            for days, chance in zip(dispute["days"], dispute["even_length"], strict=True)
        },
        us_first=float(dispute["first"]),
    )


def by_side(pair: Any) -> dict[str, float]:
    """Return two numbers by the side that they belong to."""
    return dict(zip(SIDES, map(float, pair), strict=True))


def at_belief(stakes: Any, side: int, resolve: int) -> float:
    """Return what no truce is worth to a side of a resolve once it has refused, $bn."""
    from negotiation.solvers.dispute_date import between

    lines = stakes["terms"]["about_us" if side == 0 else "about_china"][:, 2 * side + resolve, 0]
    prior = float(stakes["dispute"]["prior"][side])
    return float(between(float(stakes["date"]["learned"][side]), prior, *map(float, lines)))


def demands_of(scenario: Scenario, dispute: Any) -> list[Demand]:
    """Return what either side may ask for, the likeliest first."""
    found = [
        Demand(
            label,
            issue,
            float(dispute["asks"][side, k]),
            float(dispute["ask_gain"][side, k]),
            float(dispute["ask_price"][side, k]),
            365.0 * float(dispute["ask_years"][side, k]),
        )
        for side, label in enumerate(SIDES)
        for k, issue in enumerate(scenario.issues)
        if dispute["asks"][side, k] > 0.0
    ]
    return sorted(found, key=lambda demand: (SIDES.index(demand.side), -demand.chance))


@checked
def deadline_tree(scenario: Scenario) -> ExtensiveGame:
    """Return the first deadline as a game on a tree, payoffs in $bn against an even truce.

    Chance draws who is resolute and who speaks first. A delegation that speaks does not know its
    capital's resolve; a capital that answers knows its own and not the other's. What no truce is
    worth is taken at the beliefs that a refusal leaves in the model's play, and a demand at its
    mean over the issues that may be asked for.

    Raises
    ------
    InputError
        If no truce runs out in the scenario.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> tree = deadline_tree(Scenario.load("stockholm-2025"))
    >>> len(tree.information_sets), tree.perfect_information
    (8, False)
    """
    from negotiation.theory.game_tree import Chance, ExtensiveGame

    if scenario.calendar.truce_expires is None:
        raise InputError(
            f"{scenario.name}: no truce runs out in this scenario: it has no deadline."
        )
    world, stakes, _ = first_day(scenario)
    prior = by_side(stakes["dispute"]["prior"])
    lot = float(stakes["dispute"]["first"])
    one, other = parties(scenario)
    after: dict[str, tuple[float, Tree]] = {}
    for us in range(2):
        for china in range(2):
            types = (us, china)
            chance = 1.0
            for label, resolute in zip(SIDES, types, strict=True):
                chance *= prior[label] if resolute else 1.0 - prior[label]
            for first, share in ((0, lot), (1, 1.0 - lot)):
                name = f"{one.short} {RESOLVES[us]}, {other.short} {RESOLVES[china]}, "
                name += f"{scenario.sides[first]} first"
                after[name] = chance * share, speech(stakes, types, first, scenario.sides)
    likely = {name: branch for name, branch in after.items() if branch[0] > 0.0}
    title = f"{scenario.title} The first deadline."
    return ExtensiveGame(Chance(likely), scenario.sides, title)


def speech(stakes: Any, types: tuple[int, int], first: int, sides: Sides = SIDES) -> Tree:
    """Return the tree from the first word on, for sides of these resolves."""
    from negotiation.theory.game_tree import Decision, End

    second = 1 - first
    even = End((0.0, 0.0), "even truce")
    reply = Decision(
        sides[second],
        {"accept": even, "demand": demanded(stakes, types, second, "after an even word", sides)},
        f"{sides[second]} after an even word",
    )
    return Decision(
        sides[first],
        {"even": reply, "demand": demanded(stakes, types, first, "at once", sides)},
        f"{sides[first]} speaks first",
    )


def demanded(
    stakes: Any, types: tuple[int, int], asker: int, when: str, sides: Sides = SIDES
) -> Tree:
    """Return the tree from a demand of ``asker`` on."""
    from negotiation.solvers.dispute_date import between
    from negotiation.theory.game_tree import Decision, End

    giver = 1 - asker
    dispute, terms, date = stakes["dispute"], stakes["terms"], stakes["date"]
    lines = terms["about_us" if giver == 0 else "about_china"]
    learned, prior = float(date["learned"][giver]), float(dispute["prior"][giver])
    toll = float(terms["toll"][asker])
    refused, given = [0.0, 0.0], [0.0, 0.0]
    for side in range(2):
        line = lines[:, 2 * side + types[side], 0]
        refused[side] = float(between(learned, prior, *map(float, line)))
    refused[asker] -= toll
    given[asker] = float(terms["gain"][asker]) - toll
    given[giver] = float(terms["yes"][giver])
    no_truce = End((refused[0], refused[1]), "no truce")
    if types[giver]:
        return no_truce
    return Decision(
        sides[giver],
        {"refuse": no_truce, "give in": End((given[0], given[1]), f"{sides[giver]} gives in")},
        f"{sides[giver]} asked {when}",
    )
