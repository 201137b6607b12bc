"""A compiled rule is asked once before talks that cannot stop: its mistakes are sentences."""

from __future__ import annotations

import math

import pytest

import negotiation as ng
from negotiation.errors import InputError, OutOfRange
from negotiation.strategies.check import BrokenContract
from negotiation.tactics.compiled_share import NotCompilable, tried
from negotiation.tactics.mistakes import PlugInFailed


class NoNumber(ng.Strategy):
    """Holds out for what is no number."""

    @staticmethod
    def compiled_share(time):
        """Return no number."""
        return math.nan


class Late(ng.Strategy):
    """Does so late in the talks only."""

    @staticmethod
    def compiled_share(time, luck):
        """Return no number from some day on."""
        return math.nan if time > 0.6 else 0.5 * luck + 0.5


class Raises(ng.Strategy):
    """Stops with a word of its own."""

    @staticmethod
    def compiled_share(time):
        """Return nothing."""
        raise ValueError("no")


class Imports(ng.Strategy):
    """Does what Numba does not know."""

    @staticmethod
    def compiled_share(time):
        """Return half, with an import on the way."""
        import random  # noqa: F401

        return 0.5


class NoFunction(ng.Strategy):
    """Holds out for a number that is no function."""

    compiled_share = 0.5


class OfC(ng.Strategy):
    """Has a function that does not say what it takes."""

    compiled_share = staticmethod(max)


@pytest.mark.parametrize("strategy", [NoFunction, OfC])
def test_what_is_no_function_of_named_numbers_is_refused(strategy):
    """By who checks it and by who plays it, in a sentence."""
    named = f"{__name__}:{strategy.__name__}"
    scenario = ng.Scenario.load("split-the-pie").replace({"us.strategy": named})
    words = f"{strategy.__name__}.compiled_share = .* is not allowed; expected a function of named"
    with pytest.raises(InputError, match=words):
        ng.run(scenario, seed=1)
    with pytest.raises(BrokenContract, match=words):
        ng.strategies.check(strategy)


@pytest.mark.parametrize(
    ("strategy", "kind"),
    [(NoNumber, OutOfRange), (Raises, PlugInFailed), (Imports, NotCompilable)],
)
def test_a_rule_that_fails_in_the_middle_of_talks_is_refused(strategy, kind):
    """Whoever plays it reads which rule, and what it said."""
    named = f"{__name__}:{strategy.__name__}"
    scenario = ng.Scenario.load("split-the-pie").replace({"us.strategy": named})
    with pytest.raises(kind, match=f"{strategy.__name__}.compiled_share"):
        ng.run(scenario, seed=1)
    with pytest.raises(kind, match=f"{strategy.__name__}.compiled_share"):
        ng.odds(scenario, runs=10, seed=1, worlds=0)


def test_what_is_no_number_later_holds_out_for_everything():
    """No memory is read that is not ours: the share counts as the whole way."""
    scenario = ng.Scenario.load("split-the-pie").replace({"us.strategy": f"{__name__}:Late"})
    found = ng.odds(scenario, runs=50, seed=1, worlds=0)
    assert 0.0 <= found.events["deal"].p <= 1.0
    assert len(ng.run(scenario, seed=1).transcript) > 100


def test_the_numbers_of_a_rule_are_told():
    """The sentence names what the rule was asked with."""
    with pytest.raises(OutOfRange, match=r"Mine.compiled_share at time = 0.5 = 2.5 is out"):
        tried(lambda time: 2.0 + time, "Mine", time=0.5)
