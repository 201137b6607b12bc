"""What a reader can move on the explorable page: the settings that a sweep varies, six at most."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from negotiation.errors import InputError, counted
from negotiation.report.designs import unit_of
from negotiation.report.surface import stabilised
from negotiation.scenario.problems import one_of_settings
from negotiation.words.levers import PERCENT, plainly, step_of
from negotiation.words.scene import capital
from negotiation.words.settings import own_path, seat_path, value

if TYPE_CHECKING:
    from negotiation.scenario import Scenario
    from negotiation.sweep.results import Results

MOST_LEVERS = 6
MOST_MIXES = 400  # combinations of menus
FEWEST = 2  # cells


class Axis(NamedTuple):
    """A setting as a slider, or as a menu where its values are no numbers.

    Attributes
    ----------
    path, own : str
        Under the names of the seats, and under the scenario's own.
    label, unit, help : str
        In plain words.
    options : tuple of str
        Of a menu; empty of a slider.
    low, high : float
        Of a slider: the ends of what the sweep tried. Nothing is said beyond them.
    stops : tuple of float
        Where the slider can stand.
    """

    path: str
    own: str
    label: str
    unit: str
    help: str
    options: tuple[str, ...]
    low: float
    high: float
    stops: tuple[float, ...]

    @property
    def percent(self) -> bool:
        """Whether its values are shown in percent."""
        return self.unit in PERCENT

    @property
    def digits(self) -> int:
        """How many digits of its values are shown: four, and all those of large whole numbers."""
        return max(4, len(str(int(max(abs(self.low), abs(self.high))))))

    def shown(self, amount: float) -> str:
        """Return a value as the page writes it."""
        if self.options:
            return self.options[round(amount)]
        return f"{100 * amount:.4g}%" if self.percent else f"{amount:.{self.digits}g}"


@dataclass(frozen=True)
class Explored:
    """The cells of a sweep under its levers.

    Attributes
    ----------
    axes : tuple of Axis
    left : tuple of str
        Settings that vary too and are no levers, in words: their cells are pooled.
    cells : ndarray of int, shape (cells,)
        Numbers of the cells that are used.
    values : ndarray, shape (cells, axes)
        Of a menu the number of the option.
    start : ndarray, shape (axes,)
        Where the levers stand at first: at the baseline.
    """

    axes: tuple[Axis, ...]
    left: tuple[str, ...]
    cells: np.ndarray
    values: np.ndarray
    start: np.ndarray

    @property
    def sliders(self) -> list[int]:
        """Which axes are sliders."""
        return [k for k, axis in enumerate(self.axes) if not axis.options]

    @property
    def menus(self) -> list[int]:
        """Which axes are menus."""
        return [k for k, axis in enumerate(self.axes) if axis.options]

    def scaled(self, values: np.ndarray) -> np.ndarray:
        """Return where points lie on the sliders, each from -1 to 1."""
        found = self.sliders
        low = np.array([self.axes[k].low for k in found])
        high = np.array([self.axes[k].high for k in found])
        return np.asarray((2.0 * values[:, found] - (low + high)) / (high - low))

    def mix(self, values: np.ndarray) -> np.ndarray:
        """Return the number of the combination of menus at each point."""
        number = np.zeros(len(values), int)
        for k in self.menus:
            number = number * len(self.axes[k].options) + values[:, k].astype(int)
        return number

    @property
    def mixes(self) -> int:
        """Combinations of menus."""
        return math.prod(len(self.axes[k].options) for k in self.menus)


def explored(
    results: Results, scenario: Scenario, outcomes: Sequence[str],
    levers: Sequence[str] | None = None,
) -> Explored:  # fmt: skip
    """Return the levers of a sweep, and its cells under them.

    Parameters
    ----------
    results : Results
    scenario : Scenario
        The sweep's base.
    outcomes : sequence of str
        By which the six settings that matter most are found, where more than six vary.
    levers : sequence of str, optional
        Which settings become levers, by path; if not given all that vary, or the six.

    Raises
    ------
    InputError
        If fewer than two cells have odds, or a lever is none.
    """
    played = np.flatnonzero(results.runs > 0)
    columns = {name: results.design[name].to_pylist() for name in results.factors}
    columns = {name: filled(name, column, scenario) for name, column in columns.items()}
    varied = {
        name: column
        for name, column in columns.items()
        if len({str(column[k]) for k in played}) >= FEWEST
    }
    if not varied:
        raise InputError(
            "there is nothing to explore: all cells with odds have the same settings; sweep at "
            "least two values of a setting."
        )
    chosen = list(varied)
    if levers is not None:
        asked = [seat_path(name, scenario) for name in levers]
        for name in asked:
            known = [own_path(one, scenario) for one in varied]
            one_of_settings(own_path(name, scenario), known, "lever")
        chosen = [name for name in varied if name in asked]
        if len(chosen) > MOST_LEVERS:
            raise InputError(
                f"{counted(len(chosen), 'lever')}: a page has room for {MOST_LEVERS}; name fewer."
            )
    elif len(chosen) > MOST_LEVERS:
        chosen = strongest(results, varied, played, outcomes)
    drawn = [name for name in chosen if any(columns[name][k] is None for k in played)]
    if drawn:
        told = own_path(drawn[0], scenario)
        raise InputError(
            f"{told}: some cells leave it to be drawn, so they have no place on its slider; sweep "
            "a grid, a latin-hypercube or a sobol design, or choose other settings with --lever."
        )
    axes, found = [], []
    for name in chosen:
        axis, numbers = axis_of(name, varied[name], played, results, scenario)
        axes.append(axis)
        found.append(numbers)
    values = np.column_stack(found)
    base = int(np.flatnonzero(played == results.baseline)[0]) if results.baseline in played else 0
    left = tuple(capital(plainly(name, scenario)[0]) for name in varied if name not in chosen)
    made = Explored(tuple(axes), left, played, values, values[base])
    if made.mixes > MOST_MIXES:
        raise InputError(
            f"the menus of the page would have {made.mixes:,} combinations; allowed: up to "
            f"{MOST_MIXES}. Choose fewer settings with --lever."
        )
    return made


def filled(name: str, column: list[Any], scenario: Scenario) -> list[Any]:
    """Return a setting's values, where a cell leaves the scenario's, that one if it is one."""
    if None not in column:
        return column
    number = dict(scenario.numbers()).get(name)
    if number is not None and not number.uncertain:
        return [float(number.value) if given is None else given for given in column]
    if any(isinstance(given, str) for given in column):
        return ["as the scenario stands" if given is None else given for given in column]
    return column


def axis_of(
    name: str, column: list[Any], played: np.ndarray, results: Results, scenario: Scenario
) -> tuple[Axis, np.ndarray]:
    """Return a setting as a lever, and its value in each cell that was played."""
    title, sentence = plainly(name, scenario)
    given = [column[k] for k in played]
    own, unit = own_path(name, scenario), unit_of(results, name)
    if not all(isinstance(one, int | float) for one in given):
        options = list(dict.fromkeys(value(one) for one in given))
        codes = np.array([options.index(value(one)) for one in given], float)
        axis = Axis(name, own, capital(title), "", sentence, tuple(options), 0.0, 0.0, ())
        return axis, codes
    numbers = np.array(given, float)
    low, high = float(numbers.min()), float(numbers.max())
    stops = stops_of(low, high, whole=whole(name, numbers, scenario))
    return Axis(name, own, capital(title), unit, sentence, (), low, high, stops), numbers


def whole(name: str, numbers: np.ndarray, scenario: Scenario) -> bool:
    """Return whether a setting takes whole numbers only."""
    if np.any(numbers % 1.0):
        return False
    try:
        scenario.replace({name: float(numbers.min()) + 0.5})
    except InputError as error:
        return "a whole number" in str(error)
    return False


def stops_of(low: float, high: float, *, whole: bool = False) -> tuple[float, ...]:
    """Return where a slider can stand: both ends, and the round numbers between them.

    Examples
    --------
    >>> stops_of(0.0, 3.0, whole=True), len(stops_of(-2.0, 7.0))
    ((0.0, 1.0, 2.0, 3.0), 181)
    >>> stops_of(0.8003, 0.9)[:3]
    (0.8003, 0.8005, 0.801)
    """
    step = max(step_of(high - low), 1.0) if whole else step_of(high - low)
    first, last = math.floor(low / step) + 1, math.ceil(high / step)
    inner = (float(f"{k * step:.12g}") for k in range(first, last))
    return (low, *(stop for stop in inner if low < stop < high), high)


def strongest(
    results: Results, varied: dict[str, list[Any]], played: np.ndarray, outcomes: Sequence[str]
) -> list[str]:
    """Return the six settings that alone explain most of the odds, in the order of the design."""
    shares = results.odds(outcomes=outcomes)["share"].to_numpy().reshape(-1, len(outcomes))
    y = stabilised(1000.0 * shares[played], 1000.0)
    power = {
        name: max(explained([column[k] for k in played], y[:, j]) for j in range(len(outcomes)))
        for name, column in varied.items()
    }
    best = sorted(power, key=lambda name: -power[name])[:MOST_LEVERS]
    return [name for name in varied if name in best]


def explained(given: list[Any], y: np.ndarray) -> float:
    """Return what share of the variance of y a setting explains: a parabola, or a mean a value.

    Examples
    --------
    >>> round(explained([0.0, 1.0, 2.0, 3.0], np.array([0.0, 1.0, 4.0, 9.0])), 6)
    1.0
    >>> explained(["a", "b", "a", "b"], np.array([0.0, 0.0, 1.0, 1.0]))
    0.0
    """
    total = float(np.var(y))
    if total <= 0.0:
        return 0.0
    if all(isinstance(one, int | float) for one in given):
        x = np.array(given, float)
        x = (x - x.mean()) / (x.std() or 1.0)
        f = np.vander(x, 3)
        rest = y - f @ np.linalg.lstsq(f, y, rcond=None)[0]
        return 1.0 - float(np.var(rest)) / total
    keys = np.array([str(one) for one in given])
    rest = y.copy()
    for key in np.unique(keys):
        rest[keys == key] -= y[keys == key].mean()
    return 1.0 - float(np.var(rest)) / total
