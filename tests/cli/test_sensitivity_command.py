"""``negotiation sensitivity``: what drives the odds, four ways, with intervals."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Command = Callable[..., Result]
# The extension hangs on what a demand costs, and hardly on what a later summit is worth.
TWO = ("--number", "deadline.ultimatum", "--number", "us.summit_value")
ASKED = ("stockholm-2025", "--outcome", "first_deadline_extended", *TWO, "--runs", "50", "--quiet")
SIZE = {"sobol": "16", "morris": "8", "prcc": "64", "one-at-a-time": "8"}


@pytest.mark.parametrize("method", list(SIZE))
def test_each_method_finds_the_driver(negotiation: Command, method: str) -> None:
    """What a demand costs drives the extension more than the value of a later summit does."""
    result = negotiation("sensitivity", *ASKED, "--method", method, "--samples", SIZE[method])
    assert result.exit_code == 0, result.stderr
    assert result.stdout.index("deadline.ultimatum") < result.stdout.index("us.summit_value")
    assert "in this model" in result.stdout
    assert "95% intervals" in result.stdout


@pytest.mark.parametrize("method", ["morris", "one-at-a-time"])
def test_json_is_one_object(negotiation: Command, method: str) -> None:
    """--json prints one object without NaN: morris' sigma, which has no interval, has nulls."""
    result = negotiation("sensitivity", *ASKED, "--method", method, "--samples", "8", "--json")
    data = json.loads(result.stdout, parse_constant=pytest.fail)
    assert (data["scenario"], data["method"], data["seed"]) == ("stockholm-2025", method, 1)
    assert {row["factor"] for row in data["rows"]} == {"deadline.ultimatum", "us.summit_value"}
    assert data["rows"][0]["low"] <= data["rows"][0]["value"] <= data["rows"][0]["high"]


def test_same_seed_same_answer_on_any_number_of_workers(negotiation: Command) -> None:
    """Threads change nothing."""
    asked = (*ASKED, "--method", "morris", "--samples", "4", "--json")
    one, three = (negotiation("sensitivity", *asked, "--workers", n).stdout for n in ("1", "3"))
    assert one == three != ""


def test_a_picture_with_its_words(negotiation: Command, tmp_path: Path) -> None:
    """With --out there is a picture, what it shows in words, and the numbers."""
    negotiation("sensitivity", *ASKED, "--method", "sobol", "--samples", "8", "--out", "here")
    assert {path.name for path in (tmp_path / "here").iterdir()} == {
        "sensitivity.json", "sensitivity-sobol.png", "sensitivity-sobol.svg",
        "sensitivity-sobol.txt",
    }  # fmt: skip
    assert "deadline.ultimatum" in (tmp_path / "here/sensitivity-sobol.txt").read_text()


def test_groups_and_pairs(negotiation: Command, tmp_path: Path) -> None:
    """A group is one driver; a pair is a row, a line and a bar of a picture of its own."""
    asked = ("--samples", "8", "--pairs", "--group", "price=deadline.ultimatum", "--out", "here")
    said = negotiation("sensitivity", *ASKED, *asked).stdout
    assert "us.summit_value with price" in said or "price with us.summit_value" in said
    assert "price: moved as one are deadline.ultimatum." in said
    told = json.loads((tmp_path / "here/sensitivity.json").read_text())
    assert told["groups"] == {"price": ["deadline.ultimatum"]} and told["runs"] == 8 * 6 * 50
    (pair,) = (row for row in told["rows"] if row["measure"] == "S2")
    assert {pair["factor"], pair["with"]} == {"price", "us.summit_value"}
    assert "with" in (tmp_path / "here/sensitivity-sobol-pairs.txt").read_text()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--method", "sobl"), "Did you mean 'sobol'?"),
        (("--number", "deadline.ultimatun"), "Did you mean 'deadline.ultimatum'?"),
        (("--outcome", "sumit_deal"), "Did you mean 'summit_deal'?"),
        (("--samples", "6", "--quiet"), "power of two"),
        (("--group", "side"), "write NAME=KEY,KEY"),
        (("--group", "side=us.nerve"), "input 'us.nerve' does not exist"),
        (("--method", "prcc", "--pairs"), "no --group and no --pairs"),
        (("--samples", "524288", "--runs", "1000000"), "points = "),
        (("split-the-pie",), "no uncertain numbers"),
    ],
)
def test_wrong_input_is_one_sentence(
    negotiation: Command, arguments: tuple[str, ...], words: str
) -> None:
    """What is wrong is said in one line, with exit code 2."""
    refused = negotiation("sensitivity", *arguments)
    assert refused.exit_code == 2
    assert words in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1
