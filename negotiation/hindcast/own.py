"""Past decisions of one's own, played and learned from together with those of the record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from negotiation.errors import FileProblems
from negotiation.hindcast import coming, disputes, emulator, priors, record
from negotiation.hindcast.playing import table
from negotiation.history.rows import Decision
from negotiation.scenario.csv_rows import Table


def read(path: str | Path) -> Table[coming.Coming]:
    """Read the past decisions of a CSV file, and say what is wrong with other rows.

    Raises
    ------
    MissingFile, FileProblems
        If there is none to learn from.
    """
    found = coming.read(path)
    found.refused += [
        f"{row.id}: its outcome is blank; only past decisions are learned from."
        for row in found.rows
        if row.outcome is None
    ]
    found.rows = [row for row in found.rows if row.outcome is not None]
    if not found.rows:
        raise FileProblems(found.where, found.refused)
    return found


def steps(rows: Sequence[Decision]) -> int:
    """Return how many runs :func:`learned_from` plays."""
    return record.PLAYED * record.RUNS * len(rows)


def learned_from(
    rows: Sequence[Decision],
    *,
    workers: int = 1,
    progress: Callable[[int], Any] | None = None,
) -> record.Record:
    """Return the shipped record with decisions of one's own added.

    Parameters
    ----------
    rows : sequence of Decision
        Past ones. One that the record has, by its id or by its sides and day give or take a week,
        takes the place of the record's.
    workers : int
        Threads; they change nothing.
    progress : callable, optional
        Called with numbers of runs.
    """
    shipped = record.shipped()
    mine = [row.model_copy(update={"cluster": row.cluster or row.id}) for row in rows]
    kept = [k for k, row in enumerate(shipped.rows) if not any(same(row, one) for one in mine)]
    cube = record.cube_of(record.PLAYED)
    played = table(
        [record.player(row) for row in mine], priors.from_cube(cube),
        seed=record.SEED, runs=record.RUNS, workers=workers, progress=progress,
    )  # fmt: skip
    phi = emulator.features(cube, record.LISTED, record.EDGES)
    values, every = record.prior()
    slopes = emulator.fitted_each(phi, np.rint(played * record.RUNS))
    detailed = emulator.chances_each(every, slopes)
    shares = record.outcome_chances(disputes.undetailed(detailed), values, mine)
    assert shipped.gave_way is not None
    assert shipped.lasted is not None
    gave_way = record.gave_way(detailed, values)
    return replace(
        shipped,
        rows=[*(shipped.rows[k] for k in kept), *mine],
        shares=np.concatenate([shipped.shares[:, kept], shares], axis=1),
        gave_way=np.concatenate([shipped.gave_way[:, kept], gave_way], axis=1),
        lasted=shipped.lasted.among(kept),
    )


def same(one: Decision, other: Decision) -> bool:
    """Return whether two rows are of one decision."""
    return one.id == other.id or record.same_decision(one, other)
