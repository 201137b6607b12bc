"""Where blocks are played: any executor of the standard library's kind (PEP 3148).

Threads are the default, because the compiled runs release the interpreter's lock. A pool of
processes, Dask's ``client.get_executor()``, ``MPIPoolExecutor``, loky and others work unchanged:
a task is plain data, and its result does not depend on who plays it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from contextlib import contextmanager
from typing import Any, TypeVar

from negotiation.errors import WrongKind, whole_number

T = TypeVar("T")
R = TypeVar("R")

IN_FLIGHT = 4  # tasks per worker handed out ahead: no worker waits, and memory stays bounded
UNKNOWN_WORKERS = 16
MOST_WORKERS = 4096


class Inline(Executor):
    """Play in this very thread, one task after another: for a debugger.

    Examples
    --------
    >>> Inline().submit(pow, 2, 3).result()
    8
    """

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run the function now and return its finished future."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def cores(workers: int | None) -> int:
    """Return how many to play on: as many as asked for, by default one for each core.

    Raises
    ------
    OutOfRange
        If none is asked for, or more than 4,096.
    """
    if workers is None:
        return os.cpu_count() or 1
    whole_number("workers", workers, 1, MOST_WORKERS)
    return workers


@contextmanager
def opened(executor: Any, workers: int | None = None) -> Iterator[Executor]:
    """Yield a PEP 3148 executor.

    Parameters
    ----------
    executor : Executor, object with ``get_executor()``, or None
        None makes a pool of threads and ends it afterwards; whoever gave an executor ends it.
    workers : int, optional
        Threads of that pool; one per core if not given.
    """
    if executor is None:
        pool = ThreadPoolExecutor(cores(workers))
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
        pool.shutdown()
    elif hasattr(executor, "get_executor"):  # a Dask Client
        yield executor.get_executor()
    elif hasattr(executor, "submit"):
        yield executor
    else:
        raise WrongKind("executor", executor, "one such as ThreadPoolExecutor()")


def processes(workers: int | None = None) -> ProcessPoolExecutor:
    """Return a pool of freshly started processes (a forked one may inherit held locks)."""
    import multiprocessing

    return ProcessPoolExecutor(cores(workers), mp_context=multiprocessing.get_context("spawn"))


def played(executor: Executor, function: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R]:
    """Yield results as they come, with a bounded number of tasks handed out at a time.

    Raises
    ------
    BrokenExecutor
        If the pool died.
    """
    ahead = 1 if isinstance(executor, Inline) else IN_FLIGHT * workers_of(executor)
    waiting: set[Future[R]] = set()
    source = iter(tasks)
    try:
        for task in source:
            waiting.add(executor.submit(function, task))
            if len(waiting) >= ahead:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()
    except BaseException:
        for future in waiting:
            future.cancel()
        raise


def workers_of(executor: Executor) -> int:
    """Return how many tasks an executor plays at once, as far as it says so."""
    client = getattr(executor, "_client", None)
    if client is not None:
        return max(1, int(sum(client.ncores().values())))
    return int(getattr(executor, "_max_workers", None) or UNKNOWN_WORKERS)


def lost(error: BaseException) -> bool:
    """Return whether an error says that workers died rather than that a task failed."""
    return isinstance(error, BrokenExecutor) or type(error).__name__ in (
        "KilledWorker",
        "CommClosedError",
    )
