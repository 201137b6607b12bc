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
from typing import TYPE_CHECKING, ClassVar

from negotiation.strategies.moves import Accept as Accept
from negotiation.strategies.moves import Move as Move
from negotiation.strategies.moves import Offer as Offer
from negotiation.strategies.moves import Share as Share

if TYPE_CHECKING:
    import numpy as np

    from negotiation.strategies.view import View


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

        function = compiled_form(type(self).compiled_share, type(self).__name__)
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
