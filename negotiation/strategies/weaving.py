"""A plug-in's share in the ensemble: the rules compiled anew with one name bound differently.

The compiled rules ask :func:`negotiation.rules.aspirations.plug_in_share` what a plug-in holds
out for. Weaving takes the rules' own code, binds that name to a function that calls the
plug-in, and compiles the few functions between it and the driver again; everything else is used
as it is. So there is no second copy of any rule, and runs without plug-ins pay nothing; a pair of
plug-ins costs some ten seconds of compiling, once a process.

Compiled rules cannot stop and complain: a share outside [0, 1], which a single run reports, is
held to the nearest end here. :func:`negotiation.strategies.check` finds it before that.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

import numba
from numba.core.dispatcher import Dispatcher

from negotiation.errors import NegotiationError
from negotiation.rules import aspirations

if TYPE_CHECKING:
    from negotiation.strategies.base import Strategy

ARGUMENTS = "time, conceded, held, patience_own, patience_other"


class NotCompilable(NegotiationError, TypeError):
    """A ``compiled_share`` that Numba cannot compile."""


def _compiled(function: Callable[..., Any]) -> Any:
    return numba.njit(nogil=True, error_model="numpy")(function)


def compiled_form(strategy: type[Strategy]) -> Any:
    """Return the compiled ``compiled_share`` of a class, or None if it has none.

    Raises
    ------
    NotCompilable
        If Numba refuses it.
    """
    function = strategy.compiled_share
    return None if function is None else _compiled_share(function, strategy.__name__)


@cache
def _compiled_share(function: Callable[..., float], owner: str) -> Any:
    compiled = _compiled(function)
    try:
        compiled.compile((numba.float64,) * 5)
    except numba.core.errors.NumbaError as error:
        lines = [line.strip(" .") for line in str(error).splitlines()]
        reason = next(line for line in lines if line and not line.startswith("Failed in"))
        raise NotCompilable(
            f"{owner}.compiled_share: Numba cannot compile it as a function of "
            f"({ARGUMENTS}): {reason}."
        ) from None
    return compiled


def share_rule(us: type[Strategy] | None, china: type[Strategy] | None) -> Any:
    """Return the rule that asks the plug-in of a side for its share; None plays no plug-in."""
    us_share, china_share = (
        _compiled(_as_it_was) if plug_in is None else compiled_form(plug_in)
        for plug_in in (us, china)
    )
    elapsed, per_round = aspirations.elapsed, aspirations.per_round

    def plug_in_share(talks, world, side, ahead):  # type: ignore[no-untyped-def]
        time, conceded, held = elapsed(talks, world, ahead), talks.conceded[side], talks.held[side]
        own, other = per_round(world, side), per_round(world, 1 - side)
        if side == 0:
            return float(us_share(time, conceded, held, own, other))
        return float(china_share(time, conceded, held, own, other))

    return _compiled(plug_in_share)


def _as_it_was(time: float, conceded: float, held: float, own: float, other: float) -> float:
    return held


@cache
def woven(function: Any, us: type[Strategy] | None, china: type[Strategy] | None) -> Any:
    """Return a compiled function in which the plug-ins of both sides play.

    Parameters
    ----------
    function : compiled function
        Anything that reaches the rules of the talks, such as ``rules.play.play``.
    us, china : type of Strategy, optional
        Classes with a ``compiled_share``.

    Raises
    ------
    NotCompilable
        If Numba refuses one of them.
    """
    known = {aspirations.plug_in_share: share_rule(us, china)}
    return _rebound(function, known)


def _rebound(function: Any, known: dict[Any, Any]) -> Any:
    """Return ``function``, compiled anew if anything below it is bound differently."""
    if function not in known:
        known[function] = function
        code, names = function.py_func.__code__, function.py_func.__globals__
        changed = {
            name: new
            for name in code.co_names
            if (new := _replaced(names.get(name), code.co_names, known)) is not names.get(name)
        }
        if changed:
            clone = FunctionType(code, {**names, **changed}, function.py_func.__name__)
            known[function] = _compiled(clone)
    return known[function]


def _replaced(value: Any, used: tuple[str, ...], known: dict[Any, Any]) -> Any:
    """Return what a global name is to be bound to: a function, or a module of functions."""
    if isinstance(value, Dispatcher):
        return _rebound(value, known)
    if not (isinstance(value, ModuleType) and value.__name__.startswith("negotiation.")):
        return value
    parts = {
        name: vars(value)[name] for name in used if isinstance(vars(value).get(name), Dispatcher)
    }
    changed = {name: new for name, old in parts.items() if (new := _rebound(old, known)) is not old}
    if not changed:
        return value
    module = ModuleType(value.__name__)
    vars(module).update({**vars(value), **changed})
    return module
