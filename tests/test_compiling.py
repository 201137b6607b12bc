"""The rules become machine code once: not for every constant, nor in every process at a time."""

from __future__ import annotations

from pathlib import Path

import pytest
from filelock import FileLock

from negotiation import compiling
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


def test_a_lock_that_is_never_given_back_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has waited long enough compiles too."""
    ours = FileLock(tmp_path / "lock", timeout=0.01)
    monkeypatch.setattr(compiling, "_lock", lambda folder: ours)
    with FileLock(tmp_path / "lock"), compiling.one_process_at_a_time():
        assert not ours.is_locked
    with compiling.one_process_at_a_time():
        assert ours.is_locked
    assert not ours.is_locked
