"""Transcripts of typical runs of an episode: as the model expects it to end, and as it did end.

At the posterior's medians a run with a given code is looked for among the ensemble's, and the Mesa
model plays that very run again, with a transcript.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from negotiation.hindcast.decisions import CODES, code_of
from negotiation.hindcast.episodes import Episode
from negotiation.hindcast.playing import Played
from negotiation.hindcast.priors import NAMES
from negotiation.hindcast.situation import behaviour, setting

if TYPE_CHECKING:
    from negotiation.scenario import Scenario

LOOK = 2000  # runs among which one is looked for


def medians(found: dict[str, Any]) -> np.ndarray:
    """Return the posterior median of every parameter, in the order of ``priors.NAMES``."""
    return np.array([found["parameters"][name]["posterior"]["median"] for name in NAMES])


def scenario_at(episode: Episode, values: np.ndarray) -> Scenario:
    """Return the scenario of an episode at parameter values."""
    named = dict(zip(NAMES, (float(x) for x in values), strict=True))
    return setting(episode).replace(behaviour(named, episode))


def first_run(episode: Episode, values: np.ndarray, code: str, *, seed: int = 1) -> int | None:
    """Return the number of the first run with ``code``; None if there is none in 2,000."""
    rows = Played(episode).rows(values, seed=seed, runs=LOOK)
    hits = np.flatnonzero(code_of(rows) == CODES.index(code))
    return int(hits[0]) if len(hits) else None


def told(episode: Episode, values: np.ndarray, code: str, *, seed: int = 1) -> str:
    """Return the transcript of the first run of an episode that ends with ``code``.

    Parameters
    ----------
    episode : Episode
    values : ndarray
        Of the parameters, for instance from :func:`medians`.
    code : str
        One of ``decisions.CODES``.
    """
    from negotiation.game import run

    number = first_run(episode, values, code, seed=seed)
    if number is None:
        return f"Of {LOOK:,} runs none ends with {code}."
    return run(scenario_at(episode, values), seed=seed, run=number).transcript
