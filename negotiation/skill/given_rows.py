"""Forecasts of decisions read from a CSV file: an id and the probabilities of five outcomes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import Field

from negotiation.errors import FileProblems
from negotiation.scenario.csv_rows import Row, read_rows
from negotiation.scenario.csv_text import content_of
from negotiation.skill.cases import CODES
from negotiation.skill.given import Given, problem

WHAT = "a file of forecasts (CSV) with id and the probabilities of the five outcomes"
P = Annotated[float, Field(ge=0, le=1, description="a probability from 0 to 1")]


class GivenRow(Row):
    """A forecast of one decision."""

    needed: ClassVar[tuple[str, ...]] = ("id", *CODES)

    penalty_in_full: P
    penalty_in_part: P
    extended_or_paused: P
    deal: P
    dropped: P

    @property
    def probabilities(self) -> list[float]:
        """The five, in the order of ``CODES``."""
        return [float(getattr(self, code)) for code in CODES]


def load(path: str | Path) -> Given:
    """Return the forecaster that a file's forecasts amount to.

    Raises
    ------
    MissingFile, FileProblems
        One sentence for each thing that is wrong.
    """
    rows = read_rows(GivenRow, content_of(Path(path), WHAT), str(path), "forecast")
    wrong = [said for row in rows if (said := problem(row.id, row.probabilities))]
    if wrong:
        raise FileProblems(path, wrong)
    return Given([row.id for row in rows], [row.probabilities for row in rows])
