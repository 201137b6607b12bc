"""What was known before each decision, as numbers, apart from how it ended.

A forecaster is handed cases and never rows: a case has no outcome, so none can leak into a forecast
of it. An unknown number is not a number here; whoever learns fills it with what is usual.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from negotiation.estimates import effective_size
from negotiation.hindcast.disputes import AMERICAN
from negotiation.hindcast.governments import government_named
from negotiation.history.codes import Binding, Leaders, Outcome, Regime
from negotiation.history.rows import Decision

CODES = tuple(code.value for code in Outcome)  # from most conflict to least
UNKNOWN = float("nan")
CHINESE = "China"


class Covariate(NamedTuple):
    """Something known of a decision: its columns, how they are read, and whether with hindsight."""

    columns: tuple[str, ...]
    read: Callable[[Decision], tuple[float, ...]]
    hindsight: bool = False


def _grown(x: float | None) -> float:
    return UNKNOWN if x is None else float(np.log1p(max(x, 0.0)))


def _unless_unknown(x: float | None) -> tuple[float, float]:
    return _grown(x), float(x is None)


def _sides(row: Decision) -> tuple[str, str]:
    return _known(row.sender), _known(row.target)


def _known(party: str) -> str:
    return government_named(party) or party


def _partner(row: Decision) -> str:
    return row.target if _sides(row)[0] == AMERICAN else row.sender


def _one_of(kind: Any, name: str) -> Callable[[Decision], tuple[float, ...]]:
    return lambda row: tuple(float(getattr(row, name) == code) for code in kind)


COVARIATES: dict[str, Covariate] = {
    "binding": Covariate(tuple(Binding), _one_of(Binding, "binding")),
    "notice": Covariate(
        ("log days from threat to date", "no days known"), lambda d: _unless_unknown(d.lead_days)
    ),
    "regime before": Covariate(tuple(Regime), _one_of(Regime, "regime_before")),
    "threat": Covariate(
        ("log points threatened", "no points known"),
        lambda d: _unless_unknown(d.us_tariff_threatened),
    ),
    "trade at stake": Covariate(("log $bn a year",), lambda d: (_grown(d.trade_at_stake),)),
    "fresh precedents": Covariate(("log deals",), lambda d: (_grown(d.fresh_deal_precedents),)),
    "China": Covariate(("China is the other side",), lambda d: (float(CHINESE in _sides(d)),)),
    "domestic court": Covariate(
        ("a court is at work",), lambda d: (float(d.domestic_court),), hindsight=True
    ),
    "leaders": Covariate(
        ("a call", "a meeting fixed or held"),
        lambda d: (
            float(d.leaders == Leaders.CALL),
            float(d.leaders in (Leaders.SCHEDULED, Leaders.HELD)),
        ),
        hindsight=True,
    ),
    "talks live": Covariate(("talks go on",), lambda d: (float(d.talks_live),), hindsight=True),
    "counter-leverage": Covariate(
        ("the target can hit back",), lambda d: (float(d.counter_leverage),), hindsight=True
    ),
}


@dataclass(frozen=True)
class Cases:
    """Decisions as they stood before they were taken.

    Attributes
    ----------
    ids, disputes, partners, strata : ndarray of str, shape (n,)
        ``partners`` is the other side of the United States, as the record names it; ``strata`` is
        how the date binds and what was in force.
    dates : ndarray of datetime64[D], shape (n,)
    columns : tuple of (str, str)
        Covariate and column of each number.
    x : ndarray, shape (n, len(columns))
        Not a number where it is unknown.
    """

    ids: np.ndarray
    disputes: np.ndarray
    partners: np.ndarray
    strata: np.ndarray
    dates: np.ndarray
    columns: tuple[tuple[str, str], ...]
    x: np.ndarray

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def covariates(self) -> tuple[str, ...]:
        """The names of the covariates."""
        return tuple(dict.fromkeys(name for name, _ in self.columns))

    def take(self, chosen: np.ndarray) -> Cases:
        """Return some of the cases, by their places."""
        some: dict[str, Any] = {name: getattr(self, name)[chosen] for name in PER_CASE}
        return replace(self, **some)

    def blank(self, covariate: str) -> Cases:
        """Return the cases as if a covariate were unknown of all of them."""
        gone = np.array([name == covariate for name, _ in self.columns])
        return replace(self, x=np.where(gone, UNKNOWN, self.x))

    def known_before(self) -> Cases:
        """Return the cases without the covariates that were coded with hindsight."""
        kept = np.array([not COVARIATES[name].hindsight for name, _ in self.columns], bool)
        columns = tuple(c for c, keep in zip(self.columns, kept, strict=True) if keep)
        return replace(self, columns=columns, x=self.x[:, kept])


PER_CASE = ("ids", "disputes", "partners", "strata", "dates", "x")


def joined(parts: Sequence[Cases]) -> Cases:
    """Return cases one after another, of the same columns."""
    joint: dict[str, Any] = {
        name: np.concatenate([getattr(part, name) for part in parts]) for name in PER_CASE
    }
    return replace(parts[0], **joint)


def cases_of(rows: Sequence[Decision]) -> Cases:
    """Return what was known before each decision.

    Examples
    --------
    >>> from negotiation.history.reading import shipped
    >>> cases = cases_of(shipped().decisions)
    >>> len(cases), cases.covariates[:3], cases.known_before().covariates[-1]
    (202, ('binding', 'notice', 'regime before'), 'China')
    """
    columns = tuple((name, column) for name, c in COVARIATES.items() for column in c.columns)
    x = [[value for c in COVARIATES.values() for value in c.read(row)] for row in rows]
    return Cases(
        ids=np.array([row.id for row in rows]),
        disputes=np.array([row.cluster or row.id for row in rows]),
        partners=np.array([_partner(row) for row in rows]),
        strata=np.array([f"{row.binding.value}, {row.regime_before.value}" for row in rows]),
        dates=np.array([row.date for row in rows], dtype="datetime64[D]"),
        columns=columns,
        x=np.array(x, dtype=float).reshape(len(rows), len(columns)),
    )


def outcomes_of(rows: Sequence[Decision], second: bool = False) -> np.ndarray:
    """Return how each decision ended, as an index into ``CODES``, by either reading.

    Examples
    --------
    >>> from negotiation.history.reading import shipped
    >>> [CODES[k] for k in outcomes_of(shipped().decisions)[:2]]
    ['penalty_in_full', 'extended_or_paused']
    """
    return np.array([CODES.index(row.read(second).value) for row in rows], dtype=np.int64)


def governments(partner: str) -> frozenset[str]:
    """Return the governments that a partner's name lists.

    Examples
    --------
    >>> sorted(governments("EU, Japan, Korea and others"))
    ['EU', 'Japan', 'Korea']
    """
    parts = re.split(r", | and |[().]+", partner)
    return frozenset(part.strip() for part in parts) - {"", "others"}


def effective(disputes: np.ndarray) -> float:
    """Return how many disputes of equal size weigh as much as these in a mean over decisions.

    Examples
    --------
    >>> effective(np.array(["a", "a", "b", "b"])), effective(np.array(["a", "a", "a", "b"]))
    (2.0, 1.6)
    """
    return effective_size(np.unique(disputes, return_counts=True)[1])
