"""Designs in TOML: a scenario, what is set, what is tried, how often.

    question = "Which cut of the fentanyl tariff buys a deal?"
    scenario = "stockholm-2025"          # a shipped name, or a file beside this one
    replicates = 10000
    runs_per_world = 1

    [constants]
    "us.strategy" = "boulware"

    [[levers]]                           # blocks are crossed with one another
    design = "grid"                      # or one-at-a-time, latin-hypercube, sobol, strategy-pairs
    over = { "deadline.grace" = [0, 0.5], "us.patience" = { from = 0.5, to = 0.9, step = 0.1 } }

    [[levers]]
    design = "cells"                     # the lines of a table: settings are columns
    file = "cells.csv"

    [[uncertainties]]
    design = "latin-hypercube"
    samples = 64
    over = ["us.precision", "china.precision"]   # own distributions; or { path = [low, high] }

    [baseline]                           # the cell that the others are compared with
    "deadline.ultimatum" = 3

Instead of ``levers`` and ``uncertainties``, any number of ``[[parts]]`` may hold them (as
``[[parts.levers]]``); parts are put one after another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from negotiation.errors import FileProblems, InputError, MissingFile, Problems
from negotiation.folders import whole
from negotiation.scenario import Scenario, overlapping
from negotiation.scenario.toml import plain_data
from negotiation.sweep import design_form as forms
from negotiation.sweep.csv_cells import from_csv
from negotiation.sweep.design import LEVER, UNCERTAINTY, Design, few_enough, joined
from negotiation.sweep.grids import grid, one_at_a_time, strategy_pairs
from negotiation.sweep.samples import latin_hypercube, sobol


def load_design(path: str | Path) -> Design:
    """Load a design file.

    Raises
    ------
    MissingFile, FileProblems
        One sentence for each thing that is wrong.
    """
    return design_of(read(path), Path(path).parent, path)


def read(path: str | Path) -> dict[str, Any]:
    """Return a design file as plain data."""
    try:
        return plain_data(whole(Path(path)).decode("utf-8"), path)
    except FileNotFoundError:
        raise MissingFile(path, "a design file (TOML)") from None
    except UnicodeDecodeError:
        raise FileProblems(path, ["not text (UTF-8); expected a design file in TOML."]) from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise FileProblems(path, [f"cannot be read ({reason}); expected a design file."]) from None


def design_of(
    data: Mapping[str, Any], folder: Path = Path(), where: str | Path = "design"
) -> Design:
    """Return the design that plain data describes; scenario files are looked for in ``folder``.

    Raises
    ------
    FileProblems
        All problems at once.
    """
    found = Problems()
    top = forms.read_as(forms.Top, data, "", found)
    scenario, constants = None, data.get("constants", {})
    if isinstance(data.get("scenario"), str):
        with found.at("scenario"):
            scenario = _scenario(data["scenario"], folder)
    if scenario is not None and not forms.unlike_settings(constants):
        with found.at("constants"):
            base = scenario.central() if data.get("central") is True else scenario
            scenario = base.replace(constants)
    parts = Reading(scenario, folder, found).designs(data)
    if found.lines or top is None or scenario is None:
        raise FileProblems(where, list(dict.fromkeys(found.lines)))
    with found.at():
        design = joined(
            parts or [Design(scenario, ({},))],
            replicates=top.replicates,
            runs_per_world=top.runs_per_world,
            question=top.question,
            constants=dict(constants),
        )
        for varied in design.roles:
            if twice := overlapping([*design.constants, varied]):
                names = ", ".join(map(scenario.own_path, twice))
                raise InputError(f"constants set what also varies: {names}; allowed: one.")
        return design if top.baseline is None else design.with_baseline(top.baseline)
    raise FileProblems(where, found.lines)


def _scenario(name: str, folder: Path) -> Scenario:
    beside = folder / name
    return Scenario.load(beside if name.endswith(".toml") and beside.exists() else name)


@dataclass(frozen=True)
class Reading:
    """The blocks of a file being read: over which scenario, beside which files, what is wrong."""

    scenario: Scenario | None
    folder: Path
    found: Problems

    def designs(self, data: Mapping[str, Any]) -> list[Design]:
        """Return the designs of the parts, or of the file itself if it has none."""
        if "parts" not in data:
            return self.part(data, "")
        lines = self.found.lines
        if "levers" in data or "uncertainties" in data:
            lines.append("levers and uncertainties go into the parts, or there are no parts.")
        made: list[Design] = []
        for where, part in forms.tables(data["parts"], "parts", self.found):
            if forms.read_as(forms.Part, part, where, self.found) is not None:
                made += self.part(part, f"{where}.")
            before = len(lines)
            with self.found.at("parts"):
                few_enough(sum(map(len, made)) or 1)
            if len(lines) > before:
                break
        return made

    def part(self, part: Mapping[str, Any], where: str) -> list[Design]:
        """Return the product of a part's blocks; none if something is wrong."""
        product = None if self.scenario is None else Design(self.scenario, ({},))
        for key, role in (("levers", LEVER), ("uncertainties", UNCERTAINTY)):
            for at, data in forms.tables(part.get(key), f"{where}{key}", self.found):
                block, before, product = self.block(data, role, at), product, None
                with self.found.at(at):
                    product = before * block if before is not None and block is not None else None
        return [] if product is None else [product]

    def block(self, data: Mapping[str, Any], role: str, where: str) -> Design | None:
        """Return the design of a block; None if something is wrong."""
        kind = data.get("design", "grid")
        form = forms.KINDS.get(kind, forms.Block) if isinstance(kind, str) else forms.Block
        block = forms.read_as(form, data, where, self.found)
        if block is not None and self.scenario is not None:
            with self.found.at(where):
                return made(block, self.scenario, self.folder, role)
        return None


def made(block: forms.Form, scenario: Scenario, folder: Path, role: str) -> Design:
    """Return the design that a block describes."""
    over = getattr(block, "over", None)
    if not isinstance(block, forms.OneAtATime) and (twice := overlapping(over or ())):
        raise InputError(f"over varies {', '.join(twice)}; allowed: once.")
    if isinstance(block, forms.Cells):
        return from_csv(scenario, folder / block.file, role=role)
    if isinstance(block, forms.StrategyPairs):
        return strategy_pairs(scenario, us=block.us, china=block.china)
    if isinstance(block, forms.OneAtATime):
        return one_at_a_time(scenario, over, role=role)
    if isinstance(block, forms.Grid):
        return grid(scenario, block.over, role=role)
    assert isinstance(block, forms.Spread)
    spread = sobol if block.design == "sobol" else latin_hypercube
    return spread(scenario, over, samples=block.samples, sample_seed=block.sample_seed, role=role)
