"""Whatever is asked, every answer names what was changed, and none takes another's place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

import negotiation as ng
from negotiation.words.changes import suffix

SMALL = ("--runs", "60", "--worlds", "0")
PIE = "split-the-pie"
Command = Callable[..., Result]


def test_a_what_if_leaves_the_baseline_alone(negotiation: Command, tmp_path: Path) -> None:
    """Its files lie elsewhere, and screen, picture, its words and JSON name the change."""
    assert negotiation("odds", PIE, *SMALL).exit_code == 0
    plain = tmp_path / "out" / PIE / "runs=60,worlds=0"
    before = {path.name: path.read_bytes() for path in plain.iterdir()}
    screen = negotiation("odds", PIE, *SMALL, "--set", "us.patience=0.8", "--us", "conceder").stdout
    assert {p.name: p.read_bytes() for p in plain.iterdir() if p.is_file()} == before
    there = plain.parent / "us.strategy=conceder,us.patience=0.8" / plain.name
    assert str(there.relative_to(tmp_path)) in screen
    for text in (screen, (there / "odds.txt").read_text(), (there / "odds.svg").read_text()):
        assert "annual discount factor (us.patience): 0.8, not 1" in text
        assert "strategy (us.strategy): conceder, not linear" in text
    told = json.loads((there / "odds.json").read_text())
    assert told["settings"] == {"us.strategy": "conceder", "us.patience": 0.8}
    assert "us.patience" not in (plain / "odds.txt").read_text()


def test_a_file_that_keeps_the_name_of_a_shipped_scenario(
    negotiation: Command, tmp_path: Path
) -> None:
    """A copy with one number changed is a what-if too; a copy with other words is the same."""
    changed = ng.Scenario.load(PIE).replace({"china.patience": 0.7})
    (tmp_path / "mine.toml").write_text(changed.to_toml())
    screen = negotiation("odds", "mine.toml", *SMALL).stdout
    assert "China: annual discount factor (china.patience): 0.7, not 1" in screen
    found = [path.parent.parent.name for path in (tmp_path / "out").rglob("odds.json")]
    assert found == ["china.patience=0.7"]
    retold = ng.Scenario.load(PIE).replace({"title": "Another title"})
    assert suffix(retold) == ""


def test_an_own_scenario_that_was_edited_keeps_what_was_found_before(
    negotiation: Command, tmp_path: Path
) -> None:
    """One that comes from no shipped one: another file of its name has another folder."""
    toml = ng.Scenario.load(PIE).to_toml().replace('"split-the-pie"', '"cake"')
    toml = toml.replace("issues.pie", "issues.cake").replace("pie = ", "cake = ")
    for patience, count in ((0.9, 1), (0.8, 2), (0.9, 2)):
        (tmp_path / "cake.toml").write_text(toml)
        cake = ng.Scenario.load(tmp_path / "cake.toml").replace({"us.patience": patience})
        (tmp_path / "cake.toml").write_text(cake.to_toml())
        screen = negotiation("odds", "cake.toml", *SMALL).stdout
        assert "of cake as it stands" in screen
        found = list((tmp_path / "out" / "cake").rglob("odds.json"))
        assert len(found) == count
    assert len({json.loads(path.read_text())["fingerprint"] for path in found}) == 2


def test_the_numbers_say_where_they_come_from(negotiation: Command) -> None:
    """Version, fingerprint, settings, worlds, seed and runs are in odds.json."""
    told = json.loads(negotiation("odds", "--json", "--runs", "40", "--worlds", "3").stdout)
    scenario = ng.Scenario.load("stockholm-2025")
    assert told["version"] == ng.__version__
    assert told["fingerprint"] == scenario.fingerprint
    assert (told["runs"], told["seed"], told["worlds"]) == (40, 1, 3)
    assert (told["settings"], told["settings_against"]) == ({}, "stockholm-2025")


@pytest.mark.parametrize(
    "changes",
    [
        {"deadline.price": 8},
        {"deadline.price": 8.00001},
        {"deadline.price": {"value": 8, "low": 1, "high": 12}},
        {"deadline.price": {"value": 8, "low": 1, "high": 13}},
        {"us.types.stance_prior": [1, 0, 0]},
        {"us.strategy": {"name": "boulware", "beta": 0.1}},
        {"calendar.horizon": "2025-12-31"},
        {"us.patience": 0.5, "china.patience": 0.51, "deadline.price": 3.25, "news.tension": 1},
    ],
)  # fmt: skip
def test_another_question_has_another_folder(changes: dict[str, object]) -> None:
    """No two changes share a folder, its name is safe, and ``settings`` gives the same runs."""
    stockholm = ng.Scenario.load("stockholm-2025")
    scenario = stockholm.replace(changes)
    name = suffix(scenario)
    assert name and name == Path(name).name and len(name) < 80
    assert name not in {suffix(stockholm.replace({"deadline.price": p})) for p in (3, 8.1, 80)}
    again = stockholm.replace(ng.odds(scenario, runs=1, worlds=0).about["settings"])
    assert suffix(again).partition("-")[0] == name.partition("-")[0]
    rows = [ng.odds(s, runs=50, worlds=0).at_horizon for s in (scenario, again)]
    assert rows[0] == rows[1]


def test_another_tournament_has_another_folder(negotiation: Command, tmp_path: Path) -> None:
    """Other strategies, other settings: neither takes the place of the other, each is named."""
    pair = ("--strategy", "linear", "--strategy", "boulware", "--runs", "5")
    negotiation("tournament", PIE, *pair)
    screen = negotiation("tournament", PIE, *pair, "--set", "us.patience=0.8").stdout
    found = sorted(p.parent for p in (tmp_path / "out").rglob("tournament.json"))
    assert [p.relative_to(tmp_path / "out" / PIE).parts for p in found] == [
        ("among_linear_boulware", "runs=5"),
        ("us.patience=0.8", "among_linear_boulware", "runs=5"),
    ]  # fmt: skip
    assert "(us.patience): 0.8, not 1" in screen
    assert "(us.patience): 0.8, not 1" in (found[1] / "tournament-us.txt").read_text()
    assert json.loads((found[1] / "tournament.json").read_text())["about"][0]["settings"] == {
        "us.patience": 0.8
    }


@pytest.mark.parametrize("words", [("compare",), ("theory",), ("run", "-q")])
def test_every_verb_names_the_change(negotiation: Command, words: tuple[str, ...]) -> None:
    """On the screen in words, in JSON as settings."""
    runs = ("--runs", "5") if words[0] == "compare" else ()
    given = (*words, PIE, "--set", "us.patience=0.8", *runs)
    assert "annual discount factor (us.patience): 0.8, not 1" in negotiation(*given).stdout
    told = json.loads(negotiation(*given, "--json").stdout)
    told = told.get("after", told)
    assert told["settings"] == {"us.patience": 0.8}


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> ng.Results:
    """A sweep of three cells in which everything ends otherwise."""
    pie = ng.Scenario.load("stockholm-three-issues")
    design = ng.grid(pie, {"deadline.accident": [0, 0.5, 1]}, replicates=60)
    store = tmp_path_factory.mktemp("swept") / "sweep"
    return ng.sweep(design, seed=2, store=store)


@pytest.mark.parametrize(
    ("asked", "cell", "name"),
    [
        ((), 0, "odds"),
        (("--cell", "1"), 1, "odds-cell-1"),
        (("--cell", "deadline.accident=1"), 2, "odds-cell-2"),
    ],
)
def test_plot_draws_the_cell_asked_for_and_names_it(
    negotiation: Command, swept: ng.Results, tmp_path: Path,
    asked: tuple[str, ...], cell: int, name: str,
) -> None:  # fmt: skip
    """The odds drawn are that cell's; without a wish, the baseline's, which is said."""
    done = negotiation("plot", str(swept.folder), "--worlds", "0", "--out", "figures", *asked)
    assert done.exit_code == 0, done.output
    text = (tmp_path / "figures" / f"{name}.txt").read_text()
    share = swept.odds(outcomes="first_deadline_extended")["share"][cell].as_py()
    assert f"extended on 12 August 2025 {share:.0%}" in text
    assert f"Cell {cell} of 3{', the baseline' if cell == 0 else ''}: " in text
    assert f"(deadline.accident) = {(0, 0.5, 1)[cell]}" in text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("3", "there is no cell 3; allowed: a cell from 0 to 2."),
        ("deadline.accident=0.3", "it is not in the design"),
        ("deadline.acident=1", "Did you mean 'deadline.accident'?"),
    ],
)
def test_a_cell_that_is_not_there(
    negotiation: Command, swept: ng.Results, asked: str, said: str
) -> None:
    """One sentence, and exit code 2."""
    for verb in ("plot", "report"):
        done = negotiation(verb, str(swept.folder), "--worlds", "0", "--cell", asked)
        assert done.exit_code == 2 and said in done.stderr
