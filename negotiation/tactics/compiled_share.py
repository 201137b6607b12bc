"""A strategy's rule as machine code: what lets the compiled talks ask it.

They call it by its address, see :mod:`negotiation.rules.addresses`. They cannot stop and complain:
a share outside [0, 1] is held to the nearest end there, and one that is no number to 1. So a rule
is asked once before (:func:`tried`), and :func:`negotiation.strategies.check` plays whole talks.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from negotiation import machine_code as kept_code
from negotiation import patience
from negotiation.compiling import is_switched_off
from negotiation.errors import InputError, OutOfRange
from negotiation.tactics.facts import FACTS
from negotiation.tactics.in_time import in_time
from negotiation.tactics.mistakes import LIMIT, theirs

RULE = "rule of {}"  # the form of its arguments: so many numbers
OURS = "negotiation.tactics."  # whose rules are tested
COMPILING = "{owner}.compiled_share is being compiled, as in every process that plays it."
USUAL = dict.fromkeys(FACTS, 0.5) | {  # facts in the middle of talks, none of them 0 or 1
    "patience_own": 0.98, "patience_other": 0.97, "room": 12.0, "room_of_other": 10.0,
    "offers_made": 3.0, "offers_received": 4.0, "different_made": 2.0, "different_received": 3.0,
    "held": 0.8, "conceded": 0.3, "conceded_before": 0.25, "conceded_long_ago": 0.2,
}  # fmt: skip


class Rule(NamedTuple):
    """Machine code that was kept, as far as it is asked what Numba's is asked.

    Attributes
    ----------
    address : int
    ctypes : callable
        Takes its numbers and returns the share.
    """

    address: int
    ctypes: Callable[..., float]


class NotCompilable(InputError, TypeError):
    """A ``compiled_share`` that Numba cannot compile."""


@cache  # and so kept alive
def machine_code(rule: Callable[..., float], owner: str, arguments: tuple[str, ...]) -> Any:
    """Return the compiled form of a ``compiled_share``; ``address`` says where it lies.

    Raises
    ------
    NotCompilable
        If Numba refuses it.
    """
    ours = rule.__module__.startswith(OURS)  # self-contained: may be kept
    there = None
    if ours and not is_switched_off():
        there = kept_code.load(rule, RULE.format(len(arguments)))
    if there is None:
        return compiled_by_numba(rule, owner, arguments, ours)
    real = ctypes.c_double
    return Rule(there.address, ctypes.CFUNCTYPE(real, *[real] * len(arguments))(there.address))


def kept_at(strategy: Any) -> Path | None:
    """Return where the machine code of a strategy's compiled rule is kept; a user's is not."""
    rule = strategy.compiled_share
    ours = rule.__module__.startswith(OURS)
    return kept_code.file_of(rule, RULE.format(len(strategy.arguments()))) if ours else None


def compiled_by_numba(
    rule: Callable[..., float], owner: str, arguments: tuple[str, ...], ours: bool
) -> Any:
    """Return a rule as Numba compiles it, kept if it is one of ours."""
    import numba

    from negotiation.by_numba import kept, object_of

    signature = numba.float64(*[numba.float64] * len(arguments))

    def make(cache: bool) -> Any:
        return numba.cfunc(signature, error_model="numpy", cache=cache)(rule)

    try:
        if not ours:
            with patience.explained(COMPILING.format(owner=owner)):
                return make(False)
        made = kept(make)
        kept_code.keep_form(
            rule, RULE.format(len(arguments)), object_of(made._library), made._wrapper_name,
            str(made._sig.return_type),
        )  # fmt: skip
        return made
    except Exception as error:  # Numba has errors of several families
        lines = [line.strip(" .") for line in str(error).splitlines()]
        reason = next(line for line in lines if line and not line.startswith("Failed in"))
        raise NotCompilable(
            f"{owner}.compiled_share: Numba cannot compile it as a function of "
            f"({', '.join(arguments)}): {reason}."
        ) from None


@cache
def tried(rule: Callable[..., float], owner: str, **numbers: float) -> None:
    """Ask a rule once, with facts as in the middle of talks, where its mistakes can be told.

    Parameters
    ----------
    rule : callable
    owner : str
    **numbers : float
        What it is asked with, by the names of its arguments.

    Raises
    ------
    PlugInFailed
        If it raises.
    OutOfRange
        If what it returns is no number from 0 to 1.

    Examples
    --------
    >>> tried(lambda time: 1.0 / (time - time), "Mine", time=0.5)
    Traceback (most recent call last):
    negotiation.errors.OutOfRange: Mine.compiled_share at time = 0.5 = inf is out of range; ...
    """
    import numba

    code = numba.njit(error_model="numpy", nogil=True)(rule)
    with theirs(f"{owner}.compiled_share"), patience.explained(COMPILING.format(owner=owner)):
        share = in_time(0.9 * LIMIT, lambda: code(*numbers.values()))
    if not 0.0 <= share <= 1.0:
        at = ", ".join(f"{name} = {number:g}" for name, number in numbers.items())
        raise OutOfRange(f"{owner}.compiled_share{f' at {at}' if at else ''}", share, "from 0 to 1")
