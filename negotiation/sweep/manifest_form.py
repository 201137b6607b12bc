"""What a manifest must hold to be read: a damaged or foreign one is refused in a sentence."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from negotiation.errors import counted
from negotiation.sweep.design import MOST_CELLS, MOST_RUNS

Count = Annotated[int, Field(ge=1, le=MOST_RUNS)]
Number = Annotated[int, Field(ge=0, lt=2**63)]


class Part(BaseModel):
    """A table of a manifest: values are not converted, and it may have more entries."""

    model_config = ConfigDict(strict=True)


class Origin(Part):
    """The scenario of a sweep."""

    name: str
    fingerprint: str


class Commit(Part):
    """The commit of a checkout."""

    commit: str
    dirty: bool


class Session(Part):
    """Who played when, and with what."""

    start: str
    stop: str | None
    command: str
    versions: dict[str, str]
    platform: str
    git: Commit | None


class Asked(Part):
    """A request: ranges of cells, and how many runs of each."""

    cells: list[Annotated[list[Number], Field(min_length=2, max_length=2)]]
    replicates: Count


class Cells(Part):
    """The design of a sweep."""

    fingerprint: str
    cells: Annotated[int, Field(ge=1, le=MOST_CELLS)]
    factors: dict[str, str]
    baseline: Number


class Manifest(Part):
    """The manifest of a sweep."""

    question: str
    scenario: Origin
    constants: dict[str, object]
    seed: Number
    runs_per_world: Count
    keep_rows: bool
    shard: Annotated[list[Count], Field(min_length=2, max_length=2)] | None
    complete: bool
    generations: Annotated[list[Asked], Field(max_length=1000)]
    sessions: list[Session]
    files: dict[str, str]
    design: Cells
    rules: list[str] = []
    unsettled: Number = 0

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        cells = self.design.cells
        if self.design.baseline >= cells:
            raise ValueError(f"design.baseline: there are {counted(cells, 'cell')}.")
        for asked in self.generations:
            if any(not a < b <= cells for a, b in asked.cells):
                raise ValueError(
                    f"generations: cells that are none of the {cells:,} of the design."
                )
            if asked.replicates % self.runs_per_world:
                raise ValueError("generations: replicates are no multiple of runs_per_world.")
        return self
