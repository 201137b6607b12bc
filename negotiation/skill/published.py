"""What was published at the time, where it answers the question of a decision in the record.

A published forecast is a probability for one statement: that the outcome is one of some codes. A
forecaster's answer is what it gives these codes. Questions and days differ a little from those of
the decision (some run to the end of a month), which favours neither.
"""

from __future__ import annotations

from importlib import resources
from typing import Annotated, Any, ClassVar

import numpy as np
from pydantic import BeforeValidator, Field

from negotiation.scenario.csv_rows import Row, one_of, read_rows
from negotiation.skill.assessing import Assessment
from negotiation.skill.cases import CODES

Code = Annotated[str, one_of(CODES, blank=False)]


class Statement(Row):
    """One published probability of a statement; ``codes`` are the outcomes that make it true."""

    date: str = Field(description="a day, a month or a year")
    forecaster: str = Field(description="who said it")
    question: str = Field(description="what was asked")
    codes: Annotated[tuple[str, ...], BeforeValidator(lambda text: text.split("|"))]
    probability: float = Field(ge=0, le=1, description="a probability from 0 to 1")


class Published(Statement):
    """One published probability, of the statement that the outcome is one of some codes."""

    needed: ClassVar[tuple[str, ...]] = (
        "id", "date", "forecaster", "decision", "question", "codes", "probability"
    )  # fmt: skip

    decision: str = Field(description="the id of a decision")
    codes: Annotated[tuple[Code, ...], BeforeValidator(lambda text: text.split("|"))]


def published() -> list[Published]:
    """Return the published forecasts that answer the question of a decision in the record.

    Examples
    --------
    >>> published()[1].forecaster, published()[1].decision, published()[1].probability
    ('Goldman Sachs', 'T098', 0.51)
    """
    data = resources.files("negotiation") / "skill" / "data" / "published.csv"
    return read_rows(Published, data.read_bytes(), "the published forecasts", "forecast")


def beside(found: Assessment) -> dict[str, Any] | None:
    """Return published forecasts beside the forecasters' answers, with scores; None where none fit.

    Notes
    -----
    The score is the quadratic one of a yes-or-no statement, (p - y)^2, averaged first over the
    statements on a decision and then over decisions.
    """
    place = {str(name): k for k, name in enumerate(found.cases.ids)}
    rows: list[dict[str, Any]] = []
    for said in published():
        if said.decision not in place:
            continue
        k = place[said.decision]
        codes = [CODES.index(code) for code in said.codes]
        rows.append(
            {
                **said.model_dump(include={"id", "date", "forecaster", "decision", "question"}),
                "came_true": int(found.truth[k] in codes),
                "published": said.probability,
                **{name: float(p[k, codes].sum()) for name, p in found.forecasts.items()},
            }
        )
    if not rows:
        return None
    decisions = sorted({row["decision"] for row in rows})
    places = [place[name] for name in decisions]

    return {
        "statements": rows,
        "decisions": len(decisions),
        "disputes": len(np.unique(found.cases.disputes[places])),
        "scores": {
            name: float(squared_errors(rows, name, "decision").mean())
            for name in ("published", *found.forecasts)
        },
    }


def squared_errors(rows: list[dict[str, Any]], name: str, unit: str) -> np.ndarray:
    """Return the mean squared error of a forecaster's answers, unit by unit.

    Parameters
    ----------
    rows : list of dict
        Statements with the answers of each forecaster, and whether they ``came_true``.
    name : str
        Of a forecaster.
    unit : str
        The entry that says which statements belong together.

    Examples
    --------
    >>> rows = [{"id": "A", "x": 0.5, "came_true": 1}, {"id": "A", "x": 1.0, "came_true": 1}]
    >>> squared_errors(rows, "x", "id")
    array([0.125])
    """
    units = sorted({row[unit] for row in rows})
    return np.array(
        [
            np.mean([(row[name] - row["came_true"]) ** 2 for row in rows if row[unit] == one])
            for one in units
        ]
    )
