"""What the first extension of the truce is agreed for: how long, and against which concession."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from negotiation.estimates import Estimate, share
from negotiation.outcome import EVENTS

EXTENDED = EVENTS.index("first_deadline_extended")
EVENLY = -1  # in a row: no issue was conceded for it

Terms = Counter[tuple[float, int]]  # runs by days agreed and issue conceded


@dataclass(frozen=True)
class FirstExtension:
    """The terms of the first extension, over the runs that have one.

    Attributes
    ----------
    runs : int
        Those in which the truce is extended at its first deadline.
    days : dict of int to Estimate
        How often it is extended for so many days; adds up to 1.
    price : dict of str to Estimate
        How often a concession on this issue is given for it; issues that never are left out, and
        what is missing to 1 are extensions on even terms.

    Examples
    --------
    >>> terms = Counter({(90.0, EVENLY): 6, (90.0, 0): 1, (180.0, 1): 1})
    >>> found = first_extension(terms, ["chips", "soybeans"])
    >>> found.days[90].p, found.price["soybeans"].p
    (0.875, 0.125)
    """

    runs: int = 0
    days: dict[int, Estimate] = field(default_factory=dict)
    price: dict[str, Estimate] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "runs": self.runs,
            "days": {str(days): e.to_dict() for days, e in self.days.items()},
            "price": {name: e.to_dict() for name, e in self.price.items()},
        }


def terms_of(rows: np.ndarray) -> Terms:
    """Return the terms of the first extensions among rows of ``outcome.ROW``, counted."""
    extended = rows[rows["events"][:, EXTENDED] == 1]
    pairs = zip(extended["first_term"].tolist(), extended["first_demand"].tolist(), strict=True)
    return Counter(pairs)


def first_extension(terms: Terms, issues: list[str]) -> FirstExtension:
    """Return the shares of counted terms."""
    runs = sum(terms.values())
    days: Counter[int] = Counter()
    price: Counter[int] = Counter()
    for (agreed, issue), count in terms.items():
        days[round(agreed)] += count
        price[issue] += count
    return FirstExtension(
        runs,
        {length: share(days[length], runs) for length in sorted(days)},
        {name: share(price[k], runs) for k, name in enumerate(issues) if price[k]},
    )


def added(parts: Iterable[Terms]) -> Terms:
    """Return the sum of terms counted apart."""
    total: Terms = Counter()
    for part in parts:
        total.update(part)
    return total
