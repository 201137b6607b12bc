"""Two actions a side, private types: another program's answers, units, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.errors import InputError
from negotiation.theory import bayesian_logit_path, bayesian_quantal_response, quantal_response

CALM, TENSE = [[0, -2], [3, -4]], [[0, -2], [3, -12]]
US = [(0.5, CALM), (0.5, TENSE)]
CHINA = [(0.25, CALM), (0.75, [[1, -2], [2, -7]])]
# the agent logit equilibrium of that game as a tree, by logit_solve_lambda of pygambit 16.7
RECORDED = [
    (0.25, (0.4485012592528855, 0.659823332471796), (0.45197281235332265, 0.603185666443641)),
    (0.5, (0.3517948106425603, 0.6923195852804068), (0.42430071904798994, 0.7178513407658998)),
    (1.0, (0.05964789809221096, 0.085468171782348), (0.8371549202552631, 0.9896938188110023)),
    (2.0, (0.0025900632987801426, 0.002789646620720487), (0.9815324774339228, 0.9999531129307114)),
]


@pytest.mark.parametrize(("precision", "us", "china"), RECORDED)
def test_gambit_finds_the_same(precision, us, china):
    """Two types a side, followed by Gambit along the branch of the whole tree."""
    play = bayesian_quantal_response(us=US, china=CHINA, precision=precision)
    assert play.us == pytest.approx(us, abs=1e-8)
    assert play.china == pytest.approx(china, abs=1e-8)
    assert play.average[0] == pytest.approx(np.mean(us), abs=1e-8)
    assert play.residual < 1e-12


payoffs = st.lists(st.floats(-5, 5), min_size=4, max_size=4).map(lambda x: np.reshape(x, (2, 2)))


@given(payoffs, payoffs, st.floats(0.05, 1.0))
def test_without_types_it_is_the_quantal_response(A, B, precision):
    """With one type a side the game is one of normal form."""
    play = bayesian_quantal_response(us=[(1, A)], china=[(1, B)], precision=precision)
    p, q = quantal_response(A, B.T, precision=precision)
    assert play.average == pytest.approx((p[0], q[0]), abs=1e-7)


@given(st.sampled_from([1e-9, 0.1, 1e9]), st.sampled_from([0.0, 1e3]), st.floats(0.1, 4.0))
def test_the_unit_does_not_matter(unit, shift, precision):
    """Payoffs in another unit and over another zero are played the same, per unit of noise."""

    def turned(types):
        return [(share, (np.array(table) + shift) * unit) for share, table in types]

    play = bayesian_quantal_response(us=US, china=CHINA, precision=precision)
    same = bayesian_quantal_response(us=turned(US), china=turned(CHINA), precision=precision / unit)
    assert same.us == pytest.approx(play.us, abs=1e-6)
    assert same.china == pytest.approx(play.china, abs=1e-6)


def test_the_path_begins_with_coin_tosses():
    """At precision 0 everybody tosses a coin; each point is the equilibrium at its precision."""
    path = bayesian_logit_path(us=US, china=CHINA, precisions=[0.0, 0.5, 1.0])
    assert path[0].tolist() == [0.5, 0.5]
    play = bayesian_quantal_response(us=US, china=CHINA, precision=(1.0, 1.0))
    assert tuple(path[2]) == play.average
    with pytest.raises(InputError, match="allowed: one or more"):
        bayesian_logit_path(us=US, china=CHINA, precisions=[])


PENNIES = {"us": [(0.3, [[0, 1], [2, -1]]), (0.7, TENSE)], "china": [(1, [[2, 0], [0, 1]])]}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"china": []}, "china: expected types"),
        ({"us": 5}, "us"),
        ({"us": [(1, [[1]])]}, r"us: payoffs of a type are \(1, 1\); allowed: 2 by 2"),
        ({"us": [(1, [[1, 2], [3, np.inf]])]}, "a number is not finite"),
        ({"us": [(0.4, CALM)]}, "the chances of the types sum to 0.4; allowed: 1"),
        ({"us": [(0.1, CALM)] * 10}, "us: 10 types; allowed: 1 to 8"),
        ({"us": [("x", CALM)]}, "chance of a type"),
        ({"precision": float("nan")}, "precision"),
        ({"precision": "ab"}, "precision"),
        (PENNIES | {"precision": 1e6}, "rounding hides the equilibrium"),
    ],
)
def test_what_is_no_such_game_is_refused(change, says):
    """Every mistake is one sentence."""
    with pytest.raises(InputError, match=says):
        bayesian_quantal_response(**({"us": US, "china": CHINA, "precision": 1.0} | change))
