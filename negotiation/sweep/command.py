"""The sweep as a command: plain functions of plain values, for the command line to call."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from negotiation.errors import InputError
from negotiation.sweep import manifest
from negotiation.sweep.design import Design
from negotiation.sweep.design_file import design_of, read
from negotiation.sweep.merging import shard_folder
from negotiation.sweep.planning import Plan, plan
from negotiation.sweep.results import Results
from negotiation.sweep.run import sweep


@dataclass(frozen=True)
class Request:
    """A design file with what it says beside the design.

    Attributes
    ----------
    design : Design
    seed : int
        The file's ``seed``, 1 if it has none.
    keep_rows : bool
    folder : Path
        ``out/<name of the file or of its folder>``.
    """

    design: Design
    seed: int
    keep_rows: bool
    folder: Path


def load_request(design_path: str | Path) -> Request:
    """Read a design file."""
    path = Path(design_path)
    data = read(path)
    name = path.parent.name if path.stem in ("sweep", "design") and path.parent.name else path.stem
    design = design_of(data, path.parent)
    return Request(
        design, data.get("seed", 1), bool(data.get("keep_rows", False)), Path("out") / name
    )


def run_sweep(
    design_path: str | Path,
    *,
    out: str | Path | None = None,
    resume: bool = False,
    workers: int | None = None,
    cluster: str | None = None,
    shard: str | None = None,
    until_halfwidth: float | None = None,
    outcomes: Any = None,
    seed: int | None = None,
    progress: Callable[[int], Any] | None = None,
) -> Results:
    """Play the sweep of a design file into a store.

    Parameters
    ----------
    design_path : path
    out : path, optional
        The store; ``out/<name>`` if not given.
    resume : bool
        Go on with (or extend) the store that is there; without it a store is never touched.
    workers : int, optional
        Threads, or workers of a local cluster; one per core if not given.
    cluster : str, optional
        ``"local"``, or the address of a Dask scheduler (``tcp://...``).
    shard : str, optional
        ``"3/40"``: the third of forty parts of the work, kept in ``out/shard-003-of-040``.
    until_halfwidth, outcomes
        See :func:`negotiation.sweep.run.sweep`.
    seed : int, optional
        Instead of the file's.
    progress : callable, optional
        Called with the number of runs of every block.

    Raises
    ------
    InputError
        Exit code 2.
    SweepInterrupted
        Exit code 3: ``str()`` of it says how to resume.
    """
    asked = load_request(design_path)
    part = None if shard is None else parse_shard(shard)
    folder = Path(out) if out is not None else asked.folder
    folder = folder if part is None else shard_folder(folder, part)
    if (folder / manifest.NAME).exists() and not resume:
        raise InputError(
            f"{folder} holds a sweep already; go on with it with --resume, or choose another --out."
        )
    with executor_for(cluster, workers) as executor:
        return sweep(
            asked.design,
            seed=asked.seed if seed is None else seed,
            executor=executor,
            store=folder,
            progress=progress,
            keep_rows=asked.keep_rows,
            shard=part,
            until_halfwidth=until_halfwidth,
            outcomes=outcomes,
        )


def dry_run(design_path: str | Path, *, workers: int | None = None) -> Plan:
    """Return what the sweep of a design file will cost; ``str()`` of it is for people."""
    asked = load_request(design_path)
    return plan(asked.design, workers=workers, keep_rows=asked.keep_rows, seed=asked.seed)


def parse_shard(text: str) -> tuple[int, int]:
    """Return the number of a shard and of how many.

    Examples
    --------
    >>> parse_shard("3/40")
    (3, 40)
    """
    match = re.fullmatch(r"(\d+)/(\d+)", text.strip())
    if match is None or not 1 <= int(match[1]) <= int(match[2]):
        raise InputError(
            f"--shard {text}: write i/n with i from 1 to n, for instance --shard 3/40."
        )
    return int(match[1]), int(match[2])


@contextmanager
def executor_for(cluster: str | None, workers: int | None) -> Iterator[Any]:
    """Yield what plays the blocks: threads here, or a Dask cluster here or elsewhere."""
    from negotiation.sweep.executors import opened

    if cluster is None:
        with opened(None, workers) as pool:
            yield pool
        return
    if cluster != "local" and "://" not in cluster:
        raise InputError(
            f"--cluster {cluster}: write local, or the scheduler's address as tcp://HOST:PORT."
        )
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise InputError("--cluster needs Dask: pip install 'negotiation[dask]'.") from None
    if cluster == "local":
        with (
            LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as here,
            Client(here) as client,
        ):
            yield client
        return
    try:
        client = Client(cluster, timeout="30s")
    except (OSError, ValueError) as error:
        raise InputError(f"--cluster {cluster}: no scheduler answers there ({error}).") from None
    with client:
        yield client
