"""What was published at the time, on the questions that it answers, beside the model.

A published forecast is a probability for one statement; the statement is a set of the four codes.
The model's answer is what it gives these codes without having seen the episode. Questions and dates
differ a little from the model's (some run to the end of a month or a year), which favours neither.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from negotiation.hindcast import scoring
from negotiation.hindcast.decisions import CODES
from negotiation.hindcast.table import one_of, read_rows
from negotiation.skill.published import Statement, squared_errors

FILE = Path(__file__).with_name("forecasts.csv")
Code = Annotated[str, one_of(CODES, blank=False)]


class Published(Statement):
    """One published probability, of the statement that the outcome is one of some codes."""

    needed: ClassVar[tuple[str, ...]] = (
        "id", "date", "forecaster", "episode", "question", "codes", "probability"
    )  # fmt: skip

    episode: str = Field(description="the id of an episode")
    codes: Annotated[tuple[Code, ...], BeforeValidator(lambda text: text.split("|"))]


def published() -> list[Published]:
    """Return the published forecasts that answer one of the episodes' questions.

    Examples
    --------
    >>> published()[1].forecaster, published()[1].probability
    ('Goldman Sachs', 0.51)
    """
    return read_rows(Published, FILE.read_bytes(), "the published forecasts")


def beside(found: dict[str, Any]) -> dict[str, Any]:
    """Return each published forecast beside the model's and the base rates' answer, and scores.

    Parameters
    ----------
    found : dict
        A calibration, see :mod:`negotiation.hindcast.calibrate`.

    Notes
    -----
    The score is the quadratic one of a yes-or-no statement, (p - y)^2, averaged first over the
    statements on an episode and then over episodes, which are the units.
    """
    entries = {entry["id"]: entry for entry in found["episodes"]}
    rows: list[dict[str, Any]] = []
    for row in published():
        entry = entries[row.episode]
        codes, own = row.codes, entry["leave_one_out"]
        rows.append(
            {
                **row.model_dump(include={"id", "date", "forecaster", "episode", "question"}),
                "published": row.probability,
                "model": round(sum(own["probabilities"][c] for c in codes), 4),
                "base_rates": round(sum(own["base_rates"][c] for c in codes), 4),
                "came_true": int(entry["outcome"] in codes),
            }
        )
    return {"statements": rows, "scores": _scores(rows)}


def _scores(rows: list[dict[str, Any]]) -> dict[str, Any]:
    episodes = sorted({row["episode"] for row in rows})
    each = {
        name: squared_errors(rows, name, "episode") for name in ("published", "model", "base_rates")
    }
    return {
        "statements": len(rows),
        "episodes": len(episodes),
        **{name: scoring.mean(values).to_dict() for name, values in each.items()},
        "model_better_than_published": scoring.mean(each["published"] - each["model"]).to_dict(),
    }
