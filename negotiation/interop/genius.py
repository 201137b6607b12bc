"""Find where two parties could agree, in a problem written for GENIUS, GeniusWeb or NegMAS.

A domain with two profiles is a bargaining problem in the sense of Nash (1950): a set of utility
pairs and a point of disagreement. This module lists the efficient pairs and the ones that the
classic solutions pick, so that a negotiation can be judged by how near it came.

All solutions pick from the finite set of outcomes; lotteries over outcomes are not considered.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypedDict

import numpy as np

from negotiation.interop.by_issue import MOST, frontier_by_issue
from negotiation.interop.domain import (
    MAX_OUTCOMES,
    REAL_LEVELS,
    Domain,
    Profile,
    RealIssue,
    count,
    parts,
    utilities,
)
from negotiation.interop.evaluators import FloatArray
from negotiation.interop.genius_writer import write_problem as write_problem
from negotiation.interop.hardened_xml import MAX_SHOWN
from negotiation.interop.problem_files import read_problem
from negotiation.theory.finite_bargaining import Outcomes
from negotiation.theory.solution import Solution

Pairs = list[list[float]]

SAME = 1e-12  # sums of the same numbers in another order differ by about 1e-16
ROUNDING = 1e-15
BY_ISSUE = (
    f"More than {MAX_OUTCOMES:,} outcomes: solved issue by issue. Ties that another outcome "
    "dominates are left out; all else is as if every outcome had been listed."
)
ROUNDED_WEIGHTS = 1e-6  # weights with six decimals may sum to a little more or less than 1
DIGITS = 12
ROWS_SHOWN = 20

SOLUTIONS = {
    "nash": "Nash, from (0, 0)",
    "nash_reservation": "Nash, from the reservation values",
    "kalai_smorodinsky": "Kalai-Smorodinsky",
    "egalitarian": "Egalitarian (Kalai)",
    "utilitarian": "Utilitarian",
}


class Analysis(TypedDict):
    """The answer of `analyse`: plain numbers and lists, ready for JSON."""

    domain: str
    remarks: list[str]
    outcomes: int
    real_issues: list[str]
    reservation: list[float]
    discount: list[float]
    ranges: Pairs
    pareto: Pairs
    nash: Pairs
    nash_reservation: Pairs
    kalai_smorodinsky: Pairs
    egalitarian: Pairs
    utilitarian: Pairs


def analyse(*places: str | Path) -> Analysis:
    """Find the efficient outcomes of a problem and those the classic solutions pick.

    Parameters
    ----------
    *places : str or Path
        A domain and the two parties' preferences, in the format of GENIUS 10.4, GeniusWeb or
        NegMAS, or the folder in which they lie.

    Returns
    -------
    dict
        ``domain`` (its name), ``remarks`` (sentences on what was unusual in the files, and on what
        is not exact), ``outcomes`` (their number), ``real_issues`` (names of the issues
        that may take any number; 21 equally spaced values of each count as outcomes, as in
        GENIUS), ``reservation`` and ``discount`` (one number a party), ``ranges`` (each party's
        least and largest utility), ``pareto`` (the efficient utility pairs by rising first
        utility) and for ``nash``,
        ``nash_reservation``, ``kalai_smorodinsky``, ``egalitarian`` and ``utilitarian`` the
        pairs picked: several where they tie, efficient ones first, none where no outcome gives
        both their reservation value. Utilities are not discounted.

    Raises
    ------
    InputError
        In one sentence with file, line and issue, if a file cannot be read as such a problem.

    Notes
    -----
    With utilities u, reservation values d and the best utility m that each party can get while
    the other gets its reservation value: ``nash`` maximises ``u1 u2``, ``nash_reservation``
    ``(u1 - d1)(u2 - d2)``, ``kalai_smorodinsky`` the least ``(ui - di) / (mi - di)``,
    ``egalitarian`` the least ``ui - di``, ``utilitarian`` ``u1 + u2``. Where a least gain decides,
    an outcome may tie that is worse for the other side; it is listed too, last. GENIUS itself
    calls Kalai-Smorodinsky the efficient pair of least ``abs(u1 - u2)``, which is another one.

    More than 5 million outcomes are not listed; the efficient ones are found issue by issue
    (:mod:`negotiation.interop.by_issue`), and ties that another outcome dominates are left out.

    References
    ----------
    Nash (1950), The bargaining problem, doi:10.2307/1907266. Kalai and Smorodinsky (1975),
    doi:10.2307/1914280. Kalai (1977), doi:10.2307/1913954.

    Examples
    --------
    >>> import tempfile
    >>> from negotiation.interop.domain import DiscreteIssue, Domain, Profile
    >>> from negotiation.interop.evaluators import Ratings
    >>> domain = Domain("pie", (DiscreteIssue(1, "share", ("0", "1/4", "1/2", "1")),))
    >>> first = Profile((1.0,), (Ratings((0.0, 1.0, 2.0, 4.0)),))
    >>> second = Profile((1.0,), (Ratings((4.0, 3.0, 2.0, 0.0)),), reservation=0.6)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     answer = analyse(*write_problem(folder, domain, (first, second)))
    >>> answer["nash"], answer["nash_reservation"]
    ([[0.5, 0.5]], [[0.25, 0.75]])
    """
    domain, profiles = read_problem(*places)
    remarks = [*domain.remarks, *(remark for profile in profiles for remark in profile.remarks)]
    if domain.outcomes <= MAX_OUTCOMES:
        points = np.column_stack([utilities(domain, profile) for profile in profiles])
        least = points.min(axis=0)
    else:
        frontier = frontier_by_issue(domain, *profiles)
        points, least = frontier.pairs, np.array(frontier.least)
        remarks.append(BY_ISSUE)
        if frontier.error > 0.0:
            remarks.append(
                f"But more than {MOST:,} outcomes are efficient; those listed are within "
                f"{frontier.error:.2g} of all, in the first party's utility."
            )
    remarks += [cut_off(domain, profile, f"party {k}") for k, profile in enumerate(profiles, 1)]
    # without a reservation value any outcome will do, the worst too
    floors = [profile.reservation for profile in profiles]
    floors = [float(least[k]) if math.isinf(floor) else floor for k, floor in enumerate(floors)]
    columns, disagreement = zip(*(_merged(points[:, k], floors[k]) for k in range(2)), strict=True)
    points = np.column_stack(columns)
    from_reservation = Outcomes(points, disagreement)
    efficient = points[from_reservation.frontier]
    # outcomes of equal utilities follow one another
    efficient = efficient[np.append(True, np.diff(efficient[:, 0]) > 0.0)]
    from_zero = Outcomes(efficient)
    return {
        "domain": domain.name,
        "remarks": [remark for remark in remarks if remark],
        "outcomes": domain.outcomes,
        "real_issues": [issue.name for issue in domain.issues if isinstance(issue, RealIssue)],
        "reservation": floors,
        "discount": [float(profile.discount) for profile in profiles],
        "ranges": [
            [min(float(least[k]), float(column.min())), float(column.max())]
            for k, column in enumerate(columns)
        ],
        "pareto": _pairs(efficient),
        "nash": _picked(from_zero.nash()),
        "nash_reservation": _picked(from_reservation.nash()),
        "kalai_smorodinsky": _picked(from_reservation.kalai_smorodinsky(weak=True)),
        "egalitarian": _picked(from_reservation.egalitarian(weak=True)),
        "utilitarian": _picked(Outcomes(efficient, efficient.min(axis=0)).utilitarian()),
    }


def cut_off(domain: Domain, profile: Profile, party: str) -> str:
    """Return the remark on weights that do not sum to 1, and on what that cuts off.

    Examples
    --------
    >>> from negotiation.interop.domain import DiscreteIssue
    >>> from negotiation.interop.evaluators import Ratings
    >>> tea = Domain("tea", (DiscreteIssue(1, "tea", ("y", "n")),))
    >>> heavy = Profile((60.0,), (Ratings((0.0, 1.0)),))
    >>> cut_off(tea, heavy, "party 1")
    'party 1: the weights sum to 60, not to 1, so 1 of 2 outcomes is cut off at 1.'
    """
    total = math.fsum(profile.weights)
    if math.isinf(profile.cap) or abs(total - 1.0) <= ROUNDED_WEIGHTS:
        return ""
    said = f"{party}: the weights sum to {total:.10g}, not to 1"
    most = profile.bias + sum(float(part.max()) for part in parts(domain, profile))
    if most <= profile.cap + SAME:
        return f"{said}; no outcome is worth more than {most:.4g}."
    if domain.outcomes > MAX_OUTCOMES:
        return f"{said}; outcomes worth more than 1, up to {most:.4g}, are cut off at 1."
    number = np.count_nonzero(utilities(domain, replace(profile, cap=math.inf)) > 1.0 + SAME)
    return (
        f"{said}, so {number:,} of {domain.outcomes:,} outcomes "
        f"{'is' if number == 1 else 'are'} cut off at 1."
    )


def table(analysis: Analysis) -> str:
    """Return an analysis as lines of plain text.

    Parameters
    ----------
    analysis : dict
        From `analyse`.

    Returns
    -------
    str
        At most 20 efficient pairs are listed, spread evenly over the frontier, and as many ties;
        ``dominated`` stands beside a tie that another outcome dominates.

    Examples
    --------
    >>> both = [[0.5, 0.5]]
    >>> print(table({"domain": "pie", "remarks": [], "outcomes": 3, "real_issues": [],
    ...     "reservation": [0.0, 0.25], "discount": [1.0, 0.5],
    ...     "ranges": [[0.0, 1.0], [0.0, 1.0]],
    ...     "pareto": [[0.0, 1.0], [0.5, 0.5], [1.0, 0.0]], "nash": both,
    ...     "nash_reservation": both, "kalai_smorodinsky": both, "egalitarian": both,
    ...     "utilitarian": [[0.0, 1.0], [0.5, 0.5], [1.0, 0.0]]}))
    Domain pie: 3 outcomes, 3 efficient
    <BLANKLINE>
                                         party 1   party 2
    Least utility                         0.0000    0.0000
    Largest utility                       1.0000    1.0000
    Reservation value                     0.0000    0.2500
    Discount factor                       1.0000    0.5000
    <BLANKLINE>
    Nash, from (0, 0)                     0.5000    0.5000
    Nash, from the reservation values     0.5000    0.5000
    Kalai-Smorodinsky                     0.5000    0.5000
    Egalitarian (Kalai)                   0.5000    0.5000
    Utilitarian                           0.0000    1.0000
      tied with                           0.5000    0.5000
      tied with                           1.0000    0.0000
    <BLANKLINE>
    Efficient outcomes                    0.0000    1.0000
                                          0.5000    0.5000
                                          1.0000    0.0000
    """
    name, outcomes = _printable(analysis["domain"]), count(analysis["outcomes"])
    efficient = analysis["pareto"]
    lines = [
        f"Domain {name}: {outcomes} outcome{'s' * (outcomes != '1')}, {len(efficient):,} efficient",
        *_real_issues(analysis["real_issues"]),
        *map(_printable, analysis["remarks"]),
        "",
        f"{'':34}{'party 1':>10}{'party 2':>10}",
        _row("Least utility", [least for least, _ in analysis["ranges"]]),
        _row("Largest utility", [largest for _, largest in analysis["ranges"]]),
        _row("Reservation value", analysis["reservation"]),
        _row("Discount factor", analysis["discount"]),
        "",
    ]
    undominated = set(map(tuple, efficient))
    picked: dict[str, Pairs] = {key: analysis[key] for key in SOLUTIONS}  # type: ignore[literal-required]
    for key, title in SOLUTIONS.items():
        if not picked[key]:
            least = "at least 0" if key == "nash" else "their reservation value"
            lines.append(f"{title:34}  no outcome gives both {least}")
        for place, pair in enumerate(picked[key][:ROWS_SHOWN]):
            mark = "" if tuple(pair) in undominated else "  dominated"
            lines.append(_row("  tied with" if place else title, pair) + mark)
        if len(picked[key]) > ROWS_SHOWN:
            lines.append(f"  ({ROWS_SHOWN} of {len(picked[key]):,} ties are listed)")
    lines.append("")
    chosen = np.unique(np.linspace(0, len(efficient) - 1, ROWS_SHOWN).round().astype(int))
    for place, number in enumerate(chosen[: len(efficient)]):
        lines.append(_row("" if place else "Efficient outcomes", efficient[number]))
    if len(efficient) > ROWS_SHOWN:
        lines.append(f"  ({ROWS_SHOWN} of {len(efficient):,} efficient outcomes are listed)")
    return "\n".join(lines)


def _merged(values: FloatArray, reservation: float) -> tuple[FloatArray, float]:
    """Make numbers equal that differ by rounding alone, so that ties and dominance are exact.

    The reservation value is one of them: an outcome worth just as much is acceptable.
    """
    values = np.append(values, reservation)
    order = np.argsort(values)
    ordered = values[order]
    size = max(1.0, float(np.abs(ordered).max()))
    starts = np.concatenate(([True], np.diff(ordered) > SAME * size))
    distinct = ordered[starts]
    decimal = np.round(distinct, DIGITS)
    distinct = np.where(abs(decimal - distinct) < ROUNDING, decimal, distinct)
    values[order] = distinct[np.cumsum(starts) - 1]
    return values[:-1], float(values[-1])


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def _real_issues(names: list[str]) -> list[str]:
    if not names:
        return []
    known = [_printable(name) if len(name) <= MAX_SHOWN else "..." for name in names]
    return [
        f"Any number is allowed on {', '.join(known)}; {REAL_LEVELS} equally spaced values of each"
        " were compared, as in GENIUS."
    ]


def _picked(solution: Solution) -> Pairs:
    return _pairs(solution.ties) if solution.outcomes else []


def _pairs(points: FloatArray | Sequence[tuple[float, float]]) -> Pairs:
    return [[float(first), float(second)] for first, second in points]


def _row(title: str, numbers: Sequence[float]) -> str:
    return f"{title:34}" + "".join(f"{number:10.4f}" for number in numbers)
