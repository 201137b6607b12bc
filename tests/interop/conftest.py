"""Small GENIUS files made by hand, whose utilities are known in closed form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from negotiation.interop.domain import (
    DiscreteIssue,
    Domain,
    IntegerIssue,
    Issue,
    Profile,
    RealIssue,
)
from negotiation.interop.evaluators import Evaluator, Linear, Ratings, Triangular

DOMAIN = """<negotiation_template>
<utility_space number_of_issues="0">
<objective index="0" name="holiday" type="objective" etype="objective">
<issue index="1" name="Place" type="discrete">
<item index="1" value="sea"/>
<item index="2" value="hills"/>
</issue>
<issue index="2" name="Days" type="integer" lowerbound="2" upperbound="4"/>
</objective>
</utility_space>
</negotiation_template>
"""

# Place: sea 1, hills 1/4; days: (value - 2) / 2, so with weights .75 and .25 the six
# utilities are .75 * {1, 1/4} + .25 * {0, 1/2, 1}.
FIRST = """<utility_space>
<objective index="0" name="holiday" type="objective" etype="objective">
<issue index="1" name="Place" type="discrete">
<item index="1" value="sea" evaluation="8"/>
<item index="2" value="hills" evaluation="2"/>
</issue>
<issue index="2" name="Days" type="integer" lowerbound="2" upperbound="4">
<evaluator ftype="linear" slope="0.5" offset="0"/>
</issue>
<weight index="2" value="0.25"/>
<weight index="1" value="0.75"/>
</objective>
<discount_factor value="0.5"/>
<reservation value="0.2"/>
</utility_space>
"""

# The other way round: hills 1, sea 1/2; short stays preferred; weights .5 and .5.
SECOND = """<utility_space>
<reservation value="0.6"/>
<objective index="0" name="holiday" type="objective" etype="objective">
<issue index="2" name="Days" type="integer" lowerbound="2" upperbound="4">
<evaluator ftype="linear" slope="-0.5" offset="1"/>
</issue>
<issue index="1" name="Place" type="discrete">
<item index="1" value="hills" evaluation="4"/>
<item index="2" value="sea" evaluation="2"/>
</issue>
<weight index="1" value="0.5"/>
<weight index="2" value="0.5"/>
</objective>
</utility_space>
"""


@pytest.fixture
def texts() -> dict[str, str]:
    """The three files of the holiday problem, to be changed by a test."""
    return {"domain.xml": DOMAIN, "profile1.xml": FIRST, "profile2.xml": SECOND}


@pytest.fixture
def problem(tmp_path: Path) -> Callable[[dict[str, str]], list[Path]]:
    """Write texts as files and return their paths."""

    def write(texts: dict[str, str]) -> list[Path]:
        for name, text in texts.items():
            (tmp_path / name).write_bytes(text.encode())
        return [tmp_path / name for name in texts]

    return write


def problem_by_lot(number: int) -> tuple[Domain, Profile, Profile]:
    """Return a problem of a few issues of all kinds; coarse ratings, so that many outcomes tie."""
    rng = np.random.default_rng(number)
    issues: list[Issue] = []
    for k in range(int(rng.integers(1, 5))):
        if number % 3 == 0 and k == 1:
            issues.append(RealIssue(k, f"r{k}", 0.0, 2.0))
        elif rng.random() < 0.3:
            issues.append(IntegerIssue(k, f"n{k}", -1, int(rng.integers(0, 4))))
        else:
            size = int(rng.integers(1, 6))
            issues.append(DiscreteIssue(k, f"d{k}", tuple(map(str, range(size)))))
    first, second = (profile_by_lot(issues, rng) for _ in range(2))
    return Domain("random", tuple(issues)), first, second


def profile_by_lot(issues: list[Issue], rng: np.random.Generator) -> Profile:
    """Return preferences whose weights sum to 1, or to more and are cut off."""
    evaluators: list[Evaluator] = []
    for issue in issues:
        if isinstance(issue, DiscreteIssue):
            evaluators.append(Ratings(tuple(rng.integers(-1, 5, issue.size).astype(float))))
        elif isinstance(issue, RealIssue):
            evaluators.append(Triangular(0.0, 2.0, float(rng.uniform(0.2, 1.8))))
        else:
            evaluators.append(Linear(float(rng.choice([-0.5, 0.25])), 0.5, issue.lower))
    weights = rng.dirichlet(np.ones(len(issues))) * rng.choice([1.0, 1.0, 1.7])
    return Profile(tuple(weights.round(2).tolist()), tuple(evaluators))


@pytest.fixture
def random_problem() -> Callable[[int], tuple[Domain, Profile, Profile]]:
    """Small problems by lot, each by its number."""
    return problem_by_lot
