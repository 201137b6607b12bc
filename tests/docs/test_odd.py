"""The ODD description names everything that the model has: settings, phases, elements, files."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from negotiation.rules.play import PHASES
from negotiation.scenario import Quantity, Scenario

ROOT = Path(__file__).parents[2]
ODD = ROOT / "docs" / "explanation" / "odd.md"
ELEMENTS = (
    "Purpose and patterns",
    "Entities, state variables and scales",
    "Process overview and scheduling",
    "Design concepts",
    "Initialization",
    "Input data",
    "Submodels",
)
BEGIN, END = "<!-- expected failures: begin -->\n", "<!-- expected failures: end -->\n"
CONCEPTS = (
    "Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction",
    "Sensing", "Interaction", "Stochasticity", "Collectives", "Observation",
)  # fmt: skip


@pytest.fixture(scope="module")
def odd() -> str:
    """Return the description."""
    return ODD.read_text("utf-8")


def tables_of(model: type[BaseModel], path: str = "") -> Iterator[tuple[str, str]]:
    """Yield (table, setting) for every setting of a scenario; both sides are ``side``."""
    for name, field in model.model_fields.items():
        inner = [kind for kind in kinds(field.annotation) if issubclass(kind, BaseModel)]
        tables = [kind for kind in inner if kind is not Quantity]
        if tables:
            side = "side" if name in ("us", "china") else name
            yield from tables_of(tables[0], f"{path}.{side}".strip("."))
        else:
            yield path, name


def kinds(annotation: Any) -> Iterator[type]:
    """Yield the classes in an annotation."""
    if isinstance(annotation, type):
        yield annotation
    for inner in get_args(annotation):
        yield from kinds(inner)


def test_every_setting_is_named(odd: str) -> None:
    """Each setting of a scenario file stands in the description as `table.setting`."""
    wanted = {f"{path}.{name}" if path else name for path, name in tables_of(Scenario)}
    assert len(wanted) > 100
    assert {name for name in wanted if f"`{name}`" not in odd} == set()


def test_no_setting_is_named_that_is_not_there(odd: str) -> None:
    """What looks like a setting is one: the description does not describe an older model."""
    known = {f"{path}.{name}" for path, name in tables_of(Scenario)}
    tables = {path for path, _ in tables_of(Scenario)} - {""}
    named = set(re.findall(r"`([a-z_.]+\.[a-z_]+)`", odd))
    looks = {name for name in named if name.rpartition(".")[0] in tables}
    assert len(looks) > 100
    assert looks - known == set()


def test_all_seven_elements_in_order(odd: str) -> None:
    """The seven elements of Grimm et al. (2020) are the first seven numbered headings, in order."""
    headings = re.findall(r"^## (\d)\. (.+)$", odd, re.MULTILINE)
    assert headings == [(str(n), name) for n, name in enumerate(ELEMENTS, 1)]


def test_all_eleven_design_concepts(odd: str) -> None:
    """All eleven design concepts have a heading of their own."""
    headings = re.findall(r"^### (.+)$", section(odd, "Design concepts"), re.MULTILINE)
    assert tuple(headings) == CONCEPTS


def test_the_phases_are_those_of_the_code(odd: str) -> None:
    """The schedule lists the six phases by the names that the code has, in its order."""
    listed = re.findall(r"^\d\. \*\*(\w+)\*\*", section(odd, ELEMENTS[2]), re.MULTILINE)
    assert tuple(listed) == PHASES


def test_every_submodel_links_to_its_file(odd: str) -> None:
    """Each submodel names the source file that it describes."""
    parts = re.split(r"^### ", section(odd, "Submodels"), flags=re.MULTILINE)[1:]
    assert len(parts) >= 15
    silent = [part.splitlines()[0] for part in parts if "](../../negotiation/" not in part]
    assert silent == []


def test_every_file_of_the_rules_is_linked(odd: str) -> None:
    """No rule of the model is left undescribed."""
    rules = {path.name for path in (ROOT / "negotiation" / "rules").glob("[a-z]*.py")}
    linked = set(re.findall(r"\]\(\.\./\.\./negotiation/rules/(\w+\.py)\)", odd))
    assert rules - linked == set()


def test_how_many_guesses_have_no_source(odd: str) -> None:
    """The page says how many of the guesses behind the headline have no source but "ours"."""
    numbers = list(numbers_of(Scenario.load("stockholm-2025")))
    guesses = [number for number in numbers if number.mark == "guess"]
    bare = [number for number in guesses if number.source == "ours"]
    assert f" {len(bare)} of the {len(guesses)} guesses " in odd


def numbers_of(part: Any) -> Iterator[Quantity]:
    """Yield every number of a part of a scenario."""
    if isinstance(part, Quantity):
        yield part
    elif isinstance(part, BaseModel):
        yield from numbers_of(list(dict(part).values()))
    elif isinstance(part, dict | list | tuple):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from numbers_of(inner)


def expected_failures() -> str:
    """Return the list of tests of limits and signs that are expected to fail, with the reasons."""
    lines = []
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for reason in filter(None, map(reason_of, node.decorator_list)):
                    statement = (ast.get_docstring(node) or "").split("\n\n")[0].replace("\n", " ")
                    path = file.relative_to(ROOT).as_posix()
                    lines.append(f"* {statement} *Here:* {reason}. [{node.name}](../../{path})\n")
    return "".join(lines)


def reason_of(decorator: ast.expr) -> str | None:
    """Return why a test is expected to fail, if the decorator says that it is."""
    if not isinstance(decorator, ast.Call) or not ast.unparse(decorator.func).endswith(".xfail"):
        return None
    said = {keyword.arg: keyword.value for keyword in decorator.keywords}
    return str(ast.literal_eval(said["reason"])).rstrip(".")


def test_expected_failures_are_told(odd: str) -> None:
    """Each limit or sign that does not come out stands in the description, with its reason."""
    assert odd.split(BEGIN)[1].split(END)[0] == expected_failures()


def section(text: str, title: str) -> str:
    """Return the part of the description under a numbered heading."""
    return re.split(r"^## ", text.split(f". {title}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]
