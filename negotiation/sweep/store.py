"""A sweep on disk: a folder that only grows, readable while it does, and resumable at any time.

    manifest.json       where it all comes from
    scenario.toml       the base scenario
    design.parquet      one row per cell
    summary.parquet     one row per cell and outcome (at the end)
    amounts.parquet     one row per cell and quantity (at the end)
    failures.parquet    one row per failed cell and range of runs (at the end)
    parts/*.parquet     the counts of each block
    runs/*.parquet      one row per run, if rows are kept
    status.jsonl        which parts are finished, with their checksums

In DuckDB, without this package:

    SELECT d.*, s.outcome, s.hits / s.runs AS share
    FROM 'DIR/summary.parquet' s JOIN 'DIR/design.parquet' d USING (cell);
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from negotiation.errors import FileProblems, InputError
from negotiation.scenario import Scenario
from negotiation.sweep import atomic, manifest, status_log
from negotiation.sweep.blocks import Block, Generation, Piece
from negotiation.sweep.design import Design, cell_key
from negotiation.sweep.parts import as_parquet, part_table, pieces_of
from negotiation.sweep.play_block import Played
from negotiation.sweep.totals import Totals

PARTS, RUNS, STATUS = "parts", "runs", "status.jsonl"


class Store:
    """The folder of one sweep (or of one shard of it)."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.manifest: dict[str, Any] = {}
        self.entries: dict[str, status_log.Entry] = {}

    @property
    def exists(self) -> bool:
        """Whether a sweep has been begun there."""
        return (self.folder / manifest.NAME).exists()

    def open(
        self, design: Design, *, seed: int, keep_rows: bool, shard: tuple[int, int] | None = None
    ) -> Design:
        """Begin a sweep, or go on with it; return the design with all the cells of the store.

        Raises
        ------
        InputError
            If the folder holds another sweep, or cannot be written.
        """
        fresh = manifest.new(design, seed=seed, keep_rows=keep_rows, shard=shard)
        if self.exists:
            self.manifest = manifest.read(self.folder)
            _same_sweep(self.folder, self.manifest, fresh)
            design = grown(self.folder, self.manifest, design)
        else:
            self.manifest = fresh
            self.make()
        atomic.sweep_away(self.folder)
        self.entries = status_log.read(self.folder / STATUS)
        manifest.describe(self.manifest, design)
        self._write("design.parquet", as_parquet(stored_design(design)))
        self._write("scenario.toml", design.scenario.to_toml().encode())
        return design

    def make(self) -> None:
        """Make the folders, or say why not."""
        try:
            for name in (PARTS, RUNS) if self.manifest["keep_rows"] else (PARTS,):
                (self.folder / name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise InputError(f"{self.folder}: nothing can be written there ({reason}).") from None

    def ask(self, asked: list[Generation]) -> None:
        """Record what is asked for and that a session begins."""
        self.manifest["generations"] = [g.to_dict() for g in asked]
        self.manifest["complete"] = False
        self._save()

    def begin(self, command: str | None = None) -> None:
        """Record that a session begins."""
        self.manifest["sessions"].append(manifest.session(command))
        self._save()

    def end(self) -> None:
        """Record that the session ends."""
        self.manifest["sessions"][-1]["stop"] = manifest.now()
        self._save()

    def pieces(self, block: Block, *, retry_failures: bool = False) -> list[Piece] | None:
        """Return what is stored of a block, or None if it must be played (again).

        A part counts only if the log says that it is finished and its files have the checksums
        of the log: a torn or changed file is found here.
        """
        entry = self.entries.get(block.name)
        if entry is None:
            return None
        for file, expected in entry.digests.items():
            if atomic.digest_of(self.folder / file) != expected:
                return None
        pieces = list(pieces_of(pq.read_table(self._part(block.name))))
        if tuple(piece.cell for piece in pieces) != block.cells:
            return None
        if retry_failures and any(piece.failure for piece in pieces):
            return None
        return pieces

    def add(self, played: Played) -> None:
        """Write a block's files, then the line that says so."""
        block, digests = played.block, {}
        if played.rows is not None:
            file = f"{RUNS}/{block.name}.parquet"
            digests[file] = self._write(file, played.rows)
        file = f"{PARTS}/{block.name}.parquet"
        digests[file] = self._write(file, as_parquet(part_table(played.pieces, block.first)))
        entry = status_log.Entry(block.name, block.runs, digests)
        status_log.append(self.folder / STATUS, entry)
        self.entries[block.name] = entry

    def finish(self, totals: Totals) -> None:
        """Write the summaries and call the store complete."""
        tables = {
            "summary": totals.summary(),
            "amounts": totals.amounts(),
            "failures": totals.failure_table(),
        }
        about = {k: str(self.manifest[k]) for k in ("schema", "seed", "runs_per_world")}
        about["design"] = self.manifest["design"]["fingerprint"]
        files = {}
        for name, table in tables.items():
            data = as_parquet(table.replace_schema_metadata(about))
            files[f"{name}.parquet"] = self._write(f"{name}.parquet", data)
        for name in ("design.parquet", "scenario.toml"):
            files[name] = atomic.digest_of(self.folder / name) or ""
        atomic.write(self.folder / STATUS, status_log.as_text(self.entries.values()))
        self.manifest["files"], self.manifest["complete"] = files, True

    def _part(self, name: str) -> Path:
        return self.folder / PARTS / f"{name}.parquet"

    def _write(self, name: str, data: bytes) -> str:
        return atomic.write(self.folder / name, data)

    def _save(self) -> None:
        manifest.write(self.folder, self.manifest)


def stored_design(design: Design) -> pa.Table:
    """Return the design table with each cell's changes as JSON, from which it can be read back."""
    table = design.table()
    settings = pa.array([json.dumps(cell) for cell in design.cells], pa.string())
    return table.append_column("settings", settings)


def grown(folder: Path, found: dict[str, Any], design: Design) -> Design:
    """Return ``design`` with the cells of the store first, so that their numbers do not change."""
    cells = stored_cells(folder)
    known = {cell_key(cell) for cell in cells}
    new = [cell for cell in design.cells if cell_key(cell) not in known]
    baseline = int(found["design"]["baseline"])
    if cell_key(cells[baseline]) != cell_key(design.cells[design.baseline]):
        raise InputError(
            f"{folder} compares with cell {baseline}, {dict(cells[baseline])}; "
            "the same baseline is needed to extend it."
        )
    return replace(design, cells=(*cells, *new), baseline=baseline)


def stored_cells(folder: Path) -> list[dict[str, Any]]:
    """Return the changes of every cell of a store."""
    path = folder / "design.parquet"
    try:
        texts = pq.read_table(path, columns=["settings"])["settings"].to_pylist()
    except (OSError, pa.ArrowInvalid) as error:
        raise FileProblems(path, [f"not a design table: {error}."]) from None
    return [json.loads(text) for text in texts]


def stored_scenario(folder: Path) -> Scenario:
    """Return the base scenario of a store."""
    return Scenario.load(folder / "scenario.toml")


def _same_sweep(folder: Path, found: dict[str, Any], fresh: dict[str, Any]) -> None:
    """Raise InputError unless a store holds runs that the fresh sweep would play as well."""
    manifest.of_this_version(folder, found)
    for name in ("scenario", "seed", "runs_per_world", "keep_rows", "shard"):
        if found[name] != fresh[name]:
            raise InputError(
                f"{folder} holds another sweep: its {name.replace('_', ' ')} is "
                f"{_shown(found[name])}, not {_shown(fresh[name])}; choose another folder."
            )


def _shown(value: Any) -> str:
    return f"{value['name']} ({value['fingerprint']})" if isinstance(value, dict) else str(value)
