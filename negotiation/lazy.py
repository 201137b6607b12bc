"""Names of a package that are imported when they are first asked for, so that it costs nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def lazily(
    package: str, homes: Mapping[str, str]
) -> tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]:
    """Return the ``__getattr__``, ``__dir__`` and ``__all__`` of a package.

    Parameters
    ----------
    package : str
        Its ``__name__``.
    homes : mapping of str to str
        The names that it offers, by the module of the package that each lives in.

    Examples
    --------
    >>> found, listed, names = lazily("negotiation.theory", {"shares": "Shares"})
    >>> found("Shares").__module__, names
    ('negotiation.theory.solution', ['Shares'])
    """
    home = {name: module for module, names in homes.items() for name in names.split()}

    def found(name: str) -> Any:
        if name not in home:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(f"{package}.{home[name]}"), name)
        setattr(sys.modules[package], name, value)  # asked once
        return value

    return found, lambda: sorted({*vars(sys.modules[package]), *home}), list(home)
