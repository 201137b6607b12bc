"""How many different offers a side has made: one that repeats an earlier one counts once.

Offers are told apart by the nearest step of the share that they hold out for. The side that counts
sets the scale: the ``step`` of its strategy if that has such a setting, else a twentieth of the
way. So MiCRO counts on the scale of its own concessions, however fine it makes them.
"""

from __future__ import annotations

from negotiation.compiling import compiled
from negotiation.payoffs.world import Numbers
from negotiation.rules.state import WORDS, State
from negotiation.tactics.facts import STEP

BITS = 32  # of a word that are used
FINEST = 1.0 / (BITS * WORDS - 1)  # the smallest step


@compiled
def scale_of(world: Numbers, reader: int) -> float:
    """Return the step by which ``reader`` tells offers apart, as a share of the way."""
    setting = int(world.scale[reader])
    return max(world.settings[reader, setting], FINEST) if setting >= 0 else STEP


@compiled
def step_of(share: float, scale: float) -> int:
    """Return which step is nearest to ``share``, if they are ``scale`` apart.

    Examples
    --------
    >>> step_of(0.0, 0.05), step_of(0.06, 0.05), step_of(1.0, 0.05), step_of(0.06, 0.01)
    (0, 1, 20, 6)
    """
    return int(min(max(share, 0.0), 1.0) / scale + 0.5)


@compiled
def note_offer(talks: State, world: Numbers, side: int) -> None:
    """Note, for both readers, whether the offer that ``side`` has just made is a new one."""
    for reader in range(2):
        step = step_of(talks.held[side], scale_of(world, reader))
        word, bit = step // BITS, 1 << (step % BITS)
        if talks.steps_asked[reader, side, word] & bit == 0:
            talks.steps_asked[reader, side, word] |= bit
            talks.different[reader, side] += 1


@compiled
def no_offer_yet(talks: State, side: int) -> None:
    """Forget the offers of ``side``."""
    for reader in range(2):
        talks.different[reader, side] = 0
        for word in range(WORDS):
            talks.steps_asked[reader, side, word] = 0
