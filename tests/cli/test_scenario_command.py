"""``negotiation scenario``: what is there, what is in it, whether it holds."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

import negotiation as ng
from negotiation.cli.scenario_text import table
from negotiation.scenario import shipped
from negotiation.words.settings import label


def test_list_has_every_scenario_with_its_title(negotiation: Callable[..., Result]) -> None:
    """One line a scenario: its name and what it is about."""
    lines = negotiation("scenario", "list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == shipped()
    for line, name in zip(lines, shipped(), strict=True):
        assert line.endswith(ng.Scenario.load(name).title)


def test_show_has_every_number(negotiation: Callable[..., Result]) -> None:
    """Every number is shown with its unit, its meaning, its mark and its source."""
    text = negotiation("scenario", "show", "stockholm-2025").stdout
    scenario = ng.Scenario.load("stockholm-2025")
    lines = text.splitlines()
    for path, quantity in scenario.numbers():
        name, value = path.split(".")[-1], f"{quantity.value:g} "
        meaning = label(path).rpartition(": ")[2]
        shown = (f"{name} ", value, quantity.unit, meaning, quantity.mark, quantity.source)
        assert any(all(text in line for text in shown) for line in lines), path


def test_in_a_pipe_every_line_says_whose_number_it_is(
    negotiation: Callable[..., Result],
) -> None:
    """``show | grep patience`` gives lines that begin with a whole path, each of which is one."""
    lines = negotiation("scenario", "show", "stockholm-2025").stdout.splitlines()
    patience = [line.split()[0] for line in lines if ".patience " in line]
    assert patience == ["us.patience", "china.patience"]
    scenario = ng.Scenario.load("stockholm-2025")
    paths = [path for path, _ in scenario.numbers()]
    first = [line.split()[0] for line in lines if line]
    assert all(first.count(path) == 1 for path in paths)
    assert {"calendar.horizon", "us.strategy", *(f"sources.{x}" for x in scenario.sources)} <= set(
        first
    )
    assert not [line for line in lines if line.startswith(" ")]
    asked = negotiation("scenario", "show", "stockholm-2025").stdout
    giver = next(line for line in asked.splitlines() if line.startswith("issues.fentanyl_tariff "))
    assert "conceded by us" in giver


def test_on_a_terminal_numbers_stand_under_headings() -> None:
    """A person reads the tables: a heading, and under it the short names."""
    lines = table(ng.Scenario.load("split-the-pie"), "what next", terminal=True).splitlines()
    us = lines.index("us", lines.index("economy"))
    assert lines[us + 1].startswith("  precision ")
    assert "issues.pie: the pie, conceded by us (share to China, 0 -> 1)" in lines
    assert lines[-1] == "Next: what next"


def test_show_says_how_uncertain_a_number_is(negotiation: Callable[..., Result]) -> None:
    """The range of an uncertain number stands beside its value."""
    scenario = ng.Scenario.load("stockholm-2025")
    price = scenario.deadline.ultimatum
    assert price.uncertain
    assert (
        f"{price.low:g} to {price.high:g}, {price.distribution}"
        in negotiation("scenario", "show", "stockholm-2025").stdout
    )


def test_toml_is_the_file_itself(negotiation: Callable[..., Result]) -> None:
    """``show --toml`` prints a file that reads back as the same scenario, comments kept."""
    text = negotiation("scenario", "show", "stockholm-2025", "--toml").stdout
    again = ng.Scenario.from_dict(tomllib.loads(text))
    assert again.fingerprint == ng.Scenario.load("stockholm-2025").fingerprint
    assert text.startswith("#")


def test_schema_accepts_the_shipped_keys(negotiation: Callable[..., Result]) -> None:
    """The schema knows every table that a shipped scenario uses, and closes unknown keys out."""
    schema = json.loads(negotiation("scenario", "schema").stdout)
    text = negotiation("scenario", "show", "stockholm-2025", "--toml").stdout
    assert set(tomllib.loads(text)) <= set(schema["properties"])
    assert schema["additionalProperties"] is False


def test_check_reports_all_problems_at_once(
    negotiation: Callable[..., Result], tmp_path: Path
) -> None:
    """Four faults of four kinds are four lines of one answer."""
    text = negotiation("scenario", "show", "stockholm-2025", "--toml").stdout
    for good, bad in (
        ("\nhorizon = 2025-11-30", "\nhorizon = 2025-07-01"),
        ("\npatience = ", "\npatiense = "),
        ('strategy = "boulware"', 'strategy = "boulwear"'),
        ('kind = "rare_earths"', 'kind = "rare_earth"'),
    ):
        assert good in text
        text = text.replace(good, bad, 1)
    (tmp_path / "mine.toml").write_text(text)
    result = negotiation("scenario", "check", "mine.toml")
    assert result.exit_code == 2
    lines = result.stderr.splitlines()
    assert lines[0] == "mine.toml: 4 problems"
    for where in (
        "calendar",
        "us.patiense",
        "us.strategy",
        "issues.rare_earth_licences.kind",
    ):
        assert sum(line.startswith(f"  {where}: ") for line in lines) == 1, where


ODD = (  # a rate of the truce that its issues do not add up to, and how they are said to
    (("us_truce = { value = 0.30", "us_truce = { value = 0.20"), "tariffs.us_truce: 20 points"),
    (("status_quo = 20 ", "status_quo = 25 "), "tariffs.us_truce: 30 points"),
    (("china_truce = { value = 0.10", "china_truce = { value = 0.08"), "tariffs.china_truce: 8"),
)


@pytest.mark.parametrize(("change", "said"), ODD)
@pytest.mark.parametrize("verb", [("scenario", "check"), ("odds", "--runs", "10")])
def test_layers_of_more_than_is_in_force_are_refused(
    change: tuple[str, str],
    said: str,
    verb: tuple[str, ...],
    negotiation: Callable[..., Result],
    tmp_path: Path,
) -> None:
    """In one sentence, and nothing is played: a deal cannot take off what nobody has to pay."""
    text = negotiation("scenario", "show", "stockholm-2025", "--toml").stdout
    assert change[0] in text
    (tmp_path / "mine.toml").write_text(text.replace(*change, 1))
    result = negotiation(*verb, "mine.toml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{said}" in result.stderr and "the issues add up to" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_rate_below_the_issues_is_refused_with_set_too(
    negotiation: Callable[..., Result],
) -> None:
    """The same sentence, and nothing is played."""
    result = negotiation("odds", "stockholm-2025", "--set", "tariffs.us_truce=0.2", "--runs", "10")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "tariffs.us_truce: 20 points are in force, and the issues add up to 30" in result.stderr


def test_a_tariff_that_stays_is_told_and_is_no_problem(
    negotiation: Callable[..., Result], tmp_path: Path
) -> None:
    """What no issue takes off is a layer of its own, which `show` names and `check` counts."""
    text = negotiation("scenario", "show", "stockholm-2025", "--toml").stdout
    (tmp_path / "mine.toml").write_text(
        text.replace("us_truce = { value = 0.30", "us_truce = { value = 0.40")
    )
    checked = negotiation("scenario", "check", "mine.toml")
    assert checked.exit_code == 0
    assert "On nobody's table: 10 of the 40 points of tariffs.us_truce" in checked.stdout
    shown = negotiation("scenario", "show", "mine.toml").stdout
    assert "65 points in force = 25 before 2025 + 20 fentanyl" in shown
    assert "+ 10 added in 2025, not on the agenda" in shown


def test_show_adds_the_tariff_up_layer_by_layer(negotiation: Callable[..., Result]) -> None:
    """55 points as officials said in June 2025: 25 + 20 + 10."""
    (line,) = re.findall(
        "US on China, 55 points.*", negotiation("scenario", "show", "stockholm-2025").stdout
    )
    layers = [float(n) for n in re.findall(r"[=+] ([\d.]+) ", line)]
    assert layers == [25.0, 20.0, 10.0] and sum(layers) == 55.0


@pytest.mark.parametrize("name", ["split-the-pie", "buenos-aires-2018"])
def test_no_layers_are_told_apart_where_none_are_known(
    name: str, negotiation: Callable[..., Result]
) -> None:
    """Nothing is in force, or it is before 2025, of which only the sum is known."""
    assert "points in force =" not in negotiation("scenario", "show", name).stdout


def test_check_counts_the_marks(negotiation: Callable[..., Result]) -> None:
    """The tally says how many numbers carry each mark, and the marks add up."""
    text = negotiation("scenario", "check", "split-the-pie").stdout
    numbers = list(ng.Scenario.load("split-the-pie").numbers())
    assert f"{len(numbers)} numbers, 0 of them uncertain" in text
    counted = [int(n) for n in re.findall(r"^ +(\d+)  [a-z]+ ", text, re.MULTILINE)]
    assert sum(counted) == len(numbers)
    assert "Consistent: at the central values no type" in text


@pytest.mark.parametrize("name", shipped())
def test_check_passes_what_is_shipped(negotiation: Callable[..., Result], name: str) -> None:
    """Every shipped scenario has no problems."""
    result = negotiation("scenario", "check", name)
    assert result.exit_code == 0
    assert f"{name}: no problems." in result.stdout


def test_check_names_who_would_concede_for_nothing(
    negotiation: Callable[..., Result], tmp_path: Path
) -> None:
    """A side that would gain by giving for nothing is named, with what it would gain."""
    text = negotiation("scenario", "show", "split-the-pie", "--toml").stdout
    (tmp_path / "gift.toml").write_text(
        text.replace("us_gain = { value = -1.0", "us_gain = { value = 2.0")
    )
    found = negotiation("scenario", "check", "gift.toml").stdout
    assert "us, pie: middle with the low trait (100% of types); at most $2.0bn a year" in found
