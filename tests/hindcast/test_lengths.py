"""How long penalties last is learned from where a decision of the record began some."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from negotiation.hindcast import disputes, lengths, priors, record
from negotiation.hindcast.observed import Observed


@pytest.fixture(scope="module")
def played() -> record.Record:
    """The record as it was played."""
    return record.shipped()


def lasted(played: record.Record) -> Observed:
    """How long penalties lasted, of which the record knows 35."""
    assert played.lasted is not None
    return played.lasted


def everything(played: record.Record) -> np.ndarray:
    """The weights of the common draw, everything learned from."""
    return played.posterior(tuple(range(len(played.rows))))[0].common


def test_spells_stand_beside_decisions_that_ended_in_penalties(played: record.Record) -> None:
    """Each of the 35, in the bin of its days; those still in force may end later."""
    seen, each = lasted(played), record.began()
    assert len(seen.places) == len(each) == 35
    for k, one in enumerate(each):
        row = played.rows[seen.places[k]]
        assert (row.spell_id, row.id) == (one.spell.id, one.decision.id)
        assert row.outcome in record.PENALTIES
        assert seen.bins[k] == sum(one.spell.days > last for last in lengths.LAST)
        assert seen.mask()[k].sum() == (3 - seen.bins[k] if one.spell.censored else 1)


def test_the_model_s_chances_are_chances(played: record.Record) -> None:
    """Of each spell at each draw they sum to 1; what may be any length is certain."""
    seen = lasted(played)
    assert np.allclose(seen.chances.sum(axis=2), 1.0)
    anything = np.flatnonzero(seen.mask().all(axis=1))
    assert len(anything)
    assert np.allclose([seen.own(k) for k in anything], 1.0)


def test_nothing_is_said_of_decisions_without_penalties(played: record.Record) -> None:
    """Their factor is 1, and where something outside decides the shares hold."""
    seen = lasted(played)
    rest = [k for k in range(len(played.rows)) if k not in seen.places]
    assert (played.how_long(rest) == 1.0).all()
    values = played.values.copy()
    values[:, priors.OUTSIDE] = 1.0
    outside = replace(played, values=values).how_long(seen.places)
    assert np.allclose(outside, seen.mask() @ seen.shares())


def test_another_length_teaches_something_else(played: record.Record) -> None:
    """Were all penalties over within 90 days, other draws would be likelier."""
    seen = lasted(played)
    short = seen._replace(bins=np.zeros_like(seen.bins), open=None)
    as_it_is, without = everything(played), everything(replace(played, lasted=None))
    other = everything(replace(played, lasted=short))
    assert np.abs(other - without).sum() > np.abs(as_it_is - without).sum() > 0.01


def test_it_is_of_its_own_dispute_alone(played: record.Record) -> None:
    """With a dispute left out, how long its penalties lasted changes no forecast of it."""
    seen = lasted(played)
    row = played.rows[seen.places[0]]
    bins = seen.bins.copy()
    for k, place in enumerate(seen.places):
        if played.rows[place].cluster == row.cluster:
            bins[k] = 0
    changed = replace(played, lasted=seen._replace(bins=bins, open=None))
    mask = np.array([played.rows[place].cluster == row.cluster for place in seen.places])
    assert mask.any() and not mask.all()
    unit = disputes.unit_of(row)
    kept = replace(played, lasted=seen._replace(open=None))
    before, after = (each.without(row)[0].weights(unit) for each in (kept, changed))
    assert np.array_equal(before, after)


def test_runs_of_a_decision_are_counted_once_each(played: record.Record) -> None:
    """At most one spell a run, the first; threads change nothing."""
    players = [record.player(each.decision) for each in record.began()[:2]]
    draws = played.values[:3]
    alone, together = (
        lengths.counted(players, draws, seed=1, runs=8, workers=n) for n in (1, 2)
    )  # fmt: skip
    assert np.array_equal(alone, together)
    assert alone.shape == (3, 2, 3)
    assert 0 < alone.sum(axis=2).max() <= 8
