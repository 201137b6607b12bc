"""What is said beside a number: who says so, what its section does, what the baseline has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import negotiation as ng
from negotiation.lab.levers import SHOWN, levers
from negotiation.lab.odds_view import details_html, headlines_html
from negotiation.lab.study import answers
from negotiation.shipped import shipped
from negotiation.words.levers import PLAIN

STOCKHOLM = ng.Scenario.load("stockholm-2025")


@pytest.mark.parametrize("name", shipped())
def test_every_number_of_the_drawer_is_told_of(name: str) -> None:
    """A sentence on what its section does, with the scenario's own sides; no empty name in it."""
    for lever in levers(ng.Scenario.load(name)):
        assert lever.about.endswith("."), lever.path
        assert "{" not in lever.about + lever.help, lever.path
        assert ".." not in lever.help.replace("...", "") and "Source: ours" not in lever.help, (
            lever.path
        )


def test_a_number_that_somebody_stated_says_who() -> None:
    """Of Stockholm's numbers in the drawer, each that has a source or a reason tells it."""
    numbers = dict(STOCKHOLM.numbers())
    silent = [
        lever.path
        for lever in levers(STOCKHOLM)[SHOWN:]
        if "Source: " not in lever.help and "Our reason: " not in lever.help
    ]
    silent = [path for path in silent if path not in PLAIN]  # these have a sentence of their own
    assert all(
        numbers[path].source in ("", "ours") or numbers[path].source.startswith("not stated")
        for path in silent
    )
    cut = next(lever for lever in levers(STOCKHOLM) if lever.path == "rare_earths.cut_peak")
    assert cut.help.endswith(f"Source: {STOCKHOLM.sources['magnets']}: the cut of May 2025.")


def test_the_odds_of_the_baseline_stand_beside_the_present_ones() -> None:
    """They are those that the baseline has by itself, with their interval."""
    dear = STOCKHOLM.replace({"deadline.ultimatum": 5.0})
    alone = next(answers(STOCKHOLM, seed=8)).headlines
    beside = next(answers(dear, seed=8, baseline=STOCKHOLM))
    for one, there in zip(beside.headlines, alone, strict=True):
        assert one.before == there.odds
        assert one.change is not None
        assert one.odds.p - one.change.p == pytest.approx(there.odds.p)
    shown = headlines_html(beside)
    assert shown.count("The baseline: ") == len(alone)
    assert "against the baseline, " in details_html(beside, dear)
    assert "The baseline: " not in headlines_html(next(answers(STOCKHOLM, seed=8)))


def test_replay_names_endings_as_the_scenario_does(drawn: Callable[..., Any]) -> None:
    """In May 2019 there was no truce: a date was put off or past, and no button speaks of one."""
    page = drawn("phase-one-2019", "tab=replay")
    page.until(lambda: any("typical one" in item["label"] for item in page.items))
    labels = [item["label"] for item in page.items if "(run " in item["label"]]
    own = ("Put off, nothing signed: ", "Date past: ")
    assert any(label.startswith(own) for label in labels)
    assert not any(label.startswith(("Truce", "Truce lapsed")) for label in labels)
