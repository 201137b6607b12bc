"""The sums of all cells, as blocks come in: memory grows with the cells, not with the runs."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from negotiation.sweep.failure import FailureInfo
from negotiation.sweep.outcomes import OUTCOMES, QUANTITIES
from negotiation.sweep.play_block import Piece

WIDE = ("hits", "squares", "cross", "base_hits", "base_squares")
AMOUNTS = ("totals", "total_squares")


class Totals:
    """Sums per cell over the blocks added so far.

    Parameters
    ----------
    cells : int
        Number of cells.
    """

    def __init__(self, cells: int) -> None:
        self.runs = np.zeros(cells, np.int64)
        self.paired = np.zeros(cells, np.int64)
        self.sums = {name: np.zeros((cells, len(OUTCOMES)), np.int64) for name in WIDE}
        self.sums |= {name: np.zeros((cells, len(QUANTITIES)), np.int64) for name in AMOUNTS}
        self.failures: list[FailureInfo] = []

    def add(self, piece: Piece) -> None:
        """Add what came of a cell in one block."""
        self.runs[piece.cell] += piece.counts.runs
        self.paired[piece.cell] += piece.counts.paired
        for name, sums in self.sums.items():
            sums[piece.cell] += getattr(piece.counts, name)
        if piece.failure is not None:
            self.failures.append(piece.failure)

    def summary(self) -> pa.Table:
        """Return one row per cell and outcome, with the sums behind its odds."""
        cells = len(self.runs)
        wide = len(OUTCOMES)
        codes = pa.array(np.tile(np.arange(wide, dtype=np.int32), cells))
        columns = {
            "cell": pa.array(np.repeat(np.arange(cells, dtype=np.int32), wide)),
            "outcome": pa.DictionaryArray.from_arrays(codes, list(OUTCOMES)),
            "runs": pa.array(np.repeat(self.runs, wide)),
            "paired": pa.array(np.repeat(self.paired, wide)),
        }
        columns |= {name: pa.array(self.sums[name].ravel()) for name in WIDE}
        return pa.table(columns)

    def amounts(self) -> pa.Table:
        """Return one row per cell and quantity, with the sums behind its mean."""
        cells, wide = len(self.runs), len(QUANTITIES)
        codes = pa.array(np.tile(np.arange(wide, dtype=np.int32), cells))
        columns = {
            "cell": pa.array(np.repeat(np.arange(cells, dtype=np.int32), wide)),
            "quantity": pa.DictionaryArray.from_arrays(codes, list(QUANTITIES)),
            "runs": pa.array(np.repeat(self.runs, wide)),
        }
        columns |= {name: pa.array(self.sums[name].ravel()) for name in AMOUNTS}
        return pa.table(columns)

    def failure_table(self) -> pa.Table:
        """Return one row per failure, in the order of the cells."""
        ordered = sorted(self.failures)
        kinds = {"cell": pa.int32(), "seed": pa.int64(), "run": pa.int64()}
        columns = {
            name: pa.array([getattr(f, name) for f in ordered], kinds.get(name, pa.string()))
            for name in FailureInfo._fields
        }
        return pa.table(columns)
