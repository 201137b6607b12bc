"""Learning from many disputes at once, where governments may differ: partial pooling by weights.

The behavioural parameters were drawn once from their prior and every decision was played at every
draw, so the likelihood of what happened is a table: draws by decisions. Between the sides of one
dispute and those of another the parameters may be the same or not, and between the same sides under
another administration too. So there are two levels:

* each pair of governments shares the common draw with chance ``share``, and else has a draw of its
  own from the same prior;
* each unit, which is a pair under one administration, shares the draw of its pair with chance
  ``within``, and else has a draw of its own from the same prior.

Both are mixtures of exchangeable and separate groups (Neuenschwander, Wandel, Roychoudhury and
Bailey 2016, "Robust exchangeability designs for early phase clinical trials with multiple strata",
doi:10.1002/pst.1730). With the likelihood L(d) of a unit's decisions at draw d, what happened
between a pair whose draw is e has likelihood ::

    M(e) = prod over its units of  within L(e) + (1 - within) mean over d of L(d)

and, given the common draw c, what happened between all pairs ::

    prod over pairs of  share M(c) + (1 - share) mean over e of M(e)

All sums are over the same table, so the posterior is exact for the draws, and leaving decisions
out is another sum. How much pairs share, and how much administrations of a pair do, is learned too,
each on a grid of ten values that are all equally likely beforehand. A unit, or a pair, that nothing
was learned of is one with L = 1.

Decisions of one dispute are moves of one quarrel. With correlation r between them, n decisions are
worth n / (1 + (n - 1) r), and each counts in the likelihood with the power 1 / (1 + (n - 1) r).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

CORRELATION = 0.5  # between decisions of one dispute: ours, half of each is new
SHARES = np.linspace(0.05, 0.95, 10)  # chance that a pair is like the others, all equally likely
WITHIN = SHARES  # chance that an administration is like its pair, all equally likely
ALONE = np.ones(1)  # the same where pairs alone may differ
LEAST = 1e-300  # below which a likelihood over its mean is none


class Unit(NamedTuple):
    """Two governments, and the administration under which they meet."""

    pair: str
    administration: str = ""


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
    """What was learned: of the common draw, of how much is shared, and of each unit's own draw.

    Attributes
    ----------
    joint : ndarray, shape (shares, withins, draws)
        Weights of both chances of sharing and of the common draw.
    shares, withins : ndarray
        The values that the chances of sharing may have: of pairs, and of units within a pair.
    pairs : dict of str to ndarray, shape (withins, draws)
        Of each pair that was learned from: the likelihood of what happened between the two, over a
        constant.
    units : dict of Unit to ndarray, shape (draws,)
        Of each unit that was learned from: the likelihood over its mean.
    """

    joint: np.ndarray
    shares: np.ndarray
    withins: np.ndarray
    pairs: dict[str, np.ndarray]
    units: dict[Unit, np.ndarray]

    @property
    def common(self) -> np.ndarray:
        """Weights of the common draw, shape (draws,)."""
        return np.asarray(self.joint.sum(axis=(0, 1)))

    @property
    def share(self) -> np.ndarray:
        """Weights of ``shares``."""
        return np.asarray(self.joint.sum(axis=(1, 2)))

    @property
    def within(self) -> np.ndarray:
        """Weights of ``withins``."""
        return np.asarray(self.joint.sum(axis=(0, 2)))

    def weights(self, unit: Unit) -> np.ndarray:
        """Return the weights of the draws for decisions of a unit, shape (draws,).

        Its draw is the common one, that of its pair, or its own. An administration that nothing was
        learned of lies between its pair and its prior; a pair that nothing was learned of is like
        the others with the chance learned of them.
        """
        of_pair = self._pair_draws(unit.pair)
        like = of_pair * self._unit_like(unit)
        own = self._own(unit)
        apart = max(float(of_pair.sum() - like.sum()), 0.0)
        return np.asarray(like.sum(axis=0) + apart * own / own.sum())

    def histories(
        self, units: Sequence[Unit], times: int, rng: np.random.Generator
    ) -> tuple[np.ndarray, dict[Unit, np.ndarray]]:
        """Return draws of all units together: the common draws, and those of each unit.

        Parameters
        ----------
        units : sequence of Unit
        times : int
            Histories.
        rng : Generator

        Returns
        -------
        ndarray of int64, shape (times,), and dict of Unit to such
            Places of draws.
        """
        places = rng.choice(self.joint.size, times, p=self.joint.ravel())
        share, within, common = np.unravel_index(places, self.joint.shape)
        pair_of: dict[str, np.ndarray] = {}
        found: dict[Unit, np.ndarray] = {}
        for unit in dict.fromkeys(units):
            if unit.pair not in pair_of:
                alike = self._pair_like(unit.pair)[share, within, common]
                other = np.zeros(times, np.int64)
                for j, weight in enumerate(self._pair(unit.pair)):
                    here = within == j
                    other[here] = rng.choice(len(weight), here.sum(), p=weight / weight.sum())
                pair_of[unit.pair] = np.where(rng.random(times) < alike, common, other)
            drawn, own = pair_of[unit.pair], self._own(unit)
            other = rng.choice(len(own), times, p=own / own.sum())
            alike = self._unit_like(unit)[within, drawn]
            found[unit] = np.where(rng.random(times) < alike, drawn, other)
        return common, found

    def _pair(self, pair: str) -> np.ndarray:
        """Return the likelihood of a pair's draw, shape (withins, draws)."""
        return self.pairs.get(pair, np.ones(self.joint.shape[1:]))

    def _own(self, unit: Unit) -> np.ndarray:
        """Return the likelihood of a unit's draw over its mean, shape (draws,)."""
        return self.units.get(unit, np.ones(self.joint.shape[2]))

    def _pair_like(self, pair: str) -> np.ndarray:
        """Return the chance that a pair shares the common draw, shape (shares, withins, draws)."""
        alike = self.shares[:, None, None] * self._pair(pair)
        return np.asarray(alike / np.maximum(mixed(self._pair(pair), self.shares), LEAST))

    def _unit_like(self, unit: Unit) -> np.ndarray:
        """Return the chance that a unit shares its pair's draw, shape (withins, draws)."""
        own, chance = self._own(unit), self.withins[:, None]
        return np.asarray(chance * own / np.maximum(chance * own + (1.0 - chance), LEAST))

    def _pair_draws(self, pair: str) -> np.ndarray:
        """Return the weights of ``withins`` and of a pair's draw, shape (withins, draws)."""
        like = (self.joint * self._pair_like(pair)).sum(axis=0)
        apart = np.maximum(self.joint.sum(axis=(0, 2)) - like.sum(axis=1), 0.0)
        own = self._pair(pair)
        return np.asarray(like + apart[:, None] * own / own.sum(axis=1, keepdims=True))


def mixed(each: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Return likelihoods, shape (shares, ...), where a draw is shared or else any of the prior.

    Parameters
    ----------
    each : ndarray, shape (..., draws)
        Likelihood at each draw.
    shares : ndarray
        Chances that the draw is shared.

    Examples
    --------
    >>> mixed(np.array([0.5, 1.5]), np.array([0.0, 1.0]))
    array([[1. , 1. ],
           [0.5, 1.5]])
    """
    chance = shares.reshape((-1,) + (1,) * each.ndim)
    return np.asarray(chance * each + (1.0 - chance) * each.mean(axis=-1, keepdims=True))


def learned(
    likelihood: np.ndarray,
    units: Sequence[Unit],
    disputes: Sequence[str],
    *,
    shares: np.ndarray = SHARES,
    withins: np.ndarray = WITHIN,
) -> Posterior:
    """Return the posterior given decisions.

    Parameters
    ----------
    likelihood : ndarray, shape (draws, n)
        Log probability of what happened in each decision at each draw.
    units : sequence of Unit, length n
        Which governments, under which administration, each decision is of.
    disputes : sequence of str, length n
        Which quarrel each decision is of.
    shares, withins : ndarray
        Values of the two chances of sharing, all equally likely; with ``ALONE`` as ``withins``
        administrations of a pair do not differ.

    Examples
    --------
    >>> table = np.log([[0.9, 0.9], [0.1, 0.1]])
    >>> found = learned(table, [Unit("us-eu", "A"), Unit("us-japan", "A")], ["a", "b"])
    >>> asked = Unit("us-eu", "A"), Unit("us-eu", "B"), Unit("us-india", "B")
    >>> known, new, other = (found.weights(unit)[0] for unit in asked)
    >>> bool(known > new > other > 0.5)
    True
    """
    draws = len(likelihood)
    tempered = likelihood * power_of(list(disputes))
    own: dict[Unit, np.ndarray] = {}
    pairs: dict[str, np.ndarray] = {}
    for unit in dict.fromkeys(units):
        places = [k for k, one in enumerate(units) if one == unit]
        total = tempered[:, places].sum(axis=1)
        each = np.exp(total - total.max())
        own[unit] = each / each.mean()
        so_far = pairs.get(unit.pair, np.ones((len(withins), draws))) * mixed(own[unit], withins)
        pairs[unit.pair] = so_far / so_far.max()
    joint, part = np.ones((len(shares), len(withins), draws)), np.empty((len(withins), draws))
    for each in pairs.values():
        mean = each.mean(axis=1, keepdims=True)
        for so_far, chance in zip(joint, shares, strict=True):
            np.multiply(each, chance, out=part)  # as `mixed`, in parts that a cache holds
            part += (1.0 - chance) * mean
            so_far *= part
        joint /= joint.max()
    return Posterior(joint / joint.sum(), shares, withins, pairs, own)


def ranks(
    learn: Callable[[np.ndarray, np.random.Generator], Posterior],
    values: np.ndarray,
    units: Sequence[Unit],
    *,
    sets: int,
    seed: int,
    of: Unit | None = None,
    withins: np.ndarray = WITHIN,
) -> np.ndarray:
    """Return where true parameters lie in the posteriors of made-up records, 0 to 1.

    Simulation-based calibration (Talts et al. 2018, arXiv:1804.06788): a draw is taken as the
    truth, a record is made of it, the draw is learned from the record; over many records the ranks
    of the truth are uniform if nothing is wrong. Pairs are like the others or not and units like
    their pair or not, by chances from the two grids.

    Parameters
    ----------
    learn : callable
        Makes up a record and returns what is learned from it, given the draw of each decision,
        shape (n,), and a generator; see :func:`negotiation.hindcast.made_up.learning`.
    values : ndarray, shape (draws, parameters)
    units : sequence of Unit, length n
        Of the decisions.
    sets : int
        Records.
    seed : int
    of : Unit, optional
        Whose parameters; by default the common ones. It may be one without a decision.
    withins : ndarray
        Values of the chance that a unit is like its pair.

    Returns
    -------
    ndarray, shape (sets, parameters)
    """
    rng = np.random.default_rng(seed)
    draws = len(values)
    asked = [*units, of] if of else units
    found = np.zeros((sets, values.shape[1]))
    for s in range(sets):
        common, drawn = made_up(asked, draws, withins, rng)
        truth = drawn[of] if of else common
        posterior = learn(np.array([drawn[unit] for unit in units], np.int64), rng)
        others = np.arange(draws) != truth
        # the truth itself is among the draws: it is weighed like any other, and ties are split
        weight = posterior.weights(of) if of else posterior.common
        below = values[others] < values[truth]
        same = values[others] == values[truth]
        own = weight[truth] * rng.random(values.shape[1])
        tied = (weight[others][:, None] * same).sum(axis=0) * rng.random(values.shape[1])
        found[s] = (weight[others][:, None] * below).sum(axis=0) + own + tied
    return found


def made_up(
    units: Sequence[Unit], draws: int, withins: np.ndarray, rng: np.random.Generator
) -> tuple[int, dict[Unit, int]]:
    """Return a common draw, and the draw of each unit, by the rule of the two levels."""
    common = int(rng.integers(draws))
    share, within = float(rng.choice(SHARES)), float(rng.choice(withins))
    of_pair: dict[str, int] = {}
    found: dict[Unit, int] = {}
    for unit in dict.fromkeys(units):
        if unit.pair not in of_pair:
            shared = rng.random() < share
            of_pair[unit.pair] = common if shared else int(rng.integers(draws))
        shared = rng.random() < within
        found[unit] = of_pair[unit.pair] if shared else int(rng.integers(draws))
    return common, found
