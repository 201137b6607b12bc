"""Every uncertain number of a scenario is drawn from the distribution that it states."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from negotiation.errors import InputError
from negotiation.payoffs.world import to_world
from negotiation.randomness import key_of
from negotiation.scenario import Quantity, Scenario
from negotiation.solvers.quantiles import LAST, TABLE, at_place
from negotiation.table import Table, draw_numbers

FALSE_ALARM = 1e-3
WORLDS = 6000


def drawn(scenario, worlds=WORLDS, seed=5):
    """Paths of the uncertain numbers and their draws, shape (worlds, numbers)."""
    table = Table(scenario)
    records, world = table.records(), table.world
    values = np.empty((worlds, len(world.paths)))
    for i in range(worlds):
        draw_numbers(records, np.uint64(key_of(seed, i)))
        values[i] = records.numbers[world.uncertain]
    return world.paths, values


@pytest.fixture(scope="module")
def stockholm():
    """The stated numbers, and 6,000 draws of the uncertain ones."""
    scenario = Scenario.load("stockholm-2025")
    return dict(scenario.numbers()), *drawn(scenario)


def distribution_function(quantity):
    """The distribution function by inverting the stated quantile function on a fine grid."""
    p = np.linspace(1e-6, 1 - 1e-6, 20_001)
    x = quantity.quantiles(p)
    return lambda value: np.interp(value, x, p)


def test_each_number_has_its_stated_distribution(stockholm):
    """Kolmogorov-Smirnov on 6,000 worlds for every uncertain number (false alarm 1e-3 over all)."""
    stated, paths, values = stockholm
    assert len(paths) > 80
    p = {
        path: stats.kstest(values[:, u], distribution_function(stated[path])).pvalue
        for u, path in enumerate(paths)
    }
    path = min(p, key=p.get)
    assert p[path] > FALSE_ALARM / len(p), path


def test_each_number_has_its_stated_mean_quantiles_and_support(stockholm):
    """The mean, the median, and the 5th and 95th percentile; nothing outside the support."""
    stated, paths, values = stockholm
    grid = (np.arange(4096) + 0.5) / 4096
    bound = stats.norm.isf(FALSE_ALARM / (4 * len(paths)) / 2)
    for u, path in enumerate(paths):
        draws, quantity = values[:, u], stated[path]
        low, high = quantity.support()
        assert low <= draws.min() and draws.max() <= high, path
        mean = quantity.quantiles(grid).mean()
        assert abs(draws.mean() - mean) < bound * draws.std() / np.sqrt(WORLDS), path
        for p in (0.05, 0.5, 0.95):
            below = (draws < quantity.quantiles(p)).sum()
            assert abs(below - p * WORLDS) < bound * np.sqrt(p * (1 - p) * WORLDS), (path, p)


def test_numbers_are_drawn_independently(stockholm):
    """No pair of the numbers is rank-correlated (false alarm 1e-3 over all pairs)."""
    _, paths, values = stockholm
    ranks = stats.rankdata(values, axis=0)
    correlation = np.corrcoef(ranks.T)[np.triu_indices(len(paths), 1)]
    bound = stats.norm.isf(FALSE_ALARM / len(correlation) / 2)
    assert np.abs(correlation).max() * np.sqrt(WORLDS - 1) < bound


@pytest.mark.parametrize(
    "quantity",
    [
        Quantity(value=1, low=0.5, high=3, distribution="uniform"),
        Quantity(value=1, low=1, high=3, distribution="triangular"),
        Quantity(value=1, low=0.2, high=3, distribution="normal"),
        Quantity(value=1, low=0.2, high=3, distribution="lognormal"),
        Quantity(value=0.3, low=0.02, high=0.6, distribution="logitnormal"),
        Quantity(value=1, low=0, high=2, distribution="beta", shape=(0.5, 0.5)),
        Quantity(value=1, low=0, high=2, distribution="beta", shape=(8, 2)),
    ],
    ids=lambda q: f"{q.distribution}{list(q.shape) or ''}",
)
def test_every_continuous_distribution_is_drawn_as_stated(quantity):
    """Each, the normal ones with two unlike halves, by Kolmogorov-Smirnov."""
    scenario = Scenario.load("split-the-pie").replace({"us.agreement_value": quantity.model_dump()})
    _, values = drawn(scenario)
    assert stats.kstest(values[:, 0], distribution_function(quantity)).pvalue > FALSE_ALARM
    if quantity.distribution in ("normal", "lognormal"):
        assert quantity.quantiles([0.05, 0.5, 0.95]) == pytest.approx([0.2, 1, 3], abs=1e-9)


def test_a_choice_is_one_of_its_values():
    """A choice never comes out between two of its values, and each as often as its weight says."""
    choice = {
        "value": 1.0,
        "distribution": "choice",
        "values": [1.0, 2.0, 7.0],
        "shape": [0.5, 0.3, 0.2],
    }
    scenario = Scenario.load("split-the-pie").replace({"us.agreement_value": choice})
    _, values = drawn(scenario, worlds=20_000)
    found, counts = np.unique(values, return_counts=True)
    assert found.tolist() == [1.0, 2.0, 7.0]
    assert stats.chisquare(counts, np.array([0.5, 0.3, 0.2]) * 20_000).pvalue > FALSE_ALARM


def test_any_number_of_a_scenario_may_be_uncertain():
    """Every number but the tick can be given a range, and is then drawn from it (model.md 3)."""
    base = Scenario.load("stockholm-2025").central()
    uncertain = {}
    for path, quantity in base.numbers():
        if path == "clock.tick_days":
            continue
        width = 0.01 * abs(quantity.value) or 0.01
        low, high = quantity.value - width / 2, quantity.value + width / 2
        shift = max(0.0, -low) if quantity.value >= 0 else 0.0
        shift = min(shift, 1.0) - (max(0.0, high - 1.0) if quantity.value == 1.0 else 0.0)
        uncertain[path] = {
            "value": quantity.value + shift, "low": low + shift, "high": high + shift,
            "distribution": "uniform",
        }  # fmt: skip
    scenario = base.replace(uncertain)
    paths, values = drawn(scenario, worlds=50)
    assert set(paths) == set(uncertain)
    assert (np.ptp(values, axis=0) > 0).all()


def unsure(**quantity):
    """The pie with one uncertain number."""
    return Scenario.load("split-the-pie").replace({"us.agreement_value": quantity})


WEIGHTS = [0.0003, 0.3331, 0.0, 0.0007, 0.6659]  # no multiple of a table's step among them


@pytest.mark.parametrize("values", [[1.0, 2.0, 3.0, 5.0, 7.0], [7.0, 1.0, 5.0, 2.0, 3.0]])
def test_a_choice_is_drawn_by_its_weights_however_small(values):
    """A million draws, by chi-squared; what has no weight is never drawn, in whatever order."""
    quantity = {"value": 2.0, "distribution": "choice", "values": values, "shape": WEIGHTS}
    world = to_world(unsure(**quantity))
    draws = np.array(
        [at_place(world.kinds[0], world.scales[0], world.tables[0], u * LAST) for u in UNIFORM]
    )
    counts = np.array([(draws == value).sum() for value in values])
    some = np.array(WEIGHTS) > 0
    assert counts.sum() == len(UNIFORM) and counts[~some].sum() == 0
    assert stats.chisquare(counts[some], np.array(WEIGHTS)[some] * len(UNIFORM)).pvalue > 1e-3


UNIFORM = np.random.default_rng(8).random(1_000_000)


def test_a_choice_of_very_many_values():
    """More than a table has points: each value once in so many draws."""
    values = tuple(float(k) for k in range(3000))
    quantity = Quantity(value=0.0, distribution="choice", values=values, shape=(1.0 / 3000,) * 3000)
    world = to_world(unsure(**quantity.model_dump()))
    at = [
        at_place(world.kinds[0], world.scales[0], world.tables[0], (k + 0.5) / 3000 * LAST)
        for k in range(3000)
    ]
    assert at == list(values)


@pytest.mark.parametrize(
    "quantity",
    [
        {"value": 1.0, "low": 0.01, "high": 100.0, "distribution": "lognormal"},
        {"value": 1.0, "low": 0.9, "high": 30.0, "distribution": "lognormal"},
        {"value": 1e-3, "low": 1e-6, "high": 0.6, "distribution": "logitnormal"},
    ],
)
def test_wide_distributions_are_drawn_to_their_tails(quantity):
    """At any probability the stated quantile, far beyond a table's last step too."""
    world = to_world(unsure(**quantity))
    p = np.concatenate([np.geomspace(1e-12, 0.5, 50), 1 - np.geomspace(1e-12, 0.4, 50)])
    ends = [at_place(world.kinds[0], world.scales[0], world.tables[0], x) for x in (0, LAST)]
    assert np.isfinite(ends).all()
    found = [at_place(world.kinds[0], world.scales[0], world.tables[0], u * LAST) for u in p]
    assert found == pytest.approx(Quantity(**quantity).quantiles(p), rel=1e-9)


def test_a_narrow_lognormal_read_off_its_table_has_its_mean():
    """The widest that is: its mean is right to half a percent, and its quantiles to two."""
    high = float(np.exp(0.79 * 1.6448536))
    quantity = {"value": 1.0, "low": 1 / high, "high": high, "distribution": "lognormal"}
    world = to_world(unsure(**quantity))
    assert world.kinds.tolist() == [TABLE]
    p = (np.arange(200_000) + 0.5) / 200_000
    found = np.array([at_place(0, world.scales[0], world.tables[0], u * LAST) for u in p])
    assert found.mean() == pytest.approx(np.exp(0.79**2 / 2), rel=5e-3)
    inner = (p > 0.001) & (p < 0.999)
    assert found[inner] == pytest.approx(Quantity(**quantity).quantiles(p[inner]), rel=2e-2)


def test_a_tick_has_one_length():
    """A distribution would never be drawn: it is refused."""
    wide = {"value": 7.0, "low": 3.0, "high": 14.0, "distribution": "uniform"}
    with pytest.raises(InputError, match=r"clock\.tick_days: .* without a distribution"):
        Scenario.load("stockholm-2025").replace({"clock.tick_days": wide})
