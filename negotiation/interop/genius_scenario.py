"""Write a scenario as a GENIUS problem, so that its agents can play it.

GENIUS adds up what the issues are worth, from 0 to 1. Two issues that are linked here, worth
more together than apart, therefore become one issue there, with a value for each pair of
levels; and utilities are moved and scaled so that the worst outcome on the grid is worth 0 and
the best 1. `GeniusProblem.utility` takes them back to $bn a year. A walk-away value outside the
grid's range is cut off at its end.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np

from negotiation.errors import whole_number
from negotiation.interop.domain import DiscreteIssue, Domain, Profile
from negotiation.interop.evaluators import Ratings
from negotiation.interop.genius_writer import write_problem
from negotiation.interop.levels import Counts, Floats, Levels, levels_of
from negotiation.scenario import Scenario
from negotiation.theory.package_bargaining import Packages

LEVELS = 3


@dataclass(frozen=True)
class GeniusProblem:
    """A scenario as GENIUS knows it.

    Attributes
    ----------
    domain : Domain
    profiles : tuple of Profile
        The US's, then China's.
    lowest, highest : tuple of float
        Each side's utility at the worst and the best outcome, $bn a year over the truce.
    """

    domain: Domain
    profiles: tuple[Profile, Profile]
    lowest: tuple[float, float]
    highest: tuple[float, float]

    def utility(self, side: int, scaled: Floats) -> Floats:
        """Return GENIUS utilities of a side (0 for the US) in $bn a year over the truce."""
        whole_number("side", side, 0, 1)
        return self.lowest[side] + np.asarray(scaled) * (self.highest[side] - self.lowest[side])


def genius_problem(scenario: Scenario, *, levels: Counts = LEVELS) -> GeniusProblem:
    """Return a scenario as a GENIUS domain with two profiles.

    Parameters
    ----------
    scenario : Scenario
        Valued as both sides expect it on the first day.
    levels : int or mapping of str to int
        How many levels of each issue.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> problem = genius_problem(Scenario.load("split-the-pie"), levels=5)
    >>> problem.domain.outcomes, problem.domain.issues[0].values[:2]
    (5, ('0 share to China', '0.25 share to China'))
    """
    from negotiation.analysis.first_day import bargaining_problem

    grid, packages = levels_of(scenario, levels), bargaining_problem(scenario)
    groups = linked_groups(packages)
    issues = tuple(
        DiscreteIssue(place, " + ".join(scenario.issues[grid.issues[k]].name for k in group),
                      tuple(labels(grid, group)))
        for place, group in enumerate(groups, start=1)
    )  # fmt: skip
    worth = [[part_worth(packages, grid, group, side) for group in groups] for side in range(2)]
    profiles, lowest, highest = [], [], []
    for side in range(2):
        base = packages.fixed[side]
        low = base + sum(float(part.min()) for part in worth[side])
        high = base + sum(float(part.max()) for part in worth[side])
        span = (high - low) or 1.0
        floor = min(max((packages.disagreement[side] - low) / span, 0.0), 1.0)
        profiles.append(Profile(
            weights=tuple(float(np.ptp(part)) / span for part in worth[side]),
            evaluators=tuple(Ratings(rated(part)) for part in worth[side]),
            reservation=floor,
        ))  # fmt: skip
        lowest.append(low)
        highest.append(high)
    return GeniusProblem(
        Domain(scenario.name, issues), (profiles[0], profiles[1]),
        (lowest[0], lowest[1]), (highest[0], highest[1]),
    )  # fmt: skip


def write_scenario(
    folder: str | Path, scenario: Scenario, *, levels: Counts = LEVELS
) -> list[Path]:
    """Write a scenario as ``domain.xml``, ``profile1.xml`` (US) and ``profile2.xml`` (China).

    Examples
    --------
    >>> import tempfile
    >>> from negotiation.interop.genius import analyse
    >>> from negotiation.scenario import Scenario
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     files = write_scenario(folder, Scenario.load("split-the-pie"), levels=5)
    ...     [round(u, 4) for u in analyse(*files)["nash"][0]]
    [0.5, 0.5]
    """
    problem = genius_problem(scenario, levels=levels)
    return write_problem(folder, problem.domain, problem.profiles)


def linked_groups(packages: Packages) -> list[tuple[int, ...]]:
    """Return the issues in groups that nothing connects, by their first issue.

    Neither a linkage nor the room that they share.
    """
    linked = np.asarray(packages.linkage) != 0.0
    if packages.room is not None:
        taking = packages.room.points > 0.0
        linked |= np.outer(taking, taking)
    groups: list[set[int]] = []
    for k in range(len(linked)):
        joined = {k, *np.flatnonzero(linked[k]).tolist()}
        apart = []
        for group in groups:
            if group & joined:
                joined |= group
            else:
                apart.append(group)
        groups = [*apart, joined]
    return sorted(tuple(sorted(group)) for group in groups)


def labels(grid: Levels, group: tuple[int, ...]) -> list[str]:
    """Return the names of the values of a group of issues."""
    of_issue = [[f"{value:.6g} {grid.units[k]}" for value in grid.values[k]] for k in group]
    return [" + ".join(parts) for parts in product(*of_issue)]


def part_worth(packages: Packages, grid: Levels, group: tuple[int, ...], side: int) -> Floats:
    """Return what each value of a group of issues is worth to a side, linkage included."""
    z = np.zeros((int(np.prod([len(grid.conceded[k]) for k in group])), len(grid.issues)))
    z[:, list(group)] = np.array(list(product(*(grid.conceded[k] for k in group))))
    return np.asarray(packages.worth(z)[:, side])


def rated(worth: Floats) -> tuple[float, ...]:
    """Return ratings from 0, the worst, to 1, the best; 1 throughout where all are alike."""
    span = float(np.ptp(worth))
    scaled = (worth - worth.min()) / span if span > 0.0 else np.ones_like(worth)
    return tuple(map(float, scaled))
