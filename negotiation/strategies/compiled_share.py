"""A plug-in's share as machine code: what lets the ensemble play it.

The compiled rules call it by its address, see :mod:`negotiation.rules.addresses`. They cannot stop
and complain: a share outside [0, 1], which a single run reports, is held to the nearest end there.
:func:`negotiation.strategies.check` finds it before that.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numba

from negotiation.errors import NegotiationError

ARGUMENTS = "time, conceded, held, patience_own, patience_other"


class NotCompilable(NegotiationError, TypeError):
    """A ``compiled_share`` that Numba cannot compile."""


def compiled_form(function: Callable[..., float] | None, owner: str) -> Callable[..., float] | None:
    """Return the compiled form of the ``compiled_share`` of class ``owner``, None for none.

    Raises
    ------
    NotCompilable
        If Numba refuses it.
    """
    if function is None:
        return None
    form: Callable[..., float] = _compiled(function, owner).ctypes
    return form


def address_of(function: Callable[..., float], owner: str) -> int:
    """Return where the machine code of a ``compiled_share`` lies; it stays there."""
    return int(_compiled(function, owner).address)


@cache  # and so kept alive
def _compiled(function: Callable[..., float], owner: str) -> Any:
    try:
        return numba.cfunc(numba.float64(*[numba.float64] * 5), error_model="numpy")(function)
    except numba.core.errors.NumbaError as error:
        lines = [line.strip(" .") for line in str(error).splitlines()]
        reason = next(line for line in lines if line and not line.startswith("Failed in"))
        raise NotCompilable(
            f"{owner}.compiled_share: Numba cannot compile it as a function of "
            f"({ARGUMENTS}): {reason}."
        ) from None
