"""Forecasts of any episode with the calibrated parameters, and their scores.

Every draw of the posterior is played; the forecast is the mean over the draws, its interval the
central 95% of what single draws say (:mod:`negotiation.hindcast.as_recorded`). An episode that was
learned from is forecast without itself (:mod:`negotiation.hindcast.learned`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from negotiation.estimates import LEVEL
from negotiation.hindcast import rivals, scoring
from negotiation.hindcast.as_recorded import RUNS, as_recorded
from negotiation.hindcast.episodes import Coded
from negotiation.hindcast.folds import compared
from negotiation.hindcast.learned import calibration, rates_without, weight_without
from negotiation.hindcast.scenario_file import files_of, of_episode
from negotiation.hindcast.situation import below_calm


def forecast(
    rows: list[Coded],
    *,
    seed: int = 1,
    runs: int = RUNS,
    workers: int = 1,
    progress: Callable[[int], Any] | None = None,
) -> dict[str, Any]:
    """Return the probabilities of every episode, and scores where outcomes are known.

    Parameters
    ----------
    rows : list of Coded
    seed : int
    runs : int
        Runs of each of the posterior's draws, for each episode.

    Returns
    -------
    dict
        ``episodes``, one entry for each row in order, ``remarks`` and ``scores``; see
        docs/reference/json.md.
    """
    entries, forecasts = [], []
    for coded in rows:
        _, learned = weight_without(coded, calibration())
        scenario = files_of(of_episode(coded), "row").loaded("row")
        told = as_recorded(scenario, seed=seed, runs=runs, workers=workers, progress=progress)
        entry = told.to_dict()
        forecasts.append(told.probabilities)
        entries.append(
            {
                "id": coded.episode.id,
                "date": coded.episode.date.isoformat(),
                "name": coded.name,
                "probabilities": entry["probabilities"],
                "intervals": entry["intervals"],
                "outcome": coded.outcome,
                "learned_from": learned,
                "effective_draws": entry["effective_draws"],
            }
        )
    rates = np.array([rates_without(coded) for coded in rows])
    return {
        "runs_per_episode": runs * len(calibration()["sample"]),
        "seed": seed,
        "level": LEVEL,
        "base_rates": calibration()["base_rates"],
        "episodes": entries,
        "remarks": [text for coded in rows for text in below_calm(coded.episode)],
        "scores": {
            "all": scores(rows, np.array(forecasts), rates),
            "scheduled": scores(rows, np.array(forecasts), rates, scheduled=True),
            "alternative_code": scores(rows, np.array(forecasts), rates, alternative=True),
        },
    }


def scores(
    rows: list[Coded],
    forecasts: np.ndarray,
    rates: np.ndarray,
    *,
    scheduled: bool = False,
    alternative: bool = False,
) -> dict[str, Any] | None:
    """Return the scores of the forecasts whose outcome is given; None if there is none."""
    kept = [
        k
        for k, coded in enumerate(rows)
        if coded.reading(alternative) and (coded.scheduled or not scheduled)
    ]
    if not kept:
        return None
    truth = scoring.happened([str(rows[k].reading(alternative)) for k in kept])
    others = {
        "model": forecasts[kept],
        "base_rates": rates[kept],
        "always_extend": np.tile(rivals.always_extend(), (len(kept), 1)),
    }
    return compared(others, truth, [rows[k].episode.date.year for k in kept])


def out_of_sample() -> dict[str, Any]:
    """Return the shipped episodes' forecasts, each without itself, in the form of ``forecast``.

    Examples
    --------
    >>> sorted(out_of_sample()["scores"])
    ['forward', 'in_sample', 'leave_one_out', 'prior_predictive']
    """
    found = calibration()
    entries = []
    for entry in found["episodes"]:
        own = entry["leave_one_out"]
        entries.append(
            {
                **{name: entry[name] for name in ("id", "date", "name")},
                "probabilities": own["probabilities"],
                "intervals": own["intervals"],
                "outcome": entry["outcome"],
                "learned_from": entry["learned_from"],
                "effective_draws": own["effective_draws"],
                "from_its_past": entry["forward"]["probabilities"],
            }
        )
    return {
        "runs_per_episode": found["provenance"]["draws"]
        * found["provenance"]["runs_per_draw_and_episode"],
        "seed": found["provenance"]["seed"],
        "level": LEVEL,
        "base_rates": found["base_rates"],
        "episodes": entries,
        "scores": found["scores"],
        "alternative_scores": found["alternative_scores"],
        "provenance": found["provenance"],
    }
