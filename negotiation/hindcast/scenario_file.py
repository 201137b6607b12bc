"""A decision of the record written as a scenario file, so that everything else can be asked of it.

The file is the situation that a forecast plays (:mod:`negotiation.hindcast.situation`), stated as
what differs from the Stockholm scenario, every number with its mark and source. What history taught
is a table of draws beside it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from negotiation.economy.dyads import dyad
from negotiation.hindcast import disputes, record
from negotiation.hindcast.episodes import Episode
from negotiation.hindcast.posterior import resample
from negotiation.hindcast.situation import BASE, base, behaviour, setting
from negotiation.hindcast.situation import without as left_out
from negotiation.history.rows import Decision
from negotiation.scenario import Scenario
from negotiation.scenario.toml import differences, rewritten
from negotiation.words.parties import party
from negotiation.words.scene import full_date

KEPT = 256  # lines of the table
NOT_DRAWN = ("strategy",)


class Files(NamedTuple):
    """A scenario file and the table of draws beside it."""

    scenario: str
    draws: str


def files_of(
    row: Decision, name: str, *, title: str = "", weights: np.ndarray | None = None
) -> Files:
    """Return a decision as the text of a scenario file, and of its table of draws.

    Parameters
    ----------
    row : Decision
    name : str
        Of the scenario; the table is ``NAME.csv`` beside it.
    title : str
        By default what the row says it is about.
    weights : ndarray, shape (draws,), optional
        Of the draws of the record; by default what all other disputes teach of these sides.

    Examples
    --------
    >>> from negotiation.history.reading import shipped
    >>> made = files_of(next(d for d in shipped().decisions if d.id == "T199"), "japan")
    >>> made.scenario.splitlines()[0], made.draws.splitlines()[0].split(",")[0]
    ('based_on = "stockholm-2025"', 'deadline.ultimatum')
    """
    episode = disputes.coded(row).episode
    scenario = setting(episode)
    drawn = draws_of(row, scenario, weights)
    off = [name for name in base().issues if name not in scenario.issues]
    below = left_out(base(episode.scale), off)
    gone = [f"issues.{issue}" for issue in off]
    changes: dict[tuple[str, ...], Any] = {}
    for path, value in differences(_stated(below), _stated(scenario)):
        dotted = ".".join(path)
        if path[0] in ("name", "title", "sides") or dotted in drawn:
            continue
        own = scenario.own_path(dotted)
        if value is None:
            gone.append(own)
        else:
            changes[tuple(own.split("."))] = _marked(value, row, episode, path)
    first, second = (party(side).title for side in episode.sides)
    title = title or row.what or f"{first} and {second}, {full_date(row.date)}"
    head = _head(row, episode, name, title, gone)
    return Files(rewritten(head, changes), _table(scenario, drawn))


def draws_of(
    row: Decision, scenario: Scenario, weights: np.ndarray | None = None
) -> dict[str, np.ndarray]:
    """Return the draws of every number that history moves, by path, each of ``KEPT`` values."""
    learned = record.shipped()
    if weights is None:
        posterior, _ = learned.without(row)
        weights = posterior.weights(disputes.pair_of(row))
    chosen = learned.values[resample(weights, KEPT)]
    episode = disputes.coded(row).episode
    found = [behaviour(dict(zip(record.NAMES, line, strict=True)), episode) for line in chosen]
    columns = {
        path: np.array([line[path] for line in found])
        for path in found[0]
        if path.rpartition(".")[2] not in NOT_DRAWN
    }
    return {path: column for path, column in columns.items() if np.ptp(column) > 0.0}


def _stated(scenario: Scenario) -> dict[str, Any]:
    return scenario.model_dump(mode="python", exclude_defaults=True, exclude_none=True)


def _head(row: Decision, episode: Episode, name: str, title: str, gone: list[str]) -> str:
    first, second = (party(side).name for side in episode.sides)
    source = row.sources or "no source given"
    about = f"{first[:1].upper() + first[1:]} and {second}, as known on {full_date(row.date)}."
    lines = [
        ("based_on", f'"{BASE}"'),
        ("name", f'"{name}"'),
        ("title", _quoted(title)),
        ("description", _quoted(about)),
        ("sides", f'["{episode.sides[0]}", "{episode.sides[1]}"]'),
        ("scale", f"{episode.scale:.4g} # sums of money over those of Stockholm: what is at stake"),
        ("draws", f'"{name}.csv" # what past disputes teach, drawn line by line'),
    ]
    if gone:
        listed = ", ".join(f'"{path}"' for path in gone)
        lines.append(("without", f"[{listed}]"))
    text = "\n".join(f"{key} = {value}" for key, value in lines)
    return f"{text}\n\n[sources]\nrow = {_quoted(f'{row.id}: {source}')}\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', "'") + '"'


def _marked(value: Any, row: Decision, episode: Episode, path: tuple[str, ...]) -> Any:
    if not (isinstance(value, Mapping) and "value" in value):
        return value
    shown = {
        key: value[key] for key in ("value", "unit", "low", "high", "distribution") if key in value
    }
    shown["value"] = float(f"{value['value']:.4g}")
    return {**shown, "mark": "derived", "source": f"row: {_why(path, row, episode)}"}


def _why(path: tuple[str, ...], row: Decision, episode: Episode) -> str:
    if path[0] == "tariffs" and path[1].endswith(("_truce", "_suspended", "_peak")):
        imports = dyad(*episode.sides).goods_imports()
        goods = imports[0 if path[1].startswith("us_") else 1]
        return f"averaged over ${goods:.0f}bn of imports"
    if path[-1] == "tension":
        return f"before: {row.regime_before.value.replace('_', ' ')}"
    if path[0] == "issues":
        return "the tariff in force"
    if path[-1] == "audience_cost":
        return "that of Stockholm, scaled"
    return f"as known on {row.date}"


def _table(scenario: Scenario, drawn: Mapping[str, np.ndarray]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([scenario.own_path(path) for path in drawn])
    writer.writerows(_lines(drawn))
    return text.getvalue()


def _lines(drawn: Mapping[str, np.ndarray]) -> Iterator[list[str]]:
    for line in zip(*drawn.values(), strict=True):
        yield [f"{x:.5g}" for x in line]
