"""From policy to money: what tariffs, minerals, purchases and controls do, in $bn.

The trade model (`welfare_change`, `solve`) turns tariffs into real incomes; `long_run` and
`short_run` apply it to the United States and China of 2024; `tabulate` keeps the result as
a smooth surface that the simulated negotiations read.
Rare earths and purchases are small models of their own. `political_payoffs` and `tariff_game`
say which game the numbers make.

The compiled parts are imported when they are first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .calibration import Calibration as Calibration
from .calibration import one_sector as one_sector
from .calibration import seven_sectors as seven_sectors
from .game import Stakes as Stakes
from .game import tariff_game as tariff_game
from .long_run import LongRun as LongRun
from .long_run import long_run as long_run
from .optimal_tariff import autarky_loss as autarky_loss
from .political import best_response as best_response
from .political import nash_tariffs as nash_tariffs
from .political import political_payoffs as political_payoffs
from .political import revealed_taste as revealed_taste
from .short_run import ShortRun as ShortRun
from .short_run import short_run as short_run
from .surface import Surface as Surface
from .surface import tabulate as tabulate
from .trade_model import Equilibrium as Equilibrium
from .trade_model import solve as solve
from .trade_model import welfare_change as welfare_change

if TYPE_CHECKING:
    from . import purchases as purchases
    from . import rare_earths as rare_earths

_COMPILED = ("purchases", "rare_earths")


def __getattr__(name: str) -> Any:
    if name not in _COMPILED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(f"{__name__}.{name}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_COMPILED})
