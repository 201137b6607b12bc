"""The rules become machine code once: not for every constant, nor in every process at a time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numba
import pytest
from filelock import FileLock

from negotiation import compiling, patience
from negotiation.compiling import compiled


@compiled
def twice(number):
    """Return the double."""
    return 2 * number


@compiled
def six():
    """Ask for it with two constants."""
    return twice(1) + twice(2)


def test_all_constants_share_one_machine_code() -> None:
    """Numba by itself would compile for the number 1 and for the number 2."""
    assert six() == 6
    assert [str(kinds) for kinds in twice.signatures] == ["(int64,)"]


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FileLock]:
    """Our lock on a folder in which another process compiles."""
    ours = FileLock(tmp_path / "lock", timeout=0.2)
    monkeypatch.setattr(compiling, "_lock", lambda folder: ours)
    with FileLock(tmp_path / "lock"):
        yield ours


def test_a_lock_that_is_never_given_back_stops_nobody(held: FileLock) -> None:
    """Whoever has waited long enough once compiles too, and waits no more."""
    for longest in (5.0, 0.1):
        start = time.monotonic()
        with compiling.one_process_at_a_time():
            assert not held.is_locked
        assert time.monotonic() - start < longest
    assert held.timeout == 0


def test_a_lock_is_taken_and_given_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the folder with the machine code."""
    ours = FileLock(tmp_path / "lock")
    monkeypatch.setattr(compiling, "_lock", lambda folder: ours)
    with compiling.one_process_at_a_time():
        assert ours.is_locked
    assert not ours.is_locked


@pytest.mark.usefixtures("held")
def test_who_waits_for_another_process_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also who wants no remarks: a process that is stopped never ends by itself."""
    heard: list[tuple[str, bool]] = []
    monkeypatch.setattr(patience, "AFTER", 0.05)
    monkeypatch.setattr(patience, "listeners", [lambda *said: heard.append(said)])
    monkeypatch.setattr(patience, "spent", {})
    with compiling.one_process_at_a_time():
        ((sentence, always),) = heard
    assert sentence.startswith("Another process is compiling the rules") and always


def test_what_is_compiled_already_waits_for_nobody(held: FileLock) -> None:
    """Another process may compile what this one does not need."""
    six()
    assert compiling.is_kept(twice, (numba.int64,))
    assert not compiling.is_kept(twice, (numba.float64,))
    twice.compile((numba.int64,))
    assert held.timeout == 0.2  # it has not been asked for


def test_a_folder_that_cannot_even_be_looked_into_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then the rules are compiled in memory."""
    folder = tmp_path / ("x" * 300)  # as a home without permission: asking for it is an error
    monkeypatch.setattr(compiling, "machine_code_folder", lambda: folder)
    with compiling.one_process_at_a_time():
        pass


def test_it_is_said_whether_the_machine_code_is_kept() -> None:
    """Once on a computer, or each time where nothing can be written."""
    assert "minutes, once on this computer: it is kept in " in compiling.of_compiling(six)
    assert "minutes, each time: nothing can be kept" in compiling.of_compiling(
        numba.njit(six.py_func)
    )
