"""One negotiation as a record that can be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from negotiation.errors import ByName
from negotiation.events import Event
from negotiation.outcome import AT_HORIZON, EVENTS, Outcome
from negotiation.rules.state import REGIMES
from negotiation.scenario import SIDES, STANCES, Scenario
from negotiation.transcript.record import Record, Weighed
from negotiation.words.changes import about

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Talks(Record):
    """What happened in one negotiation.

    Attributes
    ----------
    scenario : Scenario
    seed, run : int
        The address of the run; :func:`run` with the same address gives the same run.
    outcome : Outcome
        The state at the horizon.
    events : tuple of Event
        What happened, in order.
    happened : dict of str to bool
        The events whose odds are estimated, and whether they happened.
    package : dict of str to float
        How far each issue was conceded in what was signed; empty if nothing was.
    gains : dict of str to float
        What was signed is worth to each side over the truce, $bn a year.
    account : dict of str to float
        What the path brought each side over the truce until the horizon, $bn.
    trade : dict of str to float
        ``deficit``, by how much the US deficit in goods with China at the horizon exceeds that of
        the truce, $bn a year; ``lowest``, trade at its lowest as a share of the truce's.
    types : dict of str to dict
        The private types.
    history : callable
        What returns the state at the start of every tick.
    weighed : callable
        What returns, of every draft and leaders' text in order, what either side weighed over it.
    """

    def __eq__(self, other: object) -> bool:
        """Whether it is the same negotiation: the scenario, the address and all that happened."""
        if not isinstance(other, Talks):
            return NotImplemented
        return self.scenario == other.scenario and self.to_dict() == other.to_dict()

    __hash__ = None  # type: ignore[assignment]

    @property
    def transcript(self) -> str:
        """The negotiation in words, with dates, in the language that is spoken."""
        from negotiation.transcript import tell
        from negotiation.words.language import spoken

        told: dict[str, str] = self.__dict__.setdefault("_told", {})
        if spoken() not in told:
            told[spoken()] = tell(self)
        return told[spoken()]

    def to_pandas(self) -> pd.DataFrame:
        """Return the state at the start of every tick: day, regime, tension and expiry."""
        import pandas as pd

        history = self.history()
        return pd.DataFrame(
            {
                "day": history["day"],
                "regime": [REGIMES[n] for n in history["regime"]],
                "tension": history["tension"],
                "expiry": history["expiry"],
            }
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the object that ``negotiation run --json`` prints."""
        from negotiation.transcript import entries

        return {
            **about(self.scenario),
            "seed": self.seed,
            "run": self.run,
            "outcome": self.outcome.value,
            "happened": self.happened,
            "package": self.package,
            "gains": self.gains,
            "account": self.account,
            "trade": self.trade,
            "types": self.types,
            "transcript": entries(self),
        }


def talks_of(
    scenario: Scenario,
    seed: int,
    row: Any,
    events: tuple[Event, ...],
    records: tuple[Any, Any, Any],
    history: Callable[[], np.ndarray],
    weighed: Callable[[], list[tuple[Weighed, Weighed]]],
) -> Talks:
    """Return what has happened in a negotiation so far as a record.

    Parameters
    ----------
    scenario : Scenario
    seed : int
    row : record of ``outcome.ROW``
    events : tuple of Event
    records : tuple
        (talks, world, stakes) as they stand.
    history : callable
        What returns the state at the start of every tick.
    weighed : callable
        What returns what either side weighed over each paper.
    """
    signed = bool(row["events"][EVENTS.index("deal")])
    return Talks(
        scenario=scenario,
        seed=seed,
        run=int(row["run"]),
        outcome=Outcome(AT_HORIZON[int(row["state"])]),
        events=events,
        happened=ByName((name, bool(row["events"][i])) for i, name in enumerate(EVENTS)),
        package=ByName(
            (name, float(row["package"][k])) for k, name in enumerate(scenario.issues) if signed
        ),
        gains=ByName((side, float(row["yearly_gain"][i])) for i, side in enumerate(SIDES)),
        account=ByName((side, float(row["account"][i])) for i, side in enumerate(SIDES)),
        trade=ByName(deficit=float(row["deficit"]), lowest=float(row["trade_low"])),
        types=ByName((side, type_of(records, i)) for i, side in enumerate(SIDES)),
        history=history,
        weighed=weighed,
    )


def type_of(records: tuple[Any, Any, Any], side: int) -> dict[str, Any]:
    """Return the private type of a side: its levels and what they are worth."""
    talks, world, _ = records
    stance, trait = int(talks.stance[side]), int(talks.trait[side])
    return {
        "stance": STANCES[stance],
        "taste_for_protection": float(world.stance[side, stance]),
        ("security_value", "integrity")[side]: float(world.trait[side, trait]),
        "resolute": bool(talks.resolve[side]),
    }
