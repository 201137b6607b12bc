"""The analysis of whole problems: public domains, and small ones with answers in closed form."""

from __future__ import annotations

import json
import math
import tempfile
from fractions import Fraction
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.errors import InputError
from negotiation.interop.domain import DiscreteIssue, Domain, Profile
from negotiation.interop.evaluators import Ratings
from negotiation.interop.genius import SOLUTIONS, analyse, table, write_problem


def of_ratings(tmp_path, first, second, reservation=(0.0, 0.0)):
    """Analyse a problem of one issue with these ratings."""
    issue = DiscreteIssue(1, "deal", tuple(str(k) for k in range(len(first))))
    profiles = tuple(
        Profile((1.0,), (Ratings(tuple(map(float, ratings))),), reserve)
        for ratings, reserve in zip((first, second), reservation, strict=True)
    )
    return analyse(*write_problem(tmp_path, Domain("one", (issue,)), profiles))


PUBLIC = json.loads((Path(__file__).parents[1] / "data" / "genius_solutions.json").read_text())


@pytest.mark.parametrize("domain", PUBLIC)
def test_public_domains(tmp_path, domain):
    """The frontier and the solutions of four public ANAC domains, from its points, to 1e-6.

    The expected values were computed with exact fractions and checked against GENIUS 10.4.
    """
    expected = PUBLIC[domain]
    points = sorted(expected["pareto"])
    found = of_ratings(tmp_path, *zip(*points, (0.0, 0.0), strict=True))
    assert found["outcomes"] == len(points) + 1
    assert np.allclose(found["pareto"], points, atol=1e-6)
    for name in ("nash", "egalitarian", "kalai_smorodinsky", "utilitarian"):
        assert np.allclose(sorted(found[name]), sorted(expected[name]), atol=1e-6), name
    assert np.allclose(found["nash"], [expected["genius_nash"]], atol=1e-6)


def test_holiday_by_hand(texts, problem):
    """Six outcomes with utilities known by hand (see the fixture).

    The pairs are (3/4, 3/4), (7/8, 1/2), (1, 1/4), (3/16, 1), (5/16, 3/4), (7/16, 1/2); the last
    two are dominated. From d = (.2, .6) only (3/4, 3/4) is acceptable to both: 3/16 < .2.
    """
    found = analyse(*problem(texts))
    best = [[0.75, 0.75]]
    assert found == {
        "domain": "holiday",
        "remarks": [],
        "outcomes": 6,
        "real_issues": [],
        "reservation": [0.2, 0.6],
        "discount": [0.5, 1.0],
        "ranges": [[0.1875, 1.0], [0.25, 1.0]],
        "pareto": [[0.1875, 1.0], [0.75, 0.75], [0.875, 0.5], [1.0, 0.25]],
        "nash": best,
        "nash_reservation": best,
        "kalai_smorodinsky": best,
        "egalitarian": best,
        "utilitarian": best,
    }
    json.dumps(found, allow_nan=False)


def test_solutions_differ(tmp_path):
    """A problem on which every solution picks another pair, in twentieths.

    From the reservation values (6, 3) five pairs are acceptable, with gains (0, 15), (4, 9),
    (5, 7), (6, 6), (10, 4). Products of gains 0, 36, 35, 36, 40; least gains 0, 4, 5, 6, 4; least
    shares of the best gains (10, 15): 0, .4, .467, .4, .267. From zero the largest product is
    10 * 12 and the largest sum 6 + 18.
    """
    first, second = [0, 6, 10, 11, 12, 16, 18, 20], [20, 18, 12, 10, 9, 7, 1, 0]
    found = of_ratings(tmp_path, first, second, (6 / 20, 3 / 20))
    assert len(found["pareto"]) == 8
    assert found["nash"] == [[10 / 20, 12 / 20]]
    assert found["nash_reservation"] == [[16 / 20, 7 / 20]]
    assert found["kalai_smorodinsky"] == [[11 / 20, 10 / 20]]
    assert found["egalitarian"] == [[12 / 20, 9 / 20]]
    assert found["utilitarian"] == [[6 / 20, 18 / 20]]


def test_ties_are_all_listed(tmp_path):
    """Products .2 * .6 = .3 * .4 = .4 * .3, which differ in binary arithmetic."""
    found = of_ratings(tmp_path, [10, 2, 3, 4, 0], [0, 6, 4, 3, 10])
    assert found["nash"] == [[0.2, 0.6], [0.3, 0.4], [0.4, 0.3]]
    assert found["utilitarian"] == [[0.0, 1.0], [1.0, 0.0]]


def test_dominated_ties_come_last_and_are_marked(tmp_path):
    """(.5, .5) and (.5, 1) have the same smaller utility; the second is better for party 2.

    The ideal is (1, 1), so both are also Kalai-Smorodinsky's. From the minima (0, 0) nothing else
    ties: (1, .25) has .25.
    """
    found = of_ratings(tmp_path, [2, 2, 4, 0], [2, 4, 1, 0])
    assert found["pareto"] == [[0.5, 1.0], [1.0, 0.25]]
    for key in ("kalai_smorodinsky", "egalitarian"):
        assert found[key] == [[0.5, 1.0], [0.5, 0.5]]
    assert found["nash"] == [[0.5, 1.0]]
    marked = [line for line in table(found).splitlines() if line.endswith("dominated")]
    assert [line.split() for line in marked] == [
        ["tied", "with", "0.5000", "0.5000", "dominated"]
    ] * 2


def test_many_ties_are_cut_in_the_table(tmp_path):
    """A pie in hundredths: every split has the same sum."""
    found = of_ratings(tmp_path, range(101), range(100, -1, -1))
    assert len(found["utilitarian"]) == 101
    assert "  (20 of 101 ties are listed)" in table(found)


def test_efficient_pairs_are_not_multiplied_by_rounding(tmp_path):
    """Four issues of weights .1 to .4 on which the parties are opposed.

    All 16 outcomes are efficient, and their first utilities are the sums 0, .1, ..., 1: 11 pairs,
    though .1 + .2 and .3 are two binary numbers.
    """
    issues = tuple(DiscreteIssue(k, f"issue {k}", ("mine", "yours")) for k in range(1, 5))
    weights = (0.1, 0.2, 0.3, 0.4)
    profiles = tuple(
        Profile(weights, (Ratings(ratings),) * 4) for ratings in ((1.0, 0.0), (0.0, 1.0))
    )
    found = analyse(*write_problem(tmp_path, Domain("opposed", issues), profiles))
    assert found["outcomes"] == 16
    assert found["pareto"] == [[k / 10, (10 - k) / 10] for k in range(11)]


def test_reservation_value_that_is_just_met(tmp_path):
    """A pair worth exactly the reservation values is acceptable, thirds included."""
    found = of_ratings(tmp_path, [3, 1, 0], [0, 1, 3], (1 / 3, 1 / 3))
    assert np.allclose(found["nash_reservation"], [[1 / 3, 1 / 3]], atol=1e-12)
    assert np.allclose(found["egalitarian"], [[1 / 3, 1 / 3]], atol=1e-12)


def test_nothing_acceptable(tmp_path):
    """Where no outcome gives both their reservation value, the solutions from it are empty."""
    found = of_ratings(tmp_path, [4, 2, 0], [0, 2, 4], (0.75, 0.5))
    assert found["nash"] == [[0.5, 0.5]]
    for key in ("nash_reservation", "kalai_smorodinsky", "egalitarian"):
        assert found[key] == []
    assert table(found).count("no outcome gives both their reservation value") == 3


def test_profiles_are_checked_against_the_domain(texts, problem):
    """The refusal names the profile that is wrong, not the domain."""
    texts["profile2.xml"] = texts["profile2.xml"].replace("sea", "lake")
    with pytest.raises(InputError, match=r"profile2\.xml, line 7, issue 'Place': the item 'lake'"):
        analyse(*problem(texts))


@st.composite
def small_problems(draw: st.DrawFn):
    """Ratings, weights and reservation values of two parties, as whole numbers."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))

    def side():
        ratings = [
            draw(st.lists(st.integers(0, 6), min_size=size, max_size=size)) for size in sizes
        ]
        return ratings, draw(st.lists(st.integers(0, 7), min_size=len(sizes), max_size=len(sizes)))

    return sizes, (side(), side()), (draw(st.integers(0, 12)), draw(st.integers(0, 12)))


@given(small_problems())
def test_against_exact_fractions(made):
    """Frontier, solutions and all ties agree with the definitions in exact fractions."""
    sizes, sides, reserve = made
    least = tuple(Fraction(part, 24) for part in reserve)
    exact = sorted(
        {tuple(exact_utility(side, choice) for side in sides) for choice in choices(sizes)}
    )
    efficient = [
        p for p in exact if not any(q != p and q[0] >= p[0] and q[1] >= p[1] for q in exact)
    ]
    acceptable = [p for p in exact if p[0] >= least[0] and p[1] >= least[1]]
    fit = [p for p in efficient if p in acceptable]
    room = [max((p[k] - least[k] for p in fit), default=0) for k in (0, 1)]

    def shares(pair):
        found = [(pair[k] - least[k]) / room[k] for k in (0, 1) if room[k]]
        return min(found, default=0)

    expected = {
        "pareto": efficient,
        "nash": best(efficient, lambda p: p[0] * p[1]),
        "nash_reservation": best(fit, lambda p: (p[0] - least[0]) * (p[1] - least[1])),
        "kalai_smorodinsky": best(acceptable, shares),
        "egalitarian": best(acceptable, lambda p: min(p[0] - least[0], p[1] - least[1])),
        "utilitarian": best(efficient, sum),
    }
    issues = tuple(
        DiscreteIssue(k, f"i{k}", tuple(str(v) for v in range(size)))
        for k, size in enumerate(sizes, start=1)
    )
    profiles = tuple(
        Profile(
            tuple(weight / 10 for weight in weights),
            tuple(Ratings(tuple(map(float, values))) for values in ratings),
            float(reserved),
        )
        for (ratings, weights), reserved in zip(sides, least, strict=True)
    )
    with tempfile.TemporaryDirectory() as folder:
        found = analyse(*write_problem(folder, Domain("random", issues), profiles))
    assert found["outcomes"] == math.prod(sizes)
    for key, pairs in expected.items():
        assert len(found[key]) == len(pairs), key
        first = sorted(pairs, key=lambda p: (p not in efficient, p))
        assert np.allclose(np.ravel(found[key]), np.ravel(np.array(first, dtype=float)), atol=1e-12)


def choices(sizes):
    """All outcomes, as one position an issue."""
    return product(*(range(size) for size in sizes))


def exact_utility(side, choice):
    """The definition of a utility, in fractions."""
    ratings, weights = side
    parts = (
        Fraction(weight, 10) * Fraction(values[place], max(values))
        for values, weight, place in zip(ratings, weights, choice, strict=True)
        if max(values)
    )
    return min(Fraction(1), sum(parts, Fraction(0)))


def best(pairs, merit):
    """All pairs of the largest merit."""
    top = max(map(merit, pairs), default=None)
    return [pair for pair in pairs if merit(pair) == top]


def test_table_lists_every_solution_and_cuts_a_long_frontier(tmp_path):
    """A frontier of 101 pairs is shown by 20 of them, both ends included."""
    found = of_ratings(tmp_path, range(101), range(100, -1, -1))
    lines = table(found).splitlines()
    for title in SOLUTIONS.values():
        assert any(line.startswith(title) for line in lines)
    assert lines[0] == "Domain one: 101 outcomes, 101 efficient"
    assert lines[-1] == "  (20 of 101 efficient outcomes are listed)"
    start = next(k for k, line in enumerate(lines) if line.startswith("Efficient outcomes"))
    listed = lines[start:-1]
    assert len(listed) == 20
    assert listed[0].split()[-2:] == ["0.0000", "1.0000"]
    assert listed[-1].split() == ["1.0000", "0.0000"]


def test_table_shows_names_safely(texts, problem):
    """A domain's name cannot redirect the terminal or break the line."""
    texts["domain.xml"] = texts["domain.xml"].replace("holiday", "a\x9b31m&#10;b\u202ec")
    first = table(analyse(*problem(texts))).splitlines()[0]
    assert first == "Domain a?31m?b?c: 6 outcomes, 4 efficient"
