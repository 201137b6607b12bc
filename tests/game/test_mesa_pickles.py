"""The Mesa model can be stored and copied at any step, and goes on as if nothing had happened."""

from __future__ import annotations

import copy
import multiprocessing
import pickle
from typing import Any

import mesa
import pytest

import negotiation as ng
from negotiation.agents import Delegation
from negotiation.game import Game, Kind
from negotiation.model import NegotiationModel

PIE = "split-the-pie"
STOCKHOLM = "stockholm-2025"


class Stubborn(Delegation):
    """Refuses every second offer."""

    def choose(self, point: Any) -> Any:
        """Count the questions, which a stored agent must remember."""
        if point.kind is Kind.ANSWER:
            self.asked = getattr(self, "asked", 0) + 1
            return "refuse" if self.asked % 2 else None
        return None


class Refusing(NegotiationModel):
    """A model with such delegations."""

    delegation_class = Stubborn


class Counting(ng.Strategy):
    """A class of a user's own that notes something between its decisions."""

    asked = 0

    def share(self, view: ng.View) -> float:
        """Hold out for less each time."""
        self.asked += 1
        return float(max(0.9 - 0.02 * self.asked, 0.3))


def all_of(model: NegotiationModel) -> tuple[Any, ...]:
    """Return everything that a model has found, the row as bytes."""
    collected = model.datacollector
    return (
        model.row().tobytes(),
        model.state,
        [str(event) for event in model.events],
        collected.get_model_vars_dataframe().to_csv(),
        collected.get_agenttype_vars_dataframe(Delegation).to_csv(),
    )


def end_of(stored: bytes) -> tuple[Any, ...]:
    """Play a stored model to its end."""
    return all_of(pickle.loads(stored).play())


@pytest.mark.parametrize("kind", [NegotiationModel, Refusing])
@pytest.mark.parametrize("run", [0, 3])
def test_a_stored_model_goes_on_to_the_same_bytes(kind: type[NegotiationModel], run: int) -> None:
    """Stored after any of several steps and played on, it ends as the one that was not stored."""
    model = kind(STOCKHOLM, seed=1, run=run)
    stored = [pickle.dumps(model)]
    while model.running:
        model.step()
        if model.ticks % 5 == 0:
            stored.append(pickle.dumps(model))
    expected = all_of(model)
    assert len(stored) > 3
    for data in stored:
        assert end_of(data) == expected


def test_another_process_takes_it_up() -> None:
    """Nothing that is stored is an address in the memory of the process that stored it."""
    model = NegotiationModel(PIE, seed=2)
    model.step()
    stored = pickle.dumps(model)
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        found = pool.apply(end_of, (stored,))
    assert found == all_of(model.play())


def test_what_is_stored_stands_where_it_stood() -> None:
    """Between two steps the tick, its records and the agents are those of the last step."""
    model = NegotiationModel(STOCKHOLM, seed=1, run=2)
    for _ in range(4):
        model.step()
    twin = pickle.loads(pickle.dumps(model))
    for found, kept in zip(twin.scene.records, model.scene.records, strict=True):
        for name in kept.dtype.names:
            if name not in ("drafting", "problem", "scratch"):  # working memory
                assert str(found[name]) == str(kept[name]), name
    assert [a.unique_id for a in twin.agents] == [a.unique_id for a in model.agents]
    assert all(agent.model is twin for agent in twin.agents)
    assert twin.delegations[0].aspiration == model.delegations[0].aspiration


def test_a_copy_goes_its_own_way() -> None:
    """A deep copy shares nothing that changes: the original stays where it is."""
    model = Refusing(STOCKHOLM, seed=1)
    for _ in range(3):
        model.step()
    before = all_of(model)
    twin = copy.deepcopy(model)
    twin.play()
    assert all_of(model) == before != all_of(twin)
    assert all_of(model.play()) == all_of(twin)


def test_a_game_and_its_record_are_stored_too() -> None:
    """A game waits for the same decision, with what a class of a user's own has noted."""
    game = Game(PIE, seed=3, strategies={"us": Counting()})
    for _ in range(5):
        game.decide()
    twin = pickle.loads(pickle.dumps(game))
    assert twin.point == game.point
    ours, theirs = game.strategies["us"], twin.strategies["us"]
    assert isinstance(ours, Counting) and isinstance(theirs, Counting)
    assert ours.asked == theirs.asked > 0
    assert twin.play().row().tobytes() == game.play().row().tobytes()
    talks = pickle.loads(pickle.dumps(game.talks))
    assert talks == game.talks
    assert (talks.history()["day"] == game.history()["day"]).all()


def test_mesas_batch_run_finds_the_reporters_of_the_model() -> None:
    """Mesa's batch_run keeps what the model reports; the gains are those of the run itself."""
    found = mesa.batch_run(
        NegotiationModel,
        {"scenario": [STOCKHOLM], "seed": [1], "run": [0, 1, 2]},
        number_processes=2,
        max_steps=1000,
        data_collection_period=-1,
        display_progress=False,
    )
    rows = {row["run"]: row for row in found}  # Mesa may give a run a row for each agent
    assert sorted(rows) == [0, 1, 2]
    for run, row in rows.items():
        talks = ng.run(STOCKHOLM, seed=1, run=run)
        assert row["state"] == talks.outcome.value
        for side in ("us", "china"):
            assert row[f"{side}_gain"] == talks.gains[side]
            assert row[f"{side}_account"] == talks.account[side]
        assert row["deficit"] == talks.trade["deficit"]
        assert row["trade_low"] == talks.trade["lowest"]
        assert row["extensions"] >= int(talks.happened["first_deadline_extended"])


def test_the_reporters_tell_every_tick() -> None:
    """The columns are those of the page; day and date agree, and a step gives one row."""
    model = NegotiationModel(STOCKHOLM, seed=1).play()
    table = model.datacollector.get_model_vars_dataframe()
    assert list(table) == [
        "day", "date", "regime", "state", "tension", "expiry", "extensions", "us_gain",
        "china_gain", "us_account", "china_account", "deficit", "trade_low",
    ]  # fmt: skip
    start = model.scenario.calendar.start
    assert [(date - start).days for date in table["date"]] == [int(day) for day in table["day"]]
    assert table["day"].iloc[0] == model.scenario.clock.tick_days.value
    assert len(table) == model.ticks
    assert table["state"].iloc[-1] == model.state
