"""Records that a posterior is tried on: what happened made up of known draws of the parameters.

A made-up record has the decisions of a real one and all that is learned from of them: how each
ended, who gave way, how long penalties lasted and whether these were still seen to end. Each is
drawn as the likelihood reads it, with the chance that something outside the model decides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from negotiation.hindcast import disputes, lengths, priors, record
from negotiation.hindcast.observed import Observed, binned
from negotiation.hindcast.pooled import Posterior
from negotiation.history.codes import GaveWay, Outcome


def learning(
    played: record.Record,
) -> Callable[[np.ndarray, np.random.Generator], Posterior]:
    """Return what makes up a record of the decisions' draws and learns from it.

    Decisions are independent there, each a dispute of its own. What holds where something outside
    decides are the shares in the real record.

    Parameters
    ----------
    played : Record
    """
    everything = tuple(range(len(played.rows)))
    rates = played.rates(everything, played.truth)
    followed = binned(np.array([each.followed for each in record.began()]), lengths.LAST)

    def learn(at: np.ndarray, rng: np.random.Generator) -> Posterior:
        return of_draws(played, at, rates, followed, rng).posterior(everything)[0]

    return learn


def of_draws(
    played: record.Record,
    at: np.ndarray,
    rates: np.ndarray,
    followed: np.ndarray,
    rng: np.random.Generator,
) -> record.Record:
    """Return a made-up record.

    Parameters
    ----------
    played : Record
    at : ndarray of int, shape (n,)
        The draw of each decision.
    rates : ndarray, shape (5,)
        How decisions end where something outside the model decides.
    followed : ndarray of int, shape (spells,)
        The bin of the length beyond which nobody would have seen a spell end.
    rng : Generator
    """
    places = np.arange(len(at))
    outside = played.values[at, priors.OUTSIDE]
    chance = (1.0 - outside)[:, None] * played.shares[at, places] + outside[:, None] * rates
    ended = _drawn(chance, rng)
    rows = []
    for k, row in enumerate(played.rows):
        outcome = disputes.FIVE[ended[k]]
        gave = _who_gave_way(played, k, int(at[k]), outcome, rng)
        rows.append(
            row.model_copy(
                update={
                    "outcome": outcome,
                    "second_reading": None,
                    "mutual": gave,
                    "cluster": row.id,
                }
            )
        )
    return replace(played, rows=rows, second=False, lasted=_lasted(played, at, followed, rng))


def _who_gave_way(
    played: record.Record, k: int, draw: int, outcome: Outcome, rng: np.random.Generator
) -> GaveWay:
    asked = record.ASKED.get(outcome)
    if asked is None or played.gave_way is None:
        return GaveWay.NONE
    outside = played.values[draw, priors.OUTSIDE]
    alone = (1.0 - outside) * played.gave_way[draw, k, asked] + 0.5 * outside
    return GaveWay.TARGET if rng.random() < alone else GaveWay.MUTUAL


def _lasted(
    played: record.Record, at: np.ndarray, followed: np.ndarray, rng: np.random.Generator
) -> Observed | None:
    seen = played.lasted
    if seen is None:
        return None
    draws = at[seen.places]
    outside = played.values[draws, priors.OUTSIDE][:, None]
    own = seen.chances[draws, np.arange(len(draws))]
    bins = _drawn((1.0 - outside) * own + outside * seen.shares(), rng)
    return seen._replace(bins=np.minimum(bins, followed), open=bins >= followed)


def _drawn(chances: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return a place along the last axis for each row, shape (n,)."""
    steps = chances.cumsum(axis=1)
    return np.asarray((rng.random((len(steps), 1)) * steps[:, -1:] > steps).sum(axis=1))
