"""How far a long computation is, how fast it goes and how long it will take.

On a terminal that is a bar; elsewhere (a log, a job on a cluster) one line a minute, so that a log
stays readable and a stuck job is seen. Either goes to standard error.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from negotiation.cli import say as printing
from negotiation.words.language import tr, trn

EVERY = 60.0  # seconds between two lines
PATIENCE = 2.0  # seconds before anything is shown

Advance = Callable[[int], None]


@contextmanager
def pace(
    total: int, *, what: str = "runs", then: str = "", quiet: bool = False, after: float = PATIENCE
) -> Iterator[Advance]:
    """Show progress inside a ``with`` block; yields what to call with the number just done.

    Parameters
    ----------
    total : int
        How many are asked for; when more are done (a sweep that goes on until it is precise
        enough), the bar follows.
    what : str
        What is counted.
    then : str
        What goes on once that many are done, on a terminal.
    quiet : bool
        Show nothing.
    after : float
        Seconds that nothing is shown for: what is over by then needs no bar, which takes as long
        to import as thousands of runs.
    """
    if quiet:
        yield lambda done: None
        return
    rate = Rate()
    with ExitStack() as stack:
        later = Later(lambda: stack.enter_context(shown(total, what, then, rate)), after)
        stack.callback(later.over)
        yield later


class Later:
    """Progress that is shown once some time has passed, from then on at once.

    Parameters
    ----------
    show : callable
        Begins to show it; returns what to call with the number just done.
    after : float
        Seconds to wait for.

    Examples
    --------
    >>> later = Later(lambda: print, after=60.0)
    >>> later(2); later(3); later.begin(); later(1)
    5
    1
    >>> later.over()
    """

    def __init__(self, show: Callable[[], Advance], after: float) -> None:
        self.show, self.waiting, self.ended = show, 0, False
        self.advance: Advance | None = None
        self.lock = threading.Lock()
        self.timer = threading.Timer(after, self.begin)
        self.timer.daemon = True
        if after > 0:
            self.timer.start()
        else:
            self.begin()

    def begin(self) -> None:
        """Show what was done so far."""
        with self.lock:
            if not self.ended and self.advance is None:
                self.advance = self.show()
                self.advance(self.waiting)

    def __call__(self, done: int) -> None:
        """Count what was just done."""
        with self.lock:
            if self.advance is None:
                self.waiting += done
            else:
                self.advance(done)

    def over(self) -> None:
        """Begin no more."""
        with self.lock:
            self.ended = True
        self.timer.cancel()


@contextmanager
def shown(total: int, what: str, then: str, rate: Rate) -> Iterator[Advance]:
    """Show progress, as a bar on a terminal and as lines elsewhere."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield Lines(total, what, rate=rate)
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%  {task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(f"{total:,} {what}", total=total, rate="")

        def advance(done: int) -> None:
            rate.add(done)
            progress.update(
                task,
                advance=done,
                total=max(total, rate.done),
                rate=f"{rate.per_second():,.0f} {what}/s",
            )
            if then and rate.done >= total:
                progress.update(task, description=then)

        yield advance


@dataclass
class Rate:
    """What was done, and how fast over the last minute.

    What a resumed sweep finds on disk makes it look fast, but only for that long.
    """

    clock: Callable[[], float] = time.monotonic
    done: int = 0
    marks: deque[tuple[float, int]] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self.marks.append((self.clock(), 0))

    def add(self, done: int) -> None:
        """Count what was just done."""
        self.done += done
        now = self.clock()
        self.marks.append((now, self.done))
        while len(self.marks) > 2 and self.marks[1][0] < now - EVERY:
            self.marks.popleft()

    def per_second(self) -> float:
        """Return the rate over about the last minute.

        Examples
        --------
        >>> times = iter([0.0, 2.0])
        >>> rate = Rate(clock=lambda: next(times))
        >>> rate.add(100)
        >>> rate.per_second()
        50.0
        """
        (start, before), (stop, after) = self.marks[0], self.marks[-1]
        return (after - before) / (stop - start) if stop > start else 0.0


class Lines:
    """Progress as lines of a log, one a minute.

    Examples
    --------
    >>> said, times = [], iter([0.0, 0.0, 30.0, 61.0])
    >>> lines = Lines(400, "runs", clock=lambda: next(times), say=said.append)
    >>> lines(100); lines(100)
    >>> said
    ['200 of 400 runs (50%), 3 a second, about 1 minute left']
    """

    def __init__(
        self,
        total: int,
        what: str,
        *,
        clock: Callable[[], float] = time.monotonic,
        say: Callable[[str], object] | None = None,
        rate: Rate | None = None,
    ) -> None:
        self.total, self.what, self.clock = total, what, clock
        self.say = say or (lambda line: printing.say(line, err=True))
        self.last = clock()
        self.rate = rate or Rate(clock)

    def __call__(self, done: int) -> None:
        """Count what was just done, and say so if a minute has passed."""
        self.rate.add(done)
        now = self.rate.marks[-1][0]
        if now - self.last < EVERY:
            return
        self.last = now
        self.say(progress(self.rate.done, self.total, self.what, self.rate.per_second()))


def progress(done: int, total: int, what: str, rate: float) -> str:
    """Return progress as a sentence.

    Examples
    --------
    >>> progress(1000, 500, "runs", 10.0)
    '1,000 runs, 10 a second, until they are precise enough'
    """
    said = {"n": f"{done:,}", "what": what, "rate": f"{rate:,.0f}"}
    if done > total:
        return tr("{n} {what}, {rate} a second, until they are precise enough", **said)
    said |= {"total": f"{total:,}", "share": f"{100 * done / total:.0f}"}
    said["left"] = duration((total - done) / rate) if rate > 0 else tr("unknown time")
    return tr("{n} of {total} {what} ({share}%), {rate} a second, about {left} left", **said)


def duration(seconds: float) -> str:
    """Return a duration to the unit that matters.

    Examples
    --------
    >>> duration(42), duration(60), duration(3000), duration(9000)
    ('42 seconds', '1 minute', '50 minutes', '2.5 hours')
    """
    if seconds < 60:
        return trn("{n} second", "{n} seconds", round(seconds))
    minutes = round(seconds / 60)
    if minutes < 120:
        return trn("{n} minute", "{n} minutes", minutes)
    hours = f"{seconds / 3600:.1f}"
    return tr("{n} hours", n=hours)
