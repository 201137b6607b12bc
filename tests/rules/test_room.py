"""Loops of sixteen: what the compiled rules take for granted about their own sizes."""

from __future__ import annotations

from negotiation.payoffs import policy_points, types
from negotiation.scenario import MAX_ISSUES
from negotiation.solvers import sums


def test_issues_and_types_fit_a_sum():
    """One sum serves both; scores take four issues at a time."""
    assert sums.LENGTH == MAX_ISSUES == types.SLOTS
    assert MAX_ISSUES % 4 == 0
    assert types.TYPES <= types.SLOTS


def test_nodes_fit_the_bits_of_a_number():
    """Which nodes of the elasticities have been summed is kept as bits."""
    assert policy_points.LONG_RUN_NODES <= 64
    assert policy_points.SHORT_RUN_NODES <= 64
