"""Strategies of repeated games of two actions, by the names that the literature gives them.

A strategy is a machine with a few states: in each it cooperates with some chance, and what both
then did leads to the next (Rubinstein 1986, doi:10.1016/0022-0531(86)90021-9). A strategy with a
memory of one round has a state for each thing that may have happened in it (Nowak and Sigmund
1990, doi:10.1007/BF00049570). Names and conduct are those of the library Axelrod (Knight et al.
2016, doi:10.5334/jors.125), with which the tests compare them.

===================== ======================================================================
name                  conduct
===================== ======================================================================
always-cooperate      cooperates
always-defect         defects
random                tosses a coin
alternator            cooperates and defects in turn
tit-for-tat           cooperates, then does what the other did last
suspicious-...        tit-for-tat that defects first
generous-...          tit-for-tat that forgives a defection in one of three cases
anti-...              cooperates, then does the opposite of what the other did last
bully                 defects, then does the opposite of what the other did last
joss                  tit-for-tat that answers cooperation with defection in one of ten cases
win-stay-lose-shift   repeats what brought one of the two better payoffs, else changes (Pavlov)
grim                  cooperates until the other defects once, then never again
tit-for-two-tats      defects only after two defections in a row
two-tits-for-tat      defects twice after each defection
firm-but-fair         forgives mutual defection in two of three cases (Frean 1994)
extortioner           gains twice what the other gains over mutual defection (Press and Dyson
                      2012, doi:10.1073/pnas.1206569109), at payoffs 5, 3, 1, 0
===================== ======================================================================
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from negotiation.errors import InputError, OutOfRange, UnknownName, shortened
from negotiation.theory.allowed import within

MOST_STATES = 12


class Machine(NamedTuple):
    """A strategy as a machine that starts in its first state.

    Attributes
    ----------
    cooperates : tuple of float
        Chance of the first action in each state.
    after : tuple of tuple of int
        For each state the next one after both cooperated, only it did, only the other did,
        neither did.
    """

    cooperates: tuple[float, ...]
    after: tuple[tuple[int, int, int, int], ...]


def memory_one(opening: float, after: Sequence[float]) -> Machine:
    """Return the strategy that looks one round back.

    Parameters
    ----------
    opening : float
        Chance to cooperate in the first round.
    after : sequence of four floats
        Chance to cooperate after both cooperated, only it did, only the other did, neither did.

    Examples
    --------
    >>> memory_one(1, (1, 0, 1, 0)) == repeated_strategy("tit-for-tat")
    True
    """
    try:
        chances = [opening, *after]
    except TypeError:
        chances = []
    if len(chances) != 5:
        raise InputError(f"after = {after!r}: expected four chances to cooperate.")
    within("[0, 1]", opening=opening)
    for chance in chances[1:]:
        within("[0, 1]", **{"after: chance to cooperate": chance})
    return Machine(tuple(float(chance) for chance in chances), ((1, 2, 3, 4),) * 5)


COOPERATE, DEFECT = (0, 0, 0, 0), (1, 1, 1, 1)
NAMED = {
    "always-cooperate": memory_one(1, (1, 1, 1, 1)),
    "always-defect": memory_one(0, (0, 0, 0, 0)),
    "random": memory_one(0.5, (0.5,) * 4),
    "alternator": Machine((1.0, 0.0), (DEFECT, COOPERATE)),
    "tit-for-tat": memory_one(1, (1, 0, 1, 0)),
    "suspicious-tit-for-tat": memory_one(0, (1, 0, 1, 0)),
    "generous-tit-for-tat": memory_one(1, (1, 1 / 3, 1, 1 / 3)),
    "anti-tit-for-tat": memory_one(1, (0, 1, 0, 1)),
    "bully": memory_one(0, (0, 1, 0, 1)),
    "joss": memory_one(1, (0.9, 0, 0.9, 0)),
    "win-stay-lose-shift": memory_one(1, (1, 0, 0, 1)),
    "grim": Machine((1.0, 0.0), ((0, 1, 0, 1), DEFECT)),
    "tit-for-two-tats": Machine((1.0, 1.0, 0.0), ((0, 1, 0, 1), (0, 2, 0, 2), (0, 2, 0, 2))),
    "two-tits-for-tat": Machine((1.0, 0.0, 0.0), ((0, 1, 0, 1), (2, 1, 2, 1), (0, 1, 0, 1))),
    "firm-but-fair": memory_one(1, (1, 0, 1, 2 / 3)),
    "extortioner": memory_one(1, (8 / 9, 1 / 2, 1 / 3, 0)),
}


def repeated_strategy(name: str) -> Machine:
    """Return a strategy of repeated games by its name.

    Parameters
    ----------
    name : str
        As in the table of :mod:`negotiation.theory.repeated_strategies`.

    Examples
    --------
    >>> repeated_strategy("grim").cooperates
    (1.0, 0.0)
    """
    if name not in NAMED:
        raise UnknownName("strategy", name, NAMED)
    return NAMED[name]


def machine_of(strategy: Any) -> Machine:
    """Return a strategy given by name or as a machine, once it is a machine that works."""
    if isinstance(strategy, str):
        return repeated_strategy(strategy)
    try:
        cooperates, after = strategy
        states = len(cooperates)
        moves = [tuple(map(int, row)) for row in after]
        fits = len(moves) == states and all(
            len(row) == 4 and all(0 <= state < states for state in row) for row in moves
        )
    except (TypeError, ValueError, OverflowError):
        fits = False
    if not fits:
        raise InputError(
            f"strategy = {shortened(strategy)}: expected a name, or chances to cooperate by state "
            "and for each state the four that may follow."
        )
    if not 1 <= states <= MOST_STATES:
        raise OutOfRange("states of a strategy", states, f"1 to {MOST_STATES}")
    for chance in cooperates:
        within("[0, 1]", **{"strategy: chance to cooperate": chance})
    return Machine(tuple(float(c) for c in cooperates), tuple(moves))  # type: ignore[arg-type]
