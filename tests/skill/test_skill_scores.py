"""Scores of five codes are what they are by hand; gains are differences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy.stats import kstest, t

from negotiation.errors import InputError, UnknownName
from negotiation.hindcast import scoring
from negotiation.history.rows import Decision
from negotiation.skill import permuting, published
from negotiation.skill.assessing import assess, over_disputes
from negotiation.skill.cases import CODES, Cases, cases_of, outcomes_of
from negotiation.skill.given import Given
from negotiation.skill.logit import logit
from negotiation.skill.rates import always_extend, base_rates, by_stratum
from negotiation.skill.whole import main_rows

Make = Callable[..., list[Decision]]
ROWS = main_rows()
FLAT, SURE = np.full((5, 5), 0.2), np.eye(5)


def test_scores_by_hand() -> None:
    """A fifth on each: Brier 0.8, log ln 5; ranked by sums of squares. To be sure and right: 0."""
    truth = np.arange(5)
    assert scoring.brier(FLAT, truth) == pytest.approx(np.full(5, 0.8))
    assert scoring.log_score(FLAT, truth) == pytest.approx(np.full(5, np.log(5)))
    ends, near, middle = (16 + 9 + 4 + 1) / 100, (1 + 9 + 4 + 1) / 100, (1 + 4 + 4 + 1) / 100
    assert scoring.ranked(FLAT, truth) == pytest.approx([ends, near, middle, near, ends])
    for score in (scoring.brier, scoring.log_score, scoring.ranked):
        assert score(SURE, truth) == pytest.approx(np.zeros(5))
    assert (
        scoring.ranked(SURE[:1], np.array([4])) == 1 and scoring.brier(SURE[:1], np.array([4])) == 2
    )


def test_only_the_ranked_score_knows_an_order() -> None:
    """Codes renamed: Brier and log stay, ranked does not, but for the order turned round."""
    p = np.random.default_rng(1).dirichlet(np.ones(5), 50)
    truth = np.random.default_rng(2).integers(0, 5, 50)
    other = np.array([1, 0, 2, 3, 4])
    for score in (scoring.brier, scoring.log_score):
        assert score(p[:, other], np.argsort(other)[truth]) == pytest.approx(score(p, truth))
    moved = scoring.ranked(p[:, other], np.argsort(other)[truth])
    assert not np.allclose(moved, scoring.ranked(p, truth))
    assert scoring.ranked(p[:, ::-1], 4 - truth) == pytest.approx(scoring.ranked(p, truth))


def test_deal_and_dropped_exchanged_leave_the_order_of_forecasters() -> None:
    """By either reading base rates come last, the logit first, whichever ends the order."""
    other = np.array([0, 1, 2, 4, 3])  # its own inverse
    for second in (False, True):
        names = {"base": base_rates, "strata": by_stratum, "logit": logit}
        found = assess(ROWS, names, second=second)
        for order in (np.arange(5), other):
            scores = [
                scoring.ranked(found.of(name)[:, order], order[found.truth]).mean()
                for name in names
            ]
            assert scores == sorted(scores, reverse=True)


def test_the_truth_has_the_best_score_on_average() -> None:
    """Proper: of outcomes drawn from p no other forecast scores better than p."""
    rng = np.random.default_rng(3)
    p, q = rng.dirichlet(np.ones(5), 2)
    for score in (scoring.brier, scoring.log_score, scoring.ranked):
        mine, other = (score(np.tile(x, (5, 1)), np.arange(5)) @ p for x in (p, q))
        assert mine < other


def test_gains_are_differences() -> None:
    """Over decisions the difference of the scores; turned round its opposite."""
    found = assess(ROWS, {"a": base_rates, "b": by_stratum})
    gain = found.gain("b", "a")
    scores = found.score("a").value - found.score("b").value  # type: ignore[operator]
    assert gain.over_decisions.value == pytest.approx(scores)
    back = found.gain("a", "b").over_disputes
    assert back.value == pytest.approx(-(gain.over_disputes.value or 0))
    assert back.low == pytest.approx(-(gain.over_disputes.high or 0))


def test_the_interval_over_disputes_is_students_on_their_means() -> None:
    """As by hand; none where disputes are alike, or one; no score of a sure miss is finite."""
    values, names = np.array([0.1, 0.3, 0.5, 0.2]), np.array(list("aabc"))
    means = np.array([0.2, 0.5, 0.2])
    half = t.ppf(0.975, 2) * means.std(ddof=1) / 3**0.5
    found = over_disputes(values, names)
    assert found == pytest.approx((0.3, 0.3 - half, 0.3 + half))
    assert over_disputes(values, np.array(list("aaaa"))).low is None
    assert over_disputes(np.zeros(4), names) == (0.0, None, None)
    always = assess(ROWS, {"a": base_rates, "e": always_extend})
    assert always.score("e", "log") == (None, None, None)
    assert always.gain("a", "e", "log").over_disputes.value is None


def test_given_forecasts_are_looked_up() -> None:
    """Means over draws, by id, in any order; a missing one and a wrong sum are a sentence."""
    truth = outcomes_of(ROWS)
    draws = np.random.default_rng(4).dirichlet(np.ones(5), (3, len(ROWS)))
    given = Given([row.id for row in ROWS][::-1], draws[:, ::-1])
    found = assess(ROWS, {"model": given}, "forward")
    place = {row.id: k for k, row in enumerate(ROWS)}
    order = [place[str(name)] for name in found.cases.ids]
    assert found.of("model") == pytest.approx(draws.mean(axis=0)[order])
    assert found.truth.tolist() == truth[order].tolist()
    with pytest.raises(UnknownName, match="forecast of decision 'T122' does not"):
        assess(ROWS, {"model": Given([ROWS[0].id], draws[:1, 0])})
    with pytest.raises(InputError, match=r"sum to 0\.9; expected five"):
        Given(["A"], [[0.1, 0.2, 0.2, 0.2, 0.2]])
    with pytest.raises(InputError, match="a row for each decision"):
        Given(["A", "B"], [[0.2] * 5])


def test_a_forecaster_that_returns_no_probabilities_is_refused() -> None:
    """Of another shape, or with a sum that is not 1."""
    for answer, said in ((np.full((9, 5), 0.2), "a row for each"), (None, "no probabilities")):

        def odd(seen: Cases, truth: np.ndarray, asked: Cases, answer: Any = answer) -> np.ndarray:
            return np.full((len(asked), 5), 0.3) if answer is None else answer

        with pytest.raises(InputError, match=said):
            assess(ROWS, {"odd": odd}, "forward")


def test_labels_change_places_within_strata_only() -> None:
    """Each stratum keeps its outcomes; every place takes every outcome of its stratum in turn."""
    cases, truth = cases_of(ROWS), outcomes_of(ROWS)
    sets = permuting.permuted(cases.strata, truth, 200)
    for name in np.unique(cases.strata):
        own = cases.strata == name
        assert (np.sort(sets[:, own], axis=1) == np.sort(truth[own])).all()
        assert all(set(column) == set(truth[own]) for column in sets[:, own].T)


def of_many_by_leverage(seen: Cases, truths: np.ndarray, asked: Cases) -> np.ndarray:
    """Shares by whether the target can hit back, of many sets of labels at once."""
    column = [name for name, _ in seen.columns].index("counter-leverage")
    each = truths[:, :, None] == np.arange(5)
    counts = [each[:, seen.x[:, column] == v].sum(axis=1) + 0.5 for v in (0, 1)]
    shares = np.stack([x / x.sum(axis=1, keepdims=True) for x in counts], axis=1)
    return np.asarray(shares[:, asked.x[:, column].astype(int)])


def by_leverage(seen: Cases, truth: np.ndarray, asked: Cases) -> np.ndarray:
    """The same of one set."""
    return np.asarray(of_many_by_leverage(seen, truth[None], asked)[0])


@pytest.mark.parametrize("fit", [False, True])
def test_permutation_tests_are_uniform_where_there_is_nothing(made: Make, fit: bool) -> None:
    """150 times outcomes that depend on the stratum and nothing else; false alarm 1 in 1,000."""
    ps = []
    for seed in range(150):
        rows = made(lambda _, rng: np.zeros(40, int), disputes=20, seed=seed)
        rng = np.random.default_rng(1000 + seed)
        hard = np.array([row.binding.value == "hard" for row in rows])
        truth = np.where(
            hard, rng.choice(5, 40, p=[0.6, 0.1, 0.1, 0.1, 0.1]), rng.integers(0, 5, 40)
        )
        cases = cases_of(rows)
        if fit:
            found = permuting.refitted(cases, truth, of_many_by_leverage, times=99, seed=seed)
        else:
            coded = [
                row.model_copy(update={"outcome": type(row.outcome)(CODES[k])})
                for row, k in zip(rows, truth, strict=True)
            ]
            given = Given(cases.ids.tolist(), rng.dirichlet(np.ones(5), 40))
            assessed = assess(coded, {"given": given}, "parts")  # given by any split alike
            found = permuting.held_fixed(assessed, "given", times=99, seed=seed)
        ps.append(found.p - rng.random() / 100)  # p is one of 100 values: spread within its step
    assert kstest(ps, "uniform").pvalue > 1e-3


def test_a_forecast_that_knows_is_found_by_permuting(made: Make) -> None:
    """The rule decides by what is outside the strata: none of 199 permutations does as well."""
    rows = made(lambda leverage, _: 3 * leverage)
    many = permuting.each(by_leverage)
    assert permuting.refitted(cases_of(rows), outcomes_of(rows), many, times=199).p == 1 / 200


def test_published_forecasts_are_scored_on_their_statements() -> None:
    """14 statements on five decisions of two disputes, all US-China; Goldman's three add up."""
    found = published.beside(assess(ROWS, {"base": base_rates}))
    assert found is not None and len(found["statements"]) == 14
    assert (found["decisions"], found["disputes"]) == (5, 2)
    goldman = [r for r in found["statements"] if r["id"] in ("F02a", "F02b", "F02c")]
    assert sum(r["published"] for r in goldman) == pytest.approx(1)
    assert sum(r["base"] for r in goldman) < 1 and [r["came_true"] for r in goldman] == [0, 1, 0]
    assert published.beside(assess(ROWS[:30], {"base": base_rates}, "parts")) is None
