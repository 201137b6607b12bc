"""Plug-ins: where they are found, what they see, and that both drivers play them alike."""

from __future__ import annotations

import numpy as np
import pytest

import negotiation as ng
from negotiation.ensemble import Ensemble
from negotiation.errors import InputError, UnknownName
from negotiation.model import NegotiationModel
from negotiation.strategies.view import look

THREE = "stockholm-three-issues"


class SplitTheDifference(ng.Strategy):
    """Move halfway to the other side's last offer."""

    source = "folk rule"
    step: float = 0.5

    def move(self, view, rng):
        """Accept what beats walking away, else go half of the way."""
        if view.worth(view.last_offer) >= view.walk_away:
            return ng.Accept()
        return ng.Offer.between(view.my_last_offer, view.last_offer, self.step)


class Patient(ng.Strategy):
    """Hold out like the square of the time, and answer concessions."""

    @staticmethod
    def compiled_share(time, conceded, held, patience_own, patience_other):
        """Return the share held out for."""
        return max(0.0, min(held, (1.0 - time**2) * (1.0 - 0.3 * conceded)))


HALF = f"{__name__}:SplitTheDifference"
PATIENT = f"{__name__}:Patient"


def three(**strategies):
    """Return the three-issue scenario with these strategies."""
    return ng.Scenario.load(THREE).replace({f"{s}.strategy": n for s, n in strategies.items()})


@pytest.fixture
def installed(monkeypatch):
    """A package is installed that offers the strategy by a short name."""
    found = {"split-the-difference": HALF}
    monkeypatch.setattr("negotiation.tactics.registry.entry_points", lambda: found)


def test_a_dotted_path_plays_in_a_single_run():
    """A class named by its path sits at the table on either side, and the run ends."""
    for side in ("us", "china"):
        talks = ng.run(three(**{side: HALF}), seed=3)
        assert talks.outcome and talks.transcript


def test_an_entry_point_is_a_name_like_any_other(installed):
    """An installed package's strategy is named without its path, found, and described."""
    assert "split-the-difference" in ng.strategies.names()
    assert ng.strategies.find("split-the-difference") is SplitTheDifference
    by_name = NegotiationModel(three(us="split-the-difference"), seed=1).play().row()
    by_path = NegotiationModel(three(us=HALF), seed=1).play().row()
    assert by_name.tobytes() == by_path.tobytes()
    told = ng.strategies.describe("split-the-difference")
    assert told.settings == {"step": 0.5}
    assert told.source == "folk rule"
    assert told.runs_in == "single runs only"


def test_a_misspelt_plug_in_is_guessed(installed):
    """Did-you-mean knows plug-ins, in a scenario as in the registry."""
    with pytest.raises(InputError, match=r"Did you mean 'split-the-difference'\?"):
        three(us="split-the-diference")
    with pytest.raises(UnknownName, match=r"Did you mean 'split-the-difference'\?"):
        ng.strategies.find("split-the-diference")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (
            "no_such_package:X",
            "us.strategy: strategy 'no_such_package:X': no_such_package cannot be",
        ),
        (HALF + "s", "Did you mean 'SplitTheDifference'?"),
        (f"{__name__}:THREE", "THREE is not a subclass of ng.Strategy."),
        ("negotiation.tactics.base:Strategy", "there is no subclass of ng.Strategy in"),
        (
            "negmas:NaiveTitForTatt",
            "class 'NaiveTitForTatt' does not exist; allowed: BoulwareTB, ConcederTB, MiCRO, "
            "NaiveTitForTat, NegmasStrategy. Did you mean 'NaiveTitForTat'?",
        ),
    ],
)
def test_a_path_that_leads_nowhere_is_refused_in_a_sentence(path, words):
    """Either driver says in one sentence which side names what is not there."""
    for driver in (Ensemble, lambda s: NegotiationModel(s, seed=1)):
        with pytest.raises(InputError) as caught:
            driver(three(us=path))
        assert words in str(caught.value)
        assert "\n" not in str(caught.value)


def test_the_ensemble_refuses_what_only_single_runs_can_play():
    """A class that decides for itself is refused before anything is played."""
    with pytest.raises(InputError, match="china.strategy: .* which only single runs can play"):
        Ensemble(three(china=HALF))


def test_a_compiled_share_is_the_same_run_in_both_drivers():
    """L10 for a plug-in: a seated instance and the ensemble give the same rows, bit by bit."""
    scenario = three(us=PATIENT, china=PATIENT)
    rows = Ensemble(scenario).rows(seed=3, first=0, count=25)
    for run in range(25):
        seated = {"us": Patient(), "china": Patient()}
        alone = ng.Game(scenario, seed=3, run=run, strategies=seated).play().row()
        assert alone.tobytes() == rows[run : run + 1].tobytes()
    assert ng.strategies.describe(PATIENT).runs_in == "single runs and the ensemble"


def test_a_plug_in_leaves_other_scenarios_alone():
    """Playing a plug-in changes no run without it."""
    before = Ensemble(three()).rows(seed=3, first=0, count=20)
    woven = Ensemble(three(us=PATIENT, china=PATIENT)).rows(seed=3, first=0, count=20)
    after = Ensemble(three()).rows(seed=3, first=0, count=20)
    assert before.tobytes() == after.tobytes() != woven.tobytes()


def test_a_view_hides_what_is_private():
    """No type, no shock, no date of the summit, no random number of the run is in a view.

    Two worlds that differ in the other side's type alone look the same.
    """
    model = NegotiationModel(three(), seed=1)
    talks = model.scene.talks
    views = []
    for stance in range(3):
        talks.stance[1] = stance
        views.append(look(model.scene.records, model.scenario, 0, answering=False))
    assert views[0] == views[1] == views[2]
    record = views[0].records[0]
    assert record.key == 0 and record.summit_day == np.inf
    assert (record.stance[1], record.trait[1], record.resolve[1]) == (-1, -1, -1)
    assert not np.any([record[name] for name in ("accept_shock", "sign_shock", "home_shock")])


def test_a_view_hides_what_chances_say_of_the_type():
    """What is kept to take luck out of odds counts from chances that only the other side knows."""
    model = NegotiationModel(three(), seed=1)
    for _ in range(4):
        model.step()
    talks = model.scene.talks
    talks.scratch.chance = 0.25  # as after an answer
    assert talks.innovations.any()
    assert talks.surprise != 0.0
    record = look(model.scene.records, model.scenario, 0, answering=False).records[0]
    assert not record.innovations.any()
    assert record.surprise == record.scratch.chance == 0.0
    assert talks.innovations.any()  # the view is a copy


def test_nothing_done_to_a_view_changes_the_talks():
    """A view is a copy: its records can be overwritten without any effect."""
    model = NegotiationModel(three(), seed=1)
    before = [record.tobytes() for record in model.scene.records]
    view = look(model.scene.records, model.scenario, 0, answering=False)
    for record in view.records:
        for name in record.dtype.names:
            record[name] = 0
    assert [record.tobytes() for record in model.scene.records] == before
    with pytest.raises(AttributeError):
        view.walk_away = -1.0


def test_a_view_says_what_packages_are_worth():
    """The own worth is the true type's; a package drafted for a target is expected to reach it."""
    model = NegotiationModel(three(), seed=2)
    view = look(model.scene.records, model.scenario, 1, answering=False)
    assert view.worth(None) == -np.inf
    assert view.last_offer is None and view.my_last_offer is not None
    assert view.worth(view.my_last_offer) <= view.ideal + 1e-9
    for share in (0.3, 0.6, 0.9):
        package = view.package_worth(view.target(share))
        assert view.expected_worth(package) == pytest.approx(view.target(share), abs=0.05)
        assert all(0 <= z <= item.reach for z, item in zip(package, view.issues, strict=True))
    generous = view.package_worth(view.target(0.3))
    assert view.expected_worth_to_other(generous) > view.expected_worth_to_other(package)
    assert sum(view.beliefs) == pytest.approx(1.0)
    assert view.days_to_deadline == 15.0 and 80 < view.days_to_summit < 110


def test_full_control_is_full_control():
    """What a move says is on the table is on the table, and its acceptance is an acceptance."""
    scenario = ng.Scenario.load("split-the-pie").replace(
        {"us.strategy": HALF, "china.strategy": "obstinate", "us.reservation": 0.3}
    )
    model = NegotiationModel(scenario, seed=1).play()
    offers = [e.detail for e in model.events if e.kind == "offer"]
    packages = [float(o["package"][0]) for o in offers]
    # China demands 0.75; the US, at 0, moves half of what is left to it each time
    ours = packages[0::2]
    assert ours[:4] == pytest.approx([0.0, 0.375, 0.5625, 0.65625], abs=1e-6)
    assert not any(o["accepted"] for o in offers[1::2])  # 0.25 is below the walk-away 0.3
