"""What is negotiated about, and what it is worth to each side.

A *domain* lists the issues and the values that each may take; an *outcome* picks one value
for every issue. A *profile* is one party's weights and evaluators: its utility of an outcome is
the weighted sum over the issues (Keeney and Raiffa, *Decisions with Multiple Objectives*,
1976, ch. 3: additive independence).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from negotiation.door import checked, unlike
from negotiation.errors import InputError, OutOfRange, WrongKind, counted
from negotiation.interop.evaluators import (
    Evaluator,
    FloatArray,
    Ratings,
    Triangular,
    Worths,
    require_number,
)

MAX_OUTCOMES = 5_000_000  # that are listed one by one
MAX_ISSUES = 500
LARGEST = 1e100  # utility of a value, so that sums of them stay finite
REAL_LEVELS = 21  # GENIUS enumerates a real issue at 21 equally spaced values


@checked
@dataclass(frozen=True)
class DiscreteIssue:
    """An issue with named values."""

    index: int
    name: str
    values: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.values:
            raise InputError("a discrete issue needs at least one item.")
        if len(set(self.values)) < len(self.values):
            raise InputError("two items of the issue have the same value.")

    @property
    def size(self) -> int:
        """The number of values."""
        return len(self.values)

    @property
    def grid(self) -> FloatArray:
        """The positions of the values, shape (size,)."""
        return np.arange(self.size, dtype=np.float64)


@checked
@dataclass(frozen=True)
class IntegerIssue:
    """An issue whose values are the whole numbers from ``lower`` to ``upper``."""

    index: int
    name: str
    lower: int
    upper: int

    def __post_init__(self) -> None:
        if self.lower > self.upper:
            raise InputError(f"lowerbound {self.lower} lies above upperbound {self.upper}.")

    @property
    def size(self) -> int:
        """The number of values."""
        return self.upper - self.lower + 1

    @property
    def grid(self) -> FloatArray:
        """The values, shape (size,)."""
        return np.arange(self.lower, self.upper + 1, dtype=np.float64)


@checked
@dataclass(frozen=True)
class RealIssue:
    """An issue whose value is any number from ``lower`` to ``upper``, taken at 21 levels."""

    index: int
    name: str
    lower: float
    upper: float

    def __post_init__(self) -> None:
        require_number("lowerbound", self.lower)
        require_number("upperbound", self.upper)
        if self.lower > self.upper:
            raise InputError(f"lowerbound {self.lower} lies above upperbound {self.upper}.")
        require_number("the width of the range", self.upper - self.lower)

    @property
    def size(self) -> int:
        """The number of values."""
        return REAL_LEVELS

    @property
    def grid(self) -> FloatArray:
        """The values, shape (21,)."""
        return np.linspace(self.lower, self.upper, REAL_LEVELS)


Issue = DiscreteIssue | IntegerIssue | RealIssue


@checked
@dataclass(frozen=True)
class Domain:
    """The issues of a negotiation.

    Attributes
    ----------
    name : str
    issues : tuple of Issue
    remarks : tuple of str
        Sentences on what was unusual where it was read.

    Examples
    --------
    >>> pie = Domain("pie", (IntegerIssue(1, "slices", 0, 4), DiscreteIssue(2, "tea", ("y", "n"))))
    >>> pie.outcomes, pie.outcome(3)
    (10, (1, 'n'))
    """

    name: str
    issues: tuple[Issue, ...]
    remarks: tuple[str, ...] = field(default=(), compare=False, repr=False)

    def __post_init__(self) -> None:
        if not self.issues:
            raise InputError("the domain has no issue.")
        if len({issue.index for issue in self.issues}) < len(self.issues):
            raise InputError("two issues of the domain have the same index.")
        if len(self.issues) > MAX_ISSUES:
            raise InputError(
                f"{counted(len(self.issues), 'issue')}; at most {MAX_ISSUES} are allowed."
            )
        if (values := sum(issue.size for issue in self.issues)) > MAX_OUTCOMES:
            raise InputError(
                f"the issues have {counted(values, 'value')}; at most {MAX_OUTCOMES:,} are allowed."
            )

    @property
    def outcomes(self) -> int:
        """The number of outcomes: the product of the issues' sizes."""
        return math.prod(issue.size for issue in self.issues)

    def outcome(self, number: int) -> tuple[str | int | float, ...]:
        """Return the values of one outcome, one an issue; the last issue varies fastest."""
        if not 0 <= number < self.outcomes:
            raise OutOfRange("outcome", number, f"0 to {self.outcomes - 1}")
        chosen: list[str | int | float] = []
        for issue in reversed(self.issues):
            number, place = divmod(number, issue.size)
            if isinstance(issue, DiscreteIssue):
                chosen.append(issue.values[place])
            elif isinstance(issue, IntegerIssue):
                chosen.append(issue.lower + place)
            else:
                chosen.append(float(issue.grid[place]))
        return tuple(reversed(chosen))


@dataclass(frozen=True)
class Profile:
    """One party's preferences: a weight and an evaluator an issue, in the domain's order.

    Attributes
    ----------
    weights : tuple of float
        Not rescaled to sum to 1.
    evaluators : tuple of Evaluator
        What the values of each issue are worth.
    reservation : float
        Utility of no agreement; minus infinity where there is none.
    discount : float
        In (0, 1]: a utility u reached at normalised time t is worth ``u * discount**t``.
    bias : float
        Utility of any agreement, to which the issues add.
    cap : float
        The largest utility: GENIUS cuts sums off at 1.
    name : str
    remarks : tuple of str
        Sentences on what was unusual where it was read.
    """

    weights: tuple[float, ...]
    evaluators: tuple[Evaluator, ...]
    reservation: float = 0.0
    discount: float = 1.0
    bias: float = 0.0
    cap: float = 1.0
    name: str = field(default="", compare=False, repr=False)
    remarks: tuple[str, ...] = field(default=(), compare=False, repr=False)

    def __post_init__(self) -> None:
        for name, hint in (("weights", tuple), ("evaluators", tuple[Evaluator, ...])):
            if expected := unlike(hint, given := getattr(self, name)):
                raise WrongKind(f"Profile: {name}", given, expected)
        for weight in self.weights:
            require_number("weight", weight)
        require_number("bias", self.bias)
        if self.reservation != -math.inf:
            require_number("reservation value", self.reservation)
        require_number("discount factor", self.discount, low=0, high=1)
        if len(self.weights) != len(self.evaluators):
            raise InputError(
                f"the profile has {counted(len(self.weights), 'weight')} and "
                f"{len(self.evaluators)} "
                "evaluators; one of each is needed for every issue."
            )


def utilities(domain: Domain, profile: Profile) -> FloatArray:
    """Return the utility of every outcome, undiscounted.

    Parameters
    ----------
    domain : Domain
        Sets the order of the outcomes: that of `Domain.outcome`.
    profile : Profile
        One weight and one evaluator for each of the domain's issues.

    Returns
    -------
    ndarray of float, shape (domain.outcomes,)
        At most the profile's ``cap``.

    Raises
    ------
    InputError
        If the profile does not fit the domain, which has more than 5 million outcomes, or its
        numbers are too large to be added.

    Notes
    -----
    ``u = min(cap, bias + sum_i weight_i * worth_i)``: with the cap of 1, as GENIUS has it, weights
    that sum to more than 1 are cut off, not rescaled. Built issue by issue as an outer sum, so the
    largest array in memory is the answer and its predecessor.

    Examples
    --------
    >>> from negotiation.interop.evaluators import Linear
    >>> pie = Domain("pie", (IntegerIssue(1, "slices", 0, 2),))
    >>> utilities(pie, Profile((1.0,), (Linear(slope=0.5, offset=0.0),)))
    array([0. , 0.5, 1. ])
    """
    if domain.outcomes > MAX_OUTCOMES:
        raise InputError(
            f"the domain has {count(domain.outcomes)} outcomes; at most {MAX_OUTCOMES:,} are "
            "listed."
        )
    total = np.array([profile.bias])
    for part in parts(domain, profile):
        total = np.add.outer(total, part).ravel()
    return np.asarray(np.minimum(total, profile.cap, out=total))


def parts(domain: Domain, profile: Profile) -> list[FloatArray]:
    """Return what each value of each issue adds to the utility, an array an issue.

    Examples
    --------
    >>> tea = Domain("tea", (DiscreteIssue(1, "tea", ("y", "n")),))
    >>> parts(tea, Profile((0.5,), (Ratings((1.0, 2.0)),)))
    [array([0.25, 0.5 ])]
    """
    if len(profile.weights) != len(domain.issues):
        raise InputError(
            f"the profile is about {counted(len(profile.weights), 'issue')}, "
            f"the domain has {len(domain.issues)}."
        )
    found = []
    for issue, weight, evaluator in zip(
        domain.issues, profile.weights, profile.evaluators, strict=True
    ):
        check_fit(issue, evaluator)
        with np.errstate(over="ignore", invalid="ignore"):
            part = weight * evaluator.worth(issue.grid)
        if not np.abs(part).max() <= LARGEST:
            raise InputError(f"issue {issue.name!r:.80}: the utilities are too large to be added.")
        found.append(part)
    return found


def check_fit(issue: Issue, evaluator: Evaluator) -> None:
    """Refuse an evaluator that cannot rate this kind of issue.

    Examples
    --------
    >>> check_fit(DiscreteIssue(1, "tea", ("yes", "no")), Ratings((1.0, 2.0)))
    """
    if isinstance(evaluator, Worths):
        if len(evaluator.worths) != issue.size:
            raise InputError(
                f"issue {issue.name!r} has {counted(issue.size, 'value')} and "
                f"{counted(len(evaluator.worths), 'worth')}."
            )
        return
    discrete = isinstance(issue, DiscreteIssue)
    if discrete != isinstance(evaluator, Ratings):
        raise InputError(
            f"issue {issue.name!r}: a discrete issue needs ratings, and only a discrete one does."
        )
    if isinstance(evaluator, Triangular) and not isinstance(issue, RealIssue):
        raise InputError(f"issue {issue.name!r}: only a real issue takes a triangular evaluator.")
    if isinstance(evaluator, Ratings) and len(evaluator.evaluations) != issue.size:
        raise InputError(
            f"issue {issue.name!r} has {counted(issue.size, 'value')} and "
            f"{counted(len(evaluator.evaluations), 'rating')}."
        )


def count(number: int) -> str:
    """Return a number of outcomes in words that a line can hold."""
    return f"{number:,}" if number < 10**15 else f"about 10^{math.log10(number):.0f}"
