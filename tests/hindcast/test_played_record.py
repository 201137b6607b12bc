"""The record as it was played: what each split learns from, and forecasts of one's own rows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from negotiation.errors import FileProblems
from negotiation.hindcast import coming, disputes, record
from negotiation.hindcast.as_recorded import FIVE
from negotiation.hindcast.scenario_file import KEPT, draws_of, files_of, of_decision
from negotiation.hindcast.situation import setting
from negotiation.history import codes
from negotiation.history.reading import shipped as history
from negotiation.scenario import Scenario
from negotiation.skill import assess
from negotiation.skill.of_the_model import of_the_model
from negotiation.skill.splits import SPLITS

FEW = 512  # draws, where what is asked holds for any number of them
ROWS = "id,date,sender,target,binding,regime_before,us_tariff_before,us_tariff_threatened\n"


@pytest.fixture(scope="module")
def played() -> record.Record:
    """Return the shipped record."""
    return record.shipped()


def test_the_fits_are_what_the_rules_play(played: record.Record) -> None:
    """Three decisions at 60 draws, one run each: no worse than the fits say of themselves.

    A sum of 60 numbers whose means and variances the fits give; beyond 4.5 standard errors in one
    of 15 comparisons once in 10,000 if the fits were exact, and they nearly are.
    """
    places = np.arange(0, len(played.values), len(played.values) // 60)[:60]
    for k in (3, 120, 190):
        player = record.player(played.rows[k])
        each = np.array([player.shares(played.values[d], seed=7, runs=1, first=d) for d in places])
        found = record.outcome_chances(disputes.undetailed(each)[:, None], played.values[places],
                            [played.rows[k]])[:, 0]  # fmt: skip
        expected = played.shares[places, k]
        error = np.sqrt((expected * (1.0 - expected)).sum(axis=0)) + 0.5
        assert (np.abs((found - expected).sum(axis=0)) < 4.5 * error).all()


def test_the_fits_beat_the_same_chances_everywhere() -> None:
    """At draws that they were not fitted to; what they leave over is said."""
    for told in record.quality().values():
        assert told["fit"] < told["constant"] - 0.15
        assert told["excess"] < 1.5


def forecasts(played: record.Record, split: str) -> tuple[list[str], np.ndarray]:
    """Return the ids and the probabilities of all decisions that a split asks."""
    found = assess(played.rows, {"model": of_the_model(played)}, split, second=played.second)
    return [str(name) for name in found.cases.ids], found.of("model")


def test_an_outcome_does_not_reach_the_forecast_of_its_own_dispute(played: record.Record) -> None:
    """Another outcome in a dispute moves no forecast in it, and some elsewhere."""
    played, k = played.at_first(FEW), 100
    rows = list(played.rows)
    other = next(o for o in codes.Outcome if o is not rows[k].outcome)
    rows[k] = rows[k].model_copy(update={"outcome": other})
    changed = replace(played, rows=rows)
    (ids, before), (_, after) = (forecasts(each, "dispute") for each in (played, changed))
    by_id = {row.id: row for row in rows}
    same = np.array([by_id[name].cluster == rows[k].cluster for name in ids])
    assert np.array_equal(before[same], after[same])
    assert not np.array_equal(before[~same], after[~same])


def test_forecasts_are_probabilities(played: record.Record) -> None:
    """Of every decision, under every split, and from nothing."""
    played = played.at_first(FEW)
    nothing = played.posterior(())
    prior = np.array([played.forecast(k, *nothing) for k in range(len(played.rows))])
    for found in (prior, *(forecasts(played, split)[1] for split in SPLITS)):
        assert np.allclose(found.sum(axis=1), 1.0)
        assert found.min() > 0.0


def test_a_row_of_the_record_is_forecast_from_other_disputes(played: record.Record) -> None:
    """As the split by dispute does, but for chance: other runs of the same draws."""
    row = next(d for d in history().decisions if d.id == "T199")
    found = coming.forecast([row], runs=60, seed=7)["decisions"][0]
    assert found["learned_from"]
    k = [one.id for one in played.rows].index("T199")
    p = played.forecast(k, *played.without(row))
    ids, each = forecasts(played, "dispute")
    assert p == pytest.approx(each[ids.index("T199")])
    expected = dict(zip(FIVE, p, strict=True))
    for code, p in found["probabilities"].items():
        assert p == pytest.approx(expected[code], abs=0.06)


def test_a_row_of_ones_own_may_have_no_outcome(tmp_path: Path) -> None:
    """Then there are no scores; a bad cell is one sentence."""
    file = tmp_path / "mine.csv"
    file.write_text(f"{ROWS}N1,2026-03-01,US,India,hard,calm,10,26\n", "utf-8")
    row = coming.load(file)[0]
    assert disputes.sides_of(row) == ("us", "india")
    assert row.outcome is None
    file.write_text(f"{ROWS}N1,2026-03-01,US,India,firm,calm,10,26\n", "utf-8")
    with pytest.raises(FileProblems, match="binding"):
        coming.load(file)


def test_a_decision_written_as_a_file_is_the_situation_that_is_forecast(tmp_path: Path) -> None:
    """Every number but those that are drawn together, and these in their range."""
    row = next(d for d in history().decisions if d.id == "T201")
    situation = of_decision(row)
    made = files_of(situation, "mine")
    (tmp_path / "mine.toml").write_text(made.scenario, "utf-8")
    (tmp_path / "mine.csv").write_text(made.draws, "utf-8")
    written, built = Scenario.load(tmp_path / "mine.toml"), setting(disputes.episode_of(row))
    drawn = {path for path in draws_of(situation) if not path.startswith("record.")}
    assert {path for path, q in written.numbers() if q.distribution == "draws"} == drawn
    numbers = dict(built.numbers())
    for path, quantity in written.numbers():
        if path not in drawn:
            assert quantity.value == pytest.approx(numbers[path].value, rel=1e-3), path
            assert quantity.distribution == numbers[path].distribution, path
        else:
            assert len(quantity.values) == KEPT
    assert written.calendar == built.calendar
    assert written.sides == built.sides == ("us", "eu")
