"""A design as an Arrow table: one row per cell, one column per setting that varies."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from negotiation.sweep.design import Design


def design_table(design: Design) -> pa.Table:
    """Return the cells of a design as a table.

    Numbers are float64; names are dictionary-encoded; a whole table or list given to one
    setting is JSON text. The role and unit of a column are in its metadata.
    """
    units = {path: quantity.unit for path, quantity in design.scenario.numbers()}
    names, columns = ["cell"], [pa.array(range(len(design)), pa.int32())]
    described = [pa.field("cell", pa.int32(), nullable=False)]
    for path in design.factors:
        column = column_of([cell.get(path) for cell in design.cells])
        role = {"role": design.roles.get(path, "lever"), "unit": units.get(path, "")}
        names.append(path)
        columns.append(column)
        described.append(pa.field(path, column.type, metadata=role))
    baseline = {"baseline": str(design.baseline), "scenario": design.scenario.name}
    return pa.table(columns, schema=pa.schema(described, metadata=baseline))


def column_of(values: list[Any]) -> pa.Array:
    """Return settings as the narrowest column that holds them.

    Examples
    --------
    >>> column_of([1, None, 2.5]).type, column_of(["linear", "boulware"]).type
    (DataType(double), DictionaryType(dictionary<values=string, indices=int32, ordered=0>))
    """
    given = [v for v in values if v is not None]
    if all(isinstance(v, int | float) and not isinstance(v, bool) for v in given):
        return pa.array([None if v is None else float(v) for v in values], pa.float64())
    texts = [
        v if v is None or isinstance(v, str) else json.dumps(v, sort_keys=True, default=str)
        for v in values
    ]
    return pa.array(texts, pa.string()).dictionary_encode()
