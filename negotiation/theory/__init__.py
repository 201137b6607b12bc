"""Textbook results to compare the simulation with, one idea a file.

The modules of this package are a library on numbers and arrays. What takes a scenario lives in
:mod:`negotiation.analysis`, of which ``first_day`` teaches the bargaining solutions to take one
too, and is offered here beside the rest. Everything is imported when first used, so
``import negotiation.theory`` costs next to nothing.

>>> from negotiation import theory
>>> theory.nash_solution([[0, 0], [1, 6], [2, 4], [4, 1]]).utilities
(2.0, 4.0)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from negotiation.lazy import lazily

if TYPE_CHECKING:
    from negotiation.analysis.decision_date import deadline_tree as deadline_tree
    from negotiation.analysis.decision_date import decision_date as decision_date
    from negotiation.analysis.first_day import bargaining_problem as bargaining_problem
    from negotiation.analysis.stage_games import stage_games as stage_games
    from negotiation.theory.agent_response import agent_quantal_response as agent_quantal_response
    from negotiation.theory.attrition import war_of_attrition as war_of_attrition
    from negotiation.theory.backing_down import audience_costs as audience_costs
    from negotiation.theory.bargaining_solutions import distances as distances
    from negotiation.theory.bargaining_solutions import egalitarian as egalitarian
    from negotiation.theory.bargaining_solutions import kalai_smorodinsky as kalai_smorodinsky
    from negotiation.theory.bargaining_solutions import nash_solution as nash_solution
    from negotiation.theory.bargaining_solutions import pareto_frontier as pareto_frontier
    from negotiation.theory.bargaining_solutions import utilitarian as utilitarian
    from negotiation.theory.continuous_bargaining import Continuous as Continuous
    from negotiation.theory.correlated import correlated_equilibrium as correlated_equilibrium
    from negotiation.theory.delay_costs import breakdown_risk as breakdown_risk
    from negotiation.theory.delay_costs import fixed_delay_costs as fixed_delay_costs
    from negotiation.theory.double_auction import linear_equilibrium as linear_equilibrium
    from negotiation.theory.entry_deterrence import chain_store as chain_store
    from negotiation.theory.equilibria import one_equilibrium as one_equilibrium
    from negotiation.theory.evolution import logit_dynamic as logit_dynamic
    from negotiation.theory.evolution import replicator as replicator
    from negotiation.theory.evolution import rest_points as rest_points
    from negotiation.theory.evolution import trajectory as trajectory
    from negotiation.theory.finite_bargaining import Outcomes as Outcomes
    from negotiation.theory.folk_theorems import folk_theorem as folk_theorem
    from negotiation.theory.game_tree import Chance as Chance
    from negotiation.theory.game_tree import Decision as Decision
    from negotiation.theory.game_tree import End as End
    from negotiation.theory.game_tree import ExtensiveGame as ExtensiveGame
    from negotiation.theory.games import Game as Game
    from negotiation.theory.logit_response import logit_path as logit_path
    from negotiation.theory.logit_response import quantal_response as quantal_response
    from negotiation.theory.lottery_bargaining import Lotteries as Lotteries
    from negotiation.theory.obstinate_types import reputation as reputation
    from negotiation.theory.offers_in_turn import alternating_offers as alternating_offers
    from negotiation.theory.offers_in_turn import frequent_offers as frequent_offers
    from negotiation.theory.package_bargaining import Packages as Packages
    from negotiation.theory.private_types import bayesian_logit_path as bayesian_logit_path
    from negotiation.theory.private_types import (
        bayesian_quantal_response as bayesian_quantal_response,
    )
    from negotiation.theory.repeated_games import grim_trigger as grim_trigger
    from negotiation.theory.repeated_games import penalty_payment as penalty_payment
    from negotiation.theory.repeated_games import tit_for_tat as tit_for_tat
    from negotiation.theory.repeated_games import tolerable_lag as tolerable_lag
    from negotiation.theory.repeated_play import repeated_match as repeated_match
    from negotiation.theory.repeated_strategies import Machine as Machine
    from negotiation.theory.repeated_strategies import memory_one as memory_one
    from negotiation.theory.repeated_strategies import repeated_strategy as repeated_strategy
    from negotiation.theory.screening_deadline import (
        screening_with_deadline as screening_with_deadline,
    )
    from negotiation.theory.security import minimax as minimax
    from negotiation.theory.solution import Shares as Shares
    from negotiation.theory.solution import Solution as Solution
    from negotiation.theory.subgame_perfection import backward_induction as backward_induction
    from negotiation.theory.subgame_perfection import subgame_perfect as subgame_perfect
    from negotiation.theory.tree_strategies import normal_form as normal_form
    from negotiation.theory.two_level_game import agreement_chance as agreement_chance
    from negotiation.theory.two_level_game import ratified_split as ratified_split
    from negotiation.theory.two_level_game import win_sets as win_sets
    from negotiation.theory.zeuthen_concession import monotonic_concession as monotonic_concession

_find, __dir__, __all__ = lazily(__name__)


def __getattr__(name: str) -> Any:
    if name in __all__:
        import_module("negotiation.analysis.first_day")  # teaches the solutions to take a scenario
    return _find(name)
