"""What the trade model accepts: every array is checked once, before any algebra."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import InputError, OutOfRange, UnknownName

Floats = NDArray[np.float64]
DEFICIT_RULES = ("zero", "share")


def checked_inputs(
    flows: ArrayLike,
    base_tariffs: ArrayLike,
    new_tariffs: ArrayLike,
    elasticities: ArrayLike,
    value_added_share: float,
    deficits: str,
) -> tuple[Floats, Floats, Floats, Floats, float]:
    """Return the inputs of the trade model as float arrays, or raise one clear sentence.

    Parameters
    ----------
    flows, base_tariffs, new_tariffs, elasticities, value_added_share, deficits
        As in `negotiation.economy.trade_model.solve`.

    Returns
    -------
    tuple
        flows (N, N, S), base tariffs (N, N, S), new tariffs (N, N, S) or (B, N, N, S),
        elasticities (S,), value-added share.

    Raises
    ------
    InputError
        For a wrong shape or a number that is not allowed.

    Examples
    --------
    >>> checked_inputs([[1.0]], 0, 0, 4, 1.0, "zero")
    Traceback (most recent call last):
    ...
    negotiation.errors.InputError: flows has shape (1, 1); allowed: (N, N, S) with N >= 2.
    """
    if deficits not in DEFICIT_RULES:
        raise UnknownName("deficit rule", deficits, DEFICIT_RULES, "deficits")
    x = _numbers("flows", flows)
    if x.ndim != 3 or x.shape[0] != x.shape[1] or x.shape[0] < 2 or x.shape[2] < 1:
        raise InputError(f"flows has shape {x.shape}; allowed: (N, N, S) with N >= 2.")
    _each("flows", x, (x >= 0) & np.isfinite(x), "finite and >= 0")
    for name, axis in (("sells", (1, 2)), ("buys", (0, 2))):
        idle = np.flatnonzero(x.sum(axis=axis) <= 0)
        if idle.size:
            raise InputError(f"flows: region {idle[0]} {name} nothing; allowed: a positive sum.")
    t0 = _tariffs("base_tariffs", base_tariffs, x.shape, batch=False)
    _each("base_tariffs", t0, np.isfinite(t0), "finite")
    t1 = _tariffs("new_tariffs", new_tariffs, x.shape, batch=True)
    eps = _numbers("elasticities", elasticities)
    if eps.ndim == 0:
        eps = np.full(x.shape[2], float(eps))
    if eps.shape != x.shape[2:]:
        raise InputError(
            f"elasticities has shape {eps.shape}; allowed: ({x.shape[2]},), one a sector of flows."
        )
    _each("elasticities", eps, (eps > 0) & np.isfinite(eps), "finite and > 0")
    beta = _numbers("value_added_share", value_added_share)
    if beta.ndim != 0 or not 0.0 < float(beta) <= 1.0:
        raise OutOfRange("value_added_share", value_added_share, "0 < share <= 1")
    return x, t0, t1, eps, float(beta)


def _tariffs(name: str, values: ArrayLike, shape: tuple[int, ...], *, batch: bool) -> Floats:
    t = _numbers(name, values)
    if not (t.shape == shape or (batch and t.ndim == 4 and t.shape[1:] == shape)):
        more = f" or (B, {', '.join(map(str, shape))})" if batch else ""
        raise InputError(f"{name} has shape {t.shape}; allowed: {shape}{more}, as flows.")
    _each(name, t, t > -1.0, "> -1 (fractions: 0.3 is 30 percent)")
    return t


def _numbers(name: str, values: ArrayLike) -> Floats:
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise InputError(f"{name} is not an array of numbers; allowed: real numbers.") from None


def _each(name: str, values: Floats, good: NDArray[np.bool_], allowed: str) -> None:
    if not good.all():
        where = tuple(int(k) for k in np.argwhere(~good)[0])
        place = f"{name}[{', '.join(map(str, where))}]"
        raise OutOfRange(place, float(values[where]), allowed)
