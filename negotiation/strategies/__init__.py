"""Strategies at the table: what they see, what they may do, and how to add your own.

A strategy of your own is one small class (:mod:`~negotiation.tactics.base`). Check that it
keeps the contract with :func:`check`, name it in a scenario as ``"mypackage:MyStrategy"``, or
give it a short name by an entry point in the group ``negotiation.strategies``.

>>> from negotiation import strategies
>>> strategies.describe("micro").summary
'Concede a step if you have not made more different offers than the other side.'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotiation.lazy import lazily
from negotiation.strategies.check import check as check

if TYPE_CHECKING:
    from negotiation.strategies.check import BrokenContract as BrokenContract
    from negotiation.strategies.check import problems as problems
    from negotiation.strategies.table import BadMove as BadMove
    from negotiation.strategies.view import Item as Item
    from negotiation.strategies.view import View as View
    from negotiation.tactics.base import Range as Range
    from negotiation.tactics.base import Strategy as Strategy
    from negotiation.tactics.moves import Accept as Accept
    from negotiation.tactics.moves import Move as Move
    from negotiation.tactics.moves import Offer as Offer
    from negotiation.tactics.moves import Package as Package
    from negotiation.tactics.registry import Description as Description
    from negotiation.tactics.registry import describe as describe
    from negotiation.tactics.registry import find as find
    from negotiation.tactics.registry import names as names

__getattr__, __dir__, __all__ = lazily(__name__)
__all__ += ["check"]
