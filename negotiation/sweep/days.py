"""Many negotiations day by day, as a table: one row for each run, tick and side.

The runs are those that the odds count, so what led to an ending can be looked up: a row says how
things stand at the start of a tick, the last row of a run how they stand at the horizon. The table
comes in pieces, so that it may be larger than the memory.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from negotiation.ensemble import Ensemble
from negotiation.errors import InputError, OutOfRange, whole_number
from negotiation.rules.state import REGIMES
from negotiation.scenario import Given
from negotiation.sweep import atomic
from negotiation.sweep.tick_by_tick import DAY, NO_TICKS, play_ticks, ticks_of

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_AT_ONCE = 100_000
MOST_ROWS = 2_000_000_000
FORMATS = (".parquet", ".csv")


def days(
    scenario: Given, *, runs: int, seed: int = 1, first: int = 0, runs_per_world: int = 1
) -> Iterator[pa.RecordBatch]:
    """Play many negotiations and yield how each stood day by day, in pieces of a table.

    Parameters
    ----------
    scenario : Scenario
        Or the name or path of one.
    runs : int
        Negotiations to play; run i is run i of the odds and of :func:`negotiation.run`.
    seed : int
        Master seed.
    first : int
        Number of the first run.
    runs_per_world : int
        How many runs share one draw of the uncertain numbers.

    Yields
    ------
    pyarrow.RecordBatch
        ``run``, ``day`` (from the first one) and ``date`` of the start of a tick, ``side`` by
        the scenario's own name; of the
        negotiation ``state``, ``tension``, ``expiry`` (day on which the truce ends) and, so far,
        ``deals``, ``lapses`` and ``escalations``; of the side ``aspiration`` (what its last offer
        is expected to be worth to it, $bn a year), ``account`` ($bn over the truce) and, so far,
        unilateral ``steps``, ``retaliations`` and ``offers``.

    Raises
    ------
    InputError
        If a number is out of range, or only single runs can play a strategy.

    Examples
    --------
    >>> batches = list(days("split-the-pie", runs=2, seed=1))
    >>> table = batches[0].to_pydict()
    >>> table["run"][:2], table["side"][:2], table["state"][0]
    ([0, 0], ['us', 'china'], 'truce')
    """
    whole_number("runs", runs, 1)
    whole_number("seed", seed, 0)
    whole_number("first", first, 0)
    whole_number("runs_per_world", runs_per_world, 1)
    ensemble = Ensemble(scenario)
    each = ticks_of(ensemble.scenario)
    if 2 * each * runs > MOST_ROWS:
        raise OutOfRange("runs", runs, f"up to {MOST_ROWS // (2 * each):,}, for so many days each")
    return _pieces(ensemble, runs, seed, first, runs_per_world, each)


def _pieces(
    ensemble: Ensemble, runs: int, seed: int, first: int, runs_per_world: int, each: int
) -> Iterator[pa.RecordBatch]:
    size = max(1, ROWS_AT_ONCE // each)
    rows = np.zeros(min(size, runs) * each, DAY)
    start, sides = ensemble.scenario.calendar.start, ensemble.scenario.sides
    for begin in range(first, first + runs, size):
        count = min(size, first + runs - begin)
        records = ensemble.table.records()
        n = play_ticks(records, seed, begin, count, runs_per_world, 0.0, NO_TICKS, rows)
        yield _batch(rows[:n], start, sides)


def _batch(rows: np.ndarray, start: dt.date, names: Sequence[str]) -> pa.RecordBatch:
    """Return rows as a piece of a table, two for each: one for each side."""
    import pyarrow as pa

    n = len(rows)
    twice = np.repeat(rows, 2)
    since = np.datetime64(start) + np.floor(twice["day"]).astype("m8[D]")
    sides = pa.DictionaryArray.from_arrays(pa.array([0, 1] * n, pa.int8()), list(names))
    codes = pa.array(twice["regime"], pa.int8())
    columns: dict[str, Any] = {
        "run": twice["run"],
        "day": twice["day"],
        "date": pa.array(since),
        "side": sides,
        "state": pa.DictionaryArray.from_arrays(codes, list(REGIMES)),
    }
    columns |= {k: twice[k] for k in ("tension", "expiry", "deals", "lapses", "escalations")}
    own = ("aspiration", "account", "steps", "retaliations", "offers")
    columns |= {name: rows[name].ravel() for name in own}
    return pa.RecordBatch.from_pydict({k: pa.array(v) for k, v in columns.items()})


def write_days(batches: Iterable[pa.RecordBatch], path: str | Path) -> int:
    """Write pieces of a table as one file, Parquet or CSV by its name, and return its rows.

    Raises
    ------
    InputError
        If the name ends otherwise, or something other than a plain file is there.
    """
    import pyarrow.csv as csv
    import pyarrow.parquet as pq

    place = Path(path)
    as_csv = format_of(place) == ".csv"
    pieces = iter(batches)
    first = next(pieces)
    schema, rows = plain_schema(first.schema) if as_csv else first.schema, 0
    with atomic.replacing(place) as file:
        writer: Any = (
            csv.CSVWriter(file, schema)
            if as_csv
            else pq.ParquetWriter(file, schema, compression="zstd")
        )
        with writer:
            for piece in chain([first], pieces):
                writer.write_batch(piece.cast(schema))
                rows += len(piece)
    return rows


def plain_schema(schema: pa.Schema) -> pa.Schema:
    """Return a schema with texts where it has numbers that stand for texts."""
    import pyarrow as pa

    kinds = [x.type.value_type if pa.types.is_dictionary(x.type) else x.type for x in schema]
    return pa.schema(list(zip(schema.names, kinds, strict=True)))


def format_of(path: Path) -> str:
    """Return how the name of a file ends, if days can be written so."""
    if path.suffix not in FORMATS:
        raise InputError(f"{path}: name it .parquet or .csv, by what it is to be.")
    return path.suffix
