"""A person at the table: what is seen, what may be done, taken back and kept, what is told then."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import negotiation as ng
from negotiation.errors import InputError
from negotiation.game import Kind
from negotiation.scenario import SIDES, Scenario
from negotiation.seat import Draft, Seat, debrief, hints, words
from negotiation.seat.quiz import apart, quiz
from negotiation.strategies.view import copied

STOCKHOLM = Scenario.load("stockholm-2025")


@pytest.fixture(scope="module")
def offering() -> Draft:
    """What China may offer first."""
    seat = Seat(STOCKHOLM, "china", seed=5)
    while seat.waiting().kind is not Kind.OFFER:
        seat.decide(None)
    return seat.draft()


def test_a_person_who_does_as_the_rule_gets_what_the_rule_gets() -> None:
    """Every decision left to the rule gives the run that an ensemble plays."""
    seat = Seat(STOCKHOLM, "china", seed=5)
    while not seat.over:
        seat.decide(None)
    assert seat.game.row() == ng.Game(STOCKHOLM, seed=5).play().row()


@pytest.mark.parametrize("side", SIDES)
def test_every_decision_has_a_question_and_its_answers(side: str) -> None:
    """Over many games each kind that comes up is asked in words, and its answers are the game's."""
    met: set[Kind] = set()
    for seed in range(12):
        seat = Seat(STOCKHOLM, side, seed=seed, home=True)
        while not seat.over:
            point = seat.waiting()
            if point.kind not in met:
                met.add(point.kind)
                assert len(seat.question()) > 30
                assert tuple(a.choice for a in seat.answers()) == point.kind.words
                assert hints.theory(seat)
            seat.decide(None)
    own = {Kind.CUT, Kind.REOPEN}  # one side's alone, and rare
    assert met >= set(Kind) - own - {Kind.ATTEND}


def test_the_home_front_votes_on_its_own_unless_asked_for() -> None:
    """Without ``home`` no ratification is put to the person."""
    for seed in range(6):
        seat = Seat(STOCKHOLM, "us", seed=seed)
        while not seat.over:
            assert seat.waiting().kind is not Kind.RATIFY
            seat.decide(None)


@pytest.mark.parametrize("side", SIDES)
def test_nothing_that_is_shown_depends_on_what_the_other_hides(side: str) -> None:
    """With another type and other moods across the table question, theory and odds stay."""
    other, compared = 1 - SIDES.index(side), 0
    for seed in range(4):
        seat = Seat(STOCKHOLM, side, seed=seed)
        while not seat.over:
            point = seat.waiting()
            talks, world, stakes = (copied(record) for record in point.records)
            talks.stance[other] = 2 - talks.stance[other]
            talks.trait[other] = 1 - talks.trait[other]
            talks.resolve[other] = 1 - talks.resolve[other]
            talks.accept_shock[other] = talks.sign_shock[other] = talks.home_shock[other] = 2.0
            talks.key, talks.summit_day = 77, talks.summit_day + 1.0
            swapped = replace(point, records=(talks, world, stakes))
            assert words.question(swapped) == words.question(point)
            assert swapped.view.beliefs == point.view.beliefs
            if point.kind is not Kind.OFFER:
                assert swapped.chances == point.chances
                compared += 1
            seat.decide(None)
    assert compared > 20


def test_offers_are_heard_without_what_they_are_truly_worth() -> None:
    """The transcript says what an offer is worth to both; the news of a delegation does not."""
    for seed in range(5):
        seat = Seat(STOCKHOLM, "china", seed=seed)
        while not seat.over:
            seat.decide(None)
        told = "\n".join(seat.news())
        assert "this would" not in told and "As the two really value things" not in told
        assert "late swing" not in "".join(
            line for line in told.split("\n") if "United States is ready" in line
        )


def test_a_little_more_for_them_gives_it_where_it_costs_least(offering: Draft) -> None:
    """It costs a twentieth of the way, and no single term would have brought them more for it."""
    way = offering.view.ideal - offering.view.walk_away
    moved = offering.for_them()
    cost, gain = offering.ours - moved.ours, moved.theirs - offering.theirs
    assert cost == pytest.approx(0.05 * way, rel=0.02) and gain > 0.0
    for k in range(len(offering.package)):
        alone = offering._to(k, cost, giving=True)
        if offering.ours - alone.ours >= 0.99 * cost:
            assert alone.theirs - offering.theirs <= gain + 0.02 * abs(gain)


def test_a_little_more_for_us_takes_it_back(offering: Draft) -> None:
    """After two steps towards them one towards us gains as much as one of them cost."""
    soft = offering.for_them().for_them()
    back = soft.for_us()
    way = offering.view.ideal - offering.view.walk_away
    assert back.ours - soft.ours == pytest.approx(0.05 * way, rel=0.02)
    assert back.theirs < soft.theirs


def test_a_swap_costs_nothing_and_brings_them_more(offering: Draft) -> None:
    """Worth the same to oneself, more to them; where none is left the draft stays as it is."""
    draft = offering.holding(tuple(0.5 * item.reach for item in offering.view.issues))
    way = offering.view.ideal - offering.view.walk_away
    swapped = draft.swapped()
    assert swapped.ours == pytest.approx(draft.ours, abs=0.01 * way)
    assert swapped.theirs > draft.theirs
    pie = Seat("split-the-pie", "china", seed=1)
    pie.decide("refuse")
    assert pie.draft().swapped().package == pie.draft().package


@pytest.mark.parametrize(
    ("term", "level", "told"),
    [
        ("6", "20", "$20bn"),
        ("purchase", "$20bn", "$20bn"),
        ("fentanyl_tariff", "15", "20 -> 15 points"),
        ("oil", "2%", "cut by 2%"),
        ("precursor", "30%", "30% of the way"),
    ],
)
def test_a_term_is_set_in_its_own_unit(offering: Draft, term: str, level: str, told: str) -> None:
    """By number, key or the beginning of a word; in the unit that is shown."""
    draft = offering.setting(term, level)
    assert told in draft.amount(draft.view.issues[draft.place_of(term)].key)


@pytest.mark.parametrize(
    ("term", "level", "words"),
    [
        ("6", "90", "allowed: from 0 to"),
        ("12", "1", "allowed: 1 to 11"),
        ("tariff", "1", "may mean"),
        ("oil_import", "lots", "expected a number such as"),
        ("purchse_commitments", "1", "Did you mean 'purchase_commitments'?"),
    ],
)
def test_a_term_that_cannot_be_set_is_refused(
    offering: Draft, term: str, level: str, words: str
) -> None:
    """One sentence that says what is allowed."""
    with pytest.raises(InputError, match=words):
        offering.setting(term, level)


@pytest.mark.parametrize(
    ("typed", "choice"),
    [("1", "demand"), ("2", "even"), ("extend", "even"), ("dem", "demand"), ("yes", "even")],
)
def test_answers_are_understood(typed: str, choice: str) -> None:
    """By number, by word, by its beginning."""
    point = ng.Game(STOCKHOLM, seed=1, run=20).play_to("propose")
    assert point is not None and words.understood(point, typed) == choice
    with pytest.raises(InputError, match=r"allowed: 1 \(demand\), 2 \(even\)"):
        words.understood(point, "maybe")


def test_a_decision_taken_back_is_kept_in_mind() -> None:
    """The game is where it was; the debrief says what was taken back."""
    seat = Seat(STOCKHOLM, "us", seed=4)
    seat.decide("keep_still")
    before = seat.waiting()
    seat.decide(None)
    seat.take_back()
    assert seat.waiting() == before and len(seat.taken_back) == 1
    again = Seat.from_dict(json.loads(json.dumps(seat.to_dict())))
    assert again.waiting() == before and again.taken_back == seat.taken_back
    again.take_back()
    with pytest.raises(InputError, match="not decided anything yet"):
        again.take_back()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"what": "a cake"}, "no game that negotiation play has kept"),
        ({"own_decisions": [5, 3]}, "own_decisions has"),
        ({"own_decisions": [0]}, "own_decisions has 0"),  # that of the US
        ({"taken_back": [1]}, "taken_back has 1"),
        ({"taken_back": [{}]}, "taken_back has {}"),
        ({"taken_back": [{"date": "x", "kind": "offer"}]}, "taken_back has"),
        ({"taken_back": [{"date": "2025-08-04", "kind": "sing"}]}, "taken_back has"),
        ({"taken_back": [float("nan")]}, "taken_back has nan"),
        ({"home": "yes"}, "home is 'yes'; expected bool"),
        ({"side": "mars"}, "side 'mars' does not exist"),
    ],
)
def test_a_file_that_holds_no_game_is_refused(change: dict[str, object], words: str) -> None:
    """One sentence, never a traceback."""
    seat = Seat("split-the-pie", "china", seed=1)
    seat.decide("refuse")  # what the US has offered
    with pytest.raises(InputError, match=words):
        Seat.from_dict(seat.to_dict() | change)


def test_a_standing_answer_holds_until_something_happens() -> None:
    """With ``keep`` the same is answered again; once something happens it is asked again."""
    kept, typed = (Seat(STOCKHOLM, "china", seed=8) for _ in range(2))
    asked = {id(seat): 0 for seat in (kept, typed)}
    for seat, keep in ((kept, True), (typed, False)):
        while not seat.over:
            still = seat.waiting().kind is Kind.STEP
            asked[id(seat)] += still
            seat.decide("keep_still" if still else None, keep=keep and still)
    assert typed.game.decisions == kept.game.decisions
    assert 1 < asked[id(kept)] < asked[id(typed)]


def test_the_debrief_counts_like_for_like() -> None:
    """Left to the rule it equals the default; whoever accepts at once is at the bottom."""
    rule, soft = (Seat("split-the-pie", "china", seed=2) for _ in range(2))
    while not rule.over:
        rule.decide(None)
    told = debrief(rule, delegations=50, futures=0)
    assert told.score == told.same_luck_score and told.percentile == pytest.approx(0.5, abs=0.5)
    soft.decide("accept")
    poor = debrief(soft, delegations=50, futures=20)
    assert poor.score < told.score and poor.percentile == 0.0
    assert poor.costly[0].kind == "answer" and "refuse" in poor.costly[0].better
    assert poor.costly[0].cost.low > 0.0
    assert json.loads(json.dumps(poor.to_dict(), default=str))["costly"]


def test_the_frontier_says_what_was_left() -> None:
    """On a pie nothing is left; in Stockholm it is what the frontier has at their worth."""
    seat = Seat("split-the-pie", "us", seed=2)
    while not seat.over:
        seat.decide(None)
    assert debrief(seat, delegations=5, futures=0).left == pytest.approx(0.0, abs=1e-3)


def test_futures_are_counted() -> None:
    """They know what the other side hides, so the debrief says how often they were looked at."""
    seat = Seat(STOCKHOLM, "china", seed=5)
    first = hints.futures(seat, runs=50)
    assert len(first) == 2 and seat.looked_ahead == 1
    expected = seat.game.continued("keep_still", runs=50)
    assert first[0].signed.p == np.mean(expected["events"][:, ng.outcome.EVENTS.index("deal")] > 0)


def test_a_quiz_can_be_answered_by_eye() -> None:
    """Five strategies, none twice; nothing on a list looks like the answer."""
    from negotiation.seat.quiz import _asked, _course

    asked = quiz(7)
    assert len({question.answer for question in asked}) == 5
    for question in asked:
        shown = _asked(question.demands)
        for name in set(question.options) - {question.answer}:
            assert apart(shown, _asked(_course(question.side, question.against, name)))
        assert question.source and question.named(question.answer[:20]) == question.answer
    assert asked == quiz(7)


def test_files_are_plain(tmp_path: Path) -> None:
    """A kept game is JSON that names the address of the position."""
    seat = Seat("split-the-pie", "china", seed=1)
    (tmp_path / "game.json").write_text(json.dumps(seat.to_dict()), "utf-8")
    kept = json.loads((tmp_path / "game.json").read_text("utf-8"))
    assert ng.Game.at(Scenario.of_text(kept["scenario"]), kept["address"]).point is not None
