"""A part: the counts of one block as a Parquet table, one row per cell."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from negotiation.sweep.failure import FailureInfo
from negotiation.sweep.outcomes import OUTCOMES, QUANTITIES, Counts
from negotiation.sweep.play_block import Piece

_WIDE = ("hits", "squares", "cross", "base_hits", "base_squares", "totals", "total_squares")
_TEXT = ("stage", "type", "message", "traceback")


def part_table(pieces: tuple[Piece, ...], first: int) -> pa.Table:
    """Return the counts and failures of a block."""
    columns: dict[str, Any] = {
        "cell": pa.array([piece.cell for piece in pieces], pa.int32()),
        "first": pa.array([first] * len(pieces), pa.int64()),
        "runs": pa.array([piece.counts.runs for piece in pieces], pa.int64()),
        "paired": pa.array([piece.counts.paired for piece in pieces], pa.int64()),
    }
    for name in _WIDE:
        width = len(QUANTITIES) if name.startswith("total") else len(OUTCOMES)
        flat = np.concatenate([getattr(piece.counts, name) for piece in pieces])
        columns[name] = pa.FixedSizeListArray.from_arrays(pa.array(flat, pa.int64()), width)
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
    wide = {name: _matrix(table, name) for name in _WIDE}
    plain = {n: table[n].to_pylist() for n in table.column_names if n not in _WIDE}
    for i in range(len(table)):
        numbers = {
            f.name: wide[f.name][i] if f.name in wide else plain[f.name][i] for f in fields(Counts)
        }
        failure = None
        if plain["failure_stage"][i] is not None:
            failure = FailureInfo(
                plain["cell"][i], *(plain[f"failure_{name}"][i] for name in (*_TEXT, "seed", "run"))
            )
        yield Piece(plain["cell"][i], Counts(**numbers), failure)


def _matrix(table: pa.Table, name: str) -> np.ndarray:
    column = table[name].combine_chunks()
    return np.asarray(column.flatten()).reshape(len(table), -1)
