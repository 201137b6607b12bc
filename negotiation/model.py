"""The negotiation as a Mesa model: agents that hold their state and decide at their own points.

The order of play is that of :class:`negotiation.game.Game`; a step plays one tick of it and asks,
at every decision, the agent whose decision it is.
"""

from __future__ import annotations

import datetime as dt
from functools import cached_property, partial
from operator import attrgetter
from types import SimpleNamespace
from typing import Any

import mesa
import numpy as np

from negotiation.agents import Constituency, Delegation, Leader, Parliament, Party
from negotiation.events import Event
from negotiation.game.game import Game
from negotiation.outcome import AT_HORIZON, STATE_OF_REGIME
from negotiation.rules.state import REGIMES
from negotiation.scenario import SIDES, Given


class NegotiationModel(mesa.Model):  # type: ignore[misc]
    """One negotiation.

    Parameters
    ----------
    scenario : Scenario
    seed : int, optional
        Master seed of the study; 1 for None. Mesa's ``batch_run`` varies ``run`` to play other
        runs: its iterations of the same seed and run are the same run.
    run : int
        Number of the run under that seed.
    runs_per_world : int
        How many runs share one draw of the uncertain numbers.

    Attributes
    ----------
    game : Game
    delegations, leaders, parliaments : list of Party
        One for each side.
    constituencies : list of Constituency
    running : bool
        False once the horizon is reached.
    """

    delegation_class: type[Delegation] = Delegation
    leader_class: type[Leader] = Leader

    scenario: Any = None  # Mesa 3.5 has a property of this name, which writes into what it is given

    def __init__(
        self,
        scenario: Given,
        *,
        seed: int | None = 1,
        run: int = 0,
        runs_per_world: int = 1,
    ) -> None:
        seed = 1 if seed is None else seed  # as Mesa's loops say that none was asked for
        game = Game(scenario, seed=seed, run=run, runs_per_world=runs_per_world)
        scenario = game.scenario
        super().__init__(rng=seed)
        self.running = True
        self.scenario, self.game = scenario, game
        self.ticks = 0
        self.game.play_to(tick=0)
        self.delegations = [self.delegation_class(self, side) for side in range(2)]
        self.leaders = [self.leader_class(self, side) for side in range(2)]
        self.parliaments = [Parliament(self, side) for side in range(2)]
        self.constituencies = [
            Constituency(self, side, group, name)
            for side, label in enumerate(SIDES)
            for group, name in enumerate(getattr(scenario, label).constituencies)
        ]
        deciding: list[list[Any]] = [self.delegations, self.leaders, self.parliaments]
        self.decider: dict[Any, Party] = {
            (kind, agent.party): agent
            for pair in deciding
            for agent in pair
            for kind in agent.decides
        }
        self.datacollector = mesa.DataCollector(
            model_reporters=reporters(),
            agenttype_reporters={
                Delegation: {
                    x: attrgetter(x) for x in ("party", "aspiration", "account", "suspicion")
                }
            },
        )
        self._observe()  # not collected: Mesa 3.3's batch_run takes row n as that of step n + 1

    def __getstate__(self) -> dict[str, Any]:
        """Return what is kept: agents, collected data and the game, which finds its records."""
        state: dict[str, Any] = super().__getstate__()
        return {name: value for name, value in state.items() if name != "scene"}

    def step(self) -> None:
        """Play one tick: news, provocations, talks, deadline, summit, accounts."""
        if not self.running:
            return
        self.ticks += 1
        while (point := self.game.play_to(tick=self.ticks)) is not None:
            self.game.decide(self.decider[point.kind, point.side].choose(point))
        self.__dict__.pop("scene", None)
        self.running = not self.game.horizon_reached
        self._observe()
        self.datacollector.collect(self)

    def play(self) -> NegotiationModel:
        """Play to the horizon."""
        while self.running:
            self.step()
        return self

    def _observe(self) -> None:
        state = self.scene.talks
        for agent in self.agents:
            agent.observe(state)

    @cached_property
    def scene(self) -> SimpleNamespace:
        """The records of the tick: ``talks``, ``world``, ``stakes``, and all three ``records``."""
        records = self.game.records
        talks, world, stakes = records
        return SimpleNamespace(talks=talks, world=world, stakes=stakes, records=records)

    @property
    def events(self) -> tuple[Event, ...]:
        """What has happened so far, in order."""
        return self.game.events

    @property
    def state(self) -> str:
        """The state now, by its name at the horizon."""
        return str(AT_HORIZON[STATE_OF_REGIME[int(self.scene.talks.regime)]])

    def row(self) -> np.ndarray:
        """Return the outcome so far as a row of ``outcome.ROW``, as the ensemble would."""
        return self.game.row()


def reporters() -> dict[str, Any]:
    """Return what is collected of the model at every tick, by name.

    Mesa's own loops give these for each run; none is a lambda, which could not be pickled.
    """
    return {
        "day": partial(number, name="day"),
        "date": date,
        "regime": regime,
        "state": "state",
        "tension": partial(number, name="tension"),
        "expiry": partial(number, name="expiry"),
        "extensions": partial(count, name="extensions"),
        **{
            f"{party}_{told}": partial(number, name=name, side=side)
            for told, name in (("gain", "yearly_gain"), ("account", "account"))
            for side, party in enumerate(SIDES)
        },
        "deficit": partial(number, name="deficit"),
        "trade_low": partial(number, name="trade_low"),
    }


def number(model: NegotiationModel, name: str, side: int | None = None) -> float:
    """Return a number of the tick, of one side where there are two."""
    value = model.scene.talks[name]
    return float(value if side is None else value[side])


def count(model: NegotiationModel, name: str) -> int:
    """Return how often something has happened so far."""
    return int(model.scene.talks[name])


def date(model: NegotiationModel) -> dt.date:
    """Return the date of the tick."""
    return model.game.date


def regime(model: NegotiationModel) -> str:
    """Return what is in force: the truce, penalties or a deal."""
    return REGIMES[int(model.scene.talks.regime)]
