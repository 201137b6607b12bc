"""What the model says of the tables of history: predictive checks on the record.

A history is one draw of the parameters and one outcome for every decision. Each share of a table
of :mod:`negotiation.history.tables` is compared with the same share over made-up histories (Gelman,
Meng and Stern 1996, "Posterior predictive assessment of model fitness via realized discrepancies").
Who gave way, when it was settled and what a deal holds are counted in runs of the same decisions at
draws of the posterior.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from negotiation.hindcast import disputes, record
from negotiation.hindcast.posterior import resample
from negotiation.history.codes import Binding, GaveWay
from negotiation.history.rows import Decision
from negotiation.history.tables import Named, strata
from negotiation.outcome import AT_HORIZON, EVENTS, ROW

HISTORIES, SEED = 4000, 1996
LINES, RUNS = 32, 40  # draws of the posterior, and runs of each, in which details are counted
EXTENDED = EVENTS.index("first_deadline_extended")
EVEN = EVENTS.index("first_extension_mutual")
WORKING, SUMMIT = (AT_HORIZON.index(name) for name in ("working_deal", "summit_deal"))


class Check(NamedTuple):
    """A number of history beside the central 95% of the model's histories."""

    observed: float
    low: float
    median: float
    high: float

    @property
    def outside(self) -> bool:
        """Whether history lies outside."""
        return not self.low <= self.observed <= self.high


def of_outcomes(
    played: record.Record,
    rows: Sequence[Decision],
    *,
    learned: bool = True,
    parts: Callable[[list[Decision]], Named] = strata,
) -> dict[str, dict[str, Check]]:
    """Return the checks of all outcome shares, by stratum and code.

    Parameters
    ----------
    played : Record
        What it says is learned from all of its decisions, or from none.
    rows : sequence of Decision
        The decisions that are counted, which it has played.
    learned : bool
    parts : callable
        Which decisions are counted together: by default the strata of the table of outcomes.

    Examples
    --------
    >>> from negotiation.history.tables import main_set
    >>> played = record.shipped()
    >>> found = of_outcomes(played, main_set(played.rows))
    >>> found["hard date"]["dropped"].observed
    0.0
    """
    rng = np.random.default_rng(SEED)
    places = {row.id: k for k, row in enumerate(played.rows)}
    kept = [places[row.id] for row in rows]
    chosen = tuple(range(len(played.rows))) if learned else ()
    posterior, rates = played.posterior(chosen)
    outcomes = np.zeros((HISTORIES, len(rows)), np.int64)
    drawn = posterior.histories([played.units[k] for k in kept], HISTORIES, rng)[1]
    for place, k in enumerate(kept):
        edges = played.mixed(k, rates)[drawn[played.units[k]]].cumsum(axis=1)
        outcomes[:, place] = (rng.random((HISTORIES, 1)) > edges[:, :-1]).sum(axis=1)
    truth = played.truth[kept]
    found: dict[str, dict[str, Check]] = {}
    at = {row.id: place for place, row in enumerate(rows)}
    for name, part in parts(list(rows)):
        inside = [at[row.id] for row in part]
        if not inside:
            continue
        found[name] = {
            code.value: _check(
                float((truth[inside] == j).mean()), (outcomes[:, inside] == j).mean(axis=1)
            )
            for j, code in enumerate(disputes.FIVE)
        }
    return found


def _check(observed: float, histories: np.ndarray) -> Check:
    low, median, high = np.quantile(histories, (0.025, 0.5, 0.975))
    return Check(observed, float(low), float(median), float(high))


def replayed(
    played: record.Record, rows: Sequence[Decision], *, lines: int = LINES, runs: int = RUNS
) -> list[np.ndarray]:
    """Return the runs of each decision at draws of the posterior, rows of ``outcome.ROW``."""
    posterior, _ = played.posterior(tuple(range(len(played.rows))))
    found = []
    for row in rows:
        weight = posterior.weights(disputes.unit_of(row))
        player = record.player(row)
        each = [
            player.rows(played.values[d], seed=record.SEED, runs=runs, first=k * runs)
            for k, d in enumerate(resample(weight, lines))
        ]
        found.append(np.concatenate(each) if each else np.zeros(0, ROW))
    return found


def of_details(rows: Sequence[Decision], each: Sequence[np.ndarray]) -> dict[str, dict[str, Any]]:
    """Return what runs say of who gave way, of timing, and of what deals and extensions hold.

    Parameters
    ----------
    rows : sequence of Decision
    each : sequence of ndarray
        From :func:`replayed`.
    """
    hard = [k for k, row in enumerate(rows) if row.binding == Binding.HARD]
    put_off = np.concatenate([each[k][each[k]["events"][:, EXTENDED] > 0] for k in hard])
    days, kinds = [], {WORKING: [], SUMMIT: []}  # type: ignore[var-annotated]
    for k, row in enumerate(rows):
        signed = each[k][each[k]["deal_day"] >= 0.0]
        if row.binding == Binding.HARD:
            date = record.player(row).table.world.central  # the day of the deadline
            days.append(_deadline(date) - signed["deal_day"])
        for state in kinds:
            deals = signed[signed["state"] == state]
            kinds[state].append((deals["package"] >= disputes.CONCEDED).sum(axis=1))
    before = np.concatenate(days)
    terms = put_off["first_term"]
    told: dict[str, dict[str, Any]] = {
        "gave_way_hard_extended": {
            GaveWay.MUTUAL.value: float((put_off["events"][:, EVEN] > 0).mean()),
            "one side pays": float((put_off["events"][:, EVEN] == 0).mean()),
        },
        "days_before_deal": {"median": float(np.median(before[before >= 0.0]))},
        "length_of_extension": dict(
            zip(
                ("q25", "median", "q75"),
                np.quantile(terms, (0.25, 0.5, 0.75)).tolist(),
                strict=True,
            )
        ),
    }
    for state, name in ((WORKING, "delegations"), (SUMMIT, "leaders")):
        counts = np.concatenate(kinds[state])
        told[f"issues_{name}"] = {
            "n": len(counts),
            "mean": float(counts.mean()) if len(counts) else None,
            "sd": float(counts.std()) if len(counts) else None,
        }
    return told


def _deadline(central: np.ndarray) -> float:
    from negotiation.payoffs.world import world_dtype

    return float(central.view(world_dtype())["day_expiry"][0])
