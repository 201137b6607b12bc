"""Learning from many disputes at once, where governments may differ: partial pooling by weights.

The behavioural parameters were drawn once from their prior and every decision was played at every
draw, so the likelihood of what happened is a table: draws by decisions. Between the sides of one
dispute and those of another the parameters may be the same or not. Here each pair of governments
shares the common draw with chance ``share``, and else has parameters of its own from the same
prior: a mixture of exchangeable and separate pairs (Neuenschwander, Wandel, Roychoudhury and
Bailey 2016, "Robust exchangeability designs for early phase clinical trials with multiple strata",
doi:10.1002/pst.1730). Both sums are over the same table, so the posterior is exact for the draws,
and leaving decisions out is another sum. How much pairs share is learned too, on a grid.

Decisions of one dispute are moves of one quarrel. With correlation r between them, n decisions are
worth n / (1 + (n - 1) r), and each counts in the likelihood with the power 1 / (1 + (n - 1) r).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

CORRELATION = 0.5  # between decisions of one dispute: ours, half of each is new
SHARES = np.linspace(0.05, 0.95, 10)  # chance that a pair is like the others, all equally likely


def power_of(disputes: Sequence[str], correlation: float = CORRELATION) -> np.ndarray:
    """Return the power with which each decision counts, shape (n,).

    Examples
    --------
    >>> power_of(["a", "a", "a", "b"])
    array([0.5, 0.5, 0.5, 1. ])
    """
    sizes = {name: disputes.count(name) for name in disputes}
    return np.array([1.0 / (1.0 + (sizes[name] - 1) * correlation) for name in disputes])


@dataclass(frozen=True)
class Posterior:
    """What was learned: of the common draw, of how much pairs share, and of each pair's own draw.

    Attributes
    ----------
    common : ndarray, shape (draws,)
        Weights of the common draw.
    share : ndarray, shape (shares,)
        Weights of ``SHARES``.
    joint : ndarray, shape (shares, draws)
        Weights of both together.
    alike : dict of str to ndarray, shape (shares, draws)
        Of each pair that was learned from: the chance that it shares the common draw.
    own : dict of str to ndarray, shape (draws,)
        Of each such pair: weights of its own draw if it does not.
    """

    common: np.ndarray
    share: np.ndarray
    joint: np.ndarray
    alike: dict[str, np.ndarray]
    own: dict[str, np.ndarray]

    def chance_alike(self, pair: str) -> np.ndarray:
        """Return the chance that a pair shares the common draw, at each common draw."""
        both = (self.joint * self._alike(pair)).sum(axis=0)
        return np.asarray(both / np.maximum(self.common, 1e-300))

    def draws_of(self, pair: str) -> np.ndarray:
        """Return the weights of a pair's own draw, if it does not share the common one."""
        draws = len(self.common)
        return self.own.get(pair, np.full(draws, 1.0 / draws))

    def _alike(self, pair: str) -> np.ndarray:
        return self.alike.get(pair, np.repeat(SHARES[:, None], len(self.common), axis=1))

    def weights(self, pair: str) -> np.ndarray:
        """Return the weights of the draws for decisions of a pair of governments, shape (draws,).

        A pair that nothing was learned of is like the others with the chance learned of them.
        """
        alike = self._alike(pair)
        like_the_others = (self.joint * alike).sum(axis=0)
        apart = (self.joint * (1.0 - alike)).sum()
        return np.asarray(like_the_others + apart * self.draws_of(pair))


def learned(likelihood: np.ndarray, pairs: Sequence[str], disputes: Sequence[str]) -> Posterior:
    """Return the posterior given decisions.

    Parameters
    ----------
    likelihood : ndarray, shape (draws, n)
        Log probability of what happened in each decision at each draw.
    pairs, disputes : sequence of str, length n
        Which governments, and which quarrel, each decision is of.

    Examples
    --------
    >>> table = np.log([[0.9, 0.9], [0.1, 0.1]])
    >>> found = learned(table, ["us-eu", "us-japan"], ["a", "b"])
    >>> bool(found.weights("us-eu")[0] > found.weights("us-india")[0] > 0.5)
    True
    """
    draws = len(likelihood)
    tempered = likelihood * power_of(list(disputes))
    total_of = np.zeros((len(SHARES), draws))
    alike, own = {}, {}
    names = np.array(pairs, dtype=object)
    for pair in dict.fromkeys(pairs):
        total = tempered[:, names == pair].sum(axis=1)
        each = np.exp(total - total.max())
        apart = each.mean()
        shared = SHARES[:, None] * each[None, :]
        both = shared + (1.0 - SHARES[:, None]) * apart
        total_of += np.log(both)
        alike[pair], own[pair] = shared / both, each / each.sum()
    raised = np.exp(total_of - total_of.max())
    joint = np.asarray(raised / raised.sum())
    return Posterior(joint.sum(axis=0), joint.sum(axis=1), joint, alike, own)


def ranks(
    shares: np.ndarray,
    values: np.ndarray,
    pairs: Sequence[str],
    disputes: Sequence[str],
    *,
    sets: int,
    seed: int,
) -> np.ndarray:
    """Return where true parameters lie in the posteriors of made-up records, 0 to 1.

    Simulation-based calibration (Talts et al. 2018, arXiv:1804.06788): a draw is taken as the
    truth, a record is made of it, the draw is learned from the record; over many records the ranks
    of the truth are uniform if nothing is wrong. The record is made as it is read: decisions
    independent, pairs alike or not by a share from the grid, and the likelihood not tempered.

    Parameters
    ----------
    shares : ndarray, shape (draws, n, codes)
        Chances of each outcome of each decision at each draw.
    values : ndarray, shape (draws, parameters)
    pairs, disputes : sequence of str, length n
    sets : int
        Records.
    seed : int

    Returns
    -------
    ndarray, shape (sets, parameters)
    """
    rng = np.random.default_rng(seed)
    draws, count, _ = shares.shape
    names = np.array(pairs, dtype=object)
    apart = [f"{k}" for k in range(count)]  # every decision a dispute of its own
    found = np.zeros((sets, values.shape[1]))
    for s in range(sets):
        truth, share = int(rng.integers(draws)), float(rng.choice(SHARES))
        drawn = np.zeros(count, np.int64)
        for pair in dict.fromkeys(pairs):
            drawn[names == pair] = truth if rng.random() < share else int(rng.integers(draws))
        steps = shares[drawn, np.arange(count)].cumsum(axis=1)
        lots = rng.random((count, 1)) * steps[:, -1:]
        outcome = (lots > steps).sum(axis=1)
        chance = shares[:, np.arange(count), outcome]
        others = np.arange(draws) != truth
        # the truth itself is among the draws: it is weighed like any other, and ties are split
        weight = learned(np.log(np.maximum(chance, 1e-12)), pairs, apart).common
        below = values[others] < values[truth]
        same = values[others] == values[truth]
        own = weight[truth] * rng.random(values.shape[1])
        tied = (weight[others][:, None] * same).sum(axis=0) * rng.random(values.shape[1])
        found[s] = (weight[others][:, None] * below).sum(axis=0) + own + tied
    return found
