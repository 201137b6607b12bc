"""A row and a scenario are one question: a forecast is the odds of the scenario made of the row."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from negotiation.cli.app import app
from negotiation.errors import InputError, MissingFile
from negotiation.hindcast import coming, disputes, record
from negotiation.hindcast.as_recorded import FIVE, as_recorded, decision_only
from negotiation.hindcast.playing import Played
from negotiation.hindcast.scenario_file import Situation, files_of, of_decision
from negotiation.history.reading import shipped
from negotiation.scenario import Scenario
from negotiation.scenario.recorded import OUTCOMES
from negotiation.skill import past

DECISIONS = {row.id: row for row in shipped().decisions}
ROW = (
    "id,date,sender,target,binding,regime_before,us_tariff_before,us_tariff_threatened\n"
    "N1,2026-03-01,US,India,hard,calm,10,26\n"
)
TRUCE = (
    "id,date,sender,target,binding,regime_before,talks_live,counter_leverage,scenario\n"
    "C1,2025-08-12,US,China,hard,truce_or_pause,1,1,stockholm-2025\n"
)
RATES = {name: 0.2 for name in FIVE}


def chosen(situation: Situation, lines: int) -> Situation:
    """Return a situation of which only some draws are known."""
    return replace(
        situation,
        lines=situation.lines[:lines],
        weights=situation.weights[:lines] / situation.weights[:lines].sum(),
        told={name: values[:lines] for name, values in situation.told.items()},
    )


@pytest.mark.parametrize(
    ("rows", "name", "day"),
    [(ROW, "N1", "1 March 2026"), (TRUCE, "C1", "12 August 2025")],
    ids=["between any two", "the truce of Stockholm"],
)
def test_odds_of_the_scenario_are_the_forecast_of_the_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: str, name: str, day: str
) -> None:
    """To the last digit, as the commands print them."""
    monkeypatch.chdir(tmp_path)
    Path("rows.csv").write_text(rows, "utf-8")

    def asked(*words: str) -> str:
        result = CliRunner().invoke(app(), list(words))
        assert result.exit_code == 0, result.output
        return result.stdout

    told = json.loads(asked("forecast", "rows.csv", "--json", "--quiet"))
    entry = told["decisions"][0]
    few = ("rows.csv", "--runs", "3", "--json", "--quiet")
    learned = json.loads(asked("hindcast", *few)) | {"registered": []}
    assert learned == json.loads(asked("forecast", *few))
    asked("scenario", "from-decision", name, "--rows", "rows.csv", "--out", "mine.toml")
    words = ("odds", "mine.toml", "--runs", "10", "--worlds", "0", "--quiet", "--out", "told")
    page = asked(*words)
    odds = json.loads(Path("told/odds.json").read_text("utf-8"))
    for key in ("probabilities", "intervals", "effective_draws"):
        assert odds["record"][key] == entry[key]
    assert odds["record"]["runs"] == told["runs_per_decision"]
    assert f"As a record would tell the decision of {day}" in page


@pytest.mark.parametrize("name", ["T199", "T098", "T035", "T186"])
def test_a_scenario_is_played_as_the_record_was(name: str) -> None:
    """Every line, kind by kind: numbers are written in five digits, so a run may differ, not more.

    Of 20 draws with 60 runs each.
    """
    row = DECISIONS[name]
    situation = chosen(of_decision(row), 20)
    values = np.array([[line[name] for name in record.NAMES] for line in situation.lines])
    player = Played(disputes.episode_of(row), disputes.categories)
    shares = np.array(
        [player.shares(x, seed=1, runs=60, first=60 * k) for k, x in enumerate(values)]
    )
    how = disputes.telling(values, row.binding)
    told = disputes.five(shares, how["told_as_deal"], how["idle"])
    outside, rates = values[:, record.NAMES.index("outside"), None], situation.rates
    each = (1.0 - outside) * told + outside * np.array([rates[code] for code in FIVE])
    expected = situation.weights @ each
    found = as_recorded(files_of(situation, "x").loaded("x"), runs=60)
    assert found.names == FIVE
    assert found.probabilities == pytest.approx(expected, abs=2e-3)


@pytest.mark.parametrize("name", [record.between("US-China")[-1].id, "T199", "T098"])
def test_the_list_of_past_decisions_says_what_odds_say(name: str) -> None:
    """``hindcast`` without a file, which plays nothing, against the scenario that the row becomes.

    What the record was played to is fitted as a function of the numbers, and 256 lines stand for
    4,096 draws: within six points of each other.
    """
    row = DECISIONS[name]
    listed = next(e for e in past.past([row])["decisions"])
    found = as_recorded(files_of(of_decision(row), "x").loaded("x"), runs=100, workers=2)
    assert [*listed["probabilities"].values()] == pytest.approx(found.probabilities, abs=0.06)
    assert [*listed["base_rates"].values()] == pytest.approx(found.base_rates, abs=1e-4)


def test_workers_change_nothing() -> None:
    """The same digits on one thread or three."""
    scenario = files_of(chosen(of_decision(DECISIONS["T199"]), 6), "x").loaded("x")
    one, three = (as_recorded(scenario, runs=20, workers=n).to_dict() for n in (1, 3))
    assert one == three


def test_every_setting_of_the_record_does_something() -> None:
    """Each of its numbers moves what is told, and no run."""
    scenario = files_of(chosen(of_decision(DECISIONS["T199"]), 8), "x").loaded("x")
    before = as_recorded(scenario, runs=40)
    deal, dropped = FIVE.index("deal"), FIVE.index("dropped")
    always = as_recorded(scenario.replace({"record.told_as_deal": 1.0}), runs=40)
    never = as_recorded(scenario.replace({"record.told_as_deal": 0.0}), runs=40)
    assert always.probabilities[deal] > before.probabilities[deal] > never.probabilities[deal]
    idle = as_recorded(scenario.replace({"record.idle": 0.5}), runs=40)
    assert idle.probabilities[dropped] > before.probabilities[dropped]
    outside = as_recorded(scenario.replace({"record.outside": 1.0}), runs=40)
    assert outside.probabilities == pytest.approx(before.base_rates)
    assert "record.outside" not in dict(scenario.numbers())


def test_without_draws_the_central_values_are_played() -> None:
    """Of one line no spread is known: its ends are the odds."""
    scenario = Scenario.load("japan-2025").central()
    scenario = scenario.replace(
        {f"record.{name}": 0.1 for name in ("outside", "told_as_deal", "idle")}
    )
    found = as_recorded(scenario, runs=50)
    assert found.lines == 1
    assert found.probabilities.sum() == pytest.approx(1.0)
    assert found.low.tolist() == found.high.tolist() == found.probabilities.tolist()


def test_the_decision_is_told_a_week_after_it() -> None:
    """A scenario that goes on longer is cut, with a summit that would come later."""
    cut = decision_only(Scenario.load("stockholm-2025")).calendar
    assert (cut.horizon - cut.truce_expires).days == 7
    assert cut.summit_from is None
    short = Scenario.load("japan-2025")
    assert decision_only(short) is short


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"record.base_rates": {"deal": 1.0}}, "base_rates: deal; allowed: penalty_in_full"),
        ({"record.base_rates": {**RATES, "deal": 0.1}}, "they sum to 0.9, not 1"),
        ({"record.base_rates": {**RATES, "deal": 1.4, "dropped": -1.0}}, "deal = 1.4; allowed"),
        ({"record.base_rates": {"droped": 0.4, "deal": 0.6}}, "Did you mean 'dropped'?"),
        ({"record.outside": 1.5}, "record.outside"),
    ],
)
def test_a_record_that_is_none_is_one_sentence(changes: dict[str, object], said: str) -> None:
    """Of what is wrong and what is allowed."""
    with pytest.raises(InputError) as caught:
        as_recorded(Scenario.load("japan-2025").replace(changes), runs=1)
    assert said in str(caught.value)


def test_the_outcomes_are_those_of_the_records() -> None:
    """Written once more where scenarios are read, which know of no record."""
    assert tuple(code.value for code in disputes.FIVE) == OUTCOMES


@pytest.mark.parametrize("runs", [1, 2, 3])
def test_few_runs_tell_no_spread(runs: int) -> None:
    """An interval that they cannot tell is all there is, and none misses its own estimate."""
    scenario = files_of(chosen(of_decision(DECISIONS["T199"]), 30), "x").loaded("x")
    found = as_recorded(scenario, runs=runs)
    assert np.isfinite(found.low).all() and np.isfinite(found.high).all()
    assert (found.low <= found.probabilities).all()
    assert (found.probabilities <= found.high).all()


def test_a_scenario_without_a_record_says_so() -> None:
    """Asked for what a record would say."""
    with pytest.raises(InputError, match=r"no table \[record\]"):
        as_recorded(Scenario.load("stockholm-2025"))


def test_tables_drawn_together_have_one_set_of_weights() -> None:
    """Others are refused, as no line would have a weight."""
    scenario = Scenario.load("japan-2025")
    values = {"distribution": "draws", "values": [0.1, 0.2], "shape": [0.5, 0.5]}
    with pytest.raises(InputError, match="one table of draws"):
        as_recorded(scenario.replace({"record.outside": {"value": 0.1, **values}}), runs=1)


def test_that_is_refused_before_anything_is_played(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By ``odds``, as a sentence and exit code 2."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("negotiation.cli.verbs.odds.estimate", None)
    Path("x.toml").write_text(
        'based_on = "japan-2025"\nname = "x"\ntitle = "x"\n[record]\n'
        'outside = {value = 0.1, distribution = "draws", values = [0.1, 0.2], '
        "shape = [0.5, 0.5]}\n",
        "utf-8",
    )
    result = CliRunner().invoke(app(), ["odds", "x.toml", "--runs", "10", "--quiet"])
    assert result.exit_code == 2
    assert "one table of draws" in result.stderr


def test_the_forecasts_of_a_file_are_those_of_its_rows(tmp_path: Path) -> None:
    """One after the other: no row moves another's."""
    file = tmp_path / "rows.csv"
    file.write_text(ROW + "N2,2026-03-01,US,Brazil,soft,calm,10,50\n", "utf-8")
    both = coming.forecast(coming.load(file), runs=3)["decisions"]
    alone = coming.forecast(coming.load(file)[1:], runs=3)["decisions"]
    assert both[1] == alone[0]


def test_a_table_beside_a_file_may_be_given(tmp_path: Path) -> None:
    """In place of the one on the disk; without either, one sentence."""
    made = files_of(chosen(of_decision(DECISIONS["T199"]), 4), "x")
    assert made.loaded("x").us.precision.distribution == "draws"
    with pytest.raises(MissingFile):
        Scenario.of_text(made.scenario, str(tmp_path / "x.toml"))
