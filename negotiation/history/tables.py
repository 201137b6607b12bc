"""What the record counts: outcomes by stratum, who gave way, what follows, timing, survival."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from negotiation.door import checked
from negotiation.errors import ByName
from negotiation.history import resampling
from negotiation.history.codes import Binding, GaveWay, Leaders, Outcome, Regime
from negotiation.history.reading import Record
from negotiation.history.resampling import FEW, Counted
from negotiation.history.rows import Decision

SINCE, SENDER = 2017, "US"
PARTNERS = ("China", "EU", "Canada", "Mexico")
AFTER = (7, 30, 60, 90, 180, 365)
BINS = {"late": (-10_000, -1), "0-1": (0, 1), "2-3": (2, 3), "4-7": (4, 7), "8-14": (8, 14),
        "15-30": (15, 30), "more": (31, 10_000)}  # fmt: skip
NOTICE = (("under 7 days", 0, 6), ("7 to 29 days", 7, 29), ("30 days and more", 30, 10_000))
FEWEST = 5  # decisions of which shares are told
NO_PENALTY = (Outcome.EXTENDED_OR_PAUSED, Outcome.DEAL, Outcome.DROPPED)


@dataclass(frozen=True)
class Line:
    """A line of a table: of which rows, how many, in how many disputes, and the numbers."""

    of: str
    n: int
    disputes: int
    values: dict[str, Counted]

    @property
    def few(self) -> bool:
        """Whether disputes are so few that the intervals are too narrow."""
        return self.disputes < FEW


@dataclass(frozen=True)
class Table:
    """A table of history: shares, but for the ``amounts`` among its numbers."""

    title: str
    lines: list[Line] = field(default_factory=list)
    amounts: tuple[str, ...] = ()

    def line(self, of: str) -> Line:
        """Return the line of that name."""
        return ByName({line.of: line for line in self.lines})[of]


def main_set(rows: Sequence[Decision]) -> list[Decision]:
    """Return the decisions that count in base rates: of the US as sender since 2017."""
    return [d for d in rows if d.counted and d.sender == SENDER and d.date.year >= SINCE]


@checked
def tables(record: Record) -> ByName[Table]:
    """Return all tables that the rows suffice for.

    Examples
    --------
    >>> from negotiation.history.reading import shipped
    >>> found = tables(shipped())["outcomes"].line("all")
    >>> found.n, found.disputes, round(found.values["deal"].value, 2)
    (120, 37, 0.27)
    """
    recent = [d for d in record.decisions if d.counted and d.date.year >= SINCE]
    main = main_set(record.decisions)
    made = {
        "outcomes": Table("Outcomes, US as sender since 2017", _outcomes(main)),
        "gave_way": Table("Who gave way where no penalty came", _gave_way(main)),
        "after_extension": Table("The next decision after an extension", _after(recent)),
        "realised": Table("Share of the threatened rise that came", _realised(main), ("mean",)),
        "days_before": Table(
            "Days before a hard date at which it is settled", _days(recent), ("median",)
        ),
        "lengths": Table(
            "Length of extensions, days, any year", _lengths(record), ("q25", "median", "q75")
        ),
        "survival": Table("Share of penalties still in force after so many days", _spells(record)),
        "issues": Table(
            "Kinds of commitments in a deal since 2017", _issues(record), ("mean", "sd")
        ),
    }
    return ByName({name: table for name, table in made.items() if table.lines})


Named = Iterator[tuple[str, list[Decision]]]


def strata(rows: list[Decision]) -> Named:
    """Yield the strata of the table of outcomes by name, each with its decisions."""
    hard = [d for d in rows if d.binding == Binding.HARD]
    ahead = [d for d in hard if d.known_ahead and d.talks_live]
    yield "all", rows
    yield "hard date", hard
    yield "soft date", [d for d in rows if d.binding == Binding.SOFT]
    yield (
        "hard, known ahead, talks live, no leaders",
        [d for d in ahead if d.leaders == Leaders.NONE],
    )
    yield "hard, known ahead, talks live, leaders", [d for d in ahead if d.leaders != Leaders.NONE]
    yield "hard, under 7 days' notice", [d for d in hard if not d.known_ahead]
    for regime in Regime:
        yield f"hard, before: {regime.value}", [d for d in hard if d.regime_before == regime]
    for partner in PARTNERS:
        yield f"target {partner}", [d for d in rows if d.target == partner]
    yield "threat only, no order", [d for d in rows if d.instrument == "Threat only"]


def regime_and_notice(rows: list[Decision]) -> Named:
    """Yield hard dates by what was in force before and by notice, where there are a few of them."""
    hard = [d for d in rows if d.binding == Binding.HARD]
    for regime in Regime:
        for told, low, high in NOTICE:
            part = [
                d
                for d in hard
                if d.regime_before == regime
                and d.lead_days is not None
                and low <= d.lead_days <= high
            ]
            if len(part) >= FEWEST:
                yield f"{regime.value.replace('_', ' ')}, {told}", part


def _outcomes(rows: list[Decision]) -> list[Line]:
    lines = [_shares(of, part, [d.outcome for d in part], Outcome) for of, part in strata(rows)]
    second = [d.read(second=True) for d in rows]
    return _there([*lines, _shares("all, by the second reading", rows, second, Outcome)])


def _gave_way(rows: list[Decision]) -> list[Line]:
    free = [d for d in rows if d.outcome in NO_PENALTY]
    hard = [d for d in free if d.binding == Binding.HARD]
    put_off = [d for d in hard if d.outcome == Outcome.EXTENDED_OR_PAUSED]
    parts = {
        "hard": hard,
        "hard, extended": put_off,
        "hard, extended, penalties or retaliation on both sides": [
            d for d in put_off if (d.target_retaliation_before or 0) > 0
        ],
        "hard, deal": [d for d in hard if d.outcome == Outcome.DEAL],
        "China, all dates": [d for d in free if d.target == "China"],
        "not China, all dates": [d for d in free if d.target != "China"],
    }
    return _there(
        [_shares(of, part, [d.mutual for d in part], GaveWay) for of, part in parts.items()]
    )


def _after(rows: list[Decision]) -> list[Line]:
    put_off, following = [], []
    for row in rows:
        if row.outcome != Outcome.EXTENDED_OR_PAUSED:
            continue
        same = (row.cluster, row.sender, row.target)
        later = [d for d in rows if (d.cluster, d.sender, d.target) == same and d.date > row.date]
        if later:
            put_off.append(row)
            following.append(min(later, key=lambda d: d.date).outcome)
    return _there([_shares("any sender, same two sides", put_off, following, Outcome)])


def _realised(rows: list[Decision]) -> list[Line]:
    told, shares = [], []
    for d in rows:
        before, threat, after = d.us_tariff_before, d.us_tariff_threatened, d.us_tariff_after
        if before is None or threat is None or after is None or threat <= before:
            continue
        told.append(d)
        shares.append(min(max((after - before) / (threat - before), 0.0), 1.0))
    x = np.array(shares)
    values = np.stack([x, x == 0, (x > 0) & (x < 1), x == 1], axis=1).astype(float)
    return _there([_line("all", told, ("mean", "none", "part", "full"), _mean_of(values))])


def _days(rows: list[Decision]) -> list[Line]:
    hard = [
        d
        for d in rows
        if d.binding == Binding.HARD and d.outcome in NO_PENALTY and d.days_to_deadline is not None
    ]
    parts = {
        "all": hard,
        "extended": [d for d in hard if d.outcome == Outcome.EXTENDED_OR_PAUSED],
        "deal": [d for d in hard if d.outcome == Outcome.DEAL],
        "US-China": [d for d in hard if d.between("China") and d.between("US")],
    }
    return _there([_days_line(of, part) for of, part in parts.items()])


def _days_line(of: str, rows: list[Decision]) -> Line:
    days = np.array([d.days_to_deadline for d in rows], float)
    inside = [(days >= low) & (days <= high) for low, high in BINS.values()]
    values = np.stack(inside, axis=1).astype(float)

    def found(w: np.ndarray) -> np.ndarray:
        middle = resampling.quantiles(w, days, [0.5])
        return np.concatenate([resampling.mean(w, values), middle], axis=1)

    return _line(of, rows, (*BINS, "median"), found)


def _lengths(record: Record) -> list[Line]:
    rows = [
        d
        for d in record.decisions
        if d.counted and d.outcome == Outcome.EXTENDED_OR_PAUSED and d.deal_term_days is not None
    ]
    days = np.array([d.deal_term_days for d in rows], float)
    near = ((days >= 81) & (days <= 100)).astype(float)[:, None]

    def found(w: np.ndarray) -> np.ndarray:
        quarters = resampling.quantiles(w, days, [0.25, 0.5, 0.75])
        return np.concatenate([quarters, resampling.mean(w, near)], axis=1)

    return _there([_line("all", rows, ("q25", "median", "q75", "81-100 days"), found)])


def _spells(record: Record) -> list[Line]:
    lines = []
    for of, spells in (
        ("all", list(record.spells)),
        ("US-China", [s for s in record.spells if {s.sender, s.target} == {"US", "China"}]),
        ("50 points and more", [s for s in record.spells if (s.points or 0) >= 50]),
    ):
        days = np.array([s.days for s in spells], float)
        ended = np.array([not s.censored for s in spells], bool)

        def found(w: np.ndarray, days: Any = days, ended: Any = ended) -> np.ndarray:
            return resampling.survival(w, days, ended, AFTER)

        lines.append(_line(of, spells, tuple(map(str, AFTER)), found))
    return _there(lines)


def _issues(record: Record) -> list[Line]:
    recent = [d for d in record.deals if d.date.year >= SINCE]
    parts = {
        "delegations": [d for d in recent if d.first_signed_by == "delegation"],
        "leaders": [d for d in recent if d.first_signed_by == "leaders"],
        "of 2025": [d for d in recent if d.date.year == 2025],
        "with China": [d for d in recent if d.partner == "China"],
    }
    lines = []
    for of, deals in parts.items():
        kinds = np.array([d.n_categories for d in deals], float).reshape(-1, 1)
        has = np.array([[d.purchases, d.term_days is not None] for d in deals], float)

        def found(w: np.ndarray, kinds: Any = kinds, has: Any = has) -> np.ndarray:
            middle, sd = resampling.mean(w, kinds), resampling.spread(w, kinds)
            return np.concatenate([middle, sd, resampling.mean(w, has)], axis=1)

        lines.append(_line(of, deals, ("mean", "sd", "purchases", "term"), found))
    return _there(lines)


def _mean_of(values: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
    return lambda w: resampling.mean(w, values)


def _shares(of: str, rows: list[Decision], codes: Sequence[Any], kind: Any) -> Line:
    values = np.array([[code == one for one in kind] for code in codes], float)
    return _line(of, rows, tuple(one.value for one in kind), _mean_of(values))


def _line(of: str, rows: Sequence[Any], names: Sequence[str], found: Any) -> Line:
    disputes = [row.cluster or row.id for row in rows]
    values = resampling.resampled(disputes, found) if rows else []
    return Line(of, len(rows), len(set(disputes)), dict(zip(names, values, strict=False)))


def _there(lines: list[Line]) -> list[Line]:
    return [line for line in lines if line.n]
