"""The reference of the scenario file lists what the code accepts, no more and no less."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from negotiation.scenario import Quantity, Scenario
from negotiation.scenario.quantity import allowed_text

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "scenario-file.md"
BEGIN, END = "<!-- settings: begin -->\n", "<!-- settings: end -->\n"
TITLES = {"issues": "issues.NAME", "constituencies": "constituencies.NAME"}


def reference() -> str:
    """Return the tables of all settings, one table of the file after the other."""
    return "\n".join(lines_of(Scenario, "")) + "\n"


def lines_of(model: type[BaseModel], path: str) -> Iterator[str]:
    """Yield the lines for a table of the file, then those of the tables in it."""
    inner = {}
    yield from [f"### {title(path)}", ""]
    if model.__doc__ and path:
        yield from [model.__doc__.strip().split("\n\n")[0].replace("``", "`"), ""]
    yield from ["| setting | unit | default | allowed | meaning |", "|---|---|---|---|---|"]
    for name, field in model.model_fields.items():
        table = next((k for k in kinds(field.annotation) if issubclass(k, BaseModel)), None)
        if table is not None and table is not Quantity:
            inner[name] = table
            continue
        extra: Any = field.json_schema_extra or {}
        cells = (f"`{name}`", unit(extra), default(field), allowed(field), field.description or "")
        yield "| " + " | ".join(cells) + " |"
    yield ""
    for name, table in inner.items():
        if name != "china":
            yield from lines_of(table, f"{path}.{TITLES.get(name, name)}".strip("."))


def title(path: str) -> str:
    """Return what heads a table's part; both sides have the same settings."""
    if not path:
        return "At the top of the file"
    names = [path, "china" + path[2:]] if path.split(".")[0] == "us" else [path]
    return " and ".join(f"`{name}`" for name in names)


def kinds(annotation: Any) -> Iterator[type]:
    """Yield the classes in an annotation."""
    if isinstance(annotation, type):
        yield annotation
    for part in get_args(annotation):
        yield from kinds(part)


def unit(extra: dict[str, Any]) -> str:
    """Return the unit of a number."""
    return str(extra.get("unit", ""))


def default(field: Any) -> str:
    """Return the default as people would write it."""
    if field.is_required():
        return "required"
    value = field.get_default(call_default_factory=True)
    if isinstance(value, Quantity):
        return f"{value.value:g}"
    if isinstance(value, tuple):
        numbers = [x.value if isinstance(x, Quantity) else x for x in value]
        return ", ".join(x if isinstance(x, str) else f"{x:g}" for x in numbers)
    return "none" if value in (None, "", {}) else str(value)


def allowed(field: Any) -> str:
    """Return what is allowed, in words."""
    extra: Any = field.json_schema_extra or {}
    if get_origin(field.annotation) is tuple:
        each = f", each {allowed_text(extra)}" if extra else ""
        return f"a list of {len(get_args(field.annotation))} numbers{each}"
    if extra:
        return allowed_text(extra)
    choices = [x for x in get_args(field.annotation) if isinstance(x, str)]
    if choices:
        return ", ".join(f"`{x}`" for x in choices)
    bounds = {
        key: getattr(limit, key)
        for limit in field.metadata
        for key in ("ge", "gt", "le")
        if hasattr(limit, key)
    }
    if bounds:
        return allowed_text(bounds)
    kind = next(iter(kinds(field.annotation)), str).__name__
    if get_origin(field.annotation) is dict:
        return "a table"
    words = {"str": "text", "date": "a date", "float": "any number", "StrategyName": "a strategy"}
    return words.get(kind, "a number")


def test_the_reference_is_that_of_the_code() -> None:
    """Settings, units, defaults, ranges and meanings are those of the code."""
    text = PAGE.read_text("utf-8")
    assert text.split(BEGIN)[1].split(END)[0] == reference()
