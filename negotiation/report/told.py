"""The tables of a report: numbers as text, with the digits that their intervals allow."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from negotiation.report.cells import Cell
from negotiation.report.designs import unit_of
from negotiation.report.drivers import rank_correlations
from negotiation.words import outcomes
from negotiation.words.numbers import interval, percent, points, signed_interval
from negotiation.words.settings import value

if TYPE_CHECKING:
    from negotiation.analysis.odds import Odds
    from negotiation.estimates import Estimate
    from negotiation.scenario import Scenario
    from negotiation.sweep.results import Results

MOST_CELLS, MOST_CHANGES, MOST_VALUES = 40, 12, 8


class Line(NamedTuple):
    """One outcome with its odds, the interval over runs and that over unknown numbers."""

    words: str
    odds: str
    chance: str
    ignorance: str


class Factor(NamedTuple):
    """One setting that varies."""

    name: str
    role: str
    unit: str
    values: str


class Correlated(NamedTuple):
    """A setting with which the odds rise or fall."""

    name: str
    correlation: str
    interval: str
    clear: bool


class Moved(NamedTuple):
    """A cell whose odds differ from the baseline's."""

    settings: str
    odds: str
    change: str
    interval: str
    gain: str
    clear: bool


def line(words: str, estimate: Estimate, over: tuple[float, float]) -> Line:
    """Return one outcome as text; no second interval where it is a point."""
    return Line(
        words,
        percent(*estimate),
        interval(estimate.low, estimate.high),
        interval(*over) if over[0] < over[1] else "",
    )


def headlines(odds: Odds, scenario: Scenario) -> list[Line]:
    """Return what a reader asks about first."""
    return [
        line(words, odds.events[name], odds.parameter_interval[name])
        for name, words in outcomes.headlines(scenario).items()
    ]


def at_horizon(odds: Odds) -> list[Line]:
    """Return the five endings."""
    return [
        line(outcomes.AT_HORIZON[name], estimate, odds.horizon_interval[name])
        for name, estimate in odds.at_horizon.items()
    ]


def on_the_way(odds: Odds, scenario: Scenario) -> list[Line]:
    """Return the events that are possible under the scenario's calendar."""
    return [
        line(outcomes.event(name), estimate, odds.parameter_interval[name])
        for name, estimate in odds.events.items()
        if name not in outcomes.impossible(scenario)
    ]


def factors(results: Results, roles: dict[str, str]) -> list[Factor]:
    """Return the settings that vary, with what is tried."""
    found = []
    for name in results.factors:
        tried = list(dict.fromkeys(v for v in results.design[name].to_pylist() if v is not None))
        numeric = all(isinstance(v, int | float) for v in tried)
        if len(tried) <= MOST_VALUES or not numeric:
            values = ", ".join(value(v) for v in tried)
        else:
            values = f"{len(tried):,} values from {value(min(tried))} to {value(max(tried))}"
        found.append(Factor(name, roles.get(name, "lever"), unit_of(results, name), values))
    return found


def settings_of(cell: Cell, most: int = 4) -> str:
    """Return a cell's settings; of very many only the number of the cell.

    Examples
    --------
    >>> settings_of(Cell(1, 10, {"us.patience": 0.8, "china.patience": 0.9}))
    'us.patience = 0.8, china.patience = 0.9'
    """
    if len(cell.settings) > most:
        return f"cell {cell.number}"
    parts = [f"{name} = {value(v)}" for name, v in cell.settings.items()]
    return ", ".join(parts) or "as the scenario stands"


def changes(cells: list[Cell], outcome: str) -> list[Moved]:
    """Return the cells whose odds differ most from the baseline's, the largest first."""
    moved = [cell for cell in cells if outcome in cell.changes]
    moved.sort(key=lambda cell: -abs(cell.changes[outcome].difference))
    found = []
    for cell in moved[:MOST_CHANGES]:
        change, estimate = cell.changes[outcome], cell.odds[outcome]
        found.append(
            Moved(
                settings_of(cell),
                percent(*estimate),
                points(change.difference, change.low, change.high),
                signed_interval(change.low, change.high),
                times(change.gain),
                change.low > 0 or change.high < 0,
            )
        )
    return found


def correlations(results: Results, cells: list[Cell], outcome: str) -> list[Correlated]:
    """Return the settings with which the odds rise or fall most, the strongest first."""
    table = rank_correlations(results, [cell for cell in cells if cell.odds], outcome)
    rows = zip(table["name"], table["index"], table["low"], table["high"], strict=True)
    return [
        Correlated(name, f"{index:+.2f}", f"{low:+.2f} to {high:+.2f}", low > 0 or high < 0)
        for name, index, low, high in rows
    ][:MOST_CHANGES]


def pairing_gain(cells: list[Cell], outcomes: tuple[str, ...]) -> float | None:
    """Return the median over cells of how many times more runs strangers would need."""
    gains = sorted(
        cell.changes[name].gain
        for cell in cells
        for name in outcomes
        if name in cell.changes and math.isfinite(cell.changes[name].gain)
    )
    return gains[len(gains) // 2] if gains else None


def times(gain: float | None) -> str:
    """Return how many times more runs strangers would need; nothing where nothing can be said.

    Examples
    --------
    >>> times(1.9049), times(17.7), times(float("inf")), times(None)
    ('1.9', '18', '', '')
    """
    if gain is None or not math.isfinite(gain):
        return ""
    return f"{gain:.0f}" if gain >= 10 else f"{gain:.1f}"


def cell_rows(cells: list[Cell], outcomes: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the odds of each cell; of many, those where the first outcome is rarest and likeliest.

    In the order of the design.
    """
    shown = [cell for cell in cells if cell.odds]
    if len(shown) > MOST_CELLS:
        ranked = sorted(shown, key=lambda cell: cell.odds[outcomes[0]].p)
        half = MOST_CELLS // 2
        chosen = {cell.number for cell in ranked[:half] + ranked[-half:]}
        shown = [cell for cell in shown if cell.number in chosen]
    return [
        {
            "number": cell.number,
            "settings": settings_of(cell),
            "runs": f"{cell.runs:,}",
            "odds": [
                line("", cell.odds[name], cell.ignorance.get(name, (0.0, 0.0))) for name in outcomes
            ],
        }
        for cell in shown
    ]


def number_marks(scenario: Scenario) -> dict[str, int]:
    """Return how many numbers of a scenario carry each mark, and how many are uncertain."""
    count = Counter(str(quantity.mark) for _, quantity in scenario.numbers())
    uncertain = sum(quantity.uncertain for _, quantity in scenario.numbers())
    return {**count, "all": sum(count.values()), "uncertain": uncertain}
