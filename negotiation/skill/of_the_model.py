"""The simulation as one forecaster among others: it learns from the decisions that they learn from.

Every decision of the record was played once at many draws of the prior; what is learned from some
of them is a weighing of these draws (:mod:`negotiation.hindcast.record`), by the outcomes handed to
it and no others.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from negotiation.hindcast import record
from negotiation.skill.assessing import Forecaster
from negotiation.skill.cases import Cases


def of_the_model(played: record.Record, *, learns: bool = True) -> Forecaster:
    """Return the model as a forecaster of the decisions that were played.

    Parameters
    ----------
    played : Record
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

    def forecast(seen: Cases, truth: np.ndarray, asked: Cases) -> np.ndarray:
        chosen = tuple(places[str(name)] for name in seen.ids)
        posterior, rates = played.posterior(chosen, truth)
        if not learns:
            posterior, _ = played.posterior((), truth[:0])
        return np.array(
            [played.forecast(places[str(name)], posterior, rates) for name in asked.ids]
        )

    return forecast


def models(ids: Iterable[str]) -> dict[str, Forecaster]:
    """Return the model as it is, without what was coded knowing the outcome, and unlearned.

    Only where every decision was played: one's own rows are forecast by ``negotiation forecast``.
    """
    if not set(map(str, ids)) <= {row.id for row in record.shipped().rows}:
        return {}
    return {
        "model": of_the_model(record.shipped()),
        "model_known_before": of_the_model(record.shipped(hindsight=False)),
        "model_prior": of_the_model(record.shipped(), learns=False),
    }
