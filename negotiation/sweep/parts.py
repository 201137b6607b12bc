"""A block as Parquet: its sums, one row per cell, and its runs, where they are to be kept."""

from __future__ import annotations

import errno
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from negotiation.errors import FileProblems, counted
from negotiation.outcome import AT_HORIZON, EVENTS, ROW
from negotiation.scenario import SIDES
from negotiation.sweep.blocks import Piece
from negotiation.sweep.failure import FailureInfo
from negotiation.sweep.scores import SCORES, Scored
from negotiation.tally import OUTCOMES, QUANTITIES

LATER = {"cubes", "terms", "unsettled", *SCORES}  # sums that were not kept from the first
SUMS = {"cell", "first", *vars(Scored.empty())}
_TEXT = ("stage", "type", "message", "traceback")


def part_table(pieces: tuple[Piece, ...], first: int) -> pa.Table:
    """Return the sums and failures of a block."""
    columns: dict[str, Any] = {
        "cell": pa.array([piece.cell for piece in pieces], pa.int32()),
        "first": pa.array([first] * len(pieces), pa.int64()),
    }
    for name, empty in vars(Scored.empty()).items():
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


def table_of(
    path: Path, most: int, *, form: pa.Table | None = None, columns: list[str] | None = None
) -> pa.Table:
    """Return the table of a Parquet file.

    Parameters
    ----------
    path : Path
    most : int
        Rows, at most.
    form : pyarrow.Table, optional
        Has the columns that the table must have; those that the first schema lacked may be missing.
    columns : list of str, optional
        Those to be read; all if not given.

    Raises
    ------
    FileProblems
        If there is no such file, or it holds something else.
    """
    try:
        if not path.is_file():
            folder = path.is_dir()
            raise OSError(errno.ENOENT, "it is a folder" if folder else "there is no such file")
        with pq.ParquetFile(path) as file:
            if file.metadata.num_rows > most:
                raise ValueError(
                    f"{counted(file.metadata.num_rows, 'row')}, where {most:,} are expected"
                )
            table = file.read(columns=columns)
            table.validate(full=True)
    except (OSError, ValueError, pa.ArrowException) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        first = reason.strip().partition("\n")[0].rstrip(".")
        raise FileProblems(path, [f"not a table of a sweep ({first})."]) from None
    if form is not None:
        there, wanted = ({f.name: f.type for f in t.schema} for t in (table, form))
        same = there == {name: wanted.get(name) for name in there} and {*wanted} - {*there} <= LATER
        if not same or any(table[name].null_count for name in SUMS & {*there}):
            raise FileProblems(path, ["not a table of a sweep (it has other columns)."])
    return table


def pieces_of(table: pa.Table) -> Iterator[Piece]:
    """Yield what :func:`part_table` was given."""
    empty = vars(Scored.empty())
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
        yield Piece(plain["cell"][i], Scored(**numbers), failure)


def _matrix(table: pa.Table, name: str) -> np.ndarray:
    column = table[name].combine_chunks()
    nested = pa.types.is_fixed_size_list(column.type)
    return np.asarray(column.flatten() if nested else column).reshape(len(table), -1)


def rows_as_parquet(kept: list[tuple[int, np.ndarray]], issues: tuple[str, ...]) -> bytes:
    """Return runs of several cells as one Parquet file (zstd, dictionaries)."""
    rows = np.concatenate([rows for _, rows in kept]) if kept else np.zeros(0, ROW)
    cells = np.repeat([cell for cell, _ in kept], [len(rows) for _, rows in kept])
    return as_parquet(rows_table(cells, rows, issues))


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
