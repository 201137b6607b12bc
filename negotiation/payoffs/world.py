"""A scenario as numbers: one flat record that compiled code reads by name.

The layout follows the scenario's own tables, so adding a number to a table adds it here:
``deadline.grace`` becomes ``world.deadline_grace``; a delegation's ``precision`` becomes
``world.precision[side]``; an issue's ``mandate`` becomes ``world.mandate[k]``. Every entry
is a float64, so the record is also a plain vector, into which a run's uncertain numbers
are drawn.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np

from negotiation.economy.dyads import dyad
from negotiation.errors import InputError
from negotiation.payoffs.foreseen import MANY_NODES
from negotiation.payoffs.seats import FIELDS, ask_once, take_seat
from negotiation.records import Draws
from negotiation.scenario import (
    MAX_CONSTITUENCIES,
    MAX_ISSUES,
    MAX_LINKS,
    SIDES,
    Quantity,
    Scenario,
)
from negotiation.scenario import sections as s
from negotiation.scenario.problems import ended
from negotiation.scenario.quantity import LISTED, Z90
from negotiation.scenario.strategy_name import check_setting
from negotiation.solvers.quantiles import LAST, LOGITS, LOGS, STEPS, TABLE
from negotiation.tactics.registry import find

ISSUE_KINDS = (
    "us_tariff", "china_tariff", "rare_earths", "purchases", "technology",
    "sectoral_restraint", "other",
)  # fmt: skip
US_TARIFF, CHINA_TARIFF, RARE_EARTHS, PURCHASES, TECHNOLOGY, RESTRAINT, OTHER = range(7)
TOGETHER = "draws"  # whose lot picks the line of a table of draws
WIDE = 0.8  # standard deviation of logarithms up to which a table errs by 0.5% of the mean at most

_SCALAR_SECTIONS = (
    "clock", "economy", "tariffs", "rare_earths", "purchases", "news", "deadline", "escalation",
    "provocation", "summit", "talks", "compliance",
)  # fmt: skip
_CALENDAR = (
    "day_expiry", "day_ruling", "day_summit_from", "day_summit_to", "day_horizon", "extension_days",
    "talks_every_days", "deal_days", "day_pause_ends",
)  # fmt: skip
OFFERS, DRAFTS = 0, 1  # what is signed
REGULAR, RANDOM = 0, 1  # dates of rounds
SWITCHES = {
    "talks_contract": ("offers", "drafts"),
    "talks_dates": ("regular", "random"),
}
FEW_NODES = 4  # of a forecast where it is made for every world; ``MANY_NODES`` where for one


def _numbers_of(section: type[Any]) -> list[str]:
    return [name for name, field in section.model_fields.items() if field.annotation is Quantity]


@cache
def world_dtype() -> np.dtype[Any]:
    """Return the layout of the numbers of any scenario."""
    fields: list[Any] = [("n_issues", "f8"), *((name, "f8") for name in _CALENDAR)]
    fields += [*((name, "f8") for name in SWITCHES), ("forecast_nodes", "f8")]
    fields += [("imports_before", "f8", (2,))]
    for section in _SCALAR_SECTIONS:
        model = Scenario.model_fields[section].annotation
        fields += [(f"{section}_{name}", "f8") for name in _numbers_of(model)]  # type: ignore[arg-type]
    fields += FIELDS
    fields += [(name, "f8", (2,)) for name in _numbers_of(s.Delegation)]
    fields += [("stance", "f8", (2, 3)), ("stance_prior", "f8", (2, 3)), ("trait", "f8", (2, 2))]
    fields += [
        ("trait_prior", "f8", (2,)),
        ("resolve", "f8", (2, 2)),
        ("resolve_prior", "f8", (2,)),
    ]
    fields += [
        (name, "f8", (MAX_ISSUES,)) for name in ("conceded_by", "kind", "status_quo", "full")
    ]
    fields += [(name, "f8", (MAX_ISSUES,)) for name in _numbers_of(s.Issue)]
    fields += [("n_links", "f8"), ("n_groups", "f8", (2,))]
    fields += [(f"link_{name}", "f8", (MAX_LINKS,)) for name in ("first", "second", "value")]
    fields += [
        (f"group_{name}", "f8", (2, MAX_CONSTITUENCIES)) for name in _numbers_of(s.Constituency)
    ]
    fields += [("group_stakes", "f8", (2, MAX_CONSTITUENCIES, MAX_ISSUES))]
    return np.dtype(fields)


class Numbers:
    """The numbers of a scenario by name: a record laid out by :func:`world_dtype`.

    Its names follow the scenario's tables, so they are known when it is opened.
    """

    def __getattr__(self, name: str) -> Any: ...


@dataclass(frozen=True)
class World:
    """The numbers of a scenario and how the uncertain ones are drawn.

    Attributes
    ----------
    central : ndarray, shape (P,)
        Every number at its central value.
    uncertain : ndarray of int64, shape (U,)
        Positions of the uncertain numbers in ``central``.
    slots : ndarray of uint64, shape (U,)
        Their addresses among a run's random numbers: a hash of the path, so that no number's
        draw depends on which other numbers are uncertain.
    kinds : ndarray of int64, shape (U,)
        How each is drawn: see :func:`negotiation.solvers.quantiles.at_place`.
    scales : ndarray, shape (U, 3)
        What is drawn exactly: the number of values of a choice; the median and the standard
        deviations below and above it, of logarithms or of log-odds.
    tables : ndarray, shape (U, 1025 or more)
        Quantile functions at 0, 1/1024, ..., 1 (the ends at 1e-5 and 1 - 1e-5); of a choice the
        sums of the weights up to each value, and the values, in turn.
    paths : tuple of str
        Their dotted paths in the scenario.
    """

    central: np.ndarray
    uncertain: np.ndarray
    slots: np.ndarray
    kinds: np.ndarray
    scales: np.ndarray
    tables: np.ndarray
    paths: tuple[str, ...]

    @property
    def draws(self) -> Draws:
        """What :func:`negotiation.rules.opening.draw_world` needs.

        The positions, unsigned as those need no test for a negative index; the slots, kinds,
        scales and tables; and room for the places in them, new at each call so that threads do not
        share it.
        """
        positions, places = self.uncertain.astype(np.uint64), np.zeros(len(self.slots))
        return positions, self.slots, self.kinds, self.scales, self.tables, places

    def record(self) -> np.ndarray:
        """Return a fresh one-element record array holding the central values."""
        return self.central.copy().view(world_dtype())


def to_world(scenario: Scenario) -> World:
    """Return the numbers of ``scenario``, in the order of :func:`world_dtype`."""
    record = np.zeros(1, world_dtype())
    where: dict[str, int] = {}

    def put(path: str, field: str, value: Quantity | float, *index: int) -> None:
        record[field][(0, *index)] = value.value if isinstance(value, Quantity) else value
        if isinstance(value, Quantity):
            shape = world_dtype()[field].shape
            offset = int(world_dtype().fields[field][1]) // 8  # type: ignore[index]
            where[path] = offset + (int(np.ravel_multi_index(index, shape)) if index else 0)

    _put_calendar(scenario, record[0])
    record["n_issues"] = len(scenario.issues)
    record["talks_contract"] = SWITCHES["talks_contract"].index(scenario.talks.contract)
    record["talks_dates"] = SWITCHES["talks_dates"].index(scenario.talks.dates)
    known = not any(q.uncertain for _, q in scenario.numbers())
    record["imports_before"] = dyad(*scenario.regions).goods_imports()
    record["forecast_nodes"] = MANY_NODES if known else FEW_NODES
    for section in _SCALAR_SECTIONS:
        table = getattr(scenario, section)
        for name in _numbers_of(type(table)):
            put(f"{section}.{name}", f"{section}_{name}", getattr(table, name))
    for side, label in enumerate(SIDES):
        stated = getattr(scenario, label).strategy.settings
        strategy = find(getattr(scenario, label).strategy, where=f"{label}.strategy")
        names = take_seat(record, side, strategy, values_of(stated))
        for k, name in enumerate(names):
            if name in stated:
                path = f"{label}.strategy.{name}"
                try:  # a plug-in's class is not known before
                    check_setting(stated[name], strategy.settings()[name])
                except ValueError as error:
                    raise InputError(f"{path} = {ended(str(error))}") from None
                put(path, "settings", stated[name], side, k)
        ask_once(record, side, strategy, names)
        _put_delegation(label, side, getattr(scenario, label), list(scenario.issues), put)
    for k, (label, issue) in enumerate(scenario.issues.items()):
        put("", "conceded_by", float(SIDES.index(issue.conceded_by)), k)
        put("", "kind", float(ISSUE_KINDS.index(issue.kind)), k)
        put("", "status_quo", issue.status_quo, k)
        put("", "full", issue.full, k)
        for name in _numbers_of(s.Issue):
            put(f"issues.{label}.{name}", name, getattr(issue, name), k)
    order = list(scenario.issues)
    pairs = [(a, b, q) for a, row in scenario.linkage.items() for b, q in row.items()]
    record["n_links"] = len(pairs)
    for m, (first, second, value) in enumerate(pairs):
        put("", "link_first", float(order.index(first)), m)
        put("", "link_second", float(order.index(second)), m)
        put(f"linkage.{first}.{second}", "link_value", value, m)
    return _with_quantiles(scenario, record.view(np.float64), where)


def values_of(settings: Mapping[str, Quantity]) -> dict[str, float]:
    """Return the central values of some settings."""
    return {name: quantity.value for name, quantity in settings.items()}


def _put_calendar(scenario: Scenario, record: Any) -> None:
    c = scenario.calendar

    def day(date: Any) -> float:
        return math.inf if date is None else float((date - c.start).days)

    record["day_expiry"] = day(c.truce_expires)
    record["day_ruling"], record["day_pause_ends"] = day(c.ruling), day(c.pause_ends)
    record["day_summit_from"], record["day_summit_to"] = day(c.summit_from), day(c.summit_to)
    record["day_horizon"] = day(c.horizon)
    record["extension_days"], record["talks_every_days"] = c.extension_days, c.talks_every_days
    record["deal_days"] = c.deal_days


def _put_delegation(
    label: str, side: int, delegation: s.Delegation, issues: list[str], put: Any
) -> None:
    for name in _numbers_of(s.Delegation):
        put(f"{label}.{name}", name, getattr(delegation, name), side)
    types = delegation.types
    for name in ("stance", "trait", "resolve"):
        for k, value in enumerate(getattr(types, name)):
            put(f"{label}.types.{name}.{k}", name, value, side, k)
    for k, share in enumerate(types.stance_prior):
        put("", "stance_prior", share, side, k)
    put(f"{label}.types.trait_prior", "trait_prior", types.trait_prior, side)
    put(f"{label}.types.resolve_prior", "resolve_prior", types.resolve_prior, side)
    put("", "n_groups", float(len(delegation.constituencies)), side)
    for g, (group, constituency) in enumerate(delegation.constituencies.items()):
        for name in _numbers_of(s.Constituency):
            put(
                f"{label}.constituencies.{group}.{name}", f"group_{name}",
                getattr(constituency, name), side, g,
            )  # fmt: skip
        for issue, points in constituency.stakes.items():
            put("", "group_stakes", points, side, g, issues.index(issue))


@lru_cache(maxsize=4096)
def _table(quantity: Quantity) -> np.ndarray:
    """Return the table of a number: the cells of a sweep share most of them."""
    if quantity.distribution in LISTED:
        return np.column_stack([np.cumsum(quantity.shape), quantity.values]).ravel()
    grid = np.linspace(0.0, 1.0, LAST + 1)
    # the quantiles at 0 and 1 of a normal or lognormal are infinite
    grid[0], grid[-1] = 1e-5, 1 - 1e-5
    return np.asarray(quantity.quantiles(grid))


def _exact(quantity: Quantity) -> tuple[int, tuple[float, float, float]]:
    """Return how a number is drawn, and with which scale."""
    if quantity.distribution in LISTED:
        return STEPS, (float(len(quantity.values)), 0.0, 0.0)
    if quantity.distribution in ("lognormal", "logitnormal"):
        middle, below, above = quantity.halves()
        if max(below, above) > WIDE * Z90:
            kind = LOGS if quantity.distribution == "lognormal" else LOGITS
            return kind, (middle, below / Z90, above / Z90)
    return TABLE, (0.0, 0.0, 0.0)


def _with_quantiles(scenario: Scenario, central: np.ndarray, where: dict[str, int]) -> World:
    drawn = [(path, q) for path, q in scenario.numbers() if q.uncertain]
    exact = [_exact(q) for _, q in drawn]
    rows = [_table(q) for _, q in drawn]
    tables = np.zeros((len(drawn), max(LAST + 1, *map(len, rows), 0)))
    for table, row in zip(tables, rows, strict=True):
        table[: len(row)] = row
    return World(
        central=central,
        uncertain=np.array([where[path] for path, _ in drawn], dtype=np.int64),
        # of the path, not of its rank: adding an uncertain number must not move the draws of others
        # and one for all numbers that are drawn together
        slots=np.array(
            [
                zlib.crc32((TOGETHER if q.distribution == "draws" else path).encode())
                for path, q in drawn
            ],
            dtype=np.uint64,
        ),
        kinds=np.array([kind for kind, _ in exact], dtype=np.int64),
        scales=np.array([scale for _, scale in exact]).reshape(len(drawn), 3),
        tables=tables,
        paths=tuple(path for path, _ in drawn),
    )
