"""Bargaining solutions: textbook numbers, the axioms, and public domains."""

from __future__ import annotations

import itertools
import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from negotiation.errors import InputError
from negotiation.theory.bargaining_solutions import (
    Lotteries,
    Outcomes,
    Packages,
    egalitarian,
    kalai_smorodinsky,
    nash_solution,
    pareto_frontier,
    utilitarian,
)

BILL = {"book": (2, 4), "whip": (2, 2), "ball": (2, 1), "bat": (2, 2), "box": (4, 1)}
JACK = {"pen": (10, 1), "toy": (4, 1), "knife": (6, 2), "hat": (2, 2)}
GOODS = [*BILL, *JACK]


def trades() -> np.ndarray:
    """Gains of Bill and Jack from each of the 512 trades, from Nash (1950)."""
    gains = []
    for given_away in itertools.product((0, 1), repeat=len(GOODS)):
        bill = jack = 0
        for good, moved in zip(GOODS, given_away, strict=True):
            to_bill, to_jack = {**BILL, **JACK}[good]
            bill += moved * (to_bill if good in JACK else -to_bill)
            jack += moved * (to_jack if good in BILL else -to_jack)
        gains.append((bill, jack))
    return np.array(gains)


def test_bill_and_jack():
    """Nash (1950): the one best trade gives (12, 5), the trade he describes (retrieved)."""
    solution = nash_solution(trades())
    assert solution.utilities == (12, 5) and len(solution.outcomes) == 1
    moved = list(itertools.product((0, 1), repeat=9))[solution.outcomes[0]]
    assert [good for good, m in zip(GOODS, moved, strict=True) if m] == [
        "book", "whip", "ball", "bat", "pen", "toy", "knife",
    ]  # fmt: skip


def test_bill_and_jack_otherwise_judged():
    """Kalai-Smorodinsky (12, 5) with ideal (18, 8); egalitarian a tie of (6, 7) and (8, 6), by
    leximin (8, 6); utilitarian any of sum 18; seven efficient gain pairs (derived).
    """
    problem = Outcomes(trades())
    assert problem.ideal == (18, 8)
    assert problem.kalai_smorodinsky().ties == ((12, 5),)
    assert problem.egalitarian().ties == ((6, 7), (8, 6))
    assert problem.egalitarian(leximin=True).ties == ((8, 6),)
    assert problem.utilitarian().ties == ((14, 4), (16, 2), (18, 0))
    rational = np.unique(problem.utilities[problem.candidates], axis=0)
    assert rational.tolist() == [[2, 8], [6, 7], [8, 6], [12, 5], [14, 4], [16, 2], [18, 0]]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("utilities", [[[0, 0], [0, 0]], [[0, 1], [0, 2]], [[2, 0], [1, 0]]])
def test_leximin_where_a_side_cannot_gain(utilities):
    """What is no gain has no share of the ideal: the other side's gain alone decides."""
    fair = Outcomes(utilities).kalai_smorodinsky(leximin=True)
    assert fair.ties == Outcomes(utilities).kalai_smorodinsky().ties
    assert fair.ties == ((max(u for u, _ in utilities), max(c for _, c in utilities)),)


def test_splitting_one_between_a_linear_and_a_square_root_taste():
    """U = (x, sqrt(1 - x)): Nash 2/3, Kalai-Smorodinsky and egalitarian .618, utilitarian 3/4.

    Textbook (memory); on a grid of 100,001 splits, so to 1e-5.
    """
    x = np.linspace(0, 1, 100_001)
    problem = Outcomes(np.column_stack([x, np.sqrt(1 - x)]))
    golden = (math.sqrt(5) - 1) / 2
    assert problem.nash().us == pytest.approx(2 / 3, abs=1e-5)
    assert problem.kalai_smorodinsky().us == pytest.approx(golden, abs=1e-5)
    assert problem.egalitarian().us == pytest.approx(golden, abs=1e-5)
    assert problem.utilitarian().us == pytest.approx(3 / 4, abs=1e-5)


def test_alice_and_george():
    """Lotteries over (60, 80), (50, 110), (30, 150): the four solutions of the textbook (memory).

    The egalitarian (60, 60) would need to throw utility away; the efficient end is (60, 80).
    """
    problem = Lotteries([[60, 80], [50, 110], [30, 150]])
    assert problem.nash().utilities == (50, 110)
    fair = problem.kalai_smorodinsky()
    assert fair.utilities == pytest.approx((140 / 3, 350 / 3))
    assert dict(zip(fair.outcomes, fair.probabilities, strict=True)) == pytest.approx(
        {1: 5 / 6, 2: 1 / 6}
    )
    assert problem.egalitarian().utilities == (60, 80)
    assert problem.utilitarian().utilities == (30, 150)


@pytest.mark.parametrize(("weight", "share"), [(0.3, 0.31), (0.5, 0.45), (0.8, 0.66)])
def test_weighted_nash_on_a_pie(weight, share):
    """A pie of 1 with disagreement (.1, .2): the US gets .1 + .7 times its weight (memory)."""
    weights = (weight, 1 - weight)
    ends = Lotteries([[0, 1], [1, 0]], (0.1, 0.2))
    pie = Packages([[1.0], [-1.0]], [[0.0], [0.0]], fixed=(0, 1), disagreement=(0.1, 0.2))
    assert nash_solution(ends, weights=weights).us == pytest.approx(share)
    assert nash_solution(pie, weights=weights).us == pytest.approx(share)


whole = st.integers(1, 25).flatmap(lambda n: arrays(np.int64, (n, 2), elements=st.integers(-5, 9)))
points = st.tuples(st.integers(-4, 4), st.integers(-4, 4))
FINITE = [nash_solution, kalai_smorodinsky, egalitarian, utilitarian]


@pytest.mark.parametrize("solve", FINITE)
@given(utilities=whole, d=points)
def test_swapping_the_sides_swaps_the_solutions(solve, utilities, d):
    """Symmetry: the labels US and China carry no weight."""
    ties = set(solve(utilities, disagreement=d).ties)
    swapped = set(solve(utilities[:, ::-1], disagreement=d[::-1]).ties)
    assert {(b, a) for a, b in swapped} == ties


@pytest.mark.parametrize("solve", FINITE)
@given(utilities=whole, d=points)
def test_nobody_gets_less_than_without_agreement(solve, utilities, d):
    """Individual rationality, and efficiency among the outcomes that hurt nobody."""
    solution = solve(utilities, disagreement=d)
    assert min(solution.gains) >= 0
    acceptable = utilities[(utilities >= d).all(axis=1)]
    if not len(acceptable):
        assert solution.outcomes == () and solution.utilities == d
    for pair in solution.ties:
        if len(acceptable):
            better = (acceptable >= pair).all(axis=1) & (acceptable > pair).any(axis=1)
            assert not better.any()


@pytest.mark.parametrize("solve", [nash_solution, kalai_smorodinsky])
@given(utilities=whole, scale=st.tuples(st.sampled_from([0.5, 2, 8]), st.sampled_from([0.25, 4])),
       shift=points)  # fmt: skip
def test_units_of_utility_do_not_matter(solve, utilities, scale, shift):
    """Scale invariance of Nash and Kalai-Smorodinsky: same outcomes after u -> a u + b."""
    moved = utilities * np.array(scale) + shift
    assert solve(moved, disagreement=shift).outcomes == solve(utilities).outcomes


@given(utilities=whole, keep=st.integers(0, 2**25 - 1))
def test_nash_ignores_what_is_not_chosen(utilities, keep):
    """Independence of irrelevant alternatives: dropping outcomes not chosen changes nothing."""
    chosen = nash_solution(utilities).outcomes
    rows = [i for i in range(len(utilities)) if keep >> i & 1 or i in chosen]
    assume(chosen)
    again = nash_solution(utilities[rows])
    assert tuple(rows[i] for i in again.outcomes) == chosen


def test_kalai_smorodinsky_does_not():
    """Its ideal depends on outcomes that are not chosen, so it is not independent of them."""
    utilities = [[10, 0], [4, 4], [5, 3], [0, 4]]
    assert kalai_smorodinsky(utilities).utilities == (5, 3)
    assert kalai_smorodinsky(utilities[1:]).utilities == (4, 4)


@given(utilities=whole, extra=st.floats(0, 1))
def test_kalai_smorodinsky_is_monotonic(utilities, extra):
    """Individual monotonicity, over lotteries: if China can get more at every gain of the US and
    the US's best stays, China does not get less.
    """
    utilities = np.vstack([np.abs(utilities), [[9, 0], [0, 9]]]).astype(float)
    more = np.vstack([utilities, np.column_stack([utilities[:, 0], utilities[:, 1] * (1 + extra)])])
    before, after = (kalai_smorodinsky(Lotteries(u)) for u in (utilities, more))
    assert after.china >= before.china - 1e-9


@given(utilities=whole, d=points)
def test_lotteries_are_never_worse_than_the_best_outcome(utilities, d):
    """The Nash product and the sum of gains over lotteries reach those over outcomes."""
    single, mixed = Outcomes(utilities, d), Lotteries(utilities, d)
    assume(len(single.candidates))
    assert math.prod(mixed.nash().gains) >= math.prod(single.nash().gains) - 1e-9
    assert sum(mixed.utilitarian().gains) >= sum(single.utilitarian().gains) - 1e-9


PUBLIC = json.loads((Path(__file__).parents[1] / "data" / "genius_solutions.json").read_text())


@pytest.mark.parametrize("domain", PUBLIC)
def test_public_domains(domain):
    """Four ANAC domains: solutions from zero and, over lotteries, as an independent search found.

    Solved from the domains' published Pareto points, which decide every solution.
    """
    found = PUBLIC[domain]
    for name, solution in (
        ("nash", nash_solution(found["pareto"])),
        ("egalitarian", egalitarian(found["pareto"])),
        ("kalai_smorodinsky", kalai_smorodinsky(found["pareto"])),
        ("utilitarian", utilitarian(found["pareto"])),
    ):
        assert np.array(solution.ties) == pytest.approx(np.array(found[name]), abs=2e-8), name
    assert nash_solution(found["pareto"]).utilities == pytest.approx(found["genius_nash"], abs=1e-6)
    for hull in found["lotteries"].values():
        problem = Lotteries(found["pareto"], tuple(hull["d"]))
        for name in ("nash", "egalitarian", "kalai_smorodinsky"):
            assert getattr(problem, name)().utilities == pytest.approx(hull[name], abs=1e-7), name


def test_a_million_outcomes():
    """A large domain is one sort: the frontier and the solution of a million outcomes on a disc."""
    angle = np.linspace(0, np.pi / 2, 1_000_000)
    disc = np.column_stack([np.sin(angle), np.cos(angle)])
    solution = nash_solution(disc)
    assert solution.utilities == pytest.approx((math.sqrt(0.5), math.sqrt(0.5)), abs=1e-5)
    assert len(pareto_frontier(disc)) == len(disc)


@pytest.mark.parametrize(
    "call",
    [
        lambda: nash_solution([[1, 2]], disagreement=(1,)),
        lambda: nash_solution([[1, 2]], disagreement=(1, np.inf)),
        lambda: nash_solution([[1, 2]], weights=(-1, 2)),
        lambda: nash_solution([[1, 2]], weights="equal"),
        lambda: nash_solution(Outcomes([[1, 2]]), disagreement=(0, 0)),
        lambda: Packages([[1.0]], [[0.0]]),
    ],
)
def test_bad_input_is_refused(call):
    """A wrong disagreement point, wrong weights or a wrong shape is a user error."""
    with pytest.raises(InputError):
        call()
