"""Scores of a ledger: forecasts before their day apart from those registered after the fact."""

from __future__ import annotations

from typing import Any

import numpy as np

from negotiation.hindcast import scoring
from negotiation.hindcast.ledger import Line, codes_of

FEWEST = 3  # disputes from which an interval is told
KINDS = ("brier", "log", "ranked")


def used(lines: list[Line], *, late: bool) -> list[tuple[Line, Line, int]]:
    """Return each resolved decision's last forecast of a kind, its resolution, how many there are.

    ``late`` takes those registered after the fact, else those from before the decision's day.
    """
    found = []
    for end in (x for x in lines if x["kind"] == "resolve"):
        own = [x for x in lines if x["kind"] == "forecast" and x["id"] == end["id"]]
        # an outcome that came before the day listed makes later forecasts late
        own = [x for x in own if (x["registered"][:10] >= min(x["date"], end["on"])) == late]
        if own:
            found.append((own[-1], end, len(own)))
    return found


def score(lines: list[Line]) -> dict[str, Any]:
    """Return the scores of both kinds of forecasts, and how many wait for their outcome."""
    done = {x["id"] for x in lines if x["kind"] == "resolve"}
    waiting = {x["id"] for x in lines if x["kind"] == "forecast"} - done
    return {
        "before": _scores(used(lines, late=False)),
        "after_the_fact": _scores(used(lines, late=True)),
        "waiting": sorted(waiting),
    }


def _scores(kept: list[tuple[Line, Line, int]]) -> dict[str, Any] | None:
    if not kept:
        return None
    codes = codes_of(kept[0][0])
    truth = np.array([codes.index(end["outcome"]) for _, end, _ in kept])
    groups = np.unique([line["dispute"] for line, _, _ in kept], return_inverse=True)[1]
    many = int(groups.max()) + 1
    by = {
        name: np.array([[float(line[f"{code}.{part}"]) for code in codes] for line, _, _ in kept])
        for name, part in (("model", "p"), ("base_rates", "base_rate"))
    }
    found: dict[str, Any] = {
        "n": len(kept),
        "disputes": many,
        "lines": [int(line["line"]) for line, _, _ in kept],
        "of_several": [line["id"] for line, _, count in kept if count > 1],
    }
    functions = {"brier": scoring.brier, "log": scoring.log_score, "ranked": scoring.ranked}
    values = {n: {k: f(p, truth) for k, f in functions.items()} for n, p in by.items()}
    for name, each in values.items():
        found[name] = {k: _mean(v, groups, many) for k, v in each.items()}
    found["better"] = {
        k: _mean(values["base_rates"][k] - values["model"][k], groups, many) for k in KINDS
    }
    return found


def _mean(values: np.ndarray, groups: np.ndarray, many: int) -> dict[str, Any]:
    """Return a mean with its interval, disputes as units; none where these are too few."""
    told = scoring.mean(values, groups.tolist()).to_dict()
    return told if many >= FEWEST else {**told, "low": None, "high": None}
