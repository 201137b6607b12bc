"""Write results/hindcast/levels.json: pairs alone against pairs and administrations.

``python experiments/hindcast/levels.py`` from the checkout, after ``record.py``; some minutes. What
would change our mind was stated before in ``question.md``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from checks import rounded
from scipy.stats import kstest

from negotiation.estimates import effective_size
from negotiation.hindcast import calibrate, pooled, record
from negotiation.hindcast.made_up import learning
from negotiation.hindcast.pooled import Unit
from negotiation.hindcast.taught import taught
from negotiation.skill.assessing import assess
from negotiation.skill.of_the_model import of_the_model
from negotiation.skill.whole import ASKED, SETS, gains, main_rows

PAIRS, BOTH = "pairs", "both"
BY_DISPUTE = ASKED[:1]
RECORDS, AMONG = 200, 1024  # made-up records, draws that they are learned from
WHOSE = {
    "the common draw": None,
    "a unit": Unit("China-US", "Trump1"),
    "a new administration": Unit("China-US", "later"),
    "a stranger": Unit("Nobody-US", "later"),
}
OUT = Path(__file__).parents[2] / "results" / "hindcast" / "levels.json"


def versions(second: bool = False) -> dict[str, record.Record]:
    """Return the record with pairs alone, and with both levels."""
    both = record.shipped(second=second)
    return {PAIRS: replace(both, administrations=False), BOTH: replace(both, administrations=True)}


def scores(everyone: bool, second: bool, splits: Sequence[str]) -> dict[str, Any]:
    """Return what both score on a set of decisions, and what the second level gains, by split."""
    rows = main_rows(everyone=everyone)
    found: dict[str, Any] = {}
    for split in splits:
        ids = {row.id for row in rows}
        models = {
            name: of_the_model(each, split=split, more=[x for x in each.rows if x.id not in ids])
            for name, each in versions(second).items()
        }
        told = assess(rows, models, split, second=second)
        found[split] = {
            "decisions": len(told.truth),
            "disputes": told.disputes,
            "scores": {name: {kind: told.score(name, kind).to_dict() for kind in ("log", "brier")}
                       for name in models},
            "gain": gains(told, BOTH, PAIRS),
        }  # fmt: skip
    return found


def learned(played: record.Record) -> dict[str, Any]:
    """Return what the whole record teaches: of the chances of sharing, and of each number."""
    posterior, _ = played.posterior(tuple(range(len(played.rows))))
    weight = posterior.common
    each = calibrate.parameters(played.values, weight)
    return {
        "effective_draws": effective_size(weight),
        "share": spread(posterior.shares, posterior.share),
        "within": spread(posterior.withins, posterior.within),
        "parameters": {name: [x["contraction"], x["shift"]] for name, x in each.items()},
        "taught": [n for n, x in each.items() if taught(x["contraction"], x["shift"])],
    }


def spread(values: np.ndarray, weight: np.ndarray) -> dict[str, Any]:
    """Return mean and standard deviation, the latter also over that of the prior."""
    mean = float(weight @ values)
    sd = float(np.sqrt(weight @ (values - mean) ** 2))
    before = float(values.std())
    return {"mean": mean, "sd": sd, "over_prior": sd / before if before else None,
            "weights": weight.tolist()}  # fmt: skip


def ranks(played: record.Record) -> dict[str, list[float]]:
    """Return p of Kolmogorov and Smirnov's test of uniform ranks, of each number, by whose it is.

    Of the numbers that take few values nothing is lost: ties are split at random.
    """
    return {
        name: [
            float(kstest(column, "uniform").pvalue)
            for column in pooled.ranks(
                learning(played), played.values, played.units, sets=RECORDS,
                seed=record.SEED, of=of,
            ).T
        ]
        for name, of in WHOSE.items()
    }  # fmt: skip


def main() -> None:
    """Write the file."""
    played = versions()
    units = played[BOTH].units
    found: dict[str, Any] = {
        "draws": len(played[BOTH].values),
        "pairs": len({unit.pair for unit in units}),
        "units": len(set(units)),
        "administrations": len({unit.administration for unit in units}),
        "learned": {name: learned(each) for name, each in played.items()},
        "scores": {
            f"{SETS[everyone]}, {reading} reading": scores(everyone, reading == "second", splits)
            for reading, splits in (("first", ASKED), ("second", BY_DISPUTE))
            for everyone in SETS
        },
        "records": RECORDS,
        "ranks": ranks(played[BOTH].at_first(AMONG)),
    }
    OUT.write_text(json.dumps(rounded(found), indent=1) + "\n", "utf-8")
    print(OUT)


if __name__ == "__main__":
    main()
