"""NegMAS, the real one: our scenarios there, our delegations there, its negotiators here."""

from __future__ import annotations

import random

import numpy as np
import pytest
from needing import needed

import negotiation as ng
from negotiation.errors import InputError
from negotiation.interop import negmas as door
from negotiation.interop.levels import levels_of, utilities_of
from negotiation.interop.negmas_session import Session, negotiator_at
from negotiation.interop.seat import Seat
from negotiation.theory import bargaining_problem

negmas = needed(
    "negmas",
    "NegMAS is not installed: it is an extra, kept out of the tests' lock (146 MB more, and "
    "one of its requirements has no wheel); pip install 'negotiation[negmas]' runs these tests",
)
NAMES = ("BoulwareTB", "ConcederTB", "MiCRO", "NaiveTitForTat")
ROUNDS = 20


@pytest.fixture(scope="module")
def three() -> ng.Scenario:
    """The agenda of three issues."""
    return ng.Scenario.load("stockholm-three-issues")


@pytest.mark.parametrize(
    ("name", "levels"), [("stockholm-three-issues", 6), ("stockholm-2025", 2), ("split-the-pie", 9)]
)
def test_utilities_are_ours(name, levels):
    """Every outcome is worth there what it is worth here, to 1e-9, and so is walking away."""
    scenario = ng.Scenario.load(name)
    packages, grid = bargaining_problem(scenario), levels_of(scenario, levels)
    problem = door.to_negmas(scenario, levels=levels)
    z = grid.grid()
    rows = np.random.default_rng(1).permutation(len(z))[:500]
    expected = utilities_of(packages, z[rows])
    for side, ufun in enumerate(problem.ufuns):
        found = [float(ufun(grid.package_values(tuple(z[row])))) for row in rows]
        np.testing.assert_allclose(found, expected[:, side], atol=1e-9)
        assert ufun.reserved_value == pytest.approx(packages.disagreement[side], abs=1e-12)
    assert problem.outcome_space.cardinality == grid.outcomes


def test_linked_issues_are_valued_together():
    """Where issues are linked, the whole package is worth more than the sum of its parts."""
    scenario = ng.Scenario.load("stockholm-2025")
    problem = door.to_negmas(scenario, levels=2)
    grid = levels_of(scenario, 2)
    order = list(scenario.issues)
    a, b = order.index("rare_earth_licences"), order.index("technology_controls")

    def worth(*conceded):
        z = [float(grid.conceded[k][-1]) if k in conceded else 0.0 for k in range(len(order))]
        return float(problem.ufuns[0](grid.package_values(tuple(z))))

    together = worth(a, b) - worth(a) - worth(b) + worth()
    link = scenario.linkage["rare_earth_licences"]["technology_controls"].value
    assert together == pytest.approx(link * grid.conceded[a][-1] * grid.conceded[b][-1], abs=1e-9)


def test_a_grid_too_large_to_list_is_refused():
    """A linked scenario of five levels has 48 million outcomes: one sentence, before any work."""
    with pytest.raises(InputError, match="48,828,125 outcomes; allowed: at most 250,000"):
        door.to_negmas(ng.Scenario.load("stockholm-2025"), levels=5)


def offers_in(mechanism):
    """Return the offers of a NegMAS mechanism in the order in which they were made."""
    return [step.offer for step in mechanism.full_trace if step.offer is not None]


def play(scenario, side, opponent, *, seed=1, rounds=ROUNDS, levels=5):
    """Play our delegation against a NegMAS negotiator in a NegMAS mechanism; return its state."""
    with door.seeded(seed):
        problem = door.to_negmas(scenario, levels=levels)
        ours = door.negotiator(scenario, side, levels=levels, seed=seed)
        theirs = getattr(negmas.sao, opponent + "Negotiator")(name="theirs")
        mechanism = problem.make_session(n_steps=rounds)
        seats = [ours, theirs] if side == "us" else [theirs, ours]
        for seat, ufun in zip(seats, problem.ufuns, strict=True):
            assert mechanism.add(seat, ufun=ufun)
        mechanism.run()
    return mechanism


@pytest.mark.parametrize("strategy", ["boulware", "tit-for-tat", "bayesian", "rubinstein"])
@pytest.mark.parametrize("side", ["us", "china"])
def test_our_delegation_plays_in_their_mechanism(three, side, strategy):
    """Whatever its strategy and whoever opens: valid offers, no error, no end before its time."""
    mechanism = play(three.replace({f"{side}.strategy": strategy}), side, "BoulwareTB")
    state = mechanism.state
    assert not state.has_error and not state.broken
    assert state.timedout or state.agreement is not None
    said = offers_in(mechanism)
    assert said and all(offer in mechanism.outcome_space for offer in said)


def test_a_plug_in_plays_in_their_mechanism(three):
    """A strategy of one's own class sits down as a built-in one does."""
    path = "negotiation.tactics.time_dependent:Conceder"
    plugged, built_in = (
        play(three.replace({"us.strategy": name}), "us", "ConcederTB").state
        for name in (path, "conceder")
    )
    assert plugged.agreement is not None
    assert plugged.agreement == built_in.agreement and plugged.step == built_in.step


def test_who_concedes_early_agrees_early_there_too(three):
    """A conceder's deal comes no later than a Boulware's, and is no better for it."""
    early, late = (
        play(three.replace({"us.strategy": name}), "us", "ConcederTB", rounds=40)
        for name in ("conceder", "boulware")
    )
    assert early.state.agreement is not None and late.state.agreement is not None
    assert early.state.step <= late.state.step
    ufun = door.to_negmas(three, levels=5).ufuns[0]
    assert float(ufun(early.state.agreement)) <= float(ufun(late.state.agreement))


def test_the_same_seed_plays_the_same(three):
    """Seed and run address a delegation's luck; NegMAS's global generators are set and put back."""
    before = random.getstate()
    first, again = (play(three, "us", "NaiveTitForTat", seed=5) for _ in range(2))
    assert offers_in(first) == offers_in(again)
    assert random.getstate() == before


def test_a_mechanism_needs_rounds(three):
    """Time is counted in rounds here: a mechanism limited by seconds alone is refused."""
    problem = door.to_negmas(three)
    mechanism = problem.make_session(n_steps=None, time_limit=5)
    mechanism.add(door.negotiator(three, "us"), ufun=problem.ufuns[0])
    mechanism.add(negmas.sao.BoulwareTBNegotiator(), ufun=problem.ufuns[1])
    with pytest.raises(InputError, match="n_steps"):
        mechanism.run()


def test_an_unknown_side_is_refused(three):
    """There are two sides."""
    with pytest.raises(InputError, match="side 'usa' does not exist"):
        door.negotiator(three, "usa")
    for address in ({"seed": -1}, {"run": -1}):
        with pytest.raises(InputError, match="= -1 is out of range"):
            door.negotiator(three, "us", **address)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("side", ["us", "china"])
def test_their_negotiators_play_here(three, side, name):
    """Each NegMAS negotiator plays a whole negotiation for either side, the same every time."""
    path = f"negotiation.interop.negmas_strategies:{name}"
    scenario = three.replace({f"{side}.strategy": path, "calendar.talks_every_days": 4.0})
    talks = ng.run(scenario, seed=2)
    offers = [
        e for e in talks.events if e.kind == "offer" and e.side == ("us", "china").index(side)
    ]
    assert len(offers) >= 3
    values = [e.detail["worth"][e.side] for e in offers]
    assert values[0] == pytest.approx(max(values))  # all begin with what is best for them
    assert ng.run(scenario, seed=2).to_dict() == talks.to_dict()


def test_time_based_negotiators_come_down_with_the_clock():
    """NegMAS's Boulware at our table ends lower than it begins, and comes down late."""
    pie = ng.Scenario.load("split-the-pie").replace(
        {
            "china.strategy": "negotiation.interop.negmas_strategies:BoulwareTB",
            "us.strategy": "obstinate",
        }
    )
    talks = ng.run(pie, seed=2)
    worth = [e.detail["worth"][1] for e in talks.events if e.kind == "offer" and e.side == 1]
    middle, last = worth[len(worth) // 2], worth[-1]
    assert worth[0] > last
    assert worth[0] - middle < middle - last


@pytest.mark.parametrize("opponent", NAMES)
@pytest.mark.parametrize("opens", [True, False])
def test_both_doors_lead_to_the_same_agreement(three, opponent, opens):
    """Their mechanism with our delegation, our loop with their negotiator: one negotiation.

    The same utilities, the same grid, 20 rounds, the same luck: same agreement, same offers.
    Where their negotiator opens, an offer is a step in both, as our loop counts.
    """
    grid = levels_of(three, 5)
    problem = door.to_negmas(three, levels=5)
    packages = bargaining_problem(three)
    theirs = 0 if opens else 1
    path = f"negmas.sao.{opponent}Negotiator"
    seat = Seat(three, 1 - theirs, grid, seed=9)
    seat.open(ROUNDS)
    session = Session(
        path, {}, grid, lambda z: float(utilities_of(packages, np.array([z]))[0, theirs]),
        reservation=packages.disagreement[theirs], rounds=ROUNDS, opens=opens, seed=3,
    )  # fmt: skip
    here, offers = loop(seat, session, opens)

    clock = {"n_steps": 2 * ROUNDS, "one_offer_per_step": True} if opens else {"n_steps": ROUNDS}
    mechanism = problem.make_session(**clock)
    ours = door.negotiator(three, ("us", "china")[1 - theirs], levels=5, seed=9)
    player = getattr(negmas.sao, f"{opponent}Negotiator")()
    order = [(player, problem.ufuns[theirs]), (ours, problem.ufuns[1 - theirs])]
    for who, ufun in order if opens else reversed(order):
        mechanism.add(who, ufun=ufun)
    with door.seeded(3):
        mechanism.run()
    there = mechanism.state.agreement
    assert (here is None) == (there is None)
    if here is not None:
        assert here == pytest.approx(grid.package(there), abs=1e-9)
    said = [grid.package(offer) for offer in offers_in(mechanism)]
    shared = min(len(said), len(offers))
    assert shared >= 3
    np.testing.assert_allclose(offers[:shared], said[:shared], atol=1e-9)


def loop(seat, session, opens):
    """Return the agreement, and all offers, of a seat of ours and a NegMAS negotiator."""
    offers = []
    counter = session.first_offer() if opens else None
    # their mechanism ends before we could answer a last counter-offer of theirs
    for turn in range(2 * ROUNDS - (0 if opens else 1)):
        if turn % 2 == (0 if opens else 1):
            if counter is None:
                return None, offers
            offers.append(counter)
            if seat.accepts(counter, turn):
                return counter, offers
        else:
            package = seat.propose(turn)
            offers.append(package)
            if session.over:
                return None, offers
            taken, counter = session.answer(package)
            if taken:
                return package, offers
    return None, offers


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("negmas.sao.BoulwareTBNegotiatr", "Did you mean 'BoulwareTBNegotiator'?"),
        ("negmas.BoulwareNegotiator", "Did you mean 'BoulwareTBNegotiator'?"),
        ("negmas.soa.BoulwareTBNegotiator", "Did you mean 'negmas.sao'?"),
        ("BoulwareTBNegotiator", "module '' does not exist"),
        ("negmas.sao.SAOMechanism", "NegMAS negotiator 'SAOMechanism' does not exist"),
        ("..x", "module '.' does not exist"),
        ("", "module '' does not exist"),
    ],
)
def test_a_misspelt_negotiator_is_refused_with_the_nearest(path, said):
    """The class and its module; something else that NegMAS has under the name is no negotiator."""
    with pytest.raises(InputError) as caught:
        negotiator_at(path)
    assert said in str(caught.value) and repr(path) in str(caught.value)
    assert negotiator_at("negmas.sao.BoulwareTBNegotiator").__name__ == "BoulwareTBNegotiator"


def test_a_run_with_a_misspelt_negotiator_ends_in_that_sentence(three, tmp_path, monkeypatch):
    """A strategy of the user's own that names a class that NegMAS does not have."""
    (tmp_path / "mine_misspelt.py").write_text(
        "from negotiation.interop.negmas_strategies import NegmasStrategy\n"
        "class Tough(NegmasStrategy):\n    negotiator = 'negmas.sao.BoulwareTBNegotiatr'\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(InputError, match="Did you mean 'BoulwareTBNegotiator'"):
        ng.run(three.replace({"us.strategy": "mine_misspelt:Tough"}), seed=1)
