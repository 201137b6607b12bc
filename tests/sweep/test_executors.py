"""Who plays a block changes nothing: threads, processes, a cluster that loses a worker."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from needing import needed

from negotiation.sweep import Design, sweep
from negotiation.sweep.executors import Inline, lost, played, processes, workers_of

Content = Callable[[Path], dict[str, str]]

pytestmark = pytest.mark.usefixtures("small_blocks")


def test_results_are_yielded_as_they_come_and_tasks_are_handed_out_a_few_at_a_time() -> None:
    """Memory stays bounded: the source of tasks is never more than a few ahead of the results."""
    from concurrent.futures import ThreadPoolExecutor

    taken, ahead = [0], []

    def source():
        for i in range(200):
            taken[0] += 1
            yield i

    with ThreadPoolExecutor(2) as pool:
        for done, _ in enumerate(played(pool, abs, source()), start=1):
            ahead.append(taken[0] - done)
    assert taken[0] == 200 and max(ahead) <= 4 * workers_of(pool)


def test_an_inline_executor_plays_lazily_in_this_thread() -> None:
    """One task is played before the next is taken: an interrupt loses one at most."""
    order: list[str] = []

    def source():
        for i in range(3):
            order.append(f"task {i}")
            yield i

    for result in played(Inline(), abs, source()):
        order.append(f"result {result}")
    assert order == [f"{what} {i}" for i in range(3) for what in ("task", "result")]


def test_only_dead_workers_count_as_lost() -> None:
    """A failing task is not a dead worker."""
    from concurrent.futures.process import BrokenProcessPool

    assert lost(BrokenProcessPool()) and not lost(ValueError())


@pytest.mark.long
def test_processes_give_the_bytes_of_one_thread(
    design: Design, tmp_path: Path, content: Content
) -> None:
    """Two freshly started processes."""
    sweep(design, seed=7, store=tmp_path / "one", executor=Inline(), keep_rows=True)
    with processes(2) as pool:
        sweep(design, seed=7, store=tmp_path / "two", executor=pool, keep_rows=True)
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_a_cluster_that_loses_a_worker_in_mid_sweep_gives_the_bytes_of_one_thread(
    design: Design, tmp_path: Path, content: Content
) -> None:
    """A Dask scheduler and two worker processes on this machine, one killed by SIGKILL."""
    distributed = needed("distributed", "the extra 'dask' is not installed")
    from dataclasses import replace

    larger = replace(design, replicates=2_000)
    sweep(larger, seed=7, store=tmp_path / "one", executor=Inline())
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        victim = next(iter(cluster.workers.values()))
        killed: list[float] = []

        def kill_once(runs: int) -> None:
            if not killed:
                os.kill(victim.pid, signal.SIGKILL)
                killed.append(time.monotonic())

        sweep(larger, seed=7, store=tmp_path / "two", executor=client, progress=kill_once)
        assert killed
    assert content(tmp_path / "one") == content(tmp_path / "two")
