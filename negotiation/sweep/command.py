"""The sweep as a command, and what it costs before it is begun: functions of plain values."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from negotiation.ensemble import Ensemble, refuse_python
from negotiation.errors import InputError, counted, shortened, written
from negotiation.sweep import atomic, manifest
from negotiation.sweep.blocks import Generation, blocks_of
from negotiation.sweep.design import Design
from negotiation.sweep.design_file import design_of, read
from negotiation.sweep.executors import cores, opened
from negotiation.sweep.merging import shard_folder
from negotiation.sweep.results import Results
from negotiation.sweep.run import check_shard, sweep

MOST_SHARDS = 1_000_000
TRIAL_RUNS = 2_000
PART_BYTES = 11_000  # measured: the frame of a part
CELL_BYTES = 700  # of a cell in its part and in the summary


@dataclass(frozen=True)
class Plan:
    """The size of a sweep.

    Attributes
    ----------
    cells, runs, parts : int
    rate : float
        Runs per second of one worker, measured on the first cell.
    workers : int
    minutes : float
        Expected, if the workers share a machine's cores without loss.
    megabytes : float
        On disk, at most (10^6 bytes).
    factors : tuple of str
        What varies.
    remarks : tuple of str
        What was given more than once, and is played once.
    """

    cells: int
    runs: int
    parts: int
    rate: float
    workers: int
    minutes: float
    megabytes: float
    factors: tuple[str, ...]
    remarks: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            **self.__dict__,
            "factors": list(self.factors),
            "remarks": list(self.remarks),
        }

    def __str__(self) -> str:
        """Say it in words."""
        duration = (
            counted(round(self.minutes, 1), "minute")
            if self.minutes >= 1
            else counted(round(60 * self.minutes), "second")
        )
        return (
            f"{counted(self.cells, 'cell')} of {counted(self.runs // self.cells, 'run')}: "
            f"{counted(self.runs, 'run')} in {counted(self.parts, 'part')}.\n"
            f"About {duration} with {counted(self.workers, 'worker')} "
            f"({counted(round(self.rate), 'run')} a second each, measured), "
            f"{self.megabytes:,.1f} MB on disk.\n"
            f"Varies: {', '.join(self.factors) or 'nothing'}."
            + "".join(f"\n{remark}" for remark in self.remarks)
        )


def plan(
    design: Design, *, workers: int | None = None, keep_rows: bool = False, seed: int = 0
) -> Plan:
    """Return what a sweep will cost, from a trial of 2,000 runs.

    Parameters
    ----------
    design : Design
    workers : int, optional
        One per core if not given.
    keep_rows : bool
        Whether rows are kept.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> from negotiation.sweep import grid
    >>> plan(grid(Scenario.load("split-the-pie"), {"us.patience": [0.8, 0.9]}, replicates=50)).runs
    100
    """
    workers = cores(workers)
    rate, row_bytes = trial(design, seed, keep_rows)
    cells = Generation.of(range(len(design)), design.replicates)
    blocks = list(blocks_of([cells], design.runs_per_world))
    size = len(blocks) * PART_BYTES + CELL_BYTES * (len(design) + sum(len(b.cells) for b in blocks))
    return Plan(
        cells=len(design),
        runs=design.runs,
        parts=len(blocks),
        rate=rate,
        workers=workers,
        minutes=design.runs / rate / workers / 60,
        megabytes=(size + design.runs * row_bytes) / 1e6,
        factors=tuple(map(design.scenario.own_path, design.factors)),
        remarks=design.remarks,
    )


def trial(design: Design, seed: int, keep_rows: bool) -> tuple[float, float]:
    """Return runs per second and, if rows are kept, bytes per run on disk."""
    ensemble = Ensemble(design.scenario_of(design.baseline))
    ensemble.tally(seed=seed, first=0, count=1)  # compile outside the clock
    start = time.perf_counter()
    rows = ensemble.rows(seed=seed, first=0, count=TRIAL_RUNS)
    rate = TRIAL_RUNS / (time.perf_counter() - start)
    if not keep_rows:
        return rate, 0.0
    from negotiation.sweep.parts import rows_as_parquet

    return rate, len(rows_as_parquet([(0, rows)], tuple(design.scenario.issues))) / TRIAL_RUNS


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
    design = design_of(data, path.parent, path)
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
    across_versions: bool = False,
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
    until_halfwidth, outcomes, across_versions
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
    asked, part, folder = checked(
        design_path, out=out, resume=resume, cluster=cluster, shard=shard,
        until_halfwidth=until_halfwidth,
    )  # fmt: skip
    question = beside(Path(design_path), folder)
    with executor_for(cluster, workers) as executor:
        results = sweep(
            asked.design,
            seed=asked.seed if seed is None else seed,
            executor=executor,
            store=folder,
            progress=progress,
            keep_rows=asked.keep_rows,
            shard=part,
            until_halfwidth=until_halfwidth,
            outcomes=outcomes,
            across_versions=across_versions,
        )
    keep(question)
    return results


def checked(
    design_path: str | Path,
    *,
    out: str | Path | None = None,
    resume: bool = False,
    cluster: str | None = None,
    shard: str | None = None,
    until_halfwidth: float | None = None,
) -> tuple[Request, tuple[int, int] | None, Path]:
    """Return what is asked for, which shard of it, and the store; nothing is played or written.

    Parameters are those of :func:`run_sweep`, which raises the same errors, but later.
    """
    asked = load_request(design_path)
    part = None if shard is None else parse_shard(shard)
    check_shard(part, until_halfwidth)
    if cluster is not None:
        check_cluster(cluster)
    folder = Path(out) if out is not None else asked.folder
    folder = folder if part is None else shard_folder(folder, part)
    if (folder / manifest.NAME).exists() and not resume:
        manifest.read(folder)  # it may be somebody else's
        raise InputError(
            f"{folder} holds a sweep already; go on with it with --resume, or choose another --out."
        )
    check_strategies(asked.design)
    return asked, part, folder


def check_strategies(design: Design) -> None:
    """Refuse a plug-in that does not import, or that sweeps cannot play."""
    pairs = {}
    for number, cell in enumerate(design.cells):
        pairs[str([value for path, value in cell.items() if ".strategy" in path])] = number
    for number in pairs.values():
        refuse_python(design.scenario_of(number))


def beside(design: Path, folder: Path) -> dict[Path, bytes]:
    """Return what goes beside the results: the design and, where there is one, its question.md.

    Raises
    ------
    InputError
        If the folder is not yet one of a sweep and holds other files of these names.
    """
    found = {
        folder / name: source.read_bytes()
        for name, source in (
            ("design.toml", design),
            ("question.md", design.parent / "question.md"),
        )
        if source.is_file() and source.resolve() != (folder / name).resolve()
    }
    for path, data in found.items():
        atomic.only_plain(path)
        theirs = path.is_file() and not (folder / manifest.NAME).exists()
        if theirs and path.read_bytes() != data:
            raise InputError(f"{path} is there already and would be lost; choose another --out.")
    return found


def keep(question: dict[Path, bytes]) -> None:
    """Write what :func:`beside` found."""
    for path, data in question.items():
        atomic.write(path, data)


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
    which, _, many = text.strip().partition("/")
    of = written(many, 1, MOST_SHARDS)
    i = None if of is None else written(which, 1, of)
    if i is None or of is None:
        raise InputError(
            f"--shard {shortened(text)}: write i/n with i from 1 to n, for instance --shard 3/40; "
            f"n may be {MOST_SHARDS:,} at most."
        )
    return i, of


def check_cluster(cluster: str) -> None:
    """Refuse what names no cluster, and any if Dask is not there."""
    if cluster != "local" and "://" not in cluster:
        raise InputError(
            f"--cluster {cluster}: write local, or the scheduler's address as tcp://HOST:PORT."
        )
    if find_spec("distributed") is None:
        raise InputError("--cluster needs Dask: pip install 'negotiation[dask]'.")


@contextmanager
def executor_for(cluster: str | None, workers: int | None) -> Iterator[Any]:
    """Yield what plays the blocks: threads here, or a Dask cluster here or elsewhere."""
    if cluster is None:
        with opened(None, workers) as pool:
            yield pool
        return
    check_cluster(cluster)
    from distributed import Client, LocalCluster

    if cluster == "local":
        count = cores(workers)
        with (
            LocalCluster(n_workers=count, threads_per_worker=1, dashboard_address=None) as here,
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
