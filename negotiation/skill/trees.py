"""Gradient-boosted trees, small, with fixed settings, which were not tuned to any score."""

from __future__ import annotations

from typing import Any

import numpy as np

from negotiation.errors import InputError
from negotiation.hindcast.scoring import HALF
from negotiation.skill.cases import CODES, Cases

SETTINGS: dict[str, Any] = {
    "learning_rate": 0.1,
    "max_iter": 30,
    "max_leaf_nodes": 4,
    "min_samples_leaf": 8,
    "l2_regularization": 1.0,
    "max_bins": 16,
    "early_stopping": False,
    "random_state": 0,
}


def available() -> bool:
    """Return whether scikit-learn is installed."""
    try:
        require_sklearn()
    except InputError:
        return False
    return True


def require_sklearn() -> Any:
    """Return scikit-learn's ensembles, or say in one sentence how to get them."""
    try:
        import sklearn.ensemble
    except ImportError:
        raise InputError(
            "scikit-learn is not installed; install it with: pip install 'negotiation[skill]'."
        ) from None
    return sklearn.ensemble


def trees(seen: Cases, truth: np.ndarray, asked: Cases) -> np.ndarray:
    """Return the forecasts of boosted trees; unknown numbers go down a branch of their own.

    Half a decision of each outcome is added, as to base rates, so that none is thought impossible.
    """
    model = require_sklearn().HistGradientBoostingClassifier(**SETTINGS)
    n, k = len(truth), len(CODES)
    known = np.isfinite(seen.x).any(axis=0)  # a column of unknowns has no branch
    p = np.zeros((len(asked), k))
    kinds = np.unique(truth)
    if kinds.size == 1:  # nothing to tell apart
        p[:, kinds] = 1.0
    else:
        p[:, kinds] = model.fit(seen.x[:, known], truth).predict_proba(asked.x[:, known])
    return np.asarray((n * p + HALF) / (n + k * HALF))
