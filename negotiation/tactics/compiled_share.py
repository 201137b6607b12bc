"""A strategy's rule as machine code: what lets the compiled talks ask it.

They call it by its address, see :mod:`negotiation.rules.addresses`. They cannot stop and complain:
a share outside [0, 1], which a single run reports, is held to the nearest end there.
:func:`negotiation.strategies.check` finds it before that.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numba

from negotiation.compiling import kept
from negotiation.errors import InputError


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
    signature = numba.float64(*[numba.float64] * len(arguments))
    ours = rule.__module__.startswith("negotiation.tactics.")  # self-contained: may be kept

    def make(cache: bool) -> Any:
        return numba.cfunc(signature, error_model="numpy", cache=cache)(rule)

    try:
        return kept(make) if ours else make(False)
    except numba.core.errors.NumbaError as error:
        lines = [line.strip(" .") for line in str(error).splitlines()]
        reason = next(line for line in lines if line and not line.startswith("Failed in"))
        raise NotCompilable(
            f"{owner}.compiled_share: Numba cannot compile it as a function of "
            f"({', '.join(arguments)}): {reason}."
        ) from None
