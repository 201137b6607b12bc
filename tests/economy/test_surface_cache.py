"""The payoff table on disk: used when sound, solved again when not."""

from __future__ import annotations

import os

import numpy as np
import pytest

from negotiation.economy import surface as module
from negotiation.economy import surface_cache


def tabulate(**options):
    """Tabulate without the memory of this process."""
    module._tabulated.cache_clear()
    return module.tabulate(**options)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A cache folder of the test's own."""
    monkeypatch.setenv("NEGOTIATION_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def solves(monkeypatch):
    """Count how often the long-run table is really solved, and solve it coarsely."""
    calls = []

    def quick(world, tariffs, eps, deficits):
        calls.append(deficits)
        shape = (len(eps), len(tariffs), len(tariffs), 6)
        return np.random.default_rng(0).normal(size=shape)

    monkeypatch.setattr(module, "_long_run_table", quick)
    yield calls
    module._tabulated.cache_clear()  # the coarse table is not for others


def kept(folder):
    """The files in the cache."""
    return sorted(folder.iterdir()) if folder.exists() else []


def test_the_second_call_reads_what_the_first_one_solved(folder, solves):
    """One file is written whole, nothing else is left behind, and it gives the same numbers."""
    first, second = tabulate(), tabulate()
    assert solves == ["zero"]
    assert [path.suffix for path in kept(folder)] == [".npz"]
    assert np.array_equal(first.long_run, second.long_run)
    assert np.array_equal(first.short_run, second.short_run)


def test_each_rule_has_a_file_of_its_own(folder, solves):
    """Tables of different rules do not answer for one another."""
    tabulate(deficits="zero")
    tabulate(deficits="share")
    assert solves == ["zero", "share"]
    assert len(kept(folder)) == 2


def test_each_pair_of_sides_has_a_file_of_its_own(folder, solves):
    """Neither other sides nor the same two the other way round read a file that is not theirs."""
    found = [tabulate(sides=sides) for sides in (("us", "china"), ("us", "eu"), ("eu", "us"))]
    assert len(solves) == len(kept(folder)) == 3
    again = [tabulate(sides=one.sides) for one in found]
    assert len(solves) == 3
    for one, other in zip(found, again, strict=True):
        assert np.array_equal(one.short_run, other.short_run)
    assert not np.array_equal(found[0].short_run, found[1].short_run)


@pytest.mark.parametrize("damage", ["cut", "text", "empty", "flip", "shape", "nan"])
def test_a_damaged_file_is_noticed_and_solved_again(folder, solves, damage):
    """Whatever happened to the file, the table is right and the file is whole afterwards."""
    good = tabulate()
    (path,) = kept(folder)
    content = path.read_bytes()
    if damage == "cut":
        path.write_bytes(content[: len(content) // 2])
    elif damage == "text":
        path.write_text("not an archive")
    elif damage == "empty":
        path.write_bytes(b"")
    elif damage == "flip":
        middle = len(content) // 2
        path.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
    elif damage == "shape":
        np.savez(path, long_run=np.zeros(3), short_run=np.zeros(3))
    else:
        with np.load(path) as tables:
            broken = {name: tables[name] * np.nan for name in tables.files}
        np.savez(path, **broken)
    again = tabulate()
    assert len(solves) == 2
    assert np.array_equal(good.long_run, again.long_run)
    tabulate()
    assert len(solves) == 2


def test_a_change_of_the_data_makes_a_new_file(folder, solves, monkeypatch):
    """The name carries a digest of what made the table, so old files are never taken for new."""
    tabulate()
    monkeypatch.setattr(surface_cache, "FORMAT", surface_cache.FORMAT + 1)
    tabulate()
    assert len(solves) == len(kept(folder)) == 2


def test_a_folder_that_cannot_be_written_is_passed_over(tmp_path, monkeypatch, solves):
    """A file stands where the folder should be: the table is solved, and no error is seen."""
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    monkeypatch.setenv("NEGOTIATION_CACHE", str(blocked / "cache"))
    assert tabulate().long_run.shape[-1] == 6
    assert blocked.read_text() == ""


def test_a_failed_write_leaves_nothing_behind(folder, solves, monkeypatch):
    """When the last step of writing fails, the draft is removed and the table still returned."""

    def refuse(*_):
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", refuse)
    assert tabulate().long_run.shape[-1] == 6
    assert kept(folder) == []


def test_without_the_cache_nothing_is_read_or_written(folder, solves):
    """``use_cache=False`` leaves the folder alone."""
    tabulate(use_cache=False)
    assert kept(folder) == []


def test_the_folder_follows_the_environment(tmp_path, monkeypatch):
    """NEGOTIATION_CACHE first, then XDG_CACHE_HOME, then ~/.cache."""
    monkeypatch.setenv("NEGOTIATION_CACHE", str(tmp_path / "own"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert surface_cache.folder() == tmp_path / "own"
    monkeypatch.delenv("NEGOTIATION_CACHE")
    assert surface_cache.folder() == tmp_path / "xdg" / "negotiation"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert surface_cache.folder() == tmp_path / ".cache" / "negotiation"
