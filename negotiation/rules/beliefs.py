"""Bayes' rule over the other side's twelve types.

Every act multiplies the belief in each type by the probability with which that type would
have acted so, under the very rules that produced the act. That is why beliefs are
calibrated: over many runs, of those in which a belief says p, a fraction p are of that type.
"""

from __future__ import annotations

from negotiation.compiling import compiled, inlined
from negotiation.payoffs.types import SLOTS, TYPES, resolve_of, stance_of, trait_of, type_of
from negotiation.records import Array
from negotiation.rules.state import State
from negotiation.solvers.choice import part_below


@inlined
def normalise(talks: State, side: int) -> None:
    """Rescale the beliefs about ``side`` to sum to one."""
    beliefs = talks.beliefs[side]
    dove, middle, hawk = of_stance(beliefs, 0), of_stance(beliefs, 1), of_stance(beliefs, 2)
    total = dove + middle + hawk
    if total > 0.0:
        scale = 1.0 / total
        for n in range(TYPES):
            beliefs[n] *= scale
    else:
        unlearn(talks, side)


@compiled
def unlearn(talks: State, side: int) -> None:
    """Give the beliefs about ``side`` back what they were before an act that no type would commit.

    It happens where somebody decides in place of the rule. Such an act says nothing.
    """
    for n in range(TYPES):
        talks.beliefs[side, n] = talks.scratch.believed[side, n]


@compiled
def of_stance(beliefs: Array, stance: int) -> float:
    """Return the belief in a stance: that in its four types, added up in pairs."""
    low = beliefs[type_of(stance, 0, 0)] + beliefs[type_of(stance, 0, 1)]
    high = beliefs[type_of(stance, 1, 0)] + beliefs[type_of(stance, 1, 1)]
    return low + high


@compiled
def learn_from_answer(talks: State, side: int, low: Array, high: Array, yes: bool) -> None:
    """Update the beliefs about ``side`` from an answer that its persistent shock decided.

    A type says yes where its shock is at least ``scratch.bar[n]``. Its shock is known to lie
    between the probabilities ``low`` and ``high``, fields by type, which are narrowed.
    """
    for n in range(SLOTS):
        below, p = part_below(low[side, n], high[side, n], talks.scratch.bar[n])
        # selections instead of branches, so that the loop runs in vector registers
        low[side, n] = p if yes else low[side, n]
        high[side, n] = high[side, n] if yes else p
        talks.beliefs[side, n] *= 1.0 - below if yes else below
    normalise(talks, side)


@compiled
def marginal(talks: State, side: int, what: int, value: int) -> float:
    """Return the belief that ``side`` has a given stance (0), trait (1) or resolve (2)."""
    total = 0.0
    for n in range(TYPES):
        level = stance_of(n) if what == 0 else trait_of(n) if what == 1 else resolve_of(n)
        if level == value:
            total += talks.beliefs[side, n]
    return total


@compiled
def type_index(talks: State, side: int) -> int:
    """Return the number of the true type of ``side``."""
    return type_of(talks.stance[side], talks.trait[side], talks.resolve[side])
