"""The contract of strategies: all built-in ones keep it, each way of breaking it is caught."""

# ruff: noqa: D102  (what each class gets wrong is its name)

from __future__ import annotations

import random

import numpy as np
import pytest

import negotiation as ng
from negotiation.errors import shortened


class SplitTheDifference(ng.Strategy):
    """Move halfway to the other side's last offer.   Source: folk rule."""

    step: float = 0.5

    def move(self, view: ng.View, rng) -> ng.Move:
        if view.worth(view.last_offer) >= view.walk_away:
            return ng.Accept()
        return ng.Offer.between(view.my_last_offer, view.last_offer, self.step)


class Gambler(ng.Strategy):
    """Offer a random point between the ends, accept on a coin's toss what is acceptable."""

    stochastic = True

    def move(self, view, rng):
        good = view.worth(view.last_offer) >= view.walk_away
        if view.answering and good and rng.random() < 0.5:
            return ng.Accept()
        return ng.Offer.between(view.my_last_offer, view.last_offer, rng.random())


class BestResponder(ng.Strategy):
    """Leave everything to the base class but the share."""

    def share(self, view):
        return 1.0 - view.time

    def move(self, view, rng):
        return super().move(view, rng)


class Compilable(ng.Strategy):
    """A share that Numba can compile."""

    @staticmethod
    def compiled_share(time, conceded, held, patience_own, patience_other):
        return (1.0 - time) * patience_own


class Neither(ng.Strategy):
    """Override nothing."""


@pytest.mark.parametrize("name", ng.strategies.names())
def test_every_built_in_strategy_keeps_the_contract(name):
    """All fourteen, on three scenarios, both sides, against two kinds of opponent."""
    ng.strategies.check(ng.strategies.find(name))


@pytest.mark.parametrize(
    "strategy", [SplitTheDifference, Gambler, BestResponder, Compilable, Neither]
)
def test_plug_ins_as_users_write_them_keep_it(strategy):
    """A move, a random move, a move by the base class, a compiled share, nothing at all."""
    assert ng.strategies.problems(strategy) == []


class NeedsAnArgument(ng.Strategy):
    def __init__(self, step):
        self.step = step


class HoldsALock(ng.Strategy):
    def __init__(self):
        self.generator = (i for i in range(3))


class AsksForMoreThanAll(ng.Strategy):
    def share(self, view):
        return 1.0 + view.time


class AsksForNothingKnown(ng.Strategy):
    def share(self, view):
        return float("nan")


class ExpectsToTakeBack(ng.Strategy):
    def share(self, view):
        return 0.5

    def share_next(self, view):
        return -0.1


class ForgetsTheFirstMove(ng.Strategy):
    def move(self, view, rng):
        return ng.Offer(tuple(0.5 * z for z in view.last_offer))


class FailsInTheLastRound(ng.Strategy):
    def share(self, view):
        return 1.0 / view.rounds_left - 1.0 / view.rounds_left


class LeavesTheAgenda(ng.Strategy):
    def move(self, view, rng):
        return ng.Offer(tuple(item.reach + 0.1 for item in view.issues))


class OffersLessThanNothing(ng.Strategy):
    def move(self, view, rng):
        return ng.Offer(tuple(-0.01 for _ in view.issues))


class ForgetsAnIssue(ng.Strategy):
    def move(self, view, rng):
        return ng.Offer(view.my_last_offer[:-1])


class OffersNaN(ng.Strategy):
    def move(self, view, rng):
        return ng.Offer.worth(float("nan"))


class SaysNothing(ng.Strategy):
    def move(self, view, rng):
        return None


class AcceptsAnything(ng.Strategy):
    def move(self, view, rng):
        return ng.Accept() if view.answering else ng.Offer(view.my_last_offer)


class ThrowsOwnDice(ng.Strategy):
    def share(self, view):
        return random.random()


class ThrowsNumpysDice(ng.Strategy):
    def share(self, view):
        return 0.9 if np.random.random() > 2 else 0.8


class OwnUnseededDice(ng.Strategy):
    def move(self, view, rng):
        return ng.Offer.between(
            view.my_last_offer, view.last_offer, np.random.default_rng().random()
        )


class RemembersTheLastTalks(ng.Strategy):
    told: list[float] = []

    def share(self, view):
        self.told.append(view.day)
        return 1.0 / len(self.told)


class MovesThePiecesOfOthers(ng.Strategy):
    def share(self, view):
        view.records[0].offer[1 - view.index] = 0.0
        view.records[0].beliefs[:] = 0.0
        return 0.5


class RewritesItsMandate(ng.Strategy):
    def share(self, view):
        object.__setattr__(view, "walk_away", -100.0)
        return 0.5


class NeverAnswers(ng.Strategy):
    def share(self, view):
        while True:
            pass


class NotCompilable(ng.Strategy):
    @staticmethod
    def compiled_share(time, conceded, held, patience_own, patience_other):
        return open(str(time)).read()


class HasTwoMinds(ng.Strategy):
    @staticmethod
    def compiled_share(time, conceded, held, patience_own, patience_other):
        return 0.5

    def share(self, view):
        return 0.6


BROKEN = {
    NeedsAnArgument: ("NeedsAnArgument()", "without arguments"),
    HoldsALock: ("HoldsALock", "cannot be pickled"),
    AsksForMoreThanAll: ("AsksForMoreThanAll.share", "returned 1."),
    AsksForNothingKnown: ("AsksForNothingKnown.share", "returned nan"),
    ExpectsToTakeBack: ("ExpectsToTakeBack.share_next", "returned -0.1"),
    ForgetsTheFirstMove: ("ForgetsTheFirstMove.move", "offering for the US in round 1"),
    FailsInTheLastRound: ("FailsInTheLastRound.share", "ZeroDivisionError"),
    LeavesTheAgenda: ("LeavesTheAgenda.move", "allowed: 0 to 1"),
    OffersLessThanNothing: ("OffersLessThanNothing.move", "offered -0.01 of pie"),
    ForgetsAnIssue: ("ForgetsAnIssue.move", "each of 1 issue,"),
    OffersNaN: ("OffersNaN.move", "nan"),
    SaysNothing: ("SaysNothing.move", "returned None"),
    AcceptsAnything: ("AcceptsAnything.move", "below its walk-away value 0.4"),
    ThrowsOwnDice: ("ThrowsOwnDice.share", "global random state"),
    ThrowsNumpysDice: ("ThrowsNumpysDice.share", "global random state"),
    OwnUnseededDice: ("OwnUnseededDice", "does not do the same"),
    RemembersTheLastTalks: ("RemembersTheLastTalks", "does not do the same, from round 1"),
    MovesThePiecesOfOthers: ("MovesThePiecesOfOthers.share", "changed its view"),
    RewritesItsMandate: ("RewritesItsMandate.share", "changed its view"),
    NeverAnswers: ("NeverAnswers.share", "did not answer within"),
    NotCompilable: (
        "NotCompilable.compiled_share",
        "Numba cannot compile it as a function of (time,",
    ),
    HasTwoMinds: ("HasTwoMinds", "has a compiled_share and overrides share"),
}


@pytest.mark.parametrize("strategy", BROKEN, ids=lambda c: c.__name__)
def test_every_way_of_breaking_the_contract_is_caught(strategy):
    """Each broken strategy is refused in sentences that name the method and the situation."""
    limit = 0.5 if strategy is NeverAnswers else 30.0
    with pytest.raises(ng.strategies.BrokenContract) as caught:
        ng.strategies.check(strategy, limit=limit)
    text = str(caught.value)
    for part in BROKEN[strategy]:
        assert part in text
    assert all(line.endswith((".", "?")) for line in caught.value.problems)


def test_something_else_is_not_a_strategy():
    """An instance, or a class of something else, is refused in one sentence."""
    for wrong in (SplitTheDifference(), int, "boulware"):
        (sentence,) = ng.strategies.problems(wrong)
        assert sentence == f"{shortened(wrong)} is not a subclass of ng.Strategy."


class OnlyForTheUS(ng.Strategy):
    def share(self, view):
        if view.side == "china" and len(view.issues) == 3:
            raise KeyError("soybeans")
        return 0.5


def test_a_failure_says_at_which_table_it_was():
    """A failure on one side of one scenario names that side and that scenario."""
    (sentence,) = ng.strategies.problems(OnlyForTheUS)
    assert sentence == (
        "OnlyForTheUS.share, answering for China in round 1, raised KeyError: 'soybeans'; "
        "stockholm-three-issues against linear."
    )
