"""A sweep as a page with levers: one file that tells the odds between the cells, with intervals.

The surfaces of :mod:`negotiation.report.surface` are fitted here and stand in the page as numbers;
what runs in the page only evaluates them. Nothing is fetched: the policy in the page forbids it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from negotiation.errors import InputError, counted
from negotiation.report import provenance, tables
from negotiation.report.axes import Explored, explored
from negotiation.report.cells import cells_of, results_of
from negotiation.report.page import TEMPLATES, question_of
from negotiation.report.surface import (
    Between,
    Knot,
    LeftOut,
    Surface,
    at,
    difference,
    features,
    fitted,
)
from negotiation.tally import OUTCOMES
from negotiation.words.numbers import percent

if TYPE_CHECKING:
    from negotiation.scenario import Scenario
    from negotiation.sweep.results import Results

NUMBERS = 110_000  # of all surfaces together: about a megabyte
MOST_TERMS = 100
MOST_BYTES = 2_000_000
MOST_ROWS = 240  # of the table of cells
MOST_DOTS = 3_000  # cells that the pictures know
STRANGERS = 1e9  # a rate at which nothing is shared
ENOUGH = 20  # runs with the outcome, and without, for a cell to tell how far luck is shared


class Fit(NamedTuple):
    """One outcome over the levers.

    Attributes
    ----------
    name, words : str
    headline : bool
    terms : ndarray
    surfaces : dict of int to Surface
        By combination of menus.
    decay : float
        How fast the sampling errors of two places become strangers.
    left_out : LeftOut
    """

    name: str
    words: str
    headline: bool
    terms: np.ndarray
    surfaces: dict[int, Surface]
    decay: float
    left_out: LeftOut


class Page(NamedTuple):
    """What the page knows: the levers, and a surface for each outcome."""

    levers: Explored
    fits: tuple[Fit, ...]

    def odds(self, outcome: str, values: Sequence[Any] | np.ndarray) -> Between:
        """Return the odds of an outcome with the levers at these values.

        Parameters
        ----------
        outcome : str
        values : sequence
            In the order of the levers; of a menu the number of the option.
        """
        fit = self._fit(outcome)
        point = np.array([values], float)
        return at(self._surface(fit, point), features(self.levers.scaled(point), fit.terms))

    def difference(
        self, outcome: str, here: Sequence[Any], there: Sequence[Any]
    ) -> tuple[float, float, float]:
        """Return the odds here less those there, with the 95% interval."""
        fit, points = self._fit(outcome), np.array([here, there], float)
        x = self.levers.scaled(points)
        found, apart = features(x, fit.terms), far(self.levers, points, x)
        first, second = (self._surface(fit, points[k : k + 1]) for k in (0, 1))
        kept = math.exp(-fit.decay * float(apart[0]))
        return difference(first, found[0], found[1], second, kept)

    def _fit(self, outcome: str) -> Fit:
        return next(fit for fit in self.fits if fit.name == outcome)

    def _surface(self, fit: Fit, point: np.ndarray) -> Surface:
        mix = int(self.levers.mix(point)[0])
        if mix not in fit.surfaces:
            raise InputError("no cell of the sweep has that combination.")
        return fit.surfaces[mix]


def far(levers: Explored, values: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return how far points are from the last of them: on the sliders, and 2 for a menu."""
    menus = (values[:-1, levers.menus] != values[-1:, levers.menus]).sum(axis=1)
    return np.asarray(np.sqrt(((x[:-1] - x[-1:]) ** 2).sum(axis=1)) + 2.0 * menus)


def page_of(
    folder: str | Path, levers: Sequence[str] | None = None, outcomes: Sequence[str] | None = None
) -> Page:
    """Fit the surfaces of a sweep.

    Parameters
    ----------
    folder : path
        The results of a sweep.
    levers : sequence of str, optional
        The settings that the reader moves, six at most, by path; if not given all that vary, or
        of more the six that explain most of the headline odds.
    outcomes : sequence of str, optional
        Whose odds stand first; the headlines if not given. The others follow as far as there is
        room.

    Returns
    -------
    Page

    Raises
    ------
    InputError
        If the sweep has nothing to move, or more than a page can hold.

    Examples
    --------
    >>> import tempfile
    >>> import negotiation as ng
    >>> pie = ng.Scenario.load("split-the-pie")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     found = ng.sweep(ng.grid(pie, {"us.patience": [0.8, 0.9]}, replicates=50), seed=1,
    ...                      store=folder)
    ...     page = page_of(folder)
    >>> [axis.label for axis in page.levers.axes]
    ['Patience of the United States']
    >>> bool(page.odds("deal", [0.85]).p[0] > 0.98)
    True
    """
    from negotiation.sweep.store import stored_scenario
    from negotiation.tally import named
    from negotiation.words.outcomes import HORIZON, endings, headlines, impossible
    from negotiation.words.own_names import seat_name

    results, scenario = results_of(Path(folder)), stored_scenario(Path(folder))
    asked = tuple(headlines(scenario))
    if outcomes:
        asked = named(seat_name(name, scenario) for name in outcomes)
    found = explored(results, scenario, asked, levers)
    never = impossible(scenario)
    ends = [HORIZON + name for name in endings(scenario)]
    rest = [n for n in OUTCOMES if n not in never and not n.startswith(HORIZON)] + ends
    names = list(dict.fromkeys([*asked, *rest]))
    least = 2 * len(found.sliders) + 1
    if terms_within(found.mixes * len(names)) < least:  # the rest has no room
        names = list(asked)
    most = terms_within(found.mixes * len(names))
    if most < least:
        raise InputError(
            f"a page has no room for {counted(found.mixes, 'combination')} of the menus with "
            f"{counted(len(names), 'outcome')} each; choose fewer settings with --lever."
        )
    fits = (_fit(name, name in asked, found, results, scenario, most) for name in names)
    return Page(found, tuple(fits))


def terms_within(surfaces: int) -> int:
    """Return how many terms each surface may have so that all of them fit on the page.

    Examples
    --------
    >>> terms_within(10), terms_within(2000)
    (100, 10)
    """
    return min(MOST_TERMS, math.isqrt(2 * NUMBERS // surfaces))


def _fit(
    name: str, headline: bool, found: Explored, results: Results, scenario: Scenario, most: int
) -> Fit:
    from negotiation.words.outcomes import HORIZON, ending, event, statement
    from negotiation.words.scene import capital

    if headline:
        words = statement(name, scenario)
    elif name.startswith(HORIZON):
        words = capital(ending(name.removeprefix(HORIZON), scenario))
    else:
        words = capital(event(name, scenario))
    column = OUTCOMES.index(name)
    shares, worth = (values[found.cells, column] for values in results.estimated())
    hits = shares * worth
    mixes, x = found.mix(found.values), found.scaled(found.values)
    knots = {int(m): Knot(*(a[mixes == m] for a in (x, hits, worth))) for m in set(mixes)}
    decay = _decay(results.correlations()[found.cells, column], shares, found, x, results)
    terms, surfaces, left_out = fitted(list(knots.values()), decay, most)
    return Fit(
        name, words, headline, terms, dict(zip(knots, surfaces, strict=True)), decay, left_out
    )


def _decay(
    r: np.ndarray, shares: np.ndarray, found: Explored, x: np.ndarray, results: Results
) -> float:
    """Return how fast the luck of two cells parts with their distance: a rate, at the median.

    Every cell tells its correlation ``r`` with the baseline cell, which met the same random
    numbers.
    """
    base = np.flatnonzero(found.cells == results.baseline)
    if not len(base):
        return STRANGERS
    hits = shares * results.runs[found.cells]
    missing = results.runs[found.cells] - hits
    order = np.append(np.arange(len(x)), base[0])
    apart = far(found, found.values[order], x[order])
    known = np.isfinite(r) & (apart > 0) & (hits >= ENOUGH) & (missing >= ENOUGH)
    if not known.any():
        return STRANGERS
    return float(np.median(-np.log(np.clip(r[known], 0.01, 1.0)) / apart[known]))


def write_explorable(
    folder: str | Path,
    out: str | Path | None = None,
    *,
    levers: Sequence[str] | None = None,
    outcomes: Sequence[str] | None = None,
) -> Path:
    """Write a sweep as a page with levers, which opens anywhere without a network.

    Parameters
    ----------
    folder : path
        The results of a sweep.
    out : path, optional
        The page; if not given ``folder/explorable.html``.
    levers, outcomes : sequence of str, optional
        As for :func:`page_of`.

    Returns
    -------
    Path
        The page.
    """
    from negotiation.sweep.atomic import write
    from negotiation.sweep.in_use import refusal, writable
    from negotiation.sweep.whose import only_ours

    place = Path(folder)
    path = place / "explorable.html" if out is None else Path(out)
    only_ours(path)
    page = html_of(page_of(place, levers, outcomes), place).encode("utf-8")
    if len(page) >= MOST_BYTES:
        raise InputError(
            f"the page would have {len(page) / 1e6:.1f} MB, and a phone is to open it; allowed: "
            f"under {MOST_BYTES / 1e6:.0f} MB. Choose fewer settings with --lever."
        )
    writable(path.parent)
    try:
        write(path, page)
    except OSError as error:
        raise refusal(path.parent, error) from None
    return path


def html_of(page: Page, folder: Path) -> str:
    """Return the page as HTML; whatever comes from outside is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    from negotiation.printable import printable

    templates = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    style, script = (
        (TEMPLATES / f"explorable.{kind}").read_text("utf-8") for kind in ("css", "js")
    )
    data = printable(json.dumps(data_of(page, folder), separators=(",", ":"), allow_nan=False))
    context = {
        **words_of(page, folder),
        "style": Markup(style),
        "script": Markup(script),
        "data": Markup(data.replace("<", "\\u003c")),
        "hashes": [digest(style), digest(script)],
    }
    return printable(templates.get_template("explorable.html").render(context)) + "\n"


def digest(text: str) -> str:
    """Return the digest by which a policy lets one style or script through.

    Examples
    --------
    >>> digest("")
    'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    """
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def data_of(page: Page, folder: Path) -> dict[str, Any]:
    """Return what the script of the page computes with."""
    results, levers = results_of(folder), page.levers
    heads = [fit.name for fit in page.fits if fit.headline]
    shares = results.odds(outcomes=heads)["share"].to_numpy().reshape(-1, len(heads))
    few = levers.cells[:MOST_DOTS]
    return {
        "axes": [
            {
                "label": axis.label, "unit": "" if axis.percent else axis.unit,
                "percent": axis.percent, "menu": len(axis.options), "low": axis.low,
                "high": axis.high, "stops": axis.stops, "names": axis.options,
                "digits": axis.digits,
            }
            for axis in levers.axes
        ],
        "start": levers.start.tolist(),
        "fits": [
            {
                "headline": fit.headline, "terms": fit.terms.tolist(),
                "decay": fit.decay,
                "surfaces": {
                    str(mix): {
                        "mean": one.mean.tolist(),
                        "root": [one.root[i, : i + 1].tolist() for i in range(len(one.root))],
                        "sampling": one.sampling, "misfit": one.misfit, "t": one.t,
                    }
                    for mix, one in fit.surfaces.items()
                },
            }
            for fit in page.fits
        ],
        "cells": [
            [*(float(f"{v:.9g}") for v in row), *(float(f"{p:.4g}") for p in shares[number])]
            for number, row in zip(few.tolist(), levers.values[: len(few)].tolist(), strict=True)
        ],
    }  # fmt: skip


def words_of(page: Page, folder: Path) -> dict[str, Any]:
    """Return what the page says."""
    from markupsafe import Markup

    from negotiation.report import prose
    from negotiation.sweep import manifest
    from negotiation.sweep.store import stored_scenario
    from negotiation.words.parties import parties
    from negotiation.words.scene import full_date

    about, results, scenario = manifest.read(folder), results_of(folder), stored_scenario(folder)
    text, levers = question_of(folder), page.levers
    heads = [fit for fit in page.fits if fit.headline]
    start = [page.odds(fit.name, levers.start) for fit in page.fits]
    rows = rows_of(page, results)
    return {
        "title": about["question"] or prose.title_of(text) or scenario.title,
        "scenario": scenario,
        "question": Markup(prose.html_of(prose.below("", text))) if text else "",
        "between": "-".join(side.short for side in parties(scenario)),
        "horizon": full_date(scenario.calendar.horizon),
        "axes": levers.axes,
        "start": levers.start.tolist(),
        "standing": [_standing(axis, v) for axis, v in zip(levers.axes, levers.start, strict=True)],
        "left": levers.left,
        "fits": [
            (fit, in_hundred(*(float(x[0]) for x in found[:3])))
            for fit, found in zip(page.fits, start, strict=True)
        ],
        "exact": [(fit.words, *exactness(fit)) for fit in heads if len(fit.left_out.held)],
        "heads": [fit.words for fit in heads],
        "rows": rows,
        "cells": len(levers.cells),
        "failed": len(results.runs) - len(levers.cells),
        "runs": int(results.runs.sum()),
        "marks": tables.number_marks(scenario),
        "complete": about["complete"] and not about["shard"],
        "facts": provenance.facts(about, scenario),
        "citation": provenance.citation(about),
        "commands": provenance.commands(about, folder)[:-1],
    }


def _standing(axis: Any, amount: float) -> int:
    """Return the stop of a slider, or the option of a menu, that is nearest to a value."""
    if axis.options:
        return int(amount)
    return int(np.argmin(np.abs(np.array(axis.stops) - amount)))


def rows_of(page: Page, results: Results) -> list[dict[str, Any]]:
    """Return the table of cells; of very many, as many as there is room for, evenly taken."""
    cells = cells_of(results, tuple(fit.name for fit in page.fits if fit.headline))
    levers = page.levers
    every = -(-len(levers.cells) // MOST_ROWS)
    return [
        {
            "number": int(number),
            "values": [a.shown(v) for a, v in zip(levers.axes, levers.values[k], strict=True)],
            "runs": f"{cells[number].runs:,}",
            "odds": [in_hundred(*estimate) for estimate in cells[number].odds.values()],
        }
        for k, number in list(enumerate(levers.cells))[::every]
    ]


def exactness(fit: Fit) -> tuple[str, int, int]:
    """Return by how much cells that were left out are missed, how many are held, of how many."""
    said, played, held = fit.left_out
    off = 100.0 * float(np.sqrt(np.mean((said - played) ** 2)))
    return f"{off:.1f}" if off >= 0.05 else "less than 0.1", int(held.sum()), len(held)


def in_hundred(p: float, low: float, high: float) -> tuple[str, str]:
    """Return odds as so many in a hundred, and between what.

    Examples
    --------
    >>> in_hundred(0.684, 0.62, 0.741), in_hundred(0.001, 0.0, 0.004)
    (('68 in 100', 'between 62 and 74'), ('0.1 in 100', 'at most 0.4'))
    >>> in_hundred(1.0, 0.98, 1.0)
    ('100 in 100', 'at least 98')
    """
    from negotiation.words.numbers import decimals

    places = min(decimals(low, high), 1)
    shown, first, last = (percent(x, places=places).replace("%", "") for x in (p, low, high))
    open_low = first.startswith("under") or first == "0"
    open_high = last.startswith("over") or last == "100"
    if open_low and open_high:
        told = "anything is possible"
    elif open_low:
        told = f"at most {last.removeprefix('under ')}"
    elif open_high:
        told = f"at least {first.removeprefix('over ')}"
    else:
        told = f"between {first} and {last}"
    return f"{shown} in 100", told
