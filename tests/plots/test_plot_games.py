"""The payoff matrix marks what theory says, and nothing else."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import negotiation as ng
from negotiation.errors import UnknownName
from negotiation.theory.games import Game

DILEMMA = Game(
    [[3, 0], [5, 1]],
    [[3, 5], [0, 1]],
    rows=("cooperate", "defect"),
    columns=("cooperate", "defect"),
)


def marked(ax, word: str) -> set[str]:  # type: ignore[no-untyped-def]
    """The marks of one kind."""
    artists = [*ax.lines, *ax.patches]
    return {a.get_gid() for a in artists if (a.get_gid() or "").startswith(word)}


def test_the_dilemma_is_marked_as_the_textbook_does() -> None:
    """Prisoner's dilemma: defection dominates, mutual defection is the only equilibrium."""
    ax = ng.plots.payoff_matrix(DILEMMA)
    assert marked(ax, "equilibrium") == {"equilibrium 1 1"}
    assert marked(ax, "dominated") == {"dominated row 0", "dominated column 0"}
    assert marked(ax, "best") == {"best 0 1 0", "best 0 1 1", "best 1 0 1", "best 1 1 1"}
    assert "Equilibria in pure actions: defect / defect." in ax.alt_text


@given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 10_000))
def test_an_equilibrium_is_a_cell_underlined_twice(m: int, n: int, seed: int) -> None:
    """Nash: both payoffs are best responses. Payoffs stand in their cells, ties included."""
    rng = np.random.default_rng(seed)
    game = Game(rng.integers(-3, 4, (m, n)), rng.integers(-3, 4, (m, n)))
    ax = ng.plots.payoff_matrix(game)
    best = {tuple(map(int, gid.split()[1:])) for gid in marked(ax, "best")}
    twice = {(i, j) for _, i, j in best if {(0, i, j), (1, i, j)} <= best}
    assert {tuple(map(int, g.split()[1:])) for g in marked(ax, "equilibrium")} == twice
    for text in ax.texts:
        if (text.get_gid() or "").startswith("payoff"):
            player, i, j = map(int, text.get_gid().split()[1:])
            assert (
                float(text.get_text().replace("\N{MINUS SIGN}", "-"))
                == (game.A, game.B)[player][i, j]
            )
            assert (int(text.get_position()[1]), int(text.get_position()[0])) == (i, j)
    plt.close(ax.figure)


def test_only_the_marks_asked_for_are_drawn() -> None:
    """For a class that should find the equilibrium itself."""
    ax = ng.plots.payoff_matrix(DILEMMA, mark=("best_responses",))
    assert marked(ax, "best") and not marked(ax, "equilibrium") and not marked(ax, "dominated")
    with pytest.raises(UnknownName, match="Did you mean 'equilibria'"):
        ng.plots.payoff_matrix(DILEMMA, mark=("equilibrium",))


def test_axes_given_are_used_and_units_written() -> None:
    """``ax=`` is honoured; payoffs have a unit and an owner."""
    figure, ax = plt.subplots()
    assert ng.plots.payoff_matrix(DILEMMA, unit="years", ax=ax) is ax and figure.axes == [ax]
    assert ax.get_xlabel() == "China (right payoff), years"
    assert ax.get_ylabel() == "United States\n(left payoff), years"


def test_the_games_of_a_scenario_can_be_drawn(stockholm) -> None:  # type: ignore[no-untyped-def]
    """The scenario's own tariff game, with its real action names."""
    ax = ng.plots.payoff_matrix(ng.theory.stage_games(stockholm)["tariffs"])
    assert [t.get_text() for t in ax.get_xticklabels()] == [
        t.get_text() for t in ax.get_yticklabels()
    ]
