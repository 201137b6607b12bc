"""The tables of a report: numbers as text, with the digits that their intervals allow."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from negotiation.estimates import clear
from negotiation.report.cells import Cell
from negotiation.report.designs import unit_of
from negotiation.report.drivers import rank_correlations
from negotiation.words import outcomes
from negotiation.words.numbers import interval, percent, points, signed_interval
from negotiation.words.settings import label, own_path, value

if TYPE_CHECKING:
    from negotiation.analysis.odds_result import Odds
    from negotiation.estimates import Estimate
    from negotiation.scenario import Scenario
    from negotiation.sweep.results import Results

MOST_CELLS, MOST_CHANGES, MOST_VALUES = 40, 12, 8


class Line(NamedTuple):
    """One outcome with its odds, the interval over runs and that over unknown numbers.

    ``part`` says that it is a kind of the outcome before it.
    """

    words: str
    odds: str
    chance: str
    ignorance: str
    part: bool = False


class Factor(NamedTuple):
    """One setting that varies."""

    words: str
    name: str
    role: str
    unit: str
    values: str


class Correlated(NamedTuple):
    """A setting with which the odds rise or fall."""

    words: str
    path: str
    correlation: str
    interval: str
    clear: bool


class Setting(NamedTuple):
    """A setting of a cell: in words, its value, and its path."""

    words: str
    value: str
    path: str


class Moved(NamedTuple):
    """A cell whose odds differ from the baseline's, and by how much."""

    settings: list[Setting]
    instead: list[Setting]
    before: str
    odds: str
    change: str
    interval: str
    gain: str
    clear: bool


def line(words: str, estimate: Estimate, over: tuple[float, float]) -> Line:
    """Return one outcome as text; no wide interval where it is a point."""
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


def at_horizon(odds: Odds, scenario: Scenario) -> list[Line]:
    """Return the endings that are possible."""
    return [
        line(words, odds.at_horizon[name], odds.horizon_interval[name])
        for name, words in outcomes.endings(scenario).items()
    ]


def on_the_way(odds: Odds, scenario: Scenario) -> list[Line]:
    """Return the events that are possible under the scenario's calendar."""
    return [
        line(
            outcomes.in_a_list(name, scenario).strip(), estimate, odds.parameter_interval[name]
        )._replace(part=name in outcomes.PARTS)
        for name, estimate in odds.events.items()
        if name not in outcomes.impossible(scenario)
    ]


def factors(results: Results, roles: dict[str, str], scenario: Scenario) -> list[Factor]:
    """Return the settings that vary, with what is tried."""
    found = []
    for name in results.factors:
        tried = list(dict.fromkeys(v for v in results.design[name].to_pylist() if v is not None))
        numeric = all(isinstance(v, int | float) for v in tried)
        if len(tried) <= MOST_VALUES or not numeric:
            values = ", ".join(value(v) for v in tried)
        else:
            values = f"{len(tried):,} values from {value(min(tried))} to {value(max(tried))}"
        role, unit = roles.get(name, "lever"), unit_of(results, name)
        found.append(Factor(label(name, scenario), own_path(name, scenario), role, unit, values))
    return found


def settings_of(cell: Cell, scenario: Scenario | None = None, most: int = 4) -> list[Setting]:
    """Return a cell's settings; of very many only the number of the cell.

    Examples
    --------
    >>> settings_of(Cell(1, 10, {"us.patience": 0.8}))
    [Setting(words='United States: annual discount factor', value='0.8', path='us.patience')]
    """
    if len(cell.settings) > most:
        return [Setting(f"cell {cell.number}", "", "")]
    found = [
        Setting(label(k, scenario), value(v), own_path(k, scenario))
        for k, v in cell.settings.items()
    ]
    return found or [Setting("as the scenario stands", "", "")]


def instead(cell: Cell, base: Cell, scenario: Scenario | None = None) -> list[Setting]:
    """Return what a cell sets otherwise than the baseline, each with the baseline's value.

    Examples
    --------
    >>> base, cell = (Cell(k, 10, {"us.patience": k, "news.tension": 1}) for k in (1, 2))
    >>> [(setting.path, setting.value) for setting in instead(cell, base)]
    [('us.patience', '2, not 1')]
    """
    found = []
    for name in dict.fromkeys((*cell.settings, *base.settings)):
        new, old = (c.settings.get(name) for c in (cell, base))
        if new != old:
            shown = "as it stands" if new is None else value(new)
            was = "" if old is None else f", not {value(old)}"
            found.append(Setting(label(name, scenario), f"{shown}{was}", own_path(name, scenario)))
    return found[:MOST_VALUES]


def changes(
    cells: list[Cell], outcome: str, base: Cell, scenario: Scenario | None = None
) -> list[Moved]:
    """Return the cells whose odds differ most from the baseline's, the largest first."""
    moved = [cell for cell in cells if outcome in cell.changes]
    moved.sort(key=lambda cell: -abs(cell.changes[outcome].difference))
    found = []
    for cell in moved[:MOST_CHANGES]:
        change, estimate = cell.changes[outcome], cell.odds[outcome]
        found.append(
            Moved(
                settings_of(cell, scenario),
                instead(cell, base, scenario),
                percent(estimate.p - change.difference, estimate.low, estimate.high),
                percent(*estimate),
                points(change.difference, change.low, change.high),
                signed_interval(change.low, change.high),
                times(change.gain),
                clear(change.low, change.high),
            )
        )
    return found


def correlations(
    results: Results, cells: list[Cell], outcome: str, scenario: Scenario
) -> list[Correlated]:
    """Return the settings with which the odds rise or fall most, the strongest first."""
    table = rank_correlations(results, [cell for cell in cells if cell.odds], outcome)
    rows = zip(table["name"], table["index"], table["low"], table["high"], strict=True)
    return [
        Correlated(
            label(name, scenario),
            own_path(name, scenario),
            f"{index:+.2f}",
            f"{low:+.2f} to {high:+.2f}",
            clear(low, high),
        )
        for name, index, low, high in rows
    ][:MOST_CHANGES]  # fmt: skip


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


def cell_rows(
    cells: list[Cell], outcomes: tuple[str, ...], scenario: Scenario
) -> list[dict[str, Any]]:
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
            "settings": settings_of(cell, scenario),
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
