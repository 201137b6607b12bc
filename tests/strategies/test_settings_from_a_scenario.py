"""A scenario may give a strategy's settings other values, as it may any other number."""

from __future__ import annotations

import re
from typing import Annotated

import numpy as np
import pytest

import negotiation as ng
from negotiation.ensemble import Ensemble
from negotiation.errors import InputError
from negotiation.tactics.base import Range
from negotiation.tactics.registry import BUILT_IN
from negotiation.tactics.time_dependent import Linear

PIE = ng.Scenario.load("split-the-pie")
THREE = ng.Scenario.load("stockholm-three-issues")


class Slow(Linear):
    """A clock of its own, compiled, with the settings of its parent."""


class Whole(ng.Strategy):
    """Holds out for a share that a whole number of steps leaves; Python alone plays it."""

    steps: Annotated[int, Range("steps given up", ge=0, le=10)] = 1
    share_of_steps: float = 1

    def share(self, view):
        """Return what is left."""
        assert isinstance(self.steps, int)
        return 1.0 - self.share_of_steps * self.steps / 10.0


class WholeCompiled(ng.Strategy):
    """The same, compiled."""

    steps: Annotated[int, Range("steps given up", ge=0, le=10)] = 1

    @staticmethod
    def compiled_share(steps):
        """Return what is left."""
        return 1.0 - steps / 10.0


def rows(scenario, count=200):
    """Return the rows of a scenario's first runs."""
    return Ensemble(scenario).rows(seed=5, first=0, count=count)


def test_a_table_names_the_strategy_and_its_settings():
    """``{ name = "boulware", beta = 1 }`` is linear, whose clock runs evenly."""
    bent = PIE.replace({"us.strategy": {"name": "boulware", "beta": 1.0}})
    assert bent.us.strategy == "boulware"
    assert bent.us.strategy.words == "boulware (beta 1)"
    straight = PIE.replace({"us.strategy": "linear"})
    assert rows(bent).tobytes() == rows(straight).tobytes()
    assert rows(bent).tobytes() != rows(PIE.replace({"us.strategy": "boulware"})).tobytes()


def test_a_setting_is_a_path_like_any_other():
    """A path sets it, another name drops it, and the file that is written keeps it."""
    changed = PIE.replace({"us.strategy": "boulware", "us.strategy.beta": 0.1})
    assert changed.us.strategy.settings["beta"].value == 0.1
    again = changed.replace({"us.strategy.kappa": 0.2})
    assert {k: q.value for k, q in again.us.strategy.settings.items()} == {
        "beta": 0.1,
        "kappa": 0.2,
    }
    assert not again.replace({"us.strategy": "conceder"}).us.strategy.settings
    assert changed.fingerprint != PIE.replace({"us.strategy": "boulware"}).fingerprint
    assert ng.Scenario.from_dict(changed.model_dump()) == changed
    import tomllib

    assert ng.Scenario.from_dict(tomllib.loads(changed.to_toml())) == changed
    assert "us.strategy.beta" in dict(changed.numbers())


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (
            {"name": "boulware", "betta": 1.0},
            "us.strategy: boulware: setting 'betta' does not exist; allowed: beta, kappa.",
        ),
        ({"name": "boulware", "betta": 1.0}, "Did you mean 'beta'?"),
        ({"name": "boulware", "beta": -1.0}, "beta = -1 is below 0; allowed: 0 or more."),
        ({"name": "obstinate", "demand": 2}, "demand = 2 is above 1; allowed: from 0 to 1."),
        ({"name": "boulwear", "beta": 1.0}, "Did you mean 'boulware'?"),
        ({"name": "linear", "beta": {"value": 1, "low": 0.1, "high": 4}}, "need a distribution"),
        ({"name": "linear", "beta": "late"}, "beta: 'late': expected"),
        ({"beta": {"value": "late"}, "name": "linear"}, "beta: value"),
        ({"step": 0.1}, "linear: setting 'step' does not exist"),
        (7, "expected a name such as 'boulware', or a table such as"),
        ({"name": 7}, "expected a name such as 'boulware', or a table such as"),
    ],
)
def test_what_is_wrong_with_it_is_a_sentence(value, words):
    """What, where, what is allowed, did you mean."""
    with pytest.raises(InputError) as caught:
        PIE.replace({"us.strategy": value})
    assert words in str(caught.value)
    assert str(caught.value).count("us.strategy") == 1


def test_two_strategies_are_equal_if_their_settings_are():
    """A name equals a name; with other settings it is another strategy."""
    firm, firmer = (
        PIE.replace({"us.strategy": {"name": "boulware", "beta": beta}}).us.strategy
        for beta in (0.2, 0.1)
    )
    assert firm == "boulware" == firmer and firm != firmer and firm == type(firm).of(firm.plain())


def test_an_uncertain_setting_is_drawn_in_each_run():
    """One that is drawn from two values gives, run by run, what one of them gives."""
    choice = {"value": 0.1, "distribution": "choice", "values": (0.1, 4.0), "shape": (0.5, 0.5)}
    drawn, *fixed = (
        rows(THREE.replace({"us.strategy": {"name": "boulware", "beta": beta}}))
        for beta in (choice, 0.1, 4.0)
    )
    like = [np.array([a == b for a, b in zip(drawn, rest, strict=True)]) for rest in fixed]
    assert np.all(like[0] | like[1])
    # in many runs neither setting changes anything
    assert (like[0] & ~like[1]).sum() > 20 and (~like[0] & like[1]).sum() > 20


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        (f"{name}.{setting}", 0.5 if default != 0.5 else 0.25)
        for name, strategy in BUILT_IN.items()
        for setting, default in ((k, r.default) for k, r in strategy.settings().items())
    ],
)
def test_every_setting_does_something(setting, value):
    """Each setting of each built-in strategy changes some run of the three-issue talks."""
    name, key = setting.split(".")
    changes = {"us.strategy": name, "china.strategy": "linear", "talks.reading_error": 0.1}
    plain = THREE.replace(changes)
    changed = plain.replace({f"us.strategy.{key}": value})
    assert rows(plain).tobytes() != rows(changed).tobytes()


def test_a_plug_in_has_settings_too():
    """Of a compiled class the ensemble reads them, of another the instance of a run has them."""
    slow = THREE.replace({"us.strategy": {"name": f"{__name__}:Slow", "beta": 0.25}})
    assert rows(slow).tobytes() == rows(THREE.replace({"us.strategy": "boulware"})).tobytes()
    whole = THREE.replace({"us.strategy": {"name": f"{__name__}:Whole", "steps": 3}})
    game = ng.Game(whole, seed=1)
    assert game.own_strategy("us").steps == 3
    game.play_to(ng.Kind.OFFER, side="us")
    game.decide()
    assert game.state["held"][0] == pytest.approx(0.7)
    with pytest.raises(InputError, match="Whole: setting 'stepps' .* Did you mean 'steps'"):
        ng.Game(whole.replace({"us.strategy.stepps": 1}), seed=1)


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        (2.7, "us.strategy.steps = 2.7 is not whole; allowed: whole numbers, from 0 to 10."),
        (11, "us.strategy.steps = 11 is above 10; allowed: from 0 to 10."),
        (
            {"value": 3, "low": 1, "high": 5, "distribution": "uniform"},
            "us.strategy.steps = 3: a uniform distribution draws fractions; allowed: whole",
        ),
        (
            {"value": 3, "values": (3, 4.5), "shape": (0.5, 0.5), "distribution": "choice"},
            "us.strategy.steps = 4.5 is not whole",
        ),
    ],
)
@pytest.mark.parametrize("owner", ["Whole", "WholeCompiled"])
def test_a_plug_in_is_held_to_what_its_class_allows(owner, steps, words):
    """Its range and whether a number is whole, wherever it is played; nothing is cut to fit."""
    scenario = THREE.replace({"us.strategy": {"name": f"{__name__}:{owner}", "steps": steps}})
    with pytest.raises(InputError) as caught:
        ng.Game(scenario, seed=1)
    assert words in str(caught.value)
    if owner == "WholeCompiled":
        with pytest.raises(InputError, match=re.escape(words)):
            rows(scenario)


def test_a_whole_number_may_be_a_choice_and_another_number_may_be_a_fraction():
    """Each run has one of the whole values; a number annotated as float takes fractions."""
    choice = {"value": 3, "values": (3, 5), "shape": (0.5, 0.5), "distribution": "choice"}
    table = {"name": f"{__name__}:Whole", "steps": choice, "share_of_steps": 0.75}
    scenario = THREE.replace({"us.strategy": table})
    played = [ng.Game(scenario, seed=1, run=run).own_strategy("us") for run in range(20)]
    assert {strategy.steps for strategy in played} == {3, 5}
    assert {strategy.share_of_steps for strategy in played} == {0.75}


def test_describe_tells_what_a_setting_is():
    """Its meaning and its range, by name."""
    beta = ng.strategies.describe("boulware").ranges["beta"]
    assert beta.default == 0.25 and beta.ge == 0 and "late" in beta.about


@pytest.mark.parametrize("order", [1, -1])
def test_the_name_comes_before_its_settings(order):
    """However the changes are ordered, a setting is one of the strategy that is named with it."""
    changes = {"us.strategy": "conceder", "us.strategy.beta": 9.0}
    changed = THREE.replace(dict(list(changes.items())[::order]))
    assert changed.us.strategy.words == "conceder (beta 9)"
