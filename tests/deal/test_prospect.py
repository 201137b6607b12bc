"""What a meeting promises is what meetings bring, by type, over the runs of a world."""

from __future__ import annotations

import numpy as np
import pytest

from negotiation.payoffs.types import SIX
from negotiation.randomness import world_key_of
from negotiation.rules.play import play
from negotiation.rules.prospect import gamma_two, place, prospect
from negotiation.rules.state import EXTENDED
from negotiation.table import Table, open_after

MUTE = -1e9  # a mood in which a delegation signs nothing


def seen(scenario, runs, mood=0.0, per_world=4):
    """Play runs, all delegations in a mood of this much more; say what was believed and came.

    Columns: the two types; what they were promised; the chance that the leaders sign; what the two
    got; whether the leaders signed; whether the truce has held; how the first deadline ended.
    """
    records, drawn, table = Table(scenario).records(), -1, np.zeros((runs, 10))
    talks, world, stakes, watch = (
        a[0] for a in (records.talks, records.world, records.stakes, records.watch)
    )
    for run, row in enumerate(table):
        open_after(records, 4, run, run // per_world, drawn)
        drawn = run // per_world
        talks["accept_shock"] += mood
        for side in range(2):
            row[side] = m = 2 * talks["stance"][side] + talks["trait"][side]
            row[2 + side] = stakes["prospect"]["meeting"][side, m]
        row[4] = stakes["prospect"]["signed"]
        play(talks, world, stakes, watch)
        row[5:7], row[7] = talks["realised"], talks["summit_deals"] > 0
        row[8], row[9] = talks["lapses"] == 0, talks["first_deadline"]
    return table


def at_stake(found):
    """The runs that are promised something: no deal by the first deadline, and the truce holds.

    What a deal before that date saves is no part of what a lapse on it would take away.
    """
    return found[(found[:, 8] == 1) & (found[:, 9] == EXTENDED)]


def off_by(found, side, m=None):
    """How far what a type was promised is from what it got, beyond what is left to chance."""
    of_type = found if m is None else found[found[:, side] == m]
    believed, real = of_type[:, 2 + side].mean(), of_type[:, 5 + side]
    chance = 1.96 * real.std() / np.sqrt(len(real))
    return max(abs(believed - real.mean()) - chance, 0.0) / real.mean()


def test_the_prospect_is_what_the_leaders_bring(scenario):
    """With delegations that sign nothing, the odds of the leaders' signature, within 12%.

    Where the truce holds: penalties take away of it what is left when they end. Each refusal also
    teaches, wrongly here, that whoever refuses is hard to please.
    """
    found = seen(scenario, 4_000, MUTE)
    found = found[found[:, 8] == 1]
    assert len(found) > 2_500
    assert found[:, 4].mean() == pytest.approx(found[:, 7].mean(), rel=0.12)


def test_each_side_is_promised_what_it_gets(scenario):
    """Where there is no deal on the first deadline and the truce holds: to 5%, or to chance."""
    found = at_stake(seen(scenario, 8_000))
    assert len(found) > 4_500
    for side in range(2):
        assert off_by(found, side) < 0.05


@pytest.mark.long
def test_each_type_is_promised_what_it_gets(scenario):
    """The same for each of twelve types, in 40,000 runs."""
    found = at_stake(seen(scenario, 40_000))
    for side in range(2):
        for m in range(SIX):
            assert off_by(found, side, m) < 0.05, (side, m)


@pytest.mark.long
@pytest.mark.xfail(
    strict=True,
    reason="where no truce runs out before the leaders meet, delegations sign all the while, which "
    "the forecast of the meeting leaves out: deals bring two fifths more than was promised",
)
def test_delegations_without_a_deadline_are_promised_what_they_get(scenario):
    """What signing brings each side, whoever signs, was promised it: to 12%."""
    found = seen(scenario.replace({"calendar.truce_expires": "2026-03-01"}), 20_000)
    for side in range(2):
        assert off_by(found, side) < 0.12, side


def test_worlds_that_promise_more_bring_more(scenario):
    """Over 60 worlds of 64 runs, the chance foreseen and the share signed go together."""
    found = seen(scenario, 3_840, MUTE, per_world=64).reshape(60, 64, 10)
    believed, real = found[:, 0, 4], found[:, :, 7].mean(axis=1)
    assert np.corrcoef(believed, real)[0, 1] > 0.6


def test_it_is_a_pure_function_of_what_is_known(scenario):
    """Asked twice, and after the types and all luck of the run are others, it says the same."""
    table = Table(scenario)
    records = table.opened(seed=1, run=3)
    talks, world, stakes = records.talks[0], records.world[0], records.stakes[0]
    key = np.uint64(world_key_of(1, 3))
    found = []
    for run in range(3):
        prospect(talks, world, stakes, 94.0, key, stakes["prospect"])
        p = stakes["prospect"]
        found.append((p["meeting"].copy(), float(p["signed"]), p["of_issue"].copy()))
        talks["key"], talks["stance"][:], talks["needed"][:] = 17 + run, run, 0.0
    for again in found[1:]:
        for a, b in zip(found[0], again, strict=True):
            assert np.array_equal(a, b)
    assert found[0][2].sum() == pytest.approx(1.0)


def test_a_later_meeting_promises_more(scenario):
    """Texts ripen: over 200 worlds, a meeting two months later is likelier to bring a signature."""
    table = Table(scenario)
    signed = []
    for run in range(200):
        records = table.opened(seed=2, run=run)
        talks, world, stakes = records.talks[0], records.world[0], records.stakes[0]
        talks["ready"][:] = 0.0
        key = np.uint64(world_key_of(2, run))
        odds = []
        for day in (40.0, 94.0, 154.0):
            prospect(talks, world, stakes, day, key, stakes["prospect"])
            odds.append(float(stakes["prospect"]["signed"]))
        signed.append(odds)
    early, middle, late = np.mean(signed, axis=0)
    assert early < middle - 0.05
    assert middle < late


def test_without_a_feasible_meeting_there_is_no_prospect(scenario):
    """Nothing is promised where nothing can happen."""
    records = Table(scenario.replace({"summit.feasible": 0})).opened(seed=1, run=0)
    assert not records.stakes["prospect"]["meeting"].any()
    assert records.stakes["prospect"]["signed"][0] == 0.0


def test_nodes_fill_every_stratum():
    """In each direction the four nodes lie in four quarters, whatever the world."""
    for world in range(50):
        key = np.uint64(world_key_of(1, world))
        for direction in range(24):
            quarters = sorted(int(4 * place(key, node, direction, 4)) for node in range(4))
            assert quarters == [0, 1, 2, 3]


@pytest.mark.parametrize("p", [0.001, 0.1, 0.5, 0.9, 0.999])
def test_the_quantile_of_the_gamma_law(p):
    """Its distribution function, 1 - exp(-x) (1 + x), gives the probability back."""
    x = gamma_two(p)
    assert 1.0 - np.exp(-x) * (1.0 + x) == pytest.approx(p, abs=1e-9)
