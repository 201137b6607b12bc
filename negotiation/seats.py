"""The two seats of a negotiation, and the stances of whoever sits there, by name."""

SEATS = ("us", "china")
STANCES = ("dove", "middle", "hawk")  # by the taste for protection, from least to most


def opposite(seat: str) -> str:
    """Return the other seat.

    Examples
    --------
    >>> opposite("us"), opposite("china")
    ('china', 'us')
    """
    return SEATS[1 - SEATS.index(seat)]
