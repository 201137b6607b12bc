"""The chain store with reputation (Kreps and Wilson 1982)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.errors import InputError
from negotiation.theory.entry_deterrence import chain_store, deterrence_threshold

gains = st.floats(0.1, 0.9)
counts = st.integers(1, 8)
reputations = st.floats(0.0005, 0.9995)
MONOPOLY = 2.0


def worth(p, n, b, *, first_fight=None):
    """Return the weak monopolist's value with n markets left, by playing all of them out.

    ``first_fight`` replaces its own behaviour in the first of them, once there is an entry.
    """
    if n == 0:
        return 0.0
    now = chain_store(reputation=p, markets=n, gain=b, monopoly=MONOPOLY)
    fights = now.fights if first_fight is None else first_fight
    left_alone = MONOPOLY + worth(p, n - 1, b) if now.enters < 1 else 0.0
    if now.enters == 0:
        return left_alone
    fought = -1 + worth(now.reputation_after_fight, n - 1, b) if fights > 0 else 0.0
    given_in = worth(0.0, n - 1, b) if fights < 1 else 0.0
    entered = fights * fought + (1 - fights) * given_in
    return now.enters * entered + (1 - now.enters) * left_alone


@pytest.mark.parametrize(("markets", "bar"), [(1, 0.5), (2, 0.25), (3, 0.125), (10, 0.5**10)])
def test_threshold_is_a_power_of_the_gain(markets, bar):
    """Entrants stay out from reputation b^n on, n the number of markets left (memory)."""
    assert deterrence_threshold(gain=0.5, markets=markets) == bar
    shape = {"markets": markets, "gain": 0.5, "monopoly": 2.0}
    assert chain_store(reputation=bar * 1.001, **shape).enters == 0.0
    assert chain_store(reputation=bar * 0.999, **shape).enters == 1.0
    assert chain_store(reputation=bar, **shape).enters == 0.5


def test_deterrence_ends_when_few_markets_are_left():
    """With reputation 0.1 and b = 1/2 entry starts in the third market from the end: .1 < .5^3."""
    enters = [
        chain_store(reputation=0.1, markets=n, gain=0.5, monopoly=2.0).enters for n in (6, 5, 4, 3)
    ]
    assert enters == [0.0, 0.0, 0.0, 1.0]


@given(p=reputations, n=counts, b=gains)
def test_reputation_follows_bayes(p, n, b):
    """After a fight the probability of being tough is p / (p + (1 - p) fights)."""
    now = chain_store(reputation=p, markets=n, gain=b, monopoly=MONOPOLY)
    assert now.reputation_after_fight == pytest.approx(p / (p + (1 - p) * now.fights))


@given(p=reputations, n=st.integers(2, 8), b=gains)
def test_a_fight_lifts_a_low_reputation_to_the_next_bar(p, n, b):
    """Below b^(n-1) the weak one mixes so that a fight leaves it exactly there (memory)."""
    bar = deterrence_threshold(gain=b, markets=n - 1)
    now = chain_store(reputation=p, markets=n, gain=b, monopoly=MONOPOLY)
    assert now.reputation_after_fight == pytest.approx(max(p, bar))
    assert (now.fights == 1.0) == (p >= bar)


@given(p=reputations, n=counts, b=gains)
def test_entrants_reply_best(p, n, b):
    """An entrant gains b, less 1 if it is fought: it enters only if that is not negative."""
    now = chain_store(reputation=p, markets=n, gain=b, monopoly=MONOPOLY)
    entering = b - (p + (1 - p) * now.fights)
    if now.enters == 1.0:
        assert entering >= -1e-9
    elif now.enters == 0.0:
        assert entering <= 1e-9


@pytest.mark.parametrize("n", [1, 2, 4])
@pytest.mark.parametrize("b", [0.3, 0.5, 0.8])
def test_entrants_may_mix_at_the_bar(n, b):
    """At reputation b^n an entrant gains nothing by entering and loses nothing by staying out."""
    p = deterrence_threshold(gain=b, markets=n)
    now = chain_store(reputation=p, markets=n, gain=b, monopoly=MONOPOLY)
    assert 0 < now.enters < 1
    assert b - (p + (1 - p) * now.fights) == pytest.approx(0.0, abs=1e-12)


@given(p=reputations, n=st.integers(1, 6), b=gains)
def test_the_monopolist_replies_best(p, n, b):
    """Neither always fighting nor always giving in now beats what the weak monopolist does."""
    value = worth(p, n, b)
    for instead in (0.0, 1.0):
        assert worth(p, n, b, first_fight=instead) <= value + 1e-9


def test_known_weakness_invites_entry():
    """Once it has given in, a monopolist is entered upon to the end."""
    assert chain_store(reputation=0.0, markets=500, gain=0.5, monopoly=2.0) == (
        chain_store(reputation=0.0, markets=1, gain=0.5, monopoly=2.0)
    )
    assert chain_store(reputation=0.0, markets=5000, gain=0.5, monopoly=2.0).enters == 1.0


@pytest.mark.parametrize(
    "change", [{"reputation": 1.1}, {"markets": 0}, {"gain": 1.0}, {"monopoly": 1.0}]
)
def test_bad_input(change):
    """Each argument has its interval."""
    good = {"reputation": 0.1, "markets": 3, "gain": 0.5, "monopoly": 2.0}
    with pytest.raises(InputError, match=next(iter(change))):
        chain_store(**good | change)
