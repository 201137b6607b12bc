"""Read a store back: its summary if it is complete, else the parts that are there."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from negotiation.errors import FileProblems
from negotiation.sweep import atomic, manifest, status_log
from negotiation.sweep.blocks import blocks_of
from negotiation.sweep.results import Results
from negotiation.sweep.store import STATUS, Store
from negotiation.sweep.totals import Totals

TABLES = ("summary", "amounts", "failures")


def load_results(folder: Path) -> Results:
    """Return the results of a store.

    Raises
    ------
    MissingFile, FileProblems
        If there is no store, or a file of a complete one is not what was written.
    """
    found = manifest.read(folder)
    try:
        design = pq.read_table(folder / "design.parquet")
        if found["complete"]:
            tables = {name: _verified(folder, name, found["files"]) for name in TABLES}
        else:
            tables = _so_far(folder, found, len(design))
    except (OSError, pa.ArrowInvalid) as error:
        raise FileProblems(folder, [f"cannot be read: {error}."]) from None
    return Results(
        design=design,
        **tables,
        seed=int(found["seed"]),
        runs_per_world=int(found["runs_per_world"]),
        folder=folder,
    )


def _verified(folder: Path, name: str, files: dict[str, str]) -> pa.Table:
    path = folder / f"{name}.parquet"
    if atomic.digest_of(path) != files.get(path.name):
        raise FileProblems(
            path, ["torn or changed since it was written; sweep with --resume to write it again."]
        )
    return pq.read_table(path)


def _so_far(folder: Path, found: dict[str, object], cells: int) -> dict[str, pa.Table]:
    store, totals = Store(folder), Totals(cells)
    store.entries = status_log.read(folder / STATUS)
    for block in blocks_of(manifest.generations(found), int(str(found["runs_per_world"]))):
        for piece in store.pieces(block) or ():
            totals.add(piece)
    summary = totals.summary()
    return {
        "summary": summary if found["schema"] == manifest.SCHEMA else summary.drop(["cubes"]),
        "amounts": totals.amounts(),
        "failures": totals.failure_table(),
    }
