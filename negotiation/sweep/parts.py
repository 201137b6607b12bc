"""A part: the sums of one block as a Parquet table, one row per cell."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from negotiation.sweep.failure import FailureInfo
from negotiation.sweep.play_block import Piece
from negotiation.tally import OUTCOMES, QUANTITIES, Tally

_TEXT = ("stage", "type", "message", "traceback")


def part_table(pieces: tuple[Piece, ...], first: int) -> pa.Table:
    """Return the sums and failures of a block."""
    columns: dict[str, Any] = {
        "cell": pa.array([piece.cell for piece in pieces], pa.int32()),
        "first": pa.array([first] * len(pieces), pa.int64()),
    }
    for name, empty in vars(Tally.empty()).items():
        sums = pa.array(np.ravel([getattr(piece.tally, name) for piece in pieces]), pa.int64())
        wide = pa.FixedSizeListArray.from_arrays(sums, empty.size)
        columns[name] = wide if empty.ndim else sums
    for name in _TEXT:
        texts = [None if p.failure is None else getattr(p.failure, name) for p in pieces]
        columns[f"failure_{name}"] = pa.array(texts, pa.string()).dictionary_encode()
    for name in ("seed", "run"):
        numbers = [None if p.failure is None else getattr(p.failure, name) for p in pieces]
        columns[f"failure_{name}"] = pa.array(numbers, pa.int64())
    metadata = {"outcomes": " ".join(OUTCOMES), "quantities": " ".join(QUANTITIES)}
    return pa.table(columns).replace_schema_metadata(metadata)


def as_parquet(table: pa.Table) -> bytes:
    """Return a table as the bytes of a Parquet file (zstd, dictionaries)."""
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def pieces_of(table: pa.Table) -> Iterator[Piece]:
    """Yield what :func:`part_table` was given."""
    empty = vars(Tally.empty())
    sums = {name: _matrix(table, name) for name in table.column_names if name in empty}
    plain = {name: table[name].to_pylist() for name in table.column_names if name not in empty}
    for i in range(len(table)):
        numbers = {
            name: sums[name][i].reshape(none.shape) if name in sums else none
            for name, none in empty.items()
        }
        failure = None
        if plain["failure_stage"][i] is not None:
            failure = FailureInfo(
                plain["cell"][i], *(plain[f"failure_{name}"][i] for name in (*_TEXT, "seed", "run"))
            )
        yield Piece(plain["cell"][i], Tally(**numbers), failure)


def _matrix(table: pa.Table, name: str) -> np.ndarray:
    column = table[name].combine_chunks()
    nested = pa.types.is_fixed_size_list(column.type)
    return np.asarray(column.flatten() if nested else column).reshape(len(table), -1)
