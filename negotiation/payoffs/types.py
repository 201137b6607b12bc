"""The private types of a side and how they are numbered: stance first, then trait, then resolve.

There are twelve. What is kept by type has ``SLOTS`` entries, of which the last four stay empty:
loops of that length run in the processor's vector registers. Where resolve does not matter there
are six, numbered by stance and trait alone.
"""

from __future__ import annotations

from negotiation.compiling import inlined

STANCES, TRAITS, RESOLVES = 3, 2, 2
SIX = STANCES * TRAITS
TYPES = SIX * RESOLVES
SLOTS = 16
HAWK = STANCES - 1


@inlined
def type_of(stance: int, trait: int, resolve: int) -> int:
    """Return the number of a type.

    Examples
    --------
    >>> n = type_of(2, 0, 1)
    >>> n, stance_of(n), trait_of(n), resolve_of(n)
    (9, 2, 0, 1)
    """
    return 4 * stance + 2 * trait + resolve


@inlined
def stance_of(n: int) -> int:
    """Return the stance of type ``n``."""
    return n >> 2


@inlined
def trait_of(n: int) -> int:
    """Return the trait of type ``n``."""
    return (n >> 1) & 1


@inlined
def resolve_of(n: int) -> int:
    """Return the resolve of type ``n``."""
    return n & 1


@inlined
def six_of(n: int) -> int:
    """Return the number among six of type ``n``.

    Examples
    --------
    >>> m = six_of(type_of(2, 1, 0))
    >>> m, stance_of_six(m), trait_of_six(m)
    (5, 2, 1)
    """
    return n >> 1


@inlined
def stance_of_six(m: int) -> int:
    """Return the stance of type ``m`` of six."""
    return m >> 1


@inlined
def trait_of_six(m: int) -> int:
    """Return the trait of type ``m`` of six."""
    return m & 1


@inlined
def ordinary(m: int) -> int:
    """Return the number among twelve of type ``m`` of six that is not resolute; the next one is."""
    return 2 * m
