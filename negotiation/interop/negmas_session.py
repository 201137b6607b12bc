"""A NegMAS negotiator at our table, with our loop owning the clock.

NegMAS runs its negotiators in a mechanism, so one is made with two seats: the negotiator's, and
a puppet's, which says what our other delegation has said. Where the puppet opens, one step of
the mechanism is our offer and the negotiator's answer; where the negotiator opens, each offer
is a step of its own. Either way the negotiator's clock runs as in a mechanism of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from negotiation.errors import UnknownName
from negotiation.interop.global_luck import Luck, seeded
from negotiation.interop.levels import Levels
from negotiation.interop.negmas import outcome_space, require_negmas

Package = tuple[float, ...]


class Session:
    """One negotiation of a NegMAS negotiator with a puppet.

    Parameters
    ----------
    path : str
        Dotted path of the negotiator's class, such as ``"negmas.sao.BoulwareTBNegotiator"``.
    options : dict
        What its constructor gets.
    grid : Levels
        What it may offer.
    worth : callable
        Its utility of a package, on the grid or not.
    reservation : float
        Its utility of no agreement.
    rounds : int
        Rounds of talks; both sides may offer in each.
    opens : bool
        Whether the negotiator makes the first offer.
    seed : int
        For the global generators that NegMAS draws from.
    """

    def __init__(
        self, path: str, options: dict[str, Any], grid: Levels, worth: Callable[[Package], float],
        *, reservation: float, rounds: int, opens: bool, seed: int,
    ) -> None:  # fmt: skip
        self.grid, self.opens, self.luck = grid, opens, Luck(seed)
        negmas = require_negmas()
        made = negotiator_at(path)
        with seeded(seed):
            space = outcome_space(grid)
            self.mechanism = negmas.SAOMechanism(
                outcome_space=space,
                n_steps=2 * rounds if opens else rounds,
                one_offer_per_step=opens,
            )
            self.puppet = _puppet()(name="puppet")
            player = made(name="player", **options)
            ufun = _utility()(
                lambda outcome: worth(grid.package(outcome)),
                outcome_space=space, reserved_value=reservation,
            )  # fmt: skip
            places = [(player, ufun), (self.puppet, None)]
            for seat, utility in places if opens else reversed(places):
                self.mechanism.add(seat, ufun=utility)

    @property
    def over(self) -> bool:
        """Whether the negotiator agreed, left or ran out of time."""
        return bool(self.mechanism.state.ended)

    def first_offer(self) -> Package | None:
        """Return the negotiator's opening offer; None if it makes none."""
        return self._stepped(None)

    def answer(self, package: Package) -> tuple[bool, Package | None]:
        """Return whether the negotiator takes a package, and its counter-offer if it does not."""
        from negmas import ResponseType, SAOResponse

        said = SAOResponse(ResponseType.REJECT_OFFER, self.grid.package_values(package))
        counter = self._stepped({self.puppet.id: said})
        if self.opens and not self.over:
            counter = self._stepped(None)
        taken = self.mechanism.state.agreement is not None
        return taken, None if taken else counter

    def _stepped(self, action: Any) -> Package | None:
        with self.luck.in_use():
            state = self.mechanism.step(action)
        offer = state.current_offer
        return None if offer is None or state.ended else self.grid.package(offer)


def negotiator_at(path: str) -> Any:
    """Return the class of NegMAS negotiators at a dotted path.

    Raises
    ------
    InputError
        If there is no such module or class, with the nearest name, or it is no negotiator.
    """
    negmas = require_negmas()
    module, _, name = path.rpartition(".")
    try:
        found = import_module(module or ".")
    except (ImportError, ValueError, TypeError):
        known = [f"negmas.{entry.name}" for entry in iter_modules(negmas.__path__)]
        raise UnknownName("module", module, known, f"negotiator {path!r}") from None
    made = getattr(found, name, None)
    if not (isinstance(made, type) and issubclass(made, negmas.Negotiator)):
        # its modules import what they name when it is first asked for
        named = {*dir(found), *getattr(found, "__all__", ())}
        known = [key for key in named if key.endswith("Negotiator")]
        raise UnknownName("NegMAS negotiator", name, known, f"negotiator {path!r}")
    return made


def _puppet() -> Any:
    from negmas import SAONegotiator

    class Puppet(SAONegotiator):  # type: ignore[misc]
        """Says nothing by itself."""

        def propose(self, state: Any, dest: str | None = None) -> Any:
            raise AssertionError("the puppet's words come with the step")

    return Puppet


def _utility() -> Any:
    from negmas.preferences import UtilityFunction

    class Worth(UtilityFunction):  # type: ignore[misc]
        """A utility computed for any outcome, remembered once computed."""

        def __init__(self, worth: Callable[[Any], float], **options: Any) -> None:
            super().__init__(**options)
            self.worth = worth
            self.known: dict[Any, float] = {}

        def eval(self, offer: Any) -> float:
            key = tuple(offer)
            if key not in self.known:
                self.known[key] = self.worth(key)
            return float(self.known[key])

    return Worth
