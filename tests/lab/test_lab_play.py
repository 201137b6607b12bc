"""Taking a side in the lab: the link, the tables of two, and the components without a browser."""

from __future__ import annotations

from typing import Any

import pytest

import negotiation as ng
from negotiation.errors import InputError
from negotiation.lab.link import State, parse, query
from negotiation.lab.play_link import Play
from negotiation.lab.play_view import moved, sliders
from negotiation.lab.playing import look, place_of, seated
from negotiation.lab.tables import Tables
from negotiation.seat.together import Together

PIE = ng.Scenario.load("split-the-pie")


def test_a_link_holds_a_game_whole() -> None:
    """What a link restores is the position: decisions, what was taken back and looked at."""
    chair = seated(PIE, Play(side="china", hand=3))
    seat = chair.seat
    seat.decide("refuse")
    seat.decide(seat.draft().for_them().package)
    seat.take_back()
    seat.decide(None)  # left to the rule: no order, and an own decision all the same
    seat.looked_ahead = 2
    place = place_of(seat, Play())
    text = query(State(tab="play", play=place))
    state, wrong = parse(text, PIE)
    assert (state.play, wrong, query(state)) == (place, [], text)
    again = seated(PIE, state.play).seat
    assert again.before == seat.before and again.point == seat.point
    assert again.looked_ahead == 2 and [one["kind"] for one in again.taken_back] == ["offer"]


@pytest.mark.parametrize(
    "part", ["side=them", "hand=-1", "hand=x", "at=99999", "table=a b", "undone=2025-1-1:offer",
             "undone=2025-01-01:dance", "move=[]", "looked=1e3"],
)  # fmt: skip
def test_a_wrong_part_is_left_out_and_said(part: str) -> None:
    """As everywhere in the link."""
    state, wrong = parse(f"tab=play&{part}", PIE)
    assert state.play == Play() and len(wrong) == 1 and part.split("=")[0] in wrong[0]


def test_a_slider_sets_its_term_in_its_own_unit() -> None:
    """What the slider says at a step is what the offer then has."""
    seat = seated(ng.Scenario.load("stockholm-three-issues"), Play(side="china", hand=5)).seat
    while seat.waiting().kind.value != "offer":
        seat.decide(None)
    draft = seat.draft()
    mine, theirs = (sliders(draft, ours=ours) for ours in (True, False))
    assert len(mine) + len(theirs) == len(draft.package)
    for one in (*mine, *theirs):
        for step in (0, 13, 40):
            assert moved(draft, one["key"], step).amount(one["key"]) == one["words"][step]


def test_who_sits_where() -> None:
    """An invitation gives one seat, once, and its browser gets that one again; then it is full."""
    tables = Tables(most=2)
    mine = tables.open(PIE, "china", "A")
    table = tables.at(mine).table
    assert tables.at(table.invitation).side is None
    theirs = tables.join(table.invitation, "B")
    assert (tables.at(mine).side, tables.at(theirs).side) == ("china", "us")
    assert tables.join(table.invitation, "B") == theirs
    assert tables.join(table.invitation, "A") == mine
    with pytest.raises(InputError, match="Both seats"):
        tables.join(table.invitation, "C")
    with pytest.raises(InputError, match="no such table"):
        tables.at(mine[:-1])
    assert len({mine, theirs, table.invitation}) == 3 and min(map(len, (mine, theirs))) >= 20


def test_one_browser_may_hold_both_seats() -> None:
    """Two windows of one browser are two people, too."""
    tables = Tables()
    mine = tables.open(PIE, "us", "A")
    theirs = tables.join(tables.at(mine).table.invitation, "A")
    assert {tables.at(mine).side, tables.at(theirs).side} == {"us", "china"}


def test_tables_are_bounded_and_expire() -> None:
    """As many as there may be, and room again once nobody has moved at one for hours."""
    now = [0.0]
    tables = Tables(most=2, hours=1.0, clock=lambda: now[0])
    first = tables.open(PIE, "us", "A")
    now[0] = 3000.0
    tables.open(PIE, "us", "A")
    with pytest.raises(InputError, match="All 2 tables"):
        tables.open(PIE, "us", "A")
    now[0] = 3700.0
    tables.open(PIE, "us", "A")
    with pytest.raises(InputError, match="no such table"):
        tables.at(first)
    # a game that is over is kept for ten minutes of the hour
    last = tables.at(next(iter(tables.places))).table
    last.together.game.play()
    last.tell(now[0])
    now[0] += 700.0
    with pytest.raises(InputError, match="no such table"):
        tables.at(last.invitation)


def test_a_game_of_two_waits_for_whoever_decides() -> None:
    """Neither decides for the other; a standing answer goes on by itself; nothing is undone."""
    table = Together(PIE, seed=4)
    us, china = table.seats["us"], table.seats["china"]
    assert not china.over
    with pytest.raises(InputError, match="for the United States to decide"):
        china.decide("refuse")
    us.decide(us.draft().package)
    china.decide("refuse", keep=True)
    with pytest.raises(InputError, match="cannot be taken back"):
        china.take_back()
    china.decide(china.draft().package)
    us.decide("refuse")
    us.decide(us.draft().for_them().package)
    point = china.point  # refused again without being asked
    assert point is not None and point.kind.value == "offer"
    twin = china.aside()
    twin.decide(None)
    assert china.point == point and twin.game.taken > table.game.taken


def test_a_side_sees_nothing_of_what_the_other_hides() -> None:
    """What is shown at a table of two does not change with the other's type."""
    stockholm = ng.Scenario.load("stockholm-three-issues")
    seats = Together(stockholm, seed=6).seats
    from negotiation.lab.playing import Chair

    for side, other in (("us", "china"), ("china", "us")):
        seen = look(Chair(seats[side]))
        shown = " ".join(map(str, (seen.hides, seen.believes, *seen.news, seen.question)))
        assert seats[side].own_type() in shown and seats[other].own_type() not in shown


def test_a_game_is_played_to_the_debrief_without_a_browser(drawn: Any) -> None:
    """Every button of a game against the rules, hints and taking back among them."""
    page = drawn("split-the-pie", "tab=play&side=china&hand=1")
    page.touch("theory")
    page.until(lambda: "Rubinstein 1982" in page.html)
    page.touch("refuse")
    page.until(lambda: "Put it on the table" in labels(page))
    page.touch("them")
    page.touch("swap")
    page.until(lambda: "No swap is left" in page.html)
    page.touch("theory")
    page.until(lambda: "Draft it: nash" in labels(page))
    page.touch("nash")
    page.touch("offer")
    page.until(lambda: "move=" in page.query and "package" in page.query)
    page.touch("back")
    page.until(lambda: "undone=2025" in page.query and "accept" not in keys(page))
    page.until(lambda: "Draft it: nash" not in labels(page))  # all of it is drawn anew
    page.touch("futures")
    page.until(lambda: "looked=1" in page.query and "Your score" in page.html)
    page.touch("offer")
    page.until(lambda: "accept" in keys(page))
    page.touch("keep")
    page.touch("accept")
    page.until(lambda: "Where you left money" in page.html and "The offers" in page.html)
    assert "You took back 1 decision" in page.html and "You looked at the futures" in page.html
    page.touch("leave")
    page.touch("back")
    page.until(lambda: "Where you left money" in page.html)


def test_a_quiz_is_answered_without_a_browser(drawn: Any) -> None:
    """Five rounds, each answer with its source, and the score."""
    from negotiation.lab.quiz_tab import known

    page = drawn("split-the-pie", "tab=play&quiz=3")
    for number, one in enumerate(known(3), 1):
        page.until(lambda number=number: f"Round {number} of 5" in page.html)
        page.touch(one.answer)
        page.until(lambda one=one: f"Right: {one.answer}." in page.html)
        assert one.source.split(",")[0] in page.html
    page.until(lambda: "You named 5 of 5." in page.html)


def labels(page: Any) -> set[str]:
    """What stands on the controls of a page."""
    return {item["label"] for item in page.items}


def keys(page: Any) -> set[str]:
    """What the controls of a page are."""
    return {item["key"] for item in page.items}
