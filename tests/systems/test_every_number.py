"""No number of the Stockholm scenario is idle: each, moved over its range, changes some run."""

from __future__ import annotations

from contextlib import suppress

import pytest

from negotiation.ensemble import Ensemble
from negotiation.errors import InputError
from negotiation.scenario import Quantity, Scenario

STOCKHOLM = Scenario.load("stockholm-2025")
NUMBERS = dict(STOCKHOLM.numbers())
RUNS = (64, 640, 3_200)  # nearly all are seen in the first few
TOGETHER = 16  # runs in a draw of the uncertain numbers
GAIN = {"us": "china_gain", "china": "us_gain"}  # of the side that an issue is conceded to


def idle_by_definition(path: str) -> bool:
    """Whether a number multiplies one that is 0: a chance to verify what has no further value."""
    table, _, name = path.rpartition(".")
    if name != "verified":
        return False
    issue = STOCKHOLM.issues[table.removeprefix("issues.")]
    return bool(getattr(issue, GAIN[issue.conceded_by]).value == 0.0)


def rows(scenario: Scenario, runs: int) -> bytes:
    """Return the rows of some runs."""
    return Ensemble(scenario).rows(seed=3, first=0, count=runs, runs_per_world=TOGETHER).tobytes()


def others(path: str, number: Quantity) -> list[Scenario]:
    """Return the scenario with a number at the ends of its range, or moved by a tenth."""
    value, tenth = number.value, 0.1 * abs(number.value) or 0.1
    ends = [value - tenth, value + tenth] if number.low is None else [number.low, number.high]
    found = []
    for end in ends:
        with suppress(InputError):  # what is 1 cannot be more
            found.append(STOCKHOLM.replace({path: end}))
    assert found, path
    return found


def moved(path: str, number: Quantity) -> bool:
    """Whether some run changes with a number."""
    here, there = STOCKHOLM.replace({path: number.value}), others(path, number)
    for runs in RUNS:
        before = rows(here, runs)
        if any(rows(one, runs) != before for one in there):
            return True
    return False


@pytest.mark.parametrize("table", sorted({path.partition(".")[0] for path in NUMBERS}))
def test_every_number_changes_some_run(table: str) -> None:
    """But for those that multiply a zero."""
    own = {path: number for path, number in NUMBERS.items() if path.partition(".")[0] == table}
    idle = [path for path, number in own.items() if not moved(path, number)]
    assert idle == [path for path in own if idle_by_definition(path)]
