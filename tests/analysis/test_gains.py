"""What each side gains is part of the odds: its mean, how surely that is known, and its spread."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import negotiation as ng
from negotiation.cli.odds_text import brought
from negotiation.ensemble import Ensemble

NAME = "stockholm-three-issues"


def test_gains_are_those_of_the_runs() -> None:
    """Mean, standard error and quantiles are those of the rows; threads change nothing."""
    with ThreadPoolExecutor(3) as pool:
        found = ng.odds(NAME, runs=9000, seed=4, worlds=0, executor=pool).gains
    rows = Ensemble(NAME).rows(seed=4, first=0, count=9000)
    for kind in ("account", "yearly_gain"):
        for k, side in enumerate(("us", "china")):
            values, gain = rows[kind][:, k], found[f"{kind}.{side}"]
            assert gain.mean == pytest.approx(values.mean(), abs=0.005)
            half = 1.96 * values.std(ddof=1) / 9000**0.5
            assert (gain.high - gain.low) / 2 == pytest.approx(half, rel=0.01)
            share = [(values <= q).mean() for q in gain.quantiles]
            assert np.all(np.diff(gain.quantiles) >= 0)
            low, high = gain.range
            inside = ((values >= low) & (values <= high)).mean()
            assert 0.94 < inside < (0.96 if kind == "account" else 0.98)  # many sign nothing: 0
            assert max(share) == pytest.approx(0.99, abs=0.005)


def test_a_screen_says_what_each_side_gains() -> None:
    """Half a pie of $1bn a year for each: $0.50bn a year, in every run."""
    pie = ng.Scenario.load("split-the-pie")
    lines = brought(ng.odds(pie, runs=200, worlds=0), pie)
    assert "against no agreement, $bn" in lines[1]
    row = next(line for line in lines if "China, a year of what is signed" in line)
    assert row.split()[-7:] == ["0.50", "0.50", "to", "0.50", "0.50", "to", "0.50"]


def test_one_run_has_no_interval() -> None:
    """A mean of one run is known no better than that, and JSON says so."""
    told = ng.odds("split-the-pie", runs=1, worlds=0).to_dict()["gains"]["account.us"]
    assert told["low"] is None and told["high"] is None and len(told["quantiles"]) == 50
