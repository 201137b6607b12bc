"""How long penalties last: those of the record beside what the model makes of the same decisions.

A spell of the record that begins with one of its decisions is set beside the spells that the model
plays of that decision: the scenario made of the row, with what all other disputes teach, its
penalties played on beyond the last day until they end. A history of the model has one spell for
each of the record's, all in the same world of the uncertain numbers, and each is seen as long as
the record's was: until it ends, until the record stops, or until the model does after two years.
Both are then told by the estimate of Kaplan and Meier (:func:`still_in_force`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from negotiation.analysis.penalty_spells import LONGEST, Spells, penalty_spells, still_in_force
from negotiation.hindcast.history_checks import SEED, Check
from negotiation.hindcast.lengths import Begun, begun
from negotiation.hindcast.scenario_file import files_of, of_decision
from negotiation.history.rows import Decision, Spell
from negotiation.history.tables import AFTER

WORLDS, EACH, HISTORIES = 128, 20, 2000  # runs of a decision: worlds times each


def spells_of(
    decision: Decision, *, worlds: int = WORLDS, each: int = EACH, seed: int = 1
) -> Spells:
    """Return the spells of penalties in runs of a decision, played on until they end."""
    scenario = files_of(of_decision(decision), "row").loaded("row")
    return penalty_spells(scenario, runs=worlds * each, seed=seed, runs_per_world=each)


def survival(days: np.ndarray, ended: np.ndarray) -> list[float]:
    """Return the share still in force after each of ``AFTER`` days; NaN where none was seen.

    Examples
    --------
    >>> survival(np.array([20.0, 20.0]), np.array([True, True]))
    [1.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    """
    found = still_in_force(days, ended)
    beyond = 0.0 if found.in_force[-1] == 0.0 else float("nan")
    told = (found.at(float(day)) for day in AFTER)
    return [beyond if share is None else share.p for share in told]


def histories(
    begins: Sequence[Begun],
    played: Sequence[Spells],
    *,
    each: int = EACH,
    count: int = HISTORIES,
    seed: int = SEED,
) -> np.ndarray:
    """Return what survival is in histories of the model, shape (count, ``AFTER``).

    Parameters
    ----------
    begins : sequence of Begun
    played : sequence of Spells
        Of the same decisions; one in which no run has penalties is left out of histories.
    each : int
        Runs that share a world.
    count, seed : int
    """
    rng = np.random.default_rng(seed)
    worlds = max(found.runs for found in played) // each
    found = np.full((count, len(AFTER)), np.nan)
    of_world = [spells.of_run // each for spells in played]
    for h in range(count):
        world = int(rng.integers(worlds))
        days, ended = [], []
        for begin, spells, where in zip(begins, played, of_world, strict=True):
            if not len(where):
                continue
            among = np.flatnonzero(where == world)
            k = int(rng.choice(among if len(among) else len(where)))
            seen = min(begin.followed, LONGEST)
            days.append(min(float(spells.days[k]), seen))
            ended.append(bool(spells.ended[k]) and float(spells.days[k]) <= seen)
        found[h] = survival(np.array(days), np.array(ended, bool))
    return found


def of_survival(
    spells: Sequence[Spell],
    rows: Sequence[Decision],
    *,
    progress: Callable[[int], Any] | None = None,
) -> dict[str, Any]:
    """Return how many penalties are still in force when, in the record and in the model.

    Parameters
    ----------
    spells : sequence of Spell
    rows : sequence of Decision
    progress : callable, optional
        Called with 1 after each decision.

    Returns
    -------
    dict
        ``spells`` of the record, ``begun`` with a decision, ``without`` those in whose decision no
        run has penalties; ``all`` and ``checks`` by days: the share of all spells, and of those
        begun beside the model's.
    """
    begins = begun(spells, rows)
    played = []
    for begin in begins:
        played.append(spells_of(begin.decision))
        if progress:
            progress(1)
    kept = [begin for begin, found in zip(begins, played, strict=True) if len(found.days)]
    seen = survival(*_seen([begin.spell for begin in kept]))
    every = survival(*_seen(spells))
    low, middle, high = np.nanquantile(histories(begins, played), (0.025, 0.5, 0.975), axis=0)
    return {
        "spells": len(spells),
        "begun": len(begins),
        "without": len(begins) - len(kept),
        "all": dict(zip(map(str, AFTER), every, strict=True)),
        "checks": {
            str(day): list(Check(seen[k], float(low[k]), float(middle[k]), float(high[k])))
            for k, day in enumerate(AFTER)
        },
    }


def _seen(spells: Sequence[Spell]) -> tuple[np.ndarray, np.ndarray]:
    days = np.array([spell.days for spell in spells], float)
    return days, np.array([not spell.censored for spell in spells], bool)
