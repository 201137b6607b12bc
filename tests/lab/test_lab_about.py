"""A link says which scenario, seed and sweep it is about, and leads back to them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

import negotiation as ng
from negotiation.lab.about_link import about, about_parts
from negotiation.lab.link import State, query
from negotiation.lab.subject import Subject

PIE = ng.Scenario.load("split-the-pie")
MINE = Subject(PIE, seed=3)


def test_a_link_leads_back_in_a_lab_that_shows_something_else() -> None:
    """The scenario of the package and the seed are the link's, not those of the lab."""
    there = Subject(ng.Scenario.load("stockholm-three-issues"), seed=12)
    found, wrong = about(query(State(tab="watch"), about_parts(there)), MINE)
    assert wrong == []
    assert (found.scenario, found.seed) == (there.scenario, 12)


def test_a_seed_of_thousands_of_digits_is_left_out() -> None:
    """With a sentence, however it begins."""
    found, wrong = about("seed=" + "0" * 20 + "9" * 5000, MINE)
    assert found == MINE and len(wrong) == 1 and "expected a whole number" in wrong[0]


def test_a_lab_with_settings_of_its_own_keeps_them_and_says_that_the_link_had_others() -> None:
    """A link made with another patience is told so; one made in this lab says nothing."""
    other = Subject(PIE.replace({"us.patience": 0.5}), seed=3)
    found, wrong = about(urlencode(about_parts(other)), MINE)
    assert found == MINE and len(wrong) == 1 and "other settings of split-the-pie" in wrong[0]
    assert about(urlencode(about_parts(MINE)), MINE) == (MINE, [])


def test_a_sweep_is_known_again_and_never_opened_for_a_link(tmp_path: Path) -> None:
    """The lab that has it says nothing; one that has none, or another, says how to open it."""
    folders = [tmp_path / name for name in ("first", "second")]
    for folder, values in zip(folders, ([0.5, 0.9], [0.6, 0.8]), strict=True):
        ng.sweep(ng.grid(PIE, {"us.patience": values}, replicates=4), seed=7, store=folder)
    has, another = (Subject.of(PIE, 3, folder) for folder in folders)
    link = urlencode(about_parts(has))
    assert about(link, has) == (has, [])
    for lab in (MINE, another):
        found, wrong = about(link, lab)
        assert found == lab and found.stored is lab.stored
        assert len(wrong) == 1 and "--sweep" in wrong[0] and "'first'" in wrong[0]


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("scenario=/etc/passwd", "this lab shows split-the-pie"),
        ("scenario=../x", "this lab shows split-the-pie"),
        ("seed=-1", "whole number"),
        ("seed=99999999999999999999", "whole number"),
        ("seed=\N{SUPERSCRIPT TWO}", "whole number"),
        ("sweep=../../x:y", "--sweep"),
    ],
)
def test_what_a_link_may_not_ask_for_is_left_out_and_said(part: str, said: str) -> None:
    """The lab stays as it is, with a sentence."""
    found, wrong = about(part, MINE)
    assert found == MINE and len(wrong) == 1 and said in wrong[0]


@given(st.text())
def test_no_link_does_harm(text: str) -> None:
    """Whatever stands in it, the lab shows something."""
    found, _ = about(f"scenario={text}&seed={text}&sweep={text}&settings={text}", MINE)
    assert found.scenario.name


def test_the_page_shows_what_the_link_is_about(drawn: Callable[..., Any]) -> None:
    """A lab of Stockholm that is asked for the pie with another seed shows that, and says so."""
    page = drawn("stockholm-2025", "scenario=split-the-pie&seed=44&tab=replay&replayed=2")
    page.until(lambda: "Run 2 of seed 44" in page.html)
    assert PIE.title in page.html
    whole = next(w.query for w in page.widgets("query") if w.query is not None)
    assert dict(parse_qsl(whole))["scenario"] == "split-the-pie"
    assert dict(parse_qsl(whole))["seed"] == "44"
