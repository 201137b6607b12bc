"""Which of the record's decisions teach what, and records that are made up as they are read."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from negotiation.hindcast import disputes, lengths, made_up, record
from negotiation.hindcast.observed import binned
from negotiation.history.codes import GaveWay, Outcome
from negotiation.skill.cases import cases_of, outcomes_of
from negotiation.skill.of_the_model import of_the_model
from negotiation.skill.whole import main_rows

EVERYTHING = tuple(range(len(record.counted_rows())))
OLD = 20  # a place of a decision made before 2017


@pytest.fixture(scope="module")
def played() -> record.Record:
    """Return the shipped record at a few of its draws."""
    return record.shipped().at_first(512)


def ended(played: record.Record, k: int, outcome: Outcome) -> record.Record:
    """Return the record with another outcome of one decision, where nobody gave way."""
    rows = list(played.rows)
    rows[k] = rows[k].model_copy(update={"outcome": outcome, "mutual": GaveWay.NONE})
    return replace(played, rows=rows)


@pytest.mark.parametrize(("k", "teaches"), [(OLD, False), (-1, True)])
def test_how_decisions_ended_that_are_remembered_teaches_nothing(
    played: record.Record, k: int, teaches: bool
) -> None:
    """Neither of the parameters nor of the base rates; since 2017, both."""
    assert record.complete(played.rows[k]) == teaches
    outcomes = (Outcome.PENALTY_IN_FULL, Outcome.DROPPED)  # neither says who gave way
    (one, rates), (two, others) = (
        replace(ended(played, k, outcome), lasted=None).posterior(EVERYTHING)
        for outcome in outcomes
    )
    assert np.array_equal(one.common, two.common) != teaches
    assert np.array_equal(rates, others) != teaches


def test_who_gave_way_long_ago_teaches(played: record.Record) -> None:
    """It is asked given how a decision ended, however rarely decisions ended so."""
    rows, found = list(played.rows), []
    k = next(k for k, row in enumerate(rows)
             if not record.complete(row) and row.outcome is Outcome.DEAL)  # fmt: skip
    for gave in (GaveWay.TARGET, GaveWay.MUTUAL):
        rows[k] = rows[k].model_copy(update={"mutual": gave})
        found.append(replace(played, rows=list(rows)).posterior(EVERYTHING)[0].common)
    assert not np.array_equal(*found)


def test_the_model_is_scored_with_all_that_the_split_allows(played: record.Record) -> None:
    """Decisions that rivals do not learn from move a forecast, but for those of its dispute."""
    main = main_rows()
    ids = {row.id for row in main}
    more = [row for row in played.rows if row.id not in ids]
    asked = next(row for row in main if any(x.cluster == row.cluster for x in more))
    seen = [row for row in main if row.cluster != asked.cluster]
    handed = cases_of(seen), outcomes_of(seen), cases_of([asked])
    of_it = [row for row in more if row.cluster == asked.cluster]
    apart = [row for row in more if row.cluster != asked.cluster]
    p, without, alone = (of_the_model(played, more=rows)(*handed) for rows in (more, apart, []))
    assert of_it and np.array_equal(p, without)
    assert not np.array_equal(p, alone)
    later = [row for row in more if row.date >= asked.date]
    none = of_the_model(played, split="forward", more=later)(*handed)
    assert np.array_equal(none, alone)


def test_a_made_up_record_is_drawn_as_it_is_read(played: record.Record) -> None:
    """Shares of outcomes, who gave way where that is asked, and lengths no longer than is seen.

    Of 200 records at one draw, each share within 4.5 standard errors: false alarm 1e-5 a share, of
    six.
    """
    rng, times, draw, k = np.random.default_rng(5), 200, 7, 120
    at = np.full(len(played.rows), draw)
    rates = played.rates(EVERYTHING, played.truth)
    followed = binned(np.array([each.followed for each in record.began()]), lengths.LAST)
    each = [made_up.of_draws(played, at, rates, followed, rng) for _ in range(times)]
    p = played.mixed(k, rates)[draw]
    for code, chance in zip(disputes.FIVE, p, strict=True):
        share = np.mean([one.rows[k].outcome is code for one in each])
        assert abs(share - chance) <= 4.5 * (chance * (1 - chance) / times) ** 0.5 + 1e-9
    for one in each[:20]:
        for row in one.rows:
            assert (row.mutual is GaveWay.NONE) == (row.outcome not in record.ASKED)
        assert one.lasted is not None and one.lasted.open is not None
        assert (one.lasted.bins <= followed).all()
        assert np.array_equal(one.lasted.open, one.lasted.bins == followed)
