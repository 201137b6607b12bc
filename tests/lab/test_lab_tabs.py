"""The components of the page, drawn without a browser, and what a touch does to them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import negotiation as ng
from negotiation.lab.link import parse
from negotiation.lab.subject import Subject, choose

solara = pytest.importorskip("solara", reason="Solara is not installed")


class Drawn:
    """A page that is drawn: its controls, its panels, and its state as the address has it."""

    def __init__(self, subject: Subject) -> None:
        from negotiation.lab.page import Page

        choose(subject)
        self.rendered = solara.render(Page(), handle_error=False)[1]

    def widgets(self, trait: str) -> list[Any]:
        """Everything on the page that has this to show."""
        found, left = [], [self.rendered.container]
        while left:
            widget = left.pop()
            left += [w for w in getattr(widget, "children", ()) if not isinstance(w, str)]
            found += [widget] if widget.has_trait(trait) else []
        return found

    def touch(self, key: str, value: Any = True) -> None:
        """Touch a control by its key, once it is there."""

        def has(widget: Any) -> bool:
            return key == "tick" or any(item["key"] == key for item in widget.items)

        self.until(lambda: any(map(has, self.widgets("items"))))
        next(filter(has, self.widgets("items"))).vue_event_act({"key": key, "value": value})

    @property
    def html(self) -> str:
        """All that is told."""
        return " ".join(widget.html for widget in self.widgets("html"))

    @property
    def query(self) -> str:
        """The query of the address."""
        return next(w.query for w in self.widgets("query") if w.query is not None)

    def until(self, true: Callable[[], bool]) -> None:
        """Wait until something is so: some of it is computed beside the page."""
        end = time.monotonic() + 60
        while not true():
            assert time.monotonic() < end, self.html[-500:]
            time.sleep(0.02)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Drawn]]:
    """What draws a page."""
    pages: list[Drawn] = []

    def draw(scenario: str, query: str = "", **more: Any) -> Drawn:
        subject = Subject(ng.Scenario.load(scenario), **more)
        monkeypatch.setattr("negotiation.lab.page.parse", lambda _, about: parse(query, about))
        page = Drawn(subject)
        pages.append(page)
        return page

    yield draw
    for page in pages:
        page.rendered.close()


def test_a_lever_moves_and_is_put_back(drawn: Callable[..., Drawn]) -> None:
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


def test_a_run_is_stepped_forked_and_played(drawn: Callable[..., Drawn]) -> None:
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


def test_a_wrong_place_is_said_and_left(drawn: Callable[..., Drawn]) -> None:
    """A link to a decision that cannot be so leads to a sentence and a way back."""
    page = drawn("split-the-pie", 'tab=watch&taken=3&order={"at":0,"answer":"yes"}')
    page.until(lambda: "allowed" in page.html)
    page.touch("reset")
    page.until(lambda: page.query == "tab=watch")


def test_a_game_is_solved_step_by_step(drawn: Callable[..., Drawn]) -> None:
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


def test_runs_that_stand_out_can_be_replayed(drawn: Callable[..., Drawn], tmp_path: Any) -> None:
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
