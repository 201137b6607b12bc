"""The efficient outcomes of a domain that is too large to list: issue by issue.

Utilities add up over the issues, so a choice on some of the issues that another choice on the same
issues dominates is part of no efficient outcome. The frontier of one issue is therefore joined to
that of the next, and only what nothing dominates is kept: 10^30 outcomes take a second where a few
thousand pairs of utilities are efficient. (Nemhauser and Ullmann 1969, "Discrete dynamic
programming and capital allocation", doi:10.1287/mnsc.15.9.494.)

The result is exact as long as no frontier on the way has more than ``MOST`` pairs. Beyond, the
range of the first utility is cut into so many strips and the best pair of each is kept. What is
left out is then worth to the first party at most a strip's width more than a pair that is kept and
gives the second party at least as much; the widths of all cuts add up to the `Frontier.error`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from negotiation.interop.domain import Domain, Profile, parts
from negotiation.interop.evaluators import FloatArray
from negotiation.theory.frontier import pareto_indices

MOST = 50_000  # pairs that are kept
AT_ONCE = 4_000_000  # sums that are formed at once


@dataclass(frozen=True)
class Frontier:
    """The efficient pairs of utilities.

    Attributes
    ----------
    pairs : ndarray, shape (n, 2)
        By rising utility of the first party.
    error : float
        0 where they are all; else how much more than one of them an outcome that is left out can
        give the first party, without giving the second less.
    least : tuple of float
        Each party's least utility.
    """

    pairs: FloatArray
    error: float
    least: tuple[float, float]


def frontier_by_issue(
    domain: Domain, first: Profile, second: Profile, *, most: int = MOST
) -> Frontier:
    """Return the efficient pairs of utilities without listing the outcomes.

    Parameters
    ----------
    domain : Domain
        Of any size.
    first, second : Profile
        The two parties' preferences.
    most : int
        Pairs that are kept on the way.

    Examples
    --------
    >>> from negotiation.interop.domain import IntegerIssue
    >>> from negotiation.interop.evaluators import Linear
    >>> issues = tuple(IntegerIssue(k, f"pie {k}", 0, 9) for k in range(30))
    >>> up = Profile((1 / 30,) * 30, (Linear(1 / 9, 0.0),) * 30)
    >>> down = Profile((1 / 30,) * 30, (Linear(-1 / 9, 1.0),) * 30)
    >>> found = frontier_by_issue(Domain("pies", issues), up, down)
    >>> len(found.pairs), found.error
    (271, 0.0)
    """
    columns = [parts(domain, profile) for profile in (first, second)]
    points, error = np.array([[first.bias, second.bias]]), 0.0
    for one, two in zip(*columns, strict=True):
        issue = np.column_stack((one, two))
        issue = issue[pareto_indices(issue)]
        points = joined(points, issue)
        if len(points) > most:
            width = float(np.ptp(points[:, 0])) / most
            points, error = thinned(points, width, most), error + width
    caps = np.array([first.cap, second.cap])
    points = efficient(np.minimum(points, caps))
    least = [
        min(profile.bias + sum(float(part.min()) for part in column), profile.cap)
        for profile, column in zip((first, second), columns, strict=True)
    ]
    return Frontier(points, error, (least[0], least[1]))


def efficient(points: FloatArray) -> FloatArray:
    """Return the pairs that nothing dominates, once each, by rising first utility.

    Pairs that differ by rounding alone count as one: sums of the same numbers in another order.
    """
    points = points[pareto_indices(points)]
    size = 1e-13 * max(1.0, float(np.abs(points).max()))
    # as the first utility rises the second falls: of those alike in the first the first is best
    points = points[np.append(True, np.diff(points[:, 0]) > size)]
    return np.asarray(points[np.append(np.diff(points[:, 1]) < -size, True)])


def joined(points: FloatArray, issue: FloatArray) -> FloatArray:
    """Return the efficient sums of a pair of ``points`` and one of ``issue``."""
    rows = max(AT_ONCE // len(issue), 1)
    found = np.empty((0, 2))
    for start in range(0, len(points), rows):
        some = points[start : start + rows, None, :] + issue[None, :, :]
        found = efficient(np.concatenate((found, some.reshape(-1, 2))))
    return found


def thinned(points: FloatArray, width: float, most: int) -> FloatArray:
    """Return of each strip of the first utility the pair that gives the second party most."""
    strip = np.minimum(((points[:, 0] - points[0, 0]) / width).astype(np.int64), most - 1)
    # by rising first utility the second falls, so that the best of a strip is its first pair
    kept = np.append(True, np.diff(strip) > 0)
    kept[-1] = True  # the best for the first party
    return np.asarray(points[kept])
