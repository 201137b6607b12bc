"""Forecasters that count: base rates, base rates by stratum, and one that is sure."""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln

from negotiation.hindcast import scoring
from negotiation.history.codes import Outcome
from negotiation.skill.cases import CODES, Cases

STRENGTHS = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 200.0)  # decisions that the overall rates count as


def base_rates(seen: Cases, truth: np.ndarray, asked: Cases) -> np.ndarray:
    """Return the shares of what was learned from, half a decision of each outcome added."""
    return np.tile(scoring.base_rates(truth, len(CODES)), (len(asked), 1))


def by_stratum(seen: Cases, truth: np.ndarray, asked: Cases) -> np.ndarray:
    """Return the shares in each one's stratum, drawn towards the overall ones.

    Notes
    -----
    With counts ``n_k`` of the stratum's n decisions and overall rates ``p_k``:
    ``(n_k + K p_k) / (n + K)``. K is the one of ``STRENGTHS`` under which the counts of all strata
    that are learned from are most probable (Dirichlet-multinomial), so it is chosen inside the
    fold.
    """
    rates = scoring.base_rates(truth, len(CODES))
    names = np.unique(seen.strata)
    counts = {
        name: np.bincount(truth[seen.strata == name], minlength=len(CODES)).astype(float)
        for name in names
    }
    table = np.array(list(counts.values()))
    strength = max(STRENGTHS, key=lambda k: _log_likelihood(table, k * rates))
    empty = np.zeros(len(CODES))
    own = np.array([counts.get(name, empty) for name in asked.strata])
    return np.asarray((own + strength * rates) / (own.sum(axis=1, keepdims=True) + strength))


def _log_likelihood(counts: np.ndarray, alpha: np.ndarray) -> float:
    """Return the log probability of counts under Dirichlet-multinomials of one alpha."""
    n = counts.sum(axis=1)
    ends = gammaln(alpha.sum()) - gammaln(n + alpha.sum())
    return float((ends + (gammaln(counts + alpha) - gammaln(alpha)).sum(axis=1)).sum())


def always_extend(seen: Cases, truth: np.ndarray, asked: Cases) -> np.ndarray:
    """Return the forecast that is sure of an extension."""
    row = np.eye(len(CODES))[CODES.index(Outcome.EXTENDED_OR_PAUSED)]
    return np.tile(row, (len(asked), 1))
