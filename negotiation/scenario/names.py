"""The strategies by name: the number by which the compiled rules know a built-in one, plug-ins."""

from __future__ import annotations

PLUG_INS = "negotiation.strategies"  # the group of entry points

STRATEGY_CODES = {
    "boulware": 0,
    "linear": 1,
    "conceder": 2,
    "tit-for-tat": 3,
    "random-tit-for-tat": 4,
    "averaged-tit-for-tat": 5,
    "exponential": 6,
    "zeuthen": 7,
    "micro": 8,
    "rubinstein": 9,
    "nash-fair": 10,
    "obstinate": 11,
    "bayesian": 12,
    "learned": 13,
}


def entry_points() -> dict[str, str]:
    """Return the strategies that installed packages offer: name to ``module:Class``."""
    from importlib import metadata

    return {point.name: point.value for point in metadata.entry_points(group=PLUG_INS)}
