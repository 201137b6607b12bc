"""Waiting for the other at a table of two: what the own side may see meanwhile, and no more."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

import negotiation as ng
from negotiation.lab.play_view import knows_html, table_html
from negotiation.lab.playing import Chair, Look, look
from negotiation.seat.telling import believed, so_far
from negotiation.seat.together import Together
from negotiation.strategies.view import copied

STOCKHOLM = ng.Scenario.load("stockholm-three-issues")


def waiting(seed: int, kind: str) -> tuple[Together, str]:
    """A table at which a decision of some kind waits, and the side that waits for the other."""
    table = Together(STOCKHOLM, seed=seed)
    while (point := table.point) is not None and point.kind.value != kind:
        table.seats[point.side].decide(None)
    assert point is not None
    return table, "china" if point.side == "us" else "us"


@pytest.mark.parametrize("kind", ["offer", "answer", "yield"])
def test_who_waits_sees_what_it_would_see_deciding(kind: str) -> None:
    """Calendar, beliefs, account, both standing offers with their worth to oneself; no question."""
    table, side = waiting(6, kind)
    seat = table.seats[side]
    seen = look(Chair(seat))
    assert seen.kind is None and not seen.question and not seen.answers and not seen.over
    assert seen.calendar and seen.moment.day == table.game.day
    assert seen.believes == believed(seat) and "%" in seen.believes
    assert seen.so_far == so_far(seat) and "Tension" in seen.so_far
    shown = knows_html(seen) + table_html(seen)
    assert all(line in shown for line in (seen.believes, seen.so_far, seen.hides))
    for _, worth in seen.standing.values():
        assert f"Worth {worth} to you; walking away {seen.floor}." in shown
    if kind == "answer":
        point = table.point
        assert point is not None and point.package is not None
        assert seen.standing[side][1] != ""  # one's own, which the other has before it


def test_waiting_does_not_change_what_is_seen_next() -> None:
    """Looking while one waits plays nothing on, and beliefs go on from what was seen."""
    table, side = waiting(6, "answer")
    taken, before = table.game.taken, look(Chair(table.seats[side]))
    assert look(Chair(table.seats[side])).believes == before.believes
    assert table.game.taken == taken


@pytest.mark.parametrize("kind", ["offer", "answer", "yield"])
def test_nothing_shown_depends_on_what_the_other_hides(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With another type of the other side in the same place, every line stays the same."""
    table, side = waiting(6, kind)
    seat, other = table.seats[side], int(side == "us")
    before = told(look(Chair(seat)))
    talks, world, stakes = table.game.records
    for stance in range(3):
        for resolve in range(2):
            changed: Any = copied(talks)
            changed.stance[other], changed.resolve[other] = stance, resolve
            changed.held[other] = changed.weight[other] = 0.5 * stance + 0.25
            records = property(partial(given, changed, world, stakes))
            monkeypatch.setattr(type(table.game), "records", records)
            assert told(look(Chair(seat))) == before, (stance, resolve)


def given(talks: Any, world: Any, stakes: Any, game: Any) -> tuple[Any, Any, Any]:
    """The records of a game, one of them changed."""
    del game
    return talks, world, stakes


def told(seen: Look) -> tuple[Any, ...]:
    """All words of a view, and those that are shown of them."""
    words = (seen.calendar, seen.hides, seen.believes, seen.so_far, seen.standing, seen.floor)
    return (*words, seen.news, knows_html(seen), table_html(seen))


def test_beliefs_of_a_seat_are_there_at_any_time() -> None:
    """While one decides and while one waits; of the other side, never of oneself."""
    table, side = waiting(6, "answer")
    for seat in table.seats.values():
        beliefs = seat.beliefs()
        assert sum(beliefs[name] for name in ("dove", "middle", "hawk")) == pytest.approx(1.0)
    names = {name: believed(seat) for name, seat in table.seats.items()}
    assert "China" in names["us"] and "the United States" in names["china"]
