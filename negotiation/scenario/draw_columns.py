"""Whether the columns of a table of draws are numbers of the scenario that names it.

A column that is misspelt is a fault of the table, so the table is named, and the setting meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from negotiation.errors import did_you_mean
from negotiation.scenario.problems import ended, model_of
from negotiation.scenario.quantity import Quantity, check_range
from negotiation.scenario.sides import Sides, own_path
from negotiation.tactics.registry import BUILT_IN

STRATEGY = "strategy"


def wrong_column(
    path: str, model: type[BaseModel], data: Any, sides: Sides, values: Sequence[float] = ()
) -> str:
    """Return what is wrong with a column, its name or its values, in a sentence; or nothing.

    Parameters
    ----------
    path : str
        Dotted, under the seats' names.
    model : type
    data : mapping
        Of the scenario that the table is beside, under the seats' names.
    sides : tuple of str
    values : sequence of float
        Which must be allowed for the setting.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> data = {"us": {"strategy": {"name": "linear"}}}
    >>> wrong_column("us.precison", Scenario, data, ("us", "china"))
    "column us.precison: there is no such setting. Did you mean 'us.precision'?"
    >>> wrong_column("us.precision", Scenario, data, ("us", "china"), [2.0, 0.0])
    'column us.precision: 0 is not above 0; allowed: above 0.'
    >>> wrong_column("us.precision", Scenario, data, ("us", "china"), [2.0, 3.0])
    ''
    """
    current: Any = model
    node: Any = data
    done: list[str] = []
    extra: Any = None
    for part in path.split("."):
        known = _names_at(current, node, done)
        if part not in known:
            return _no_such(path, part, done, known, model, sides)
        extra = _limits(current, part)
        current = _below(current, part, done)
        node = node.get(part) if isinstance(node, Mapping) else None
        done.append(part)
    if current is Quantity:
        return _outside(own_path(path, model, sides), values, extra)
    inside = [own_path(f"{path}.{name}", model, sides) for name in _names_at(current, node, done)]
    allowed = f"; allowed: {', '.join(inside)}" if inside else ""
    shown = own_path(path, model, sides)
    return f"column {shown}: this is no single number{allowed}."


def _no_such(
    path: str,
    part: str,
    done: list[str],
    known: Iterable[str],
    model: type[BaseModel],
    sides: Sides,
) -> str:
    before = "".join(f"{word}." for word in done)
    own = {own_path(f"{before}{name}", model, sides): name for name in known}
    last = {name.rpartition(".")[2]: name for name in own}
    shown = own_path(path, model, sides)
    hint = did_you_mean(part, last)
    rest = shown.split(".")[len(done) + 1 :]
    for name, whole in last.items():
        hint = hint.replace(f"{name!r}", f"{'.'.join([whole, *rest])!r}")
    allowed = "" if hint or not own else f" Allowed there: {', '.join(sorted(own))}."
    return f"column {shown}: there is no such setting.{hint}{allowed}"


def _names_at(current: Any, node: Any, done: list[str]) -> list[str]:
    """Return what may follow: settings of a table, names that the file gives, of a strategy."""
    if isinstance(current, type) and issubclass(current, BaseModel):
        return [] if current is Quantity else list(current.model_fields)
    if done and done[-1] == STRATEGY:
        name = node.get("name") if isinstance(node, Mapping) else node
        if isinstance(name, str) and name in BUILT_IN:
            return list(BUILT_IN[name].settings())
        return list(dict.fromkeys(k for each in BUILT_IN.values() for k in each.settings()))
    return list(node) if isinstance(node, Mapping) else []


def _below(current: Any, part: str, done: list[str]) -> Any:
    if isinstance(current, type) and issubclass(current, BaseModel):
        found = current.model_fields[part].annotation
        inner = model_of(found)
        return inner if inner is not None and _alone(found, inner) else found
    if done and done[-1] == STRATEGY:
        return Quantity
    return model_of(current)


def _limits(current: Any, part: str) -> Any:
    """Return what a setting of a table allows, as :func:`check_range` takes it."""
    if isinstance(current, type) and issubclass(current, BaseModel):
        return current.model_fields[part].json_schema_extra
    return None


def _outside(shown: str, values: Sequence[float], extra: Any) -> str:
    if not (values and isinstance(extra, dict)):
        return ""
    for value in (min(values), max(values)):
        try:
            check_range(Quantity(value=value), extra)
        except ValueError as error:
            return f"column {shown}: {ended(str(error))}"
    return ""


def _alone(annotation: Any, inner: type[BaseModel]) -> bool:
    """Return whether an annotation is that of one table, which may be left out."""
    return bool(annotation == inner or annotation == (inner | None))
