"""A strategy: one small class that says what a delegation holds out for, or what it does.

The simplest strategy overrides :meth:`Strategy.share`, a number in [0, 1]: 1 holds out for the
own ideal, 0 for no more than walking away. Everything else follows by the rules of the talks:
the offer is the package of the public frontier at that share, and an offer of the other side is
taken by the logit rule if it beats what the own next offer would bring.

A strategy that overrides :meth:`Strategy.move` decides for itself which package to offer and
what to accept. What a class does not override stays as the rules have it.

>>> class SplitTheDifference(Strategy):
...     '''Move halfway to the other side's last offer.'''
...
...     source = "folk rule"
...     step: float = 0.5
...
...     def move(self, view, rng):
...         if view.worth(view.last_offer) >= view.walk_away:
...             return Accept()
...         return Offer.between(view.my_last_offer, view.last_offer, self.step)
>>> SplitTheDifference.decides_itself()
True
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    import numpy as np

    from negotiation.strategies.view import View

Package = tuple[float, ...]


@dataclass(frozen=True)
class Accept:
    """Take the other side's last offer; when it is the own turn to offer, offer it back."""


@dataclass(frozen=True)
class Offer:
    """Put a package on the table, or refuse the standing one if asked for an answer.

    Attributes
    ----------
    package : tuple of float, optional
        How far each issue is conceded, each from 0 to its reach.
    target : float, optional
        Instead of a package: what it is to be worth, $bn per year; see :meth:`worth`.
    """

    package: Package | None = None
    target: float | None = None

    @classmethod
    def between(cls, mine: Package, theirs: Package | None, share: float) -> Offer:
        """Return the offer ``share`` of the way from ``mine`` to ``theirs``, issue by issue.

        With nothing on the other side of the table yet, it stays at ``mine``.

        Examples
        --------
        >>> Offer.between((0.0, 1.0), (1.0, 0.5), 0.5).package
        (0.5, 0.75)
        >>> Offer.between((0.0, 1.0), None, 0.5).package
        (0.0, 1.0)
        """
        if theirs is None:
            return cls(tuple(mine))
        return cls(tuple(a + share * (b - a) for a, b in zip(mine, theirs, strict=True)))

    @classmethod
    def worth(cls, target: float) -> Offer:
        """Return the offer of the public frontier's package that is worth ``target`` to its side.

        Worth as the other side sees it, in expectation over the private types, $bn per year:
        offers are drafted so, lest their composition give the type away. Beyond the ends of
        the frontier the nearest end is meant.

        Examples
        --------
        >>> Offer.worth(12.0)
        Offer(package=None, target=12.0)
        """
        return cls(target=target)


@dataclass(frozen=True)
class Share:
    """Do as the rules do for a side that holds out for a share of its way.

    As an offer: the package of the public frontier that is worth so much to the side. As an
    answer: what the rule answers if the side's own next offer is to hold out for so much.

    Attributes
    ----------
    share : float
        From 0, the reservation value, to 1, the own ideal.
    """

    share: float


Move = Offer | Accept


class Strategy:
    """What a delegation does at the table. Subclass it; class attributes are its settings.

    Attributes
    ----------
    source : str
        Where the strategy comes from.
    stochastic : bool
        Whether it uses ``view.luck`` or ``rng``.
    compiled_share : callable, optional
        Instead of :meth:`share`, a static method ``(time, conceded, held, patience_own,
        patience_other) -> float`` that Numba can compile: the ensemble plays it too.
        Arguments as the attributes of :class:`~negotiation.strategies.view.View`.
    """

    source: ClassVar[str] = ""
    stochastic: ClassVar[bool] = False
    compiled_share: ClassVar[Callable[[float, float, float, float, float], float] | None] = None

    def share(self, view: View) -> float:
        """Return the share of the way from walking away to the ideal that it holds out for.

        Not overridden: ``compiled_share`` if there is one, else the best reply to the beliefs,
        which is what the built-in strategy "bayesian" does.
        """
        from negotiation.strategies.compiled_share import compiled_form

        function = compiled_form(type(self))
        if function is None:
            return view.best_reply()
        return float(
            function(view.time, view.conceded, view.held, view.patience_own, view.patience_other)
        )

    def share_next(self, view: View) -> float:
        """Return the share that it expects to hold out for at its own next offer.

        Asked when there is an offer to answer, with ``view.time`` one round ahead: an offer is
        weighed against waiting for the own one. By default what :meth:`share` says.
        """
        return self.share(view)

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
        """Return whether the ensemble can play it as a plug-in."""
        plain = cls.share is Strategy.share and cls.share_next is Strategy.share_next
        return cls.compiled_share is not None and plain and not cls.decides_itself()
