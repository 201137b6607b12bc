"""Quantal response where each side knows its own type only, as at the model's deadlines.

A side of some type takes the better of two actions more often, with log-odds proportional to how
much better it is against the average play of the other side's types: a logit equilibrium (McKelvey
and Palfrey 1995, doi:10.1006/game.1995.1023) in which every type is an agent of its own (McKelvey
and Palfrey 1998, doi:10.1023/A:1009905800005). There may be several; the one selected is where the
branch that starts from coin tossing at precision 0 first reaches the precision asked for (Turocy
2005, doi:10.1016/j.geb.2004.04.003).

This is the solver with which the model plays a deadline, called with numbers instead of a
scenario: :mod:`negotiation.solvers.bayesian_quantal_response`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from negotiation.errors import InputError, counted
from negotiation.theory.allowed import table_of_numbers, within
from negotiation.theory.frontier import Floats
from negotiation.theory.solution import Pair

Types = Sequence[tuple[Any, Any]]  # chances and tables of payoffs
LIKELY = 1e-9  # by how much the shares of a side's types may miss 1
LARGEST_RESIDUAL = 1e-6


class TypesPlay(NamedTuple):
    """How likely each type is to take its first action.

    Attributes
    ----------
    us, china : tuple of float
        By type.
    average : tuple of float
        Over the types of a side, as the other side sees it.
    residual : float
        Largest difference between an average and the average answer to the other's average.
    """

    us: tuple[float, ...]
    china: tuple[float, ...]
    average: Pair
    residual: float


def bayesian_quantal_response(
    *, us: Types, china: Types, precision: float | Sequence[float]
) -> TypesPlay:
    """Return the logit equilibrium of a game of two actions a side with private types.

    Parameters
    ----------
    us, china : sequence of (float, array_like of shape (2, 2))
        One to eight types of a side: how likely it is, and its payoffs, own actions in rows and
        the other side's in columns. The chances of a side sum to 1.
    precision : float or pair of float
        Per payoff unit, not negative; a pair gives one to each side, the US first.

    Raises
    ------
    InputError
        If the types, their chances or the precision are not as above, or the precision is so high
        that rounding hides the equilibrium.

    Examples
    --------
    At a deadline each side is calm or tense. Holding out (the second action) pays 3 if the other
    extends; if both hold out the calm lose 4 and the tense 12:

    >>> calm, tense = [[0, -2], [3, -4]], [[0, -2], [3, -12]]
    >>> play = bayesian_quantal_response(
    ...     us=[(0.5, calm), (0.5, tense)], china=[(0.5, calm), (0.5, tense)], precision=1.0)
    >>> [round(p, 3) for p in play.us], play.us == play.china
    ([0.276, 0.909], True)
    """
    from negotiation.solvers.bayesian_quantal_response import average_logit
    from negotiation.solvers.type_game import MOST, new_game, responses

    first, second = _both_precisions(precision)
    sides = [_side("us", us, first), _side("china", china, second)]
    game = new_game(*sides)
    x, y = average_logit(game)
    f, g, *_ = responses(game, 1.0, x, y)
    residual = float(max(abs(f - x), abs(g - y)))
    if not residual <= LARGEST_RESIDUAL:
        raise InputError(
            f"precision = {precision!r}: rounding hides the equilibrium; allowed: a lower one."
        )
    chances = game["chance"].tolist()
    numbers = [len(shares) for _, _, shares, _ in sides]
    return TypesPlay(
        tuple(chances[: numbers[0]]),
        tuple(chances[MOST : MOST + numbers[1]]),
        (float(x), float(y)),
        residual,
    )


def bayesian_logit_path(*, us: Types, china: Types, precisions: Sequence[float]) -> Floats:
    """Return the average play of both sides as the precision grows, from coin tossing.

    Parameters
    ----------
    us, china : sequence of (float, array_like of shape (2, 2))
        As in `bayesian_quantal_response`.
    precisions : sequence of float
        Per payoff unit, of both sides.

    Returns
    -------
    ndarray, shape (len(precisions), 2)
        Average chances of the first action where the branch first reaches each precision; they jump
        where it has turned back in between.

    Examples
    --------
    >>> chicken = [(1.0, [[0, -2], [3, -4]])]
    >>> bayesian_logit_path(us=chicken, china=chicken, precisions=[0, 1, 10]).round(3).tolist()
    [[0.5, 0.5], [0.445, 0.445], [0.407, 0.407]]
    """
    if not len(precisions):
        raise InputError("precisions: none given; allowed: one or more.")
    points = [
        bayesian_quantal_response(us=us, china=china, precision=at).average for at in precisions
    ]
    return np.array(points)


def _both_precisions(precision: Any) -> Pair:
    pair = precision if isinstance(precision, Sequence | np.ndarray) else (precision, precision)
    if isinstance(pair, str) or len(pair) != 2:
        raise InputError(f"precision = {precision!r}: expected one number or two, US first.")
    within("[0, inf)", **{"precision": pair[0]}, **{"China's precision": pair[1]})
    return float(pair[0]), float(pair[1])


def _side(name: str, types: Any, precision: float) -> tuple[Floats, Floats, Floats, float]:
    """Return the advantages, changes and shares of a side's types as the solver takes them."""
    from negotiation.solvers.type_game import MOST

    try:
        shares, tables = zip(*types, strict=True)
    except (TypeError, ValueError):
        raise InputError(
            f"{name}: expected types, each a chance and a 2 by 2 table of payoffs."
        ) from None
    if len(shares) > MOST:
        raise InputError(f"{name}: {counted(len(shares), 'type')}; allowed: 1 to {MOST}.")
    for share in shares:
        within("[0, 1]", **{f"{name}: chance of a type": share})
    if abs(sum(shares) - 1.0) > LIKELY:
        raise InputError(f"{name}: the chances of the types sum to {sum(shares):g}; allowed: 1.")
    payoffs = np.array([_two_by_two(name, table) for table in tables])
    with np.errstate(over="ignore", invalid="ignore"):
        gain = payoffs[:, 0] - payoffs[:, 1]  # of the first action, by the other side's action
        if not np.isfinite(precision * np.array([gain, gain[:, ::-1] - gain])).all():
            raise InputError(f"{name}: payoffs times precision are not finite; allowed: less.")
    return gain[:, 1], gain[:, 0] - gain[:, 1], np.array(shares, dtype=float), precision


def _two_by_two(name: str, table: object) -> Floats:
    found = table_of_numbers(f"{name}: payoffs of a type", table)
    if found.shape != (2, 2):
        raise InputError(f"{name}: payoffs of a type are {found.shape}; allowed: 2 by 2.")
    return found
