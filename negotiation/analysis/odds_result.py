"""What is told of odds: the estimates, with the two kinds of uncertainty apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from negotiation.analysis.first_extension import FirstExtension
from negotiation.analysis.trade_balance import TradeBalance
from negotiation.errors import ByName, InputError
from negotiation.estimates import Estimate, finite, worth
from negotiation.ignorance import holding
from negotiation.outcome import AT_HORIZON, EVENTS
from negotiation.scenario import Scenario
from negotiation.words import changes

if TYPE_CHECKING:
    import pyarrow as pa

Ends = tuple[float, float]
UNKNOWN = (float("nan"), float("nan"))
HEADLINES = ("first_deadline_extended", "summit_deal")
WITHIN = 0.005  # half of the interval of a headline, unless asked otherwise
FAR = 0.05  # by which an end of an interval over the unknown numbers may not be off unsaid
KEPT = 20_000  # runs whose gains are kept one by one, for their spread
PLACES = (np.arange(50) + 0.5) / 50


class Gain(NamedTuple):
    """What a side gains, $bn: its mean with the 95% interval of that, and its spread over runs.

    ``quantiles`` are 50 values, one for each 2% of the runs.
    """

    mean: float
    low: float
    high: float
    quantiles: tuple[float, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data; None for the ends of an interval that one run cannot tell."""
        return self._asdict() | {"low": finite(self.low), "high": finite(self.high)}

    @property
    def range(self) -> tuple[float, float]:
        """Between which values 95% of the runs lie."""
        low, high = np.interp([0.025, 0.975], PLACES, self.quantiles)
        return float(low), float(high)


@dataclass(frozen=True)
class Odds:
    """How often each thing happened.

    Attributes
    ----------
    scenario : str
    runs, seed : int
    events : dict of str to Estimate
        What happened along the path, not exclusive; 95% Wilson intervals.
    at_horizon : dict of str to Estimate
        The state at the horizon, exactly one of five; the ``p`` sum to 1.
    parameter_interval : dict of str to (float, float)
        For each event the central 95% of its odds over the uncertain numbers; not a number where
        no worlds were asked for.
    horizon_interval : dict of str to (float, float)
        The same for the states at the horizon.
    ends_error : dict of str to (float, float)
        By name in ``tally.OUTCOMES``: within how much the ends of those intervals are known (95%),
        which more worlds narrow.
    terms : dict of str to Estimate
        What a deal contains: how far each issue is conceded, on average over the deals in force
        at the horizon, with the 95% interval of that mean; empty if there is none.
    gains : dict of str to Gain
        By name in ``tally.QUANTITIES``: ``account``, from the first day to the horizon, and
        ``yearly_gain``, a year of what was signed, over the truce; empty if not known.
    first_extension : FirstExtension
        What the first extension is agreed for; of no runs if not known.
    trade : TradeBalance
        The US deficit before and after, and trade at its lowest; of nothing if not known.
    worlds : int
        Draws of the uncertain numbers behind those intervals.
    within : float or None
        To which precision the headlines were asked for; None where so many runs were counted.
    about : dict
        Version, fingerprint and changed settings of the scenario, as JSON has them.
    changed : tuple of str
        What the scenario sets otherwise than the shipped one, in words.
    """

    scenario: str
    runs: int
    seed: int
    events: dict[str, Estimate]
    at_horizon: dict[str, Estimate]
    parameter_interval: dict[str, Ends]
    horizon_interval: dict[str, Ends]
    terms: dict[str, Estimate] = field(default_factory=dict)
    ends_error: dict[str, Ends] = field(default_factory=dict)
    gains: dict[str, Gain] = field(default_factory=dict)
    first_extension: FirstExtension = field(default_factory=FirstExtension)
    trade: TradeBalance = field(default_factory=TradeBalance)
    worlds: int = 0
    within: float | None = None
    about: dict[str, Any] = field(default_factory=dict)
    changed: tuple[str, ...] = ()

    def worth(self, name: str) -> float:
        """Return how many runs, each counted alone, would tell the odds of an event as precisely.

        Examples
        --------
        >>> from negotiation import odds
        >>> found = odds("stockholm-three-issues", runs=100, worlds=0)
        >>> round(found.worth("deal"))
        100
        """
        p, low, high = self.events[name]
        return worth(p, low, high) if low < high else UNKNOWN[0]

    @property
    def largest_error(self) -> float:
        """The largest of the errors of the ends; not a number where no worlds were played."""
        return max((max(errors) for errors in self.ends_error.values()), default=UNKNOWN[0])

    @property
    def few_worlds(self) -> bool:
        """Whether an end of an interval over the unknown numbers may be five points off or more."""
        return self.largest_error >= FAR

    def to_dict(self) -> dict[str, Any]:
        """Return the object that ``negotiation odds --json`` prints."""
        return {
            "scenario": self.scenario,
            **self.about,
            "runs": self.runs,
            "seed": self.seed,
            "worlds": self.worlds,
            "within": self.within,
            "worth": {name: finite(self.worth(name)) for name in HEADLINES},
            "events": {name: e.to_dict() for name, e in self.events.items()},
            "at_horizon": {name: e.to_dict() for name, e in self.at_horizon.items()},
            "parameter_interval": ends(self.parameter_interval, self.ends_error),
            "horizon_interval": ends(self.horizon_interval, self.ends_error, "at_horizon."),
            "terms": {name: e.to_dict() for name, e in self.terms.items()},
            "gains": {name: gain.to_dict() for name, gain in self.gains.items()},
            "first_extension": self.first_extension.to_dict(),
            "trade": self.trade.to_dict(),
        }

    def to_arrow(self) -> pa.Table:
        """Return one row for each event, state at the horizon and term of a deal.

        ``kind``, ``name``, ``p`` with ``low`` and ``high`` by sampling error, and over the unknown
        numbers ``over.low`` and ``over.high`` with their errors.
        """
        from negotiation.sweep.spreadsheet import table_of

        told = self.to_dict()
        over = {"events": "parameter_interval", "at_horizon": "horizon_interval"}
        return table_of(
            {
                "kind": kind,
                "name": name,
                **estimate,
                "over": told[over[kind]][name] if kind in over else {},
            }
            for kind in ("events", "at_horizon", "terms")
            for name, estimate in told[kind].items()
        )


def assembled(
    scenario: Scenario, runs: int, seed: int,
    estimates: Mapping[str, Estimate], over: Mapping[str, Ends], ends_error: dict[str, Ends],
    terms: dict[str, Estimate] | None = None, gains: dict[str, Gain] | None = None,
    extension: FirstExtension | None = None, worlds: int = 0, trade: TradeBalance | None = None,
    within: float | None = None,
) -> Odds:  # fmt: skip
    """Return the odds of what is given under the names of ``tally.OUTCOMES``.

    An interval that misses its odds is widened: see :func:`negotiation.ignorance.holding`.
    """
    wide = {}
    for name, estimate in estimates.items():
        low, high = holding(estimate.p, *over[name])
        wide[name] = float(low), float(high)
    states = {name: f"at_horizon.{name}" for name in AT_HORIZON}
    return Odds(
        scenario.name, runs, seed,
        events=ByName((name, estimates[name]) for name in EVENTS),
        at_horizon=ByName((name, estimates[key]) for name, key in states.items()),
        parameter_interval=ByName((name, wide[name]) for name in EVENTS),
        horizon_interval=ByName((name, wide[key]) for name, key in states.items()),
        terms=ByName(terms or {}), ends_error=ByName(ends_error), gains=ByName(gains or {}),
        first_extension=extension or FirstExtension(), trade=trade or TradeBalance(), worlds=worlds,
        within=within,
        about=changes.about(scenario), changed=tuple(changes.in_lines(scenario)),
    )  # fmt: skip


def ends(
    intervals: Mapping[str, Ends], errors: Mapping[str, Ends], prefix: str = ""
) -> dict[str, dict[str, float | None]]:
    """Return intervals with the errors of their ends as plain data; None where nothing is known.

    Examples
    --------
    >>> ends({"truce": (0.2, 0.7)}, {"at_horizon.truce": (0.01, 0.02)}, "at_horizon.")
    {'truce': {'low': 0.2, 'high': 0.7, 'low_error': 0.01, 'high_error': 0.02}}
    """
    keys = ("low", "high", "low_error", "high_error")
    return {
        name: dict(
            zip(keys, map(finite, (*over, *errors.get(prefix + name, UNKNOWN))), strict=True)
        )
        for name, over in intervals.items()
    }


def refuse_both(within: float | None) -> None:
    """Raise InputError if a precision is asked for where runs are counted."""
    if within is not None:
        raise InputError(
            "within: it plays as many runs, in as many draws of the uncertain numbers, as that "
            "takes; leave out runs and worlds."
        )
