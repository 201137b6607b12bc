"""What the lab computes and shows, without a browser."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import negotiation as ng
from negotiation.analysis.compare import compare
from negotiation.lab.about_link import LONGEST
from negotiation.lab.game_view import fair_html, findings_html, matrix_html
from negotiation.lab.levers import SHOWN, levers
from negotiation.lab.link import GAMES, State, parse, query, scenario_of
from negotiation.lab.odds_view import details_html, headlines_html
from negotiation.lab.play_link import MOST_MOVES, Play
from negotiation.lab.remembering import Remembered
from negotiation.lab.replaying import (
    Census,
    Chosen,
    beyond,
    census,
    chosen,
    looked_at,
    replayed,
)
from negotiation.lab.study import MOST, PER_WORLD, answers, study_of, summed
from negotiation.lab.subject import Subject
from negotiation.lab.two_by_two import games, logit, problem
from negotiation.lab.watch_view import minds_html, now_html, picture_html, transcript_html
from negotiation.lab.watching import (
    after_a_decision,
    after_a_week,
    after_it_all,
    watched,
)
from negotiation.sweep.scores import estimated
from negotiation.tally import OUTCOMES
from negotiation.words.numbers import percent
from negotiation.words.outcomes import headlines

STOCKHOLM = ng.Scenario.load("stockholm-2025")
PIE = ng.Scenario.load("split-the-pie")


@pytest.mark.parametrize("name", ["stockholm-2025", "split-the-pie"])
def test_every_lever_can_stand_at_its_ends(name: str) -> None:
    """The ends of the sliders are values that the scenario takes, with a label and a sentence."""
    scenario = ng.Scenario.load(name)
    known = levers(scenario)
    assert len({lever.path for lever in known}) == len(known) > SHOWN
    for lever in known:
        assert lever.low < lever.high and lever.low <= lever.value <= lever.high
        assert lever.label and lever.help.endswith(".")
        assert "{" not in lever.label + lever.help
        for end in (lever.low, lever.high):
            assert scenario_of(scenario, ((lever.path, end),)).odd_layers() == []


def test_the_first_eight_of_stockholm_are_in_plain_words() -> None:
    """No jargon in what a class sees first: each has a sentence beside its range."""
    for lever in levers(STOCKHOLM)[:SHOWN]:
        assert len(lever.help.split(". ")) > 1, lever.path


STATES = st.builds(
    State,
    tab=st.sampled_from(["odds", "watch", "game", "replay"]),
    levers=st.sampled_from([(), (("deadline.grace", 0.25), ("us.patience", 0.9))]),
    baseline=st.sampled_from([None, (), (("deadline.ultimatum", -2.5),)]),
    run=st.integers(0, 10**9),
    taken=st.integers(0, 400),
    orders=st.sampled_from([(), ('{"at":3,"answer":"yes"}', '{"at":9,"answer":"no"}')]),
    game=st.sampled_from(sorted(GAMES)),
    payoffs=st.tuples(*8 * [st.integers(-99, 99).map(float)]),
    mix=st.tuples(st.sampled_from([0.0, 0.25, 1.0]), st.sampled_from([0.0, 0.5])),
    shown=st.sampled_from([(), ("best",), ("best", "logit")]),
    replayed=st.integers(0, 10**9),
    cell=st.integers(-1, 9),
    asked=st.booleans(),
    guess=st.sampled_from([(), (0.6, 0.25)]),
)  # fmt: skip


@given(STATES)
def test_a_link_restores_the_state(state: State) -> None:
    """What is written into the address is read back as it was."""
    assert parse(query(state), STOCKHOLM) == (state, [])


@given(
    st.text(max_size=200)
    | st.from_regex(r"(tab|run|order|mix|baseline|ask|guess|us\.patience)=.{0,20}")
)
def test_no_link_of_a_stranger_does_harm(text: str) -> None:
    """Whatever stands in an address, there is a state, and a sentence for what was left out."""
    state, wrong = parse(text, STOCKHOLM)
    scenario_of(STOCKHOLM, state.levers)
    assert all(sentence.endswith(".") for sentence in wrong)


def test_a_link_holds_all_that_may_be_decided() -> None:
    """What is made here is read here, whole; what is longer than that is not read in part."""
    package = [round(0.1234567890123456 + k / 50, 16) for k in range(11)]
    moves = tuple(
        json.dumps({"at": 3 * n, "answer": "package", "package": package}, separators=(",", ":"))
        for n in range(MOST_MOVES)
    )
    state = State(tab="play", play=Play(side="china", hand=5, at=1200, move=moves))
    assert parse(query(state), STOCKHOLM) == (state, [])
    assert parse("x=" + "a" * 19_980 + "&us.patience=0.85", STOCKHOLM)[0].levers == (
        ("us.patience", 0.85),
    )
    long = parse("us.patience=0.85&x=" + "a" * LONGEST, STOCKHOLM)
    assert long == (State(), ["The link is not understood: it is too long."])


@pytest.mark.parametrize(
    "text",
    ["run=" + "0" * 12 + "9" * 5000, "run=" + "0" * 12 + "9" * 30, "run=-0000000000005",
     "taken=" + "9" * 5000, "cell=-0000000000099", "hand=" + "0" * 12 + "9" * 30],
)  # fmt: skip
def test_a_number_of_a_link_is_read_as_it_is_written(text: str) -> None:
    """However many zeros stand before it; Python itself reads none of thousands of digits."""
    state, wrong = parse(text, STOCKHOLM)
    assert state == State() and len(wrong) == 1 and "expected a whole number from" in wrong[0]
    assert parse("run=" + "0" * 5000 + "7", STOCKHOLM)[0].run == 7


def test_answers_sharpen_and_agree_with_the_odds_of_the_command() -> None:
    """The intervals narrow as runs come in, and meet those of other runs."""
    found = list(answers(STOCKHOLM, seed=5))
    widths = [answer.headlines[0].odds.high - answer.headlines[0].odds.low for answer in found]
    assert widths[-1] < 0.5 * widths[0]
    assert found[-1].runs == MOST * PER_WORLD and found[-1].done and not found[0].done
    whole = ng.odds(STOCKHOLM, runs=3_000, seed=6, worlds=0)
    for headline in found[-1].headlines:
        low, high = whole.events[headline.name].low, whole.events[headline.name].high
        assert headline.odds.low < high and low < headline.odds.high
        assert headline.over[0] <= headline.odds.p <= headline.over[1]
    assert sum(estimate.p for _, _, estimate, _ in found[-1].endings) == pytest.approx(1.0)


def test_a_run_of_the_last_answer_is_worth_more_than_a_counted_one() -> None:
    """For both headlines, as luck is taken out of them."""
    study = study_of(STOCKHOLM, 5)
    study.extend(MOST)
    sums, runs = summed(study, study, MOST), MOST * PER_WORLD
    worth, counted = (estimated(sums, runs, PER_WORLD, count=each)[1] for each in (False, True))
    for name in headlines(STOCKHOLM):
        assert worth[OUTCOMES.index(name)] > 1.1 * counted[OUTCOMES.index(name)], name


def test_the_difference_to_the_baseline_is_paired() -> None:
    """It is what `negotiation compare` finds, no wider than the odds that it is about."""
    dear = STOCKHOLM.replace({"deadline.ultimatum": 5.0})
    last = list(answers(dear, seed=1, baseline=STOCKHOLM))[-1]
    change = last.headlines[0].change
    assert change is not None
    pairs = compare(STOCKHOLM, dear, runs=1_000, seed=1).events["first_deadline_extended"]
    assert change.low < pairs.high and pairs.low < change.high
    odds = last.headlines[0].odds
    assert change.high - change.low < 1.2 * (odds.high - odds.low)
    same = next(answers(STOCKHOLM, seed=1, baseline=STOCKHOLM)).headlines[0].change
    assert same == (0.0, 0.0, 0.0) or same.p == 0.0


def test_what_was_played_is_kept_for_whoever_asks_next() -> None:
    """Two who ask about the same scenario share its runs."""
    study = study_of(PIE, 3)
    study.extend(30)
    assert study_of(PIE.replace({}), 3) is study
    assert next(answers(PIE, seed=3)).runs >= 300


def test_many_who_ask_at_once_share_one_computation() -> None:
    """A class that opens the same page has its results computed once; an error is not kept."""
    asked: list[int] = []

    def slow(scenario: ng.Scenario, n: int) -> int:
        asked.append(n)
        time.sleep(0.05)
        return 1 // n

    known = Remembered(slow, most=4)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda _: known(PIE, 1), range(8))) == 8 * [1]
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            known(PIE, 0)
    assert asked == [1, 0, 0]


@pytest.mark.parametrize("name", ["stockholm-2025", "split-the-pie", "japan-2025"])
def test_every_scenario_can_be_shown(name: str) -> None:
    """All tabs have something to say of any scenario, and all tags are closed."""
    scenario = ng.Scenario.load(name)
    answer = next(answers(scenario, 1, scenario))
    scene = watched(scenario, 1, 0, 5, ())
    stage = {k: v for k, v in games(scenario, State().payoffs).items() if v is not None}
    shown = ("best", "dominated", "equilibria")
    pages = [
        headlines_html(answer), details_html(answer, scenario), now_html(scene),
        picture_html(scene), minds_html(scene), transcript_html(scene),
        fair_html(problem(scenario), scenario),
        *(matrix_html(game, shown, "$bn") + findings_html(game, shown) for game in stage.values()),
    ]  # fmt: skip
    for page in pages:
        opened = re.findall(r"<(\w+)(?![^>]*/>)[^>]*>", page)
        assert sorted(opened) == sorted(re.findall(r"</(\w+)>", page))
        assert "nan" not in page


def test_stepping_is_the_run_that_the_command_prints() -> None:
    """Week by week, decision by decision or at once: the same end as `negotiation run`."""
    scene = watched(STOCKHOLM, 1, 3, 0, ())
    dates = [scene.date]
    while not scene.over:
        scene = watched(STOCKHOLM, 1, 3, *after_a_week(scene))
        dates.append(scene.date)
    assert all(a < b for a, b in pairwise(dates))
    whole = ng.run(STOCKHOLM, seed=1, run=3)
    assert scene.talks.events[-1].day == whole.events[-1].day
    assert scene.talks.account == whole.account
    assert after_it_all(watched(STOCKHOLM, 1, 3, 0, ())) == (scene.taken, ())
    assert watched(STOCKHOLM, 1, 3, 400, ()).over


def test_deciding_otherwise_forks_the_run() -> None:
    """The decision is kept in the place, so a link leads to the same fork."""
    scene = watched(STOCKHOLM, 1, 0, 0, ())
    while scene.asked is None or scene.asked.kind != "answer":
        scene = watched(STOCKHOLM, 1, 0, *after_a_decision(scene))
    taken, orders = after_a_decision(scene, "accept")
    assert len(orders) == 1 and taken == scene.taken + 1
    fork = watched(STOCKHOLM, 1, 0, taken, orders)
    assert [str(e) for e in fork.talks.events[: len(scene.talks.events)]] == [
        str(e) for e in scene.talks.events
    ]
    state = replace(State(), taken=taken, orders=orders)
    again, _ = parse(query(state), STOCKHOLM)
    assert watched(STOCKHOLM, 1, 0, again.taken, again.orders).talks.account == fork.talks.account


def test_an_offer_can_be_built_by_its_share() -> None:
    """Asking for more of what there is leaves the other side less."""
    scene = watched(PIE, 1, 0, 0, ())
    assert scene.asked is not None and scene.asked.share is not None
    worth = []
    for share in (0.5, 0.9):
        later = watched(PIE, 1, 0, *after_a_decision(scene, share))
        worth.append(watched(PIE, 1, 0, *after_a_decision(later)).offers[0][1])
    assert worth[1][0] > worth[0][0] and worth[1][1] < worth[0][1]


def test_a_cheap_ultimatum_makes_the_deadline_another_game() -> None:
    """A game of the scenario follows its levers: where home applauds a demand, one pays."""
    angry = STOCKHOLM.replace({"deadline.ultimatum": -5.0})
    calm, hot = (games(one, State().payoffs)["deadline"] for one in (STOCKHOLM, angry))
    assert calm is not None and hot is not None
    assert calm.pure_equilibria == ((0, 0),)
    assert (0, 0) not in hot.pure_equilibria


def test_the_logit_path_ends_at_an_equilibrium() -> None:
    """From indifference to precise choices, as drawn."""
    game = games(STOCKHOLM, (3.0, 0, 5, 1, 3, 5, 0, 1))["own"]
    assert game is not None
    path = logit(game)
    assert path.row[0] == path.column[0] == 0.5
    assert min(path.row[-1], path.column[-1]) > 0.99


def test_the_typical_run_has_the_ending_it_stands_for() -> None:
    """Every run that stands out ends as its button says, when it is played by itself."""
    found = census(STOCKHOLM, 1)
    assert len(found.typical) >= 4 and len(found.strange) == 6
    for one in (*found.typical, *found.strange):
        assert ng.run(STOCKHOLM, seed=1, run=one.run).outcome == one.ending
    assert len({one.run for one in found.strange}) == 6


def test_a_run_of_a_stored_sweep_is_the_one_that_was_counted(tmp_path: Path) -> None:
    """Cell and number lead to the run whose row the sweep has."""
    folder = tmp_path / "sweep"
    results = ng.sweep(
        ng.grid(PIE, {"us.patience": [0.5, 0.9]}, replicates=4),
        seed=7,
        store=folder,
        keep_rows=True,
    )
    subject = Subject.of(PIE, 1, folder)
    assert subject.stored is not None and subject.stored.runs == (4, 4)
    for row in results.rows().to_table().to_pylist():
        account = replayed(subject, State(cell=row["cell"], replayed=row["run"])).talks.account
        assert account == {side: row[f"account.{side}"] for side in ("us", "china")}


def test_the_runs_that_stand_out_in_a_cell_are_among_those_that_it_holds(tmp_path: Path) -> None:
    """As many as the sweep has played, of its worlds and its seed: shares are those of its rows."""
    folder = tmp_path / "sweep"
    design = ng.grid(
        STOCKHOLM, {"deadline.ultimatum": [0.0, 4.0]}, replicates=130, runs_per_world=10
    )
    results = ng.sweep(design, seed=9, store=folder, keep_rows=True)
    subject = Subject.of(STOCKHOLM, 1, folder)
    of = chosen(subject, State(cell=1))
    assert (of.seed, of.runs_per_world, of.played, of.looked_at) == (9, 10, 130, 130)
    found = census(of.scenario, of.seed, of.runs_per_world, of.looked_at)
    ended = {r["run"]: r["at_horizon"] for r in rows_of(results, 1)}
    assert found.runs == len(ended) == 130
    for one in (*found.typical, *found.strange):
        assert ended[one.run] == one.ending
    shares = Counter(ended.values())
    assert {one.ending for one in found.typical} == set(shares)
    for one in found.typical:
        assert one.why == f"the typical one of {percent(shares[one.ending] / 130)} of the runs"
    assert looked_at(of) == "Among all 130 runs of this cell."
    assert beyond(subject, State(cell=1, replayed=129)) == ""
    assert "this one is played anew" in beyond(subject, State(cell=1, replayed=130))
    assert beyond(subject, State(replayed=130)) == ""


def rows_of(results: Any, cell: int) -> list[dict[str, Any]]:
    """The rows of a cell of a sweep."""
    return [row for row in results.rows().to_table().to_pylist() if row["cell"] == cell]


def test_a_cell_without_runs_has_none_that_stand_out() -> None:
    """An unfinished sweep may hold none of a cell yet: a sentence says so."""
    of = Chosen(PIE, 1, 1, 0)
    assert census(PIE, 1, 1, of.looked_at) == Census(0, (), ())
    assert looked_at(of) == "The sweep has played no run of this cell yet."


def test_a_big_cell_is_looked_at_in_part_and_that_is_said() -> None:
    """Its first ten thousand runs; of a scenario without a sweep a thousand."""
    assert Chosen(PIE, 1, 1, 10**6).looked_at == 10_000
    assert Chosen(PIE, 1, 1, None).looked_at == 1_000
