"""What the tests of the pictures draw: made-up odds, real runs of a small scenario."""

from __future__ import annotations

import matplotlib as mpl
import pytest

import negotiation as ng
from negotiation.analysis.odds_result import Odds
from negotiation.estimates import Estimate
from negotiation.outcome import AT_HORIZON, EVENTS


def made_up(shares: dict[str, float], *, half: float = 0.01, reach: float = 0.1) -> Odds:
    """Odds with the given shares at the horizon and intervals of known width."""
    p = {name: shares.get(name, 0.0) for name in AT_HORIZON}
    events = {name: 0.5 for name in EVENTS} | {
        "first_deadline_extended": 0.87, "summit_deal": p["summit_deal"],
    }  # fmt: skip

    def estimates(values: dict[str, float]) -> dict[str, Estimate]:
        return {n: Estimate(v, max(v - half, 0.0), min(v + half, 1.0)) for n, v in values.items()}

    def ranges(values: dict[str, float]) -> dict[str, tuple[float, float]]:
        return {n: (max(v - reach, 0.0), min(v + reach, 1.0)) for n, v in values.items()}

    return Odds("made-up", 12_345, 1, estimates(events), estimates(p), ranges(events), ranges(p))


@pytest.fixture
def result() -> Odds:
    """Odds in which every ending happens."""
    return made_up(
        {
            "summit_deal": 0.42,
            "working_deal": 0.13,
            "truce": 0.31,
            "lapse": 0.03,
            "escalation": 0.11,
        }
    )


@pytest.fixture
def odds_of():  # type: ignore[no-untyped-def]
    """The maker of odds with given shares."""
    return made_up


@pytest.fixture(scope="session")
def stockholm() -> ng.Scenario:
    """The shipped scenario of the full agenda."""
    return ng.Scenario.load("stockholm-2025")


@pytest.fixture(scope="session")
def runs(stockholm: ng.Scenario) -> list[ng.Talks]:
    """A few real runs."""
    return [ng.run(stockholm, seed=3, run=i) for i in range(12)]


@pytest.fixture(autouse=True)
def _settings_untouched():  # type: ignore[no-untyped-def]
    """No picture changes the reader's matplotlib settings."""
    import matplotlib.pyplot  # noqa: F401 (its first import settles the backend)

    before = dict(mpl.rcParams)
    yield
    assert dict(mpl.rcParams) == before
