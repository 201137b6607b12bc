"""What one issue's values are worth to one party.

Each evaluator maps the values of an issue to numbers; the profile's weights add them up. GENIUS
10.4 treats the kinds of issue differently: the ratings of a discrete issue are divided by the
largest, an integer issue is counted from its lower bound, and a real issue is taken as it is.
GeniusWeb and NegMAS take every number as it is.
"""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

from negotiation.errors import InputError, shortened

NO_RATING = 1e-5  # at or below this largest rating GENIUS takes the whole issue as worth 0

FloatArray = NDArray[np.float64]


def require_number(what: str, value: Any, low: float = -math.inf, high: float = math.inf) -> None:
    """Refuse a number that is not finite or lies outside [low, high].

    Examples
    --------
    >>> require_number("weight", -1.0, low=0)
    Traceback (most recent call last):
    ...
    negotiation.errors.InputError: weight must be a finite number of at least 0, not -1.0.
    """
    number = isinstance(value, Real) and not isinstance(value, bool)
    if number and abs(value) <= sys.float_info.max and low <= value <= high:
        return
    allowed = "a finite number"
    if low > -math.inf:
        allowed += f" of at least {low:g}"
    if high < math.inf:
        allowed += f" and at most {high:g}" if low > -math.inf else f" of at most {high:g}"
    raise InputError(f"{what} must be {allowed}, not {shortened(value)}.")


@dataclass(frozen=True)
class Ratings:
    """A rating for each value of a discrete issue; worth = rating / largest.

    A negative rating makes a negative worth, as in GENIUS.

    Examples
    --------
    >>> Ratings((1.0, 4.0)).worth(np.zeros(2)), Ratings((-1.0, 4.0)).worth(np.zeros(2))
    (array([0.25, 1.  ]), array([-0.25,  1.  ]))
    """

    evaluations: tuple[float, ...]

    def __post_init__(self) -> None:
        for evaluation in self.evaluations:
            require_number("evaluation", evaluation)

    def worth(self, values: FloatArray) -> FloatArray:
        """Return the worth of each value, shape (number of values,); positions, not numbers."""
        ratings = np.array(self.evaluations, dtype=np.float64)
        top = ratings.max()
        with np.errstate(over="ignore"):
            return np.zeros_like(ratings) if top < NO_RATING else ratings / top


@dataclass(frozen=True)
class Worths:
    """What each value of an issue is worth, in its order there, as it stands.

    Examples
    --------
    >>> Worths((1.0, 4.0)).worth(np.zeros(2))
    array([1., 4.])
    """

    worths: tuple[float, ...]

    def __post_init__(self) -> None:
        for worth in self.worths:
            require_number("worth", worth)

    def worth(self, values: FloatArray) -> FloatArray:
        """Return the worth of each value, shape (number of values,)."""
        return np.array(self.worths, dtype=np.float64)


@dataclass(frozen=True)
class Linear:
    """``clip(slope * (value - start) + offset, 0, 1)``.

    ``start`` is the lower bound of an integer issue and 0 for a real one: GENIUS shifts the
    one and not the other.

    Examples
    --------
    >>> Linear(slope=0.1, offset=0.3, start=-5).worth(np.array([-5.0, 0.0, 5.0]))
    array([0.3, 0.8, 1. ])
    """

    slope: float
    offset: float
    start: float = 0.0

    def __post_init__(self) -> None:
        require_number("slope", self.slope)
        require_number("offset", self.offset)

    def worth(self, values: FloatArray) -> FloatArray:
        """Return the worth of each value, same shape."""
        with np.errstate(over="ignore"):  # an overflow is clipped like any large number
            return np.clip(self.slope * (values - self.start) + self.offset, 0.0, 1.0)


@dataclass(frozen=True)
class Constant:
    """The same worth for every value: the party does not care about this issue.

    Examples
    --------
    >>> Constant(0.5).worth(np.array([1.0, 2.0]))
    array([0.5, 0.5])
    """

    level: float

    def __post_init__(self) -> None:
        require_number("constant evaluation", self.level, low=0, high=1)

    def worth(self, values: FloatArray) -> FloatArray:
        """Return the worth of each value, same shape."""
        return np.full(values.shape, self.level)


@dataclass(frozen=True)
class Triangular:
    """0 outside [lower, upper), rising in a straight line to 1 at ``top`` and falling again.

    As in GENIUS ``upper`` itself is worth 0 even where ``top`` equals it.

    Examples
    --------
    >>> Triangular(lower=0, upper=4, top=1).worth(np.array([0.0, 0.5, 1.0, 2.5, 4.0]))
    array([0. , 0.5, 1. , 0.5, 0. ])
    """

    lower: float
    upper: float
    top: float

    def __post_init__(self) -> None:
        for name in ("lower", "upper", "top"):
            require_number(f"triangular {name}", getattr(self, name))
        if not self.lower <= self.top <= self.upper:
            raise InputError(
                f"the top {self.top!r} of a triangular evaluator must lie between its ends "
                f"{self.lower!r} and {self.upper!r}."
            )
        require_number("the width of a triangular evaluator", self.upper - self.lower)

    def worth(self, values: FloatArray) -> FloatArray:
        """Return the worth of each value, same shape."""
        inside = (self.lower <= values) & (values < self.upper)
        safe = np.where(inside, values, self.lower)
        rise = (safe - self.lower) / ((self.top - self.lower) or 1.0)
        fall = 1.0 - (safe - self.top) / ((self.upper - self.top) or 1.0)
        return np.where(inside, np.where(values < self.top, rise, fall), 0.0)


Evaluator = Ratings | Worths | Linear | Constant | Triangular
