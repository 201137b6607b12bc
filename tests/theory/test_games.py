"""Two-player games: equilibria, dominance and names, against textbooks and two other programs."""

from __future__ import annotations

import warnings
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from needing import needed

from negotiation.errors import InputError
from negotiation.theory.game_names import player_class
from negotiation.theory.games import Game

PURE_AND_MIXED = [  # id, A, B, equilibria (row, column)
    ("von Stengel 2007", [[3, 3], [2, 5], [0, 6]], [[3, 2], [2, 6], [3, 1]],
     [((1, 0, 0), (1, 0)), ((4 / 5, 1 / 5, 0), (2 / 3, 1 / 3)),
      ((0, 1 / 3, 2 / 3), (1 / 3, 2 / 3))]),
    ("G4", [[1, 0], [-2, 3]], [[3, 2], [-1, 0]],
     [((1, 0), (1, 0)), ((0, 1), (0, 1)), ((1 / 2, 1 / 2), (1 / 2, 1 / 2))]),
    ("G5", [[2, 1], [0, 2]], [[2, 0], [1, 2]],
     [((1, 0), (1, 0)), ((0, 1), (0, 1)), ((1 / 3, 2 / 3), (1 / 3, 2 / 3))]),
    ("G6", [[3, 1], [1, 3]], [[1, 3], [3, 1]], [((1 / 2, 1 / 2), (1 / 2, 1 / 2))]),
    ("G11", [[1, 1], [2, 0]], [[1, 2], [1, 0]],
     [((1, 0), (0, 1)), ((0, 1), (1, 0)), ((1 / 2, 1 / 2), (1 / 2, 1 / 2))]),
    ("G7 prisoner's dilemma", [[3, 0], [5, 1]], [[3, 5], [0, 1]], [((0, 1), (0, 1))]),
    ("G8 rock paper scissors", [[0, -1, 1], [1, 0, -1], [-1, 1, 0]],
     [[0, 1, -1], [-1, 0, 1], [1, -1, 0]], [((1 / 3,) * 3, (1 / 3,) * 3)]),
    ("G9 Chicken", [[0, 7], [2, 6]], [[0, 2], [7, 6]],
     [((1, 0), (0, 1)), ((0, 1), (1, 0)), ((1 / 3, 2 / 3), (1 / 3, 2 / 3))]),
    ("G10 battle of the sexes", [[3, 0], [0, 2]], [[2, 0], [0, 3]],
     [((1, 0), (1, 0)), ((0, 1), (0, 1)), ((3 / 5, 2 / 5), (2 / 5, 3 / 5))]),
]  # fmt: skip


def as_set(pairs) -> set[tuple[float, ...]]:
    """Equilibria as a set of rounded tuples."""
    return {tuple(np.round([*row, *column], 6).tolist()) for row, column in pairs}


@pytest.mark.parametrize(("name", "A", "B", "expected"), PURE_AND_MIXED)
def test_textbook_equilibria(name, A, B, expected):
    """Equilibria printed in textbooks and in other programs' tests (retrieved or memory)."""
    game = Game(A, B)
    assert as_set((e.row, e.column) for e in game.equilibria()) == as_set(expected)


@pytest.mark.parametrize("seed", range(12))
def test_random_games_against_two_programs(seed):
    """Nashpy's vertex enumeration and QuantEcon's support enumeration list the same equilibria."""
    nashpy = needed("nashpy")
    quantecon = needed("quantecon.game_theory")
    rng = np.random.default_rng(seed)
    A, B = rng.normal(size=(2, *rng.integers(2, 5, size=2)))
    game = Game(A, B)
    ours = as_set((e.row, e.column) for e in game.equilibria())
    assert not game.degenerate
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert as_set(nashpy.Game(A, B).vertex_enumeration()) == ours
    players = [quantecon.Player(A), quantecon.Player(B.T)]
    assert as_set(quantecon.support_enumeration(quantecon.NormalFormGame(players))) == ours


small = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
    lambda shape: st.tuples(*(arrays(np.int64, shape, elements=st.integers(0, 3)),) * 2)
)


@given(small)
def test_every_listed_equilibrium_is_one(payoffs):
    """Nobody gains by deviating, in games full of ties too, and there is always an equilibrium."""
    game = Game(*payoffs)
    found = game.equilibria()
    assert found
    for e in found:
        p, q = np.array(e.row), np.array(e.column)
        assert p.sum() == pytest.approx(1) and q.sum() == pytest.approx(1)
        assert (game.A @ q).max() == pytest.approx(e.payoffs[0])
        assert (p @ game.B).max() == pytest.approx(e.payoffs[1])


@given(small)
def test_pure_equilibria_are_mutual_best_responses(payoffs):
    """The pure equilibria are those cells where both answers are best responses."""
    game = Game(*payoffs)
    us, china = game.best_responses("us"), game.best_responses("china")
    expected = {(i, j) for j, best in enumerate(us) for i in best if j in china[i]}
    assert set(game.pure_equilibria) == expected
    listed = {
        (e.row.index(1.0), e.column.index(1.0))
        for e in game.equilibria()
        if max(e.row) == max(e.column) == 1.0
    }
    assert listed == expected


@given(small)
def test_strictly_dominated_actions_are_never_played(payoffs):
    """Iterated strict dominance keeps every equilibrium."""
    game = Game(*payoffs)
    rows, columns = game.survivors()
    for e in game.equilibria():
        assert all(i in rows for i, p in enumerate(e.row) if p > 0)
        assert all(j in columns for j, q in enumerate(e.column) if q > 0)


def test_a_degenerate_game_says_so():
    """Where a player is indifferent, equilibria fill an edge; the list has its ends and a flag."""
    game = Game([[1, 1], [0, 2]], [[1, 1], [0, 0]])
    assert game.degenerate
    assert as_set((e.row, e.column) for e in game.equilibria()) >= as_set(
        [((1, 0), (1, 0)), ((0, 1), (0, 1))]
    )


def test_dominance_in_the_prisoners_dilemma():
    """Cooperation is strictly dominated for both, so only mutual defection survives."""
    game = Game([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    assert game.dominated("us") == (0,) and game.dominated("china") == (0,)
    assert game.survivors() == ((1,), (1,))
    assert game.pareto_outcomes == ((0, 1), (0, 0), (1, 0))


def test_stag_hunt_selection():
    """Payoff dominance picks the stag, risk dominance the hare (Harsanyi and Selten 1988)."""
    game = Game([[4, 0], [3, 2]], [[4, 3], [0, 2]])
    assert game.payoff_dominant == (0, 0)
    assert game.risk_dominant == (1, 1)


NAMES = [
    ([[3, 0], [5, 1]], [[3, 5], [0, 1]], "prisoner's dilemma"),
    ([[6, 2], [7, 0]], [[6, 7], [2, 0]], "Chicken"),
    ([[4, 0], [3, 2]], [[4, 3], [0, 2]], "stag hunt"),
    ([[1, 0], [3, 2]], [[1, 3], [0, 2]], "deadlock"),
    ([[4, 2], [3, 1]], [[4, 3], [2, 1]], "harmony"),
    ([[3, 0], [0, 2]], [[2, 0], [0, 3]], "battle of the sexes"),
    ([[3, 0], [5, 1]], [[6, 7], [2, 0]], "asymmetric"),
    ([[1, -1], [-1, 1]], [[-1, 1], [1, -1]], "no pure equilibrium"),
    ([[1, 1], [1, 1]], [[1, 1], [1, 1]], "borderline"),
]


@pytest.mark.parametrize(("A", "B", "name"), NAMES)
def test_names_of_games(A, B, name):
    """The order of R, S, T and P names the game, and the sentence gives that order."""
    found = Game(A, B).game_class
    assert found.name == name
    assert "the US" in found.because and "China" in found.because and "T = " in found.because


def test_an_asymmetric_game_names_both_views():
    """A prisoner's dilemma for the US can be Chicken for China."""
    found = Game([[3, 0], [5, 1]], [[6, 7], [2, 0]]).game_class
    assert (found.row, found.column) == ("prisoner's dilemma", "Chicken")


ORDERS = [np.array(order, dtype=float).reshape(2, 2) for order in permutations(range(4))]


@pytest.mark.parametrize("row", ORDERS)
def test_every_strict_order_has_a_name(row):
    """All 576 pairs of strict payoff orders have a telling class, which swaps with the players."""
    for column in ORDERS:
        found, swapped = Game(row, column).game_class, Game(column.T, row.T).game_class
        assert not {found.row, found.column} & {"borderline", "dominance"}
        assert swapped.name == found.name
        assert {swapped.row, swapped.column} == {found.row, found.column}
        if found.row == found.column or found.name == "coordination":
            assert found.name != "asymmetric"


@given(
    arrays(float, (2, 2, 2), elements=st.integers(0, 4).map(float)),
    st.sampled_from([1e-9, 0.1, 1 / 3, 1e9]),
)
def test_the_order_of_actions_names_nothing(payoffs, unit):
    """Name, classes and sentence are the same in any order of the actions, and in any unit."""
    names = ("extend", "hold out"), ("keep", "break")
    game = Game(*payoffs, *names)
    for i, j in ((1, -1), (-1, 1), (-1, -1)):
        turned = Game(*payoffs[:, ::i, ::j], names[0][::i], names[1][::j])
        assert turned.game_class.because == game.game_class.because
        assert turned.game_class[:3] == game.game_class[:3]
        plain = Game(*payoffs[:, ::i, ::j]).game_class
        assert plain.because == Game(*payoffs).game_class.because
        assert Game(*payoffs[:, ::i, ::j] * unit).game_class[:3] == game.game_class[:3]


def test_a_reading_says_which_actions_cooperate():
    """A prisoner's dilemma listed with defection first is one, and the sentence says how to read.

    To match and to differ are one game: only the names of one side's actions change.
    """
    game = Game([[1, 5], [0, 3]], [[1, 0], [5, 3]], ("fight", "yield"), ("fight", "yield"))
    assert game.game_class.name == "prisoner's dilemma"
    assert game.game_class.cooperation == (1, 1)
    assert game.game_class.because.endswith("Read as cooperation: yield.")
    assert Game([[0, 1], [2, 0]], [[0, 1], [2, 0]]).game_class.name == "coordination"
    mixed = Game([[5, 1], [3, 0]], [[0, 1], [3, 5]], ("a", "b"), ("c", "d")).game_class
    assert mixed.because.endswith("Read as cooperation: b (the US), c (China).")


@pytest.mark.parametrize(
    ("payoffs", "kind"),
    [([[2, 1], [4, 3]], "deadlock"), ([[4, 2], [3, 1]], "harmony"),
     ([[1, 0], [2, 3]], "dominance"), ([[3, 4], [1, 2]], "dominance")],
)  # fmt: skip
def test_deadlock_needs_temptation_and_harmony_a_reward(payoffs, kind):
    """T > P > R is a deadlock, R > S harmony; the other readings of these games are neither."""
    assert player_class(np.array(payoffs)) == kind


@pytest.mark.parametrize(
    "call",
    [
        lambda: Game([[1, 2]], [[1], [2]]),
        lambda: Game([[np.inf]], [[1]]),
        lambda: Game([[1]], [[1]], rows=("a", "b")),
        lambda: Game([[1]], [[1]]).best_responses("chinna"),
        lambda: Game([[1]], [[1]]).game_class,
    ],
)
def test_bad_input_is_refused(call):
    """Shapes, labels, names and sizes that do not fit are user errors."""
    with pytest.raises(InputError):
        call()
