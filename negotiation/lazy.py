"""Names of a package that are imported when they are first asked for, so that it costs nothing.

A package lists what it offers once, under ``if TYPE_CHECKING:``, one line a name: ``from
negotiation.talks import Talks as Talks``. Type checkers read those lines, and so does `lazily`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

OFFERED = re.compile(r"^    from (\S+) import \(?\s*(\w+) as \2\b", re.MULTILINE)


def lazily(package: str) -> tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]:
    """Return the ``__getattr__``, ``__dir__`` and ``__all__`` of a package.

    Parameters
    ----------
    package : str
        Its ``__name__``.

    Examples
    --------
    >>> found, listed, names = lazily("negotiation.theory")
    >>> found("Shares").__module__, "bargaining_problem" in names
    ('negotiation.theory.solution', True)
    """
    here = sys.modules[package]
    home = {name: at for at, name in OFFERED.findall(Path(str(here.__file__)).read_text("utf-8"))}

    def found(name: str) -> Any:
        if name not in home:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        if home[name] == package:  # one of its modules
            return import_module(f"{package}.{name}")
        from negotiation.door import checked  # not before there is something to check

        module = import_module(home[name])
        value = checked(getattr(module, name))
        for place in (here, module, sys.modules.get(getattr(value, "__module__", ""), here)):
            setattr(place, name, value)  # one object everywhere; asked once
        return value

    return found, lambda: sorted({*vars(here), *home}), list(home)
