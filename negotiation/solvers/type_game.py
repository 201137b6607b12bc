"""A game of two sides with two actions each and private types, as a record.

Type k of the row side prefers its first action to its second by ``advantage[k] + change[k] y``,
where y is the average chance, over the column side's types, that it takes its first; the
column side's types come eight places later and look at the row side's average x alike.
Advantages are in units of the noise of the choice, that is payoff times precision, so the
chance of the first action is the logistic function of the advantage. Both sides' answers are
worked out together, in one loop of fixed length that runs in vector registers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import numpy as np

from negotiation.compiling import compiled
from negotiation.records import Array, layout
from negotiation.solvers.exponential import logistic

MOST = 8  # types of a side
SLOTS = 2 * MOST
ROW, COLUMN = 0, 1

ByType = Annotated[Array, "f8", (SLOTS,)]


class TypeGame:
    """The types of both sides, and their answers last worked out."""

    advantage: ByType  # of the first action if the other side takes its second
    change: ByType  # what the other side's taking its first adds to that
    share: ByType  # belief in the type; 0 in slots that are not used
    # of the answers last worked out: each type's chance of its first action,
    chance: ByType
    # its part in the average, and in the average's slopes
    part: ByType
    steep: ByType
    bend: ByType


GAME = layout(TypeGame)


@compiled
def write_side(
    game: TypeGame, side: int, advantage: Sequence[float], change: Sequence[float],
    share: Sequence[float], precision: float,
) -> None:  # fmt: skip
    """Write the types of one side, at most eight, into ``game``; other slots are emptied.

    Parameters
    ----------
    game : record of GAME
    side : int
        ``ROW`` or ``COLUMN``.
    advantage, change : sequence of float
        Advantages in payoff units.
    share : sequence of float
        Belief in each type; the shares sum to 1.
    precision : float
        Per payoff unit, not negative.
    """
    for k in range(MOST):
        slot = MOST * side + k
        game.advantage[slot] = game.change[slot] = game.share[slot] = 0.0
        if k < len(advantage):
            game.advantage[slot] = precision * advantage[k]
            game.change[slot] = precision * change[k]
            game.share[slot] = share[k]


def new_game(row: tuple[Any, ...], column: tuple[Any, ...]) -> Any:
    """Return a record of GAME; either side is given as (advantage, change, share, precision).

    Examples
    --------
    >>> game = new_game(((2.0,), (-3.0,), (1.0,), 1.0), ((1.0, 4.0), (0.0, 0.0), (0.5, 0.5), 0.5))
    >>> game["advantage"][[ROW, MOST, MOST + 1]].tolist()
    [2.0, 0.5, 2.0]
    """
    game = np.zeros(1, GAME)[0]
    write_side(game, ROW, *row)
    write_side(game, COLUMN, *column)
    return game


@compiled
def total(values: Array, side: int) -> float:
    """Return the sum over the types of a side."""
    i = MOST * side
    left = (values[i] + values[i + 1]) + (values[i + 2] + values[i + 3])
    return left + ((values[i + 4] + values[i + 5]) + (values[i + 6] + values[i + 7]))


@compiled
def responses(
    game: TypeGame, scale: float, x: float, y: float
) -> tuple[float, float, float, float, float, float]:
    """Return both sides' average answers to the averages x (row side) and y (column side).

    Parameters
    ----------
    game : record of GAME
        Its last four fields are overwritten.
    scale : float
        Share of the full precision at which it is played.
    x, y : float
        Average chances of the first action.

    Returns
    -------
    tuple of float
        Answer of the row side to y and of the column side to x; the derivatives of either in y
        and in x; the derivatives of either in the logarithm of ``scale``.

    Examples
    --------
    >>> game = new_game(((2.0,), (-3.0,), (1.0,), 1.0), ((0.0,), (0.0,), (1.0,), 1.0))
    >>> f, g, f_y, _, _, _ = responses(game, 1.0, 0.5, 0.5)
    >>> round(f, 6), g, round(f_y, 6)
    (0.622459, 0.5, -0.705011)
    """
    for k in range(SLOTS):
        seen = y if k < MOST else x
        log_odds = scale * (game.advantage[k] + game.change[k] * seen)
        chance = logistic(log_odds)
        part = game.share[k] * chance
        # the logistic function has the derivative p (1 - p)
        weight = part * (1.0 - chance)
        game.chance[k], game.part[k] = chance, part
        game.steep[k], game.bend[k] = weight * game.change[k], weight * log_odds
    return (
        total(game.part, ROW),
        total(game.part, COLUMN),
        scale * total(game.steep, ROW),
        scale * total(game.steep, COLUMN),
        total(game.bend, ROW),
        total(game.bend, COLUMN),
    )


@compiled
def largest_stake(game: TypeGame) -> float:
    """Return the largest absolute advantage of any type of either side against any play."""
    largest = 0.0
    for k in range(SLOTS):
        stake = max(abs(game.advantage[k]), abs(game.advantage[k] + game.change[k]))
        largest = max(largest, stake if game.share[k] > 0.0 else 0.0)
    return largest
