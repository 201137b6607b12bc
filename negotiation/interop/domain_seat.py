"""Our strategies in NegMAS's mechanism on a domain, outcome by outcome.

The scenario that a domain becomes (:mod:`negotiation.interop.domain_scenario`) knows the frontier
alone. At somebody else's table every outcome may be offered, so the scenario gets two issues more,
one that costs the United States something and brings nothing, and one that does so to China: with
them each outcome is a package that is worth to both what the outcome is.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from negotiation.errors import InputError, UnknownName, shortened
from negotiation.interop.domain import Domain, Profile, count, utilities
from negotiation.interop.domain_scenario import SCALE, FromDomain, corners, from_domain
from negotiation.interop.evaluators import FloatArray
from negotiation.interop.negmas import MOST_LISTED, require_negmas
from negotiation.scenario import SIDES
from negotiation.scenario.strategy_name import StrategyName

Outcome = tuple[Any, ...]
Problem = tuple[Domain, tuple[Profile, Profile]]


class Outcomes:
    """The outcomes of a domain as packages of the scenario that was made of it, with its waste.

    It takes the place of :class:`negotiation.interop.levels.Levels` at a seat.
    """

    def __init__(self, problem: Problem, made: FromDomain) -> None:
        domain, profiles = problem
        self.issues = tuple(made.scenario.issues)
        self.outcomes = [domain.outcome(number) for number in range(domain.outcomes)]
        worth = np.column_stack([utilities(domain, profile) for profile in profiles])
        edge = corners(list(made.worth), list(made.steps))
        issues = made.scenario.issues
        lost = [issues["waste_us"].us_gain.value, issues["waste_china"].china_gain.value]
        spans = -np.array(lost) / SCALE
        self.packages = packages_of(worth, edge, spans)
        self.place = {outcome: k for k, outcome in enumerate(self.outcomes)}
        self.outcome_of = {tuple(z): k for k, z in enumerate(self.packages.tolist())}

    def grid(self) -> FloatArray:
        """Return all packages, shape (outcomes, issues)."""
        return self.packages

    def package(self, outcome: Outcome) -> tuple[float, ...]:
        """Return the package that is worth to both what an outcome is."""
        return tuple(self.packages[self.place[tuple(outcome)]].tolist())

    def package_values(self, package: tuple[float, ...]) -> Outcome:
        """Return the outcome of a package of the grid."""
        return self.outcomes[self.outcome_of[tuple(package)]]


def packages_of(worth: FloatArray, edge: FloatArray, spans: FloatArray) -> FloatArray:
    """Return packages worth as much to both as outcomes are: a point of the edge less the waste.

    Examples
    --------
    >>> edge = np.array([[1.0, 0.0], [0.5, 1.0]])
    >>> packages_of(np.array([[0.75, 0.5], [0.75, 0.0], [0.25, 1.0]]), edge, np.array([1.0, 2.0]))
    array([[0.5 , 0.  , 0.  ],
           [0.5 , 0.  , 0.25],
           [1.  , 0.25, 0.  ]])
    """
    steps = len(edge) - 1
    # how many steps down the edge the first party gets what the outcome gives it
    along = np.interp(worth[:, 0], edge[::-1, 0], np.arange(steps, -1, -1.0))
    conceded = np.clip(along[:, None] - np.arange(steps), 0.0, 1.0)
    on_edge = np.column_stack([np.interp(along, np.arange(steps + 1), edge[:, k]) for k in (0, 1)])
    waste = np.clip((on_edge - worth) / spans, 0.0, 1.0)
    return np.asarray(np.column_stack((conceded, waste)))


def domain_to_negmas(domain: Domain, profiles: tuple[Profile, Profile]) -> Any:
    """Return a domain and two profiles as a NegMAS ``Scenario`` that lists every utility.

    Parameters
    ----------
    domain : Domain
    profiles : tuple of Profile
        Both as `read_problem` returns them. Utilities are as we read them, GENIUS's way for its
        files.

    Raises
    ------
    InputError
        If NegMAS is not installed, or there are more than 250,000 outcomes.
    """
    negmas = require_negmas()
    listable(domain)
    outcomes = [domain.outcome(number) for number in range(domain.outcomes)]
    issues = [
        negmas.make_issue(list(dict.fromkeys(column)), name=issue.name)
        for issue, column in zip(domain.issues, zip(*outcomes, strict=True), strict=True)
    ]
    space = negmas.make_os(issues, name=domain.name)
    functions = [
        negmas.MappingUtilityFunction(
            dict(zip(outcomes, utilities(domain, profile).tolist(), strict=True)),
            outcome_space=space, reserved_value=profile.reservation, name=f"party {k}",
        )
        for k, profile in enumerate(profiles, start=1)
    ]  # fmt: skip
    return negmas.Scenario(outcome_space=space, ufuns=tuple(functions))


def domain_negotiator(
    domain: Domain,
    profiles: tuple[Profile, Profile],
    side: str,
    strategy: Any,
    *,
    reading_error: float = 0.0,
    seed: int = 0,
) -> Any:
    """Return one of our strategies as a NegMAS negotiator on every outcome of a domain.

    Parameters
    ----------
    domain : Domain
    profiles : tuple of Profile
    side : {"us", "china"}
        The party that it plays: the first is "us".
    strategy : str or dict
        A name, or a table such as ``{"name": "micro", "step": 0.05}``.
    reading_error : float
        With which it reads the other's concessions, in utility; 0 for a tenth of the other's way.
    seed : int
        Of its luck.

    Notes
    -----
    It knows what the other party's outcomes are worth to it, as our strategies do of what is
    public: of the outcomes worth enough to itself it offers the one worth most to the other.
    Discounting is left out, as by NegMAS's negotiators.
    """
    require_negmas()
    if side not in SIDES:
        raise UnknownName("side", side, SIDES)
    listable(domain)
    from negotiation.interop.negmas_negotiator import negotiator_class
    from negotiation.interop.seat import Seat

    made = from_domain(domain, profiles, waste=True)
    changes: dict[str, Any] = {"talks.reading_error": SCALE * reading_error}
    changes |= {f"{label}.patience": 1.0 for label in SIDES}
    changes[f"{side}.strategy"] = strategy_named(strategy)
    scenario = made.scenario.replace(changes)
    grid: Any = Outcomes((domain, profiles), made)
    return negotiator_class()(Seat(scenario, SIDES.index(side), grid, seed=seed), name=side)


def strategy_named(strategy: Any) -> StrategyName:
    """Return a strategy as a scenario states it."""
    try:
        return StrategyName.of(strategy)
    except ValueError as error:
        raise InputError(f"strategy = {shortened(strategy)}: {error}.") from None


def listable(domain: Domain) -> None:
    """Refuse a domain with too many outcomes to be listed."""
    if domain.outcomes > MOST_LISTED:
        raise InputError(
            f"the domain has {count(domain.outcomes)} outcomes; at most {MOST_LISTED:,} are listed."
        )
