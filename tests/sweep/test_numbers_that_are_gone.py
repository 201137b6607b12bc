"""An uncertain number of earlier versions is answered with what replaced it."""

from __future__ import annotations

import pytest

import negotiation as ng
from negotiation.errors import InputError
from negotiation.scenario.problems import GONE
from negotiation.sweep.grids import uncertain_numbers


@pytest.mark.parametrize("path", GONE)
def test_a_number_that_is_gone_says_what_replaced_it(path: str) -> None:
    """The sentence is that of a scenario file: a similar name would be a wrong hint."""
    with pytest.raises(InputError) as refused:
        uncertain_numbers(ng.Scenario.load("stockholm-three-issues"), [path])
    assert f"{path}: a setting of earlier versions; {GONE[path]}." in str(refused.value)
    assert "Did you mean" not in str(refused.value)
