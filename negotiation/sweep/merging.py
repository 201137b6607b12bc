"""Put the shards of a sweep together: the same bytes as if one machine had played it all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from negotiation.errors import InputError
from negotiation.sweep import atomic, manifest, status_log
from negotiation.sweep.blocks import Block, blocks_of
from negotiation.sweep.design import Design
from negotiation.sweep.results import Results
from negotiation.sweep.store import (
    FROM_THE_START,
    STATUS,
    Store,
    stored_cells,
    stored_scenario,
    unchanged,
)
from negotiation.sweep.totals import Totals

SAME = ("scenario", "seed", "runs_per_world", "keep_rows", "constants")
SAME_IN_SHARDS = (*SAME, "generations", "question", "design")


def shard_folder(folder: str | Path, shard: tuple[int, int]) -> Path:
    """Return where a shard of a sweep is kept.

    Examples
    --------
    >>> shard_folder("out/x", (3, 40)).as_posix()
    'out/x/shard-003-of-040'
    """
    return Path(folder) / f"shard-{shard[0]:03d}-of-{shard[1]:03d}"


def finished(folder: Path) -> bool:
    """Return whether a folder holds a store that is finished."""
    try:
        return bool(manifest.read(folder)["complete"])
    except InputError:
        return False


def merge(
    folder: str | Path,
    shards: Sequence[str | Path] | None = None,
    *,
    across_versions: bool = False,
) -> Results:
    """Merge the shards of a sweep into one store.

    Nothing is written before every part has been found whole in one of the shards.

    Parameters
    ----------
    folder : path
        The store to make.
    shards : sequence of path, optional
        The shards' folders; those in ``folder`` (``shard-003-of-040``, ...) if not given.
    across_versions : bool
        Merge shards that another version of the rules has played.

    Raises
    ------
    InputError
        If the shards are of different sweeps or versions of the rules, the folder holds another
        sweep, or parts are missing or torn: the sentence names the shards to play again.
    """
    folder = Path(folder)
    found = sorted(folder.glob("shard-*-of-*")) if shards is None else [Path(s) for s in shards]
    if not found:
        raise InputError(f"{folder}: no shards there; sweep with --shard 1/2, --shard 2/2 first.")
    stores = [_opened(place, across_versions) for place in found]
    first = stores[0]
    for store in stores[1:]:
        _same(first, store)
    design = _design(first)
    blocks = list(blocks_of(manifest.generations(first.manifest), design.runs_per_world))
    totals, whole = Totals(len(design)), dict[str, Store]()
    for block in blocks:
        _add_up(block, stores, totals, whole)
    missing = [block for block in blocks if block.name not in whole]
    if missing:
        raise InputError(_what_is_missing(folder, blocks, missing, first))
    merged = Store(folder)
    with merged.locked():
        _begin(merged, stores, design)
        for block in blocks:
            _copy(block.name, whole[block.name], merged)
        merged.finish(totals)
        merged.end()
    return Results.load(folder)


def _opened(place: Path, across: bool) -> Store:
    store = Store(place)
    store.manifest = manifest.read(place)
    manifest.of_this_version(place, store.manifest, across=across)
    if not store.manifest["generations"]:
        raise InputError(f"{place}: nothing has been played there; sweep it with --resume first.")
    store.entries = status_log.read(place / STATUS)
    return store


def _same(first: Store, other: Store) -> None:
    for name in SAME_IN_SHARDS:
        if first.manifest[name] != other.manifest[name]:
            raise InputError(
                f"{first.folder} and {other.folder} are shards of different sweeps: "
                f"their {name} differ."
            )


def _design(store: Store) -> Design:
    """Return the design of a store, if it is the one that the manifest names."""
    about = store.manifest
    unchanged(store.folder, about, "design.parquet")
    return Design(
        stored_scenario(store.folder),
        stored_cells(store.folder, about),
        roles=about["design"]["factors"],
        baseline=int(about["design"]["baseline"]),
        replicates=max(int(asked["replicates"]) for asked in about["generations"]),
        runs_per_world=int(about["runs_per_world"]),
    )


def _begin(merged: Store, stores: list[Store], design: Design) -> None:
    """Begin the store to merge into, or go on with it if it was begun with the same shards."""
    first = stores[0]
    fresh = {
        **first.manifest,
        "shard": None,
        "complete": False,
        "sessions": [],
        "files": {},
        "rules": sorted({name for store in stores for name in store.manifest["rules"]}),
    }
    merged.manifest = fresh
    if merged.exists:
        before = manifest.read(merged.folder)
        if not _goes_on(before, fresh, design):
            raise InputError(
                f"{merged.folder} holds another sweep than {first.folder}: choose another --out."
            )
        merged.manifest["sessions"] = before["sessions"]
    merged.make()
    merged.begin()
    for name in FROM_THE_START:
        data = (first.folder / name).read_bytes()
        merged.manifest["files"][name] = atomic.write(merged.folder / name, data)


def _goes_on(before: dict[str, Any], fresh: dict[str, Any], design: Design) -> bool:
    """Return whether what was merged before is the same sweep, or the beginning of it."""
    about, asked = before["design"], before["generations"]
    old = about["cells"] <= len(design) and about["baseline"] == design.baseline
    cells = design.cells[: max(about["cells"], design.baseline + 1)]
    return (
        old
        and replace(design, cells=cells).fingerprint == about["fingerprint"]
        and asked == fresh["generations"][: len(asked)]
        and all(before[name] == fresh[name] for name in (*SAME, "shard"))
    )


def _add_up(block: Block, stores: list[Store], totals: Totals, whole: dict[str, Store]) -> None:
    """Add the counts of a block from the first shard that has them, and remember which."""
    for store in stores:
        pieces = store.pieces(block)
        if pieces is not None:
            whole[block.name] = store
            for piece in pieces:
                totals.add(piece)
            return


def _copy(name: str, store: Store, merged: Store) -> None:
    entry = store.entries[name]
    for file in entry.digests:
        atomic.write(merged.folder / file, (store.folder / file).read_bytes())
    merged.entries[name] = entry


def _what_is_missing(folder: Path, blocks: list[Block], missing: list[Block], first: Store) -> str:
    _, of = first.manifest["shard"] or (1, 1)
    place = {block.name: i for i, block in enumerate(blocks)}
    lacking = sorted({place[block.name] % of + 1 for block in missing})
    shown = ", ".join(f"{i}/{of}" for i in lacking[:12]) + (", ..." if len(lacking) > 12 else "")
    return (
        f"{folder}: {len(missing):,} of {len(blocks):,} parts "
        f"{'is' if len(missing) == 1 else 'are'} missing or torn; "
        f"play these shards (again, with --resume) and merge once more: {shown}."
    )
