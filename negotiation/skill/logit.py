"""A multinomial logit with a ridge penalty that is chosen among the decisions learned from.

Many sets of labels are fitted at once, since a permutation test asks for thousands of fits that
differ in nothing else. The penalty is the one under which disputes left out of the fit, within what
is learned from, have the best log score. Fitted by Newton's method, a step halved where it goes too
far; tests hold the result against scipy's minimiser.
"""

from __future__ import annotations

import numpy as np

from negotiation.hindcast.scoring import HALF
from negotiation.skill.cases import CODES, Cases
from negotiation.skill.splits import whole_parts

PENALTIES = (300.0, 100.0, 30.0, 10.0, 3.0)  # on squared slopes per standard deviation
INNER = 4  # parts, of whole disputes, that the penalty is chosen on
FREE = 1e-6  # of a penalty, on the intercept, so that it is one number and not any
CLOSE, STEPS, HALVINGS = 1e-6, 50, 20  # of the loss, less is none; steps at most, and halvings
AT_ONCE = 200  # sets of labels that are fitted together: more need memory


class Design:
    """Covariates as a matrix: the unknown at what is usual, in standard deviations, a one first.

    Parameters
    ----------
    x : ndarray, shape (n, d)
        Of the cases learned from; they alone say what is usual.
    """

    def __init__(self, x: np.ndarray) -> None:
        known = np.isfinite(x)
        often = np.maximum(known.sum(axis=0), 1)
        self.usual = np.where(known, x, 0.0).sum(axis=0) / often
        spread = np.where(known, x, self.usual).std(axis=0)
        self.scale = np.where(spread > 1e-12, spread, np.inf)  # what never varies says nothing

    def of(self, x: np.ndarray) -> np.ndarray:
        """Return the matrix of some cases, shape (n, 1 + d)."""
        z = np.where(np.isfinite(x), x - self.usual, 0.0) / self.scale
        return np.concatenate([np.ones((len(x), 1)), z], axis=1)


def fitted(
    z: np.ndarray, truth: np.ndarray, penalty: float, start: np.ndarray | None = None
) -> np.ndarray:
    """Return the slopes that maximise the penalised likelihood.

    Parameters
    ----------
    z : ndarray, shape (n, d)
        As of `Design`.
    truth : ndarray of int64, shape (sets, n)
        Sets of labels.
    penalty : float
    start : ndarray, optional
        Where to begin: what this returned at another penalty.

    Returns
    -------
    ndarray, shape (sets, 5, d)

    Notes
    -----
    ``sum log p(truth) - penalty / 2 sum slopes^2``, with half a decision of each outcome at the
    mean of the covariates, so that no probability becomes zero.
    """
    k, d, sets = len(CODES), z.shape[1], len(truth)
    rows = np.concatenate([z, np.eye(d)[:1]])  # the last: half a decision of each at the mean
    counts = (truth[:, None] == np.arange(k)[:, None]).astype(float)
    y = np.concatenate([counts, np.full((sets, k, 1), HALF)], axis=2)
    weight = np.concatenate([np.ones(len(z)), [k * HALF]])
    ridge = penalty * np.concatenate([[FREE], np.ones(d - 1)])
    squares = (rows[:, :, None] * rows[:, None]).reshape(len(rows), -1)
    own = np.arange(k)

    def loss(slopes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        p = softmax(slopes @ rows.T)
        fit = -(y * np.log(p)).sum(axis=(1, 2))
        return fit + 0.5 * (ridge * slopes**2).sum(axis=(1, 2)), p

    slopes = np.zeros((sets, k, d)) if start is None else start
    if start is None:
        rates = np.log(y.sum(axis=2))
        slopes[..., 0] = rates - rates.mean(axis=1, keepdims=True)
    value, p = loss(slopes)
    for _ in range(STEPS):
        slope = (weight * p - y) @ rows + ridge * slopes
        curve = -(p[:, :, None] * (weight * p)[:, None])
        curve[:, own, own] += weight * p
        bent = (curve.reshape(-1, len(rows)) @ squares).reshape(sets, k, k, d, d)
        bent[:, own, own] += np.diag(ridge)
        matrix = bent.swapaxes(2, 3).reshape(sets, k * d, k * d)
        step = np.linalg.solve(matrix, slope.reshape(sets, -1, 1)).reshape(slopes.shape)
        length = np.ones((sets, 1, 1))
        for _ in range(HALVINGS):
            new, likely = loss(slopes - length * step)
            worse = new > value + CLOSE
            if not worse.any():
                break
            length[worse] /= 2
        slopes, p, gained, value = slopes - length * step, likely, value - new, new
        if gained.max() < CLOSE:
            break
    return np.asarray(slopes)


def logit(seen: Cases, truth: np.ndarray, asked: Cases) -> np.ndarray:
    """Return the forecasts of a ridge logit whose penalty is chosen among the cases learned from.

    Examples
    --------
    >>> from negotiation.history.reading import shipped
    >>> from negotiation.skill.cases import cases_of, outcomes_of
    >>> rows = shipped().decisions[-40:]
    >>> cases, truth = cases_of(rows), outcomes_of(rows)
    >>> p = logit(cases.take(np.arange(30)), truth[:30], cases.take(np.arange(30, 40)))
    >>> p.shape, bool(np.allclose(p.sum(axis=1), 1))
    ((10, 5), True)
    """
    return np.asarray(logits(seen, truth[None], asked)[0])


def logits(seen: Cases, truths: np.ndarray, asked: Cases) -> np.ndarray:
    """Return the same for many sets of labels, shape (sets, n) -> (sets, m, 5)."""
    if len(truths) > AT_ONCE:
        parts = [truths[i : i + AT_ONCE] for i in range(0, len(truths), AT_ONCE)]
        return np.concatenate([logits(seen, part, asked) for part in parts])
    penalty = chosen(seen, truths)
    design = Design(seen.x)
    z, out = design.of(seen.x), design.of(asked.x)
    found = np.zeros((len(truths), len(asked), len(CODES)))
    for each in np.unique(penalty):
        own = penalty == each
        found[own] = softmax(fitted(z, truths[own], each) @ out.T).swapaxes(1, 2)
    return found


def chosen(seen: Cases, truths: np.ndarray) -> np.ndarray:
    """Return the penalty for each set of labels, shape (sets, n) -> (sets,)."""
    part = whole_parts(seen.disputes, INNER)
    total = np.zeros((len(PENALTIES), len(truths)))
    for k in range(part.max() + 1):
        inside, out = np.flatnonzero(part != k), np.flatnonzero(part == k)
        if inside.size:
            design = Design(seen.x[inside])
            z, away = design.of(seen.x[inside]), design.of(seen.x[out])
            index = truths[:, None, out]
            slopes = None
            for row, penalty in zip(total, PENALTIES, strict=True):
                slopes = fitted(z, truths[:, inside], penalty, slopes)
                p = softmax(slopes @ away.T)
                row -= np.log(np.take_along_axis(p, index, axis=1)).sum(axis=(1, 2))
    best = np.argmin(total, axis=0)  # of equals the larger
    return np.asarray(np.array(PENALTIES)[best])


def softmax(u: np.ndarray) -> np.ndarray:
    """Return probabilities from scores, over the second axis."""
    e = np.exp(u - u.max(axis=1, keepdims=True))
    return np.asarray(e / e.sum(axis=1, keepdims=True))
