"""``negotiation theory``: payoffs, the deadline game, its equilibria."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from typer.testing import Result


def test_json_holds_the_game(negotiation: Callable[..., Result]) -> None:
    """At the deadline of Stockholm holding out alone pays the price, and extending is the zero."""
    data = json.loads(negotiation("theory", "--json", "--set", "deadline.price=4").stdout)
    game = data["deadline_game"]
    us, china = game["payoffs"]["us"], game["payoffs"]["china"]
    assert us[0][0] == china[0][0] == 0.0
    assert us[1][0] == china[0][1] == 4.0
    assert us[1][1] < 0 and china[1][1] < 0
    assert sum(t["prior"] for t in game["types"]) == pytest.approx(2.0)


def test_averages_are_those_of_the_types(negotiation: Callable[..., Result]) -> None:
    """The average probability of holding out is that of the types, weighted by the prior."""
    game = json.loads(negotiation("theory", "--json").stdout)["deadline_game"]
    for side in ("us", "china"):
        mean = sum(t["prior"] * t["holds_out"] for t in game["types"] if t["side"] == side)
        assert mean == pytest.approx(game["logit"][side], abs=1e-9)


def test_text_has_every_part(negotiation: Callable[..., Result]) -> None:
    """Policy points, matrix, class of the game, three kinds of equilibrium, types."""
    text = negotiation("theory").stdout
    for part in (
        "the suspended points",
        "the April peak",
        "the US holds out",
        "The game is Chicken.",
        "pure: the United States holds out, China extends",
        "mixed: ",
        "logit, as the model plays it",
        "resolute",
        "Next: negotiation odds stockholm-2025",
    ):
        assert part in text, part


def test_json_has_all_of_theory(negotiation: Callable[..., Result]) -> None:
    """Payoffs, games with their classes and equilibria, solutions and thresholds, by fixed keys."""
    data = json.loads(negotiation("theory", "--json").stdout)
    assert set(data) == {
        "scenario", "version", "fingerprint", "settings", "settings_against",
        "policy_points", "deadline_game", "games", "bargaining", "thresholds",
    }  # fmt: skip
    assert set(data["games"]) == {"deadline", "tariffs", "provocation"}
    for game in data["games"].values():
        assert set(game) == {
            "actions", "payoffs", "class", "because", "classes", "dominated", "best_responses",
            "equilibria", "degenerate", "close_call", "risk_dominant", "payoff_dominant", "logit",
        }  # fmt: skip
    assert set(data["bargaining"]["solutions"]) == {
        "nash", "nash_weighted", "kalai_smorodinsky", "egalitarian", "utilitarian",
    }  # fmt: skip
    assert set(data["thresholds"]) == {"enforcement", "patience", "standoff", "ratification"}


def test_text_tells_games_solutions_and_thresholds(negotiation: Callable[..., Result]) -> None:
    """The page goes on to the other games, to what would be reasonable and to what it takes."""
    text = negotiation("theory").stdout
    for part in (
        "Laying the truce's tariffs or not",
        "New sanctions and controls between meetings",
        "Equilibrium: tariff / tariff",
        "Kalai-Smorodinsky",
        "The Nash package: fentanyl-linked tariff",
        "Patience: alternating offers give the US",
        "only resolute types are left after",
        "of the efficient packages",
    ):
        assert part in text, part


def test_a_pie_needs_few_words(negotiation: Callable[..., Result]) -> None:
    """What a scenario switches off is not told: tariffs, steps, standoff, home front."""
    text = negotiation("theory", "split-the-pie").stdout
    for absent in ("tariffs or not", "Unilateral", "Standoff", "At home"):
        assert absent not in text
    assert "nobody discounts" in text
    assert "same total, so the utilitarian one is any of them" in text
    assert "same total" not in negotiation("theory").stdout
    assert "-0.0," not in negotiation("theory", "split-the-pie", "--json").stdout


def test_no_deadline_no_game(negotiation: Callable[..., Result]) -> None:
    """Where no truce runs out there is no game, and the text says so."""
    assert "no deadline game" in negotiation("theory", "split-the-pie").stdout
    assert (
        json.loads(negotiation("theory", "split-the-pie", "--json").stdout)["deadline_game"] is None
    )
