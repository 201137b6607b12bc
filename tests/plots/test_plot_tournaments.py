"""The map of pairings shows the gains it is given, and boxes best replies."""

from __future__ import annotations

import numpy as np
import pytest

from negotiation.errors import UnknownName
from negotiation.plots import pairings, payoff_matrix
from negotiation.theory import Game

GAME = Game(
    [[2.0, 0.5, 1.0], [3.0, 1.0, -1.0]], [[2.0, 3.0, 0.0], [0.0, 1.0, 4.0]],
    rows=("early", "late"), columns=("a", "b", "c"),
)  # fmt: skip


@pytest.mark.parametrize("side", ["us", "china"])
def test_every_gain_is_written_and_coloured(side):
    """Cell (i, j) holds the side's gain, row i of the US against column j of China."""
    ax = pairings(GAME, side=side)
    gains = GAME.A if side == "us" else GAME.B
    written = {t.get_gid(): float(t.get_text()) for t in ax.texts if t.get_gid()}
    mesh = next(c for c in ax.collections if c.get_gid() == "gains")
    np.testing.assert_allclose(mesh.get_array().reshape(gains.shape), gains)
    for (i, j), value in np.ndenumerate(gains):
        assert written[f"gain {i} {j}"] == pytest.approx(value)


def test_one_map_has_one_number_of_decimals():
    """3 is written 3.0 beside 3.3: the map does not know one of them better."""
    texts = [t.get_text() for t in pairings(Game([[3.0, 3.3]], [[0.0, 1.0]])).texts if t.get_gid()]
    assert texts == ["3.0", "3.3"]


@pytest.mark.parametrize(
    ("side", "boxed"), [("us", {(1, 0), (1, 1), (0, 2)}), ("china", {(0, 1), (1, 2)})]
)
def test_best_replies_are_boxed(side, boxed):
    """The US's best in each column, China's in each row."""
    ax = pairings(GAME, side=side)
    found = {p.get_gid() for p in ax.patches if p.get_gid()}
    assert found == {f"best reply {i} {j}" for i, j in boxed}


def test_in_words():
    """The words name the best and the worst pairing and every best reply."""
    text = pairings(GAME).alt_text
    assert "lowest -1 with late (US) against c (China)" in text
    assert "highest 3 with late (US) against a (China)" in text
    assert "Best replies: late to a; late to b; early to c." in text


def test_players_have_their_own_names():
    """Of a game between others nothing is called the US or China, nor counted in dollars."""
    game = Game([[2, 0], [3, 1]], [[2, 3], [0, 1]], players=("buyer", "seller"))
    drawn = pairings(game, side="seller", unit="points"), payoff_matrix(game)
    for ax in drawn:
        assert "buyer" in ax.alt_text and "seller" in ax.alt_text
        for text in (ax.alt_text, ax.get_xlabel(), ax.get_ylabel(), ax.get_title()):
            assert not any(word in text for word in ("US", "United States", "China", "$")), text


def test_there_are_two_sides():
    """A side that does not exist is refused by name."""
    with pytest.raises(UnknownName, match="side 'eu'"):
        pairings(GAME, side="eu")
