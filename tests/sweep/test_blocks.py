"""The cut into blocks covers every run of every cell once, and follows from what was asked."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negotiation.sweep.blocks import MOST_BLOCKS, Generation, blocks_of

requests = st.lists(
    st.tuples(st.sets(st.integers(0, 9), min_size=1), st.integers(1, 500)), min_size=1, max_size=4
)


@given(requests, st.sampled_from([1, 7, 40]))
def test_every_run_is_in_one_block_however_the_sweep_grew(
    asked: list[tuple[set[int], int]], runs_per_world: int
) -> None:
    """After any requests each cell has runs 0 up to its largest request, each exactly once."""
    generations = [Generation.of(sorted(cells), n * runs_per_world) for cells, n in asked]
    covered: Counter[tuple[int, int]] = Counter()
    names = set()
    for block in blocks_of(generations, runs_per_world):
        assert block.first % runs_per_world == 0 and block.count % runs_per_world == 0
        assert block.name not in names
        names.add(block.name)
        for cell in block.cells:
            covered.update(
                (cell, run) for run in range(block.first, block.first + block.count, runs_per_world)
            )
    most: dict[int, int] = {}
    for cells, n in asked:
        for cell in cells:
            most[cell] = max(most.get(cell, 0), n * runs_per_world)
    expected = {(c, r) for c, n in most.items() for r in range(0, n, runs_per_world)}
    assert set(covered) == expected and max(covered.values()) == 1


@given(requests)
def test_earlier_blocks_stay_as_they_are_when_more_is_asked(
    asked: list[tuple[set[int], int]],
) -> None:
    """Extension keeps what is there: the blocks of a sweep are the first blocks of a larger one."""
    generations = [Generation.of(sorted(cells), n) for cells, n in asked]
    before, after = list(blocks_of(generations[:-1])), list(blocks_of(generations))
    assert after[: len(before)] == before


@pytest.mark.parametrize("cells", [1, 3, 1000, 100_000])
@settings(deadline=None)
@given(magnitude=st.integers(3, 9))
def test_the_number_of_files_is_bounded_however_many_runs(cells: int, magnitude: int) -> None:
    """A thousand million runs per cell, or a few: the parts stay countable, disk bounded."""
    replicates = max(1, 10**magnitude // cells)
    blocks = list(blocks_of([Generation(((0, cells),), replicates)]))
    assert len(blocks) <= 2 * MOST_BLOCKS + 16
    assert sum(block.runs for block in blocks) == cells * replicates


@given(st.sets(st.integers(0, 50), min_size=1), st.integers(1, 99))
def test_a_request_survives_the_manifest(cells: set[int], n: int) -> None:
    """Plain data and back."""
    generation = Generation.of(sorted(cells), n)
    assert Generation.from_dict(generation.to_dict()) == generation


@pytest.mark.parametrize(("cells", "runs"), [(1_000, 16), (1_000, 1), (10_000, 16)])
def test_many_cells_of_few_runs_are_shared_out(cells: int, runs: int) -> None:
    """Making a cell ready is most of the work then, so a block has few of them."""
    blocks = list(blocks_of([Generation(((0, cells),), runs)]))
    assert len(blocks) >= 12
    assert max(len(block.cells) for block in blocks) <= 200


def test_few_cells_of_many_runs_are_cut_as_before() -> None:
    """Stores that are there are gone on with: their blocks are the same."""
    asked = {(9, 2_000): 2, (100, 10_000): 100, (1_000, 10_000): 77, (3, 1_000_000): 64}
    for (cells, runs), count in asked.items():
        assert len(list(blocks_of([Generation(((0, cells),), runs)]))) == count, (cells, runs)
