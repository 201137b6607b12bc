"""Games in extensive form: what Gambit finds, what an equilibrium must show, what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trees import BAGWELL, ENTRY, LOOK_AHEAD, POKER, at_once

from negotiation.errors import InputError
from negotiation.theory import (
    Chance,
    Decision,
    End,
    ExtensiveGame,
    backward_induction,
    normal_form,
    subgame_perfect,
)


def payoffs_of(equilibria):
    """Payoff pairs, sorted and rounded."""
    return sorted(tuple(round(x, 6) for x in e.payoffs) for e in equilibria)


# extreme equilibria of the reduced normal form: pygambit 16.7, enummixed_solve
RECORDED = [
    (POKER, (4, 2), [(0.333333, -0.333333)]),
    (LOOK_AHEAD, (3, 4), [(3.0, 8.0)] * 2 + [(5.0, 5.0)] * 4),
    (BAGWELL, (2, 4), [(4.0, 4.0), (4.010204, 3.97), (4.989796, 2.01)]),
]


@pytest.mark.parametrize(("game", "shape", "payoffs"), RECORDED)
def test_gambit_finds_the_same_equilibria(game, shape, payoffs):
    """The reduced normal form has as many strategies and the same equilibria."""
    found = normal_form(game)
    assert found.A.shape == shape
    assert payoffs_of(found.equilibria()) == payoffs


def test_strategies_are_named_by_their_actions():
    """A star stands where a strategy does not lead."""
    game = normal_form(LOOK_AHEAD)
    assert game.rows == ("A/*", "B/G", "B/H")
    assert game.columns == ("C/E", "C/F", "D/E", "D/F")


def test_backward_induction_in_textbooks():
    """Shoham and Leyton-Brown: A, C. The entrant comes in and the incumbent shares."""
    plan = backward_induction(LOOK_AHEAD)
    assert plan.path == ("A", "C") and plan.payoffs == (3.0, 8.0) and plan.unique
    assert plan.moves == {"start": "A", "A": "C", "B": "F", "B, F": "G"}
    assert backward_induction(ENTRY).path == ("enter", "share")


def test_the_centipede_ends_at_once():
    """Rosenthal 1981: however long both could gain, the first takes at once."""
    tree: Decision | End = End((100, 100))
    for k in range(99, 0, -1):
        tree = Decision(("china", "us")[k % 2], {"take": End((k + k % 2, k + 1 - k % 2 * 2)),
                                                 "pass": tree})  # fmt: skip
    assert backward_induction(ExtensiveGame(tree)).path == ("take",)


def test_ties_are_told():
    """Where a player is indifferent another plan may be as good, in the last digit too."""
    for stakes in (0.3, 0.1 + 0.2):
        game = ExtensiveGame(Decision("us", {"a": End((0.3, 0)), "b": End((stakes, 1))}))
        plan = backward_induction(game)
        assert plan.path == ("a",) and not plan.unique


def test_threats_that_would_not_be_carried_out_are_no_equilibrium():
    """Entry deterrence has two equilibria, and one of them is subgame perfect (Selten 1978)."""
    assert (0.0, 2.0) in payoffs_of(normal_form(ENTRY).equilibria())
    found = subgame_perfect(ENTRY)
    assert payoffs_of(found.found) == [(1.0, 1.0)] and not found.degenerate
    assert found.found[0].chances == {
        "start": {"stay out": 0.0, "enter": 1.0}, "enter": {"fight": 0.0, "share": 1.0},
    }  # fmt: skip


def test_subgames_with_several_equilibria_are_combined():
    """Each equilibrium of the battle that follows decides whether to stay out (Kohlberg 1989)."""
    found = subgame_perfect(at_once(outside=(2, 2)))
    assert payoffs_of(found.found) == [(2.0, 2.0), (2.0, 2.0), (3.0, 1.0)]
    assert {round(e.chances["in"]["up"], 6) for e in found.found} == {0.0, 0.75, 1.0}
    assert payoffs_of(subgame_perfect(at_once(outside=(0, 2), row="china")).found) == [
        (0.0, 2.0), (0.0, 2.0), (1.0, 3.0),
    ]  # fmt: skip


def test_poker_is_bluffed_as_in_the_article():
    """The queen bets in one of three cases, and the bet is called in two of three."""
    (found,) = subgame_perfect(POKER).found
    assert found.chances["card worth 2"]["bet"] == 1.0
    assert found.chances["card worth -2"]["bet"] == pytest.approx(1 / 3)
    assert found.chances["the bet"]["call"] == pytest.approx(2 / 3)


@st.composite
def trees(draw, depth=3):
    """A tree of perfect information with whole payoffs."""
    kind = draw(st.sampled_from(["end", "us", "china", "chance"] if depth else ["end"]))
    if kind == "end":
        return End((draw(st.integers(-3, 3)), draw(st.integers(-3, 3))))
    below = {str(k): draw(trees(depth=depth - 1)) for k in range(draw(st.integers(1, 2)))}
    if kind != "chance":
        return Decision(kind, below)
    return Chance({name: (f"1/{len(below)}", tree) for name, tree in below.items()})


@settings(max_examples=60, deadline=None)
@given(trees())
def test_looking_ahead_is_subgame_perfect_and_that_is_nash(tree):
    """With perfect information the plan is among the equilibria, and those are equilibria."""
    game = ExtensiveGame(tree)
    plan, found = backward_induction(game), subgame_perfect(game)
    assert tuple(round(x, 6) for x in plan.payoffs) in payoffs_of(found.found)
    if plan.unique:
        assert len(found.found) == 1
    bimatrix = normal_form(game)
    pure = {(bimatrix.A[i, j], bimatrix.B[i, j]) for i, j in bimatrix.pure_equilibria}
    assert any(np.allclose(plan.payoffs, pair) for pair in pure)


@settings(max_examples=30, deadline=None)
@given(trees(), st.sampled_from([1e-9, 1e9]), st.sampled_from([0.0, 4.0]))
def test_the_unit_does_not_matter(tree, unit, shift):
    """Moves are the same in any unit and over any zero."""

    def turned(tree):
        if isinstance(tree, End):
            return End(tuple((x + shift) * unit for x in tree.payoffs))
        if isinstance(tree, Decision):
            return Decision(tree.player, {k: turned(v) for k, v in tree.after.items()})
        return Chance({k: (p, turned(v)) for k, (p, v) in tree.after.items()})

    before = backward_induction(ExtensiveGame(tree))
    after = backward_induction(ExtensiveGame(turned(tree)))
    if before.unique:  # of ties at sums that cannot be told apart any one may be taken
        assert after.moves == before.moves
    assert [x / unit - shift for x in after.payoffs] == pytest.approx(before.payoffs, abs=1e-9)


def wide(sets):
    """A side decides blindly again and again: two to the power of so many strategies."""
    move = Decision("china", {"a": End((0, 0)), "b": End((1, 1))})
    return ExtensiveGame(Chance({str(k): (f"1/{sets}", move) for k in range(sets)}))


def endless():
    """A tree that is its own branch, as a loop of references."""
    after: dict = {"stop": End((0, 0))}
    tree = Decision("us", after)
    after["go on"] = tree
    return tree


FORGETS = Decision("us", {k: Decision("us", {"c": End((0, 0)), "d": End((1, 1))}, knows="?")
                          for k in ("a", "b")})  # fmt: skip


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: ExtensiveGame(endless()), "more than 20,000 nodes"),
        (lambda: normal_form(wide(200)), "more than a billion strategies"),
        (lambda: subgame_perfect(ExtensiveGame(FORGETS)), "forgets there what it knew or did"),
        (lambda: normal_form(ExtensiveGame(FORGETS)), "perfect recall"),
        (lambda: backward_induction(POKER), "subgame_perfect"),
        (lambda: ExtensiveGame(End((1,))), "two finite numbers"),
        (lambda: ExtensiveGame(End((1, float("nan")))), "two finite numbers"),
        (lambda: ExtensiveGame(End((1, "1/0"))), "two finite numbers"),
        (lambda: ExtensiveGame(Decision("us", {})), "a move without actions"),
        (lambda: ExtensiveGame(Decision("eu", {"a": End((1, 1))})), "player 'eu' does not exist"),
        (lambda: ExtensiveGame(Chance({"a": (0.5, End((1, 1)))})), "chances sum to 0.5"),
        (lambda: ExtensiveGame(Chance({"a": End((1, 1))})), "a chance and what follows"),
        (lambda: ExtensiveGame(5), "allowed"),
        (lambda: ExtensiveGame(End((1, 1)), players=("us", "us")), "two different names"),
        (
            lambda: ExtensiveGame(Decision("us", {
                "a": Decision("china", {"x": End((0, 0))}, knows="?"),
                "b": Decision("china", {"y": End((0, 0))}, knows="?"),
            })),
            "allowed: the same at all its decisions",
        ),
    ],
)  # fmt: skip
def test_what_is_no_such_game_is_refused(call, says):
    """Every mistake, and every game that would take too long, is one sentence at once."""
    with pytest.raises(InputError, match=says):
        call()


def test_large_trees_are_looked_through_backwards():
    """Ten thousand decisions one after the other: backward induction takes them, others refuse."""
    tree: Decision | End = End((0, 0))
    for k in range(9_900):
        tree = Decision(("us", "china")[k % 2], {"stop": End((k % 7, k % 5)), "go on": tree})
    game = ExtensiveGame(tree)
    assert backward_induction(game).payoffs
    for refuses in (normal_form, subgame_perfect):
        with pytest.raises(InputError, match="backward_induction"):
            refuses(game)
