"""Whoever sits at the table is called by name: in sentences, pictures, tables, JSON and messages.

Two scenarios are those of Stockholm with other sides, their own texts (sources, names of issues)
rid of the words that are looked for; a third is a pie and a tariff.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import negotiation as ng
from negotiation.ensemble import Ensemble
from negotiation.report.provenance import TITLE
from negotiation.scenario import Scenario
from negotiation.scenario.scenario import read_text
from tests.cli.conftest import Command

JAPAN, EU = ("us", "japan"), ("eu", "china")
ABSENT = {  # what nobody is called in a scenario of these sides
    JAPAN: re.compile(r"china|chinese|beijing", re.IGNORECASE),
    EU: re.compile(r"United States|\bU\.?S\b|Washington|American|(?<![a-z-])us(?![a-z])"),
}
OWN_TEXT = re.compile(
    r"US-China|China's|Chinese|China|Beijing|U\.S\.|\bUS\b|Washington|American|United States"
)


def without_names(node: Any) -> Any:
    """Return the data of a scenario without the usual sides in its texts and issues' names."""
    if isinstance(node, dict):
        named = {"china_tariff": "their_tariff"}
        return {named.get(key, key): without_names(entry) for key, entry in node.items()}
    if isinstance(node, list):
        return [without_names(entry) for entry in node]
    return OWN_TEXT.sub("neutral", node) if isinstance(node, str) else node


@pytest.fixture(scope="module", params=[JAPAN, EU], ids=["us-japan", "eu-china"])
def mine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a scenario like that of Stockholm, between others."""
    data = without_names(Scenario.data_of(*read_text("stockholm-2025")))
    about = {"name": "mine", "title": "Mine", "description": "Mine.", "sides": [*request.param]}
    file: Path = tmp_path_factory.mktemp("sides") / "mine.toml"
    file.write_text(Scenario.from_dict(data | about).to_toml(), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def pie(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a pie and a tariff, between the US and Japan."""
    file: Path = tmp_path_factory.mktemp("pie") / "pie.toml"
    file.write_text(
        'based_on = "split-the-pie"\nname = "pie"\ntitle = "A pie and a tariff"\n'
        'sides = ["us", "japan"]\n[issues.pie]\nunit = "share"\n'
        "[tariffs]\nus_truce = 0.2\njapan_truce = 0.1\n"
        '[issues.tariff]\nname = "their tariff"\nconceded_by = "japan"\nkind = "japan_tariff"\n'
        'unit = "points"\nstatus_quo = 10\nfull = 0\nus_gain = 0.5\njapan_gain = -0.1\n',
        encoding="utf-8",
    )
    return file


def strangers(text: str, file: Path) -> list[str]:
    """Return the lines of a text that name somebody who does not sit at the table."""
    absent = ABSENT[JAPAN if Scenario.load(file).sides == JAPAN else EU]
    return [line for line in text.splitlines() if absent.search(line)]


def answered(command: Command, file: Path, *arguments: str, code: int = 0) -> str:
    """Return what a command prints, in which nobody is named who does not sit at the table."""
    result = command(*arguments)
    assert result.exit_code == code, (result.output, result.exception)
    assert strangers(result.output, file) == [], arguments
    return result.output


def test_the_file_that_is_written_bears_the_sides_names(mine: Path, pie: Path) -> None:
    """Tables that no file had before too, and who concedes what."""
    for file in (mine, pie):
        text = Scenario.load(file).replace({"issues": Scenario.load(file).issues}).to_toml()
        assert strangers(text, file) == []


def test_a_scenario_is_shown_and_checked_in_its_own_names(negotiation: Command, mine: Path) -> None:
    """Paths, what they mean, who concedes what, what would be conceded for nothing."""
    one, two = Scenario.load(mine).sides
    shown = answered(negotiation, mine, "scenario", "show", str(mine))
    for path in (f"{one}.strategy", f"tariffs.{two}_truce", f"{two}.types.stance.1"):
        assert re.search(rf"^{re.escape(path)} ", shown, re.MULTILINE), path
    assert f"conceded by {two} " in shown
    answered(negotiation, mine, "scenario", "check", str(mine))


def test_odds_are_told_in_the_sides_names(negotiation: Command, mine: Path) -> None:
    """On the screen, in JSON, in tables, in the words of the picture."""
    two = Scenario.load(mine).sides[1]
    options = ["--runs", "200", "--worlds", "8", "-q", "--set", f"{two}.patience=0.7"]
    files = ["--csv", "odds.csv", "--days", "days.csv", "--out", "out"]
    text = answered(negotiation, mine, "odds", str(mine), *options, *files)
    assert f"({two}.patience): 0.7" in text
    for place in ("odds.csv", "days.csv", "out/odds.txt", "out/odds.json"):
        assert strangers(Path(place).read_text(), mine) == [], place
    told = json.loads(Path("out/odds.json").read_text())
    assert told["settings"] == {f"{two}.patience": 0.7}
    assert f"first_extension_from_{two}" in told["events"]
    answered(negotiation, mine, "odds", str(mine), *options, "--out", "out")  # the same question


def test_transcripts_name_the_sides(negotiation: Command, mine: Path, pie: Path) -> None:
    """Whatever happens in some negotiations, as text and as data."""
    for file in (mine, pie):
        for seed in range(1, 9):
            answered(negotiation, file, "run", str(file), "--seed", str(seed), "-q")
        answered(negotiation, file, "run", str(file), "--json")


def test_another_decision_is_asked_for_by_the_sides_name(negotiation: Command, mine: Path) -> None:
    """And told so; who is not there is refused."""
    one, two = Scenario.load(mine).sides
    fork = ["run", str(mine), "--seed", "1", "--runs", "20", "--fork"]
    text = answered(negotiation, mine, *fork, f"2025-08-12:{one}.propose=demand")
    assert "propose" in text
    answered(negotiation, mine, *fork, f"2025-08-12:{one}.propose=demand", "--json")
    assert f"allowed: {one}, {two}" in answered(
        negotiation, mine, *fork, "2025-08-12:nobody.yield=refuse", code=2
    )


def test_theory_names_the_sides(negotiation: Command, mine: Path, pie: Path) -> None:
    """Payoffs, games, what would be fair, and the first deadline as a game of its own."""
    for file in (mine, pie):
        answered(negotiation, file, "theory", str(file))
        answered(negotiation, file, "theory", str(file), "--json")
    answered(negotiation, mine, "game", str(mine))
    answered(negotiation, mine, "game", str(mine), "--json")


def test_what_a_change_does_is_told_in_the_sides_names(negotiation: Command, mine: Path) -> None:
    """Both scenarios, what differs, the odds."""
    two = Scenario.load(mine).sides[1]
    change = ["--set", f"{two}.strategy=conceder", "--runs", "100", "--worlds", "8", "-q"]
    text = answered(negotiation, mine, "compare", str(mine), *change)
    assert f"({two}.strategy): conceder" in text
    answered(negotiation, mine, "compare", str(mine), *change, "--json")


def test_drivers_go_by_the_sides_names(negotiation: Command, mine: Path) -> None:
    """Numbers and groups that are asked about, the table, the words of the picture."""
    one, two = Scenario.load(mine).sides
    numbers = [x for k in (f"{one}.precision", f"{two}.precision") for x in ("--number", k)]
    few = ["--runs", "20", "-q", "--outcome", "first_deadline_extended"]
    alone = ["sensitivity", str(mine), "--method", "one-at-a-time", *numbers, *few, "--out", "d"]
    assert f" {two}.precision" in answered(negotiation, mine, *alone)
    for name in ("sensitivity.json", "sensitivity-one-at-a-time.txt"):
        assert strangers(Path("d", name).read_text(), mine) == []
    answered(negotiation, mine, *alone)  # it answers the same question
    group = ["--group", f"both={one}.*,{two}.*", "--number", "economy.elasticity", "--pairs"]
    text = answered(negotiation, mine, "sensitivity", str(mine), *numbers, *group, *few,
                    "--samples", "8")  # fmt: skip
    assert f"both: moved as one are {one}.precision, {two}.precision." in text


def test_a_tournament_is_told_in_the_sides_names(negotiation: Command, pie: Path) -> None:
    """Its tables, its files and the words of its pictures."""
    pair = ["--strategy", "linear", "--strategy", "boulware", "--runs", "10", "-q"]
    text = answered(negotiation, pie, "tournament", str(pie), *pair, "--out", "t", "--csv", "t.csv")
    assert "--set japan.strategy=" in text
    for name in ("t/tournament.json", "t/tournament-japan.txt", "t/tournament-us.txt", "t.csv"):
        assert strangers(Path(name).read_text(), pie) == [], name
    answered(negotiation, pie, "tournament", str(pie), *pair, "--out", "t", "--csv", "t.csv")


DESIGN = """scenario = "{file}"
replicates = 60
[constants]
"{two}.agreement_value" = 1.0
[[levers]]
over = {{ "{one}.patience" = [0.6, 0.9], "{two}.strategy" = ["linear", "boulware"] }}
[baseline]
"{two}.strategy" = "boulware"
"""


def test_a_sweep_is_asked_and_told_in_the_sides_names(negotiation: Command, mine: Path) -> None:
    """The design, the screen, tables, the page and the words of the pictures; not the store."""
    one, two = Scenario.load(mine).sides
    design = Path("design.toml")
    design.write_text(DESIGN.format(file=mine, one=one, two=two))
    text = answered(negotiation, mine, "sweep", "design.toml", "--out", "w", "-q", "--csv", "w.csv")
    assert f"{two}.strategy = boulware  (baseline)" in text
    answered(negotiation, mine, "sweep", "design.toml", "--out", "v", "-q", "--json")
    answered(negotiation, mine, "sweep", "design.toml", "--dry-run")
    cell = ["--worlds", "0", "--cell", f"{one}.patience=0.9", "--cell", f"{two}.strategy=linear"]
    outcome = ["--outcome", f"first_extension_from_{two}"]
    answered(negotiation, mine, "plot", "w", *cell, *outcome)
    negotiation("report", "w", *cell, *outcome, "--out", "page.html")
    seen = re.sub(r'<style>.*?</style>| (id|(xlink:)?href|aria-\w+)="[^"]*"', "",
                  Path("page.html").read_text().replace(TITLE, ""), flags=re.DOTALL)  # fmt: skip
    assert strangers(seen, mine) == []
    assert f"{two}.agreement_value = 1.0" in seen
    for place in [Path("w.csv"), *Path("w/figures").glob("*.txt")]:
        assert strangers(place.read_text(), mine) == [], place
    assert list(Path("w/figures").glob(f"map-first-extension-from-{two}.svg"))
    store = ng.sweep.Results.load("w")
    assert store.factors == ("us.patience", "china.strategy")
    assert store.odds(by=f"{one}.patience", outcomes="deal")["us.patience"].to_pylist() == [
        0.6,
        0.9,
    ]


def words_of(axes: Any) -> str:
    """Return all that is written in a figure, and what it shows in words."""
    from matplotlib.text import Text

    axes.figure.canvas.draw()
    return "\n".join([*(t.get_text() for t in axes.figure.findobj(Text)), axes.alt_text])


def test_pictures_name_the_sides(mine: Path) -> None:
    """Titles, labels, legends and the words for those who do not see."""
    from negotiation.analysis import extension_split as split
    from negotiation.analysis import fear_of_lapse as fear
    from negotiation.analysis import prospect_by_issue as prospect
    from negotiation.analysis.stage_games import stage_games
    from negotiation.analysis.tariff_paths import tariff_paths
    from negotiation.plots import (
        deals,
        distributions,
        extensions,
        fans,
        games,
        pareto,
        prospects,
        tournaments,
        waterfall,
    )  # fmt: skip

    scenario = Scenario.load(mine)
    one, two = scenario.sides
    rows = Ensemble(scenario).rows(seed=1, first=0, count=200)
    feared, hoped = fear.fear_of_lapse(scenario), prospect.prospect_by_issue(scenario, draws=8)
    paths, played = tariff_paths(scenario, runs=4), stage_games(scenario)["tariffs"]
    assert feared is not None and hoped is not None and played is not None  # noqa: PT018
    drawn = [
        extensions.extension_split(split.extension_split(rows, scenario), scenario),
        waterfall.fear_of_lapse(feared, scenario=scenario),
        prospects.prospect_by_issue(hoped, scenario),
        deals.contents(rows, scenario),
        pareto.path(ng.run(scenario, seed=1)),
        distributions.gains(ng.odds(scenario, runs=50, worlds=0), scenario=scenario),
        fans.tariff_path(paths, scenario),
        fans.trade_path(paths, scenario),
        games.payoff_matrix(played),
        tournaments.pairings(played, side=two),
    ]
    for axes in drawn:
        assert strangers(words_of(axes), mine) == []


def test_messages_speak_of_the_sides_as_they_were_typed(negotiation: Command, mine: Path) -> None:
    """A slip is answered in the names that the scenario knows."""
    two = Scenario.load(mine).sides[1]
    for arguments in (
        ("odds", str(mine), "--set", f"{two}.patiense=1"),
        ("sensitivity", str(mine), "--number", f"{two}.precison"),
    ):
        said = answered(negotiation, mine, *arguments, code=2)
        assert f"{two}." in said


def test_one_setting_under_both_names_is_refused(negotiation: Command, pie: Path) -> None:
    """It would be a riddle which of the two counts."""
    twice = negotiation("odds", str(pie), "--set", "japan.patience=0.5", "--china", "linear",
                        "--set", "china.patience=0.6")  # fmt: skip
    assert twice.exit_code == 2
    assert "are the same setting" in twice.output


def test_a_file_based_on_one_beside_it_can_be_swept(negotiation: Command, pie: Path) -> None:
    """The store's copy of the scenario can be read where the other file is no longer."""
    Path("base.toml").write_text(pie.read_text(encoding="utf-8"), encoding="utf-8")
    Path("own.toml").write_text('based_on = "base.toml"\nname = "own"\ntitle = "Own"\n')
    Path("design.toml").write_text(
        'scenario = "own.toml"\nreplicates = 20\n[[levers]]\nover = { "japan.patience" = [0.5] }\n'
    )
    answered(negotiation, pie, "sweep", "design.toml", "--out", "w", "-q")
    own = Scenario.load("own.toml")
    Path("base.toml").unlink()
    assert Scenario.load("w/scenario.toml") == own
    answered(negotiation, pie, "plot", "w", "--worlds", "0")
