"""What the groups at home are called: their names in the scenario file, as words."""

from __future__ import annotations

from negotiation.words.language import data

HYPHENED = ("import competing", "self reliance", "rare earth")  # two words that are one here


def group(key: str) -> str:
    """Return what a group at home is called, in the language that is spoken.

    Examples
    --------
    >>> group("farm_belt"), group("rare_earth_ministry")
    ('farm belt', 'rare-earth ministry')
    """
    return data(group_in_english(key))


def group_in_english(key: str) -> str:
    """Return what a group at home is called in English."""
    words = key.replace("_", " ")
    for two in HYPHENED:
        words = words.replace(two, two.replace(" ", "-"))
    return words
