"""What drives the odds, as a page of text, as plain data and as a picture."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from negotiation.cli.columns import columns
from negotiation.words.changes import about, in_lines, stated
from negotiation.words.numbers import counted, percent, points, signed_interval
from negotiation.words.outcomes import HORIZON, event
from negotiation.words.own_names import in_own_names
from negotiation.words.settings import label, own_path, value

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from negotiation.analysis.sensitivity import Sensitivity
    from negotiation.ensemble import Ensemble
    from negotiation.scenario import Scenario
    from negotiation.sweep.results import Results

SHOWN = 15
HAIR = 0.01  # indices closer than this are printed as the same
ALONE = "one-at-a-time"
DRAWN = {"S1": "alone (S1)", "ST": "in all, with interactions (ST)"}
MAIN = {"sobol": "ST", "morris": "mu_star", "prcc": "prcc", ALONE: "difference"}
INTERVALS = {ALONE: "pairs of runs", "prcc": "Fisher's transformation"}
MEANING = {
    "S1": "share of the variance of the odds that the number explains alone",
    "ST": "share that would vanish if the number were known, with interactions and noise",
    "S2": "share that the two explain together, beyond what each explains alone",
    "mu_star": "mean absolute change of the odds over the number's range",
    "sigma": "spread of that change: interaction or curvature",
    "mu": "mean change, with its sign",
    "prcc": "partial rank correlation with the odds, the other numbers held",
    "difference": "odds less those of the scenario as it stands, in pairs of runs",
}


@dataclass(frozen=True)
class Drivers:
    """What was found.

    Attributes
    ----------
    scenario, outcome, method : str
    runs, seed : int
    noise : float or None
        Share of the variance of the odds that is chance in the runs.
    base : float
        The odds as the scenario stands, or their mean over the points.
    rows : list of dict
        ``factor``, ``measure`` (or ``at``, the value it was given), ``value``, ``low``, ``high``;
        the most important first. Of a pair (``S2``) ``with`` is the second.
    groups : dict of str to sequence of str
        The numbers that were moved together, by the name of their group.
    of : Scenario
    """

    scenario: str
    outcome: str
    method: str
    runs: int
    seed: int
    noise: float | None
    base: float
    rows: list[dict[str, Any]]
    of: Scenario
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def pairs(self) -> list[dict[str, Any]]:
        """The rows of pairs."""
        return [row for row in self.rows if row.get("with")]

    @property
    def singles(self) -> list[dict[str, Any]]:
        """The rows of numbers and groups."""
        return [row for row in self.rows if not row.get("with")]

    def to_dict(self) -> dict[str, Any]:
        """Return the object that ``negotiation sensitivity --json`` prints."""
        found = {name: value for name, value in self.__dict__.items() if name != "of"}
        if not self.groups:
            del found["groups"]
        found["rows"] = [finite(row) for row in self.rows]
        return {**about(self.of), **in_own_names(found, self.of)}


def finite(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row that any reader of JSON accepts.

    Examples
    --------
    >>> finite({"factor": "a", "low": float("nan")})
    {'factor': 'a', 'low': None}
    """
    return {k: None if isinstance(v, float) and not math.isfinite(v) else v for k, v in row.items()}


def together(found: Sensitivity, seed: int, scenario: Scenario) -> Drivers:
    """Return what a global analysis found."""
    return Drivers(
        scenario=scenario.name,
        outcome=found.outcome,
        method=found.indices.method,
        runs=found.runs,
        seed=seed,
        noise=found.noise,
        base=found.indices.mean,
        rows=found.to_arrow().to_pylist(),
        of=scenario,
        groups=found.indices.groups,
    )


def alone(results: Results, scenario: Scenario, outcome: str) -> Drivers:
    """Return what changing one number at a time found."""
    from negotiation.analysis.sensitivity import tornado

    base = results.odds(outcomes=outcome)["share"][results.baseline].as_py()
    rows = [
        {"factor": row["factor"], "at": float(row["value"]), "value": row["difference"]}
        | {end: row[end] for end in ("low", "high")}
        for row in tornado(results, outcome).to_pylist()
    ]
    runs = int(results.runs.sum())
    return Drivers(scenario.name, outcome, ALONE, runs, results.seed, None, base, rows, scenario)


def report(found: Drivers, folder: Path | None) -> str:
    """Return what ``negotiation sensitivity`` prints."""
    statement = event(found.outcome, found.of)
    lines = [
        f"What drives the odds that {statement}, in this model: {stated(found.of)}",
        *(f"  {line}" for line in in_lines(found.of)),
        f"{counted(found.runs, 'run')}, seed {found.seed}, method {found.method}; 95% intervals by "
        f"{INTERVALS.get(found.method, 'bootstrap')}.",
        "",
    ]
    lines += change_lines(found) if found.method == ALONE else index_lines(found)
    if found.noise is not None:
        lines.append(
            f"{percent(found.noise)} of the variance of the odds is sampling error of the runs."
        )
    if folder is not None:
        lines.append(f"Picture and numbers: {folder}")
    return "\n".join(lines)


def index_lines(found: Drivers) -> list[str]:
    """Return one line per number, its measures side by side."""
    by: dict[str, dict[str, dict[str, Any]]] = {}
    for row in found.singles:
        by.setdefault(row["factor"], {})[row["measure"]] = row
    measures = list(next(iter(by.values())))
    table = [["", *(text for m in measures for text in (m, "")), "number", ""]]
    for factor, row in list(by.items())[:SHOWN]:
        entries: list[str] = []
        for m in measures:
            low, high = row[m]["low"], row[m]["high"]
            span = f"{index(low)} to {index(high)}" if math.isfinite(low) else ""
            entries += [index(row[m]["value"]), span]
        table.append(["", *entries, label(factor, found.of), own_path(factor, found.of)])
    lines = [*columns("l" + "rr" * len(measures) + "ll", table), *_more(len(by))]
    lines += pair_lines(found)
    lines += ["", *(f"{m}: {MEANING[m]}." for m in (*measures, *["S2"] * bool(found.pairs)))]
    for name, keys in found.groups.items():
        shown = (
            ", ".join(own_path(key, found.of) for key in keys)
            if len(keys) <= 4
            else f"{len(keys)} numbers"
        )
        lines.append(f"{name}: moved as one are {shown}.")
    if any("S1" in row and row["S1"]["value"] > row["ST"]["value"] + HAIR for row in by.values()):
        lines.append("An S1 above its ST is chance: a larger --samples narrows both.")
    return lines


def pair_lines(found: Drivers) -> list[str]:
    """Return one line per pair, the largest first; none if there are none."""
    pairs = found.pairs
    if not pairs:
        return []
    table = [["  pair", "S2", ""]]
    for row in pairs[:SHOWN]:
        span = f"{index(row['low'])} to {index(row['high'])}"
        both = " with ".join(own_path(row[k], found.of) for k in ("factor", "with"))
        table.append([f"  {both}", index(row["value"]), span])
    more = len(pairs) - SHOWN
    left = [f"  and {counted(more, 'pair')} more, with smaller ones"] if more > 0 else []
    return ["", *columns("lrr", table), *left]


def index(number: float) -> str:
    """Return an index to two decimals; what rounds to nothing has no sign.

    Examples
    --------
    >>> index(0.4142), index(-0.001)
    ('0.41', '0.00')
    """
    return f"{round(number, 2) + 0.0:.2f}"


def change_lines(found: Drivers) -> list[str]:
    """Return one line per number and end of its range."""
    factors = list(dict.fromkeys(row["factor"] for row in found.rows))
    table = [["", "change", "", "at", "number", ""]]
    for row in found.rows:
        if row["factor"] in factors[:SHOWN]:
            span = signed_interval(row["low"], row["high"])
            change = points(row["value"], row["low"], row["high"])
            words = label(row["factor"], found.of)
            table.append(
                ["", change, span, value(row["at"]), words, own_path(row["factor"], found.of)]
            )
    lines = [f"  as it stands: {percent(found.base, places=1)}", *columns("lrrrll", table)]
    return [*lines, *_more(len(factors)), "", f"Change: {MEANING['difference']}."]


def _more(number: int) -> list[str]:
    left, verb = number - SHOWN, "matters" if number == SHOWN + 1 else "matter"
    return [f"  and {counted(left, 'number')} more that {verb} less"] if left > 0 else []


def picture(found: Drivers) -> Axes:
    """Draw what was found: a tornado, or bars with their intervals."""
    from negotiation.plots.drivers import importance, tornado

    if found.method == ALONE:
        rows: list[dict[str, Any]] = []
        for factor in dict.fromkeys(row["factor"] for row in found.rows):
            mine = sorted((r for r in found.rows if r["factor"] == factor), key=lambda r: r["at"])
            own = own_path(factor, found.of)
            ends = f"{value(mine[0]['at'])} to {value(mine[-1]['at'])}"
            row: dict[str, Any] = {"name": label(factor, found.of), "key": f"{own}: {ends}"}
            for end, there in (("at_low", mine[0]), ("at_high", mine[-1])):
                for part, column in (("", "value"), ("_from", "low"), ("_to", "high")):
                    row[end + part] = found.base + there[column]
            rows.append(row)
        outcome = found.outcome.removeprefix(HORIZON)
        table = {name: [row[name] for row in rows] for name in rows[0]}
        return tornado(table, outcome=outcome, base=found.base, scenario=found.of)
    kinds = ("S1", "ST") if found.method == "sobol" else (MAIN[found.method],)
    rows = [row for row in found.rows if row["measure"] in kinds]
    bars = {
        "name": [label(row["factor"], found.of) for row in rows],
        "key": [own_path(row["factor"], found.of) for row in rows],
        "index": [row["value"] for row in rows],
        "low": [row["low"] for row in rows],
        "high": [row["high"] for row in rows],
        "kind": [DRAWN.get(row["measure"], row["measure"]) for row in rows],
    }
    names = {"sobol": "Sobol index", "morris": "Morris' mu*", "prcc": "partial rank correlation"}
    statement = event(found.outcome, found.of)
    title = f"What drives the odds that {statement}"
    return importance(bars, measure=names[found.method], title=title)


def picture_of_pairs(found: Drivers) -> Axes:
    """Draw what two numbers do together, as bars with their intervals."""
    from negotiation.plots.drivers import importance

    bars = {
        "name": [
            "\nwith ".join(own_path(row[k], found.of) for k in ("factor", "with"))
            for row in found.pairs
        ],
        "index": [row["value"] for row in found.pairs],
        "low": [row["low"] for row in found.pairs],
        "high": [row["high"] for row in found.pairs],
    }
    title = f"What two do together to the odds that {event(found.outcome, found.of)}"
    return importance(bars, measure="Sobol index of second order", title=title)


def compile_points(ensemble: Ensemble) -> None:
    """Play a run at a chosen point, so that what plays it is compiled now."""
    import numpy as np

    from negotiation.sweep.points import dimensions, play_at

    play_at(ensemble, np.full((1, len(dimensions(ensemble))), np.nan), seed=0)
