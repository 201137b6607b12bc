"""A class tournament as one page to project: no network, nothing that runs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from negotiation.report.page import TEMPLATES, drawings
from negotiation.words.numbers import counted, percent, readable_together
from negotiation.words.scene import a_year

if TYPE_CHECKING:
    from negotiation.contest import Contest
    from negotiation.report.pictures import Picture

TIGHT = 18  # entrants from which numbers are left out of the table


def write_class_page(found: Contest, path: Path, folder: str) -> Path:
    """Write the page of a class tournament.

    Parameters
    ----------
    found : Contest
    path : Path
    folder : str
        What the class is called.
    """
    from negotiation.sweep.atomic import write

    path.parent.mkdir(parents=True, exist_ok=True)
    write(path, class_page(found, folder).encode("utf-8"))
    return path


def class_page(found: Contest, folder: str) -> str:
    """Return the page of a class tournament as HTML."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from negotiation import __version__
    from negotiation.printable import printable

    os.environ.setdefault("MPLBACKEND", "Agg")
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    unit = f"{found.scenario.unit}{a_year(found.scenario.unit)}"
    context = {
        "folder": folder,
        "found": found,
        "unit": unit,
        "version": __version__,
        "rows": ranking_rows(found),
        "heat": heat(found),
        "pictures": drawings(_pictures(found)),
        "counted": counted,
        "network": network(found.network_cut),
    }
    return printable(templates.get_template("classroom.html").render(context)) + "\n"


def network(cut: bool) -> str:
    """Return how the files were kept from the network, as it was."""
    if cut:
        return "The system gave every file a network with nobody on it."
    return (
        "This system does not let us cut a process off from the network, so sockets were refused "
        "in Python instead, which somebody determined can get around."
    )


def ranking_rows(found: Contest) -> list[dict[str, Any]]:
    """Return the ranking, with where each bar and its interval begin and end, in percent."""
    places = found.ranking()
    edges = [0.0, *(x for p in places for x in (p.gain.low, p.gain.high))]
    low, high = min(edges), max(edges)
    width = (high - low) or 1.0

    def at(value: float) -> float:
        return round(100.0 * (value - low) / width, 2)

    shown = readable_together([p.gain.value for p in places])
    behind = readable_together([p.behind.value for p in places])
    lows, highs = [p.gain.low for p in places], [p.gain.high for p in places]
    decimals = len(shown[0].partition(".")[2])
    ends = [f"{x:.{decimals}f}" for x in (*lows, *highs)]
    rows = []
    for number, (place, gain) in enumerate(zip(places, shown, strict=True), 1):
        tie = number > 1 and place.behind.low <= 0.0
        rows.append({
            "number": number, "name": place.name, "about": place.about, "gain": gain,
            "interval": f"{ends[number - 1]} to {ends[len(places) + number - 1]}",
            "behind": "" if number == 1 else behind[number - 1],
            "tie": tie, "signed": percent(place.signed),
            "zero": at(0.0), "from": at(min(place.gain.value, 0.0)),
            "wide": round(abs(at(place.gain.value) - at(0.0)), 2),
            "low": at(place.gain.low), "long": round(at(place.gain.high) - at(place.gain.low), 2),
        })  # fmt: skip
    return rows


def heat(found: Contest) -> dict[str, Any]:
    """Return what each got against each, in the order of the ranking, with colours."""
    order = [found.names.index(place.name) for place in found.ranking()]
    values = found.head_to_head()[np.ix_(order, order)]
    low, high = float(values.min()), float(values.max())
    shown = readable_together(values.ravel().tolist())
    names, n = [found.names[k] for k in order], len(order)
    rows = []
    for i, name in enumerate(names):
        cells = []
        for j in range(n):
            share = (float(values[i, j]) - low) / ((high - low) or 1.0)
            cells.append({
                "text": shown[i * n + j], "colour": colour(share), "light": share < 0.5,
                "title": f"{name} against {names[j]}: {shown[i * n + j]}",
            })  # fmt: skip
        rows.append({"name": name, "cells": cells})
    return {"names": names, "rows": rows, "tight": n >= TIGHT}


def colour(share: float) -> str:
    """Return a colour between dark blue (0) and yellow (1): that of pictures with a colour scale.

    Dark enough for white letters at one end, light enough for black ones at the other.

    Examples
    --------
    >>> colour(0.0), colour(1.0)
    ('#00224e', '#fee838')
    """
    import matplotlib as mpl
    from matplotlib.colors import to_hex

    from negotiation.plots.style import MAP

    return to_hex(mpl.colormaps[MAP](min(max(share, 0.0), 1.0)))


def _pictures(found: Contest) -> list[Picture]:
    from negotiation.plots.contests import generations, standings
    from negotiation.report.pictures import Picture

    unit = found.scenario.unit
    return [
        Picture("standings", "Round by round: the mean of what each has got so far",
                lambda: standings(found.names, found.by_round, unit=unit)),
        Picture("generations", "Generation by generation: who would be left if what does well is "
                "copied", lambda: generations(found.names, *found.generations())),
    ]  # fmt: skip
