"""The runs of an ensemble a tick at a time: how things stand, and which tariffs are in force.

Run i is run i of ``Ensemble(scenario).rows(seed=...)`` with as many runs to a world.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from negotiation.compiling import compiled
from negotiation.ensemble import MOST_RUNS, Ensemble, chunks
from negotiation.errors import whole_number
from negotiation.payoffs.stakes import bite
from negotiation.payoffs.world import CHINA_TARIFF, US_TARIFF, Numbers
from negotiation.records import Array
from negotiation.rules.accounts import over
from negotiation.rules.play import play
from negotiation.rules.state import WAR, State
from negotiation.scenario import Scenario
from negotiation.solvers.dispute_problem import PART
from negotiation.solvers.dispute_problem import PEAK as AT_PEAK
from negotiation.table import Records, open_after

AT_ONCE = 256  # runs
TICK = np.dtype(
    [
        ("run", "i8"),
        ("day", "f8"),
        ("penalties", "i8"),  # 1 while they are in force
        ("since", "f8"),  # day on which the last ones came into force, -1 for none
        # tariffs of the US and China, fractions on top of those before 2025: on the trade that
        # penalties hit and that share of it, and on the rest
        ("hit", "f8"),
        ("on_hit", "f8", (2,)),
        ("on_rest", "f8", (2,)),
        ("biting_hit", "f8", (2,)),  # what is left of them after exceptions
        ("biting_rest", "f8", (2,)),
        ("truce", "f8", (2,)),  # during the truce, without a deal
        ("elasticity", "f8"),  # of trade in the short run
    ]
)
DAY = np.dtype(
    [
        ("run", "i8"),
        ("day", "f8"),
        ("regime", "i8"),  # index into REGIMES
        ("tension", "f8"),
        ("expiry", "f8"),
        ("deals", "i8"),
        ("lapses", "i8"),
        ("escalations", "i8"),
        ("aspiration", "f8", (2,)),
        ("account", "f8", (2,)),
        ("steps", "i8", (2,)),
        ("retaliations", "i8", (2,)),
        ("offers", "i8", (2,)),
    ]
)
NO_TICKS, NO_DAYS = np.zeros(0, TICK), np.zeros(0, DAY)  # rows that nobody asks for


@compiled
def play_ticks(
    records: Records, seed: int, first: int, count: int, runs_per_world: int, beyond: float,
    rows: Array, day_rows: Array,
) -> int:  # fmt: skip
    """Play runs a tick at a time, write a row before each, and return how many there are.

    Rows of ``TICK`` and rows of ``DAY``, or of one of them, where there is no room for others.
    Penalties in force at the horizon are played on for up to ``beyond`` days since they came.
    """
    drawn, n = -1, 0
    talks, world = records.talks[0], records.world[0]
    stakes, watch = records.stakes[0], records.watch[0]
    for run in range(first, first + count):
        number = run // runs_per_world
        open_after(records, seed, run, number, drawn)
        drawn, horizon = number, world.day_horizon
        write(talks, world, run, n, rows, day_rows)
        n += 1
        while not over(talks, world):
            watch.until = talks.tick + 1
            play(talks, world, stakes, watch)
            last = horizon
            if talks.regime == WAR and talks.war_start <= horizon:
                last = max(horizon, talks.war_start + beyond)
            world.day_horizon = last
            write(talks, world, run, n, rows, day_rows)
            n += 1
        world.day_horizon = horizon
    return n


@compiled
def write(talks: State, world: Numbers, run: int, n: int, rows: Array, day_rows: Array) -> None:
    """Write row ``n`` of each kind that there is room for."""
    if rows.shape[0] > 0:
        write_tick(talks, world, run, rows[n])
    if day_rows.shape[0] > 0:
        write_day(talks, run, day_rows[n])


@compiled
def write_day(talks: State, run: int, row: Any) -> None:
    """Write how things stand into ``row``."""
    row.run, row.day, row.regime = run, talks.day, talks.regime
    row.tension, row.expiry = talks.tension, talks.expiry
    row.deals = talks.working_deals + talks.summit_deals
    row.lapses, row.escalations = talks.lapses, talks.wars
    for side in range(2):
        row.aspiration[side], row.account[side] = talks.aspiration[side], talks.account[side]
        row.steps[side], row.retaliations[side] = (
            talks.provocations[side],
            talks.retaliations[side],
        )
        row.offers[side] = talks.offers_made[side]


@compiled
def write_tick(talks: State, world: Numbers, run: int, row: Any) -> None:
    """Write what is in force into ``row``."""
    at_war = talks.regime == WAR
    row.run, row.penalties, row.since = run, int(at_war), talks.war_start
    # at the horizon the clock stands at the end of the tick that it fell into
    row.day = min(talks.day, world.day_horizon)
    row.elasticity = world.economy_short_run_elasticity
    peak = at_war and talks.rung == AT_PEAK
    us, china = world.tariffs_us_truce, world.tariffs_china_truce
    row.truce[0], row.truce[1] = us, china
    us_hit = world.tariffs_us_peak if peak else world.tariffs_us_suspended
    china_hit = world.tariffs_china_peak if peak else world.tariffs_china_suspended
    above = talks.leverage * (us_hit - us)
    row.hit = 0.0
    if at_war:
        row.hit = world.escalation_partial_flow if talks.rung == PART else 1.0
    for k in range(int(world.n_issues)):
        points = talks.package[k] * (world.status_quo[k] - world.full[k]) / 100.0
        if int(world.kind[k]) == US_TARIFF:
            us -= points
        elif int(world.kind[k]) == CHINA_TARIFF:
            china -= points
    row.on_rest[0], row.on_rest[1] = us, china
    row.on_hit[0], row.on_hit[1] = us + above, china_hit
    for tariffs, biting in ((row.on_hit, row.biting_hit), (row.on_rest, row.biting_rest)):
        biting[0] = bite(tariffs[0], world.tariffs_us_truce, world.tariffs_us_bite)
        biting[1] = bite(tariffs[1], world.tariffs_china_truce, world.tariffs_china_bite)


def ticks(
    scenario: Scenario, *, runs: int, seed: int, runs_per_world: int, beyond: float = 0.0
) -> Iterator[np.ndarray]:
    """Yield rows of ``TICK``, some hundred runs at once.

    Parameters
    ----------
    scenario : Scenario
    runs, seed, runs_per_world : int
        Which runs: those of an ensemble.
    beyond : float
        For how many days at most since they came into force penalties are played on that are still
        in force at the horizon.

    Examples
    --------
    >>> (rows,) = ticks(Scenario.load("split-the-pie"), runs=1, seed=1, runs_per_world=1)
    >>> rows["day"][:3].tolist(), rows["penalties"].max().item()
    ([0.0, 7.0, 14.0], 0)
    """
    whole_number("runs", runs, 1, MOST_RUNS)
    whole_number("seed", seed, 0)
    whole_number("runs_per_world", runs_per_world, 1)
    ensemble = Ensemble(scenario)
    each = ticks_of(scenario, beyond)
    for first, count in chunks(0, runs, AT_ONCE):
        records, rows = ensemble.table.records(), np.zeros(count * each, TICK)
        n = play_ticks(records, seed, first, count, runs_per_world, beyond, rows, NO_DAYS)
        yield rows[:n]


def ticks_of(scenario: Scenario, beyond: float = 0.0) -> int:
    """Return how many rows a run of a scenario has at most.

    Examples
    --------
    >>> pie = Scenario.load("split-the-pie")
    >>> ticks_of(pie, 70.0) - ticks_of(pie)
    10
    """
    calendar, tick = scenario.calendar, float(scenario.clock.tick_days.value)
    return int(((calendar.horizon - calendar.start).days + beyond) / tick) + 3
