"""Decisions of one's own, forecast; where an outcome is given, scored beside what must be beaten.

Nothing is learned from the decisions asked. The model learns from the record as it is shipped, its
rivals from those of its decisions of which the record is complete; of either, without disputes that
the decision is of. By the second reading everything is learned anew: from outcomes as a reasonable
reader may read them otherwise, in the record and in the rows that are scored.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from negotiation.hindcast import coming, record
from negotiation.hindcast.as_recorded import RUNS
from negotiation.hindcast.by_code import named
from negotiation.hindcast.scenario_file import KEPT
from negotiation.history.rows import Decision
from negotiation.skill.assessing import Assessment
from negotiation.skill.cases import CODES, cases_of, outcomes_of
from negotiation.skill.threads import on_one_thread
from negotiation.skill.whole import MODEL, STRATA, of_split, rivals

READINGS = {"first": False, "second": True}
SPLIT = "dispute"
TOLD = (STRATA, "logit")  # rivals whose probabilities are told beside the model's and base rates
LEARNED = ("probabilities", "intervals", "base_rates", "effective_draws", "rivals")


class Rivals(NamedTuple):
    """What rivals say of some decisions, each shape (n, 5), and how many they learned from."""

    forecasts: dict[str, np.ndarray]
    learned_from: list[int]


def steps(rows: Sequence[Decision], runs: int) -> int:
    """Return how many negotiations :func:`forecast` plays."""
    return len(READINGS) * KEPT * runs * len(rows)


def forecast(
    rows: Sequence[Decision],
    *,
    seed: int = 1,
    runs: int = RUNS,
    workers: int = 1,
    progress: Callable[[int], Any] | None = None,
) -> dict[str, Any]:
    """Return what is forecast of decisions by either reading, and the scores of those decided.

    Parameters
    ----------
    rows : sequence of Decision
    seed : int
    runs : int
        Of each draw of the parameters, for each decision and reading.
    workers : int
        Threads; they change nothing.
    progress : callable, optional
        Called with numbers of negotiations.

    Returns
    -------
    dict
        As :func:`negotiation.hindcast.coming.forecast`, with ``rivals`` and ``by_second_reading``
        in each entry, and ``scores`` by reading; see docs/reference/json.md.

    Examples
    --------
    >>> row = record.between("US-Thailand")[0]
    >>> found = forecast([row], runs=1)
    >>> list(found["decisions"][0]["rivals"]), list(found["scores"]["second"])
    (['by_stratum', 'logit'], ['dispute'])
    """
    each, scores, by_id = {}, {}, {row.id: row for row in rows}
    for name, second in READINGS.items():
        found = coming.forecast(
            rows, second=second, seed=seed, runs=runs, workers=workers, progress=progress
        )
        done = [by_id[entry["id"]] for entry in found["decisions"]]
        beside = of_rivals(done, second=second)
        for k, entry in enumerate(found["decisions"]):
            entry["rivals"] = {x: named(beside.forecasts[x][k], CODES) for x in TOLD}
        scores[name] = scored(done, found["decisions"], beside, second=second)
        each[name] = found
    told = each["first"]
    for entry, again in zip(told["decisions"], each["second"]["decisions"], strict=True):
        entry["by_second_reading"] = {key: again[key] for key in LEARNED}
    return {**told, "scores": scores}


@on_one_thread
def of_rivals(rows: Sequence[Decision], *, second: bool = False) -> Rivals:
    """Return what rivals forecast of decisions from other disputes of the shipped record.

    Examples
    --------
    >>> found = of_rivals(record.between("US-Thailand"))
    >>> found.forecasts["base_rates"].shape, found.learned_from
    ((2, 5), [137, 129])
    """
    played = record.shipped().rows
    whole = [row for row in played if record.complete(row)]
    alike: dict[frozenset[str], list[int]] = {}
    for k, row in enumerate(rows):
        alike.setdefault(frozenset(record.known(row, played)), []).append(k)
    forecasters = rivals(with_trees=False)
    forecasts = {name: np.full((len(rows), len(CODES)), np.nan) for name in forecasters}
    sizes = [0] * len(rows)
    for own, places in alike.items():
        seen = [row for row in whole if row.cluster not in own]
        asked = cases_of([rows[k] for k in places])
        for name, forecaster in forecasters.items():
            p = forecaster(cases_of(seen), outcomes_of(seen, second), asked)
            forecasts[name][places] = p
        for k in places:
            sizes[k] = len(seen)
    return Rivals(forecasts, sizes)


def scored(
    rows: Sequence[Decision],
    entries: Sequence[dict[str, Any]],
    beside: Rivals,
    *,
    second: bool = False,
) -> dict[str, Any]:
    """Return the scores of decisions whose outcome is given, by what was left out; none if none.

    What is scored of the model is what is told of it, to four digits.
    """
    kept = [k for k, row in enumerate(rows) if row.outcome is not None]
    if not kept:
        return {}
    decided = [rows[k] for k in kept]
    model = np.array([[*entries[k]["probabilities"].values()] for k in kept])
    sizes = [beside.learned_from[k] for k in kept]
    found = Assessment(
        SPLIT,
        cases_of(decided),
        outcomes_of(decided, second),
        {MODEL: model, **{name: p[kept] for name, p in beside.forecasts.items()}},
        min(sizes),
        max(sizes),
    )
    return {SPLIT: of_split(found)}
