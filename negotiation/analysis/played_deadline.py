"""The first deadline played many times, and nothing else: the check of its equilibrium.

Types are drawn, each side chooses by its type's chance of holding out, and the choices are
counted. Over many runs the counts must come to the logit equilibrium that theory computes
without playing; in a whole negotiation the talks before the deadline shift the beliefs, and
the odds with them.
"""

from __future__ import annotations

import numpy as np

from negotiation.analysis.odds import Estimate, wilson
from negotiation.compiling import compiled
from negotiation.errors import InputError, whole_number
from negotiation.randomness import key_of
from negotiation.rules.deadline import holds_out, prepare
from negotiation.rules.opening import open_talks
from negotiation.scenario import Scenario


@compiled
def count_hold_outs(world, stakes, talks, seed, runs, counts):  # type: ignore[no-untyped-def]
    """Play the deadline in runs 0 to ``runs - 1``; counts US, China and both holding out."""
    for run in range(runs):
        open_talks(talks[0], world[0], stakes[0], key_of(seed, run))
        prepare(talks[0], world[0], stakes[0])
        us = holds_out(talks[0], world[0], 0)
        china = holds_out(talks[0], world[0], 1)
        counts[0] += us
        counts[1] += china
        counts[2] += us and china


def play_deadline(scenario: Scenario, *, runs: int, seed: int) -> dict[str, Estimate]:
    """Play the first deadline at central values and return how often each side holds out.

    Parameters
    ----------
    scenario : Scenario
        One in which a truce runs out.
    runs, seed : int
        How often, and the master seed.

    Returns
    -------
    dict of str to Estimate
        ``us_holds_out``, ``china_holds_out`` and ``both_hold_out``, with 95% Wilson intervals.

    Raises
    ------
    InputError
        If no truce runs out in the scenario.

    Examples
    --------
    >>> import negotiation as ng
    >>> from negotiation.analysis.deadline_game import deadline_game
    >>> scenario = ng.Scenario.load("stockholm-2025")
    >>> played = play_deadline(scenario, runs=1000, seed=1)
    >>> ng.versus_theory(played, deadline_game(scenario)).num_rows
    3
    """
    from negotiation.economy.surface import tabulate
    from negotiation.payoffs.stakes import STAKES, derive
    from negotiation.payoffs.world import to_world
    from negotiation.rules.state import TALKS

    whole_number("runs", runs, 1)
    whole_number("seed", seed, 0)
    if scenario.calendar.truce_expires is None:
        raise InputError(f"{scenario.name}: no truce runs out, so there is no deadline to play.")
    world = to_world(scenario).record()
    surface = tabulate(deficits=scenario.economy.deficits)
    stakes, talks, counts = np.zeros(1, STAKES), np.zeros(1, TALKS), np.zeros(3, np.int64)
    derive(world[0], (surface.long_run, surface.short_run, surface.axes), stakes[0])
    count_hold_outs(world, stakes, talks, seed, runs, counts)
    names = ("us_holds_out", "china_holds_out", "both_hold_out")
    return {name: wilson(int(n), runs) for name, n in zip(names, counts, strict=True)}
