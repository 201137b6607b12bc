"""Single numbers of a sweep, looked up by the settings they belong to, with their intervals.

For texts that are written by a program, so that no number in them is typed by hand.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from negotiation.errors import InputError, UnknownName
from negotiation.estimates import Estimate
from negotiation.report.cells import Cell, Change, cells_of
from negotiation.words.numbers import points, signed_interval

if TYPE_CHECKING:
    from negotiation.sweep.results import Results

Settings = Mapping[str, Any]


class Answers:
    """What a sweep says about single questions.

    Parameters
    ----------
    results : Results

    Examples
    --------
    >>> import negotiation as ng
    >>> pie = ng.Scenario.load("split-the-pie")
    >>> design = ng.sweep.grid(pie, {"us.patience": [0.8, 0.9]}, replicates=100)
    >>> answers = Answers(ng.sweep(design, seed=1))
    >>> answers.odds("deal", {"us.patience": 0.9}).p
    1.0
    >>> change_text(answers.change("deal", {"us.patience": 0.9}))
    '0 points (-3 to +3)'
    """

    def __init__(self, results: Results) -> None:
        self.results = results

    @cached_property
    def cells(self) -> list[Cell]:
        """Every cell, with its odds and its changes to the baseline."""
        return cells_of(self.results)

    @cached_property
    def _means(self) -> dict[tuple[int, str], Estimate]:
        return {
            (row["cell"], row["quantity"]): Estimate(row["mean"], row["low"], row["high"])
            for row in self.results.means().to_pylist()
        }

    def cell(self, settings: Settings) -> Cell:
        """Return the only cell with these settings.

        Raises
        ------
        InputError
            If there is none, or more than one.
        """
        found = [
            cell
            for cell in self.cells
            if all(alike(cell.settings.get(name), value) for name, value in settings.items())
        ]
        if len(found) != 1:
            raise InputError(f"{len(found)} cells have {dict(settings)}; allowed: exactly one.")
        return found[0]

    def odds(self, outcome: str, settings: Settings | None = None) -> Estimate:
        """Return the odds of an outcome, averaged over all settings not named.

        Parameters
        ----------
        outcome : str
        settings : mapping, optional
            By dotted path; the baseline if not given.
        """
        if settings is None:
            return self.cells[self.results.baseline].odds[outcome]
        for row in self.results.odds(by=list(settings), outcomes=outcome).to_pylist():
            if all(alike(row[name], value) for name, value in settings.items()):
                return Estimate(row["share"], row["low"], row["high"])
        raise InputError(f"no cell has {dict(settings)}.")

    def change(self, outcome: str, settings: Settings) -> Change:
        """Return the odds of a cell less the baseline's, in pairs of runs."""
        return self.cell(settings).changes[outcome]

    def contrast(self, outcome: str, terms: Sequence[tuple[float, Settings]]) -> Change:
        """Return a weighted sum of the odds of cells whose weights add up to zero.

        Parameters
        ----------
        outcome : str
        terms : sequence of (float, mapping)
            Weights and settings, for instance ``[(1, there), (-1, here)]``.

        Notes
        -----
        Each cell's odds are taken less the baseline's, in pairs. All cells meet the same random
        events, so the standard error of the sum is at most the weighted sum of the standard errors
        (Cauchy-Schwarz): that is the interval, too wide if anything.
        """
        if abs(sum(weight for weight, _ in terms)) > 1e-9:
            raise InputError("contrast: the weights do not add up to zero.")
        total = half = 0.0
        for weight, settings in terms:
            cell = self.cell(settings)
            if cell.number == self.results.baseline:
                continue
            change = cell.changes[outcome]
            total += weight * change.difference
            half += abs(weight) * (change.high - change.low) / 2
        return Change(total, total - half, total + half, float("nan"))

    def mean(self, quantity: str, settings: Settings) -> Estimate:
        """Return the mean of a quantity in a cell, $bn."""
        key = (self.cell(settings).number, quantity)
        if key not in self._means:
            raise UnknownName("quantity", quantity, sorted({name for _, name in self._means}))
        return self._means[key]


def alike(stored: Any, given: Any) -> bool:
    """Return whether a setting in a sweep's tables, where lists are JSON, is the one given.

    Examples
    --------
    >>> alike("[1, 0, 0]", [1.0, 0.0, 0.0]), alike("linear", "linear"), alike(None, 3)
    (True, True, False)
    """
    if isinstance(stored, str) and not isinstance(given, str):
        try:
            stored = json.loads(stored)
        except ValueError:
            return False
    return bool(stored == given)


def change_text(change: Change) -> str:
    """Return a difference of odds with its interval.

    Examples
    --------
    >>> change_text(Change(0.1234, 0.12, 0.127, 2.0))
    '+12.3 points (+12.0 to +12.7)'
    """
    low, high = change.low, change.high
    return f"{points(change.difference, low, high)} ({signed_interval(low, high)})"


def clear(change: Change) -> bool:
    """Return whether a difference is clear: its interval leaves out zero.

    Examples
    --------
    >>> clear(Change(0.1, 0.05, 0.15, 1.0)), clear(Change(0.1, -0.05, 0.25, 1.0))
    (True, False)
    """
    return change.low > 0 or change.high < 0


def at_most(found: Estimate | Change, bound: float = 0.0) -> bool | None:
    """Return whether a number is at most ``bound``; None if its interval cannot tell.

    Examples
    --------
    >>> [at_most(Estimate(0.5, low, high), 0.5) for low, high in ((0.6, 0.7), (0.4, 0.6), (0, 0.4))]
    [False, None, True]
    """
    return True if found.high <= bound else False if found.low > bound else None


def moved_by(change: Change, bound: float) -> bool | None:
    """Return whether a difference is of size ``bound`` or more; None if its interval cannot tell.

    Examples
    --------
    >>> [moved_by(Change(0, low, high, 1.0), 0.05) for low, high in ((-0.2, -0.1), (-0.01, 0.01))]
    [True, False]
    """
    if change.low >= bound or change.high <= -bound:
        return True
    return False if -bound < change.low and change.high < bound else None


def opposite(told: bool | None) -> bool | None:
    """Return whether something is not so; None, which means that it is open, stays None.

    Examples
    --------
    >>> opposite(True), opposite(None)
    (False, None)
    """
    return None if told is None else not told
