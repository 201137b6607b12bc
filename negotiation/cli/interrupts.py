"""A computation that is stopped: it ends cleanly with its own exit code and says how to go on."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import typer

from negotiation.cli.exits import INTERRUPTED


@contextmanager
def resumable(command: str) -> Iterator[None]:
    """Turn a stop inside a ``with`` block into exit code 3 and the command that goes on.

    A cluster's scheduler stops a job with SIGTERM, which is treated like Ctrl-C.
    """
    from negotiation.sweep.failure import SweepStopped

    try:
        with asked_to_stop_like_ctrl_c():
            yield
    except SweepStopped as stop:
        kept = "nothing was kept"
        if stop.store is not None:
            kept = f"{stop.done:,} of {stop.total:,} runs are kept in {stop.store}"
        why = str(stop).partition(":")[0]
        typer.echo(f"\n{why}: {kept}. Go on with:\n  {command}", err=True)
        raise typer.Exit(INTERRUPTED) from None
    except KeyboardInterrupt:
        typer.echo(f"\nInterrupted before the first run. Begin again with:\n  {command}", err=True)
        raise typer.Exit(INTERRUPTED) from None


@contextmanager
def asked_to_stop_like_ctrl_c() -> Iterator[None]:
    """Make SIGTERM raise KeyboardInterrupt inside a ``with`` block."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may handle signals
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
