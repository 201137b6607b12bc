"""A decision is left out of what was learned under any date that a file may give it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from negotiation.hindcast.episodes import main_set
from negotiation.hindcast.learned import calibration, rates_without, weight_without
from negotiation.hindcast.reading import shipped


@pytest.mark.parametrize("days", [-7, -1, 1, 7])
def test_a_date_some_days_off_is_the_same_decision(days: int) -> None:
    """Its own outcome weighs neither in the posterior nor in the base rates."""
    found = calibration()
    for coded in main_set(shipped()):
        moved = coded.episode.date + dt.timedelta(days=days)
        other = replace(coded, episode=replace(coded.episode, date=moved))
        weight, learned = weight_without(coded, found)
        shifted, still = weight_without(other, found)
        assert learned and still
        assert (weight == shifted).all()
        assert (rates_without(coded) == rates_without(other)).all()


def test_a_decision_a_month_later_is_another() -> None:
    """What was learned from all of them serves for it."""
    found = calibration()
    last = main_set(shipped())[-1]
    later = replace(
        last, episode=replace(last.episode, date=last.episode.date + dt.timedelta(days=300))
    )
    weight, learned = weight_without(later, found)
    assert not learned
    assert weight.std() == 0.0
