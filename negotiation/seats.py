"""The two seats of a negotiation, and the stances of whoever sits there, by name."""

SEATS = ("us", "china")
STANCES = ("dove", "middle", "hawk")  # by the taste for protection, from least to most
