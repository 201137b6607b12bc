"""A strategy that nobody thought up: found by policy search against all the others.

With ``t`` the share of the time that has passed and ``c`` the share of its way that the other
side is read to have come, it holds out for

    a + reciprocity * (opening * (1 - c) - a),    a = opening - (opening - final) * t^(1 / beta),

a clock's demand, drawn towards (or, with a negative reciprocity, away from) an answer in kind. The
four numbers are those with the best average score against every other built-in strategy, on both
sides, found by differential evolution (Storn and Price 1997) on paired runs of the Stockholm
scenario with its numbers drawn in each run. ``experiments/learned-strategy/train.py`` finds them
again; what they are worth on other seeds and in another scenario is in
:func:`provenance`.

It is a best answer to one population, no more: a population that knew it would play otherwise.

References
----------
Storn and Price 1997, "Differential evolution", doi:10.1023/A:1008202821328.

Examples
--------
>>> held(1.0, 0.0, opening=0.8, final=0.5, beta=1.0, reciprocity=0.0)
0.5
>>> round(held(0.5, 0.4, opening=1.0, final=0.2, beta=1.0, reciprocity=1.0), 6)
0.6
"""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from negotiation.tactics.base import Range, Strategy

FILE = Path(__file__).parent / "data" / "learned.json"
PARAMETERS = ("opening", "final", "beta", "reciprocity")


@cache
def provenance() -> dict[str, Any]:
    """Return all that is known about the training: parameters, settings, scores.

    Examples
    --------
    >>> sorted(provenance()["parameters"])
    ['beta', 'final', 'opening', 'reciprocity']
    """
    data: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return data


def held(
    time: float, conceded: float, opening: float, final: float, beta: float, reciprocity: float
) -> float:
    """Return the demand of the clock, drawn towards an answer in kind."""
    passed = math.pow(time, 1.0 / beta) if time > 0.0 else 0.0
    own = opening - (opening - final) * passed
    return min(max(own + reciprocity * (opening * (1.0 - conceded) - own), 0.0), 1.0)


_FOUND = provenance()["parameters"]
START = Range("share held out for at the start", ge=0, le=1)
END = Range("share held out for when the time is over", ge=0, le=1)


class Learned(Strategy):
    """Follow the clock and the other side's concessions as policy search found best."""

    source = "trained here; Storn and Price 1997, doi:10.1023/A:1008202821328"
    opening: Annotated[float, START] = _FOUND["opening"]
    final: Annotated[float, END] = _FOUND["final"]
    beta: Annotated[float, Range("readiness to concede", gt=0)] = _FOUND["beta"]
    reciprocity: Annotated[float, Range("1 mirrors the other side, 0 does not look at it")] = (
        _FOUND["reciprocity"]
    )
    compiled_share = staticmethod(held)
