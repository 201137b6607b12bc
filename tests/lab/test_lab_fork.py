"""A decision taken otherwise: where it is marked, and the course of the rules beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

import negotiation as ng
from negotiation.lab.fork_view import both_html, changed_html, fork_summary, marks
from negotiation.lab.forking import beside
from negotiation.lab.watch_view import now_html, transcript_html
from negotiation.lab.watching import Scene, after_a_decision, after_it_all, watched
from negotiation.words.outcomes import ending_label
from negotiation.words.scene import capital

STOCKHOLM = ng.Scenario.load("stockholm-2025")
PIE = ng.Scenario.load("split-the-pie")


def at(kind: str, run: int = 0) -> Scene:
    """Stockholm where a decision of some kind waits."""
    scene = watched(STOCKHOLM, 1, run, 0, ())
    while scene.asked is None or scene.asked.kind != kind:
        assert scene.asked is not None
        scene = watched(STOCKHOLM, 1, run, *after_a_decision(scene))
    return scene


def forked(scene: Scene, choice: Any) -> Scene:
    """The scene after a decision that is taken so."""
    return watched(scene.scenario, scene.seed, scene.run, *after_a_decision(scene, choice))


def ended(scene: Scene) -> Scene:
    """The scene at the horizon, the rest left to the rules."""
    return watched(scene.scenario, scene.seed, scene.run, *after_it_all(scene))


def test_a_run_left_to_the_rules_is_held_against_nothing() -> None:
    """There is no fork to be shown."""
    assert beside(at("propose")) is None


def test_the_course_of_the_rules_is_kept_beside_the_fork() -> None:
    """It is the run that `negotiation run` prints; the difference is between both accounts."""
    scene = at("propose")
    end = ended(forked(scene, "demand"))
    found, whole = beside(end), ng.run(STOCKHOLM, seed=1, run=0)
    assert found is not None and found.gains is not None
    assert found.talks == whole
    assert found.gains == {s: (end.talks.account[s], whole.account[s]) for s in ("us", "china")}
    (fork,) = found.forks
    assert (fork.side, fork.kind, fork.chosen, fork.by_rule) == (
        ("china", "propose", "demand", "even")
    )
    assert fork.day == scene.day and fork.events == len(scene.talks.events) and not fork.same
    told = re.sub("<[^>]+>", " ", changed_html(end, found))
    assert "Decided otherwise for China: demand. Its own rule: even." in told
    assert end.talks.outcome != whole.outcome
    for talks in (end.talks, whole):
        assert capital(ending_label(talks.outcome, STOCKHOLM)) in told


def test_before_the_end_both_stand_in_the_same_week() -> None:
    """Nothing that the rules bring later is given away; gains are those of the same day."""
    scene = forked(at("propose"), "demand")
    for _ in range(12):
        scene = watched(STOCKHOLM, 1, 0, *after_a_decision(scene))
    found = beside(scene)
    assert found is not None and found.gains is not None and not scene.over
    assert all(event.day < scene.day + 7.0 for event in found.talks.events)
    whole = ng.run(STOCKHOLM, seed=1, run=0)
    assert len(found.talks.events) < len(whole.events)
    then = whole.history()
    row = then[then["day"] == scene.day][0]
    assert [found.gains[s][1] for s in ("us", "china")] == row["account"].tolist()
    assert found.gains["us"][0] < found.gains["us"][1]  # penalties are in force as decided


def test_calendar_and_transcript_show_where_it_was_forked() -> None:
    """A mark on its day, with its line in the legend, and a line before what followed."""
    scene = at("answer")
    later = ended(forked(scene, "accept"))
    found = beside(later)
    assert found is not None
    calendar = now_html(later, [fork.day for fork in found.forks])
    assert calendar.count('<i class="fork"') == 2 and "decided otherwise" in calendar
    assert "decided otherwise" not in now_html(later)
    lines = re.findall(r"<li.*?</li>", transcript_html(later, marks(found.forks, STOCKHOLM)))
    place = next(k for k, line in enumerate(lines) if 'class="fork"' in line)
    assert place == len(scene.talks.events)
    both = both_html(later, found)
    assert both.count("<ol>") == 2 and both.count('class="fork"') == 1
    assert f"Up to there both are alike: {place} event" in both


def test_an_order_that_the_rule_would_have_given_is_no_other_course() -> None:
    """It says so, and nothing differs."""
    end = ended(forked(at("propose"), "even"))
    found = beside(end)
    assert found is not None and found.gains is not None and found.forks[0].same
    assert "as by its own rule" in fork_summary(found.forks[0], STOCKHOLM)
    assert all(mine == theirs for mine, theirs in found.gains.values())
    assert "the same" in changed_html(end, found)


def test_an_offer_is_told_by_what_it_asks_for() -> None:
    """Shares of what there is: the one that was set, and the rule's own."""
    scene = watched(PIE, 1, 0, 0, ())
    assert scene.asked is not None and scene.asked.share is not None
    found = beside(forked(scene, 0.6))
    assert found is not None
    assert found.forks[0].chosen == pytest.approx(0.6)
    assert found.forks[0].by_rule == pytest.approx(scene.asked.share)
    assert "ask for 60% of what there is for it" in fork_summary(found.forks[0], PIE)


def test_where_gains_are_not_money_only_what_is_signed_counts() -> None:
    """A side of the pie has gained nothing yet while it negotiates."""
    points = PIE.replace({"unit": "points"})
    scene = forked(watched(points, 1, 0, 1, ()), "accept")
    found = beside(ended(scene))
    assert found is not None and found.gains is not None
    assert found.gains["us"][0] == ended(scene).talks.gains["us"]


def test_other_luck_after_a_decision_is_said() -> None:
    """A link may change the luck: then not all of the difference is the decision's."""
    scene = at("propose")
    order = json.dumps({"at": scene.taken, "answer": "no", "luck": 7})
    later = watched(STOCKHOLM, 1, 0, scene.taken + 1, (order,))
    found = beside(later)
    assert found is not None and found.forks[0].luck
    assert "The luck differs too" in changed_html(later, found)


def test_several_decisions_are_told_one_by_one() -> None:
    """Each with what its rule would have chosen after those before it."""
    scene = forked(at("propose"), "demand")
    while scene.asked is None or scene.asked.kind != "yield":
        scene = watched(STOCKHOLM, 1, 0, *after_a_decision(scene))
    scene = forked(scene, "give_in")
    found = beside(scene)
    assert found is not None
    assert [fork.kind.value for fork in found.forks] == ["propose", "yield"]
    assert "What 2 decisions changed" in changed_html(scene, found)


def test_a_fork_on_the_page(drawn: Callable[..., Any]) -> None:
    """Deciding otherwise brings the comparison, and resetting takes it away."""
    page = drawn("split-the-pie", "tab=watch&taken=1")
    page.touch("accept")
    page.until(lambda: "What the decision changed" in page.html)
    assert "Side by side from there on" in page.html
    page.touch("reset")
    page.until(lambda: "What the decision changed" not in page.html)
