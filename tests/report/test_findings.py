"""Numbers looked up in a sweep, and the page written from them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from findings import Answers, Findings, change_text

import negotiation as ng
from negotiation.errors import InputError
from negotiation.words.numbers import odds_text

PRICE, OUTCOME = "deadline.ultimatum", "first_deadline_extended"


@pytest.fixture(scope="module")
def answers(store: Path) -> Answers:
    """What the small sweep says; its baseline is the cheapest deadline."""
    return Answers(ng.sweep.Results.load(store))


def test_a_contrast_with_the_baseline_is_the_paired_difference(answers: Answers) -> None:
    """One cell less the baseline has the interval of pairs, give or take Bonett's centring."""
    there = answers.change(OUTCOME, {PRICE: 8})
    contrast = answers.contrast(OUTCOME, [(1, {PRICE: 8}), (-1, {PRICE: 1})])
    assert contrast.difference == pytest.approx(there.difference, abs=1e-12)
    assert contrast.high - contrast.low == pytest.approx(there.high - there.low, abs=1e-12)


def test_the_bound_of_a_contrast_is_no_narrower_than_pairs(answers: Answers) -> None:
    """Two cells that are no baseline: the bound covers the interval of their own pairs."""
    bound = answers.contrast(OUTCOME, [(1, {PRICE: 8}), (-1, {PRICE: 3})])
    scenario = ng.Scenario.load("stockholm-three-issues")
    design = replace(ng.grid(scenario, {PRICE: [1, 3, 8]}, replicates=200), baseline=1)
    pairs = Answers(ng.sweep(design, seed=5)).change(OUTCOME, {PRICE: 8})
    assert bound.difference == pytest.approx(pairs.difference, abs=1e-12)
    assert bound.high - bound.low >= pairs.high - pairs.low - 1e-12


def test_weights_that_do_not_add_up_and_cells_that_are_not_there_are_refused(
    answers: Answers,
) -> None:
    """A sentence about levels would have no such interval; a lookup never guesses."""
    with pytest.raises(InputError, match="add up to zero"):
        answers.contrast(OUTCOME, [(1, {PRICE: 8})])
    with pytest.raises(InputError, match="exactly one"):
        answers.cell({PRICE: 7})


def test_the_page_holds_what_the_sweep_says(store: Path, tmp_path: Path) -> None:
    """Odds, change and verdict come from the results; the pictures lie beside the page."""
    folder = tmp_path / "experiments" / "price"
    folder.mkdir(parents=True)
    (folder / "question.md").write_text("# Does it hold?\n")
    found = Findings(store, folder / "question.md")
    found.folder = tmp_path / "out"
    found.folder.mkdir()
    odds = odds_text(found.answers.odds(OUTCOME))
    found.say(f"Extended: {odds}.")
    found.mind("That it holds.", None, change_text(found.answers.change(OUTCOME, {PRICE: 8})))
    table = found.results.odds(by=PRICE, outcomes=OUTCOME)
    from negotiation.plots.along import along

    found.picture(along(table, x=PRICE, outcomes=[OUTCOME]), "price", "By price.")
    text = found.write().read_text("utf-8")
    assert text.startswith("# Does it hold?\n")
    assert f"Extended: {odds}." in text and "3 cells of 200 runs" in text
    assert "cannot tell" in text
    assert {p.name for p in found.folder.iterdir()} == {
        "findings.md", "summary.csv", "findings.png", "findings.svg", "findings.txt",
    }  # fmt: skip
