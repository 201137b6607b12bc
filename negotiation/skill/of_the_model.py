"""The simulation as one forecaster among others.

Every decision of the record was played once at many draws of the prior; what is learned from some
of them is a weighing of these draws (:mod:`negotiation.hindcast.record`). Of the decisions that its
rivals learn from it takes the outcomes handed to it and no others. It learns also from those that
they do not, as the forecasts do that are shipped: what was decided by others, and who gave way in
years of which the record is not complete.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from negotiation.hindcast import record
from negotiation.history.rows import Decision
from negotiation.skill.assessing import Forecaster
from negotiation.skill.cases import Cases, cases_of, outcomes_of
from negotiation.skill.splits import may_teach


def of_the_model(
    played: record.Record,
    *,
    split: str = "dispute",
    more: Sequence[Decision] = (),
    learns: bool = True,
) -> Forecaster:
    """Return the model as a forecaster of the decisions that were played.

    Parameters
    ----------
    played : Record
    split : str
        What may not be learned from, of ``more``, see :mod:`negotiation.skill.splits`.
    more : sequence of Decision
        Played ones that are learned from beside those that the rivals are handed.
    learns : bool
        Whether it learns of its parameters; else these stay at their prior, and of other decisions
        it takes the base rates that hold where something outside the model decides.

    Examples
    --------
    >>> from negotiation.skill import cases_of
    >>> played = record.shipped()
    >>> cases = cases_of(played.rows[:30])
    >>> forecast = of_the_model(played)
    >>> forecast(cases, np.zeros(30, int), cases_of(played.rows[30:31])).shape
    (1, 5)
    """
    places = {row.id: k for k, row in enumerate(played.rows)}
    others, ended = cases_of(more), outcomes_of(more, played.second)

    def forecast(seen: Cases, truth: np.ndarray, asked: Cases) -> np.ndarray:
        kept = np.flatnonzero(may_teach(split, others, asked)) if more else np.zeros(0, int)
        ids = [*seen.ids, *(others.ids[k] for k in kept)]
        chosen = tuple(places[str(name)] for name in ids)
        posterior, rates = played.posterior(chosen, np.concatenate([truth, ended[kept]]))
        if not learns:
            posterior, _ = played.posterior((), truth[:0])
        return np.array(
            [played.forecast(places[str(name)], posterior, rates) for name in asked.ids]
        )

    return forecast


def models(rows: Sequence[Decision], split: str, *, second: bool = False) -> dict[str, Forecaster]:
    """Return the model as it is, without what was coded knowing the outcome, and unlearned.

    Each learns from all of the record that the split allows, as the forecasts do that are shipped.
    Only where every decision was played: one's own rows are forecast by ``negotiation forecast``.

    Parameters
    ----------
    rows : sequence of Decision
        What the rivals may learn from.
    split : str
    second : bool
        Learn from the second reading.
    """
    played = record.shipped(second=second)
    ids = {row.id for row in rows}
    if not ids <= {row.id for row in played.rows}:
        return {}
    more = [row for row in played.rows if row.id not in ids]
    without = record.shipped(hindsight=False, second=second)
    return {
        "model": of_the_model(played, split=split, more=more),
        "model_known_before": of_the_model(without, split=split, more=more),
        "model_prior": of_the_model(played, split=split, more=more, learns=False),
    }
