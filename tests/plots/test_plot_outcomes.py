"""The picture of the odds shows the odds it was given, each number where it belongs."""

from __future__ import annotations

import dataclasses

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import negotiation as ng
from negotiation.analysis.odds_result import HEADLINES
from negotiation.outcome import AT_HORIZON
from negotiation.plots.endings import ENDINGS
from negotiation.plots.outcomes import DOTS, describe_odds, fifty_dots, share_out
from negotiation.plots.style import round_percents
from negotiation.words.outcomes import ending_label


def by_height(ax, gid):  # type: ignore[no-untyped-def]
    """The x data of the lines of one kind, by their height."""
    return {
        round(float(line.get_ydata()[0]), 6): tuple(line.get_xdata())
        for line in ax.lines
        if line.get_gid() == gid
    }


def rows_of(ax):  # type: ignore[no-untyped-def]
    """The height of every named row."""
    return {
        t.get_text(): float(y) for t, y in zip(ax.get_yticklabels(), ax.get_yticks(), strict=True)
    }


def overlaps(ax):  # type: ignore[no-untyped-def]
    """Pairs of texts of an axes that lie on each other."""
    ax.figure.canvas.draw()
    shown = [
        t
        for t in [*ax.texts, *ax.get_xticklabels(), *ax.get_yticklabels(), ax.title, ax._left_title]
        if t.get_text() and t.get_visible()
    ]
    boxes = [(t.get_text(), t.get_window_extent()) for t in shown]
    return [(a, b) for i, (a, x) in enumerate(boxes) for b, y in boxes[:i] if x.overlaps(y)]


def test_bars_are_as_long_as_the_odds(result) -> None:  # type: ignore[no-untyped-def]
    """The bar beside an ending's name ends at its share of runs, in its colour and hatch."""
    ax = ng.plots.odds(result)
    heights = rows_of(ax)
    for name, estimate in result.at_horizon.items():
        look, y = ENDINGS[name], heights[ending_label(name)]
        bar = next(b for b in ax.patches if np.isclose(b.get_y() + b.get_height() / 2, y))
        assert bar.get_x() == 0.0
        assert bar.get_width() == pytest.approx(estimate.p)
        assert (bar.get_hatch() or "") == look.hatch
        assert plt.matplotlib.colors.to_hex(bar.get_facecolor()).upper() == look.colour


def test_both_intervals_end_where_the_data_say(result) -> None:  # type: ignore[no-untyped-def]
    """Thick: the interval over runs. Thin: the interval over the uncertain numbers."""
    ax = ng.plots.odds(result)
    heights, thick, thin = rows_of(ax), by_height(ax, "chance"), by_height(ax, "ignorance")
    for name, estimate in result.at_horizon.items():
        y = heights[ending_label(name)]
        assert thick[y] == pytest.approx((estimate.low, estimate.high))
        assert thin[y] == pytest.approx(result.horizon_interval[name])
    widths = {
        g: {line.get_linewidth() for line in ax.lines if line.get_gid() == g}
        for g in ("chance", "ignorance")
    }
    assert min(widths["chance"]) > 3 * max(widths["ignorance"])


def test_headlines_stand_above_with_their_own_intervals(result) -> None:  # type: ignore[no-untyped-def]
    """The two headline odds are the events', not the states', and are written large."""
    top = ng.plots.odds(result).figure.axes[0]
    assert top.get_label() == "headlines"
    texts = [t.get_text() for t in top.texts]
    for y, event in enumerate(reversed(HEADLINES)):
        estimate = result.events[event]
        assert f"{estimate.p:.0%}" in texts
        assert by_height(top, "chance")[y] == pytest.approx((estimate.low, estimate.high))
        assert by_height(top, "ignorance")[y] == pytest.approx(result.parameter_interval[event])


def test_without_worlds_no_thin_line_is_drawn(result) -> None:  # type: ignore[no-untyped-def]
    """An interval that was not computed is not drawn, nor explained, nor told."""
    flat = dataclasses.replace(
        result,
        horizon_interval={n: (e.p, e.p) for n, e in result.at_horizon.items()},
        parameter_interval={n: (e.p, e.p) for n, e in result.events.items()},
    )
    ax = ng.plots.odds(flat)
    assert by_height(ax, "ignorance") == {}
    assert len(ax.get_legend().get_texts()) == 1
    assert "uncertain numbers" not in ax.alt_text


def test_the_words_say_every_number(result) -> None:  # type: ignore[no-untyped-def]
    """Who cannot see the picture gets the same odds and the same intervals."""
    text = ng.plots.odds(result).alt_text
    assert text == describe_odds(result)
    for name in (
        "deal at the summit 42% (41% to 43% over runs, 32% to 52% over the uncertain numbers)",
        "truce, nothing signed 31%",
        "escalation 11",
        "12,345 runs",
        "87%",
        "21 deal at the summit, 7 deal at working level",
    ):
        assert name in text


def test_words_and_bars_follow_the_data(odds_of) -> None:  # type: ignore[no-untyped-def]
    """Other odds give another picture: nothing is drawn from memory."""
    first, second = (odds_of({"summit_deal": p, "truce": 1 - p}) for p in (0.2, 0.7))
    assert ng.plots.odds(first).alt_text != ng.plots.odds(second).alt_text
    widths = [sorted(b.get_width() for b in ng.plots.odds(r).patches) for r in (first, second)]
    assert widths[0][-1] == pytest.approx(0.8) and widths[1][-1] == pytest.approx(0.7)


@pytest.mark.parametrize("ending", AT_HORIZON)
def test_certain_and_impossible_endings_can_be_drawn(odds_of, ending) -> None:  # type: ignore[no-untyped-def]
    """One ending at 100% and four at 0%: fifty dots alike, every row still named."""
    ax = ng.plots.odds(odds_of({ending: 1.0}, half=0.0, reach=0.0))
    assert list(rows_of(ax)) == [ending_label(name) for name in AT_HORIZON]
    dots = {
        c.get_gid(): len(c.get_offsets())
        for c in ax.figure.axes[2].collections
        if c.get_gid() != "key"
    }
    assert dots == {name: DOTS * (name == ending) for name in AT_HORIZON}
    assert f"{ending_label(ending)} 100%" in ax.alt_text


def test_the_bars_alone_go_on_the_axes_given(result) -> None:  # type: ignore[no-untyped-def]
    """``ax=`` is honoured: the same axes come back, and no other is made."""
    figure, ax = plt.subplots()
    before = plt.get_fignums()
    assert ng.plots.odds(result, ax=ax) is ax
    assert figure.axes == [ax] and plt.get_fignums() == before


def test_labels_say_what_whose_and_when(result, stockholm) -> None:  # type: ignore[no-untyped-def]
    """Probabilities are those of this model; dates come from the scenario."""
    ax = ng.plots.odds(result, scenario=stockholm)
    assert ax.get_xlabel() == "probability, in this model"
    assert [t.get_text() for t in ax.get_xticklabels()][-1] == "100%"
    assert "30 November 2025" in ax.get_title("left")
    assert "12 August 2025" in ax.alt_text and stockholm.title in ax.alt_text


@pytest.mark.parametrize("panel", [0, 1, 2])
def test_no_text_lies_on_another(odds_of, panel) -> None:  # type: ignore[no-untyped-def]
    """Also where numbers are at their widest."""
    wide = odds_of({"summit_deal": 0.996, "lapse": 0.004}, reach=0.3)
    assert overlaps(ng.plots.odds(wide).figure.axes[panel]) == []


@given(st.lists(st.floats(0, 1), min_size=5, max_size=5).filter(lambda w: sum(w) > 1e-6))
def test_fifty_dots_are_fifty_and_off_by_less_than_one(weights: list[float]) -> None:
    """Largest remainders: the dots add up, and no ending is a whole dot off its share."""
    shares = {name: w / sum(weights) for name, w in zip(AT_HORIZON, weights, strict=True)}
    counts = share_out(shares)
    assert sum(counts.values()) == DOTS
    assert all(abs(counts[n] - DOTS * shares[n]) < 1 + 1e-9 for n in shares)


def test_an_ending_too_rare_for_a_dot_is_still_named() -> None:
    """Three runs in a thousand are no dot, and are not hidden either."""
    ax = fifty_dots({"summit_deal": 0.997, "escalation": 0.003})
    assert "escalation (<1%: too few for a dot)" in [t.get_text() for t in ax.texts]


def test_gains_are_fifty_dots_a_side_where_the_runs_lie() -> None:
    """Each dot stands at its quantile, to half a bin; the stroke is at the mean."""
    result = ng.odds("stockholm-three-issues", runs=2000, seed=1, worlds=0)
    ax = ng.plots.gains(result)
    reach = np.ptp([q for side in ("us", "china") for q in result.gains[f"account.{side}"][3]])
    for side in ("us", "china"):
        gain = result.gains[f"account.{side}"]
        (dots,) = (c for c in ax.collections if c.get_gid() == side)
        x, y = np.asarray(dots.get_offsets()).T
        assert np.abs(x - gain.quantiles).max() < 0.6 * reach / 46
        assert len({(a, b) for a, b in zip(x.round(6), y.round(6), strict=True)}) == DOTS
    strokes = [line.get_xdata()[0] for line in ax.lines if line.get_gid() == "mean"]
    assert strokes == [result.gains[f"account.{side}"].mean for side in ("us", "china")]
    assert "95% of the runs" in ax.alt_text


def test_the_dots_of_one_side_stay_below_those_of_the_other() -> None:
    """However high they pile up: where most runs of both sides end alike, as in a truce."""
    result = ng.odds("stockholm-three-issues", runs=200, seed=1, worlds=0)
    alike = {
        name: gain._replace(quantiles=(-9.0, *[0.0] * (DOTS - 1)))
        for name, gain in result.gains.items()
    }
    ax = ng.plots.gains(dataclasses.replace(result, gains=alike))
    us, china = (
        np.asarray(dots.get_offsets())[:, 1]
        for side in ("us", "china")
        for dots in ax.collections
        if dots.get_gid() == side
    )
    assert us.min() > china.max() + 1.0


def test_an_interval_without_width_is_not_written_as_a_number() -> None:
    """Of a few draws that do not differ, no range was seen: 13.00% would claim to know it."""
    result = ng.odds("stockholm-three-issues", runs=200, seed=1, worlds=4)
    endings = dict.fromkeys(result.horizon_interval, (0.2, 0.4)) | {"truce": (0.3, 0.3)}
    pointed = dataclasses.replace(
        result,
        horizon_interval=endings,
        parameter_interval=dict.fromkeys(result.parameter_interval, (0.3, 0.3)),
    )
    ax = ng.plots.outcomes.odds(pointed)
    written = [text.get_text() for panel in ax.figure.axes for text in panel.texts]
    assert written.count("none seen") == 1 + len(HEADLINES)
    assert not any(text.startswith("30.") for text in written)


def test_a_tornado_shows_its_intervals_on_an_axis_that_fits() -> None:
    """Whiskers end where the table says, and the axis holds them, in round numbers."""
    table = {
        "name": ["what a demand costs", "patience"],
        "key": ["deadline.ultimatum", "us.patience"],
        "at_low": [0.48, 0.5], "at_low_from": [0.46, 0.49], "at_low_to": [0.5, 0.51],
        "at_high": [0.55, 0.51], "at_high_from": [0.53, 0.5], "at_high_to": [0.57, 0.52],
    }  # fmt: skip
    ax = ng.plots.tornado(table, outcome="summit_deal", base=0.5)
    drawn = {
        line.get_gid(): tuple(line.get_xdata())
        for line in ax.lines
        if "interval" in (line.get_gid() or "")
    }
    assert drawn["low interval 0"] == (0.46, 0.5) and drawn["high interval 1"] == (0.5, 0.52)
    assert len(drawn) == 4
    assert ax.get_xlim() == (0.46, 0.58)
    assert [t.get_text() for t in ax.get_yticklabels()] == ["what a demand costs", "patience"]
    small = [t for t in ax.get_yticklabels(minor=True) if t.get_text()]
    assert [t.get_text() for t in small] == table["key"]
    assert small[0].get_fontsize() < ax.get_yticklabels()[0].get_fontsize()


@given(st.floats(0, 1), st.floats(0, 1))
def test_an_axis_of_odds_holds_what_it_shows(a: float, b: float) -> None:
    """It ends at whole percents beyond, is never a hair's breadth, and has few ticks."""
    ticks = round_percents(min(a, b), max(a, b))
    assert 0 <= ticks[0] <= min(a, b) + 1e-9 and max(a, b) - 1e-9 <= ticks[-1] <= 1
    assert ticks[-1] - ticks[0] >= 0.03 - 1e-9 and 2 <= len(ticks) <= 9


def test_what_was_changed_stands_above_the_picture_and_on_nothing(result) -> None:  # type: ignore[no-untyped-def]
    """Below the title, above the panels, inside the figure; and in the words."""
    lines = [f"Setting {k} of a long name (us.setting_{k}): {k}, not {k + 1}" for k in range(4)]
    ax = ng.plots.odds(result, changed=lines)
    figure = ax.figure
    figure.canvas.draw()
    (text,) = (t for t in figure.texts if t.get_gid() == "changed")
    box = text.get_window_extent()
    assert box.y0 > figure.axes[0].get_tightbbox().y1
    assert 0 <= box.x0 < box.x1 <= figure.bbox.x1
    title = figure._suptitle.get_text().strip()
    assert title and all(line in ax.alt_text for line in lines)
