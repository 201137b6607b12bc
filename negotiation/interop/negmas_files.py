"""Read the files of a NegMAS scenario: an outcome space and utility functions, in YAML or JSON.

NegMAS itself makes objects of any class that a file names. Here a file is data: only the classes
below are known, and none is imported. Utilities are taken as they stand. A function that lists all
outcomes need not add up over the issues; its problem is read as one issue whose values are the
outcomes. A function without a reservation value has minus infinity there, as in NegMAS.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field

from negotiation.errors import InputError, UnknownName, counted
from negotiation.interop.domain import (
    MAX_OUTCOMES,
    DiscreteIssue,
    Domain,
    IntegerIssue,
    Issue,
    Profile,
    RealIssue,
    count,
)
from negotiation.interop.evaluators import Worths
from negotiation.interop.hardened_xml import shown
from negotiation.interop.plain_files import MOST_VALUES, checked
from negotiation.scenario.quantity import Finite

MOST_LISTED = 250_000  # outcomes of a function that lists them
SPACES = ("CartesianOutcomeSpace", "DiscreteCartesianOutcomeSpace")
RANGES = ("ContiguousIssue", "ContinuousIssue")
LISTS = (
    "CategoricalIssue", "DiscreteCardinalIssue", "DiscreteOrdinalIssue", "CardinalIssue",
    "OrdinalIssue", "DiscreteIssue",
)  # fmt: skip
ADDITIVE = ("LinearAdditiveUtilityFunction",)
LINEAR = ("LinearUtilityFunction", "AffineUtilityFunction")
LISTED = ("MappingUtilityFunction",)
DISCOUNTED = ("ExpDiscountedUFun", "LinDiscountedUFun")
Scalar = str | int | float | bool


class SpaceIssue(BaseModel):
    """An issue of an outcome space."""

    name: str
    type: str
    values: tuple[Scalar, ...]


class Space(BaseModel):
    """An outcome space."""

    name: str | None = None
    issues: tuple[SpaceIssue, ...]


class ValueFunction(BaseModel):
    """What the values of an issue are worth."""

    type: str
    mapping: dict[Any, Finite] = Field(default_factory=dict)
    slope: Finite = 1.0
    bias: Finite = 0.0
    a1: Finite = 0.0
    a2: Finite = 0.0


class UtilityFunction(BaseModel):
    """A party's utility function."""

    type: str
    name: str | None = None
    reserved_value: float | None = None
    values: Any = None
    weights: tuple[Finite, ...] | dict[str, Finite] | None = None
    bias: Finite = 0.0
    mapping: dict[tuple[Scalar, ...], Finite] | None = None
    default: float | None = None
    ufun: Any = None


FUNCTIONS: dict[str, Callable[[ValueFunction, float], float]] = {
    "AffineFun": lambda fun, x: fun.slope * x + fun.bias,
    "LinearFun": lambda fun, x: fun.slope * x,
    "IdentityFun": lambda fun, x: x,
    "QuadraticFun": lambda fun, x: fun.a2 * x * x + fun.a1 * x + fun.bias,
}


def kind_of(data: Any) -> str:
    """Return the class that plain data names, without its module; empty where it names none."""
    named = data.get("type", "") if isinstance(data, dict) else ""
    return named.rpartition(".")[2] if isinstance(named, str) else ""


def is_domain(data: Any) -> bool:
    """Return whether plain data is an outcome space of NegMAS."""
    return kind_of(data).endswith("OutcomeSpace")


def is_profile(data: Any) -> bool:
    """Return whether plain data is a utility function of NegMAS."""
    return kind_of(data).lower().endswith(("utilityfunction", "ufun"))


def read_problem(
    space: tuple[str | Path, Any], functions: Sequence[tuple[str | Path, Any]]
) -> tuple[Domain, tuple[Profile, ...]]:
    """Return the domain and the profiles that the plain data of some files describe.

    Parameters
    ----------
    space : tuple of path and data
    functions : sequence of tuple of path and data
    """
    path, data = space
    if kind_of(data) not in SPACES:
        raise UnknownName("outcome space", kind_of(data), SPACES, str(path))
    read = checked(path, data, Space)
    values: list[tuple[Any, ...]] = []
    issues: list[Issue] = []
    for place, issue in enumerate(read.issues, start=1):
        try:
            made = _issue(place, issue)
        except InputError as error:
            raise InputError(f"{path}, issue {shown(issue.name)}: {error}") from None
        issues.append(made)
        if isinstance(made, IntegerIssue):
            values.append(tuple(range(made.lower, made.upper + 1)))
        else:
            real = isinstance(made, RealIssue)
            values.append(tuple(made.grid.tolist()) if real else issue.values)
    try:
        domain = Domain(read.name or Path(path).stem, tuple(issues))
    except InputError as error:
        raise InputError(f"{path}: {error}") from None
    parties = [_party(place, content, domain, values) for place, content in functions]
    if not any(listed for _, listed in parties):
        return domain, tuple(profile for profile, _ in parties)
    return _in_one_issue(path, domain, values, parties)


def _issue(place: int, issue: SpaceIssue) -> Issue:
    kind = issue.type.rpartition(".")[2]
    if kind in LISTS:
        return DiscreteIssue(place, issue.name, tuple(map(str, issue.values)))
    if kind not in RANGES:
        raise UnknownName("issue type", kind, (*LISTS, *RANGES))
    ends = [x for x in issue.values if isinstance(x, int | float) and not isinstance(x, bool)]
    if len(ends) != 2 or len(issue.values) != 2:
        raise InputError("expected two numbers, the lower and the upper end.")
    if kind == "ContinuousIssue":
        return RealIssue(place, issue.name, float(ends[0]), float(ends[1]))
    if not all(float(x).is_integer() for x in ends):
        raise InputError("expected two whole numbers.")
    if ends[1] - ends[0] >= MOST_VALUES:
        raise InputError(f"{ends[1] - ends[0] + 1:,.0f} numbers; allowed: at most {MOST_VALUES:,}.")
    return IntegerIssue(place, issue.name, int(ends[0]), int(ends[1]))


Party = tuple[Profile, dict[tuple[Any, ...], float]]


def _party(path: str | Path, data: Any, domain: Domain, values: list[tuple[Any, ...]]) -> Party:
    """Return a party's profile and, instead of its weights, what it lists."""
    remarks = []
    if kind_of(data) in DISCOUNTED:
        remarks.append(f"{path}: discounted by step; discounting is left out.")
        data = data.get("ufun")
    kind = kind_of(data)
    if kind not in (*ADDITIVE, *LINEAR, *LISTED):
        raise UnknownName("utility function", kind, (*ADDITIVE, *LINEAR, *LISTED), str(path))
    read = checked(path, data, UtilityFunction)
    reserved = read.reserved_value
    if reserved is None or reserved == -math.inf:
        reserved = -math.inf
        remarks.append(f"{path}: no reservation value; any outcome is better than none.")
    listed: dict[tuple[Any, ...], float] = {}
    weights: tuple[float, ...] = (1.0,) * len(domain.issues)
    worths: list[Worths] = []
    try:
        if kind in LISTED:
            listed = _listed(read, values)
            worths = [Worths((0.0,) * issue.size) for issue in domain.issues]
        else:
            stated = read.weights
            if isinstance(stated, dict):
                stated = tuple(_by_name(stated, domain, "weights"))
            weights = stated if stated is not None else weights
            functions: list[Any] = [{"type": "IdentityFun"}] * len(domain.issues)
            if kind in ADDITIVE:
                given = read.values
                functions = (
                    _by_name(given, domain, "values")
                    if isinstance(given, dict)
                    else list(given)
                    if isinstance(given, list | tuple)
                    else []
                )
            if len(functions) != len(domain.issues) or len(weights) != len(domain.issues):
                raise InputError(
                    f"{counted(len(functions), 'value function')} and "
                    f"{counted(len(weights), 'weight')}; expected one of "
                    f"each for each of {counted(len(domain.issues), 'issue')}."
                )
            for issue, known, function in zip(domain.issues, values, functions, strict=True):
                where = f"{path}, issue {shown(issue.name)}"
                worths.append(Worths(_worths(where, function, known)))
        profile = Profile(
            weights, tuple(worths), reserved, bias=read.bias, cap=math.inf,
            name=read.name or Path(path).stem, remarks=tuple(remarks),
        )  # fmt: skip
    except InputError as error:
        said = str(error)
        raise InputError(said if said.startswith(str(path)) else f"{path}: {said}") from None
    return profile, listed


def _by_name(table: dict[str, Any], domain: Domain, what: str) -> list[Any]:
    names = [issue.name for issue in domain.issues]
    for name in table:
        if name not in names:
            raise UnknownName("issue", name, names, what)
    if missing := [name for name in names if name not in table]:
        raise InputError(f"{what}: nothing for issue {shown(missing[0])}.")
    return [table[name] for name in names]


def _worths(where: str, data: Any, values: tuple[Any, ...]) -> tuple[float, ...]:
    if isinstance(data, dict) and "type" not in data:
        data = {"type": "TableFun", "mapping": data}
    fun = checked(where, data, ValueFunction)
    kind = fun.type.rpartition(".")[2]
    if kind == "ConstFun":
        return (fun.bias,) * len(values)
    if kind == "TableFun":
        table = {str(key): worth for key, worth in fun.mapping.items()}
        if missing := [value for value in values if str(value) not in table]:
            raise InputError(f"{where}: value {shown(str(missing[0]))} has no utility.")
        return tuple(table[str(value)] for value in values)
    if kind not in FUNCTIONS:
        raise UnknownName("value function", kind, ("TableFun", "ConstFun", *FUNCTIONS), where)
    if not all(isinstance(x, int | float) for x in values):
        raise InputError(f"{where}: {kind} of values that are not numbers.")
    return tuple(FUNCTIONS[kind](fun, float(x)) for x in values)


def _listed(read: UtilityFunction, values: list[tuple[Any, ...]]) -> dict[tuple[Any, ...], float]:
    default = read.default if read.default is not None and math.isfinite(read.default) else None
    total = math.prod(map(len, values))
    if total > MOST_LISTED:
        raise InputError(f"a list of {count(total)} outcomes; at most {MOST_LISTED:,} are allowed.")
    table = {tuple(map(str, key)): worth for key, worth in (read.mapping or {}).items()}
    found = {}
    for outcome in product(*values):
        worth = table.get(tuple(map(str, outcome)), default)
        if worth is None:
            raise InputError(f"outcome {shown(', '.join(map(str, outcome)))} has no utility.")
        found[outcome] = worth
    return found


def _in_one_issue(
    path: str | Path, domain: Domain, values: list[tuple[Any, ...]], parties: list[Party]
) -> tuple[Domain, tuple[Profile, ...]]:
    """Return the problem with the outcomes as the values of one issue."""
    from negotiation.interop.domain import utilities

    outcomes = list(product(*values))
    if len(outcomes) > min(MOST_LISTED, MAX_OUTCOMES):
        raise InputError(f"{path}: {count(len(outcomes))} outcomes; allowed: {MOST_LISTED:,}.")
    names = tuple(", ".join(map(str, outcome)) for outcome in outcomes)
    if len(set(names)) < len(names):
        names = tuple(str(tuple(map(str, outcome))) for outcome in outcomes)
    issue = DiscreteIssue(1, ", ".join(issue.name for issue in domain.issues), names)
    profiles = []
    for profile, listed in parties:
        worth = list(listed.values()) if listed else utilities(domain, profile).tolist()
        bias = profile.bias if listed else 0.0
        profiles.append(Profile(
            (1.0,), (Worths(tuple(worth)),), profile.reservation, bias=bias, cap=math.inf,
            name=profile.name, remarks=profile.remarks,
        ))  # fmt: skip
    remark = f"{path}: utilities are listed by outcome; taken as one issue."
    return Domain(domain.name, (issue,), (remark,)), tuple(profiles)
