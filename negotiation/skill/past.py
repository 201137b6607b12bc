"""Past decisions, each forecast from the other disputes, with what happened and the scores.

Nothing is played: every decision was played at draws of the prior, and a forecast is a weighing of
these (:mod:`negotiation.hindcast.record`). The scores are those of :mod:`negotiation.skill.whole`
for some of the decisions. The model learns from all others, between any two sides, as it is
shipped; its rivals learn from those since 2017, of which the record is complete, and those asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from negotiation.estimates import LEVEL
from negotiation.hindcast import disputes, record
from negotiation.hindcast import posterior as post
from negotiation.hindcast.by_code import ends, named
from negotiation.history.rows import Decision
from negotiation.skill import published
from negotiation.skill.assessing import Assessment, Forecaster, assess
from negotiation.skill.cases import CODES, cases_of
from negotiation.skill.logit import logit
from negotiation.skill.of_the_model import models
from negotiation.skill.rates import always_extend, base_rates, by_stratum
from negotiation.skill.splits import enough, folds
from negotiation.skill.whole import BASE, MODEL, STRATA, of_split

SCORED = (("first", "dispute"), ("first", "forward"), ("second", "dispute"))  # reading and split
TAILS = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)


def taught(ids: Sequence[str]) -> list[Decision]:
    """Return what the rivals may learn from when some decisions are asked."""
    played = record.shipped().rows
    return [row for row in played if record.complete(row) or row.id in ids]


def forecasters(
    rows: Sequence[Decision], split: str, *, second: bool = False
) -> dict[str, Forecaster]:
    """Return the model and what it must beat, by name."""
    return {
        MODEL: models(rows, split, second=second)[MODEL],
        BASE: base_rates,
        STRATA: by_stratum,
        "logit": logit,
        "always_extend": always_extend,
    }


def steps(rows: Sequence[Decision]) -> int:
    """Return how often :func:`past` calls its ``progress``."""
    ids = [row.id for row in rows]
    among = taught(ids)
    cases = cases_of(among)
    chosen = scorable(among, ids)
    parts = {split: len(folds(cases, split, ids)) for _, split in chosen}
    return sum(len(forecasters(among, split)) * parts[split] for _, split in chosen)


def scorable(among: Sequence[Decision], ids: Sequence[str]) -> list[tuple[str, str]]:
    """Return by which readings and splits decisions can be scored: forward, few came too early."""
    cases = cases_of(among)
    return [(reading, split) for reading, split in SCORED if enough(cases, split, ids)]


def past(
    rows: Sequence[Decision], *, progress: Callable[[int], Any] | None = None
) -> dict[str, Any]:
    """Return forecasts of decisions of the record, and what they are worth.

    Parameters
    ----------
    rows : sequence of Decision
        Of the shipped record, see :func:`negotiation.hindcast.record.between`.
    progress : callable, optional
        Called with 1 after each forecaster's part of a fold.

    Returns
    -------
    dict
        Plain data, as ``negotiation hindcast --json`` prints it.
    """
    ids = [row.id for row in rows]
    among = taught(ids)
    found = {
        (reading, split): assess(
            among, forecasters(among, split, second=reading == "second"), split,
            second=reading == "second", asked=ids, progress=progress,
        )
        for reading, split in scorable(among, ids)
    }  # fmt: skip
    first = found["first", "dispute"]
    return {
        "n": len(rows),
        "disputes": first.disputes,
        "effective_disputes": first.effective,
        "level": LEVEL,
        "decisions": entries(rows, found.get(("first", "forward"))),
        "scores": {
            reading: {split: of_split(each) for (of, split), each in found.items() if of == reading}
            for reading in dict.fromkeys(reading for reading, _ in SCORED)
        },
        "published": published.beside(first),
    }


def entries(rows: Sequence[Decision], forward: Assessment | None) -> list[dict[str, Any]]:
    """Return what was forecast of each decision without its own dispute, and from its past alone.

    Of none there is a forecast from its past where ``forward`` is None.
    The interval is the central 95% over the draws, each with what its chances are.
    """
    played = record.shipped()
    places = {row.id: k for k, row in enumerate(played.rows)}
    before: dict[str, np.ndarray] = {}
    if forward is not None:
        before = dict(zip(map(str, forward.cases.ids), forward.of(MODEL), strict=True))
    learned: dict[frozenset[str], Any] = {}
    found = []
    for row in rows:
        same = frozenset(record.known(row, played.rows))
        if same not in learned:
            learned[same] = played.without(row)
        posterior, rates = learned[same]
        weight = posterior.weights(disputes.unit_of(row))
        each = played.mixed(places[row.id], rates)
        low, high = post.quantiles(each, weight, TAILS)
        past_alone = before.get(row.id)
        found.append(
            {
                "id": row.id,
                "date": row.date.isoformat(),
                "name": row.what,
                "sides": list(disputes.sides_of(row)),
                "dispute": row.cluster,
                "scheduled": row.scheduled,
                "probabilities": named(np.asarray(weight @ each), CODES),
                "intervals": ends(low, high, CODES),
                "base_rates": named(rates, CODES),
                "from_its_past": None if past_alone is None else named(past_alone, CODES),
                "outcome": row.outcome.value,
                "second_reading": row.read(True).value,
            }
        )
    return found
