"""Indices: known functions first, then the model."""

from __future__ import annotations

import numpy as np
import pytest

from negotiation.analysis.indices import indices, partial_rank_correlation
from negotiation.analysis.sensitivity import sensitivity, tornado
from negotiation.errors import InputError, UnknownName
from negotiation.scenario import Scenario
from negotiation.sweep import grid, one_at_a_time, sweep

ISHIGAMI = {"S1": (0.3139, 0.4424, 0.0), "ST": (0.5576, 0.4424, 0.2437)}
G_COEFFICIENTS = np.array([0, 1, 4.5, 9, 99, 99, 99, 99])
SOBOL_G = {
    "S1": (0.716192, 0.179048, 0.023676, 0.007162, 0.000072, 0.000072, 0.000072, 0.000072),
    "ST": (0.787144, 0.242198, 0.034317, 0.010460, 0.000105, 0.000105, 0.000105, 0.000105),
}


ABC = ["a", "b", "c"]


def ishigami(u: np.ndarray) -> np.ndarray:
    """Ishigami and Homma (1990), a = 7, b = 0.1, on (-pi, pi)^3."""
    x = np.pi * (2 * u - 1)
    return np.sin(x[:, 0]) * (1 + 0.1 * x[:, 2] ** 4) + 7 * np.sin(x[:, 1]) ** 2


def sobol_g(u: np.ndarray) -> np.ndarray:
    """Saltelli and Sobol (1995)."""
    a = G_COEFFICIENTS
    return np.prod((np.abs(4 * u - 2) + a) / (1 + a), axis=1)


@pytest.mark.parametrize(("function", "exact"), [(ishigami, ISHIGAMI), (sobol_g, SOBOL_G)])
@pytest.mark.parametrize("measure", ["S1", "ST"])
def test_sobol_indices_of_known_functions(function, exact: dict, measure: str) -> None:
    """Closed forms: within 0.01 at 4,096 samples."""
    expected = np.array(exact[measure])
    names = [f"x{i}" for i in range(len(expected))]
    found = indices(function, names, samples=4096, seed=1)
    assert np.abs(found.value[measure] - expected).max() < 0.01
    assert found.evaluations == 4096 * (len(expected) + 2)


@pytest.mark.parametrize("measure", ["S1", "ST"])
def test_bootstrap_intervals_of_sobol_indices_cover_the_truth(measure: str) -> None:
    """Three indices in 40 samples of 256: at least 105 of 120 intervals at 95%.

    With exact coverage fewer than 105 would come in one of 10,000 (binomial).
    """
    covered = 0
    for seed in range(40):
        found = indices(ishigami, ABC, samples=256, seed=seed)
        truth = np.array(ISHIGAMI[measure])
        covered += int(((found.low[measure] <= truth) & (truth <= found.high[measure])).sum())
    assert covered >= 105


def test_second_order_indices_of_ishigami() -> None:
    """The first and the third act together, and no other pair does: within 0.02."""
    found = indices(ishigami, ABC, samples=4096, seed=1, pairs=True)
    assert found.evaluations == 4096 * (2 * 3 + 2)
    assert [(p.first, p.second) for p in found.pairs][0] == ("a", "c")
    exact = {("a", "c"): ISHIGAMI["ST"][2], ("a", "b"): 0.0, ("b", "c"): 0.0}
    for pair in found.pairs:
        truth = exact[pair.first, pair.second]
        assert abs(pair.value - truth) < 0.02 and pair.low < truth < pair.high
    assert np.abs(found.value["S1"] - ISHIGAMI["S1"]).max() < 0.01
    rows = [row for row in found.to_arrow().to_pylist() if row["measure"] == "S2"]
    assert [(row["factor"], row["with"]) for row in rows] == [p[:2] for p in found.pairs]


def test_a_group_explains_what_its_members_do_alone_and_together() -> None:
    """Of Ishigami's first and third input: both their shares and that of the pair."""
    found = indices(ishigami, ABC, samples=4096, seed=1, groups={"odd": ["a", "c"]}, pairs=True)
    together = ISHIGAMI["ST"][
        0
    ]  # what goes with the first: its own and the pair, the third alone 0
    assert found.factors == ("odd", "b") and found.groups == {"odd": ("a", "c")}
    for measure in ("S1", "ST"):
        assert found.value[measure] == pytest.approx([together, ISHIGAMI["S1"][1]], abs=0.01)
    assert found.evaluations == 4096 * (2 * 2 + 2)
    assert abs(found.pairs[0].value) < 0.02


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"groups": {"g": ["a", "d"]}}, "input 'd' does not exist"),
        ({"groups": {"g": ["a"], "h": ["a"]}}, "a is in two groups"),
        ({"groups": {"a": ["b"]}}, "a name that no input has"),
        ({"groups": {"g": []}}, "it needs members"),
        ({"method": "morris", "pairs": True}, "no pairs"),
    ],
)
def test_wrong_groups_are_refused(asked: dict, sentence: str) -> None:
    """Before the function is evaluated."""
    with pytest.raises(InputError, match=sentence):
        indices(pytest.fail, ABC, samples=4, **asked)


def test_too_many_points_are_refused_before_they_are_made() -> None:
    """In Python as on the command line."""
    with pytest.raises(InputError, match="points = .* is out of range"):
        sensitivity(Scenario.load("stockholm-three-issues"), samples=2**40)


def test_morris_ranks_the_inputs_of_sobol_g() -> None:
    """The order of the coefficients, and nothing from those that do nothing."""
    found = indices(sobol_g, [f"x{i}" for i in range(8)], method="morris", samples=200, seed=2)
    assert found.order[:4].tolist() == [0, 1, 2, 3]
    star = found.value["mu_star"]
    assert star[4:].max() < 0.05 * star[0]
    assert (found.low["mu_star"] <= star).all() and (star <= found.high["mu_star"]).all()


def test_morris_finds_the_slopes_of_a_straight_line() -> None:
    """Every elementary effect of a linear function is its coefficient; nothing interacts."""
    found = indices(lambda u: u @ [3.0, -2.0, 0.0], ABC, method="morris", samples=10, seed=1)
    assert np.allclose(found.value["mu"], [3.0, -2.0, 0.0])
    assert np.allclose(found.value["mu_star"], [3.0, 2.0, 0.0])
    assert np.allclose(found.value["sigma"], 0.0, atol=1e-9)


def test_partial_rank_correlation_is_that_of_residuals_of_ranks() -> None:
    """The definition: regress both on the other inputs, correlate what is left."""
    from scipy.stats import rankdata

    rng = np.random.default_rng(4)
    u = rng.random((300, 3))
    y = np.exp(2 * u[:, 0]) - u[:, 1] + 0.2 * rng.random(300)
    found, _, _ = partial_rank_correlation(u, y)
    r, ry = rankdata(u, axis=0), rankdata(y)
    for j in range(3):
        others = np.column_stack([np.ones(300), np.delete(r, j, axis=1)])
        left = [v - others @ np.linalg.lstsq(others, v, rcond=None)[0] for v in (r[:, j], ry)]
        assert found[j] == pytest.approx(np.corrcoef(*left)[0, 1], abs=1e-10)


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("factors", [ABC[:1], ABC[:2], ABC])
def test_what_one_input_decides_alone_is_correlated_with_it_alone(sign, factors):
    """The matrix of all correlations is singular then; 64 points do not prove a perfect one."""
    found = indices(lambda u: sign * u[:, 0] ** 3, factors, method="prcc", samples=64)
    low, high = found.low["prcc"], found.high["prcc"]
    assert found.value["prcc"] == pytest.approx([sign, 0.0, 0.0][: len(factors)], abs=1e-9)
    assert 0.99 < abs(low[0] if sign == 1 else high[0]) < 1.0
    assert (low[1:] < -0.2).all() and (high[1:] > 0.2).all()


def test_an_event_at_one_point_of_many_has_an_index_and_an_interval():
    """Most of what a bootstrap would draw has no event at all; the interval is that of n points."""
    found = indices(lambda u: u[:, 0] > 0.995, ABC, method="prcc", samples=256)
    low, value, high = found.low["prcc"], found.value["prcc"], found.high["prcc"]
    assert (low < value).all() and (value < high).all() and (high - low < 0.3).all()


def test_an_input_that_follows_from_the_others_has_no_index():
    """A column and its double: what either does cannot be told, what a third does can."""
    u = np.random.default_rng(6).random((50, 2))
    points = np.column_stack([u[:, 0], 2 * u[:, 0], u[:, 1], np.ones(50)])
    value, low, high = partial_rank_correlation(points, u.sum(axis=1))
    assert np.isnan(value).tolist() == [True, True, False, True]
    assert np.isnan(low).tolist() == np.isnan(high).tolist() == np.isnan(value).tolist()
    assert 0.0 < low[2] < value[2] < high[2] < 1.0


@pytest.mark.parametrize("samples", [8, 16, 64])
def test_intervals_of_rank_correlations_cover_the_truth(samples):
    """Odds from 200 runs at each point, on three inputs of which one does nothing.

    300 studies, each input's interval at 95%: 271 or more hold the truth. With exact coverage
    fewer would come once in 1,000 (binomial). The truth is that of 60,000 points.
    """
    rng = np.random.default_rng(11)

    def odds(u):
        return rng.binomial(200, 1 / (1 + np.exp(u[:, 1] - 2 * u[:, 0]))) / 200

    big = rng.random((60_000, 3))
    truth, _, _ = partial_rank_correlation(big, odds(big))
    found = [indices(odds, ABC, method="prcc", samples=samples, seed=seed) for seed in range(300)]
    held = [(f.low["prcc"] <= truth) & (truth <= f.high["prcc"]) for f in found]
    assert np.sum(held, axis=0).min() >= 271


def test_sobol_indices_are_refused_where_both_base_samples_see_nothing():
    """An event at one mixed point alone: all indices would be nought, with certainty."""
    with pytest.raises(InputError, match="more samples"):
        indices(lambda u: np.arange(len(u)) == 3, ABC, samples=64)


def test_a_function_that_is_no_number_is_refused():
    """NaN would spread to every index."""
    with pytest.raises(InputError, match="finite"):
        indices(lambda u: np.where(u[:, 0] > 0.5, np.nan, 1.0), ABC[:2], method="morris", samples=8)


def test_prcc_sees_sign_and_absence_of_a_monotone_effect() -> None:
    """Strong and rising, weak and falling, none: and the interval of none holds nought."""
    found = indices(
        lambda u: np.exp(3 * u[:, 0]) - u[:, 1], ABC, method="prcc", samples=256, seed=3
    )
    rising, falling, nothing = found.value["prcc"]
    assert rising > 0.9 and -0.9 < falling < -0.2 and abs(nothing) < 0.15
    assert found.low["prcc"][2] < 0 < found.high["prcc"][2]
    assert found.high["prcc"][1] < 0


@pytest.mark.parametrize("method", ["sobol", "morris", "prcc"])
def test_the_same_seed_gives_the_same_indices(method: str) -> None:
    """Points and bootstrap are seeded, and the global generator is left alone."""
    before = np.random.get_state()[1].copy()
    a, b = (indices(ishigami, ABC, method=method, samples=64, seed=9).to_dict() for _ in range(2))
    assert a == b
    assert np.array_equal(np.random.get_state()[1], before)


def test_what_does_not_vary_has_no_drivers() -> None:
    """A constant is refused, not divided by."""
    with pytest.raises(InputError, match="same at every point"):
        indices(lambda u: np.ones(len(u)), ABC[:2], samples=8)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"method": "sobel"}, "Did you mean 'sobol'"),
        ({"samples": 100}, "power of two"),
        ({"method": "prcc", "samples": 5}, "at least 6"),
    ],
)
def test_wrong_options_are_refused(options: dict, sentence: str) -> None:
    """One sentence each."""
    with pytest.raises(InputError, match=sentence):
        indices(ishigami, ABC[:2], **options)


UNSURE = Scenario.load("stockholm-three-issues")
ASKED = ["deadline.accident", "compliance.detection", "news.court_rate"]


@pytest.mark.parametrize("method", ["sobol", "morris", "prcc"])
def test_accidents_drive_lapses_among_numbers_that_hardly_matter_to_them(method: str) -> None:
    """A lapse that neither side chose needs no theory: its chance is one of the three numbers."""
    wide = UNSURE.replace(
        {"deadline.accident": {"value": 0.1, "low": 0.0, "high": 0.3, "distribution": "uniform"}}
    )
    samples = {"sobol": 64, "morris": 20, "prcc": 128}[method]
    found = sensitivity(
        wide, outcome="first_deadline_lapsed", method=method, numbers=ASKED, samples=samples,
        runs_per_point=100,
    )  # fmt: skip
    assert found.indices.factors[found.indices.order[0]] == "deadline.accident"
    assert 0.0 <= found.noise < 0.5
    assert len(found.to_arrow()) == len(found.to_dict()["factors"])


def test_a_number_that_is_not_uncertain_cannot_be_asked_about() -> None:
    """With the names that can."""
    with pytest.raises(UnknownName, match="uncertain number"):
        sensitivity(UNSURE, numbers=["calendar.extension_days"])


def test_a_tornado_has_each_number_once_per_value_the_largest_swing_first() -> None:
    """Paired differences to the scenario as it is; the accident's high end raises lapses."""
    values = {"deadline.accident": [0.0, 0.3], "news.court_rate": [0.5, 3.0]}
    results = sweep(one_at_a_time(UNSURE, values, replicates=1_000), seed=3)
    table = tornado(results, "first_deadline_lapsed").to_pylist()
    assert [r["factor"] for r in table] == ["deadline.accident"] * 2 + ["news.court_rate"] * 2
    high = table[1]
    assert high["value"] == "0.3" and 0.1 < high["low"] < high["difference"] < high["high"]


def test_a_tornado_needs_a_design_that_changes_one_number_at_a_time() -> None:
    """A grid is refused."""
    design = grid(
        UNSURE, {"deadline.ultimatum": [1, 3], "deadline.accident": [0, 0.1]}, replicates=10
    )
    with pytest.raises(InputError, match="one at a time"):
        tornado(sweep(design, seed=1), "deal")
