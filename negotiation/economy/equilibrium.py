"""Newton's method for the wages that clear every labour market, many tariffs at once.

Incomes are closed form given wages, so only N - 1 log wages are unknown. With roundabout
inputs the price indices solve a fixed point of their own, which Newton's method finds in a
handful of steps because its derivative is the matrix of expenditure shares. Both
derivatives are written out, so the method converges quadratically; three steps are usual.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError

Floats = NDArray[np.float64]

TOLERANCE = 1e-12
PRICE_TOLERANCE = 1e-13
MAX_STEPS = 100
LONGEST_STEP = 0.5  # in log wages: keeps the first steps inside the economy
SHORTEST_PART = 1 / 1024  # of the way from old to new tariffs
RIDGE = 1e-14  # a closed economy's wage is free; this picks one instead of dividing by zero


class Base(NamedTuple):
    """The base year as shares."""

    origin_share: Floats  # (N, N, S) of the importer's spending on the sector
    sector_share: Floats  # (N, S) of the region's spending
    output: Floats  # (N,) $bn
    spending: Floats  # (N,) $bn
    deficit_share: Floats  # (N,) transfer received over world output

    @classmethod
    def of(cls, flows: Floats, tariffs: Floats) -> Base:
        """Return the shares of these flows under these tariffs."""
        paid = (1.0 + tariffs) * flows
        by_sector = paid.sum(axis=0)
        spending = by_sector.sum(axis=1)
        output = flows.sum(axis=(1, 2))
        home = np.broadcast_to(np.eye(len(flows))[:, :, None], flows.shape)
        # a sector that nobody buys from has weight zero; calling it home-made avoids 0/0
        origin = np.where(by_sector > 0, paid / np.where(by_sector > 0, by_sector, 1.0), home)
        deficit = spending - output - (tariffs * flows).sum(axis=(0, 2))
        return cls(origin, by_sector / spending[:, None], output, spending, deficit / output.sum())


class Hats(NamedTuple):
    """A batch of B equilibria in ratios (wages, prices) and $bn (the rest)."""

    wages: Floats  # (B, N)
    prices: Floats  # (B, N)
    spending: Floats  # (B, N)
    flows: Floats  # (B, N, N, S) at the border
    revenue: Floats  # (B, N)
    residual: Floats  # (B,)


def solve_hats(base: Base, new: Floats, old: Floats, eps: Floats, beta: float) -> Hats:
    """Solve a batch of tariff changes.

    Parameters
    ----------
    base : Base
        The base year.
    new : ndarray, (B, N, N, S)
        New tariffs.
    old : ndarray, (N, N, S)
        Tariffs of the base year.
    eps : ndarray, (S,)
        Trade elasticities.
    beta : float
        Value-added share.

    Returns
    -------
    Hats

    Raises
    ------
    InputError
        If no equilibrium is found.
    """
    with np.errstate(all="ignore"):  # what is not finite at the end is reported below
        hats = _newton(base, new, old, eps, beta, np.zeros((len(new), len(base.output))))
        for case in np.flatnonzero(~_solved(hats)):
            alone = _little_by_little(base, new[case], old, eps, beta)
            for whole, part in zip(hats, alone, strict=True):
                whole[case] = part[0]
    bad = np.flatnonzero(~_solved(hats))
    if bad.size:
        raise InputError(
            f"new_tariffs: no equilibrium found for case {bad[0]} "
            f"(excess demand {hats.residual[bad[0]]:.1e}); allowed: tariffs that leave enough "
            'trade for the deficits, or deficits="zero".'
        )
    return hats


def _solved(hats: Hats) -> NDArray[np.bool_]:
    """Return in which cases every market cleared."""
    cleared: NDArray[np.bool_] = hats.residual <= 1e3 * TOLERANCE
    return cleared & np.isfinite(hats.prices).all(1)


def _little_by_little(base: Base, new: Floats, old: Floats, eps: Floats, beta: float) -> Hats:
    """Return one equilibrium, followed from the old tariffs; a part that fails is halved."""
    kept_old, kept_new = 1.0 / (1.0 + old), 1.0 / (1.0 + new)
    wages = np.ones((1, len(base.output)))
    done, part = 0.0, 0.25
    while True:
        upto = min(1.0, done + part)
        # linear in what is left of a dollar, in which even a closed route (an infinite tariff) is
        # finite
        between = 1.0 / ((1.0 - upto) * kept_old + upto * kept_new) - 1.0
        hats = _newton(base, between[None], old, eps, beta, np.log(wages))
        if _solved(hats)[0]:
            done, wages, part = upto, hats.wages, 1.5 * part
        elif part > SHORTEST_PART:
            part *= 0.5
            continue
        if done == 1.0 or done < upto:
            return hats


def _newton(base: Base, new: Floats, old: Floats, eps: Floats, beta: float, log_w: Floats) -> Hats:
    """Return the equilibria that Newton's method finds from these log wages, (B, N)."""
    n, batch = len(base.output), len(new)
    identity = np.eye(n)
    kept = 1.0 / (1.0 + new)  # the share of the buyer's dollar that reaches the border
    pull = base.origin_share * ((1.0 + new) / (1.0 + old)) ** -eps
    log_w = log_w.copy()
    log_p = np.zeros((batch, n))
    polished = False
    for _ in range(MAX_STEPS):
        log_p, share, weight = _prices(base, pull, log_w, log_p, eps, beta)
        wage_bill = np.exp(log_w) * base.output
        reach = share * weight * kept  # exporter's receipts per dollar the importer spends
        s = reach.sum(axis=3)
        world = wage_bill.sum(axis=1, keepdims=True)
        spending = (wage_bill + base.deficit_share * world) / s.sum(axis=1)
        # relative to the wage bill, so that one tolerance serves large and small regions
        excess = (s @ spending[:, :, None])[:, :, 0] / wage_bill - 1.0
        residual = np.abs(excess).max(axis=1)
        if polished:
            break
        jacobian = _jacobian(base, share, weight, reach, s, spending, wage_bill, excess, eps, beta)
        # by Walras' law the last market clears with the others, and its wage is the unit of account
        reduced = jacobian[:, :-1, :-1] - RIDGE * identity[:-1, :-1]
        try:
            step = np.linalg.solve(reduced, -excess[:, :-1, None])[:, :, 0]
        except np.linalg.LinAlgError:
            break
        polished = not (residual > TOLERANCE).any()  # one more step makes it exact to rounding
        log_w[:, :-1] += np.clip(step, -LONGEST_STEP, LONGEST_STEP)
    cost = share * weight * spending[:, None, :, None]
    flows = cost * kept
    return Hats(
        np.exp(log_w), np.exp(log_p), spending, flows, (cost - flows).sum(axis=(1, 3)), residual
    )


def _prices(
    base: Base, pull: Floats, log_w: Floats, log_p: Floats, eps: Floats, beta: float
) -> tuple[Floats, Floats, Floats]:
    """Return log price indices, origin shares and sector weights at these wages."""
    identity = np.eye(len(base.output))
    alpha = base.sector_share
    for _ in range(MAX_STEPS):
        log_c = beta * log_w + (1.0 - beta) * log_p
        num = pull * np.exp(-log_c[:, :, None, None] * eps)
        phi = num.sum(axis=1)
        implied = -(alpha / eps * np.log(phi)).sum(axis=2)
        share = num / phi[:, None]
        # without inputs the price index does not enter cost
        if beta == 1.0:
            return implied, share, alpha
        gap = implied - log_p
        if not (np.abs(gap) > PRICE_TOLERANCE).any():
            break
        use = (share * alpha).sum(axis=3).swapaxes(1, 2)  # buyer x origin
        # Newton: d implied / d log_p = (1 - beta) times the expenditure shares (Shephard's lemma)
        log_p = log_p + np.linalg.solve(identity - (1.0 - beta) * use, gap[:, :, None])[:, :, 0]
    return log_p, share, alpha


def _jacobian(
    base: Base, share: Floats, weight: Floats, reach: Floats, s: Floats, spending: Floats,
    wage_bill: Floats, excess: Floats, eps: Floats, beta: float,
) -> Floats:  # fmt: skip
    """Return d excess_i / d log w_m, shape (B, N, N)."""
    n = len(base.output)
    identity = np.eye(n)
    use = (share * weight).sum(axis=3).swapaxes(1, 2)
    # the price fixed point differentiated: dP = use (beta dw + (1 - beta) dP)
    d_price = np.linalg.solve(identity - (1.0 - beta) * use, beta * use)
    d_cost = beta * identity + (1.0 - beta) * d_price  # producer x wage
    elastic = reach * eps
    # d log share_ijs = -eps_s (d log c_i - sum_k share_kjs d log c_k)
    cross = np.einsum("bijs,bkjs->bijk", elastic, share, optimize=True)
    d_s = np.einsum("bijk,bkm->bijm", cross, d_cost, optimize=True)
    d_s -= elastic.sum(axis=3)[..., None] * d_cost[:, :, None, :]
    d_world = base.deficit_share[:, None] * wage_bill[:, None, :]
    d_income = identity * wage_bill[:, :, None] + d_world
    d_spending = (d_income - spending[:, :, None] * d_s.sum(axis=1)) / s.sum(axis=1)[:, :, None]
    d_demand = np.einsum("bijm,bj->bim", d_s, spending) + s @ d_spending
    jacobian: Floats = d_demand / wage_bill[:, :, None] - (1.0 + excess)[:, :, None] * identity
    return jacobian
