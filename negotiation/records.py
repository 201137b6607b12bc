"""Records: a class says what is in one, for the reader and the type checker, and so its layout.

A record is a row of a NumPy structured array, which compiled code reads by name. Its class is
never instantiated: the annotations are its fields, each a number, an array of a fixed shape or
another record.
"""

from __future__ import annotations

from typing import Annotated, Any, get_origin, get_type_hints

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Surface = tuple[Array, Array, Array]
Draws = tuple[Array, Array, Array, Array, Array, Array]

Whole = Annotated[int, "i8"]
Real = Annotated[float, "f8"]
Bits = Annotated[np.uint64, "u8"]
WholeBySide = Annotated[Array, "i8", (2,)]
RealBySide = Annotated[Array, "f8", (2,)]


def layout(record: type) -> np.dtype[Any]:
    """Return the layout of a record.

    Raises
    ------
    TypeError
        If a field has the name of an attribute of NumPy's records.

    Examples
    --------
    >>> class Offer:
    ...     day: Real
    ...     by_side: RealBySide
    >>> layout(Offer)
    dtype([('day', '<f8'), ('by_side', '<f8', (2,))])
    """
    fields: list[Any] = []
    taken = [name for name in get_type_hints(record) if hasattr(np.generic, name)]
    if taken:  # without the compiler, reading such a field would read the record's own attribute
        raise TypeError(f"{record.__name__}: {', '.join(taken)}: a name that numpy has taken.")
    for name, hint in get_type_hints(record, include_extras=True).items():
        plain = get_origin(hint) is Annotated
        fields.append((name, *hint.__metadata__) if plain else (name, layout(hint)))
    return np.dtype(fields)
