"""Beside other libraries, on the same questions: who takes how long, in one run.

*A run of the model*: Mesa's own ``batch_run`` of the Mesa model against the compiled ensemble; the
rows are the same to the last bit. *An exchange of offers*: NegMAS's mechanism with its own Boulware
and Conceder on the package space of a scenario, against a run of that scenario here, which has the
exchange in it and everything around it. *All equilibria of a game*: nashpy and QuantEcon by support
enumeration, pygambit where it is installed, and ours, on the same random games; each equilibrium
found is checked, and how many are told. *The floor*: importing NumPy and Numba against the help.

Times are the least of several tries, in turn; ratios are theirs over ours, so below 1 they are
faster. Prints tables and writes ``results/benchmarks/peers.json``. Usage: ``make bench-peers``.
"""

from __future__ import annotations

import importlib.metadata
import json
import platform
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

import negotiation as ng
from negotiation.ensemble import Ensemble
from negotiation.theory.equilibria import extreme_equilibria

TRIES = 5
RUNS, STEPS = 40, 1000
OFFERS = 100  # of a NegMAS session
SIZES, GAMES = (3, 4, 5, 6), 20


def least(action: Callable[[], Any], tries: int = TRIES) -> float:
    """Return the least seconds that an action took."""
    times = []
    for _ in range(tries):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def beside_mesa(name: str) -> dict[str, Any]:
    """Return seconds a run: Mesa's batch_run, and the ensemble on the same runs."""
    import mesa

    from negotiation.model import NegotiationModel

    cases = {"scenario": name, "seed": 1, "run": range(RUNS)}

    def theirs() -> list[dict[str, Any]]:
        return mesa.batch_run(
            NegotiationModel, cases, number_processes=1, max_steps=STEPS,
            data_collection_period=-1, display_progress=False,
        )  # fmt: skip

    ensemble = Ensemble(name)
    same = ensemble.rows(seed=1, first=0, count=RUNS)
    told = [float(row["us_gain"]) for row in theirs()]
    if not np.array_equal(np.array(told), same["yearly_gain"][:, 0]):
        raise SystemExit(f"{name}: Mesa's runs are not those of the ensemble.")
    a, b = least(theirs, 3) / RUNS, least(lambda: ensemble.rows(seed=1, first=0, count=RUNS)) / RUNS
    return {"what": f"a run of {name}: Mesa's batch_run", "theirs_s": a, "ours_s": b}


def beside_negmas(name: str) -> dict[str, Any] | None:
    """Return seconds an exchange of offers there, and a whole run here."""
    try:
        from negmas.sao import BoulwareTBNegotiator, ConcederTBNegotiator
    except ImportError:
        return None
    scenario = ng.Scenario.load(name)
    problem = ng.interop.to_negmas(scenario, levels=5)

    def theirs() -> Any:
        with ng.interop.seeded(1):
            mechanism = problem.make_session(n_steps=OFFERS)
            mechanism.add(BoulwareTBNegotiator(name="us"), ufun=problem.ufuns[0])
            mechanism.add(ConcederTBNegotiator(name="china"), ufun=problem.ufuns[1])
            return mechanism.run()

    theirs()
    ensemble = Ensemble(scenario.replace({"us.strategy": "boulware", "china.strategy": "conceder"}))
    ensemble.rows(seed=1, first=0, count=1)
    b = least(lambda: ensemble.rows(seed=1, first=0, count=RUNS)) / RUNS
    what = f"an exchange of offers on {name}: NegMAS, Boulware and Conceder"
    return {"what": what, "theirs_s": least(theirs), "ours_s": b}


def games_of(size: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return random games of whole numbers, the same at every call."""
    rng = np.random.default_rng([20250728, size])
    return [tuple(rng.integers(-50, 50, (2, size, size)).astype(float)) for _ in range(GAMES)]  # type: ignore[misc]


Solver = Callable[[np.ndarray, np.ndarray], list[tuple[Any, Any]]]
SLACK = 1e-6  # of payoffs of up to 50 that a deviation may gain by rounding


def solvers() -> dict[str, Solver]:
    """Return who finds all equilibria of a game: the mixtures of both sides, one pair each."""

    def ours(a: np.ndarray, b: np.ndarray) -> list[tuple[Any, Any]]:
        return [(e.row, e.column) for e in extreme_equilibria(a, b)]

    found: dict[str, Solver] = {"ours": ours}
    try:
        import nashpy

        found["nashpy"] = lambda a, b: list(nashpy.Game(a, b).support_enumeration())
    except ImportError:
        pass
    try:
        import quantecon.game_theory as gt

        def quantecon(a: np.ndarray, b: np.ndarray) -> list[tuple[Any, Any]]:
            game = gt.NormalFormGame((gt.Player(a), gt.Player(b.T.copy())))
            return list(gt.support_enumeration(game))

        found["QuantEcon"] = quantecon
    except ImportError:
        pass
    try:
        import pygambit

        def gambit(a: np.ndarray, b: np.ndarray) -> list[tuple[Any, Any]]:
            game = pygambit.Game.from_arrays(a.astype(int), b.astype(int))
            solved = pygambit.nash.enummixed_solve(game, rational=False).equilibria
            return [tuple([float(p[s]) for s in side.strategies] for side in game.players)
                    for p in solved]  # fmt: skip

        found["pygambit"] = gambit
    except ImportError:
        pass
    return found


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


def beside_solvers() -> list[dict[str, Any]]:
    """Return seconds a game, by size, of all that are installed, and how many each finds."""
    rows = []
    for size in SIZES:
        games = games_of(size)
        for name, solve in solvers().items():

            def all_of_them(
                solve: Solver = solve, games: list[tuple[np.ndarray, np.ndarray]] = games
            ) -> list[list[tuple[Any, Any]]]:
                return [solve(a, b) for a, b in games]

            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of games that a library finds hard
                pairs = all_of_them()
                seconds = least(all_of_them, 3) / GAMES
            found = sum(distinct(a, b, each) for (a, b), each in zip(games, pairs, strict=True))
            rows.append({"size": size, "who": name, "seconds": seconds, "found": found})
        ours = next(row["seconds"] for row in rows if row["size"] == size and row["who"] == "ours")
        for row in rows[-len(solvers()) :]:
            row["ratio"] = row["seconds"] / ours
    return rows


def imported(code: str) -> float:
    """Return the least seconds of a process that runs this code."""
    return least(lambda: subprocess.run([sys.executable, "-c", code], check=True))


def floor() -> dict[str, float]:
    """Return seconds: a bare Python, NumPy, Numba, the help, and a run against its numbers."""
    help_of = "from negotiation.cli import main; import sys; sys.argv[1:] = ['--help']; main()"
    silent = [sys.executable, "-c", help_of]
    return {
        "python": imported("pass"),
        "numpy": imported("import numpy"),
        "numba": imported("import numba"),
        "help": least(lambda: subprocess.run(silent, check=True, stdout=subprocess.DEVNULL)),
    }


def versions() -> dict[str, str]:
    """Return the versions of whoever takes part."""
    found = {"python": platform.python_version(), "machine": platform.machine()}
    for name in ("mesa", "negmas", "nashpy", "quantecon", "pygambit", "numpy", "numba"):
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[name] = "not installed"
    return found


def main() -> None:
    """Measure, print and write."""
    about = versions()
    print(", ".join(f"{name} {version}" for name, version in about.items()))
    names = ("stockholm-2025", "stockholm-three-issues")
    runs = [beside_mesa(name) for name in names]
    runs += [row for row in [beside_negmas(names[1])] if row is not None]
    print(f"\n{'':<76}{'theirs':>10}{'ours':>10}{'ratio':>9}")
    for row in runs:
        row["ratio"] = row["theirs_s"] / row["ours_s"]
        a, b = 1e3 * row["theirs_s"], 1e3 * row["ours_s"]
        print(f"{row['what']:<76}{a:>7.2f} ms{b:>7.3f} ms{row['ratio']:>9.1f}")
    games = beside_solvers()
    print(f"\nall equilibria of {GAMES} random games, each")
    for row in games:
        print(
            f"{row['size']} x {row['size']}  {row['who']:<12}{1e3 * row['seconds']:>9.2f} ms"
            f"{row['ratio']:>9.2f} of ours{row['found']:>6} found"
        )
    least_of = floor()
    print("\n" + ", ".join(f"{name} {seconds:.2f} s" for name, seconds in least_of.items()))
    place = Path("results/benchmarks")
    place.mkdir(parents=True, exist_ok=True)
    told = {"about": about, "runs": runs, "games": games, "floor_s": least_of}
    (place / "peers.json").write_text(json.dumps(told, indent=2, allow_nan=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
