"""Pictures of a sweep as files: PNG for slides, SVG for print, and what each shows in words."""

from __future__ import annotations

import os
from pathlib import Path

from negotiation.analysis.odds import WORLDS
from negotiation.errors import InputError


def save_pictures(
    folder: str | Path,
    out: str | Path | None = None,
    *,
    outcomes: tuple[str, ...] | None = None,
    worlds: int = WORLDS,
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
    worlds : int
        See :func:`negotiation.classroom.pictures.headline_of`.

    Returns
    -------
    list of Path
        The files written, three for each picture.
    """
    os.environ.setdefault("MPLBACKEND", "Agg")
    import matplotlib.pyplot as plt

    from negotiation.classroom.pictures import headline_of, pictures_of
    from negotiation.plots import style
    from negotiation.sweep.results import Results
    from negotiation.sweep.store import stored_scenario
    from negotiation.tally import named

    if outcomes is not None:
        named(outcomes)
    place = Path(folder)
    results = Results.load(place)
    there = Path(out) if out is not None else place / "figures"
    try:
        there.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"{there}: nothing can be written there ({reason}).") from None
    written: list[Path] = []
    scenario = stored_scenario(place)
    headline = headline_of(results, scenario, worlds=worlds)
    for picture in pictures_of(results, scenario, headline=headline, outcomes=outcomes):
        ax = picture.draw()
        alt = " ".join(ax.alt_text.split())  # type: ignore[attr-defined]
        written += style.save(ax.figure, there / picture.name, alt=alt)  # type: ignore[arg-type]
        plt.close(ax.figure)  # type: ignore[arg-type]
    return written
