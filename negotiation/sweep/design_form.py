"""What may stand in a design file, table by table: names, types and sizes.

What the entries mean for the scenario (whether a setting exists, whether a value is allowed there)
is asked when the design is made; here a wrong type is found, as in a scenario.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    TypeAdapter,
    ValidationError,
)

from negotiation.errors import Problems
from negotiation.scenario.problems import sentences
from negotiation.sweep.design import REPLICATES

GIVEN = TypeAdapter(dict[str, Any])
NAMED = TypeAdapter(list[str])


def _whole(given: Any) -> Any:
    """Return 1e4 as 10000; what is no whole number as it is, to be refused."""
    return int(given) if isinstance(given, float) and given.is_integer() else given


def _over(given: Any) -> Any:
    if not isinstance(given, Mapping | list):
        raise ValueError("expected a table of settings, or a list of uncertain numbers")
    if not given:
        raise ValueError("it lists nothing; name at least one setting")
    return GIVEN.validate_python(given) if isinstance(given, Mapping) else _named(given)


def _table(given: Any) -> Any:
    if unlike_settings(given) or not given:
        raise ValueError("a grid needs a table of settings and the values to try")
    return given


def unlike_settings(given: Any) -> bool:
    """Return whether something is no table of settings by their paths."""
    return not isinstance(given, Mapping) or any(not isinstance(path, str) for path in given)


def _named(given: Any) -> Any:
    return NAMED.validate_python(given, strict=True)


Whole = Annotated[int, Field(ge=0, le=2**63 - 1), BeforeValidator(_whole)]
Count = Annotated[int, Field(ge=1, le=2**63 - 1), BeforeValidator(_whole)]
Over = Annotated[Any, PlainValidator(_over)]
Names = Annotated[list[str], Field(min_length=1)]


class Form(BaseModel):
    """A table of a design file; an entry that it does not know is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Top(Form):
    """The file itself, its blocks unread."""

    scenario: str
    question: str = ""
    replicates: Count = REPLICATES
    runs_per_world: Count = 1
    seed: Whole = 1
    constants: dict[str, Any] = {}
    baseline: dict[str, Any] | None = None
    central: bool = False
    keep_rows: bool = False
    levers: Any = None
    uncertainties: Any = None
    parts: Any = None


class Part(Form):
    """One of several designs, put one after another."""

    levers: Any = None
    uncertainties: Any = None


class Grid(Form):
    """All values of all settings, crossed."""

    design: Literal["grid"] = "grid"
    over: Annotated[dict[str, Any], PlainValidator(_table)]


class OneAtATime(Form):
    """The scenario, and one setting changed in each other cell."""

    design: Literal["one-at-a-time"]
    over: Over = None


class Spread(Form):
    """Points spread over ranges."""

    design: Literal["latin-hypercube", "sobol"]
    over: Over = None
    samples: Count
    sample_seed: Whole = 0


class StrategyPairs(Form):
    """Every strategy against every strategy."""

    design: Literal["strategy-pairs"]
    us: Names | None = None
    china: Names | None = None


class Cells(Form):
    """Cells that are listed in a file beside this one."""

    design: Literal["cells"]
    file: Annotated[str, Field(min_length=1)]


class Block(Form):
    """A block of a kind that does not exist: only its kind is read."""

    model_config = ConfigDict(extra="ignore")

    design: Literal["grid", "one-at-a-time", "latin-hypercube", "sobol", "strategy-pairs", "cells"]


KINDS: dict[str, type[Form]] = {
    "grid": Grid, "one-at-a-time": OneAtATime, "latin-hypercube": Spread, "sobol": Spread,
    "strategy-pairs": StrategyPairs, "cells": Cells,
}  # fmt: skip
F = TypeVar("F", bound=Form)


def read_as(form: type[F], data: Mapping[str, Any], where: str, found: Problems) -> F | None:
    """Return data as a form; None, with a line for each problem, if they are none."""
    try:
        return form.model_validate(dict(data))
    except ValidationError as error:
        found.lines += sentences(error, form, where)
        return None


def tables(given: Any, where: str, found: Problems) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the tables of a list and where they stand; what is no table is a problem."""
    entries = [] if given is None else given if isinstance(given, list) else [given]
    if any(not isinstance(entry, Mapping) for entry in entries) or entries is not given is not None:
        found.lines.append(f"{where}: write each as a table of its own, under [[{where}]].")
        return []
    return [(f"{where}.{i}", entry) for i, entry in enumerate(entries)]
