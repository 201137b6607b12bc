"""Designs in TOML: a scenario, what is set, what is tried, how often.

    question = "Which cut of the fentanyl tariff buys a deal?"
    scenario = "stockholm-2025"          # a shipped name, or a file beside this one
    replicates = 10000
    runs_per_world = 1

    [constants]
    "us.strategy" = "boulware"

    [[levers]]                           # blocks are crossed with one another
    design = "grid"                      # or one-at-a-time, latin-hypercube, sobol, strategy-pairs
    over = { "deadline.price" = [1, 3, 8] }

    [[uncertainties]]
    design = "latin-hypercube"
    samples = 64
    over = ["us.precision", "china.precision"]   # own distributions; or { path = [low, high] }

    [baseline]                           # the cell that the others are compared with
    "deadline.price" = 3

Instead of ``levers`` and ``uncertainties``, any number of ``[[parts]]`` may hold them (as
``[[parts.levers]]``); parts are put one after another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import reduce
from operator import add, mul
from pathlib import Path
from typing import Any

from negotiation.errors import FileProblems, InputError, MissingFile, UnknownName
from negotiation.scenario import Scenario, overlapping
from negotiation.scenario.toml import plain_data
from negotiation.sweep.design import LEVER, REPLICATES, UNCERTAINTY, Design
from negotiation.sweep.grids import grid, one_at_a_time, strategy_pairs
from negotiation.sweep.samples import latin_hypercube, sobol

KINDS = ("grid", "one-at-a-time", "latin-hypercube", "sobol", "strategy-pairs")
TOP = (
    "question", "scenario", "replicates", "runs_per_world", "seed", "constants", "levers",
    "uncertainties", "parts", "baseline", "central", "keep_rows",
)  # fmt: skip
IN_BLOCK = {
    "grid": ("design", "over"),
    "one-at-a-time": ("design", "over"),
    "latin-hypercube": ("design", "over", "samples", "sample_seed"),
    "sobol": ("design", "over", "samples", "sample_seed"),
    "strategy-pairs": ("design", "us", "china"),
}


def load_design(path: str | Path) -> Design:
    """Load a design file.

    Raises
    ------
    MissingFile, FileProblems, UnknownName, InputError
        One sentence for what is wrong.
    """
    return design_of(read(path), Path(path).parent)


def read(path: str | Path) -> dict[str, Any]:
    """Return a design file as plain data, its top-level names checked."""
    try:
        data = plain_data(Path(path).read_text("utf-8"), path)
    except FileNotFoundError:
        raise MissingFile(path, "a design file (TOML)") from None
    except UnicodeDecodeError:
        raise FileProblems(path, ["not text (UTF-8); expected a design file in TOML."]) from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise FileProblems(path, [f"cannot be read ({reason}); expected a design file."]) from None
    for name in data:
        if name not in TOP:
            raise UnknownName("entry", name, TOP, str(path))
    if "scenario" not in data:
        raise FileProblems(path, ["scenario: missing; name a shipped scenario or a file."])
    return data


def design_of(data: Mapping[str, Any], folder: Path = Path()) -> Design:
    """Return the design that plain data describes; scenario files are looked for in ``folder``."""
    name = data["scenario"]
    beside = folder / str(name)
    scenario = Scenario.load(beside if str(name).endswith(".toml") and beside.exists() else name)
    if data.get("central", False):
        scenario = scenario.central()
    constants = dict(data.get("constants", {}))
    if constants:
        scenario = scenario.replace(constants)
    parts = data.get("parts") or [data]
    if "parts" in data and ("levers" in data or "uncertainties" in data):
        raise InputError("levers and uncertainties go into the parts, or there are no parts.")
    design = reduce(add, (_part(part, scenario, f"parts.{i}") for i, part in enumerate(parts)))
    design = replace(
        design,
        replicates=data.get("replicates", REPLICATES),
        runs_per_world=data.get("runs_per_world", 1),
        question=str(data.get("question", "")),
        constants=constants,
    )
    for varied in design.roles:
        if twice := overlapping([*constants, varied]):
            raise InputError(f"constants set what also varies: {', '.join(twice)}; allowed: one.")
    return design.with_baseline(data["baseline"]) if "baseline" in data else design


def _part(part: Mapping[str, Any], scenario: Scenario, where: str) -> Design:
    blocks = [
        _block(block, scenario, role, f"{where}.{key}.{i}")
        for key, role in (("levers", LEVER), ("uncertainties", UNCERTAINTY))
        for i, block in enumerate(part.get(key, []))
    ]
    return reduce(mul, blocks) if blocks else Design(scenario, ({},))


def _block(block: Mapping[str, Any], scenario: Scenario, role: str, where: str) -> Design:
    if not isinstance(block, Mapping):
        raise InputError(
            f"{where}: write it as [[levers]] or [[uncertainties]], with design and over."
        )
    kind = block.get("design", "grid")
    if kind not in KINDS:
        raise UnknownName("design", kind, KINDS, where)
    for name in block:
        if name not in IN_BLOCK[kind]:
            raise UnknownName("entry", name, IN_BLOCK[kind], where)
    over = block.get("over")
    if kind == "strategy-pairs":
        return strategy_pairs(scenario, us=block.get("us"), china=block.get("china"))
    if kind == "one-at-a-time":
        return one_at_a_time(scenario, over, role=role)
    if isinstance(over, Mapping) and (twice := overlapping(over)):
        raise InputError(f"{where}.over varies {', '.join(twice)}; allowed: once.")
    if kind == "grid":
        if not isinstance(over, Mapping):
            raise InputError(
                f"{where}.over: a grid needs a table of settings and the values to try."
            )
        return grid(scenario, over, role=role)
    if "samples" not in block:
        raise InputError(f"{where}.samples: missing; how many cells?")
    spread = latin_hypercube if kind == "latin-hypercube" else sobol
    return spread(
        scenario, over, samples=block["samples"], sample_seed=block.get("sample_seed", 0), role=role
    )
