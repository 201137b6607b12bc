"""How the first deadline ended in many runs: evenly, paid for with what, for how long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from negotiation.door import checked
from negotiation.errors import InputError, WrongKind
from negotiation.estimates import Estimate, share
from negotiation.outcome import EVENTS, ROW
from negotiation.scenario import SIDES, Scenario

ENDS = {
    "deal": "first_deadline_deal",
    "even": "first_extension_mutual",
    "us_pays": "first_extension_from_us",
    "china_pays": "first_extension_from_china",
    "lapse": "first_deadline_lapsed",
}


@dataclass(frozen=True)
class ExtensionSplit:
    """What the first deadline brought, as shares with their 95% intervals over runs.

    Attributes
    ----------
    runs : int
    ends : dict of str to Estimate
        ``deal`` (signed before it), ``even`` (extended, nobody paid), ``us_pays`` and
        ``china_pays`` (extended against a concession), ``lapse``: shares of all runs. They sum to 1
        where the deadline falls before the last day.
    paid_with : dict of str to dict of str to Estimate
        By the side that paid and the issue that it gave way on: shares of all runs.
    lengths : dict of float to Estimate
        By the days that were agreed on: shares of the extensions.
    """

    runs: int
    ends: dict[str, Estimate]
    paid_with: dict[str, dict[str, Estimate]]
    lengths: dict[float, Estimate]


@checked
def extension_split(rows: Any, scenario: Scenario) -> ExtensionSplit:
    """Count how the first deadline ended.

    Parameters
    ----------
    rows : structured array of ``outcome.ROW``
        One row per run, each with numbers of its own (``runs_per_world`` 1).
    scenario : Scenario
        For the names of the issues.

    Examples
    --------
    >>> from negotiation.ensemble import Ensemble
    >>> scenario = Scenario.load("stockholm-three-issues")
    >>> split = extension_split(Ensemble(scenario).rows(seed=1, first=0, count=100), scenario)
    >>> round(sum(end.p for end in split.ends.values()), 9)
    1.0
    """
    if set(getattr(getattr(rows, "dtype", None), "names", None) or ()) < set(ROW.names or ()):
        raise WrongKind("extension_split: rows", rows, "rows of runs, as `Ensemble.rows` returns")
    runs = len(rows)
    if scenario.calendar.truce_expires is None or runs == 0:
        raise InputError(
            f"extension_split: {runs} runs of {scenario.name}; allowed: one run or more of a "
            "scenario in which a truce runs out."
        )
    flags, issue = rows["events"], rows["first_demand"]
    happened = {name: flags[:, EVENTS.index(event)] > 0 for name, event in ENDS.items()}
    issues = list(scenario.issues)
    extended = rows["first_term"][rows["first_term"] > 0.0]
    return ExtensionSplit(
        runs,
        {name: share(hits.sum(), runs) for name, hits in happened.items()},
        {
            side: {
                name: share((happened[f"{side}_pays"] & (issue == k)).sum(), runs)
                for k, name in enumerate(issues)
                if scenario.issues[name].conceded_by == side
            }
            for side in SIDES
        },
        {
            days: share((extended == days).sum(), len(extended))
            for days in sorted(set(extended.tolist()))
        },
    )
