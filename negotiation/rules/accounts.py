"""Phase 6, accounts: flows, stocks and the clock."""

from __future__ import annotations

from negotiation.compiling import compiled
from negotiation.economy.rare_earths import step
from negotiation.payoffs.dispute import cut_of, felt_after, flow_of
from negotiation.payoffs.stakes import Stakes, leverage
from negotiation.payoffs.world import Numbers
from negotiation.rules.state import CHINA, SUMMIT_DEAL, US, WAR, WORKING_DEAL, State

DAYS_PER_MONTH = 365.0 / 12.0


@compiled
def accounts(talks: State, world: Numbers, stakes: Stakes) -> None:
    """Book what the tick brought each side over the truce, and move the clock."""
    # the last tick may reach beyond the horizon, what it brings must not
    days = min(world.clock_tick_days, world.day_horizon - talks.day)
    cut = 0.0
    if talks.regime == WAR:
        cut = cut_of(stakes, talks.rung)
    loss = 0.0
    if days > 0.0:  # the last tick may begin on the last day
        talks.stock, talks.alternatives, talks.thrift, loss, _ = step(
            talks.stock, talks.alternatives, talks.thrift, cut, days / DAYS_PER_MONTH,
            leverage(world),
        )  # fmt: skip
    talks.burn = loss / days if loss > 0.0 else 0.0
    if talks.regime == WAR:
        years = days / 365.0
        talks.war_days += days
        talks.trade_low = min(talks.trade_low, stakes.trade[talks.rung])
        talks.deficit = stakes.deficit[talks.rung]
        for side in (US, CHINA):
            # at the true type's taste: an account is what happened, not what was expected
            stance = world.stance[side, talks.stance[side]]
            weeks = (talks.day + 0.5 * days - talks.war_start) / 7.0
            cost = flow_of(world, stakes, side, talks.rung, stance)
            talks.account[side] -= cost * felt_after(world, weeks) * talks.leverage * years
        talks.account[US] -= loss
    elif talks.regime == WORKING_DEAL or talks.regime == SUMMIT_DEAL:
        years = days / 365.0
        for side in (US, CHINA):
            talks.account[side] += talks.yearly_gain[side] * years
        talks.deficit = talks.deal_deficit
    else:
        talks.deficit = 0.0
    if talks.sectoral:
        years = talks.sectoral * days / 365.0
        talks.account[US] += years * world.news_sectoral_us
        talks.account[CHINA] -= years * world.news_sectoral_china
    talks.tick += 1
    talks.day += world.clock_tick_days


@compiled
def over(talks: State, world: Numbers) -> bool:
    """Return whether the horizon is reached."""
    return talks.day > world.day_horizon
