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
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from negotiation.errors import FileProblems, InputError
from negotiation.scenario import Scenario
from negotiation.sweep import atomic, manifest, status_log
from negotiation.sweep.blocks import Block, Generation, Piece
from negotiation.sweep.design import MOST_CELLS, Design, cell_key, fingerprint_of
from negotiation.sweep.in_use import by_us_alone, writable
from negotiation.sweep.parts import as_parquet, part_table, pieces_of, table_of
from negotiation.sweep.play_block import Played
from negotiation.sweep.status_log import PARTS, RUNS
from negotiation.sweep.totals import Totals

STATUS = "status.jsonl"
FROM_THE_START = ("design.parquet", "scenario.toml")
TABLES = ("summary", "amounts", "failures")
FILES = (manifest.NAME, STATUS, *FROM_THE_START, *(f"{name}.parquet" for name in TABLES))


class Store:
    """The folder of one sweep (or of one shard of it).

    Only files of these names are written, as plain files in the folder itself: a folder in which
    one of them is there without a manifest is not a store, and is left alone.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.manifest: dict[str, Any] = {}
        self.entries: dict[str, status_log.Entry] = {}

    @property
    def exists(self) -> bool:
        """Whether a sweep has been begun there."""
        return (self.folder / manifest.NAME).exists()

    def open(
        self,
        design: Design,
        *,
        seed: int,
        keep_rows: bool,
        shard: tuple[int, int] | None = None,
        across: bool = False,
    ) -> Design:
        """Begin a sweep, or go on with it; return the design with all the cells of the store.

        Raises
        ------
        InputError
            If the folder holds another sweep or somebody else's files, or cannot be written.
        """
        fresh = manifest.new(design, seed=seed, keep_rows=keep_rows, shard=shard)
        self.manifest = manifest.read(self.folder) if self.exists else fresh
        if self.exists:
            _same_sweep(self.folder, self.manifest, fresh)
            manifest.of_this_version(self.folder, self.manifest, across=across)
            design = grown(self.folder, self.manifest, design)
        self.make()
        self.entries = status_log.read(self.folder / STATUS)
        manifest.describe(self.manifest, design)
        if not self.exists:  # before any other file, so that a store is known as ours
            self._save()
        contents = (as_parquet(stored_design(design)), design.scenario.to_toml(whole=True).encode())
        for name, data in zip(FROM_THE_START, contents, strict=True):
            self.manifest["files"][name] = self._write(name, data)
        return design

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Make the folder and let no other process write into it inside a ``with`` block."""
        empty_of_others(self.folder)
        with by_us_alone(self.folder):
            yield

    def make(self) -> None:
        """Make the folders of the parts; remove what a killed process left half written."""
        folders = [self.folder, self.folder / PARTS]
        folders += [self.folder / RUNS] if self.manifest["keep_rows"] else []
        for folder in folders:
            if folder != self.folder:
                atomic.no_link(folder)
            writable(folder)
            atomic.sweep_away(folder, _ours)
        atomic.only_plain(*(self.folder / name for name in FILES))

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
        if entry is None or len(entry.digests) != 1 + self.manifest["keep_rows"]:
            return None
        for file, expected in entry.digests.items():
            if atomic.digest_of(self.folder / file) != expected:
                return None
        pieces = pieces_in(self.folder / PARTS / f"{block.name}.parquet", block)
        if pieces and retry_failures and any(piece.failure for piece in pieces):
            return None
        return pieces

    def add(self, played: Played) -> None:
        """Write a block's files, then the line that says so."""
        block, digests = played.block, {}
        sums, rows = status_log.files_of(block.name)
        if played.rows is not None:
            digests[rows] = self._write(rows, played.rows)
        digests[sums] = self._write(sums, as_parquet(part_table(played.pieces, block.first)))
        entry = status_log.Entry(block.name, block.runs, digests)
        status_log.append(self.folder / STATUS, entry)
        self.entries[block.name] = entry

    def finish(self, totals: Totals) -> None:
        """Write the summaries and call the store complete."""
        about = {"schema": str(self.manifest["schema"]), **origin_of(self.manifest)}
        for name, table in totals.tables().items():
            data = as_parquet(table.replace_schema_metadata(about))
            self.manifest["files"][f"{name}.parquet"] = self._write(f"{name}.parquet", data)
        self._write(STATUS, status_log.as_text(self.entries.values()))
        self.manifest["unsettled"] = int(totals.tally.unsettled.sum())
        self.manifest["complete"] = True

    def _write(self, name: str, data: bytes) -> str:
        return atomic.write(self.folder / name, data)

    def _save(self) -> None:
        manifest.write(self.folder, self.manifest)


def origin_of(about: dict[str, Any]) -> dict[str, str]:
    """Return what a summary says of the sweep that it is of, to be held against the manifest."""
    origin = {name: str(about[name]) for name in ("seed", "runs_per_world")}
    return {**origin, "design": about["design"]["fingerprint"]}


def empty_of_others(folder: Path) -> None:
    """Raise InputError if a folder without a manifest holds files where a store would write."""
    if (folder / manifest.NAME).exists():
        return
    for name in (*FILES, PARTS, RUNS):
        found = folder / name
        if os.path.lexists(found) and not _is_empty_folder(found):
            raise InputError(
                f"{folder} holds {name} but no {manifest.NAME}: it is not the folder of a sweep, "
                "or not a whole one; choose another folder."
            )


def _is_empty_folder(path: Path) -> bool:
    """Return whether a folder holds nothing, as those of parts do where a sweep could not begin."""
    return path.is_dir() and not path.is_symlink() and not any(path.iterdir())


def pieces_in(path: Path, block: Block) -> list[Piece] | None:
    """Return the sums in a part's file, or None if they are not those of the block."""
    try:
        table = table_of(path, len(block.cells), form=part_table((), 0))
    except FileProblems:
        return None
    if len(table) != len(block.cells) or set(table["first"].to_pylist()) != {block.first}:
        return None
    pieces = list(pieces_of(table))
    runs = {(piece.cell, int(piece.tally.runs)) for piece in pieces if piece.failure is None}
    if not runs <= {(cell, block.count) for cell in block.cells}:
        return None
    return pieces if tuple(piece.cell for piece in pieces) == block.cells else None


def stored_design(design: Design) -> pa.Table:
    """Return the design table with each cell's changes as JSON, from which it can be read back."""
    table = design.table()
    settings = pa.array([json.dumps(cell) for cell in design.cells], pa.string())
    return table.append_column("settings", settings)


def grown(folder: Path, found: dict[str, Any], design: Design) -> Design:
    """Return ``design`` with the cells of the store first, so that their numbers do not change."""
    about = found["design"]
    if about["fingerprint"] == design.fingerprint or not found["generations"]:
        return design
    cells, baseline = stored_cells(folder, found), int(about["baseline"])
    known = {cell_key(cell) for cell in cells}
    new = tuple(cell for cell in design.cells if cell_key(cell) not in known)
    if cell_key(cells[baseline]) != cell_key(design.cells[design.baseline]):
        raise InputError(
            f"{folder} compares with cell {baseline}, {cells[baseline]}; "
            "the same baseline is needed to extend it."
        )
    return replace(design, cells=cells + new, baseline=baseline)


def stored_cells(folder: Path, found: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    """Return the changes of every cell that the manifest of a store knows.

    Raises
    ------
    FileProblems
        If the design table is not there, or not the one that the manifest names.
    """
    path, about = folder / "design.parquet", found["design"]
    try:
        texts = table_of(path, MOST_CELLS, columns=["settings"])["settings"].to_pylist()
        cells = tuple(dict(json.loads(text)) for text in texts[: about["cells"]])
        sweep = (found["scenario"]["fingerprint"], found["runs_per_world"])
        if fingerprint_of(*sweep, cells, about["baseline"]) == about["fingerprint"]:
            return cells
    except FileProblems:
        raise
    except (LookupError, ValueError, TypeError, RecursionError):
        pass
    raise FileProblems(path, [f"not the design that {manifest.NAME} names."])


def stored_scenario(folder: Path) -> Scenario:
    """Return the base scenario of a store; one that this version cannot read is of another."""
    path = unchanged(folder, manifest.read(folder), "scenario.toml")
    try:
        return Scenario.load(path)
    except FileProblems as error:
        again = "another version has played this sweep; play it again, in another folder."
        raise FileProblems(path, [*error.problems, again]) from None


def unchanged(folder: Path, found: dict[str, Any], name: str) -> Path:
    """Return the path of a store's file, or raise FileProblems if it is not what was written.

    A checksum that the manifest does not know is not asked for: of an unfinished store an earlier
    version kept none.
    """
    path, expected = folder / name, found["files"].get(name)
    if path.is_dir() or path.exists() and not path.is_file():
        what = atomic.instead_of_a_file(path.resolve())
        problem = f"it is {what}, where a file of the sweep belongs; move it away, then sweep with"
        raise FileProblems(path, [f"{problem} --resume to write it again."])
    if expected is None and found["complete"] or expected not in (None, atomic.digest_of(path)):
        what = "torn or changed since it was written" if path.exists() else "missing"
        raise FileProblems(path, [f"{what}; sweep with --resume to write it again."])
    return path


def _same_sweep(folder: Path, found: dict[str, Any], fresh: dict[str, Any]) -> None:
    """Raise InputError unless a store holds runs that the fresh sweep would play as well."""
    for name in ("scenario", "seed", "runs_per_world", "keep_rows", "shard"):
        if found[name] != fresh[name]:
            raise InputError(
                f"{folder} holds another sweep: its {name.replace('_', ' ')} is "
                f"{_shown(found[name])}, not {_shown(fresh[name])}; choose another folder."
            )


def _ours(name: str) -> bool:
    return name in FILES or status_log.PART.fullmatch(name.removesuffix(".parquet")) is not None


def _shown(value: Any) -> str:
    return f"{value['name']} ({value['fingerprint']})" if isinstance(value, dict) else str(value)
