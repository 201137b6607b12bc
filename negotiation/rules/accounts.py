"""Phase 6, accounts: flows, stocks and the clock."""

from __future__ import annotations

from negotiation.compiling import compiled
from negotiation.economy.rare_earths import step
from negotiation.payoffs.stakes import Stakes, leverage
from negotiation.payoffs.world import Numbers
from negotiation.rules.state import CHINA, SUMMIT_DEAL, US, WAR, WORKING_DEAL, State

DAYS_PER_MONTH = 365.0 / 12.0


@compiled
def accounts(talks: State, world: Numbers, stakes: Stakes) -> None:
    """Book what the tick brought each side over the truce, and move the clock."""
    # the last tick may reach beyond the horizon, what it brings must not
    days = min(world.clock_tick_days, world.day_horizon - talks.day)
    cut = stakes.war_cut[talks.branch] if talks.regime == WAR else 0.0
    talks.stock, talks.alternatives, talks.thrift, loss, _ = step(
        talks.stock, talks.alternatives, talks.thrift, cut, days / DAYS_PER_MONTH, leverage(world)
    )
    talks.burn = loss / days if loss > 0.0 else 0.0
    if talks.regime == WAR:
        years = days / 365.0
        talks.war_days += days
        for side in (US, CHINA):
            flow = stakes.war_alpha[side, talks.branch]
            # at the true type's taste: an account is what happened, not what was expected
            flow += world.stance[side, talks.stance[side]] * stakes.war_beta[side, talks.branch]
            talks.account[side] += flow * years
        talks.account[US] -= loss
    elif talks.regime == WORKING_DEAL or talks.regime == SUMMIT_DEAL:
        years = days / 365.0
        for side in (US, CHINA):
            talks.account[side] += talks.yearly_gain[side] * years
    talks.tick += 1
    talks.day += world.clock_tick_days


@compiled
def over(talks: State, world: Numbers) -> bool:
    """Return whether the horizon is reached."""
    return talks.day > world.day_horizon
