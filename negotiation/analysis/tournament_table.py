"""A tournament and the game behind it as plain data, under fixed keys."""

from __future__ import annotations

from typing import Any

import numpy as np

from negotiation.analysis.empirical_game import (
    empirical_game,
    equilibria,
    exploitability,
    regret_of_mixture,
    replicate,
)
from negotiation.analysis.tournament import Tournament
from negotiation.scenario import SIDES
from negotiation.theory.games import Game

SETTLED = 0.01  # of the payoffs' range: a regret above it keeps the shares moving
RARE = 1e-6  # shares below it are the tail of a dynamic that never quite ends


def tournament_table(played: Tournament) -> dict[str, Any]:
    """Return what ``negotiation tournament --json`` prints.

    Returns
    -------
    dict
        That of `Tournament.to_dict` (``scenarios``, ``runs``, ``seed``, ``pairings``,
        ``ranking``), and, for the average over the scenarios: ``exploitability`` of each side's
        strategies, least first; ``equilibria``, the mixtures (strategies in use and their
        probabilities), what they bring and their ``regret``; ``all_equilibria``, whether mixed
        ones were looked for; ``evolution``, the shares at the end of the replicator dynamic
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
            side: [found._asdict() for found in exploitability(game, side)] for side in SIDES
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
        "evolution": evolution(played, game),
    }


def evolution(played: Tournament, game: Game) -> dict[str, Any]:
    """Return where the replicator dynamic leads, and whether it has come to rest there.

    What a dynamic from shares that are all positive comes to rest at is an equilibrium (Weibull
    1995, prop. 5.2), so a regret shows that it has not.
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
    """Return the strategies with a share worth printing, largest first.

    Examples
    --------
    >>> in_use(("linear", "micro", "zeuthen"), (0.25, 0.75, 0.0))
    {'micro': 0.75, 'linear': 0.25}
    """
    found = {name: float(p) for name, p in zip(names, shares, strict=True) if p > RARE}
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))
