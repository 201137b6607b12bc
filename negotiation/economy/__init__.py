"""From policy to money: what tariffs, minerals, purchases and controls do, in $bn.

The trade model (`welfare_change`, `solve`) turns tariffs into real incomes; `long_run` and
`short_run` apply it to two sides and the rest of the world: the United States and China of 2024
(`seven_sectors`) or any other two of fifteen (`dyad`); `tabulate` keeps the result as a smooth
surface that the simulated negotiations read.
Rare earths and purchases are small models of their own. `political_payoffs` and `tariff_game`
say which game the numbers make.

All of it is imported when it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotiation.lazy import lazily

if TYPE_CHECKING:
    from negotiation.economy import purchases as purchases
    from negotiation.economy import rare_earths as rare_earths
    from negotiation.economy.calibration import Calibration as Calibration
    from negotiation.economy.calibration import one_sector as one_sector
    from negotiation.economy.calibration import seven_sectors as seven_sectors
    from negotiation.economy.dyads import aggregated as aggregated
    from negotiation.economy.dyads import dyad as dyad
    from negotiation.economy.dyads import full_world as full_world
    from negotiation.economy.game import Stakes as Stakes
    from negotiation.economy.game import tariff_game as tariff_game
    from negotiation.economy.long_run import LongRun as LongRun
    from negotiation.economy.long_run import long_run as long_run
    from negotiation.economy.optimal_tariff import autarky_loss as autarky_loss
    from negotiation.economy.political import best_response as best_response
    from negotiation.economy.political import nash_tariffs as nash_tariffs
    from negotiation.economy.political import political_payoffs as political_payoffs
    from negotiation.economy.political import revealed_taste as revealed_taste
    from negotiation.economy.regions import Region as Region
    from negotiation.economy.regions import region as region
    from negotiation.economy.short_run import ShortRun as ShortRun
    from negotiation.economy.short_run import short_run as short_run
    from negotiation.economy.surface import Surface as Surface
    from negotiation.economy.surface import tabulate as tabulate
    from negotiation.economy.trade_model import Equilibrium as Equilibrium
    from negotiation.economy.trade_model import solve as solve
    from negotiation.economy.trade_model import welfare_change as welfare_change

__getattr__, __dir__, __all__ = lazily(__name__)
for _name in ("long_run", "short_run"):  # else their files, which are called so too, stand there
    __getattr__(_name)
