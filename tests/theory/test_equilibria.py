"""Equilibria against exact fractions, in any unit, with payoffs of any size beside each other."""

from __future__ import annotations

import pickle
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from negotiation.errors import InputError
from negotiation.theory import one_equilibrium
from negotiation.theory.best_replies import TooMany, corners
from negotiation.theory.equilibria import CLOSE_CALL, WORK, completed, extreme_equilibria
from negotiation.theory.games import Game

Exact = tuple[list[Fraction], list[Fraction]]


def solve(system: list[list[Fraction]], right: list[Fraction]) -> list[Fraction] | None:
    """The solution of a square system in fractions, None where it has none or many."""
    table = [[*row, value] for row, value in zip(system, right, strict=True)]
    for k in range(len(table)):
        chosen = next((r for r in range(k, len(table)) if table[r][k]), None)
        if chosen is None:
            return None
        table[k], table[chosen] = table[chosen], table[k]
        table[k] = [value / table[k][k] for value in table[k]]
        for r, row in enumerate(table):
            if r != k and row[k]:
                table[r] = [a - row[k] * b for a, b in zip(row, table[k], strict=True)]
    return [row[-1] for row in table]


def mixture(payoffs: list[list[Fraction]], replies: tuple, used: tuple) -> list[Fraction] | None:
    """The positive mixture of the actions used that makes these replies, and no others, best."""
    system = [[payoffs[i][j] for j in used] + [Fraction(-1)] for i in replies]
    system.append([Fraction(1)] * len(used) + [Fraction(0)])
    found = solve(system, [Fraction(0)] * len(used) + [Fraction(1)])
    if found is None or min(found[:-1]) <= 0:
        return None
    earned = [sum(row[j] * p for j, p in zip(used, found, strict=False)) for row in payoffs]
    if max(earned) > found[-1]:
        return None
    whole = [Fraction(0)] * len(payoffs[0])
    for j, p in zip(used, found, strict=False):
        whole[j] = p
    return whole


def in_fractions(A: np.ndarray, B: np.ndarray) -> list[Exact]:
    """All equilibria on supports of equal size, which in a nondegenerate game are all there are."""
    rows = [[Fraction(value) for value in row] for row in A.tolist()]
    columns = [[Fraction(value) for value in row] for row in B.T.tolist()]
    m, n = A.shape
    found = []
    for size in range(1, min(m, n) + 1):
        for used in combinations(range(m), size):
            for theirs in combinations(range(n), size):
                y = mixture(rows, used, theirs)
                x = y and mixture(columns, theirs, used)
                if x and y:
                    found.append((x, y))
    return found


def pattern(mixtures) -> tuple[bool, ...]:
    """Which actions are in use."""
    return tuple(p > 0 for side in mixtures for p in side)


NUMBERS = {
    "ordinary": st.integers(-999, 999).map(lambda k: k / 7),
    "powers of ten": st.tuples(st.integers(-9, 9), st.integers(-10, 10)).map(
        lambda pair: pair[0] * 10.0 ** pair[1]
    ),
    "tiny": st.tuples(st.integers(-3, 3), st.integers(0, 8)).map(lambda p: p[0] * 30.0 ** -p[1]),
    "a catastrophe": st.one_of(st.integers(-99, 99).map(lambda k: k / 7), st.just(-1e10)),
    "ties": st.integers(0, 3).map(float),
}


def bimatrix(numbers, most=4):
    """Two payoff matrices of one shape."""
    return st.tuples(st.integers(1, most), st.integers(1, most)).flatmap(
        lambda shape: st.tuples(*(arrays(float, shape, elements=numbers),) * 2)
    )


@pytest.mark.parametrize("kind", NUMBERS)
def test_the_same_as_exact_fractions(kind):
    """Nondegenerate: the same equilibria, an odd number (Wilson 1971), digits and all.

    Degenerate: all that fractions find are among those listed.
    """

    @settings(max_examples=60, deadline=None)
    @given(bimatrix(NUMBERS[kind]))
    def check(payoffs):
        game = Game(*payoffs)
        exact = {pattern(pair): pair for pair in in_fractions(game.A, game.B)}
        ours = {pattern((e.row, e.column)): e.row + e.column for e in game.equilibria()}
        if game.close_call:
            return
        assert exact.keys() <= ours.keys()
        if not game.degenerate:
            assert len(game.equilibria()) == len(exact) and len(exact) % 2 == 1
            for used, (x, y) in exact.items():
                assert ours[used] == pytest.approx([float(p) for p in x + y], rel=1e-12, abs=0)

    check()


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(*(bimatrix(numbers) for numbers in NUMBERS.values())),
    st.integers(-9, 9).map(lambda k: 10.0**k),
    st.floats(1e-9, 1e9),
    st.booleans(),
)
def test_the_unit_of_payoffs_does_not_matter(payoffs, unit, other, related):
    """Dollars or billions, a unit for each side: the same list, ties by linear relations too."""
    A, B = payoffs
    if related and len(A) > 2:
        A[-1] = (A[0] + A[1]) / 2
    game, scaled = Game(A, B), Game(A * unit, B * other)
    assert scaled.degenerate == game.degenerate
    assert scaled.pure_equilibria == game.pure_equilibria
    assert [pattern((e.row, e.column)) for e in scaled.equilibria()] == [
        pattern((e.row, e.column)) for e in game.equilibria()
    ]
    for e, same in zip(game.equilibria(), scaled.equilibria(), strict=True):
        assert same.row + same.column == pytest.approx(e.row + e.column, rel=1e-6)
        paid = same.payoffs[0] / unit, same.payoffs[1] / other
        assert paid == pytest.approx(e.payoffs, rel=1e-6, abs=1e-12 * np.abs([A, B]).max())


def to_millionths(x: float) -> float:
    """Return a number rounded: less than the last digits of the payoffs cannot be told."""
    return round(x, 6)


@settings(max_examples=60, deadline=None)
@given(bimatrix(NUMBERS["ties"]), st.floats(-1e3, 1e3).map(to_millionths), st.floats(0.01, 100.0))
def test_what_is_paid_in_any_case_does_not_matter(payoffs, shift, unit):
    """The same amount more in every cell changes no equilibrium, though sums are rounded."""
    game = Game(*payoffs)
    moved = Game(game.A * unit + shift, game.B * unit - shift)
    assert moved.degenerate == game.degenerate
    assert moved.pure_equilibria == game.pure_equilibria
    assert [pattern((e.row, e.column)) for e in moved.equilibria()] == [
        pattern((e.row, e.column)) for e in game.equilibria()
    ]


@settings(max_examples=60, deadline=None)
@given(st.one_of(*(bimatrix(numbers, 6) for numbers in NUMBERS.values())), st.data())
def test_the_path_ends_at_an_equilibrium(payoffs, data):
    """From any start no reply earns more than those in use; it is one of those listed."""
    A, B = payoffs
    found = one_equilibrium(A, B, start=data.draw(st.integers(0, len(A) - 1)))
    for own, mine, theirs in ((A, found.row, found.column), (B.T, found.column, found.row)):
        earned = own @ np.array(theirs)
        at_stake = np.abs(own) @ np.array(theirs)
        used = np.array(mine) > 0
        assert (earned[used] >= earned.max() - 1e-9 * (at_stake[used] + at_stake.max())).all()
    listed = [e.row + e.column for e in Game(A, B).equilibria()]
    game = Game(A, B)
    if not game.degenerate and not game.close_call:
        assert any(found.row + found.column == pytest.approx(one, rel=1e-9) for one in listed)


@pytest.mark.parametrize(("base", "n"), [(2, 8), (4, 8), (10, 7), (30, 8)])
def test_ways_to_agree(base, n):
    """Each nonempty set of options, mixed in inverse proportion to their worth, is one: 2^n - 1."""
    worth = [float(base) ** -k for k in range(n)]
    game = Game(np.diag(worth), np.diag(worth))
    assert len(game.equilibria()) == 2**n - 1 and not game.degenerate and not game.close_call
    inverse = np.array([base**k for k in range(n)], dtype=float)
    assert game.equilibria()[-1].row == pytest.approx(inverse / inverse.sum(), rel=1e-12)


def test_seventy_five_equilibria():
    """Von Stengel's 6 by 6 game, doi:10.1007/PL00009438, has 75, and is nondegenerate."""
    row = [[9504, -660, 19976, -20526, 1776, -8976],
           [-111771, 31680, -130944, 168124, -8514, 52764],
           [397584, -113850, 451176, -586476, 29216, -178761],
           [171204, -45936, 208626, -263076, 14124, -84436],
           [1303104, -453420, 1227336, -1718376, 72336, -461736],
           [737154, -227040, 774576, -1039236, 48081, -300036]]  # fmt: skip
    column = [[72336, 48081, 29216, 14124, 1776, -8514],
              [-461736, -300036, -178761, -84436, -8976, 52764],
              [1227336, 774576, 451176, 208626, 19976, -130944],
              [-1718376, -1039236, -586476, -263076, -20526, 168124],
              [1303104, 737154, 397584, 171204, 9504, -111771],
              [-453420, -227040, -113850, -45936, -660, 31680]]  # fmt: skip
    game = Game(row, column)
    assert len(game.equilibria()) == 75 and not game.degenerate


def test_a_catastrophe_leaves_small_stakes_apart():
    """Chicken with a loss of ten billion: both hold out with the probability 5 in 10^10."""
    game = Game([[0, -5], [5, -1e10]], [[0, 5], [-5, -1e10]])
    mixed = game.equilibria()[-1]
    assert len(game.equilibria()) == 3
    assert mixed.row[1] == pytest.approx(5 / 1e10, rel=1e-9)
    war = Game([[3, 0, 0], [0, 2, 0], [-1e9] * 3], [[2, 0, -1], [0, 3, -1], [-1, -1, -1]])
    assert [pattern((e.row, e.column)) for e in war.equilibria()] == [
        (False, True, False, False, True, False),
        (True, False, False, True, False, False),
        (True, True, False, True, True, False),
    ]


def test_last_digits_make_no_difference_and_that_is_said():
    """0.1 + 0.2 is 0.3: both replies are best, and a sentence says that they count as equal."""
    game = Game([[0.1 + 0.2, 0], [0.3, 0]], [[1, 0], [1, 0]])
    assert game.pure_equilibria == ((0, 0), (1, 0)) and game.best_responses("us")[0] == (0, 1)
    assert len(game.equilibria()) == 2 and game.degenerate
    assert game.close_call == game.equilibria().close_call == CLOSE_CALL
    assert game.pure_equilibria.close_call == CLOSE_CALL
    assert CLOSE_CALL in repr(game.equilibria()) and "degenerate=True" in repr(game.equilibria())
    equal = Game([[0.3, 0], [0.3, 0]], [[1, 0], [1, 0]])
    assert equal.degenerate and equal.close_call == equal.equilibria().close_call == ""
    assert equal.pure_equilibria.close_call == "" and "close_call" not in repr(equal.equilibria())
    copied = pickle.loads(pickle.dumps(game.equilibria()))
    assert copied == game.equilibria() and copied.close_call == CLOSE_CALL and copied.degenerate
    apart = Game([[0.3 + 1e-14, 0], [0.3, 0]], [[1, 0], [1, 0]])
    assert apart.pure_equilibria == ((0, 0),) and apart.close_call == ""


@pytest.mark.parametrize("kind", NUMBERS)
@pytest.mark.parametrize("shape", [(2, 20), (20, 2), (3, 8)])
def test_wide_games_are_the_same_as_exact_fractions(kind, shape):
    """However many actions one side has: the same equilibria, in any unit."""

    @settings(max_examples=8, deadline=None)
    @given(st.tuples(*(arrays(float, shape, elements=NUMBERS[kind]),) * 2))
    def check(payoffs):
        game = Game(*payoffs)
        exact = {pattern(pair): pair for pair in in_fractions(game.A, game.B)}
        used = [pattern((e.row, e.column)) for e in game.equilibria()]
        scaled = Game(game.A * 1e-9, game.B * 1e9).equilibria()
        assert [pattern((e.row, e.column)) for e in scaled] == used
        ours = {pattern((e.row, e.column)): e.row + e.column for e in game.equilibria()}
        if game.close_call:
            return
        assert exact.keys() <= ours.keys()
        if not game.degenerate:
            assert len(game.equilibria()) == len(exact) and len(exact) % 2 == 1
            for pair, (x, y) in exact.items():
                assert ours[pair] == pytest.approx([float(p) for p in x + y], rel=1e-12, abs=0)

    check()


@settings(max_examples=100, deadline=None)
@given(st.one_of(*(bimatrix(numbers, 5) for numbers in NUMBERS.values())))
def test_the_side_with_fewer_corners_finds_all_pairs(payoffs):
    """To complete the corners of one side, or to compare those of both, gives the same pairs."""
    A, B = payoffs
    m = len(A)
    xs = corners(B.T, WORK)
    labels = np.roll(xs.tight, m, axis=1)
    found, degenerate, exact = completed(xs, labels, A, degenerate=False)
    every = extreme_equilibria(A, B)
    if exact and not every.close_call:
        pairs = {(tuple((x / x.sum()).tolist()), tuple((y / y.sum()).tolist())) for x, y in found}
        assert pairs == {(e.row, e.column) for e in every}
        assert every.degenerate or not degenerate


def test_the_work_is_bounded_not_the_actions():
    """2 by 1,000 is easy; 60 by 60 has no end, and the sentence names what still works."""
    rng = np.random.default_rng(0)
    wide = Game(rng.random((2, 1_000)), rng.random((2, 1_000)))
    tall = Game(wide.B.T, wide.A.T)
    assert len(wide.equilibria()) % 2 == 1
    assert {(e.row, e.column) for e in wide.equilibria()} == {
        (e.column, e.row) for e in tall.equilibria()
    }
    rng = np.random.default_rng(1)
    square = Game(rng.random((60, 60)), rng.random((60, 60)))
    with pytest.raises(TooMany, match=r"Game\.one_equilibrium"):
        square.equilibria()
    found = square.one_equilibrium()
    p, q = np.array(found.row), np.array(found.column)
    assert (square.A @ q).max() - p @ square.A @ q < 1e-12
    assert (p @ square.B).max() - p @ square.B @ q < 1e-12


def test_bad_starts_are_refused():
    """A path begins with an action that exists, and payoffs fit into one computation."""
    with pytest.raises(InputError, match="0 to 1"):
        one_equilibrium([[1, 0], [0, 1]], [[1, 0], [0, 1]], start=2)
    with pytest.raises(InputError, match="apart"):
        Game([[1e100, 1e-300], [0, 1]], [[1, 0], [0, 1]]).equilibria()
