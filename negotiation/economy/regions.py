"""The countries that can be a side: their keys, as typed, and their names, as read."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from ..errors import InputError, UnknownName
from .parameters import table


class Region(NamedTuple):
    """A country, or the European Union.

    Attributes
    ----------
    key : str
        What people type, for instance ``"eu"``.
    code : str
        Its name in the trade table, ``"EU"``.
    name, title, short : str
        Within a sentence, at the head of a column, where room is scarce: ``"the European Union"``,
        ``"European Union"``, ``"EU"``.
    adjective : str
        ``"European"``.
    capital : str
        The seat of its government, ``"Brussels"``.
    """

    key: str
    code: str
    name: str
    title: str
    short: str
    adjective: str
    capital: str


@cache
def all_regions() -> tuple[Region, ...]:
    """Return every region that can be a side, in the order of the trade table."""
    return tuple(Region(**row) for row in table("regions")["regions"])


def region(key: str, where: str = "") -> Region:
    """Return the region of a key.

    Parameters
    ----------
    key : str
        For instance ``"japan"``.
    where : str
        Where the key stands, for the sentence if there is none such.

    Raises
    ------
    UnknownName
        If there is no such region.

    Examples
    --------
    >>> region("eu").name
    'the European Union'
    """
    for one in all_regions():
        if one.key == key:
            return one
    raise UnknownName("region", key, [one.key for one in all_regions()], where)


def pair(first: str, second: str) -> tuple[Region, Region]:
    """Return the regions of two keys, which may not be the same.

    Raises
    ------
    UnknownName, InputError
        If a key does not exist, or both are one.

    Examples
    --------
    >>> [one.adjective for one in pair("canada", "china")]
    ['Canadian', 'Chinese']
    """
    sides = region(first, "first side"), region(second, "second side")
    if first == second:
        raise InputError(
            f"sides: {sides[0].name} on both; allowed: two different regions, for instance us "
            "and eu."
        )
    return sides
