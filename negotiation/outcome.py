"""What a finished negotiation came to: one row per run, the same from either driver."""

from __future__ import annotations

from typing import Any

import numpy as np

from negotiation.compiling import compiled
from negotiation.errors import OneOf
from negotiation.records import Array
from negotiation.rules.beliefs import type_index
from negotiation.rules.state import CHINA, DEAL, EXTENDED, LAPSED, REGIMES, US, State
from negotiation.scenario import MAX_ISSUES
from negotiation.words import outcomes
from negotiation.words.scene import capital


class Outcome(OneOf):
    """The state at the horizon: exactly one of five, in the order in which they are listed.

    Examples
    --------
    >>> Outcome.TRUCE.sentence
    'The truce is in force and nothing is signed.'
    """

    SUMMIT_DEAL = "summit_deal"
    WORKING_DEAL = "working_deal"
    TRUCE = "truce"
    LAPSE = "lapse"
    ESCALATION = "escalation"

    @staticmethod
    def what() -> str:
        """Return what each of them is."""
        return "outcome"

    @property
    def sentence(self) -> str:
        """The outcome in words."""
        return f"{capital(outcomes.AT_HORIZON[self])}."


AT_HORIZON = tuple(outcome.value for outcome in Outcome)
STATE_OF_REGIME = np.array([AT_HORIZON.index(name) for name in REGIMES])

# Things that have happened at any time in the run or have not.
EVENTS = (
    "first_deadline_extended", "first_extension_mutual", "first_extension_from_us",
    "first_extension_from_china", "first_deadline_deal", "first_deadline_lapsed", "summit_held",
    "summit_deal", "working_deal", "deal", "lapse", "escalation", "escalation_ended",
    "rare_earths_cut", "sectoral_tariffs", "sectoral_put_off", "provocation", "retaliation",
    "reopened",
)  # fmt: skip

ROW = np.dtype(
    [
        ("run", "i8"),
        ("state", "i8"),  # index into AT_HORIZON
        ("events", "i8", (len(EVENTS),)),  # 1 if it has ever happened in the run
        ("deal_day", "f8"),  # of the last signature, -1 if there was none
        ("first_term", "f8"),  # days that the first extension was agreed for, 0 without one
        ("first_demand", "i8"),  # issue that was conceded for it, -1 for none
        ("tension", "f8"),  # at the horizon, in incidents; below zero it is goodwill
        ("trade_low", "f8"),  # bilateral trade at its lowest, as a share of the truce's
        ("deficit", "f8"),  # change of the US deficit over the truce's at the horizon, $bn a year
        # searches of the run and of its world that did not settle, see rules/drafting.py
        ("unsettled", "i8"),
        ("war_days", "f8"),
        ("wars", "i8"),
        ("extensions", "i8"),
        ("provocations", "i8", (2,)),
        ("types", "i8", (2,)),
        ("yearly_gain", "f8", (2,)),  # $bn per year of what was signed
        ("account", "f8", (2,)),  # $bn over the truce until the horizon
        ("package", "f8", (MAX_ISSUES,)),
    ]
)


@compiled
def write_row(talks: State, run: int, row: Any, state_of_regime: Array) -> None:
    """Write the outcome of a finished negotiation into ``row``."""
    row.run = run
    row.state = state_of_regime[talks.regime]
    flags = row.events
    extended = talks.first_deadline == EXTENDED
    flags[0] = extended
    flags[1] = extended and talks.first_bought == 0
    flags[2] = extended and talks.first_bought == 1 + CHINA
    flags[3] = extended and talks.first_bought == 1 + US
    flags[4] = talks.first_deadline == DEAL
    flags[5] = talks.first_deadline == LAPSED
    flags[6] = talks.summit_held
    flags[7] = talks.summit_deals > 0
    flags[8] = talks.working_deals > 0
    flags[9] = talks.summit_deals + talks.working_deals > 0
    flags[10] = talks.lapses > 0
    flags[11] = talks.wars > 0
    flags[12] = talks.wars_ended > 0
    flags[13] = talks.cuts > 0
    flags[14] = talks.sectoral > 0
    flags[15] = talks.put_off > 0
    flags[16] = talks.provocations[0] + talks.provocations[1] > 0
    flags[17] = talks.retaliations[0] + talks.retaliations[1] > 0
    flags[18] = talks.reopened > 0
    row.tension = talks.tension
    row.trade_low, row.deficit = talks.trade_low, talks.deficit
    row.first_term, row.first_demand = talks.first_term, talks.first_demand
    row.deal_day, row.unsettled = talks.deal_day, talks.unsettled
    row.war_days = talks.war_days
    row.wars, row.extensions = talks.wars, talks.extensions
    for side in range(2):
        row.provocations[side] = talks.provocations[side]
        row.types[side] = type_index(talks, side)
        row.yearly_gain[side] = talks.yearly_gain[side]
        row.account[side] = talks.account[side]
    for k in range(row.package.shape[0]):
        row.package[k] = talks.package[k]
