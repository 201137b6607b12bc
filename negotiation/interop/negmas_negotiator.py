"""Our delegation in the form that NegMAS's alternating-offers mechanism asks.

The class is made when it is first asked for, because its base class is NegMAS's own and NegMAS
is optional.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from negotiation.errors import InputError
from negotiation.interop.seat import Seat


@cache
def negotiator_class() -> Any:
    """Return the class of NegMAS negotiators that a `Seat` can play."""
    from negmas import ResponseType, SAONegotiator

    class Delegation(SAONegotiator):  # type: ignore[misc]
        """A delegation of the scenario; offers at its own turn, answers at the other's."""

        def __init__(self, seat: Seat, **options: Any) -> None:
            super().__init__(**options)
            self.seat, self.seated = seat, False

        def sit_down(self) -> None:
            """Spread the talks over the mechanism's rounds, once."""
            if self.seated:
                return
            steps = self.nmi.n_steps
            if steps is None:
                raise InputError("a mechanism without n_steps; allowed: one limited by rounds.")
            self.seat.open(-(-int(steps) // 2) if self.nmi.one_offer_per_step else int(steps))
            self.seated = True

        def turn(self, state: Any) -> int:
            """Return the number of the offer that is this delegation's to make, from 0."""
            if self.nmi.one_offer_per_step:
                return int(state.step)
            return 2 * int(state.step) + (0 if self.nmi.negotiator_ids[0] == self.id else 1)

        def propose(self, state: Any, dest: str | None = None) -> Any:
            """Return the next offer, an outcome of the space."""
            self.sit_down()
            return self.seat.grid.package_values(self.seat.propose(self.turn(state)))

        def respond(self, state: Any, source: str | None = None) -> Any:
            """Accept the standing offer or refuse it."""
            self.sit_down()
            package = self.seat.grid.package(state.current_offer)
            taken = self.seat.accepts(package, max(self.turn(state) - 1, 0))
            return ResponseType.ACCEPT_OFFER if taken else ResponseType.REJECT_OFFER

    return Delegation
