"""Which decisions may be learned from when one is forecast.

``dispute``: all but those of its own dispute. ``partner``: all that concern none of its partner's
governments, though they may be of its dispute. ``forward``: those decided before its day, of its
dispute too, once there are twenty. ``parts``: all but one of five parts of whole disputes, where
leaving out each alone would take too long.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

import numpy as np

from negotiation.errors import InputError, one_of
from negotiation.skill.cases import Cases, governments

FEWEST = 20  # decisions to learn from
SPLITS = {
    "dispute": "each dispute left out",
    "partner": "each partner left out",
    "forward": "forward in time",
    "parts": "five parts of whole disputes, each left out",
}
PARTS = 5


class Fold(NamedTuple):
    """Places of the cases learned from and of those asked about."""

    seen: np.ndarray
    asked: np.ndarray


def folds(cases: Cases, split: str, asked: Sequence[str] | None = None) -> list[Fold]:
    """Return the folds of a split; what has fewer than twenty to learn from is not asked.

    Parameters
    ----------
    cases : Cases
    split : str
        One of ``SPLITS``.
    asked : sequence of str, optional
        Ids of the decisions to ask; all by default.

    Raises
    ------
    InputError
        If nothing can be asked.

    Examples
    --------
    >>> from negotiation.history.reading import shipped
    >>> from negotiation.skill.cases import cases_of
    >>> cases = cases_of(shipped().decisions)
    >>> len(folds(cases, "dispute")), folds(cases, "forward")[0].seen.size
    (72, 20)
    """
    one_of("split", split, SPLITS)
    label = {
        "dispute": cases.disputes,
        "partner": cases.partners,
        "forward": cases.dates,
        "parts": whole_parts(cases.disputes, PARTS),
    }[split]
    found = []
    for name in np.unique(label):
        asks = np.flatnonzero(label == name)
        found.append(Fold(np.flatnonzero(may_teach(split, cases, cases.take(asks))), asks))
    found = [fold for fold in found if fold.seen.size >= FEWEST]
    if not found:
        raise InputError(
            f"split {split!r}: no decision has {FEWEST} others to learn from, of {len(cases)} "
            "that there are."
        )
    return _asked_of(found, cases, asked)


def enough(cases: Cases, split: str, asked: Sequence[str]) -> bool:
    """Return whether one of some decisions, by their ids, has enough others to learn from.

    Examples
    --------
    >>> from negotiation.history.reading import shipped
    >>> from negotiation.skill.cases import cases_of
    >>> cases = cases_of(shipped().decisions)
    >>> enough(cases, "forward", ["T001"]), enough(cases, "forward", ["T001", "T202"])
    (False, True)
    """
    with suppress(InputError):
        return bool(folds(cases, split, asked))
    return False


def _asked_of(found: list[Fold], cases: Cases, asked: Sequence[str] | None) -> list[Fold]:
    """Return the folds with only some decisions asked, by their ids; all where None."""
    if asked is None:
        return found
    wanted = np.isin(cases.ids, list(asked))
    kept = [fold._replace(asked=fold.asked[wanted[fold.asked]]) for fold in found]
    kept = [fold for fold in kept if fold.asked.size]
    if not kept:
        raise InputError("none of the decisions asked has enough others to learn from.")
    return kept


def whole_parts(disputes: np.ndarray, many: int) -> np.ndarray:
    """Return parts of whole disputes, about equal in size, shape (n,).

    Examples
    --------
    >>> whole_parts(np.array(["a", "a", "b", "c", "d", "e", "f"]), 4)
    array([0, 0, 1, 2, 3, 1, 2])
    """
    names, of, sizes = np.unique(disputes, return_inverse=True, return_counts=True)
    filled = np.zeros(min(many, len(names)), int)
    part = np.zeros(len(names), int)
    for k in np.argsort(-sizes, kind="stable"):
        part[k] = int(np.argmin(filled))
        filled[part[k]] += sizes[k]
    return np.asarray(part[of])


def may_teach(split: str, cases: Cases, asked: Cases) -> np.ndarray:
    """Return which cases may be learned from when others are asked, shape (n,).

    Examples
    --------
    >>> from negotiation.history.reading import shipped
    >>> from negotiation.skill.cases import cases_of
    >>> cases = cases_of(shipped().decisions)
    >>> int(may_teach("forward", cases, cases.take(np.array([61]))).sum())
    61
    """
    if split == "forward":
        return np.asarray(cases.dates < asked.dates.min())
    if split != "partner":
        return ~np.isin(cases.disputes, asked.disputes)
    named = set().union(*map(governments, asked.partners))
    shares = np.array([bool(named & governments(other)) for other in cases.partners])
    everyone = np.array(["partners" in name for name in cases.partners])  # who is not listed
    return np.asarray(~(shares | np.isin(cases.partners, asked.partners) | everyone))
