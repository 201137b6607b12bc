"""A setting of earlier versions is answered with what replaced it, wherever it is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import negotiation as ng
from negotiation.analysis.indices import group_of
from negotiation.errors import InputError
from negotiation.report.cells import cells_of
from negotiation.report.designs import cell_asked
from negotiation.scenario.problems import GONE
from negotiation.sweep.design_file import design_of
from negotiation.sweep.grids import uncertain_numbers

PIE = ng.Scenario.load("split-the-pie")
DESIGN: dict[str, Any] = {"scenario": "split-the-pie", "replicates": 9}
GRID = [{"design": "grid", "over": {"us.patience": [0.8, 0.9]}}]


@pytest.fixture(scope="module")
def results() -> ng.Results:
    """A sweep of one setting."""
    return ng.sweep(ng.grid(PIE, {"us.patience": [0.8, 0.9]}, replicates=9), seed=1)


NAMING: dict[str, Callable[[str, ng.Results], Any]] = {
    "--number": lambda path, _: uncertain_numbers(PIE, [path]),
    "--group": lambda path, _: group_of(["us.patience"], {"both": [path]}),
    "--set": lambda path, _: PIE.replace({path: 1}),
    "a part": lambda path, _: PIE.replace({f"{path}.value": 1}),
    "--cell": lambda path, results: cell_asked(results, cells_of(results, ("deal",)), {path: 1}),
    "by": lambda path, results: results.odds(by=path),
    "baseline": lambda path, _: ng.grid(PIE, {"us.patience": [0.8]}, baseline={path: 1}),
    "constants": lambda path, _: design_of(DESIGN | {"constants": {path: 1}}),
    "a grid": lambda path, _: design_of(DESIGN | {"levers": [{"over": {path: [1, 2]}}]}),
    "a file's baseline": lambda path, _: design_of(
        DESIGN | {"levers": GRID, "baseline": {path: 1}}
    ),
    "a spread": lambda path, _: design_of(
        DESIGN | {"levers": [{"design": "latin-hypercube", "samples": 2, "over": [path]}]}
    ),
}


@pytest.mark.parametrize("naming", NAMING)
@pytest.mark.parametrize(("path", "instead"), [(p.replace("*", "pie"), x) for p, x in GONE.items()])
def test_a_setting_that_is_gone_says_what_replaced_it(
    path: str, instead: str, naming: str, results: ng.Results
) -> None:
    """The sentence is that of a scenario file: a similar name would be a wrong hint."""
    with pytest.raises(InputError) as refused:
        NAMING[naming](path, results)
    told = str(refused.value)
    assert (
        f": a setting of earlier versions; {instead.replace('*', 'pie')}." in told and path in told
    )
    assert "Did you mean" not in told and "does not exist" not in told
