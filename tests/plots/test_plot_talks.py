"""The pictures of the talks agree with the runs they are drawn from."""

from __future__ import annotations

import dataclasses

import matplotlib.pyplot as plt
import numpy as np
import pytest

import negotiation as ng
from negotiation.ensemble import Ensemble
from negotiation.errors import InputError, OutOfRange, UnknownName
from negotiation.events import Event
from negotiation.outcome import AT_HORIZON, ROW
from negotiation.plots.agreements import weekly
from negotiation.plots.offers import describe_gap, standing_gaps
from negotiation.plots.pareto import picture_of


@pytest.fixture(scope="module")
def rows(stockholm):  # type: ignore[no-untyped-def]
    """Two thousand runs of the ensemble."""
    return Ensemble(stockholm).rows(seed=3, first=0, count=2000)


def offer(day: float, side: int, us: float, china: float, accepted: bool = False) -> Event:
    """An offer with a given worth to both."""
    return Event(day, "talks", "offer", side, {"worth": [us, china], "accepted": accepted})


def with_offers(run: ng.Talks, *offers: Event) -> ng.Talks:
    """The run with other offers."""
    return dataclasses.replace(run, events=offers)


def line(ax, gid):  # type: ignore[no-untyped-def]
    """The line drawn under a name."""
    return next(found for found in ax.lines if found.get_gid() == gid)


def test_the_gap_is_what_both_would_give_up(runs) -> None:  # type: ignore[no-untyped-def]
    """US offer worth (20, 1), China's (4, 25): the US would give up 16, China 24, together 40."""
    run = with_offers(runs[0], offer(0, 0, 20, 1), offer(14, 1, 4, 25), offer(28, 0, 12, 9, True))
    day, gap = standing_gaps([run])
    assert np.isnan(gap[0, day < 14]).all()
    assert (gap[0, (day >= 14) & (day < 28)] == 40.0).all()
    assert (gap[0, day >= 28] == 0.0).all()


def test_the_gap_ends_at_the_horizon(runs, stockholm) -> None:  # type: ignore[no-untyped-def]
    """The last day drawn is the scenario's last, whatever the tick."""
    end = (stockholm.calendar.horizon - stockholm.calendar.start).days
    assert standing_gaps(runs).day[-1] == end


def test_in_real_runs_the_offers_close_in(runs) -> None:  # type: ignore[no-untyped-def]
    """Concession curves only fall, so the typical gap falls, to zero where an offer is accepted."""
    gap = standing_gaps(runs).gap
    gap = gap[:, np.isfinite(gap).mean(axis=0) > 0.5]  # most have two offers on the table by then
    middle = np.nanmedian(gap, axis=0)
    assert middle[0] > 10.0
    assert middle[-1] < 0.5 * middle[0]


def test_the_fan_holds_the_quantiles_of_the_runs(runs) -> None:  # type: ignore[no-untyped-def]
    """The drawn median is the median, the bands the middle half and 95%."""
    ax = ng.plots.gap(runs, examples=2)
    day, gap = standing_gaps(runs)
    median = line(ax, "median").get_ydata()
    np.testing.assert_allclose(median[3:], np.nanmedian(gap[:, 3:], axis=0))
    for band, (low, high) in zip(ax.collections, ((0.025, 0.975), (0.25, 0.75)), strict=False):
        vertices = band.get_paths()[0].vertices
        on_day = vertices[np.isclose(vertices[:, 0], day[6]), 1]
        for q in (low, high):
            assert np.isclose(on_day, np.nanquantile(gap[:, 6], q)).any()
    for k in range(2):
        drawn = line(ax, f"run {runs[k].run}").get_ydata()
        np.testing.assert_array_equal(drawn, gap[k])
    assert ax.get_ylabel() == "gap between the standing offers, $bn per year"


def test_the_gap_in_words_has_the_numbers_of_the_fan(runs) -> None:  # type: ignore[no-untyped-def]
    """Median on the first day with offers, and how many runs found an acceptable offer."""
    words = describe_gap(runs)
    gap = standing_gaps(runs).gap
    accepted = sum(any(e.detail["accepted"] for e in r.events if e.kind == "offer") for r in runs)
    assert f"In {accepted} of 12 runs" in words
    assert f"{np.nanmedian(gap[:, 2]):.3g}" in words


def test_gap_refuses_nothing_and_a_mixture(runs) -> None:  # type: ignore[no-untyped-def]
    """A fan of no runs, or over two scenarios, would mean nothing."""
    other = ng.run(ng.Scenario.load("split-the-pie"), seed=1)
    with pytest.raises(InputError, match="no runs"):
        ng.plots.gap([])
    with pytest.raises(InputError, match="different scenarios"):
        ng.plots.gap([runs[0], other])
    with pytest.raises(OutOfRange, match="examples"):
        ng.plots.gap(runs, examples=9)


def test_timing_adds_up_to_the_deals(rows, stockholm) -> None:  # type: ignore[no-untyped-def]
    """Bars of a kind add up to the share of runs that ended in that kind of deal."""
    ax = ng.plots.timing(rows, stockholm)
    for deal in ("working_deal", "summit_deal"):
        bars = [b for b in ax.patches if b.get_gid() == deal]
        share = np.mean(rows["state"] == AT_HORIZON.index(deal))
        assert sum(b.get_height() for b in bars) == pytest.approx(100 * share)
    edges, shares = weekly(rows, stockholm)
    busiest = np.sum(list(shares.values()), axis=0).argmax()
    assert f"begins on day {edges[busiest]:.0f}" in ax.alt_text


def test_timing_puts_a_deal_in_its_week(stockholm) -> None:  # type: ignore[no-untyped-def]
    """A deal on day 30 stands between days 28 and 35; the deadline on day 15, 12 August."""
    rows = np.zeros(4, ROW)
    rows["deal_day"], rows["state"] = (30.0, -1.0, -1.0, -1.0), (1, 2, 2, 2)
    ax = ng.plots.timing(rows, stockholm)
    (bar,) = [b for b in ax.patches if b.get_gid() == "working_deal" and b.get_height() > 0]
    assert (bar.get_x(), bar.get_height()) == (28.0, 25.0)
    assert line(ax, "deadline").get_xdata()[0] == 15  # 28 July to 12 August 2025
    assert "75%" in ax.get_title("left")
    assert "per week" in ax.get_ylabel() and "in this model" in ax.get_ylabel()


def test_timing_can_be_drawn_where_nobody_agrees(stockholm) -> None:  # type: ignore[no-untyped-def]
    """No deal at all is an answer too."""
    rows = np.zeros(3, ROW)
    rows["deal_day"], rows["state"] = -1.0, 2
    assert "100% no deal" in ng.plots.timing(rows, stockholm).alt_text


def test_contents_shows_medians_at_their_place_and_in_their_unit(rows, stockholm) -> None:  # type: ignore[no-untyped-def]
    """A median half-way from 20 to 0 points is drawn at 50% and written as 10."""
    made = np.zeros(3, ROW)
    made["state"] = 0
    made["package"][:, 0] = (0.4, 0.5, 0.6)
    ax = ng.plots.contents(made, stockholm)
    top = max(m.get_ydata()[0] for m in ax.lines if m.get_gid() == "median")
    (x,) = [
        m.get_xdata()[0] for m in ax.lines if m.get_gid() == "median" and m.get_ydata()[0] == top
    ]
    assert x == 0.5
    written = {round(float(t.get_position()[1]), 6): t.get_text() for t in ax.texts}
    assert written[float(top)] == "10"
    assert "from 20 to a median of 10" in ax.alt_text


def test_contents_intervals_are_the_quantiles_of_the_deals(rows, stockholm) -> None:  # type: ignore[no-untyped-def]
    """Only runs with a deal count, and of one kind where one is asked for."""
    signed = rows["package"][rows["state"] == AT_HORIZON.index("summit_deal")]
    ax = ng.plots.contents(rows, stockholm, ending="summit_deal")
    wide = [m for m in ax.lines if m.get_gid() == "95%"]
    half = [m for m in ax.lines if m.get_gid() == "50%"]
    for k in range(len(stockholm.issues)):
        np.testing.assert_allclose(wide[k].get_xdata(), np.quantile(signed[:, k], [0.025, 0.975]))
        np.testing.assert_allclose(half[k].get_xdata(), np.quantile(signed[:, k], [0.25, 0.75]))
    assert f"{len(signed):,} deals" in ax.get_title("left")


def test_contents_without_deals_is_refused(stockholm) -> None:  # type: ignore[no-untyped-def]
    """There is nothing to draw, and the message says so."""
    rows = np.zeros(2, ROW)
    rows["state"] = 2
    with pytest.raises(InputError, match="none of the runs"):
        ng.plots.contents(rows, stockholm)


def test_a_table_without_the_column_is_refused(stockholm) -> None:  # type: ignore[no-untyped-def]
    """The message names the column that is missing."""
    with pytest.raises(UnknownName, match="'deal_day'"):
        ng.plots.timing({"state": [0]}, stockholm)


def test_path_draws_each_offer_at_what_it_is_worth(runs) -> None:  # type: ignore[no-untyped-def]
    """The points of a side are its offers, in order, $bn per year."""
    ax = ng.plots.path(runs[0])
    for side in ("us", "china"):
        drawn = line(ax, f"offers {side}").get_xydata()
        expected = [o.worth for o in picture_of(runs[0]).offers if o.side == side]
        np.testing.assert_allclose(drawn, expected)
    assert ax.get_xlabel().endswith("$bn per year over the truce")


def offers_before_a_deal(run) -> int:  # type: ignore[no-untyped-def]
    """How many offers come before anything is signed, which then is the floor of all later ones."""
    count = 0
    for event in run.events:
        if event.kind == "signed" or (event.kind == "draft" and all(event.detail["passes"])):
            break
        count += event.kind == "offer"
    return count


def test_nothing_lies_beyond_the_frontier(runs) -> None:  # type: ignore[no-untyped-def]
    """Pareto: with nothing hidden, no offer and no deal is better for both than every point of it.

    A hundredth of a billion bounds the straight line between two of the 801 points drawn.
    """
    for run in runs[:6]:
        drawn = picture_of(run)
        offers = drawn.offers[: offers_before_a_deal(run)]
        assert offers
        for worth in [*(o.worth for o in offers), *([drawn.signed] if drawn.signed else [])]:
            us, china = drawn.frontier[np.argsort(drawn.frontier[:, 0])].T
            assert worth[1] <= np.interp(worth[0], us, china) + 0.01, run.run


def test_offers_are_worth_what_the_events_say_once_types_are_known(runs) -> None:  # type: ignore[no-untyped-def]
    """China's worth hangs on what it knows of the US only through delivery, which it has none of.

    So the picture's worth to China is that of the run's own record, in $bn per year.
    """
    for run in runs[:4]:
        open_offers = offers_before_a_deal(run)
        told = [e.detail["worth"][1] for e in run.events if e.kind == "offer"][:open_offers]
        drawn = picture_of(run).offers[:open_offers]
        np.testing.assert_allclose([o.worth[1] for o in drawn], told, atol=1e-6)


def test_nash_maximises_the_product_on_the_frontier_drawn(runs) -> None:  # type: ignore[no-untyped-def]
    """Nash 1950: the largest product of gains over the walk-away point."""
    drawn = picture_of(runs[1])
    gains = np.clip(drawn.frontier - drawn.walk_away, 0, None)
    product = np.prod(np.subtract(drawn.nash, drawn.walk_away))
    assert product == pytest.approx(gains.prod(axis=1).max())


def test_what_was_signed_is_marked_only_where_something_was(runs) -> None:  # type: ignore[no-untyped-def]
    """A star where a package was signed, none where not, and the words agree."""
    assert {bool(run.package) for run in runs} == {True, False}
    for signed in (True, False):
        run = next(r for r in runs if bool(r.package) == signed)
        ax = ng.plots.path(run)
        assert ("signed" in {m.get_gid() for m in ax.lines}) == signed
        assert ("nothing was signed" in ax.alt_text) != signed


def test_axes_given_are_used(runs, rows, stockholm) -> None:  # type: ignore[no-untyped-def]
    """``ax=`` is honoured, and no figure is made beside it."""
    for draw in (
        lambda ax: ng.plots.gap(runs, ax=ax),
        lambda ax: ng.plots.timing(rows, stockholm, ax=ax),
        lambda ax: ng.plots.contents(rows, stockholm, ax=ax),
        lambda ax: ng.plots.path(runs[0], ax=ax),
    ):
        figure, ax = plt.subplots()
        assert draw(ax) is ax and figure.axes == [ax] and len(plt.get_fignums()) == 1
        plt.close(figure)
