"""Read a domain and its preference profiles in the JSON of GeniusWeb.

A domain is ``{"name": ..., "issuesValues": {issue: {"values": [...]}}}``; an issue of numbers has
``{"range": {"low": ..., "high": ..., "step": ...}}`` instead. A profile is
``{"LinearAdditiveUtilitySpace": {...}}`` with ``issueUtilities``, ``issueWeights``, its own
``domain`` and a ``reservationBid``, an outcome whose utility no agreement is worth. Numbers are
taken as they stand: nothing is divided by a largest value and nothing is cut off.
"""

from __future__ import annotations

import math
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import AliasChoices, BaseModel, Field

from negotiation.errors import InputError, UnknownName
from negotiation.interop.domain import DiscreteIssue, Domain, Profile
from negotiation.interop.evaluators import Worths
from negotiation.interop.hardened_xml import shown
from negotiation.interop.plain_files import MOST_VALUES, checked
from negotiation.scenario.quantity import Finite

SPACE = "LinearAdditiveUtilitySpace"
ROUNDING = 1e-9


class Steps(BaseModel):
    """Numbers from ``low`` to ``high``."""

    low: Finite
    high: Finite
    step: Finite = Field(gt=0)

    def numbers(self) -> tuple[str, ...]:
        """Return the numbers as text, without rounding."""
        low, high, step = (Decimal(repr(x)) for x in (self.low, self.high, self.step))
        count = math.floor((high - low) / step) + 1
        if not 0 < count <= MOST_VALUES:
            raise InputError(f"the range has {max(count, 0):,} numbers; allowed: 1 to 100,000.")
        return tuple(f"{(low + k * step).normalize():f}" for k in range(count))


class Values(BaseModel):
    """What an issue may be."""

    values: list[str | int | float] | None = None
    range: Steps | None = None


class Space(BaseModel):
    """An outcome space."""

    name: str = ""
    issuesValues: dict[str, Values]  # noqa: N815  (as in the file)


class Discrete(BaseModel):
    """What each value is worth."""

    valueUtilities: dict[str, Finite]  # noqa: N815


class Numbers(BaseModel):
    """What the two ends of a range are worth; in between a straight line."""

    lowValue: Finite  # noqa: N815
    lowUtility: Finite  # noqa: N815
    highValue: Finite  # noqa: N815
    highUtility: Finite  # noqa: N815


class Utilities(BaseModel):
    """Of an issue, under its name today or an earlier one."""

    table: Discrete | None = Field(
        None, validation_alias=AliasChoices("DiscreteValueSetUtilities", "discreteutils")
    )
    line: Numbers | None = Field(
        None, validation_alias=AliasChoices("NumberValueSetUtilities", "numberutils")
    )


class Bid(BaseModel):
    """An outcome."""

    issuevalues: dict[str, str | int | float]


class Additive(BaseModel):
    """A linear additive profile."""

    name: str = ""
    domain: Space | None = None
    issueUtilities: dict[str, Utilities]  # noqa: N815
    issueWeights: dict[str, Finite]  # noqa: N815
    reservationBid: Bid | None = None  # noqa: N815


def is_domain(data: Any) -> bool:
    """Return whether plain data is a GeniusWeb domain."""
    return isinstance(data, dict) and "issuesValues" in data


def is_profile(data: Any) -> bool:
    """Return whether plain data is a GeniusWeb profile, of whatever kind."""
    return isinstance(data, dict) and any(str(key).endswith("UtilitySpace") for key in data)


def read_domain(path: str | Path, data: Any) -> Domain:
    """Return the domain that plain data of a file describes, or that its profile is about."""
    if is_profile(data):
        found = _space(path, data).domain
        if found is None:
            raise InputError(f"{path}: the profile holds no domain; name a domain's file too.")
    else:
        found = checked(path, data, Space)
    issues = []
    for place, (name, allowed) in enumerate(found.issuesValues.items(), start=1):
        if (allowed.values is None) == (allowed.range is None):
            raise InputError(f"{path}, issue {shown(name)}: expected either values or a range.")
        try:
            values = (
                allowed.range.numbers() if allowed.range else tuple(map(str, allowed.values or ()))
            )
            issues.append(DiscreteIssue(place, name, values))
        except InputError as error:
            raise InputError(f"{path}, issue {shown(name)}: {error}") from None
    try:
        return Domain(found.name or Path(path).stem, tuple(issues))
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def read_profile(path: str | Path, data: Any, domain: Domain) -> Profile:
    """Return the profile that plain data of a file describes, of a party to ``domain``."""
    space = _space(path, data)
    names = {issue.name: issue for issue in domain.issues}
    for table in (space.issueWeights, space.issueUtilities):
        for name in table:
            if name not in names:
                raise UnknownName("issue", name, names, str(path))
    weights, worths = [], []
    for name, issue in names.items():
        if name not in space.issueWeights or name not in space.issueUtilities:
            raise InputError(f"{path}: there is no weight or no utility for issue {shown(name)}.")
        weights.append(space.issueWeights[name])
        try:
            assert isinstance(issue, DiscreteIssue)
            worths.append(Worths(_worths(space.issueUtilities[name], issue)))
        except InputError as error:
            raise InputError(f"{path}, issue {shown(name)}: {error}") from None
    remarks, total = [], sum(weights)
    if abs(total - 1.0) > ROUNDING:
        remarks.append(
            f"{path}: the weights sum to {total:g}, not to 1 as GeniusWeb asks; taken as they are."
        )
    reservation = 0.0
    if space.reservationBid is not None:
        reservation = _worth_of(path, space.reservationBid, domain, weights, worths)
    return Profile(
        tuple(weights), tuple(worths), reservation, cap=math.inf,
        name=space.name or Path(path).stem, remarks=tuple(remarks),
    )  # fmt: skip


def _space(path: str | Path, data: Any) -> Additive:
    if not isinstance(data, dict) or SPACE not in data:
        keys = map(str, data if isinstance(data, dict) else ())
        kind = next((key for key in keys if key.endswith("UtilitySpace")), "none that is known")
        raise InputError(
            f"{path}: a profile of the kind {shown(kind)}; allowed: {SPACE}, whose utilities add "
            "up."
        )
    return checked(path, data[SPACE], Additive)


def _worths(utilities: Utilities, issue: DiscreteIssue) -> tuple[float, ...]:
    if utilities.table is not None:
        table = utilities.table.valueUtilities
        for value in table:
            if value not in issue.values:
                raise UnknownName("value", value, issue.values)
        if missing := [value for value in issue.values if value not in table]:
            raise InputError(f"value {shown(missing[0])} has no utility.")
        return tuple(table[value] for value in issue.values)
    if utilities.line is None:
        raise InputError("expected DiscreteValueSetUtilities or NumberValueSetUtilities.")
    line = utilities.line
    if line.highValue <= line.lowValue:
        raise InputError(f"highValue {line.highValue:g} is not above lowValue {line.lowValue:g}.")
    slope = (line.highUtility - line.lowUtility) / (line.highValue - line.lowValue)
    try:
        numbers = [float(value) for value in issue.values]
    except ValueError:
        raise InputError("utilities of numbers for values that are no numbers.") from None
    return tuple(line.lowUtility + slope * (x - line.lowValue) for x in numbers)


def _worth_of(
    path: str | Path, bid: Bid, domain: Domain, weights: list[float], worths: list[Worths]
) -> float:
    total = 0.0
    for issue, weight, worth in zip(domain.issues, weights, worths, strict=True):
        assert isinstance(issue, DiscreteIssue)
        value = str(bid.issuevalues.get(issue.name, ""))
        if issue.name in bid.issuevalues and value not in issue.values:
            raise UnknownName(
                "value", value, issue.values, f"{path}, reservationBid, {issue.name!r}"
            )
        if issue.name in bid.issuevalues:  # GeniusWeb counts what is left open as worth nothing
            total += weight * worth.worths[issue.values.index(value)]
    return total
