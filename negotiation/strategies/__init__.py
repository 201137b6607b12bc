"""Strategies: what a delegation holds out for, one family a file, and how to add your own.

A strategy of your own is one small class (:mod:`~negotiation.strategies.base`). Check that it
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
    from negotiation.strategies.base import Strategy as Strategy
    from negotiation.strategies.check import BrokenContract as BrokenContract
    from negotiation.strategies.check import problems as problems
    from negotiation.strategies.moves import Accept as Accept
    from negotiation.strategies.moves import Move as Move
    from negotiation.strategies.moves import Offer as Offer
    from negotiation.strategies.moves import Package as Package
    from negotiation.strategies.registry import Description as Description
    from negotiation.strategies.registry import describe as describe
    from negotiation.strategies.registry import find as find
    from negotiation.strategies.registry import names as names
    from negotiation.strategies.table import BadMove as BadMove
    from negotiation.strategies.view import Item as Item
    from negotiation.strategies.view import View as View
from negotiation.strategies.check import check as check

_HOME = {
    "Accept": "moves",
    "Move": "moves",
    "Offer": "moves",
    "Package": "moves",
    "Strategy": "base",
    "BrokenContract": "check",
    "problems": "check",
    "Description": "registry",
    "describe": "registry",
    "find": "registry",
    "names": "registry",
    "BadMove": "table",
    "Item": "view",
    "View": "view",
}
__all__ = [*_HOME, "check"]  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'negotiation.strategies' has no attribute {name!r}")
    value = getattr(import_module(f"negotiation.strategies.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(_HOME))
