"""The game behind a tournament: choosing a strategy as a move in a game.

A ranking rewards a strategy that does well against all others on average, the foolish ones
included. Empirical game theory asks instead which strategies would still be chosen if both sides
chose well: take the average gains of each pairing as the payoffs of a game between choosing sides,
and look at its equilibria (Wellman 2006, "Methods for empirical game-theoretic analysis"). The
payoffs are estimates, so an equilibrium is one up to its regret and their intervals. As plain data
under fixed keys, with the tournament, it is :func:`tournament_table`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from negotiation.analysis.tournament import Tournament
from negotiation.door import checked
from negotiation.errors import InputError, UnknownName
from negotiation.scenario import SIDES
from negotiation.theory.best_replies import TooMany
from negotiation.theory.equilibria import Equilibrium, profile
from negotiation.theory.evolution import Trajectory, replicators, trajectory
from negotiation.theory.games import Game

Floats = np.ndarray
SETTLED = 0.01  # of the payoffs' range: a regret above it keeps the shares moving
RARE = 1e-6  # shares below it are the tail of a dynamic that never quite ends


class Exploited(NamedTuple):
    """What it costs to be seen through, $bn a year.

    Attributes
    ----------
    strategy : str
    reply : str
        The other side's best reply to it.
    gain : float
        What the strategy's side gets against that reply.
    exploitability : float
        How much less that is than with the strategy that fares best against its best reply.
    """

    strategy: str
    reply: str
    gain: float
    exploitability: float


class Chosen(NamedTuple):
    """The equilibria of the empirical game.

    Attributes
    ----------
    equilibria : tuple of Equilibrium
        Mixtures over all strategies, in the tournament's order.
    complete : bool
        Whether these are all extreme ones. Where the strategies left after dominated ones are
        gone have too many mixtures to compare, they are the pure ones and one other.
    close_call : str
        A sentence where payoffs counted as equal that differ in their last digits, or "".
    """

    equilibria: tuple[Equilibrium, ...]
    complete: bool
    close_call: str


@checked
def empirical_game(played: Tournament, *, scenario: str | None = None) -> Game:
    """Return the game whose actions are the strategies, payoffs in $bn a year.

    Its players are the sides of the scenarios.

    Parameters
    ----------
    played : Tournament
    scenario : str, optional
        One of the tournament's; the average over all if not given.

    Examples
    --------
    >>> from negotiation.analysis.tournament import round_robin
    >>> from negotiation.scenario import Scenario
    >>> pair = ["boulware", "conceder"]
    >>> played = round_robin(Scenario.load("split-the-pie"), us=pair, china=pair, runs=20)
    >>> game = empirical_game(played)
    >>> game.rows, game.pure_equilibria
    (('boulware', 'conceder'), ((0, 0),))
    """
    if scenario is not None and scenario not in played.scenarios:
        raise UnknownName("scenario", scenario, played.scenarios)
    means = played.gains.mean(axis=3)
    payoffs = means.mean(axis=0) if scenario is None else means[played.scenarios.index(scenario)]
    return Game(
        payoffs[..., 0], payoffs[..., 1], rows=played.us, columns=played.china,
        players=played.sides,
    )  # fmt: skip


@checked
def equilibria(game: Game) -> Chosen:
    """Return the Nash equilibria of an empirical game, dominated strategies removed first.

    Examples
    --------
    >>> found = equilibria(Game([[2, 0], [3, 1]], [[2, 3], [0, 1]]))
    >>> found.complete, found.equilibria[0].row
    (True, (0.0, 1.0))
    """
    rows, columns = game.survivors()
    m, n = game.A.shape
    index = np.ix_(rows, columns)
    left = Game(game.A[index], game.B[index])
    try:
        every = left.equilibria()
        found, complete, close_call = tuple(every), True, every.close_call
    except TooMany:
        units = np.eye(len(rows)), np.eye(len(columns))
        pure = [profile(left.A, left.B, units[0][i], units[1][j]) for i, j in left.pure_equilibria]
        found = tuple(dict.fromkeys([*pure, left.one_equilibrium()]))
        complete, close_call = False, left.pure_equilibria.close_call
    spread = (
        Equilibrium(_spread(m, rows, e.row), _spread(n, columns, e.column), e.payoffs)
        for e in found
    )
    return Chosen(tuple(spread), complete, close_call)


@checked
def regret_of_mixture(game: Game, row: ArrayLike, column: ArrayLike) -> float:
    """Return the largest gain that either side could make by leaving a pair of mixtures.

    Examples
    --------
    >>> regret_of_mixture(Game([[1, -1], [-1, 1]], [[-1, 1], [1, -1]]), [0.5, 0.5], [0.5, 0.5])
    0.0
    """
    x, y = np.asarray(row, dtype=float), np.asarray(column, dtype=float)
    if (x.shape, y.shape) != tuple((n,) for n in game.A.shape):
        raise InputError(f"row, column: expected shares of {game.A.shape} actions.")
    us, china = game.A @ y, x @ game.B
    return float(max(us.max() - x @ us, china.max() - china @ y))


@checked
def exploitability(game: Game, side: str) -> tuple[Exploited, ...]:
    """Return what each strategy of a side gets from one that replies best to it, best first.

    Among equally good replies the one that is best for the strategy's side is taken.

    Examples
    --------
    >>> [e.exploitability for e in exploitability(Game([[2, 0], [3, 1]], [[2, 3], [0, 1]]), "us")]
    [0.0, 1.0]
    """
    own = game.own_payoffs(side)
    other = game.B if side == game.players[0] else game.A.T
    mine, theirs = (
        (game.rows, game.columns) if side == game.players[0] else (game.columns, game.rows)
    )
    replies = [int(np.lexsort((own[i], other[i]))[-1]) for i in range(len(own))]
    gains = [float(own[i, j]) for i, j in enumerate(replies)]
    found = [
        Exploited(mine[i], theirs[j], gains[i], max(gains) - gains[i])
        for i, j in enumerate(replies)
    ]
    return tuple(sorted(found, key=lambda e: e.exploitability))


@checked
def replicate(game: Game, *, until: float = 200.0, points: int = 201) -> Trajectory:
    """Follow the two-population replicator dynamic from equal shares.

    Parameters
    ----------
    game : Game
        Payoffs are divided by the largest difference between two of them, so a unit of time is
        the same in every game.
    until : float
        Last time.
    points : int
        Times to report.

    Returns
    -------
    Trajectory
        Shares of the row player's strategies, then of the column player's, each summing to 1.

    References
    ----------
    Taylor and Jonker 1978, doi:10.1016/0025-5564(78)90077-9; two populations as in Weibull
    1995, *Evolutionary Game Theory*, ch. 5.

    Examples
    --------
    >>> replicate(Game([[2, 0], [3, 1]], [[2, 3], [0, 1]])).shares[-1].round(4).tolist()
    [0.0, 1.0, 0.0, 1.0]
    """
    m, n = game.A.shape
    A, B = (payoffs / (float(np.ptp(payoffs)) or 1.0) for payoffs in (game.A, game.B))

    def change(halves: Floats) -> Floats:
        x, y = halves[:m] / halves[:m].sum(), halves[m:] / halves[m:].sum()
        return np.concatenate(replicators(A, B, x, y)) / 2.0

    start = np.concatenate([np.full(m, 0.5 / m), np.full(n, 0.5 / n)])
    path = trajectory(change, start, until=until, points=points)
    shares = path.shares.copy()
    shares[:, :m] /= shares[:, :m].sum(axis=1, keepdims=True)
    shares[:, m:] /= shares[:, m:].sum(axis=1, keepdims=True)
    return Trajectory(path.times, shares)


def _spread(size: int, places: tuple[int, ...], shares: tuple[float, ...]) -> tuple[float, ...]:
    whole = np.zeros(size)
    whole[list(places)] = shares
    return tuple(whole.tolist())


@checked
def tournament_table(played: Tournament) -> dict[str, Any]:
    """Return what ``negotiation tournament --json`` prints.

    Returns
    -------
    dict
        That of `Tournament.to_dict` (``scenarios``, ``runs``, ``seed``, ``pairings``,
        ``ranking``), and, for the average over the scenarios: ``exploitability`` of each side's
        strategies, least first; ``equilibria``, the mixtures (strategies in use and their
        probabilities), what they bring and their ``regret``; ``all_equilibria``, whether these are
        all extreme ones; ``close_call``, a sentence where payoffs that differ in their last digits
        counted as equal; ``evolution``, the shares at the end of the replicator dynamic
        that starts from equal ones, its ``average`` over the second half, the ``regret`` of the
        last shares, and whether they are ``settled``: a dynamic that goes round has no end.

    Examples
    --------
    >>> from negotiation.analysis.tournament import round_robin
    >>> from negotiation.scenario import Scenario
    >>> pair = ["boulware", "conceder"]
    >>> played = round_robin(Scenario.load("split-the-pie"), us=pair, china=pair, runs=20)
    >>> tournament_table(played)["equilibria"][0]["us"]
    {'boulware': 1.0}
    """
    game = empirical_game(played)
    chosen = equilibria(game)
    return played.to_dict() | {
        "exploitability": {
            seat: [found._asdict() for found in exploitability(game, player)]
            for seat, player in zip(SIDES, game.players, strict=True)
        },
        "equilibria": [
            {
                "us": in_use(played.us, e.row),
                "china": in_use(played.china, e.column),
                "payoffs": list(e.payoffs),
                "regret": regret_of_mixture(game, e.row, e.column),
            }
            for e in chosen.equilibria
        ],
        "all_equilibria": chosen.complete,
        "close_call": chosen.close_call,
        "evolution": evolution(played, game),
    }


def evolution(played: Tournament, game: Game) -> dict[str, Any]:
    """Return where the replicator dynamic leads, and whether it has come to rest there.

    Where a dynamic that starts with all shares positive comes to rest, nobody could gain by
    another mixture (Weibull 1995, prop. 5.2). So if somebody still could, by the regret of the
    last shares, it has not come to rest.
    """
    path = replicate(game).shares
    m = len(played.us)
    regret = regret_of_mixture(game, path[-1, :m], path[-1, m:])
    scale = max(float(np.ptp(game.A)), float(np.ptp(game.B)), 1e-300)

    def sides(shares: Any) -> dict[str, dict[str, float]]:
        return {"us": in_use(played.us, shares[:m]), "china": in_use(played.china, shares[m:])}

    return sides(path[-1]) | {
        "average": sides(path[len(path) // 2 :].mean(axis=0)),
        "regret": float(regret),
        "settled": bool(regret <= SETTLED * scale),
    }


def in_use(names: tuple[str, ...], shares: Any) -> dict[str, float]:
    """Return the strategies with a share worth telling, largest first.

    Examples
    --------
    >>> in_use(("linear", "micro", "zeuthen"), (0.25, 0.75, 0.0))
    {'micro': 0.75, 'linear': 0.25}
    """
    found = {name: float(p) for name, p in zip(names, shares, strict=True) if p > RARE}
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))
