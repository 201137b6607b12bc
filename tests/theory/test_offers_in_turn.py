"""Alternating offers: Rubinstein, Stahl, the continuous limit and outside options."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.errors import InputError, OutOfRange
from negotiation.theory import alternating_offers, frequent_offers

discounts = st.floats(0.01, 0.99)


def subgame(turn, rounds, discounts, options):
    """Return (US, China) payoffs of the subgame that starts with offer ``turn``, exactly.

    Written as a tree of decisions, unlike the code under test: the proposer names what the
    responder gets, the responder compares it with what refusing gives, in fractions.
    """
    if turn > rounds:
        return [Fraction(0), Fraction(0)]
    proposer, responder = (turn + 1) % 2, turn % 2
    later = subgame(turn + 1, rounds, discounts, options)
    refusing = max(discounts[responder] * later[responder], options[responder])
    payoffs = [Fraction(0), Fraction(0)]
    payoffs[responder], payoffs[proposer] = refusing, 1 - refusing
    return payoffs


@pytest.mark.parametrize(
    ("us", "china", "share"),
    [
        (0.9, 0.9, 0.526316), (0.9, 0.8, 0.714286), (0.8, 0.9, 0.357143), (0.5, 0.5, 0.666667),
        (0.95, 0.99, 0.168067), (0.99, 0.99, 0.502513), (0.95, 0.95, 0.512821),
        (0.9, 0.95, 0.344828),
    ],
)  # fmt: skip
def test_endless_shares(us, china, share):
    """R1: the proposer gets (1 - d2) / (1 - d1 d2), in eight cases (memory, verified)."""
    assert alternating_offers(us=us, china=china).us == pytest.approx(share, abs=5e-7)


@pytest.mark.parametrize(
    ("rounds", "share"),
    [(1, 1), (2, 0.1), (3, 0.91), (4, 0.181), (5, 0.8371), (6, 0.24661), (7, 0.778051),
     (8, 0.2997541), (10, 0.342801), (11, 0.691479)],
)  # fmt: skip
def test_shares_with_a_last_round(rounds, share):
    """R2, Stahl: with T offers and discount 0.9 the first proposer's share (memory, verified)."""
    found = alternating_offers(us=0.9, china=0.9, rounds=rounds).us
    assert found == pytest.approx(share, abs=5e-7)
    assert found == pytest.approx((1 - (-0.9) ** rounds) / 1.9)


@given(
    us=discounts,
    china=discounts,
    rounds=st.integers(1, 12),
    a=st.floats(0, 0.5),
    c=st.floats(0, 0.5),
)
def test_shares_are_those_of_the_game_tree(us, china, rounds, a, c):
    """Backward induction over the tree of decisions in exact fractions gives the same division."""
    exact = subgame(1, rounds, [Fraction(us), Fraction(china)], [Fraction(a), Fraction(c)])
    found = alternating_offers(us=us, china=china, rounds=rounds, outside_option=(a, c))
    assert found == pytest.approx([float(x) for x in exact], abs=1e-12)


@given(us=discounts, china=discounts, a=st.floats(0, 0.5), c=st.floats(0, 0.5))
def test_many_rounds_become_endless(us, china, a, c):
    """As the last round moves away its pull fades, with outside options too."""
    options = (a, c)
    rounds = 4001  # leaves less than (0.99 ** 2) ** 2000 = 3e-18
    late = alternating_offers(us=us, china=china, rounds=rounds, outside_option=options)
    assert late == pytest.approx(
        alternating_offers(us=us, china=china, outside_option=options), abs=1e-10
    )


@given(us=discounts, china=discounts, rounds=st.integers(1, 40))
def test_stahl_closed_form(us, china, rounds):
    """T odd: x + (d1 d2)^((T-1)/2) (1 - x); T even: x - (d1 d2)^(T/2) x (derived)."""
    x, product = (1 - china) / (1 - us * china), us * china
    last = (
        x + product ** ((rounds - 1) // 2) * (1 - x)
        if rounds % 2
        else x * (1 - product ** (rounds // 2))
    )
    assert alternating_offers(us=us, china=china, rounds=rounds).us == pytest.approx(
        last, abs=1e-12
    )


@pytest.mark.parametrize("step", [1e-3, 1e-5])
def test_continuous_limit(step):
    """R3: d_i = exp(-r_i dt), r = (.05, .10), dt -> 0 gives the US 2/3; the gap shrinks with dt."""
    share = alternating_offers(us=math.exp(-0.05 * step), china=math.exp(-0.10 * step)).us
    limit = frequent_offers(rates=(0.05, 0.10)).us
    assert limit == pytest.approx(2 / 3)
    assert 0 < share - limit < 0.05 * step


def test_continuous_limit_of_the_less_patient():
    """With r = (.10, .05) the US gets 1/3 in the limit, .33334 at a step of 0.0002 (verified)."""
    found = alternating_offers(us=math.exp(-0.10 * 2e-4), china=math.exp(-0.05 * 2e-4)).us
    assert found == pytest.approx(0.33334, abs=5e-6)


def test_outside_option_kink():
    """An option is worth nothing up to what the responder bargains for, all of itself beyond."""
    free = alternating_offers(us=0.9, china=0.9)
    assert free.china == pytest.approx(0.9 / 1.9)  # 0.473684
    for option in (0.0, 0.2, 0.47):
        assert alternating_offers(us=0.9, china=0.9, outside_option=(0.0, option)) == free
    for option in (0.48, 0.7, 1.0):
        assert alternating_offers(
            us=0.9, china=0.9, outside_option=(0.0, option)
        ).china == pytest.approx(option)


def test_the_proposers_own_option():
    """The US, which opens, gains from its option only once it beats d1 x: then 1 - d2 (1 - o1)."""
    free = alternating_offers(us=0.9, china=0.9).us
    assert alternating_offers(us=0.9, china=0.9, outside_option=(0.9 * free - 1e-9, 0)).us == free
    assert alternating_offers(us=0.9, china=0.9, outside_option=(0.6, 0)).us == pytest.approx(
        1 - 0.9 * 0.4
    )


def test_option_is_a_floor_in_the_limit():
    """With frequent offers an option below the share leaves it, one above it replaces it."""
    assert frequent_offers(rates=(0.1, 0.1), outside_option=(0.4, 0.3)).us == 0.5
    assert frequent_offers(rates=(0.1, 0.1), outside_option=(0.7, 0.1)).us == 0.7
    assert frequent_offers(rates=(0.1, 0.1), outside_option=(0.0, 0.8)).china == pytest.approx(0.8)


@given(us=discounts, china=discounts, more=st.floats(0.0, 1.0))
def test_patience_pays(us, china, more):
    """A side that is more patient never gets less."""
    patient = us + more * (0.995 - us)
    assert (
        alternating_offers(us=patient, china=china).us
        >= alternating_offers(us=us, china=china).us - 1e-12
    )


def test_perfect_patience_takes_all():
    """A side that does not mind waiting takes everything from one that does."""
    assert alternating_offers(us=1.0, china=0.9) == (1.0, 0.0)
    assert alternating_offers(us=0.9, china=1.0) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"us": 1.2, "china": 0.9}, "us = 1.2"),
        ({"us": 0.9, "china": math.nan}, "china = nan"),
        ({"us": "much", "china": 0.5}, "us = 'much'"),
        ({"us": 0.9, "china": 0.9, "rounds": 0}, "rounds = 0"),
        ({"us": 0.9, "china": 0.9, "rounds": 2.5}, "rounds = 2.5"),
        ({"us": 1, "china": 1}, "any division"),
        ({"us": 0.9, "china": 0.9, "outside_option": (0.6, 0.6)}, "more apart"),
        (
            {"us": 0.9, "china": 0.9, "outside_option": 0.6},
            "outside_option = 0.6 is not allowed; expected a list of 2",
        ),
    ],
)
def test_bad_input_is_named(wrong, word):
    """What was wrong is said with its name and value."""
    with pytest.raises(InputError, match=word):
        alternating_offers(**wrong)


def test_rates_must_be_positive():
    """A side that does not discount at all has no limit share."""
    with pytest.raises(OutOfRange, match=r"rates\[1\]"):
        frequent_offers(rates=(0.1, 0.0))
