"""What a player can secure: von Neumann's theorem, against another program and in any unit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from needing import needed

from negotiation.errors import InputError
from negotiation.theory import Game, minimax
from negotiation.theory.security import pure_minimax

tables = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
    lambda shape: arrays(np.int64, shape, elements=st.integers(-3, 3))
)


@given(tables)
def test_both_mixtures_meet_at_the_value(payoffs):
    """The player gets the value at least, and the other can hold it down to that."""
    found = minimax(payoffs)
    assert (np.array(found.own) @ payoffs).min() == pytest.approx(found.value, abs=1e-12)
    assert (payoffs @ np.array(found.other)).max() == pytest.approx(found.value, abs=1e-12)
    assert sum(found.own) == pytest.approx(1) and sum(found.other) == pytest.approx(1)
    assert found.value <= pure_minimax(payoffs) + 1e-12


@given(tables, st.sampled_from([1e-9, 0.1, 1e9]), st.sampled_from([0.0, -1e9, 7.0]))
def test_the_unit_does_not_matter(payoffs, unit, shift):
    """In another unit, or over another zero, the value is the same."""
    value = minimax(payoffs).value
    assert minimax(payoffs * unit).value == pytest.approx(value * unit, abs=1e-12 * unit)
    assert minimax(payoffs + shift).value == pytest.approx(value + shift, abs=1e-12)


def test_a_catastrophe_does_not_hide_small_payoffs():
    """Beside a payoff of minus 10^15 a difference of 1e-9 still decides: by hand, x = 1e-9 / D."""
    found = minimax([[1e-9, 0.0], [-1e15, 1.0]])
    assert found.own[1] == pytest.approx(1e-9 / (1.0 + 1e15), rel=1e-9)


def test_one_matrix_makes_a_zero_sum_game():
    """Morra's value is 0 and its equilibrium that of minimax; QuantEcon finds the same value."""
    rng = np.random.default_rng(3)
    quantecon = needed("quantecon")
    payoffs = rng.normal(size=(5, 7))
    game = Game(payoffs, players=("attacker", "defender"))
    value, *_ = quantecon.optimize.minmax(payoffs)
    assert game.minimax("attacker").value == pytest.approx(value)
    assert game.minimax("defender").value == pytest.approx(-value)
    (equilibrium,) = game.equilibria()
    assert equilibrium.payoffs == pytest.approx((value, -value))
    assert np.array_equal(game.B, -payoffs)


@pytest.mark.parametrize("wrong", [[1, 2], [[np.nan]], [[]], "ab", [[1], [2, 3]], 5])
def test_what_is_no_table_is_refused(wrong):
    """A sentence, not a traceback of NumPy."""
    with pytest.raises(InputError):
        minimax(wrong)
    with pytest.raises(InputError):
        Game(wrong)
