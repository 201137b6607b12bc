"""Random drafts of the size of a run's, and J as the textbook writes it, in NumPy."""

from __future__ import annotations

import numpy as np
from scipy.special import expit, log_expit

from negotiation.solvers.draft_problem import TYPES, new_problem


def random_problem(seed, issues=None, **changes):
    """A problem with numbers of the size of the shipped scenario's, in $bn a year.

    Some issues bring the receiver more by the piece and two pairs are linked, so J need not be
    concave.
    """
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 12)) if issues is None else issues
    giver = rng.integers(0, 2, n)
    gives = np.arange(2)[:, None] == giver
    cost = rng.lognormal(0.5, 0.8, n)
    numbers = {
        "issues": n,
        "giver": giver,
        "reach": rng.uniform(0.2, 1.0, n),
        "mandate": np.ones(n),
        "ready": rng.random(n) < 0.8,
        "offered": rng.uniform(0.0, 0.4, n),
        "alpha": np.where(gives, -0.8 * cost, rng.lognormal(0.8, 0.8, n)),
        "beta": np.where(gives, -rng.uniform(0.0, 4.0, n), 0.0),
        "tau": np.where(gives & (rng.random(n) < 0.3), -rng.uniform(0.0, 8.0, n), 0.0),
        "cross": np.where(~gives & (rng.random(n) < 0.3), rng.uniform(0.0, 8.0, n), 0.0),
        "bend_alpha": np.where(gives, -0.4 * cost, rng.uniform(-0.5, 0.3, (2, n))),
        "bend_beta": np.where(gives, rng.uniform(-0.5, 0.1, n), 0.0),
        "bend_tau": np.where(gives, -rng.uniform(0.0, 0.5, n), 0.0),
        "links": 2 if n > 3 else 0,
        "first": [0, 2],
        "second": [1, 3],
        "link": rng.uniform(0.0, 8.0, 2),
        "stance": np.repeat(rng.uniform(0.0, 1.0, (2, 3)), 2, axis=1),
        "trait": np.tile(rng.uniform(0.0, 1.0, (2, 2)), 3),
        "belief": rng.dirichlet(np.ones(TYPES), 2),
        "precision": rng.lognormal(0.0, 0.7, 2),
        "agreement": rng.uniform(0.0, 2.0, 2),
        "aside": rng.uniform(-5.0, 2.0, (2, TYPES)),
        "authority": rng.uniform(0.3, 5.0, 2),
        "groups": rng.integers(0, 5, 2),
        "weight": rng.uniform(0.5, 2.0, (2, 6)),
        "reservation": rng.uniform(-1.0, 2.0, (2, 6)),
        "points": rng.normal(0.5, 1.5, (2, 6, n)),
        "notice": rng.uniform(0.0, 0.15),
        "threshold": rng.uniform(0.3, 0.6, 2),
        "shock": rng.uniform(0.05, 0.3, 2),
        "fall": np.where(gives & (rng.random(n) < 0.5), rng.uniform(2.0, 20.0, n), 0.0),
        "room": rng.uniform(0.0, 15.0, 2),
        "loss": np.where(rng.random(2) < 0.5, 0.0, rng.uniform(0.0, 2.0, 2)),
    }
    return new_problem(**(numbers | changes))


def side_gains(p, i, z):
    """Gains of the six types of side i, and in public expectation, without what hangs on it all."""
    n = int(p["issues"])
    belief, stance, trait = p["belief"], p["stance"], p["trait"]
    other = belief[1 - i] @ trait[1 - i]

    def gain(x, b, t, t2):
        slope = p["alpha"][i, :n] + b * p["beta"][i, :n] + t * p["tau"][i, :n]
        slope = slope + other * p["cross"][i, :n]
        bend = p["bend_alpha"][i, :n] + b * p["bend_beta"][i, :n] + t2 * p["bend_tau"][i, :n]
        return slope * x + 0.5 * bend * x**2

    mean = belief[i] @ stance[i], belief[i] @ trait[i], belief[i] @ trait[i] ** 2
    m = range(int(p["links"]))
    links = sum(p["link"][k] * z[p["first"][k]] * z[p["second"][k]] for k in m)
    table = np.maximum(0.0, -gain(p["offered"][:n], *mean))
    beyond = np.maximum(0.0, -gain(z, *mean) - table)
    beyond = beyond * ((p["giver"][:n] == i) & (z > p["offered"][:n]))
    own = [gain(z, stance[i, m], trait[i, m], trait[i, m] ** 2).sum() + links for m in range(TYPES)]
    room, points = p["room"][i], p["fall"][i, :n] @ z
    below = p["loss"][i] * (past(points - room) - past(-room))
    own = np.array(own) - (beyond**2).sum() / (2 * p["authority"][i])
    return own - below, gain(z, *mean).sum() + links - below


def past(x):
    """How many points count that lie past a mark."""
    return np.where(x < 1.0, 0.5 * np.maximum(x, 0.0) ** 2, x - 0.5)


def survival(p, z):
    """J, the chance that each side signs, and the chance that each passes at home."""
    z = np.asarray(z)[: int(p["issues"])]
    total, signs, passes = 0.0, [], []
    for i in range(2):
        own, public = side_gains(p, i, z)
        x = p["precision"][i] * (p["agreement"][i] + p["aside"][i] + own)
        soft = np.logaddexp(0.0, x)
        log_soft = np.where(x < -30.0, x, np.log(np.maximum(soft, 1e-300)))
        total += p["belief"][i] @ (log_expit(x) + p["prize"] * log_soft)
        signs.append(p["belief"][i] @ expit(x))
        passes.append(1.0)
        if g := int(p["groups"][i]):
            points = p["points"][i, :g, : len(z)] @ z - p["reservation"][i, :g]
            points = points + p["notice"] * (p["agreement"][i] + public)
            support = np.average(expit(points), weights=p["weight"][i, :g])
            above = (support - p["threshold"][i]) / p["shock"][i]
            total += log_expit(above)
            passes[-1] = expit(above)
    return total, np.array(signs), np.array(passes)
