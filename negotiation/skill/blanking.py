"""What each covariate is worth: the score where it is taken from the decisions that are forecast.

A covariate that is not known is taken at its mean among the decisions learned from; the fit is the
same. So this is what the fit makes of it, not what a fit without it could make of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from negotiation.history.rows import Decision
from negotiation.skill.assessing import Assessment, Forecaster
from negotiation.skill.cases import CODES, cases_of, joined, outcomes_of
from negotiation.skill.splits import folds
from negotiation.skill.threads import on_one_thread

WHOLE = "all known"


@on_one_thread
def blanked(
    rows: Sequence[Decision],
    forecaster: Forecaster,
    split: str = "dispute",
    *,
    second: bool = False,
    asked: Sequence[str] | None = None,
    progress: Callable[[int], Any] | None = None,
) -> Assessment:
    """Return forecasts with each covariate blanked, by its name, and with all ``"all known"``.

    The gain of ``"all known"`` over a covariate's name is what that covariate is worth.

    Examples
    --------
    >>> from negotiation.history.reading import shipped
    >>> from negotiation.skill.logit import logit
    >>> rows = [row for row in shipped().decisions if row.counted and row.date.year >= 2024]
    >>> found = blanked(rows, logit)
    >>> list(found.forecasts)[:3]
    ['all known', 'binding', 'notice']
    """
    cases, truth = cases_of(rows), outcomes_of(rows, second)
    parts = folds(cases, split, asked)
    names = (WHOLE, *cases.covariates)
    p = np.full((len(names), len(rows), len(CODES)), np.nan)
    for seen, out in parts:
        plain = cases.take(out)
        versions = joined([plain, *(plain.blank(name) for name in names[1:])])
        told = forecaster(cases.take(seen), truth[seen], versions)
        p[:, out] = told.reshape(len(names), len(out), len(CODES))
        if progress:
            progress(1)
    return Assessment.of_parts(split, cases, truth, dict(zip(names, p, strict=True)), parts)
