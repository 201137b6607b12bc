"""Pictures of tables: each mark lies where its row says."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import negotiation as ng
from negotiation.errors import InputError, UnknownName
from negotiation.outcome import AT_HORIZON
from negotiation.plots.shares import TRIANGLE
from negotiation.plots.tables import columns


def sweep(points: int = 4, names: bool = False) -> dict[str, list]:
    """Shares of the endings along a made-up setting."""
    table: dict[str, list] = {"patience": [], "outcome": [], "share": []}
    for k in range(points):
        weights = np.array([1 + k, 2, points - k, 0, 1.0])
        for outcome, share in zip(AT_HORIZON, weights / weights.sum(), strict=True):
            table["patience"].append(f"a scenario with a long name {k}" if names else 0.8 + k / 100)
            table["outcome"].append(outcome)
            table["share"].append(float(share))
    return table


def square(shares: list[float], half: float = 0.1) -> dict[str, list]:
    """Odds over a 2 by 2 grid."""
    return {
        "a": [0, 1, 0, 1], "b": [10, 10, 20, 20], "outcome": ["truce"] * 4, "share": shares,
        "low": [s - half for s in shares], "high": [s + half for s in shares],
    }  # fmt: skip


@pytest.mark.parametrize("make", [dict, pa.table, pd.DataFrame, pl.DataFrame])
def test_any_kind_of_table_gives_the_same_picture(make) -> None:  # type: ignore[no-untyped-def]
    """Plain columns, Arrow, pandas and polars."""
    assert (
        ng.plots.stacked(make(sweep()), x="patience").alt_text
        == ng.plots.stacked(sweep(), x="patience").alt_text
    )


def test_what_is_no_table_is_refused() -> None:
    """Columns of different lengths, none at all, or no columns."""
    for wrong in ({"x": [1, 2], "y": [1]}, {"x": []}, 3):
        with pytest.raises(InputError, match="allowed"):
            columns(wrong)
    with pytest.raises(UnknownName, match="'patience'"):
        ng.plots.stacked(sweep(), x="patiense")


def test_the_odds_of_a_sweep_are_drawn_as_they_are() -> None:
    """Beside events on the way, an ending is counted once, under its name at the horizon."""
    design = ng.grid("split-the-pie", {"us.patience": [0.5, 0.9]}, replicates=50)
    table = ng.sweep(design, seed=1).odds()
    states = [row for row in table.to_pylist() if row["outcome"].startswith("at_horizon.")]
    alone = {
        "us.patience": [row["us.patience"] for row in states],
        "outcome": [row["outcome"].removeprefix("at_horizon.") for row in states],
        "share": [row["share"] for row in states],
    }
    for draw in (ng.plots.stacked, ng.plots.ternary):
        assert draw(table, x="us.patience").alt_text == draw(alone, x="us.patience").alt_text


def test_stacked_bars_have_the_shares_and_end_at_one() -> None:
    """From the bottom in the order of the endings, each as high as its share."""
    table = sweep()
    ax = ng.plots.stacked(table, x="patience", label="US patience, per year")
    shares = np.reshape(table["share"], (4, 5))
    for e, ending in enumerate(AT_HORIZON):
        bars = sorted((b for b in ax.patches if b.get_gid() == ending), key=lambda b: b.get_x())
        np.testing.assert_allclose([b.get_height() for b in bars], shares[:, e])
        np.testing.assert_allclose([b.get_y() for b in bars], shares[:, :e].sum(axis=1))
    assert (ax.get_xlabel(), ax.get_ylabel()) == (
        "US patience, per year",
        "share of runs, in this model",
    )


def test_shares_that_do_not_add_up_are_refused() -> None:
    """A bar that ends at 90% would be read as a mistake of the reader's."""
    with pytest.raises(InputError, match="add up to 0.9"):
        ng.plots.stacked({"x": [1, 1], "outcome": ["truce", "lapse"], "share": [0.5, 0.4]}, x="x")


def test_many_names_neither_overlap_nor_vanish() -> None:
    """Forty long names: a dozen are written, apart from each other."""
    ax = ng.plots.stacked(sweep(40), x="patience")
    assert 8 <= len(ax.get_xticks()) <= 14
    ax.figure.canvas.draw()
    boxes = [t.get_window_extent() for t in ax.get_xticklabels()]
    assert not any(a.overlaps(b) for a, b in zip(boxes, boxes[1:], strict=False))
    tilted = ng.plots.stacked(sweep(6, names=True), x="patience")
    assert {t.get_rotation() for t in tilted.get_xticklabels()} == {35.0}


def test_ternary_points_lie_where_the_shares_put_them() -> None:
    """A corner is certainty; the middle of the triangle is a third each."""
    table = {
        "x": [1, 2, 3, 4, 4, 4],
        "outcome": ["working_deal", "truce", "escalation", "summit_deal", "truce", "lapse"],
        "share": [1, 1, 1, 1 / 3, 1 / 3, 1 / 3],
    }
    path = next(line for line in ng.plots.ternary(table, x="x").lines if line.get_gid() == "path")
    np.testing.assert_allclose(path.get_xydata(), [*TRIANGLE, TRIANGLE.mean(axis=0)])


def test_ternary_labels_stand_on_the_lines_they_name() -> None:
    """The label "20% truce" lies where truce is 20%: its height tells for deal, and so on."""
    ax = ng.plots.ternary(sweep(), x="patience")
    to_shares = np.linalg.inv(np.column_stack([TRIANGLE, np.ones(3)]))
    levels = 0
    for note in ax.texts:
        words = note.get_text().split()
        if (
            len(words) == 2
            and words[1] in ("deal", "truce", "breakdown")
            and hasattr(note, "xy")
            and words[0] != "100%"
        ):
            shares = np.append(note.xy, 1.0) @ to_shares
            assert shares[("deal", "truce", "breakdown").index(words[1])] == pytest.approx(
                float(words[0][:-1]) / 100
            )
            levels += 1
    assert levels == 12


def test_ternary_labels_do_not_lie_on_each_other() -> None:
    """Three scales around one triangle: each is read at a side of its own."""
    ax = ng.plots.ternary(sweep(), x="patience")
    ax.figure.canvas.draw()
    boxes = [t.get_window_extent() for t in ax.texts]
    assert not any(a.overlaps(b) for k, a in enumerate(boxes) for b in boxes[:k])


def test_the_map_shows_the_share_of_each_pair() -> None:
    """Colours come from the cells' own odds, between 0 and 100%."""
    shares = [0.1, 0.45, 0.55, 0.9]
    ax = ng.plots.heat_map(square(shares), x="a", y="b", outcome="truce")
    mesh = next(c for c in ax.collections if c.get_gid() == "odds")
    np.testing.assert_allclose(np.ravel(mesh.get_array()), shares)
    assert (mesh.norm.vmin, mesh.norm.vmax, mesh.cmap.name) == (0, 1, "cividis")
    assert "in this model" in ax.figure.axes[1].get_ylabel()


def test_only_cells_that_cannot_be_told_from_even_are_hatched() -> None:
    """0.45 and 0.55, each give or take 0.1, span 50%; 0.1 and 0.9 do not."""
    ax = ng.plots.heat_map(square([0.1, 0.45, 0.55, 0.9]), x="a", y="b", outcome="truce")
    assert {p.get_gid() for p in ax.patches} == {"torn 1 0", "torn 0 1"}
    assert all(p.get_hatch() for p in ax.patches)
    assert "spans 50% in 2" in ax.alt_text


def test_the_even_line_is_drawn_where_the_odds_cross_it_only() -> None:
    """From 0 to 100% the line crosses in the middle; with no crossing there is none."""

    def contours(shares):  # type: ignore[no-untyped-def]
        ax = ng.plots.heat_map(square(shares, half=0.0), x="a", y="b", outcome="truce")
        return [c for c in ax.collections if c.get_gid() != "odds"]

    crossing = contours([0.0, 1.0, 0.0, 1.0])
    assert crossing
    np.testing.assert_allclose(crossing[-1].get_paths()[0].vertices[:, 0], 0.5)
    assert contours([0.6, 0.7, 0.8, 0.9]) == []


def test_a_map_with_a_hole_or_a_single_row_can_be_drawn() -> None:
    """Pairs that were not run stay empty."""
    table = {name: values[:3] for name, values in square([0.2, 0.6, 0.7, 0.9]).items()}
    mesh = next(
        c
        for c in ng.plots.heat_map(table, x="a", y="b", outcome="truce").collections
        if c.get_gid() == "odds"
    )
    assert np.ma.getmaskarray(mesh.get_array()).sum() == 1
    row = {name: values[:2] for name, values in square([0.2, 0.6, 0.7, 0.9]).items()}
    ng.plots.heat_map(row, x="a", y="b", outcome="truce")
    with pytest.raises(InputError, match="allowed: truce"):
        ng.plots.heat_map(row, x="a", y="b", outcome="lapse")


def test_tornado_bars_run_from_as_it_stands_to_each_end() -> None:
    """Strongest at the top; where both ends lie on one side, both can be seen."""
    table = {
        "name": ["weak", "strong", "one-sided"],
        "at_low": [0.55, 0.2, 0.7],
        "at_high": [0.65, 0.9, 0.95],
    }
    ax = ng.plots.tornado(table, outcome="summit_deal", base=0.6)
    names = [t.get_text() for t in ax.get_yticklabels()]
    assert names == ["strong", "one-sided", "weak"]
    for k, name in enumerate(names):
        row = table["name"].index(name)
        for end in ("low", "high"):
            bar = next(b for b in ax.patches if b.get_gid() == f"{end} {k}")
            edges = sorted((bar.get_x(), bar.get_x() + bar.get_width()))
            assert edges == pytest.approx(sorted((0.6, table[f"at_{end}"][row])))
    drawn = [b.get_gid() for b in ax.patches]
    assert drawn.index("high 1") < drawn.index("low 1")  # the longer lies under the shorter
    assert "strong from 20% to 90%" in ax.alt_text and "in this model" in ax.get_xlabel()


def test_tornado_keeps_to_the_strongest() -> None:
    """Of sixty settings the most moving are drawn."""
    table = {
        "name": [f"s{k}" for k in range(60)],
        "at_low": [0.5] * 60,
        "at_high": [0.5 + k / 200 for k in range(60)],
    }
    ax = ng.plots.tornado(table, outcome="deal", base=0.5, most=5)
    assert [t.get_text() for t in ax.get_yticklabels()] == ["s59", "s58", "s57", "s56", "s55"]


def test_importance_bars_carry_their_intervals() -> None:
    """First-order and total side by side, each with its own interval."""
    table = {
        "name": ["a", "b", "a", "b"], "kind": ["first", "first", "total", "total"],
        "index": [0.1, -0.4, 0.3, 0.6], "low": [0.0, -0.5, 0.2, 0.5], "high": [0.2, -0.3, 0.4, 0.7],
    }  # fmt: skip
    ax = ng.plots.importance(table, measure="Sobol index")
    assert {b.get_gid(): b.get_width() for b in ax.patches} == pytest.approx(
        {"a first": 0.1, "b first": -0.4, "a total": 0.3, "b total": 0.6}
    )
    bars = {round(b.get_y() + b.get_height() / 2, 6): b.get_width() for b in ax.patches}
    for line in ax.lines:
        if len(set(line.get_ydata())) == 1:
            low, high = line.get_xdata()
            assert low < bars[round(float(line.get_ydata()[0]), 6)] < high
    assert "b (total) 0.6 (0.5 to 0.7)" in ax.alt_text


def test_theory_marks_lie_at_the_theory_and_disagreement_is_told() -> None:
    """One case inside its interval, one outside, which is named in words, not by colour alone."""
    table = {
        "name": ["in", "out"],
        "theory": [0.5, 0.9],
        "simulated": [0.51, 0.6],
        "low": [0.48, 0.55],
        "high": [0.54, 0.65],
    }
    ax = ng.plots.versus_theory(table, label="US share")
    lines = {line.get_gid(): line for line in ax.lines if line.get_gid()}
    assert [lines[f"theory {k}"].get_xdata()[0] for k in range(2)] == [0.5, 0.9]
    assert tuple(lines["interval 1"].get_xdata()) == (0.55, 0.65)
    assert [t.get_text() for t in ax.texts] == ["differs"]
    assert "1 of 2" in ax.alt_text and "1 of 2" in ax.get_title("left")


def test_axes_given_are_used() -> None:
    """``ax=`` is honoured; a map adds only its colour bar."""
    theory = {"name": ["a"], "theory": [1], "simulated": [1], "low": [0], "high": [2]}
    moves = {"name": ["a"], "at_low": [0.2], "at_high": [0.4]}
    index = {"name": ["a"], "index": [0.2], "low": [0.1], "high": [0.4]}
    for draw, extra in (
        (lambda ax: ng.plots.stacked(sweep(), x="patience", ax=ax), 0),
        (lambda ax: ng.plots.ternary(sweep(), x="patience", ax=ax), 0),
        (
            lambda ax: ng.plots.heat_map(
                square([0.1, 0.4, 0.6, 1.0]), x="a", y="b", outcome="truce", ax=ax
            ),
            1,
        ),
        (lambda ax: ng.plots.tornado(moves, outcome="deal", base=0.3, ax=ax), 0),
        (lambda ax: ng.plots.importance(index, measure="PRCC", ax=ax), 0),
        (lambda ax: ng.plots.versus_theory(theory, label="share", ax=ax), 0),
    ):
        figure, ax = plt.subplots()
        assert draw(ax) is ax and len(figure.axes) == 1 + extra and len(plt.get_fignums()) == 1
        plt.close(figure)


@pytest.mark.parametrize("column", [3, {"a": 1}, [[1], [1, 2]], [(0.5, [[1, 2], [3, 4]])]])
def test_what_is_no_column_is_refused_by_name(column):  # type: ignore[no-untyped-def]
    """A lone number, a table, lists of different lengths."""
    with pytest.raises(InputError, match="column 'x' is no list of numbers or names"):
        columns({"x": column}, "x")
