"""Repeated games between named strategies: another library's scores, textbook limits, any unit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negotiation.errors import InputError
from negotiation.theory import Machine, grim_trigger, memory_one, repeated_match
from negotiation.theory.repeated_strategies import NAMED, repeated_strategy

A = np.array([[3, 0], [5, 1]])
DILEMMA = (A, A.T)

# Scores of eleven rounds between the first players, itself and those after it: Axelrod 4.14
ORDER = [
    "always-cooperate", "always-defect", "alternator", "tit-for-tat", "suspicious-tit-for-tat",
    "anti-tit-for-tat", "bully", "win-stay-lose-shift", "grim", "tit-for-two-tats",
    "two-tits-for-tat",
]  # fmt: skip
SCORES = """
33-33 0-55 18-43 33-33 30-35 3-53 0-55 33-33 33-33 33-33 33-33
11-11 35-5 15-10 11-11 55-0 51-1 35-5 15-10 19-9 15-10
23-23 28-28 25-30 23-23 20-25 26-26 12-32 43-18 12-32
33-33 25-30 22-27 24-24 33-33 33-33 33-33 33-33
11-11 26-26 27-22 23-23 14-14 35-30 14-14
23-23 0-55 35-15 9-44 31-21 21-31
21-21 33-13 6-46 33-18 23-28
33-33 33-33 33-33 33-33
33-33 33-33 33-33
33-33 33-33
33-33
"""


def test_eleven_rounds_as_in_axelrod():
    """Every pair of the strategies without luck scores as in the library Axelrod."""
    for first, line in enumerate(SCORES.split("\n")[1:-1]):
        for second, scores in enumerate(line.split(), start=first):
            got = repeated_match(*DILEMMA, ORDER[first], ORDER[second], rounds=11).payoffs
            expected = [int(score) for score in scores.split("-")]
            assert [11 * x for x in got] == pytest.approx(expected, abs=1e-12)


def test_noise_as_in_axelrod():
    """Two machines with a memory of two rounds and noise 5%: 12 simulations of 100,000 rounds.

    Axelrod 4.14 got 2.5331 and 1.8681, with standard errors of 0.0055 and 0.0048.
    """
    got = repeated_match(*DILEMMA, "two-tits-for-tat", "tit-for-two-tats", noise=0.05).payoffs
    assert got[0] == pytest.approx(2.5331, abs=4 * 0.0055)
    assert got[1] == pytest.approx(1.8681, abs=4 * 0.0048)


chances = st.lists(st.floats(0, 1), min_size=5, max_size=5)


def by_hand(p, q, *, weights, noise):
    """Payoffs of two memory-one strategies from the distribution over cells, round by round."""
    noisy = [[(1 - 2 * noise) * x + noise for x in chance] for chance in (p, q)]
    mine, theirs = noisy[0][1:], [noisy[1][1], noisy[1][3], noisy[1][2], noisy[1][4]]

    def cells(x, y):
        return np.array([x * y, x * (1 - y), (1 - x) * y, (1 - x) * (1 - y)])

    step = np.array([cells(x, y) for x, y in zip(mine, theirs, strict=True)])
    now, total = cells(noisy[0][0], noisy[1][0]), np.zeros(4)
    for weight in weights:
        total += weight * now
        now = now @ step
    return total @ A.ravel(), total @ A.T.ravel()


@settings(max_examples=40)
@given(chances, chances, st.sampled_from([0.0, 0.01, 0.3]), st.integers(1, 40))
def test_expectations_are_those_of_the_chain_of_cells(p, q, noise, rounds):
    """Rounds, and discounting, as in the four-state chain of Nowak and Sigmund."""
    us, china = (memory_one(x[0], x[1:]) for x in (p, q))
    got = repeated_match(*DILEMMA, us, china, rounds=rounds, noise=noise)
    weights = np.full(rounds, 1 / rounds)
    assert got.payoffs == pytest.approx(by_hand(p, q, weights=weights, noise=noise), abs=1e-9)
    got = repeated_match(*DILEMMA, us, china, discount=0.5, noise=noise)
    weights = 0.5 ** np.arange(1, 60)
    assert got.payoffs == pytest.approx(by_hand(p, q, weights=weights, noise=noise), abs=1e-9)


@settings(max_examples=25)
@given(st.lists(st.floats(0.01, 0.99), min_size=5, max_size=5))
def test_the_extortioner_gains_twice_as_much(q):
    """Press and Dyson 2012: its surplus over mutual defection is twice the other's."""
    us, china = repeated_match(*DILEMMA, "extortioner", memory_one(q[0], q[1:])).payoffs
    assert us - 1 == pytest.approx(2 * (china - 1), abs=1e-9)


def test_the_least_noise():
    """Molander 1985: tit-for-tat falls to the mean of the four cells; win-stay-lose-shift mends."""
    for noise in (1e-12, 1e-6, 0.01):
        tat = repeated_match(*DILEMMA, "tit-for-tat", "tit-for-tat", noise=noise)
        assert tat.payoffs == pytest.approx((2.25, 2.25), abs=1e-12)
    assert repeated_match(*DILEMMA, "tit-for-tat", "tit-for-tat").payoffs == (3, 3)
    stay = repeated_match(*DILEMMA, *["win-stay-lose-shift"] * 2, noise=1e-9)
    assert stay.payoffs[0] == pytest.approx(3, abs=1e-7)


def test_a_match_without_end_is_the_limit_of_long_ones():
    """10^18 rounds, or a discount factor next to 1, are the long run but for the beginning."""
    for pair in (("suspicious-tit-for-tat", "tit-for-tat"), ("grim", "random"), ("joss", "bully")):
        ever = repeated_match(*DILEMMA, *pair, noise=0.001)
        for given_ in ({"rounds": 10**18}, {"discount": 1 - 1e-12}):
            assert repeated_match(*DILEMMA, *pair, noise=0.001, **given_).payoffs == (
                pytest.approx(ever.payoffs, abs=1e-8)
            )
    ends = Machine((0.5, 1.0, 0.0), ((1, 1, 2, 2), (1,) * 4, (2,) * 4))  # chance decides for good
    assert repeated_match(*DILEMMA, ends, "tit-for-tat").payoffs == (2.0, 2.0)


def test_at_the_critical_patience_cheating_grim_pays_the_same():
    """The threshold of the theory of one deal is where the match's payoffs meet."""
    bar = grim_trigger(temptation=5, reward=3, punishment=1)
    cheats = repeated_match(*DILEMMA, "always-defect", "grim", discount=bar).payoffs[0]
    assert cheats == repeated_match(*DILEMMA, "grim", "grim", discount=bar).payoffs[0] == 3.0


@given(st.sampled_from(sorted(NAMED)), st.sampled_from(sorted(NAMED)),
       st.sampled_from([1e-9, 1e9]), st.sampled_from([0.0, 10.0]))  # fmt: skip
def test_the_unit_does_not_matter(first, second, unit, shift):
    """Payoffs scale and shift with the game's; cooperation does not change."""
    before = repeated_match(*DILEMMA, first, second, noise=0.02)
    B = (A + shift) * unit
    after = repeated_match(B, B.T, first, second, noise=0.02)
    assert [x / unit - shift for x in after.payoffs] == pytest.approx(before.payoffs, abs=1e-9)
    assert after.cooperation == before.cooperation
    turned = repeated_match(*DILEMMA, second, first, noise=0.02)
    assert turned.payoffs == pytest.approx(before.payoffs[::-1], abs=1e-12)


def machine(states):
    """A machine whose states follow one another."""
    after = tuple(((k + 1) % states,) * 4 for k in range(states))
    return Machine((0.5,) * states, after)


@pytest.mark.parametrize(
    "call",
    [
        lambda: repeated_strategy("tit-for-tatt"),
        lambda: memory_one(1, (1, 0, 1)),
        lambda: memory_one(1, 5),
        lambda: memory_one(1.5, (1, 0, 1, 0)),
        lambda: repeated_match([[1]], [[1]], "grim", "grim"),
        lambda: repeated_match(*DILEMMA, 5, "grim"),
        lambda: repeated_match(*DILEMMA, ((1.0,), ((0, 0, 0, 1),)), "grim"),
        lambda: repeated_match(*DILEMMA, machine(13), "grim"),
        lambda: repeated_match(*DILEMMA, machine(11), machine(12)),
        lambda: repeated_match(*DILEMMA, "grim", "grim", discount=1.0),
        lambda: repeated_match(*DILEMMA, "grim", "grim", rounds=0),
        lambda: repeated_match(*DILEMMA, "grim", "grim", rounds=10**30),
        lambda: repeated_match(*DILEMMA, "grim", "grim", noise=float("nan")),
        lambda: repeated_match(*DILEMMA, "grim", "grim", discount=0.5, rounds=5),
    ],
)
def test_what_cannot_be_played_is_refused(call):
    """Names, numbers and machines that do not work get a sentence, before anything is computed."""
    with pytest.raises(InputError):
        call()
