"""One row per run, as a table: only where a sweep is asked to keep its rows."""

from __future__ import annotations

import io

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from negotiation.outcome import AT_HORIZON, EVENTS, ROW
from negotiation.scenario import SIDES


def rows_as_parquet(kept: list[tuple[int, np.ndarray]], issues: tuple[str, ...]) -> bytes:
    """Return runs of several cells as one Parquet file (zstd, dictionaries)."""
    rows = np.concatenate([rows for _, rows in kept]) if kept else np.zeros(0, ROW)
    cells = np.repeat([cell for cell, _ in kept], [len(rows) for _, rows in kept])
    buffer = io.BytesIO()
    pq.write_table(rows_table(cells, rows, issues), buffer, compression="zstd")
    return buffer.getvalue()


def rows_table(cells: np.ndarray, rows: np.ndarray, issues: tuple[str, ...]) -> pa.Table:
    """Return runs as a table: cell, run, state at the horizon, events, and the numbers of a row.

    Sides and issues become columns of their own: ``account.us``, ``package.purchases``.
    """
    columns: dict[str, pa.Array] = {"cell": pa.array(cells, pa.int32())}
    for name in rows.dtype.names or ():
        values = rows[name]
        if name == "state":
            codes = pa.array(values.astype(np.int32))
            columns["at_horizon"] = pa.DictionaryArray.from_arrays(codes, list(AT_HORIZON))
        elif name == "events":
            columns |= {event: pa.array(values[:, i] != 0) for i, event in enumerate(EVENTS)}
        elif name == "package":
            columns |= {f"package.{k}": pa.array(values[:, i].copy()) for i, k in enumerate(issues)}
        elif values.ndim == 2:
            columns |= {
                f"{name}.{side}": pa.array(values[:, i].copy()) for i, side in enumerate(SIDES)
            }
        else:
            columns[name] = pa.array(values.copy())
    return pa.table(columns)
