"""The picture of past outcomes: each mark lies where its number says."""

from __future__ import annotations

from typing import Any

import numpy as np

import negotiation as ng
from negotiation.history.reading import shipped
from negotiation.history.tables import tables


def test_marks_lie_at_the_shares_of_their_lines() -> None:
    """A mark for each outcome and line; an interval where there is one; the words say it too."""
    table = tables(shipped())["outcomes"]
    ax: Any = ng.plots.past_outcomes(table)
    deals = [
        float(np.asarray(mark.get_xdata())[0]) for mark in ax.lines if mark.get_gid() == "deal"
    ]
    assert deals == [line.values["deal"].value for line in table.lines]
    spans = [mark for mark in ax.lines if mark.get_gid() == "95%"]
    assert len(spans) == sum(x.low is not None for t in table.lines for x in t.values.values())
    assert "threat only, no order (n 9)" in ax.alt_text
