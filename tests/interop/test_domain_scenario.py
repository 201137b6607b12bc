"""A domain as a scenario: what its packages are worth, and what of the domain is lost."""

from __future__ import annotations

import numpy as np
import pytest

import negotiation as ng
from negotiation.errors import InputError
from negotiation.interop.domain import DiscreteIssue, Domain, IntegerIssue, Profile, utilities
from negotiation.interop.domain_scenario import Step, corners, from_domain, merged
from negotiation.interop.domain_seat import Outcomes
from negotiation.interop.evaluators import Linear, Ratings
from negotiation.interop.genius import write_problem
from negotiation.theory.frontier import concave_chain

CLOSE = 1e-6  # utility: an issue has a curvature of 1e-6 of $1bn, which here is a utility of 0.01


# of the problems by lot, some in which there is something to negotiate
NUMBERS = (12, 22, 24, 33, 39, 45, 63, 72, 78)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_frontier_over_lotteries_is_kept(number, random_problem):
    """The corners along the steps are those of the concave chain of all outcomes."""
    domain, *profiles = random_problem(number)
    made = from_domain(domain, tuple(profiles))
    points = np.column_stack([utilities(domain, profile) for profile in profiles])
    chain = points[concave_chain(points.round(12))][::-1]
    ours = corners(list(made.worth), list(made.steps))
    # a corner at which nothing turns may be there too
    for axis in (0, 1):
        order = slice(None, None, -1) if axis == 0 else slice(None)
        at = np.interp(ours[:, axis], chain[order, axis], chain[order, 1 - axis])
        assert at == pytest.approx(ours[:, 1 - axis], abs=1e-9)
    assert ours[[0, -1]] == pytest.approx(chain[[0, -1]], abs=1e-9)


@pytest.mark.parametrize("number", NUMBERS[:5])
def test_a_package_is_worth_its_lottery(number, random_problem):
    """What the scenario says of a package is the expected utility of the values it stands for."""
    domain, *profiles = random_problem(number)
    made = from_domain(domain, tuple(profiles))
    packages = ng.theory.bargaining_problem(made.scenario)
    for weight in (0.0, 0.3, 0.5, 0.8, 1.0):
        z = packages.efficient(weight)
        chances = made.values(z)
        for side, profile in enumerate(profiles):
            expected = profile.bias
            for issue, w, evaluator in zip(
                domain.issues, profile.weights, profile.evaluators, strict=True
            ):
                worths = w * evaluator.worth(issue.grid)
                one = Domain("", (issue,))
                names = [one.outcome(k)[0] for k in range(issue.size)]
                texts = [f"{x:g}" if isinstance(x, float) else str(x) for x in names]
                for value, chance in chances[issue.name].items():
                    assert -1e-9 <= chance <= 1.0 + 1e-9
                    expected += chance * worths[texts.index(value)]
            gain = packages.gains(z)[side]
            assert made.utility(side, gain) == pytest.approx(expected, abs=CLOSE)


def test_what_lies_below_the_frontier_is_measured():
    """Shares (1, 0), (.4, .4) and (0, 1): a lottery gives the second .6 where the middle is .4."""
    three = DiscreteIssue(1, "share", ("mine", "both", "yours"))
    one = Profile((1.0,), (Ratings((10.0, 4.0, 0.0)),))
    two = Profile((1.0,), (Ratings((0.0, 4.0, 10.0)),))
    made = from_domain(Domain("cake", (three,)), (one, two))
    assert [step.changes for step in made.steps] == [(("share", "mine", "yours"),)]
    assert made.efficient == 3 and made.below == pytest.approx(0.2) and made.merged == 0.0


def test_reservation_values_are_where_gains_begin(tmp_path):
    """With .2 and .1 for no agreement a gain of 0 is worth that, and Nash halves the rest."""
    pie = Domain("pie", (IntegerIssue(1, "slices", 0, 4),))
    one = Profile((1.0,), (Linear(0.25, 0.0, 0),), reservation=0.2)
    two = Profile((1.0,), (Linear(-0.25, 1.0, 0),), reservation=0.1)
    made = from_domain(pie, (one, two))
    nash = ng.theory.nash_solution(made.scenario)
    assert made.utility(0, nash.gains[0]) == pytest.approx(0.2 + 0.35, abs=CLOSE)
    assert made.utility(1, nash.gains[1]) == pytest.approx(0.1 + 0.35, abs=CLOSE)
    again = ng.interop.scenario_from_domain(*write_problem(tmp_path, pie, (one, two)))
    assert again.us.agreement_value.value == pytest.approx(80.0)


def test_more_steps_than_issues_are_merged_where_it_costs_least():
    """Forty steps of falling rate become sixteen; the ends stay, and the loss is measured."""
    chain = [Step(((f"i{k}", "a", "b"),), 0.02, 0.04 - 0.001 * k) for k in range(40)]
    steps = merged(chain, 16)
    assert len(steps) == 16
    before, after = corners([1.0, 0.0], chain), corners([1.0, 0.0], steps)
    assert after[[0, -1]] == pytest.approx(before[[0, -1]])
    assert {tuple(row) for row in after.round(9)} <= {tuple(row) for row in before.round(9)}
    lost = np.interp(before[::-1, 0], after[::-1, 0], after[::-1, 1]) - before[::-1, 1]
    assert -0.002 < lost.min() < 0.0  # triangles of two or three steps that differ by 0.001

    ten = tuple(DiscreteIssue(k, f"i{k}", ("a", "b", "c")) for k in range(1, 11))
    rng = np.random.default_rng(1)
    one = Profile((0.1,) * 10, tuple(Ratings((3.0, float(2 + x), 0.0)) for x in rng.random(10)))
    two = Profile((0.1,) * 10, tuple(Ratings((0.0, float(2 + x), 3.0)) for x in rng.random(10)))
    made = from_domain(Domain("ten", ten), (one, two))
    assert len(made.scenario.issues) == 16 and 0.0 < made.merged < 0.01


@pytest.mark.parametrize("number", NUMBERS[:5])
def test_with_the_waste_every_outcome_is_a_package(number, random_problem):
    """Of the same worth to both; and the frontier is as without."""
    domain, *profiles = random_problem(number)
    made = from_domain(domain, tuple(profiles), waste=True)
    packages = ng.theory.bargaining_problem(made.scenario)
    table = Outcomes((domain, tuple(profiles)), made)
    for side, profile in enumerate(profiles):
        gains = [packages.gains(z)[side] for z in table.packages]
        worth = [made.utility(side, gain) for gain in gains]
        assert worth == pytest.approx(utilities(domain, profile), abs=5 * CLOSE)
    plain = ng.theory.nash_solution(from_domain(domain, tuple(profiles)).scenario)
    assert ng.theory.nash_solution(made.scenario).gains == pytest.approx(plain.gains, abs=1e-3)
    for outcome in table.outcomes:
        back = table.outcomes.index(table.package_values(table.package(outcome)))
        assert table.packages[back] == pytest.approx(np.array(table.package(outcome)))


def test_our_strategies_play_it(random_problem):
    """What two linear sides sign is a package of the frontier, in single runs and in many."""
    domain, *profiles = random_problem(12)
    made = from_domain(domain, tuple(profiles))
    talks = ng.run(made.scenario, seed=1)
    odds = ng.odds(made.scenario, runs=200, seed=1)
    assert talks.outcome == ng.Outcome.WORKING_DEAL and odds.events["deal"].p > 0.99
    us, china = (
        made.utility(side, talks.gains[label]) for side, label in enumerate(("us", "china"))
    )
    edge = corners(list(made.worth), list(made.steps))[::-1]
    assert china == pytest.approx(np.interp(us, edge[:, 0], edge[:, 1]), abs=0.01)


@pytest.mark.parametrize(
    ("one", "two", "said"),
    [
        (Profile((60.0,), (Ratings((1.0, 0.0)),)), None, "are cut off at 1, so they do not add up"),
        (Profile((1e-6,), (Ratings((1.0, 0.0)),)), None, "utilities range over 1e-06"),
        (Profile((1.0,), (Ratings((1.0, 0.0)),)), 0, "there is nothing to negotiate"),
    ],
)
def test_what_cannot_be_a_scenario(one, two, said):
    """Each is refused in a sentence."""
    other = one if two == 0 else Profile((1.0,), (Ratings((0.0, 1.0)),))
    with pytest.raises(InputError, match=said):
        from_domain(Domain("tea", (DiscreteIssue(1, "tea", ("y", "n")),)), (one, other))


def test_names_from_strangers_are_made_fit(tmp_path):
    """Quotes, controls and long names of a domain neither break the file nor steer a terminal."""
    nasty = 'a"]\n\x1b[31m[us]\nstrategy = "x" ' + "y" * 500
    issue = DiscreteIssue(1, nasty, (nasty, "'''"))
    one, two = (Profile((1.0,), (Ratings(r),), name=nasty) for r in ((1.0, 0.0), (0.0, 1.0)))
    made = from_domain(Domain(nasty, (issue,)), (one, two))
    path = tmp_path / "made.toml"
    path.write_text(made.scenario.to_toml(), "utf-8")
    assert ng.Scenario.load(path) == made.scenario
    assert "\x1b" not in path.read_text("utf-8")
