"""What a sweep found: odds with their intervals, differences in pairs, means, failures.

All cells are played with the same random numbers. So a difference between two cells has a small
sampling error, and the average over several cells is no more certain than one of them. Pooled
intervals therefore count the runs of one cell, never the sum over cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from negotiation import estimates, ignorance
from negotiation.errors import FileProblems, InputError
from negotiation.scenario import Scenario
from negotiation.scenario.problems import one_of_settings
from negotiation.scenario.sides import seat_path
from negotiation.sweep import manifest, status_log
from negotiation.sweep.blocks import MOST_BLOCKS, blocks_of
from negotiation.sweep.design import MOST_CELLS
from negotiation.sweep.parts import table_of
from negotiation.sweep.scores import correlations, differences, estimated
from negotiation.sweep.store import STATUS, Store, origin_of, stored_cells, unchanged
from negotiation.sweep.totals import WIDE, Totals
from negotiation.tally import OUTCOMES, QUANTITIES, STEP, named

NOTHING_YET = (
    "no part of the sweep is finished, so there is nothing to show yet; go on with: negotiation "
    "sweep DESIGN.toml --out (this folder) --resume."
)

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow.dataset as ds


@dataclass(frozen=True)
class Results:
    """The sums of a sweep and what follows from them.

    Attributes
    ----------
    design : pyarrow.Table
        One row per cell: its number, its settings by dotted path, and ``settings`` as JSON.
    summary : pyarrow.Table
        One row per cell and outcome: runs, hits and the other sums of a :class:`Tally`.
    amounts : pyarrow.Table
        One row per cell and quantity: runs, sum and sum of squares.
    failures : pyarrow.Table
        One row per failure, with the seed and run that replay it.
    seed, runs_per_world : int
    folder : Path or None
        The store, if there is one.
    """

    design: pa.Table
    summary: pa.Table
    amounts: pa.Table
    failures: pa.Table
    seed: int
    runs_per_world: int = 1
    folder: Path | None = None

    @classmethod
    def load(cls, folder: str | Path) -> Results:
        """Load the results of a store; of an unfinished one, what is there so far.

        Raises
        ------
        MissingFile, FileProblems
            If there is no store, or a file of a complete one is not what was written.
        """
        place = Path(folder)
        found = manifest.read(place)
        if not found["complete"] and not (place / "design.parquet").exists():
            raise InputError(f"{place}: {NOTHING_YET}")
        design = table_of(unchanged(place, found, "design.parquet"), MOST_CELLS)
        cells = stored_cells(place, found)
        named = {"cell", "settings", *found["design"]["factors"]} == {*design.column_names}
        if not named or len(design) != len(cells):
            raise FileProblems(place / "design.parquet", [f"not as {manifest.NAME} tells."])
        if found["complete"]:
            forms = Totals(len(cells)).tables()
            tables = {name: _verified(place, name, found, form) for name, form in forms.items()}
        else:
            tables = _so_far(place, found, len(design))
        return cls(
            design=design,
            **tables,
            seed=int(found["seed"]),
            runs_per_world=int(found["runs_per_world"]),
            folder=place,
        )

    @property
    def factors(self) -> tuple[str, ...]:
        """The settings that vary."""
        return tuple(name for name in self.design.column_names if name not in ("cell", "settings"))

    @property
    def baseline(self) -> int:
        """The cell that the others are compared with."""
        return int((self.design.schema.metadata or {}).get(b"baseline", b"0"))

    @cached_property
    def runs(self) -> np.ndarray:
        """Runs of each cell."""
        return self._matrix("runs")[:, 0]

    def odds(
        self,
        by: str | Sequence[str] | None = None,
        *,
        outcomes: str | Sequence[str] | None = None,
        level: float = estimates.LEVEL,
        count: bool = False,
    ) -> pa.Table:
        """Return the odds of each outcome with their Monte-Carlo interval, as a tidy table.

        What in them was only luck is taken out (:mod:`negotiation.sweep.scores`).

        Parameters
        ----------
        by : str or sequence of str, optional
            Settings that get a row each, averaging over the others; every cell if not given. The
            columns of the table bear the names of the seats.
        outcomes : str or sequence of str, optional
            All of ``OUTCOMES`` if not given.
        level : float
            Confidence level.
        count : bool
            Whether runs are counted plainly, as the reference.

        Returns
        -------
        pyarrow.Table
            The settings, ``outcome``, ``share``, ``low``, ``high``, ``n`` (of how many runs,
            counted one by one, the interval is) and ``cells`` (averaged over).

        Notes
        -----
        Wilson's interval. For an average over cells, all of them played with the same random
        numbers, the standard error is at most the average of the cells' own (Cauchy-Schwarz),
        which is at most that of the pooled share over the runs of one cell (the binomial
        standard deviation is concave): that bound is the interval. It is too wide if anything.
        """
        asked = named(outcomes)
        columns = [OUTCOMES.index(name) for name in asked]
        runs = self.runs
        shares, n = self.estimated(level, count=count)
        keys, groups = self._groups(by)
        share, least, cells = [], [], []
        for group in groups:
            played = group[runs[group] > 0]
            cells.append(len(played))
            share.append(
                shares[played].mean(axis=0) if len(played) else np.full(len(OUTCOMES), np.nan)
            )
            least.append(n[played].min(axis=0) if len(played) else np.zeros(len(OUTCOMES)))
        p, n = np.array(share)[:, columns], np.array(least)[:, columns]
        low, high = estimates.wilson(p, n, level)
        return _tidy(
            keys, asked, cells=np.repeat(cells, len(asked)), share=p, low=low, high=high, n=n
        )

    def estimated(
        self, level: float = estimates.LEVEL, *, count: bool = False
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return the odds of every cell and outcome, and how many counted runs they are worth.

        Not a number, and 0, for a cell that failed.
        """
        return estimated(self._sums(), self.runs[:, None], self.runs_per_world, level, count=count)

    def correlations(self) -> np.ndarray:
        """Return how what is estimated in a cell goes with the baseline: by cell and outcome."""
        return correlations(self._sums(), self.runs[:, None], self.runs_per_world)

    def differences(
        self,
        *,
        outcomes: str | Sequence[str] | None = None,
        level: float = estimates.LEVEL,
        count: bool = False,
    ) -> pa.Table:
        """Return each cell's odds less the baseline's, in pairs of runs.

        What in both was only luck is taken out, unless ``count`` asks for plain counting.

        Returns
        -------
        pyarrow.Table
            ``cell``, its settings, ``outcome``, ``difference``, ``low``, ``high``, ``n`` and
            ``gain``: how many times more runs would be needed without pairing. Cells without
            pairs (because one of the two failed) have NaN.
        """
        asked = named(outcomes)
        columns = [OUTCOMES.index(name) for name in asked]
        others = np.flatnonzero(np.arange(len(self.design)) != self.baseline)
        take = np.ix_(others, np.array(columns))
        sums = {name: matrix[take] for name, matrix in self._sums().items()}
        paired = self._matrix("paired")[others, 0]
        whole = np.where(paired == self.runs[others], paired, np.nan)
        pairs = np.where(whole > 0, whole, np.nan)[:, None]
        d, low, high, gain = differences(sums, pairs, self.runs_per_world, level, count=count)
        n = pairs * np.ones(d.shape)
        keys = self._settings(["cell", *self.factors], others)
        return _tidy(
            keys, asked, difference=d, low=low, high=high, n=n, gain=np.where(n > 0, gain, np.nan)
        )

    def parameter_intervals(
        self, *, outcomes: str | Sequence[str] | None = None, level: float = estimates.LEVEL
    ) -> pa.Table:
        """Return the central 95% of each cell's odds over the scenario's uncertain numbers.

        More runs do not narrow it. It needs ``runs_per_world`` of at least 2; with few runs per
        world the tails are poorly known, and 50 are a good number.

        Returns
        -------
        pyarrow.Table
            ``cell``, its settings, ``outcome``, ``share``, ``sd``, ``low``, ``high``, and
            ``low_error`` and ``high_error``: within how much these ends are known. Not a number
            where a cell has one world.
        """
        if self.runs_per_world < 2:
            raise InputError(
                "runs_per_world = 1: with one run per world, how the odds differ between worlds "
                "cannot be separated from sampling error; allowed: 2 or more, better 50."
            )
        if "cubes" not in self.summary.column_names:
            raise InputError(
                "the sweep was written by an earlier version, which did not keep the sums that "
                "tell how the odds differ between worlds; sweep into a new folder."
            )
        asked = named(outcomes)
        columns = [OUTCOMES.index(name) for name in asked]
        sums = [self._matrix(name)[:, columns] for name in ("hits", "squares", "cubes")]
        n = self.runs[:, None].astype(float)
        sd, low, high = ignorance.over_worlds(sums, n, self.runs_per_world, level)
        error = ignorance.ends_error(sums, n, self.runs_per_world, level)
        share = self.estimated(level)[0][:, columns]
        low, high = ignorance.holding(share, low, high)
        keys = self._settings(["cell", *self.factors], np.arange(len(self.design)))
        return _tidy(
            keys, asked, share=share, sd=sd, low=low, high=high,
            low_error=error[0], high_error=error[1],
        )  # fmt: skip

    def means(self, *, level: float = estimates.LEVEL) -> pa.Table:
        """Return the mean of each quantity in each cell, $bn, with its interval.

        The interval is NaN where runs share worlds.
        """
        wide = len(QUANTITIES)
        runs = self.runs[:, None].astype(float)
        total, squares = (
            self.amounts[name].to_numpy().reshape(-1, wide).astype(float)
            for name in ("totals", "total_squares")
        )
        with np.errstate(invalid="ignore"):
            mean, square = total / runs, squares / runs
        half = estimates.half_width(runs, mean, square, level)
        if self.runs_per_world > 1:
            half[:] = np.nan
        keys = self._settings(["cell", *self.factors], np.arange(len(self.design)))
        return _tidy(
            keys,
            QUANTITIES,
            "quantity",
            mean=STEP * mean,
            low=STEP * (mean - half),
            high=STEP * (mean + half),
        )

    def rows(self) -> ds.Dataset:
        """Return the kept rows as a dataset that is read as needed, not at once."""
        import pyarrow.dataset as ds

        if self.folder is None or not (self.folder / "runs").is_dir():
            raise InputError("no rows were kept; sweep with keep_rows=True and a store.")
        return ds.dataset(self.folder / "runs", format="parquet")

    def to_arrow(self) -> pa.Table:
        """Return the odds of every cell as an Arrow table."""
        return self.odds()

    def to_pandas(self) -> pd.DataFrame:
        """Return the odds of every cell as a pandas data frame."""
        return self.odds().to_pandas()

    def to_polars(self) -> pl.DataFrame:
        """Return the odds of every cell as a Polars data frame."""
        import polars as pl

        frame = pl.from_arrow(self.odds())
        assert isinstance(frame, pl.DataFrame)
        return frame

    def to_csv(self, path: str | Path) -> None:
        """Write the odds of every cell as CSV, for a spreadsheet."""
        from negotiation.sweep.spreadsheet import write_csv

        write_csv(self.odds(), path)

    def to_xlsx(self, path: str | Path) -> None:
        """Write the tables of the sweep as sheets: odds, differences and means."""
        from negotiation.sweep.spreadsheet import write_xlsx

        write_xlsx(self.sheets(), path)

    def sheets(self, outcomes: str | Sequence[str] | None = None) -> dict[str, pa.Table]:
        """Return the tables of the sweep by name: its odds, then what else there is to tell."""
        sheets = {"odds": self.odds(outcomes=outcomes)}
        if len(self.design) > 1:
            sheets["differences"] = self.differences(outcomes=outcomes)
        if self.runs_per_world > 1 and "cubes" in self.summary.column_names:
            sheets["unknown numbers"] = self.parameter_intervals(outcomes=outcomes)
        return sheets | {"means": self.means()}

    def _sums(self) -> dict[str, np.ndarray]:
        """Return the sums by cell and outcome."""
        names = (name for name in WIDE if name in self.summary.column_names)
        return {name: self._matrix(name) for name in names}

    def _matrix(self, name: str) -> np.ndarray:
        return np.asarray(self.summary[name].to_numpy()).reshape(-1, len(OUTCOMES))

    def _groups(self, by: str | Sequence[str] | None) -> tuple[pa.Table, list[np.ndarray]]:
        """Return the settings of each group, and the cells in it."""
        if by is None:
            cells = np.arange(len(self.design))
            return self._settings(["cell", *self.factors], cells), [cells[i : i + 1] for i in cells]
        names = [self._seat(name) for name in ([by] if isinstance(by, str) else by)]
        if not names:
            raise InputError("by: it is empty; allowed: a setting, or several.")
        for name in names:
            one_of_settings(name, self.factors, "by")
        values = list(zip(*(self.design[name].to_pylist() for name in names), strict=True))
        groups: dict[tuple[Any, ...], list[int]] = {}
        for cell, value in enumerate(values):
            groups.setdefault(value, []).append(cell)
        first = np.array([cells[0] for cells in groups.values()])
        return self._settings(names, first), [np.array(cells) for cells in groups.values()]

    def _seat(self, path: str) -> str:
        """Return a setting as the store has it, whatever the scenario calls its sides."""
        told = (self.design.schema.metadata or {}).get(b"sides", b"us china").decode()
        first, second = told.split()
        return seat_path(str(path), Scenario, (first, second))

    def _settings(self, names: Sequence[str], cells: np.ndarray) -> pa.Table:
        return self.design.select(list(names)).take(pa.array(cells))


def _tidy(
    keys: pa.Table, names: Sequence[str], label: str = "outcome", **columns: np.ndarray
) -> pa.Table:
    """Return one row per key and name: matrices (keys, names) become columns."""
    wide = len(names)
    repeated = keys.take(pa.array(np.repeat(np.arange(len(keys)), wide)))
    codes = pa.array(np.tile(np.arange(wide, dtype=np.int32), len(keys)))
    table = repeated.append_column(label, pa.DictionaryArray.from_arrays(codes, list(names)))
    for name, values in columns.items():
        table = table.append_column(name, pa.array(np.asarray(values).ravel()))
    return table.replace_schema_metadata(None)


def _verified(folder: Path, name: str, found: dict[str, Any], form: pa.Table) -> pa.Table:
    path = unchanged(folder, found, f"{name}.parquet")
    most = len(form) or found["design"]["cells"] * MOST_BLOCKS  # failures: some, or none
    table = table_of(path, most, form=form)
    told = {k.decode(): v.decode() for k, v in (table.schema.metadata or {}).items()}
    if any(told.get(k) != v for k, v in origin_of(found).items()) or len(table) < len(form):
        raise FileProblems(path, [f"of another sweep than {manifest.NAME} tells of."])
    return table


def _so_far(folder: Path, found: dict[str, object], cells: int) -> dict[str, pa.Table]:
    store, totals = Store(folder), Totals(cells)
    store.manifest = dict(found)
    store.entries = status_log.read(folder / STATUS)
    for block in blocks_of(manifest.generations(found), int(str(found["runs_per_world"]))):
        for piece in store.pieces(block) or ():
            totals.add(piece)
    tables = totals.tables()
    lacking = manifest.LACKING[int(str(found["schema"]))]
    tables["summary"] = tables["summary"].drop(list(lacking))
    return tables
