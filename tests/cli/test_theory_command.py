"""``negotiation theory``: payoffs, the first deadline, games, solutions, thresholds."""

from __future__ import annotations

import json
from functools import cache

import pytest
from typer.testing import CliRunner

from negotiation.cli.app import app


@cache
def theory(*arguments: str) -> str:
    """Return what ``negotiation theory`` prints; it is asked once for all tests."""
    result = CliRunner().invoke(app(), ["theory", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_json_holds_the_first_deadline() -> None:
    """What the date comes to is exactly one of four, and who may be asked for what sums to one."""
    date = json.loads(theory("--json"))["deadline"]
    assert set(date["outcomes"]) == {"even", "us_gives", "china_gives", "no_agreement"}
    assert sum(date["outcomes"].values()) == pytest.approx(1.0)
    assert sum(date["lengths"].values()) == pytest.approx(1.0)
    for side in ("us", "china"):
        asked = [d["chance"] for d in date["demands"] if d["side"] == side]
        assert sum(asked) == pytest.approx(1.0)
        assert date["learned"][side] > date["believed"][side] > 0.0
        assert max(date["no_truce"][side].values()) < 0.0


def test_a_dearer_demand_is_made_less_often() -> None:
    """What naming a price costs keeps both sides from naming one."""
    cheap, dear = (json.loads(theory("--json", "--set", f"deadline.ultimatum={x}")) for x in (0, 4))
    for side in ("us", "china"):
        assert dear["deadline"]["speaks"][side] < cheap["deadline"]["speaks"][side]
        assert dear["deadline"]["replies"][side] < cheap["deadline"]["replies"][side]
    assert dear["deadline"]["outcomes"]["even"] > cheap["deadline"]["outcomes"]["even"]


def test_text_has_every_part() -> None:
    """Policy points, what is asked for, how the date is played, what it comes to."""
    text = theory()
    for part in (
        "the suspended points",
        "the April peak",
        "who asks for what as the price of the truce",
        "fentanyl tariff",
        "makes a demand when it speaks first",
        "gives in to a demand, if ordinary",
        "what no truce then costs its resolute type",
        "So the truce is extended on even terms with",
        "An even truce is agreed for: 30 days",
        "Next: negotiation odds stockholm-2025",
    ):
        assert part in text, part


def test_json_has_all_of_theory() -> None:
    """Payoffs, games with their classes and equilibria, solutions and thresholds, by fixed keys."""
    data = json.loads(theory("--json"))
    assert set(data) == {
        "scenario", "version", "fingerprint", "settings", "settings_against",
        "policy_points", "deadline", "games", "bargaining", "thresholds",
    }  # fmt: skip
    assert set(data["games"]) == {"tariffs", "provocation"}
    for game in data["games"].values():
        assert set(game) == {
            "actions", "payoffs", "class", "because", "classes", "dominated", "best_responses",
            "equilibria", "degenerate", "close_call", "risk_dominant", "payoff_dominant", "logit",
        }  # fmt: skip
    assert set(data["bargaining"]["solutions"]) == {
        "nash", "nash_weighted", "kalai_smorodinsky", "egalitarian", "utilitarian",
    }  # fmt: skip
    assert set(data["thresholds"]) == {"enforcement", "patience", "ratification"}


def test_text_tells_games_solutions_and_thresholds() -> None:
    """The page goes on to the other games, to what would be reasonable and to what it takes."""
    text = theory()
    for part in (
        "Laying the truce's tariffs or not",
        "New sanctions and controls between meetings",
        "Equilibrium: tariff / tariff",
        "Kalai-Smorodinsky",
        "The Nash package: fentanyl-linked tariff",
        "Patience: alternating offers give the US",
        "of the efficient packages",
    ):
        assert part in text, part


def test_a_pie_needs_few_words() -> None:
    """What a scenario switches off is not told: tariffs, steps, home front."""
    text = theory("split-the-pie")
    for absent in ("tariffs or not", "New sanctions", "price of the truce", "At home"):
        assert absent not in text
    assert "nobody discounts" in text
    assert "same total, so the utilitarian one is any of them" in text
    assert "same total" not in theory()
    assert "-0.0," not in theory("split-the-pie", "--json")


def test_no_deadline_no_game() -> None:
    """Where no truce runs out there is no deadline to play, and the text says so."""
    assert "there is no deadline to play" in theory("split-the-pie")
    assert json.loads(theory("split-the-pie", "--json"))["deadline"] is None
