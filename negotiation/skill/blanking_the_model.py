"""What each covariate is worth to the model: the score where a row is played without knowing it.

The rivals are handed numbers, and a number that is not known is taken at its mean. The model is
handed a row, from which a scenario is made; so in the row the covariate is set to what is most
common among the decisions learned from, a number to their median, and the scenario made anew. The
row as it is and every altered one are played at the same draws of what other disputes teach, with
the same seeds, so that what differs between them is the covariate and not chance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from typing import Any

import numpy as np

from negotiation.hindcast import disputes, priors, record
from negotiation.hindcast.posterior import resample
from negotiation.history.rows import Decision
from negotiation.skill.assessing import Assessment
from negotiation.skill.blanking import WHOLE
from negotiation.skill.cases import CODES, cases_of, outcomes_of
from negotiation.skill.splits import folds

DRAWS, RUNS = 96, 40  # of the posterior at which a row is played, and runs at each
COLUMNS = {  # of the record, by the covariate's name; what the model does not read is not here
    "binding": "binding",
    "notice": "lead_days",
    "regime before": "regime_before",
    "threat": "us_tariff_threatened",
    "trade at stake": "trade_at_stake",
    "leaders": "leaders",
    "talks live": "talks_live",
    "counter-leverage": "counter_leverage",
}
BLANK = "us_tariff_threatened"  # read as the commonest rise where the cell is blank
NUMBERS = ("lead_days", "trade_at_stake")


def usual(column: str, rows: Sequence[Decision]) -> Any:
    """Return what stands for a covariate that is not known, as other decisions have it.

    Examples
    --------
    >>> from negotiation.history.reading import shipped
    >>> rows = shipped().decisions
    >>> usual("binding", rows).value, usual("us_tariff_threatened", rows) is None
    ('hard', True)
    """
    if column == BLANK:
        return None
    known = [x for row in rows if (x := getattr(row, column)) is not None]
    if column in NUMBERS:
        return type(known[0])(median(known)) if known else None
    return Counter(known).most_common(1)[0][0]


def without(row: Decision, covariate: str, rows: Sequence[Decision]) -> Decision:
    """Return a decision in which a covariate is what is usual among others."""
    column = COLUMNS[covariate]
    return row.model_copy(update={column: usual(column, rows)})


def played(row: Decision, values: np.ndarray, *, seed: int, runs: int = RUNS) -> np.ndarray:
    """Return the chances of the five outcomes of a decision at some draws, shape (draws, 5).

    Parameters
    ----------
    row : Decision
    values : ndarray, shape (draws, parameters)
    seed, runs : int
    """
    player = record.player(row)
    shares = np.array(
        [player.shares(x, seed=seed, runs=runs, first=k * runs) for k, x in enumerate(values)]
    )
    return record.outcome_chances(disputes.undetailed(shares)[:, None], values, [row])[:, 0]


def blanked_model(
    rows: Sequence[Decision],
    split: str = "dispute",
    *,
    second: bool = False,
    draws: int = DRAWS,
    runs: int = RUNS,
    workers: int = 1,
    progress: Callable[[int], Any] | None = None,
) -> Assessment:
    """Return the model's forecasts with each covariate blanked, and with all ``"all known"``.

    Parameters
    ----------
    rows : sequence of Decision
        Of the shipped record.
    split : {"dispute", "partner", "forward"}
    second : bool
        By the second reading.
    draws, runs : int
    workers : int
        Threads; they change nothing.
    progress : callable, optional
        Called with 1 after each row.
    """
    known = record.shipped(second=second)
    places = {row.id: k for k, row in enumerate(known.rows)}
    cases, truth = cases_of(rows), outcomes_of(rows, second)
    parts = folds(cases, split)
    names = (WHOLE, *COLUMNS)
    p = np.full((len(names), len(rows), len(CODES)), np.nan)

    def of_row(j: int, others: Sequence[Decision], values: np.ndarray, rates: np.ndarray) -> None:
        outside = values[:, priors.OUTSIDE, None]
        for k, name in enumerate(names):
            row = rows[j] if name == WHOLE else without(rows[j], name, others)
            if k and row == rows[j]:
                p[k, j] = p[0, j]
                continue
            chances = played(row, values, seed=record.SEED, runs=runs)
            p[k, j] = ((1.0 - outside) * chances + outside * rates).mean(axis=0)
        if progress:
            progress(1)

    with ThreadPoolExecutor(workers) as pool:
        jobs = []
        for seen, out in parts:
            others = [rows[j] for j in seen]
            posterior, rates = known.posterior(tuple(places[row.id] for row in others), truth[seen])
            for j in out:
                weights = posterior.weights(disputes.unit_of(rows[j]))
                values = known.values[resample(weights, draws)]
                jobs.append(pool.submit(of_row, int(j), others, values, rates))
        for job in jobs:
            job.result()
    return Assessment.of_parts(split, cases, truth, dict(zip(names, p, strict=True)), parts)
