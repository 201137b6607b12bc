"""One negotiation, played by the Mesa model, as a record that can be read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from negotiation.errors import whole_number
from negotiation.model import NegotiationModel
from negotiation.outcome import EVENTS, Outcome
from negotiation.scenario import SIDES, Scenario
from negotiation.transcript.record import Record

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
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
    types : dict of str to dict
        The private types.
    """

    @cached_property
    def transcript(self) -> str:
        """The negotiation told in words, with dates."""
        from negotiation.transcript import tell

        return tell(self)

    def to_pandas(self) -> pd.DataFrame:
        """Return the model's state tick by tick, from Mesa's data collector."""
        return self.model.datacollector.get_model_vars_dataframe()

    def to_dict(self) -> dict[str, Any]:
        """Return the object that ``negotiation run --json`` prints."""
        from negotiation.transcript import entries

        return {
            "scenario": self.scenario.name,
            "seed": self.seed,
            "run": self.run,
            "outcome": self.outcome.value,
            "happened": self.happened,
            "package": self.package,
            "gains": self.gains,
            "account": self.account,
            "types": self.types,
            "transcript": entries(self),
        }


def run(scenario: Scenario, *, seed: int, run: int = 0) -> Talks:
    """Play one negotiation with the Mesa model.

    Parameters
    ----------
    scenario : Scenario
    seed : int
        Master seed.
    run : int
        Number of the run: the same run as number ``run`` of ``odds(scenario, seed=seed)``.

    Examples
    --------
    >>> talks = run(Scenario.load("split-the-pie"), seed=1)
    >>> talks.outcome
    <Outcome.WORKING_DEAL: 'working_deal'>
    """
    whole_number("seed", seed, 0)
    whole_number("run", run, 0)
    model = NegotiationModel(scenario, seed=seed, run=run).play()
    row = model.row()[0]
    issues = list(scenario.issues)
    signed = bool(row["events"][EVENTS.index("deal")])
    return Talks(
        scenario=scenario,
        seed=seed,
        run=run,
        outcome=Outcome(model.state),
        events=tuple(model.events),
        happened={name: bool(row["events"][i]) for i, name in enumerate(EVENTS)},
        package={name: float(row["package"][k]) for k, name in enumerate(issues)} if signed else {},
        gains={side: float(row["yearly_gain"][i]) for i, side in enumerate(SIDES)},
        account={side: float(row["account"][i]) for i, side in enumerate(SIDES)},
        types={side: model.type_of(i) for i, side in enumerate(SIDES)},
        model=model,
    )
