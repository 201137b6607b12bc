"""Runs played ahead are those that would be played now, or are not used."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import negotiation as ng
from negotiation import head_start
from negotiation.analysis.precise import RUNS_PER_WORLD, WORLDS_AT_ONCE, played
from negotiation.analysis.until_precise import USUAL, keep_head_start
from negotiation.ensemble import Ensemble
from negotiation.head_start import HeadStart

RUNS = WORLDS_AT_ONCE * RUNS_PER_WORLD
NAME = "stockholm-three-issues"

pytestmark = pytest.mark.skipif(
    sys.platform != "linux",
    reason="machine code is kept for processes without Numba on Linux alone",
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """What the first runs of a scenario are played from."""
    place = tmp_path / "begun" / "one.lots"
    Ensemble(NAME).compile()
    keep_head_start(NAME, place)
    return place


@pytest.fixture
def ahead(file: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., HeadStart]:
    """A head start of this process, which plays now."""

    def begin(seed: int, lots: int) -> HeadStart:
        start = HeadStart(file.read_bytes(), seed)
        start.lots = lots
        start.play()
        monkeypatch.setattr(head_start, "_begun", [start])
        return start

    return begin


def rows_of(scenario: Any, seed: int, task: int) -> tuple[bytes, bytes]:
    """Play a lot, as odds to a precision do."""
    rows, innovations = played(Ensemble(scenario), seed, task)
    return rows.tobytes(), innovations.tobytes()


def test_they_are_the_runs_that_would_be_played_now(ahead: Callable[..., HeadStart]) -> None:
    """To the last bit, with what was luck in them; a lot that was not begun is played."""
    plain = [rows_of(NAME, 7, task) for task in range(3)]
    start = ahead(seed=7, lots=2)
    assert list(start.played) == [0, RUNS]
    assert [rows_of(NAME, 7, task) for task in range(3)] == plain
    assert start.played == {}  # both were taken


@pytest.mark.parametrize(
    ("changes", "seed"),
    [({}, 8), ({"deadline.ultimatum": 4.0}, 7), ({"us.strategy": "conceder"}, 7),
     ({"economy.deficits": "share"}, 7)],
)  # fmt: skip
def test_what_is_asked_otherwise_is_played(
    ahead: Callable[..., HeadStart], changes: dict[str, Any], seed: int
) -> None:
    """Another seed, number, strategy or trade surface: nothing of the head start is used."""
    scenario = ng.Scenario.load(NAME).replace(changes)
    plain = rows_of(scenario, seed, 0)
    start = ahead(seed=7, lots=1)
    assert rows_of(scenario, seed, 0) == plain
    assert list(start.played) == [0]
    assert start.asked == bool(changes)  # other lots: it is of no use to go on


def test_one_ensemble_may_be_asked_for_two_seeds(ahead: Callable[..., HeadStart]) -> None:
    """Only the lots of the one that was begun are taken."""
    ensemble = Ensemble(NAME)
    plain = [played(ensemble, seed, 1)[0].tobytes() for seed in (7, 8)]
    start = ahead(seed=7, lots=2)
    ensemble = Ensemble(NAME)
    assert played(ensemble, 7, 0)[0]["run"].tolist() == list(range(RUNS))
    assert [played(ensemble, seed, 1)[0].tobytes() for seed in (8, 7)] == plain[::-1]
    assert start.played == {}


def test_a_change_of_the_machine_code_is_noticed(
    ahead: Callable[..., HeadStart], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """After an upgrade the old code has played by the old rules."""
    start = ahead(seed=7, lots=1)
    monkeypatch.setattr("negotiation.sources.machine_code_folder", lambda: tmp_path)
    question = Ensemble(NAME).question(
        Ensemble(NAME).table.records(), np.zeros(5), 7, 0, RUNS, RUNS_PER_WORLD,
        np.zeros(RUNS), np.zeros((RUNS, 3)),
    )  # fmt: skip
    assert str(question.code) != start.about["code"]
    rows_of(NAME, 7, 0)
    assert list(start.played) == [0]


def test_it_ends_when_its_first_lot_is_asked_for(file: Path) -> None:
    """Whoever asks has threads of its own."""
    start = HeadStart(file.read_bytes(), 7)
    assert start.lots == USUAL // WORLDS_AT_ONCE > 1
    one = start._played

    def then_asked(*given: Any) -> Any:
        found = one(*given)
        start.asked = True
        return found

    start._played = then_asked  # type: ignore[method-assign]
    start.play()
    assert list(start.played) == [0]


def test_a_lot_that_is_being_played_is_waited_for(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not played twice."""
    plain = rows_of(NAME, 7, 0)
    start = HeadStart(file.read_bytes(), 7)
    start.lots, one, begun, go_on = 1, start._played, threading.Event(), threading.Event()

    def slowly(*given: Any) -> Any:
        begun.set()
        go_on.wait(30.0)
        return one(*given)

    start._played = slowly  # type: ignore[method-assign]
    thread = threading.Thread(target=start.play)
    thread.start()
    begun.wait(30.0)
    monkeypatch.setattr(head_start, "_begun", [start])
    threading.Timer(0.2, go_on.set).start()
    assert rows_of(NAME, 7, 0) == plain
    assert start.played == {}
    thread.join()


def test_a_lot_that_failed_is_played_again(
    ahead: Callable[..., HeadStart],
) -> None:
    """As where the code raises, which is then told by who asks."""
    plain = rows_of(NAME, 7, 0)
    start = ahead(seed=7, lots=1)
    start.played[0].room = ()
    assert rows_of(NAME, 7, 0) == plain


def test_code_for_another_processor_is_not_touched(file: Path) -> None:
    """A folder may be shared by computers: an instruction that one lacks ends the process."""
    start = HeadStart(file.read_bytes(), 7)
    start.about["processor"] = "another"
    start.play()
    assert start.played == {}


@pytest.mark.parametrize("data", [b"", b"text\n{}\n", None])
def test_a_damaged_file_is_no_head_start(
    file: Path, monkeypatch: pytest.MonkeyPatch, data: bytes | None
) -> None:
    """Nor is one that is not there: the command goes on without a word."""
    monkeypatch.setattr(head_start, "_begun", [])
    good = file.read_bytes()
    file.write_bytes(good[:-9] + b"x" + good[-8:] if data is None else data)
    with pytest.raises((ValueError, KeyError)):
        HeadStart(file.read_bytes(), 1)
    head_start.begin(file, 1)
    head_start.begin(file.with_name("none.lots"), 1)
    head_start.begin(None, 1)
    for thread in threading.enumerate():
        if thread.daemon and thread is not threading.current_thread():
            thread.join(5.0)
    assert head_start.had() is None


def test_few_files_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each takes some megabytes."""
    monkeypatch.setattr(head_start, "MOST", 3)
    Ensemble("split-the-pie").compile()
    for n in range(5):
        keep_head_start("split-the-pie", tmp_path / f"{n}.lots")
    assert len(list(tmp_path.iterdir())) == 3


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    """Without a word: the answer has been given."""
    (tmp_path / "begun").write_text("a file", "utf-8")
    Ensemble("split-the-pie").compile()
    keep_head_start("split-the-pie", tmp_path / "begun" / "one.lots")
    assert (tmp_path / "begun").read_text("utf-8") == "a file"


MINE = """
import negotiation as ng

class Mine(ng.Strategy):
    \"\"\"Hold out for half.\"\"\"

    @staticmethod
    def compiled_share(time):
        return 0.5
"""


def test_a_rule_of_the_users_is_never_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its code lies elsewhere in the next process, or is another."""
    (tmp_path / "of_mine.py").write_text(MINE, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    scenario = ng.Scenario.load("split-the-pie").replace({"us.strategy": "of_mine:Mine"})
    Ensemble(scenario).compile()
    keep_head_start(scenario, tmp_path / "one.lots")
    assert not (tmp_path / "one.lots").exists()


def test_the_command_says_the_same_with_one_and_without(tmp_path: Path) -> None:
    """The second time it has a head start."""
    mine = tmp_path / "mine.toml"
    mine.write_text(ng.Scenario.load("split-the-pie").to_toml(), "utf-8")
    place = head_start.place_of(mine, None, None, None)
    assert place is not None

    def odds() -> Any:
        command = [
            sys.executable,
            "-m",
            "negotiation",
            "odds",
            str(mine),
            "--json",
            "--workers",
            "2",
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
        return json.loads(done.stdout)

    try:
        assert not place.exists()
        first = odds()
        assert place.exists()
        assert odds() == first
    finally:
        place.unlink(missing_ok=True)
