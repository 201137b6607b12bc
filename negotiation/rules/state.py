"""The state of one negotiation: a record that every rule reads and some rules change.

Sides are 0 (US) and 1 (China) everywhere. Beliefs are a probability for each private type, which
are numbered in :mod:`negotiation.payoffs.types`.
"""

from __future__ import annotations

from typing import Annotated

from negotiation.payoffs.types import SLOTS
from negotiation.records import Array, Bits, Real, RealBySide, Whole, WholeBySide, layout
from negotiation.scenario import MAX_ISSUES
from negotiation.solvers.dispute_date import Date, Terms
from negotiation.solvers.draft_objective import DraftWork
from negotiation.solvers.draft_problem import DraftProblem
from negotiation.solvers.shared_room import Shares
from negotiation.tactics.facts import MOST_ARGUMENTS

US, CHINA = 0, 1
LEVELS = 21  # steps from 0 to 1 on which a concession is read, see rules/reading.py
WORDS = 32  # of 32 bits: how finely offers are told apart
ABREAST = 16  # packages among which one is sought, see rules/frontier_search.py

# Regimes. The last two are absorbing.
TRUCE, LAPSE, WAR, WORKING_DEAL, SUMMIT_DEAL = range(5)
REGIMES = ("truce", "lapse", "escalation", "working_deal", "summit_deal")

# What the first deadline brought.
PENDING, EXTENDED, DEAL, LAPSED = range(4)

ByIssue = Annotated[Array, "f8", (MAX_ISSUES,)]
IssueBySide = Annotated[Array, "f8", (2, MAX_ISSUES)]
ByType = Annotated[Array, "f8", (SLOTS,)]
TypeBySide = Annotated[Array, "f8", (2, SLOTS)]
StanceBySide = Annotated[Array, "f8", (2, 3)]
ByArgument = Annotated[Array, "f8", (MOST_ARGUMENTS,)]
Parts = Annotated[Array, "f8", (6,)]
PartsBySide = Annotated[Array, "f8", (2, 6)]
ByLevel = Annotated[Array, "f8", (2, LEVELS)]
ByReader = Annotated[Array, "i8", (2, 2)]  # first who counts, then whose offers
StepsByReader = Annotated[Array, "i8", (2, 2, WORDS)]
ByNews = Annotated[Array, "f8", (5,)]
Abreast = Annotated[Array, "f8", (MAX_ISSUES, ABREAST)]
Trials = Annotated[Array, "f8", (ABREAST, MAX_ISSUES)]
ByTrial = Annotated[Array, "f8", (ABREAST,)]
INNOVATIONS = 33 + 2 * MAX_ISSUES
ByInnovation = Annotated[Array, "f8", (INNOVATIONS,)]
TrialBySide = Annotated[Array, "f8", (2, ABREAST)]


class Scratch:
    """Working memory of the rules: in it the choice at hand is weighed.

    Nothing of it outlasts the tick, but for zeros that stand where a scenario has no issue or link.
    """

    # by type: the shock from which on the answer in question is yes; room for a sum over types
    bar: ByType
    of_type: ByType
    given: ByArgument  # what the rule of a strategy is asked about
    home_bar: RealBySide  # the surprise from which on the package in question passes
    reopening: RealBySide  # chance that a review reopens the deal, by China's integrity
    believed: TypeBySide  # beliefs before the side's last act that was decided from outside
    terms: Terms  # the decision date at hand
    date: Date
    # that the side last asked had of saying yes to an offer, a draft or a text; or both home fronts
    chance: Real
    second: Whole  # 1 where the side whose word it is speaks second
    parts: PartsBySide  # components of a package's worth, see rules/worth.py
    tried: ByIssue  # room for a sum over issues
    low_end: ByIssue  # packages
    high_end: ByIssue
    # packages among which one is sought, how good each is by a sum over both sides, and for two
    # linked issues what they gain from others; see rules/frontier.py
    beside: Abreast
    trial: Trials
    score: ByTrial
    sum_gain: ByIssue
    sum_half_bend: ByIssue
    pull: TrialBySide
    # tariff cuts to be taken back: what issues bring, the package, and the cuts alone
    slope: ByIssue
    bend: ByIssue
    kept: ByIssue
    cuts: Shares


class State:
    """What a negotiation is: who sits there, what has happened, what is believed and due."""

    key: Bits
    tick: Whole
    day: Real  # at the start of the tick, counted from the scenario's first day
    regime: Whole
    stance: WholeBySide
    trait: WholeBySide
    resolve: WholeBySide
    # payoffs per issue under the beliefs, as of when a package was last looked for
    expected_gain: IssueBySide
    expected_bend: IssueBySide
    type_stance: TypeBySide  # weight of the stance of type n
    # what its trait comes to: the security value of the US, $bn per year; the share of its pledges
    # that China delivers
    type_trait: TypeBySide
    ideal: TypeBySide  # largest own gain, $bn per year
    # persistent taste shocks, standard logistic, one per kind of choice
    accept_shock: RealBySide
    attend_shock: RealBySide
    sign_shock: RealBySide
    home_shock: RealBySide
    # what earlier votes say about the surprise at home, as values of its distribution function
    home_low: RealBySide
    home_high: RealBySide
    beliefs: TypeBySide  # about side i
    # what the answers so far say about the shock of side i, were it of type n: the ends of the
    # interval it lies in, as values of its distribution function; and the same about signing
    accept_low: TypeBySide
    accept_high: TypeBySide
    sign_low: TypeBySide
    sign_high: TypeBySide
    # talks
    turn: Whole
    offer: IssueBySide  # last standing offer of each side
    weight: RealBySide  # weight on the other side in the last offer
    offers_made: WholeBySide
    different: ByReader  # offers so far that differ from all before them
    steps_asked: StepsByReader  # bit n: an offer asked for n steps of the reader's scale
    standing: ByLevel  # what has been read: chance that the other side has come so far and stands
    moving: ByLevel  # the same, and goes on conceding
    conceded: RealBySide  # share of its way the other side has come: the mean of that
    conceded_before: RealBySide  # the same one reading earlier
    conceded_long_ago: RealBySide  # the same two readings earlier
    wait: RealBySide  # discount factor from one round of talks to the next
    held: RealBySide  # share between reservation and ideal that the side holds out for
    reach: ByIssue  # how far each issue may still be conceded: 0 once it is settled
    cap: ByIssue  # the same in the offer being made: own issues no further than its mandate
    # the US tariffs on the agenda: how many, which issues, and by how many points each may fall
    tariffs: Whole
    tariff: Annotated[Array, "i8", (MAX_ISSUES,)]
    falls: ByIssue
    agreement: RealBySide  # worth of any agreement, $bn a year; 0 once there is one
    agreed: Whole  # 1 + the side whose offer both said yes to, while nothing is signed of it
    draft: ByIssue  # that offer
    package: ByIssue  # what was signed
    # drafts: dates, texts, what has been signed; see rules/rounds.py, texts.py, drafting.py
    clock: Real  # day of the round that is going on
    clock_end: Real  # when, for the rule that is being asked, the talks may end
    truce_ends: Real  # the chance that all give to an end of the truce at its next expiry
    until_round: Real  # what is left to the next round, in mean distances
    spent_to: Real  # up to which day that is
    round_at: Real  # day of the last round
    needed: ByIssue  # effort, in fortnights, at which the text of an issue is ready
    ready: ByIssue  # 1 where it is
    newly: ByIssue  # 1 where it has just become so
    offered: ByIssue  # share that its giver has put on the table, never taken back
    effort: RealBySide  # so far, fortnights
    zeal: RealBySide  # effort a day
    effort_day: Real  # up to which it is counted
    problem: DraftProblem
    drafting: DraftWork
    drafted: Whole  # 1 if ``drafting`` holds a draft of this run
    drafted_on: Real  # day of the delegations' last one
    drafted_for: TypeBySide  # beliefs then
    # searches that did not settle: drafts of the run, and what was solved for its world
    unsettled: Whole
    carried: Real  # share of what a meeting promises that is in the draft
    realised: RealBySide  # worth of the signatures so far to the true types over none, $bn
    settled: Whole  # issues that have been signed
    room: Real  # points by which the US tariff may still fall before that reads as a loss
    pull: ByIssue  # what the settled ones add to each of the others through links, $bn a year
    deal_ends: Real  # day on which the term of what was signed is over
    # deadline
    expiry: Real
    deadlines: Whole
    extensions: Whole
    first_deadline: Whole
    # news and tension
    tension: Real
    pressure: Real
    leverage: Real
    rulings: Whole
    selloffs: Whole
    sold_off: Whole  # 1 where markets have sold off in this tick
    incidents: Whole
    news_chance: ByNews  # of each kind in a tick, see rules/news.py
    thaws: Whole
    sectoral: Whole  # new sectoral tariffs imposed
    put_off: Whole  # new sectoral tariffs put off
    tension_kept: Real  # share of the tension left after a tick
    pressure_kept: Real
    quiet: StanceBySide  # chance of a tick without a unilateral step, by stance
    answer: RealBySide  # chance that a side answers a step of the other
    provocations: WholeBySide
    retaliations: WholeBySide
    # the dispute, see rules/dispute.py
    disputes: Whole  # begun so far
    dates: Whole  # decision dates met so far
    wants: WholeBySide  # the issue of the other side that a side would demand; -1 for none
    rung: Whole  # of the penalties in force; -1 for none
    # the first extension: 1 + the side that demanded a concession for it, 0 for none; the issue, -1
    # for none; and the days that it was agreed for
    first_bought: Whole
    first_demand: Whole
    first_term: Real
    cuts: Whole  # of rare earths
    # escalation
    war_start: Real
    wars: Whole
    wars_ended: Whole
    war_days: Real
    burn: Real  # current US loss from missing rare earths, $bn per day
    # bilateral trade at its lowest so far, as a share of the truce's; by how much the US deficit
    # exceeds the truce's now, and what was signed makes of it, $bn a year
    trade_low: Real
    deficit: Real
    deal_deficit: Real
    lapses: Whole
    # summit
    summit_day: Real
    summit_from: Real  # the window of the meeting that is ahead
    summit_until: Real
    meetings: Whole  # so far, with a signature or without
    photo_ops: Whole  # those to which the leaders came without a text
    slips: Whole  # those with an approved text that was not signed
    delivered: Real  # share of China's pledges that is delivered
    review_chance: Real  # of a review of a signed deal in a tick
    reviews: Whole
    reopened: Whole
    summit_held: Whole
    summit_failed: Whole
    working_deals: Whole  # deals signed by the delegations, by the leaders
    summit_deals: Whole
    deal_day: Real  # of the last signature, -1 if there was none
    # rare earths and accounts
    stock: Real
    alternatives: Real
    thrift: Real
    account: RealBySide  # $bn gained over the truce so far
    yearly_gain: RealBySide  # $bn per year of what was signed
    aspiration: RealBySide  # what the last offer is expected to be worth, $bn per year
    # see rules/innovations.py; no rule reads them
    innovations: ByInnovation
    stirred: Whole  # by what tension has been moved so far: steps, answers and news
    surprise: Real  # of it what was not to be expected, faded as tension does
    scratch: Scratch


TALKS = layout(State)
