"""``negotiation tournament``: ranking, intervals, pictures, the game of choosing, refusals."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from negotiation.tactics.registry import BUILT_IN

SMALL = ("split-the-pie", "--runs", "10", "--seed", "3")
THREE = ("--strategy", "boulware", "--strategy", "linear", "--strategy", "conceder")


def test_json_is_one_object_with_every_part(negotiation: Callable[..., Result]) -> None:
    """Ranking, pairings, exploitability, equilibria and evolution under fixed keys; no files."""
    result = negotiation("tournament", *SMALL, *THREE, "--json")
    data = json.loads(result.stdout)
    assert set(data) == {
        "scenarios", "runs", "seed", "pairings", "ranking", "exploitability", "equilibria",
        "all_equilibria", "close_call", "evolution", "about",
    }  # fmt: skip
    assert len(data["pairings"]) == 9
    assert {score["strategy"] for score in data["ranking"]["us"]} == {
        "boulware", "linear", "conceder",
    }  # fmt: skip
    assert not Path("out").exists()


def test_who_concedes_later_gets_more_of_the_pie(negotiation: Callable[..., Result]) -> None:
    """Of a pie without a deadline the late conceder gets most and the early one least."""
    data = json.loads(negotiation("tournament", *SMALL, *THREE, "--json").stdout)
    for side in ("us", "china"):
        names = [score["strategy"] for score in data["ranking"][side]]
        assert names == ["boulware", "linear", "conceder"]
        assert data["evolution"][side]["boulware"] > 0.99
    equilibrium = data["equilibria"][0]
    assert equilibrium["us"] == equilibrium["china"] == {"boulware": 1.0}
    assert equilibrium["regret"] == pytest.approx(0.0, abs=1e-12)


def test_everything_says_where_it_is(negotiation: Callable[..., Result]) -> None:
    """The page ranks both sides and names pictures and numbers, which are there."""
    result = negotiation("tournament", *SMALL, *THREE)
    for part in ("United States", "exploited", "equilibria of the game", "replicator", "Next: "):
        assert part in result.stdout, part
    folder = Path("out/split-the-pie/among_boulware_linear_conceder/runs=10,seed=3")
    for name in ("tournament.json", "tournament-us.png", "tournament-china.svg"):
        assert (folder / name).stat().st_size > 0
    words = (folder / "tournament-us.txt").read_text("utf-8")
    assert "Best replies: boulware to boulware" in words
    assert json.loads((folder / "tournament.json").read_text("utf-8"))["runs"] == 10


def test_settings_that_a_scenario_gives_its_strategy_are_said_to_be_replaced(
    negotiation: Callable[..., Result], tmp_path: Path
) -> None:
    """The strategies play as they are, so the table and the next command leave the settings out."""
    from negotiation.scenario import Scenario

    firm = {"us.strategy": {"name": "boulware", "beta": 0.1}}
    path = tmp_path / "firm.toml"
    path.write_text(Scenario.load("split-the-pie").replace(firm).to_toml(), "utf-8")
    rest = ("--runs", "10", "--seed", "3", *THREE, "--json")
    result = negotiation("tournament", str(path), *rest)
    assert "us.strategy = boulware (beta 0.1): replaced; a tournament plays" in result.stderr
    assert "replaced" not in negotiation("tournament", str(path), *rest, "--quiet").stderr
    plain = negotiation("tournament", "split-the-pie", *rest)
    assert "replaced" not in plain.stderr and plain.stdout == result.stdout


def test_several_scenarios_are_averaged(negotiation: Callable[..., Result]) -> None:
    """Each pairing is played in each scenario, and the gains are their average."""
    data = json.loads(
        negotiation(
            "tournament", "split-the-pie", "stockholm-three-issues", "--runs", "5",
            "--strategy", "linear", "--json",
        ).stdout
    )  # fmt: skip
    assert data["scenarios"] == ["split-the-pie", "stockholm-three-issues"]
    both = [pairing["us_gain"]["value"] for pairing in data["pairings"]]
    assert data["ranking"]["us"][0]["gain"]["value"] == pytest.approx(sum(both) / 2)


def test_same_seed_same_answer(negotiation: Callable[..., Result]) -> None:
    """The seed decides, not the number of threads."""
    one, two = (
        negotiation("tournament", *SMALL, *THREE, "--json", "--workers", n).stdout
        for n in ("1", "2")
    )
    assert one == two


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--strategy", "boulwear"), "Did you mean 'boulware'?"),
        (("--runs", "1"), "--runs = 1 is out of range; allowed: from 2"),
        (("--runs", "1000000"), "196,000,000 runs in all; allowed: at most 50,000,000"),
        (("atlantis",), "atlantis"),
        (("--workers", "0"), "--workers = 0"),
    ],
)
def test_refusals_are_one_sentence(
    negotiation: Callable[..., Result], arguments: tuple[str, ...], words: str
) -> None:
    """Wrong input ends with code 2 and one line that says what is allowed, before any run."""
    result = negotiation("tournament", *arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_all_built_in_strategies_enter_by_default(negotiation: Callable[..., Result]) -> None:
    """Without a choice every built-in strategy plays."""
    data = json.loads(negotiation("tournament", "split-the-pie", "--runs", "2", "--json").stdout)
    assert {s["strategy"] for s in data["ranking"]["us"]} == set(BUILT_IN)
