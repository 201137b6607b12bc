"""A covariate is taken from the model by making the row usual, and by nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from negotiation.hindcast import record
from negotiation.history.reading import shipped
from negotiation.skill.blanking_the_model import COLUMNS, played, usual, without
from negotiation.skill.cases import COVARIATES
from negotiation.skill.whole import main_rows

ROWS = main_rows()


def test_what_is_usual_is_most_common_or_the_middle() -> None:
    """Codes are the commonest, numbers the median, a threat the cell that is read as usual."""
    dates = [row.lead_days for row in ROWS if row.lead_days is not None]
    assert usual("lead_days", ROWS) == int(np.median(dates))
    codes = [row.binding for row in ROWS]
    assert all(codes.count(usual("binding", ROWS)) >= codes.count(code) for code in set(codes))
    assert usual("us_tariff_threatened", ROWS) is None


@pytest.mark.parametrize("name", COLUMNS)
def test_one_cell_is_altered_and_the_row_has_no_more_of_it(name: str) -> None:
    """Two rows that differ in a covariate alone are one row without it."""
    row = ROWS[50]
    altered = without(row, name, ROWS)
    differing = {
        field for field in type(row).model_fields if getattr(row, field) != getattr(altered, field)
    }
    assert differing <= {COLUMNS[name]}
    other = next(x for x in ROWS if getattr(x, COLUMNS[name]) != getattr(row, COLUMNS[name]))
    twin = row.model_copy(update={COLUMNS[name]: getattr(other, COLUMNS[name])})
    assert without(twin, name, ROWS) == altered


def test_covariates_go_by_the_names_that_the_rivals_have() -> None:
    """Each is one of theirs; what is missing is not read by the model, or is who sits there."""
    assert set(COVARIATES) - set(COLUMNS) == {"fresh precedents", "China", "domestic court"}


def test_what_the_model_does_not_read_changes_no_run() -> None:
    """Fresh precedents and courts have no entry since a row without them is played the same."""
    row = next(d for d in shipped().decisions if d.id == "T199")
    altered = row.model_copy(update={"fresh_deal_precedents": 0, "domestic_court": False})
    values = record.shipped().values[:4]
    one, two = (played(each, values, seed=1, runs=10) for each in (row, altered))
    assert np.array_equal(one, two)
    hard = row.model_copy(update={"talks_live": False})
    assert not np.array_equal(one, played(hard, values, seed=1, runs=10))


def test_chances_of_a_decision_sum_to_one() -> None:
    """At each draw."""
    values = record.shipped().values[:3]
    found = played(ROWS[0], values, seed=1, runs=10)
    assert found.shape == (3, 5)
    assert found.sum(axis=1) == pytest.approx(1.0)
