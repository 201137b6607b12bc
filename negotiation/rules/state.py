"""The state of one negotiation: a record that every rule reads and some rules change.

Sides are 0 (US) and 1 (China) everywhere. A private type is numbered
``4 stance + 2 trait + resolve``, twelve in all; beliefs are a probability for each. What is
kept by type has ``SLOTS`` entries, of which the last four stay empty: loops of that length run in
the processor's vector registers.
"""

from __future__ import annotations

import numpy as np

from negotiation.scenario import MAX_ISSUES
from negotiation.solvers.type_game import GAME

US, CHINA = 0, 1
TYPES = 12
SLOTS = 16
ABREAST = 16  # packages tried together, see rules/frontier.py

# Regimes. The last two are absorbing.
TRUCE, LAPSE, WAR, WORKING_DEAL, SUMMIT_DEAL = range(5)
REGIMES = ("truce", "lapse", "escalation", "working_deal", "summit_deal")

# What the first deadline brought.
PENDING, EXTENDED, DEAL, LAPSED = range(4)
DEADLINES = ("pending", "extended", "deal", "lapsed")

_K = (2, MAX_ISSUES)
_N = (2, SLOTS)

TALKS = np.dtype(
    [
        ("key", "u8"),
        ("tick", "i8"),
        ("day", "f8"),  # at the start of the tick, counted from the scenario's first day
        ("regime", "i8"),
        ("stance", "i8", (2,)),
        ("trait", "i8", (2,)),
        ("resolve", "i8", (2,)),
        # payoffs per issue under the beliefs, as of when a package was last looked for
        ("expected_gain", "f8", _K),
        ("expected_bend", "f8", _K),
        ("stance_of", "f8", _N),  # stance and trait that number n stands for
        ("trait_of", "f8", _N),
        ("ideal", "f8", _N),  # largest own gain, $bn per year
        # persistent taste shocks, standard logistic, one per kind of choice
        ("accept_shock", "f8", (2,)),
        ("attend_shock", "f8", (2,)),
        ("sign_shock", "f8", (2,)),
        ("home_shock", "f8", (2,)),
        # what earlier votes say about the surprise at home, as values of its distribution function
        ("home_low", "f8", (2,)),
        ("home_high", "f8", (2,)),
        ("home_bar", "f8", (2,)),  # the surprise from which on the package in question passes
        ("beliefs", "f8", _N),  # about side i
        # what the answers so far say about the shock of side i, were it of type n: the ends of the
        # interval it lies in, as values of its distribution function; and the same about signing
        *((name, "f8", _N) for name in ("accept_low", "accept_high", "sign_low", "sign_high")),
        ("bar", "f8", (SLOTS,)),  # by type: the shock from which on the answer in question is yes
        ("of_type", "f8", (SLOTS,)),  # scratch
        # talks
        ("turn", "i8"),
        ("offer", "f8", _K),  # last standing offer of each side
        ("weight", "f8", (2,)),  # weight on the other side in the last offer
        ("offers_made", "i8", (2,)),
        ("steps_asked", "i8", (2,)),  # bit n: an offer asked for n steps of tactics.STEP
        ("conceded", "f8", (2,)),  # share of its way the other side has come, as read
        ("conceded_before", "f8", (2,)),  # the same one reading earlier
        ("conceded_long_ago", "f8", (2,)),  # the same two readings earlier
        ("wait", "f8", (2,)),  # discount factor from one round of talks to the next
        ("held", "f8", (2,)),  # share between reservation and ideal that the side holds out for
        ("agreed", "i8"),  # 1 + the side whose accepted offer is parked for the leaders
        ("draft", "f8", (MAX_ISSUES,)),
        ("package", "f8", (MAX_ISSUES,)),  # what was signed
        ("tried", "f8", (MAX_ISSUES,)),  # scratch, issue by issue
        # packages among which one is sought, how good each is by a sum over both sides, and for two
        # linked issues what they gain from others; see rules/frontier.py
        ("trial", "f8", (MAX_ISSUES, ABREAST)),
        ("score", "f8", (ABREAST,)),
        ("sum_gain", "f8", (MAX_ISSUES,)),
        ("sum_half_bend", "f8", (MAX_ISSUES,)),
        ("pull", "f8", (2, ABREAST)),
        ("low_end", "f8", (MAX_ISSUES,)),
        ("high_end", "f8", (MAX_ISSUES,)),
        ("parts", "f8", (2, 6)),  # components of a package's worth, see rules/worth.py
        ("halfway", "f8", (6,)),  # the same of the forecast in rules/continuation.py
        # deadline
        ("expiry", "f8"),
        ("deadlines", "i8"),
        ("extensions", "i8"),
        ("first_deadline", "i8"),
        ("lure", "f8", (2, 6)),  # what holding out gains if the other extends, $bn
        ("fear", "f8", (2, 6)),  # change of that if the other holds out too, $bn
        ("game", GAME),  # the same in units of the noise of the choice, with the beliefs
        ("hold_out", "f8", (2, 6)),  # probability of holding out by (stance, resolve)
        ("hold_out_mean", "f8", (2,)),
        # news and tension
        ("tension", "f8"),
        ("pressure", "f8"),
        ("leverage", "f8"),
        ("rulings", "i8"),
        ("selloffs", "i8"),
        ("incidents", "i8"),
        ("news_chance", "f8", (3,)),  # of a ruling, a sell-off, an incident in a tick
        ("tension_kept", "f8"),  # share of the tension left after a tick
        ("pressure_kept", "f8"),
        ("quiet", "f8", (2, 3)),  # chance of a tick without a unilateral step, by stance
        ("answer", "f8", (2,)),  # chance that a side answers a step of the other
        ("provocations", "i8", (2,)),
        ("retaliations", "i8", (2,)),
        # escalation
        ("give_in", "f8", (2,)),  # chance that an ordinary type offers the truce back in this tick
        ("branch", "i8"),
        ("war_start", "f8"),
        ("wars", "i8"),
        ("wars_ended", "i8"),
        ("war_days", "f8"),
        ("burn", "f8"),  # current US loss from missing rare earths, $bn per day
        ("lapses", "i8"),
        # summit
        ("summit_day", "f8"),
        ("audience_factor", "f8", (2,)),  # how much worse giving in looks at home
        ("delivered", "f8"),  # share of China's pledges that is delivered
        ("review_chance", "f8"),  # of a review of a signed deal in a tick
        ("reopening", "f8", (2,)),  # chance that one reopens the deal, by China's integrity
        ("reviews", "i8"),
        ("reopened", "i8"),
        ("summit_held", "i8"),
        ("summit_failed", "i8"),
        ("partial", "i8"),
        ("signed", "i8"),  # the regime of the last signature, 0 if there was none
        ("deal_day", "f8"),
        # rare earths and accounts
        ("stock", "f8"),
        ("alternatives", "f8"),
        ("thrift", "f8"),
        ("account", "f8", (2,)),  # $bn gained over the truce so far
        ("yearly_gain", "f8", (2,)),  # $bn per year of what was signed
        ("aspiration", "f8", (2,)),  # what the last offer is expected to be worth, $bn per year
        ("believed", "f8", _N),  # beliefs before the side's last act that was decided from outside
    ]
)
