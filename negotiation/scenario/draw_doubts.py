"""What makes a table of draws worth less than its length says.

A table in which few lines carry most of the weight, or with a column that is the same in every
line, can be played, but tells little of what is not known: that is a doubt, and is told as one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotiation.errors import counted
from negotiation.estimates import effective_size
from negotiation.scenario.joint_draws import KEY
from negotiation.scenario.quantity import Quantity

if TYPE_CHECKING:
    from negotiation.scenario import Scenario

FEW = 20.0  # lines of equal weight that a table should at least be worth
THIN = 0.1  # of the lines that it has


def doubts(scenario: Scenario) -> list[str]:
    """Return a sentence for each thing that makes a scenario's table of draws worth less.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> doubts(Scenario.load("japan-2025"))
    []
    """
    tables: dict[tuple[str, tuple[float, ...]], list[str]] = {}
    fixed: dict[str, list[str]] = {}
    told = () if scenario.record is None else scenario.record
    said = [(f"record.{name}", q) for name, q in told if isinstance(q, Quantity)]
    for path, number in (*scenario.numbers(), *said):
        if number.distribution != KEY:
            continue
        table = number.source.partition(":")[0]  # what follows is about the number
        tables.setdefault((table, number.shape), []).append(path)
        if min(number.values) == max(number.values):
            fixed.setdefault(table, []).append(scenario.own_path(path))
    found = []
    for source, weights in tables:
        worth = effective_size(weights)
        if worth < max(FEW, THIN * len(weights)):
            found.append(
                f"{source}: its {counted(len(weights), 'draw')} are worth {worth:.1f} of equal "
                f"weight; with fewer than {max(FEW, THIN * len(weights)):.0f} what is drawn from "
                "them says little of what is not known."
            )
    for source, paths in fixed.items():
        is_are = "column is" if len(paths) == 1 else "columns are"
        found.append(
            f"{source}: the {is_are} the same in every line, so nothing is drawn: "
            f"{', '.join(paths)}."
        )
    return found
