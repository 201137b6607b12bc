"""Every strategy that can be named: the built-in ones, entry points and dotted paths.

A scenario names a strategy in one of three ways:

================================ ===========================================================
``boulware``                     a built-in strategy
``split-the-difference``         an entry point of an installed package, in the group
                                 ``negotiation.strategies``
``mypackage.module:MyStrategy``  any importable class
================================ ===========================================================
"""

from __future__ import annotations

import inspect
from dataclasses import asdict, dataclass
from importlib import import_module
from typing import Any

from negotiation.errors import InputError, UnknownName
from negotiation.scenario.names import STRATEGY_CODES, entry_points
from negotiation.strategies.base import Strategy

# Where each built-in strategy lives: the family is the file.
_HOME = {
    "boulware": "time_dependent:Boulware",
    "linear": "time_dependent:Linear",
    "conceder": "time_dependent:Conceder",
    "exponential": "time_dependent:Exponential",
    "tit-for-tat": "behaviour_dependent:TitForTat",
    "random-tit-for-tat": "behaviour_dependent:RandomTitForTat",
    "averaged-tit-for-tat": "behaviour_dependent:AveragedTitForTat",
    "zeuthen": "concession_rules:Zeuthen",
    "micro": "concession_rules:Micro",
    "rubinstein": "equilibrium:Rubinstein",
    "nash-fair": "equilibrium:NashFair",
    "obstinate": "commitment:Obstinate",
    "bayesian": "bayesian:Bayesian",
    "learned": "learned:Learned",
}
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
    stochastic : bool
    runs_in : str
        "single runs and the ensemble" or "single runs only".
    """

    name: str
    family: str
    source: str
    summary: str
    settings: dict[str, Any]
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
    return (*STRATEGY_CODES, *sorted(set(entry_points()) - set(STRATEGY_CODES)))


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
    if name in _HOME:
        module, _, attribute = _HOME[name].partition(":")
        path = f"negotiation.strategies.{module}:{attribute}"
    elif ":" in name:
        path = name
    elif name in entry_points():
        path = entry_points()[name]
    else:
        raise UnknownName("strategy", name, names(), where)
    module, _, attribute = path.partition(":")
    try:
        found = import_module(module)
    except ImportError as error:
        raise InputError(
            f"{place}strategy {name!r}: {module} cannot be imported: {error}."
        ) from None
    classes = [key for key, value in vars(found).items() if _is_strategy(value)]
    if attribute not in vars(found):
        raise UnknownName(f"strategy {name!r}: class", attribute, classes, where)
    if not _is_strategy(vars(found)[attribute]):
        raise InputError(f"{place}strategy {name!r}: {attribute} is not a subclass of ng.Strategy.")
    strategy: type[Strategy] = vars(found)[attribute]
    return strategy


def plug_in(name: str, *, where: str = "") -> type[Strategy] | None:
    """Return the class behind ``name``, or None for a built-in strategy, which the rules know."""
    return None if name in STRATEGY_CODES else find(name, where=where)


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
    compiled = name in STRATEGY_CODES or strategy.runs_compiled()
    return Description(
        name=name,
        family=strategy.__module__.rpartition(".")[2].replace("_", " "),
        source=strategy.source,
        summary=(inspect.getdoc(strategy) or "").partition("\n")[0],
        settings=settings_of(strategy),
        stochastic=strategy.stochastic,
        runs_in=EVERYWHERE if compiled else SINGLE,
    )


def settings_of(strategy: type[Strategy]) -> dict[str, Any]:
    """Return the settings of a class: its annotated or numeric class attributes, by name."""
    reserved = set(vars(Strategy)) | {"__annotations__"}
    found = {
        key: getattr(strategy, key)
        for base in strategy.__mro__
        for key, value in vars(base).items()
        if isinstance(value, int | float | str) and not key.startswith("_") and key not in reserved
    }
    return dict(sorted(found.items()))


def _is_strategy(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, Strategy)
