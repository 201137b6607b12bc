"""Which pictures a sweep deserves: that depends on how many settings its design varies, and how.

=================== ==========================================================
the design varies   pictures
=================== ==========================================================
nothing             the odds, the fear of a lapse, the prospect of a meeting
one setting         odds along it with intervals; the endings as stacked bars
two, crossed        maps of the odds with the line at 50%
one at a time       tornado: how far each setting alone moves the odds
more, crossed       tornado of averages over all the others
spread over ranges  the odds over all of it; rank correlations with each setting
=================== ==========================================================

As files each is a PNG for slides, an SVG for print, and a text that says what it shows.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from negotiation import plots
from negotiation.analysis.fear_of_lapse import fear_of_lapse
from negotiation.analysis.odds import WORLDS
from negotiation.analysis.prospect_by_issue import prospect_by_issue
from negotiation.errors import counted
from negotiation.outcome import AT_HORIZON
from negotiation.report.cells import cells_of, odds_of, results_of, scenario_of, spread_of
from negotiation.report.designs import (
    CROSSED,
    ONE,
    ONE_AT_A_TIME,
    SPREAD,
    TWO,
    axis_of,
    baseline_of,
    cell_asked,
    kind_of,
    label_of,
    place,
    plain,
    set_everywhere,
    stem,
)
from negotiation.report.drivers import average_swings, rank_correlations, swings
from negotiation.words.outcomes import HORIZON, event, headlines
from negotiation.words.own_names import seat_name
from negotiation.words.scene import capital
from negotiation.words.settings import label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from negotiation.analysis.odds_result import Odds
    from negotiation.scenario import Scenario
    from negotiation.sweep.results import Results


class Picture(NamedTuple):
    """A picture to be drawn.

    Attributes
    ----------
    name : str
        The stem of its files.
    caption : str
    draw : callable
        Draws it and returns its axes.
    """

    name: str
    caption: str
    draw: Callable[[], Axes]


class Headline(NamedTuple):
    """The odds to begin with.

    Attributes
    ----------
    odds : Odds
    scenario : Scenario
        Of which.
    where : str
        Where in the design they hold, in words.
    name : str
        The stem of the picture's files.
    """

    odds: Odds
    scenario: Scenario
    where: str
    name: str = "odds"


def save_pictures(
    folder: str | Path,
    out: str | Path | None = None,
    *,
    outcomes: tuple[str, ...] | None = None,
    worlds: int = WORLDS,
    cell: int | Mapping[str, Any] | None = None,
) -> list[Path]:
    """Draw the pictures that fit a sweep and write each as PNG, SVG and text.

    Parameters
    ----------
    folder : path
        The results of a sweep.
    out : path, optional
        Where to; ``folder/figures`` if not given.
    outcomes : tuple of str, optional
        Whose odds; those of the headlines if not given.
    worlds, cell
        See :func:`headline_of`.

    Returns
    -------
    list of Path
        The files written, three for each picture.
    """
    os.environ.setdefault("MPLBACKEND", "Agg")
    from negotiation.plots import style
    from negotiation.sweep.atomic import no_link
    from negotiation.sweep.in_use import writable
    from negotiation.sweep.store import stored_scenario
    from negotiation.sweep.whose import only_ours
    from negotiation.tally import named

    place = Path(folder)
    results, scenario = results_of(place), stored_scenario(place)
    if outcomes is not None:
        outcomes = named(seat_name(name, scenario) for name in outcomes)
    there = Path(out) if out is not None else place / "figures"
    if out is None:
        no_link(there)
    writable(there)
    written: list[Path] = []
    headline = headline_of(results, scenario, worlds=worlds, asked=cell)
    pictures = pictures_of(results, scenario, headline=headline, outcomes=outcomes)
    for picture in pictures:
        only_ours(*(there / f"{picture.name}.{end}" for end in ("png", "svg", "txt")))
    for picture in pictures:
        ax = picture.draw()
        alt = " ".join(ax.alt_text.split())  # type: ignore[attr-defined]
        written += style.save(ax.figure, there / picture.name, alt=alt)  # type: ignore[arg-type]
        style.close(ax.figure)  # type: ignore[arg-type]
    return written


def pictures_of(
    results: Results,
    scenario: Scenario,
    *,
    headline: Headline | None = None,
    outcomes: tuple[str, ...] | None = None,
) -> list[Picture]:
    """Return the pictures that fit a sweep.

    Parameters
    ----------
    results : Results
    scenario : Scenario
        The sweep's base.
    headline : Headline, optional
        To be drawn first.
    outcomes : tuple of str, optional
        Whose odds; those of the headlines if not given.
    """
    asked = outcomes or tuple(headlines(scenario))
    cells = [cell for cell in cells_of(results) if cell.odds]
    kind = kind_of(results)
    found: list[Picture] = []
    if kind == ONE:
        found += _along(results, scenario, asked, named=outcomes is not None)
    elif kind == TWO:
        found += [_map(results, scenario, outcome) for outcome in asked]
    elif kind in (ONE_AT_A_TIME, CROSSED):
        make = swings if kind == ONE_AT_A_TIME else average_swings
        for outcome in asked:
            table, base = make(cells, results, outcome, scenario)
            if table["name"]:
                found.append(_tornado(table, base, outcome, kind, scenario))
    elif kind == SPREAD:
        for outcome in asked:
            correlated = rank_correlations(results, cells, outcome)
            if correlated["name"]:
                found.append(_importance(correlated, outcome, scenario))
    lines = set_everywhere(results, scenario)
    first = [] if headline is None else [_odds(headline, lines), *_first_day(headline)]
    return [*first, *(_headed(picture, scenario.title, lines) for picture in found)]


def _headed(picture: Picture, title: str, lines: Sequence[str]) -> Picture:
    """Return a picture that says above it of which scenario it is, and what was changed in that."""
    return picture._replace(draw=lambda: plots.style.headed(picture.draw(), title, lines))


def headline_of(
    results: Results,
    scenario: Scenario,
    *,
    worlds: int = 0,
    asked: int | Mapping[str, Any] | None = None,
) -> Headline | None:
    """Return the odds to begin with, or None where there are none.

    Those of the cell asked for, or else of the baseline; those over the whole design where it is
    spread over ranges, because then no cell is more central than another.

    Parameters
    ----------
    results : Results
    scenario : Scenario
        The sweep's base.
    worlds : int
        Draws of the uncertain numbers to play for the wide interval, where the sweep itself
        cannot tell it; 0 leaves it out.
    asked : int or mapping, optional
        The number of a cell, or its settings by path.
    """
    cells = [cell for cell in cells_of(results) if cell.odds]
    if kind_of(results) == SPREAD and cells and asked is None:
        odds = spread_of(cells, results.seed, scenario)
        return Headline(odds, scenario, f"over all {counted(len(cells), 'cell')} of the design")
    cell = (
        baseline_of(results, cells)
        if asked is None
        else cell_asked(results, cells, asked, scenario)
    )
    if cell is None:
        return None
    there, where = scenario_of(results, cell, scenario), place(results, cell, scenario)
    name = "odds" if asked is None else f"odds-cell-{cell.number}"
    return Headline(odds_of(results, cell, there, worlds=worlds), there, where, name)


def _odds(headline: Headline, lines: Sequence[str]) -> Picture:
    changed = capital(headline.where), *lines
    return Picture(
        headline.name,
        f"The odds, {headline.where}.",
        lambda: plots.odds(headline.odds, scenario=headline.scenario, changed=changed),
    )


def _first_day(headline: Headline) -> list[Picture]:
    """Return what the sides fear of a lapse and hope of a meeting, where there may be one."""
    scenario, cell = headline.scenario, headline.name.removeprefix("odds")
    fear, hope = fear_of_lapse(scenario), prospect_by_issue(scenario)
    pictures = []
    if fear is not None:
        caption = f"What a lapse is feared to cost, and what that is made of, {headline.where}."
        pictures.append(Picture(
            f"fear-of-lapse{cell}", caption, lambda: plots.fear_of_lapse(fear, scenario=scenario)
        ))  # fmt: skip
    if hope is not None:
        caption = f"What a leaders' meeting promises either side, {headline.where}."
        pictures.append(Picture(
            f"prospect{cell}", caption, lambda: plots.prospect_by_issue(hope, scenario)
        ))  # fmt: skip
    return pictures


def _along(
    results: Results, scenario: Scenario, asked: tuple[str, ...], *, named: bool
) -> list[Picture]:
    from negotiation.plots.along import along

    (x,) = results.factors
    label = axis_of(results, x, scenario)
    table = _of_played_cells(results, x, asked)
    endings = _of_played_cells(results, x, [HORIZON + name for name in AT_HORIZON])
    endings["outcome"] = np.array([name.removeprefix(HORIZON) for name in endings["outcome"]])

    words = label_of(results, x, scenario)
    name = f"along-{'-'.join(stem(outcome, scenario) for outcome in asked)}" if named else "along"
    return [
        Picture(
            name,
            f"Odds by {words}, each with its 95% interval over runs.",
            lambda: along(table, x=x, outcomes=asked, label=label, scenario=scenario),
        ),
        Picture(
            "endings",
            f"Where things stand on the last day, by {words}.",
            lambda: plots.stacked(endings, x=x, label=label),
        ),
    ]


def _of_played_cells(results: Results, x: str, outcomes: Sequence[str]) -> dict[str, np.ndarray]:
    table = plain(results.odds(by=x, outcomes=outcomes))
    return {name: column[table["n"] > 0] for name, column in table.items()}


def _map(results: Results, scenario: Scenario, outcome: str) -> Picture:
    x, y = results.factors
    table = plain(results.odds(outcomes=outcome))

    labels = axis_of(results, x, scenario), axis_of(results, y, scenario, 48)
    return Picture(
        f"map-{stem(outcome, scenario)}",
        f"Odds that {event(outcome, scenario)}, by both settings.",
        lambda: plots.heat_map(table, x=x, y=y, outcome=outcome, labels=labels, scenario=scenario),
    )


def _tornado(
    table: dict[str, list[Any]], base: float, outcome: str, kind: str, scenario: Scenario
) -> Picture:
    name = outcome.removeprefix(HORIZON)
    rest = "as they stand" if kind == ONE_AT_A_TIME else "averaged over the design"
    words = event(outcome, scenario)
    return Picture(
        f"tornado-{stem(outcome, scenario)}",
        f"How far each setting moves the odds that {words}, the others {rest}.",
        lambda: plots.tornado(table, outcome=name, base=base, scenario=scenario),
    )


def _importance(table: dict[str, list[Any]], outcome: str, scenario: Scenario) -> Picture:
    words = event(outcome, scenario)
    keys = [scenario.own_path(path) for path in table["name"]]
    keyed = {**table, "key": keys, "name": [label(path, scenario) for path in table["name"]]}
    measure, title = "partial rank correlation with the odds", f"What drives the odds that {words}"
    return Picture(
        f"importance-{stem(outcome, scenario)}",
        f"How the odds that {words} rise or fall with each setting, the others held.",
        lambda: plots.importance(keyed, measure=measure, title=title),
    )
