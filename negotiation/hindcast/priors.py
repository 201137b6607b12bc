"""The behavioural parameters that no source fixes, and what was believed of them beforehand.

Each prior is a scenario number with its range; the reasons are kept beside them. They were
set from the ranges of the Stockholm scenario where it has one, and else so that, before any
outcome is looked at, a truce, an escalation and the rest all stay possible everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from negotiation.scenario import Quantity


@dataclass(frozen=True)
class Parameter:
    """A calibrated number: its name, what it is, its prior and the reason for the prior."""

    name: str
    meaning: str
    prior: Quantity
    reason: str


def _prior(kind: str, value: float, low: float, high: float, unit: str) -> Quantity:
    return Quantity.model_validate(
        {
            "value": value,
            "low": low,
            "high": high,
            "unit": unit,
            "distribution": kind,
            "mark": "guess",
            "source": "prior",
        }
    )


PARAMETERS = (
    Parameter(
        "precision",
        "how precisely both sides choose",
        _prior("lognormal", 0.6, 0.2, 1.8, "per $bn"),
        "the scenario's range: a choice worth $3bn more is taken in 6 of 7 cases, give or take",
    ),
    Parameter(
        "price",
        "what holding out at a deadline extracts while a truce runs",
        _prior("triangular", 3.0, 0.5, 8.0, "$bn"),
        "the scenario's range: a fraction of a small deal's worth of 11 to 20 $bn a year",
    ),
    Parameter(
        "momentum",
        "by what factor that price is larger where no truce runs",
        _prior("lognormal", 1.6, 1.0, 2.6, "factor"),
        "backing down from an announced penalty costs more at home than keeping a calm (Fearon "
        "1994); by how much nobody measured",
    ),
    Parameter(
        "disruption",
        "cost of a lapse beside trade, for each 15 points of tariff at stake",
        _prior("triangular", 2.0, 0.0, 8.0, "$bn"),
        "uncertainty and markets; the scenario's other_lapse_cost, of which it is a part",
    ),
    Parameter(
        "live_talks",
        "worth of the talks that a lapse breaks off when purchases are on the table",
        _prior("triangular", 3.0, 0.0, 9.0, "$bn"),
        "a small deal is worth 11 to 20 $bn a year and may come or not",
    ),
    Parameter(
        "leaders_track",
        "worth of a leaders' meeting that a lapse puts off",
        _prior("triangular", 2.5, 0.0, 9.0, "$bn"),
        "the scenario's summit_value of 0 to 8",
    ),
    Parameter(
        "grace_hard",
        "chance that a lapse at a binding deadline brings no penalty at first",
        _prior("triangular", 0.1, 0.0, 0.5, "probability"),
        "a penalty that takes effect by itself is rarely stopped without an agreement",
    ),
    Parameter(
        "grace_soft",
        "the same where no penalty takes effect by itself",
        _prior("triangular", 0.8, 0.4, 1.0, "probability"),
        "then doing nothing brings none, and a new step must be decided first",
    ),
    Parameter(
        "provocation",
        "rate of occasions for unilateral steps, over the scenario's 6 (US) and 4 (China) a year",
        _prior("lognormal", 1.0, 0.4, 2.5, "factor"),
        "the scenario's ranges of 2 to 12 and 1 to 10 a year",
    ),
    Parameter(
        "incidents",
        "rate of incidents that raise tension",
        _prior("triangular", 6.0, 2.0, 12.0, "per year"),
        "the scenario's range",
    ),
    Parameter(
        "full_powers",
        "chance that delegations may sign anything without their leaders",
        _prior("triangular", 0.15, 0.0, 0.6, "probability"),
        "any real deal depends on the presidents (AP, 28 July 2025), yet Phase One was agreed and "
        "signed without a meeting of theirs: twice the scenario's range",
    ),
    Parameter(
        "authority",
        "how much further leaders can go than delegations",
        _prior("triangular", 4.0, 0.0, 10.0, "$bn per year"),
        "the scenario's range",
    ),
    Parameter(
        "reservation",
        "what a deal must beat the truce by",
        _prior("triangular", 3.0, 0.0, 8.0, "$bn per year"),
        "the scenario's range",
    ),
    Parameter(
        "resolute",
        "share of types that weigh a lapse at less than half its cost: hawkishness",
        _prior("triangular", 0.3, 0.1, 0.6, "probability"),
        "the scenario's ranges for the two sides, 0.1 to 0.5 and 0.1 to 0.6",
    ),
    Parameter(
        "concession",
        "how sides concede: 0 Boulware, 1 linear, 2 conceder",
        Quantity(
            value=0,
            values=(0, 1, 2),
            shape=(0.6, 0.25, 0.15),
            distribution="choice",
            unit="strategy",
            mark="guess",
            source="prior",
        ),
        "governments are thought to hold firm until late; the others are not excluded",
    ),
    Parameter(
        "outside",
        "chance that something outside the model decides, with the odds of the base rates",
        _prior("triangular", 0.1, 0.0, 0.3, "probability"),
        "no form of the rules is right; this keeps every forecast from being sure of itself",
    ),
)
NAMES = tuple(parameter.name for parameter in PARAMETERS)
CONCESSION, OUTSIDE = NAMES.index("concession"), NAMES.index("outside")
SHAPES = ("boulware", "linear", "conceder")


@cache
def central() -> tuple[float, ...]:
    """Return the central value of every prior, in the order of ``NAMES``."""
    return tuple(parameter.prior.value for parameter in PARAMETERS)


def from_cube(points: np.ndarray) -> np.ndarray:
    """Return parameter values from points of the unit cube, shape (n, len(NAMES)).

    Examples
    --------
    >>> values = from_cube(np.full((1, len(NAMES)), 0.5))
    >>> round(float(values[0, NAMES.index("precision")]), 6)
    0.6
    """
    columns = [p.prior.quantiles(points[:, k]) for k, p in enumerate(PARAMETERS)]
    return np.stack(columns, axis=1)
