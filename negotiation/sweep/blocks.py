"""How a sweep is cut into blocks: the unit of work, of progress and of what is on disk.

A block is a range of runs of a few cells. Its size is a compromise: seconds of work, so that an
interrupt costs little and a file is worth its inode, and always several cells over one range of
runs, so that the baseline's outcomes on that range are computed once and compared many times.

A sweep grows in *generations*: what was asked first, then more cells, or more runs of some cells.
Which blocks there are follows from the generations alone, never from what happened to be finished,
so an interrupted sweep and an uninterrupted one have the same files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from negotiation.sweep.failure import FailureInfo
from negotiation.sweep.scores import Scored

BLOCK_RUNS = 131_072  # some seconds of work
LEAST_RUNS = 16_384  # of a block, while there are fewer than SHARES blocks
SET_UP = 200  # runs that take as long as making a cell ready: one with fewer counts as so many
LEAST_LENGTH = 8_192  # of a range of runs, so that making cells ready is a small part
SHARES = 64  # blocks that a small sweep is cut into, so that all workers have some
FEW_CELLS = 8  # cells over one range, so that playing the baseline again is a small part
MOST_BLOCKS = 4096  # beyond that blocks grow, so that the number of files is bounded


@dataclass(frozen=True)
class Block:
    """Runs ``first`` to ``first + count - 1`` of some cells.

    Attributes
    ----------
    name : str
        Name of its files, unique in a store.
    """

    name: str
    cells: tuple[int, ...]
    first: int
    count: int

    @property
    def runs(self) -> int:
        """Runs of all its cells."""
        return len(self.cells) * self.count


@dataclass(frozen=True)
class Generation:
    """A request: these cells up to so many runs each.

    Attributes
    ----------
    cells : tuple of (int, int)
        Ranges of cells, as first and one past the last.
    replicates : int
        Runs that each of these cells has afterwards, at least.
    """

    cells: tuple[tuple[int, int], ...]
    replicates: int

    @classmethod
    def of(cls, cells: Sequence[int], replicates: int) -> Generation:
        """Return the request for these cells, in increasing order."""
        ranges: list[list[int]] = []
        for cell in cells:
            if ranges and ranges[-1][1] == cell:
                ranges[-1][1] = cell + 1
            else:
                ranges.append([cell, cell + 1])
        return cls(tuple((a, b) for a, b in ranges), replicates)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for the manifest."""
        return {"cells": [list(r) for r in self.cells], "replicates": self.replicates}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Generation:
        """Return what :meth:`to_dict` wrote."""
        return cls(tuple((int(a), int(b)) for a, b in data["cells"]), int(data["replicates"]))


def blocks_of(generations: Sequence[Generation], runs_per_world: int = 1) -> Iterator[Block]:
    """Yield the blocks of a sweep, in the order in which they are played.

    Examples
    --------
    >>> [(b.cells, b.first, b.count) for b in blocks_of([Generation(((0, 2),), 10)])]
    [((0, 1), 0, 10)]
    >>> more = [Generation(((0, 2),), 10), Generation(((0, 3),), 15)]
    >>> [(b.name, b.cells, b.first, b.count) for b in blocks_of(more)][1:]
    [('part-001-000000', (0, 1), 10, 5), ('part-001-000001', (2,), 0, 15)]
    """
    reached: dict[int, int] = {}
    for g, generation in enumerate(generations):
        groups: dict[int, list[int]] = {}
        for a, b in generation.cells:
            for cell in range(a, b):
                start = reached.get(cell, 0)
                if start < generation.replicates:
                    groups.setdefault(start, []).append(cell)
                    reached[cell] = generation.replicates
        number = 0
        for start, cells in sorted(groups.items(), reverse=True):
            for together, first, count in _cut(cells, start, generation.replicates, runs_per_world):
                yield Block(f"part-{g:03d}-{number:06d}", together, first, count)
                number += 1


def _cut(
    cells: list[int], start: int, stop: int, runs_per_world: int
) -> Iterator[tuple[tuple[int, ...], int, int]]:
    runs = max(stop - start, SET_UP) * len(cells)
    size = min(BLOCK_RUNS, max(LEAST_RUNS, runs // SHARES))
    while runs > size * MOST_BLOCKS:
        size *= 2
    length = min(stop - start, max(size // min(len(cells), FEW_CELLS), LEAST_LENGTH))
    # Ranges of equal length: a short one at the end would cost as much to set up as a long one.
    length = -(-(stop - start) // max(1, round((stop - start) / length)))
    length += -length % runs_per_world
    width = max(1, size // max(length, SET_UP))
    for first in range(start, stop, length):
        count = min(length, stop - first)
        for i in range(0, len(cells), width):
            yield tuple(cells[i : i + width]), first, count


class Piece(NamedTuple):
    """What came of one cell of a block: sums, or the reason why there are none."""

    cell: int
    tally: Scored
    failure: FailureInfo | None
