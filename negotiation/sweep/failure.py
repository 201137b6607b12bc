"""When a cell fails: a record with what is needed to repeat the failure; the sweep goes on."""

from __future__ import annotations

import traceback
from typing import NamedTuple

from negotiation.errors import NegotiationError, counted

SCENARIO, PREPARE, PLAY = "scenario", "prepare", "play"


class FailureInfo(NamedTuple):
    """What went wrong in a cell.

    Attributes
    ----------
    cell : int
    stage : str
        ``scenario`` (the settings contradict one another), ``prepare`` or ``play``.
    type, message, traceback : str
        The error, its sentence and where it was raised (file names without their folders).
    seed, run : int
        ``negotiation.run(design.scenario_of(cell), seed=seed, run=run)`` fails the same way; the
        first run of the range where the stage is not ``play``.
    """

    cell: int
    stage: str
    type: str
    message: str
    traceback: str
    seed: int
    run: int


def describe(error: BaseException, *, cell: int, stage: str, seed: int, run: int) -> FailureInfo:
    """Return the record of an error."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [
        f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} in {frame.name}" for frame in frames
    ]
    return FailureInfo(cell, stage, type(error).__name__, str(error), "\n".join(lines), seed, run)


class SweepStopped(NegotiationError):
    """A sweep ended before its last cell; what is finished is kept in its store.

    Attributes
    ----------
    store : str or None
        Where to resume, if the sweep has a store.
    """

    def __init__(self, why: str, store: object = None, done: int = 0, total: int = 0) -> None:
        self.store = None if store is None else str(store)
        self.done, self.total = done, total
        kept = (
            f"{done:,} of {counted(total, 'run')} {'is' if done == 1 else 'are'} kept in {store}; "
            "the same command with --resume goes on there."
            if store is not None
            else "nothing was kept, because the sweep has no store."
        )
        super().__init__(f"{why}: {kept}")


class SweepInterrupted(SweepStopped, KeyboardInterrupt):
    """A sweep that the user interrupted: the command line answers with exit code 3."""


class LostWorkers(SweepStopped, RuntimeError):
    """The workers died under a sweep, again and again."""
