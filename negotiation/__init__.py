"""Odds of trade talks: how likely is it that the truce holds, and that they sign.

>>> import negotiation as ng
>>> scenario = ng.Scenario.load("stockholm-2025")
>>> talks = ng.run(scenario, seed=42)
>>> odds = ng.odds(scenario, runs=1000, seed=1, worlds=0)
"""

from __future__ import annotations

from negotiation import early as _early  # noqa: F401 (before all others, see there)

# isort: split
from importlib import import_module
from typing import TYPE_CHECKING, Any

from negotiation.lazy import lazily

if TYPE_CHECKING:
    from negotiation import economy as economy
    from negotiation import errors as errors
    from negotiation import interop as interop
    from negotiation import plots as plots
    from negotiation import strategies as strategies
    from negotiation import theory as theory
    from negotiation.analysis.compare import compare as compare
    from negotiation.analysis.comparison import Comparison as Comparison
    from negotiation.analysis.odds import odds as odds
    from negotiation.analysis.odds_result import Odds as Odds
    from negotiation.analysis.versus_theory import versus_theory as versus_theory
    from negotiation.game import Game as Game
    from negotiation.game import Kind as Kind
    from negotiation.game import Point as Point
    from negotiation.game import run as run
    from negotiation.hindcast.as_recorded import as_recorded as as_recorded
    from negotiation.outcome import Outcome as Outcome
    from negotiation.scenario import Quantity as Quantity
    from negotiation.scenario import Scenario as Scenario
    from negotiation.strategies.view import View as View
    from negotiation.sweep import Results as Results
    from negotiation.sweep import Verb
    from negotiation.sweep import grid as grid
    from negotiation.sweep.days import days as days
    from negotiation.tactics.base import Strategy as Strategy
    from negotiation.tactics.moves import Accept as Accept
    from negotiation.tactics.moves import Move as Move
    from negotiation.tactics.moves import Offer as Offer
    from negotiation.tactics.moves import Share as Share
    from negotiation.talks import Talks as Talks

    sweep: Verb
    __version__: str

# Nothing is imported before it is used: numba, mesa and matplotlib take a second each, and
# `negotiation --help` needs none of them.
_find, _listed, __all__ = lazily(__name__)
__all__ += ["sweep"]


def __getattr__(name: str) -> Any:
    if name == "sweep":
        return import_module("negotiation.sweep")
    if name == "__version__":
        from importlib.metadata import version

        return version("negotiation")
    return _find(name)


def __dir__() -> list[str]:
    return [*_listed(), "sweep", "__version__"]
