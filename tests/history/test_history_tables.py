"""The tables of history: numbers given with the data, within rounding, and their intervals."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import CensoredData, ecdf

from negotiation.analysis.penalty_spells import still_in_force
from negotiation.history import resampling
from negotiation.history.reading import Record, shipped
from negotiation.history.tables import AFTER, Line, tables

FOUND = tables(shipped())
ENDS = 0.035  # an end of an interval, from other draws of the disputes


def line(table: str, of: str) -> Line:
    """A line of a table."""
    return FOUND[table].line(of)


def values(table: str, of: str) -> list[float]:
    """The numbers of a line."""
    return [number.value for number in line(table, of).values.values()]


@pytest.mark.parametrize(
    ("of", "n", "shares"),
    [
        ("hard", 33, [24, 36, 39, 0]),
        ("hard, extended", 19, [26, 63, 11, 0]),
        ("hard, extended, penalties or retaliation on both sides", 5, [60, 40, 0, 0]),
        ("hard, deal", 14, [21, 0, 79, 0]),
        ("China, all dates", 16, [62, 12, 12, 12]),
        ("not China, all dates", 67, [24, 34, 42, 0]),
    ],
)
def test_who_gave_way(of: str, n: int, shares: list[int]) -> None:
    """Mutual, sender, target, nobody, in percent."""
    assert line("gave_way", of).n == n
    assert [100 * x for x in values("gave_way", of)] == pytest.approx(shares, abs=0.6)


def test_after_an_extension() -> None:
    """Half are extended again; of the threatened rise a third comes."""
    (after,), (rise,) = FOUND["after_extension"].lines, FOUND["realised"].lines
    assert after.n == 31
    assert [100 * x.value for x in after.values.values()] == pytest.approx(
        [29, 3, 52, 10, 6], abs=0.6
    )
    assert [x.value for x in rise.values.values()] == pytest.approx(
        [0.36, 0.56, 0.14, 0.30], abs=0.006
    )


def test_days_before_a_hard_date() -> None:
    """The median of deals is given as 10 with the data; it is 8.5, of 7 and 10 in the middle."""
    *shares, middle = values("days_before", "all")
    assert line("days_before", "all").n == 41 and middle == 3
    assert [100 * x for x in shares] == pytest.approx([5, 37, 10, 17, 7, 12, 12], abs=0.6)
    assert values("days_before", "extended")[-1] == 1
    assert values("days_before", "deal")[-1] == 8.5
    china = line("days_before", "US-China")
    assert china.n == 6 and china.values["0-1"].value == 0


def test_length_of_extensions() -> None:
    """Quartiles 31, 45 and 122 days; 81 to 100 days in 11%."""
    assert line("lengths", "all").n == 37
    assert values("lengths", "all") == pytest.approx([31, 45, 122, 0.11], abs=0.006)


def test_penalties_in_force() -> None:
    """Kaplan and Meier's estimate, as given, as SciPy has it; the median is 353 days."""
    assert values("survival", "all") == pytest.approx(
        [0.93, 0.91, 0.85, 0.82, 0.69, 0.48], abs=0.006
    )
    china = line("survival", "US-China")
    assert china.n == 17 and china.values["90"].value == pytest.approx(0.76, abs=0.006)
    assert line("survival", "50 points and more").values["60"].value == pytest.approx(0.60)
    spells = shipped().spells
    days = np.array([s.days for s in spells])
    lasting = ecdf(CensoredData.right_censored(days, np.array([s.censored for s in spells]))).sf
    assert values("survival", "all") == pytest.approx(lasting.evaluate(np.array(AFTER)))
    found = still_in_force(days, [not s.censored for s in spells])
    assert found.days[np.argmax(found.in_force <= 0.5)] == 353


@pytest.mark.parametrize(
    ("of", "mean", "sd"),
    [
        ("delegations", 1.56, 1.08),
        ("leaders", 2.58, 1.31),
        ("of 2025", 3.12, 1.46),
        ("with China", 2.17, 1.60),
    ],
)
def test_issues_of_a_deal(of: str, mean: float, sd: float) -> None:
    """Kinds of commitments since 2017; purchases in 42% of leaders' deals and 8% of others."""
    assert values("issues", of)[:2] == pytest.approx([mean, sd], abs=0.006)
    if of in ("delegations", "leaders"):
        assert values("issues", of)[2] == pytest.approx({"leaders": 0.42}.get(of, 0.08), abs=0.006)


@pytest.mark.parametrize(
    ("of", "ends"),
    [
        ("all", [(15, 33), (3, 14), (19, 38), (17, 37), (7, 22)]),
        ("hard date", [(29, 59), (2, 16), (14, 39), (8, 37), None]),
        ("soft date", [(0, 11), None, (14, 48), (15, 48), (20, 46)]),
    ],
)
def test_intervals_are_those_of_whole_disputes(of: str, ends: list[tuple[int, int] | None]) -> None:
    """As given with the data, up to chance; resampling single decisions gives narrower ones."""
    for number, given in zip(line("outcomes", of).values.values(), ends, strict=True):
        if given:
            assert number.low is not None and number.high is not None
            assert (number.low, number.high) == pytest.approx([x / 100 for x in given], abs=ENDS)


def test_few_disputes_are_said_and_no_spread_is_no_interval() -> None:
    """A line of one dispute has no interval; below ten disputes it is marked."""
    one = line("days_before", "US-China")
    assert one.disputes == 1 and one.few and one.values["median"].low is None
    assert not line("outcomes", "all").few


def test_no_rows_no_tables() -> None:
    """An empty record has none, and does not fail."""
    assert tables(Record()) == {}


def test_the_weights_take_disputes_whole() -> None:
    """Rows of a dispute count alike in each draw."""
    w = resampling.weights(["a", "b", "a", "c"], draws=50)
    assert (w[:, 0] == w[:, 2]).all() and (w[:, [0, 1, 3]].sum(axis=1) == 3).all()
