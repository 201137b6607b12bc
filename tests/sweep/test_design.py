"""Designs say which cells there are; wrong ones are refused with a sentence."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import qmc

from negotiation import Scenario
from negotiation.errors import FileProblems, InputError, UnknownName
from negotiation.sweep import (
    grid,
    latin_hypercube,
    load_design,
    one_at_a_time,
    sobol,
    strategy_pairs,
)
from negotiation.sweep.design import cell_key
from negotiation.sweep.design_file import design_of
from negotiation.tactics.registry import BUILT_IN

PIE = Scenario.load("split-the-pie")


def test_a_grid_is_the_product_of_its_values_with_the_last_one_fastest() -> None:
    """Two by three values make six cells, in the order of an odometer."""
    cells = grid(PIE, {"us.patience": [0.8, 0.9], "china.patience": [0.7, 0.8, 0.9]}).cells
    assert [(c["us.patience"], c["china.patience"]) for c in cells] == [
        (0.8, 0.7),
        (0.8, 0.8),
        (0.8, 0.9),
        (0.9, 0.7),
        (0.9, 0.8),
        (0.9, 0.9),
    ]


def test_a_latin_hypercube_has_one_point_in_every_slice_of_every_dimension() -> None:
    """McKay, Beckman and Conover (1979): its defining property."""
    ranges = {"us.patience": (0.5, 1.0), "china.patience": (0.5, 1.0)}
    cells = latin_hypercube(PIE, ranges, samples=32, sample_seed=5).cells
    for path in ranges:
        slices = sorted(int((cell[path] - 0.5) / 0.5 * 32) for cell in cells)
        assert slices == list(range(32))


def test_a_sobol_design_fills_the_square_more_evenly_than_a_latin_hypercube() -> None:
    """Its centred discrepancy is lower on average over 20 scramblings, as theory says."""
    ranges = {"us.patience": (0.0, 1.0), "china.patience": (0.0, 1.0)}

    def discrepancy(spread: object, seed: int) -> float:
        cells = spread(PIE, ranges, samples=64, sample_seed=seed).cells  # type: ignore[operator]
        return float(qmc.discrepancy(np.array([[cell[p] for p in ranges] for cell in cells])))

    means = [np.mean([discrepancy(s, k) for k in range(20)]) for s in (sobol, latin_hypercube)]
    assert means[0] < 0.7 * means[1]


def test_a_number_sampled_by_name_follows_its_own_distribution(scenario: Scenario) -> None:
    """The points of a Sobol design lie at the quantiles of the scenario's distribution."""
    path, rate = "escalation.meeting_rate", scenario.escalation.meeting_rate
    values = np.sort([c[path] for c in sobol(scenario, [path], samples=64).cells])
    assert np.allclose(values, rate.quantiles((np.arange(64) + 0.5) / 64), atol=0.1)
    assert rate.low < values[0] and values[-1] < rate.high


def test_one_at_a_time_changes_one_number_per_cell_from_an_unchanged_baseline(
    scenario: Scenario,
) -> None:
    """The first cell is the scenario itself; each other pins one number at its 5% or 95% point."""
    design = one_at_a_time(scenario)
    uncertain = [path for path, q in scenario.numbers() if q.uncertain]
    assert design.cells[0] == {} and design.baseline == 0
    assert len(design) == 1 + 2 * len(uncertain)
    assert all(len(cell) == 1 for cell in design.cells[1:])


def test_pairs_of_strategies_default_to_all_built_in_ones() -> None:
    """Every strategy meets every strategy, itself included."""
    assert len(strategy_pairs(PIE)) == len(BUILT_IN) ** 2


def test_designs_cross_and_follow_one_another() -> None:
    """``a * b`` has every pair of cells; ``a + b`` has each cell once."""
    a, b = grid(PIE, {"us.patience": [0.8, 0.9]}), grid(PIE, {"china.patience": [0.7, 0.8, 0.9]})
    assert len(a * b) == 6
    assert len(a + b) == 5
    assert len(a + a) == 2
    with pytest.raises(InputError, match="both designs vary us.patience"):
        a * a


@given(
    st.dictionaries(st.sampled_from("abc"), st.integers(-5, 5) | st.text(max_size=3), max_size=3)
)
def test_the_key_of_a_cell_does_not_depend_on_order_or_on_int_against_float(cell: dict) -> None:
    """Equal settings are the same cell, however they were written; other settings are another."""
    same = {k: float(v) if isinstance(v, int) else v for k, v in reversed(list(cell.items()))}
    assert cell_key(cell) == cell_key(same)
    assert cell_key(cell) != cell_key({**cell, "d": 1})


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: grid(PIE, {"us.patiense": [1]}), "Did you mean 'patience'"),
        (lambda: grid(PIE, {"us.patience": [0.9, 1.4]}), "1.4"),
        (lambda: grid(PIE, {"us.patience": 0.9}), "list of values"),
        (lambda: grid(PIE, {"us.patience": []}), "no values"),
        (lambda: strategy_pairs(PIE, us=["boulwear"]), "Did you mean 'boulware'"),
        (lambda: latin_hypercube(PIE, {"us.patience": (0.9, 0.8)}, samples=4), "low below high"),
        (lambda: sobol(PIE, {"us.patience": (0.8, 0.9)}, samples=12), "power of two"),
        (lambda: one_at_a_time(PIE), "no uncertain numbers"),
        (lambda: one_at_a_time(Scenario.load("stockholm-2025"), ["us.slackk"]), "us.slack"),
        (lambda: grid(PIE, {"us.patience": [0.9]}, replicates=0), "replicates"),
        (lambda: grid(PIE, {"us.patience": [0.9]}, replicates=10, runs_per_world=3), "multiple"),
        (lambda: grid(PIE, {"us.patience": [0.9]}, baseline={"us.patience": 0.8}), "no cell has"),
    ],
)
def test_a_wrong_design_is_refused_with_a_sentence(make: object, sentence: str) -> None:
    """What cannot be played is found before anything is."""
    with pytest.raises(InputError, match=sentence):
        make()  # type: ignore[operator]


def test_a_design_file_crosses_its_blocks_and_names_levers_and_uncertainties(tmp_path) -> None:
    """Levers on a grid, uncertainties sampled, constants in every cell, a baseline by settings."""
    file = tmp_path / "sweep.toml"
    file.write_text(
        """
        question = "Does a price matter?"
        scenario = "stockholm-2025"
        replicates = 500
        [constants]
        "us.strategy" = "conceder"
        [[levers]]
        over = { "deadline.ultimatum" = [1, 3] }
        [[uncertainties]]
        design = "latin-hypercube"
        samples = 4
        over = ["us.precision", "china.precision"]
        [baseline]
        "deadline.ultimatum" = 3
        """
    )
    design = load_design(file)
    assert len(design) == 8 and design.replicates == 500 and design.baseline == 4
    assert design.scenario.us.strategy == "conceder"
    assert dict(design.roles) == {
        "deadline.ultimatum": "lever",
        "us.precision": "uncertainty",
        "china.precision": "uncertainty",
    }
    table = design.table()
    assert table.schema.field("deadline.ultimatum").metadata == {b"role": b"lever", b"unit": b"$bn"}


def test_parts_of_a_design_file_follow_one_another(tmp_path) -> None:
    """A mix: a grid, and beside it pairs of strategies; what a part does not vary is null."""
    file = tmp_path / "mix.toml"
    file.write_text(
        """
        scenario = "split-the-pie"
        [[parts]]
        levers = [{ over = { "us.patience" = [0.8, 0.9] } }]
        [[parts]]
        levers = [{ design = "strategy-pairs", us = ["linear"], china = ["linear", "conceder"] }]
        """
    )
    table = load_design(file).table()
    assert table["us.patience"].to_pylist() == [0.8, 0.9, None, None]
    assert table["china.strategy"].to_pylist() == [None, None, "linear", "conceder"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("replicates = 5", "scenario: missing"),
        ('scenario = "split-the-pie"\nreplicats = 5', "Did you mean 'replicates'"),
        ("scenario =", "not valid TOML"),
        ('scenario = "split-the-pie"\n[[levers]]\ndesign = "gird"', "Did you mean 'grid'"),
        ('scenario = "split-the-pie"\n[[levers]]\ndesign = "grid"\nsamples = 3', "samples"),
        ('scenario = "split-the-pie"\n[[levers]]\ndesign = "sobol"\nover = {}', "samples: missing"),
        ('scenario = "split-the-pie"\n[levers]\nover = {}', r"\[\[levers\]\]"),
    ],
)
def test_a_wrong_design_file_is_refused_with_a_sentence(tmp_path, text: str, sentence: str) -> None:
    """One sentence: what, where, what is allowed."""
    file = tmp_path / "sweep.toml"
    file.write_text(text)
    with pytest.raises(InputError, match=sentence):
        load_design(file)


def test_a_missing_design_file_is_named() -> None:
    """The sentence says which file."""
    with pytest.raises(InputError, match=r"nowhere\.toml"):
        load_design("nowhere.toml")


def test_an_unknown_outcome_is_refused_with_a_hint(design) -> None:
    """The same rule for names everywhere."""
    from negotiation.tally import named

    with pytest.raises(UnknownName, match="summit_deal"):
        named("summit_deel")


RESOLVE, PART = {"us.types.resolve": [[1.0, 0.5]]}, {"us.types.resolve.1": [0.1, 0.9]}


def block(over: dict) -> dict:
    """A block of a design file."""
    return {"over": over}


@pytest.mark.parametrize(
    "data",
    [
        {"levers": [block(PART), block(RESOLVE)]},
        {"levers": [block(RESOLVE)], "uncertainties": [block(PART)]},
        {"levers": [block(RESOLVE | PART)]},
        {"levers": [block(PART)], "constants": {"us.types.resolve": [1.0, 0.5]}},
        {"levers": [block(RESOLVE)], "constants": {"us.types.resolve.1": 0.3}},
        {"levers": [block(PART)], "constants": {"us.types.resolve.1": 0.3}},
        {"parts": [{"levers": [block(RESOLVE), block(PART)]}]},
    ],
)
def test_a_setting_and_a_part_of_it_do_not_vary_at_once(data: dict) -> None:
    """A cell would be labelled by both and played with one of them."""
    with pytest.raises(InputError, match=r"us\.types\.resolve\.1"):
        design_of({"scenario": "stockholm-three-issues", **data})


def test_what_one_part_varies_another_may_vary_in_part(scenario: Scenario) -> None:
    """Their cells come one after another, and so does a strategy before its settings."""
    parts = {"parts": [{"levers": [block(RESOLVE)]}, {"levers": [block(PART)]}]}
    assert len(design_of({"scenario": "stockholm-three-issues", **parts})) == 3
    pair = grid(scenario, {"us.strategy": ["boulware"]}) * grid(
        scenario.replace({}), {"us.strategy.beta": [0.1, 0.2]}
    )
    assert pair.scenario_of(1).us.strategy.settings["beta"].value == 0.2


def test_making_scenarios_changes_neither_the_design_nor_what_it_was_made_of(
    scenario: Scenario,
) -> None:
    """A list that was given stays what it was, and so do the cells and their fingerprint."""
    mine, table = [1.0, 0.5], {"low": 0.5, "high": 0.9, "value": 0.7, "distribution": "uniform"}
    given = {"us.types.resolve": mine, "us.types.resolve.1": 0.2, "us.patience": table}
    changed = scenario.replace(given | {"us.patience.high": 0.8})
    assert changed.us.types.resolve[1].value == 0.2 and changed.us.patience.high == 0.8
    assert mine == [1.0, 0.5] and table["high"] == 0.9
    design = grid(scenario, {"us.types.resolve": [mine], "us.types.resolve.1": [0.2, 0.3]})
    before = str(design.cells)
    assert [design.scenario_of(i).us.types.resolve[1].value for i in (0, 1)] == [0.2, 0.3]
    assert str(design.cells) == before and "[1.0, 0.5]" in before


@pytest.mark.parametrize("entry", ["01", "7", "\u00b2", "-1"])
def test_an_entry_of_a_list_has_one_name(scenario: Scenario, entry: str) -> None:
    """Entry 1 is not also 01, so what is given twice is seen; what is no entry is refused."""
    with pytest.raises(InputError, match="resolve"):
        scenario.replace({f"us.types.resolve.{entry}": 0.3})


WHOLE = "expected a whole number"
WRONG_TYPES = {
    "levers is a number": ({"levers": 5}, r"levers: write each as a table"),
    "parts is a number": ({"parts": 5}, r"parts: write each as a table"),
    "a block is text": ({"levers": ["abc"]}, r"levers: write each as a table"),
    "constants is text": ({"constants": "x"}, "constants = 'x': expected a table"),
    "baseline is a number": ({"baseline": 1}, "baseline = 1: expected a table"),
    "seed is a date": ({"seed": dt.date(2025, 1, 1)}, f"seed: {WHOLE}"),
    "seed is negative": ({"seed": -1}, "seed = -1: expected a number of at least 0"),
    "seed is true": ({"seed": True}, f"seed = True: {WHOLE}"),
    "replicates is a fraction": ({"replicates": 2.5}, f"replicates = 2.5: {WHOLE}"),
    "replicates is infinite": ({"replicates": math.inf}, f"replicates = inf: {WHOLE}"),
    "question is a list": ({"question": ["a"]}, "question: expected text"),
    "keep_rows is text": ({"keep_rows": "yes"}, "keep_rows = 'yes': expected true or false"),
    "scenario is a number": ({"scenario": 3}, "scenario = 3: expected text"),
    "a kind is a list": (
        {"levers": [{"design": ["grid"], "over": {"us.patience": [0.8]}}]},
        r"levers\.0\.design: \['grid'\] is not allowed",
    ),
    "a grid over a number": ({"levers": [{"over": 5}]}, r"levers\.0\.over = 5: a grid needs"),
    "one at a time over a number": (
        {"levers": [{"design": "one-at-a-time", "over": 5}]},
        r"levers\.0\.over = 5: expected a table of settings, or a list",
    ),
    "pairs of a number": (
        {"levers": [{"design": "strategy-pairs", "us": 5}]},
        r"levers\.0\.us = 5: expected a list",
    ),
    "a baseline of a huge number": (
        {"levers": [{"over": {"us.patience": [0.8]}}], "baseline": {"us.patience": 10**400}},
        "no cell has",
    ),
} | {
    f"over {over!r:.40}": (
        {"uncertainties": [{"design": "latin-hypercube", "samples": 4, "over": over}]},
        rf"uncertainties\.0.*{sentence}",
    )
    for over, sentence in (
        ({}, "it lists nothing"),
        ([], "it lists nothing"),
        ([1], "expected text"),
        ({"us.patience": 0.9}, r"us\.patience: give the range as \[low, high\] .* not 0\.9"),
        ({"us.strategy": ["linear", "micro"]}, r"us\.strategy: give the range as \[low, high\]"),
        ({"us.patience": [-math.inf, math.inf]}, r"give the range as \[low, high\]"),
        ({"us.patience": [0.8, 0.9, 1.0]}, r"give the range as \[low, high\]"),
    )
}


@pytest.mark.parametrize(("data", "sentence"), WRONG_TYPES.values(), ids=WRONG_TYPES)
def test_a_wrong_type_in_a_design_is_a_sentence(data: dict, sentence: str) -> None:
    """Where it stands, what stands there, what is allowed; never Python's own error."""
    with pytest.raises(FileProblems, match=sentence) as refused:
        design_of({"scenario": "split-the-pie", **data})
    assert len(refused.value.problems) == 1


def test_all_problems_of_a_design_are_told_at_once() -> None:
    """Of the file, of its scenario and of each block."""
    with pytest.raises(FileProblems) as refused:
        design_of(
            {
                "scenario": "split-the-pie",
                "replicates": "many",
                "constants": {"us.nerve": 1},
                "levers": [
                    {"over": {"us.patience": [2.0], "us.patiense": [0.5]}},
                    {"design": "sobol", "samples": 6, "over": ["us.slack"]},
                    {"design": "gird"},
                ],
            }
        )
    where = [line.split(":")[0].split(" ")[0] for line in refused.value.problems]
    blocks = ["levers.0", "levers.0", "levers.1", "levers.2.design"]
    assert where == ["replicates", "constants", *blocks]


def test_not_every_wrong_value_of_a_setting_is_told() -> None:
    """Ten are enough to see what is wrong, and a long list would take minutes."""
    levers = [{"over": {"us.patience": [f"a{i}" for i in range(1000)], "us.nerve": [1]}}]
    with pytest.raises(FileProblems) as refused:
        design_of({"scenario": "split-the-pie", "levers": levers})
    assert len(refused.value.problems) == 11


def test_a_whole_number_may_be_written_as_a_power_of_ten() -> None:
    """In TOML 1e4 is a float; what is whole is taken."""
    assert design_of({"scenario": "split-the-pie", "replicates": 1e4}).replicates == 10_000


def test_the_cells_of_many_parts_are_counted_as_they_are_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Parts of two cells each, where three are allowed, are refused after the second."""
    monkeypatch.setattr("negotiation.sweep.design.MOST_CELLS", 3)
    parts = [{"levers": [{"over": {"us.patience": [0.1 * i, 0.05]}}]} for i in range(1, 9)]
    with pytest.raises(FileProblems, match="parts: cells = 4 is out of range") as refused:
        design_of({"scenario": "split-the-pie", "parts": parts})
    assert len(refused.value.problems) == 1


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ({"scenario": "a\0.toml"}, "scenario: Scenario.load: name_or_path = 'a\\x00.toml' is not"),
        ({"levers": [{"design": "cells", "file": "\0"}]}, "levers.0: \\u0000: cannot be read: "),
        ({"constants": {1: 2}}, "constants.1.[key] = 1: expected text."),
        ({"levers": [{"over": {1: [2]}}]}, "levers.0.over: a grid needs a table of settings"),
        ({"levers": [{"over": {"us.patience": [10**400, 10**400]}}]}, "levers.0: us.patience"),
    ],
)
def test_names_that_no_file_and_no_setting_has_are_refused_in_a_sentence(named, sentence):
    """A null character in a name, a number in the place of a path, a number beyond all numbers."""
    with pytest.raises(FileProblems) as error:
        design_of({"scenario": "split-the-pie", **named})
    assert sentence in str(error.value)
