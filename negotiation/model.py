"""Driver 1, Mesa: one negotiation at a time, to watch, to teach with, to plug into.

The six phases of a tick are carried out by agents, whose decisions are the compiled rules
of :mod:`negotiation.rules`; a test holds this driver to the ensemble bit by bit.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, NamedTuple

import mesa
import numpy as np

from negotiation.agents import STANCES, Constituency, Delegation, Leader, PluggedInDelegation
from negotiation.ensemble import surface_arrays
from negotiation.outcome import AT_HORIZON, ROW, STATE_OF_REGIME, write_row
from negotiation.payoffs.stakes import STAKES, derive
from negotiation.payoffs.world import to_world, world_dtype
from negotiation.randomness import key_of
from negotiation.rules import compliance, deadline, escalation, home, offers, provocation, summit
from negotiation.rules.accounts import accounts, over
from negotiation.rules.news import news
from negotiation.rules.opening import draw_world, open_talks
from negotiation.rules.state import LAPSE, REGIMES, SUMMIT_DEAL, TALKS, WAR, WORKING_DEAL
from negotiation.rules.worth import worth
from negotiation.scenario import SIDES, Scenario
from negotiation.strategies.registry import plug_in


class Event(NamedTuple):
    """Something that happened: on which day, in which phase, by whom, and what it was."""

    day: float
    phase: str
    kind: str
    side: int | None
    detail: dict[str, Any]


class NegotiationModel(mesa.Model):  # type: ignore[misc]
    """One negotiation.

    Parameters
    ----------
    scenario : Scenario
    seed : int
        Master seed of the study.
    run : int
        Number of the run under that seed.
    runs_per_world : int
        How many runs share one draw of the uncertain numbers.
    """

    scenario: Any = None  # Mesa 3.5 has a property of this name, which writes into what it is given

    def __init__(
        self, scenario: Scenario, *, seed: int = 1, run: int = 0, runs_per_world: int = 1
    ) -> None:
        super().__init__(rng=seed)
        self.scenario, self.seed_used, self.run_number = scenario, seed, run
        world = to_world(scenario)
        numbers = world.central.copy()
        arrays = np.zeros(1, TALKS), numbers.view(world_dtype()), np.zeros(1, STAKES)
        # as records whose fields are attributes, so that the rules run as plain Python as well
        records = tuple(array.view(np.recarray)[0] for array in arrays)
        talks, world_record, stakes = records
        draw_world(numbers, world.draws, np.uint64(key_of(seed, run // runs_per_world)))
        derive(world_record, surface_arrays(scenario), stakes)
        open_talks(talks, world_record, stakes, np.uint64(key_of(seed, run)))
        self.scene = SimpleNamespace(
            talks=talks, world=world_record, stakes=stakes, records=records
        )
        self.events: list[Event] = []
        self.delegations = [self.delegation(side) for side in range(2)]
        self.leaders = [Leader(self, side) for side in range(2)]
        self.constituencies = [
            Constituency(self, side, group, name)
            for side, label in enumerate(SIDES)
            for group, name in enumerate(getattr(scenario, label).constituencies)
        ]
        self.datacollector = mesa.DataCollector(
            model_reporters={
                "day": lambda m: float(m.scene.talks.day),
                "regime": lambda m: REGIMES[int(m.scene.talks.regime)],
                "tension": lambda m: float(m.scene.talks.tension),
                "expiry": lambda m: float(m.scene.talks.expiry),
            },
            agenttype_reporters={
                Delegation: {
                    "party": "party",
                    "aspiration": "aspiration",
                    "account": "account",
                    "suspicion": "suspicion",
                }
            },
        )
        self.datacollector.collect(self)

    def delegation(self, side: int) -> Delegation:
        """Return the negotiators of a side, who follow a rule or a user's own strategy."""
        name = getattr(self.scenario, SIDES[side]).strategy
        strategy = plug_in(name, where=f"{SIDES[side]}.strategy")
        return PluggedInDelegation(self, side, strategy()) if strategy else Delegation(self, side)

    def step(self) -> None:
        """Play one tick: news, provocations, talks, deadline, summit, accounts."""
        self.phase_news()
        self.phase_provocations()
        self.phase_talks()
        self.phase_deadline()
        self.phase_summit()
        self.phase_accounts()
        self.datacollector.collect(self)

    def play(self) -> NegotiationModel:
        """Play to the horizon."""
        talks, world, _ = self.scene.records
        while not over(talks, world):
            self.step()
        self.running = False
        return self

    def row(self) -> np.ndarray:
        """Return the outcome as a row of ``outcome.ROW``, as the ensemble would."""
        rows = np.zeros(1, ROW)
        write_row(self.scene.talks, self.run_number, rows.view(np.recarray)[0], STATE_OF_REGIME)
        return rows

    @property
    def state(self) -> str:
        """The state now, by its name at the horizon."""
        return str(AT_HORIZON[STATE_OF_REGIME[int(self.scene.talks.regime)]])

    def type_of(self, side: int) -> dict[str, Any]:
        """Return the private type of a side: its levels and what they are worth."""
        talks, world, _ = self.scene.records
        stance, trait, resolve = (
            int(talks.stance[side]),
            int(talks.trait[side]),
            int(talks.resolve[side]),
        )
        return {
            "stance": STANCES[stance],
            "taste_for_protection": float(world.stance[side, stance]),
            ("security_value", "integrity")[side]: float(world.trait[side, trait]),
            "resolute": bool(resolve),
        }

    def tell(self, phase: str, kind: str, side: int | None = None, **detail: Any) -> None:
        """Record an event for the transcript."""
        self.events.append(Event(float(self.scene.talks.day), phase, kind, side, detail))

    def phase_news(self) -> None:
        """Phase 1."""
        talks, world, _ = self.scene.records
        before = talks.rulings, talks.selloffs, talks.incidents
        news(talks, world)
        after = talks.rulings, talks.selloffs, talks.incidents
        for kind, old, new in zip(("ruling", "selloff", "incident"), before, after, strict=True):
            if new > old:
                self.tell("news", kind, tension=float(talks.tension))

    def phase_provocations(self) -> None:
        """Phase 2."""
        talks, world, _ = self.scene.records
        if talks.regime >= WORKING_DEAL:
            return
        for delegation in self.delegations:
            if delegation.provokes():
                answered = self.delegations[1 - delegation.side].answers_provocation()
                provocation.step_taken(talks, world, delegation.side, answered)
                self.tell(
                    "provocations",
                    "step",
                    delegation.side,
                    answered=answered,
                    tension=float(talks.tension),
                )

    def phase_talks(self) -> None:
        """Phase 3."""
        talks, world, stakes = self.scene.records
        if talks.regime == WAR:
            escalation.weigh(talks, world, stakes)
            gives = [delegation.offers_truce() for delegation in self.delegations]
            if any(gives):
                escalation.end_war(talks, world)
                self.tell(
                    "talks",
                    "truce_restored",
                    gives.index(True),
                    both=all(gives),
                    expiry=float(talks.expiry),
                )
        elif talks.regime >= WORKING_DEAL:
            if compliance.review(talks, world, stakes):
                compliance.reopen(talks, world)
                self.tell(
                    "talks",
                    "reopened",
                    0,
                    delivered=float(talks.delivered),
                    expiry=float(talks.expiry),
                )
        elif talks.regime == LAPSE:
            escalation.quiet_lapse(talks, world, stakes)
            if talks.regime != LAPSE:
                self.tell("talks", "lapse_ends", None, regime=REGIMES[int(talks.regime)])
        offers.skip_missed_rounds(talks, world)
        while offers.talks_due(talks, world):
            self.round_of_talks(self.delegations[offers.proposer(talks)])

    def round_of_talks(self, proposer: Delegation) -> None:
        """One offer and its answer."""
        talks, world, stakes = self.scene.records
        side = proposer.side
        package = proposer.propose()
        accepted = self.delegations[1 - side].accepts()
        self.tell(
            "talks",
            "offer",
            side,
            package=package,
            accepted=accepted,
            round=int(talks.turn),
            worth=[float(worth(talks, world, stakes, i, package)) for i in range(2)],
        )
        if accepted and not proposer.confirms():
            self.tell("talks", "withdrawn", side, package=package)
        elif accepted:
            if offers.within_mandates(talks, world, talks.offer[side]):
                self.close_at_working_level(side)
            else:
                offers.park_draft(talks, world, side)
                self.tell("talks", "parked", side, package=package)
        talks.turn += 1

    def close_at_working_level(self, side: int) -> None:
        """Sign the accepted offer of ``side`` if both home fronts let it pass; else park it."""
        talks, world, stakes = self.scene.records
        passes = [bool(home.ratifies(talks, world, i, talks.offer[side])) for i in range(2)]
        if all(passes):
            talks.package[:] = talks.offer[side]
            summit.conclude(talks, world, stakes, WORKING_DEAL, summit.FULL)
            deadline.note_deal(talks)
            self.tell("talks", "signed", side, package=np.array(talks.package))
        else:
            offers.park_draft(talks, world, side)
            self.tell("talks", "blocked", passes.index(False))

    def phase_deadline(self) -> None:
        """Phase 4."""
        talks, world, stakes = self.scene.records
        if not deadline.deadline_due(talks, world):
            return
        deadline.prepare(talks, world, stakes)
        odds = [float(p) for p in talks.hold_out_mean]
        holds = [delegation.holds_out() for delegation in self.delegations]
        due = float(talks.expiry)
        deadline.expire(talks, world, stakes, *holds)
        self.tell(
            "deadline",
            REGIMES[int(talks.regime)],
            None,
            holds=holds,
            expected=odds,
            due=due,
            expiry=float(talks.expiry),
            branch=int(talks.branch),
        )

    def phase_summit(self) -> None:
        """Phase 5."""
        talks, world, stakes = self.scene.records
        if not summit.summit_due(talks, world):
            return
        summit.draft_package(talks, world, stakes)
        wants = [leader.attends() for leader in self.leaders]
        feasible = bool(summit.feasible(talks, world))
        if not (all(wants) and feasible):
            summit.no_deal(talks, world)
            self.tell(
                "summit",
                "no_meeting",
                None,
                wants=wants,
                feasible=feasible,
                day=float(talks.summit_day),
            )
            return
        talks.summit_held = 1
        for part in (summit.FULL, summit.PARTIAL):
            if part == summit.PARTIAL:
                summit.make_partial(talks, world)
            package = np.array(talks.package)
            signs = [leader.signs() for leader in self.leaders]
            home_fronts = [bool(summit.ratified_at_home(talks, world, stakes, i)) for i in range(2)]
            passes = [a and b for a, b in zip(signs, home_fronts, strict=True)]
            support = {c.name: c.support(package) for c in self.constituencies}
            self.tell(
                "summit",
                "package",
                None,
                package=package,
                signs=signs,
                ratified=home_fronts,
                passes=passes,
                partial=bool(part),
                support=support,
                day=float(talks.summit_day),
            )
            if all(passes):
                summit.conclude(talks, world, stakes, SUMMIT_DEAL, part)
                deadline.note_deal(talks)
                self.tell(
                    "summit",
                    "signed",
                    None,
                    package=package,
                    partial=bool(part),
                    day=float(talks.summit_day),
                )
                return
        summit.no_deal(talks, world)
        self.tell("summit", "no_deal", None, day=float(talks.summit_day))

    def phase_accounts(self) -> None:
        """Phase 6."""
        accounts(*self.scene.records)
