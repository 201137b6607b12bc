"""The sums of all cells, as blocks come in: memory grows with the cells, not with the runs."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from negotiation.sweep.blocks import Piece
from negotiation.sweep.failure import FailureInfo
from negotiation.sweep.scores import SCORES, Scored
from negotiation.tally import OUTCOMES, QUANTITIES

WIDE = ("hits", "squares", "cubes", "cross", "base_hits", "base_squares", *SCORES)
AMOUNTS = ("totals", "total_squares")


class Totals:
    """Sums per cell over the blocks added so far, and what failed.

    Parameters
    ----------
    cells : int
        Number of cells.
    """

    def __init__(self, cells: int) -> None:
        self.tally = Scored.empty(cells)
        self.failures: list[FailureInfo] = []

    def add(self, piece: Piece) -> None:
        """Add what came of a cell in one block."""
        self.tally.add(piece.tally, piece.cell)
        if piece.failure is not None:
            self.failures.append(piece.failure)

    def tables(self) -> dict[str, pa.Table]:
        """Return the tables of a finished store, by the names of their files."""
        return {
            "summary": self.summary(),
            "amounts": self.amounts(),
            "failures": self.failure_table(),
        }

    def summary(self) -> pa.Table:
        """Return one row per cell and outcome, with the sums behind its odds."""
        return self._table("outcome", OUTCOMES, ("runs", "paired"), WIDE)

    def amounts(self) -> pa.Table:
        """Return one row per cell and quantity, with the sums behind its mean."""
        return self._table("quantity", QUANTITIES, ("runs",), AMOUNTS)

    def _table(
        self, label: str, names: tuple[str, ...], once: tuple[str, ...], each: tuple[str, ...]
    ) -> pa.Table:
        cells, wide = len(self.tally.runs), len(names)
        codes = pa.array(np.tile(np.arange(wide, dtype=np.int32), cells))
        columns = {
            "cell": pa.array(np.repeat(np.arange(cells, dtype=np.int32), wide)),
            label: pa.DictionaryArray.from_arrays(codes, list(names)),
        }
        columns |= {name: pa.array(np.repeat(getattr(self.tally, name), wide)) for name in once}
        columns |= {name: pa.array(getattr(self.tally, name).ravel()) for name in each}
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
