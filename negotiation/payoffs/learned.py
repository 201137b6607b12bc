"""The parameters of the learned strategy, as its training script wrote them.

They travel in the world record, beside the scenario's own numbers, so that training can try
others without compiling the rules again. Where they come from is in ``data/learned.json``: command,
seed, opponents, score on other seeds and another scenario.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

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


def trained() -> tuple[float, ...]:
    """Return the trained values of `PARAMETERS`, in that order.

    Examples
    --------
    >>> len(trained()) == len(PARAMETERS)
    True
    """
    found = provenance()["parameters"]
    return tuple(float(found[name]) for name in PARAMETERS)
