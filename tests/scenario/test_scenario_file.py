"""Scenario files: read, refused with every reason at once, changed, and written back."""

from __future__ import annotations

import copy
import re
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from negotiation.errors import FileProblems, InputError, MissingFile, UnknownName
from negotiation.scenario import MAX_ISSUES, Scenario, shipped

BASE = Scenario.load("stockholm-three-issues")
NEGATIVE_WHEN_DRAWN = {"value": 0.4, "low": -3.0, "high": 1.0, "distribution": "triangular"}


def refused(change, base="stockholm-three-issues"):
    """The problems of a scenario after ``change`` has spoilt its plain data."""
    data = copy.deepcopy(tomllib.loads(Scenario.load(base).to_toml()))
    change(data)
    with pytest.raises(FileProblems) as caught:
        Scenario.from_dict(data, "mine.toml")
    return caught.value.problems


def setting(path, value):
    """A change that sets one entry of plain data."""

    def change(data):
        *tables, name = path.split(".")
        for table in tables:
            data = data.setdefault(table, {})
        data[name] = value

    return change


def uniform(value, low, high):
    """Plain data of a number with a uniform distribution."""
    return {"value": value, "low": low, "high": high, "distribution": "uniform"}


@pytest.mark.parametrize("name", shipped())
def test_written_and_read_back_it_is_the_same_scenario(name, tmp_path):
    """to_toml -> load gives an equal scenario with the same fingerprint."""
    scenario = Scenario.load(name)
    file = tmp_path / "copy.toml"
    file.write_text(scenario.to_toml(), "utf-8")
    again = Scenario.load(file)
    assert again == scenario
    assert again.fingerprint == scenario.fingerprint
    assert again.to_toml() == scenario.to_toml()


def test_a_byte_order_mark_is_passed_over(tmp_path):
    """Some editors put a mark before the first character; the scenario is the same."""
    file = tmp_path / "marked.toml"
    file.write_text(BASE.to_toml(), "utf-8-sig")
    assert Scenario.load(file) == BASE


settable = [
    (path, q) for path, q in BASE.numbers() if q.uncertain and q.distribution == "triangular"
]


@settings(max_examples=settings().max_examples // 3)  # each writes and reads a whole file
@given(st.sampled_from(settable), st.floats(0, 1), st.booleans())
def test_any_change_survives_a_round_trip(chosen, where, table):
    """A number changed to a value within its range is that number after writing and reading."""
    path, quantity = chosen
    value = quantity.low + where * (quantity.high - quantity.low)
    changed = BASE.replace({path: {"value": value} if table else value})
    again = Scenario.from_dict(tomllib.loads(changed.to_toml()))
    assert again.fingerprint == changed.fingerprint
    assert again == changed
    new = dict(again.numbers())[path]
    assert new.value == value and new.unit == quantity.unit and new.mark == "user"
    assert new.uncertain == table
    assert (changed.fingerprint == BASE.fingerprint) == (changed == BASE)


def test_replace_touches_nothing_else():
    """Every other number stays as it is, and the original is left alone."""
    changed = BASE.replace({"us.reservation": 5, "china.strategy": "conceder"})
    before, after = dict(BASE.numbers()), dict(changed.numbers())
    assert {path for path in before if before[path] != after[path]} == {"us.reservation"}
    assert changed.china.strategy == "conceder" and BASE.china.strategy == "boulware"


def test_central_pins_every_number_at_its_centre():
    """The central scenario draws nothing, and keeps every central value."""
    central = dict(BASE.central().numbers())
    assert not any(q.uncertain for q in central.values())
    assert all(central[path].value == q.value for path, q in BASE.numbers())


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ("us.reservations", 1, "Did you mean 'reservation'"),
        ("uss.reservation", 1, "Did you mean 'us'"),
        ("issues.fentanyl_tarif.mandate", 0.1, "Did you mean 'fentanyl_tariff'"),
        ("us.strategy", "boulwear", "Did you mean 'boulware'"),
        ("us.precision", 0, "above 0"),
        ("us.precision", -1, "above 0"),
        ("us.patience", 1.5, "above 0, up to 1"),
        ("deadline.accident", 2, "from 0 to 1"),
        ("us.types.stance.7", 1, "allowed: 0 to 2|no entry 7|Allowed there"),
        ("us.types.stance_prior", [0.5, 0.5, 0.5], "sum to 1"),
        ("us.types.stance_prior", [-0.5, 0.5, 1.0], "non-negative"),
        ("calendar.horizon", "1999-01-01", "not before horizon"),
        ("us.reservation", "lots", "reservation"),
        ("issues.fentanyl_tariff.full", 20, "nothing to concede"),
        ("us.types.resolve", [-1.0, 1.0], "allowed: 0 or more"),
        ("us.types.resolve", [1.0, NEGATIVE_WHEN_DRAWN], "low end of the distribution -3 is below"),
        ("us.reservation", True, "truth value"),
        ("us.reservation", float("nan"), "finite"),
        ("", 1, "no setting"),
        ("us", 3, "us"),
    ],
)
def test_a_bad_change_is_refused_in_a_sentence(path, value, says):
    """Wrong paths and values raise InputError with what is allowed or what was meant."""
    with pytest.raises(InputError, match=says) as caught:
        BASE.replace({path: value})
    assert "Traceback" not in str(caught.value) and "pydantic" not in str(caught.value)


def test_all_problems_are_told_at_once():
    """Four mistakes in a file, four lines, each naming its place."""

    def spoil(data):
        setting("us.strategy", "boulwear")(data)
        setting("deadline.ultimatun", 3)(data)
        setting("china.patience", 7)(data)
        setting("china.constituencies.export_provinces.stakes", {"soy": 1.0})(data)

    problems = refused(spoil)
    expected = {
        "us.strategy": "boulware",
        "deadline.ultimatun": "ultimatum",
        "china.patience": "7",
        "stakes": "soy",
    }
    for place, says in expected.items():
        assert any(place in line and says in line for line in problems), (place, problems)
    assert len(problems) == 4


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ("calendar.truce_expires", "2025-07-01", "before start"),
        ("calendar.summit_to", "2025-10-01", "before summit_from"),
        ("calendar.summit_to", "2025-12-24", "before summit_to"),
        ("calendar.summit_from", "2025-07-01", "before start"),
        ("calendar.start", "28 July", "date"),
        ("calendar.extension_days", 0, "extension_days"),
        ("calendar.talks_every_days", -1, "talks_every_days"),
        ("calendar.talks_every_days", 1e-300, "rounds of talks; allowed: "),
    ],
)
def test_dates_are_in_order(path, value, says):
    """Start, truce, summit and horizon follow one another."""
    problems = refused(setting(path, value))
    assert any(says in line for line in problems), problems


def test_the_summit_s_window_has_two_ends():
    """One end of the window without the other is refused."""
    problems = refused(lambda data: data["calendar"].pop("summit_to"))
    assert any("summit_from and summit_to go together" in line for line in problems)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (setting("us.reservation", {"value": 1, "unit": "$bn"}), "unit '\\$bn' should be"),
        (setting("us.precision", uniform(1, 0.5, 0.1)), "support"),
        (setting("us.patience", uniform(0.9, 0.8, 1.2)), "high end"),
        (setting("linkage", {"fentanyl_tariff": {"fentanyl_tariff": 1.0}}), "itself"),
        (setting("linkage", {"fentanyl_tariff": {"oil": 1.0}}), "oil"),
        (
            setting(
                "linkage",
                {
                    "fentanyl_tariff": {"rare_earth_licences": 1.0},
                    "rare_earth_licences": {"fentanyl_tariff": 1.0},
                },
            ),
            "the same pair",
        ),
        (setting("issues.purchase_commitments.kind", "purchase"), "Did you mean 'purchases'"),
        (setting("issues.purchase_commitments.conceded_by", "eu"), "us"),
        (setting("issues", {}), "issues"),
    ],
)  # fmt: skip
def test_what_a_scenario_cannot_be(change, says):
    """Units, ranges, links and names that make no sense are refused."""
    problems = refused(change)
    assert any(re.search(says, line) for line in problems), problems


def test_too_many_issues_are_refused():
    """An agenda has at most MAX_ISSUES entries."""

    def spoil(data):
        one = data["issues"]["fentanyl_tariff"]
        data["issues"] |= {f"issue_{k}": one for k in range(MAX_ISSUES)}

    assert any("issues" in line for line in refused(spoil))


def test_a_missing_number_is_named():
    """A number without default must be given."""
    problems = refused(lambda data: data["us"].pop("precision"))
    assert any("us.precision" in line and "missing" in line for line in problems)


def test_files_that_are_not_there_or_not_scenarios(tmp_path):
    """A misspelt name, a missing file, a folder, bytes, and text that is not TOML."""
    with pytest.raises(UnknownName, match="Did you mean 'stockholm-2025'"):
        Scenario.load("stockholm-2052")
    with pytest.raises(MissingFile, match="no such file"):
        Scenario.load(tmp_path / "none.toml")
    with pytest.raises(InputError, match="folder"):
        Scenario.load(tmp_path)
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "broken.toml").write_text("name = ", "utf-8")
    for file, says in (("bytes.toml", "text"), ("broken.toml", "not valid TOML")):
        with pytest.raises(FileProblems, match=says):
            Scenario.load(tmp_path / file)


def test_a_scenario_that_leaves_the_strategy_out_is_a_scenario():
    """The default strategy exists."""
    data = tomllib.loads(BASE.to_toml())
    del data["us"]["strategy"]
    assert Scenario.from_dict(data).us.strategy


def test_a_scenario_cannot_be_changed_in_place():
    """Scenarios are frozen: what was run is what the fingerprint says."""
    with pytest.raises(ValidationError):
        BASE.us = BASE.china
    with pytest.raises(ValidationError):
        BASE.us.precision = 3
