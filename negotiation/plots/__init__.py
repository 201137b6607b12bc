"""Pictures of what the simulation found.

Each function takes its data first and the axes to draw on as ``ax=`` (a new figure where none
are given), returns the axes and shows nothing. ``axes.alt_text`` says in words and numbers
what the picture shows; ``style.save(axes.figure, "odds", alt=axes.alt_text)`` writes PNG, SVG
and that text side by side.

===================== ==========================================================
picture               question
===================== ==========================================================
``odds``              how likely is each ending?
``gains``             what does each side gain?
``stacked``           how do the endings shift along one setting?
``ternary``           the same, as a path through deal, truce and breakdown
``heat_map``          which pairs of settings flip an ending?
``tornado``           which settings matter, one at a time?
``importance``        which matter, all at once (Sobol, PRCC)?
``gap``               how do the offers close in on each other?
``timing``            when do they agree?
``contents``          what is in a deal?
``path``              one negotiation: was it efficient, was it fair?
``payoff_matrix``     what should each side do?
``folk_theorem``      what can patient sides sustain?
``pairings``          which strategy does well against which?
``versus_theory``     does the simulation agree with the textbook?
``fear_of_lapse``     what would no truce cost each side, piece by piece?
``extension_split``   how does the first deadline end, and who pays for it?
``prospect_by_issue`` what does a leaders' meeting promise?
``penalty_survival``  how long do penalties last?
``past_outcomes``     how did past decisions come out?
``tariff_path``       which tariff is in force, week by week?
``trade_path``        and how much trade is left?
===================== ==========================================================

Matplotlib is imported when the first picture is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotiation.lazy import lazily

if TYPE_CHECKING:
    from negotiation.plots import style as style
    from negotiation.plots.agreements import timing as timing
    from negotiation.plots.benchmarks import versus_theory as versus_theory
    from negotiation.plots.deals import contents as contents
    from negotiation.plots.distributions import gains as gains
    from negotiation.plots.drivers import importance as importance
    from negotiation.plots.drivers import tornado as tornado
    from negotiation.plots.extensions import extension_split as extension_split
    from negotiation.plots.fans import tariff_path as tariff_path
    from negotiation.plots.fans import trade_path as trade_path
    from negotiation.plots.games import payoff_matrix as payoff_matrix
    from negotiation.plots.maps import heat_map as heat_map
    from negotiation.plots.offers import gap as gap
    from negotiation.plots.outcomes import odds as odds
    from negotiation.plots.pareto import path as path
    from negotiation.plots.past import past_outcomes as past_outcomes
    from negotiation.plots.prospects import prospect_by_issue as prospect_by_issue
    from negotiation.plots.repeated import folk_theorem as folk_theorem
    from negotiation.plots.shares import stacked as stacked
    from negotiation.plots.shares import ternary as ternary
    from negotiation.plots.survival import penalty_survival as penalty_survival
    from negotiation.plots.tournaments import pairings as pairings
    from negotiation.plots.waterfall import fear_of_lapse as fear_of_lapse

__getattr__, __dir__, __all__ = lazily(__name__)
