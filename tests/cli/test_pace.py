"""Progress: a line a minute in a log, a bar with rate and time left on a terminal."""

from __future__ import annotations

import io

import pytest
import rich.console

from negotiation.cli.pace import Lines, pace


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


def test_a_terminal_gets_a_bar_with_rate_and_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bar shows how many are asked for, the share done, the rate and the time left."""
    screen = io.StringIO()
    make = rich.console.Console
    monkeypatch.setattr(
        rich.console, "Console", lambda **_: make(file=screen, force_terminal=True, width=100)
    )
    with pace(1000, quiet=False) as advance:
        for _ in range(4):
            advance(200)
    shown = screen.getvalue()
    assert "1,000 runs" in shown
    assert "80%" in shown
    assert "runs/s" in shown
    assert "0:00:" in shown


def test_quiet_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    """Asked to be quiet, nothing is shown."""
    with pace(10, quiet=True) as advance:
        advance(10)
    shown = capsys.readouterr()
    assert shown.out + shown.err == ""
