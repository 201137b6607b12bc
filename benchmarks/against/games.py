"""All equilibria of random games: nashpy, QuantEcon, pygambit and ours.

Each equilibrium that somebody finds is checked, and how many different ones are told: who is quick
may miss some.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from measuring.timing import in_turn, ratio_of

from negotiation.theory.equilibria import extreme_equilibria

SIZES, GAMES = (3, 4, 5, 6), 8
SLACK = 1e-6  # of payoffs of up to 50 that a deviation may gain by rounding
OURS = "ours"

Game = tuple[np.ndarray, np.ndarray]
Solver = Callable[[np.ndarray, np.ndarray], list[tuple[Any, Any]]]


def games_of(size: int) -> list[Game]:
    """Return random games of whole numbers, the same at every call."""
    rng = np.random.default_rng([20250728, size])
    return [tuple(rng.integers(-50, 50, (2, size, size)).astype(float)) for _ in range(GAMES)]  # type: ignore[misc]


def ours(a: np.ndarray, b: np.ndarray) -> list[tuple[Any, Any]]:
    """Return ours: corners of the best-reply regions."""
    return [(e.row, e.column) for e in extreme_equilibria(a, b)]


def by_nashpy() -> Solver:
    """Return nashpy's, by support enumeration."""
    import nashpy

    return lambda a, b: list(nashpy.Game(a, b).support_enumeration())


def by_quantecon() -> Solver:
    """Return QuantEcon's, by support enumeration, compiled."""
    import quantecon.game_theory as gt

    def solve(a: np.ndarray, b: np.ndarray) -> list[tuple[Any, Any]]:
        game = gt.NormalFormGame((gt.Player(a), gt.Player(b.T.copy())))
        return list(gt.support_enumeration(game))

    return solve


def by_gambit() -> Solver:
    """Return Gambit's, by the corners of the best-reply regions, in floating point."""
    import pygambit

    def solve(a: np.ndarray, b: np.ndarray) -> list[tuple[Any, Any]]:
        game = pygambit.StrategicGame.from_arrays(a, b)
        solved = pygambit.nash.enummixed_solve(game, rational=False).equilibria
        return [tuple([share for _, share in p[side]] for side in game.players) for p in solved]

    return solve


def solvers() -> tuple[dict[str, Solver], list[str]]:
    """Return who finds all equilibria of a game, and who is not installed."""
    found, missing = {OURS: ours}, []
    others = {"nashpy": by_nashpy, "QuantEcon": by_quantecon, "pygambit": by_gambit}
    for name, of in others.items():
        try:
            found[name] = of()
        except ImportError:
            missing.append(name)
    return found, missing


def distinct(a: np.ndarray, b: np.ndarray, pairs: list[tuple[Any, Any]]) -> int:
    """Return how many different equilibria there are among these pairs of mixtures.

    Raises
    ------
    SystemExit
        If one is none: a side would gain by something else.
    """
    seen = set()
    for pair in pairs:
        x, y = (np.asarray(side, float) for side in pair)
        if max((a @ y).max() - x @ a @ y, (x @ b).max() - x @ b @ y) > SLACK:
            raise SystemExit(f"no equilibrium: {x}, {y}")
        seen.add((*x.round(6).tolist(), *y.round(6).tolist()))
    return len(seen)


def all_of_them(solve: Solver, games: list[Game]) -> list[list[tuple[Any, Any]]]:
    """Return the equilibria of every game."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of games that a library finds hard
        return [solve(a, b) for a, b in games]


def measure() -> dict[str, Any]:
    """Return seconds a game, by size, and how many equilibria each finds."""
    who, missing = solvers()
    rows = []
    for size in SIZES:
        games = games_of(size)
        found = {
            name: sum(
                distinct(a, b, pairs)
                for (a, b), pairs in zip(games, all_of_them(solve, games), strict=True)
            )
            for name, solve in who.items()
        }
        times = in_turn({name: partial(all_of_them, solve, games) for name, solve in who.items()})
        for name, seconds in times.items():
            each = [t / GAMES for t in seconds]
            ratio = ratio_of(each, [t / GAMES for t in times[OURS]])
            rows.append({"size": size, "who": name, "found": found[name], **ratio})
    return {"games": GAMES, "rows": rows, "missing": missing}


def told(found: dict[str, Any]) -> list[str]:
    """Return lines of a table."""
    lines = [f"all equilibria of {found['games']} random games, each"]
    for row in found["rows"]:
        lines.append(
            f"{row['size']} x {row['size']}  {row['who']:<12}{1e3 * row['theirs_s']:>9.2f} ms"
            f"{row['ratio']:>9.2f} of ours ({row['least']:.2f} to {row['most']:.2f})"
            f"{row['found']:>6} found"
        )
    return lines + [f"not installed: {name}" for name in found["missing"]]
