"""Forecasts of any episode with the calibrated parameters, and their scores.

Every draw of the posterior is played; the forecast is the mean over the draws, its interval the
central 95% of what single draws say. An episode that was learned from (the same day) is forecast
without itself: the draws are weighted by one over the likelihood that it gave them.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from negotiation.estimates import LEVEL
from negotiation.hindcast import posterior as post
from negotiation.hindcast import rivals, scoring
from negotiation.hindcast.episodes import Coded, main_set
from negotiation.hindcast.folds import compared, ends, named
from negotiation.hindcast.playing import Played, table
from negotiation.hindcast.priors import OUTSIDE
from negotiation.hindcast.reading import shipped
from negotiation.hindcast.situation import below_calm

RUNS = 400  # of each draw
WINDOW = 7  # days; decisions of a dispute that were learned from lie four weeks apart or more


@cache
def calibration() -> dict[str, Any]:
    """Return the shipped calibration, see :mod:`negotiation.hindcast.calibrate`."""
    file = resources.files("negotiation") / "hindcast" / "data" / "posterior.json"
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


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
    found = calibration()
    values = np.array(found["sample"])
    players = [Played(coded.episode) for coded in rows]
    shares = table(players, values, seed=seed, runs=runs, workers=workers, progress=progress)
    rates = np.array([rates_without(coded) for coded in rows])
    entries, forecasts = [], []
    for k, coded in enumerate(rows):
        weight, learned = weight_without(coded, found)
        mean, low, high = post.spread(shares[:, k], values[:, OUTSIDE], rates[k], weight, runs)
        forecasts.append(mean)
        entries.append(
            {
                "id": coded.episode.id,
                "date": coded.episode.date.isoformat(),
                "name": coded.name,
                "probabilities": named(mean),
                "intervals": ends(low, high),
                "outcome": coded.outcome,
                "learned_from": learned,
                "effective_draws": round(post.effective(weight), 1),
            }
        )
    return {
        "runs_per_episode": runs * len(values),
        "seed": seed,
        "level": LEVEL,
        "base_rates": found["base_rates"],
        "episodes": entries,
        "remarks": [text for coded in rows for text in below_calm(coded.episode)],
        "scores": {
            "all": scores(rows, np.array(forecasts), rates),
            "scheduled": scores(rows, np.array(forecasts), rates, scheduled=True),
            "alternative_code": scores(rows, np.array(forecasts), rates, alternative=True),
        },
    }


def rates_without(coded: Coded) -> np.ndarray:
    """Return the base rates of the shipped main set without that decision."""
    day = coded.episode.date
    others = [c for c in main_set(shipped()) if not same_decision(c.episode.date, day)]
    return rivals.base_rates(scoring.happened([str(c.outcome) for c in others]))


def weight_without(coded: Coded, found: dict[str, Any]) -> tuple[np.ndarray, bool]:
    """Return weights on the posterior's draws that do not know how the episode ended."""
    days = [dt.date.fromisoformat(entry["date"]) for entry in found["learned_from"]]
    same = [k for k, day in enumerate(days) if same_decision(day, coded.episode.date)]
    likelihood = np.array(found["log_likelihood"])
    if not same:
        return np.full(len(likelihood), 1 / len(likelihood)), False
    own = likelihood[:, same]
    return post.weights(own, -float(found["exponent"])), True


def same_decision(one: dt.date, other: dt.date) -> bool:
    """Return whether two dates of a dispute are of one decision: files date one differently.

    Examples
    --------
    >>> same_decision(dt.date(2019, 5, 10), dt.date(2019, 5, 9))
    True
    """
    return abs((one - other).days) <= WINDOW


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
