"""Stopping when the odds are known well enough, and what that does to their intervals.

``sweep(..., until_halfwidth=h)`` looks after ever more runs (each look half as many again as the
one before) and stops once Wilson's 95% interval is at most h to either side. An interval looked
at more than once can lose coverage, because one stops when it looks good. Here it hardly does,
for a reason: the rule looks at the *width*, which depends on the share only through p (1 - p), and
never at where the interval lies; and looks are few and far apart. How much is lost is not argued
but computed: :func:`coverage` is exact, a recursion over the looks, not a simulation.

References
----------
Chow and Robbins (1965), "On the asymptotic theory of fixed-width sequential confidence intervals
for the mean", doi:10.1214/aoms/1177700156: coverage tends to the nominal as h tends to 0.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from negotiation.sweep.intervals import LEVEL, wilson
from negotiation.sweep.run import looks


class Stopping(NamedTuple):
    """What a stopping rule gives: coverage of the interval, and runs it takes on average."""

    coverage: float
    mean_runs: float


def coverage(
    p: float, *, halfwidth: float, first: int, most_runs: int, level: float = LEVEL
) -> Stopping:
    """Return the exact coverage of Wilson's interval under the stopping rule.

    Parameters
    ----------
    p : float
        True odds.
    halfwidth : float
        Stop once the interval is at most this far to either side.
    first, most_runs : int
        Runs at the first look, and at the last.

    Returns
    -------
    Stopping

    Notes
    -----
    The hits at a look, given that the rule has not stopped, are those at the look before plus a
    binomial number; the distribution is carried from look to look by convolution.

    Examples
    --------
    >>> coverage(0.3, halfwidth=0.02, first=500, most_runs=10_000).coverage > 0.945
    True
    """
    from scipy.signal import fftconvolve
    from scipy.stats import binom

    going, before, covered, runs = np.ones(1), 0, 0.0, 0.0
    steps = looks(first, most_runs)
    for n in steps:
        new = binom.pmf(np.arange(n - before + 1), n - before, p)
        going = np.maximum(fftconvolve(going, new), 0.0)
        low, high = wilson(np.arange(n + 1) / n, n, level)
        stops = (high - low) / 2 <= halfwidth if n < steps[-1] else np.ones(n + 1, bool)
        covered += float(going[stops & (low <= p) & (p <= high)].sum())
        runs += n * float(going[stops].sum())
        going, before = np.where(stops, 0.0, going), n
    return Stopping(covered, runs)
