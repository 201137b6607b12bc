"""Progress: a line a minute in a log, a bar with rate and time left on a terminal."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable

import pytest
import rich.console

from negotiation.cli.pace import Later, Lines, Rate, pace


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


def test_a_log_gets_one_line_a_minute() -> None:
    """Ten minutes of blocks every five seconds make ten lines, not a hundred and twenty."""
    clock, said = Clock(), list[str]()
    lines = Lines(120_000, "runs", clock=clock, say=said.append)
    for _ in range(120):
        clock.now += 5.0
        lines(1000)
    assert len(said) == 10
    assert said[0] == "12,000 of 120,000 runs (10%), 200 a second, about 9 minutes left"


def test_the_rate_forgets_what_was_found_on_disk() -> None:
    """A resumed sweep counts its stored runs at once; a minute later the rate is the playing's."""
    clock, said = Clock(), list[str]()
    lines = Lines(2_000_000, "runs", clock=clock, say=said.append)
    lines(1_000_000)
    for _ in range(26):
        clock.now += 5.0
        lines(500)
    assert "100 a second" in said[-1]


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What is shown on a terminal."""
    screen, make = io.StringIO(), rich.console.Console
    monkeypatch.setattr(
        rich.console, "Console", lambda **_: make(file=screen, force_terminal=True, width=100)
    )
    return screen


def test_a_terminal_gets_a_bar_with_rate_and_time(screen: io.StringIO) -> None:
    """The bar shows how many are asked for, the share done, the rate and the time left."""
    with pace(1000, quiet=False, after=0.0) as advance:
        for _ in range(4):
            advance(200)
    shown = screen.getvalue()
    assert "1,000 runs" in shown
    assert "80%" in shown
    assert "runs/s" in shown
    assert "0:00:" in shown


def test_what_is_soon_over_needs_no_bar(screen: io.StringIO) -> None:
    """Nothing is shown of short work; of longer work all, with what was done before."""
    with pace(1000, after=60.0) as advance:
        advance(800)
    assert screen.getvalue() == ""
    with pace(1000, after=60.0) as advance:
        advance(600)
        assert isinstance(advance, Later)
        advance.begin()
        advance(200)
    assert "80%" in screen.getvalue()


def test_it_is_shown_though_nothing_more_is_counted() -> None:
    """Of one long step too is seen, after a while, that it is being worked on."""
    begun, counted = threading.Event(), list[int]()
    later = Later(lambda: begun.set() or counted.append, after=0.001)  # type: ignore[func-returns-value]
    assert begun.wait(60.0)
    later(5)
    later.over()
    assert counted == [0, 5]


def test_a_bar_that_comes_late_knows_since_when() -> None:
    """What was done before it was shown took its time: the rate is not that of an instant."""
    clock, begun = Clock(), list[float]()
    rate = Rate(clock)

    def show() -> Callable[[int], None]:
        begun.append(clock())
        return rate.add

    later = Later(show, after=1000.0)
    later(100)
    clock.now = 2.0
    later.begin()
    assert begun == [2.0] and rate.per_second() == 50.0
    later.over()


def test_what_has_ended_is_shown_no_more() -> None:
    """A bar that would come just after the end does not come."""
    begun = list[int]()
    later = Later(lambda: begun.append, after=1000.0)
    later(3)
    later.over()
    later.begin()
    assert begun == []


def test_quiet_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    """Asked to be quiet, nothing is shown."""
    with pace(10, quiet=True) as advance:
        advance(10)
    shown = capsys.readouterr()
    assert shown.out + shown.err == ""
