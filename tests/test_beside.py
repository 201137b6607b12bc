"""A second process compiles what the first has not come to, and leaves nothing behind."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import numba
import numpy as np
import pytest

from negotiation import beside
from negotiation.ahead import kind_of, kinds_of
from negotiation.compiling import compiled
from negotiation.ensemble import play_range
from negotiation.records import Array
from negotiation.rules.play import play
from negotiation.rules.state import TALKS, State
from negotiation.sources import machine_code_folder

CHAIN = """
from negotiation.compiling import compiled
from negotiation.records import Real, layout

class Pair:
    one: Real
    two: Real

@compiled
def fourth(x: float) -> float:
    return x / 4.0

@compiled
def third(x: float) -> float:
    return x / 3.0

@compiled
def second(x: float) -> float:
    return third(x) + fourth(x)

@compiled
def first(x: float) -> float:
    return second(x) * 12.0

PAIR = layout(Pair)

@compiled
def of_record(x: Pair) -> float:
    return x["one"] + second(x["two"])
"""


@compiled
def one(x: float) -> float:
    """Return the number."""
    return x


@compiled
def two(x: float) -> float:
    """Return twice the number."""
    return one(x) + one(x)


@compiled
def three(x: float, y: Array) -> float:
    """Return about three times the number."""
    return two(x) + one(x) + y[0]


def test_what_is_called_last_comes_first_and_after_what_it_calls() -> None:
    """Whoever compiles from the front meets it in the middle."""
    assert beside.called_by(three) == [two, one]
    assert beside.from_the_end(three) == [one, two, three]
    every = beside.from_the_end(play_range)
    place = {function: n for n, function in enumerate(every)}
    assert len(place) == len(every) > beside.ENOUGH
    assert all(place[inner] < place[f] for f in every for inner in beside.called_by(f))


def test_the_types_of_arguments_stand_in_the_annotations() -> None:
    """A record is what its class says; the shape of an array is not written down."""
    assert kinds_of(one) == (numba.float64,)
    assert kinds_of(three) is None
    assert kind_of(State) == numba.from_dtype(TALKS)
    assert kind_of(np.uint64) == numba.uint64
    assert kind_of(tuple[int, int]) is None


def test_most_rules_can_be_compiled_ahead() -> None:
    """Else the second process has nothing to do: a rule is of numbers and records."""
    every = beside.from_the_end(play_range)
    known = [function for function in every if kinds_of(function) is not None]
    assert play in known
    assert len(known) > 0.7 * len(every)


def printed(folder: Path, code: str) -> str:
    """Return what a process prints that imports the chain and goes on with code."""
    (folder / "chain_beside.py").write_text(CHAIN)
    path = [str(folder), *sys.path]
    begin = f"import sys; sys.path[:] = {path!r}; import chain_beside as chain\n"
    done = subprocess.run(
        [sys.executable, "-c", begin + code],
        env={"NEGOTIATION_CACHE": str(folder / "cache"), "PATH": ""},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


HELPED = """
import time
from negotiation import beside, sources
from numba.core.dispatcher import _FunctionCompiler as compiler

folder = sources.machine_code_folder()
process = beside.begun(chain.first, folder)
while len(list(folder.rglob("part-*.nbc"))) < 3:
    time.sleep(0.05)
beside.ended(process)
old, names = compiler.compile, []
compiler.compile = lambda self, *a: names.append(self.py_func.__name__) or old(self, *a)
print(process.returncode, chain.first(3.0), *[name for name in names if hasattr(chain, name)])
"""


def test_what_the_second_process_has_compiled_the_first_does_not(tmp_path: Path) -> None:
    """It compiles what it calls itself alone: the second takes parts only."""
    assert printed(tmp_path, HELPED) == "0 21.0 first"


SYMBOL = """
import numba, numpy as np
for number in range({others}):
    numba.from_dtype(np.dtype([(f"other_{{number}}", "f8")]))
parts = chain.of_record.in_parts()
parts.compile((numba.from_dtype(chain.PAIR),))
(result,) = parts.overloads.values()
print(result.library.address.symbol)
"""


def test_a_part_has_the_same_symbol_in_every_process(tmp_path: Path) -> None:
    """Numba numbers functions and records as they come, which is another number elsewhere."""
    found = []
    for others in (0, 7):
        folder = tmp_path / str(others)
        folder.mkdir()
        found.append(printed(folder, SYMBOL.format(others=others)))
    assert found[0] == found[1] and "of_record" in found[0]


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder for machine code in which there is none yet."""
    monkeypatch.setenv("NEGOTIATION_CACHE", str(tmp_path))
    return machine_code_folder()


def wait_for(folder: Path, count: int) -> int:
    """Wait until there are so many parts, and return how many there are."""
    while (found := len(list(folder.rglob("part-*.nbc")))) < count:
        time.sleep(0.05)
    return found


def test_it_ends_when_it_is_told_to_and_not_by_an_interrupt(empty: Path) -> None:
    """Ctrl-C goes to both; if the first process is ended by it, so is the second."""
    process = beside.begun(play_range, empty)
    assert process is not None
    found = wait_for(empty, 1)
    process.send_signal(signal.SIGINT)
    wait_for(empty, found + 2)
    beside.ended(process)
    assert process.returncode == 0
    assert not list(empty.rglob("*.tmp.*"))


def test_one_that_dies_disturbs_nobody(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first process compiles what is missing."""
    monkeypatch.setattr(beside, "CODE", "1 / 0")
    monkeypatch.setattr(beside, "is_worth_it", lambda function, folder: True)
    with beside.helped(play_range, empty):
        pass


def test_where_it_cannot_be_begun_nothing_is_amiss(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a process may begin no other."""
    monkeypatch.setattr(sys, "executable", str(empty / "nothing"))
    assert beside.begun(play_range, empty) is None


def test_it_begins_only_where_there_is_something_to_do(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not for few functions, nor for those that are there."""
    monkeypatch.setattr(beside, "cores", lambda: 2)
    for function in (play_range, three):
        monkeypatch.setattr(function, "_cache", SimpleNamespace(cache_path=str(empty)))
    assert beside.is_worth_it(play_range, empty)
    assert not beside.is_worth_it(three, empty)
    empty.mkdir(parents=True)
    for function in beside.from_the_end(play_range):
        (empty / f"part-{function.__name__}-{function.__module__}.nbi").touch()
    assert not beside.is_worth_it(play_range, empty)


def test_it_does_not_begin_without_a_core_or_a_folder(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would take the time of the first, or work for nobody."""
    monkeypatch.setattr(beside, "cores", lambda: 2)
    monkeypatch.setattr(play_range, "_cache", SimpleNamespace(cache_path=None))
    assert not beside.is_worth_it(play_range, empty)
    monkeypatch.setattr(play_range, "_cache", SimpleNamespace(cache_path=str(empty)))
    assert beside.is_worth_it(play_range, empty)
    monkeypatch.setattr(beside, "cores", lambda: 1)
    assert not beside.is_worth_it(play_range, empty)
