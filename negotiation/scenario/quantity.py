"""A number with its unit, its mark and its source, and how uncertain it is.

A scenario is only as good as its numbers, so each of them says where it
comes from (its *mark* and *source*) and, where it is uncertain, how far it may lie from the
central value (its *distribution*). A bare number is accepted from a user's own file or
``--set`` and is marked ``user``.
"""

from __future__ import annotations

import math
import sys
from array import array
from functools import lru_cache
from statistics import NormalDist
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from negotiation.errors import OutOfRange
from negotiation.scenario.problems import InSentences

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

Mark = Literal[
    "article",
    "retrieved",
    "memory",
    "derived",
    "computed",
    "guess",
    "definition",
    "posterior",
    "neutral",
    "user",
]
Kind = Literal[
    "fixed",
    "uniform",
    "triangular",
    "normal",
    "lognormal",
    "logitnormal",
    "beta",
    "choice",
    "draws",
]
LISTED = ("choice", "draws")  # distributions over listed values
LARGEST = 1e12  # beyond it a number is a slip of the keyboard, and sums lose their digits
Finite = Annotated[float, Field(allow_inf_nan=False, ge=-LARGEST, le=LARGEST, strict=False)]

Z90 = 1.6448536269514722  # 95th percentile of the standard normal
LARGEST_LOG = math.log(sys.float_info.max)  # whose exponential is a number
TAIL = 1e-9  # what of an unbounded distribution may lie outside the allowed range


class Quantity(BaseModel, metaclass=InSentences):
    """One scenario number: central value, unit, provenance and, if uncertain, its distribution.

    Notes
    -----
    ``low`` and ``high`` are the ends of a uniform, triangular or scaled beta distribution, and
    the 5th and 95th percentile of a normal, lognormal or logit-normal one, whose median is
    ``value``. The last is for probabilities: its log-odds are normal, so it stays in (0, 1).
    A triangular distribution has its mode at ``value``. Numbers with the distribution ``draws``
    are drawn together: one lot picks a place, and every such number of the scenario takes the
    entry of ``values`` at that place (:mod:`negotiation.scenario.joint_draws`).

    Examples
    --------
    >>> Quantity(value=2.0, unit="$bn", low=1.0, high=5.0, distribution="triangular").support()
    (1.0, 5.0)
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: Finite = Field(description="central value")
    unit: str = Field("", description="unit of the value")
    mark: Mark = Field("user", description="where the number comes from")
    source: str = Field("", description="who says so, or why this guess")
    low: Finite | None = Field(None, description="low end, or 5th percentile")
    high: Finite | None = Field(None, description="high end, or 95th percentile")
    distribution: Kind = Field("fixed", description="how the number is drawn in each run")
    shape: tuple[Finite, ...] = Field((), description="beta: a and b; choice, draws: the weights")
    values: tuple[Finite, ...] = Field((), description="choice, draws: the values")

    @model_validator(mode="before")
    @classmethod
    def _bare_number(cls, data: Any) -> Any:
        if isinstance(data, bool):
            raise ValueError("a truth value is not a number")
        if isinstance(data, int | float):
            return {"value": data, "mark": "user", "source": "set by the user"}
        return data

    @model_validator(mode="after")
    def _has_support(self) -> Self:
        kind = self.distribution
        low, high = self.low, self.high
        if (
            kind not in ("fixed", *LISTED)
            and low is not None
            and high is not None
            and not low < high
        ):
            raise ValueError(
                f"the {kind} distribution has no support: "
                f"low = {low:g} is not below high = {high:g}"
            )
        if (low is not None and self.value < low) or (high is not None and self.value > high):
            raise ValueError(
                f"value = {self.value:g} lies outside its own range "
                f"[{'' if low is None else f'{low:g}'}, {'' if high is None else f'{high:g}'}]"
            )
        if kind == "fixed":
            return self
        if kind in LISTED:
            if not self.values or len(self.values) != len(self.shape):
                raise ValueError(
                    f"a {kind} distribution needs as many weights (shape) as values, at least one"
                    if kind == "draws"
                    else "a choice needs as many weights (shape) as values, at least one"
                )
            if min(self.shape) < 0 or not math.isclose(sum(self.shape), 1.0, abs_tol=1e-9):
                raise ValueError("the weights of a choice must be non-negative and sum to 1")
            if kind == "choice" and self.value not in self.values:
                raise ValueError(f"value = {self.value:g} is none of the values of its choice")
            return self
        if self.low is None or self.high is None:
            raise ValueError(f"a {kind} distribution needs low and high")
        if kind == "beta" and (len(self.shape) != 2 or min(self.shape) <= 0):
            raise ValueError("a beta distribution needs shape = [a, b], both above 0")
        if kind == "lognormal" and self.low <= 0:
            raise ValueError("a lognormal distribution needs low above 0")
        if kind == "logitnormal" and not 0 < self.low < self.value < self.high < 1:
            raise ValueError("a logitnormal distribution needs 0 < low < value < high < 1")
        return self

    @property
    def uncertain(self) -> bool:
        """Whether the number is drawn in each run."""
        return self.distribution != "fixed"

    def support(self) -> tuple[float, float]:
        """Return the smallest and largest value that can be drawn."""
        if self.distribution in LISTED:
            return min(self.values), max(self.values)
        if self.distribution in ("uniform", "triangular", "beta"):
            assert self.low is not None and self.high is not None
            return self.low, self.high
        ends = {
            "normal": (-math.inf, math.inf),
            "lognormal": (0.0, math.inf),
            "logitnormal": (0.0, 1.0),
        }
        return ends.get(self.distribution, (self.value, self.value))

    def quantiles(self, probabilities: ArrayLike) -> Any:
        """Return the quantile function at ``probabilities`` (array in, array out).

        Examples
        --------
        >>> float(Quantity(value=0, low=-1, high=1, distribution="uniform").quantiles(0.75))
        0.5
        """
        import numpy as np

        p = np.asarray(probabilities, dtype=float)
        if not ((p >= 0) & (p <= 1)).all():
            raise OutOfRange("probabilities", probabilities, "from 0 to 1")
        if self.distribution == "fixed":
            return np.full_like(p, self.value)
        if self.distribution in LISTED:
            values, weights = np.asarray(self.values), np.asarray(self.shape)
            if self.distribution == "draws":  # in the order of the lines, not of the values
                order = np.argsort(values, kind="stable")
                values, weights = values[order], weights[order]
            steps = np.cumsum(weights)
            index = np.minimum(np.searchsorted(steps, p, side="right"), len(values) - 1)
            return values[index]
        low, high = float(self.low or 0.0), float(self.high or 0.0)
        if self.distribution == "uniform":
            return low + (high - low) * p
        if self.distribution == "triangular":
            width, left = high - low, self.value - low
            rising = low + np.sqrt(p * width * left)
            falling = high - np.sqrt((1 - p) * width * (high - self.value))
            return np.where(p * width < left, rising, falling)
        if self.distribution == "beta":
            from scipy.special import betaincinv

            return low + (high - low) * betaincinv(self.shape[0], self.shape[1], p)
        z = np.array(standard_normal(p.tobytes())).reshape(p.shape)
        middle, below, above = self.halves()
        x = middle + z * np.where(z < 0, below, above) / Z90
        with np.errstate(over="ignore"):
            odds = np.exp(x) if self.distribution == "lognormal" else np.exp(-x)
        return {"normal": x, "lognormal": odds}.get(self.distribution, 1 / (1 + odds))

    def halves(self) -> tuple[float, float, float]:
        """Return the median, and how far below and above it the 5th and 95th percentile are.

        Of a number that is normal; of its logarithm if it is lognormal, of its log-odds if it is
        logit-normal.
        """
        scale: Any = math.log if self.distribution == "lognormal" else float
        if self.distribution == "logitnormal":
            scale = log_odds
        ends = self.low or 0.0, self.value, self.high or 0.0
        bottom, middle, top = (float(scale(x)) for x in ends)
        return middle, middle - bottom, top - middle

    def pinned(self, value: float | None = None) -> Quantity:
        """Return the same quantity without its distribution, at ``value`` or its centre."""
        return Quantity(
            value=self.value if value is None else value,
            unit=self.unit,
            mark=self.mark,
            source=self.source,
        )


@lru_cache(maxsize=16)
def standard_normal(probabilities: bytes) -> tuple[float, ...]:
    """Return the standard normal quantiles of an array of probabilities, given as its bytes.

    Without SciPy, whose import takes longer than most scenarios; most numbers ask for the same.

    Examples
    --------
    >>> standard_normal(array("d", [0.0, 0.5, 0.95]).tobytes())
    (-inf, 0.0, 1.6448536269514715)
    """
    quantile, ends = NormalDist().inv_cdf, {0.0: -math.inf, 1.0: math.inf}
    return tuple(ends[p] if p in ends else quantile(p) for p in array("d", probabilities))


def log_odds(p: float) -> float:
    """Return the logarithm of the odds of a probability."""
    return math.log(p / (1 - p))


def number(
    default: float | None,
    unit: str,
    doc: str,
    *,
    ge: float | None = None,
    le: float | None = None,
    gt: float | None = None,
) -> Any:
    """Declare a scenario number: its neutral default, unit, meaning and allowed range.

    A ``default`` of None makes the number obligatory. A share or a probability without a stated
    range lies between 0 and 1.
    """
    if unit in ("share", "probability") and ge is le is gt is None:
        ge, le = 0, 1
    extra: dict[str, Any] = {"unit": unit, "ge": ge, "le": le, "gt": gt}
    extra = {k: v for k, v in extra.items() if v is not None}
    if default is None:
        return Field(description=doc, json_schema_extra=extra)
    neutral = Quantity(value=default, unit=unit, mark="neutral", source="not stated: the default")
    return Field(neutral, description=doc, json_schema_extra=extra)


def check_range(quantity: Quantity, extra: dict[str, Any]) -> None:
    """Raise ValueError when a value, or a value that may be drawn, is outside the allowed range."""
    low, high = quantity.support()
    if quantity.distribution in ("normal", "lognormal"):
        middle, below, above = quantity.halves()
        z = NormalDist().inv_cdf(1 - TAIL) / Z90  # as `quantiles` has it, without loading scipy
        low, high = middle - z * below, middle + z * above
        if quantity.distribution == "lognormal":
            low, high = (math.exp(x) if x < LARGEST_LOG else math.inf for x in (low, high))
    ends = {
        "value": quantity.value,
        "low end of the distribution": low,
        "high end of the distribution": high,
    }
    for what, x in ends.items():
        name = "" if what == "value" else f"{what} "
        if "ge" in extra and x < extra["ge"]:
            raise ValueError(
                f"{name}{x:g} is below {extra['ge']:g}; allowed: {allowed_text(extra)}"
            )
        if "gt" in extra and x <= extra["gt"]:
            raise ValueError(
                f"{name}{x:g} is not above {extra['gt']:g}; allowed: {allowed_text(extra)}"
            )
        if "le" in extra and x > extra["le"]:
            raise ValueError(
                f"{name}{x:g} is above {extra['le']:g}; allowed: {allowed_text(extra)}"
            )
    if quantity.unit and extra.get("unit") and quantity.unit != extra["unit"]:
        raise ValueError(f"unit {quantity.unit!r} should be {extra['unit']!r}")


def allowed_text(extra: dict[str, Any]) -> str:
    """Return the allowed range as words.

    Examples
    --------
    >>> allowed_text({"ge": 0, "le": 1})
    'from 0 to 1'
    """
    high = f"to {extra['le']:g}" if "le" in extra else ""
    if "ge" in extra:
        return f"from {extra['ge']:g} {high}" if high else f"{extra['ge']:g} or more"
    if "gt" in extra:
        return f"above {extra['gt']:g}" + (f", up {high}" if high else "")
    return f"up {high}" if high else "any number"
