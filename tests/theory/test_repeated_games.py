"""Repeated prisoner's dilemmas: how much the future must count."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from needing import needed

from negotiation.errors import InputError
from negotiation.theory.repeated_games import (
    grim_trigger,
    penalty_payment,
    tit_for_tat,
    tolerable_lag,
)

steps = st.floats(0.1, 10.0)
dilemmas = st.builds(
    lambda s, a, b, c: {
        "temptation": s + a + b + c, "reward": s + a + b, "punishment": s + a, "sucker": s
    },
    st.floats(-10, 10), steps, steps, steps,
)  # fmt: skip
PAYOFFS = {"CC": "reward", "CD": "sucker", "DC": "temptation", "DD": "punishment"}


def played(game, mine, theirs, discount, periods=4000):
    """Return the discounted payoff of playing rule against rule, each seeing the other's past."""
    my_past, their_past, total = "", "", 0.0
    for period in range(periods):
        weight = discount**period
        if weight < 1e-15:
            break
        move, reply = mine(their_past), theirs(my_past)
        total += weight * game[PAYOFFS[move + reply]]
        my_past, their_past = my_past + move, their_past + reply
    return total


def grim(past):
    """Never forgive."""
    return "D" if "D" in past else "C"


def tft(past):
    """Tit for tat: do as was done."""
    return past[-1:] or "C"


def always_defect(past):
    """Break the deal for good."""
    return "D"


def alternate(past):
    """Break the deal every other time."""
    return "CD"[len(past) % 2 == 0]


def three(game):
    """Return the payoffs that grim trigger needs: all but the sucker's."""
    return {name: value for name, value in game.items() if name != "sucker"}


@pytest.mark.parametrize(
    ("payoffs", "grim_bar", "tft_bar"),
    [((5, 3, 1, 0), 1 / 2, 2 / 3), ((10, 9, 3, 1), 1 / 7, 1 / 7)],
)
def test_textbook_thresholds(payoffs, grim_bar, tft_bar):
    """(5,3,1,0): grim trigger 1/2, tit-for-tat 2/3 (Axelrod 1984); (10,9,3,1): 1/7 (memory)."""
    game = dict(zip(("temptation", "reward", "punishment", "sucker"), payoffs, strict=True))
    assert grim_trigger(**three(game)) == pytest.approx(grim_bar)
    assert tit_for_tat(**game) == pytest.approx(tft_bar)


@given(game=dilemmas, part=st.floats(0.05, 0.95))
def test_grim_trigger_by_playing_it(game, part):
    """Played out, breaking the deal against grim trigger pays below (T-R)/(T-P), not above."""
    bar = grim_trigger(**three(game))
    for discount, pays in ((part * bar, True), (bar + part * (0.98 - bar), False)):
        if abs(discount - bar) < 1e-3 or not 0 < discount < 0.98:
            continue
        gain = played(game, always_defect, grim, discount) - played(game, grim, grim, discount)
        assert (gain > 0) == pays


@given(game=dilemmas, part=st.floats(0.05, 0.95))
def test_tit_for_tat_by_playing_it(game, part):
    """Against tit-for-tat cheating, for good or every other time, pays exactly below the bar."""
    bar = tit_for_tat(**game)
    for discount, pays in ((part * bar, True), (bar + part * (0.98 - bar), False)):
        if abs(discount - bar) < 1e-3 or not 0 < discount < 0.98:
            continue
        keep = played(game, tft, tft, discount)
        best = max(played(game, cheat, tft, discount) for cheat in (always_defect, alternate))
        assert (best > keep) == pays


@pytest.mark.long  # 16 seconds, nearly all of it compiling
@pytest.mark.parametrize("discount", [0.3, 0.9])
def test_above_the_bar_another_solver_finds_cooperation(discount):
    """(10,9,3,1), bar 1/7: QuantEcon's Abreu-Sannikov finds the vertices below at .3 and .9."""
    game_theory = needed("quantecon.game_theory")
    player = game_theory.Player([[9.0, 1.0], [10.0, 3.0]])
    repeated = game_theory.RepeatedGame(game_theory.NormalFormGame((player, player)), discount)
    hull = repeated.equilibrium_payoffs()
    found = sorted(map(tuple, hull.points[hull.vertices].round(6).tolist()))
    assert discount > grim_trigger(temptation=10, reward=9, punishment=3)
    assert found == [(3.0, 3.0), (3.0, 9.75), (9.0, 9.0), (9.75, 3.0)]


def test_no_temptation_and_no_dilemma():
    """Without temptation no patience is needed; if the breach is better none is enough."""
    assert grim_trigger(temptation=2, reward=3, punishment=1) == 0.0
    assert grim_trigger(temptation=5, reward=3, punishment=4) == math.inf  # deadlock
    assert grim_trigger(temptation=5, reward=3, punishment=3) == math.inf


@given(game=dilemmas, payment=st.floats(0.0, 1e4))
def test_fines_backed_by_tariffs_add_nothing(game, payment):
    """Limao-Saggi 2008: a payment whose only backing is the tariff threat never lowers delta*."""
    stakes = three(game)
    bar = grim_trigger(**stakes)
    assert penalty_payment(**stakes, payment=payment) >= bar
    enough = (game["temptation"] - game["reward"]) / bar
    assert penalty_payment(**stakes, payment=1.001 * enough) == bar


@given(game=dilemmas, payment=st.floats(0.1, 50.0), discount=st.floats(0.01, 0.99))
def test_fine_by_comparing_plans(game, payment, discount):
    """A breach pays iff paying for it or refusing to pay does, each valued as a stream."""
    T, R, P = game["temptation"], game["reward"], game["punishment"]
    keep = R / (1 - discount)
    pay = T + discount * (R / (1 - discount) - payment)
    refuse = T + discount * P / (1 - discount)
    bar = penalty_payment(temptation=T, reward=R, punishment=P, payment=payment)
    if abs(discount - bar) > 1e-6:
        assert (keep >= max(pay, refuse)) == (discount > bar)


@pytest.mark.parametrize(("rate", "years"), [(0.05, 3.5), (0.50, 4 / 12)])
def test_how_long_a_breach_may_go_unnoticed(rate, years):
    """A bar of .84: 3.5 years at 5% a year, 4 months at 50% (verified; .349 year is 4.2 months)."""
    lag = tolerable_lag(critical=0.84, rate=rate)
    assert lag == pytest.approx(years, abs=0.02)
    assert math.exp(-rate * lag) == pytest.approx(0.84)


def test_bad_input():
    """A dilemma has its payoffs in falling order, and numbers are finite."""
    with pytest.raises(InputError, match="falling order"):
        tit_for_tat(temptation=3, reward=5, punishment=1, sucker=0)
    with pytest.raises(InputError, match="temptation = nan"):
        grim_trigger(temptation=math.nan, reward=1, punishment=0)
    with pytest.raises(InputError, match="critical"):
        tolerable_lag(critical=1.0, rate=0.1)
