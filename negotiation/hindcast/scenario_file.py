"""A decision of the record written as a scenario file, so that everything else can be asked of it.

The file is the situation that a forecast plays (:mod:`negotiation.hindcast.situation`), stated as
what differs from the Stockholm scenario, every number with its mark and source. What history taught
is a table of draws beside it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from negotiation.hindcast import disputes, record
from negotiation.hindcast.by_code import named
from negotiation.hindcast.episodes import Episode
from negotiation.hindcast.posterior import resample
from negotiation.hindcast.priors import SHAPES
from negotiation.hindcast.provenance import dates, provenance
from negotiation.hindcast.situation import BASE, base, behaviour, setting
from negotiation.hindcast.situation import without as left_out
from negotiation.hindcast.taught import moved
from negotiation.history.rows import Decision
from negotiation.printable import printable
from negotiation.scenario import SIDES, Scenario
from negotiation.scenario.joint_draws import WEIGHT
from negotiation.scenario.toml import differences, rewritten
from negotiation.tactics.registry import find
from negotiation.words.parties import party
from negotiation.words.scene import full_date

KEPT = 256  # lines of a table of draws, of as many as were weighed
PRIOR = 1024  # draws of the prior that they are held against
STRATEGY, BEND = "strategy", "beta"


class Files(NamedTuple):
    """A scenario file and the table of draws beside it."""

    scenario: str
    draws: str

    def loaded(self, name: str) -> Scenario:
        """Return the scenario, the table taken from here; ``name`` is that of the file."""
        tables = {f"{name}.csv": self.draws.encode()}
        return Scenario.of_text(self.scenario, f"{name}.toml", tables=tables)


@dataclass(frozen=True)
class Situation:
    """What was known before a decision, and what was learned of such decisions.

    Attributes
    ----------
    episode : Episode
    about, source : str
        What it is about, and where that is from.
    lines : list of dict
        The parameters at each draw, by name.
    weights : ndarray, shape (draws,)
    rates : dict of str to float
        Base rates of the outcomes, by the record's codes.
    told : dict of str to ndarray
        How what happens is told at each draw, see :class:`negotiation.scenario.recorded.Recorded`.
    before : list of dict, dict of str to ndarray
        Parameters, and how things are told, at draws of the prior: what history moved is seen so.
    scenario : str
        A shipped scenario that tells more of the situation than the row does: it is played, and of
        what history moves the numbers that are uncertain there; else empty.
    row : Decision, optional
        Which it was made of: its blank cells are filled with guesses, and marked so.
    """

    episode: Episode
    about: str
    source: str
    lines: list[dict[str, float]]
    weights: np.ndarray
    rates: dict[str, float]
    told: dict[str, np.ndarray]
    before: tuple[list[dict[str, float]], dict[str, np.ndarray]]
    scenario: str = ""
    row: Decision | None = None

    def setting(self) -> Scenario:
        """Return the scenario of its own, or the one that the row's covariates give."""
        return Scenario.load(self.scenario) if self.scenario else setting(self.episode)


def of_decision(row: Decision, learned: record.Record | None = None) -> Situation:
    """Return a decision between any two sides; learned from are all disputes but its own.

    Those are of the shipped record, or of ``learned``, see :mod:`negotiation.hindcast.own`.
    """
    learned = learned or record.shipped()
    posterior, rates = learned.without(row)
    values = learned.values[resample(posterior.weights(disputes.unit_of(row)), KEPT)]
    prior = record.prior()[0][:PRIOR]
    return Situation(
        disputes.episode_of(row),
        row.what,
        f"{row.id}: {row.sources or 'no source given'}",
        _named(values, record.NAMES),
        np.full(KEPT, 1.0 / KEPT),
        dict(zip((code.value for code in disputes.FIVE), rates.tolist(), strict=True)),
        disputes.telling(values, row.binding),
        (_named(prior, record.NAMES), disputes.telling(prior, row.binding)),
        getattr(row, "scenario", ""),
        row,
    )


def _named(values: np.ndarray, names: Sequence[str]) -> list[dict[str, float]]:
    return [dict(zip(names, line, strict=True)) for line in values.tolist()]


def files_of(situation: Situation, name: str, *, title: str = "") -> Files:
    """Return a decision as the text of a scenario file, and of its table of draws.

    Parameters
    ----------
    situation : Situation
    name : str
        Of the scenario; the table is ``NAME.csv`` beside it.
    title : str
        By default what the decision is about.

    Examples
    --------
    >>> from negotiation.history.reading import shipped
    >>> row = next(d for d in shipped().decisions if d.id == "T199")
    >>> made = files_of(of_decision(row), "japan")
    >>> made.scenario.splitlines()[0], made.draws.splitlines()[0].split(",")[0]
    ('based_on = "stockholm-2025"', 'deadline.ultimatum')
    """
    episode = situation.episode
    scenario = situation.setting()
    drawn = draws_of(situation)
    off = [name for name in base().issues if name not in scenario.issues]
    below = scenario if situation.scenario else left_out(base(episode.scale), off)
    gone = [f"issues.{issue}" for issue in off]
    changes: dict[tuple[str, ...], Any] = {}
    for path, value in differences(_stated(below), _stated(scenario)):
        dotted = ".".join(path)
        if path[0] in ("name", "title", "sides") or path[-1] == STRATEGY or dotted in drawn:
            continue
        own = scenario.own_path(dotted)
        if value is None:
            gone.append(own)
        else:
            changes[tuple(own.split("."))] = _marked(value, situation, path)
    for seat in SIDES:  # of the family, whose bend is drawn
        changes[scenario.own_path(seat), STRATEGY] = {"name": SHAPES[1]}
    changes["record", "base_rates"] = named(
        np.array([*situation.rates.values()]), tuple(situation.rates)
    )
    first, second = (party(side).title for side in episode.sides)
    title = title or situation.about or f"{first} and {second}, {full_date(episode.date)}"
    guesses = [scenario.own_path(path) for path in guessed(situation, drawn)]
    head = _head(situation, name, title, gone, guesses)
    text = rewritten(head, changes)
    for day, reason in dates(situation.row).items():
        text = re.sub(rf"(?m)^({day} = \S+)$", rf"\1 # {reason}", text, count=1)
    return Files(text, _table(scenario, drawn, situation.weights))


def draws_of(situation: Situation) -> dict[str, np.ndarray]:
    """Return the draws of every number that history moves, by path, each of as many values.

    The three ways to concede differ in the bend of one family's path, so that is the number drawn.
    """
    return _columns(situation, situation.lines, situation.told)


def guessed(situation: Situation, drawn: Mapping[str, np.ndarray]) -> list[str]:
    """Return the paths of drawn numbers that history hardly moves, as :func:`moved` has it."""
    before = _columns(situation, *situation.before)
    fixed = np.zeros(1)  # a number that the prior leaves where it is
    return [
        path
        for path, after in drawn.items()
        if not moved(before.get(path, fixed), after, situation.weights)
    ]


def _columns(
    situation: Situation, lines: list[dict[str, float]], how: Mapping[str, np.ndarray]
) -> dict[str, np.ndarray]:
    found = [behaviour(line, situation.episode) for line in lines]
    columns: dict[str, np.ndarray] = {}
    for path in found[0]:
        values = [line[path] for line in found]
        if path.rpartition(".")[2] == STRATEGY:
            bends = [find(name).settings()[BEND].default for name in values]
            columns[f"{path}.{BEND}"] = np.array(bends)
        elif np.ptp(values) > 0.0:
            columns[path] = np.array(values)
    if situation.scenario:
        kept = {path for path, q in situation.setting().numbers() if q.uncertain}
        kept |= {f"{seat}.{STRATEGY}.{BEND}" for seat in SIDES}
        columns = {path: draws for path, draws in columns.items() if path in kept}
    outside = np.array([line["outside"] for line in lines])
    told = {f"record.{name}": values for name, values in how.items() if values.any()}
    return {**columns, "record.outside": outside, **told}


def _stated(scenario: Scenario) -> dict[str, Any]:
    return scenario.model_dump(mode="python", exclude_defaults=True, exclude_none=True)


def _head(situation: Situation, name: str, title: str, gone: list[str], guesses: list[str]) -> str:
    episode = situation.episode
    first, second = (party(side).name for side in episode.sides)
    about = f"{first[:1].upper() + first[1:]} and {second}, as known on {full_date(episode.date)}."
    if situation.scenario:
        about = (
            f"{situation.scenario}, its uncertain behaviour weighed by what past disputes teach."
        )
    lines = [
        ("based_on", f'"{situation.scenario or BASE}"'),
        ("name", f'"{name}"'),
        ("title", _quoted(title)),
        ("description", _quoted(about)),
        ("sides", f'["{episode.sides[0]}", "{episode.sides[1]}"]'),
        ("draws", f'"{name}.csv" # what past disputes teach, drawn line by line'),
    ]
    if guesses:
        own = ", ".join(f'"{path}"' for path in guesses)
        lines.append(("guessed", f"[{own}] # columns that past disputes hardly move"))
    if not situation.scenario:
        about = "derived: what is at stake over what was at stake in Stockholm"
        lines.append(("scale", f"{episode.scale:.4g} # {about}"))
    if gone:
        listed = ", ".join(f'"{path}"' for path in gone)
        lines.append(("without", f"[{listed}]"))
    text = "\n".join(f"{key} = {value}" for key, value in lines)
    return f"{text}\n\n[sources]\nrow = {_quoted(situation.source)}\n"


def _quoted(text: str) -> str:
    """Return text of a cell as TOML: on one line, and without what TOML does not take."""
    shown = printable(" ".join(text.split()))
    return '"' + shown.replace("\\", "\\\\").replace('"', "'") + '"'


def _marked(value: Any, situation: Situation, path: tuple[str, ...]) -> Any:
    if not (isinstance(value, Mapping) and "value" in value):
        return value
    shown = {
        key: value[key] for key in ("value", "unit", "low", "high", "distribution") if key in value
    }
    shown["value"] = float(f"{value['value']:.4g}")
    mark, source = provenance(path, situation.episode, situation.row)
    return {**shown, "mark": mark, "source": source}


def _table(scenario: Scenario, drawn: Mapping[str, np.ndarray], weights: np.ndarray) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*(scenario.own_path(path) for path in drawn), WEIGHT])
    writer.writerows(_lines({**drawn, WEIGHT: weights}))
    return text.getvalue()


def _lines(drawn: Mapping[str, np.ndarray]) -> Iterator[list[str]]:
    for line in zip(*drawn.values(), strict=True):
        yield [f"{x:.5g}" for x in line]
