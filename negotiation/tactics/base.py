"""A strategy: one small class that says what a delegation holds out for, or what it does.

What to hold out for is a share, a number in [0, 1]: 1 holds out for the own ideal, 0 for no more
than walking away. Everything else follows by the rules of the talks: the offer is the package of
the public frontier at that share, and an offer of the other side is taken by the logit rule if it
beats what the own next offer would bring. A strategy says its share in one of two ways:

``compiled_share``
    a static method of numbers, which Numba compiles: single runs and the ensemble play it.
``share``
    a method of the :class:`~negotiation.strategies.view.View`, in any Python: single runs only.

A strategy that overrides :meth:`Strategy.move` decides for itself which package to offer and
what to accept. What a class does not override stays as the rules have it.

>>> class SplitTheDifference(Strategy):
...     '''Move halfway to the other side's last offer.'''
...
...     source = "folk rule"
...     step: Annotated[float, Range("way towards the other's offer", ge=0, le=1)] = 0.5
...
...     def move(self, view, rng):
...         if view.worth(view.last_offer) >= view.walk_away:
...             return Accept()
...         return Offer.between(view.my_last_offer, view.last_offer, self.step)
>>> SplitTheDifference.decides_itself(), SplitTheDifference.settings()["step"].about
(True, "way towards the other's offer")
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self, get_type_hints

from negotiation.errors import InputError, UnknownName, WrongKind, counted, one_of
from negotiation.tactics.facts import FACTS, MOST_ARGUMENTS, value_of
from negotiation.tactics.mistakes import theirs
from negotiation.tactics.moves import Accept as Accept
from negotiation.tactics.moves import Move as Move
from negotiation.tactics.moves import Offer as Offer
from negotiation.tactics.moves import Share as Share

if TYPE_CHECKING:
    import numpy as np

    View = Any  # a negotiation.strategies.view.View, which knows the rules, and they know this
else:

    class _Shown(type):
        def __instancecheck__(cls, value):
            return any(hasattr(value, fact) for fact in FACTS)

    class View(metaclass=_Shown):
        """What shows a strategy one of the facts."""


FIVE = ("time", "conceded", "held", "patience_own", "patience_other")  # if no name is known


@dataclass(frozen=True)
class Range:
    """What a setting is, and between which values.

    Attributes
    ----------
    about : str
    ge, le, gt : float, optional
        At least, at most, more than.
    default : float, optional
        Filled in from the class.
    whole : bool
        Whether it is a whole number, which the class says too: ``steps: int = 3``.
    """

    about: str = ""
    ge: float | None = None
    le: float | None = None
    gt: float | None = None
    default: float = 0.0
    whole: bool = False

    @property
    def bounds(self) -> dict[str, float]:
        """The ends that are given, by name."""
        ends = {"ge": self.ge, "le": self.le, "gt": self.gt}
        return {name: end for name, end in ends.items() if end is not None}


class Strategy:
    """What a delegation does at the table. Subclass it; class attributes are its settings.

    Attributes
    ----------
    source : str
        Where the strategy comes from.
    stochastic : bool
        Whether it uses ``view.luck`` or ``rng``.
    waits : bool
        Whether it expects to hold out at its next offer for what it holds out for now, as one
        whose mind only the other side can change.
    revises : bool
        Whether it works its share out again at each offer, not at the first alone.
    compiled_share : callable, optional
        Instead of :meth:`share`, a static method that Numba can compile. Its arguments are named
        after facts of the table (:data:`negotiation.tactics.facts.FACTS`) or after settings.
    """

    source: ClassVar[str] = ""
    stochastic: ClassVar[bool] = False
    waits: ClassVar[bool] = False
    revises: ClassVar[bool] = True
    compiled_share: ClassVar[Callable[..., float] | None] = None

    def share(self, view: View) -> float:
        """Return the share of the way from walking away to the ideal that it holds out for.

        Not overridden: what ``compiled_share`` says if there is one, else the best reply to the
        beliefs, which is what the built-in strategy "bayesian" does.
        """
        rule = type(self).compiled_share
        if rule is None:
            return float(view.best_reply())
        if not self.revises and view.offers_made > 0:
            return float(view.held)
        from negotiation.tactics.compiled_share import machine_code

        arguments = self.arguments()
        code = machine_code(rule, type(self).__name__, arguments)
        numbers = [value_of(view, n) if n in FACTS else getattr(self, n) for n in arguments]
        return float(code.ctypes(*numbers))

    def share_next(self, view: View) -> float:
        """Return the share that it expects to hold out for at its own next offer.

        Asked when there is an offer to answer, with ``view.time`` one round ahead: an offer is
        weighed against waiting for the own one. By default what :meth:`share` says.
        """
        return float(view.held) if self.waits else self.share(view)

    def move(self, view: View, rng: np.random.Generator) -> Move:
        """Return what to do, called to answer (``view.answering``) and to offer.

        Overriding this takes full control. As it stands: accept what beats the own next offer,
        discounted for the wait, and the walk-away value; else offer the share held out for.
        """
        if view.answering and view.last_offer is not None:
            later = view.between(self.share_next(view))
            if view.worth(view.last_offer) >= max(view.patience_own * later, view.walk_away):
                return Accept()
        return Offer.worth(view.target(self.share(view)))

    @classmethod
    def decides_itself(cls) -> bool:
        """Return whether the class overrides :meth:`move`, and with it the rules."""
        return cls.move is not Strategy.move

    @classmethod
    def runs_compiled(cls) -> bool:
        """Return whether the ensemble can play it."""
        plain = cls.share is Strategy.share and cls.share_next is Strategy.share_next
        return cls.compiled_share is not None and plain and not cls.decides_itself()

    @classmethod
    def arguments(cls) -> tuple[str, ...]:
        """Return what the arguments of ``compiled_share`` are: facts of the table, or settings.

        Five arguments of which some have other names are ``time``, ``conceded``, ``held``,
        ``patience_own`` and ``patience_other``, in this order.

        Raises
        ------
        InputError
            If an argument is neither, or there are too many.
        """
        return _arguments(cls)  # type: ignore[arg-type]  # it looks for the instances' hash

    @classmethod
    def settings(cls) -> dict[str, Range]:
        """Return the settings that a scenario may give other values: numbers, by name.

        Examples
        --------
        >>> from negotiation.tactics.time_dependent import Boulware
        >>> {name: setting.default for name, setting in Boulware.settings().items()}
        {'beta': 0.25, 'kappa': 0.02}
        """
        return dict(_settings(cls))  # type: ignore[arg-type]

    @classmethod
    def having(cls, stated: Mapping[str, float]) -> Self:
        """Return an instance with some settings at other values."""
        with theirs(f"strategy {cls.__module__}:{cls.__qualname__} cannot be made"):
            made = cls()
        known = cls.settings()
        for name, value in stated.items():
            one_of("setting", name, known, cls.__name__)
            setattr(made, name, int(value) if known[name].whole else float(value))
        return made


@cache  # reading a class takes a millisecond, and a calibration seats it ten thousand times
def _arguments(cls: type[Strategy]) -> tuple[str, ...]:
    assert cls.compiled_share is not None
    try:
        names = tuple(inspect.signature(cls.compiled_share).parameters)
    except (TypeError, ValueError):  # no function, or one of C
        raise WrongKind(
            f"{cls.__name__}.compiled_share", cls.compiled_share, "a function of named numbers"
        ) from None
    known = {*FACTS, *cls.settings()}
    in_order = len(names) == len(FIVE) and not set(names) <= known
    if in_order and all(x == y or x not in known for x, y in zip(names, FIVE, strict=True)):
        return FIVE
    for name in names:
        if name not in known:
            raise UnknownName(f"{cls.__name__}.compiled_share: argument", name, sorted(known))
    if len(names) > MOST_ARGUMENTS:
        raise InputError(
            f"{cls.__name__}.compiled_share: {counted(len(names), 'argument')}; "
            f"allowed: {MOST_ARGUMENTS} or fewer."
        )
    return names


@cache
def _settings(cls: type[Strategy]) -> dict[str, Range]:
    try:
        known = {"Annotated": Annotated, "Range": Range}
        hints = get_type_hints(cls, localns=known, include_extras=True)
    except NameError:  # an annotation that only a type checker can read
        hints = {}
    found = {}
    for name in sorted(dir(cls)):
        value: Any = getattr(cls, name, None)
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if number and not name.startswith("_") and name not in vars(Strategy):
            hint = hints.get(name, int)
            ranges = [x for x in getattr(hint, "__metadata__", ()) if isinstance(x, Range)]
            whole = isinstance(value, int) and getattr(hint, "__origin__", hint) is int
            found[name] = replace([*ranges, Range()][0], default=float(value), whole=whole)
    return found
