"""A design small enough for tests, cut into blocks small enough to be interrupted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from negotiation.scenario import Scenario
from negotiation.sweep import Design, blocks, grid, play_block


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    """The shipped scenario of three issues."""
    return Scenario.load("stockholm-three-issues")


@pytest.fixture(autouse=True)
def no_memory() -> None:
    """No test finds a baseline that another has played."""
    play_block._baselines.clear()


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of a few hundred runs, so that a small sweep has many."""
    monkeypatch.setattr(blocks, "LEAST_RUNS", 256)
    monkeypatch.setattr(blocks, "LEAST_LENGTH", 100)
    monkeypatch.setattr(blocks, "BLOCK_RUNS", 512)


@pytest.fixture(scope="session")
def design(scenario: Scenario) -> Design:
    """Six cells of 300 runs."""
    levers = {"deadline.ultimatum": [0.5, 3.0, 8.0], "deadline.accident": [0.0, 0.2]}
    return grid(scenario, levers, replicates=300)


@pytest.fixture(scope="session")
def content() -> Callable[[Path], dict[str, str]]:
    """What a store's data files are, byte for byte: all files but the manifest, by checksum."""

    def of(folder: Path) -> dict[str, str]:
        files = sorted(f for f in folder.rglob("*") if f.is_file())
        return {
            f.relative_to(folder).as_posix(): hashlib.sha256(f.read_bytes()).hexdigest()
            for f in files
            if f.name != "manifest.json" and not any("shard-" in part for part in f.parts)
        }

    return of
