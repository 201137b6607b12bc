"""Pictures of the dispute: each mark lies where its number says, and the words say it too."""

from __future__ import annotations

import numpy as np
import pytest

import negotiation as ng
from negotiation.analysis.extension_split import ExtensionSplit
from negotiation.analysis.fear_of_lapse import PIECES, FearOfLapse
from negotiation.analysis.past_penalties import past_penalties
from negotiation.analysis.penalty_spells import still_in_force
from negotiation.analysis.prospect_by_issue import ProspectByIssue
from negotiation.analysis.tariff_paths import TariffPaths
from negotiation.estimates import share
from negotiation.plots.style import SIDE_COLOUR


def of(ax, gid: str) -> list:  # type: ignore[no-untyped-def, type-arg]
    """The marks of a kind."""
    return [mark for mark in (*ax.patches, *ax.lines, *ax.collections) if mark.get_gid() == gid]


def test_the_steps_of_a_waterfall_lead_to_its_last_bar() -> None:
    """Each begins where the one before ended; the last spans all of them."""
    steps = dict(zip(PIECES, (-9.0, -6.0, -20.0, -7.0, -1.5, -2.5), strict=True))
    few = dict.fromkeys(PIECES, -1.0)
    fear = FearOfLapse(
        {"us": steps, "china": few}, {"us": -46.0, "china": -6.0}, {"us": -136.0, "china": -30.0}
    )
    ax = ng.plots.fear_of_lapse(fear)
    for side, whole in fear.worth.items():
        bars = of(ax, side)
        ends = [bar.get_x() + bar.get_width() for bar in bars]
        assert len(bars) == len(PIECES) + 1
        assert [bar.get_x() for bar in bars[:-1]] == pytest.approx([0.0, *ends[:-2]])
        assert ends[-2] == pytest.approx(whole) and bars[-1].get_width() == whole
    assert "United States -46.0" in ax.alt_text and "rare earths" in ax.alt_text
    assert "without crisis meetings -136" in ax.alt_text


def test_the_bars_of_the_first_deadline_are_its_shares(stockholm: ng.Scenario) -> None:
    """A concession in the colour of the side that makes it; one never made has no row."""
    ends = {"deal": 20, "even": 50, "us_pays": 12, "china_pays": 8, "lapse": 10}
    split = ExtensionSplit(
        100,
        {name: share(hits, 100) for name, hits in ends.items()},
        {
            "us": {"fentanyl_tariff": share(12, 100), "reciprocal_tariff": share(0, 100)},
            "china": {"purchase_commitments": share(8, 100)},
        },
        {90.0: share(60, 70), 180.0: share(10, 70)},
    )
    ax = ng.plots.extension_split(split, stockholm)
    names = [label.get_text() for label in ax.get_yticklabels()]
    widths = dict(zip(names, (bar.get_width() for bar in ax.patches), strict=True))
    assert widths["US pays: fentanyl-linked tariff"] == 0.12
    assert widths["China pays: purchase commitments"] == 0.08
    assert widths["of the extensions: 90 days"] == pytest.approx(60 / 70)
    assert not any("reciprocal" in name for name in names)
    assert ax.patches[2].get_facecolor()[:3] == pytest.approx(rgb(SIDE_COLOUR["us"]))
    assert "United States pays for it in 12%" in ax.alt_text


def rgb(colour: str) -> tuple[float, ...]:
    """The parts of a colour."""
    return tuple(int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))


def test_the_marks_of_a_prospect_are_its_gains() -> None:
    """One mark a side and issue, and both sums in words."""
    scenario = ng.Scenario.load("stockholm-three-issues")
    gains = {name: {"us": 0.4 * k, "china": -0.3 * k} for k, name in enumerate(scenario.issues)}
    prospect = ProspectByIssue(0.43, gains, dict.fromkeys(gains, 0.2), {"us": 2.3, "china": 1.7})
    ax = ng.plots.prospect_by_issue(prospect, scenario)
    for side in ("us", "china"):
        marks = [float(mark.get_xdata()[0]) for mark in of(ax, side)]
        assert marks == [row[side] for row in gains.values()]
    assert "43%" in ax.alt_text and "United States 2.3, China 1.7" in ax.alt_text


def test_survival_stands_beside_history() -> None:
    """The line falls at the days on which spells end; past disputes are marks of their own."""
    found = still_in_force([20, 40, 400, 400], [True, True, True, False])
    ax = ng.plots.penalty_survival(found, past=past_penalties())
    (line,) = of(ax, "model")
    assert line.get_ydata()[:3].tolist() == [1.0, 0.75, 0.5]
    marks = of(ax, "past")
    assert [len(mark.get_xdata()) for mark in marks] == [6, 2]
    assert "75% " in ax.alt_text and "48% after 365 days" in ax.alt_text


def test_a_fan_shows_the_middle_and_the_extreme(stockholm: ng.Scenario) -> None:
    """Of eleven runs, ten as they began and one at the peak; a fall by 80% is counted."""
    tariff, trade = np.full((11, 19), 55.0), np.ones((11, 19))
    tariff[0, 3:], trade[0, 3:] = 170.0, 0.15
    layers = {"before 2025": 25.0, "fentanyl": 20.0, "reciprocal": 10.0}
    paths = TariffPaths(7.0 * np.arange(19), tariff, trade, layers)
    ax = ng.plots.tariff_path(paths, stockholm)
    (middle,), (highest,) = of(ax, "median"), of(ax, "end")
    assert set(middle.get_ydata()) == {55.0} and highest.get_ydata()[-1] == 170.0
    assert "55% = 25 before 2025 + 20 fentanyl + 10 reciprocal" in ax.get_xlabel()
    ax = ng.plots.trade_path(paths, stockholm)
    assert of(ax, "end")[0].get_ydata()[-1] == pytest.approx(15.0)
    assert "a de facto embargo, comes in 9% of the runs" in ax.alt_text
