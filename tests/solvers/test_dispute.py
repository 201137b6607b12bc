"""The dispute game: one solution, smooth, believed as it comes true, with the signs of theory."""

from __future__ import annotations

import math
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.solvers.dispute_chain import END_RATE, belief_at, solve_again, solve_dispute
from negotiation.solvers.dispute_date import DATE, TERMS, answer, between, weigh_date
from negotiation.solvers.dispute_problem import (
    CUT,
    FULL,
    OUTBREAK,
    PART,
    PEAK,
    PLAYERS,
    STEPS,
    WEEKS,
    blank_room,
)
from negotiation.solvers.exponential import logistic

sys.path.insert(0, str(Path(__file__).parent))
from dispute_player import disputes, first_date, lay_out, played, shares  # noqa: E402

number = st.floats(-60.0, 60.0)


def solved(dispute):
    """The dispute solved anew, after a change of what it depends on."""
    room = blank_room()
    solve_dispute(dispute, room[0])
    return dispute


# -- one date ------------------------------------------------------------------------------------


@given(
    belief=st.floats(0.0, 1.0), prior=st.floats(0.02, 0.98), yes=st.floats(-30.0, 0.0),
    precision=st.floats(0.05, 5.0), noise=st.floats(0.0, 0.3),
    line=st.lists(number, min_size=3, max_size=3).map(sorted),
)  # fmt: skip
def test_an_answer_is_the_root_of_its_equation(belief, prior, yes, precision, noise, line):
    """Where a name is worth something there is one root, so where it is found is no matter."""
    belief = max(belief, prior)
    r = answer(belief, prior, yes, precision, noise, *line)

    def right(r):
        q = belief / (belief + (1 - belief) * (1 - r))
        w = between(q, prior, *line)
        return logistic(precision * (yes - w) / (1 + noise * precision * abs(w)))

    # the right-hand side falls in r, so it is above r just below the root and not above it beyond
    assert right(max(r - 1e-7, 0.0)) >= r - 1e-6
    assert right(min(r + 1e-7, 1.0)) <= r + 1e-6


def a_date(*, belief=(0.3, 0.3), gain=(2.0, 2.0), yes=(-3.0, -3.0), toll=(0.0, 0.0), worth=-20.0):
    """Terms of a date at which no truce is worth the same whatever is believed."""
    terms = np.zeros(1, TERMS)
    for name, value in (("belief", belief), ("gain", gain), ("yes", yes), ("toll", toll)):
        terms[name] = value
    terms["about_us"] = terms["about_china"] = worth
    return terms


def weighed(dispute, terms):
    """The date with these terms."""
    date = np.zeros(1, DATE)
    weigh_date(dispute, terms[0], date[0])
    return date[0]


@pytest.fixture(scope="module")
def dispute():
    """The dispute of one world."""
    return next(disputes(1)).copy()


def test_a_resolute_rival_is_asked_for_nothing(dispute):
    """A demand that is refused for sure brings penalties, and the sides are symmetric."""
    dispute = dispute.copy()
    dispute["precision"], dispute["first"] = 5.0, 0.5
    dispute["prior"] = 0.999
    date = weighed(dispute, a_date(belief=(0.999, 0.999)))
    assert date["even"] > 0.99
    assert date["asked"][0] == pytest.approx(date["asked"][1], rel=1e-6)


def test_a_weak_rival_is_asked(dispute):
    """A demand that is granted for sure is made by whoever speaks first, if precision is high."""
    dispute = dispute.copy()
    dispute["precision"], dispute["first"] = 40.0, 0.7
    dispute["noise"], dispute["prior"] = 0.0, 1e-6
    date = weighed(dispute, a_date(belief=(1e-6, 1e-6)))
    assert date["asked"] == pytest.approx([0.7, 0.3], abs=1e-3)
    assert date["gives"] == pytest.approx([1.0, 1.0], abs=1e-6)


def test_a_lot_decides_when_nothing_else_does(dispute):
    """Without precision every word and every answer is a coin."""
    dispute = dispute.copy()
    dispute["precision"] = 1e-12
    date = weighed(dispute, a_date())
    for name in ("speaks", "replies", "gives"):
        assert date[name] == pytest.approx([0.5, 0.5], abs=1e-9)
    assert date["even"] == pytest.approx(0.25, abs=1e-9)


@given(
    belief=st.tuples(*[st.floats(0.0, 1.0)] * 2), gain=st.tuples(*[st.floats(0.0, 9.0)] * 2),
    yes=st.tuples(*[st.floats(-9.0, 0.0)] * 2), toll=st.tuples(*[st.floats(-3.0, 3.0)] * 2),
    worth=st.tuples(*[number] * 4), lot=st.floats(0.0, 1.0),
)  # fmt: skip
def test_swapping_the_sides_swaps_a_date(dispute, belief, gain, yes, toll, worth, lot):
    """Who is called the US does not matter: words, answers and worths change places."""
    dates = []
    for turn in (1, -1):
        mine = dispute.copy()
        mine["prior"], mine["precision"] = (0.2, 0.4)[::turn], (0.3, 0.9)[::turn]
        mine["first"] = lot if turn == 1 else 1.0 - lot
        terms = a_date(belief=belief[::turn], gain=gain[::turn], yes=yes[::turn], toll=toll[::turn])
        by_player = worth if turn == 1 else worth[2:] + worth[:2]
        terms["about_us"] = terms["about_china"] = np.array(by_player)[:, None]
        dates.append(weighed(mine, terms))
    for name in ("speaks", "replies", "gives", "learned", "asked"):
        assert dates[1][name] == pytest.approx(dates[0][name][::-1], abs=1e-9)
    assert np.roll(dates[1]["worth"], 2) == pytest.approx(dates[0]["worth"], abs=1e-9)


# -- the chain -----------------------------------------------------------------------------------


def at_step(dispute, step):
    """What no truce is worth after the failed date at the end of a step, as solved last."""
    return dispute["values"][dispute["ahead"], step]


def by_hand(dispute):
    """Backward induction over the same rules, one date after another in plain Python."""
    rungs = range(4)
    now = np.zeros((PLAYERS, 4, 3, 3))
    for m in range(PLAYERS):
        for r in rungs:
            week = dispute["cost"][STEPS - 1, r, m // 2] / WEEKS[-1]
            now[m, r] = -dispute["weight"][m // 2, m % 2] * week / END_RATE
    for t in range(STEPS - 1, -1, -1):
        at_step(dispute, t)[:] = failed(dispute, now, t).reshape(PLAYERS, -1)
        ahead = np.zeros_like(now)
        terms, date = np.zeros(1, TERMS), np.zeros(1, DATE)
        for r in rungs:
            for i in range(3):
                for j in range(3):
                    beliefs = [belief_at(dispute["prior"][s], (i, j)[s]) for s in range(2)]
                    lay_out(dispute, t, r, *beliefs, terms[0])
                    weigh_date(dispute, terms[0], date[0])
                    for m in range(PLAYERS):
                        side = m // 2
                        meet = dispute["meet"][t, r]
                        on = (1 - meet) * now[m, r, i, j] + meet * date[0]["worth"][m]
                        paid = dispute["weight"][side, m % 2] * dispute["cost"][t, r, side]
                        ahead[m, r, i, j] = (
                            -paid - dispute["lost"][t, side] + dispute["discount"][t, side] * on
                        )
        now = ahead
    return now


def failed(dispute, now, t):
    """What no truce is worth after a failed crisis meeting."""
    p = dispute["prior"][1]
    values = now.copy()
    for i in range(3):
        for j in range(3):
            node = 3 * i + j
            gain = (1 - p) * (now[2, CUT, i, j] - now[2, FULL, i, j])
            gain += p * (now[3, CUT, i, j] - now[3, FULL, i, j])
            stake = abs((1 - p) * now[2, FULL, i, j] + p * now[3, FULL, i, j])
            sharp = dispute["precision"][1] / (
                1 + dispute["noise"] * dispute["precision"][1] * stake
            )
            cut = 1 / (1 + math.exp(-sharp * gain))
            assert dispute["cut"][dispute["ahead"], t, node] == pytest.approx(cut, abs=1e-6)
            values[:, FULL, i, j] = (1 - cut) * now[:, FULL, i, j] + cut * now[:, CUT, i, j]
    return values


def test_the_chain_is_backward_induction(dispute):
    """All lanes at once give what one date after another gives."""
    mine = dispute.copy()
    now = by_hand(mine)
    for t in range(STEPS):
        np.testing.assert_allclose(at_step(mine, t), at_step(dispute, t), rtol=1e-6, atol=1e-6)
    begins = (1 - dispute["quiet"]) * (
        dispute["part"] * now[:, PART] + dispute["peak"] * now[:, PEAK]
    )
    assert begins.shape == (PLAYERS, 3, 3)
    lowest = np.minimum.reduce([now[:, r] for r in range(4)])
    highest = np.maximum.reduce([now[:, r] for r in range(4)])
    at_outbreak = at_step(dispute, OUTBREAK).reshape(PLAYERS, 4, 3, 3)[:, 0]
    assert np.all(at_outbreak >= (1 - dispute["quiet"]) * lowest - 1e-9)
    assert np.all(at_outbreak <= (1 - dispute["quiet"]) * np.maximum(highest, 0) + 1e-9)


@pytest.mark.parametrize("late", [1, 13, STEPS - 1, STEPS])
def test_what_nothing_is_lost_in_is_solved_once(dispute, late):
    """Solved again from where something is lost, it is what it is solved from the end."""
    mine = dispute.copy()
    mine["late"], mine["ahead"], mine["lost"] = late, 0, 0.0
    room = blank_room()
    solve_dispute(mine, room[0])
    mine["ahead"], mine["lost"][:late] = 1, 0.3
    again = mine.copy()
    solve_again(again, room[0])
    whole = solved(mine)
    assert not np.array_equal(whole["values"][1], whole["values"][0])
    for name in ("values", "cut"):
        np.testing.assert_array_equal(again[name], whole[name])


def test_every_answer_settles():
    """Under one world in 500 may leave the search for an answer open; here none does."""
    assert sum(int(d["unsettled"]) > 0 for d in disputes(500)) == 0


def test_a_name_is_worth_something():
    """To be thought resolute does a side no harm, which makes every answer unique."""
    cells = harmed = 0
    for d in disputes(60):
        values = d["values"][d["ahead"]].reshape(STEPS + 1, PLAYERS, 4, 3, 3)
        scale = 1.0 + np.abs(values).max()
        us = np.diff(values[:, 0], axis=2) / scale  # the ordinary US, by the belief about it
        china = np.diff(values[:, 2], axis=3) / scale
        cells += us.size + china.size
        harmed += int((us < -1e-4).sum() + (china < -1e-4).sum())
    assert harmed < 0.01 * cells


# -- expectations come true ----------------------------------------------------------------------


def test_what_is_believed_at_the_deadline_comes_true():
    """L14: by type within 5%, or within four standard errors of the simulation."""
    check = np.zeros((4, 4, 4))
    for world, d in enumerate(disputes(60)):
        played(d, 600, seed=world, check=check)
    for cell in check[0]:
        n, believed, came, squares = cell
        error = 4 * math.sqrt(squares) / n
        assert abs(believed - came) / n < max(0.05 * abs(came) / n, error)


def test_what_is_believed_at_crisis_meetings_comes_true():
    """From outbreaks on, by type and time of the meeting: within four standard errors."""
    check = np.zeros((4, 4, 4))
    for world, d in enumerate(disputes(60)):
        played(d, 400, seed=world, outbreak=True, check=check)
    for kind in (1, 2, 3):
        for n, believed, came, squares in check[kind]:
            assert n > 500
            # a run counts at each of its meetings, so errors within a cell hang together: half more
            assert abs(believed - came) / n < 6 * math.sqrt(squares) / n + 0.01


# -- smooth --------------------------------------------------------------------------------------

KNOBS = (
    "cost", "meet", "lost", "discount", "weight", "prior", "precision", "noise",
    "gain", "price", "audience", "audience_in", "toll", "toll_due", "first", "part", "peak",
    "quiet",
)  # fmt: skip


def choices(d):
    """Every chance of the deadline, and of crisis meetings early and late on each rung."""
    found = [first_date(d)]
    terms, date = np.zeros(1, TERMS), np.zeros(1, DATE)
    for t in (0, 5, 14, 20):
        for rung in range(4):
            lay_out(d, t, rung, *d["prior"], terms[0])
            weigh_date(d, terms[0], date[0])
            found.append(date[0].copy())
    return np.array([[*x["speaks"], *x["replies"], *x["gives"]] for x in found])


def one_percent(d, knob):
    """A copy of a dispute with one of its numbers changed by a hundredth, solved."""
    changed = d.copy()
    if knob == "discount":  # a hundredth of what is left after a year
        changed[knob] *= (0.99 ** (WEEKS / 52))[:, None]
    else:
        changed[knob] *= 0.99 if knob in ("prior", "meet") else 1.01
    return solved(changed)


@pytest.mark.parametrize("worlds", [40, pytest.param(500, marks=pytest.mark.long)])
def test_a_small_change_moves_no_choice_far(worlds):
    """L15: 1% of any number moves no chance by over 5 points, at deadlines and crisis meetings."""
    worst = np.zeros(2)
    for d in disputes(worlds):
        before = choices(d)
        for knob in KNOBS:
            moved = np.abs(choices(one_percent(d, knob)) - before)
            worst = np.maximum(worst, [moved[0].max(), moved[1:].max()])
    assert worst[0] < 0.02, worst
    assert worst[1] < 0.05, worst


# -- signs ---------------------------------------------------------------------------------------

WORLDS = 60


def mean_shares(**changes):
    """How deadlines end, on average over worlds drawn alike."""
    return np.array([shares(d) for d in disputes(WORLDS, **changes)])


@pytest.fixture(scope="module")
def usual():
    """How deadlines end in the scenario as it is."""
    return mean_shares()


SIGNS = [
    # what is changed, which share moves (0 even, 1 US, 2 China, 3 lapse), which way
    ({"deadline__ultimatum": 5.5}, 0, +1),  # a costlier ultimatum: more mutual extensions
    ({"deadline__grace": 1.0}, 3, +1),  # a lapse may be without penalties: it is risked
    ({"us__other_lapse_cost": 120.0, "china__other_lapse_cost": 120.0}, 3, -1),
    ({"us__other_lapse_cost": 120.0, "china__other_lapse_cost": 0.0}, 2, +1),  # China demands more
    ({"us__precision": 3.0, "china__precision": 3.0}, 3, -1),
    ({"us__precision": 0.2, "china__precision": 0.2}, 3, +1),
    ({"us__types__resolve_prior": 0.05}, 2, +1),  # a US that is surely ordinary is asked
    ({"us__types__resolve_prior": 0.7}, 2, -1),
    ({"rare_earths__alternatives": 0.5}, 2, -1),  # the US finds other sources: China gets less
    ({"escalation__meeting_rate": 0.3}, 3, -1),  # penalties last longer, and are feared
    ({"escalation__partial": 0.6}, 3, +1),  # they begin in part: cheaper
    ({"escalation__diverted": 0.0}, 3, -1),
    ({"tariffs__peak_weight": 0.0}, 3, +1),
    ({"news__court_rate": 3.0}, 3, +1),  # rulings take the tariffs away: a lapse costs less
    # penalties make markets fall, which hurts the US: China asks for more
    ({"news__selloff_penalties": 12.0, "news__selloff_effect": 2.0}, 2, +1),
]


@pytest.mark.parametrize(("changes", "which", "sign"), SIGNS, ids=lambda x: str(x)[:50])
def test_signs(usual, changes, which, sign):
    """Paired over worlds: the mean difference is beyond three of its standard errors."""
    moved = mean_shares(**changes)[:, which] - usual[:, which]
    error = moved.std() / math.sqrt(len(moved))
    assert sign * moved.mean() > 3 * error


@pytest.mark.parametrize("side", [0, 1])
def test_who_would_pay_more_for_backing_down_every_week_backs_down_less(side):
    """The side whose audience cost grows faster gives in less at the meetings of an escalation.

    At the prior beliefs, over the three rungs without a cut; and at later meetings the more so
    (Fearon 1994, doi:10.2307/2944796).
    """
    label = ("us", "china")[side]
    steps, rungs = (3, 7, 11), (PART, FULL, PEAK)
    terms, date = np.zeros(1, TERMS), np.zeros(1, DATE)

    def chances(growth):
        found = []
        for d in disputes(30, **{f"{label}__audience_growth": growth}):
            for t in steps:
                for rung in rungs:
                    lay_out(d, t, rung, *d["prior"], terms[0])
                    weigh_date(d, terms[0], date[0])
                    found.append(date[0]["gives"][side])
        return np.reshape(found, (30, len(steps), len(rungs)))

    lost = (chances(0.0) - chances(0.15)).mean(axis=2)
    assert (lost.mean(axis=0) > 3 * lost.std(axis=0) / math.sqrt(len(lost))).all()
    assert (np.diff(lost.mean(axis=0)) > 0).all()


def test_the_more_there_is_to_lose_the_fewer_truces_lapse():
    """A prospect that penalties wear down to nothing in a quarter keeps the truce."""
    moved = []
    for d in disputes(WORLDS):
        promising = d.copy()
        promising["lost"][:12] += 1.0  # $12bn to either side in twelve weeks
        moved.append(shares(solved(promising))[3] - shares(d)[3])
    assert np.mean(moved) < -3 * np.std(moved) / math.sqrt(len(moved))


def test_a_mutual_extension_is_the_usual_end(usual):
    """At a deadline that binds both it is the likeliest end in nearly all worlds."""
    assert np.mean(usual.argmax(axis=1) == 0) > 0.85


# -- how long penalties last ---------------------------------------------------------------------


def test_how_long_penalties_last():
    """Shares still in force, beside the spells of 2017 to 2025 (Kaplan and Meier's estimate).

    History, all disputes: .91, .85, .82, .69 and .48 after 30, 60, 90, 180 and 365 days (55
    spells); with China .76 and .49 after 90 and 180 (17). What is allowed holds both from the third
    month on, and less besides: the 95% intervals of so few spells begin at .68 and .53 for all and
    at .49 and .19 with China.
    """
    rows = np.concatenate(
        [played(d, 60, seed=w, outbreak=True) for w, d in enumerate(disputes(100))]
    )
    lasted = np.where(rows["end"] == 9, np.inf, 7 * rows["weeks"])
    share = {days: (lasted > days).mean() for days in (30, 60, 90, 180, 365)}
    assert share[30] == pytest.approx(0.91, abs=0.04)
    assert share[60] == pytest.approx(0.85, abs=0.08)
    assert 0.66 < share[90] < 0.86
    assert 0.44 < share[180] < 0.72
    assert 0.30 < share[365] < 0.53
    peak, full = rows["rung"] == PEAK, rows["rung"] == FULL
    assert (lasted[peak] > 180).mean() < (lasted[full] > 180).mean() - 0.1  # short at the peak
