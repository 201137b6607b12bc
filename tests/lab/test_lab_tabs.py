"""The components of the page, drawn without a browser, and what a touch does to them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from needing import needed

import negotiation as ng
from negotiation.errors import InputError
from negotiation.lab.subject import Subject
from negotiation.words.outcomes import headlines

PIE = ng.Scenario.load("split-the-pie")


def test_a_lever_moves_and_is_put_back(drawn: Callable[..., Any]) -> None:
    """The state, the odds and the drawer follow what is touched."""
    page = drawn("split-the-pie")
    page.until(lambda: "negotiations in" in page.html)
    page.touch("us.patience", 0.6)
    page.until(lambda: page.query == "us.patience=0.6")
    page.touch("pin")
    page.touch("us.patience", 0.8)
    page.until(lambda: "baseline" in page.html and "400 worlds" in page.html)
    page.until(lambda: "baseline=us.patience:0.6" in page.query)
    page.touch("us.patience", None)
    page.touch("unpin")
    page.touch("drawer", "Deadline")
    page.touch("deadline.ultimatum", 1.0)
    page.touch("deal")
    page.until(lambda: "Nothing drives it" in page.html)
    page.touch("reset")
    page.until(lambda: page.query == "")


def test_a_run_is_stepped_forked_and_played(drawn: Callable[..., Any]) -> None:
    """Every button of Watch, and a number that is none."""
    page = drawn("split-the-pie", "tab=watch")
    page.touch("share", 0.7)
    page.touch("offer")
    page.until(lambda: "order=" in page.query and "taken=1" in page.query)
    page.touch("accept")
    page.touch("reset")
    page.until(lambda: page.query == "tab=watch")
    page.touch("next")
    page.touch("play")
    page.touch("tick")
    page.touch("play")
    page.touch("step")
    page.touch("end")
    page.until(lambda: "The end" in page.html)
    page.touch("run", "x")
    page.touch("run", "7")
    page.until(lambda: page.query == "tab=watch&run=7")


def test_a_wrong_place_is_said_and_left(drawn: Callable[..., Any]) -> None:
    """A link to a decision that cannot be so leads to a sentence and a way back."""
    page = drawn("split-the-pie", 'tab=watch&taken=3&order={"at":0,"answer":"yes"}')
    page.until(lambda: "allowed" in page.html)
    page.touch("reset")
    page.until(lambda: page.query == "tab=watch")


def test_a_game_is_solved_step_by_step(drawn: Callable[..., Any]) -> None:
    """Answers come when they are asked for, and go again; payoffs are typed in."""
    page = drawn("stockholm-2025", "tab=game")
    page.until(lambda: "equilibrium" not in page.html.lower())
    for key in ("best", "dominated", "equilibria", "logit"):
        page.touch(key)
    page.until(
        lambda: "Equilibrium: give way / give way" in page.html and "Logit response" in page.html
    )
    page.touch("best")
    page.touch("game", "own")
    page.touch("payoff3", "-1")
    page.touch("payoff3", "x")
    page.touch("p", 0.25)
    page.touch("q", 1.0)
    page.until(lambda: page.query == "tab=game&game=own&payoffs=0,-5,5,-1,0,5,-5,-30&mix=0.25,1")
    page.until(lambda: "Kalai-Smorodinsky" in page.html)


def test_runs_that_stand_out_can_be_replayed(drawn: Callable[..., Any], tmp_path: Any) -> None:
    """By number, by what is typical, of a cell of a sweep, and on to Watch."""
    pie = ng.Scenario.load("split-the-pie")
    folder = tmp_path / "sweep"
    ng.sweep(ng.grid(pie, {"us.patience": [0.5, 0.9]}, replicates=4), seed=7, store=folder)
    stored = Subject.of(pie, 1, folder).stored
    page = drawn("split-the-pie", "tab=replay", stored=stored)
    page.until(lambda: "Typical runs" in page.html)
    page.touch("replayed", "3")
    page.until(lambda: "Run 3 of seed 1" in page.html)
    page.touch("cell", "1")
    page.until(
        lambda: "Run 3 of seed 7" in page.html and page.query == "tab=replay&replayed=3&cell=1"
    )
    page.touch("cell", "-1")
    page.touch("watch")
    page.until(lambda: page.query == "tab=watch&run=3&replayed=3")
    page.touch("odds")
    page.until(lambda: page.query == "run=3&replayed=3")


def test_what_cannot_be_replayed_is_said(
    drawn: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Settings that are refused together are one sentence, beside the run and beside the list."""

    def refuse(*_: Any) -> ng.Scenario:
        raise InputError("these two do not go together.")

    monkeypatch.setattr("negotiation.lab.replaying.scenario_of", refuse)
    page = drawn("split-the-pie", "tab=replay")
    page.until(lambda: page.html.count("these two do not go together.") == 2)


def test_the_first_screen_asks_before_it_tells(drawn: Callable[..., Any]) -> None:
    """No odds before the answer; then the answer beside them; it can be put away."""
    page = drawn("stockholm-three-issues", asks=True)
    page.until(lambda: "Before you look" in page.html)
    page.touch("deadline.ultimatum", 1.0)  # a lever moves meanwhile, and the odds stay hidden
    page.until(lambda: "deadline.ultimatum" in page.query)
    assert "negotiations in" not in page.html and "How it ends" not in page.html
    name = next(iter(headlines(ng.Scenario.load("stockholm-three-issues"))))
    page.touch(name, 0.9)
    page.touch("commit")
    page.until(lambda: "Your class said 90%" in page.html and "negotiations in" in page.html)
    assert page.query == "ask=no&deadline.ultimatum=1&guess=0.9,0.5"
    page.touch("why")
    page.until(lambda: "tab=watch&deadline.ultimatum=1&run=" in page.query)
    page.touch("odds")
    page.touch("away")
    page.until(lambda: "Your class said" not in page.html)


def test_two_touches_before_the_page_is_drawn_again_both_count(drawn: Callable[..., Any]) -> None:
    """A press acts upon what was set, also while another thread is drawing."""
    page = drawn("stockholm-three-issues", asks=True)
    page.until(lambda: "Before you look" in page.html)
    first, second = headlines(ng.Scenario.load("stockholm-three-issues"))
    with page.rendered:  # nothing is drawn before the end of this
        page.touch(first, 0.9)
        page.touch(second, 0.2)
        page.touch("commit")
    page.until(lambda: page.query == "ask=no&guess=0.9,0.2")

    page = drawn("stockholm-three-issues", "tab=play")
    page.until(lambda: any(item["key"] == "hand" for item in page.items))
    seats = next(w for w in page.widgets("listed") if '"hand"' in w.listed)
    with page.rendered:
        seats.vue_event_act({"key": "hand", "value": "17"})
        seats.vue_event_act({"key": "us", "value": True})
    page.until(lambda: "side=us" in page.query)
    assert "hand=17" in page.query


def test_what_is_asked_for_is_asked_of_the_levers_as_they_are(drawn: Callable[..., Any]) -> None:
    """Also where one has moved and the page has not been drawn again: else nothing would answer."""
    page = drawn("split-the-pie", "ask=no&guess=" + ",".join(["0.5"] * len(headlines(PIE))))
    page.until(lambda: "negotiations in" in page.html)
    for value, press, answer in (
        (0.6, "deal", "Nothing drives it"), (0.7, "why", "something was signed")
    ):  # fmt: skip
        with page.rendered:
            page.touch("us.patience", value)
            page.touch(press)
        page.until(lambda value=value: f"us.patience={value}" in page.query)
        page.until(lambda answer=answer: answer in page.html)


def test_what_is_answered_at_once_is_not_undone_by_the_press(
    drawn: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a press starts may change the page before the press has been dealt with: it stays."""
    page = drawn("stockholm-three-issues", "ask=no&guess=0.5,0.5")
    page.until(lambda: "negotiations in" in page.html)
    start = threading.Thread.start

    def ended(thread: threading.Thread) -> None:
        start(thread)
        thread.join(30.0)

    with monkeypatch.context() as at_once:
        at_once.setattr(threading.Thread, "start", ended)
        page.touch("why")
    page.until(lambda: "tab=watch" in page.query)


def test_of_two_threads_neither_undoes_what_the_other_put() -> None:
    """Both begin with what stands there: the second one waits for the first."""
    solara = needed("solara", "Solara is not installed")
    from negotiation.lab.latest import use_latest

    puts: list[Any] = []

    @solara.component
    def Counter() -> None:
        count, put = use_latest(0)
        puts[:] = [put]
        solara.Text(str(count.current))

    def slowly(value: int) -> int:
        time.sleep(0.05)
        return value + 1

    rendered = solara.render(Counter(), handle_error=False)[1]
    both = [threading.Thread(target=puts[0], args=(slowly,)) for _ in range(4)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert puts[0](lambda value: value) == 4
    assert rendered.container.children[0].children == ["4"]
    rendered.close()


def test_where_everybody_signs_that_is_said(drawn: Callable[..., Any]) -> None:
    """No run ends without a deal when a pie is shared: there is nothing to show.

    That was said of the levers as they were: of others nothing is looked for until somebody asks.
    """
    page = drawn("split-the-pie", "ask=no&guess=" + ",".join(["0.5"] * len(headlines(PIE))))
    page.touch("why")
    page.until(lambda: "something was signed" in page.html)
    page.touch("us.patience", 0.6)
    page.until(lambda: "us.patience=0.6" in page.query)
    page.until(lambda: "something was signed" not in page.html)
    page.touch("pin")
    page.until(lambda: "baseline=us.patience:0.6" in page.query and "400 worlds" in page.html)
    assert "something was signed" not in page.html and "looked for" not in page.html
