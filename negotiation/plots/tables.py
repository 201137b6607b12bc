"""Tables of any make, read as columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from negotiation.errors import InputError, UnknownName, shortened


def columns(table: Any, *needed: str) -> dict[str, np.ndarray]:
    """Return a table's columns as arrays, all of one length.

    Parameters
    ----------
    table : mapping of str to sequence, pyarrow Table, pandas or polars DataFrame, structured array
        Read, never changed.
    *needed : str
        Columns that must be there.

    Raises
    ------
    UnknownName
        If a needed column is missing.
    InputError
        If it is no table, or its columns differ in length, or are empty.

    Examples
    --------
    >>> columns({"x": [1, 2]}, "x")["x"]
    array([1, 2])
    >>> columns({"shares": [1, 2]}, "share")
    Traceback (most recent call last):
    negotiation.errors.UnknownName: column 'share' does not exist; allowed: shares...
    """
    if isinstance(table, np.ndarray) and table.dtype.names:
        found = {name: table[name] for name in table.dtype.names}
    elif isinstance(table, Mapping):
        found = {str(name): _column(name, values) for name, values in table.items()}
    elif hasattr(table, "column_names") and hasattr(table, "column"):
        found = {name: table.column(name).to_numpy() for name in table.column_names}
    elif hasattr(table, "columns") and hasattr(table, "__getitem__"):
        found = {str(name): _column(name, table[name]) for name in table.columns}
    else:
        raise InputError(
            f"a {type(table).__name__} is no table; allowed: columns by name "
            "(dict of arrays, pyarrow, pandas, polars, structured array)."
        )
    for name in needed:
        if name not in found:
            raise UnknownName("column", name, found)
    lengths = {len(values) for values in found.values()}
    if len(lengths) != 1 or lengths == {0}:
        raise InputError(f"table: columns have {sorted(lengths)} rows; allowed: one length, not 0.")
    return found


def _column(name: object, values: Any) -> np.ndarray:
    try:
        column = np.asarray(values)
    except ValueError:  # lists of different lengths
        column = np.array(0)
    if column.ndim == 0:
        raise InputError(f"table: column {shortened(name)} is no list of numbers or names.")
    return column


def in_order(values: np.ndarray) -> list[Any]:
    """Return the distinct values: numbers by size, names by first appearance.

    Examples
    --------
    >>> in_order(np.array([3, 1, 3])), in_order(np.array(["b", "a", "b"]))
    ([1, 3], ['b', 'a'])
    """
    if np.issubdtype(np.asarray(values).dtype, np.number):
        return list(np.unique(values).tolist())
    return list(dict.fromkeys(np.asarray(values).tolist()))
