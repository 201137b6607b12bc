"""Put the shards of a sweep together: the same bytes as if one machine had played it all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from negotiation.errors import InputError
from negotiation.sweep import atomic, manifest, status_log
from negotiation.sweep.blocks import Block, blocks_of
from negotiation.sweep.design import Design
from negotiation.sweep.results import Results
from negotiation.sweep.store import STATUS, Store, stored_cells, stored_scenario
from negotiation.sweep.totals import Totals

SAME = ("scenario", "seed", "runs_per_world", "keep_rows", "generations", "constants", "question")


def shard_folder(folder: str | Path, shard: tuple[int, int]) -> Path:
    """Return where a shard of a sweep is kept.

    Examples
    --------
    >>> shard_folder("out/x", (3, 40)).as_posix()
    'out/x/shard-003-of-040'
    """
    return Path(folder) / f"shard-{shard[0]:03d}-of-{shard[1]:03d}"


def merge(folder: str | Path, shards: Sequence[str | Path] | None = None) -> Results:
    """Merge the shards of a sweep into one store.

    Parameters
    ----------
    folder : path
        The store to make.
    shards : sequence of path, optional
        The shards' folders; those in ``folder`` (``shard-003-of-040``, ...) if not given.

    Raises
    ------
    InputError
        If the shards are of different sweeps, or parts are missing or torn: the sentence names
        the shards to play again.
    """
    folder = Path(folder)
    found = sorted(folder.glob("shard-*-of-*")) if shards is None else [Path(s) for s in shards]
    if not found:
        raise InputError(f"{folder}: no shards there; sweep with --shard 1/2, --shard 2/2 first.")
    stores = [_opened(place) for place in found]
    first = stores[0]
    for store in stores[1:]:
        _same(first, store)
    design = _design(first)
    blocks = list(blocks_of(manifest.generations(first.manifest), design.runs_per_world))
    merged, totals = _begun(folder, first), Totals(len(design))
    missing = [block for block in blocks if not _taken(block, stores, merged, totals)]
    if missing:
        raise InputError(_what_is_missing(folder, blocks, missing, first))
    merged.finish(totals)
    merged.end()
    return Results.load(folder)


def _opened(place: Path) -> Store:
    store = Store(place)
    store.manifest = manifest.read(place)
    manifest.of_this_version(place, store.manifest)
    store.entries = status_log.read(place / STATUS)
    return store


def _same(first: Store, other: Store) -> None:
    for name in (*SAME, "design"):
        if first.manifest[name] != other.manifest[name]:
            raise InputError(
                f"{first.folder} and {other.folder} are shards of different sweeps: "
                f"their {name} differ."
            )


def _design(store: Store) -> Design:
    about = store.manifest
    return Design(
        stored_scenario(store.folder),
        tuple(stored_cells(store.folder)),
        roles=about["design"]["factors"],
        baseline=int(about["design"]["baseline"]),
        replicates=int(about["generations"][-1]["replicates"]),
        runs_per_world=int(about["runs_per_world"]),
    )


def _begun(folder: Path, first: Store) -> Store:
    """Return the store to merge into, with the shared files of the shards in place."""
    merged = Store(folder)
    sessions = manifest.read(folder)["sessions"] if merged.exists else []
    merged.manifest = {
        **first.manifest,
        "shard": None,
        "complete": False,
        "sessions": sessions,
        "files": {},
    }
    merged.make()
    for name in ("design.parquet", "scenario.toml"):
        atomic.write(folder / name, (first.folder / name).read_bytes())
    merged.begin()
    return merged


def _taken(block: Block, stores: list[Store], merged: Store, totals: Totals) -> bool:
    """Copy a block's files from the shard that has them, and add its counts; False if none has."""
    for store in stores:
        pieces = store.pieces(block)
        if pieces is not None:
            entry = store.entries[block.name]
            for file in entry.digests:
                atomic.write(merged.folder / file, (store.folder / file).read_bytes())
            merged.entries[block.name] = entry
            for piece in pieces:
                totals.add(piece)
            return True
    return False


def _what_is_missing(folder: Path, blocks: list[Block], missing: list[Block], first: Store) -> str:
    _, of = first.manifest["shard"] or (1, 1)
    place = {block.name: i for i, block in enumerate(blocks)}
    lacking = sorted({place[block.name] % of + 1 for block in missing})
    shown = ", ".join(f"{i}/{of}" for i in lacking[:12]) + (", ..." if len(lacking) > 12 else "")
    return (
        f"{folder}: {len(missing):,} of {len(blocks):,} parts are missing or torn; "
        f"play these shards (again, with --resume) and merge once more: {shown}."
    )
