"""The kinds of decisions, and what can be chosen at each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from negotiation.door import unlike
from negotiation.errors import InputError, OneOf, counted, did_you_mean, shortened
from negotiation.rules import script
from negotiation.rules.script import Order
from negotiation.scenario import SIDES, Scenario
from negotiation.strategies import table
from negotiation.strategies.view import Item
from negotiation.tactics.moves import Accept, Offer, Share
from negotiation.words.language import marked, tr
from negotiation.words.parties import by_seat

CLOSE = 1e-9  # rounding that is no offence


class Kind(OneOf):
    """A kind of decision, in the order in which a tick may bring them.

    Examples
    --------
    >>> Kind.YIELD.sentence
    'A price has been named for the truce: give in, or refuse.'
    >>> Kind.YIELD.words
    ('refuse', 'give_in')
    """

    STEP = "step"
    RETALIATE = "retaliate"
    REOPEN = "reopen"
    OFFER = "offer"
    ANSWER = "answer"
    STAND = "stand"
    INITIAL = "initial"
    RATIFY = "ratify"
    PROPOSE = "propose"
    YIELD = "yield"
    CUT = "cut"
    ATTEND = "attend"
    SIGN = "sign"

    @staticmethod
    def what() -> str:
        """Return what each of them is."""
        return "kind of decision"

    @property
    def sentence(self) -> str:
        """The decision in a sentence, between the US and China."""
        return self.sentence_of()

    def sentence_of(self, scenario: Scenario | None = None) -> str:
        """Return the decision in a sentence, the sides by the scenario's own names."""
        return tr(_FACTS[self].sentence, **by_seat(scenario))

    @property
    def actor(self) -> str:
        """Who decides: "delegation", "leader" or "home front"."""
        return _FACTS[self].actor

    @property
    def words(self) -> tuple[str, ...]:
        """What can be chosen, no before yes; empty for an offer, which is a package."""
        return _FACTS[self].words

    @property
    def code(self) -> int:
        """The number by which the compiled rules know it."""
        return _CODES[self]


class _Fact(NamedTuple):
    """``{china.name}`` in the sentence is what the side in that seat is called."""

    words: tuple[str, ...]
    sentence: str
    actor: str = "delegation"


_FACTS = {
    Kind.STEP: _Fact(
        ("keep_still", "step"),
        marked("Add a new sanction or control, such as on exports, or keep still."),
    ),
    Kind.RETALIATE: _Fact(
        ("let_pass", "retaliate"),
        marked("The other side has added a sanction or control: answer in kind, or let it pass."),
    ),
    Kind.REOPEN: _Fact(
        ("let_stand", "reopen"),
        marked(
            "A review has found that {china.name} does not deliver: reopen the deal, or let it "
            "stand."
        ),
    ),
    Kind.OFFER: _Fact((), marked("Put a package on the table.")),
    Kind.ANSWER: _Fact(("refuse", "accept"), marked("Take the other side's offer, or refuse it.")),
    Kind.STAND: _Fact(
        ("withdraw", "stand_by"),
        marked("The other side has said yes: stand by the own offer, or take it back."),
    ),
    Kind.INITIAL: _Fact(
        ("leave", "initial"),
        marked(
            "The delegations have a draft of the texts that are ready: initial it, or leave it."
        ),
    ),
    Kind.RATIFY: _Fact(
        ("block", "pass"),
        marked("A package has come home: let it pass, or block it."),
        "home front",
    ),
    Kind.PROPOSE: _Fact(
        ("demand", "even"),
        marked("The truce runs out, or a crisis meeting is held: settle evenly, or name a price."),
    ),
    Kind.YIELD: _Fact(
        ("refuse", "give_in"), marked("A price has been named for the truce: give in, or refuse.")
    ),
    Kind.CUT: _Fact(
        ("sell", "cut"),
        marked("Penalties are in force: cut exports that the other side needs, or go on selling."),
    ),
    Kind.ATTEND: _Fact(
        ("stay_away", "meet"),
        marked(
            "There is no text that both leaders would sign: meet for the picture, or stay away."
        ),
        "leader",
    ),
    Kind.SIGN: _Fact(
        ("refuse", "sign"), marked("The sherpas have written a text: sign it, or refuse."), "leader"
    ),
}
_CODES: dict[Kind, int] = {kind: getattr(script, kind.name) for kind in Kind}
BY_CODE = {code: kind for kind, code in _CODES.items()}


@dataclass(frozen=True)
class PackageSpace:
    """The packages that may be offered: each issue conceded from 0 to its reach.

    Attributes
    ----------
    issues : tuple of Item
        In the order of a package's numbers.
    """

    issues: tuple[Item, ...]

    def __contains__(self, package: object) -> bool:
        """Return whether a package may be offered."""
        try:
            self.package(package)
        except InputError:
            return False
        return True

    def package(self, given: Any) -> tuple[float, ...]:
        """Return a package as a tuple of numbers, or say what is wrong with it.

        Parameters
        ----------
        given : sequence of float or dict
            How far each issue is conceded; a dict names issues, and leaves the others at 0.
        """
        keys = [item.key for item in self.issues]
        if isinstance(given, dict):
            for name in given:
                if name not in keys:
                    hint = did_you_mean(str(name), keys) or f" Allowed: {', '.join(keys)}."
                    raise InputError(f"offer: there is no issue {shortened(name)}.{hint}")
            given = [given.get(key, 0.0) for key in keys]
        try:
            numbers = np.asarray(given, dtype=float)
        except (OverflowError, TypeError, ValueError):
            numbers = np.empty(0)
        if numbers.shape != (len(keys),) or not np.isfinite(numbers).all():
            raise InputError(
                f"offer: {shortened(given)} is no package; allowed: a finite number for each of "
                f"{counted(len(keys), 'issue')} ({', '.join(keys)})."
            )
        for z, item in zip(numbers, self.issues, strict=True):
            if not -CLOSE <= z <= item.reach + CLOSE:
                raise InputError(f"offer: {z:.6g} of {item.key}; allowed: 0 to {item.reach:.6g}.")
        pairs = zip(numbers, self.issues, strict=True)
        return tuple(min(max(float(z), 0.0), item.reach) for z, item in pairs)


def order_of(at: int, kind: Kind, choice: Any, space: PackageSpace) -> Order:
    """Return a choice as an order, or say in a sentence what can be chosen.

    Raises
    ------
    InputError
        If ``choice`` cannot be chosen at this kind of decision.
    """
    if isinstance(choice, Share) and kind in (Kind.OFFER, Kind.ANSWER):
        return table.order_of(at, choice)
    if kind == Kind.OFFER:
        given = choice.package if isinstance(choice, Offer) else choice
        return table.order_of(at, Offer(space.package(given)))
    if kind == Kind.ANSWER and isinstance(choice, Accept | Offer):
        choice = isinstance(choice, Accept)
    if isinstance(choice, bool | np.bool_):
        return Order(at, script.YES if choice else script.NO)
    if isinstance(choice, str) and choice in kind.words:
        return Order(at, kind.words.index(choice))
    hint = did_you_mean(choice, kind.words) if isinstance(choice, str) else ""
    raise InputError(
        f"{kind}: {shortened(choice)} cannot be chosen.{hint} Allowed: {', '.join(kind.words)}."
    )


class Decision(NamedTuple):
    """A decision that was taken.

    Attributes
    ----------
    kind : Kind
    side : str
        "us" or "china".
    day : float
        At the start of the tick.
    choice : str or tuple of float
        One of the kind's words; at an offer the package.
    """

    kind: Kind
    side: str
    day: float
    choice: str | tuple[float, ...]


def decision_of(entry: Any, issues: int) -> Decision:
    """Return a journal entry of a decision, of talks about so many issues."""
    kind, yes = BY_CODE[int(entry["facts"][0])], bool(entry["facts"][1])
    package = tuple(entry["package"][:issues].tolist())
    choice = package if kind is Kind.OFFER else kind.words[yes]
    return Decision(kind, SIDES[int(entry["side"])], float(entry["day"]), choice)


ANSWERS = {
    "by_rule": script.BY_RULE,
    "no": script.NO,
    "yes": script.YES,
    "package": script.PACKAGE,
    "share": script.SHARE,
}


def data_of(order: Order) -> dict[str, Any]:
    """Return an order as plain data.

    Examples
    --------
    >>> data_of(Order(3, script.YES))
    {'at': 3, 'answer': 'yes'}
    """
    names = {code: name for name, code in ANSWERS.items()}
    entry: dict[str, Any] = {"at": order.at, "answer": names[order.answer]}
    if order.answer == script.PACKAGE:
        entry["package"] = list(order.package)
    if order.answer == script.SHARE:
        entry["share"] = order.share
    if order.luck is not None:
        entry["luck"] = order.luck
    return entry


def order_of_data(entry: Any) -> Order:
    """Return plain data as an order, or say what is wrong with it."""
    try:
        answer = ANSWERS[entry["answer"]]
        order = Order(
            entry["at"],
            answer,
            entry["share"] if answer == script.SHARE else 0.0,
            tuple(entry["package"]) if answer == script.PACKAGE else (),
            entry.get("luck"),
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        order = Order(-1, share=math.nan)  # none
    hints = (int, int, float, tuple[float, ...], int | None)
    if any(map(unlike, hints, order)):
        raise InputError(
            f"address: {shortened(entry)} is no decision; expected the number it was taken at and "
            f"an answer ({', '.join(ANSWERS)}), with a package, a share or a luck where it has one."
        )
    return order


def orders_of_data(entries: Any, space: PackageSpace, taken: int) -> list[Order]:
    """Return the decisions of an address, of which so many have been taken, or what is wrong.

    Raises
    ------
    InputError
        If they are out of order or beyond what has been taken, or a package or share is none.
    """
    if not isinstance(entries, list | tuple):
        raise InputError(f"address: decisions is {shortened(entries)}; expected a list.")
    orders = [order_of_data(entry) for entry in entries]
    last = -1
    for order in orders:
        where = f"address: decision {order.at}"
        if not last < order.at <= taken:
            raise InputError(f"{where} is out of order; allowed: {last + 1} to {taken}.")
        if order.at == taken and order.answer != script.BY_RULE:
            raise InputError(f"{where} has an answer, and is not taken yet.")
        if not 0.0 <= order.share <= 1.0:
            raise InputError(f"{where} is a share of {order.share!r}; allowed: from 0 to 1.")
        if order.luck is not None and not 0 <= order.luck < 2**63:
            raise InputError(f"{where} has the luck {order.luck}; allowed: 0 to {2**63 - 1}.")
        if order.answer == script.PACKAGE:
            space.package(order.package)
        last = order.at
    return orders


def fits(order: Order, kind: Kind) -> None:
    """Raise InputError if an order is no answer to a decision of this kind."""
    allowed = {script.BY_RULE, script.NO, script.YES}
    if kind is Kind.OFFER:
        allowed = {script.BY_RULE, script.PACKAGE, script.SHARE}
    elif kind is Kind.ANSWER:
        allowed |= {script.SHARE}
    if order.answer not in allowed:
        names = [name for name, code in ANSWERS.items() if code in allowed]
        raise InputError(
            f"address: decision {order.at} is of the kind {kind}; allowed: {', '.join(names)}."
        )
