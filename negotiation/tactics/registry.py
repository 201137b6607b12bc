"""Every strategy that can be named: the built-in ones, entry points and dotted paths.

A scenario names a strategy in one of four ways:

================================ ===========================================================
``boulware``                     a built-in strategy
``split-the-difference``         an entry point of an installed package, in the group
                                 ``negotiation.strategies``
``negmas:MiCRO``                 one of NegMAS's, of
                                 :mod:`negotiation.interop.negmas_strategies`
``mypackage.module:MyStrategy``  any importable class
================================ ===========================================================
"""

from __future__ import annotations

import inspect
import re
from dataclasses import asdict, dataclass
from importlib import import_module
from typing import Any

from negotiation.errors import InputError, UnknownName
from negotiation.tactics.base import Range, Strategy
from negotiation.tactics.bayesian import Bayesian
from negotiation.tactics.behaviour_dependent import AveragedTitForTat, RandomTitForTat, TitForTat
from negotiation.tactics.commitment import Obstinate
from negotiation.tactics.concession_rules import Micro, Zeuthen
from negotiation.tactics.equilibrium import NashFair, Rubinstein
from negotiation.tactics.learned import Learned
from negotiation.tactics.mistakes import theirs
from negotiation.tactics.time_dependent import Boulware, Conceder, Exponential, Linear

PLUG_INS = "negotiation.strategies"  # the group of entry points
MODULES = {"negmas": "negotiation.interop.negmas_strategies"}  # by the names that stand for them
BUILT_IN: dict[str, type[Strategy]] = {
    re.sub("(?<=[a-z])(?=[A-Z])", "-", strategy.__name__).lower(): strategy
    for strategy in (
        Boulware, Linear, Conceder, TitForTat, RandomTitForTat, AveragedTitForTat, Exponential,
        Zeuthen, Micro, Rubinstein, NashFair, Obstinate, Bayesian, Learned,
    )
}  # fmt: skip
EVERYWHERE = "single runs and the ensemble"
SINGLE = "single runs only"


@dataclass(frozen=True)
class Description:
    """What there is to know about a strategy before using it.

    Attributes
    ----------
    name, family, source, summary : str
    settings : dict of str to float
        Class attributes that a subclass may change.
    ranges : dict of str to Range
        Of those that a scenario may change too: what they are, and between which values.
    stochastic : bool
    runs_in : str
        "single runs and the ensemble" or "single runs only".
    """

    name: str
    family: str
    source: str
    summary: str
    settings: dict[str, Any]
    ranges: dict[str, Range]
    stochastic: bool
    runs_in: str

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return asdict(self)


def names() -> tuple[str, ...]:
    """Return the names of all strategies: built-in ones first, then entry points.

    Examples
    --------
    >>> names()[:3]
    ('boulware', 'linear', 'conceder')
    """
    return (*BUILT_IN, *sorted(set(entry_points()) - set(BUILT_IN)))


def find(name: str, *, where: str = "") -> type[Strategy]:
    """Return the class of a strategy by its name.

    Raises
    ------
    UnknownName, InputError
        If there is no such strategy, or what the name leads to is none.

    Examples
    --------
    >>> find("boulware").__name__
    'Boulware'
    """
    place = f"{where}: " if where else ""
    if name in BUILT_IN:
        return BUILT_IN[name]
    if ":" in name:
        path = name
    elif name in entry_points():
        path = entry_points()[name]
    else:
        raise UnknownName("strategy", name, names(), where)
    module, _, attribute = path.partition(":")
    module = MODULES.get(module, module)
    if not all(part.isidentifier() for part in (*module.split("."), attribute)):
        raise InputError(
            f"{place}strategy {name!r} is no name of a class; expected module:Class, such as "
            "my_strategies:LateHalf."
        )
    with theirs(f"{place}strategy {name!r}: {module} cannot be imported"):
        found = import_module(module)
    classes = [key for key, value in vars(found).items() if _is_strategy(value)]
    if not classes:
        raise InputError(
            f"{place}strategy {name!r}: there is no subclass of ng.Strategy in {module}."
        )
    if attribute not in vars(found):
        raise UnknownName(f"strategy {name!r}: class", attribute, classes, where)
    if not _is_strategy(vars(found)[attribute]):
        raise InputError(f"{place}strategy {name!r}: {attribute} is not a subclass of ng.Strategy.")
    strategy: type[Strategy] = vars(found)[attribute]
    return strategy


def in_python(name: str, *, where: str = "") -> type[Strategy] | None:
    """Return the class behind ``name`` if only Python can play it, None if it runs compiled."""
    found = find(name, where=where)
    return None if found.runs_compiled() else found


def describe(name: str) -> Description:
    """Return what there is to know about a strategy.

    Examples
    --------
    >>> describe("boulware").settings
    {'beta': 0.25, 'kappa': 0.02}
    >>> describe("boulware").runs_in
    'single runs and the ensemble'
    """
    strategy = find(name)
    return Description(
        name=name,
        family=strategy.__module__.rpartition(".")[2].replace("_", " "),
        source=strategy.source,
        summary=(inspect.getdoc(strategy) or "").partition("\n")[0],
        settings=settings_of(strategy),
        ranges=strategy.settings(),
        stochastic=strategy.stochastic,
        runs_in=EVERYWHERE if strategy.runs_compiled() else SINGLE,
    )


def entry_points() -> dict[str, str]:
    """Return the strategies that installed packages offer: name to ``module:Class``."""
    from importlib import metadata

    return {point.name: point.value for point in metadata.entry_points(group=PLUG_INS)}


def settings_of(strategy: type[Strategy]) -> dict[str, Any]:
    """Return the settings of a class: its numeric and text class attributes, by name."""
    texts = {
        key: getattr(strategy, key)
        for base in strategy.__mro__
        for key, value in vars(base).items()
        if isinstance(value, str) and not key.startswith("_") and key not in vars(Strategy)
    }
    numbers = {name: getattr(strategy, name) for name in strategy.settings()}
    return dict(sorted((texts | numbers).items()))


def _is_strategy(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, Strategy) and value is not Strategy
