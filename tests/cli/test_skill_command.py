"""``negotiation skill`` scores rivals and a model, writes tables, and refuses in a sentence."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from negotiation.cli import skill_text
from negotiation.history.codes import Outcome
from negotiation.skill import trees, whole

Command = Callable[..., Result]
HEAD = "id,date,sender,target,binding,regime_before,leaders,outcome,mutual,cluster"
ROW = "A,2025-08-11,US,China,hard,truce_or_pause,none,extended_or_paused,mutual,CN 2025"
CODES = [code.value for code in Outcome]


@pytest.fixture(autouse=True)
def _without_trees(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hundred fits of trees take half a minute; they are tested by themselves."""
    for module in (trees, whole):
        monkeypatch.setattr(module, "available", lambda: False)


def test_own_decisions_are_scored_beside_a_model(negotiation: Command) -> None:
    """The page, the JSON, the folder and the table say the same of one decision and its model."""
    Path("mine.csv").write_text(f"{HEAD}\n{ROW}\n")
    Path("model.csv").write_text(f"id,{','.join(CODES)}\nA,0.05,0.05,0.7,0.1,0.1\n")
    asked = ("skill", "--rows", "mine.csv", "--model", "model.csv", "--quiet")
    done = negotiation(*asked, "--json", "--out", "here", "--csv", "t.csv")
    told = json.loads(done.stdout)
    assert told == json.loads(Path("here/skill.json").read_text())
    by_dispute = told["splits"]["dispute"]
    assert (by_dispute["n"], by_dispute["disputes"]) == (1, 1)
    assert by_dispute["learned_from"] == [116, 116]  # 120 less four of the same dispute
    brier = 0.05**2 + 0.05**2 + 0.3**2 + 0.1**2 + 0.1**2
    assert by_dispute["scores"]["model"]["brier"]["value"] == pytest.approx(brier)
    with Path("t.csv").open(newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["forecaster"] == "model"]
    assert float(rows[0]["value"]) == pytest.approx(brier)
    with Path("here/forecasts.csv").open(newline="") as file:
        given = [r for r in csv.DictReader(file) if r["forecaster"] == "model"]
    shown = [float(given[0][f"probabilities.{code}"]) for code in CODES]
    assert shown == pytest.approx([0.05, 0.05, 0.7, 0.1, 0.1])
    page = negotiation(*asked, "--out", "here").stdout
    assert "1 decision in 1 dispute" in page and skill_text.NO_TREES in page
    assert "Outcomes permuted within strata, forecasts as they are, 2,000 times" in page
    other = negotiation(*asked, "--second-reading", "--out", "here")
    assert other.exit_code == 2 and "answers another question (reading first" in other.stderr


def test_what_is_wrong_is_a_sentence(negotiation: Command) -> None:
    """A code misspelt, a sum that is not 1, a decision without a forecast, nothing to score."""
    Path("mine.csv").write_text(f"{HEAD}\n{ROW}\n")
    for rows, model, said in (
        (ROW.replace("hard", "hrad"), "A,0.2,0.2,0.2,0.2,0.2", "Did you mean 'hard'?"),
        (ROW, "A,0.2,0.2,0.2,0.2,0.1", "sum to 0.9; expected five from 0 to 1"),
        (ROW, "B,0.2,0.2,0.2,0.2,0.2", "forecast of decision 'A' does not exist"),
        (ROW, "A,0.2,0.2,x,0.2,0.2", "'x' is no number"),
        (ROW.replace("2025-", "2015-"), "A,0.2,0.2,0.2,0.2,0.2", "no decision to score among 1"),
    ):
        Path("mine.csv").write_text(f"{HEAD}\n{rows}\n")
        Path("model.csv").write_text(f"id,{','.join(CODES)}\n{model}\n")
        refused = negotiation("skill", "--rows", "mine.csv", "--model", "model.csv", "--quiet")
        assert refused.exit_code == 2 and said in refused.stderr, refused.stderr
    assert negotiation("skill", "--permutations", "-1").exit_code == 2


@pytest.mark.long
def test_rivals_can_be_fitted_to_permuted_outcomes(negotiation: Command) -> None:
    """Asked for, the page has the test of each rival."""
    Path("mine.csv").write_text(f"{HEAD}\n{ROW}\n")
    page = negotiation("skill", "--rows", "mine.csv", "--permutations", "2", "--quiet").stdout
    assert "all fitted anew, five parts of whole disputes left out, 2 times" in page
