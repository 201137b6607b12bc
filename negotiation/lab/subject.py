"""What the lab is about: a scenario, the seed of its runs, and a stored sweep if there is one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from negotiation.errors import InputError
from negotiation.scenario import Scenario


@dataclass(frozen=True)
class Stored:
    """A stored sweep: its scenario, the settings of its cells, and the address of its runs.

    ``design`` is the fingerprint of what was asked for.
    """

    folder: Path
    scenario: Scenario
    cells: tuple[Mapping[str, Any], ...]
    runs: tuple[int, ...]
    seed: int
    runs_per_world: int
    design: str = ""

    @property
    def name(self) -> str:
        """By which a link knows it again: its folder, its design and its seed."""
        return f"{self.folder.name}:{self.design}:{self.seed}"

    @classmethod
    def load(cls, folder: Path) -> Stored:
        """Return the sweep in a folder.

        Raises
        ------
        MissingFile, FileProblems
            If there is none, or it is damaged.
        """
        from negotiation.sweep import manifest
        from negotiation.sweep.results import Results
        from negotiation.sweep.store import stored_cells, stored_scenario

        results = Results.load(folder)
        described = manifest.read(folder)
        cells = stored_cells(folder, described)
        runs = tuple(int(n) for n in results.runs)
        scenario = stored_scenario(folder)
        design = str(described.get("design", {}).get("fingerprint", ""))
        return cls(
            folder.resolve(), scenario, cells, runs, results.seed, results.runs_per_world, design
        )

    def scenario_of(self, cell: int) -> Scenario:
        """Return the scenario of a cell."""
        changes = dict(self.cells[cell])
        return self.scenario.replace(changes) if changes else self.scenario


@dataclass(frozen=True)
class Subject:
    """What the lab is about.

    Attributes
    ----------
    scenario : Scenario
    seed : int
        Of every run that is shown or counted.
    stored : Stored or None
    """

    scenario: Scenario
    seed: int = 1
    stored: Stored | None = field(default=None, repr=False)

    @classmethod
    def of(cls, scenario: Scenario, seed: int, sweep: Path | None = None) -> Subject:
        """Return the subject of a scenario and the folder of a sweep, if one is given.

        Raises
        ------
        InputError
            If the scenario cannot be played many times: a strategy is a class of Python alone.
        """
        from negotiation.ensemble import refuse_python

        refuse_python(scenario)
        return cls(scenario, seed, None if sweep is None else Stored.load(sweep))

    def warm(self) -> None:
        """Load the machine code that the page will want, so that nobody waits for it there."""
        from negotiation.lab.study import study_of
        from negotiation.lab.watching import watched

        study_of(self.scenario, self.seed).extend(1)
        watched(self.scenario, self.seed, 0, 0, ())


_chosen: list[Subject] = []


def choose(subject: Subject) -> None:
    """Make this the subject of the pages that are opened from now on."""
    _chosen[:] = [subject]


def subject() -> Subject:
    """Return the subject of the lab.

    Examples
    --------
    >>> choose(Subject(Scenario.load("split-the-pie")))
    >>> subject().scenario.name
    'split-the-pie'
    """
    if not _chosen:
        raise InputError("lab: nothing was chosen; open it with: negotiation lab SCENARIO.")
    return _chosen[-1]
