"""The economy's numbers, each with its unit, mark and source, read from one file."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from ..errors import UnknownName


@cache
def table(name: str) -> dict[str, Any]:
    """Read one of the economy's data files.

    Parameters
    ----------
    name : str
        ``"parameters"``, ``"flows"`` or ``"regions"``.

    Returns
    -------
    dict
        The file's entries; do not change them.

    Examples
    --------
    >>> table("parameters")["trade"]["eps_goods"]["mark"]
    'retrieved'
    """
    text = (files(__package__) / "data" / f"{name}.json").read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text)
    return content


def entry(section: str, name: str) -> dict[str, Any]:
    """Return one number with its unit, mark and source.

    Parameters
    ----------
    section, name : str
        For instance ``"rare_earths"``, ``"stock_months"``.

    Returns
    -------
    dict
        ``value``, ``unit``, ``mark``, ``source`` and, where known, ``low`` and ``high``.

    Raises
    ------
    UnknownName
        If there is no such number.

    Examples
    --------
    >>> entry("rare_earths", "stock_months")["value"]
    2.5
    """
    sections = {key: part for key, part in table("parameters").items() if key != "about"}
    if section not in sections:
        raise UnknownName("section", section, sections)
    if name not in sections[section]:
        raise UnknownName("parameter", name, sections[section], section)
    found: dict[str, Any] = sections[section][name]
    return found


def value(section: str, name: str) -> Any:
    """Return the central value of one number.

    Parameters
    ----------
    section, name : str
        As in `entry`.

    Returns
    -------
    float or list
        The value in the unit that the file states.

    Examples
    --------
    >>> value("trade", "value_added_share")
    0.5
    """
    return entry(section, name)["value"]
