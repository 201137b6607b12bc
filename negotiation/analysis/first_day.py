"""A scenario as a textbook object: its packages.

They are valued as the sides expect them on the first day, before anything is seen: uncertain
numbers at their central values, private types at their prior means. The truce is zero. The
same compiled rules that the simulation plays compute the values, so the benchmark and the
model cannot drift apart.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from negotiation.errors import InputError
from negotiation.scenario import Scenario
from negotiation.theory.bargaining_solutions import problem_of
from negotiation.theory.package_bargaining import Packages, Room
from negotiation.theory.solution import Pair


def first_day(scenario: Scenario) -> tuple[Any, Any, Any]:
    """Return the world, the stakes and the talks of the first day, at central values."""
    from negotiation.table import Table

    records = Table(scenario).first_day()
    return records.world[0], records.stakes[0], records.talks[0]


@problem_of.register
def bargaining_problem(scenario: Scenario, disagreement: Pair | None = None) -> Packages:
    """Return the packages of a scenario, valued as expected on its first day, $bn per year.

    With this a scenario can be given to every bargaining solution. Its private types enter at
    their prior means, its delegations' reservation values as the disagreement point.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> bargaining_problem(Scenario.load("split-the-pie")).gain.shape
    (2, 1)
    """
    if disagreement is not None:
        raise InputError(
            "disagreement: a scenario has its own, the reservation values of its delegations."
        )
    world, _, talks = first_day(scenario)
    n = len(scenario.issues)
    linkage = np.zeros((n, n))
    for m in range(int(world["n_links"])):
        a, b = int(world["link_first"][m]), int(world["link_second"][m])
        linkage[a, b] += world["link_value"][m]
        linkage[b, a] += world["link_value"][m]
    return Packages(
        talks["expected_gain"][:, :n], talks["expected_bend"][:, :n], linkage,
        fixed=(float(world["agreement_value"][0]), float(world["agreement_value"][1])),
        reach=world["reach"][:n],
        disagreement=(float(world["reservation"][0]), float(world["reservation"][1])),
        room=room_of(talks, world, n),
    )  # fmt: skip


def room_of(talks: Any, world: Any, n: int) -> Room | None:
    """Return by how far the US tariff may fall before its other deals make that a loss."""
    from negotiation.rules.reference import reference_loss_rate, tariff_points

    rate = float(reference_loss_rate(world))
    points = np.array([float(tariff_points(world, k)) for k in range(n)])
    return Room(points, float(talks["room"]), rate) if rate > 0.0 and points.any() else None
