"""Strategies at the table: what they see, what they may do, and how to add your own.

A strategy of your own is one small class (:mod:`~negotiation.tactics.base`). Check that it
keeps the contract with :func:`check`, name it in a scenario as ``"mypackage:MyStrategy"``, or
give it a short name by an entry point in the group ``negotiation.strategies``.

>>> from negotiation import strategies
>>> strategies.describe("micro").summary
'Concede a step if you have not made more different offers than the other side.'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

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
from negotiation.strategies.check import check as check

_HOME = {
    "Accept": "tactics.moves",
    "Move": "tactics.moves",
    "Offer": "tactics.moves",
    "Package": "tactics.moves",
    "Range": "tactics.base",
    "Strategy": "tactics.base",
    "BrokenContract": "strategies.check",
    "problems": "strategies.check",
    "Description": "tactics.registry",
    "describe": "tactics.registry",
    "find": "tactics.registry",
    "names": "tactics.registry",
    "BadMove": "strategies.table",
    "Item": "strategies.view",
    "View": "strategies.view",
}
__all__ = [*_HOME, "check"]  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'negotiation.strategies' has no attribute {name!r}")
    value = getattr(import_module(f"negotiation.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(_HOME))
