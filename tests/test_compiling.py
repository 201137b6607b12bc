"""The rules become machine code once: not for every constant, nor in every process at a time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numba
import pytest
from filelock import FileLock

from negotiation import by_numba, patience, sources
from negotiation.compiling import compiled


@compiled
def twice(number):
    """Return the double."""
    return 2 * number


@compiled
def six():
    """Ask for it with two constants."""
    return twice(1) + twice(2)


def test_all_constants_share_one_machine_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Numba by itself would compile for the number 1 and for the number 2."""
    monkeypatch.setattr(sources, "machine_code_folder", lambda: tmp_path)  # nothing is kept yet
    doubled = compiled(twice.py_func)

    def six_again():
        return doubled(1) + doubled(2)

    assert compiled(six_again)() == 6
    assert [str(kinds) for kinds in doubled.in_parts().signatures] == ["(int64,)"]


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FileLock]:
    """Our lock on a folder in which another process compiles."""
    six()  # is compiled, now or long ago
    ours = FileLock(tmp_path / "lock", timeout=0.2)
    monkeypatch.setattr(by_numba, "_lock", lambda folder: ours)
    with FileLock(tmp_path / "lock"):
        yield ours


def test_a_lock_that_is_never_given_back_stops_nobody(held: FileLock) -> None:
    """Whoever has waited long enough once compiles too, and waits no more."""
    for longest in (5.0, 0.1):
        start = time.monotonic()
        with by_numba.one_process_at_a_time():
            assert not held.is_locked
        assert time.monotonic() - start < longest
    assert held.timeout == 0


def test_a_lock_is_taken_and_given_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the folder with the machine code."""
    ours = FileLock(tmp_path / "lock")
    monkeypatch.setattr(by_numba, "_lock", lambda folder: ours)
    with by_numba.one_process_at_a_time():
        assert ours.is_locked
    assert not ours.is_locked


@pytest.mark.usefixtures("held")
def test_who_waits_for_another_process_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also who wants no remarks: a process that is stopped never ends by itself."""
    heard: list[tuple[str, bool]] = []
    monkeypatch.setattr(patience, "AFTER", 0.05)
    monkeypatch.setattr(patience, "listeners", [lambda *said: heard.append(said)])
    monkeypatch.setattr(patience, "spent", {})
    with by_numba.one_process_at_a_time():
        ((sentence, always),) = heard
    assert sentence.startswith("Another process is compiling the rules") and always


def test_what_is_compiled_already_waits_for_nobody(held: FileLock) -> None:
    """Another process may compile what this one does not need."""
    assert by_numba.is_kept(six, ())
    assert not by_numba.is_kept(twice, (numba.float64,))
    six.compile(())
    assert held.timeout == 0.2  # it has not been asked for


def test_a_folder_that_cannot_even_be_looked_into_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then the rules are compiled in memory."""
    folder = tmp_path / ("x" * 300)  # as a home without permission: asking for it is an error
    monkeypatch.setattr(sources, "machine_code_folder", lambda: folder)
    with by_numba.one_process_at_a_time():
        pass


def test_it_is_said_whether_the_machine_code_is_kept() -> None:
    """Once on a computer, or each time where nothing can be written."""
    assert "minutes, once on this computer: it is kept in " in by_numba.of_compiling(six)
    assert "minutes, each time: nothing can be kept" in by_numba.of_compiling(
        numba.njit(six.py_func)
    )


def test_where_nothing_can_be_kept_nothing_is_left_beside_the_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Numba would go on to the sources' own folder, and take what it finds there for up to date."""
    nowhere = tmp_path / "file"
    nowhere.write_text("")
    monkeypatch.setattr(sources, "machine_code_folder", lambda: nowhere / "folder")

    def halved(number):
        return number / 2

    made = compiled(halved)
    assert made(3.0) == 1.5
    assert getattr(made._cache, "cache_path", None) is None
    assert "nothing can be kept" in by_numba.of_compiling(made)
    assert not list((Path(__file__).parent / "__pycache__").glob("*halved*"))


def test_what_others_leave_in_the_folders_of_the_rules_is_no_rule(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sweep is refused after a change of the rules, not of what an editor or Numba keeps."""
    monkeypatch.setattr(sources, "__file__", str(tmp_path / "sources.py"))
    (tmp_path / "rules" / "__pycache__").mkdir(parents=True)
    (tmp_path / "rules" / "a.py").write_text("x = 1")
    before = sources.digest_of("rules")
    for name in ("__pycache__/a.py311.nbi", "__pycache__/a.pyc", ".a.py.swp", ".DS_Store"):
        (tmp_path / "rules" / name).write_text("theirs")
    assert sources.digest_of("rules") == before
    (tmp_path / "rules" / "data.csv").write_text("1")
    assert sources.digest_of("rules") != before
