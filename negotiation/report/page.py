"""A sweep as one page: the question, the odds with both intervals, what drives them, what limits
them, where they come from. It opens anywhere, years later, without a network.

Pictures are drawn into the page, the style is in the page, nothing is fetched and nothing runs.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from negotiation.analysis.odds import WORLDS
from negotiation.report import prose, provenance, tables
from negotiation.report.cells import cells_of, results_of
from negotiation.report.designs import SPREAD, kind_of, set_everywhere
from negotiation.report.pictures import headline_of, pictures_of

if TYPE_CHECKING:
    from negotiation.report.pictures import Picture

TEMPLATES = Path(__file__).with_name("templates")


def write_report(
    folder: str | Path,
    out: str | Path | None = None,
    *,
    outcomes: tuple[str, ...] | None = None,
    worlds: int = WORLDS,
    cell: int | Mapping[str, Any] | None = None,
) -> Path:
    """Write the page about a sweep.

    Parameters
    ----------
    folder : path
        The results of a sweep; a ``question.md`` in it becomes part of the page.
    out : path, optional
        The page; if not given ``folder/report.html``, of a cell that is asked for
        ``folder/report-cell-N.html``.
    outcomes : tuple of str, optional
        Whose odds are compared between cells; those of the headlines if not given.
    worlds : int
        Draws of the uncertain numbers to play for the wide interval of the first odds, where
        the sweep itself cannot tell it; 0 leaves it out.
    cell : int or mapping, optional
        Whose odds come first, by number or settings; those of the baseline if not given.

    Returns
    -------
    Path
        The page.

    Raises
    ------
    InputError
        If there is no sweep, an outcome does not exist, or the page cannot be written.
    """
    from negotiation.sweep.atomic import write
    from negotiation.sweep.in_use import refusal, writable
    from negotiation.sweep.whose import only_ours

    place = Path(folder)
    if out is not None or cell is None:  # before anything is computed in vain
        only_ours(Path(out) if out is not None else place / "report.html")
    said = context(place, outcomes, worlds, None if out is None else Path(out), cell)
    path = place / f"report{said['which']}.html" if out is None else Path(out)
    only_ours(path)
    page = html_of(said)
    writable(path.parent)
    try:
        write(path, page.encode("utf-8"))
    except OSError as error:
        raise refusal(path.parent, error) from None
    return path


def html_of(context: dict[str, Any]) -> str:
    """Return the page; whatever comes from outside is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from negotiation.printable import printable

    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return printable(templates.get_template("report.html").render(context)) + "\n"


def context(
    folder: Path, outcomes: tuple[str, ...] | None, worlds: int, out: Path | None = None,
    cell: int | Mapping[str, Any] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Return everything that the page says."""
    from markupsafe import Markup

    from negotiation.sweep import manifest
    from negotiation.sweep.store import stored_scenario
    from negotiation.tally import named
    from negotiation.words.outcomes import headlines, statement
    from negotiation.words.own_names import seat_name
    from negotiation.words.parties import parties
    from negotiation.words.scene import full_date

    about, results = manifest.read(folder), results_of(folder)
    scenario = stored_scenario(folder)
    outcomes = outcomes and named(seat_name(name, scenario) for name in outcomes)
    asked = outcomes or tuple(headlines(scenario))
    cells = cells_of(results)
    base = cells[results.baseline]
    headline = headline_of(results, scenario, worlds=worlds, asked=cell)
    text = question_of(folder)
    title = about["question"] or prose.title_of(text) or scenario.title
    spread = kind_of(results) == SPREAD
    drawn = pictures_of(results, scenario, headline=headline, outcomes=outcomes)
    which = headline.name.removeprefix("odds") if headline else ""
    return {
        "which": which,
        "changed": set_everywhere(results, scenario),
        "title": title,
        "scenario": scenario,
        "between": "-".join(side.short for side in parties(scenario)),
        "about": about,
        "question": Markup(prose.html_of(prose.below(title, text))) if text else "",
        "headline": headline,
        "headlines": tables.headlines(headline.odds, headline.scenario) if headline else [],
        "at_horizon": tables.at_horizon(headline.odds, headline.scenario) if headline else [],
        "on_the_way": tables.on_the_way(headline.odds, headline.scenario) if headline else [],
        "ends_error": f"{100 * headline.odds.largest_error:.1f}" if headline else "",
        "horizon": full_date(scenario.calendar.horizon),
        "sweep_tells_ignorance": spread or results.runs_per_world > 1,
        "factors": tables.factors(results, about["design"]["factors"], scenario),
        "baseline": tables.settings_of(base, scenario),
        "cells": len(cells),
        "runs": int(results.runs.sum()),
        "outcomes": [statement(name, scenario) for name in asked],
        "cell_rows": tables.cell_rows(cells, asked, scenario) if len(cells) > 1 else [],
        "changes": [
            (statement(name, scenario), found)
            for name in asked
            if not spread and (found := tables.changes(cells, name, base, scenario))
        ],
        "correlations": [
            (statement(name, scenario), strongest)
            for name in asked
            if spread and (strongest := tables.correlations(results, cells, name, scenario))
        ],
        "gain": tables.times(tables.pairing_gain(cells, asked)),
        "spread": spread,
        "failures": results.failures.to_pylist(),
        "pictures": drawings(drawn),
        "marks": tables.number_marks(scenario),
        "facts": provenance.facts(about, scenario),
        "digests": about["files"],
        "commands": provenance.commands(about, folder, out, which.removeprefix("-cell-")),
        "citation": provenance.citation(about),
        "bibtex": provenance.bibtex(about),
    }


def question_of(folder: Path) -> str:
    """Return the question in the analyst's own words, if it was asked in a file."""
    path = folder / "question.md"
    return path.read_text("utf-8", errors="replace") if path.is_file() else ""


def drawings(pictures: list[Picture]) -> list[dict[str, Any]]:
    """Return pictures as parts of one page, which share the shapes of their letters."""
    from markupsafe import Markup

    from negotiation.report.inline_svg import sharing_letters

    parts = [drawing(picture) for picture in pictures]
    shared = sharing_letters([part["svg"] for part in parts])
    return [{**part, "svg": Markup(svg)} for part, svg in zip(parts, shared, strict=True)]


def drawing(picture: Picture) -> dict[str, Any]:
    """Return a picture as part of the page: its SVG, its caption, its words."""
    os.environ.setdefault("MPLBACKEND", "Agg")
    from negotiation.plots import style
    from negotiation.report.inline_svg import inline_svg

    ax = picture.draw()
    alt = " ".join(ax.alt_text.split())  # type: ignore[attr-defined]
    svg = inline_svg(ax, picture.name, alt)
    style.close(ax.figure)  # type: ignore[arg-type]
    return {"name": picture.name, "caption": picture.caption, "alt": alt, "svg": svg}
